"""A program that reads a small valid file again and again with a few bytes of it changed."""

from __future__ import annotations

import io
import random
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isolation import serve
from store import BrokenFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def prepare() -> None:
    """Load the libraries while there is time for it."""
    import layers.own.answer  # noqa: F401, PLC0415 - after the rights are given up


def changed(raw: bytes, count: int) -> Iterator[bytes]:
    """Yield a file with bytes flipped, cut off, doubled or put in, the same each time.

    Every other time it is a part of an archive that is changed, for its sum guards the rest.
    """
    dice = random.Random(20261201)
    for number in range(count):
        packed = raw.startswith(b"PK") and number % 2
        yield repacked(raw, dice) if packed else broken(raw, dice)


def repacked(raw: bytes, dice: random.Random) -> bytes:
    """Return an archive with one of its members broken."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        members = {name: old.read(name) for name in old.namelist()}
        chosen = dice.choice(sorted(name for name in members if members[name]))
        for name, content in members.items():
            new.writestr(name, broken(content, dice) if name == chosen else content)
    return out.getvalue()


def broken(raw: bytes, dice: random.Random) -> bytes:
    """Return bytes with a few changes."""
    fresh = bytearray(raw)
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(fresh))
        match dice.randrange(5):
            case 0:
                fresh[at] ^= 1 << dice.randrange(8)
            case 1:
                fresh[at] = dice.choice(b"\x00\xff09<>[]{}()/")
            case 2:
                del fresh[at + 1 :]
            case 3:
                fresh[at:at] = fresh[at : at + dice.randrange(1, 60)]
            case _:
                del fresh[at : at + dice.randrange(1, 30)]
        fresh = fresh or bytearray(b"x")
    return bytes(fresh)


def reader(name: str) -> Callable[[bytes], object]:
    """Return what reads files of a name."""
    if name.startswith("layer"):
        from layers.own import reading  # noqa: PLC0415 - loaded in the child only

        return reading.read
    if name.startswith("edits"):
        from plans.incoming import answer  # noqa: PLC0415

        def read_edits(raw: bytes) -> None:
            said = answer({"name": name}, raw, lambda _done, _of: None)
            if "broken" in said:
                raise BrokenFile(name, said["broken"]["reason"])

        return read_edits
    from plans.formats import read_file  # noqa: PLC0415

    return lambda raw: read_file(Path(name), raw)


def read(request: dict[str, Any], content: bytes, told: Any) -> dict[str, int]:
    """Return how often reading gave a value, and how often which error."""
    one, seen = reader(request["name"]), Counter[str]()
    one(content)  # the file as it is can be read
    for number, raw in enumerate(changed(content, request["count"]), 1):
        told(number, request["count"])
        try:
            one(raw)
        except ValueError as error:  # all errors of ours are kinds of it, with a line of words
            named = "\n" not in str(error) and type(error).__module__.startswith(OURS)
            seen[type(error).__name__ if named else f"unnamed {error!r}"[:200]] += 1
        except Exception as error:  # noqa: BLE001 - what is found is reported, not raised
            seen[f"unnamed {error!r}"[:200]] += 1
        else:
            seen["value"] += 1
    return dict(seen)


OURS = ("store", "plans.", "layers.")

if __name__ == "__main__":
    serve(read, prepare)
