"""What every page shares: the data, the words, and what the user chose beside the page."""

from __future__ import annotations

import gc
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache, partial
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

import layers
import planmap
import versions
from pages import ahead, facets, view

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from datetime import date

    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

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
    mask
        Of each row of the table whether it is shown.
    documents
        By id.
    selection
        What the user chose beside the page.
    language
        Of all captions.
    index
        The table ready to be asked.
    view
        What the user sees, on this page and on all others.
    page
        Name of the page.
    online
        The base map of another host that the user asked for, if any.
    as_of
        The date as of which table and rows are; empty for today.
    """

    table: gpd.GeoDataFrame
    shown: gpd.GeoDataFrame
    mask: NDArray[np.bool_]
    documents: Mapping[str, Any]
    selection: layers.Selection
    language: layers.Language
    index: layers.Index
    view: layers.View
    page: str
    online: layers.BaseMap | None = None
    as_of: str = ""

    def say(self, key: str, **values: object) -> str:
        """Return a caption in the chosen language."""
        return layers.caption(key, self.language, **values)


def built() -> Any:
    """Return the built data, read once per server, day and change on the disk.

    Raises
    ------
    ValueError, OSError
        They cannot be read, and never could: later on what was read before is kept, see ``stale``.
    """
    with _ONE_AT_A_TIME:
        return _NOW.data(_today())


def stale() -> Stale | None:
    """Return since when and why the data shown are not those on the disk; None where they are."""
    return _NOW.stale


def index(as_of: str = "") -> layers.Index:
    """Return the built table ready to be asked, made once per server, day and date looked at."""
    with _ONE_AT_A_TIME:
        return _index(_Same(_NOW.data(_today())), _today(), as_of)


def index_of(version: str) -> layers.Index | None:
    """Return the index whose packed things have this version; None for one that none has now.

    Only what was made for a visitor is looked through: whoever asks for a version that never was
    makes the server read nothing.
    """
    with _ONE_AT_A_TIME:
        made = [*_MADE]
    return next((one for one in reversed(made) if one.pack.version == version), None)


def base() -> layers.Base:
    """Return the base map, read once per server."""
    with _ONE_AT_A_TIME:
        drawn: layers.Base = layers.base_map()
        return drawn


def extent() -> layers.Box:
    """Return the extent that the map opens on, the same as long as the data are."""
    with _ONE_AT_A_TIME:
        return _extent(_Same(_NOW.data(_today())), _Same(layers.base_map()))


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


@dataclass(frozen=True)
class Stale:
    """Why the data shown are older than those on the disk, and when they were read."""

    error: Exception
    read: datetime


class _Current:
    """The built data as last read: read again on another day, and when the disk holds others.

    What the command line adds or corrects is seen within seconds of its end; each look at the disk
    is a look at the files' times only.
    """

    def __init__(self) -> None:
        self._known: Any = None
        self._of: tuple[date, int] | None = None
        self._read = datetime.now(UTC)
        self._look_after = 0.0
        self.stale: Stale | None = None

    def data(self, day: date) -> Any:
        if self._of is None or self._of[0] != day or monotonic() >= self._look_after:
            self._look(day)
        return self._known

    def _look(self, day: date) -> None:
        # The files' times are taken before the files are read: what changes meanwhile is seen next.
        of = day, versions.stamp()
        if of != self._of or self.stale:
            self._read_anew(of)
        self._look_after = monotonic() + (_AGAIN if self.stale else _EVERY)

    def _read_anew(self, of: tuple[date, int]) -> None:
        try:
            self._known, self.stale = planmap.load(), None
            self._read = datetime.now(UTC)
        except (ValueError, OSError) as error:
            if self._known is None:
                raise
            self.stale = Stale(error, self._read)
        self._of = of

    def forget(self) -> None:
        self._of = None


# Seconds between two looks at the disk; after a failure the next build may take as long to fail.
_EVERY, _AGAIN = 1.0, 15.0
_NOW = _Current()


@dataclass(frozen=True, eq=False)
class _Same:
    """Something that is only equal to itself, whatever it holds."""

    it: Any

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.it is self.it


# Today and the dates of some plans: each keeps a table of its own.
_KEPT = 8
_MADE: deque[layers.Index] = deque(maxlen=_KEPT)


@lru_cache(maxsize=_KEPT)
def _index(data: _Same, today: date, as_of: str) -> layers.Index:
    table, documents = data.it.table, data.it.documents
    if as_of:
        table = layers.as_of(table, documents, as_of, layers.cities(layers.base_map()))
    made = layers.Index(table, layers.Known(documents, today))
    _MADE.append(made)
    hold_still()
    return made


def hold_still() -> None:
    """Let the search for garbage pass over what stays: data, base map, modules.

    Streamlit's server searches all objects after each run of a page, which took as long as the run
    itself. What was held before and is no longer used is found first.
    """
    if runtime.exists():
        gc.unfreeze()
        gc.collect()
        gc.freeze()


@lru_cache(maxsize=1)
def _extent(data: _Same, drawn: _Same) -> layers.Box:
    return layers.opening_view(data.it.table, drawn.it)


def forget() -> None:
    """Let the next page read the built data anew: a document came or went."""
    with _ONE_AT_A_TIME:
        _NOW.forget()


def put(desk: Desk) -> None:
    """Lay out what the page that runs next works on."""
    st.session_state[_STATE] = desk


def take() -> Desk:
    """Return what was laid out for this page."""
    desk: Desk = st.session_state[_STATE]
    return desk


def lay_out(
    data: Any, language: layers.Language, view: layers.View, *, page: str, dated: bool
) -> Desk:
    """Return what a page works on: the rows that the view selects, with all that belongs to them.

    Parameters
    ----------
    data
        The built data.
    dated
        Whether the page shows the plans as of the date that is looked at.
    """
    as_of = view.as_of if dated else ""
    asked = index(as_of)
    mask = asked.mask(view.selection)
    return Desk(
        table=asked.table,
        shown=asked.rows(mask),
        mask=mask,
        documents=data.documents,
        selection=view.selection,
        language=language,
        index=asked,
        online=layers.base_maps().get(view.base),
        as_of=as_of,
        view=view,
        page=page,
    )


def select(desk: Desk, selection: layers.Selection) -> gpd.GeoDataFrame:
    """Return what another selection means in the same table."""
    return desk.index.rows(desk.index.mask(selection))


def subject(desk: Desk) -> layers.Subject:
    """Return what a sheet of the shown rows is about."""
    return layers.Subject(
        desk.shown,
        desk.table,
        base(),
        desk.documents,
        desk.selection,
        desk.as_of,
        index=desk.index,
    )


def headline(desk: Desk) -> None:
    """Show how many are shown, in figures and in words, and the downloads of exactly these."""
    from pages import files  # noqa: PLC0415 - it works on the desk too

    left, right = st.columns([0.68, 0.32], vertical_alignment="center")
    # The files first: whoever sees the new figures and presses at once gets what they count.
    with right:
        downloads(desk)
        files.offer(desk)
    with left:
        st.html(
            layers.summary_html(
                desk.shown, desk.table, desk.selection, desk.language, off=indicators_off(desk)
            )
        )
        if desk.as_of:
            whole = index().table
            st.caption(layers.left_out_line(whole, desk.documents, desk.as_of, desk.language))
        if hits := layers.hits_html(desk.index, desk.shown, desk.selection, desk.language):
            st.html(hits)
    # Always there, even if empty: what comes after it, the map above all, must keep its place in
    # the page, or the browser would load it anew.
    with st.container():
        facets.chips(desk.selection, desk.as_of, desk.language)
        if desk.shown.empty and desk.selection.filters:
            st.html(layers.empty_html(desk.index, desk.selection, desk.language))
            lead_out(desk)


def lead_out(desk: Desk) -> None:
    """Offer the filters that a search which found nothing may have meant, each at one press."""
    for number, way in enumerate(layers.ways_out(desk.index, desk.view, desk.language)):
        st.button(
            layers.literal(way.words),
            key=f"way_out_{number}",
            icon=":material/filter_alt:",
            on_click=partial(view.put, way.view),
        )


def file_stem(desk: Desk, held: gpd.GeoDataFrame | None = None) -> str:
    """Return what files of the shown rows are called, without an ending.

    ``held`` are the rows that the file holds where these are not all that are shown.
    """
    own = base().counties[base().counties["own"]]
    counts = layers.noun_counts(desk.shown if held is None else held)
    day = desk.as_of or desk.index.by.isoformat()
    where = "-".join(own["name"])
    return layers.file_stem(where, desk.selection, counts, day, desk.language)


def indicators_off(desk: Desk) -> int:
    """Return how many indicators the filters mean that are neither counted nor listed."""
    if "indicator" in desk.selection.things or desk.as_of:
        return 0
    return desk.index.counts(desk.selection, ["thing"])["thing"].get("indicator", 0)


def of_view(desk: Desk, standing: ahead.Standing) -> layers.SheetOptions:
    """Return the options of the picture of what a map shows."""
    extent = layers.extent_of_place(standing.at, standing.size, desk.online)
    # the map shows also what is hit only by a quote
    return layers.SheetOptions(extent=extent, language=desk.language, quoted=True)


def picture_of(desk: Desk, options: layers.SheetOptions) -> bytes:
    """Return a sheet with all its pages as one file: a ZIP where it is several pictures."""
    stem = file_stem(desk, layers.by_hit(subject(desk), options).shown)
    pages = layers.make_files(subject(desk), options, stem)
    return layers.packed(pages, stem).content


class Outlook(NamedTuple):
    """What is known of a sheet before it is made: whether it is one page, and what it lacks."""

    single: bool
    warning: str


# A page is drawn again on each press, and to lay out a sheet takes longer than most of a page.
_OUTLOOKS: OrderedDict[tuple[Hashable, ...], Outlook] = OrderedDict()
_MOST_OUTLOOKS = 64


def outlook(desk: Desk, options: layers.SheetOptions) -> Outlook:
    """Return what is known of a sheet of the shown rows, worked out once for each selection."""
    key = (desk.selection, desk.as_of, options, _Same(desk.table))
    known = _OUTLOOKS.get(key)
    if known is None:
        about = subject(desk)
        known = Outlook(layers.is_one_page(about, options), layers.warning_of(about, options))
        with _ONE_AT_A_TIME:
            _OUTLOOKS[key] = known
            if len(_OUTLOOKS) > _MOST_OUTLOOKS:
                _OUTLOOKS.popitem(last=False)
    return known


def downloads(desk: Desk) -> None:
    """Offer the shown rows as files, each made only when it is asked for."""
    channel = ahead.channel() if desk.page == "map" else ""
    drawn = of_view(desk, ahead.standing(channel))
    # A register that has no room on the picture is a picture of its own, in one ZIP with it.
    single, warning = outlook(desk, drawn)
    if warning:
        st.caption(warning)
    endings = {"png": "png" if single else "zip"}

    def picture() -> bytes:
        # Where the map stands on the click, unless its register would need another kind of file.
        asked = of_view(desk, ahead.standing(channel))
        return picture_of(desk, asked if outlook(desk, asked).single == single else drawn)

    files: dict[str, tuple[Callable[[], bytes], str]] = {
        "geojson": (
            partial(layers.to_geojson, desk.shown, layers.credits_of(desk.shown)),
            "application/geo+json",
        ),
        "csv": (partial(layers.to_csv, desk.shown), "text/csv"),
        "png": (picture, layers.SHEET_MIME[endings["png"]]),
    }
    holds = desk.say("download_holds", counted=layers.counted_rows(desk.shown, desk.language))
    st.caption(holds)
    stem = file_stem(desk)
    with st.container(horizontal=True, gap="xsmall"):
        for kind, (make, mime) in files.items():
            st.download_button(
                desk.say(f"download_{kind}"),
                make,
                file_name=f"{stem}.{endings.get(kind, kind)}",
                mime=mime,
                key=f"download_{kind}",
                icon=":material/download:",
                help=holds,
                on_click="ignore",
                width="stretch",
            )


def while_here(_done: int = 0, _of: int = 0) -> None:
    """Stop a long reading when its visitor has gone; takes the counts of a progress."""
    context = get_script_run_ctx()
    if context is None or not runtime.exists():
        return
    if not runtime.get_instance().is_active_session(context.session_id):
        st.stop()
