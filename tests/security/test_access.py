"""Who may change anything, and how a password is guarded."""

from __future__ import annotations

import errno
import os
import string
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import streamlit as st
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as some
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

import disk
import passwords
import planmap
import plans
from pages import access, sign_in

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = "correct horse battery"


class Clock:
    """A clock that goes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that sets how the server is reached, and what its owner has said."""

    def put(address: str, **told: str) -> None:
        for name in ("BASE_URL", "ADDRESS", "OPEN", "READ_ONLY", "PASSWORD_FILE"):
            monkeypatch.delenv(f"PLANMAP_{name}", raising=False)
        for name, value in told.items():
            monkeypatch.setenv(f"PLANMAP_{name}", value)
        monkeypatch.setattr(st, "get_option", {"server.address": address}.get)

    return put


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8"])
def test_a_desk_is_open(reached, address: str) -> None:
    """Nobody else reaches loopback; PLANMAP_READ_ONLY closes it all the same."""
    reached(address)
    assert access.may_write()
    reached(address, READ_ONLY="1", OPEN="1")
    assert not access.may_write()


@pytest.mark.parametrize("address", ["0.0.0.0", "", None, "::", "192.168.1.5", "planmap.town"])
def test_what_others_reach_is_read_only_unless_its_owner_says_otherwise(reached, address) -> None:
    """Every address but loopback; and loopback behind a proxy that others reach."""
    reached(address)
    assert access.mode() is access.Mode.READ_ONLY
    with pytest.raises(plans.shelf.ReadOnly):
        access.require()
    reached(address, OPEN="1")
    access.require()
    reached("127.0.0.1", BASE_URL="https://plans.example.org/map")
    assert not access.may_write()
    reached("127.0.0.1", ADDRESS="https://plans.example.org")
    assert not access.may_write()
    reached("127.0.0.1", BASE_URL="http://localhost:8501")
    assert access.may_write()


def test_a_ticket_is_needed_where_there_is_a_password(reached, monkeypatch) -> None:
    """Also on loopback; a forged, an old and a taken-back ticket are none."""
    reached("127.0.0.1", PASSWORD_FILE="here")
    clock = Clock()
    tickets = passwords.Tickets(clock)
    monkeypatch.setattr(passwords, "TICKETS", tickets)
    cookies: dict[str, str] = {}
    monkeypatch.setattr(st, "context", SimpleNamespace(cookies=cookies))
    assert not access.may_write()
    for forged in ("", "x", "x" * 43, "\ud800"):
        cookies[access.COOKIE] = forged
        assert not access.may_write()
    cookies[access.COOKIE] = tickets.issue()
    assert access.may_write()
    clock.now += passwords.LASTS
    assert not access.may_write()
    cookies[access.COOKIE] = tickets.issue()
    tickets.end(cookies[access.COOKIE])
    assert not access.may_write()


def test_the_wait_doubles_and_ends_with_the_right_password() -> None:
    """Each wrong password doubles the wait of its address, up to an end; others do not wait."""
    clock = Clock()
    delays = passwords.Delays(clock)
    waits = []
    for _ in range(12):
        delays.failed("198.51.100.7")
        waits.append(delays.wait("198.51.100.7"))
        assert delays.wait("198.51.100.8") == 0
    assert waits == [min(2.0**n, passwords.LONGEST_WAIT) for n in range(12)]
    clock.now += passwords.LONGEST_WAIT
    assert delays.wait("198.51.100.7") == 0
    delays.failed("198.51.100.7")
    delays.forget("198.51.100.7")
    assert delays.wait("198.51.100.7") == 0


