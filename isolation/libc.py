"""Calls of the Linux kernel that Python has no function for."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import cache

NO_NEW_PRIVILEGES, DUMPABLE = 38, 4  # of prctl


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def call(number: int, *arguments: int | ctypes.Array[ctypes.c_char] | None) -> int:
    """Make a system call by its number and return what it gives.

    Raises
    ------
    OSError
        The kernel refuses, or does not know it.
    """
    if not sys.platform.startswith("linux"):
        raise OSError("no Linux")
    function = _library().syscall
    function.restype = ctypes.c_long
    plain = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(function(ctypes.c_long(number), *plain))
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def set_trait(trait: int, value: int) -> None:
    """Set a trait of this process by prctl.

    Raises
    ------
    OSError
        The kernel refuses.
    """
    if _library().prctl(*map(ctypes.c_ulong, (trait, value, 0, 0, 0))):
        raise OSError(ctypes.get_errno(), "prctl")
