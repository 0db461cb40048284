"""Names of downloads: what is inside, safe on Windows, bounded."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, seed
from hypothesis import strategies as st

from layers.selection import Selection
from layers.stems import MOST_BYTES, edits_stem, file_stem, page_stem
from layers.words import LANGUAGES, Language

DAY = "2026-12-01"
ROADS = Selection(category=("road",), status=("under_construction",))
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@pytest.mark.parametrize(
    ("selection", "counts", "language", "expected"),
    [
        (ROADS, {"project": 46}, "zh", "乐清市_在建_道路_46个项目_2026-12-01"),
        (
            Selection(),
            {"project": 3, "programme": 1},
            "zh",
            "乐清市_3个项目+1项批量任务_2026-12-01",
        ),
        (
            Selection(township=("柳市镇", "北白象镇"), search=("湿地/公园",)),
            {"project": 2},
            "zh",
            "柳市镇-北白象镇_湿地公园_2个项目_2026-12-01",
        ),
        (ROADS, {"project": 1}, "en", "乐清市_under construction_road_1 project_2026-12-01"),
    ],
)
def test_a_name_says_what_is_inside(selection, counts, language, expected) -> None:
    """Area or townships, the filters in words, how much of what, the day."""
    assert file_stem("乐清市", selection, counts, DAY, language) == expected


@seed(12)
@given(pages=st.integers(1, 1200), language=st.sampled_from(LANGUAGES))
def test_pages_are_named_in_their_order(pages: int, language: Language) -> None:
    """Each page has a name of its own that sorts as its number does; one alone has the stem."""
    named = [page_stem("map", page, pages, language) for page in range(1, pages + 1)]
    assert len(set(named)) == pages
    assert named == sorted(named)
    assert (named == ["map"]) is (pages == 1)


@seed(11)
@given(
    words=st.lists(st.text(max_size=300), max_size=5),
    where=st.text(max_size=200),
    language=st.sampled_from(LANGUAGES),
)
def test_a_name_is_safe_and_short(words: list[str], where: str, language: Language) -> None:
    """Whatever is searched for: no sign that Windows refuses, no blank at an end, not too long."""
    chosen = Selection(search=tuple(words), unit=tuple(words), township=tuple(words[:2]))
    stem = file_stem(where, chosen, {"project": 7}, DAY, language)
    assert len(stem.encode()) <= MOST_BYTES
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', stem)
    assert stem == stem.strip(" .")
    assert stem.endswith(DAY)
    assert not _RESERVED.fullmatch(stem)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_of_edits_are_told_apart(language: Language) -> None:
    """The file under a share-alike licence has a name of its own."""
    names = {edits_stem(3, DAY, language, shared=shared) for shared in (True, False)}
    assert len(names) == 2
    assert all("3" in name and name.endswith(DAY) for name in names)
