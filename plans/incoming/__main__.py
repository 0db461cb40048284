"""The program that reads edits from elsewhere in a child process with bounds; see ``isolation``."""

from isolation import serve
from plans.incoming import answer

serve(answer)
