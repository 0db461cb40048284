"""Text made to break the reading: it takes steps in proportion to its length and keeps its print.

Steps are counted, not seconds: a pattern that runs away or a list that is walked again and again
makes four times the text take far more than four times the steps.
"""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plans
from bench.reading import forget
from plans.lexicon import lexicon
from tests.papers import paper

WORDS = sorted(
    [*list(lexicon().verbs)[::9], *list(lexicon().nouns)[::25], *list(lexicon().works)[::5]]
)
SIGNS = [
    *"、，。；：！？（）“”‘’|—-·…《》 　%*#\t\n\r\x00\u200b\ufeff",
    "12345",
    "3.5",
    "２０",
    *"①⑳²½٣〇⒈",
    "万",
    "亩",
]
JOINTS = [
    "和",
    "等",
    "至",
    "由",
    "会同",
    "负责",
    "牵头",
    "责任单位：",
    "市甲局",
    "一期",
    "进入",
    "阶段",
]
PIECES = st.lists(st.sampled_from([*WORDS, *SIGNS, *JOINTS, "青溪", "甲", "𠮷", "縣"]), max_size=60)

LINES = {
    "names": "甲路、",
    "counts": "建成公园3个、",
    "numbers": "12",
    "one number": "9",
    "open brackets": "（",
    "brackets": "（甲）",
    "nested brackets": "（甲（乙",
    "open quotes": "“甲",
    "blanks": " ",
    "wide blanks": "　",
    "verbs": "加快推进",
    "together": "市甲局会同",
    "charged": "由市甲局负责",
    "notes": "（责任单位：市甲局）",
    "labels": "责任单位：市甲局；",
    "entering": "进入",
    "half names": "和与及",
    "bars": "|甲",
    "tabs": "甲\t",
    "dashes": "甲—乙",
    "lengths": "3公里",
    "phases": "甲路三期二期",
    "works": "适老化改造火车站5家仓储冷库",
    "things done": "建成甲医院",
}


HEADS = {
    "{n}": "序号",
    "青溪路{n}": "项目名称",
    "建成通车": "建设内容",
    "市甲局、市乙局": "责任单位",
    "12月底前": "完成时限",
}


def steps(text: str) -> int:
    """Count the calls of Python and C functions that reading a text takes."""
    count = 0

    def tell(*_: object) -> None:
        nonlocal count
        count += 1

    document = paper(text)
    forget()
    sys.setprofile(tell)
    try:
        plans.read_plans([document], partial=True)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", LINES)
def test_a_long_line_takes_steps_in_proportion(name):
    """One line of 3,000 signs and one of 12,000: about four times the steps."""
    piece = LINES[name]
    short, long = (steps(piece * (size // len(piece))) for size in (3_000, 12_000))
    assert long < 5 * short + 1_000


@pytest.mark.parametrize(
    "row",
    [
        "{n}\t青溪路{n}\t建成通车\t市甲局、市乙局\t12月底前\n",
        "| {n} | 青溪路{n} | 建成通车 | 市甲局、市乙局 | 12月底前 |\n",
        "{n}\n青溪路{n}\n建成通车\n市甲局、市乙局\n12月底前\n",
    ],
    ids=["tabs", "bars", "one cell to a line"],
)
def test_a_long_table_takes_steps_in_proportion(row):
    """400 rows and 1,600 rows, in each form that tables are printed in."""
    head = row
    for cell, title in HEADS.items():
        head = head.replace(cell, title, 1)

    def table(rows: int) -> str:
        return head + "".join(row.format(n=n) for n in range(1, rows + 1))

    assert steps(table(1_600)) < 5 * steps(table(400))
    assert len(plans.read_plans([paper(table(400))], partial=True).tasks) == 400


@settings(max_examples=150, deadline=None)
@given(PIECES)
def test_any_mixture_of_words_is_read_and_keeps_its_print(pieces):
    """No order of the grammar's own words breaks it, and every quote stands in the print."""
    document = paper("".join(pieces))
    read = plans.read_plans([document], partial=True)
    for said in read.statements:
        for quote in (said.quote, *said.more_quotes):
            assert document.lines[quote.line - 1][quote.start : quote.end] == quote.text
