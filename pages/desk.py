"""What every page shares: the data, the words, and what the user chose beside the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from threading import RLock
from typing import TYPE_CHECKING, Any

import streamlit as st

import layers
import planmap

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

_STATE = "desk"
# The server warms up while the first visitor arrives: what one reads the other waits for.
_ONE_AT_A_TIME = RLock()


@dataclass(frozen=True)
class Desk:
    """What lies on the desk while one page is drawn.

    Attributes
    ----------
    table, shown
        All projects, and those that the selection means; EPSG:4326.
    documents
        By id.
    selection
        What the user chose beside the page.
    language
        Of all captions.
    online
        The base map of another host that the user asked for, if any.
    """

    table: gpd.GeoDataFrame
    shown: gpd.GeoDataFrame
    documents: Mapping[str, Any]
    selection: layers.Selection
    language: layers.Language
    online: layers.BaseMap | None = None

    def say(self, key: str, **values: object) -> str:
        """Return a caption in the chosen language."""
        return layers.caption(key, self.language, **values)


def built() -> Any:
    """Return the built data, read once per server."""
    with _ONE_AT_A_TIME:
        return _built()


def base() -> layers.Base:
    """Return the base map, read once per server."""
    with _ONE_AT_A_TIME:
        drawn: layers.Base = layers.base_map()
        return drawn


def view() -> layers.Box:
    """Return the extent that the map opens on."""
    return layers.opening_view(built().table, base())


@cache
def _built() -> Any:
    return planmap.load()


def forget() -> None:
    """Let the next page read the built data anew: a document came or went."""
    with _ONE_AT_A_TIME:
        _built.cache_clear()


def put(desk: Desk) -> None:
    """Lay out what the page that runs next works on."""
    st.session_state[_STATE] = desk


def take() -> Desk:
    """Return what was laid out for this page."""
    desk: Desk = st.session_state[_STATE]
    return desk


def select(table: gpd.GeoDataFrame, selection: layers.Selection) -> gpd.GeoDataFrame:
    """Return what a selection means in a table that is not the desk's own: that of a date."""
    return layers.select(table, selection)


def subject(desk: Desk) -> layers.Subject:
    """Return what a sheet of the shown rows is about."""
    return layers.Subject(desk.shown, desk.table, base(), desk.documents, desk.selection)


def headline(desk: Desk) -> None:
    """Show how many are shown, in figures and in words, and the downloads of exactly these."""
    figures, files = st.columns([0.68, 0.32], vertical_alignment="center")
    with figures:
        st.html(layers.summary_html(desk.shown, desk.table, desk.selection, desk.language))
    with files:
        downloads(desk)


def downloads(desk: Desk) -> None:
    """Offer the shown rows as files, each made only when it is asked for."""

    def picture() -> bytes:
        # Looked up on the click: drawing pictures takes a library that is slow to load.
        return layers.make_sheet(subject(desk), layers.SheetOptions(language=desk.language))

    files: dict[str, tuple[Callable[[], bytes], str]] = {
        "geojson": (
            partial(layers.to_geojson, desk.shown, layers.credits_of(desk.shown)),
            "application/geo+json",
        ),
        "csv": (partial(layers.to_csv, desk.shown), "text/csv"),
        "png": (picture, "image/png"),
    }
    for column, (kind, (make, mime)) in zip(
        st.columns(len(files), gap="xsmall"), files.items(), strict=True
    ):
        column.download_button(
            desk.say(f"download_{kind}"),
            make,
            file_name=f"planmap.{kind}",
            mime=mime,
            key=f"download_{kind}",
            icon=":material/download:",
            help=desk.say("download"),
            on_click="ignore",
            width="stretch",
        )
