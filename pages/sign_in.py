"""The page on which an editor enters the password of this server: plain HTML, no script.

It stands beside Streamlit's pages, because only an answer over HTTP can set a cookie that no
script can read.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

import layers
import passwords
from pages import access, shell

if TYPE_CHECKING:
    from jinja2 import Template
    from starlette.requests import Request

_LONGEST_FORM, _MOST_FIELDS = 20_000, 10


async def page(request: Request) -> Response:
    """Show the form, or let in whoever enters the password."""
    if access.mode() is not access.Mode.PASSWORD:
        return _led_back(request, "")
    if request.method == "GET":
        return _shown(request, request.query_params.get("back", ""))
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return Response(status_code=403)
    form = await _form(request)
    if form is None:
        return Response(status_code=413)
    return await run_in_threadpool(_answered, request, form)


async def _form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form; None if it is too long or has too many."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            return None
    try:
        pairs = parse_qs(body.decode("utf-8", "replace"), max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return {name: values[-1] for name, values in pairs.items()}


def _answered(request: Request, form: dict[str, str]) -> Response:
    back = form.get("back", "")
    if form.get("leave"):
        passwords.TICKETS.end(request.cookies.get(access.COOKIE, ""))
        left = _led_back(request, back)
        left.delete_cookie(access.COOKIE, path=_path(request))
        return left
    address = request.client.host if request.client else ""
    with passwords.ONE_AT_A_TIME:
        if wait := passwords.DELAYS.wait(address):
            return _shown(request, back, "sign_in_wait", 429, seconds=math.ceil(wait))
        if not access.password().fits(form.get("password", "")):
            passwords.DELAYS.failed(address)
            return _shown(request, back, "sign_in_wrong")
    passwords.DELAYS.forget(address)
    return _let_in(request, back)


def _let_in(request: Request, back: str) -> Response:
    answer = _led_back(request, back)
    answer.set_cookie(
        access.COOKIE,
        passwords.TICKETS.issue(),
        max_age=passwords.LASTS,
        path=_path(request),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https" or access.is_encrypted(),
    )
    return answer


def _led_back(request: Request, back: str) -> Response:
    return RedirectResponse(f"{_path(request)}{_clean(back)}", status_code=303)


def _path(request: Request) -> str:
    """Return the path that the app lives under, with a slash at its end."""
    return request.url.path.rpartition("/")[0] + "/"


def _clean(back: str) -> str:
    """Return what leads to a page of the app and its view; empty for all that leads elsewhere."""
    page, _, view = back.partition("?")
    is_page = page in shell.pages()
    return back if is_page and view.isprintable() and not set(view) & set(" #\\") else ""


def _shown(
    request: Request, back: str, trouble: str = "", status: int = 200, **values: object
) -> Response:
    language = _language(request)
    html = _template().render(
        language=language,
        say=lambda key: layers.caption(key, language),
        back=_clean(back),
        trouble=layers.caption(trouble, language, **values) if trouble else "",
        is_signed_in=passwords.TICKETS.hold(request.cookies.get(access.COOKIE, "")),
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _language(request: Request) -> layers.Language:
    asked = request.query_params.get("lang", "")
    spoken = request.headers.get("accept-language", "zh").lower()
    first: layers.Language = "zh" if spoken.startswith("zh") else "en"
    return next((code for code in layers.LANGUAGES if code == asked), first)


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "templates"
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
    return made.get_template("sign_in.html")
