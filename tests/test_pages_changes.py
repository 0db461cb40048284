"""The page that shows what a plan changes, opened from a link and after a plan was added."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

import layers
import planmap
from layers.effects import EFFECTS, effect_counts, effects_of
from layers.words import LANGUAGES
from store import ROOT
from tests.test_pages_add import added, found, opened, pressed  # noqa: F401 - a fixture
from tests.viewing import address_of


def page(document: str = "", language: str = "zh") -> AppTest:
    """Open the page, for a document as a link does."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120)
    if document:
        app.query_params["open"] = document
    app.run()
    app.button_group(key="language").set_value(language).run()
    app.switch_page("changes.py").run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    """All that the page shows as HTML."""
    return "".join(element.proto.body for element in app.get("html"))


def expected(document: str):
    """The effects of a document over the whole table."""
    made = planmap.load()
    city_of = layers.cities(layers.base_map())
    return effects_of(made.table, document, made.documents, city_of)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("document", ["000", "003", "004"])
def test_a_link_opens_what_a_document_changes(document: str, language: str) -> None:
    """The lists hold exactly what the computation finds, in each language."""
    app = page(document, language)
    assert app.selectbox(key="open_changes").value == document
    parts = html(app).split('<details class="pm-change pm-')[1:]
    shown = {
        part.split('"')[0]: [row.split('"')[0] for row in part.split('data-id="')[1:]]
        for part in parts
    }
    effects = expected(document)
    assert shown == {
        kind: ids
        for kind in EFFECTS
        if (ids := [one.history.id for one in effects if one.kind == kind])
    }


def test_another_document_comes_into_the_address() -> None:
    """What is chosen on the page can be shared."""
    app = page("004")
    app.selectbox(key="open_changes").set_value("003").run()
    assert not app.exception
    assert address_of(app) == {"open": ["003"]}


def test_after_adding_the_page_says_what_is_new(added) -> None:  # noqa: F811 - the fixture
    """The counts are those of the computation, and a link leads to the lists."""
    app = pressed(found(opened()), "add_keep")
    (name,) = [path.name for path in added.glob("a*")]
    counts = effect_counts(expected(name))
    assert counts["new"]
    words = {kind: str(number) for kind, number in counts.items()}
    assert layers.caption("effects_line", "zh", **words) in html(app)
    assert f'href="changes?open={name}"' in html(app)


def test_the_documents_page_leads_to_the_changes() -> None:
    """Each document's head has the link."""
    app = page("004")
    app.switch_page("documents.py").run()
    assert 'href="changes?open=004"' in html(app)
