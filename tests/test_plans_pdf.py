"""PDFs as printers make them: columns, small raised signs, cut rows, fonts that name no sign."""

from __future__ import annotations

import binascii
import zlib
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from reportlab.platypus import Paragraph, Table

import plans
from plans.formats import LOST, Note, read_file
from plans.formats.errors import DamagedFile, NoText
from plans.tasks import find_tasks
from tests import files
from tests.reading import read_document

CASES = Path(__file__).parent / "cases"
WORDS = "青溪大道石桥公园梅园水库松岭小学竹园医院兰园码头桃园厂房云岭隧道"


def read(raw: bytes) -> list[str]:
    """The printed lines of a PDF."""
    return read_file(Path("a.pdf"), raw).text.split("\n")


def statements(path: Path):
    """What a document says, in its order."""
    document = read_document(path)
    return plans.read_plans([document], partial=True).statements


# Columns


def column(canvas, lines, left, top, size=12):
    """Draw lines below each other."""
    canvas.setFont(files.SONG, size)
    for number, line in enumerate(lines):
        canvas.drawString(left, top - number * 18, line)


def filled(count, sign, width=12, last=5):
    """Lines that fill a column, each with its own number; the last one is short."""
    whole = [
        f"{sign}{chr(0x4E00 + 50 + n)}" + "工程建设内容"[: width - 2] * 2 for n in range(count)
    ]
    return [line[:width] for line in whole[:-1]] + [whole[-1][:last]]


def test_a_gazette_reads_column_by_column():
    """Names and units come from their own column (the case of the issue)."""
    found = [
        (s.name, s.responsibility.lead_units) for s in statements(CASES / "two_columns/gazette.pdf")
    ]
    assert found == [
        ("青溪大道", ("县交通局",)),
        ("石桥公园", ("县住建局",)),
        ("青溪水库", ("县水利局",)),
        ("梅园污水处理厂", ("县生态环境局",)),
    ]


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 3),
    st.lists(st.integers(3, 12), min_size=3, max_size=3),
    st.sampled_from([0.0, 4.0, 9.0]),
    st.booleans(),
)
def test_columns_are_read_one_after_the_other(count, lengths, shift, titled):
    """One to three columns, level or not, a title over them and a line below: in reading order."""
    columns = [filled(lengths[n], "甲乙丙"[n]) for n in range(count)]
    title, foot = (
        "青溪县人民政府公报二〇二四年第三期总第一百零二期的目录与正文",
        "本期责任编辑与校对人员名单附在全文最后面一页的下面供参考查阅",
    )

    def draw(canvas):
        if titled:
            column(canvas, [title], 60, 780, size=15)
        for number, lines in enumerate(columns):
            column(canvas, lines, 50 + number * 170, 720 - number * shift)
        column(canvas, [foot], 60, 300, size=14)

    expected = [title] * titled + [line for lines in columns for line in lines] + [foot]
    assert read(files.drawn(draw)) == expected


def test_a_table_without_rules_is_read_row_by_row():
    """Cells that do not fill their width are no columns of print."""
    rows = [
        ["青溪大道", "县交通局、县财政局"],
        ["石桥公园改造提升", "县住建局"],
        ["水库", "县水利局、青溪镇"],
    ]

    def draw(canvas):
        for number, (name, units) in enumerate(rows * 3):
            column(canvas, [name], 60, 700 - 20 * number)
            column(canvas, [units], 260, 700 - 20 * number)

    assert read(files.drawn(draw)) == [" ".join(row) for row in rows * 3]


def test_the_corners_of_a_page_with_columns_are_no_text():
    """Heads and numbers in the corners go, though they stand above a column."""

    def draw(canvas):
        for page in (1, 2, 3):
            column(canvas, ["公报2024年"], 50, 800, size=9)
            column(canvas, [f"- {page} -"], 450, 800, size=9)
            column(canvas, filled(6, "甲乙丙"[page - 1], 14), 50, 760)
            column(canvas, filled(6, "丁戊己"[page - 1], 14), 300, 760)
            if page < 3:
                canvas.showPage()

    lines = [filled(6, sign, 14) for sign in "甲丁乙戊丙己"]
    assert read(files.drawn(draw)) == [line for part in lines for line in part]


# Small raised and lowered signs


@pytest.mark.parametrize(
    ("name", "line", "words"),
    [
        ("second_line", 2, "2024年，由县住建局牵头，全面建成规划确定的石桥公园和梅"),
        ("second_line", 3, "园污水处理厂（占地1.2万m2）。"),
        ("plan", 2, "一、石桥公园。占地面积12000m2，建设景观步道，开工建设青溪水"),
        ("plan", 4, "二、梅园污水处理厂。日处理规模2万m3，建成青溪大"),
        ("qty", 2, "2024年，建成梅园标准厂房5万m2，建成石桥公园面积800m"),
    ],
)
def test_a_raised_figure_stays_in_its_line(name, line, words):
    """The 2 of m² is no line of its own (the cases of the issue)."""
    assert read((CASES / f"superscript/{name}.pdf").read_bytes())[line - 1] == words


