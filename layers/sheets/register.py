"""The register of a sheet as strips: in full as a table, in full as cards, or names alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from layers.sheets import facts
from layers.sheets.lettering import Letters, widest_piece, width
from layers.sheets.strips import Mark, Strip, fitted_widths, set_cell, set_paragraphs
from layers.words import caption, codes, label, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from layers.sheets.facts import About
    from layers.sheets.groups import Group
    from layers.sheets.layout import Layout
    from layers.sheets.strips import Cell

_COLUMNS: dict[str, Callable[[Any, About], str]] = {
    "name": lambda row, _: row.title,
    "status": facts.status,
    "known": facts.known,
    "units": facts.units,
    "due": facts.due,
    "townships": facts.townships,
    "lines": facts.lines,
}
# Where a project has nothing to say in a column.
_NOTHING = "–"
# No column of long texts is less wide than this, millimetres on A4.
_LEAST = 20.0
# Words longer than so many of these are cut.
_MOST_WORD = 1.6
_GAP = 3.0  # millimetres between columns on A4
# Millimetres for sign and number, for the words of a card, and for a name alone.
GUTTER, _CARD, _NAME = 9.0, 50.0, 32.0


class Table(NamedTuple):
    """A register as a table: header, rows under their headings, and widths of the columns."""

    header: Strip
    strips: tuple[Strip, ...]
    widths: tuple[float, ...]


def table(
    groups: Sequence[Group], numbers: Mapping[str, int], about: About, room: tuple[float, Layout]
) -> Table:
    """Return the whole register as a table that is as wide as the room in millimetres.

    After the projects stand the documents and the pages that are cited, by what they are cited as.
    """
    wide, layout = room
    gutter, gap = GUTTER * layout.scale, _GAP * layout.scale
    rows = [row for group in groups for row in group.rows]
    texts = {name: [say(row, about) or _NOTHING for row in rows] for name, say in _COLUMNS.items()}
    heads = [caption(f"sheet_column_{name}", about.language) for name in _COLUMNS]
    letters = layout.letters
    lines = [
        [width(text, letters.tiny) / layout.filled + gap for text in row]
        for row in zip(*texts.values(), strict=True)
    ]
    bold = replace(letters.tiny, bold=True)
    lines.append([width(head, bold) / layout.filled + gap for head in heads])
    least = [_least(*some, layout) for some in zip(heads, texts.values(), strict=True)]
    widths = tuple(fitted_widths(np.array(lines), np.array(least), wide - gutter))
    rooms = [(each - gap) * layout.filled for each in widths]
    by_row = dict(zip((row.id for row in rows), zip(*texts.values(), strict=True), strict=True))
    strips = [
        strip
        for group in groups
        for strip in (
            _heading(group, wide, layout, about),
            *(_row(row, by_row[row.id], numbers, (rooms, layout)) for row in group.rows),
        )
    ]
    header = _cells(
        heads, rooms, [Letters(letters.tiny.size, bold=True, colour="town")] * len(heads)
    )
    return Table(
        Strip(header, letters.tiny.line, 1.2 * layout.scale),
        (*strips, *_shapes(rows, about, (wide, layout)), *_cited(rows, about, (wide, layout))),
        widths,
    )


def _least(head: str, texts: Sequence[str], layout: Layout) -> float:
    """Return the least width of a column: no word of usual length is cut in it."""
    least, letters = _LEAST * layout.scale, layout.letters.tiny
    words = [widest_piece(text, letters) for text in texts]
    word = max(*words, widest_piece(head, replace(letters, bold=True)), 0.0) / layout.filled
    return max(least, min(word + _GAP * layout.scale, least * _MOST_WORD))


def cards(
    groups: Sequence[Group], numbers: Mapping[str, int], about: About, layout: Layout
) -> tuple[Strip, ...]:
    """Return the whole register as cards, to stand beside a map."""
    wide = _CARD * layout.scale * layout.filled
    return tuple(
        strip
        for group in groups
        for strip in (
            _heading(group, wide + GUTTER * layout.scale, layout, about),
            *(_card(row, numbers, about, (wide, layout)) for row in group.rows),
        )
    )


def names(
    groups: Sequence[Group], numbers: Mapping[str, int], about: About, layout: Layout
) -> tuple[Strip, ...]:
    """Return numbers and names alone, for a map whose register has pages of its own."""
    return tuple(
        strip for group in groups if group.rows for strip in _names(group, numbers, about, layout)
    )


def _names(
    group: Group, numbers: Mapping[str, int], about: About, layout: Layout
) -> tuple[Strip, ...]:
    letters, wide = layout.letters.tiny, _NAME * layout.scale * layout.filled
    ink = Letters(letters.size)
    listed = sorted(group.rows, key=lambda row: numbers.get(row.id, 0))
    title = noted(group.title, f"{len(listed)}", about.language)
    heading = layout.letters.heading
    again = caption("sheet_continued", about.language, title=title)
    room = wide + GUTTER * layout.scale
    head = Strip(
        (set_cell(title, heading, room),),
        heading.line,
        0.6 * layout.scale,
        heading=True,
        again=set_cell(again, heading, room),
    )
    return (
        head,
        *(
            Strip(
                (set_cell(row.title, ink, wide),),
                letters.line,
                0.1 * layout.scale,
                mark=_mark(row, numbers),
                rule=False,
            )
            for row in listed
        ),
    )


def cards_width(scale: float) -> float:
    """Return how wide a column of cards is."""
    return (GUTTER + _CARD) * scale


def names_width(scale: float) -> float:
    """Return how wide a column of names is."""
    return (GUTTER + _NAME) * scale


def _heading(group: Group, wide: float, layout: Layout, about: About) -> Strip:
    letters, wide = layout.letters.heading, wide * layout.filled
    title = noted(group.title, f"{len(group.rows)}", about.language)
    again = caption("sheet_continued", about.language, title=group.title)
    return Strip(
        (set_cell(title, letters, wide),),
        letters.line * 1.18,
        0.6 * layout.scale,
        heading=True,
        again=set_cell(again, letters, wide),
    )


def _row(
    row: Any, texts: Sequence[str], numbers: Mapping[str, int], how: tuple[Sequence[float], Layout]
) -> Strip:
    rooms, layout = how
    plain, name = layout.letters.tiny, Letters(layout.letters.tiny.size)
    letters = [name, *[plain] * (len(texts) - 1)]
    cells = _cells(texts, rooms, letters)
    return Strip(cells, plain.line, 1.1 * layout.scale, mark=_mark(row, numbers))


def _card(row: Any, numbers: Mapping[str, int], about: About, how: tuple[float, Layout]) -> Strip:
    wide, layout = how
    letters = layout.letters.tiny
    name = Letters(letters.size * 1.06, bold=True)
    became = facts.known(row, about)
    said = caption("sheet_known_short", about.language, words=became) if became else ""
    paragraphs = (
        (row.title, name),
        (facts.status(row, about), letters),
        (said, Letters(letters.size)),
        (facts.units(row, about), letters),
        (_small_print(row, about), letters),
    )
    cell = set_paragraphs([(text, each) for text, each in paragraphs if text], wide)
    return Strip((cell,), letters.line, 1.4 * layout.scale, mark=_mark(row, numbers))


def _small_print(row: Any, about: About) -> str:
    due = facts.due(row, about)
    parts = [
        caption("sheet_due_short", about.language, years=due) if due else "",
        facts.townships(row, about),
        facts.lines(row, about),
    ]
    return " · ".join(part for part in parts if part)


def _cited(rows: Sequence[Any], about: About, how: tuple[float, Layout]) -> Iterable[Strip]:
    """Return what stands behind a register: the documents, and the pages that tell outcomes."""
    wide, layout = how[0] * how[1].filled, how[1]
    documents = [facts.document_entry(name, about) for name in facts.named_documents(rows, about)]
    pages = dict.fromkeys(one["source"] for row in rows for one in row.known_outcomes)
    found = {"sheet_documents_cited": documents, "sheet_pages_cited": list(pages)}
    for key, texts in found.items():
        letters = layout.letters.heading
        title = set_cell(caption(key, about.language), letters, wide)
        if texts:
            yield Strip((title,), letters.line, layout.scale, heading=True, again=title)
        for text in texts:
            cell = set_cell(text, layout.letters.tiny, wide - GUTTER * layout.scale)
            # across all columns, as a heading is, but not repeated
            yield Strip((cell,), layout.letters.tiny.line, 0.4 * layout.scale, rule=False)


def _shapes(rows: Sequence[Any], about: About, how: tuple[float, Layout]) -> Iterable[Strip]:
    """Return what the shapes of signs mean, for a slide: its map's legend may have no room."""
    wide, layout = how[0] * how[1].filled, how[1]
    shown = {row.category for row in rows}
    if not layout.least or not shown:
        return
    letters = layout.letters.heading
    title = set_cell(caption("legend_category", about.language), letters, wide)
    yield Strip((title,), letters.line, layout.scale, heading=True, again=title)
    for code in (one for one in codes("category") if one in shown):
        text = label("category", code, about.language)
        cell = set_cell(text, Letters(layout.letters.tiny.size), wide - GUTTER * layout.scale)
        mark = Mark("sign", code, "unspecified")
        yield Strip((cell,), layout.letters.tiny.line, 0.4 * layout.scale, mark=mark, rule=False)


def _cells(
    texts: Sequence[str], rooms: Sequence[float], letters: Sequence[Letters]
) -> tuple[Cell, ...]:
    return tuple(map(set_cell, texts, letters, rooms))


def _mark(row: Any, numbers: Mapping[str, int]) -> Mark:
    return Mark("sign", row.category, row.stage, numbers.get(row.id, 0))
