"""What a user sees of a page, read in one go: figures, tags, address, controls, map and list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import Page

READ = Path(__file__).with_name("seen.js").read_text("utf-8")
CONTROLS = (
    *("strategy", "status", "year", "target_year", "due", "location_class", "certainty", "outcome"),
    "thing",
    *("category", "document", "township", "unit", "role", "issuer", "search", "language", "online"),
    *("compare", "pick_left", "pick_right", "open_document", "unit_pick", "project_pick", "list"),
    "asof_date",
)
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
        return bool(self.raw["running"] or self.raw["stale"])

    def set_in(self, control: str) -> set[str] | None:
        """Return the labels that a control shows as chosen, without counts; None if not there."""
        found = self.raw["controls"].get(control)
        if found is None:
            return None
        return {_COUNT.sub("", one) for one in (*found["lit"], *found["tagged"])}

    def codes_in(self, control: str) -> set[str] | None:
        """Return the codes that a filter shows as chosen; None where it has none to read."""
        coded = self.raw["controls"].get(control, {}).get("coded")
        return None if coded is None else set(coded)

    def value_in(self, control: str) -> str | None:
        """Return the text that a control holds; None if it is not there."""
        found = self.raw["controls"].get(control)
        return None if found is None else "".join(found["value"][:1])


def look(page: Page) -> Seen:
    """Read what is seen now."""
    return Seen(page.evaluate(READ, list(CONTROLS)))
