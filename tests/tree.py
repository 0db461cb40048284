"""The project's own files, as the tests on the house itself see them."""

from __future__ import annotations

import ast
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("plans", "geo", "layers")
CODE = (
    *(*ROOMS, "isolation", "pages", "app.py", "planmap.py"),
    *("building.py", "previewing.py", "versions.py", "store.py", "disk.py", "passwords.py"),
)
TEXT = {
    "",
    ".cfg",
    ".css",
    ".csv",
    ".geojson",
    ".html",
    ".ini",
    ".js",
    ".json",
    ".lock",
    ".md",
    ".npmrc",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
}


def ignored(root: Path) -> set[str]:
    """Return the names that .gitignore leaves out, and git's own folder."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").split()
    return {".git", *(line.rstrip("/") for line in lines)}


def files(root: Path = ROOT) -> Iterator[Path]:
    """Walk over all files that are committed or will be, in a stable order."""
    out = ignored(root)
    for folder, names, here in os.walk(root):
        names[:] = sorted(
            name for name in names if name not in out and not name.endswith(".egg-info")
        )
        yield from (Path(folder, name) for name in sorted(here) if name not in out)


def texts(root: Path = ROOT) -> Iterator[tuple[str, str]]:
    """Walk over all text files: path from the root with slashes, and content."""
    for path in files(root):
        if path.suffix in TEXT:
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def modules(*places: str, root: Path = ROOT) -> Iterator[tuple[str, ast.Module]]:
    """Walk over the Python files in the given folders, or of the given names, parsed."""
    for name, text in texts(root):
        if name.endswith(".py") and (name in places or name.split("/")[0] in places):
            yield name, ast.parse(text, name)
