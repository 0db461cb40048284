"""Speed of the reading, in MB of text per second of CPU time: ``python -m bench.reading``.

The texts are made by repeating the seeds, prose and tables alike. The reader remembers what a
sentence names, so repeated text is faster than new text: that is measured apart. The peer is
jieba's part-of-speech tagger, what others begin with to find names in Chinese text, on the same
text in turn; where it is not installed its column is left out.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

import plans

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (100_000, 1_000_000, 10_000_000)  # bytes
# about what the seeds are: no sentence comes twice, and none is known
ONCE, FIRST = 88_000, "read for the first time"
TAGGED = 100_000  # bytes; the tagger takes minutes for more


def text_of(size: int) -> plans.Document:
    """Return a document of about this many bytes of UTF-8, its lines those of the seeds."""
    seeds = plans.read_catalogue()
    once = "\n".join(seed.text for seed in seeds)
    times = max(1, round(size / len(once.encode())))
    text = once * times if times > 1 else once[: round(len(once) * size / len(once.encode()))]
    return replace(seeds[-1], id="bench", text=text, catalogued=False)


def speed(size: int, work: Callable[[plans.Document], object]) -> float:
    """Return the MB of text that a piece of work takes in a second of CPU time."""
    document = text_of(size)
    started = time.process_time()
    work(document)
    return len(document.text.encode()) / 1e6 / (time.process_time() - started)


def forget() -> None:
    """Let the reader forget what it has read: its memories that have a limit, not its tables."""
    read = [module for name, module in sys.modules.items() if name.startswith("plans")]
    for memory in (value for module in read for value in vars(module).values()):
        if hasattr(memory, "cache_parameters") and memory.cache_parameters()["maxsize"]:
            memory.cache_clear()


def extract(document: plans.Document) -> object:
    """Read a document as ``planmap extract`` does."""
    return plans.read_plans([document], partial=True)


def measure() -> dict[str, float]:
    """Return the speed at each size, and that of the peer."""
    extract(text_of(TAGGED))  # the tables of the grammar are read once
    forget()
    found = {FIRST: speed(ONCE, extract)}
    found |= {f"{size / 1e6:g} MB": speed(size, extract) for size in SIZES}
    if find_spec("jieba"):
        tagger = import_module("jieba.posseg")

        def tag(document: plans.Document) -> object:
            return list(tagger.cut(document.text))

        tag(text_of(1_000))  # its own tables are read once
        found["jieba.posseg"] = speed(TAGGED, tag)
        forget()
        found["beside it"] = speed(TAGGED, extract)
    return found


if __name__ == "__main__":
    print(json.dumps(measure()))
