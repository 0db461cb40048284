"""What parent and child say to each other: a kind, a length, and that many bytes.

Messages are JSON or the bytes of the file. Nothing of them is ever run: no pickle, no code.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

from isolation.stopped import Stopped

# child: ready, progress, answer, stopped; parent: request, content
READY, PROGRESS, ANSWER, STOPPED, REQUEST, CONTENT = b"R", b"P", b"A", b"S", b"Q", b"C"
_HEAD = struct.Struct(">cQ")


def write(stream: IO[bytes], kind: bytes, payload: bytes) -> None:
    """Write one message and send it off."""
    stream.write(_HEAD.pack(kind, len(payload)))
    stream.write(payload)
    stream.flush()


def read(stream: IO[bytes], most: int) -> tuple[bytes, bytes] | None:
    """Return the kind and the bytes of the next message; None where the stream has ended.

    Raises
    ------
    Stopped
        A message is longer than ``most`` bytes.
    """
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, length = _HEAD.unpack(head)
    if length > most:
        raise Stopped("answer", f"a message of {length} bytes")
    payload = stream.read(length)
    return (kind, payload) if len(payload) == length else None


def packed(value: Any) -> bytes:
    """Return a plain value as JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def unpacked(payload: bytes) -> Any:
    """Return the value of a message.

    Raises
    ------
    Stopped
        It is no JSON, or nested too deep.
    """
    try:
        return json.loads(payload.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Stopped("answer", "no JSON") from None
