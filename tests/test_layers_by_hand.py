"""Places given by hand in the table, the list of what waits, and the history to read."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from shapely.geometry import Point

from geo import Location
from layers import (
    COARSE,
    LANGUAGES,
    Language,
    coarse_counts,
    edit_history,
    edit_html,
    literal,
    noun_counts,
    waiting,
    waiting_line,
    waiting_list,
    with_places,
)
from layers.placing import drawn_shape, place_layer, place_map, place_view
from plans import Edit, Log, edits
from tests import toys

HERE = Location("site", Point(120.3, 27.6), 80.0, "by_hand", "a walk", "not stated")


def named(name: str) -> str:
    """Return the id of a toy."""
    return f"toy-{name}"


def test_a_place_by_hand_changes_its_row_and_no_other() -> None:
    """Class, geometry, method, source and radius are those given; all other rows stay."""
    table = toys.table()
    made = with_places(table, {named("云岭中学"): HERE})
    changed = made[made["id"] == named("云岭中学")].iloc[0]
    assert changed.geometry.equals(HERE.geometry)
    assert (changed.location_class, changed.radius_m) == ("site", 80.0)
    assert (changed.location_method, changed.location_source) == ("by_hand", "a walk")
    assert changed.townships == ["青溪镇"]
    assert list(made.columns) == list(table.columns)
    assert made.crs == table.crs
    others = table["id"] != named("云岭中学")
    assert made[others].drop(columns="geometry").to_dict("records") == (
        table[others].drop(columns="geometry").to_dict("records")
    )
    assert made.geometry[others].equals(table.geometry[others])


def test_a_former_id_still_means_the_project() -> None:
    """An edit of a project that was merged since goes to the project it belongs to now."""
    made = with_places(toys.table(), {"toy-old": HERE})
    assert made.set_index("id").loc[named("青溪湿地公园")].radius_m == 80.0


def test_an_unknown_id_and_an_empty_table_are_left_alone() -> None:
    """What names no project changes nothing, and an empty table stays one with its columns."""
    table = toys.table()
    made = with_places(table, {"nobody": HERE})
    assert made["radius_m"].tolist() == table["radius_m"].tolist()
    assert list(with_places(table.iloc[:0], {"nobody": HERE}).columns) == list(table.columns)


def test_a_township_alone_takes_the_geometry_away() -> None:
    """Who says that only the township is known is believed: no pin is left."""
    place = Location("township", townships=("青溪镇",), evidence="the office")
    made = with_places(toys.table(), {named("青溪湿地公园"): place})
    row = made.set_index("id").loc[named("青溪湿地公园")]
    assert (row.location_class, row.geometry, row.radius_m) == ("township", None, None)


def test_what_waits_is_sorted_by_its_statements() -> None:
    """Sites, the whole city and programmes wait for nothing; most statements come first."""
    found = waiting(toys.table())
    assert set(found["location_class"]) <= set(COARSE)
    assert "停车位" not in set(found["name"])
    lengths = [len(said) for said in found["statements"]]
    assert lengths == sorted(lengths, reverse=True)
    assert sum(coarse_counts(toys.table()).values()) == len(found) == 4
    assert list(waiting_list(found, "en").index) == list(found.index)


def test_what_is_nothing_in_space_waits_for_no_place() -> None:
    """A fund has no place to be found."""
    table = toys.table()
    table.loc[table["id"] == named("白鹭洲水厂"), "unplaced_reason"] = "not_spatial"
    assert named("白鹭洲水厂") not in set(waiting(table)["id"])


def made(**more: object) -> Edit:
    """Make an edit of a toy, with markup in every text."""
    shape = {"type": "Point", "coordinates": [120.3, 27.5]}
    value = {
        "geometry": shape,
        "radius_m": 100,
        "source": "<i>walk</i>",
        "townships": ["<b>镇</b>"],
    }
    plain = Edit("place", named("云岭中学"), "<b>中学</b>", value, "<u>why</u>", "<a>who</a>")
    return replace(edits.made(plain, Log()), **more)


def test_the_history_says_what_became_of_each_edit() -> None:
    """Newest first: the undo, what it took back, the lost one, the one that holds."""
    first, lost = made(), made(project="gone")
    second = replace(edits.made(replace(made(), after=(first.id,)), Log((first,))))
    undo = edits.made(edits.undo(second, reason="no", who="me"), Log((first, second)))
    log = Log((first, lost, second, undo))
    entries = edit_history(log, toys.table())
    assert [entry.state for entry in entries] == ["undo", "undone", "lost", "in_force"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Point", [120.3, 27.5]),
        ("LineString", [[120.3, 27.5], [120.4, 27.5]]),
        ("Polygon", [[[120.3, 27.5], [120.4, 27.5], [120.4, 27.6], [120.3, 27.5]]]),
    ],
)
def test_an_edit_is_shown_with_every_text_escaped(language, kind, coordinates) -> None:
    """Whatever a colleague's file holds is shown letter by letter, in both languages."""
    one = made()
    one = replace(one, value={**one.value, "geometry": {"type": kind, "coordinates": coordinates}})
    undo = edits.made(edits.undo(one, reason="no", who="me"), Log((one,)))
    log = Log((one, undo))
    for entry in edit_history(log, toys.table()):
        shown = edit_html(entry, log, language)
        assert not any(f"<{tag}>walk" in shown for tag in "ibua")
        assert "&lt;i&gt;walk" in shown
    assert "<u>" not in edit_html(edit_history(log, toys.table())[1], log, language)


