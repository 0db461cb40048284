"""Kills, full disks and damage while many write: ``python -m bench.durability [EDITS KILLS]``.

Six processes add 2,000 edits, others load, build, add documents and try edits that are refused;
one after another is killed at a random moment. What was acknowledged must be there, read whole and
be on the map at the next look; what was refused must not. The seed is fixed, the moments are not
quite: the machine has its part in them.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import building
import plans
from bench import damage
from scripts.steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess

RESULTS = ROOT / "bench" / "durability.md"
SEED = 20261201
# Seconds without any sign of life after which a process counts as stuck.
PATIENCE = 300.0
# Seconds between two builds of one process: nobody builds without a pause.
_BREATH = 2.0
_TEXT = "青溪镇2026年计划\n\n青溪镇人民政府\n2026年3月5日\n\n开工建设望月大道{number}号桥。\n"
_ABSENT = "004:999999:nothing"


@dataclass(frozen=True)
class Plan:
    """How much is done: writers, edits of all of them, kills, and things that each writer moves."""

    writers: int = 6
    edits: int = 2000
    kills: int = 100
    things: int = 10
    pauses: tuple[float, float] = (0.02, 0.8)


@dataclass
class Outcome:
    """What came of it; all but the counts of what was done must be 0."""

    acknowledged: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    documents: int = 0
    lost: int = 0
    torn: int = 0
    unapplied: int = 0
    refused: int = 0
    stuck: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """The figures that must be 0, by name."""
        names = ("lost", "torn", "unapplied", "refused", "stuck")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Desk:
    """Where one run takes place: its folders and what its processes have acknowledged."""

    folder: Path
    things: tuple[tuple[str, str], ...]
    plan: Plan

    def note(self, name: str, **what: Any) -> None:
        """Acknowledge: a killed process leaves what it had written to the system."""
        handle = os.open(self.folder / f"{name}.ack", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, json.dumps(what).encode() + b"\n")
        os.close(handle)

    def notes(self, name: str) -> list[dict[str, Any]]:
        """Return what processes of a name have acknowledged, whole lines only."""
        found = []
        for path in sorted(self.folder.glob(f"{name}.ack")):
            lines = path.read_bytes().split(b"\n")[:-1]
            found += [json.loads(line) for line in lines if line.endswith(b"}")]
        return found

    def last(self) -> dict[str, int]:
        """Return the number of the last acknowledged edit of each thing."""
        return {note["thing"]: note["number"] for note in self.notes("writer*")}


def draft(thing: tuple[str, str], number: int, after: tuple[str, ...] = ()) -> plans.Edit:
    """Return an edit of a thing's place whose source holds its number."""
    shape = {"type": "Point", "coordinates": [120.95 + number % 100 / 1e4, 28.05]}
    value = {"geometry": shape, "radius_m": 100, "source": f"walk {number}"}
    return plans.Edit("place", *thing, value, "durability", "bench", after=after)


def write_one(thing: tuple[str, str], number: int) -> plans.Edit:
    """Add an edit as the pages do, without the build that they ask for afterwards."""
    with plans.edits.lock():
        log = building.edit_log()
        heads = log.heads(("place", thing[0], ""))
        made = plans.edits.made(draft(thing, number, tuple(head.id for head in heads)), log)
        building.check([made])
        plans.edits.write([made])
    return made


def writer(desk: Desk, name: str) -> None:
    """Add this writer's share of edits, going on where it was killed."""
    place = int(name.removeprefix("writer"))
    mine = desk.things[place :: desk.plan.writers]
    share = len(range(place, desk.plan.edits, desk.plan.writers))
    for number in range(len(desk.notes(name)) + 1, share + 1):
        thing = mine[number % len(mine)]
        made = write_one(thing, number)
        desk.note(name, id=made.id, thing=thing[0], number=number)


def app(desk: Desk, name: str) -> None:
    """Look at the map again and again: what was acknowledged before must be on it."""
    while True:
        before = desk.last()
        missing = unapplied(before, building.load().table)
        desk.note(name, missing=missing)


def refuser(desk: Desk, name: str) -> None:
    """Try an edit that finds nothing to change; it must be refused each time."""
    thing = desk.things[-1]
    value = {"statement": _ABSENT, "to": "completed"}
    while True:
        try:
            building.keep(plans.Edit("stage", *thing, value, "durability", "bench"))
        except plans.WrongEdit:
            desk.note(name, refused=1)
        time.sleep(_BREATH)


def builder(desk: Desk, name: str) -> None:
    """Build as the command line does."""
    while True:
        building.build()
        desk.note(name, built=1)
        time.sleep(_BREATH)


def adder(desk: Desk, name: str) -> None:
    """Add a few documents; one that was on the shelf when it was killed is not acknowledged."""
    for number in range(4):
        text = _TEXT.format(number=number)
        document = plans.with_first_look(plans.read_document(Path("a.txt"), text.encode()))
        with suppress(plans.shelf.AddedAlready):
            desk.note(name, id=building.add(document), text=text)
        time.sleep(_BREATH)


def unapplied(last: dict[str, int], table: Any) -> int:
    """Return of how many things an older place is on the map than the last acknowledged one."""
    sources = dict(zip(table["id"], table["location_source"], strict=True))
    shown = {thing: str(sources[thing]).removeprefix("walk ") for thing in last}
    return sum(
        not shown[thing].isdigit() or int(shown[thing]) < number for thing, number in last.items()
    )


ROLES: dict[str, Callable[[Desk, str], None]] = {
    "app": app,
    "refuser": refuser,
    "builder": builder,
    "adder": adder,
}
_FORKED = multiprocessing.get_context("fork")


