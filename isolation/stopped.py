"""Why the reading of a file was ended from outside."""

from __future__ import annotations

# time: too much computing · memory: too much of it · crash: the child ended by itself ·
# answer: it said what no reader says · busy: other readings did not end
CAUSES = ("time", "memory", "crash", "answer", "busy")


class Stopped(Exception):  # noqa: N818 - it says what happened
    """A reading that was ended before it had an answer.

    Parameters
    ----------
    cause
        One of ``CAUSES``.
    about
        What exactly happened, for the log; never words of the file.
    """

    def __init__(self, cause: str, about: str = "") -> None:
        super().__init__(f"{cause}: {about}" if about else cause)
        self.cause, self.about = cause, about
