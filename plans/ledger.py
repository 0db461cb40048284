"""Edits and what follows from them: which hold, which are taken back, which are in conflict.

A record is never changed: a change names in ``after`` the edits that its author saw and replaces,
an undo names the edit that it takes back. So nothing is overwritten, and two people who changed
the same thing without seeing each other's change are a conflict that can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from store import BrokenFile, Cause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

UNDO = "undo"
KINDS = (
    *("place", "stage", "category", "strategy", "unit", "name", "merge", "split"),
    *("target_year", "quantity", "kind", "not_project", "missed", UNDO),
)


class WrongEdit(ValueError):  # noqa: N818 - it names what is wrong
    """An edit that cannot be made; ``entry`` names the field that is wrong."""

    def __init__(self, entry: str, reason: str, code: str = "", **values: object) -> None:
        super().__init__(f"{entry}: {reason}")
        self.entry, self.reason = entry, reason
        self.cause = Cause(code, entry, values)


@dataclass(frozen=True)
class Origin:
    """Where a record stands: file and line, for errors."""

    path: Path
    line: int

    def broken(self, column: str, reason: str, code: str = "", **values: object) -> BrokenFile:
        """Make the error that names this line and a field of it."""
        cause = Cause(code, column, values)
        return BrokenFile(self.path, reason, line=self.line, column=column, cause=cause)


@dataclass(frozen=True)
class Edit:
    """One change that a person made.

    Attributes
    ----------
    kind
        What is changed: one of ``KINDS``.
    project, name
        Id of the project it is about, and its name when the edit was made, for readers.
    value
        What it shall be; its form depends on the kind. For ``undo``: ``{"edit": id}``.
    reason, who, when
        Why, by whom, and when: UTC, ISO 8601, to the second.
    after
        Ids of the edits of the same thing that this one replaces: those its author saw.
    share_alike
        Whether the value's licence keeps it in a file of its own.
    imported_by, imported_when
        Who took the edit in here from a file, and when; empty where it was made here. Then ``who``
        and ``when`` are what that file claims. They make no other edit of it.
    """

    kind: str
    project: str
    name: str
    value: Mapping[str, Any] = field(hash=False)
    reason: str
    who: str
    when: str = ""
    id: str = ""
    after: tuple[str, ...] = ()
    share_alike: bool = False
    imported_by: str = field(default="", compare=False)
    imported_when: str = field(default="", compare=False)
    origin: Origin | None = field(default=None, compare=False, repr=False)

    @property
    def target(self) -> tuple[str, str, str]:
        """What it changes: two edits of the same target must know of each other."""
        return self.kind, self.project, str(self.value.get("statement", ""))

    def broken(self, column: str, reason: str, code: str = "", **values: object) -> ValueError:
        """Make the error that names this record's line, or its field where it has no line yet."""
        make = self.origin.broken if self.origin else WrongEdit
        return make(column, reason, code, **values)


@dataclass(frozen=True)
class Log:
    """All edits, in the order in which they were made.

    Attributes
    ----------
    edits
        Those of stopped files too: they are listed, but none of them applies.
    stopped
        What is wrong, by the file whose edits do not apply because of it.
    torn
        Last lines that cannot be read, as a writer leaves them that was killed; the lines before
        them apply.
    """

    edits: tuple[Edit, ...] = ()
    stopped: Mapping[Path, BrokenFile] = field(default_factory=dict, hash=False)
    torn: tuple[BrokenFile, ...] = ()

    def __iter__(self) -> Iterator[Edit]:
        return iter(self.edits)

    @cached_property
    def by_id(self) -> dict[str, Edit]:
        """The edits by id."""
        return {edit.id: edit for edit in self.edits}

    def is_stopped(self, edit: Edit) -> bool:
        """Return whether an edit does not apply because its file has a broken line."""
        return edit.origin is not None and edit.origin.path in self.stopped

    def without(self, broken: BrokenFile) -> Log:
        """Return the log with one more file stopped: the one that an error names."""
        return replace(self, stopped={broken.path: broken, **self.stopped})

    @cached_property
    def undone(self) -> frozenset[str]:
        """Ids of the edits that are taken back; an undo can be taken back too."""
        gone: set[str] = set()
        # The last word counts: an undo is older than the undo that takes it back.
        for edit in reversed(self._applied):
            if edit.kind == UNDO and edit.id not in gone:
                gone.add(edit.value["edit"])
        return frozenset(gone)

    def heads(self, target: tuple[str, str, str]) -> tuple[Edit, ...]:
        """Return the edits of a target that no other replaces; more than one is a conflict."""
        same = self._by_target.get(target, ())
        replaced = self._before(same)
        return tuple(edit for edit in same if edit.id not in replaced)

    @cached_property
    def in_force(self) -> tuple[Edit, ...]:
        """One edit for each target that has one.

        Where edits are in conflict it is the last one that all of them replace; without such a
        one the target stays as it was before any of them.
        """
        found = (self._agreed(target) for target in self._by_target)
        return tuple(edit for edit in found if edit)

    @cached_property
    def conflicts(self) -> tuple[tuple[Edit, ...], ...]:
        """Edits of the same thing that do not know of each other, oldest first."""
        found = (self.heads(target) for target in self._by_target)
        return tuple(heads for heads in found if len(heads) > 1)

    @cached_property
    def _applied(self) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if not self.is_stopped(edit))

    @cached_property
    def _live(self) -> tuple[Edit, ...]:
        return tuple(e for e in self._applied if e.kind != UNDO and e.id not in self.undone)

    @cached_property
    def _by_target(self) -> dict[tuple[str, str, str], list[Edit]]:
        found: dict[tuple[str, str, str], list[Edit]] = {}
        for edit in self._live:
            found.setdefault(edit.target, []).append(edit)
        return found

    def _agreed(self, target: tuple[str, str, str]) -> Edit | None:
        heads = self.heads(target)
        if len(heads) == 1:
            return heads[0]
        shared = set.intersection(*(self._before([head]) for head in heads))
        return next((edit for edit in reversed(self._live) if edit.id in shared), None)

    def _before(self, edits: Iterable[Edit]) -> set[str]:
        """Return the ids of all edits that these replace, directly or not."""
        found: set[str] = set()
        waiting = [name for edit in edits for name in edit.after]
        while waiting:
            if (name := waiting.pop()) not in found:
                found.add(name)
                waiting.extend(self.by_id[name].after if name in self.by_id else ())
        return found
