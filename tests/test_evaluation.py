"""How well the documents are read, and that this is measured right."""

from __future__ import annotations

import csv
import shutil

import pytest
from click.testing import CliRunner

import planmap
import plans
from plans.codes import codes
from plans.evaluation import Evaluation, Fault, compare, faults_to_csv, read_faults
from plans.gold import FIELDS, GOLD, Claim, claims, row_claims, same
from plans.matching import likeness, match
from store import BrokenFile
from tests import toys
from tests.papers import archive, catalogue

# Slightly under what was reached last, to be raised with it; the goals are those of an
# independent annotation: 0.98, 0.97, stage and strategies 0.95, units 0.99.
FLOORS = {
    "recall": 0.97,
    "precision": 0.97,
    "stage": 0.95,
    "promised": 0.975,
    "category": 0.94,
    "kind": 0.935,
    "strategies": 0.955,
    "certainty": 0.98,
    "quantity": 0.965,
    "target_year": 0.995,
    "lead_units": 0.99,
    "units": 0.99,
    "project": 0.895,
}
MOST_CORRECTED = 1 / 20


def real() -> Evaluation:
    """What is read from the catalogue, held against the gold."""
    return plans.evaluate(plans.read_gold(), archive())


@pytest.mark.parametrize(("figure", "floor"), FLOORS.items())
def test_the_documents_are_read_no_worse_than_before(figure, floor):
    """No figure of the five documents falls under its floor."""
    assert real().figures()[figure] >= floor


def test_every_row_of_the_responsibility_tables_is_exact():
    """All 213 rows of 004 agree with the gold in every cell."""
    assert [fault for fault in real().faults if fault.what.startswith("row")] == []
    figures = real().figures()
    assert (figures["rows"], figures["rows_exact"]) == (213, 213)


def test_corrections_stay_few():
    """At most one in twenty statements may owe what it says to a correction."""
    touching = [c for c in plans.read_corrections() if c.what not in {"merge", "leader"}]
    assert len(touching) <= MOST_CORRECTED * len(archive().statements)


def gold_rows(name):
    """The rows of a gold table as plain dictionaries."""
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("name", "column"), [("statements.csv", "quote"), ("tasks.csv", "text")])
def test_gold_quotes_are_verbatim_and_in_order(name, column):
    """Every judged quote stands in its line, and the tables follow the print."""
    lines = {document.id: document.lines for document in catalogue()}
    rows = gold_rows(name)
    for row in rows:
        assert row[column] in lines[row["document"]][int(row["line"]) - 1]
    places = [(row["document"], int(row["line"])) for row in rows]
    assert places == sorted(places)


def test_gold_strategies_are_of_the_vocabulary():
    """Every strategy of the gold is a known code with its basis."""
    found = {
        part for row in gold_rows("statements.csv") for part in row["strategies"].split("|") if part
    }
    assert found <= {
        f"{code}:{how}" for code in codes("strategy") for how in ("heading", "inferred")
    }


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("statements.csv", "stage", "soon"),
        ("statements.csv", "kind", "thing"),
        ("statements.csv", "line", "one"),
        ("statements.csv", "name", ""),
        ("tasks.csv", "unit_basis", "guessed"),
        ("tasks.csv", "annex", ""),
    ],
)
def test_a_broken_judgement_is_named(tmp_path, table, column, value):
    """An unknown code, a blank and a word for a number are named with line and field."""
    shutil.copytree(GOLD, tmp_path, dirs_exist_ok=True)
    rows = gold_rows(table)
    rows[1][column] = value
    with (tmp_path / table).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(BrokenFile, match=f"{table}, line 3, field {column}"):
        plans.read_gold(tmp_path)


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("青溪大道", "青溪大道", 3),
        ("“青溪杯” 大赛", "青溪杯大赛", 3),
        ("青溪大道延伸", "青溪大道", 2),
        ("青溪", "青溪镇自来水厂改建", 0),
        ("青溪一期工程", "青溪二期工程", 0),
        ("青溪水厂二期", "青溪水厂", 2),
        ("村（社区）照料中心", "村居照料中心", 0),
        ("村（社区）养老照料中心", "村居社区养老照料中心", 1),
        ("青溪卫生院", "白鹭卫生院", 0),
        ("", "青溪", 0),
    ],
)
def test_names_are_alike_by_degrees(one, other, level):
    """Signs do not matter, a part is less than the whole, another phase is another thing."""
    assert likeness(one, other) == likeness(other, one) == level


