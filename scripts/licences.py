"""List the licences of all that ships: ``python -m scripts.licences``; ends with 1 if one may not.

Packages under the GPL or AGPL would put their terms on what we give away. What states no licence
is not shipped either, unless a person has read its licence and written it down here.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from scripts.shipped import Shipped, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

# Read by a person in the package itself, because its metadata name none.
READ = {"streamlit-folium": "MIT"}
_COPYLEFT = re.compile(
    r"\bA?GPL|(?<!Lesser )(?<!Library )General Public License|\bSSPL|\bCC-BY-NC", re.IGNORECASE
)
_CHOICE = re.compile(r"\s+OR\s+|\s*/\s*", re.IGNORECASE)


def licence(one: Shipped) -> str:
    """Return the licence of a package, as it states it or as a person has read it."""
    return one.licence or READ.get(one.name, "")


def is_allowed(text: str) -> bool:
    """Return whether what is under a licence may ship; of several to choose from one suffices."""
    return bool(text) and any(not _COPYLEFT.search(one) for one in _CHOICE.split(text))


def refused(packages: Iterable[Shipped]) -> list[str]:
    """Return the packages that may not ship, each with its licence."""
    return [
        f"{one.name} {one.version}: {licence(one) or 'states no licence'}"
        for one in packages
        if not is_allowed(licence(one))
    ]


def main() -> None:
    """Print all, and those that may not ship last."""
    packages = shipped()
    for one in packages:
        print(f"{one.ecosystem}\t{one.name}\t{one.version}\t{licence(one)}")
    if bad := refused(packages):
        sys.exit("\n".join(["!! may not ship:", *bad]))


if __name__ == "__main__":
    main()
