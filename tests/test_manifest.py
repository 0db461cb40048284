"""The manifest of the data folder is true, and would say so if it were not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from scripts.manifest import differences, main, read_manifest, rows
from store import DATA, BrokenFile

if TYPE_CHECKING:
    from pathlib import Path


def test_every_data_file_is_as_the_manifest_says() -> None:
    """All files under data/ are listed with their sum, their count and a licence."""
    assert differences(DATA) == []
    assert all(licence not in ("", "?") for *_, licence in read_manifest(DATA))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small data folder with a manifest."""
    (tmp_path / "a.csv").write_text('name,note\nx,"two\nlines"\ny,\n', "utf-8")
    (tmp_path / "deep").mkdir()
    shutil.copy(DATA / "boundaries" / "county.geojson", tmp_path / "deep")
    assert main([f"--folder={tmp_path}", "a.csv=MIT", "deep/county.geojson=MIT"]) == 0
    return tmp_path


def test_it_counts_records(folder: Path) -> None:
    """A record that runs over two lines is one; of a layer the features count."""
    assert rows(folder / "a.csv") == 2
    assert rows(folder / "deep" / "county.geojson") == 1


def test_a_changed_file_is_told(folder: Path) -> None:
    """One changed byte is enough."""
    (folder / "a.csv").write_text("name,note\nx,z\n", "utf-8")
    assert differences(folder) == [f"{folder.name}/a.csv: changed"]
    assert main([f"--folder={folder}", "--check"]) == 2


def test_new_and_lost_files_are_told(folder: Path) -> None:
    """A file that nobody listed and one that is gone are both differences."""
    (folder / "a.csv").rename(folder / "b.csv")
    assert differences(folder) == [
        f"{folder.name}/a.csv: no such file",
        f"{folder.name}/b.csv: not in the manifest",
    ]


def test_a_new_file_needs_a_licence(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is listed without a licence, and the manifest stays as it was."""
    before = (folder / "manifest.csv").read_text("utf-8")
    (folder / "b.csv").write_text("name\n", "utf-8")
    assert main([f"--folder={folder}"]) == 2
    assert "no licence known" in capsys.readouterr().out
    assert (folder / "manifest.csv").read_text("utf-8") == before


def test_a_broken_manifest_is_named(folder: Path) -> None:
    """A manifest without its columns is a named error."""
    (folder / "manifest.csv").write_text("file\na.csv\n", "utf-8")
    with pytest.raises(BrokenFile, match="sha256"):
        read_manifest(folder)
