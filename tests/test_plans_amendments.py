"""Edits of what was read: each kind, what is lost, and the name of all that cannot be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

import building
from plans import (
    Edit,
    Log,
    Plans,
    WrongEdit,
    amendment,
    amendments,
    edits,
    read_catalogue,
    read_corrections,
    read_plans,
)
from store import BrokenFile

if TYPE_CHECKING:
    from pathlib import Path

    from plans import Project

DOCUMENTS = read_catalogue()
PLAIN = read_plans(DOCUMENTS, read_corrections())


def of(read: Plans, name: str) -> Project:
    """Return the one project of a name."""
    (found,) = (project for project in read.projects if project.name == name)
    return found


PARK, SCHOOL = of(PLAIN, "林宅湿地公园"), of(PLAIN, "柳市中学")


def address(project: Project, number: int = 0) -> str:
    """Return what an edit calls a statement."""
    said = project.statements[number]
    return f"{said.quote.document}:{said.quote.line}:{said.name}"


def edit(kind: str, to: Any, project: Project = SCHOOL, **more: Any) -> Edit:
    """Make a finished edit."""
    value = {"to": to, **more}
    return edits.made(Edit(kind, project.id, project.name, value, "misread", "王工"), Log())


def read(*some: Edit) -> Plans:
    """Read the whole catalogue with these edits."""
    log = Log(tuple(some))
    return read_plans(DOCUMENTS, read_corrections(), edits=amendments(log))


def changed(kind: str, to: Any) -> Any:
    """Return the statement that an edit of its first one gives."""
    made = read(edit(kind, to, statement=address(SCHOOL)))
    assert made.lost == ()
    old = SCHOOL.statements[0]
    (found,) = (s for s in of(made, SCHOOL.name).statements if s.quote == old.quote)
    return found


def test_stage_category_and_strategy_of_a_statement() -> None:
    """Just the named statement changes; how its strategy is known is said to be by a person."""
    assert changed("stage", "operating").stage == "operating"
    assert changed("category", "sport").category == "sport"
    wanted = (("ecology", "corrected"), ("safety", "corrected"))
    assert changed("strategy", ["ecology", "safety"]).strategies == wanted


def test_units_with_and_without_a_lead() -> None:
    """A star marks who leads, and those come first; the print stays as it was."""
    answer = changed("unit", ["市教育局", "柳市镇*"]).responsibility
    assert (answer.units, answer.lead_units) == (("柳市镇", "市教育局"), ("柳市镇",))
    assert answer.unit_basis == "corrected"
    assert changed("unit", ["市教育局"]).responsibility.lead_units == ()
    assert answer.units_printed == SCHOOL.statements[0].responsibility.units_printed


def test_a_new_name_keeps_id_and_old_name() -> None:
    """A project that gets its true name is still found by the old one, and by its id."""
    found = of(read(edit("name", "柳市镇中学")), "柳市镇中学")
    assert found.id == SCHOOL.id
    assert SCHOOL.name in found.aliases
    assert found.statements == SCHOOL.statements


def test_a_merge_takes_all_statements_along() -> None:
    """The other project is gone, its id is a former one, and nothing that was said is lost."""
    made = read(edit("merge", PARK.id))
    whole = of(made, PARK.name)
    assert len(made.projects) == len(PLAIN.projects) - 1
    assert set(whole.statements) == {*PARK.statements, *SCHOOL.statements}
    assert SCHOOL.id in whole.former_ids
    dates = [DOCUMENTS_BY_ID[said.quote.document].date for said in whole.statements]
    assert dates == sorted(dates)


DOCUMENTS_BY_ID = {document.id: document for document in DOCUMENTS}


def test_a_split_makes_a_project_of_its_own() -> None:
    """One statement stands under another name, the others stay together."""
    made = read(edit("split", "柳市中学新校区", statement=address(SCHOOL)))
    assert len(of(made, "柳市中学新校区").statements) == 1
    assert len(of(made, SCHOOL.name).statements) == len(SCHOOL.statements) - 1


def test_a_stage_and_a_split_of_one_statement_both_hold() -> None:
    """Names come last, so the other edits still find their statement."""
    split = edit("split", "柳市中学新校区", statement=address(SCHOOL))
    made = read(split, edit("stage", "operating", statement=address(SCHOOL)))
    assert made.lost == ()
    assert of(made, "柳市中学新校区").statements[0].stage == "operating"


def test_what_finds_nothing_is_lost_and_changes_nothing() -> None:
    """Old edits never keep the catalogue from being built: they are named as lost."""
    gone = [
        edit("stage", "operating", statement="000:1:没有这个"),
        edit("stage", "operating", statement="a77:1:没有这个"),
        replace(edit("name", "新名"), project="gone"),
        edit("merge", "gone"),
        edit("merge", PARK.id, PARK),
    ]
    made = read(*gone)
    assert sorted(made.lost) == sorted(one.id for one in gone)
    assert made.projects == PLAIN.projects


WRONG = [
    ("stage", "finished", {"statement": "000:1:x"}, "no stage"),
    ("stage", ["completed"], {"statement": "000:1:x"}, "no stage"),
    ("category", "castle", {"statement": "000:1:x"}, "no category"),
    ("strategy", "ecology", {"statement": "000:1:x"}, "no list of strategies"),
    ("strategy", [], {"statement": "000:1:x"}, "no list of strategies"),
    ("strategy", ["war"], {"statement": "000:1:x"}, "no list of strategies"),
    ("unit", [], {"statement": "000:1:x"}, "no list of units"),
    ("unit", ["*"], {"statement": "000:1:x"}, "no list of units"),
    ("unit", ["a|b"], {"statement": "000:1:x"}, "no list of units"),
    ("unit", [1], {"statement": "000:1:x"}, "no list of units"),
    ("name", " ", {}, "no name"),
    ("name", "x" * 101, {}, "no name"),
    ("merge", None, {}, "no name"),
    ("split", "", {"statement": "000:1:x"}, "no name"),
    ("stage", "completed", {}, "is not document:line:name"),
    ("stage", "completed", {"statement": "000:x:y"}, "is not document:line:name"),
    ("name", "x", {"statement": "000:1:x"}, "belongs to no edit"),
    ("stage", "completed", {"statement": "000:1:x", "more": 1}, "belongs to no edit"),
]


@pytest.mark.parametrize(("kind", "to", "more", "reason"), WRONG)
def test_a_value_that_cannot_be_is_named(kind: str, to: Any, more: Any, reason: str) -> None:
    """Each kind of edit says what its value may be, before anything is written."""
    with pytest.raises(WrongEdit, match=reason):
        amendment(edit(kind, to, **more))


def test_a_wrong_value_in_a_file_is_named_by_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same of a file that a person wrote: file, line and field."""
    monkeypatch.setenv("PLANMAP_EDITS", str(tmp_path / "edits"))
    edits.write([edit("stage", "finished", statement="000:1:x")])
    with pytest.raises(BrokenFile, match=r"edits\.jsonl, line 1, field value: 'finished'"):
        amendments(edits.read_edits())


def test_an_edit_that_finds_nothing_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is saved must change something: else it is told, and the file is as before."""
    monkeypatch.setenv("PLANMAP_EDITS", str(tmp_path / "edits"))
    monkeypatch.setenv("PLANMAP_BUILT", str(tmp_path / "built"))
    with pytest.raises(WrongEdit, match="finds nothing"):
        building.edit(edit("merge", "gone"))
    assert edits.read_edits().edits == ()
    assert building.edit(edit("stage", "operating", statement=address(SCHOOL))) == 1
    assert building.load().lost == ()


def test_on_a_read_only_site_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever asks for it: an edit is refused before anything is touched."""
    monkeypatch.setenv("PLANMAP_EDITS", str(tmp_path / "edits"))
    monkeypatch.setenv("PLANMAP_READ_ONLY", "1")
    with pytest.raises(PermissionError):
        building.edit(edit("name", "新名"))
    assert not (tmp_path / "edits").exists()