def test_a_raised_figure_leaves_a_name_whole():
    """The name that goes on in the next line has no figure in it."""
    found = [s.name for s in statements(CASES / "superscript/second_line.pdf")]
    assert found == ["石桥公园", "梅园污水处理厂"]


def pieces(canvas, parts, left, base, size):
    """Draw pieces of a line: text, and how far it is raised, in shares of the size."""
    for text, raised in parts:
        small = size * 0.6 if raised else size
        canvas.setFont(files.SONG, small)
        canvas.drawString(left, base + raised * size, text)
        left += canvas.stringWidth(text, files.SONG, small)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(WORDS, min_size=2, max_size=9),
            st.sampled_from(["m", "km", "CO", "10", "园", ""]),
            st.sampled_from(["2", "3", "12"]),
            st.sampled_from([0.2, 0.33, 0.45, 0.6, -0.2]),
        ),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from([9, 12, 16]),
    st.floats(1.3, 2),
)
def test_marks_join_the_line_that_carries_them(lines, size, leading):
    """However far it is raised or lowered, a small figure stands right behind its sign."""
    small = str.maketrans("123", "¹²³")

    def draw(canvas):
        for number, (words, carrier, mark, raised) in enumerate(lines):
            parts = [(words + carrier, 0), (mark, raised), ("，建成", 0)]
            pieces(canvas, parts, 60, 760 - number * size * leading, size)

    expected = [
        words
        + carrier
        + (
            mark.translate(small)
            if (up > 0 and not carrier.isalpha()) or (carrier == "园" and up > 0)
            else mark
        )
        + "，建成"
        for words, carrier, mark, up in lines
    ]
    assert read(files.drawn(draw)) == expected


def test_a_footnote_mark_is_no_part_of_a_name():
    """The mark is printed, and the name is read without it."""

    def draw(canvas):
        column(canvas, ["青溪县2024年重点项目计划"], 60, 760)
        pieces(canvas, [("建成梅园污水处理厂", 0), ("[1]", 0.4), ("。", 0)], 60, 740, 12)

    raw = files.drawn(draw)
    assert read(raw)[1] == "建成梅园污水处理厂¹。"
    document = read_document(Path("a.pdf"), raw)
    (found,) = plans.read_plans([document], partial=True).statements
    assert found.name == "梅园污水处理厂"


def test_a_footnote_does_not_cut_the_sentence_of_its_page():
    """It stands behind the sentence that goes on on the next page."""

    def draw(canvas):
        column(canvas, ["青溪县2024年重点项目计划", "建成青溪大道、石桥公园和梅"], 60, 760)
        pieces(canvas, [("1", 0.3), ("梅园指原梅园镇。", 0)], 60, 80, 9)
        canvas.showPage()
        column(canvas, ["园污水处理厂。", "开工桃园小学。"], 60, 760)

    assert read(files.drawn(draw)) == [
        "青溪县2024年重点项目计划",
        "建成青溪大道、石桥公园和梅",
        "园污水处理厂。",
        "¹梅园指原梅园镇。",
        "开工桃园小学。",
    ]


# Rows that the end of a page cuts

HEADER = ["序号", "建设内容", "牵头单位", "责任单位"]
WIDTHS = [40, 200, 90, 120]


def test_a_row_over_two_pages_is_one_row():
    """The case of the issue: one row, one lead, two that take part."""
    path = CASES / "table_over_pages/plan.pdf"
    rows = find_tasks(read_document(path))
    assert [row.number for row in rows] == [1, 2, 3]
    answer = rows[1].responsibility
    assert answer.lead_units == ("县住建局",)
    assert answer.units == ("县住建局", "青溪镇", "石桥镇")
    assert "石桥镇" not in rows[2].responsibility.units
    names = [s.name for s in statements(path)]
    assert names == ["青溪大道", "石桥公园", "梅园污水处理厂", "青溪水库"]


