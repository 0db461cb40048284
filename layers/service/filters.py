"""CQL2 filters: read by pygeofilter, applied to a layer's frame, refused in one clear line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd
from pygeofilter import ast
from pygeofilter.backends.evaluator import handle
from pygeofilter.backends.geopandas.evaluate import GeoPandasEvaluator
from pygeofilter.parsers.cql2_text import parse as parse_cql2
from pygeofilter.parsers.ecql import parse as parse_ecql

if TYPE_CHECKING:
    import geopandas as gpd

# Longer filters are no question that somebody asks.
_LONGEST = 4000


class BadFilter(ValueError):  # noqa: N818 - it names what is bad
    """A filter that is not CQL2, or asks for what the layer does not have."""


class _Evaluator(GeoPandasEvaluator):  # type: ignore[misc]  # ships no types
    """As pygeofilter's, but a LIKE takes linear time and times are refused, not let through."""

    @handle(ast.Like)  # type: ignore[untyped-decorator]
    def like(self, node: Any, lhs: Any) -> Any:
        pattern = str(node.pattern)
        found = lhs.map(lambda text: like(text, pattern, nocase=bool(node.nocase)))
        return ~found if node.not_ else found

    @handle(ast.TemporalPredicate, subclasses=True)  # type: ignore[untyped-decorator]
    def temporal(self, *_: Any) -> Any:
        """Refuse.

        Raises
        ------
        BadFilter
            Always.
        """
        raise BadFilter("times are asked for by the parameter datetime")


def parse_filter(text: str) -> Any:
    """Return the tree of a filter in CQL2 text; what is not CQL2 is tried as its forerunner ECQL.

    Raises
    ------
    BadFilter
        It is neither.
    """
    if len(text) > _LONGEST:
        raise BadFilter(f"the filter is longer than {_LONGEST} characters")
    try:
        return parse_cql2(text)
    except Exception:  # noqa: BLE001 - the grammar's own errors have no common kind
        try:
            return parse_ecql(text)
        except Exception:  # noqa: BLE001 - see above
            raise BadFilter("the filter is no CQL2") from None


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


def like(text: Any, pattern: str, *, nocase: bool) -> bool:
    """Tell whether a text is like a pattern: ``%`` stands for any text, ``_`` for one character.

    The parts between ``%`` are looked for one after the other, so no pattern runs away.
    """
    if not isinstance(text, str):
        return False
    flags = re.DOTALL | (re.IGNORECASE if nocase else 0)
    first, *others = (
        re.compile("".join("." if letter == "_" else re.escape(letter) for letter in part), flags)
        for part in pattern.split("%")
    )
    if not others:
        return first.fullmatch(text) is not None
    *middle, last = others
    start = first.match(text)
    at = start.end() if start else -1
    for part in middle:
        hit = part.search(text, at) if at >= 0 else None
        at = hit.end() if hit else -1
    tail = len(text) - len(pattern.rsplit("%", 1)[-1])
    return 0 <= at <= tail and last.fullmatch(text, tail) is not None
