"""What a request asks: the parameters of its address, and a filter that it brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import QueryParams

from layers.service.checks import BadRequest

if TYPE_CHECKING:
    from starlette.requests import Request

_LONGEST = 8000
# What a browser is told that asks whether it may send a filter from another page.
POSTING = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
}


async def questions(request: Request) -> QueryParams:
    """Return the parameters of a request; a posted CQL2 filter, as JSON, stands among them.

    Raises
    ------
    BadRequest
        What is posted is too long, no UTF-8, or nothing; or the address has a filter too.
    """
    if request.method != "POST":
        return request.query_params
    if "filter" in request.query_params:
        raise BadRequest("the filter is either posted or part of the address")
    if request.query_params.get("filter-lang", "cql2-json") != "cql2-json":
        raise BadRequest("a posted filter is cql2-json")
    posted = await _body(request)
    pairs = [pair for pair in request.query_params.multi_items() if pair[0] != "filter-lang"]
    return QueryParams([*pairs, ("filter", posted), ("filter-lang", "cql2-json")])


async def _body(request: Request) -> str:
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > _LONGEST:
            raise BadRequest(f"the posted filter is longer than {_LONGEST} bytes")
    try:
        text = content.decode().strip()
    except UnicodeDecodeError:
        raise BadRequest("the posted filter is no UTF-8") from None
    if not text:
        raise BadRequest("no filter is posted")
    return text
