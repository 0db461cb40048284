"""Resolve many names against a long gazetteer, in one fresh process: ``python -m bench.resolving``.

The gazetteer is made here: it has the committed townships, villages and words, and rows of made-up
names that are partly shared by several townships, as names are. The names that are asked are
rows as they are (half of them), phases and works of rows, names with blanks or a township before
them, and names that no row has. The peer is a pandas join of the same names: it finds equal names
and nothing else.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS, NAMES = 1_000_000, 100_000
TABLES = ("area", "sources", "townships", "villages", "name_parts", "scopes", "place_kinds")
SIGNS = "安白北长城春大东凤港高光海河红湖华黄江金景岭龙梅南宁平清山石水松泰天桐望西溪新兴阳玉云中"
NOUNS = ("小学", "公园", "水库", "大桥", "路", "卫生院", "工业园", "菜场", "泵站", "文化礼堂")
HEADER = (
    *("key", "name", "aliases", "kind", "location_class", "unplaced_reason", "lon", "lat"),
    *("alignment", "outline", "radius_m", "method", "rule", "source", "townships", "host"),
    *("match", "date", "evidence"),
)


def peak_mb() -> float | None:
    """Return the most memory that this process has held, in MB; None where nobody can tell."""
    if sys.platform == "win32":
        return None
    import resource  # noqa: PLC0415 - not on Windows

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def made_up(chance: random.Random, rows: int) -> Iterator[tuple[str, str]]:
    """Make different pairs of name and township; of a million, a third share their name."""
    with (DATA / "townships.csv").open(encoding="utf-8") as table:
        towns = [row["name"] for row in csv.DictReader(table)]
    seen: set[tuple[str, str]] = set()
    while len(seen) < rows:
        name = "".join(chance.choices(SIGNS, k=3)) + chance.choice(NOUNS)
        pair = (name, chance.choice(towns))
        if pair not in seen:
            seen.add(pair)
            yield pair


def make(folder: Path, rows: int) -> list[str]:
    """Write a data folder with so many rows; return their names."""
    for name in TABLES:
        shutil.copy(DATA / f"{name}.csv", folder)
    shutil.copytree(DATA / "boundaries", folder / "boundaries")
    for name in ("alignments", "waypoints"):
        header = (DATA / f"{name}.csv").read_text("utf-8").splitlines()[0]
        (folder / f"{name}.csv").write_text(f"{header}\n", "utf-8")
    chance, names = random.Random(1), []
    with (folder / "gazetteer.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER, restval="", lineterminator="\n")
        table.writeheader()
        for number, (name, town) in enumerate(made_up(chance, rows)):
            names.append(name)
            table.writerow(row(chance, f"g{number}", name, town))
    return names


def row(chance: random.Random, key: str, name: str, town: str) -> dict[str, str]:
    """Return a row of the gazetteer somewhere in the city."""
    return {
        "key": key,
        "name": name,
        "kind": "facility",
        "location_class": "locality",
        "lon": f"{chance.uniform(120.85, 120.95):.6f}",
        "lat": f"{chance.uniform(28.0, 28.1):.6f}",
        "radius_m": "600",
        "method": "gazetteer",
        "source": "geonames",
        "townships": town,
        "date": "2026-11",
        "evidence": "made up",
    }


def asked(chance: random.Random, names: list[str], number: int) -> list[str]:
    """Return names to resolve, as plans would write them."""
    forms = (
        *(lambda name: name,) * 5,
        lambda name: f"{name}二期",
        lambda name: f"{name}改造工程",
        lambda name: f"虹桥镇{name}",
        " ".join,
        lambda name: f"无{name}无",
    )
    return [chance.choice(forms)(chance.choice(names)) for _ in range(number)]


def measure(rows: int = ROWS, number: int = NAMES) -> dict[str, Any]:
    """Return seconds of the processor for reading, resolving and the peer, and the peak memory."""
    from geo import Gazetteer, Query, locate  # noqa: PLC0415 - measured with the rest

    with tempfile.TemporaryDirectory() as folder:
        names = asked(random.Random(2), make(Path(folder), rows), number)
        started = time.process_time()
        gazetteer = Gazetteer.load(Path(folder))
        read = time.process_time() - started
        queries = [Query(name, areas=("乐清市",)) for name in names]
        started = time.process_time()
        placed = sum(locate(query, gazetteer).geometry is not None for query in queries)
        resolved = time.process_time() - started
        memory = peak_mb()
        del gazetteer
        joined, same = peer(Path(folder), names)
    return {
        "rows": rows,
        "names": number,
        "read": read,
        "resolved": resolved,
        "placed": placed,
        "memory": memory,
        "joined": joined,
        "same": same,
    }


def peer(folder: Path, names: list[str]) -> tuple[float, int]:
    """Return the seconds of a pandas join of the names, and how many have just one row."""
    import pandas as pd  # noqa: PLC0415 - only now, so that its memory is not counted as ours

    table = pd.read_csv(folder / "gazetteer.csv", usecols=["name", "lon", "lat"])
    started = time.process_time()
    found = pd.DataFrame({"name": names, "asked": range(len(names))}).merge(table, on="name")
    same = int((found.groupby("asked").size() == 1).sum())
    return time.process_time() - started, same


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:]))))
