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


class Claim(NamedTuple):
    """What one statement says of a thing's stage, and where; ``goal`` as in the statement."""

    stage: str
    promised: bool
    goal: bool
    document: str
    line: int


class Status(NamedTuple):
    """A stage, whether it is only promised, and which document of which date says so."""

    stage: str
    promised: bool
    as_of: str
    as_of_document: str


def current_status(statements: Sequence[Statement], documents: Mapping[str, Any]) -> Status:
    """Return the stage of the latest statement that has one, as ``latest_status`` finds it.

    Raises
    ------
    ValueError
        There is no statement.
    """
    claims = [
        Claim(said.stage, said.promised, said.goal, said.quote.document, said.quote.line)
        for said in statements
    ]
    return latest_status(claims, documents)


def latest_status(claims: Sequence[Claim], documents: Mapping[str, Any]) -> Status:
    """Return the stage of the latest claim that has one.

    Within one date a report of something done beats a plan, a plan section beats a goal
    sentence, then the later stage wins; ``unspecified`` never beats a stage.

    Parameters
    ----------
    claims
        At least one.
    documents
        By id; each with its date at the precision known ("2017", "2021-04-27").

    Raises
    ------
    ValueError
        There is no claim.
    """
    order = {stage: rank for rank, stage in enumerate(codes("stage"))}

    def weight(claim: Claim) -> tuple[object, ...]:
        return (
            claim.stage != "unspecified",
            documents[claim.document].date,
            not claim.promised and claim.stage in _DONE,
            not claim.goal,
            order[claim.stage],
            claim.document,
            -claim.line,
        )

    said = max(claims, key=weight)
    return Status(said.stage, said.promised, documents[said.document].date, said.document)