def test_one_network_of_ipv6_is_one_visitor_and_memory_is_bounded() -> None:
    """Whoever has a whole network of addresses has one wait; strange addresses share theirs."""
    delays = passwords.Delays(Clock())
    delays.failed("2001:db8::1")
    assert delays.wait("2001:db8::ffff")
    assert not delays.wait("2001:db8:1::1")
    for number in range(passwords._MOST + 50):
        delays.failed(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(delays._failed) == passwords._MOST


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_new_password_file_is_for_its_owner_and_the_old_one_stays_till_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else can read it, and what cannot be written leaves the former password."""
    path = tmp_path / "secret"
    words = ["password", str(path), "--password"]
    assert CliRunner().invoke(planmap.main, [*words, RIGHT]).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(disk.os, "fsync", full)
    assert CliRunner().invoke(planmap.main, [*words, "another one"]).exit_code != 0
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_only_a_hash_is_a_password_file(tmp_path: Path) -> None:
    """Plain text, nothing, and another file are refused in one line that names the way out."""
    path = tmp_path / "secret"
    for content in (b"", b"password\n", b"\xff\xfe", b"$argon2id$broken", b"$2b$12$abc"):
        path.write_bytes(content)
        with pytest.raises(passwords.BadPasswordFile, match="planmap password secret") as refused:
            passwords.read(path)
        assert str(tmp_path) not in str(refused.value)
    path.write_text(passwords.hashed(RIGHT) + "\n")
    assert passwords.read(path).fits(RIGHT)
    assert not passwords.read(path).fits(RIGHT + " ")
    assert RIGHT not in repr(passwords.read(path))
    for bad in ("", "short", "x" * 1001):
        with pytest.raises(ValueError, match="characters"):
            passwords.hashed(bad)


@pytest.fixture
def form(reached, monkeypatch, tmp_path: Path) -> TestClient:
    """Return a client of the page on which a password is entered."""
    path = tmp_path / "secret"
    path.write_text(passwords.hashed(RIGHT))
    reached("0.0.0.0", PASSWORD_FILE=str(path))
    monkeypatch.setattr(passwords, "TICKETS", passwords.Tickets())
    monkeypatch.setattr(passwords, "DELAYS", passwords.Delays(Clock()))
    app = Starlette(routes=[Route("/map/sign-in", sign_in.page, methods=["GET", "POST"])])
    return TestClient(app, base_url="http://town.example", follow_redirects=False)


def test_the_right_password_gives_a_cookie_that_no_script_reads(form) -> None:
    """It leads back to the page it came from, with a cookie for this app alone; and out again."""
    answer = form.post("/map/sign-in", data={"password": RIGHT, "back": "add?lang=zh"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/map/add?lang=zh")
    told = answer.headers["set-cookie"].lower()
    for word in ("httponly", "samesite=strict", "path=/map/", f"max-age={passwords.LASTS}"):
        assert word in told
    ticket = form.cookies[access.COOKIE]
    assert passwords.TICKETS.hold(ticket)
    form.post("/map/sign-in", data={"leave": "1"})
    assert not passwords.TICKETS.hold(ticket)


def test_wrong_passwords_wait(form) -> None:
    """The second wrong one in a row is not even looked at; nor is the right one while one waits."""
    assert "not the password" in form.post("/map/sign-in?lang=en", data={"password": "wrong"}).text
    waiting = form.post("/map/sign-in", data={"password": RIGHT})
    assert waiting.status_code == 429
    assert access.COOKIE not in form.cookies


@pytest.mark.parametrize(
    "back",
    ["//evil.example", "https://evil.example", "/\\evil", "javascript:alert(1)", "a/../b", "x#y"],
)
def test_it_leads_nowhere_else(form, back: str) -> None:
    """What comes along is shown nowhere and leads to the app's own pages only."""
    answer = form.post("/map/sign-in", data={"password": RIGHT, "back": back})
    assert answer.headers["location"] == "/map/"
    assert back not in form.get("/map/sign-in", params={"back": back}).text


def test_other_sites_and_large_forms_are_refused(form) -> None:
    """A form of another site, one too large and one of too many fields."""
    data = {"password": RIGHT}
    for site in ("cross-site", "same-site", "none"):
        asked = form.post("/map/sign-in", data=data, headers={"sec-fetch-site": site})
        assert asked.status_code == 403
    assert form.post("/map/sign-in", data={"password": "x" * 30_000}).status_code == 413
    assert form.post("/map/sign-in", content="&".join(["a=1"] * 50)).status_code == 413
    assert access.COOKIE not in form.cookies


@given(some.text(string.printable, max_size=40))
def test_whatever_is_asked_to_lead_back_stays_here(back: str) -> None:
    """No text leads from the app's folder."""
    clean = sign_in._clean(back)
    assert clean in {"", back}
    assert "/" not in clean.partition("?")[0]
    assert ":" not in clean.partition("?")[0]
