"""Namespaces: a network without any way out, and no rights of the user over the system."""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from contextlib import suppress

from isolation import calls, libc

_USER, _NETWORK, _IPC = 0x10000000, 0x40000000, 0x08000000
_CAPABILITIES = 0x20080522  # the version of the record


def _number(name: str) -> int:
    machine = platform.machine()
    if machine not in calls.MACHINES:
        raise OSError(f"no table of system calls for {machine}")
    return calls.NUMBERS[name][calls.MACHINES[machine]]


def leave() -> None:
    """Leave the network and the user's rights behind; call it before there is a second thread.

    Raises
    ------
    OSError
        The system forbids it, as many containers do.
    """
    try:
        libc.call(_number("unshare"), _USER | _NETWORK | _IPC)
    except OSError:
        libc.call(_number("unshare"), _NETWORK | _IPC)  # where only root may


def drop_rights() -> None:
    """Give up every capability, so that root is a user like any other.

    Raises
    ------
    OSError
        The kernel refuses.
    """
    head = struct.pack("=Ii", _CAPABILITIES, 0)
    nothing = bytes(24)
    libc.call(
        _number("capset"),
        ctypes.create_string_buffer(head, len(head)),
        ctypes.create_string_buffer(nothing, len(nothing)),
    )


def is_root() -> bool:
    """Return whether this process runs as root, inside or outside a container."""
    with suppress(AttributeError):
        return os.geteuid() == 0
    return False
