"""What can be asked of a sheet, checked when it is asked."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, get_args

from layers.words import Language, caption

if TYPE_CHECKING:
    from layers.base import Box

FORMATS = ("png", "svg", "pdf", "pptx")
SHEET_MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
}
# Millimetres, across. ``free`` takes width and height from the options.
PAPERS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0), "wide": (338.7, 190.5), "free": (0.0, 0.0)}
DPIS = (96, 150, 300)
LABELS = ("auto", "names", "numbers", "none")
EXTENTS = ("selection", "city")
ATLAS_FORMATS = ("pdf", "pptx")
ATLASES = ("", "unit", "strategy", "township", "project")
SHEET_LONGEST = {"title": 120, "subtitle": 300, "address": 300, "extent": 100}
SHEET_CHOICES: dict[str, tuple[object, ...]] = {
    "format": FORMATS,
    "paper": tuple(PAPERS),
    "dpi": DPIS,
    "labels": LABELS,
    "atlas": ATLASES,
    "language": get_args(Language),
}
SMALLEST_MM, LARGEST_MM, MOST_DOTS = 120.0, 1500.0, 150_000_000
# A map of less than this many degrees (some fifty metres) shows nothing that is known here.
LEAST_SPAN = 0.0005
# Where the 3-degree zones of CGCS2000 are, in which sheets are drawn.
CHINA = (73.5, 0.0, 136.5, 60.0)
_EDGES = 4


class BadSheet(ValueError):  # noqa: N818 - it names what is wrong
    """An option of a sheet that cannot be fulfilled; the message says why in one line."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(caption(key, "en", **values))
        self.key, self.values = key, values

    def said(self, language: Language) -> str:
        """Return the message in a language."""
        return caption(self.key, language, **self.values)


@dataclass(frozen=True)
class SheetOptions:
    """What a sheet shall be.

    Attributes
    ----------
    format, paper, labels, atlas
        One of ``SHEET_CHOICES``.
    upright
        Whether the paper stands; a slide and a free size are as they are.
    width_mm, height_mm
        Of the free size.
    dpi
        Of the picture, in PNG and on a slide.
    extent
        ``selection``, ``city``, the name of a township, or ``west,south,east,north`` in degrees,
        EPSG:4326.
    title, subtitle
        Empty for the usual title and the selection in words.
    grid, inset
        Whether degrees are drawn over the map, and whether a small map says where this is.
    quoted
        Whether what a search hit only by a quote is in too, where other things are hit by name.
    slides
        Whether a PPTX has one more slide for each project.
    date
        The day that is printed as that of making, ``2026-11-30``; empty for none.
    address
        Base address under which others reach the app; without it there is no QR code.

    Raises
    ------
    BadSheet
        An option is unknown, out of its range or too long.
    """

    format: str = "png"
    paper: str = "a4"
    upright: bool = False
    width_mm: float = 0.0
    height_mm: float = 0.0
    dpi: int = 150
    extent: str = "selection"
    title: str = ""
    subtitle: str = ""
    grid: bool = False
    inset: bool = True
    labels: str = "auto"
    quoted: bool = False
    slides: bool = False
    atlas: str = ""
    date: str = ""
    address: str = ""
    language: Language = "zh"

    def __post_init__(self) -> None:
        _check_choices(self)
        _check_lengths(self)
        _check_size(self)
        _check_date(self.date)
        if self.address and not self.address.startswith(("http://", "https://")):
            raise BadSheet("sheet_bad_address", value=self.address)
        if self.box:
            _check_box(self.box)

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the paper in millimetres."""
        if self.paper == "free":
            return self.width_mm, self.height_mm
        width, height = PAPERS[self.paper]
        return (height, width) if self.upright and self.paper != "wide" else (width, height)

    @property
    def box(self) -> Box | None:
        """West, south, east, north in degrees where the extent is given so, else None."""
        if self.extent.count(",") != _EDGES - 1:
            return None
        west, south, east, north = (_number(part) for part in self.extent.split(","))
        return west, south, east, north


def _check_choices(options: SheetOptions) -> None:
    for name, allowed in SHEET_CHOICES.items():
        if (value := getattr(options, name)) not in allowed:
            names = ", ".join(str(each) for each in allowed if each)
            raise BadSheet("sheet_bad_choice", name=name, value=value, known=names)
    if options.atlas and options.format not in ATLAS_FORMATS:
        raise BadSheet("sheet_bad_atlas", format=options.format)


def _check_lengths(options: SheetOptions) -> None:
    for name, most in SHEET_LONGEST.items():
        if (length := len(getattr(options, name))) > most:
            raise BadSheet("sheet_bad_length", name=name, length=length, most=most)


def _check_size(options: SheetOptions) -> None:
    for side in options.size_mm:
        if not SMALLEST_MM <= side <= LARGEST_MM:  # NaN too is not between them
            raise BadSheet("sheet_bad_size", value=side, least=SMALLEST_MM, most=LARGEST_MM)
    width, height = options.size_mm
    if width * height * (options.dpi / 25.4) ** 2 > MOST_DOTS:
        raise BadSheet("sheet_bad_dots", dpi=options.dpi)


def _check_date(text: str) -> None:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError:
        raise BadSheet("sheet_bad_date", value=text) from None


def _check_box(box: Box) -> None:
    west, south, east, north = box
    if not all(math.isfinite(edge) for edge in box):
        raise BadSheet("sheet_bad_box_number")
    if east - west < LEAST_SPAN or north - south < LEAST_SPAN:
        raise BadSheet("sheet_bad_box_order")
    if west < CHINA[0] or south < CHINA[1] or east > CHINA[2] or north > CHINA[3]:
        raise BadSheet("sheet_bad_box_place")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
