"""HTML as printed: visible text, headings marked with ``#``, tables as rows; nothing is run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree, html

from plans.formats.errors import DamagedFile, because
from plans.formats.rows import MERGED, WIDEST, one_line, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# what a browser does not print, and what stands on every page of a site
_UNPRINTED = (
    *("script", "style", "noscript", "template", "iframe", "frame", "object", "embed", "applet"),
    *("canvas", "svg", "audio", "video", "select", "textarea", "button", "datalist", "map"),
    *("nav", "footer", "aside", "rt", "rp"),
)
_HIDDEN = "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')]"
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCKS = {
    *("address", "article", "blockquote", "body", "br", "caption", "center", "dd", "details"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "form", "header", "hr", "html"),
    *("legend", "li", "main", "ol", "p", "pre", "section", "summary"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    *_HEADINGS,
}
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")


def read_html(path: Path, text: str) -> tuple[str, str]:
    """Return a page's printed lines and its title: the first main heading, else ``<title>``.

    Raises
    ------
    DamagedFile
        Elements stand in one another more than 2,000 deep.
    """
    root = _parsed(path, text)
    named = one_line(root.findtext(".//title") or "")
    for head in root.findall("head"):
        head.clear()
    heading = root.find(".//h1")
    title = " ".join(_flow(heading)) if heading is not None else ""
    return "\n".join(_flow(root)), title.strip("# ") or named


def _parsed(path: Path, text: str) -> html.HtmlElement:
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    root = html.document_fromstring(text.encode(), parser=parser)
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise because(DamagedFile, path, "nested_too_deep")
    etree.strip_elements(root, *_UNPRINTED, with_tail=False)
    for element in root.xpath(_HIDDEN):
        if element.getparent() is not None:
            element.drop_tree()
    return root


@dataclass
class _Flow:
    """The lines so far, the open line, and how it begins if it is a heading."""

    lines: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    mark: str = ""
    kept: int = 0  # how many <pre> are open

    def write(self, text: str | None) -> None:
        for number, part in enumerate((text or "").split("\n") if self.kept else [text or ""]):
            if number:
                self.end_line()
            self.open.append(part)

    def end_line(self) -> None:
        if line := _BLANKS.sub(" ", "".join(self.open)).strip(" \u3000"):
            self.lines.append(self.mark + line)
        self.open = []


def _flow(root: html.HtmlElement) -> list[str]:
    flow = _Flow()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            _leave(flow, element, inside=element is not root)
        elif element.tag == "table" and _has_rows(element):
            flow.end_line()
            flow.lines += table_lines(_rows(element))
            walk.skip_subtree()
        else:
            _enter(flow, element)
    flow.end_line()
    return flow.lines


def _enter(flow: _Flow, element: html.HtmlElement) -> None:
    if element.tag == "br" and flow.mark:
        flow.write(" ")
    elif element.tag in _BLOCKS:
        flow.end_line()
    flow.mark = _HEADINGS.get(str(element.tag), flow.mark)
    flow.kept += element.tag == "pre"
    flow.write(element.text)


def _leave(flow: _Flow, element: html.HtmlElement, *, inside: bool) -> None:
    if element.tag in _BLOCKS and element.tag != "br":
        flow.end_line()
    flow.mark = "" if element.tag in _HEADINGS else flow.mark
    flow.kept -= element.tag == "pre"
    if inside:
        flow.write(element.tail)


def _has_rows(table: html.HtmlElement) -> bool:
    """Tell a table from one that only lays out a page: that has one row, one column, or tables."""
    rows = list(table.iter("tr"))
    wide = any(len(_cells(row)) > 1 for row in rows)
    return wide and len(rows) > 1 and table.find(".//table") is None


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in {"td", "th"}]


def _rows(table: html.HtmlElement) -> Iterator[list[str]]:
    for caption in table.iterchildren("caption"):
        yield [" ".join(_flow(caption))]
    covered: dict[int, int] = {}  # column: how many rows below its cell still reaches into
    for row in table.iter("tr"):
        printed: list[str] = []
        reaching = dict(covered)
        for cell in _cells(row):
            while reaching.get(len(printed), 0) and len(printed) < WIDEST:
                printed.append(MERGED)
            across = min(_span(cell, "colspan"), WIDEST - len(printed))
            down = _span(cell, "rowspan") - 1
            covered |= dict.fromkeys(range(len(printed), len(printed) + across), down + 1)
            printed += [" ".join(_flow(cell)), *[""] * (across - 1)] if across else []
        covered = {column: rows - 1 for column, rows in covered.items() if rows > 1}
        yield printed


def _span(cell: html.HtmlElement, name: str) -> int:
    printed = (cell.get(name) or "").strip()
    return max(int(printed), 1) if re.fullmatch(r"[0-9]{1,5}", printed) else 1
