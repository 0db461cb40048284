"""Full disks and damaged files for ``bench.durability`` and the tests: what is left, what is told.

A full disk is a small one of its own where that can be mounted, else a bound on the size of files,
which cuts a write off in the same way.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import building
import disk
import plans
import versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Write = Callable[[tuple[str, str], int], plans.Edit]

THING, OTHER = ("full-disk", "满盘"), ("other", "其他")
_SIZE = 256 * 1024
_TEXT = "青溪镇2026年计划\n\n青溪镇人民政府\n2026年3月5日\n\n开工建设望月大道。\n" + "无。\n" * 2000
SHAPE = {"type": "Point", "coordinates": [120.95, 28.05]}


@dataclass
class Tally:
    """How many rounds were done, and what was wrong in them; all of that must be 0."""

    done: int = 0
    where: str = ""
    faults: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("lost", "torn", "untold", "stuck"), 0)
    )

    def add(self, **found: bool | int) -> None:
        """Count one round with its faults."""
        self.done += 1
        for name, count in found.items():
            self.faults[name] += int(count)


def edit(number: int, size: int = 0) -> plans.Edit:
    """Return a finished edit of some length."""
    value = {"geometry": SHAPE, "radius_m": 100, "source": "x" * (size + 1)}
    draft = plans.Edit("place", *THING, {**value, "number": number}, "r", "w")
    return plans.edits.made(draft, plans.Log())


@contextmanager
def small_disk(folder: Path, *, mount: bool) -> Iterator[str]:
    """Make a folder a disk of its own, if we may; yield how it is bounded."""
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)]
    can = mount and shutil.which("mount")
    mounted = subprocess.run(command, capture_output=True, check=False) if can else None
    if not mounted or mounted.returncode:
        yield "bounded files"
        return
    try:
        yield "a small tmpfs"
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def no_room(folder: Path, how: str, left: int) -> Iterator[None]:
    """Leave only some bytes of room in a folder, or at the end of each file."""
    if how == "bounded files":
        most = max((path.stat().st_size for path in folder.rglob("*.jsonl")), default=0) + left
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        return
    filler = folder / "filler"
    found = os.statvfs(folder)
    pages = max(found.f_bavail - left // found.f_frsize, 0)
    filler.write_bytes(b"x" * (pages * found.f_frsize))
    try:
        yield
    finally:
        filler.unlink()


def full_disks(folder: Path, rounds: int, seed: int, *, mount: bool = True) -> Tally:
    """Run out of room in turn while adding one edit, many, a document, and built data."""
    chance, tally = random.Random(seed), Tally()
    tasks = (_one_by_one, _import, _document, _built)
    for number in range(rounds):
        place = folder / f"disk{number}"
        with small_disk(place, mount=mount) as how:
            tally.where = how
            faults = _apart(tasks[number % len(tasks)], place, how, chance.randrange(20_000))
        tally.add(**faults)
    return tally


def _apart(task: Callable[..., dict[str, int]], *values: Any) -> dict[str, int]:
    """Do one round in a process of its own: its bounds and folders end with it."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        try:
            return pool.apply_async(task, values).get(timeout=120)
        except multiprocessing.TimeoutError:
            return {"stuck": 1}


def _at(place: Path) -> None:
    for name in ("EDITS", "ADDED", "BUILT"):
        os.environ[f"PLANMAP_{name}"] = str(place / name.lower())


def _is_told(act: Callable[[], object]) -> bool:
    """Return whether something ends with the named error of a full disk."""
    try:
        act()
    except disk.DiskFull:
        return True
    return False


def _state() -> bytes:
    return b"".join(path.read_bytes() for path in plans.edits.files())


def _after(kept: list[plans.Edit], before: bytes, *, told: bool) -> dict[str, int]:
    """Compare what is there with what was acknowledged, and add one more when there is room."""
    faults = {"untold": int(not told), "torn": int(_state() != before)}
    plans.edits.write([last := edit(-1)])
    log = plans.edits.read_edits()
    faults["torn"] += len(log.torn) + len(log.stopped) + len(plans.edits.set_aside())
    faults["torn"] += len([*plans.edits.folder().glob(f"{disk.FRESH}*")])
    faults["lost"] = sum(one.id not in log.by_id for one in [*kept, last])
    faults["lost"] += len(log.edits) != len(kept) + 1
    return faults


def _one_by_one(place: Path, how: str, left: int) -> dict[str, int]:
    _at(place)
    kept = [edit(0, 100)]
    plans.edits.write(kept)
    with no_room(place, how, left):
        for number in range(1, 200):
            before, one = _state(), edit(number, left % 1500)
            if told := _is_told(lambda one=one: plans.edits.write([one])):  # type: ignore[misc]
                break
            kept.append(one)
    return _after(kept, before, told=told)


def _import(place: Path, how: str, left: int) -> dict[str, int]:
    _at(place)
    kept = [edit(0, 100)]
    plans.edits.write(kept)
    before = _state()
    many = [edit(number, 1500) for number in range(40)]
    with no_room(place, how, left):
        told = _is_told(lambda: plans.edits.write(many))
    return _after(kept, before, told=told)


