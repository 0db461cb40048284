"""Where things stand on a sheet: nothing covers anything, and the measures are true."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from shapely.geometry import Point

from geo import distance_m
from layers.base import Town
from layers.selection import Selection
from layers.sheets.compose import draft
from layers.sheets.frame import Rect, open_frame
from layers.sheets.furniture import bar_metres
from layers.sheets.ground import draw_ground
from layers.sheets.layout import Panel, Words, lay_out
from layers.sheets.lettering import Letters, broken, shortened, width, wrapped
from layers.sheets.options import SheetOptions
from layers.sheets.paper import font, open_paper
from layers.sheets.spread import Crowd, covered, spread, unjammed
from layers.sheets.strips import Strip, set_cell
from layers.sheets.subject import Subject
from layers.sheets.writing import to_png
from layers.symbols import base_colour
from layers.words import caption
from tests import crowds, toys

SIZES: list[dict[str, Any]] = [
    {},
    {"upright": True},
    {"paper": "a3"},
    {"paper": "a3", "upright": True},
    {"paper": "wide"},
    {"paper": "free", "width_mm": 120.0, "height_mm": 120.0},
    {"paper": "free", "width_mm": 1000.0, "height_mm": 300.0, "dpi": 96},
    {"paper": "free", "width_mm": 150.0, "height_mm": 600.0},
]
LONG = Words("标题" * 60, "副标题" * 90, ("文件" * 80, "来源" * 80, "", "制图"))
SHORT = Words("标题", "全部", ("一", "二", "三", "四"))


BOX = (120.0, 27.0, 120.7, 28.0)


def panel(count: int) -> Panel:
    """Return a register of so many things."""
    letters = Letters(6)
    strip = Strip((set_cell("青溪公园", letters, 30),), letters.line, 0.5)
    return Panel((strip,) * count, 40.0)


def apart(one: Rect, other: Rect) -> bool:
    """Tell whether two boxes share no more than an edge."""
    return (
        one.right <= other.left + 1e-6
        or other.right <= one.left + 1e-6
        or one.top <= other.bottom + 1e-6
        or other.top <= one.bottom + 1e-6
    )


@pytest.mark.parametrize("words", [LONG, SHORT], ids=["long", "short"])
@pytest.mark.parametrize("listed", [0, 12, 2000])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_box_of_a_layout_covers_another(size: dict[str, Any], words: Words, listed: int) -> None:
    """On every paper, with short and with long words, all boxes are on it and apart."""
    layout = lay_out(SheetOptions(**size, grid=True, address="https://a.cn"), words, panel(listed))
    boxes = {
        name: box
        for name, box in vars(layout).items()
        if isinstance(box, Rect)
        and (name != "register_box" or layout.register)
        and name != "body_box"
    }
    wide, high = layout.size
    for name, box in boxes.items():
        assert min(box.width, box.height) > 0, name
        assert box.left >= 0, name
        assert box.bottom >= 0, name
        assert box.right <= wide, name
        assert box.top <= high, name
    covering = [
        (one, other) for one, other in combinations(boxes, 2) if not apart(boxes[one], boxes[other])
    ]
    assert covering == []
    # the foot's words begin inside its box and end above the paper's edge
    assert len(layout.foot) * layout.letters.small.line <= layout.foot_box.top


def test_a_list_stands_whole_or_not_at_all() -> None:
    """A register that has no room is left out; one that has some stands there with each thing."""
    assert lay_out(SheetOptions(), SHORT, panel(2000)).register == ()
    for options in (SheetOptions(), SheetOptions(upright=True)):
        layout = lay_out(options, SHORT, panel(30))
        assert sum(len(column) for column in layout.register) == 30
        for column in layout.register:
            high = sum(strip.height for strip in column) - column[-1].air
            assert high <= layout.register_box.height + 1e-6


@pytest.mark.parametrize("extent", [(120.8, 28.0, 121.0, 28.1), (120.88, 28.04, 120.89, 28.05)])
def test_a_frame_shows_its_extent_in_the_system_of_the_town(extent: tuple[float, ...]) -> None:
    """The extent is inside the frame, the system is EPSG:4549, and positions come back."""
    frame = open_frame(Rect(10, 20, 200, 100), extent)  # type: ignore[arg-type]
    west, south, east, north = extent
    assert frame.epsg == 4549
    assert all(
        frame.rect.holds(frame.spot(lon, lat)) for lon in (west, east) for lat in (south, north)
    )
    assert frame.position(frame.spot(west, north)) == pytest.approx((west, north), abs=1e-6)


@settings(max_examples=60)
@given(st.floats(118.6, 121.4), st.floats(18, 50), st.floats(0.002, 1.5), st.floats(20, 60))
def test_a_scale_bar_is_true_on_the_ground(
    lon: float, lat: float, span: float, room: float
) -> None:
    """Laid anywhere in the middle of the map, the bar is as long on the ellipsoid within 1 %."""
    extent = lon, lat, min(lon + span, 121.5), lat + span / 2
    frame = open_frame(Rect(0, 0, 200, 150), extent)
    metres = bar_metres(frame, room)
    long = metres / frame.scale
    assert 0.35 * room <= long <= room
    x, y = frame.rect.middle
    ends = [Point(*frame.position((x + side * long / 2, y))) for side in (-1, 1)]
    assert distance_m(*ends) == pytest.approx(metres, rel=0.01)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(0, 10**6))
def test_boxes_part_until_none_covers_another(count: int, seed: int) -> None:
    """Boxes thrown on one heap, or all in one place, end apart, inside, and the same each time."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(100, rng.choice([0.0, 3.0, 30.0]), (count, 2))
    heavy = rng.random(count) < 0.1
    heavy[heavy & (np.arange(count) != heavy.argmax())] = False  # those that stay may not overlap
    crowd = Crowd(centres, np.full((count, 2), 2.5), heavy)
    within = Rect(0, 0, 200, 200)
    at = unjammed(crowd, spread(crowd, within), within)
    assert not covered(crowd, at).any()
    assert (at == unjammed(crowd, spread(crowd, within), within)).all()
    assert (at[heavy] == centres[heavy]).all()


