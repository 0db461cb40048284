"""Both truths side by side: wherever a thing is shown, what is known stands beside the plans."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import date
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import openpyxl
import pandas as pd
import pytest

import building
import layers
from layers.beside import listed
from layers.charts import stage_history
from layers.corrected import corrected_html, corrected_text, with_corrections
from layers.details import details_html, head_html
from layers.drawing import draw_legend, popup_lines
from layers.issuers import issued_by
from layers.lists import listing
from layers.marks import sign_of
from layers.outcomes import progress
from layers.outcomes_shown import due_line, known_line
from layers.packing import packed_whole
from layers.reading import document_head_html
from layers.said import statement_html
from layers.sheets import facts
from layers.sheets.dossier import _status
from layers.story import story_html
from layers.symbols import known_codes, known_mark
from layers.truths import truths_html
from layers.unit import duties, duties_html, unit_head_html
from layers.words import LANGUAGES, Language, caption, codes, label
from plans.ledger import Edit
from tests import toys

if TYPE_CHECKING:
    import geopandas as gpd

BY = date(2026, 12, 1)


@cache
def made() -> building.Built:
    """The catalogue as known on the day."""
    return building.load(day=BY)


def known() -> gpd.GeoDataFrame:
    """The rows of which something is known beside the plans."""
    return made().table[made().table["known_stage"].notna()]


def shown(row: Any, language: Language) -> dict[str, str]:
    """Return every form that shows a row by itself, by its name."""
    table, documents = made().table, made().documents
    one = table[table["id"] == row.id]
    index = layers.Index(one, layers.Known(documents, BY))
    return {
        "window": "\n".join(popup_lines(row, language)),
        "side panel": details_html(row, documents, language),
        "head": head_html(row, language),
        "cell": truths_html(row, language),
        "list": listing(one, language).to_csv(),
        "list beside": json.dumps(listed(index, np.array([0]), 0, language), ensure_ascii=False),
    } | ({"map": packed_text(one, language)} if row.geometry is not None else {})


def packed_text(one: gpd.GeoDataFrame, language: Language) -> str:
    """Return what the map gets of a row that has a place."""
    return json.dumps(packed_whole(one, language), ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_known_stands_in_every_form(language: Language) -> None:
    """Each form says the known stage with its date, beside the stage that the plans give."""
    assert len(known())
    for row in known().itertuples():
        line = known_line(row, language)
        assert row.known_date in line
        assert label("source_kind", row.known_source_kind, language) in line
        for name, text in shown(row, language).items():
            assert escape(line) in text or line in text, name
            assert label("stage", row.stage, language) in text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_overdue_stands_in_every_form(language: Language) -> None:
    """Each kind of overdue is told in words in each form, and in none of a thing that is not."""
    table = made().table
    for code in ("silent", "named", "no_later", None):
        some = table[table["due"].isna()] if code is None else table[table["due"] == code]
        row = next(some[some.geometry.notna()].itertuples())
        told = label("due", code, language) if code else label("due", "silent", language)
        for name, text in shown(row, language).items():
            assert (told in text) == bool(code), name
        assert bool(due_line(row, language)) == bool(code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_holds_what_is_known_at_its_own_date(language: Language) -> None:
    """In story and chart each outcome has its date, words and source, in the order of time."""
    for row in known().itertuples():
        one = made().table[made().table["id"] == row.id]
        story = story_html(one, made().documents, language)
        chart = stage_history(one, made().documents, language).data
        points = chart[chart["manner"] == caption("known_manner", language)]
        assert sorted(points["date"]) == sorted(told["date"] for told in row.known_outcomes)
        places = [story.index(escape(told[language])) for told in row.known_outcomes]
        assert places == sorted(places)
        for told in row.known_outcomes:
            assert escape(told["source"]) in story
            assert escape(told["publisher"]) in story
        heads = re.findall(r"<h4>(\d[\d-]*)", story)
        assert heads == sorted(heads)
        assert len(heads) == len(row.statements) + len(row.known_outcomes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_unit_counts_both(language: Language) -> None:
    """Counts of what is finished and what is overdue are those of its rows, which say so too."""
    unit = "市交通运输局"
    found = duties(made().table, unit)
    head = unit_head_html(found, unit, layers.Selection(), language)
    rows = [one.row for one in found]
    finished = [row for row in rows if progress(row.known_stage) == "finished"]
    overdue = [row for row in rows if row.due]
    assert finished
    for name, some in (
        (label("outcome", "finished", language), finished),
        (caption("unit_overdue", language), overdue),
    ):
        said = re.search(f"{re.escape(name)} <b>([^<]*)</b>", head)
        assert said
        assert sum(map(int, re.findall(r"\d+", said[1]))) == len(some)
        assert re.search("项目" if language == "zh" else "project", said[1])
    table = duties_html(found, unit, made().documents, language)
    assert all(truths_html(row, language) in table for row in rows)


def test_the_sign_carries_a_mark() -> None:
    """A sign of what is known differs from one of what is not; each mark is there and its own."""
    for row in known().itertuples():
        mark = quote(known_mark(progress(row.known_stage)).glyph)
        assert mark in sign_of(row)
        assert mark not in sign_of(row._replace(known_stage=None))
    marks = [known_mark(code) for code in known_codes()]
    assert len({mark.glyph for mark in marks}) == len(marks) == 3
    assert {progress(stage) for stage in codes("known_stage")} == set(known_codes())


def test_the_legend_explains_the_marks_that_are_drawn() -> None:
    """The legend of the map, which the sheet's is too, counts them; without any it says nothing."""
    table = made().table
    drawn = table[table.geometry.notna()]
    wanted = drawn["known_stage"].dropna().map(progress).value_counts().to_dict()
    groups = {group["kind"]: group["items"] for group in draw_legend(table, "zh")["groups"]}
    assert {item["code"]: item["count"] for item in groups["known"]} == wanted
    plain = table[table["known_stage"].isna()]
    groups = {group["kind"]: group["items"] for group in draw_legend(plain, "zh")["groups"]}
    assert groups["known"] == []


