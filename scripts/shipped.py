"""What ships with planmap: the locked Python packages that run, and the front-end packages."""

from __future__ import annotations

import json
import re
from importlib import metadata
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from packaging.markers import Marker
from packaging.utils import canonicalize_name

from scripts.steps import ROOT, RUNS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

_LINE = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[^ \\;]+)(?: ; (?P<marker>[^\\]+))?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
# Classifiers of packages that state no licence expression; the last words decide.
_CLASSIFIER = "License :: OSI Approved :: "
_FREE_TEXT = 60  # characters: longer is the licence's own text


class Shipped(NamedTuple):
    """A package that ships: where it is from, and its licence as it states it; empty if unknown."""

    ecosystem: str
    name: str
    version: str
    licence: str
    hashes: tuple[str, ...] = ()


def shipped() -> list[Shipped]:
    """Return all that ships on this system."""
    return [*python_packages(ROOT / RUNS), *front_end(ROOT / "package-lock.json")]


def python_packages(lock: Path) -> Iterator[Shipped]:
    """Walk over the packages of a lock that are meant for this system.

    The licence is asked of the package that is installed.
    """
    for block in re.split(r"\n(?=\S)", lock.read_text("utf-8").strip()):
        found = _LINE.match(block)
        if found is None:
            raise ValueError(f"{lock.name}: {block.splitlines()[0]!r} is no locked package")
        marker = found["marker"]
        if marker is None or Marker(marker.strip()).evaluate():
            hashes = tuple(_HASH.findall(block))
            yield Shipped("pypi", found["name"], found["version"], licence(found["name"]), hashes)


def licence(name: str) -> str:
    """Return the licence that an installed package states; empty if it states none."""
    told: Message
    try:
        told = cast("Message", metadata.metadata(name))
    except metadata.PackageNotFoundError:
        return ""
    plain = (told.get("License") or "").strip()
    named = [
        line.removeprefix(_CLASSIFIER)
        for line in told.get_all("Classifier") or ()
        if line.startswith(_CLASSIFIER)
    ]
    short = plain if len(plain) <= _FREE_TEXT and "\n" not in plain else plain.splitlines()[0]
    return told.get("License-Expression") or " OR ".join(named) or short


def front_end(lock: Path) -> Iterator[Shipped]:
    """Walk over the front-end packages that are served, those of the tests left out."""
    packages: dict[str, Any] = json.loads(lock.read_text("utf-8"))["packages"]
    for place, one in packages.items():
        if place and not one.get("dev"):
            name = place.removeprefix("node_modules/")
            yield Shipped("npm", name, one["version"], one.get("license", ""))


def canonical(name: str) -> str:
    """Return a Python package's name as indexes spell it."""
    return str(canonicalize_name(name))
