"""A sheet set up: its words, its boxes and its frame, and whether its register fits beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from layers.font import printable
from layers.sheets.facts import About
from layers.sheets.frame import Frame, open_frame
from layers.sheets.ground import is_covered
from layers.sheets.groups import Group, groups_of
from layers.sheets.hits import quoted_title
from layers.sheets.layout import Panel, Words, lay_out
from layers.sheets.register import cards, cards_width, names, names_width
from layers.sheets.scene import Scene
from layers.sheets.subject import (
    count_line,
    document_line,
    extent_of,
    look,
    made_line,
    source_line,
    subtitle_of,
    title_of,
)
from layers.words import caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layers.sheets.layout import Layout
    from layers.sheets.names import Name
    from layers.sheets.options import SheetOptions
    from layers.sheets.subject import Seen, Subject

# More cards than this on A4 have no room beside any map.
_MOST_CARDS = 24
# As long as any number of a page, to keep room for those that are known later.
_SOME_PAGE = 999
_NOTHING = Scene((), (), 0.0)


@dataclass(frozen=True)
class Draft:
    """A sheet before it is drawn: everything has its place.

    Attributes
    ----------
    numbers
        By id, of all things that the map shows: their number on it, nought without one.
    whole
        Whether all that is chosen is listed on the sheet itself.
    """

    subject: Subject
    options: SheetOptions
    layout: Layout
    frame: Frame
    seen: Seen
    scene: Scene
    words: Words
    names: tuple[Name, ...] = ()
    whole: bool = False

    @property
    def numbers(self) -> dict[str, int]:  # noqa: D102 - among the attributes
        return {sign.row.id: sign.number for sign in self.scene.signs}


def set_up(subject: Subject, options: SheetOptions, panel: Panel | None = None) -> Draft:
    """Return a sheet with boxes and frame, before anything stands on its map.

    Raises
    ------
    BadSheet
        The extent is not known.
    """
    extent = extent_of(subject, options)
    words = Words(
        printable(title_of(subject, options)), printable(subtitle_of(subject, options)), ("—",) * 4
    )
    layout = lay_out(options, words, panel)
    frame = open_frame(layout.map_box, extent)
    words = replace(words, foot=_foot(subject, options, (frame, look(subject, frame))))
    layout = lay_out(options, words, panel)
    frame = open_frame(layout.map_box, extent)
    seen = look(subject, frame)
    # The foot has its height now; in the last frame, scale and counts may be others.
    words = replace(words, foot=_foot(subject, options, (frame, seen)))
    return Draft(subject, options, layout, frame, seen, _NOTHING, words)


def _foot(subject: Subject, options: SheetOptions, drawn: tuple[Frame, Seen]) -> tuple[str, ...]:
    frame, seen = drawn
    some = {"count": len(subject.shown), "first": _SOME_PAGE, "last": _SOME_PAGE}
    listed = caption("sheet_listed_pages", options.language, **some)
    lines = (
        count_line(subject, seen, options) + listed,
        # A slide names them in its notes, and behind its register: its letters need the room.
        "" if options.paper == "wide" else document_line(subject, options),
        source_line(subject, options),
        made_line(frame, options) + _uncovered(subject, options, frame),
    )
    return tuple(printable(line) for line in lines)


def _uncovered(subject: Subject, options: SheetOptions, frame: Frame) -> str:
    covered = is_covered(frame, subject.base)
    return "" if covered else " · " + caption("sheet_uncovered", options.language)


def are_few(subject: Subject, layout: Layout) -> bool:
    """Return whether some things are chosen, and so few that a register may fit beside a map."""
    return 0 < len(subject.shown) <= _MOST_CARDS * layout.scale**2


def beside(bare: Draft) -> Draft | None:
    """Return the sheet with its whole register beside the map; None where that has no room."""
    if not are_few(bare.subject, bare.layout):
        return None
    made = set_up(bare.subject, bare.options, cards_panel(bare))
    # In the smaller frame other things may be beyond it: then it must fit as they stand now.
    again = lay_out(bare.options, made.words, cards_panel(made))
    if not made.layout.register or again.map_box != made.layout.map_box:
        return None
    return replace(made, layout=again, whole=True)


def cards_panel(made: Draft) -> Panel:
    """Return the whole register of a sheet as cards."""
    about, layout = About(made.subject.documents, made.options.language), made.layout
    numbers = made.numbers or dict.fromkeys(made.seen.things["id"], 0)
    groups = groups_of(made.subject, numbers, made.options.language)
    return Panel(cards(groups, numbers, about, layout), cards_width(layout.scale))


def names_panel(made: Draft) -> Panel:
    """Return the names of what a sheet's map shows, with their numbers."""
    subject, language = made.subject, made.options.language
    about, drawn = About(subject.documents, language), [*made.seen.things.itertuples()]
    groups = [
        Group(caption("sheet_register", language), _hit(drawn, subject, by_quote=False)),
        Group(quoted_title(subject, language), _hit(drawn, subject, by_quote=True)),
    ]
    strips = names(groups, made.numbers, about, made.layout)
    return Panel(strips, names_width(made.layout.scale))


def _hit(rows: Sequence[Any], subject: Subject, *, by_quote: bool) -> tuple[Any, ...]:
    return tuple(row for row in rows if (row.id in subject.quoted) == by_quote)
