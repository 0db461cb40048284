"""Why a file cannot be read: each kind says in one line what is wrong and what to do."""

from __future__ import annotations

from store import BrokenFile, NotUtf8


class EmptyFile(BrokenFile):
    """A file without a word in it."""


class TooLarge(BrokenFile):
    """A file that is larger than the limit, or would be once it is unpacked."""


class UnknownSuffix(BrokenFile):
    """A file in a format that is not read."""


class WrongSuffix(BrokenFile):
    """A file that holds something else than its suffix says."""


class UnknownEncoding(NotUtf8):
    """A text that is neither UTF-8 nor GB18030."""


class ProtectedFile(BrokenFile):
    """A file that opens only with a password."""


class DamagedFile(BrokenFile):
    """A file that breaks the rules of its own format."""


class NoText(BrokenFile):
    """A file that shows pictures of text, or signs that no one can name, instead of text."""
