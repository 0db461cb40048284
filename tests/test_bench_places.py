"""The benches of the map cabinet measure what they say, on a small scale; no time is judged."""

from __future__ import annotations

import random

from bench import resolving, shifting


def test_made_up_names_are_resolved() -> None:
    """Rows as they are, phases and works of rows are found; what no row has is not."""
    found = resolving.measure(400, 200)
    assert (found["rows"], found["names"]) == (400, 200)
    assert 100 < found["placed"] < 200
    assert found["same"] <= found["placed"]
    assert found["memory"] is None or found["memory"] > 0


def test_the_same_rows_are_made_each_time(tmp_path) -> None:
    """The made-up gazetteer follows from its seed, and so do the names that are asked."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = (resolving.make(tmp_path / name, 50) for name in ("one", "two"))
    assert one == two
    assert len(one) == 50
    asked = [resolving.asked(random.Random(3), one, 20) for _ in range(2)]
    assert asked[0] == asked[1]


def test_every_shift_is_measured(monkeypatch) -> None:
    """All six ways have a figure, and so has the peer."""
    monkeypatch.setattr(shifting, "POINTS", 100)
    monkeypatch.setattr(shifting, "PEER_POINTS", 10)
    found = shifting.measure()
    assert set(found["ours"]) == set(shifting.SHIFTS)
    assert found["peer"] > 0
