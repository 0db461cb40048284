"""Documents the grammar was not made for: other places, other layouts, judged before any rule.

Each document of ``tests/wild`` stands beside a table of what must be read in it, written by hand
before the extractor ever saw it. Places and names are invented. A row whose note begins with
``borderline`` counts neither as missed nor as invented.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import plans
from plans.codes import codes
from plans.gold import FIELDS, Claim, claims
from store import read_table
from tests.reading import read_document

WILD = Path(__file__).parent / "wild"
_COLUMNS = (
    *("line", "name", "kind", "category", "stage", "promised"),
    *("lead_units", "units", "target_year", "quantity"),
)
FIGURES = (
    *("recall", "precision", "lead_units", "units", "name", "stage"),
    *("promised", "category", "kind", "target_year", "quantity"),
)
GOAL = {"recall": 0.85, "precision": 0.85, "lead_units": 0.95, "units": 0.95}

# what was reached when noted, less 0.02; never below a goal once that is reached
FLOORS: dict[str, tuple[float, ...]] = {
    "chengling_speech_phases": (0.95, 0.95, 0.98, 0.98, 0.93, 0.80, 0.98, 0.89, 0.89, 0.95, 0.95),
    "daiyuan_party_congress": (0.98, 0.96, 0.98, 0.98, 0.89, 0.86, 0.98, 0.93, 0.82, 0.94, 0.98),
    "dayu_review_and_plan": (0.87, 0.95, 0.98, 0.98, 0.88, 0.98, 0.98, 0.93, 0.91, 0.98, 0.98),
    "dongqiao_tab_table": (0.88, 0.88, 0.98, 0.98, 0.94, 0.84, 0.98, 0.98, 0.91, 0.98, 0.87),
    "duhe_fifteenth_outline": (0.85, 0.87, 0.98, 0.98, 0.94, 0.90, 0.98, 0.90, 0.77, 0.98, 0.96),
    "heling_notes": (0.94, 0.90, 0.95, 0.95, 0.85, 0.95, 0.98, 0.93, 0.87, 0.98, 0.98),
    "hongzhou_division_notice": (0.93, 0.93, 0.98, 0.98, 0.89, 0.92, 0.98, 0.77, 0.82, 0.98, 0.98),
    "huaiping_town_report": (0.85, 0.90, 0.98, 0.98, 0.94, 0.86, 0.98, 0.86, 0.89, 0.98, 0.94),
    "huizhou_ten_matters": (0.95, 0.93, 0.98, 0.98, 0.89, 0.98, 0.98, 0.87, 0.87, 0.98, 0.98),
    "jiangxi_flattened_tasks": (0.95, 0.95, 0.98, 0.98, 0.91, 0.95, 0.98, 0.93, 0.89, 0.98, 0.98),
    "jianshan_label_lines": (0.85, 0.91, 0.98, 0.98, 0.91, 0.80, 0.98, 0.84, 0.77, 0.98, 0.98),
    "lanfu_work_report": (0.89, 0.92, 0.98, 0.98, 0.82, 0.84, 0.98, 0.89, 0.94, 0.98, 0.98),
    "lanhe_task_breakdown": (0.95, 0.98, 0.98, 0.98, 0.87, 0.89, 0.98, 0.86, 0.75, 0.98, 0.96),
    "linchuan_task_table": (0.95, 0.98, 0.98, 0.98, 0.86, 0.92, 0.98, 0.77, 0.83, 0.98, 0.96),
    "linlan_first_leads": (0.95, 0.95, 0.98, 0.98, 0.91, 0.91, 0.98, 0.95, 0.88, 0.98, 0.98),
    "linzhou_table_order": (0.89, 0.79, 0.98, 0.98, 0.82, 0.90, 0.98, 0.98, 0.86, 0.98, 0.86),
    "luquan_newspaper_report": (0.73, 0.88, 0.98, 0.98, 0.95, 0.59, 0.64, 0.89, 0.84, 0.56, 0.98),
    "mianxi_livelihood": (0.88, 0.88, 0.98, 0.98, 0.88, 0.93, 0.98, 0.93, 0.93, 0.98, 0.98),
    "muchuan_tab_table": (0.74, 0.79, 0.75, 0.95, 0.84, 0.70, 0.98, 0.92, 0.81, 0.98, 0.84),
    "pingta_flat_cells": (0.98, 0.80, 0.98, 0.98, 0.92, 0.68, 0.98, 0.80, 0.86, 0.98, 0.39),
    "qingtan_ten_matters": (0.78, 0.89, 0.98, 0.98, 0.87, 0.76, 0.98, 0.76, 0.90, 0.98, 0.92),
    "qingwan_key_projects": (0.98, 0.81, 0.91, 0.91, 0.76, 0.63, 0.98, 0.85, 0.82, 0.98, 0.26),
    "rongqiao_newspaper": (0.82, 0.89, 0.98, 0.98, 0.93, 0.89, 0.98, 0.98, 0.93, 0.98, 0.98),
    "shatang_secretary_speech": (0.93, 0.95, 0.98, 0.98, 0.96, 0.85, 0.96, 0.88, 0.79, 0.96, 0.98),
    "shibu_town_report": (0.94, 0.96, 0.98, 0.98, 0.93, 0.91, 0.98, 0.86, 0.71, 0.98, 0.98),
    "shikai_flattened_table": (0.93, 0.98, 0.84, 0.84, 0.93, 0.93, 0.98, 0.98, 0.98, 0.98, 0.98),
    "shuoning_division_notice": (0.81, 0.90, 0.98, 0.98, 0.89, 0.87, 0.98, 0.87, 0.89, 0.98, 0.95),
    "tangpu_speech_scan": (0.79, 0.90, 0.98, 0.98, 0.92, 0.86, 0.98, 0.95, 0.75, 0.98, 0.98),
    "tangwan_town_summary": (0.94, 0.98, 0.98, 0.98, 0.79, 0.93, 0.98, 0.79, 0.84, 0.98, 0.98),
    "tanxi_ten_matters": (0.89, 0.93, 0.98, 0.98, 0.93, 0.95, 0.98, 0.89, 0.91, 0.98, 0.98),
    "wuyuan_division_notice": (0.98, 0.98, 0.98, 0.98, 0.93, 0.89, 0.98, 0.91, 0.89, 0.96, 0.98),
    "xiankai_speech_ocr": (0.89, 0.98, 0.98, 0.98, 0.73, 0.94, 0.98, 0.94, 0.88, 0.98, 0.98),
    "xijian_five_year_chapter": (0.91, 0.87, 0.98, 0.98, 0.86, 0.93, 0.98, 0.86, 0.91, 0.98, 0.98),
    "xinjiang_markdown": (0.86, 0.85, 0.98, 0.98, 0.86, 0.70, 0.98, 0.94, 0.90, 0.98, 0.30),
    "yuanping_five_year_chapter": (
        0.93,
        0.96,
        0.98,
        0.98,
        0.89,
        0.90,
        0.98,
        0.93,
        0.86,
        0.93,
        0.93,
    ),
    "yuchuan_markdown_table": (0.73, 0.90, 0.98, 0.98, 0.92, 0.75, 0.98, 0.81, 0.86, 0.92, 0.64),
    "yunpu_division_of_work": (0.89, 0.98, 0.98, 0.98, 0.95, 0.89, 0.98, 0.87, 0.87, 0.98, 0.98),
    "yunzhang_outline_chapter": (0.93, 0.93, 0.98, 0.98, 0.89, 0.80, 0.98, 0.83, 0.84, 0.98, 0.95),
    "zhutan_news": (0.80, 0.68, 0.98, 0.98, 0.77, 0.56, 0.77, 0.87, 0.87, 0.66, 0.98),
}
FLOORS_OF_ALL = (0.90, 0.92, 0.97, 0.97, 0.88, 0.86, 0.96, 0.88, 0.85, 0.96, 0.93)


@cache
def documents() -> tuple[str, ...]:
    """Names of the documents."""
    return tuple(sorted(path.stem for path in WILD.glob("*.txt")))


def expected(name: str) -> tuple[Claim, ...]:
    """What must be read in a document."""
    rows = read_table(WILD / f"{name}.csv", _COLUMNS[:6], (*_COLUMNS[6:], "note"))
    return tuple(
        Claim(
            document=name,
            lines=(int(row.number("line")),),
            name=row["name"],
            quote="",
            says=dict.fromkeys(FIELDS, "") | {column: row[column] for column in _COLUMNS[1:]},
            optional=row["note"].startswith("borderline"),
        )
        for row in rows
    )


@cache
def read(name: str) -> tuple[Claim, ...]:
    """What is read in a document."""
    return claims(plans.read_plans([read_document(WILD / f"{name}.txt")], partial=True))


@cache
def evaluation(*names: str) -> plans.Evaluation:
    """Both, matched one to one."""
    judged = [claim for name in names for claim in expected(name)]
    return plans.Evaluation(tuple(judged), tuple(claim for name in names for claim in read(name)))


def figures(*names: str) -> tuple[float, ...]:
    """Return the shares of ``FIGURES`` over some documents."""
    shares = evaluation(*names).figures()
    return tuple(float(shares[figure] or 0) for figure in FIGURES)


def table() -> str:
    """All figures, a line to a document, all documents last, as text."""
    lines = [" ".join((f"{'':32}", *(f"{figure[:9]:>9}" for figure in FIGURES)))]
    for label, names in [*((name, (name,)) for name in documents()), ("all", documents())]:
        lines.append(" ".join((f"{label:32}", *(f"{share:9.3f}" for share in figures(*names)))))
    return "\n".join(lines)


def short_of_goal() -> str:
    """Documents and figures that do not reach their goal yet, a line to each, as text."""
    return "\n".join(
        f"short of {GOAL[figure]}: {name} {figure} {share:.3f}"
        for name in documents()
        for figure, share in zip(FIGURES, figures(name), strict=True)
        if share < GOAL.get(figure, 0)
    )


def faults() -> str:
    """All misses, inventions and wrong fields of ``FIGURES``, a line to each, as text."""
    shown = (*FIGURES, "missed", "invented")
    found = [fault for fault in evaluation(*documents()).faults if fault.what in shown]
    return "\n".join(
        f"{f.document}:{f.line} {f.what} {f.name} | {f.judged} | {f.read}" for f in found
    )


@pytest.mark.parametrize("name", documents())
def test_expectations_fit_their_document(name):
    """Every row names a line with print in it, codes of the vocabulary and a number and measure."""
    lines = (WILD / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    for claim in expected(name):
        assert lines[claim.lines[0] - 1].strip()
        assert all(claim.says[field] in codes(field) for field in ("kind", "category", "stage"))
        assert re.fullmatch(r"([\d.]+\|\S+)?", claim.says["quantity"])
        assert set(claim.says["lead_units"].split("|")) <= {*claim.says["units"].split("|"), ""}


@pytest.mark.parametrize("name", documents())
def test_a_document_never_seen_is_read(name):
    """Recall, precision and every field reach the floor noted for the document."""
    reached = zip(FIGURES, figures(name), FLOORS[name], strict=True)
    assert [each for each in reached if each[1] < each[2]] == []


def test_all_documents_together_are_read():
    """Over all documents each figure reaches its floor; figures and shortfalls are printed."""
    print(table(), short_of_goal(), sep="\n")  # noqa: T201 - shown by pytest -rP
    reached = zip(FIGURES, figures(*documents()), FLOORS_OF_ALL, strict=True)
    assert [each for each in reached if each[1] < each[2]] == []


if __name__ == "__main__":
    print(table(), short_of_goal(), faults(), sep="\n\n")  # noqa: T201 - for who mends the grammar