def test_files_carry_both_truths() -> None:
    """CSV, GeoJSON and the workbook hold the flat columns, codes and words, row by row."""
    rows = known()
    content = layers.Content(rows, made().documents, layers.base_map(), ("", ""))
    csv = pd.read_csv(io.BytesIO(layers.to_csv(rows)), dtype=str, keep_default_na=False)
    features = json.loads(layers.to_geojson(rows))["features"]
    book = openpyxl.load_workbook(io.BytesIO(layers.to_file(content, "xlsx", 4326).content))
    sheet = book.worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    for row, line, feature, cells in zip(
        rows.itertuples(), csv.itertuples(), features, lines, strict=True
    ):
        known_here = (row.known_stage, row.known_date, row.known_source, row.known_publisher)
        assert (line.known_stage, line.known_date, line.known_source, line.known_publisher) == (
            known_here
        )
        assert row.known_outcomes[-1]["zh"] in line.known_outcomes
        assert feature["properties"]["known_outcomes"] == row.known_outcomes
        assert feature["properties"]["due"] == row.due
        assert line.due == (row.due or "")
        assert set(known_here) <= set(cells)
        assert label("known_stage", row.known_stage, "zh") in cells
        assert BY.isoformat() in cells
    assert len(head) == len(set(head))


def test_a_newspaper_is_no_issuer() -> None:
    """Nothing of 002 is told as issued by the town; other documents are, and name no newspaper."""
    documents = made().documents
    town = documents["002"].issuer
    for language in LANGUAGES:
        paper = label("publisher", documents["002"].publisher, language)
        issued = caption("issuer_stands_in", language, issuer=town)
        for row in made().table.itertuples():
            for said in row.statements:
                text = statement_html(said, documents, language)
                if said["document"] == "002":
                    assert escape(issued) not in text
                    if said["unit_basis"] == "issuer":
                        assert escape(paper) in text
                else:
                    assert escape(paper) not in text
        head = document_head_html(made().table, documents["002"], language)
        assert escape(issued_by(town, documents["002"].publisher, language)) in head
        assert escape(paper) in layers.document_line(documents["002"], language)
        assert layers.document_line(documents["001"], language).count(town) == 1