def claim(name, *lines, optional=False, project="", document="900", **says):
    """A statement with plain values in all fields but those given."""
    plain = dict.fromkeys(FIELDS, "") | {"name": name, "kind": "project"} | says
    quote = f"{name}的一句"
    return Claim(document, lines or (1,), name, quote, plain, project or name, optional)


def names(pairs):
    """Pairs as names, for comparison."""
    return [(one.name, other.name) for one, other in pairs]


def test_each_statement_is_matched_once():
    """Two judged roads and one read road make one pair, and the other way round."""
    twice, once = [claim("望月路"), claim("望月路")], [claim("望月路")]
    assert len(match(twice, once)) == len(match(once, twice)) == 1


def test_the_better_name_goes_first():
    """An exact name is not given away to one that merely contains it."""
    judged = [claim("望月路延伸"), claim("望月路")]
    assert names(match(judged, [claim("望月路")])) == [("望月路", "望月路")]


def test_a_programme_goes_with_a_programme():
    """Of two things with the same name on a line, the counted one meets the counted one."""
    judged = [claim("公园"), claim("公园", kind="programme")]
    read = [claim("公园", kind="programme"), claim("公园")]
    assert [(a.says["kind"], b.says["kind"]) for a, b in match(judged, read)] == [
        ("project", "project"),
        ("programme", "programme"),
    ]


def test_a_firm_judgement_goes_before_an_optional_one():
    """What is read counts for the judgement that must be read."""
    judged = [claim("公园", optional=True), claim("公园")]
    ((one, _),) = match(judged, [claim("公园")])
    assert not one.optional


@pytest.mark.parametrize(
    ("read", "found"),
    [
        (claim("公园", 7, 3), 1),
        (claim("公园", 7, 4), 0),
        (claim("公园", 3, document="901"), 0),
    ],
)
def test_a_statement_counts_on_any_line_of_its_quotes(read, found):
    """A sentence over several lines is met on each of them, in its own document."""
    assert len(match([claim("公园", 3)], [read])) == found


def small() -> Evaluation:
    """Five judged and four read, with known differences."""
    judged = (
        claim("公园", 1, stage="started", project="公园"),
        claim("大桥", 2, stage="started", project="公园"),
        claim("学校", 3, stage="started"),
        claim("水厂", 4, optional=True),
        claim("塔", 5, optional=True, document="901"),
    )
    read = (
        claim("公园", 1, stage="started", project="x"),
        claim("大桥", 2, stage="to_start", project="y"),
        claim("水厂", 4, stage="to_start", project="z"),
        claim("车站", 4),
    )
    return Evaluation(judged, read)


def test_the_figures_are_those_counted_by_hand():
    """Recall, precision and fields of a small gold; optional judgements count in neither."""
    figures = small().figures()
    counted = ("gold", "optional", "read", "matched", "optional_read", "missed", "invented")
    assert [figures[name] for name in counted] == [3, 2, 4, 2, 1, 1, 1]
    assert figures["recall"] == figures["precision"] == pytest.approx(2 / 3)
    assert figures["stage"] == pytest.approx(1 / 3)
    assert figures["name"] == 1
    assert figures["project"] == pytest.approx(1 / 3)


