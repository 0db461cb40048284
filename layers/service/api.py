"""The routes of the service: OGC API - Features by pygeoapi, and the address of a selection."""

from __future__ import annotations

import logging
import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pygeoapi import api as core
from pygeoapi.api import itemtypes
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders, QueryParams
from starlette.responses import Response
from starlette.routing import Route, Router

from layers.credit import credits_of
from layers.files import to_csv, to_geojson
from layers.service.addresses import AS_OF, UnknownParameter, selection_of
from layers.service.answers import OPEN, Answer, Shelf, as_json, respond
from layers.service.checks import BadRequest, check
from layers.service.configuration import COLLECTIONS, configuration, openapi
from layers.service.conformance import CLASSES
from layers.service.filters import BadFilter, parse_filter
from layers.service.layer import Stock
from layers.service.posted import POSTING, questions
from layers.service.times import BadTime
from layers.words import UnknownCode

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    from starlette.requests import Request

    from layers.index import Index

_LOG = logging.getLogger(__name__)
_ADDRESSES = 16  # names that one server is known by
# What a client got wrong; any other error is ours.
_UNCLEAR = (BadRequest, BadFilter, BadTime, UnknownParameter, UnknownCode)
_REGION = re.compile(r"(?<=[A-Za-z])[-_][A-Za-z0-9-_]+")
_JSON = {"Content-Type": "application/json"}


def _credited(table: gpd.GeoDataFrame) -> bytes:
    return to_geojson(table, credits_of(table))


_FILES: dict[str, tuple[Callable[[Any], bytes], str]] = {
    "geojson": (_credited, "application/geo+json"),
    "csv": (to_csv, "text/csv; charset=utf-8"),
}
_ROUTES: dict[str, Callable[..., Any]] = {
    "/": core.landing_page,
    "/openapi": core.openapi_,
    "/conformance": core.conformance,
    "/collections": core.describe_collections,
    "/collections/{collection}": core.describe_collections,
    "/collections/{collection}/queryables": itemtypes.get_collection_queryables,
    "/collections/{collection}/schema": core.get_collection_schema,
    "/collections/{collection}/items": itemtypes.get_collection_items,
    "/collections/{collection}/items/{item}": itemtypes.get_collection_item,
}
# A filter may be too long for an address.
_METHODS = {itemtypes.get_collection_items: ["GET", "POST", "OPTIONS"]}
_GIVES_FEATURES = (itemtypes.get_collection_items, itemtypes.get_collection_item)
_OK = 200

# What pygeoapi 0.21 reads as ECQL, and what it says it conforms to although nothing here
# can be changed by clients.
itemtypes.parse_ecql_text = parse_filter
itemtypes.CONFORMANCE_CLASSES_FEATURES = list(CLASSES)
# Its own takes ten times as long, and writes each Chinese character as six.
itemtypes.to_json = as_json
# It logs each refused request with a stack trace.
logging.getLogger("pygeoapi").setLevel(logging.CRITICAL)


