"""Signs and chips as HTML elements, for the page beside the map."""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from layers.outcomes import progress
from layers.symbols import base_colour, ink_on, known_mark, sign, stage_colour
from layers.words import Language, label


def sign_of(thing: Any, size: int = 22) -> str:
    """Return the sign of a row or history, marked with what is known of it, as HTML."""
    return sign_image(thing.category, thing.stage, size, known=progress(thing.known_stage))


def sign_image(category: str, stage: str, size: int = 22, *, known: str = "") -> str:
    """Return the sign of a category in the colour of a stage as an HTML image element.

    ``known`` is how far the thing is known to be, as ``progress`` gives it.

    The drawing stands in the element's own address: pages strip drawings that stand in the text.
    """
    drawn, fill, ink = sign(category), stage_colour(stage), base_colour("ink")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-15 -15 30 30">'
        f'<path d="{drawn.body}" fill="{fill}" stroke="{ink}"/>'
        f'<path d="{drawn.glyph}" fill="{ink_on(fill)}" fill-rule="evenodd"/>'
        f"{_mark(known) if known else ''}</svg>"
    )
    return f'<img alt="" width="{size}" height="{size}" src="data:image/svg+xml,{quote(svg)}">'


def _mark(known: str) -> str:
    mark = known_mark(known)
    return (
        f'<path d="{mark.disc}" fill="{mark.ground}" stroke="{base_colour("ink")}"/>'
        f'<path d="{mark.glyph}" fill="{mark.ink}"/>'
    )


def stage_chip(stage: str, language: Language) -> str:
    """Return a stage's name on its colour as an HTML element."""
    fill = stage_colour(stage)
    return (
        f'<span class="pm-chip" style="background:{fill};color:{ink_on(fill)}">'
        f"{escape(label('stage', stage, language))}</span>"
    )
