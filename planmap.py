"""The command line: build, export, extract, count, evaluate; add, remove; locate, basemap."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

import disk
from store import DATA, BrokenFile, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import plans

_Command = Callable[..., None]
_FORMATS = [
    row["format"] for row in read_table(DATA / "formats.csv", ["format", "suffix", "mime", "crs"])
]
_FILTERS = {
    "status": "Stage code, for example under_construction.",
    "strategy": "Strategy code, for example ecology.",
    "unit": "Responsible unit in any role.",
    "lead": "Leading unit.",
    "category": "Category code, for example road.",
    "document": "Document id, for example 004.",
    "year": "Year of a document that names it.",
    "target_year": "Year for which something is promised or reported.",
    "due": "silent, named or no_later: due by today, and what later documents say; open: all.",
    "township": "Township it lies in, as far as known.",
    "location_class": "site, locality, township, city or none.",
    "certainty": "plain, ensure or strive.",
    "outcome": "known, finished, part_finished, unfinished or unknown, by other sources.",
    "thing": "project, programme or indicator; indicators only if asked or searched for.",
    "search": "Words in names, aliases and quotes; pinyin or initials of names.",
}
_SHEET = {
    "paper": "a4, a3, wide (a 16:9 slide), or width x height in mm: 600x400.",
    "dpi": "96, 150 or 300.",
    "extent": "selection, city, the name of a township, or west,south,east,north in degrees.",
    "title": "Instead of the usual title.",
    "subtitle": "Instead of the selection in words.",
    "labels": "auto, names, numbers or none.",
    "atlas": "One sheet for each unit, strategy, township or project; pdf and pptx.",
    "date": "Day of making to print, 2026-11-30; else today.",
    "address": "Base address under which others reach the app: prints the link as a QR code.",
    "language": "zh or en.",
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
        except BrokenPipeError:
            raise  # whoever read the output has seen enough: no trouble of ours
        except (BrokenFile, ValueError, OSError) as error:
            click.echo(f"planmap: {error}", err=True)
            sys.exit(2)

    return run


def _filtered(command: _Command) -> _Command:
    issuer = "Let the issuer count as --unit where no unit is named."
    command = click.option("--include-issuer", is_flag=True, help=issuer)(command)
    for name, text in reversed(_FILTERS.items()):
        option = f"--{name.replace('_', '-')}"
        command = click.option(option, multiple=True, help=text)(command)
    return command


def _written(command: _Command) -> _Command:
    command = click.option("--out", required=True, help="File to write; - for standard output.")(
        command
    )
    command = click.option("--crs", type=int, help="EPSG code: 4326, 4490, 4549 or 3857.")(command)
    form = click.Choice([*_FORMATS, "json"])
    return click.option("--format", "form", type=form, required=True)(command)


@main.command()
@_told
def build() -> None:
    """Read the catalogue and write the built data to built/."""
    from building import BUILT, troubles  # noqa: PLC0415 - see load
    from building import build as build_all  # noqa: PLC0415

    made = build_all()
    for error in troubles():
        click.echo(f"planmap: left out: {error}", err=True)
    from layers import counted_rows  # noqa: PLC0415

    counted = counted_rows(made.table, "en")
    click.echo(f"{counted}, {len(made.tasks)} task rows -> {BUILT.name}/")


@main.command()
@click.option("--all", "everything", is_flag=True, help="All, indicators too; filters still apply.")
@click.option("--tasks", is_flag=True, help="The rows of the responsibility tables instead.")
@_written
@_filtered
@_told
def export(*, everything: bool, tasks: bool, out: str, **asked: Any) -> None:
    """Write projects (any format but json) or task rows (json) of the catalogue."""
    if not (everything or tasks or any(asked[name] for name in _FILTERS)):
        raise ValueError("say --all, --tasks or at least one filter")
    if everything and not asked["thing"]:
        from layers import NOUNS  # noqa: PLC0415 - see load

        asked["thing"] = NOUNS
    _write(out, _rendered(load(), tasks=tasks, **asked))


def _sheet_options(command: _Command) -> _Command:
    for name, text in reversed(_SHEET.items()):
        command = click.option(f"--{name}", help=text)(command)
    return command


@main.command()
@click.option("--out", required=True, help="File to write; its ending is the format.")
@click.option("--preset", default="", help="A link of the page 出图 with filters and options.")
@click.option("--upright", is_flag=True, help="Paper that stands.")
@click.option("--grid", is_flag=True, help="Draw degrees over the map.")
@click.option("--no-inset", is_flag=True, help="Leave out the small map of where this is.")
@click.option(
    "--quoted", is_flag=True, help="Of a search also what is hit only by a quote, behind the names."
)
@click.option("--slides", is_flag=True, help="In pptx one more slide for each project.")
@_sheet_options
@_filtered
@_told
def sheet(*, out: str, preset: str, **given: Any) -> None:
    """Draw the chosen projects as a finished sheet: png, svg, pdf or pptx.

    All that is chosen is listed by name: on the sheet where there is room, else on pages that
    follow, in png and svg as files beside it: sheet.png, sheet-2.png and so on.
    """
    import layers  # noqa: PLC0415 - see load

    selection, query = layers.read_link(preset)
    filters = {name: given.pop(name) for name in (*_FILTERS, "include_issuer")}
    if any(filters.values()):
        selection = layers.Selection(**filters)
    options = layers.options_from_words(query, given, suffix=Path(out).suffix)
    made, date = load(), layers.date_of_link(preset)
    table = _as_of(made, date) if date else made.table
    shown = _chosen(made, selection, table)
    subject = layers.Subject(shown, table, layers.base_map(), made.documents, selection, date)
    target = Path(out)
    files = layers.make_files(subject, options, target.stem, _progress)
    for number, file in enumerate(files, 1):
        # The first has the name that was asked for; what has no room on it stands beside it.
        name = out if number == 1 else str(target.with_stem(f"{target.stem}-{number}"))
        _write(name, file.content)
        if len(files) > 1:
            click.echo(name, err=True)


@main.command()
@click.option("--unit", required=True, help="Responsible unit, in any role.")
@click.option("--out", required=True, help="File to write: .pdf, .xlsx or .docx.")
@click.option("--lead-only", is_flag=True, help="Only what the unit leads.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@_told
def supervise(*, unit: str, out: str, lead_only: bool, language: Any) -> None:
    """Write what a unit answers for: what is due, done or silent, with quotes, to print on A4."""
    import layers  # noqa: PLC0415 - see load

    made = load()
    lead = (unit,) if lead_only else ()
    shown = _chosen(made, layers.Selection(lead=lead, thing=layers.NOUNS))
    scope = layers.supervision_scope(layers.Selection(lead=lead), unit, language)
    table = layers.supervised(shown, made.documents, unit, scope)
    kind = Path(out).suffix.removeprefix(".").lower()
    _write(out, layers.supervision_file(table, kind, language))


def _progress(done: int, of: int) -> None:
    if of > 1:
        click.echo(f"sheet {done} of {of}", err=True)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--tasks", is_flag=True, help="The rows of the responsibility tables instead.")
@_written
@_filtered
@_told
def extract(*, file: Path, tasks: bool, out: str, **asked: Any) -> None:
    """Read a single plan text, known or not, and write what it names."""
    from building import extract as extract_one  # noqa: PLC0415 - see load

    made = extract_one(file)
    for document in made.documents.values():
        _tell(file, document.notes)
    _write(out, _rendered(made, tasks=tasks, **asked))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", help="As it shall be listed; else as the file says.")
@click.option("--issuer", help="Who issued it; else as the file says.")
@click.option("--date", help="2025, 2025-08 or 2025-08-31; else as the file says.")
@click.option("--area", multiple=True, help="Town or city it speaks for; else as the file says.")
@click.option("--horizon", type=int, help="Last year of its period.")
@click.option("--tense", help="promise, goal, report, or own where each sentence tells.")
@_told
def add(*, file: Path, area: tuple[str, ...], **said: Any) -> None:
    """Read a plan and keep it as a new document of the catalogue."""
    import plans  # noqa: PLC0415 - see load
    from building import add as add_one  # noqa: PLC0415

    read = plans.with_first_look(plans.read_document(file))
    _tell(file, read.notes)
    entries = {name: getattr(read, name) if said[name] is None else said[name] for name in said}
    document = plans.shelf.described(read, areas=area or read.areas, **entries)
    _echo_document(replace(document, id=add_one(document)))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets others in.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--base-url", default="", help="Where others reach it: https://host/path.")
@click.option("--read-only", is_flag=True, help="Nobody can add or change anything.")
@click.option("--open", "is_open", is_flag=True, help="Everybody who reaches it can change it.")
@click.option(
    "--password-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Who knows its password can change it; made by planmap password.",
)
@_told
def serve(
    *,
    host: str,
    port: int,
    base_url: str,
    read_only: bool,
    is_open: bool,
    password_file: Path | None,
) -> None:
    """Open the app for others; a path in --base-url is the prefix behind a proxy.

    Where others reach it, nobody can change anything without --open or --password-file.
    """
    if read_only + is_open + (password_file is not None) > 1:
        raise ValueError("--read-only, --open and --password-file exclude each other")
    from store import ROOT  # noqa: PLC0415 - see load

    words = ["run", "app.py", f"--server.address={host}", f"--server.port={port}"]
    said = {"PLANMAP_BASE_URL": base_url.rstrip("/")} if base_url else {}
    said |= {"PLANMAP_READ_ONLY": "1"} if read_only else {}
    said |= {"PLANMAP_OPEN": "1"} if is_open else {}
    if password_file is not None:
        import passwords  # noqa: PLC0415 - see load

        passwords.read(password_file)
        said |= {"PLANMAP_PASSWORD_FILE": str(password_file.resolve())}
    served = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "streamlit", *words, *_reached(base_url, port)],
        cwd=ROOT,
        env=os.environ | said,
        check=False,
    )
    sys.exit(served.returncode)


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.password_option(help="Asked for where it is not given.")
@_told
def password(*, file: Path, password: str) -> None:
    """Write the hash of a password to FILE, for planmap serve --password-file."""
    import passwords  # noqa: PLC0415 - see load

    line = passwords.hashed(password) + "\n"
    disk.write_whole(file, line.encode("ascii"), mode=0o600)
    click.echo(f"{file}: planmap serve --password-file {file}")


def _reached(base_url: str, port: int) -> list[str]:
    """Return what the server must know of how it is reached: by which names, under which path."""
    # Names it knows of its own are let in; for any other it would have to ask the net.
    names = [f"http://{socket.gethostname()}:{port}"]
    if not base_url:
        return [f"--server.corsAllowedOrigins={name}" for name in names]
    parts = urlsplit(base_url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{base_url!r} is no address like https://host/path")
    known = [
        f"--server.corsAllowedOrigins={name}"
        for name in (*names, f"{parts.scheme}://{parts.netloc}")
    ]
    path = parts.path.strip("/")
    return [*known, *([f"--server.baseUrlPath={path}"] if path else [])]


@main.command()
@_told
def added() -> None:
    """List the documents that were added."""
    from plans import shelf  # noqa: PLC0415 - see load

    whole = shelf.read_whole()
    for document in whole.documents:
        _echo_document(document)
    for error in whole.broken.values():
        click.echo(f"planmap: {error}", err=True)


@main.command()
@click.argument("name", metavar="ID")
@_told
def remove(*, name: str) -> None:
    """Take an added document out of the catalogue."""
    from plans import shelf  # noqa: PLC0415 - see load

    shelf.remove(name)
    click.echo(f"removed {name}")


def _echo_document(document: Any) -> None:
    areas = "、".join(document.areas)
    click.echo(f"{document.id}  {document.date}  {document.title}  {document.issuer}  {areas}")


@main.command()
@_told
def bounds() -> None:
    """List what bounds the reading of files from outside on this system, and what does not."""
    from isolation import BOUNDS, held_bounds  # noqa: PLC0415 - see load

    held = held_bounds()
    for name, about in BOUNDS.items():
        click.echo(f"{'holds  ' if name in held else 'MISSING'}  {name}: {about}")


@main.command("locate")
@click.option("--service", type=click.Choice(["tianditu", "amap", "nominatim"]), required=True)
@click.option("--limit", type=click.IntRange(1), help="At most so many names; else all.")
@_told
def locate_online(*, service: str, limit: int | None) -> None:
    """Ask an online service for what has no place yet; a person accepts its proposals in the app.

    Tianditu wants your key in PLANMAP_TIANDITU_KEY, AMap in PLANMAP_AMAP_KEY. An answered name is
    not asked again, so a run that was ended goes on where it was.
    """
    from building import names_to_locate, propose  # noqa: PLC0415 - see load

    names = names_to_locate(load().table)[:limit]
    found = asked = 0
    with click.progressbar(propose(names, service), len(names), service, file=sys.stderr) as bar:
        troubles = []
        for answer in bar:
            asked += not answer.cached
            found += bool(answer.proposals)
            troubles += [f"{answer.name}: {answer.trouble}"] if answer.trouble else []
    for trouble in troubles:
        click.echo(f"planmap: {trouble}", err=True)
    click.echo(f"{len(names)} names, {asked} asked now, {found} with proposals")


@main.command()
@_told
def basemap() -> None:
    """Fetch township borders, roads, railways and waterways from OpenStreetMap (ODbL)."""
    from geo import area_polygon, fetch_osm  # noqa: PLC0415 - see load

    fetch_osm(area_polygon(), lambda name, count: click.echo(f"{name}: {count}"))
    click.echo("the app draws them from its next start on")


@main.command()
@_told
def count() -> None:
    """Print how much each document names, and how much of it has a place."""
    from layers import COUNTS, count_sheet  # noqa: PLC0415 - see load

    made = load()
    sheet = count_sheet(made.table, made.documents)
    _aligned(COUNTS, {record["document"] or "all": record for record in sheet})


@main.command()
@click.option("--document", multiple=True, help="Document id, for example 004.")
@click.option("--misses", is_flag=True, help="List what was judged to be there and is not read.")
@click.option("--extras", is_flag=True, help="List what is read and was not judged to be there.")
@click.option("--field", multiple=True, help="List where a field differs, for example stage.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep the faults in this file.")
@click.option("--against", type=click.Path(path_type=Path), help="Compare with faults kept before.")
@click.option("--places", is_flag=True, help="Measure the places instead: classes, radii, lengths.")
@_told
def evaluate(*, document: tuple[str, ...], field: tuple[str, ...], **options: Any) -> None:
    """Hold what is read against what the documents were judged to say."""
    from plans import COMPARED, faults_to_csv, read_faults  # noqa: PLC0415 - see load

    if options["places"]:
        _places()
        return
    wanted = {_known(name, COMPARED) for name in field}
    wanted |= {"missed"} if options["misses"] else set()
    wanted |= {"invented"} if options["extras"] else set()
    before = read_faults(options["against"]) if options["against"] else None
    result = _evaluation(document)
    parts = {name: result.of([name]).figures() for name in result.documents}
    figures = result.figures()
    _aligned(figures, {**parts, "all": figures})
    _list("", (fault for fault in result.faults if fault.what in wanted or "row" in fault.what))
    if before is not None:
        _gains(before, result)
    if options["save"]:
        _write(str(options["save"]), faults_to_csv(result.faults))


def _places() -> None:
    """Print how much of the catalogue has a place, how surely, and what speaks for it."""
    from geo import Gazetteer  # noqa: PLC0415 - see load
    from layers import place_figures  # noqa: PLC0415 - see load

    for title, columns in place_figures(load().table, Gazetteer.load()).items():
        click.echo(title)
        _aligned(next(iter(columns.values()), {}), columns)


def _evaluation(documents: Iterable[str]) -> Any:
    """Read the catalogue as for the map, tell how much is by correction, and judge it."""
    import plans  # noqa: PLC0415 - see load

    corrections = plans.read_corrections()
    read = plans.read_plans(plans.read_catalogue(), corrections)
    chosen = [_known(name, read.documents) for name in documents]
    touching = sum(c.what not in {"merge", "leader"} for c in corrections)
    share = f"{touching} touch statements: {touching / len(read.statements):.1%}"
    click.echo(f"{len(corrections)} corrections, {share} of {len(read.statements)}\n")
    return plans.evaluate(plans.read_gold(), read).of(chosen or read.documents)


def _gains(before: Iterable[Any], result: Any) -> None:
    """Print what was gained and lost since the faults kept before, in the documents chosen."""
    from plans import compare  # noqa: PLC0415 - see load

    kept = [fault for fault in before if fault.document in result.documents]
    gained, lost = compare(kept, result.faults)
    click.echo(f"gained {len(gained)}, lost {len(lost)}")
    _list("+ ", gained)
    _list("- ", lost)


def _list(mark: str, faults: Iterable[Any]) -> None:
    for fault in faults:
        values = f"judged {fault.judged or '-'} | read {fault.read or '-'}"
        click.echo(f"{mark}{fault.what} {fault.document}:{fault.line} {fault.name} | {values}")


def _known(name: str, known: Iterable[str]) -> str:
    if name not in known:
        raise ValueError(f"unknown {name!r}; known are {', '.join(known)}")
    return name


def _aligned(names: Iterable[str], columns: Mapping[str, Mapping[str, Any]]) -> None:
    """Print a table with a line for each name: counts as they are, shares with three digits."""
    lines = [["", *columns]]
    lines += [[name, *(_figure(column[name]) for column in columns.values())] for name in names]
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    for name, *cells in lines:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        click.echo("  ".join([name.ljust(widths[0]), *numbers]).rstrip())
    click.echo()


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _rendered(made: Any, *, tasks: bool, form: str, crs: int | None, **filters: Any) -> bytes:
    import layers  # noqa: PLC0415 - see load
    from building import as_json  # noqa: PLC0415

    if tasks != (form == "json"):
        raise ValueError("task rows are written as json, projects in any other format")
    selection = layers.Selection(**filters)
    chosen = _chosen(made, selection)
    if not tasks:
        click.echo(layers.counted_rows(chosen, "en"), err=True)
        about = (layers.describe(selection, "zh"), layers.describe(selection, "en"))
        content = layers.Content(chosen, made.documents, layers.base_map(), about)
        return bytes(layers.to_file(content, form, crs).content)
    return as_json(_tasks_of(made.tasks, chosen) if any(filters.values()) else made.tasks)


def _as_of(made: Any, date: str) -> Any:
    from layers import BadSheet, as_of, base_map, cities, plan_dates  # noqa: PLC0415 - see load

    if date not in plan_dates(made.documents):
        raise BadSheet("sheet_bad_option_value", name="asof", value=date)
    return as_of(made.table, made.documents, date, cities(base_map()))


def _chosen(made: Any, selection: Any, table: Any = None) -> Any:
    from layers import Known, select  # noqa: PLC0415 - see load

    table = made.table if table is None else table
    today = datetime.now(UTC).astimezone().date()
    return select(table, selection, Known(made.documents, today))


def _tasks_of(tasks: list[dict[str, Any]], chosen: Any) -> list[dict[str, Any]]:
    """Return the task rows on whose line a chosen project is named."""
    lines = {(said["document"], said["line"]) for row in chosen.statements for said in row}
    return [task for task in tasks if (task["document"], task["line"]) in lines]


def _tell(file: Path, notes: Iterable[plans.Note]) -> None:
    """Say how a file was read, on the side of what is printed."""
    from layers import caption  # noqa: PLC0415 - see load

    for note in notes:
        words = caption(f"note_{note.code}", "en", about=note.about)
        click.echo(f"{file.name}: {words}", err=True)


def _write(out: str, content: bytes) -> None:
    """Write a file whole or not at all."""
    if out == "-":
        sys.stdout.buffer.write(content)
        return
    target = Path(out)
    if not target.parent.is_dir():
        raise ValueError(f"{out} cannot be written: there is no folder {target.parent}")
    disk.write_whole(target, content)


if __name__ == "__main__":
    main()
