"""What pages show of a thing and of a document: all that is known, and every text escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest

from layers.details import clicked_html, details_html
from layers.lists import listing, one_list, summary_html
from layers.reading import document_head_html, marked_html, spans_by_line
from layers.selection import Selection, select
from layers.words import LANGUAGES
from tests import toys

TABLE = toys.table()
EVIL = "<script>alert(1)</script>\"'&"


class Tags(HTMLParser):
    """Collects tags and text."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marked: list[str] = []
        self.inside = False
        self.feed(content)

    def handle_starttag(self, tag: str, _: object) -> None:
        self.tags.append(tag)
        self.inside = tag == "mark"

    def handle_endtag(self, _: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.marked.append(data)


def of(name: str, language: str = "zh") -> str:
    """Return the details of a toy as text without tags."""
    row = next(TABLE[TABLE["name"] == name].itertuples())
    return unescape(re.sub(r"<[^>]+>", " ", details_html(row, toys.PAPERS, language)))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        (
            "青溪湿地公园",
            ["湿地公园", "已建成", "2021-04-27 通报", "*市园林局、市水利局", "300 米"],
        ),
        ("青溪湿地公园", ["推进青溪湿地公园建设", "[900]《青溪镇五年规划》第 2 行 · 2017"]),
        ("望月路", ["示意", "between the two villages", "望月村、白鹭村", "未注明"]),
        (
            "云岭中学",
            ["力争", "目标 2021 年（原文写明）", "备注牵头：市发改局", "仅知乡镇", "青溪镇"],
        ),
        ("停车位", ["300个", "未写明责任单位；发文：青溪镇人民政府"]),
        ("白鹭洲水厂", ["名称残缺", "白鹭洲"]),
    ],
)
def test_details_say_what_is_known(name: str, facts: list[str]) -> None:
    """Statements, units, strategies and how the position is known all stand in the details."""
    text = re.sub(r"\s+", " ", of(name))
    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_details_is_escaped(language: str) -> None:
    """Mark-up in any text of a row shows as text."""
    row = next(TABLE.itertuples())
    said = {
        key: EVIL if isinstance(value, str) else value for key, value in row.statements[0].items()
    }
    kept = {key: row.statements[0][key] for key in ("document", "stage", "unit_basis", "certainty")}
    evil = row._replace(
        name=EVIL,
        aliases=[EVIL],
        works=EVIL,
        issuer=EVIL,
        location_source=EVIL,
        location_rule=EVIL,
        licence=EVIL,
        statements=[said | kept | {"units_printed": EVIL}],
    )
    content = details_html(evil, toys.PAPERS, language)
    assert "script" not in Tags(content).tags
    assert EVIL in unescape(content)


def test_nothing_clicked_explains_what_to_click() -> None:
    """Before the first click the page says what a click does."""
    assert "点击" in clicked_html("", TABLE, toys.PAPERS, "zh")


def test_a_badge_opens_the_things_of_its_township() -> None:
    """A click on a township's badge lists its things, each to unfold."""
    content = clicked_html("", TABLE, toys.PAPERS, "zh", "青溪镇")
    assert Tags(content).tags.count("details") == 1
    assert "云岭中学" in content


def test_a_click_on_what_is_filtered_away_says_so() -> None:
    """A thing outside the filters is not shown, and the page says why."""
    shown = select(TABLE, Selection(status=("completed",)))
    assert "云岭中学" not in clicked_html("toy-云岭中学", shown, toys.PAPERS, "zh")
    assert "筛选" in clicked_html("toy-云岭中学", shown, toys.PAPERS, "zh")


def test_a_document_stands_as_printed_with_its_quotes_marked() -> None:
    """All printed lines stand in order, the marked words are just those of the quotes."""
    paper = toys.PAPERS["901"]
    found = Tags(marked_html(TABLE, "901", paper.lines, "zh"))
    assert found.tags.count("li") == 2
    assert found.marked == ["青溪湿地公园已建成", "开工望月路"]


def test_overlapping_quotes_are_marked_once() -> None:
    """Where several statements share words, the words stand once and name them all."""
    content = marked_html(TABLE, "900", toys.PAPERS["900"].lines, "zh")
    assert (
        "".join(re.findall(r"[^<>]+(?=<|$)", unescape_tags(content))).count("推进青溪湿地公园建设")
        == 1
    )
    assert "青溪湿地公园（在建）" in content
    assert spans_by_line(TABLE, "900")[2]


def unescape_tags(content: str) -> str:
    """Return the text of some HTML."""
    return unescape(re.sub(r"<[^>]+>", "", content))


def test_a_document_is_escaped() -> None:
    """Mark-up printed in a document shows as printed."""
    content = marked_html(TABLE, "900", toys.PAPERS["900"].lines, "en")
    assert "b" not in Tags(content).tags
    assert "新建停车位<b>300</b>个" in unescape_tags(content)


def test_a_document_is_introduced() -> None:
    """Above a document stand title, issuer, date and how many of the statements it holds."""
    content = document_head_html(TABLE, toys.PAPERS["901"], "en")
    assert "青溪镇任务分解" in content
    assert "青溪镇人民政府 · 2021-04-27 · statements: 2" in content


def test_a_title_is_escaped() -> None:
    """Mark-up in a title shows as printed."""
    evil = replace(toys.PAPERS["901"], title=EVIL, issuer=EVIL)
    content = document_head_html(TABLE, evil, "en")
    assert "script" not in Tags(content).tags
    assert unescape(content).count(EVIL) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_have_the_same_columns_also_when_empty(language: str) -> None:
    """A list names its columns in the language, whether or not there are rows."""
    full = listing(one_list(TABLE, "placed"), language)
    empty = listing(TABLE.iloc[[]], language)
    assert list(full.columns) == list(empty.columns)
    assert len(full) == 3
    assert len(empty) == 0


def test_the_summary_counts_what_is_shown() -> None:
    """The line above the map says how many of how many, the sum by class, and the selection."""
    chosen = Selection(document=("901",))
    text = unescape_tags(summary_html(select(TABLE, chosen), TABLE, chosen, "en"))
    assert text.startswith("2 of 6 projects shown")
    assert "own site 1" in text
    assert "locality 1" in text
    assert text.endswith("from document 901")


def test_the_summary_is_escaped() -> None:
    """What a link searches for is shown as text."""
    chosen = Selection(search=(EVIL,))
    content = summary_html(select(TABLE, chosen), TABLE, chosen, "en")
    assert "script" not in Tags(content).tags
    assert EVIL in unescape(content)
