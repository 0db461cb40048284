"""What ships: its licences, its list, and what is known to be wrong with it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as some
from packaging.version import Version

from scripts import audit, licences, sbom, shipped
from scripts.steps import ROOT, RUNS

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = some.integers(0, 4).map(str)


def test_all_that_ships_may_ship() -> None:
    """Each locked package states a licence whose terms we can pass on."""
    packages = shipped.shipped()
    assert len(packages) > 100
    assert licences.refused(packages) == []
    assert {one.ecosystem for one in packages} == {"pypi", "npm"}


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND MIT", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GNU Library or Lesser General Public License (LGPL)", True),
        ("MIT OR GPL-3.0-only", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0", False),
        ("GNU Affero General Public License v3", False),
        ("MIT AND GPL-2.0-only", False),
        ("", False),
    ],
)
def test_a_licence_is_judged_by_its_terms(text: str, allowed: bool) -> None:  # noqa: FBT001
    """Copyleft for the whole work may not ship; of a choice one that may suffices."""
    assert licences.is_allowed(text) is allowed


def test_the_list_names_each_package_once_with_its_address() -> None:
    """CycloneDX's own schema is content, and each locked package stands in it."""
    packages = shipped.shipped()
    components = json.loads(sbom.bill(packages))["components"]
    urls = [one["purl"] for one in components]
    assert len(urls) == len(set(urls)) == len(packages)
    assert all(re.fullmatch(r"pkg:(pypi|npm)/[^@\s]+@[^@\s]+", url) for url in urls)
    assert all(one["licenses"] for one in components)


def advisory(name: str, **affected: Any) -> dict[str, Any]:
    """Return an advisory as OSV writes it."""
    package = {"name": name, "ecosystem": "PyPI"}
    return {
        "id": "TEST-1",
        "modified": "2026-01-01T00:00:00Z",
        "published": "2026-01-01T00:00:00Z",
        "summary": "a hole",
        "affected": [{"package": package, **affected}],
    }


def dump(folder: Path, *advisories: dict[str, Any]) -> Path:
    """Write advisories as OSV's dump has them."""
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for number, one in enumerate(advisories):
            packed.writestr(f"{number}.json", json.dumps(one))
    return path


def test_a_hole_is_found_without_a_network(tmp_path: Path) -> None:
    """pip-audit itself finds what the file knows of a locked package, and nothing else."""
    lock = tmp_path / "lock"
    lock.write_text(
        next(
            iter(
                re.findall(
                    r"^jinja2==[^\n]*(?:\n [^\n]*)*", (ROOT / RUNS).read_text(), re.MULTILINE
                )
            )
        )
    )
    old = dump(tmp_path, advisory("Jinja2", versions=["0.0.1"]))
    with audit.answering(audit.read_dump(old)) as address:
        assert audit.audit(lock, address) == 0
    holed = dump(
        tmp_path,
        advisory("Jinja2", ranges=[{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]),
    )
    with audit.answering(audit.read_dump(holed)) as address:
        assert audit.audit(lock, address) == 1


@given(some.lists(NUMBERS, min_size=1, max_size=3), NUMBERS, NUMBERS)
def test_a_range_holds_what_lies_between_its_ends(parts, first, last) -> None:
    """From the version that brought the hole in, up to but without the one that closed it."""
    assume(Version(first) < Version(last))
    version = ".".join(parts)
    events = [{"introduced": first}, {"fixed": last}]
    affected = {"ranges": [{"type": "ECOSYSTEM", "events": events}]}
    expected = Version(first) <= Version(version) < Version(last)
    assert audit.concerns(affected, version) is expected


def test_a_withdrawn_advisory_is_none(tmp_path: Path) -> None:
    """What OSV took back is not told."""
    back = advisory("jinja2", versions=["1"]) | {"withdrawn": "2026-01-02T00:00:00Z"}
    assert audit.read_dump(dump(tmp_path, back)) == {}


def test_the_list_of_licences_runs_by_itself() -> None:
    """It prints each package with its licence, and ends without a fault."""
    ran = subprocess.run(
        [sys.executable, "-m", "scripts.licences"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "\tleaflet\t" in ran.stdout
