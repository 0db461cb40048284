"""The legend of a picture: only what is shown, with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layers.sheet import DPI, MAP, SIZE
from layers.strokes import draw_certainty, draw_sign, draw_swatch
from layers.symbols import base_colour

if TYPE_CHECKING:
    from layers.sheet import Sheet

_LEFT, _TEXT, _RIGHT = 0.785, 0.806, 0.975  # shares of the sheet's width
_TOP = MAP[1] + MAP[3]
_ROW, _MOST = 0.0225, 36  # a line's share of the height, and how many fit
_SCALE = 0.78


def draw_legend_on(sheet: Sheet, legend: dict[str, Any]) -> None:
    """Draw a legend, as ``draw_legend`` describes it, beside the map of a sheet."""
    groups = [group for group in legend["groups"] if group["items"]]
    lines = sum(len(group["items"]) + 2 for group in groups)
    step = _ROW * min(1.0, _MOST / max(lines, 1))
    at = _TOP - 0.012
    for group in groups:
        sheet.write(_LEFT - 0.006, at, group["title"], 9, color=base_colour("town"), va="center")
        for number, item in enumerate(group["items"], 1):
            _draw_item(sheet, group["kind"], item, at - number * step)
        at -= (len(group["items"]) + 1.7) * step


def _draw_item(sheet: Sheet, kind: str, item: dict[str, Any], at: float) -> None:
    middle = _LEFT * SIZE[0] * DPI, at * SIZE[1] * DPI
    if kind == "stage":
        draw_swatch(sheet.figure, item["code"], middle)
    elif kind == "category":
        draw_sign(sheet.figure, (item["code"], "unspecified"), middle, _SCALE)
    else:
        draw_certainty(sheet.figure, item["code"], middle)
    sheet.write(_TEXT, at, item["text"], 9, va="center")
    sheet.write(_RIGHT, at, str(item["count"]), 9, va="center", ha="right")
