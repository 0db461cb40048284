"""Zip archives that are the same whenever they are made, and the side tables that lie in them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from layers.files import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that the format knows
_MODE = 0o644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files by name, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, _MODE
            archive.writestr(entry, content)
    return out.getvalue()


def table_csv(frame: pd.DataFrame, names: Mapping[str, str] | None = None) -> bytes:
    """Return a frame as CSV with a UTF-8 mark; ``names`` are what its columns shall be called.

    A cell that a spreadsheet would run as a formula begins with an apostrophe.
    """
    safe = frame.copy()
    for column in map(str, safe.select_dtypes("string")):
        safe[column] = [harmless(value) for value in safe[column].fillna("")]
    plain = safe.rename(columns=dict(names or {}))
    return plain.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
