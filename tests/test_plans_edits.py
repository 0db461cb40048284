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


def test_who_takes_an_edit_in_is_kept_apart_from_who_made_it(own_folder: Path) -> None:
    """What a file says of an earlier import is replaced; the edit stays one, wherever it lies."""
    made = edits.made(place(who="王工"), Log())
    first = edits.imported([made], by=" 周  工 ")
    (read,) = edits.parse(edits.as_lines(first), Path("theirs.jsonl"))
    assert (read.who, read.when, read.imported_by) == ("王工", made.when, "周 工")
    edits.write(edits.imported([read], by="陈工"))
    (own_folder / "copy.jsonl").write_bytes(edits.as_lines([made]))
    (kept,) = edits.read_edits()
    assert kept == made
    assert {kept.imported_by} <= {"陈工", ""}
    again = edits.again(read, edits.read_edits(), reason="r", who="李工")
    assert edits.made(again, Log()).imported_by == ""
    for by in (" ", "x" * 2001):
        with pytest.raises(WrongEdit):
            edits.imported([made], by=by)


@pytest.mark.parametrize("name", ["imported_by", "imported_when"])
def test_an_import_is_told_whole_or_not_at_all(name: str) -> None:
    """Of who took it in and when, both are there, in their form, or none."""
    (one,) = edits.imported([edits.made(place(), Log())], by="周工")
    line = json.loads(edits.as_lines([one]))
    for wrong in (
        {**line, name: ""},
        {**line, name: 7},
        {k: v for k, v in line.items() if k != name},
    ):
        with pytest.raises(BrokenFile) as caught:
            edits.parse(json.dumps(wrong).encode(), Path("a.jsonl"))
        assert caught.value.column == name


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


TORN = [b'{"version": 1, "ki', b"\x00" * 4096, b"\xff\xfe", b"[]", b'{"version": 1, "ki\n']


@pytest.mark.parametrize("torn", TORN)
def test_a_torn_last_line_is_set_aside(own_folder: Path, torn: bytes) -> None:
    """What is before it applies, it is told with its line, and kept when the next edit comes."""
    kept(place(100))
    path = own_folder / "edits.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    log = edits.read_edits()
    assert holding() == [100]
    assert [(error.path, error.line) for error in log.torn] == [(path, 2)]
    assert edits.set_aside() == []
    second = kept(place(200, project="other"))
    assert path.read_bytes() == whole + edits.as_lines([second])
    assert [aside.read_bytes() for aside in edits.set_aside()] == [torn]
    assert edits.read_edits().torn == ()


def test_a_torn_line_of_a_colleague_is_left_to_them(own_folder: Path) -> None:
    """A file that nothing is added to stays as it is."""
    kept(place())
    theirs = own_folder / "theirs.jsonl"
    theirs.write_bytes(b"{")
    kept(place(200, project="other"))
    assert theirs.read_bytes() == b"{"
    assert [error.path for error in edits.read_edits().torn] == [theirs]


