"""From paper to bytes: one writer for each format that is a single picture or page."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Any

from fontTools import subset
from fontTools.ttLib import TTFont
from matplotlib.backends.backend_pdf import PdfPages

from layers.font import FAMILY, font_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.sheets.paper import Paper

# The same sheet gives the same bytes: no day of making, no version of a library.
_NO_DATES = {"Creator": "planmap", "Producer": None, "CreationDate": None}
_WEIGHTS = {False: "normal", True: "bold"}


def to_png(paper: Paper, dpi: int) -> bytes:
    """Return a paper as PNG."""
    out = io.BytesIO()
    look: dict[str, Any] = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 2}}
    paper.figure.savefig(out, format="png", dpi=dpi, **look)
    return out.getvalue()


def to_svg(paper: Paper, title: str) -> bytes:
    """Return a paper as SVG whose text is text, with the font it needs inside."""
    out = io.StringIO()
    paper.figure.savefig(
        out, format="svg", metadata={"Date": None, "Creator": None, "Title": title}
    )
    return out.getvalue().replace("<defs>", f"<defs>\n{_font_style(paper)}", 1).encode()


def to_pdf(papers: Iterable[Paper], title: str) -> bytes:
    """Return papers as the pages of a PDF whose text is text, with the font embedded."""
    out = io.BytesIO()
    with PdfPages(out, metadata=_NO_DATES | {"Title": title}) as pages:
        for paper in papers:
            pages.savefig(paper.figure)
    return out.getvalue()


def _font_style(paper: Paper) -> str:
    faces = "".join(_face(paper, bold=bold) for bold in _WEIGHTS)
    return f'<style type="text/css">{faces}</style>'


def _face(paper: Paper, *, bold: bool) -> str:
    weight = _WEIGHTS[bold]
    texts = (text for text in paper.figure.texts if text.get_fontweight() == weight)
    letters = "".join(sorted(set("".join(text.get_text() for text in texts))))
    if not letters:
        return ""
    font = base64.b64encode(_cut_font(letters, bold=bold)).decode()
    source = f"url(data:font/woff2;base64,{font}) format('woff2')"
    return f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:{source}}}"


def _cut_font(letters: str, *, bold: bool) -> bytes:
    """Return the font with just these letters, as WOFF2."""
    font = TTFont(font_file(bold=bold), recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=[], hinting=False))
    cutter.populate(text=letters)
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
