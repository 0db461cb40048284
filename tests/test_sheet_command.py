"""``planmap sheet``: the same sheets on the command line, whole or not at all."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import layers
import planmap
from layers.selection import Selection, select
from layers.sheets.link import sheet_link
from layers.sheets.making import make_sheet
from layers.sheets.options import SheetOptions
from layers.sheets.subject import Subject
from tests import toys

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2026-11-30"


@pytest.fixture(autouse=True)
def toy_town(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the toy town in place of the built data."""
    town = SimpleNamespace(table=toys.table(), documents=toys.PAPERS, tasks=[])
    monkeypatch.setattr(planmap, "load", lambda: town)
    monkeypatch.setattr(layers, "base_map", toys.base, raising=False)


def run(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(planmap.main, ["sheet", *words])


def test_a_dated_link_makes_a_dated_sheet(tmp_path: Path) -> None:
    """A link with a date draws what was known then; a date that no plan has is refused."""
    out, selection = tmp_path / "then.svg", Selection(status=("completed",))
    link = sheet_link(selection, SheetOptions(), "2017")
    assert run("--out", str(out), "--preset", link).exit_code == 0
    assert "（截至 2017）" in out.read_text("utf-8")
    wrong = run("--out", str(out), "--preset", link.replace("2017", "1999"))
    assert wrong.exit_code == 2
    assert "asof cannot be '1999'" in wrong.stderr


def made(options: SheetOptions, selection: Selection) -> bytes:
    """Return the sheet as the drawing office makes it."""
    table = toys.table()
    shown = select(table, selection)
    return make_sheet(Subject(shown, table, toys.base(), toys.PAPERS, selection), options)


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "pptx"])
def test_the_command_makes_what_the_app_makes(form: str, tmp_path: Path) -> None:
    """Filters and options give the same bytes as in the app; the ending is the format."""
    out = tmp_path / f"a.{form}"
    words = ["--strategy", "ecology", "--title", "题", "--dpi", "96", "--grid", "--date", DAY]
    assert run("--out", str(out), *words).exit_code == 0
    options = SheetOptions(format=form, title="题", dpi=96, grid=True, date=DAY)
    assert out.read_bytes() == made(options, Selection(strategy=("ecology",)))


def test_a_preset_is_a_link(tmp_path: Path) -> None:
    """The link that the page shows brings filters and options to the command line."""
    out, selection = tmp_path / "a.svg", Selection(lead=("市园林局",))
    options = SheetOptions(format="svg", paper="a3", upright=True, title="A & B")
    assert (
        run("--out", str(out), "--date", DAY, "--preset", sheet_link(selection, options)).exit_code
        == 0
    )
    wanted = SheetOptions(format="svg", paper="a3", upright=True, title="A & B", date=DAY)
    assert out.read_bytes() == made(wanted, selection)


def test_an_atlas_tells_its_progress(tmp_path: Path) -> None:
    """While an atlas is made, each sheet is counted."""
    told = run("--out", str(tmp_path / "a.pdf"), "--atlas", "strategy")
    assert told.exit_code == 0
    assert "sheet 2 of 2" in told.output
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--paper", "b5"], "unknown paper 'b5'"),
        (["--paper", "9x9"], "a side of 9.0 mm"),
        (["--paper", "axb"], "option width_mm cannot be 'a'"),
        (["--dpi", "1000000000"], "unknown dpi"),
        (["--extent", "121,28,120,29"], "east must be beyond west"),
        (["--extent", "nan,nan,nan,nan"], "four numbers"),
        (["--extent", "没有镇"], "no extent '没有镇'"),
        (["--title", "长" * 500], "title has 500 characters"),
        (["--title", "🏗"], "no glyph for 🏗"),
        (["--atlas", "unit"], "an atlas is a pdf or pptx"),
        (["--status", "nonsense"], "unknown stage 'nonsense'"),
        (["--preset", "https://a.cn/?sheet_x=1"], "no option 'x'"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_bad_input_is_one_line_and_no_file(words: list[str], message: str, tmp_path: Path) -> None:
    """What cannot be is told in one line with exit code 2, and nothing is written."""
    told = run("--out", str(tmp_path / "a.png"), *words)
    assert told.exit_code == 2
    assert message in told.output
    assert len(told.output.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_ending_is_told(tmp_path: Path) -> None:
    """A file that is no picture, page or slide is refused with what there is."""
    told = run("--out", str(tmp_path / "a.gif"))
    assert told.exit_code == 2
    assert "known are png, svg, pdf, pptx" in told.output
