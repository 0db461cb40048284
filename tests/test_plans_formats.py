"""Plans in the formats people have: what is printed is read, what cannot be read says why."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import plans
from plans.formats import Note, read_file
from plans.formats.errors import UnknownEncoding
from plans.formats.numbering import printed_number
from plans.tasks import find_tasks
from store import ROOT, NotUtf8
from tests import files
from tests.files import HEADER, LINES, OPENING, PLANS, TITLE


def read(name: str, raw: bytes) -> list[str]:
    """The printed lines of a file that holds these bytes."""
    return read_file(Path(name), raw).text.split("\n")


@pytest.mark.parametrize("name", PLANS)
def test_one_plan_reads_the_same_in_every_format(name):
    """The same title, the same rows and the same units come out of each kind of file."""
    document = plans.read_document(Path(name), PLANS[name]())
    assert document.title == TITLE
    assert (document.tense, document.horizon) == ("promise", 2024)
    rows = [
        (row.number, row.group, row.text, row.responsibility.units) for row in find_tasks(document)
    ]
    assert rows == [
        (1, "道路", "建成青溪大道。", ("县交通局",)),
        (2, "道路", "开工石桥路。", ("县交通局", "县财政局")),
        (3, "水利", "加固青溪水库。", ("县水利局",)),
    ]


@pytest.mark.parametrize(
    "name", [name for name in PLANS if not name.endswith(("csv", "tsv", "md"))]
)
def test_one_plan_prints_the_same_in_every_format(name):
    """Line by line the text is the same, so quotes are too."""
    assert [line.removeprefix("# ") for line in read(name, PLANS[name]())] == LINES


# Word


def test_word_prints_its_automatic_numbers():
    """Numbers that Word counts stand before the text, deeper levels begin anew."""

    def fill(document):
        key = files.numbered_levels(
            document, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")
        )
        for text, level in [
            ("交通", 0),
            ("道路", 1),
            ("大道", 2),
            ("小路", 2),
            ("", 2),
            ("桥梁", 1),
        ]:
            files.number(document.add_paragraph(text), key, level)
        files.number(document.add_paragraph("水利"), key, 0)
        files.number(document.add_paragraph("水库"), key, 2)

    lines = [
        "一、交通",
        "（一）道路",
        "1. 大道",
        "2. 小路",
        "",
        "（二）桥梁",
        "二、水利",
        "1. 水库",
    ]
    assert read("a.docx", files.word(fill)) == lines


@pytest.mark.parametrize(
    ("number", "form", "printed"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "japaneseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (3, "chineseLegalSimplified", "叁"),
        (4, "upperRoman", "IV"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircle", "21"),
        (2, "ideographTraditional", "乙"),
        (2, "lowerLetter", "b"),
        (7, "decimalZero", "07"),
        (7, "bullet", ""),
        (7, "what no one knows", "7"),
    ],
)
def test_word_number_formats(number, form, printed):
    """Each format of Word prints a number its own way; unknown ones and long rows in digits."""
    assert printed_number(number, form) == printed


def test_word_prints_what_a_reader_sees():
    """Accepted changes, content controls and breaks are print; deletions and contents are not."""

    def fill(document):
        document.add_paragraph("目录 1", style=document.styles.add_style("toc 1", 1))
        deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        moved = f"<w:moveFrom>{files.run('搬走')}</w:moveFrom>"
        inserted = f"<w:ins>{files.run('青溪大道')}</w:ins>"
        hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>"
        tabbed = "<w:r><w:t>。</w:t><w:tab/><w:t>另</w:t><w:br/><w:t>起</w:t></w:r>"
        parts = (files.run("建成"), deleted, moved, inserted, hidden, tabbed)
        files.wrap(document, files.paragraph(*parts))
        inner = files.paragraph(files.run("控件"))
        files.wrap(document, f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>")
        files.wrap(
            document,
            "<w:p><w:r><w:pict><w:txbxContent>"
            + files.paragraph(files.run("文本框"))
            + "</w:txbxContent></w:pict></w:r></w:p>",
        )

    assert read("a.docx", files.word(fill)) == ["建成青溪大道。 另", "起", "控件", "", "文本框"]


def test_word_tables_keep_their_shape():
    """A title row stands alone, merged cells are blank after the first, breaks become blanks."""
    rows = [
        ["项目表", "", ""],
        ["序号", "内容", "单位"],
        ["1", "大道", "县交通局\n县财政局"],
        ["合计", "", "2"],
    ]
    merged = [((0, 0), (0, 2)), ((3, 0), (3, 1))]
    raw = files.word(lambda document: files.word_table(document, rows, merged))
    assert read("a.docx", raw) == [
        "项目表",
        "序号\t内容\t单位",
        "1\t大道\t县交通局 县财政局",
        "合计\t\t2",
    ]


def test_a_frame_of_one_cell_is_no_table():
    """Text in a table of one column is read as paragraphs."""
    raw = files.word(lambda document: files.word_table(document, [["第一段。\n第二段。"]]))
    assert read("a.docx", raw) == ["第一段。", "第二段。"]


# Excel


def fill_book(book):
    """Two sheets, one of them hidden, with values of all kinds and a formula."""
    sheet = book.active
    sheet.title = "交通"
    sheet.append(["序号", "内容", "日期", "完成率", "投资"])
    sheet.append([1, "大道", None, 0.25, 0.1 + 0.2])
    sheet["C2"] = dt.date(2024, 12, 31)
    sheet["C2"].number_format = 'yyyy"年"m"月"'
    sheet["D2"].number_format = "0%"
    sheet.append([2, "小路", None, None, "=E2*100"])
    sheet.append([3, "藏"])
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("隐藏").sheet_state = "hidden"
    book["隐藏"]["A1"] = "内部"


def test_a_sheet_prints_its_values():
    """Sheet name, dates, shares and stored values are print; hidden rows and sheets are not."""
    raw = files.repacked(
        files.workbook(fill_book),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<f>E2*100</f><v></v>", b"<f>E2*100</f><v>30</v>").replace(
            b"<f>E2*100</f><v />", b"<f>E2*100</f><v>30</v>"
        ),
    )
    printed = read_file(Path("a.xlsx"), raw)
    assert printed.text.split("\n") == [
        "交通",
        "序号\t内容\t日期\t完成率\t投资",
        "1\t大道\t2024年12月\t25%\t0.3",
        "2\t小路\t\t\t30",
    ]
    assert [note.code for note in printed.notes] == ["hidden_sheets", "hidden_cells"]


def test_a_formula_is_never_evaluated():
    """Without a stored value its cell is blank, and a note says how to get one."""
    printed = read_file(Path("a.xlsx"), files.workbook(fill_book))
    assert "2\t小路\t\t\t" in printed.text
    assert any(n.code == "formulas" and n.about.endswith("(1)") for n in printed.notes)


def test_a_merged_cell_is_blank_even_where_a_value_is_left_behind():
    """A program may leave values under a merged cell; nobody sees them, so nobody reads them."""

    def fill(book):
        for row in [["名称", "单位"], ["大道", "甲"], ["旧名", "乙"]]:
            book.active.append(row)

    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>'
    part = "xl/worksheets/sheet1.xml"
    raw = files.repacked(files.workbook(fill), part, lambda x: x.replace(b"</sheetData>", merge))
    assert read("a.xlsx", raw) == ["名称\t单位", "大道\t甲", "\t乙"]


def test_a_cell_far_away_costs_nothing():
    """One value in the last row of a sheet is read without the million rows between."""

    def fill(book):
        book.active["A1"] = "甲"
        book.active["B1048576"] = "乙"

    assert read("a.xlsx", files.workbook(fill)) == ["甲", "", "乙"]


# PDF


def test_pages_join_without_heads_and_numbers():
    """A sentence runs over the page; heads and page numbers go, a repeated header stays."""
    table = [HEADER, ["1", "道路", "建成青溪大道。", "县交通局"]]
    raw = files.pdf(
        ["第一页的句子没有", "说完"],
        ["就到了第二页。", files.ruled(table, [40, 60, 120, 130])],
        [files.ruled(table, [40, 60, 120, 130])],
        head="青溪县人民政府文件",
        foot="- {page} -",
    )
    rows = ["\t".join(row) for row in table]
    assert read("a.pdf", raw) == ["第一页的句子没有", "说完", "就到了第二页。", *rows, *rows]


@pytest.mark.parametrize(
    "foot", ["{page}", "第 {page} 页 共 3 页", "{page}/3", "— {page} —", "县府办 {page}"]
)
def test_page_numbers_of_all_shapes_go(foot):
    """However a page number is printed, it is no line of the plan."""
    raw = files.pdf(["一页。"], ["二页。"], ["三页。"], foot=foot)
    assert read("a.pdf", raw) == ["一页。", "二页。", "三页。"]


def test_a_number_that_is_no_page_number_stays():
    """Figures at the edge of a page that do not count the pages are print."""
    raw = files.pdf(["一页。", "178"], ["二页。", "35"], ["附件4", "三页。"])
    assert read("a.pdf", raw) == ["一页。", "178", "二页。", "35", "附件4", "三页。"]


def test_a_wrapped_cell_is_one_line():
    """A name that the column's edge cuts is whole again; a break with room left parts two units."""
    units = "县自然资源和规划局、县住房和城乡建设局<br/>县财政局"
    table = files.ruled([["序号", "单位"], ["1", units]], [40, 130])
    assert read("a.pdf", files.pdf([table])) == [
        "序号\t单位",
        "1\t县自然资源和规划局、县住房和城乡建设局 县财政局",
    ]


