"""Why a file cannot be shown as a layer: the kind of trouble, its true cause and a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.words import caption

if TYPE_CHECKING:
    from layers.words import Language


class WrongOverlay(ValueError):  # noqa: N818 - it names what is wrong
    """A file that cannot be shown as a layer.

    Parameters
    ----------
    cause
        ``layer_`` and it is the key of the caption that names the cause and a way out.
    about
        What fills the caption's blanks: names and figures, no sentences.
    """

    def __init__(self, cause: str, **about: object) -> None:
        self.cause, self.about = cause, about
        super().__init__(self.told("en"))

    def told(self, language: Language) -> str:
        """Return the cause and the way out as one line in a language."""
        return " ".join(caption(f"layer_{self.cause}", language, **self.about).split())


class UnknownOverlay(WrongOverlay):
    """It is none of the formats that are read."""


class DamagedOverlay(WrongOverlay):
    """It is of a known format, but broken or incomplete."""


class OverlayTooLarge(WrongOverlay):
    """The file, what it unpacks to, or what it holds is too much for a map in a browser."""


class OverlayWithoutCrs(WrongOverlay):
    """Nothing says in which coordinate system its numbers are."""


class OverlayWithoutGeometry(WrongOverlay):
    """It holds records, but nothing that could be drawn."""


class EmptyOverlay(WrongOverlay):
    """It holds nothing at all."""
