"""pygeoapi's way into a layer: which features a request means, in which order, which page."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pygeoapi.provider.base import (
    BaseProvider,
    ProviderInvalidQueryError,
    ProviderItemNotFoundError,
)
from pygeoapi.util import crs_transform

from layers.selection import Selection
from layers.service.filters import BadFilter, matching
from layers.service.times import BadTime, related, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from layers.service.layer import Layer, Stock

_FILTERS = {field.name for field in fields(Selection)} - {"include_issuer", "search"}
# A list in a flat column: a value asked for may be any of its parts.
_LIST_SIGN = "；"


class TableProvider(BaseProvider):  # type: ignore[misc]  # ships no types
    """Features out of the layer that ``data`` names, which ``options["stock"]`` hands out."""

    def __init__(self, provider_def: dict[str, Any]) -> None:
        super().__init__(provider_def)
        self._stock: Stock = self.options["stock"]()
        self._layer: Layer = self._stock.layers[self.data]
        self._fields = self._layer.fields

    def get_fields(self) -> dict[str, dict[str, str]]:
        """Return names and types of what can be asked for."""
        return self._layer.fields

    @crs_transform  # type: ignore[untyped-decorator]
    def query(self, *, offset: int = 0, limit: int = 10, **asked: Any) -> dict[str, Any]:
        """Return the page of features that a request means.

        Raises
        ------
        ProviderInvalidQueryError
            A filter, a time or a parameter is not understood; answered with status 400.
        """
        rows = _sorted(self._layer, self._rows(asked), asked.get("sortby") or ())
        answer: dict[str, Any] = {"type": "FeatureCollection", "numberMatched": len(rows)}
        page = [] if asked.get("resulttype") == "hits" else rows[offset : offset + limit]
        wanted = set(asked.get("select_properties") or ())
        bare = bool(asked.get("skip_geometry"))
        answer["features"] = [_cut(self._layer.features[row], wanted, bare=bare) for row in page]
        return answer | {"numberReturned": len(answer["features"])}

    @crs_transform  # type: ignore[untyped-decorator]
    def get(self, identifier: str, **_: Any) -> dict[str, Any]:
        """Return one feature.

        Raises
        ------
        ProviderItemNotFoundError
            There is none of this id; answered with status 404.
        """
        for feature in self._layer.features:
            if feature["id"] == identifier:
                return _cut(feature, set(), bare=False)
        raise ProviderItemNotFoundError(f"no feature {identifier!r}")

    def _rows(self, asked: dict[str, Any]) -> list[int]:
        layer = self._layer
        keep = np.ones(len(layer.frame), dtype=bool)
        if bbox := asked.get("bbox"):
            keep &= layer.frame.intersects(_box(bbox)).to_numpy()
        if when := asked.get("datetime_"):
            keep &= _within(layer, when)
        if tree := asked.get("filterq"):
            try:
                keep &= matching(layer.nullable, tree).to_numpy()
            except BadFilter as error:
                raise _refused(str(error)) from None
        keep &= self._chosen(asked.get("properties") or (), asked.get("q"))
        return [int(row) for row in np.flatnonzero(keep)]

    def _chosen(self, pairs: Sequence[tuple[str, str]], words: str | None) -> NDArray[np.bool_]:
        keep = np.ones(len(self._layer.frame), dtype=bool)
        wanted = {name: tuple(value.split(",")) for name, value in pairs if name in _FILTERS}
        if words:
            wanted["search"] = (words,)
        if wanted:
            keep &= self._meant(wanted)
        for name, value in pairs:
            if name not in wanted:
                keep &= self._equal(name, value)
        return keep

    def _meant(self, wanted: dict[str, tuple[str, ...]]) -> NDArray[np.bool_]:
        try:
            ids = self._stock.chosen(Selection(**wanted))  # type: ignore[arg-type]
        except ValueError as error:  # an unknown code; the message lists those that are known
            raise _refused(str(error)) from None
        return np.array([key in ids for key in self._layer.projects], dtype=bool)

    def _equal(self, name: str, value: str) -> NDArray[np.bool_]:
        if name not in self._fields:
            raise _refused(f"unknown parameter {name!r}")
        column = self._layer.frame[name]
        return np.array([_is(each, value) for each in column], dtype=bool)


def _refused(reason: str) -> ProviderInvalidQueryError:
    # The second is what the client is told, the first what is written to the log.
    return ProviderInvalidQueryError(reason, user_msg=reason)


def _is(value: Any, wanted: str) -> bool:
    if isinstance(value, str):
        return wanted == value or wanted in value.split(_LIST_SIGN)
    if isinstance(value, bool | np.bool_):
        return wanted.lower() == str(bool(value)).lower()
    try:
        return bool(float(wanted) == value)
    except (TypeError, ValueError):
        return False


def _box(bbox: Sequence[float]) -> shapely.Polygon:
    half = len(bbox) // 2
    return shapely.box(bbox[0], bbox[1], bbox[half], bbox[half + 1])


def _within(layer: Layer, when: str) -> NDArray[np.bool_]:
    """Return for each row whether the date of its stage lies in a time or interval."""
    if "as_of" not in layer.frame:
        return np.ones(len(layer.frame), dtype=bool)
    parts = when.split("/")
    if len(parts) > 2:  # noqa: PLR2004 - a beginning and an end
        raise _refused("datetime is a time, or a beginning and an end with / between")
    try:
        found = related("t_intersects", span(layer.frame["as_of"]), span((parts[0], parts[-1])))
        return np.array(found == True, dtype=bool)  # noqa: E712 - neither false nor unknown
    except BadTime as error:
        raise _refused(str(error)) from None


def _sorted(layer: Layer, rows: list[int], keys: Iterable[dict[str, str]]) -> list[int]:
    for key in reversed(list(keys)):
        column = layer.frame[key["property"]].to_numpy(dtype=object, na_value=None)
        known = [row for row in rows if column[row] is not None]
        known.sort(key=lambda row: column[row], reverse=key["order"] == "-")
        rows = known + [row for row in rows if column[row] is None]
    return rows


def _cut(feature: dict[str, Any], wanted: set[str], *, bare: bool) -> dict[str, Any]:
    """Return a feature of its own, as pygeoapi writes into what it is given."""
    kept = dict(feature)
    if wanted:
        kept["properties"] = {k: v for k, v in feature["properties"].items() if k in wanted}
    if bare:
        kept["geometry"] = None
    return kept
