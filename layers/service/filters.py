"""CQL2 filters: read by cql2, applied to a frame by pygeofilter, refused in one clear line."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cql2
import pandas as pd
import shapely
from pygeofilter import ast, values
from pygeofilter.backends.evaluator import handle
from pygeofilter.backends.geopandas.evaluate import GeoPandasEvaluator
from pygeofilter.parsers.cql2_json import parse as parse_tree

from layers.service.times import RELATIONS, BadTime, compared, related, span

if TYPE_CHECKING:
    import geopandas as gpd

# Longer filters are no question that somebody asks. The reader's time doubles with each bracket
# that is open where it fails.
_LONGEST, _DEEPEST = 4000, 8
_KEPT = 64
_WORDS = {"and", "or", "not", "isNull", "like", "in"}
_KNOWN = _WORDS | {"=", "<>", "<", ">", "<=", ">=", "+", "-", "*", "/"}
_INTERVAL = "interval"
_TURNED = {"within": "contains", "contains": "within"}
_SPACE = {
    f"s_{name}": "geom_equals" if name == "equals" else name
    for name in (
        *("contains", "crosses", "disjoint", "equals"),
        *("intersects", "overlaps", "touches", "within"),
    )
}


class BadFilter(ValueError):  # noqa: N818 - it names what is bad
    """A filter that is not CQL2, or asks for what the layer does not have."""


class _Evaluator(GeoPandasEvaluator):  # type: ignore[misc]  # ships no types
    """As pygeofilter's, but a LIKE takes linear time, times have a meaning, and null is null."""

    @handle(ast.Like)  # type: ignore[untyped-decorator]
    def like(self, node: Any, lhs: Any) -> Any:
        """Return for each row whether it is like a pattern.

        Raises
        ------
        BadFilter
            The pattern is no text.
        """
        pattern = node.pattern
        if not isinstance(pattern, str):
            raise BadFilter("LIKE takes a text between quotes")
        return lhs.map(lambda text: like(text, pattern), na_action="ignore").astype("boolean")

    @handle(ast.In)  # type: ignore[untyped-decorator]
    def in_(self, node: Any, lhs: Any, *options: Any) -> Any:  # noqa: ARG002 - as there
        """Return for each row whether it has one of some values.

        Raises
        ------
        BadFilter
            One of them is a time.
        """
        if not all(isinstance(option, str | int | float) for option in options):
            raise BadFilter("IN takes texts, numbers and truth values")
        return lhs.isin(options).astype("boolean").mask(lhs.isna())

    @handle(ast.Comparison, subclasses=True)  # type: ignore[untyped-decorator]
    def comparison(self, node: Any, lhs: Any, rhs: Any) -> Any:
        found = compared(node.op.value, lhs, rhs)
        return super().comparison(node, lhs, rhs) if found is None else self._row_by_row(found)

    @handle(ast.Function)  # type: ignore[untyped-decorator]
    def function(self, node: Any, *given: Any) -> Any:
        if node.name in RELATIONS:
            return self._row_by_row(related(node.name, span(given[0]), span(given[1])))
        if node.name == _INTERVAL:
            return span(given)
        one, other = given
        name = _SPACE[node.name]
        if not isinstance(one, pd.Series):
            one, other, name = other, one, _TURNED.get(name, name)
        found = getattr(one, name)(other).astype("boolean")
        return found.mask(one.isna())

    def _row_by_row(self, found: Any) -> pd.Series[Any]:
        return pd.Series(found, index=self.df.index, dtype="boolean")


@lru_cache(_KEPT)
def parse_filter(text: str) -> Any:
    """Return the tree of a filter in CQL2, as text or, where it begins with a brace, as JSON.

    Raises
    ------
    BadFilter
        It is no CQL2, or has a part that is not supported; the message names that.
    """
    if len(text) > _LONGEST:
        raise BadFilter(f"the filter is longer than {_LONGEST} characters")
    is_json = text.lstrip().startswith("{")
    if not is_json and _depth(text) > _DEEPEST:
        raise BadFilter(f"the filter is no CQL2 with at most {_DEEPEST} brackets in each other")
    try:
        read = cql2.parse_json(text) if is_json else cql2.parse_text(text)
        read.validate()
        return parse_tree(_known(read.to_json()))
    except BadFilter:
        raise
    except Exception as error:  # noqa: BLE001 - the readers' own errors have no common kind
        where = re.search(r"--> 1:(\d+)", str(error))
        at = f" from its character {where[1]} on" if where else ""
        raise BadFilter(f"the filter is no CQL2{at}") from None