def test_a_broken_line_stops_its_file_alone(own_folder: Path) -> None:
    """Its edits are listed and do not apply, nothing is added to it, other files go on."""
    mine = kept(place(100))
    kept(place(150, project="other"))
    path = own_folder / "edits.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + b"{broken\n" + lines[1])
    theirs = edits.made(place(200, project="third"), Log())
    (own_folder / "theirs.jsonl").write_bytes(edits.as_lines([theirs]))
    log = edits.read_edits()
    assert holding() == [200]
    assert len(log.edits) == 3
    assert log.is_stopped(log.by_id[mine.id])
    assert [(error.path, error.line) for error in log.stopped.values()] == [(path, 2)]
    before = path.read_bytes()
    with pytest.raises(BrokenFile, match=r"edits\.jsonl, line 2: no JSON record"):
        edits.write([edits.made(place(300, project="fourth"), log)])
    assert path.read_bytes() == before


def test_an_edit_of_a_stopped_file_can_be_kept_from_elsewhere(own_folder: Path) -> None:
    """The same edit in a file that is whole applies."""
    mine = kept(place(100))
    (own_folder / "edits.jsonl").write_bytes(b"{broken\n" + edits.as_lines([mine]))
    assert holding() == []
    (own_folder / "a-saved.jsonl").write_bytes(edits.as_lines([mine]))
    assert holding() == [100]
    (own_folder / "a-saved.jsonl").rename(own_folder / "z-saved.jsonl")
    assert holding() == [100]


def test_what_refers_to_an_unreadable_edit_stops_too(own_folder: Path) -> None:
    """An edit that replaces one nobody can read any more is not applied as if it were the first."""
    first = kept(place(100))
    after = edits.made(place(200, after=(first.id,)), edits.read_edits())
    (own_folder / "theirs.jsonl").write_bytes(edits.as_lines([after]))
    assert holding() == [200]
    (own_folder / "edits.jsonl").write_bytes(b"{broken\n" * 2)
    assert holding() == []
    assert {path.name for path in edits.read_edits().stopped} == {"edits.jsonl", "theirs.jsonl"}


def test_marks_and_line_ends_of_other_systems_do_not_matter(own_folder: Path) -> None:
    """A byte order mark and CRLF, as editors on Windows leave them, are read as nothing."""
    first, second = kept(place(100)), kept(place(200, project="other"))
    path = own_folder / "edits.jsonl"
    marked = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(marked)
    assert edits.read_edits() == Log((first, second))
    third = kept(place(300, project="third"))
    assert path.read_bytes() == marked + edits.as_lines([third])


def test_a_last_line_without_its_end_is_no_trouble(own_folder: Path) -> None:
    """A file whose last line feed is lost gets it back before the next record."""
    kept(place(100))
    path = own_folder / "edits.jsonl"
    path.write_bytes(path.read_bytes().rstrip())
    kept(place(200, project="other"))
    assert holding() == [100, 200]


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
    ({"when": "9999-12-31T23:59:59.999999+00:00"}, "when", "is no time"),
    ({"reason": "x" * 2001}, "reason", "must have 1 to 2000 signs"),
    ({"reason": "x" * 10_000_000}, "value", "bytes, at most 1,000,000"),
    ({"after": ["x"] * 1001}, "after", "names more than 1000"),
    ({"value": {"to": [[[[[[[[[[[[[]]]]]]]]]]]]]}}, "value", "nested too deeply"),
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
    (error,) = edits.read_edits().stopped.values()
    assert (error.path, error.line, error.column) == (path, 2, column)
    assert reason in error.reason
    with pytest.raises(BrokenFile):
        edits.write(edits.parse(path.read_bytes(), Path("import.jsonl")))


@pytest.mark.parametrize(
    "line",
    [b"[]", b"5", b"\xff\xfe", b'{"version": NaN}', b"{", b'{"a": "\\ud800"}', b'{"a": 1e999}'],
)
def test_a_line_that_is_no_record_is_named(own_folder: Path, line: bytes) -> None:
    """What is no JSON object is named with its line."""
    own_folder.mkdir()
    (own_folder / "edits.jsonl").write_bytes(line + b"\n{}\n")
    (error,) = edits.read_edits().stopped.values()
    assert (error.line, error.cause.code) == (1, "no_record")
    with pytest.raises(BrokenFile, match="line 1"):
        edits.parse(line, Path("import.jsonl"))


def test_a_missing_field_is_named(own_folder: Path) -> None:
    """A record that lacks a field says which."""
    kept(place())
    path = own_folder / "edits.jsonl"
    record = json.loads(path.read_bytes())
    del record["who"]
    path.write_text(json.dumps(record), encoding="utf-8")
    (error,) = edits.read_edits().stopped.values()
    assert "line 1, field who: is missing" in str(error)


def test_one_id_for_two_edits_is_named(own_folder: Path) -> None:
    """The same id with another content is an error, with the same content it is the same edit."""
    made = kept(place())
    (own_folder / "theirs.jsonl").write_bytes(edits.as_lines([made]))
    assert len(edits.read_edits().edits) == 1
    (own_folder / "theirs.jsonl").write_bytes(edits.as_lines([replace(made, who="李工")]))
    log = edits.read_edits()
    (error,) = log.stopped.values()
    assert (error.path.name, error.line, error.column) == ("theirs.jsonl", 1, "id")
    assert log.edits == (made,)


@pytest.mark.parametrize("change", [{"who": ""}, {"reason": "  "}, {"name": "x" * 2001}])
def test_an_edit_needs_its_texts(change: dict[str, str]) -> None:
    """Who and why may not be blank, and no text may be endless."""
    with pytest.raises(WrongEdit, match=f"^{next(iter(change))}: "):
        edits.made(place(**change), Log())


@pytest.mark.parametrize("depth", [13, 900, 100_000])
def test_a_deep_value_is_refused_alike_in_form_and_file(own_folder: Path, depth: int) -> None:
    """However deep it is, it is named and nothing else happens."""
    kept(place())
    path = own_folder / "edits.jsonl"
    line = path.read_bytes().replace(
        b'"value": {', b'"value": {"x": ' + b"[" * depth + b"]" * depth + b", "
    )
    path.write_bytes(line)
    (error,) = edits.read_edits().stopped.values()
    assert (error.line, error.cause.code) == (1, "too_deep")
    value: Any = []
    for _ in range(min(depth, 900)):
        value = [value]
    with pytest.raises(WrongEdit, match="nested too deeply"):
        edits.made(place(value={"to": value}), Log())


def test_a_value_of_megabytes_is_refused_in_the_form() -> None:
    """The same bound as that of a line in a file."""
    with pytest.raises(WrongEdit, match="at most 1,000,000"):
        edits.made(place(value={"to": "x" * 1_000_000}), Log())


def test_an_import_from_the_future_is_refused() -> None:
    """A clock may run ahead by hours, not by years."""
    later = replace(edits.made(place(), Log()), when="2999-01-01T00:00:00.000000+00:00")
    with pytest.raises(WrongEdit, match="in the future"):
        edits.refuse_future([later])
    edits.refuse_future([edits.made(place(), Log())])


def test_an_edit_is_taken_back_once() -> None:
    """An undo of what is undone already changes nothing; so does a second undo of an undo."""
    first = kept(place(100))
    undo = edits.undo(first, reason="wrong", who="李工")
    edits.check_news(undo, edits.read_edits())
    done = kept(undo)
    with pytest.raises(WrongEdit, match="already"):
        edits.check_news(undo, edits.read_edits())
    edits.check_news(edits.undo(done, reason="right", who="王工"), edits.read_edits())
