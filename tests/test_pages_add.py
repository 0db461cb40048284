"""The page that adds a plan, with uploads of invented plans, on a shelf of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

import layers
from layers.words import LANGUAGES
from pages import desk
from plans import shelf
from plans.formats import LARGEST
from store import ROOT
from tests import files
from tests.viewing import choose, view_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLAN = (
    "青溪镇2026年重点建设项目计划\n\n青溪镇人民政府\n2026年3月5日\n\n"
    "开工建设望月大道，建成云岭中学迁建工程。\n"
    "推进柳市中学迁扩建，加快青溪湿地公园二期建设。<img src=x onerror=alert(1)>\n"
)
BIG5 = ("建設青溪大道，開工石橋路，加固水庫。" * 3).encode("big5")
BROKEN = {
    "EmptyFile": ("a.txt", b""),
    "TooLarge": ("a.txt", b"x" * (LARGEST + 1)),
    "UnknownSuffix": ("a.doc", b"x"),
    "WrongSuffix": ("a.docx", b"plain text"),
    "NotUtf8": ("a.txt", BIG5),
    "ProtectedFile": (
        "a.docx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    ),
    "DamagedFile": ("a.pdf", b"%PDF-1.7\nnothing more"),
    "NoText": ("a.pdf", files.drawn(files.scan)),
}


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty shelf, and a place of its own for what is built."""
    monkeypatch.setenv("PLANMAP_ADDED", str(tmp_path / "added"))
    monkeypatch.setenv("PLANMAP_BUILT", str(tmp_path / "built"))
    desk.forget()
    yield tmp_path / "added"
    desk.forget()


