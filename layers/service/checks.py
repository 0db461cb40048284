"""What is refused before pygeoapi sees it: parameters that have no meaning."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from layers.service.filters import parse_filter

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

_FLAT, _SOLID = 4, 6
_LONGEST = 8000
# The second name is what a draft called it, and some clients still do.
_LANGUAGES = ("cql2-text", "cql-text", "cql2-json")
_FLAGS = ("true", "false")


class BadRequest(ValueError):  # noqa: N818 - it names what is bad
    """A request that cannot be answered as it stands; the message says why."""


def check(asked: QueryParams, *, items: bool) -> None:
    """Make sure that parameters can be understood.

    Raises
    ------
    BadRequest, BadFilter
        One of them cannot.
    """
    names = [name for name, _ in asked.multi_items()]
    if len(set(names)) < len(names):
        raise BadRequest("a parameter comes twice; several values are joined by commas")
    if any(len(value) > _LONGEST or "\0" in value for value in asked.values()):
        raise BadRequest("a parameter is too long or holds a zero byte")
    if not items:
        return
    if "bbox" in asked:
        _check_box(asked["bbox"])
    if asked.get("filter-lang", _LANGUAGES[0]) not in _LANGUAGES:
        raise BadRequest("filter-lang is cql2-text or cql2-json")
    if "filter" in asked:
        _check_filter(asked)
    if asked.get("skipGeometry", _FLAGS[0]).lower() not in _FLAGS:
        raise BadRequest("skipGeometry is true or false")
    if asked.get("resulttype", "results") not in {"results", "hits"}:
        raise BadRequest("resulttype is results or hits")
    if not asked.get("sortby", "x").strip("+-, "):
        raise BadRequest("sortby names no property")


def _check_filter(asked: QueryParams) -> None:
    """Read a filter once before pygeoapi does, which would not say what is wrong with it."""
    text, language = asked["filter"], asked.get("filter-lang", "")
    if language and text.lstrip().startswith("{") != (language == "cql2-json"):
        raise BadRequest(f"the filter is not in the language of filter-lang, {language}")
    parse_filter(text)


def _check_box(text: str) -> None:
    try:
        edges = [float(edge) for edge in text.split(",")]
    except ValueError:
        raise BadRequest("bbox holds something that is no number") from None
    if len(edges) not in {_FLAT, _SOLID}:
        raise BadRequest("bbox has four numbers, or six with heights")
    if not all(math.isfinite(edge) for edge in edges):
        raise BadRequest("bbox holds something that is no finite number")
    half = len(edges) // 2
    if any(low > high for low, high in zip(edges[:half], edges[half:], strict=True)):
        raise BadRequest("bbox is west, south, east, north: a lower bound is above its upper one")
