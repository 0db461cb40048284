"""Both truths of a thing side by side: what the plans say, and what is known beside them."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from layers.corrected import corrected_mark
from layers.lines import as_of_line
from layers.marks import stage_chip
from layers.outcomes_shown import due_line, known_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.words import Language

_LINES: dict[str, Callable[[Any, Language], str]] = {
    "known": known_line,
    "due": due_line,
    "corrected": corrected_mark,
}


def truth_lines(row: Any, language: Language) -> list[str]:
    """Return what stands beside the stage of a row: what is known, what is due, what was corrected.

    Empty where there is nothing of these.
    """
    return [line for show in _LINES.values() if (line := show(row, language))]


def truths_html(row: Any, language: Language) -> str:
    """Return the stage that the plans give a row and what stands beside it, as escaped HTML."""
    beside = "".join(
        f'<br><span class="pm-truth pm-truth-{name}">{escape(line)}</span>'
        for name, show in _LINES.items()
        if (line := show(row, language))
    )
    said = f"{stage_chip(row.stage, language)} {escape(as_of_line(row, language))}"
    return f'<span class="pm-truths">{said}{beside}</span>'
