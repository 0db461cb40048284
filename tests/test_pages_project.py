"""The page of a project and the page of a document, as links open them."""

from __future__ import annotations

import pytest

import layers
from layers.words import LANGUAGES
from tests import toys
from tests.test_pages import opened, texts, toy_town
from tests.viewing import address_of

__all__ = ["toy_town"]
PARK = "toy-青溪湿地公园"


def at(page: str, **address: str):
    """Open a page by a link."""
    return opened(page, {name: [value] for name, value in address.items()})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["青溪湿地公园", "云岭中学", "停车位", "白鹭洲水厂", "全域绿道网"])
def test_every_kind_of_thing_has_its_page(name: str, language: str) -> None:
    """Placed or not, each thing has its page, in each language."""
    app = at("project", project=f"toy-{name}")
    app.button_group(key="language").set_value(language).run()
    assert not app.exception
    assert f"<h3>{name}</h3>" in texts(app)
    assert layers.caption("project_story", language) in {head.value for head in app.subheader}


def test_a_link_opens_a_project() -> None:
    """The address names the project, and keeps it beside the filters."""
    app = opened("map", {"project": [PARK], "status": ["completed"]})
    app.switch_page("project.py").run()
    assert "<h3>青溪湿地公园</h3>" in texts(app)
    assert address_of(app) == {"project": [PARK], "status": ["completed"]}


def test_the_story_stands_on_the_page() -> None:
    """Sentence, roles, neighbours and the links onward are there."""
    shown = texts(at("project", project=PARK))
    for told in ("<b>青溪湿地公园</b>", "市水利局", "青溪新城", "documents?open=901&amp;line=1"):
        assert told in shown


def test_choosing_another_project_changes_the_address() -> None:
    """The choice on the page is the address; the last one comes back from another page."""
    app = at("project", project=PARK)
    app.selectbox(key="project_pick").set_value("toy-望月路").run()
    assert "<h3>望月路</h3>" in texts(app)
    assert address_of(app) == {"project": ["toy-望月路"]}
    app.switch_page("list.py").run()
    app.switch_page("project.py").run()
    assert "<h3>望月路</h3>" in texts(app)


@pytest.mark.parametrize("strange", ["nobody", "<script>alert(1)</script>", "x" * 5000])
def test_a_strange_project_is_ignored(strange: str) -> None:
    """What the data do not have is cleaned from the address, and the page says what to do."""
    app = at("project", project=strange)
    assert len(app.dataframe[0].value) == len(toys.table())
    assert address_of(app) == {}


def test_a_link_opens_a_document_at_a_line() -> None:
    """The line is marked as the one meant, its document is the chosen one."""
    app = at("documents", open="901", line="2")
    assert app.selectbox(key="open_document").value == "901"
    assert '<li value="2" class="pm-target" aria-current="location">' in texts(app)
    assert address_of(app) == {"open": ["901"], "line": ["2"]}


def test_turning_to_another_document_leaves_the_line() -> None:
    """Another document is opened at no line."""
    app = at("documents", open="901", line="2")
    app.selectbox(key="open_document").set_value("900").run()
    assert "aria-current" not in texts(app)
    assert address_of(app) == {"open": ["900"]}


@pytest.mark.parametrize("line", ["0", "99", "-1", "x", "<b>"])
def test_a_strange_line_is_ignored(line: str) -> None:
    """A line that the document does not have marks nothing and leaves the address."""
    app = at("documents", open="901", line=line)
    assert "aria-current" not in texts(app)
    assert address_of(app) == {"open": ["901"]}


def test_the_marks_lead_to_the_projects() -> None:
    """What a marked sentence names is linked to its page, all of them where it names several."""
    shown = texts(at("documents", open="900"))
    for name in ("青溪湿地公园", "青溪新城", "全域绿道网"):
        assert "（在建）</a>" in shown
        assert f">{name}（" in shown
