"""Office files as Office itself takes them: what Word and Excel show is what is read."""

from __future__ import annotations

import datetime as dt
import io
import random
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

import building
from plans import shelf
from plans.formats import read_file
from plans.formats.number_format import printed_day, printed_number, printed_text
from plans.formats.rows import without_struck
from plans.headings import after_number
from plans.passages import passages
from plans.statements import find_statements
from plans.states import read_state
from plans.tasks import find_tasks
from tests import files, papers
from tests.reading import read_document
from tests.tree import ROOT

if TYPE_CHECKING:
    import openpyxl

CASES = ROOT / "tests" / "cases"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/"
TRANSITIONAL = re.compile(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/(?!content-types)")


def lines(name: str, raw: bytes | None = None) -> list[str]:
    """Return the printed lines of a case, or of bytes."""
    path = Path(name) if raw is not None else CASES / name
    return read_file(path, raw).text.split("\n")


def codes(name: str, raw: bytes) -> list[str]:
    """Return what a reader is told of a file."""
    return [note.code for note in read_file(Path(name), raw).notes]


def rows(
    path: Path, raw: bytes | None = None
) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    """Return the rows of a table: text, leading units, all units, when due."""
    document = read_document(path, raw)
    return [
        (t.text, t.responsibility.lead_units, t.responsibility.units, t.deadline)
        for t in find_tasks(document)
    ]


def names(path: Path) -> list[str]:
    """Return what a document names."""
    document = read_document(path)
    return [each.name for each in find_statements(document, passages(document))]


def changed(raw: bytes, change: object) -> bytes:
    """Return a package whose parts went through a function of name and content."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))  # type: ignore[operator]
    return out.getvalue()


WORD = files.word(lambda document: document.add_paragraph("建成青溪大道。"))
SHEET = files.workbook(lambda book: book.active.append(["序号", "建成青溪大道。"]))
PACKAGES = {"a.docx": (WORD, ["建成青溪大道。"]), "a.xlsx": (SHEET, ["序号\t建成青溪大道。"])}

DEAD = (
    b'<Relationship Id="r99" Type="a/image" Target="NULL"/>'
    b'<Relationship Id="r98" Type="a/x" Target="../media/gone.png"/>'
)
FORM = '<w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData>'


# Packages


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (CASES / "19_xlsx_packages").glob("*.xlsx"))
)
def test_packages_that_excel_opens_are_read(name: str) -> None:
    """Empty fills, other cases, backslashes, wrong dates and names: the text is the same."""
    control = lines("19_xlsx_packages/control.xlsx")
    assert lines(f"19_xlsx_packages/{name}") == control
    assert "1\t建成青溪大道。\t县交通局\t县财政局\t2024年" in control


def test_strict_workbooks_and_dead_relations_are_read() -> None:
    """The text is whole, so it is read."""
    assert "1\t建成青溪大道。\t县交通局\t县财政局\t2024年" in lines("09_strict_xlsx/plan.xlsx")
    assert lines("04_word_null/plan.docx")[1:] == [
        "一、2024年，建成青溪大道，由县交通局牵头。",
        "二、开工建设石桥公园。",
    ]


@pytest.mark.parametrize("name", PACKAGES)
@pytest.mark.parametrize(
    "change",
    [
        lambda name, raw: (name.replace("/", "\\"), raw),
        lambda name, raw: (name, TRANSITIONAL.sub(STRICT.encode() + rb"\1/", raw)),
        lambda name, raw: (
            name.replace("document.xml", "Document.xml").replace("sheet1", "Sheet1"),
            raw,
        ),
        lambda name, raw: (
            name,
            raw.replace(b"</Relationships>", DEAD + b"</Relationships>"),
        ),
        lambda name, raw: (name, re.sub(rb"20\d\d-\d\d-\d\dT[\d:]+Z", b"2024/3/1 8:00", raw)),
        lambda name, raw: (
            name,
            re.sub(rb"<(?:\w+:)?fills.*?</(?:\w+:)?fills>", b"<fills><fill/></fills>", raw),
        ),
        lambda name, raw: (
            name,
            re.sub(rb"(<font>)", rb'\1<family val="99"/><sz val="x"/>', raw),
        ),
        lambda name, raw: (
            name,
            raw.replace(b"</workbook>", b"<definedNames><definedName/></definedNames></workbook>"),
        ),
    ],
)  # fmt: skip
def test_what_says_nothing_of_the_text_stops_no_reader(name: str, change: object) -> None:
    """Each of these Word and Excel open; the text is the same."""
    raw, printed = PACKAGES[name]
    assert lines(name, changed(raw, change)) == printed


# Escapes


def test_an_escaped_line_break_is_a_break() -> None:
    """The escape is never printed, and names are whole."""
    assert "_x000D_" not in "".join(lines("01_x000D/plan.xlsx"))
    table = building.extract(CASES / "01_x000D" / "plan.xlsx").table
    said = {row.name: row.works for row in table.itertuples()}
    assert said == {"青溪大道": "北延工程", "石桥公园": ""}
    whole = papers.statements("建成青溪大道北延工程。")[0]
    assert (whole.name, whole.works) == ("青溪大道", "北延工程")


@pytest.mark.parametrize(
    ("stored", "printed"),
    [
        ("石桥_x000D_\n公园", "石桥 公园"),
        ("石桥_x000a_公园", "石桥 公园"),
        ("a_x0041_b", "aAb"),
        ("a_x005F_x000D_b", "a b"),
        ("x000D", "x000D"),
        ("_xZZZZ_", "_xZZZZ_"),
    ],
)
def test_escapes_of_a_workbook(stored: str, printed: str) -> None:
    """Four digits between underscores are a character, in text and csv as well for breaks."""
    raw = files.workbook(lambda book: book.active.append(["1", stored]))
    assert lines("a.xlsx", raw) == [f"1\t{printed}"]
    if "000" in stored and "\n" not in stored and "005F" not in stored:
        assert lines("a.csv", f"1,{stored}\n2,b".encode())[0] == f"1\t{printed}"


# Number formats


def test_units_and_scales_of_number_formats_are_printed() -> None:
    """What Excel shows is what is read."""
    assert lines("08_number_format/plan.xlsx")[2:] == [
        "1\t青溪大道\t新建城市主干路\t3.2公里\t12000.0万元\t县交通局",
        "2\t石桥路\t拓宽改造\t1.5公里\t3500.0万元\t县住建局",
    ]
    assert lines("08_number_format/plan2.xlsx")[2:] == [
        "项目1\t建成青溪大道。\t2024年底前",
        "项目2\t开工石桥路。\t2025年底前",
    ]


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        (3.2, "General", "3.2"),
        (0.1 + 0.2, "General", "0.3"),
        (3.2, "G/通用格式", "3.2"),
        (3.2, 'General"公里"', "3.2公里"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567, "#,##0", "1,234,567"),
        (-1234.5, "#,##0.0", "-1,234.5"),
        (12, "#,##0", "12"),
        (0.256, "0%", "26%"),
        (0.256, "0.0%", "25.6%"),
        (120000000, '0!.0,"万元"', "12000.0万元"),
        (120000000, "0.00,,", "120.00"),
        (120000000, '#,##0,"千元"', "120,000千元"),
        (5, "000", "005"),
        (5, '"第"0"号"', "第5号"),
        (2.5, "0.##", "2.5"),
        (2, "0.##", "2"),
        (0.5, "#.0", ".5"),
        (-5, "0;(0)", "(5)"),
        (0, '0;-0;"无"', "无"),
        (0, "0;-0;;@", ""),
        (12000, '[>=10000]0!.0,"万";0', "1.2万"),
        (900, '[>=10000]0!.0,"万";0', "900"),
        (3.25, "# ?/?", "3 1/4"),
        (0.75, "# ?/4", "3/4"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (1234.5, "_ * #,##0.00_ ", "1,234.50"),
        (12345678, "0.00E+00", "12345678"),
        (5, "[Red]0\\ \\个", "5 个"),
        (5, "@", "5"),
        (-0.001, "0.0", "0.0"),
    ],
)  # fmt: skip
def test_numbers_as_their_format_prints_them(value: float, code: str, printed: str) -> None:
    """Grouping, places, shares, scales, conditions, fractions, money and words."""
    assert printed_number(value, code) == printed


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.text("公里万元", max_size=3))
def test_no_digit_is_lost_or_made_up(value: int, places: int, unit: str) -> None:
    """Grouped or not, with a unit or not, the number is the same."""
    zeros = "0." + "0" * places if places else "0"
    for code in (f'{zeros}"{unit}"', f'#,##{zeros}"{unit}"'):
        printed = printed_number(value, code)
        assert printed.endswith(unit)
        assert float(printed.removesuffix(unit).replace(",", "")) == value


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text('0#?.,%;"[]!\\@eE/公年-_* ', max_size=12),
)
def test_no_format_stops_the_reading(value: float, code: str) -> None:
    """A format that is none prints something, whatever it is."""
    assert isinstance(printed_number(value, code), str)
    assert isinstance(printed_text("公园", code), str)
    assert isinstance(printed_day(dt.date(2024, 12, 31), code), str)


@pytest.mark.parametrize(
    ("code", "printed"),
    [
        ("mm-dd-yy", "2024年12月31日"),
        ("yyyy/m/d", "2024年12月31日"),
        ("yyyy-mm-dd h:mm", "2024年12月31日"),
        ('yyyy"年"m"月"d"日"', "2024年12月31日"),
        ('[$-804]yyyy"年"m"月"', "2024年12月"),
        ("[DBNum1][$-804]yyyy年m月", "2024年12月"),
        ('yyyy"年"', "2024年"),
        ("yyyy", "2024年"),
        ('yyyy"年底前"', "2024年底前"),
        ('yyyy"年"m"月前"', "2024年12月前"),
        ('"计划"yyyy.m', "计划2024.12"),
        ("General", "2024年12月31日"),
    ],
)
def test_days_as_their_format_prints_them(code: str, printed: str) -> None:
    """Chinese and other forms of a day; what the format leaves out is left out."""
    assert printed_day(dt.date(2024, 12, 31), code) == printed


# Struck text and symbols


def test_ticks_are_read_and_struck_lines_are_no_promise() -> None:
    """The drawn boxes are characters; what is struck out is left out, with a note."""
    assert lines("23_sym_strike/plan.docx") == [
        "青溪镇2024年重点项目计划",
        "一、青溪大道，建设性质：☑新建 □已建成",
        "",
        "三、开工建设石桥公园，由县住建局牵头。",
    ]
    for name in ("plan.docx", "plan.xlsx"):
        path = CASES / "23_sym_strike" / name
        assert [note.code for note in read_file(path).notes] == ["struck"]
        table = building.extract(path).table
        assert "松岭隧道" not in set(table["name"])
        assert "石桥公园" in set(table["name"])
    assert [row[0] for row in rows(CASES / "23_sym_strike" / "plan.xlsx")] == ["开工石桥公园。"]


def test_ticks_in_tables_are_read_as_in_text() -> None:
    """A Word table with drawn boxes prints what the plain text prints."""
    control = (CASES / "24_sym_table" / "control.txt").read_text().strip().split("\n")
    printed = [re.sub(r" +(?=\t|$)", "", line) for line in lines("24_sym_table/plan.docx")]
    assert printed == control


@pytest.mark.parametrize(
    ("inner", "printed", "noted"),
    [
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r>", "", ["struck"]),
        ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>旧</w:t></w:r>", "", ["struck"]),
        ('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>新</w:t></w:r>', "新", []),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑", []),
        ('<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r>', "☑", []),
        ('<w:r><w:sym w:font="Segoe UI Symbol" w:char="2611"/></w:r>', "☑", []),
        ('<w:r><w:sym w:font="Wingdings" w:char="F024"/></w:r>', "", ["symbols"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="x"/></w:r>', "", ["symbols"]),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>', "☑", []),
        ('<w:r><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr><w:t>R</w:t></w:r>', "R", []),
        (
            f'<w:r><w:fldChar w:fldCharType="begin">{FORM}</w:fldChar></w:r>',
            "☑",
            [],
        ),
    ],
)
def test_runs_of_word(inner: str, printed: str, noted: list[str]) -> None:
    """Struck runs, symbols by their font, letters of a font of pictures, boxes of forms."""
    raw = files.word(
        lambda document: files.wrap(
            document, files.paragraph(files.run("前"), inner, files.run("后"))
        )
    )
    assert lines("a.docx", raw) == [f"前{printed}后"]
    assert codes("a.docx", raw) == noted


def test_a_row_whose_name_is_struck_speaks_for_no_one() -> None:
    """A struck name takes its row along; a struck date only itself."""

    def fill(book: openpyxl.Workbook) -> None:
        for row in (
            ["序号", "项目名称", "建设内容", "牵头单位", "完成时间"],
            ["1", "青溪大道", "新建道路", "县交通局", "2024年"],
            ["2", "石桥公园", "新建公园", "县自然资源和规划局", "2024年"],
            ["3", "松岭隧道", "新建隧道", "县交通局", "2024年"],
        ):
            book.active.append(row)
        book.active["B3"].font = Font(strike=True)
        book.active["E4"].font = Font(strike=True)

    found = read_document(Path("a.xlsx"), files.workbook(fill))
    assert [(t.name, t.deadline) for t in find_tasks(found)] == [
        ("青溪大道", "2024年"),
        ("松岭隧道", ""),
    ]


@given(st.lists(st.tuples(st.text("甲乙1", max_size=3), st.booleans()), max_size=5))
def test_nothing_struck_is_ever_printed(cells: list[tuple[str, bool]]) -> None:
    """What stays of a row was not struck, and stands where it stood."""
    kept, count = without_struck(cells)
    assert len(kept) == len(cells)
    assert all(not text or (text, False) == cell for text, cell in zip(kept, cells, strict=True))
    assert count == sum(struck and bool(text.strip()) for text, struck in cells)


# Merged cells


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx"])
def test_a_merged_cell_speaks_for_all_its_rows(name: str) -> None:
    """Who leads, who takes part and when it is due: each cell for the rows it covers."""
    found = rows(CASES / "14_vmerge_unit" / name)
    assert [row[:3] for row in found] == [
        ("建成青溪大道。", ("县交通局",), ("县交通局", "县财政局")),
        ("开工石桥路。", ("县交通局",), ("县交通局", "县财政局")),
        ("加固青溪水库。", ("县水利局",), ("县水利局", "青溪镇")),
        ("完成梅园水闸改造。", ("县水利局",), ("县水利局", "县财政局")),
    ]


HEAD = ["序号", "建设内容", "牵头单位", "责任单位", "完成时间"]


@given(st.lists(st.booleans(), min_size=1, max_size=5))
def test_only_what_is_merged_is_spoken_for(merged: list[bool]) -> None:
    """A blank cell of its own says nothing; the same in Word, Excel and HTML."""
    table = [HEAD, ["1", "建成青溪大道。", "县交通局", "县财政局", "2024年"]]
    table += [
        [str(n), f"开工石桥{n}路。", "", "县水利局", "2025年"] for n in range(2, len(merged) + 2)
    ]
    reach = next((n for n, yes in enumerate(merged) if not yes), len(merged))

    def sheet(book: openpyxl.Workbook) -> None:
        for row in table:
            book.active.append(row)
        if reach:
            book.active.merge_cells(start_row=2, end_row=2 + reach, start_column=3, end_column=3)

    spans = [f"<td rowspan={reach + 1}>县交通局</td>", *[""] * reach]
    cells = ["".join(f"<td>{text}</td>" for text in row) for row in table]
    for at, span in enumerate(spans, 1):
        row = table[at]
        cells[at] = f"<td>{row[0]}</td><td>{row[1]}</td>{span}<td>{row[3]}</td><td>{row[4]}</td>"
    page = f"<html><table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    wanted = [("县交通局",)] * (reach + 1) + [("县水利局",)] * (len(merged) - reach)
    for name, raw in (("a.xlsx", files.workbook(sheet)), ("a.html", page.encode())):
        assert [row[1] for row in rows(Path(name), raw)] == wanted


def test_merged_cells_stay_so_on_the_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that is kept answers as it did when it was looked at."""
    monkeypatch.setenv("PLANMAP_ADDED", str(tmp_path))
    document = read_document(CASES / "14_vmerge_unit" / "plan.xlsx")
    about = {"title": "计划", "issuer": "青溪县", "date": "2024", "areas": ["青溪县"]}
    kept = shelf.keep(shelf.described(document, **about))  # type: ignore[arg-type]
    (again,) = shelf.read_added()
    assert again.merged == kept.merged == document.merged != frozenset()
    assert [t.responsibility for t in find_tasks(again)] == [
        t.responsibility for t in find_tasks(kept)
    ]


# Numbers of items


def test_the_number_of_an_item_is_no_part_of_its_name() -> None:
    """However it is written or counted, it is left out; names are whole."""
    found = {
        name
        for file in ("auto.docx", "a.txt", "b.md")
        for name in names(CASES / "17_heading_number" / file)
    }
    assert {"石桥公园", "梅园污水处理厂", "青溪大道", "梅岭隧道", "竹溪水库", "柳湾小学"} <= found
    assert {"东门客运站", "西门客运站"} <= found
    assert {"松岭医院", "荷花码头"} <= found  # headings without a full stop
    assert {"石桥公园", "梅园污水处理厂", "青溪大道"} <= set(
        names(CASES / "17_heading_number" / "b.md")
    )
    assert not any(re.match(r"[一二三四五六七八九十\d.、（]", name) for name in found)


@pytest.mark.parametrize("seed", range(12))
def test_headings_are_projects_where_they_are_a_list_of_names(seed: int) -> None:
    """Numbered lines without a full stop name projects if most do, else they head sections."""
    draw = random.Random(seed)
    things = draw.sample(["松岭医院", "荷花码头", "石桥公园", "青溪大道", "梅岭隧道"], 4)
    titles = draw.sample(["提升服务质量", "优化营商环境", "深化改革开放", "加强队伍建设"], 3)
    number = draw.choice(["{}、", "（{}）", "{}. "])
    signs = "123456789" if number == "{}. " else "一二三四五六七八九"

    def printed(heads: list[str]) -> str:
        lines = [f"{number.format(signs[at])}{head}\n占地若干。" for at, head in enumerate(heads)]
        return "\n".join(["青溪县2024年重点项目计划", *lines])

    listed = {name for name, _, _ in papers.said(printed(things))}
    assert set(things) <= listed
    mixed = {name for name, _, _ in papers.said(printed([*titles, things[0]]))}
    assert mixed & {*titles, things[0]} == set()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("在建", ("under_construction", False)),
        (" 已 建成 ", ("completed", False)),
        ("☑前期 □在建 □已建成", ("preparation", False)),
        ("□前期 ☑在建 □已建成", ("under_construction", False)),
        ("前期□ 在建☑ 已建成□", ("under_construction", False)),
        ("□前期\n■计划开工", ("to_start", True)),
        ("□前期 □在建", None),
        ("☑前期 ☑在建", None),
        ("良好", None),
        ("", None),
    ],
)
def test_a_cell_says_the_state(cell: str, expected: tuple[str, bool] | None) -> None:
    """A word of the table of states alone, or the one beside the only ticked box."""
    assert read_state(cell) == expected


