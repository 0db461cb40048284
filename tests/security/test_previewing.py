"""What a text names is found in a child: as in the server, within bounds, for as long as asked."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from geopandas.testing import assert_geodataframe_equal

import building
import plans
import previewing
from isolation import Bounds
from plans.formats.errors import TooLarge
from tests.security.test_attacks import check_told

_HEAD = "青溪镇2026年计划\n\n青溪镇人民政府\n2026年3月5日\n\n"
# What the grammar joins, nests or looks for: a hostile text is made of as many as possible.
_PIECES = (
    *("望月大道", "石桥公园", "S356甲至乙改扩建", "柳湾隧道", "一期", "等", "和", "及", "与", "至"),
    *("、", "，", "：", "；", "（", "）", "“", "”", "1、", "①", "——", "2026年底前", "12345", "3座"),
    *("开工建设", "建成", "推进", "力争", "完成", "市教育局", "责任单位：", "牵头", "改造", "项目"),
)
_LONGEST = 20_000  # characters of a line


def document(body: str) -> plans.Document:
    """Return a plan as it was read."""
    path = Path("a.txt")
    return plans.with_first_look(plans.read_document(path, (_HEAD + body).encode()))


def test_a_child_finds_what_the_server_would() -> None:
    """For each plan of the catalogue the table is the same, column by column."""
    for one in plans.read_catalogue():
        named = replace(one, id="x", catalogued=False)
        made = building.make([named], corrected=False, partial=True).known_today().table
        there = previewing.preview(named)
        assert_geodataframe_equal(there, made, check_less_precise=True, check_like=True)


@pytest.mark.parametrize("seed", range(6))
def test_one_long_line_takes_no_more_than_its_share(seed: int) -> None:
    """A line as long as is read is done in seconds, whatever parts of sentences it repeats.

    Each seed takes other parts; a rule that looks at the whole line for each name it holds would
    take minutes, and would be ended.
    """
    chance = Random(seed)
    parts = chance.sample(_PIECES, chance.randint(2, 5))
    line = "".join(parts)
    previewing.preview(document(line * (_LONGEST // len(line))))


def test_a_text_that_takes_too_long_is_ended_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for it for longer than the bounds say, and the reason is told in words."""
    bounds = Bounds(silent_seconds=1, seconds=1)
    monkeypatch.setattr(previewing, "_BOUNDS", bounds)
    line = "望月大道、石桥公园、" * (_LONGEST // 10)
    with pytest.raises(TooLarge) as caught:
        previewing.preview(document("\n".join([line] * 40)))
    assert caught.value.cause.code == "file_reading_time"
    check_told(caught.value)


def test_whoever_goes_ends_the_finding() -> None:
    """What progress raises goes on to the caller at once; until then it counts the passages."""
    seen: list[tuple[int, int]] = []

    def leave(done: int, of: int) -> None:
        seen.append((done, of))
        if done:
            raise KeyboardInterrupt

    body = "\n".join(
        f"开工建设望月大道{number}号桥、石桥公园、柳湾隧道。" for number in range(3000)
    )
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        previewing.preview(document(body), leave)
    assert seen[0] == (0, 0)
    assert 0 < seen[-1][0] < seen[-1][1]
    assert time.monotonic() - started < previewing._BOUNDS.start_wall
