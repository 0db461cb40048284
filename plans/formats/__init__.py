"""Files in the formats people have, turned into the printed lines that quotes refer to.

One module for each format, and its library is loaded only when such a file comes in.
Nothing in a file is executed or evaluated, nothing it points to is fetched, and a file is read
whole or not at all. ``read_outside`` does so in a child process with bounds, for every file that
comes from outside; ``read_file`` is what runs in there.
"""

from plans.formats.apart import read_outside
from plans.formats.file import LARGEST, SUFFIXES, Printed, Progress, read_file
from plans.formats.notes import LOST, Note

__all__ = [
    "LARGEST",
    "LOST",
    "SUFFIXES",
    "Note",
    "Printed",
    "Progress",
    "read_file",
    "read_outside",
]
