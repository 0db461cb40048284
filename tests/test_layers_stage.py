"""The rule for the current status of a project, as a table of histories."""

from __future__ import annotations

import pytest

from layers.stage import current_status
from tests import toys

# (document, stage, promised, goal) of each statement, and the expected (stage, promised, date)
HISTORIES = {
    "a later document beats an earlier one": (
        [("900", "completed", False, False), ("901", "to_start", True, False)],
        ("to_start", True, "2021-04-27"),
    ),
    "unspecified never beats a stage, however late": (
        [("900", "proposed", True, False), ("901", "unspecified", True, False)],
        ("proposed", True, "2017"),
    ),
    "within a document a report of something done beats a promise": (
        [("900", "to_complete", True, False), ("900", "started", False, False)],
        ("started", False, "2017"),
    ),
    "a plan section beats a goal sentence": (
        [("900", "to_complete", True, True), ("900", "to_start", True, False)],
        ("to_start", True, "2017"),
    ),
    "otherwise the later stage wins": (
        [("900", "to_complete", True, False), ("900", "proposed", True, False)],
        ("to_complete", True, "2017"),
    ),
    "with nothing but unspecified the status is unspecified": (
        [("901", "unspecified", True, False)],
        ("unspecified", True, "2021-04-27"),
    ),
}


@pytest.mark.parametrize("history", HISTORIES, ids=str)
def test_current_status(history: str) -> None:
    """The status of a history is the one its name says, whichever statement stands first."""
    said, expected = HISTORIES[history]
    made = [
        toys.statement("望月路", document, stage=stage, promised=promised, goal=goal)
        for document, stage, promised, goal in said
    ]
    for order in (made, made[::-1]):
        assert current_status(order, toys.PAPERS)[:3] == expected


def test_nothing_said_has_no_status() -> None:
    """A project without a statement is an error, not a guess."""
    with pytest.raises(ValueError, match="empty"):
        current_status([], toys.PAPERS)
