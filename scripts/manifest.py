"""Write or check ``data/manifest.csv``: each file of the data folder with sha256, rows, licence.

``python scripts/manifest.py`` brings sums and counts up to date and keeps the licences;
a new file needs one: ``python scripts/manifest.py gazetteer.csv="per row: see sources.csv"``.
``python scripts/manifest.py --check`` changes nothing and fails on any difference.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from store import BrokenFile, read_table, read_text, sha256  # noqa: E402 - the path comes first

COLUMNS = ("file", "sha256", "rows", "licence")
NAME = "manifest.csv"
# What ``planmap basemap`` fetched on this machine has a manifest of its own.
FETCHED = "osm"


def listed(folder: Path) -> list[str]:
    """Return the files of the folder and those below, but for the manifest itself."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sorted(
        path.relative_to(folder).as_posix()
        for path in files
        if path.name[0] != "."
        and path != folder / NAME
        and path.parts[len(folder.parts)] != FETCHED
    )


def rows(path: Path) -> int:
    """Count the records of a table, the features of a layer, the lines of anything else."""
    if path.suffix == ".csv":
        return max(sum(1 for _ in csv.reader(read_text(path).splitlines())) - 1, 0)
    if path.suffix == ".geojson":
        return len(json.loads(read_text(path))["features"])
    return len(read_text(path).splitlines())


def described(folder: Path, licences: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """Return the manifest's lines as they should be.

    Raises
    ------
    store.BrokenFile
        A file has no licence.
    """
    for name in listed(folder):
        if not licences.get(name):
            raise BrokenFile(folder / name, f'no licence known: give it as {name}="..."')
    return [
        (name, sha256(folder / name), str(rows(folder / name)), licences[name])
        for name in listed(folder)
    ]


def read_manifest(folder: Path) -> list[tuple[str, str, str, str]]:
    """Return the manifest's lines as they are; none when there is no manifest yet."""
    if not (folder / NAME).exists():
        return []
    found = read_table(folder / NAME, COLUMNS)
    return [(row["file"], row["sha256"], row["rows"], row["licence"]) for row in found]


def write_manifest(folder: Path, given: dict[str, str]) -> None:
    """Write the manifest anew, with the licences it had and those given."""
    kept = {name: licence for name, _, _, licence in read_manifest(folder)}
    lines = described(folder, kept | given)
    with (folder / NAME).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *lines])


def differences(folder: Path) -> list[str]:
    """Return one line for each file whose description is not true, is missing or is left over."""
    have = {line[0]: line for line in read_manifest(folder)}
    present = listed(folder)
    licences = {name: have[name][3] if name in have else "?" for name in present}
    should = {line[0]: line for line in described(folder, licences)}
    found = dict.fromkeys(should.keys() - have.keys(), "not in the manifest")
    found |= dict.fromkeys(have.keys() - should.keys(), "no such file")
    found |= {name: "changed" for name in have.keys() & should.keys() if have[name] != should[name]}
    return [f"{folder.name}/{name}: {reason}" for name, reason in sorted(found.items())]


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    options = dict(part.split("=", 1) for part in arguments if "=" in part)
    folder = Path(options.pop("--folder", ROOT / "data"))
    try:
        if "--check" not in arguments:
            write_manifest(folder, options)
        wrong = differences(folder)
    except BrokenFile as error:
        wrong = [str(error)]
    print("\n".join(wrong) or f"{folder.name}: all files as the manifest says")
    return 2 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
