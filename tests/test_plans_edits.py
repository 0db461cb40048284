"""The edits file: what holds, undo, conflicts, exchange, and every way in which it can break."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from plans import Edit, Log, WrongEdit, edits
from store import BrokenFile

PLACE = {"geometry": {"type": "Point", "coordinates": [121.0, 28.0]}, "radius_m": 100}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the edits of one test."""
    monkeypatch.setenv("PLANMAP_EDITS", str(tmp_path / "edits"))
    return tmp_path / "edits"


def place(radius: int = 100, **more: Any) -> Edit:
    """Make an edit of a toy's place."""
    value = {**PLACE, "radius_m": radius, "source": "a walk"}
    return replace(Edit("place", "toy", "青溪湿地公园", value, "was not placed", "王工"), **more)


def kept(edit: Edit) -> Edit:
    """Write an edit and return it as written."""
    (one,) = edits.write([edits.made(edit, edits.read_edits())])
    return one


def holding() -> list[int]:
    """Return the radii of what holds."""
    return [edit.value["radius_m"] for edit in edits.read_edits().in_force]


def test_without_a_folder_there_are_no_edits() -> None:
    """No folder is no error, and reading makes none."""
    assert edits.read_edits() == Log()
    assert not edits.folder().exists()


def test_an_edit_is_read_back_as_it_was_made() -> None:
    """All fields survive the file; blanks are squeezed, id and time are given."""
    made = kept(place(who=" 王  工 "))
    (read,) = edits.read_edits()
    assert read == made
    assert (read.who, read.reason, read.value["source"]) == ("王 工", "was not placed", "a walk")
    assert read.id
    assert read.when.endswith("+00:00")


def test_a_later_edit_replaces_the_one_its_author_saw() -> None:
    """Of a chain only the last one holds, and there is no conflict."""
    first = kept(place(100))
    second = kept(place(200, after=(first.id,)))
    kept(place(300, after=(second.id,)))
    assert holding() == [300]
    assert edits.read_edits().conflicts == ()


def test_an_undo_brings_back_what_was_before_and_can_be_undone() -> None:
    """Taking back the second leaves the first; taking back the undo brings the second back."""
    first = kept(place(100))
    second = kept(place(200, after=(first.id,)))
    undo = kept(edits.undo(second, reason="wrong", who="李工"))
    assert holding() == [100]
    kept(edits.undo(undo, reason="right after all", who="王工"))
    assert holding() == [200]


def test_undoing_the_middle_of_a_chain_changes_nothing() -> None:
    """What was replaced long ago does not come back when something between is taken back."""
    first = kept(place(100))
    second = kept(place(200, after=(first.id,)))
    kept(place(300, after=(second.id,)))
    kept(edits.undo(second, reason="wrong", who="李工"))
    assert holding() == [300]
    assert edits.read_edits().conflicts == ()


def test_edits_that_do_not_know_of_each_other_are_a_conflict() -> None:
    """Neither of two holds: what they both replaced stays, or nothing; choosing settles it."""
    first = kept(place(100))
    kept(place(200, after=(first.id,)))
    third = kept(place(300, after=(first.id,)))
    log = edits.read_edits()
    assert [[edit.value["radius_m"] for edit in heads] for heads in log.conflicts] == [[200, 300]]
    assert holding() == [100]
    kept(edits.again(third, log, reason="chosen", who="李工"))
    assert holding() == [300]
    assert edits.read_edits().conflicts == ()


def test_first_edits_in_conflict_leave_the_thing_as_it_was() -> None:
    """Where nothing was agreed before, nothing holds; another thing is not touched by it."""
    kept(place(100))
    kept(place(200))
    kept(place(300, project="other"))
    assert holding() == [300]
    assert len(edits.read_edits().conflicts) == 1


def test_a_colleagues_file_is_taken_in_once() -> None:
    """Edits that are there already are left out; a second import adds nothing."""
    mine = kept(place(100))
    file = edits.as_lines(edits.read_edits())
    theirs = edits.made(place(200, after=(mine.id,)), edits.read_edits())
    file += edits.as_lines([theirs])
    other = Path("colleague.jsonl")
    assert edits.write(edits.parse(file, other)) == (theirs,)
    assert edits.write(edits.parse(file, other)) == ()
    assert holding() == [200]


def test_a_clock_that_runs_behind_does_not_matter() -> None:
    """An edit is later than what it replaces even where its author's clock says otherwise."""
    ahead = replace(edits.made(place(100), Log()), when="2999-01-01T00:00:00.000000+00:00")
    edits.write([ahead])
    kept(place(200, after=(ahead.id,)))
    assert holding() == [200]


