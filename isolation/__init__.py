"""Reading a file from outside in a child process that can reach nothing else.

A room that reads such files has a program (``python -m plans.formats``) that calls ``serve`` with
its reader; the server and the command line call ``read_apart`` with the name of that program. The
child is started fresh, with an environment of its own, and gives up its rights before it sees a
byte of the file. This room knows no format.
"""

from isolation.apart import Progress, held_bounds, read_apart
from isolation.bounds import Bounds
from isolation.child import serve
from isolation.rights import BOUNDS, confine
from isolation.stopped import CAUSES, Stopped

__all__ = [
    "BOUNDS",
    "CAUSES",
    "Bounds",
    "Progress",
    "Stopped",
    "confine",
    "held_bounds",
    "read_apart",
    "serve",
]