def printed(rows, repeat, height):
    """A table of a PDF that flows over small pages and cuts its rows where a page ends."""
    style = files.style(10, 14)
    cells = [[Paragraph(text, style) for text in row] for row in rows]
    table = Table(
        cells,
        WIDTHS,
        repeatRows=repeat,
        splitInRow=1,
        splitByRow=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    return files.flowing([table], height)


SENTENCES = st.lists(
    st.text(WORDS, min_size=6, max_size=40).map(lambda words: f"建成{words}。"),
    min_size=1,
    max_size=4,
)


@settings(max_examples=20, deadline=None)
@given(st.lists(SENTENCES, min_size=2, max_size=8), st.booleans(), st.integers(260, 420))
def test_cut_rows_come_out_whole(texts, repeat, height):
    """Wherever pages end, with a repeated header or without: each row with all of its text."""
    rows = [[str(n), "".join(t), "县住建局", "青溪镇"] for n, t in enumerate(texts, 1)]
    lines = read(printed([HEADER, *rows], int(repeat), height))
    found = [line.split("\t") for line in lines]
    bodies = [[cell.replace(" ", "") for cell in row] for row in found if row != HEADER]
    assert bodies == rows
    assert found.count(HEADER) >= 1


def test_a_row_of_its_own_on_a_new_page_stays_one():
    """A blank number on a new page is no cut where the row above ends its sentence."""
    first = [
        HEADER,
        ["1", "建成青溪大道。", "县交通局", "青溪镇"],
        ["2", "建成桃园。", "县水利局", "甲镇"],
    ]
    second = [["", "建成石桥公园。", "县住建局", "石桥镇"], ["3", "建成水库。", "县水利局", "乙镇"]]
    raw = files.pdf([files.ruled(first, WIDTHS)], [files.ruled(second, WIDTHS)])
    assert read(raw) == ["\t".join(row) for row in (*first, *second)]


def test_another_table_on_a_new_page_is_another_table():
    """Where the columns differ, nothing goes on."""
    first = [HEADER, ["1", "建成青溪大道及", "县交通局", "青溪镇"]]
    second = [["", "石桥公园。", "县住建局"]]
    raw = files.pdf([files.ruled(first, WIDTHS)], [files.ruled(second, [40, 200, 90])])
    assert read(raw) == ["\t".join(row) for row in (*first, *second)]


# Fonts


@pytest.mark.parametrize("name", ["fffd", "pua", "half_pua"])
def test_fonts_without_names_are_refused_with_a_way_out(name):
    """It says that the fonts are the cause, and three ways to go on."""
    path = CASES / f"bad_tounicode/{name}.pdf"
    with pytest.raises(NoText, match=r"fonts do not say.*docx.*again.*OCR"):
        read_file(path)


@pytest.mark.parametrize("name", ["some_fffd", "some_pua"])
def test_single_signs_without_a_name_are_told_by_line(name):
    """The print shows the hole, a note names the lines, and the name is marked as damaged."""
    path = CASES / f"bad_tounicode/{name}.pdf"
    printed = read_file(path)
    assert printed.notes == (Note("unnamed", "1, 2, 3"),)
    assert printed.text.split("\n")[1] == f"2024年，建成青{LOST}大道，由县交通局牵头。"
    found = statements(path)
    assert [(s.name, s.fragment) for s in found] == [
        (f"青{LOST}大道", True),
        (f"石{LOST}公园", True),
    ]


def test_a_font_with_names_has_no_note():
    """The same file with true names is read as it is printed."""
    printed = read_file(CASES / "bad_tounicode/good.pdf")
    assert (printed.notes, LOST in printed.text) == ((), False)


def test_fonts_that_exchange_signs_are_refused():
    """Text in which no common sign occurs is named by another table than it is drawn by."""

    def draw(canvas):
        for line in range(8):
            column(
                canvas,
                ["".join(chr(0x7A00 + line * 20 + n) for n in range(20))],
                60,
                700 - 20 * line,
            )

    with pytest.raises(NoText, match="as another one"):
        read(files.drawn(draw))


# Times


def test_each_promise_has_the_year_that_governs_it():
    """The cases of the issue: printed years, counted ones, and the year of the title."""
    found = {
        s.name: (s.stage, s.target_year, s.target_year_basis)
        for s in statements(CASES / "time/a.txt")
    }
    assert found == {
        "青溪大道": ("to_complete", 2024, "printed"),
        "石桥公园": ("to_start", 2024, "title"),
        "梅园水闸": ("to_complete", 2024, "printed"),
        "移动4/5G基站": ("under_construction", 2024, "title"),
        "松岭基站": ("to_complete", 2024, "title"),
        "桃园小学": ("to_complete", 2025, "printed"),
        "竹园医院": ("to_complete", 2026, "counted"),
        "兰园码头": ("to_complete", 2025, "counted"),
        "柳湾隧道": ("to_complete", 2030, "counted"),
        "荷塘水库": ("to_complete", 2027, "printed"),
        "杏林中学": ("completed", None, None),
        "云岭桥": ("to_complete", 2026, "printed"),
    }


def test_a_year_before_the_comma_beats_the_period():
    """到2025年，… in a plan to 2035 is due in 2025."""
    found = [(s.name, s.target_year, s.target_year_basis) for s in statements(CASES / "time/c.txt")]
    assert found == [("青溪大道", 2025, "printed"), ("柳湾隧道", 2035, "printed")]


def promises(*lines):
    """Name, year and basis of what a plan of these lines promises."""
    raw = "\n".join(lines).encode()
    found = plans.read_plans([read_document(Path("a.txt"), raw)], partial=True).statements
    return [(s.name, s.target_year, s.target_year_basis) for s in found]


COUNTED = [
    ("今年", 0),
    ("年内", 0),
    ("年底前", 0),
    ("明年", 1),
    ("后年", 2),
    ("两年内", 1),
    ("五年内", 4),
]


@given(st.integers(2010, 2040), st.sampled_from(COUNTED), st.sampled_from(["", "，"]))
def test_counted_words_count_from_the_title_year(year, counted, comma):
    """今年 is the year of the title, 明年 the next; with a comma or without."""
    words, ahead = counted
    found = promises(f"青溪县{year}年工作要点", f"{words}{comma}建成青溪大道。")
    assert found == [("青溪大道", year + ahead, "counted")]


@given(
    st.integers(2026, 2035),
    st.integers(1, 12),
    st.sampled_from(["到{}年，", "力争到{}年底，", "{}年{}月底前，"]),
)
def test_a_clause_that_says_only_when_governs_what_follows(year, month, form):
    """The year before the comma holds for all clauses behind it, up to another year."""
    opening = form.format(year, month)
    found = promises(
        "青溪县“十四五”规划", f"{opening}建成青溪大道，开工石桥公园，{year + 1}年建成桃园小学。"
    )
    assert found == [
        ("青溪大道", year, "printed"),
        ("石桥公园", year, "printed"),
        ("桃园小学", year + 1, "printed"),
    ]


@pytest.mark.parametrize("word", ["去年", "上年", "上半年"])
def test_a_look_back_does_not_turn_the_paragraphs_below(word):
    """What a paragraph tells of last year is a report; the next one promises again."""
    raw = f"青溪县2024年工作要点\n{word}，建成青溪大道。\n建成石桥公园。".encode()
    document = read_document(Path("a.txt"), raw)
    found = plans.read_plans([document], partial=True).statements
    assert [(s.name, s.promised) for s in found] == [("青溪大道", False), ("石桥公园", True)]


def test_a_deadline_is_no_date_of_the_document():
    """2024年3月31日前 says by when, not when the document was made."""
    raw = "青溪县工作要点\n2024年3月31日前建成青溪大道。\n2023年1月5日".encode()
    document = plans.with_first_look(read_document(Path("a.txt"), raw))
    assert (document.date, document.date_basis) == ("2023-01-05", "printed")


# Streams

CONTROL = CASES / "pdf_empty_stream/control.pdf"


@pytest.mark.parametrize("name", ["empty_form", "asciihex_flate"])
def test_a_stream_that_shows_nothing_does_no_harm(name):
    """An empty form, or one packed twice, reads as the file without it."""
    path = CASES / f"pdf_empty_stream/{name}.pdf"
    assert read_file(path).text == read_file(CONTROL).text


def with_stream(filters: bytes, content: bytes, kind: bytes = b"") -> bytes:
    """The control file with one more stream, which no page shows."""
    stream = b"90 0 obj\n<< /Filter [%s] %s >>\nstream\n%s\nendstream\nendobj\n" % (
        filters,
        kind,
        content,
    )
    raw = CONTROL.read_bytes()
    return raw.replace(b"xref\n", stream + b"xref\n", 1)


@settings(max_examples=20, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["/Fl", "/FlateDecode"]), st.integers(0, 2))
@example(b"", "/FlateDecode", 0)
def test_streams_packed_in_any_order_are_whole(content, flate, times):
    """Hexadecimal over Flate, once or twice: nothing is taken for damage."""
    packed, filters = zlib.compress(content), flate
    for _ in range(times):
        packed, filters = binascii.hexlify(packed) + b">", "/ASCIIHexDecode " + filters
    assert read(with_stream(filters.encode(), packed)) == read(CONTROL.read_bytes())


@given(st.binary(min_size=4, max_size=40))
def test_a_broken_stream_is_damage_wherever_it_is_packed(content):
    """Bytes that no unpacking takes are refused; of what holds no text they are not looked at."""
    broken = b"\xff\xfe" + content
    assume(b"endstream" not in broken)
    with pytest.raises(DamagedFile, match="a part is broken"):
        read(with_stream(b"/FlateDecode", broken))
    hexed = binascii.hexlify(broken) + b">"
    with pytest.raises(DamagedFile, match="a part is broken"):
        read(with_stream(b"/ASCIIHexDecode /FlateDecode", hexed))
    assert read(with_stream(b"/FlateDecode", broken, b"/Type /Metadata"))
