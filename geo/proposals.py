"""What services answered, kept on this machine: no name is asked twice, and a run can go on later.

``online/amap.jsonl`` holds one line for each name that was asked, in the order of asking.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import disk
from geo.services import NoAnswer, Proposal
from store import ROOT, BrokenFile, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.services import Service

# After so many names in a row without an answer the service is held to be down.
_PATIENCE = 3


@dataclass(frozen=True)
class Answer:
    """What came of one name: from the cache or fresh, with proposals or a trouble."""

    name: str
    proposals: tuple[Proposal, ...] = ()
    cached: bool = False
    trouble: str = ""


def folder() -> Path:
    """Return where answers are kept: ``online/``, or what PLANMAP_ONLINE names."""
    return Path(os.environ.get("PLANMAP_ONLINE") or ROOT / "online")


def kept(service: str) -> dict[str, tuple[Proposal, ...]]:
    """Return the answers of a service by the name that was asked; empty ones too.

    A last line that was cut off when a run ended is left out: its name is asked again.

    Raises
    ------
    BrokenFile
        A line is no record.
    """
    path = folder() / f"{service}.jsonl"
    if not path.is_file():
        return {}
    *lines, _ = read_bytes(path).split(b"\n")
    return dict(_record(line, path, number) for number, line in enumerate(lines, 1))


def _record(line: bytes, path: Path, number: int) -> tuple[str, tuple[Proposal, ...]]:
    try:
        record = json.loads(line)
        return record["name"], tuple(Proposal(**one) for one in record["proposals"])
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenFile(path, f"no answer of a service: {error}", line=number) from None


def proposals(names: Iterable[str]) -> list[Proposal]:
    """Return what any service proposed for a thing by one of its names, each place once.

    Raises
    ------
    BrokenFile
        As in ``kept``.
    """
    wanted = dict.fromkeys(names)
    services = sorted(path.stem for path in folder().glob("*.jsonl"))
    answers = [kept(service) for service in services]
    return list(dict.fromkeys(one for by in answers for name in wanted for one in by.get(name, ())))


def taken_over(proposal: Proposal, service: Service) -> dict[str, Any]:
    """Return a proposal that a person accepts as the value of a place, but for its radius.

    Source and day stand with it, and the service's licence.
    """
    where = {"type": "Point", "coordinates": [proposal.lon, proposal.lat]}
    said = " ".join(filter(None, (proposal.name, proposal.address)))
    return {
        "geometry": where,
        "source": f"{service.attribution}, {proposal.asked}: {said}",
        "licence": service.licence,
        "method": "online",
    }


def ask_all(
    names: Iterable[str],
    service: Service,
    ask: Callable[[str], list[Proposal]],
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Answer]:
    """Ask for names one after another, and keep each answer at once.

    Parameters
    ----------
    names
        Each asked once; those answered in an earlier run are taken from the cache.
    service
        Says how long to pause between two questions.
    ask
        Asks for one name.
    pause
        Waits so many seconds.

    Yields
    ------
    Answer
        One per name, as soon as it is there.

    Raises
    ------
    geo.services.ServiceTrouble
        The key is not accepted, the quota is spent, or several names in a row had no answer.
        What was answered before is kept: the next run goes on from there.
    """
    known = kept(service.code)
    silent, asked = 0, False
    for name in dict.fromkeys(names):
        if name in known:
            yield Answer(name, known[name], cached=True)
            continue
        if asked:
            pause(service.pause_s)
        asked = True
        try:
            found = tuple(ask(name))
        except NoAnswer as error:
            if (silent := silent + 1) >= _PATIENCE:
                raise
            yield Answer(name, trouble=str(error))
            continue
        silent = 0
        _keep(service.code, name, found)
        yield Answer(name, found)


def _keep(service: str, name: str, found: tuple[Proposal, ...]) -> None:
    """Add an answer, after the half of one that a killed run left; two runs add one at a time."""
    path = folder() / f"{service}.jsonl"
    record = {"name": name, "proposals": [asdict(one) for one in found]}
    with disk.locked(path.parent):
        if path.is_file() and not (content := path.read_bytes()).endswith(b"\n"):
            disk.cut_back(path, content.rfind(b"\n") + 1)
        disk.append([(path, json.dumps(record, ensure_ascii=False).encode() + b"\n")])
