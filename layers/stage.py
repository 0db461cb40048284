"""The current status of a project, out of what its statements say at their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from layers.words import codes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plans.model import Statement

# What a report can say is done: such a report stands against any plan in the same document.
_DONE = ("started", "completed", "operating")


class Document(Protocol):
    """What this room needs to know of a document."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def issuer(self) -> str: ...  # noqa: D102
    @property
    def date(self) -> str: ...  # noqa: D102
    @property
    def areas(self) -> tuple[str, ...]: ...  # noqa: D102


class Status(NamedTuple):
    """A stage, whether it is only promised, and which document of which date says so."""

    stage: str
    promised: bool
    as_of: str
    as_of_document: str


def current_status(
    statements: Sequence[Statement],
    documents: Mapping[str, Any],
) -> Status:
    """Return the stage of the latest statement that has one.

    Within one date a report of something done beats a plan, a plan section beats a goal
    sentence, then the later stage wins; ``unspecified`` never beats a stage.

    Parameters
    ----------
    statements
        At least one.
    documents
        By id; each with its date at the precision known ("2017", "2021-04-27").

    Raises
    ------
    ValueError
        There is no statement.
    """
    order = {stage: rank for rank, stage in enumerate(codes("stage"))}

    def weight(statement: Statement) -> tuple[object, ...]:
        return (
            statement.stage != "unspecified",
            documents[statement.quote.document].date,
            not statement.promised and statement.stage in _DONE,
            not statement.goal,
            order[statement.stage],
            statement.quote.document,
            -statement.quote.line,
        )

    said = max(statements, key=weight)
    document = said.quote.document
    return Status(said.stage, said.promised, documents[document].date, document)