@pytest.mark.parametrize("file", ["control.txt", "plain.txt", "plan.docx"])
def test_a_column_of_states_gives_the_stage(file: str) -> None:
    """The stage of a row is what its column of states says, a report, whatever its words are."""
    read = read_document(CASES / "24_sym_table" / file)
    found = {
        said.name: (said.stage, said.promised, said.target_year)
        for said in find_statements(read, passages(read, find_tasks(read)))
    }
    expected = {
        "青溪大道": ("preparation", False, None),
        "石桥公园": ("under_construction", False, None),
        "梅园学校": ("completed", False, None),
    }
    assert found
    assert found == {name: expected[name] for name in found}


def test_works_under_way_keep_the_year_a_row_promises() -> None:
    """在建 with a date in the column of deadlines is under way, promised for that year."""
    head = "序号\t项目名称\t项目状态\t完成时限\t牵头单位"
    rows = ["1\t青溪大道\t在建\t2026年底\t县交通局", "2\t梅园学校\t已建成\t2026年底\t县教育局"]
    read = papers.paper("\n".join(["青溪镇2024年重点项目计划表", head, *rows]))
    found = {s.name: s for s in find_statements(read, passages(read, find_tasks(read)))}
    assert (found["青溪大道"].stage, found["青溪大道"].target_year) == ("under_construction", 2026)
    assert (found["梅园学校"].stage, found["梅园学校"].target_year) == ("completed", None)