def test_figures_in_another_font_stay_in_their_line():
    """Latin digits of another height stand on the same baseline; radicals mean their sign."""

    def draw(canvas):
        canvas.drawString(72, 700, "⻘溪县")
        canvas.setFont("Helvetica", 18)
        canvas.drawString(108, 700, "2024")
        canvas.setFont(files.SONG, 12)
        canvas.drawString(150, 700, "年⼯作")

    assert read("a.pdf", files.drawn(draw)) == ["青溪县2024年工作"]


def test_a_stamp_across_the_page_is_no_line():
    """Words printed aslant over a page are not read into its lines."""

    def draw(canvas):
        canvas.drawString(72, 400, "建成青溪大道。")
        canvas.translate(60, 380)
        canvas.rotate(45)
        canvas.drawString(0, 0, "内部资料")

    assert read("a.pdf", files.drawn(draw)) == ["建成青溪大道。"]


def test_a_page_that_is_turned_is_read_upright():
    """A landscape page, stored turned, reads from its own top."""

    def draw(canvas):
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        canvas.drawString(72, 300, "第一行2024年。")
        canvas.drawString(72, 280, "第二行。")

    assert read("a.pdf", files.drawn(draw)) == ["第一行2024年。", "第二行。"]


def test_a_long_pdf_tells_how_far_it_is():
    """After each page its number and the number of pages are told."""
    told = []
    read_file(Path("a.pdf"), files.pdf(["一。"], ["二。"]), lambda *page: told.append(page))
    assert told == [(1, 2), (2, 2)]