def _depth(text: str) -> int:
    """Return how many round brackets are open at most, those between quotes apart."""
    most = now = 0
    for sign in re.findall(r"'(?:[^'\\]|''|\\.)*'|\"[^\"]*\"|[()]", text):
        now += (sign == "(") - (sign == ")")
        most = max(most, now)
    return most


def _known(node: Any) -> Any:
    """Return a tree as pygeofilter reads it.

    Raises
    ------
    BadFilter
        An operator is not supported.
    """
    if isinstance(node, list):
        return [_known(each) for each in node]
    if not isinstance(node, dict):
        return node
    if "bbox" in node:
        west, south, *_, east, north = _flat(node["bbox"])
        return values.Geometry(shapely.box(west, south, east, north).__geo_interface__)
    if "type" in node:
        return values.Geometry(node)
    if _INTERVAL in node:
        return _called(_INTERVAL, [_known(each) for each in node[_INTERVAL]])
    return _operation(node) if "op" in node else node


def _operation(node: dict[str, Any]) -> Any:
    op, given = node["op"], [_known(each) for each in node["args"]]
    name = str(op).lower()
    if name in RELATIONS or name in _SPACE:
        return _called(name, given)
    if op == "between":
        one, low, high = given
        parts = [{"op": ">=", "args": [one, low]}, {"op": "<=", "args": [one, high]}]
        return {"op": "and", "args": parts}
    if op not in _KNOWN:
        raise BadFilter(f"the filter asks for {op}, which is not supported")
    return {"op": op, "args": given}


def _called(name: str, given: list[Any]) -> dict[str, Any]:
    return {"function": {"name": name, "arguments": given}}


def _flat(box: list[float]) -> list[float]:
    half = len(box) // 2
    return [box[0], box[1], box[half], box[half + 1]]


def matching(frame: gpd.GeoDataFrame, tree: Any) -> pd.Series[bool]:
    """Return for each row whether a filter holds; where a value is missing it does not.

    Raises
    ------
    BadFilter
        The filter names an unknown property, compares what cannot be compared, or is no condition.
    """
    try:
        found = _Evaluator(frame).evaluate(tree)
    except BadFilter:
        raise
    except BadTime as error:
        raise BadFilter(str(error)) from None
    except KeyError as error:
        raise BadFilter(f"no property {error}") from None
    except Exception:  # noqa: BLE001 - whatever a comparison of unlike things raises
        raise BadFilter("the filter cannot be applied to these properties") from None
    if not isinstance(found, pd.Series) or not len(found) == len(frame):
        raise BadFilter("the filter is no condition on properties")
    try:
        return found.astype("boolean").fillna(value=False).astype(bool)
    except (TypeError, ValueError):
        raise BadFilter("the filter is no condition on properties") from None


def like(text: Any, pattern: str) -> bool:
    r"""Return whether a text is like a pattern.

    ``%`` stands for any text, ``_`` for one character, what follows ``\`` for itself. The parts
    between ``%`` are looked for one after the other, so no pattern runs away.
    """
    if not isinstance(text, str):
        return False
    parts: list[list[str]] = [[]]
    for sign in re.findall(r"\\.|.", pattern, re.DOTALL):
        if sign == "%":
            parts.append([])
        else:
            parts[-1].append("." if sign == "_" else re.escape(sign[-1]))
    first, *others = (re.compile("".join(part), re.DOTALL) for part in parts)
    if not others:
        return first.fullmatch(text) is not None
    *middle, last = others
    start = first.match(text)
    at = start.end() if start else -1
    for part in middle:
        hit = part.search(text, at) if at >= 0 else None
        at = hit.end() if hit else -1
    tail = len(text) - len(parts[-1])
    return 0 <= at <= tail and last.fullmatch(text, tail) is not None
