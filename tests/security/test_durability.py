"""What is acknowledged is there and on the map, what is refused is not: kills, full disks, damage.

``bench.durability`` does the same with thousands of edits and with real builds.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import building
import disk
import plans
import versions
from bench import damage, durability
from pages import desk
from plans import edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORK = get_context("fork")


@pytest.fixture(scope="module")
def read_once() -> building.Built:
    """The catalogue as read, without any edit."""
    return building.make_all(building.Inputs())


@pytest.fixture(autouse=True)
def home(
    tmp_path: Path, read_once: building.Built, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Folders of its own for each test; the documents of the seeds are not read again."""
    for name in ("EDITS", "ADDED", "BUILT"):
        monkeypatch.setenv(f"PLANMAP_{name}", str(tmp_path / name.lower()))

    def made(given: building.Inputs | None = None) -> building.Built:
        given = building.inputs() if given is None else given
        lost = [e.id for e in given.log.in_force if e.kind == "stage"]
        table = building.edited(read_once.table, given.log)
        return replace(read_once, table=table, lost=tuple(lost))

    monkeypatch.setattr(building, "make_all", made)
    desk.forget()
    yield tmp_path
    desk.forget()


def things(number: int = 1) -> list[tuple[str, str]]:
    """Return the ids and names of some projects."""
    table = building.load().table
    rows = table[table["kind"] == "project"].head(number)
    return list(zip(rows["id"], rows["name"], strict=True))


def shown(thing: tuple[str, str], target: Path | None = None) -> str:
    """Return where the place of a thing is from, on the map as built now."""
    return str(building.load(target).table.set_index("id").loc[thing[0], "location_source"])


def read_plan() -> plans.Document:
    """Return a plan that is on no shelf yet."""
    text = "青溪镇2026年计划\n\n青溪镇人民政府\n2026年3月5日\n\n开工建设望月大道。\n"
    return plans.with_first_look(plans.read_document(Path("a.txt"), text.encode()))


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder but its locks, with what they hold."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != disk.LOCK)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_nothing_acknowledged_is_lost_by_kills(tmp_path: Path) -> None:
    """Writers, app and builder are killed at random; each edit acknowledged is there and shown."""
    plan = durability.Plan(writers=3, edits=48, kills=10, things=2, pauses=(0.01, 0.15))
    outcome = durability.run(tmp_path, plan, 1, ("app", "builder"))
    assert outcome.faults == dict.fromkeys(outcome.faults, 0)
    assert (outcome.acknowledged, outcome.kills.total()) == (48, 10)


def test_a_full_disk_is_told_and_leaves_no_trace(tmp_path: Path) -> None:
    """One edit, an import, a document and built data are each cut off at random lengths."""
    tally = damage.full_disks(tmp_path, 12, 1, mount=False)
    assert tally.faults == dict.fromkeys(tally.faults, 0)
    assert tally.done == 12


@pytest.mark.parametrize("name", damage.HARMS)
def test_damage_stops_no_more_than_its_file(tmp_path: Path, name: str) -> None:
    """Whatever is broken is told of; the rest is on the map, built anew if need be."""
    found = damage._damaged(tmp_path, name, durability.write_one)
    assert found == dict.fromkeys(found, 0)


def test_an_edit_written_while_a_build_runs_is_built_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The build under way does not count as one that holds it."""
    (thing,) = things()
    make = building.make_all
    written = []

    def slow(given: building.Inputs | None = None) -> building.Built:
        made = make(given)
        if not written:
            written.append(durability.write_one(thing, 7))
        return made

    monkeypatch.setattr(building, "make_all", slow)
    building.build()
    assert written
    monkeypatch.setattr(building, "make_all", make)
    assert shown(thing) == "walk 7"


def test_a_document_added_while_documents_are_read_is_read_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is read belongs to one version: before or after, never half of each."""
    read, again = building.inputs, []

    def interrupted() -> building.Inputs:
        found = read()
        if not again:
            again.append(plans.shelf.keep(read_plan()))
        return found

    monkeypatch.setattr(building, "inputs", interrupted)
    given, version = versions.steadily(building.inputs)
    assert [document.id for document in given.added] == ["a01"]
    assert version == versions.version()