def test_a_pdf_with_some_scanned_pages_says_which():
    """What has text is read, the pages without are named."""

    def draw(canvas):
        canvas.drawString(72, 700, "第一页有文字，可以直接读取。")
        canvas.showPage()
        files.scan(canvas)

    printed = read_file(Path("a.pdf"), files.drawn(draw))
    assert printed.text == "第一页有文字，可以直接读取。"
    assert printed.notes == (Note("scanned", "2"),)


# HTML, csv, text


def test_a_page_prints_what_is_visible():
    """Scripts, hidden parts and menus are no print; headings are marked, tables are rows."""
    page = """<!DOCTYPE html><html><head><title>青溪县政府网</title><style>p{}</style></head><body>
    <nav>首页</nav><h2>一、交<br>通</h2><script>document.write("毒")</script>
    <p>建成&nbsp;青溪\n大道。<span hidden>密</span><img src="http://example.invalid/a.png"></p>
    <div style="display: none">密</div>甲<b>乙</b><br>丙<noscript>丁</noscript>
    <table><tr><td colspan=3>项目表</td></tr><tr><th>序号<th>内容<th>单位
    <tr><td rowspan="2">1<td>大道<td><p>甲局</p><p>乙局</p><tr><td colspan=2>小路</table>
    <table><tr><td>左栏</td><td><p>右栏</p></td></tr></table><footer>主办单位：甲</footer>"""
    assert read("a.html", page.encode()) == [
        "## 一、交 通",
        "建成 青溪 大道。",
        "甲乙",
        "丙",
        "项目表",
        "序号\t内容\t单位",
        "1\t大道\t甲局 乙局",
        "\t小路\t",
        "左栏",
        "右栏",
    ]


