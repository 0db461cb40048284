"""The one password of a server that lets its editors in, and the tickets of those it let in."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HASHER = PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory
SHORTEST, LONGEST = 8, 1000
# Seconds: how long a ticket lasts, and the longest wait after wrong passwords.
LASTS, LONGEST_WAIT = 12 * 3600, 300.0
# No more are remembered: who asks from ever new addresses must not fill the memory.
_MOST = 10_000
# The part of an IPv6 address that one household or office has.
_NETWORK_V6 = 64


class BadPasswordFile(ValueError):  # noqa: N818 - it says what is bad
    """The file that shall hold the hash of the password does not."""


def hashed(password: str) -> str:
    """Return the argon2id hash of a password, as its file holds it.

    Raises
    ------
    ValueError
        The password is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise ValueError(f"a password has {SHORTEST} to {LONGEST} characters")
    return _HASHER.hash(password)


@dataclass(frozen=True)
class Password:
    """A password of which only the hash is known."""

    hash: str = field(repr=False)

    def fits(self, entered: str) -> bool:
        """Return whether this is what was entered; takes as long either way."""
        try:
            return _HASHER.verify(self.hash, entered[:LONGEST])
        except VerificationError:
            return False


def read(path: Path) -> Password:
    """Read the file that ``planmap password`` writes.

    Raises
    ------
    BadPasswordFile
        There is no such file, or its one line is no argon2 hash: a password as plain text is not
        taken, so that a copy of the file gives nothing away.
    """
    advice = f"make it with: planmap password {path.name}"
    try:
        text = path.read_text("ascii").strip()
        extract_parameters(text)
    except (OSError, UnicodeDecodeError) as error:
        raise BadPasswordFile(
            f"{path.name}: cannot be read ({type(error).__name__}); {advice}"
        ) from None
    except InvalidHashError:
        raise BadPasswordFile(f"{path.name}: holds no argon2 hash; {advice}") from None
    return Password(text)


class Delays:
    """How long each address must wait after wrong passwords: twice as long after each.

    Parameters
    ----------
    now
        The clock in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Return the seconds that an address has still to wait; 0 for none."""
        with self._lock:
            _, until = self._failed.get(_network(address), (0, 0.0))
        return max(until - self._now(), 0.0)

    def failed(self, address: str) -> None:
        """Count a wrong password."""
        key = _network(address)
        with self._lock:
            times = self._failed.get(key, (0, 0.0))[0] + 1
            pause = min(2.0 ** (times - 1), LONGEST_WAIT)
            self._failed[key] = (times, self._now() + pause)
            self._failed.move_to_end(key)
            if len(self._failed) > _MOST:
                self._failed.popitem(last=False)

    def forget(self, address: str) -> None:
        """Begin anew after the right password."""
        with self._lock:
            self._failed.pop(_network(address), None)


def _network(address: str) -> str:
    """Return what stands for a visitor: an IPv4 address, or the network of an IPv6 address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:  # noqa: PLR2004 - the version of the protocol
        return str(found)
    return str(ipaddress.ip_network((found, _NETWORK_V6), strict=False))


class Tickets:
    """Those who entered the right password, known by a random cookie; all end with the server.

    Only hashes are kept, so that looking one up takes no longer for a better guess.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._until: OrderedDict[bytes, float] = OrderedDict()

    def issue(self) -> str:
        """Return a new ticket."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._until[_mark(ticket)] = self._now() + LASTS
            if len(self._until) > _MOST:
                self._until.popitem(last=False)
        return ticket

    def hold(self, ticket: str) -> bool:
        """Return whether a ticket is good."""
        with self._lock:
            return bool(ticket) and self._until.get(_mark(ticket), 0.0) > self._now()

    def end(self, ticket: str) -> None:
        """Take a ticket back; unknown ones are as good as taken back."""
        with self._lock:
            self._until.pop(_mark(ticket), None)


def _mark(ticket: str) -> bytes:
    return hashlib.sha256(ticket.encode("utf-8", "replace")).digest()


DELAYS, TICKETS = Delays(), Tickets()
# argon2 takes 64 MB for a moment: one at a time.
ONE_AT_A_TIME = Lock()
