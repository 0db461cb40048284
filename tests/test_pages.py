"""The pages, one after another, with the toy town in place of the real data."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

import layers
import planmap
from layers.words import LANGUAGES
from pages import desk
from store import ROOT, BrokenFile
from tests import toys
from tests.viewing import address_of, choose

if TYPE_CHECKING:
    from collections.abc import Iterator

# One base map for all: what is projected once stays so.
BASE = toys.base()
PAGES = (
    "map",
    "list",
    "overview",
    "unit",
    "project",
    "sheet",
    "documents",
    "compare",
    "add",
    "about",
    "guide",
)


@pytest.fixture(autouse=True)
def toy_town(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the toy town in place of the built data, and forget it afterwards."""
    town = SimpleNamespace(table=toys.table(), documents=toys.PAPERS, tasks=[])
    monkeypatch.setattr(planmap, "load", lambda: town)
    monkeypatch.setattr(layers, "base_map", lambda: BASE, raising=False)
    monkeypatch.setattr(desk, "_NOW", desk._Current())
    yield
    desk.forget()


def opened(page: str = "map", address: dict[str, list[str]] | None = None) -> AppTest:
    """Open the app on a page, as from a link with an address."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=60)
    for name, values in (address or {}).items():
        app.query_params[name] = values
    app.run()
    if page != "map":
        app.switch_page(f"{page}.py").run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    """Return all HTML and text of a page."""
    html = [element.proto.body for element in app.get("html")]
    plain = [element.value for kind in ("caption", "text", "markdown") for element in app.get(kind)]
    return "\n".join([*html, *plain])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(page: str, language: str) -> None:
    """Each page is drawn without an exception in each language."""
    app = opened(page)
    app.button_group(key="language").set_value(language).run()
    assert not app.exception
    assert layers.caption("online_base", language) in {switch.label for switch in app.radio}


def test_the_map_page_counts_and_lists_all() -> None:
    """The map page says how many are shown and names what stands only at a township or nowhere."""
    shown = texts(opened())
    assert "6 / 6" in shown
    for name in ("云岭中学", "全域绿道网", "白鹭洲水厂"):
        assert name in shown


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"status": ["completed", "started"]}, 2),
        ({"strategy": ["ecology"]}, 1),
        ({"category": ["education"]}, 1),
        ({"document": ["901"]}, 2),
        ({"unit": ["市发改局"]}, 1),
        ({"unit": ["市水利局"], "role": ["lead"]}, 0),
        ({"unit": ["市园林局"], "role": ["lead"]}, 1),
        ({"search": ["湿地"]}, 1),
        ({"search": ["湿地"], "status": ["started"]}, 0),
        ({"status": ["nonsense", "<script>"], "unit": ["x"], "wrong": ["1"]}, 6),
    ],
    ids=str,
)
def test_a_link_brings_the_filters_back(filters: dict[str, list[str]], count: int) -> None:
    """An address sets the filters it names; what the data do not have is left out of it."""
    app = opened(address=filters)
    assert f"{count} / 6" in texts(app)
    assert address_of(app) == ({} if "nonsense" in str(filters) else filters)


def test_filters_stay_on_the_way_to_another_page_and_language() -> None:
    """What is chosen on one page is chosen on the next, and in the other language."""
    app = opened()
    choose(app, "category", ["education"])
    app.switch_page("list.py").run()
    assert "1 / 6" in texts(app)
    app.button_group(key="language").set_value("en").run()
    assert "1 of 6 projects shown" in texts(app)
    assert address_of(app) == {"category": ["education"], "lang": ["en"]}


def test_clearing_tag_by_tag_brings_everything_back() -> None:
    """Each tag empties its filter, in the address too."""
    app = opened(address={"status": ["started"], "search": ["望月"]})
    for name in ("status", "search"):
        app.button(key=f"chip_{name}").click().run()
    assert "6 / 6" in texts(app)
    assert address_of(app) == {}


@pytest.mark.parametrize("name", layers.LISTS)
def test_each_list_shows_its_things(name: str) -> None:
    """Each list of the list page shows just the rows of its kind."""
    app = opened("list")
    app.button_group(key="list").set_value(name).run()
    expected = list(layers.one_list(toys.table(), name)["name"])
    assert [list(frame.value["名称"]) for frame in app.dataframe] == [expected] * bool(expected)


def test_a_list_parts_hits_by_name_from_hits_by_quote() -> None:
    """Hits by name stand in the list, what only shares a quote under a heading of its own."""
    app = opened("list", {"search": ["湿地"]})
    assert [list(frame.value["名称"]) for frame in app.dataframe] == [["青溪湿地公园"]]
    assert not [one for one in app.expander if "只在原文中" in one.label]
    app = opened("list", {"search": ["推进"]})
    (quoted,) = [one for one in app.expander if "只在原文中" in one.label]
    assert quoted.label == "只在原文中提到“推进”：1 项"
    assert list(quoted.dataframe[0].value["名称"]) == ["青溪湿地公园"]
    assert any("名称相符 0 项，只在原文中提到 1 项" in html.proto.body for html in app.get("html"))


def test_an_empty_list_says_what_to_do() -> None:
    """A list without a row is a message, not an empty frame."""
    app = opened("list", {"status": ["completed"]})
    app.button_group(key="list").set_value("city").run()
    assert "放宽" in app.info[0].value


def test_the_documents_page_shows_the_print() -> None:
    """The document stands as printed, escaped, under its title."""
    app = opened("documents")
    app.selectbox(key="open_document").set_value("900").run()
    shown = texts(app)
    assert "<h3>青溪镇五年规划</h3>" in shown
    assert "新建停车位&lt;b&gt;300&lt;/b&gt;个" in shown
    assert "<mark" in shown


def test_the_sources_page_names_documents_and_sources() -> None:
    """Every document, and every source of the base map, is named with its terms."""
    shown = texts(opened("about"))
    for paper in toys.PAPERS.values():
        assert paper.title in shown
    for named in ("Toy makers", "望月图集", "&lt;b&gt;Toy press&lt;/b&gt;", "未注明"):
        assert named in shown
    assert "SIL OFL" in shown


def test_the_downloads_are_offered() -> None:
    """The map page offers the selection as GeoJSON, CSV, PNG; when asked in the other formats."""

    def offered(app: AppTest) -> set[str]:
        return {element.proto.id.rsplit("-", 1)[-1] for element in app.get("download_button")}

    app = opened()
    assert offered(app) == {"download_geojson", "download_csv", "download_png"}
    app.session_state["files_more"] = True
    assert offered(app.run()) == offered(opened()) | {"files_download"}


def test_a_broken_file_is_named_on_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the data cannot be read the page says which file, line and field, and shows no trace."""

    def broken() -> None:
        raise BrokenFile("data/toys.csv", "must not be blank", line=7, column="name")

    monkeypatch.setattr(planmap, "load", broken)
    app = opened()
    assert app.code[0].value == "data/toys.csv, line 7, field name: must not be blank"
    assert len(app.error) == 1
