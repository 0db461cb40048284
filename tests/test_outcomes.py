"""Known outcomes: read by their contract, matched to one project, told apart from the plans."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

import building
from layers import outcomes
from layers.outcomes import check_outcomes, known_outcomes, read_outcomes
from layers.outcomes_shown import outcomes_html
from layers.table import project_table
from store import BrokenFile, MissingFile
from tests import toys, valley
from tests.papers import archive

if TYPE_CHECKING:
    from pathlib import Path

HEAD = (
    "project,stage,part_zh,part_en,outcome_zh,outcome_en,date,date_basis,source,source_kind,"
    "publisher,licence"
)
GOOD = (
    "望月路,completed,,,通车,opened,2023-08-26,stated,https://example.org/a?b=1&c=2,official,"
    "青溪镇政府网,not stated"
)


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    """Write a table of outcomes."""
    path = folder / "outcomes.csv"
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    return path


def roads():
    """Two roads; one has two more names, and one of these is a name of the other."""
    return valley.table(
        toys.project(valley.says("望月路"), aliases=("月路", "老路")),
        toys.project(valley.says("凤尾桥"), aliases=("老路", "望月路")),
    )


def test_an_outcome_is_read(tmp_path: Path) -> None:
    """A row gives words in both languages, a date with its basis, a source and its licence."""
    (one,) = read_outcomes(written(tmp_path, GOOD))
    assert (one.zh, one.en) == ("通车", "opened")
    assert (one.date, one.date_basis) == ("2023-08-26", "stated")
    assert (one.source, one.licence) == ("https://example.org/a?b=1&c=2", "not stated")


def test_no_rows_no_outcomes(tmp_path: Path) -> None:
    """A table with only its header is read as empty, and nothing is known."""
    known = read_outcomes(written(tmp_path))
    assert known == ()
    assert known_outcomes(roads(), known) == {}
    assert outcomes_html((), "en") == ""


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("2023-08-26", "2023-13", "date"),
        ("2023-08-26", "2023-02-30", "date"),
        ("2023-08-26", "August 2023", "date"),
        ("2023-08-26", "23", "date"),
        ("2023-08-26", "", "date"),
        ("stated,https", "guessed,https", "date_basis"),
        ("https://example.org", "javascript:alert(1)//", "source"),
        ("https://example.org", "ftp://example.org", "source"),
        ("https://example.org", "https://[", "source"),
        ("https://example.org/a?b=1&c=2", "a book", "source"),
        (",not stated", ",", "licence"),
        (",青溪镇政府网,", ",,", "publisher"),
        (",official,", ",hearsay,", "source_kind"),
        (",completed,", ",done,", "stage"),
        (",completed,,,", ",completed,一期,phase I,", "part_zh"),
        (",completed,,,", ",part_completed,,,", "part_zh"),
        (",completed,,,", ",part_completed,一期,,", "part_en"),
        ("通车", "", "outcome_zh"),
        ("opened", "", "outcome_en"),
        ("通车", "已建成：通车", "outcome_zh"),
        ("opened", "Finished : opened", "outcome_en"),
        ("望月路", "", "project"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, old: str, new: str, column: str) -> None:
    """A wrong cell is a named error with file, line and field."""
    path = written(tmp_path, GOOD, GOOD.replace(old, new, 1))
    with pytest.raises(BrokenFile) as error:
        read_outcomes(path)
    assert (error.value.path, error.value.line, error.value.column) == (path, 3, column)


def test_a_broken_table_is_named(tmp_path: Path) -> None:
    """A missing file and a missing column are named errors."""
    with pytest.raises(MissingFile):
        read_outcomes(tmp_path / "none.csv")
    with pytest.raises(BrokenFile, match="licence"):
        read_outcomes(written(tmp_path, head=HEAD.removesuffix(",licence")))


@pytest.mark.parametrize("value", ["2023", "2023-08", "2023-08-26"])
def test_a_date_stays_as_precise_as_it_is(tmp_path: Path, value: str) -> None:
    """Year, month or day: no precision is added."""
    assert read_outcomes(written(tmp_path, GOOD.replace("2023-08-26", value)))[0].date == value


@pytest.mark.parametrize(
    ("name", "id_", "reason"),
    [
        ("望月路", "toy-望月路", ""),
        ("月路", "toy-望月路", ""),
        ("老路", "", "matches 2 projects"),
        ("新路", "", "matches no project"),
    ],
)
def test_an_outcome_is_of_exactly_one_project(
    tmp_path: Path, name: str, id_: str, reason: str
) -> None:
    """A name wins over another's alias; what is of none or of several stops the build."""
    known = read_outcomes(written(tmp_path, GOOD.replace("望月路", name)))
    assert known_outcomes(roads(), known) == ({id_: known} if id_ else {})
    if reason:
        with pytest.raises(BrokenFile, match=f"line 2, field project: '{name}' {reason}"):
            check_outcomes(roads(), known)
    else:
        check_outcomes(roads(), known)


def test_outcomes_stand_oldest_first(tmp_path: Path) -> None:
    """Several outcomes of one thing are told in the order of their dates."""
    rows = [GOOD, GOOD.replace("2023-08-26", "2021")]
    known = known_outcomes(roads(), read_outcomes(written(tmp_path, *rows)))
    assert [one.date for one in known["toy-望月路"]] == ["2021", "2023-08-26"]


def test_an_outcome_is_shown_escaped_with_its_source(tmp_path: Path) -> None:
    """Date, basis, words, address and licence are there, and no text becomes markup."""
    row = GOOD.replace("opened", "<b>opened</b>").replace("/a?", '/""a<?')
    told = read_outcomes(written(tmp_path, row.replace('""', "'")))
    shown = outcomes_html([one.record() for one in told], "en")
    assert "2023-08-26 (stated by the source)" in shown
    assert "&lt;b&gt;opened&lt;/b&gt;" in shown
    assert 'href="https://example.org/&#x27;a&lt;?b=1&amp;c=2"' in shown
    assert "Licence: not stated" in shown


@cache
def real():
    """The table of the catalogue, without places."""
    read = archive()
    return project_table(read.projects, toys.locate, read.documents)


def test_every_known_outcome_is_of_one_project() -> None:
    """Each row of the project's own table is of exactly one project."""
    known = read_outcomes()
    assert known
    check_outcomes(real(), known)
    assert sum(map(len, known_outcomes(real(), known).values())) == len(known)


def test_an_outcome_changes_no_word_of_the_plans() -> None:
    """The stage of a thing is what the plans say, whatever became of it: the line is a plan."""
    row = real().set_index("name").loc["市域铁路S2线"]
    opened = known_outcomes(real(), read_outcomes())[row["id"]]
    assert opened[-1].date == "2023-08-26"
    assert (row["stage"], row["promised"]) == ("under_construction", True)
    assert row["as_of"] == "2021-04-27"


def test_an_outcome_of_nothing_stops_the_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The catalogue is not built when a row of the table matches no project."""
    monkeypatch.setattr(outcomes, "OUTCOMES", written(tmp_path, GOOD))
    with pytest.raises(BrokenFile, match="matches no project"):
        building.make(archive().documents.values())
