"""Texts longer than a format can hold: cut with a mark that says so."""

from __future__ import annotations

from layers.words import Language, caption

_MORE = "…"
# The most signs that a cell of a workbook holds.
CELL = 32_767


def fitted_cell(text: str, language: Language) -> str:
    """Return a text for a cell; a longer one ends in words that say that it was cut."""
    if len(text) <= CELL:
        return text
    note = caption("cell_cut", language, length=len(text))
    return text[: CELL - len(note)] + note


def fitted_bytes(text: str, most: int) -> str:
    """Return a text of at most so many bytes of UTF-8; a longer one ends in an ellipsis."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - len(_MORE.encode())].decode(errors="ignore") + _MORE