@given(
    st.sampled_from(["一", "二", "九", "十", "十一", "二十", "三十五", "一百二"]),
    st.sampled_from(["{}、", "{}.", "{}．", "（{}）", "({})", "（{}）、", " {}、 "]),
)
def test_chinese_numbers_of_items_are_seen(number: str, form: str) -> None:
    """Where an item's words begin, for each way of writing its number."""
    printed = form.format(number)
    assert after_number(f"{printed}石桥公园。占地1公顷。") == len(printed)


@pytest.mark.parametrize(
    "line",
    [
        "一、二期工程同步推进。",
        "一二三产业融合。",
        "二、三产业增加值增长。",
        "十里长廊建成。",
        "三江口公园。",
    ],
)
def test_numbers_that_are_words_stay(line: str) -> None:
    """A list of phases or branches, and a name that begins with a number, is text."""
    assert after_number(line) == 0


# Documents inside documents


def inserted(name: str, content: bytes) -> bytes:
    """Return a Word document that another document is put into."""

    def fill(document: object) -> None:
        document.add_paragraph("前。")  # type: ignore[attr-defined]
        files.wrap(document, f'<w:altChunk xmlns:r="{LINKS}" r:id="rId77"></w:altChunk>')

    raw = files.word(fill)
    link = (
        f'<Relationship Id="rId77" Type="{LINKS}/aFChunk" Target="/word/{name}"/></Relationships>'
    )
    suffix = name.rpartition(".")[2]
    kind = f'<Default Extension="{suffix}" ContentType="application/x-{suffix}"/></Types>'

    def change(part: str, old: bytes) -> tuple[str, bytes]:
        if part == "word/_rels/document.xml.rels":
            old = old.replace(b"</Relationships>", link.encode())
        if part == "[Content_Types].xml" and f'Extension="{suffix}"'.encode() not in old:
            old = old.replace(b"</Types>", kind.encode())
        return part, old

    out = io.BytesIO(changed(raw, change))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr(f"word/{name}", content)
    return out.getvalue()


