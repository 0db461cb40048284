"""The program that reads one own layer in a child process with bounds; see ``isolation``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from isolation import serve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from isolation import Progress


def prepare() -> None:
    """Load the libraries of the formats, after the rights are given up."""
    from layers.own import answer  # noqa: PLC0415 - see above

    answer.check_drivers()


def read(request: Mapping[str, Any], content: bytes, progress: Progress) -> dict[str, Any]:
    """Read a file, and put what it gives or what is wrong with it in plain values."""
    from layers.own import answer  # noqa: PLC0415 - see above

    return answer.answer(request, content, progress)


serve(read, prepare)
