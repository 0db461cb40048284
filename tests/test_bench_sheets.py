"""The bench of sheets measures what it says, on a small scale; no time is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import sheets

if TYPE_CHECKING:
    import pytest


def test_a_sheet_and_its_peer_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheet has as many things as said, and sheet and peer have a figure each."""
    monkeypatch.setattr(sheets, "COUNT", 5)
    monkeypatch.setattr(sheets, "RUNS", 1)
    monkeypatch.setattr(sheets, "DPI", 96)
    assert len(sheets.subject().shown) == 5
    assert all(seconds > 0 for seconds in sheets.measure().values())
