"""The program that reads one plan in a child process with bounds; see ``isolation``."""

from isolation import serve
from plans.formats.apart import answer

serve(answer)
