"""Signs: one for every code, told apart by colour, by lightness, and without seeing colours."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from matplotlib.path import Path

from layers.sheets.signs import outline
from layers.symbols import base_colour, ink_on, sign, stage_colour, symbol_table
from layers.words import codes

# Full dichromacy after Machado, Oliveira and Fernandes 2009, on linear RGB.
EYES = {
    "full": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# sRGB to XYZ under D65 (IEC 61966-2-1), and the white it is seen against.
XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> np.ndarray:
    """Return a colour as linear RGB."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return linear RGB as CIELAB."""
    share = XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2.2."""
    light = sorted((XYZ @ linear(colour))[1] + 0.05 for colour in (one, other))
    return float(light[1] / light[0])


@pytest.mark.parametrize("eye", EYES)
def test_stages_are_told_apart(eye: str) -> None:
    """No two stages look alike, also to those who see fewer colours."""
    seen = {
        stage: lab(np.array(EYES[eye]) @ linear(stage_colour(stage))) for stage in codes("stage")
    }
    closest = min(np.linalg.norm(seen[a] - seen[b]) for a, b in combinations(seen, 2))
    assert closest > 15


def test_stages_differ_in_lightness() -> None:
    """Printed in grey the stages still differ."""
    light = sorted(lab(linear(stage_colour(stage)))[0] for stage in codes("stage"))
    assert min(np.diff(light)) > 4


@pytest.mark.parametrize("stage", codes("stage"))
def test_ink_can_be_read_on_its_colour(stage: str) -> None:
    """Text and glyph on a stage's colour keep the contrast that WCAG asks of them."""
    fill = stage_colour(stage)
    assert contrast(fill, ink_on(fill)) >= 4.5


@pytest.mark.parametrize("category", codes("category"))
def test_every_category_has_a_sign(category: str) -> None:
    """A sign is a closed outline about the middle with a glyph inside it."""
    drawn = sign(category)
    body, glyph = outline(drawn.body).get_extents(), outline(drawn.glyph).get_extents()
    assert body.x0 <= glyph.x0 < 0 < glyph.x1 <= body.x1
    assert body.y0 <= glyph.y0 < 0 < glyph.y1 <= body.y1
    assert max(abs(body.extents)) <= 14
    assert outline(drawn.body).codes[-1] == Path.CLOSEPOLY


def test_no_two_categories_share_a_sign() -> None:
    """Each category has a glyph of its own."""
    glyphs = [sign(category).glyph for category in codes("category")]
    assert len(set(glyphs)) == len(glyphs)


def test_the_browser_gets_every_sign() -> None:
    """The table for the browser holds all stages and categories, and all colours are colours."""
    table = symbol_table()
    assert set(table["stages"]) == set(codes("stage"))
    assert set(table["categories"]) == set(codes("category"))
    for colour in (base_colour("sea"), *(look["fill"] for look in table["stages"].values())):
        assert len(colour) == 7
        int(colour[1:], 16)


def test_the_dark_map_is_legible() -> None:
    """Names are read at 4.5:1 and signs seen at 3:1 on land, sea and panels, in both looks."""
    for look in ("colour", "dark"):
        base = {part: each[look] for part, each in symbol_table()["base"].items()}
        for ground in ("land", "sea", "paper"):
            assert contrast(base["town"], base[ground]) >= 4.5
            assert contrast(base["badge"], base[ground]) >= 4.0
            # the edge of every sign, whatever its own colour is
            assert contrast(base["ink"], base[ground]) >= 4.5
