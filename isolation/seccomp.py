"""A filter on system calls: no sockets, no writing, no other processes.

It needs no rights and holds in containers too. Threads are let pass, programs are not.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from isolation import calls, libc

# the few words of the kernel's filter language
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16  # bytes from the start of a call's record
_INSERT, _IN_ALL_THREADS = 1, 1
_THREAD = 0x00010000  # of clone
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_OTHER_ABI = 0x40000000  # x32, whose calls have numbers of their own

_Step = tuple[int, int, int, int]


def restrict() -> None:
    """Refuse all calls of ``calls.REFUSED``, opening a file to write, and other processes.

    Raises
    ------
    OSError
        The kernel has no filters, or this kind of machine is not in the tables.
    """
    machine = platform.machine()
    if machine not in calls.MACHINES:
        raise OSError(errno.ENOSYS, f"no table of system calls for {machine}")
    program = b"".join(struct.pack("=HBBI", *step) for step in _program(machine))
    steps = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(steps))
    libc.set_trait(libc.NO_NEW_PRIVILEGES, 1)
    number = calls.NUMBERS["seccomp"][calls.MACHINES[machine]]
    libc.call(number, _INSERT, _IN_ALL_THREADS, ctypes.create_string_buffer(head, len(head)))


def _program(machine: str) -> list[_Step]:
    column = calls.MACHINES[machine]
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_IF_EQUAL, 1, 0, calls.AUDIT_NAMES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_AT_LEAST, 0, 1, _OTHER_ABI),
        _error(errno.EPERM),
    ]
    for table, code in ((calls.REFUSED, errno.EPERM), (calls.UNKNOWN, errno.ENOSYS)):
        for numbers in table.values():
            if numbers[column]:
                steps += [(_IF_EQUAL, 0, 1, numbers[column]), _error(code)]
    for name, argument, test, allowed in _looked_into():
        if number := calls.NUMBERS[name][column]:
            steps += _by_argument(number, argument, test, allowed=allowed)
    return [*steps, (_RETURN, 0, 0, _ALLOW)]


def _looked_into() -> list[tuple[str, int, tuple[int, int], bool]]:
    """Return the calls that an argument decides on: which one, the test, and what it means."""
    return [
        ("open", 1, (_IF_ANY_BIT, _WRITING), False),
        ("openat", 2, (_IF_ANY_BIT, _WRITING), False),
        ("clone", 0, (_IF_ANY_BIT, _THREAD), True),
        ("tgkill", 0, (_IF_EQUAL, os.getpid()), True),
        ("prlimit64", 0, (_IF_EQUAL, 0), True),
    ]


def _by_argument(
    number: int, argument: int, test: tuple[int, int], *, allowed: bool
) -> list[_Step]:
    """Return the steps that allow a call where a test on an argument holds, or where it does not.

    The lower half of the argument is looked at: flags and process numbers have no more.
    """
    word, value = test
    yes, no = (_RETURN, 0, 0, _ALLOW), _error(errno.EPERM)
    return [
        (_IF_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _ARGUMENTS + 8 * argument),
        (word, 0, 1, value),
        yes if allowed else no,
        no if allowed else yes,
    ]


def _error(code: int) -> _Step:
    return (_RETURN, 0, 0, _ERROR | code)
