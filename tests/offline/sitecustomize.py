"""Python loads this by itself at start where the folder is on its path: it takes the cable out.

The server under test runs with it, and so do the tests: whoever asks for a host beyond loopback
gets an error, and the line in the log fails the test even if the error is swallowed.
"""

from __future__ import annotations

import ipaddress
import sys

ALARM = "request beyond loopback"
BY_NAME = {"socket.getaddrinfo", "socket.gethostbyname"}
BY_ADDRESS = {"socket.connect", "socket.sendto"}


def is_local(host: object) -> bool:
    """Tell whether a host is this machine's own; no host at all is."""
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(name))
    except ValueError:
        return False
    # the wildcard address is what servers listen on
    return address.is_loopback or address.is_unspecified


def host_of(event: str, arguments: tuple[object, ...]) -> object:
    """Return the host that an audited call is about; None where it is about none."""
    if event in BY_NAME:
        return arguments[0]
    if event in BY_ADDRESS and isinstance(arguments[-1], tuple):  # Unix sockets have a path
        return arguments[-1][0]
    return None


def guard(event: str, arguments: tuple[object, ...]) -> None:
    """Stop a call that would leave this machine."""
    if not is_local(host := host_of(event, arguments)):
        sys.stderr.write(f"{ALARM}: {host}\n")
        raise PermissionError(f"{ALARM}: {host}")


sys.addaudithook(guard)