def _document(place: Path, how: str, left: int) -> dict[str, int]:
    _at(place)
    plans.shelf.folder().mkdir()
    read = plans.with_first_look(plans.read_document(Path("a.txt"), _TEXT.encode()))
    with no_room(place, how, min(left, 8000)):
        told = _is_told(lambda: plans.shelf.keep(read))
    there = [path.name for path in plans.shelf.folder().iterdir() if path.name != disk.LOCK]
    kept = plans.shelf.keep(read)
    whole = plans.shelf.read_whole()
    lost = [one.text for one in whole.documents] != [kept.text]
    return {"untold": int(not told), "torn": len(there) + len(whole.broken), "lost": int(lost)}


def _built(place: Path, how: str, left: int) -> dict[str, int]:
    target = place / "built"
    old, new = {"a": b"old" * 1000}, {"a": b"new" * 100_000}
    versions.publish(target, "old", old)
    with no_room(place, how, left):
        told = _is_told(lambda: versions.publish(target, "new", new))
    torn = versions.read(target, "old") != old or versions.read(target, "new") is not None
    lost = versions.current(target).name != "old"
    rest = len([*target.glob(f"{disk.FRESH}*")])
    versions.publish(target, "new", {"a": b"new"})
    lost = lost or versions.current(target).name != "new"
    return {"untold": int(not told), "torn": int(torn) + rest, "lost": int(lost)}


def damages(folder: Path, write: Write) -> Tally:
    """Damage the files of a desk in ten ways; each time the app goes on and says what is wrong."""
    tally = Tally()
    for number, name in enumerate(HARMS):
        tally.add(**_apart(_damaged, folder / f"harm{number}", name, write))
    return tally


def _damaged(place: Path, name: str, write: Write) -> dict[str, int]:
    """Return what is wrong after a damage to a desk with two edits, one in a colleague's file."""
    _at(place)
    told_of, harm = HARMS[name]
    table = building.load().table
    first, second = (tuple(row) for row in table[["id", "name"]].head(2).to_numpy())
    write(first, 1)
    plans.edits.files()[0].rename(plans.edits.folder() / "theirs.jsonl")
    write(second, 2)
    building.load()
    harm(place)
    made, log = building.load().table.set_index("id"), building.edit_log()
    shown = [made.loc[one[0], "location_source"] for one in (first, second)]
    told = len(log.stopped) + len(log.torn)
    mine = any(path.name == "edits.jsonl" for path in log.stopped)
    expected = ["walk 1", shown[1] if mine else "walk 2"]
    whole = versions.read(versions.built_folder(), versions.version()) is not None
    return {
        "lost": int(shown != expected or (mine and shown[1] == "walk 2")),
        "untold": int(told != told_of),
        "torn": int(not whole),
    }


def _mine(place: Path) -> Path:
    return place / "edits" / "edits.jsonl"


def _add(extra: bytes) -> Callable[[Path], None]:
    def harm(place: Path) -> None:
        _mine(place).write_bytes(_mine(place).read_bytes() + extra)

    return harm


def _ahead(extra: bytes) -> Callable[[Path], None]:
    def harm(place: Path) -> None:
        _mine(place).write_bytes(extra + _mine(place).read_bytes())

    return harm


def _marked(place: Path) -> None:
    marked = b"\xef\xbb\xbf" + _mine(place).read_bytes().replace(b"\n", b"\r\n")
    _mine(place).write_bytes(marked)


def _outside(place: Path) -> None:
    """Put into the middle a place that no form would take."""
    line = _mine(place).read_bytes()
    other = line.replace(b'"id": "', b'"id": "0').replace(b"28.05", b"12.05")
    _mine(place).write_bytes(other + line)


def _of_built(act: Callable[[Path], object]) -> Callable[[Path], None]:
    def harm(place: Path) -> None:
        act(versions.current(place / "built"))

    return harm


def _cut(folder: Path) -> None:
    path = folder / "projects.geojson"
    os.truncate(path, path.stat().st_size // 2)


def _turn(folder: Path) -> None:
    """Turn one byte in the middle, as a broken disk does."""
    path = folder / "projects.geojson"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _as_file(folder: Path) -> None:
    shutil.rmtree(folder.parent)
    folder.parent.write_bytes(b"not a folder")


# By name: how many files must be told of, and what is done to a desk.
HARMS: dict[str, tuple[int, Callable[[Path], None]]] = {
    "half a last line": (1, _add(b'{"version": 1, "ki')),
    "zeros at the end": (1, _add(b"\x00" * 4096)),
    "a broken line in the middle": (1, _ahead(b"{broken\n")),
    "a place that cannot be": (1, _outside),
    "a record nested without end": (1, _ahead(b"[" * 100_000 + b"\n")),
    "a byte order mark and CRLF": (0, _marked),
    "built data cut in half": (0, _of_built(_cut)),
    "built data with one byte turned": (0, _of_built(_turn)),
    "built data without a file": (0, _of_built(lambda folder: (folder / "tasks.json").unlink())),
    "a file where built/ should be": (0, _of_built(_as_file)),
}
