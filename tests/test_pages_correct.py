"""The page that corrects: each new form saves, shows and is undone, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

import building
from layers.words import LANGUAGES, Language, caption
from pages import desk
from plans import edits
from store import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LINE = 94


@pytest.fixture(autouse=True)
def own_edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No edits at first, and a place of its own for what is built."""
    monkeypatch.setenv("PLANMAP_EDITS", str(tmp_path / "edits"))
    monkeypatch.setenv("PLANMAP_BUILT", str(tmp_path / "built"))
    desk.forget()
    yield tmp_path / "edits"
    desk.forget()


class Form:
    """The page as a user sees it, its fields found by their words."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120).run()
        self.app.button_group(key="language").set_value(language).run()
        self.app.switch_page("correct.py").run()
        assert not self.app.exception

    def field(self, kind: str, key: str) -> Any:
        """Return the field of a kind of widget that bears a caption."""
        words = caption(key, self.language)
        return next(one for one in self.app.get(kind) if one.label == words)

    def correct(self, project: str, kind: str) -> None:
        """Open the form for one kind of correction of a project."""
        self.field("selectbox", "correct_project").set_value(project).run()
        self.app.button_group(key="correct_kind").set_value(kind).run()
        assert not self.app.exception

    def save(self, key: str = "correct_save", who: str | None = "王工") -> None:
        """Give reason and name, and save."""
        self.field("text_input", "edit_reason").set_value("misread")
        if who is not None:
            self.field("text_input", "edit_who").set_value(who)
        self.field("button", key).click().run()
        assert not self.app.exception


def some() -> Any:
    """Return a project that no test of this file cares for otherwise."""
    table = building.load().table
    return table[table["name"] == "柳市中学"].iloc[0]


def row_of(project: str) -> Any:
    """Return a row as the catalogue has it now."""
    return building.load().table.set_index("id").loc[project]


@pytest.mark.parametrize("language", LANGUAGES)
def test_year_quantity_and_kind_are_changed_and_the_name_is_asked_once(language: Language) -> None:
    """Each form changes its field and no other; the second one knows who edits."""
    thing, form = some(), Form(language)
    form.correct(thing.id, "target_year")
    form.field("number_input", "correct_year").set_value(2031)
    form.save()
    assert 2031 in [said["target_year"] for said in row_of(thing.id).statements]
    form.correct(thing.id, "kind")
    assert form.field("text_input", "edit_who").value == "王工"
    form.field("selectbox", "correct_kind_to").set_value("area")
    form.save(who=None)
    assert row_of(thing.id)["kind"] == "area"
    form.correct(thing.id, "quantity")
    form.field("number_input", "correct_value").set_value(3.0)
    form.field("text_input", "correct_unit").set_value("公里")
    form.field("text_input", "correct_text").set_value("3公里")
    form.save(who=None)
    told = row_of(thing.id)
    wanted = {"value": 3.0, "unit": "公里", "text": "3公里"}
    assert wanted in [said["quantity"] for said in told.statements]
    assert {one["field"] for one in told.corrected} == {"target_year", "kind", "quantity"}
    assert {one["who"] for one in told.corrected} == {"王工"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_project_leaves_is_listed_and_comes_back(language: Language) -> None:
    """It is out of the table, named with who and why, and an undo brings it back."""
    thing, form = some(), Form(language)
    form.correct(thing.id, "not_project")
    form.save()
    assert thing.id not in set(building.load().table["id"])
    assert caption("correct_aside", language, count=1) in [one.label for one in form.app.expander]
    form.app.switch_page("edits.py").run()
    form.field("button", "edit_undo").click().run()
    assert not form.app.exception
    assert thing.id in set(building.load().table["id"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missed_finding_is_added_with_its_line(language: Language) -> None:
    """Words of the line become a row with its quote, marked as added; others are refused."""
    form = Form(language)
    form.app.button_group(key="correct_mode").set_value("missed").run()
    form.app.number_input(key="missed_line").set_value(LINE).run()
    document = next(iter(building.load().documents.values()))
    words = document.text.split("\n")[LINE - 1][2:14]
    form.field("text_input", "correct_words").set_value("没有这些字")
    form.field("text_input", "correct_name").set_value("新发现的平台")
    form.save("correct_add")
    assert caption("cause_not_in_line", language, line=LINE, words="没有这些字") in " ".join(
        one.value for one in form.app.get("error")
    ) + " ".join(one.value for one in form.app.code)
    assert edits.read_edits().edits == ()
    form.field("text_input", "correct_words").set_value(words)
    form.field("text_input", "correct_name").set_value("新发现的平台")
    form.save("correct_add", who=None)
    assert edits.read_edits().edits == ()  # neither its stage nor its category was chosen
    for title, code in (("column_stage", "proposed"), ("column_category", "innovation")):
        form.field("selectbox", title).set_value(code)
    form.save("correct_add", who=None)
    table = building.load().table
    (row,) = table[table["name"] == "新发现的平台"].itertuples()
    (said,) = row.statements
    assert (said["document"], said["line"]) == (document.id, LINE)
    assert words in said["quote"]
    assert [(one["field"], one["who"]) for one in row.corrected] == [("missed", "王工")]
    form.app.switch_page("edits.py").run()
    assert not form.app.exception


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_read_only_site_there_is_no_form(
    monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    """Neither correcting nor adding is offered."""
    monkeypatch.setenv("PLANMAP_READ_ONLY", "1")
    form = Form(language)
    assert not [one for one in form.app.get("button_group") if one.key == "correct_mode"]


def test_after_renaming_the_box_shows_the_new_name() -> None:
    """The project stays chosen under its new name, in a box that no browser remembers."""
    form, thing = Form("zh"), some()
    form.correct(thing.id, "name")
    form.field("text_input", "column_name").set_value("柳市第一中学")
    form.save()
    (box,) = [one for one in form.app.selectbox if one.label == caption("correct_project", "zh")]
    assert box.value == thing.id
    assert "柳市第一中学（迁扩建）" in box.options
    assert "柳市中学" not in box.options
    assert box.key != "correct_project"


def test_a_line_of_a_document_leads_to_its_form() -> None:
    """The address that a line links to opens the form with document and line filled in."""
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120)
    second = list(building.load().documents)[1]
    for name, value in {"mode": "missed", "open": second, "line": str(LINE)}.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("correct.py").run()
    assert not app.exception
    assert app.selectbox(key="missed_document").value == second
    assert app.number_input(key="missed_line").value == LINE
