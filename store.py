"""The keeper of ``data/`` and ``seeds/``: where they lie, and reading a table by its contract.

Every room reads its tables through here, so a broken file is named the same way everywhere:
file, line, field and reason.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent
DATA = ROOT / "data"
SEEDS = ROOT / "seeds"


@dataclass(frozen=True)
class Cause:
    """Why something cannot be, to be worded in any language.

    Attributes
    ----------
    code
        Of the reason; empty where only the English text of the error says it.
    entry
        The field that is wrong; empty for none.
    values
        What the reason names.
    """

    code: str = ""
    entry: str = ""
    values: Mapping[str, object] = field(default_factory=dict, hash=False)


class BrokenFile(ValueError):  # noqa: N818 - it names the thing that is broken, not the act of failing
    """A file that does not keep its contract.

    Parameters
    ----------
    path
        The file.
    reason
        What is wrong, in one line.
    line
        Counted from 1; 0 where the whole file is meant.
    column
        The field's name; empty where the whole line is meant.
    cause
        The reason as a code with values, where it has one.
    """

    def __init__(
        self,
        path: Path | str,
        reason: str,
        *,
        line: int = 0,
        column: str = "",
        cause: Cause | None = None,
    ) -> None:
        self.cause = cause or Cause(entry=column)
        self.path, self.reason, self.line, self.column = Path(path), reason, line, column
        place = "".join([f", line {line}" if line else "", f", field {column}" if column else ""])
        super().__init__(f"{_shown(self.path)}{place}: {reason}")


class MissingFile(BrokenFile):
    """A file that should be there and is not."""


class NotUtf8(BrokenFile):
    """A text file in another encoding than UTF-8."""


class ChangedFile(BrokenFile):
    """A file whose bytes are not those its manifest names."""


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@dataclass(frozen=True)
class Row:
    """One line of a table: its values by column, and where it stands."""

    path: Path
    line: int
    values: dict[str, str] = field(hash=False)

    def __getitem__(self, column: str) -> str:
        """Return the value as written, stripped of outer blanks; empty where it was left blank."""
        return self.values[column]

    def list(self, column: str) -> tuple[str, ...]:
        """Return the values of a cell that holds several, joined by ``|``."""
        if not self[column]:
            return ()
        return tuple(part.strip() for part in self[column].split("|") if part.strip())

    def number(self, column: str) -> float:
        """Return the cell as a number.

        Raises
        ------
        BrokenFile
            The cell is blank or no finite number.
        """
        try:
            value = float(self[column])
        except ValueError:
            value = float("nan")
        if value - value != 0:  # NaN and the infinities are not equal to themselves here
            raise self.broken(column, f"{self[column]!r} is no number")
        return value

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """Return the cell if it is one of the allowed words.

        Raises
        ------
        BrokenFile
            It is another word.
        """
        if self[column] not in allowed:
            known = ", ".join(sorted(set(allowed)))
            raise self.broken(column, f"{self[column]!r} is none of {known}")
        return self[column]

    def broken(self, column: str, reason: str) -> BrokenFile:
        """Make the error that names this row and field."""
        return BrokenFile(self.path, reason, line=self.line, column=column)


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    MissingFile
        There is no such file.
    """
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        raise MissingFile(path, "no such file") from None


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, line ends as they are.

    Raises
    ------
    MissingFile
        There is no such file.
    NotUtf8
        The bytes are no UTF-8; the line of the first wrong byte is named.
    """
    raw = read_bytes(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise NotUtf8(path, f"byte {error.start} is not UTF-8", line=line) from None


def read_table(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> list[Row]:
    """Read a CSV table with a header line, as ``iterate_table`` does, at once.

    Raises
    ------
    BrokenFile
        As in ``iterate_table``.
    """
    return list(iterate_table(path, required, optional))


def iterate_table(
    path: Path, required: Sequence[str], optional: Sequence[str] = ()
) -> Iterator[Row]:
    """Walk over the rows of a CSV table with a header line, so that a long one needs no room.

    Parameters
    ----------
    path
        A UTF-8 CSV file.
    required
        Columns that must be there and filled in every row.
    optional
        Columns that must be there and may be blank.

    Yields
    ------
    Row
        In the file's order; nothing when there is only the header.

    Raises
    ------
    BrokenFile
        A column is missing or unknown, a row is longer or shorter than the header,
        or a required cell is blank.
    """
    reader = csv.reader(_lines(path))
    header = next(reader, [])
    _check_header(path, header, [*required, *optional])
    for cells in reader:
        line = reader.line_num
        if len(cells) != len(header):
            raise BrokenFile(path, f"{len(cells)} cells, the header has {len(header)}", line=line)
        row = Row(
            path, line, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
        )
        for column in required:
            if not row[column]:
                raise row.broken(column, "must not be blank")
        yield row


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            yield from file
    except (FileNotFoundError, IsADirectoryError):
        raise MissingFile(path, "no such file") from None
    except UnicodeDecodeError:
        read_text(path)  # says in which line it is
        raise


def _check_header(path: Path, header: list[str], expected: list[str]) -> None:
    for column in expected:
        if column not in header:
            raise BrokenFile(path, "no such column", line=1, column=column)
    for column in header:
        if column not in expected:
            raise BrokenFile(path, "unknown column", line=1, column=column)


def read_json(path: Path) -> Any:
    """Return the content of a JSON file.

    Raises
    ------
    BrokenFile
        It is no JSON.
    """
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BrokenFile(path, error.msg, line=error.lineno) from None


def sha256(path: Path) -> str:
    """Return the hex digest of a file's bytes."""
    return hashlib.sha256(read_bytes(path)).hexdigest()
