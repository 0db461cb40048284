"""Who may change anything: everybody on a desk of one's own, elsewhere nobody without a word.

An app that only its own machine reaches is a desk: whoever sits there may write. As soon as
others can reach it, it is read-only unless its owner opens it (PLANMAP_OPEN) or gives a password
(PLANMAP_PASSWORD_FILE). PLANMAP_READ_ONLY wins over both.
"""

from __future__ import annotations

import ipaddress
import os
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

import passwords
import plans

COOKIE = "planmap_writer"
_HERE = {"localhost", "127.0.0.1", "::1"}


class Mode(StrEnum):
    """Who may change anything; the value is the end of the captions that say so."""

    OPEN = "open"
    PASSWORD = "password"  # noqa: S105 - the name of a mode
    READ_ONLY = "read_only"


def mode() -> Mode:
    """Return who may change anything, by how the server is reached and what its owner has set."""
    if plans.shelf.is_read_only():
        return Mode.READ_ONLY
    if os.environ.get("PLANMAP_PASSWORD_FILE"):
        return Mode.PASSWORD
    if _is_set("PLANMAP_OPEN") or not reached_by_others():
        return Mode.OPEN
    return Mode.READ_ONLY


def may_write() -> bool:
    """Return whether the visitor of this session may change anything."""
    now = mode()
    if now is Mode.PASSWORD:
        return passwords.TICKETS.hold(st.context.cookies.get(COOKIE, ""))
    return now is Mode.OPEN


def require() -> None:
    """Stop a change that this visitor may not make: what a page hides can still be asked for.

    Raises
    ------
    plans.shelf.ReadOnly
        The visitor may not write.
    """
    if not may_write():
        raise plans.shelf.ReadOnly("this site is read-only for you")


def reached_by_others() -> bool:
    """Return whether anyone but this machine's own users can reach the server.

    So it is where the server listens at an address that is not loopback, and where its owner says
    under which address others find it: a proxy that forwards to loopback lets everybody in.
    """
    named = [urlsplit(address).hostname or "" for address in public_addresses()]
    return not all(map(is_loopback, (st.get_option("server.address") or "", *named)))


def public_addresses() -> list[str]:
    """Return the addresses under which others reach the app, as its owner says."""
    named = (os.environ.get(name, "") for name in ("PLANMAP_BASE_URL", "PLANMAP_ADDRESS"))
    return [address for address in named if address]


def is_loopback(host: str) -> bool:
    """Return whether a host name or IP address means the machine itself; an empty one means all."""
    bare = host.strip("[]").lower()
    if bare in _HERE:
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def is_encrypted() -> bool:
    """Return whether others reach the app by HTTPS, as its owner says."""
    return os.environ.get("PLANMAP_BASE_URL", "").startswith("https://")


def password() -> passwords.Password:
    """Return the password that this server asks for.

    Raises
    ------
    passwords.BadPasswordFile
        The file is missing, or holds no hash.
    """
    return passwords.read(Path(os.environ["PLANMAP_PASSWORD_FILE"]))


def _is_set(name: str) -> bool:
    return os.environ.get(name, "").lower() not in {"", "0", "false", "no"}