class Service:
    """The service over a catalogue that may be built anew while it runs.

    Parameters
    ----------
    built
        Returns what is served now, with ``table`` and ``documents``.
    index
        Returns the same table ready to be asked; the same object as long as nothing has changed.
    """

    def __init__(self, built: Callable[[], Any], index: Callable[[], Index]) -> None:
        self._stock = _stock_of(built, index)
        self._shelf = Shelf()
        self._api = lru_cache(_ADDRESSES)(self._make_api)
        self.router = Router(
            [
                Route("/selection.{form}", self._selection, methods=["GET"]),
                *(
                    Route(path, self._ogc(call), methods=_METHODS.get(call, ["GET"]))
                    for path, call in _ROUTES.items()
                ),
            ]
        )

    def warm_up(self) -> None:
        """Make ready all that the first request would wait for."""
        _ = self._stock().stamp, openapi(self._stock, "")

    def _make_api(self, url: str, stamp: str) -> core.API:  # noqa: ARG002 - other data, other extent
        return core.API(configuration(url, self._stock), openapi(self._stock, url))

    def _ogc(self, call: Callable[..., Any]) -> Callable[[Request], Any]:
        async def answer(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=204, headers=OPEN | POSTING)
            try:
                asked = await questions(request)
            except BadRequest as error:
                refused = _refused(400, "InvalidParameterValue", str(error))
                return respond(request, "", "", refused)
            return await run_in_threadpool(self._answered, request, call, asked)

        return answer

    def _answered(self, request: Request, call: Callable[..., Any], asked: QueryParams) -> Response:
        stamp, url = self._stock().stamp, _base_url(request)
        question = " ".join(
            (
                url,
                request.url.path,
                str(asked),
                request.headers.get("accept", ""),
                request.headers.get("accept-language", ""),
            )
        )

        def make() -> Answer:
            return _guarded(lambda: self._asked((request, asked), call, self._api(url, stamp)))

        return respond(request, stamp, question, self._shelf.answer(stamp, question, make))

    def _asked(
        self, what: tuple[Request, QueryParams], call: Callable[..., Any], api: core.API
    ) -> Answer:
        request, parameters = what
        check(parameters, items=call is itemtypes.get_collection_items)
        names = [
            request.path_params[name]
            for name in ("collection", "item")
            if name in request.path_params
        ]
        if names and names[0] not in COLLECTIONS:
            return _refused(404, "NotFound", f"no collection {names[0]!r}")
        asked = core.APIRequest(_Plain(request, parameters), api.locales)
        if not asked.is_valid():
            raise BadRequest("unknown format: f is json, html or jsonld")
        headers, status, body = call(api, asked, *names)
        if call in _GIVES_FEATURES and status == _OK and asked.format in {None, core.F_JSON}:
            headers["Content-Type"] = "application/geo+json"
        return Answer(int(status), headers, body.encode() if isinstance(body, str) else body)

    async def _selection(self, request: Request) -> Response:
        return await run_in_threadpool(self._file, request)

    def _file(self, request: Request) -> Response:
        form = request.path_params["form"]
        stock, question = self._stock(), f"{form} {request.url.query}"

        def make() -> Answer:
            if form not in _FILES:
                return _refused(404, "NotFound", f"a selection is served as {', '.join(_FILES)}")
            write, mime = _FILES[form]
            asked = request.query_params
            chosen = stock.rows(selection_of(asked.multi_items()), asked.get(AS_OF, ""))
            return Answer(200, {"Content-Type": mime}, write(chosen))

        answer = self._shelf.answer(stock.stamp, question, lambda: _guarded(make))
        return respond(request, stock.stamp, question, answer)


def _stock_of(built: Callable[[], Any], index: Callable[[], Index]) -> Callable[[], Stock]:
    """Return a function that makes a stock of what is built, once for each build.

    A plain function: pygeoapi copies its configuration, and a method would copy its object.
    """
    seen: list[tuple[Any, Stock]] = []

    def stock() -> Stock:
        now = index()
        if not seen or seen[-1][0] is not now:
            seen[:] = [(now, Stock(now.table, built().documents, now))]
        return seen[-1][1]

    return stock


class _Plain:
    """A request as pygeoapi wants it, without the language of the filter, which the filter shows.

    A filter that was sent along stands among the parameters: so the links to other pages have it.
    """

    def __init__(self, request: Request, asked: QueryParams) -> None:
        kept = [
            (name, _plain_language(text) if name == "lang" else text)
            for name, text in asked.multi_items()
            if name != "filter-lang"
        ]
        headers = MutableHeaders(request.headers)
        headers["accept-language"] = _plain_language(headers.get("accept-language", ""))
        self.query_params, self.headers, self.scope = QueryParams(kept), headers, request.scope


def _plain_language(text: str) -> str:
    """Return languages without script and country: pygeoapi knows ``zh``, and fails at zh-Hans."""
    return _REGION.sub("", text)


def _guarded(make: Callable[[], Answer]) -> Answer:
    """Return an answer, or in one clear line why there is none."""
    try:
        return make()
    except _UNCLEAR as error:
        return _refused(400, "InvalidParameterValue", str(error))
    except Exception:  # noqa: BLE001 - no visitor shall see a stack trace
        _LOG.exception("a request failed")
        return _refused(500, "NoApplicableCode", "this request failed; it was written to the log")


def _refused(status: int, code: str, reason: str) -> Answer:
    body = as_json({"code": code, "type": code, "description": reason}).encode()
    return Answer(status, _JSON | OPEN, body)


def _base_url(request: Request) -> str:
    """Return the address of the service as this client knows it, or as PLANMAP_BASE_URL says."""
    if told := os.environ.get("PLANMAP_BASE_URL", "").rstrip("/"):
        return f"{told}/api"
    return f"{request.url.scheme}://{request.url.netloc}{request.scope['root_path']}"
