"""Online services that tell where a name is, and what they said: asked only when a user wants it.

What a service answers is a proposal. A person accepts it, and only then is it a place.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store import DATA, read_table

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer import Gazetteer

DATUMS = ("wgs84", "gcj02")
_COLUMNS = ("code", "zh", "en", "address", "pause_s", "datum", "licence", "share_alike")


class ServiceTrouble(ValueError):  # noqa: N818 - it says what is the case
    """A service did not answer as it should."""


class BadKey(ServiceTrouble):
    """The service does not accept the key, or none is set."""


class QuotaSpent(ServiceTrouble):
    """The service answers no more questions with this key for now."""


class NoAnswer(ServiceTrouble):
    """No answer came in time, or none that can be understood."""


@dataclass(frozen=True)
class Service:
    """A service that is asked for names.

    Attributes
    ----------
    address
        Of its search; stand-ins of tests and mirrors have another.
    key
        Name of the environment variable that holds the user's key; empty where none is needed.
    pause_s
        Seconds between two questions, as its terms ask.
    datum
        Of the positions in its answers.
    share_alike
        Whether places taken from it stay in a file of their own.
    """

    code: str
    names: dict[str, str]
    address: str
    key: str
    pause_s: float
    datum: str
    licence: str
    share_alike: bool
    attribution: str

    @property
    def secret(self) -> str:
        """The user's key from the environment.

        Raises
        ------
        BadKey
            The variable is not set.
        """
        found = os.environ.get(self.key, "").strip() if self.key else ""
        if self.key and not found:
            raise BadKey(f"{self.code} needs your key in the environment variable {self.key}")
        return found


@dataclass(frozen=True)
class Proposal:
    """Where a service holds a name to be; WGS-84 degrees, whatever the service speaks.

    Attributes
    ----------
    name, address
        As the service writes them: they tell a person whether it is the thing that was meant.
    asked
        Day of the answer, ISO 8601.
    """

    service: str
    name: str
    address: str
    lon: float
    lat: float
    asked: str = ""


@dataclass(frozen=True)
class Bounds:
    """Where names are looked for.

    Attributes
    ----------
    code
        Of the county in the official list: six digits.
    outline
        EPSG:4326; answers outside it are dropped.
    """

    code: str
    outline: BaseGeometry


def bounds_of(gazetteer: Gazetteer) -> Bounds:
    """Return where the names of a gazetteer's area are looked for.

    Raises
    ------
    ServiceTrouble
        It knows no outline: answers could not be kept within it.
    """
    if gazetteer.area is None:
        raise ServiceTrouble("no outline of the area is at hand: answers could lie anywhere")
    return Bounds(gazetteer.townships.area.code, gazetteer.area)


def services() -> dict[str, Service]:
    """Return the known services by code.

    The table is ``data/services.csv``, or the one that PLANMAP_SERVICES names.

    Raises
    ------
    store.BrokenFile
        The table breaks its contract.
    """
    path = Path(os.environ.get("PLANMAP_SERVICES") or DATA / "services.csv")
    made = [
        Service(
            code=row["code"],
            names={"zh": row["zh"], "en": row["en"]},
            address=row["address"],
            key=row["key"],
            pause_s=row.number("pause_s"),
            datum=row.one_of("datum", DATUMS),
            licence=row["licence"],
            share_alike=row.one_of("share_alike", ("yes", "no")) == "yes",
            attribution=row["attribution"],
        )
        for row in read_table(path, (*_COLUMNS, "attribution"), ("key",))
    ]
    return {service.code: service for service in made}