def edit(kind: str, value: dict[str, Any], **more: Any) -> Edit:
    """Make an edit of the toy road."""
    when = "2026-11-30T08:00:00.000000+00:00"
    plain = Edit(kind, "toy-望月路", "望月路", value, "见<b>报道</b>", "王工", when, kind)
    return replace(plain, **more)


def test_a_correction_is_marked_with_its_old_value() -> None:
    """Who, when, old and new stand with the row that was changed, escaped, and with no other."""
    table = toys.table()
    stage = edit("stage", {"statement": "901:2:望月路", "to": "completed"})
    name = edit("name", {"to": "望月大道"})
    place = edit("place", {"source": "踏勘", "townships": ["青溪镇"]})
    former = {"stage": ("started",), "name": ("望月路",)}
    told = with_corrections(table, [stage, name, place], former).set_index("name")["corrected"]
    assert [len(some) for name, some in told.items() if name != "望月路"] == [0] * (len(told) - 1)
    assert [(one["field"], one["old"], one["new"]) for one in told["望月路"]] == [
        ("stage", ["started"], ["completed"]),
        ("name", ["望月路"], ["望月大道"]),
        ("place", ["locality"], ["青溪镇"]),
    ]
    row = next(with_corrections(table, [stage], former).query("name == '望月路'").itertuples())
    for language in LANGUAGES:
        line = corrected_text(row.corrected[0], language)
        for part in ("王工", "2026-11-30", label("stage", "started", language)):
            assert part in line
            assert part in " ".join(popup_lines(row, language))
        assert escape(line) in details_html(row, toys.PAPERS, language)
        assert "<b>报道" not in corrected_html(row, language)
    csv = layers.to_csv(with_corrections(table, [stage], former)).decode("utf-8-sig")
    assert corrected_text(row.corrected[0], "zh") in csv


def test_no_word_of_the_data_stays_english_in_chinese() -> None:
    """Rules and licences of positions are in words: no part(X), no "not stated"."""
    about = facts.About(made().documents, "zh")
    for row in made().table.itertuples():
        said = _status(row, about)["place_source"]
        assert "not stated" not in said
        assert re.search(r"\b[a-z]+\(", said) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_said_twice(language: Language) -> None:
    """No text begins with the label it stands behind: 人工更正 | 人工更正：…, 在建：在建：…."""
    table = made().table
    stage = edit("stage", {"statement": "", "to": "completed"}, project=known().iloc[0]["id"])
    edited = with_corrections(table, [stage], {"stage": ("started",)})
    about = facts.About(made().documents, language)
    pairs = [
        (caption(f"sheet_project_{name}", language), text)
        for row in edited.itertuples()
        for name, text in _status(row, about).items()
    ]
    assert caption("sheet_project_corrected", language) in {name for name, text in pairs if text}
    listed = listing(edited, language).map(str)
    pairs += [(name, text) for name in listed for text in listed[name]]
    doubled = [
        (name, text) for name, text in pairs if re.match(rf"{re.escape(name)}\s*[:：，,]", text)
    ]
    doubled += [pair for pair in pairs if re.search(r"(\w[^：:]+)[:：] ?\1[:：]", pair[1])]
    assert doubled == []


def test_a_split_statement_keeps_its_corrections() -> None:
    """A statement that an edit gave another name is found by the new one."""
    table = toys.table()
    stage = edit("stage", {"statement": "901:2:旧路", "to": "completed"}, project="gone")
    split = edit("split", {"statement": "901:2:旧路", "to": "望月路"}, project="gone")
    told = with_corrections(table, [stage, split], {}).set_index("name")["corrected"]
    assert [one["field"] for one in told["望月路"]] == ["stage", "split"]