def test_a_cover_is_found() -> None:
    """The test on covering can fail."""
    crowd = Crowd(
        np.array([[0.0, 0.0], [1.0, 0.0], [9.0, 0.0]]), np.full((3, 2), 1.0), np.zeros(3, bool)
    )
    assert covered(crowd, crowd.centres).tolist() == [True, True, False]


@pytest.mark.parametrize("count", [1, 12, 60, 150])
def test_signs_names_and_badges_are_apart(count: int) -> None:
    """On a sheet no sign covers a sign or a township's name, and no name any of these."""
    made = draft(crowds.subject(count), SheetOptions())
    signs = [
        Rect(
            sign.head[0] - made.scene.size / 2,
            sign.head[1] - made.scene.size / 2,
            *[made.scene.size] * 2,
        )
        for sign in made.scene.signs
    ]
    boxes = [
        *signs,
        *(plate.box for plate in made.scene.plates),
        *(name.box for name in made.names),
    ]
    assert len(signs) == count
    assert all(apart(*pair) for pair in combinations(boxes, 2))
    assert all(made.frame.rect.holds(box.middle) for box in signs)


def test_few_things_have_names_many_have_numbers_and_crowds_are_dots() -> None:
    """What stands beside the signs depends on the room there is; nothing is dropped."""
    few, many, crowd = (draft(crowds.subject(n), SheetOptions()) for n in (6, 90, 10_000))
    assert {name.text for name in few.names} == {sign.row.name for sign in few.scene.signs}
    assert sorted(sign.number for sign in many.scene.signs) == list(range(1, 91))
    assert many.layout.register
    assert crowd.scene.size == 0
    assert len(crowd.scene.signs) == 10_000