def started(desk: Desk, name: str) -> BaseProcess:
    """Start a process of a name, or start it again after its death."""
    made = _FORKED.Process(target=ROLES.get(name, writer), args=(desk, name), daemon=True)
    made.start()
    return made


def run(folder: Path, plan: Plan, seed: int = SEED, roles: tuple[str, ...] = (*ROLES,)) -> Outcome:
    """Let all work, kill one after another, and count what is wrong in the end.

    The folders of edits, documents and built data are those that the environment names.
    """
    table = building.load().table
    rows = table[table["kind"] == "project"].head(plan.writers * plan.things + 1)
    desk = Desk(folder, tuple(zip(rows["id"], rows["name"], strict=True)), plan)
    chance, outcome = random.Random(seed), Outcome()
    names = [*(f"writer{number}" for number in range(plan.writers)), *roles]
    running = {name: started(desk, name) for name in names}
    try:
        _disturb(desk, running, chance, outcome)
    finally:
        for one in running.values():
            one.kill()
            one.join()
    _count(desk, outcome)
    return outcome


def _disturb(
    desk: Desk, running: dict[str, BaseProcess], chance: random.Random, outcome: Outcome
) -> None:
    """Kill until all is written and all kills are done; who fails of itself is stuck."""
    seen, since = -1, time.monotonic()
    writers = [name for name in running if name.startswith("writer")]
    while not _is_done(desk, outcome, running, writers):
        time.sleep(chance.uniform(*desk.plan.pauses))
        if outcome.kills.total() < desk.plan.kills:
            name = chance.choice([*running])
            if running[name].is_alive():
                running[name].kill()
                running[name].join()
                outcome.kills[name.rstrip("0123456789")] += 1
                running[name] = started(desk, name)
        failed = [name for name, one in running.items() if one.exitcode not in {None, 0}]
        now = sum(path.stat().st_size for path in desk.folder.glob("*.ack"))
        if now != seen:
            seen, since = now, time.monotonic()
        if failed or time.monotonic() - since > PATIENCE:
            outcome.stuck += len(failed) or 1
            return


def _is_done(
    desk: Desk, outcome: Outcome, running: dict[str, BaseProcess], writers: list[str]
) -> bool:
    written = not any(running[name].is_alive() for name in writers)
    return written and outcome.kills.total() >= desk.plan.kills


def _count(desk: Desk, outcome: Outcome) -> None:
    log, made = building.edit_log(), building.load()
    noted = desk.notes("writer*")
    outcome.acknowledged = len(noted)
    texts = {document.id: document.text for document in made.documents.values()}
    added = desk.notes("adder")
    outcome.documents = len(added)
    outcome.looks = len(desk.notes("app"))
    outcome.lost = sum(note["id"] not in log.by_id for note in noted)
    outcome.lost += sum(texts.get(note["id"]) != note["text"] for note in added)
    outcome.torn = len(log.torn) + len(log.stopped) + len(plans.shelf.read_whole().broken)
    outcome.unapplied = unapplied(desk.last(), made.table)
    outcome.unapplied += sum(note["missing"] for note in desk.notes("app"))
    outcome.refused = sum(edit.value.get("statement") == _ABSENT for edit in log)


def at_home(folder: Path) -> None:
    """Let edits, documents and built data of this process lie in a folder."""
    for name in ("EDITS", "ADDED", "BUILT"):
        os.environ[f"PLANMAP_{name}"] = str(folder / name.lower())


def report(outcome: Outcome, full: damage.Tally, harm: damage.Tally, seconds: float) -> str:
    """Return the results as a Markdown page."""
    kills = ", ".join(f"{name} {count}" for name, count in sorted(outcome.kills.items()))
    rows = [
        ("edits acknowledged", outcome.acknowledged),
        (f"kills ({kills})", outcome.kills.total()),
        ("looks at the map meanwhile", outcome.looks),
        ("documents acknowledged", outcome.documents),
        *((f"**{name}**", count) for name, count in outcome.faults.items()),
        (f"full disks ({full.where})", full.done),
        *((f"**full disks: {what}**", count) for what, count in full.faults.items()),
        ("kinds of damage", harm.done),
        *((f"**damage: {what}**", count) for what, count in harm.faults.items()),
        ("seconds", round(seconds)),
    ]
    head = [
        "# Durability",
        "",
        f"`python -m bench.durability`, seed {SEED}, {os.cpu_count()} cores.",
    ]
    lines = [f"| {what} | {count} |" for what, count in rows]
    return "\n".join([*head, "", "| figure | measured |", "| --- | --- |", *lines, ""])


def main() -> None:
    """Do all of it, print the results and keep them; exit with 1 where anything is wrong."""
    begun = time.monotonic()
    given: dict[str, Any] = dict(zip(("edits", "kills"), map(int, sys.argv[1:]), strict=False))
    plan = replace(Plan(), **given)
    with tempfile.TemporaryDirectory(prefix="durability-", ignore_cleanup_errors=True) as name:
        at_home(Path(name))
        outcome = run(Path(name), plan)
        full = damage.full_disks(Path(name), 20, SEED)
        harm = damage.damages(Path(name), write_one)
    page = report(outcome, full, harm, time.monotonic() - begun)
    print(page)
    RESULTS.write_text(page, encoding="utf-8")
    wrong = {**outcome.faults, **full.faults, **harm.faults}
    sys.exit(any(wrong.values()) or outcome.acknowledged < plan.edits)


if __name__ == "__main__":
    main()
