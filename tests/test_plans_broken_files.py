"""Files that cannot be read: each says in one line what is wrong and what to do."""

from __future__ import annotations

import ast
import io
import re
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.review import detail
from plans.formats import LARGEST, SUFFIXES, read_file
from plans.formats.content import _FIRST_BYTES, _PARTS
from plans.formats.errors import (
    DamagedFile,
    EmptyFile,
    NoText,
    ProtectedFile,
    TooLarge,
    UnknownEncoding,
    UnknownSuffix,
    WrongSuffix,
    because,
)
from plans.formats.file import _OWN_PROGRAM
from store import DATA, ROOT, BrokenFile, MissingFile, NotUtf8, read_table
from tests import files
from tests.files import OPENING, PLANS

# Names that stand in a Chinese text too, and errors that are caught where they are raised.
PROGRAMS = {"PDF", "Word", "Excel", "WPS", "OCR", "UTF", "GB", "MB", "RTF", "OpenDocument"}
OUR_OWN = {"ValueError", "TypeError"}
# What makes such an error for others to raise.
MAKERS = {"because", "stopped_as_broken", "broken_as_said", "_senseless"}
WORD, SHEET, PDF = PLANS["a.docx"](), PLANS["a.xlsx"](), PLANS["a.pdf"]()


def bomb():
    """A Word document whose text unpacks to a thousand times its size."""
    return files.repacked(WORD, "word/document.xml", lambda xml: xml + b" " * 30_000_000)


def entities():
    """A Word document that points to another file."""
    declared = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:secret.txt">]>'
    return files.repacked(
        WORD, "word/document.xml", lambda xml: xml.replace(b"?>", b"?>" + declared, 1)
    )


def torn():
    """A PDF with a broken stream."""
    start = PDF.index(b"stream") + 8
    return PDF[:start] + b"!" * 20 + PDF[start + 20 :]


def pdf_bomb():
    """A PDF whose page unpacks to a thousand times its size."""
    packed = zlib.compress(b" " * 210_000_000, 1)
    stream = b"1 0 obj\n<< /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\n"
    return PDF.replace(b"xref\n", stream + b"xref\n", 1)


