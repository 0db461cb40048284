"""The command line: build, export, extract."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from store import BrokenFile

_Command = Callable[..., None]
_FILTERS = {
    "status": "Stage code, for example under_construction.",
    "strategy": "Strategy code, for example ecology.",
    "unit": "Responsible unit in any role.",
    "lead": "Leading unit.",
    "category": "Category code, for example road.",
    "document": "Document id, for example 004.",
    "search": "Words in names, aliases and quotes.",
}


def load() -> Any:
    """Return the built catalogue for the pages; see ``building.load``."""
    from building import load as load_built  # noqa: PLC0415 - a command's help need not wait for it

    return load_built()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="planmap")
def main() -> None:
    """Plan documents in, a trustworthy interactive map out."""


def _told(command: _Command) -> _Command:
    """Turn an error of ours into one clear line and exit code 2."""

    @wraps(command)
    def run(**options: Any) -> None:
        try:
            command(**options)
        except (BrokenFile, ValueError, OSError) as error:
            click.echo(f"planmap: {error}", err=True)
            sys.exit(2)

    return run


def _filtered(command: _Command) -> _Command:
    for name, text in reversed(_FILTERS.items()):
        command = click.option(f"--{name}", multiple=True, help=text)(command)
    return command


@main.command()
@_told
def build() -> None:
    """Read the catalogue and write the built data to built/."""
    from building import BUILT  # noqa: PLC0415 - see load
    from building import build as build_all  # noqa: PLC0415

    made = build_all()
    click.echo(f"{len(made.table)} projects, {len(made.tasks)} task rows -> {BUILT.name}/")


@main.command()
@click.option("--all", "everything", is_flag=True, help="All projects; filters still apply.")
@click.option("--tasks", is_flag=True, help="The rows of the responsibility tables instead.")
@click.option("--format", "form", type=click.Choice(["geojson", "csv", "json"]), required=True)
@click.option("--out", required=True, help="File to write; - for standard output.")
@_filtered
@_told
def export(*, everything: bool, tasks: bool, form: str, out: str, **filters: Any) -> None:
    """Write projects (geojson, csv) or task rows (json) of the catalogue."""
    if not (everything or tasks or any(filters.values())):
        raise ValueError("say --all, --tasks or at least one filter")
    made = load()
    _write(out, _rendered(made, form, filters, tasks=tasks))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tasks", is_flag=True, help="The rows of the responsibility tables instead.")
@click.option("--format", "form", type=click.Choice(["geojson", "csv", "json"]), required=True)
@click.option("--out", required=True, help="File to write; - for standard output.")
@_filtered
@_told
def extract(*, file: Path, tasks: bool, form: str, out: str, **filters: Any) -> None:
    """Read a single plan text, known or not, and write what it names."""
    from building import extract as extract_one  # noqa: PLC0415 - see load

    _write(out, _rendered(extract_one(file), form, filters, tasks=tasks))


def _rendered(made: Any, form: str, filters: dict[str, Any], *, tasks: bool) -> bytes:
    from building import as_json  # noqa: PLC0415 - see load
    from layers import Selection, select, to_csv, to_geojson  # noqa: PLC0415

    if tasks != (form == "json"):
        raise ValueError("task rows are written as json, projects as geojson or csv")
    chosen = select(made.table, Selection(**filters))
    if not tasks:
        return (to_geojson if form == "geojson" else to_csv)(chosen)
    return as_json(_tasks_of(made.tasks, chosen) if any(filters.values()) else made.tasks)


def _tasks_of(tasks: list[dict[str, Any]], chosen: Any) -> list[dict[str, Any]]:
    """Return the task rows on whose line a chosen project is named."""
    lines = {(said["document"], said["line"]) for row in chosen.statements for said in row}
    return [task for task in tasks if (task["document"], task["line"]) in lines]


def _write(out: str, content: bytes) -> None:
    """Write a file whole or not at all."""
    if out == "-":
        sys.stdout.buffer.write(content)
        return
    target = Path(out)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as fresh:
        fresh.write(content)
    Path(fresh.name).chmod(0o644)
    Path(fresh.name).replace(target)


if __name__ == "__main__":
    main()