PAGE = "<html><body><p>建成青溪大道。</p></body></html>"
ARCHIVE = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    f"{PAGE}\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("name", "content", "printed", "noted"),
    [
        ("chunk.html", PAGE.encode(), ["建成青溪大道。"], []),
        ("chunk.mht", ARCHIVE.encode(), ["建成青溪大道。"], []),
        ("chunk.txt", "建成青溪大道。".encode(), ["建成青溪大道。"], []),
        ("chunk.docx", WORD, ["建成青溪大道。"], []),
        ("chunk.rtf", b"{\\rtf1 a}", [], ["parts"]),
        ("chunk.docx", b"PK", [], ["parts"]),
    ],
    ids=["page", "web archive", "text", "Word", "rich text", "broken"],
)
def test_documents_inside_a_word_document_are_read(
    name: str, content: bytes, printed: list[str], noted: list[str]
) -> None:
    """Word puts them in their place when it opens the file; one that is not read is noted."""
    raw = inserted(name, content)
    assert lines("a.docx", raw) == ["前。", *printed]
    assert codes("a.docx", raw) == noted


def test_words_struck_inside_a_cell_are_left_out() -> None:
    """A part of a cell's text may be struck, and only that part goes."""

    def fill(book: openpyxl.Workbook) -> None:
        struck = TextBlock(InlineFont(strike=True), "梅园")
        book.active.append(["1", CellRichText("开工", struck, "石桥公园。")])

    raw = files.workbook(fill)
    assert lines("a.xlsx", raw) == ["1\t开工石桥公园。"]
    assert codes("a.xlsx", raw) == ["struck"]