def test_an_extent_decides_what_is_shown() -> None:
    """Only what lies in the extent is drawn; the whole city shows what the selection does."""
    table = toys.table()
    every = Subject(table, table, toys.base(), toys.PAPERS, Selection())

    def names(extent: str) -> set[str]:
        return set(draft(every, SheetOptions(extent=extent)).seen.things["name"])

    assert names("selection") == names("city") == {"青溪湿地公园", "望月路", "青溪新城"}
    assert names("120.295,27.495,120.305,27.505") == {"青溪湿地公园"}
    assert "望月路" in names("青溪镇")


def test_a_frame_shows_the_badges_of_what_is_chosen() -> None:
    """What is known by a township only is counted in the frame, however far its seat is."""
    table, far = toys.table(), Town("青溪镇", 120.55, 27.9)
    every = Subject(table, table, replace(toys.base(), towns=(far,)), toys.PAPERS, Selection())
    seen = draft(every, SheetOptions()).seen
    assert [town for town, _ in seen.badges] == [far]
    assert set(seen.things["name"]) == {"青溪湿地公园", "望月路", "青溪新城"}


@given(
    st.floats(0.5, 60),
    st.sampled_from(
        ["（2021）", "2017、（2021）", "青溪镇（规划），（2025）", "城东街道, 柳市镇; (北白象镇)"]
    ),
)
def test_no_line_begins_with_a_closing_mark(room: float, text: str) -> None:
    """However narrow the room is, and where it is as wide as the text to a hair."""
    letters = Letters(6)
    lines = broken(text, letters, room)
    assert not [line for line in lines if line[:1] in set("）》、,;)")]
    assert broken(text, letters, (width(text, letters) + 3.0) - 3.0) == [text]


@pytest.mark.parametrize(("covered", "beyond"), [(None, "sea"), (BOX, "no_data")])
def test_beyond_the_base_map_is_no_sea(covered: Any, beyond: str) -> None:
    """Where neither land nor sea is known the ground is neutral, and the foot says what it is."""
    table = toys.table()
    base = replace(toys.base(), covered=covered)
    every = Subject(table, table, base, toys.PAPERS, Selection())
    options = SheetOptions(
        extent="119.9,27.2,120.9,27.8", width_mm=150, height_mm=130, paper="free"
    )
    made = draft(every, options)
    paper = open_paper(made.layout.size)
    draw_ground(paper, made.frame, base)
    image = Image.open(io.BytesIO(to_png(paper, 96))).convert("RGB")

    def colour(lon: float) -> str:
        x, y = made.frame.spot(lon, 27.75)
        red, green, blue = image.getpixel((int(x / 25.4 * 96), int((130 - y) / 25.4 * 96)))
        return f"#{red:02x}{green:02x}{blue:02x}"

    assert [colour(lon) for lon in (120.3, 120.65, 120.8)] == [
        base_colour(part) for part in ("land", "sea", beyond)
    ]
    said = caption("sheet_uncovered", "zh")
    assert any(said in line for line in made.words.foot) is (covered is not None)


@pytest.mark.parametrize(
    "text", ["柳市镇2021年（含：市域铁路S2线）", "Plan map of 乐清市, 12 things"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_letters_are_as_wide_as_they_are_drawn(text: str, bold: bool) -> None:  # noqa: FBT001 - a column
    """The measure of a text is that of the outlines that are drawn, within two in a hundred."""
    from matplotlib.textpath import TextToPath  # noqa: PLC0415 - slow, and only for this

    letters = Letters(10, bold=bold)
    drawn, _, _ = TextToPath().get_text_width_height_descent(text, font(letters), ismath=False)
    assert width(text, letters) == pytest.approx(drawn * 25.4 / 72, rel=0.02)


@given(st.text("柳市镇，。（） abc-1", max_size=60), st.floats(3, 60))
def test_lines_fit_their_room(text: str, room: float) -> None:
    """No line is wider than its room, and nothing is lost but blanks."""
    letters = Letters(8)
    lines = wrapped(text, letters, room)
    assert all(width(line, letters) <= room + 4 for line in lines)  # a closing mark may hang over
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(
        width(line, letters) <= room for line in [shortened(text, letters, room)] if line != "…"
    )