def test_the_faults_are_those_seen_by_hand():
    """Every difference of the small gold is named once, in the order of print."""
    assert [(f.line, f.name, f.what, f.judged, f.read) for f in small().faults] == [
        (1, "公园", "project", "900:2:大桥", ""),
        (2, "大桥", "project", "900:1:公园", ""),
        (2, "大桥", "stage", "started", "to_start"),
        (3, "学校", "missed", "学校的一句", ""),
        (4, "水厂", "stage", "", "to_start"),
        (4, "车站", "invented", "", "车站的一句"),
    ]


def test_what_is_joined_too_much_is_a_fault():
    """Statements of two things that were read as one are named at both."""
    judged = (claim("公园", 1), claim("大桥", 2))
    read = (claim("公园", 1, project="x"), claim("大桥", 2, project="x"))
    assert [f.read for f in Evaluation(judged, read).faults] == ["900:2:大桥", "900:1:公园"]


def test_a_project_over_two_documents_is_judged_as_one():
    """Chosen alone, a document still shows what it should have shared with another."""
    judged = (claim("公园", 1), claim("公园", 1, document="901"))
    read = (claim("公园", 1, project="x"), claim("公园", 1, document="901", project="y"))
    result = Evaluation(judged, read)
    assert result.of(["900"]).faults == result.faults[:1]
    assert result.of(["900"]).figures()["project"] == 0


def test_a_part_of_the_documents_is_measured_alone():
    """Chosen documents leave the others out; a share of nothing is no number."""
    figures = small().of(["901"]).figures()
    assert (figures["gold"], figures["optional"], figures["read"]) == (0, 1, 0)
    assert figures["recall"] is figures["precision"] is figures["stage"] is None
    assert small().documents == ["900", "901"]


def test_nothing_judged_and_nothing_read_has_figures():
    """The empty comparison has all figures and no fault."""
    empty = Evaluation((), ())
    assert (empty.faults, empty.documents) == ([], [])
    assert empty.figures().keys() == small().figures().keys()


@pytest.mark.parametrize(
    ("field", "one", "other", "equal"),
    [
        ("stage", "started", "started", True),
        ("stage", "started", "to_start", False),
        ("name", "“青溪”大道", "青溪 大道", True),
        ("strategies", "safety:heading|culture:inferred", "culture:inferred|safety:heading", True),
        ("strategies", "safety:heading", "safety:inferred", False),
        ("units", "甲局|乙局", "乙局|甲局", False),
        ("quantity", "1.5|万册", "15000|册", True),
        ("quantity", "1.5|万平方米", "1.5|平方米", False),
        ("quantity", "30|家", "", False),
        ("quantity", "63|", "63|", True),
    ],
)
def test_values_are_the_same_by_their_field(field, one, other, equal):
    """Strategies may stand in any order, units not: the lead goes first."""
    assert same(field, one, other) == same(field, other, one) == equal


def row(number, **says):
    """A row of a responsibility table, in line ``number``."""
    task = plans.Task("900", 1, "一、道路", None, number, number, 0, "建成望月路。")
    (made,) = row_claims([task])
    return Claim("900", made.lines, made.name, made.quote, {**made.says, **says})


def test_rows_are_compared_cell_by_cell():
    """A differing cell, a row that was not read and one that is not there are three faults."""
    judged = (row(1), row(2), row(3))
    read = (row(1), row(2, leader="王某"), row(4))
    result = Evaluation((), (), judged, read)
    assert [(f.line, f.what, f.read) for f in result.faults] == [
        (2, "row leader", "王某"),
        (3, "row missed", ""),
        (4, "row invented", "建成望月路。"),
    ]
    assert (result.figures()["rows"], result.figures()["rows_exact"]) == (3, 1)