def test_share_alike_edits_stand_in_a_file_of_their_own() -> None:
    """Records under a share-alike licence are not mixed with the others, and both are read."""
    kept(place(100))
    kept(place(200, project="other", share_alike=True))
    assert sorted(path.name for path in edits.files()) == [
        "edits-share-alike.jsonl",
        "edits.jsonl",
    ]
    assert holding() == [100, 200]


def test_a_torn_last_line_is_named_and_nothing_is_added(own_folder: Path) -> None:
    """After a broken record no edit is written: the file stays as it is, byte for byte."""
    kept(place())
    path = own_folder / "edits.jsonl"
    path.write_bytes(path.read_bytes() + b'{"version": 1, "ki')
    before = path.read_bytes()
    with pytest.raises(BrokenFile, match=r"edits\.jsonl, line 2: no JSON record"):
        edits.write([edits.made(place(), Log())])
    assert path.read_bytes() == before


def test_a_last_line_without_its_end_is_no_trouble(own_folder: Path) -> None:
    """A file whose last line feed is lost gets it back before the next record."""
    kept(place(100))
    path = own_folder / "edits.jsonl"
    path.write_bytes(path.read_bytes().rstrip())
    kept(place(200, project="other"))
    assert holding() == [100, 200]


def test_taking_back_removes_just_what_was_written() -> None:
    """What cannot be built with is gone from the file, the rest stays."""
    first = kept(place(100))
    second = kept(place(200, after=(first.id,)))
    edits.take_back([second])
    assert edits.read_edits().edits == (first,)


BROKEN: list[tuple[dict[str, Any], str, str]] = [
    ({"version": 2}, "version", "2 is another version, this reads 1"),
    ({"version": True}, "version", "another version"),
    ({"version": None}, "version", "another version"),
    ({"kind": "colour"}, "kind", "'colour' is none of"),
    ({"who": " "}, "who", "must be a text and not blank"),
    ({"reason": 5}, "reason", "must be a text"),
    ({"value": []}, "value", "must be an object"),
    ({"after": "x"}, "after", "must be a list of ids"),
    ({"after": ["none"]}, "after", "'none' is no earlier edit"),
    ({"when": "yesterday"}, "when", "'yesterday' is no time"),
    ({"when": "2026-13-01T00:00:00.000000+00:00"}, "when", "is no time"),
    ({"share_alike": "no"}, "share_alike", "must be true or false"),
    ({"more": 1}, "more", "is no field of an edit"),
    ({"kind": "undo", "value": {"edit": "none"}}, "value", "'none' is no earlier edit"),
]


@pytest.mark.parametrize(("change", "column", "reason"), BROKEN)
def test_a_broken_record_is_named(
    own_folder: Path, change: dict[str, Any], column: str, reason: str
) -> None:
    """File, line and field of a record that breaks the contract are named."""
    kept(place())
    path = own_folder / "edits.jsonl"
    record = json.loads(path.read_bytes()) | {"id": "second"} | change
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record) + "\n")
    with pytest.raises(BrokenFile) as caught:
        edits.read_edits()
    assert (caught.value.path, caught.value.line, caught.value.column) == (path, 2, column)
    assert reason in caught.value.reason


@pytest.mark.parametrize("line", [b"[]", b"5", b"\xff\xfe", b'{"version": NaN}', b"{"])
def test_a_line_that_is_no_record_is_named(own_folder: Path, line: bytes) -> None:
    """What is no JSON object is named with its line."""
    own_folder.mkdir()
    (own_folder / "edits.jsonl").write_bytes(line + b"\n")
    with pytest.raises(BrokenFile, match="line 1"):
        edits.read_edits()


def test_a_missing_field_is_named(own_folder: Path) -> None:
    """A record that lacks a field says which."""
    kept(place())
    path = own_folder / "edits.jsonl"
    record = json.loads(path.read_bytes())
    del record["who"]
    path.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(BrokenFile, match="line 1, field who: is missing"):
        edits.read_edits()


def test_one_id_for_two_edits_is_named(own_folder: Path) -> None:
    """The same id with another content is an error, with the same content it is the same edit."""
    made = kept(place())
    (own_folder / "theirs.jsonl").write_bytes(edits.as_lines([made]))
    assert len(edits.read_edits().edits) == 1
    (own_folder / "theirs.jsonl").write_bytes(edits.as_lines([replace(made, who="李工")]))
    with pytest.raises(BrokenFile, match=r"theirs\.jsonl, line 1, field id"):
        edits.read_edits()


@pytest.mark.parametrize("change", [{"who": ""}, {"reason": "  "}, {"name": "x" * 2001}])
def test_an_edit_needs_its_texts(change: dict[str, str]) -> None:
    """Who and why may not be blank, and no text may be endless."""
    with pytest.raises(WrongEdit, match=f"^{next(iter(change))}: "):
        edits.made(place(**change), Log())