LOCKED_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
BIG5 = ("建設青溪大道，開工石橋路，加固水庫。" * 3).encode("big5")
BROKEN = {
    "nothing": ("a.txt", lambda: b"", EmptyFile, "empty"),
    "blanks": ("a.txt", lambda: b" \n\n", EmptyFile, "empty"),
    "empty Word": ("a.docx", lambda: files.word(lambda _: None), EmptyFile, "empty"),
    "empty sheet": ("a.xlsx", lambda: files.workbook(lambda _: None), EmptyFile, "empty"),
    "only script": ("a.html", lambda: b"<html><script>a()</script>", EmptyFile, "empty"),
    "old Word": ("a.doc", lambda: b"a", UnknownSuffix, "save it as .docx"),
    "unknown": ("a.xyz", lambda: b"a", UnknownSuffix, "save it as one of"),
    "no suffix": ("plan", lambda: b"a", UnknownSuffix, "no suffix"),
    "PDF as Word": ("a.docx", lambda: PDF, WrongSuffix, "name it .pdf"),
    "text as PDF": ("a.pdf", "计划".encode, WrongSuffix, "name it .txt"),
    "page as text": ("a.txt", lambda: b"<!DOCTYPE html><p>a</p>", WrongSuffix, "name it .html"),
    "text as page": ("a.html", "计划".encode, WrongSuffix, "name it .txt"),
    "Word as sheet": ("a.xlsx", lambda: WORD, WrongSuffix, "name it .docx"),
    "sheet as text": ("a.txt", lambda: SHEET, WrongSuffix, "name it .xlsx"),
    "old as new": ("a.docx", lambda: LOCKED_OFFICE[:8], WrongSuffix, "old Word or Excel"),
    "picture": ("a.pdf", lambda: b"\x89PNG\r\n\x1a\n", WrongSuffix, "OCR"),
    "binary": ("a.txt", lambda: b"a\x00b", WrongSuffix, "no text"),
    "locked Word": ("a.docx", lambda: LOCKED_OFFICE, ProtectedFile, "without one"),
    "locked PDF": ("a.pdf", lambda: files.drawn(files.scan, "x"), ProtectedFile, "without one"),
    "scan": ("a.pdf", lambda: files.drawn(files.scan), NoText, "OCR"),
    "blank page": ("a.pdf", lambda: files.drawn(lambda _: None), NoText, "OCR"),
    "mute font": ("a.pdf", lambda: PDF.replace(b"(GB1)", b"(ZZ9)"), NoText, "OCR"),
    "cut PDF": ("a.pdf", lambda: PDF[:2000], DamagedFile, "end is missing"),
    "torn PDF": ("a.pdf", torn, DamagedFile, "a part is broken"),
    "no PDF": ("a.pdf", lambda: b"%PDF-1.4 a\n%%EOF", DamagedFile, "save it again as .pdf"),
    "cut Word": ("a.docx", lambda: WORD[:3000], DamagedFile, "download it again"),
    "cut sheet": ("a.xlsx", lambda: SHEET[:3000], DamagedFile, "download it again"),
    "entities": ("a.docx", entities, DamagedFile, "declares"),
    "deep": ("a.html", lambda: b"<html>" + b"<div>" * 5000 + b"a", DamagedFile, "too deep"),
    "bomb": ("a.docx", bomb, TooLarge, "more than is safe"),
    "PDF bomb": ("a.pdf", pdf_bomb, TooLarge, "more than 200 MB"),
    "UTF-16": ("a.txt", lambda: "计划".encode("utf-16"), UnknownEncoding, "save it as UTF-8"),
    "Big5": ("a.txt", lambda: BIG5, UnknownEncoding, "save it as UTF-8"),
    "Latin": ("a.txt", lambda: "Plan für Ägäis".encode("latin-1"), UnknownEncoding, "UTF-8"),
    "one bad byte": ("a.txt", lambda: OPENING.encode() + b"\n\xff\n", NotUtf8, "line 3"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_says_why_and_what_to_do(case):
    """Each kind of trouble is a named error of one line that says what to do."""
    name, make, kind, words = BROKEN[case]
    with pytest.raises(kind, match=words) as caught:
        read_file(Path(name), make())
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)
    assert type(caught.value) is kind


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_says_so_in_both_languages(case):
    """Under a Chinese heading stands a Chinese cause: no English word but the names of programs."""
    name, make, kind, _ = BROKEN[case]
    with pytest.raises(kind) as caught:
        read_file(Path(name), make())
    said = detail(caught.value, "zh")
    assert re.search("[一-鿿]{4}", said)
    for named in (name, *map(str, caught.value.cause.values.values())):
        said = said.replace(named, "")
    assert set(re.findall(r"(?<![.\w])[A-Za-z]{2,}", said)) <= PROGRAMS
    assert detail(caught.value, "en") == caught.value.args[0]


def test_every_cause_has_words_in_both_languages():
    """Nothing in the room of formats raises an error whose cause has no caption, or has no use."""
    captions = {
        row["key"]: row
        for row in read_table(DATA / "captions.csv", ["key", "zh", "en"])
        if row["key"].startswith("cause_file_")
    }
    used = set()
    for path in sorted((ROOT / "plans" / "formats").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for raised in (one.exc for one in ast.walk(tree) if isinstance(one, ast.Raise)):
            if isinstance(raised, ast.Call) and raised.func.id not in OUR_OWN:
                assert raised.func.id in MAKERS, f"{path.name}:{raised.lineno}"
        used |= {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)}
    found = {name for _, name in (*_FIRST_BYTES, *_PARTS)} | {"text", "html", "binary"}
    used |= {f"is_{name.replace(' ', '_')}" for name in found}
    used |= {"damaged", *(f"damaged_{kind}" for kind in _OWN_PROGRAM)}
    used |= {f"too_many_{what}" for what in ("signs", "lines", "line_signs")}
    used |= {f"page_{what}" for what in ("signs", "forms", "paths")}
    used |= {f"reading_{cause}" for cause in ("time", "memory", "crash", "answer", "busy")}
    codes = {key.removeprefix("cause_file_") for key in captions}
    assert codes <= used
    assert {f"is_{name.replace(' ', '_')}" for name in found} <= codes
    for row in captions.values():
        blanks = [set(re.findall(r"{(\w+)}", row[language])) for language in ("zh", "en")]
        assert blanks[1] - blanks[0] <= {"error"}
        assert blanks[0] <= blanks[1]
    with pytest.raises(KeyError):
        because(DamagedFile, Path("a.txt"), "nothing_like_it")


def test_a_file_over_the_limit_is_not_even_opened(tmp_path):
    """Its size alone is enough to refuse it; a missing file is named as such."""
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(TooLarge, match="limit is 50 MB"):
        read_file(path)
    with pytest.raises(MissingFile):
        read_file(tmp_path / "b.txt")


def test_sizes_add_up_over_all_parts():
    """A package of many parts, each harmless, is refused for their sum."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for number in range(45):
            package.writestr(f"word/{number}.xml", b" " * 4_900_000)
    with pytest.raises(TooLarge, match="220 MB"):
        read_file(Path("a.docx"), out.getvalue())


WHOLE = {".docx": WORD, ".xlsx": SHEET, ".pdf": PDF}


@settings(max_examples=30)
@given(st.sampled_from(sorted(WHOLE)), st.floats(0, 0.99))
def test_a_file_cut_short_is_never_read_in_part(suffix, share):
    """Wherever a download broke off, nothing of the file is taken."""
    raw = WHOLE[suffix]
    with pytest.raises(BrokenFile):
        read_file(Path("a" + suffix), raw[: int(len(raw) * share)])


@given(
    st.sampled_from(sorted(SUFFIXES)),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]),
    st.binary(max_size=200),
)
def test_any_bytes_give_text_or_a_named_error(suffix, first, raw):
    """No bytes under any suffix break the reading in another way."""
    try:
        text = read_file(Path("a" + suffix), first + raw + b"%%EOF").text
    except BrokenFile as error:
        text = str(error)
    assert text.strip()


@pytest.mark.parametrize("case", ["unknown", "cut PDF", "scan", "bomb", "Big5", "locked PDF"])
def test_extract_tells_trouble_in_one_line(tmp_path, case):
    """The command line ends with 2, one line on the error stream, and no output."""
    name, make, _, words = BROKEN[case]
    (tmp_path / name).write_bytes(make())
    out = tmp_path / "out.csv"
    done = files.command("extract", tmp_path / name, "--format", "csv", "--out", out)
    assert (done.returncode, done.stdout, out.exists()) == (2, "", False)
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
