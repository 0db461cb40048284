"""The legend of a sheet: only what is shown, with counts, set in as many columns as fit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from layers.drawing import draw_legend
from layers.sheets.lettering import width, wrapped
from layers.sheets.signs import draw_certainty, draw_known_alone, draw_sign, draw_swatch

if TYPE_CHECKING:
    from layers.sheets.frame import Rect, Spot
    from layers.sheets.layout import Layout
    from layers.sheets.lettering import Letters
    from layers.sheets.options import SheetOptions
    from layers.sheets.paper import Paper
    from layers.sheets.subject import Seen, Subject

_SIZES = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58)
_SIGN, _GAP = 1.0, 1.7  # width of a sign and of the gap behind a column, in lines
_AFTER = 0.55  # lines left free behind a group
_MOST_COLUMNS = 4
_BESIDE = 0.45  # lines between a sign and its text
_MOST_LINES = 3  # of one text
# What is left out of a slide's legend where it has no room for all, first things first.
_LEFT_OUT = ("category", "sign")
_OF_SIGNS = ("category", "known")


@dataclass(frozen=True)
class _Setting:
    """A legend set in letters of a size, with the columns of each group."""

    groups: list[dict[str, Any]]
    columns: list[int]
    body: Letters
    heading: Letters
    width: float

    @property
    def line(self) -> float:
        return self.body.line * 1.16

    @property
    def height(self) -> float:
        rows = sum(
            self.rows(group, columns) + 1 + _AFTER
            for group, columns in zip(self.groups, self.columns, strict=True)
        )
        return rows * self.line

    def rows(self, group: dict[str, Any], columns: int) -> int:
        """Return how many lines a group has below its title; in one column texts are wrapped."""
        if columns > 1:
            return math.ceil(len(group["items"]) / columns)
        return sum(len(self.lines(item, self.width)) for item in group["items"])

    def lines(self, item: dict[str, Any], wide: float) -> list[str]:
        """Return the text of an item in lines that leave room for sign and count."""
        room = wide - (_SIGN + _BESIDE) * self.body.line - width(f" {item['count']}", self.body)
        return wrapped(item["text"], self.body, room, _MOST_LINES)


def legend_groups(
    subject: Subject, seen: Seen, options: SheetOptions, *, dots: bool
) -> list[dict[str, Any]]:
    """Return the groups of a legend that have an item, as ``draw_legend`` describes them.

    Where dots stand for the signs there are no shapes and no marks to explain.
    """
    ids = {row.id for _, rows in seen.badges for row in rows} | set(seen.things["id"])
    table = subject.shown[subject.shown["id"].isin(ids)] if ids else subject.shown.iloc[:0]
    groups = draw_legend(table, options.language)["groups"]
    return [
        group for group in groups if group["items"] and not (dots and group["kind"] in _OF_SIGNS)
    ]


def draw_legend_on(paper: Paper, groups: list[dict[str, Any]], layout: Layout) -> None:
    """Draw the legend into its box, with the largest letters that fit."""
    box = layout.legend_box
    setting = _set(groups, layout)
    while setting.height > box.height and (left := _shorter(groups, layout)):
        setting = _set(groups := left, layout)
    at, gap = box.top, _GAP * setting.body.line
    for group, columns in zip(groups, setting.columns, strict=True):
        at -= setting.line
        paper.write((box.left, at + setting.line * 0.3), group["title"], setting.heading)
        rows, step = setting.rows(group, columns), (box.width + gap) / columns
        column = row = 0
        for item in group["items"]:
            spot = box.left + column * step, at - (row + 0.5) * setting.line
            row += _draw_item(paper, (group["kind"], item), spot, (setting, step - gap))
            if row >= rows:
                column, row = column + 1, 0
        at -= (rows + _AFTER) * setting.line


def _shorter(groups: list[dict[str, Any]], layout: Layout) -> list[dict[str, Any]]:
    """Return the groups without the one that a slide can do without first; none on paper.

    Shapes are explained behind the register of a slide, and how sure a place is in its notes.
    """
    kinds = [kind for kind in _LEFT_OUT if any(group["kind"] == kind for group in groups)]
    return [group for group in groups if layout.least and kinds and group["kind"] != kinds[0]]


def _set(groups: list[dict[str, Any]], layout: Layout) -> _Setting:
    box, letters = layout.legend_box, layout.letters
    for size in (one for one in _SIZES if letters.body.size * one >= layout.least):
        body, heading = letters.body.scaled(size), letters.heading.scaled(size)
        for most in range(1, _MOST_COLUMNS + 1):
            columns = [min(most, _fitting(group, body, box)) for group in groups]
            setting = _Setting(groups, columns, body, heading, box.width)
            if setting.height <= box.height:
                return setting
    return setting


def _fitting(group: dict[str, Any], body: Letters, box: Rect) -> int:
    widest = max(_wide(item, body) for item in group["items"])
    return max(1, int((box.width + _GAP * body.line) / (widest + _GAP * body.line)))


def _wide(item: dict[str, Any], body: Letters) -> float:
    return (_SIGN + _BESIDE * 2) * body.line + width(f"{item['text']} {item['count']}", body)


def _draw_item(paper: Paper, what: tuple[str, Any], at: Spot, room: tuple[_Setting, float]) -> int:
    """Draw a sign with its text and count, and return how many lines they take."""
    (kind, item), (setting, wide), (left, middle) = what, room, at
    body = setting.body
    spot, size = (left + body.line * _SIGN / 2, middle), body.line * _SIGN
    if kind == "stage":
        draw_swatch(paper, item["code"], spot, size * 0.85)
    elif kind == "known":
        draw_known_alone(paper, item["code"], spot, size * 1.9)
    elif kind == "category":
        draw_sign(paper, (item["code"], "unspecified"), spot, size)
    else:
        draw_certainty(paper, item["code"], spot, size * 0.9)
    base, start = middle - body.height * 0.42, left + body.line * (_SIGN + _BESIDE)
    lines = setting.lines(item, wide)
    for number, line in enumerate(lines):
        paper.write((start, base - number * setting.line), line, body)
    paper.write((left + wide, base), str(item["count"]), body, ha="right")
    return len(lines)
