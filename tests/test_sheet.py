"""The sheet as a picture: what is drawn, what is said beside it, and the font it is set in."""

from __future__ import annotations

import io

import numpy as np
import pytest
from matplotlib.image import imread

from layers.font import MissingGlyph, check_printable, font_file, printable
from layers.selection import Selection, select
from layers.sheets.making import make_sheet
from layers.sheets.options import SheetOptions
from layers.sheets.subject import Subject
from layers.symbols import stage_colour
from layers.words import LANGUAGES
from tests import toys

TABLE, BASE = toys.table(), toys.base()


def subject(**filters: object) -> Subject:
    """Return the toy town's subject for a selection."""
    selection = Selection(**filters)  # type: ignore[arg-type]
    return Subject(select(TABLE, selection), TABLE, BASE, toys.PAPERS, selection)


def pixels(content: bytes) -> np.ndarray:
    """Return a picture as red, green and blue from 0 to 255."""
    return (imread(io.BytesIO(content), format="png")[..., :3] * 255).round().astype(int)


def has(picture: np.ndarray, colour: str) -> bool:
    """Tell whether a colour is in a picture."""
    wanted = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return bool((np.abs(picture - wanted).max(axis=-1) <= 1).any())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_shows_the_stages_that_are_there(language: str) -> None:
    """The stages of the selected things are in the picture, and no other stage is."""
    picture = pixels(make_sheet(subject(), SheetOptions(language=language)))
    assert picture.shape[:2] == (1240, 1753)
    assert has(picture, stage_colour("completed"))
    assert has(picture, stage_colour("started"))
    assert not has(picture, stage_colour("operating"))


def test_an_empty_selection_is_the_base_map() -> None:
    """Nothing chosen gives the base map with its title, not an error."""
    picture = pixels(make_sheet(subject(search=("没有这个",)), SheetOptions()))
    assert not has(picture, stage_colour("completed"))


def test_a_missing_glyph_is_an_error() -> None:
    """A text that the font cannot print stops the sheet and names the characters."""
    with pytest.raises(MissingGlyph, match="🏗"):
        make_sheet(subject(search=("🏗",)), SheetOptions())


def test_the_font_prints_chinese_and_latin() -> None:
    """The packaged font has what captions and names need, and is unpacked only once."""
    check_printable(["乐清市柳市镇七里港雁荡山", "abc XYZ 0-9 ©·（）《》"])
    assert font_file() == font_file()
    assert font_file().is_file()
    assert font_file(bold=True) != font_file()


def test_control_characters_are_not_printed() -> None:
    """A tab or line break in a text becomes a blank."""
    assert printable("柳\t市\n镇") == "柳 市 镇"
