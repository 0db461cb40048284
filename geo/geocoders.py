"""How each service is asked and its answer read: Nominatim by geopy, AMap and Tianditu on its base.

Formats: AMap "place search" v3 (https://lbs.amap.com/api/webservice/guide/api/search) and its list
of error codes; Tianditu place search V2.0 (http://lbs.tianditu.gov.cn/server/search2.html).
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus, urlencode, urlsplit

import shapely
from geopy import exc
from geopy.geocoders import Nominatim
from geopy.geocoders.base import Geocoder

from geo.datum import gcj02_to_wgs84
from geo.services import BadKey, NoAnswer, Proposal, QuotaSpent, ServiceTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.services import Bounds, Service

MOST = 5  # answers to one name: a person looks at them
_TIMEOUT_S = 10
_AGENT = "planmap"
# Of AMap's info codes: not accepted, and spent (by day, by second, by address).
_AMAP_OK = "10000"
_AMAP_KEY = {"10001", "10002", "10005", "10006", "10007", "10008", "10009", "10012", "10013"}
_AMAP_SPENT = {"10003", "10004", "10010", "10014", "10015", "10019", "10020", "10021", "10044"}
_TIANDITU_OK = 1000
_FORBIDDEN, _SPENT = {401, 403}, {418, 429}


class AMap(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """AMap's place search, within one county; answers in GCJ-02."""

    def geocode(self, name: str, service: Service, area: Bounds) -> list[Proposal]:
        """Ask for a name."""
        asked = {
            "key": service.secret,
            "keywords": name,
            "city": area.code,
            "citylimit": "true",
            "offset": MOST,
            "output": "JSON",
        }
        url = f"{service.address}?{urlencode(asked)}"
        answer: list[Proposal] = self._call_geocoder(url, self._read, timeout=self.timeout)
        return answer

    def _read(self, answer: Any) -> list[Proposal]:
        if str(answer.get("status")) != "1":
            raise _amap_trouble(answer)
        return [_amap_place(poi) for poi in answer["pois"] if isinstance(poi["location"], str)]


def _amap_trouble(answer: Mapping[str, Any]) -> ServiceTrouble:
    code, info = str(answer.get("infocode", "")), str(answer.get("info", "no reason"))
    kind = BadKey if code in _AMAP_KEY else QuotaSpent if code in _AMAP_SPENT else NoAnswer
    return kind(f"amap: {info} ({code})")


def _amap_place(poi: Mapping[str, Any]) -> Proposal:
    lon, lat = map(float, poi["location"].split(","))
    # what AMap does not know it writes as an empty list
    parts = [poi.get(name) for name in ("adname", "address")]
    address = "".join(part for part in parts if isinstance(part, str))
    return Proposal("amap", str(poi["name"]), address, lon, lat)


class Tianditu(Geocoder):  # type: ignore[misc]  # geopy ships no types
    """Tianditu's place search, within one county; answers in CGCS2000, which is WGS-84 here."""

    def geocode(self, name: str, service: Service, area: Bounds) -> list[Proposal]:
        """Ask for a name."""
        asked = {
            "keyWord": name,
            "specify": f"156{area.code}",
            "queryType": 12,
            "start": 0,
            "count": MOST,
        }
        post = json.dumps(asked, ensure_ascii=False)
        query = urlencode({"postStr": post, "type": "query", "tk": service.secret})
        url = f"{service.address}?{query}"
        answer: list[Proposal] = self._call_geocoder(url, self._read, timeout=self.timeout)
        return answer

    def _read(self, answer: Any) -> list[Proposal]:
        status = answer.get("status") or answer
        if status.get("infocode") != _TIANDITU_OK:
            said = status.get("cndesc") or status.get("msg") or "no reason"
            raise NoAnswer(f"tianditu: {said} ({status.get('infocode', status.get('code'))})")
        return [_tianditu_place(poi) for poi in answer.get("pois") or ()]