def test_the_place_map_is_served_by_the_app_and_says_its_tools() -> None:
    """The draw plugin's files come with the frame; no other host is named for any of them."""
    drawn = place_map((120.0, 27.0, 121.0, 28.0), "zh")
    page = drawn.get_root().render()
    assert "../../assets/planmap/place.js" in page
    assert "leaflet.draw" not in page
    assert "cdnjs" not in page
    assert "标图钉" in page.encode().decode("unicode_escape", errors="ignore") or "标图钉" in page


def test_the_layer_of_a_thing_holds_its_place_and_the_proposals() -> None:
    """The thing's own geometry and each proposal are handed to the browser as records."""
    table = toys.table()
    row = table[table["id"] == named("青溪湿地公园")]
    (drawn,) = place_layer(row, [{"lon": 120.0, "lat": 27.0, "name": "x"}], "en")._children.values()
    assert [thing["id"] for thing in drawn.records["things"]] == [named("青溪湿地公园")]
    assert drawn.records["proposals"] == [{"lon": 120.0, "lat": 27.0, "name": "x"}]


@pytest.mark.parametrize(
    ("name", "centre"), [("青溪湿地公园", (27.5, 120.3)), ("云岭中学", (27.45, 120.25))]
)
def test_the_map_opens_on_the_thing_or_its_township(name: str, centre: tuple[float, float]) -> None:
    """A placed thing is looked for where it is, one known by township at the seat (lat, lon)."""
    row = next(row for row in toys.table().itertuples() if row.name == name)
    assert place_view(row, toys.base(), (120.0, 27.0, 121.0, 28.0))[0] == centre


def test_without_anything_known_the_map_opens_on_the_whole_view() -> None:
    """A thing of which nothing is known is looked for in the middle of the town."""
    row = next(row for row in toys.table().itertuples() if row.name == "白鹭洲水厂")
    assert place_view(row, toys.base(), (120.0, 27.0, 121.0, 28.0))[0] == (27.5, 120.5)


@pytest.mark.parametrize("answer", [None, {}, {"all_drawings": None}, {"all_drawings": []}])
def test_before_anything_is_drawn_there_is_no_shape(answer) -> None:
    """The map's first answers hold no drawing."""
    assert drawn_shape(answer) is None


def test_the_last_drawing_counts() -> None:
    """Of several drawings the last is the place."""
    shapes = [{"geometry": {"type": "Point", "coordinates": [n, n]}} for n in (1, 2)]
    assert drawn_shape({"all_drawings": shapes}) == {"type": "Point", "coordinates": [2, 2]}


@pytest.mark.parametrize(
    "text",
    ["![x](http://a.cn/x.png)", "[a](b)", ":smile:", "$x$", "<b>", "`a`", "www.a.cn", "a_b_c"],
)
def test_markdown_in_a_text_stays_a_text(text: str) -> None:
    """Each sign that Markdown gives a meaning is escaped; taking the escapes off gives the text."""
    shown = literal(text)
    assert re.sub(r"\\(.)", r"\1", shown) == text
    assert not re.search(r"(?<!\\)[!\[\]():$<>`_.]", shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_the_work_list_add_up(language: Language) -> None:
    """Whatever is selected: those that wait and those that do not are all projects."""
    table = toys.table()
    rng = random.Random(11)
    for size in range(len(table) + 1):
        some = table.iloc[rng.sample(range(len(table)), size)]
        projects = noun_counts(some)["project"]
        said = [int(number) for number in re.findall(r"\d+", waiting_line(some, language))]
        waits = len(waiting(some))
        parts = said[3:]
        told = [projects, waits, projects - waits] if waits < projects else [projects]
        assert said[:3] == (told if projects else [])
        assert sum(parts) == projects - waits
