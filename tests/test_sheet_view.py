"""A sheet of what the web map shows: from the place in the address to an extent."""

from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import wgs84_to_gcj02
from layers.online import BaseMap
from layers.sheets.frame import Rect, open_frame
from layers.sheets.making import make_sheet, warning_of
from layers.sheets.options import SheetOptions
from layers.sheets.view import extent_of_place
from layers.words import LANGUAGES, Language, caption
from store import ROOT
from tests.test_sheet_files import subject, svg_texts

SIZE = (900, 660)
PLAIN = BaseMap("a", {"zh": "a", "en": "a"}, ("https://a/{z}/{x}/{y}",), "wgs84", 18, "a", "")


def pixels(lon: float, lat: float, zoom: float) -> tuple[float, float]:
    """Return where a position is in Web Mercator, in pixels from the upper left of the world."""
    world = 256 * 2**zoom
    north = math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))
    return (lon + 180) / 360 * world, (0.5 - north / math.tau) * world


@given(st.floats(19, 53), st.floats(80, 130), st.integers(8, 18))
def test_the_extent_is_what_the_screen_shows(lat: float, lon: float, zoom: int) -> None:
    """The edges are as many pixels apart as the map is large, about its middle."""
    box = SheetOptions(extent=extent_of_place(f"{lat:.5f},{lon:.5f},{zoom}", SIZE)).box
    assert box
    west, south, east, north = box
    (left, low), (right, high) = pixels(west, south, zoom), pixels(east, north, zoom)
    off = 256 * 2**zoom / 360 * 2e-5 + 1e-6
    assert right - left == pytest.approx(SIZE[0], abs=4 * off)
    assert low - high == pytest.approx(SIZE[1], abs=4 * off)
    assert (left + right) / 2 == pytest.approx(pixels(lon, lat, zoom)[0], abs=4 * off)


@pytest.mark.parametrize("at", ["", "x", "28,121", "nan,1,2", "91,121,10", "-33.9,151.2,12"])
def test_no_place_is_the_selection(at: str) -> None:
    """Before the map has moved, or where it shows no part of China, the selection is drawn."""
    assert extent_of_place(at, SIZE) == "selection"


@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(0, 18))
def test_any_place_makes_a_sheet(lat: float, lon: float, zoom: int) -> None:
    """Wherever the map stands, its extent is one that a sheet takes and a frame can show."""
    options = SheetOptions(extent=extent_of_place(f"{lat:.5f},{lon:.5f},{zoom}", SIZE))
    if options.box:
        assert open_frame(Rect(0, 0, 200, 150), options.box).scale > 0


def test_a_shifted_base_map_is_shifted_back() -> None:
    """On a base map in GCJ-02 the middle is given in that datum; the sheet shows the same place."""
    lon, lat = 120.9, 28.05
    east, north = wgs84_to_gcj02(lon, lat)
    amap = replace(PLAIN, datum="gcj02")
    shown = SheetOptions(extent=extent_of_place(f"{north:.5f},{east:.5f},14", SIZE, amap)).box
    plain = SheetOptions(extent=extent_of_place(f"{lat},{lon},14", SIZE, PLAIN)).box
    assert shown
    assert plain
    assert shown == pytest.approx(plain, abs=3e-5)


def test_the_number_of_pages_needs_no_drawing_program() -> None:
    """What the map page asks on each change does not load the library that draws pictures."""
    program = (
        "import sys, layers; from tests import toys; "
        "one = layers.Subject(toys.table(), toys.table(), toys.base(), toys.PAPERS, "
        "layers.Selection()); "
        "layers.is_one_page(one, layers.SheetOptions()); "
        "sys.exit('matplotlib.figure' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_map_of_nothing_says_so(language: Language) -> None:
    """Where the frame shows none of what is chosen, page and sheet say it; else neither does."""
    one = subject()
    far = SheetOptions(format="svg", extent="119.1,26.1,119.2,26.2", language=language)
    warning = warning_of(one, far)
    assert warning == caption("sheet_empty_frame", language, count=len(one.shown))
    read = "".join(svg_texts(make_sheet(one, far)))
    assert "".join(warning.split()) in "".join(read.split())
    for options in (replace(far, extent="selection"), replace(far, extent="city")):
        assert warning_of(one, options) == ""
    none = replace(one, shown=one.shown.iloc[:0])
    assert warning_of(none, far) == caption("sheet_empty_selection", language)
