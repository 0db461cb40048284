"""Landlock: from now on a process may open only what stands below the named places, to read it.

Linux 5.13 and later; needs no rights, and works in most containers.
"""

from __future__ import annotations

import ctypes
import os
import struct
from typing import TYPE_CHECKING

from isolation import libc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
# how many kinds of access each version of Landlock knows, and how long its record is
_FILE_ACCESSES = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_WITH_NETWORK, _WITH_SCOPE = 4, 6
_EVERY_TCP, _EVERY_SCOPE = 0b11, 0b11


def version() -> int:
    """Return the version of Landlock that the kernel has.

    Raises
    ------
    OSError
        It has none.
    """
    return libc.call(_CREATE, 0, 0, _ASK_VERSION)


def restrict(readable: Iterable[Path]) -> None:
    """Give up the right to open anything but what stands at or below these places.

    Raises
    ------
    OSError
        The kernel has no Landlock.
    """
    known = version()
    rules = _rules(known)
    try:
        for place in readable:
            _allow(rules, place)
        libc.set_trait(libc.NO_NEW_PRIVILEGES, 1)
        libc.call(_RESTRICT, rules, 0)
    finally:
        os.close(rules)


def _rules(known: int) -> int:
    accesses = (1 << _FILE_ACCESSES.get(known, max(_FILE_ACCESSES.values()))) - 1
    record = struct.pack("=Q", accesses)
    if known >= _WITH_NETWORK:
        record += struct.pack("=Q", _EVERY_TCP)
    if known >= _WITH_SCOPE:
        record += struct.pack("=Q", _EVERY_SCOPE)
    return libc.call(_CREATE, ctypes.create_string_buffer(record, len(record)), len(record), 0)


def _allow(rules: int, place: Path) -> None:
    try:
        handle = os.open(place, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no right
    try:
        access = _READ_FILE | _READ_FOLDER if place.is_dir() else _READ_FILE
        record = struct.pack("=Qi", access, handle)
        libc.call(_ADD, rules, _BENEATH, ctypes.create_string_buffer(record, len(record)), 0)
    finally:
        os.close(handle)