def test_a_page_declared_in_gbk_is_read():
    """The bytes tell the encoding, whatever the page declares, and a note says so."""
    page = '<html><meta charset="gb2312"><p>建成青溪大道，开工石桥路。</p></html>'
    printed = read_file(Path("a.htm"), page.encode("gbk"))
    assert printed.text == "建成青溪大道，开工石桥路。"
    assert printed.notes == (Note("gb18030"),)


def test_quoted_cells_and_open_quotes():
    """A break inside a quoted cell is a blank; an unclosed mark swallows nothing and is noted."""
    assert read("a.csv", '序号,内容\n1,"大道,\n小路"\n'.encode()) == ["序号\t内容", "1\t大道, 小路"]
    printed = read_file(Path("a.csv"), '序号,内容\n1,"大道\n2,小路\n'.encode())
    assert printed.text.split("\n") == ["序号\t内容", '1\t"大道', "2\t小路"]
    assert printed.notes == (Note("quotation_marks"),)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), max_size=30)
)
def test_utf8_and_gb18030_read_the_same(text):
    """Whatever a Chinese text holds, its encoding changes nothing but the note."""
    text = OPENING + text
    first = read_file(Path("a.txt"), text.encode("utf-8"))
    second = read_file(Path("a.txt"), text.encode("gb18030"))
    assert first.text == second.text == text
    assert (len(first.notes), len(second.notes)) == (0, 1)


# Sentences as plans have them, each long enough to show its encoding.
SENTENCES = [
    line
    for path in sorted((ROOT / "seeds").glob("*.txt"))
    for line in path.read_text("utf-8").split("\n")
    if len(re.findall("[\u4e00-\u9fff]", line)) > 12
]


@given(
    st.lists(st.tuples(st.sampled_from(SENTENCES), st.booleans()), min_size=2, max_size=12),
    st.sampled_from("\n,"),
)
def test_a_text_in_two_encodings_is_told_and_not_guessed(parts, between):
    """Lines or cells of a text in one encoding and others in another: the first change is named."""
    codes = ["utf-8" if is_utf8 else "gb18030" for _, is_utf8 in parts]
    assume(len(set(codes)) > 1)
    raw = between.encode().join(
        text.encode(code) for (text, _), code in zip(parts, codes, strict=True)
    )
    with pytest.raises(UnknownEncoding) as caught:
        read_file(Path("a.txt"), raw)
    change = next(n for n, code in enumerate(codes) if code != codes[0])
    assert caught.value.line == (change + 1 if between == "\n" else 1)
    assert caught.value.cause.code == "file_mixed"


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=60), st.data())
def test_a_broken_byte_is_no_other_encoding(lines, data):
    """A text with a broken byte is UTF-8 still, and the line of the byte is named."""
    raw = "\n".join(lines).encode()
    at = data.draw(st.sampled_from([n for n, byte in enumerate(raw) if byte > 127]))
    with pytest.raises(NotUtf8) as caught:
        read_file(Path("a.txt"), raw[:at] + b"\xff" + raw[at + 1 :])
    assert caught.value.line == raw[:at].count(b"\n") + 1


def test_no_sentence_of_a_plan_is_taken_for_two_encodings():
    """All sentences that we have are read as GB18030, one by one and together."""
    for text in [*SENTENCES[::7], "\n".join(SENTENCES)]:
        assert read_file(Path("a.txt"), (OPENING + text).encode("gb18030")).text == OPENING + text


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.xlsx", "a.html", "a.csv", "a.txt", "a.md"])
def test_extract_reads_every_format(tmp_path, name):
    """The command line writes the same task rows for each kind of file."""
    (tmp_path / name).write_bytes(PLANS[name]())
    done = files.command("extract", tmp_path / name, "--tasks", "--format", "json", "--out", "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert "加固青溪水库。" in done.stdout


def test_no_library_is_loaded_before_its_format_comes_in():
    """Reading a text loads none of the libraries for other formats."""
    code = (
        "import sys, plans.formats; from pathlib import Path\n"
        "plans.formats.read_file(Path('a.txt'), b'a')\n"
        "print([n for n in ('docx', 'lxml', 'openpyxl', 'pdfplumber', 'PIL') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
