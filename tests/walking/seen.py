"""What a user sees of a page at rest, read in one go: address, controls and contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from tests.walking.view import PAGES, USUAL

if TYPE_CHECKING:
    from playwright.sync_api import Page

READ = Path(__file__).with_name("seen.js").read_text("utf-8")
CONTROLS = (
    *("strategy", "status", "year", "target_year", "due", "location_class", "certainty", "outcome"),
    "thing",
    *("category", "document", "township", "unit", "role", "issuer", "search", "language", "online"),
    *("compare", "pick_left", "pick_right", "open_document", "unit_pick", "project_pick", "list"),
    *("asof_date", "asof_sheet", "open_changes", "due_by"),
    *(f"sheet_{name}" for name in USUAL),
)
# Milliseconds without a change after which a page is at rest; that it is given to begin to change
# where something is still awaited; and after which it is read although it is not at rest.
QUIET, AWAITED, MOST = 100, 400, 3000
_COUNT = re.compile(r"\s*(·\s*\d+|[（(]\d+[）)])$")


@dataclass(frozen=True)
class Seen:
    """What was read of a page; see ``READ``."""

    raw: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        return self.raw[name]

    @property
    def page(self) -> str:
        return urlsplit(self.raw["address"]).path.strip("/") or "map"

    @property
    def parameters(self) -> dict[str, tuple[str, ...]]:
        query = parse_qs(urlsplit(self.raw["address"]).query, keep_blank_values=True)
        return {name: tuple(sorted(values)) for name, values in query.items()}

    @property
    def busy(self) -> bool:
        return bool(self.raw["busy"] or not self.raw["rested"])

    def set_in(self, control: str) -> set[str] | None:
        """Return the labels that a control shows as chosen, without counts; None if not there."""
        found = self.raw["controls"].get(control)
        if found is None:
            return None
        return {_COUNT.sub("", one) for one in found["lit"]}

    def codes_in(self, control: str) -> set[str] | None:
        """Return the codes that a filter shows as chosen; None where it has none to read."""
        coded = self.raw["controls"].get(control, {}).get("coded")
        return None if coded is None else set(coded)

    def value_in(self, control: str) -> str | None:
        """Return the text that a control holds; None if it is not there."""
        found = self.raw["controls"].get(control)
        return None if found is None else "".join(found["value"][:1])

    def checked(self, control: str) -> bool | None:
        """Return whether a switch is on; None if it is not there."""
        found = self.raw["controls"].get(control)
        return found["checked"][0] if found and found["checked"] else None

    @property
    def rows(self) -> dict[str, int]:
        """By the text of its first cell the place of each row that a table has in view."""
        grids = self.raw["grids"][:1]
        return {row["cells"][0]: row["at"] for one in grids for row in one["rows"] if row["cells"]}

    @property
    def targets(self) -> set[str]:
        """The links to other pages of the app that are in view, marked as ``follow`` has them."""
        return {
            mark + target
            for target, mark in self.raw["links"]
            if urlsplit(target).path in PAGES and not urlsplit(target).netloc
        }


def look(page: Page, *, awaited: bool = False) -> Seen:
    """Read what is seen as soon as the page is at rest; ``awaited``: a change is still to come."""
    how = {"quiet": QUIET, "first": AWAITED if awaited else 0, "most": MOST}
    return Seen(page.evaluate(READ, {"controls": list(CONTROLS), **how}))