def _tianditu_place(poi: Mapping[str, Any]) -> Proposal:
    lon, lat = map(float, str(poi["lonlat"]).replace(",", " ").split())
    return Proposal("tianditu", str(poi["name"]), str(poi.get("address") or ""), lon, lat)


def _amap(name: str, service: Service, area: Bounds) -> list[Proposal]:
    found = AMap(timeout=_TIMEOUT_S, user_agent=_AGENT).geocode(name, service, area)
    return list(found)


def _tianditu(name: str, service: Service, area: Bounds) -> list[Proposal]:
    return list(Tianditu(timeout=_TIMEOUT_S, user_agent=_AGENT).geocode(name, service, area))


def _nominatim(name: str, service: Service, area: Bounds) -> list[Proposal]:
    where = urlsplit(service.address)
    asker = Nominatim(
        timeout=_TIMEOUT_S, user_agent=_AGENT, scheme=where.scheme, domain=where.netloc
    )
    west, south, east, north = area.outline.bounds
    found = asker.geocode(
        name,
        exactly_one=False,
        limit=MOST,
        viewbox=[(south, west), (north, east)],
        bounded=True,
        language="zh",
    )
    return [_nominatim_place(one.raw) for one in found or ()]


def _nominatim_place(raw: Mapping[str, Any]) -> Proposal:
    head, _, rest = str(raw["display_name"]).partition(",")
    lon, lat = float(raw["lon"]), float(raw["lat"])
    return Proposal("nominatim", head, rest.strip(), lon, lat)


_ASK: dict[str, Callable[[str, Service, Bounds], list[Proposal]]] = {
    "amap": _amap,
    "tianditu": _tianditu,
    "nominatim": _nominatim,
}


def ask(name: str, service: Service, area: Bounds) -> list[Proposal]:
    """Ask a service where a name is.

    Returns
    -------
    list of Proposal
        Within the area, WGS-84, dated today; empty where the service knows nothing.

    Raises
    ------
    BadKey
        The key is missing or not accepted.
    QuotaSpent
        The service wants no more questions for now.
    NoAnswer
        None came in time, or it is not in the service's format.
    """
    try:
        found = _ASK[service.code](name, service, area)
    except exc.GeopyError as error:
        raise _trouble(service, error) from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ServiceTrouble):
            raise
        told = _without_key(service, repr(error))
        raise NoAnswer(f"{service.code}: the answer is not in its format: {told}") from None
    return list(_within(found, service, area))


def _trouble(service: Service, error: exc.GeopyError) -> ServiceTrouble:
    status, told = getattr(error.__cause__, "status_code", None), _without_key(service, str(error))
    if isinstance(error, exc.GeocoderAuthenticationFailure | exc.GeocoderInsufficientPrivileges):
        return BadKey(f"{service.code}: the key is not accepted ({status or told})")
    if isinstance(error, exc.GeocoderRateLimited | exc.GeocoderQuotaExceeded) or status in _SPENT:
        return QuotaSpent(f"{service.code}: no more questions for now ({status or told})")
    return NoAnswer(f"{service.code}: {type(error).__name__}: {told}")


def _without_key(service: Service, text: str) -> str:
    """Return a message without the user's key, which libraries print with the whole address."""
    key = os.environ.get(service.key, "").strip() if service.key else ""
    for form in filter(None, {key, quote(key), quote_plus(key)}):
        text = text.replace(form, "…")
    return text


def _within(found: list[Proposal], service: Service, area: Bounds) -> Iterator[Proposal]:
    today = dt.datetime.now(dt.UTC).date().isoformat()
    for one in found:
        lon, lat = one.lon, one.lat
        if service.datum == "gcj02":
            lon, lat = (float(each) for each in gcj02_to_wgs84(lon, lat))
        if shapely.contains_xy(area.outline, lon, lat):
            yield replace(one, lon=round(lon, 7), lat=round(lat, 7), asked=today)