def test_a_refused_edit_was_never_written(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file holds it while it is tried, and none afterwards."""
    (thing,) = things()
    durability.write_one(thing, 1)
    before, make, seen = tree(home / "edits"), building.make_all, []

    def watched(given: building.Inputs | None = None) -> building.Built:
        seen.append(tree(home / "edits"))
        return make(given)

    monkeypatch.setattr(building, "make_all", watched)
    value = {"statement": "004:999999:nothing", "to": "completed"}
    with pytest.raises(plans.WrongEdit):
        building.keep(plans.Edit("stage", *thing, value, "r", "w"))
    assert seen == [before]
    assert tree(home / "edits") == before


def test_a_document_that_cannot_be_built_was_never_on_the_shelf(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build that fails with it leaves the shelf as it was."""
    things()

    def broken(_: building.Inputs | None = None) -> building.Built:
        assert plans.shelf.read_whole().documents == ()
        raise ValueError("cannot be built")

    monkeypatch.setattr(building, "make_all", broken)
    document = read_plan()
    with pytest.raises(ValueError, match="cannot be built"):
        building.add(document)
    assert tree(home / "added") == {}


def _ends(name: str, when: str, target: Path) -> None:
    """Build and die before or after a step of the writing."""
    step: Callable[..., None] = getattr(disk, name)

    def last(*values: object) -> None:
        if when == "after":
            step(*values)
        os._exit(9)

    setattr(disk, name, last)
    building.build(target)


@pytest.mark.parametrize("name", ["place_folder", "write_whole", "sweep", "sync_folder"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_build_leaves_one_version_or_the_other(home: Path, name: str, when: str) -> None:
    """The former data stay whole, the lock is free, and the next build removes what was left."""
    (thing,) = things()
    target = building.built_folder()
    former = versions.current(target).name
    durability.write_one(thing, 3)
    killed = FORK.Process(target=_ends, args=(name, when, target))
    killed.start()
    killed.join()
    assert killed.exitcode == 9
    assert versions.current(target).name in {former, versions.version()}
    assert versions.read(target, versions.current(target).name)
    assert shown(thing) == "walk 3"
    building.build()
    assert [*target.glob(f"{disk.FRESH}*")] == []
    assert (home / "built").is_dir()


def test_builds_at_once_wait_for_each_other(home: Path) -> None:
    """Many that build into one folder at the same moment all succeed."""
    with ThreadPoolExecutor(4) as together:
        made = list(together.map(lambda _: building.build(), range(8)))
    assert len(made) == 8
    assert versions.read(home / "built", versions.version())


def test_a_second_press_is_refused_however_fast() -> None:
    """Of the same change saved by many at once one is kept."""
    (thing,) = things()
    draft = durability.draft(thing, 1)

    def pressed(_: int) -> bool:
        try:
            building.keep(draft)
        except plans.WrongEdit:
            return False
        return True

    with ThreadPoolExecutor(4) as together:
        assert sum(together.map(pressed, range(6))) == 1
    assert len(edits.read_edits().edits) == 1


def test_a_running_app_sees_what_others_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next look at the disk brings it; nothing in this process was told of it."""
    monkeypatch.setattr(desk, "_EVERY", 0.0)
    (thing,) = things()
    assert "walk" not in str(desk.built().table.set_index("id").loc[thing[0], "location_source"])
    other = FORK.Process(target=durability.write_one, args=(thing, 5))
    other.start()
    other.join()
    assert desk.built().table.set_index("id").loc[thing[0], "location_source"] == "walk 5"
    assert desk.stale() is None
    assert desk.built() is desk.built()


def test_an_app_that_cannot_read_anew_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """It shows what it had, names the reason, and is current again as soon as it can be."""
    monkeypatch.setattr(desk, "_EVERY", 0.0)
    monkeypatch.setattr(desk, "_AGAIN", 0.0)
    (thing,) = things()
    before, load = desk.built(), desk.planmap.load

    def broken() -> building.Built:
        raise versions.Outdated

    monkeypatch.setattr(desk.planmap, "load", broken)
    durability.write_one(thing, 5)
    assert desk.built() is before
    assert isinstance(desk.stale().error, versions.Outdated)
    monkeypatch.setattr(desk.planmap, "load", load)
    assert desk.built().table.set_index("id").loc[thing[0], "location_source"] == "walk 5"
    assert desk.stale() is None


def test_what_an_older_program_built_is_not_taken_for_new(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another program on the disk than in memory nothing is written under its name."""
    things()
    before = tree(home / "built")
    monkeypatch.setattr(versions, "_STARTED_WITH", "another program")
    with pytest.raises(versions.Outdated):
        building.load()
    with pytest.raises(versions.Outdated):
        building.build()
    assert tree(home / "built") == before


def test_old_versions_go_and_the_last_ones_stay(home: Path) -> None:
    """The folder does not grow with each edit; what an earlier form of it held goes too."""
    (thing,) = things()
    (home / "built" / "projects.geojson").write_bytes(b"of an earlier form")
    for number in range(6):
        durability.write_one(thing, number)
        building.load()
    names = [path.name for path in (home / "built").iterdir() if path.is_dir()]
    assert len(names) == 3
    assert versions.version() in names
    assert {path.name for path in (home / "built").iterdir() if path.is_file()} == {
        versions.CURRENT,
        disk.LOCK,
    }


def test_who_only_looks_needs_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full keeps nobody from seeing the map; who builds is told."""

    def full(*_: object) -> None:
        raise disk.DiskFull(28, "full")

    (thing,) = things()
    durability.write_one(thing, 5)
    monkeypatch.setattr(versions, "publish", full)
    assert shown(thing) == "walk 5"
    with pytest.raises(disk.DiskFull):
        building.build()


def test_a_place_of_too_many_points_is_refused_alike(home: Path) -> None:
    """In the form and in a file, at once: 300,000 points took 47 s."""
    (thing,) = things()
    line = [[120.9 + number / 1e8, 28.05] for number in range(300_000)]
    value = {"geometry": {"type": "LineString", "coordinates": line}, "radius_m": 1, "source": "x"}
    with pytest.raises(plans.WrongEdit, match="at most 1,000,000"):
        building.keep(plans.Edit("place", *thing, value, "r", "w"))
    line[:] = [[120.9, 28.05 + number / 1e5] for number in range(10_001)]
    with pytest.raises(plans.WrongEdit, match="more than 10,000 points"):
        building.keep(plans.Edit("place", *thing, value, "r", "w"))
    made = edits.made(plans.Edit("place", *thing, value, "r", "w"), edits.read_edits())
    (home / "edits").mkdir()
    (home / "edits" / "edits.jsonl").write_bytes(edits.as_lines([made]))
    (broken,) = building.edit_log().stopped.values()
    assert (broken.line, broken.cause.code) == (1, "too_many_points")
    shutil.rmtree(home / "edits")
