"""Reading without a child process, for tests of what is read and not of how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.overlay import Overlay
from layers.own import reading
from plans.documents import document_of
from plans.formats import read_file

if TYPE_CHECKING:
    from pathlib import Path

    import plans


def read_document(path: Path, raw: bytes | None = None) -> plans.Document:
    """Read a plan as its child process does, in this one: a second is much for many examples."""
    return document_of(path, read_file(path, raw))


def read_overlay(name: str, content: bytes) -> Overlay:
    """Read an own layer as its child process does, in this one."""
    return Overlay(name, *reading.read(content))
