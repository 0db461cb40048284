"""Documents as received: catalogue, articles, quotes, and what breaks them."""

from __future__ import annotations

import csv
import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from plans.passages import passages
from plans.reading import Span, read
from store import SEEDS, BrokenFile, ChangedFile, MissingFile, NotUtf8
from tests.papers import archive, catalogue, paper, statements


@pytest.fixture
def seeds(tmp_path):
    """A copy of the seeds that a test may break."""
    return shutil.copytree(SEEDS, tmp_path / "seeds")


def test_the_five_documents_are_read_with_their_scope():
    """Only the first article of the newspaper page speaks of the town."""
    scopes = {d.id: [a.in_scope for a in plans.articles(d)] for d in catalogue()}
    assert scopes == {
        "000": [True],
        "001": [True],
        "002": [True, False, False, False],
        "003": [True],
        "004": [True],
    }


def test_a_plans_chapters_are_not_foreign_articles():
    """A plan in Markdown names its town once; its chapters are in scope all the same."""
    text = "# 青溪镇2025年工作计划\n\n# 一、交通\n\n建成望月大道。\n"
    assert [s.name for s in statements(text, areas=("青溪镇",))] == ["望月大道"]


def test_a_reviewed_reading_order_is_for_the_catalogue_alone(tmp_path):
    """Another text that happens to be called 001 is read from top to bottom."""
    path = tmp_path / "001.txt"
    path.write_text("青溪镇2025年工作计划\n\n建成望月大道。\n", encoding="utf-8")
    document = plans.read_document(path)
    assert [s.name for s in plans.read_plans([document]).statements] == ["望月大道"]


def test_nothing_of_the_foreign_articles_is_read():
    """Lines 91 to 189 of 002 tell of three other cities."""
    newspaper = next(d for d in catalogue() if d.id == "002")
    lines = {place[0] for p in passages(newspaper) for place in p.reading.places}
    assert max(lines) < 91


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (lambda f: f.unlink(), MissingFile, "no such file"),
        (lambda f: f.write_bytes("计划".encode("gb18030")), NotUtf8, "line 1"),
        (lambda f: f.write_text("改", encoding="utf-8"), ChangedFile, "sha256"),
    ],
)
def test_a_spoilt_seed_is_a_named_error(seeds, spoil, error, words):
    """A missing, changed or wrongly encoded seed stops the reading and says which file."""
    spoil(next(seeds.glob("003_*.txt")))
    with pytest.raises(error, match="003_") as caught:
        plans.read_catalogue(seeds / "manifest.csv")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("tense", "maybe", "field tense"),
        ("issuer", "", "field issuer"),
        ("horizon", "soon", "field horizon"),
        ("id", "000", "stands twice"),
    ],
)
def test_a_broken_manifest_row_names_line_and_field(seeds, column, value, words):
    """Unknown words, blanks and doubles in the manifest are named with their line."""
    manifest = seeds / "manifest.csv"
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[2][column] = value
    with manifest.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with pytest.raises(BrokenFile, match="line 4") as caught:
        plans.read_catalogue(manifest)
    assert words in str(caught.value)


def test_an_empty_file_is_named(tmp_path):
    """A text without words is refused with a clear line."""
    path = tmp_path / "empty.txt"
    path.write_text(" \n\n", encoding="utf-8")
    with pytest.raises(BrokenFile, match="empty"):
        plans.read_document(path)


def test_every_quote_is_verbatim():
    """Each statement's quotes are the printed characters at their line and span."""
    lines = {d.id: d.lines for d in catalogue()}
    for statement in archive().statements:
        for quote in (statement.quote, *statement.more_quotes):
            assert lines[quote.document][quote.line - 1][quote.start : quote.end] == quote.text
            assert not set(quote.text.rstrip("。；;")) & set("。；")


def test_a_name_stands_in_its_quotes():
    """Every sign of a name is printed in the sentence, unless a person corrected the name."""
    corrected = {c.target.split("|")[0] for c in plans.read_corrections()}
    for statement in archive().statements:
        printed = "".join(q.text for q in (statement.quote, *statement.more_quotes))
        if statement.name not in corrected:
            assert set(statement.name) <= set(printed.translate(str.maketrans("()", "（）"))) | {
                "镇"
            }


def test_a_column_ends_a_quote():
    """Where another column's words stand between, one line gives two quotes, not one."""
    document = paper("甲乙丙 XYZ 丁戊")
    reading = read(document, [Span(1, 0, 3), Span(1, 8, 10)])
    assert [quote.text for quote in reading.quotes] == ["甲乙丙", "丁戊"]


PRINT = st.text("建成青溪大道、和，。；等 3个\n", max_size=60)


@given(PRINT)
def test_any_print_reads_back(text):
    """Whatever is printed, the readable text's signs lead back to the same printed signs."""
    document = paper(text)
    for number in range(1, len(document.lines) + 1):
        reading = read(document, [Span(number)])
        for quote in reading.quotes:
            assert document.lines[number - 1][quote.start : quote.end] == quote.text
        assert len(reading.places) == len(reading.text)


@given(PRINT)
def test_any_text_gives_statements_with_verbatim_quotes(text):
    """No text, however odd, breaks the reading or loses the print."""
    document = paper(text)
    for statement in statements(text):
        quote = statement.quote
        assert document.lines[quote.line - 1][quote.start : quote.end] == quote.text