def opened(language: str = "zh") -> AppTest:
    """Open the app on the page."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120).run()
    app.button_group(key="language").set_value(language).run()
    app.switch_page("add.py").run()
    assert not app.exception
    return app


def uploaded(app: AppTest, name: str = "plan.txt", raw: bytes = PLAN.encode()) -> AppTest:
    """Upload a file."""
    app.file_uploader[0].set_value((name, raw, "")).run()
    assert not app.exception
    return app


def found(app: AppTest) -> AppTest:
    """Upload the plan and confirm what it says about itself."""
    uploaded(app)
    return pressed(app, "add_find")


def pressed(app: AppTest, caption: str) -> AppTest:
    """Press the button with a caption."""
    labels = {layers.caption(caption, language) for language in LANGUAGES}
    next(button for button in app.button if button.label in labels).click().run()
    assert not app.exception
    return app


def named(app: AppTest, what: str) -> dict[str, object]:
    """Return the widgets of one kind by the name that their finding was read with."""
    kinds = [*app.text_input, *app.checkbox, *app.selectbox]
    return {
        widget.key.rpartition(":")[2]: widget
        for widget in kinds
        if str(widget.key).startswith(f"add_of_{what}_")
    }


def html(app: AppTest) -> str:
    """Return all HTML of the page."""
    return "\n".join(element.proto.body for element in app.get("html"))


def test_what_the_file_says_of_itself_is_filled_in() -> None:
    """Title, issuer, date, area, horizon and tense are proposed as read."""
    app = uploaded(opened())
    entries = {w.key: w.value for w in [*app.text_input, *app.number_input, *app.selectbox]}
    assert {k.removeprefix("add_entry_"): v for k, v in entries.items() if "add_entry" in k} == {
        "title": "青溪镇2026年重点建设项目计划",
        "issuer": "青溪镇人民政府",
        "date": "2026-03-05",
        "area": "青溪镇",
        "horizon": 2026,
        "tense": "promise",
    }


def test_the_print_is_shown_with_its_findings_escaped() -> None:
    """The document stands as printed with marks; what looks like a tag is text."""
    app = found(opened())
    shown = html(app)
    assert "<mark" in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert "<img src=x" not in shown
    assert set(named(app, "name")) == {"望月大道", "云岭中学", "柳市中学", "青溪湿地公园二期"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_is_checked_kept_and_removed(language: str, added: Path) -> None:
    """Accepted and corrected findings are in table and selection, the rejected is not."""
    app = found(opened(language))
    named(app, "accepted")["望月大道"].uncheck().run()
    named(app, "name")["云岭中学"].set_value("云岭 第一中学").run()
    named(app, "stage")["青溪湿地公园二期"].set_value("preparation").run()
    named(app, "category")["青溪湿地公园二期"].set_value("tourism").run()
    counts = {"all": 4, "accepted": 1, "corrected": 2, "rejected": 1}
    line = layers.caption("add_decided", language, **counts)
    assert line in [text.value for text in app.get("text")]
    assert 'title="望月大道' not in html(app)
    assert 'title="云岭中学' in html(app)
    pressed(app, "add_keep")
    assert [d.id for d in shelf.read_added()] == ["a01"]
    assert app.success[0].value == layers.caption("add_kept", language, id="a01")
    table = desk.built().table
    new = layers.select(table, layers.Selection(document=("a01",))).set_index("name")
    assert sorted(new.index) == sorted(["云岭 第一中学", "柳市中学", "青溪湿地公园二期"])
    assert new.loc["青溪湿地公园二期", ["stage", "category"]].tolist() == ["preparation", "tourism"]
    choose(app, "document", ["a01"])
    assert view_of(app).chosen == {"document": ("a01",)}
    pressed(app, "add_remove_now")
    assert shelf.read_added() == ()
    assert view_of(app).chosen == {}
    assert "a01" not in set(desk.built().documents)
    assert [path.name for path in added.iterdir()] == [".lock"]


def test_a_filter_that_names_a_removed_document_lets_go() -> None:
    """Another visitor whose filter still names it sees the rest, not an error."""
    app = found(opened())
    pressed(app, "add_keep")
    choose(app, "document", ["a01"])
    shelf.remove("a01")
    desk.forget()
    app.run()
    assert not app.exception
    app.switch_page("list.py").run()
    assert not app.exception


def test_a_language_change_keeps_what_was_decided() -> None:
    """Decisions outlive the switch of language."""
    app = found(opened("zh"))
    named(app, "accepted")["望月大道"].uncheck().run()
    app.button_group(key="language").set_value("en").run()
    assert not app.exception
    assert named(app, "accepted")["望月大道"].value is False
    assert "1 rejected" in "".join(text.value for text in app.get("text"))


def test_another_description_is_decided_anew() -> None:
    """Asking again changes nothing; what another description reads otherwise is no decision."""
    app = found(opened("en"))
    named(app, "accepted")["望月大道"].uncheck().run()
    pressed(app, "add_find")
    assert named(app, "accepted")["望月大道"].value is False
    app.selectbox(key="add_entry_tense").set_value("report")
    pressed(app, "add_find")
    assert named(app, "stage")["望月大道"].value == "started"
    line = "4 findings: 4 accepted, 0 corrected, 0 rejected"
    assert line in [text.value for text in app.get("text")]


def test_decisions_outlive_turning_the_pages() -> None:
    """What is decided on one page of findings still holds after a look at the next."""
    many = "青溪镇2026年计划\n青溪镇人民政府\n" + "".join(
        f"建设{a}{b}大道。\n" for a in "望月云岭" for b in "东西南北"
    )
    app = uploaded(opened(), raw=many.encode())
    pressed(app, "add_find")
    first = next(iter(named(app, "accepted")))
    named(app, "accepted")[first].uncheck().run()
    app.number_input(key="add_of_page").set_value(2).run()
    assert first not in named(app, "accepted")
    app.number_input(key="add_of_page").set_value(1).run()
    assert named(app, "accepted")[first].value is False


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", BROKEN)
def test_a_bad_file_is_told_and_not_kept(kind: str, language: str, added: Path) -> None:
    """Each kind of bad file shows what it is in words, and what to do; nothing is kept."""
    app = uploaded(opened(language), *BROKEN[kind])
    assert app.error[0].value == layers.caption(f"problem_{kind}", language)
    assert len(app.code[0].value) > 10
    assert not [w for w in app.text_input if str(w.key).startswith("add_entry")]
    assert not added.exists()


def test_a_known_document_is_refused_kindly() -> None:
    """A text that the catalogue has is named by its id."""
    raw = next((ROOT / "seeds").glob("003_*.txt")).read_bytes()
    app = uploaded(opened("en"), raw=raw)
    assert "already" in app.error[0].value
    assert "003" in app.code[0].value


def test_a_wrong_entry_is_told(added: Path) -> None:
    """A date that is none is named, and nothing is looked for."""
    app = uploaded(opened("en"))
    app.text_input(key="add_entry_date").set_value("soon")
    pressed(app, "add_find")
    assert "“soon” is not a date" in app.code[0].value
    assert not named(app, "name")
    assert not added.exists()


def test_nothing_found_is_said() -> None:
    """A text that names no project says what to check."""
    app = uploaded(opened("en"), raw="今天天气很好。".encode())
    for entry, value in {"issuer": "青溪镇人民政府", "area": "天气", "date": "2026"}.items():
        app.text_input(key=f"add_entry_{entry}").set_value(value)
    pressed(app, "add_find")
    assert "Nothing was found" in app.warning[0].value


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_read_only_app_says_so(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An app that is told to be read-only offers no upload and no removal, and says why."""
    pressed(found(opened(language)), "add_keep")
    monkeypatch.setenv("PLANMAP_READ_ONLY", "1")
    app = opened(language)
    assert app.info[0].value == layers.caption("add_read_only", language)
    assert not app.file_uploader
    assert layers.caption("add_remove_now", language) not in {b.label for b in app.button}
    assert any("a01" in text.value for text in app.get("text"))