def test_what_is_read_is_told_in_the_words_of_the_gold():
    """A statement's values are written as the tables write them."""
    said = toys.statement(
        "停车位",
        kind="programme",
        quantity=plans.Quantity(5200, "个", "5200个以上"),
        strategies=(("safety", "heading"), ("livelihood", "inferred")),
        responsibility=toys.by("甲局", "乙局", lead=1),
        target_year=2021,
        more_quotes=(plans.Quote("900", 9, 0, 1, "新"),),
    )
    read = plans.Plans({}, (), (said,), (toys.project(said),))
    (told,) = claims(read)
    assert (told.lines, told.project) == ((2, 9), "toy-停车位")
    assert {name: told.says[name] for name in ("quantity", "strategies", "units", "promised")} == {
        "quantity": "5200|个",
        "strategies": "safety:heading|livelihood:inferred",
        "units": "甲局|乙局",
        "promised": "true",
    }
    assert (told.says["lead_units"], told.says["target_year"]) == ("甲局", "2021")


FAULTS = [
    Fault("900", 2, "大桥", "stage", "started", "to_start"),
    Fault("900", 3, "学校, “一期”", "missed", "建成学校"),
]


def test_faults_come_back_from_their_file(tmp_path):
    """What is saved is what is read back."""
    path = tmp_path / "faults.csv"
    path.write_bytes(faults_to_csv(FAULTS))
    assert read_faults(path) == FAULTS


def test_a_change_shows_what_it_gained_and_lost():
    """A fault gone is gained, a new one lost; another wrong value in the same field is neither."""
    bridge, school = FAULTS
    other = Fault("900", 2, "大桥", "stage", "started", "proposed")
    tower = Fault("900", 8, "塔", "invented", "", "塔")
    assert compare(FAULTS, [other, tower]) == ([school], [tower])
    assert compare([bridge], [other]) == ([], [])


def told(*words):
    """What ``planmap evaluate`` prints, and how it ends."""
    result = CliRunner().invoke(planmap.main, ["evaluate", *words])
    return result.exit_code, result.output


def test_the_command_prints_the_figures_per_document_and_in_all():
    """One column for each document and one for all, and the share of corrections."""
    code, output = told()
    assert code == 0
    head = next(line for line in output.splitlines() if "all" in line)
    assert head.split() == [*(document.id for document in catalogue()), "all"]
    cells = {line.split()[0]: line.split()[1:] for line in output.splitlines() if line.strip()}
    assert cells["recall"][-1] == f"{real().figures()['recall']:.3f}"
    assert cells["rows_exact"] == ["0", "0", "0", "0", "213", "213"]
    assert f"{len(plans.read_corrections())} corrections, " in output


def test_the_command_lists_what_is_asked_for():
    """Misses, extras and a field are listed only when asked, each fault on a line."""
    faults = real().of(["001"]).faults
    plain = told("--document", "001")[1].splitlines()
    for words, what in (
        (["--misses"], "missed"),
        (["--extras"], "invented"),
        (["--field", "stage"], "stage"),
    ):
        listed = told("--document", "001", *words)[1].splitlines()
        assert len(listed) - len(plain) == len([f for f in faults if f.what == what])


def test_the_command_compares_with_a_run_kept_before(tmp_path):
    """Against itself nothing changes; a fault more or less in the kept file is told."""
    path = tmp_path / "before.csv"
    assert told("--save", str(path))[0] == 0
    assert "gained 0, lost 0" in told("--against", str(path))[1]
    kept = read_faults(path)
    gone = Fault("001", 1, "旧桥", "missed", "建成旧桥")
    path.write_bytes(faults_to_csv([*kept[1:], gone]))
    code, output = told("--against", str(path))
    assert code == 0
    assert "gained 1, lost 1" in output
    assert "+ missed 001:1 旧桥" in output
    assert f"- {kept[0].what} {kept[0].document}:{kept[0].line} {kept[0].name}" in output
    assert "gained 0, lost 0" in told("--against", str(path), "--document", "004")[1]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["--document", "999"], "unknown '999'; known are 000"),
        (["--field", "colour"], "unknown 'colour'; known are name"),
        (["--against", "no-such-file.csv"], "no such file"),
    ],
)
def test_a_wrong_word_is_named(words, complaint):
    """An unknown document, field or file ends the command with one clear line."""
    code, output = told(*words)
    assert code == 2
    assert complaint in output
