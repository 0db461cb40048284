"""Properties as texts that a person can read: lists as lists, objects as name: value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from typing import Any

_ITEMS, _PAIRS = "、", "；"


def readable(value: Any) -> str:
    """Return a property as a text; nothing, not a number and an empty list are an empty text.

    A whole number has no decimals, a list is an enumeration, an object is ``name: value`` for
    each of its members, and what is nested deeper stands in brackets.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return ""  # pictures and the like
    if isinstance(value, Mapping):
        pairs = ((str(name), _inner(each)) for name, each in value.items())
        return _PAIRS.join(f"{name}: {text}" for name, text in pairs if text)
    if isinstance(value, Iterable):
        return _listed(list(value))
    return _single(value)


def _listed(values: list[Any]) -> str:
    nested = any(isinstance(each, Mapping) for each in values)
    texts = map(readable if len(values) == 1 or nested else _inner, values)
    return (f" {_PAIRS}" if nested else _ITEMS).join(filter(None, texts))


def _inner(value: Any) -> str:
    text = readable(value)
    is_nested = isinstance(value, Iterable) and not isinstance(value, str | bytes)
    return f"（{text}）" if text and is_nested and not _is_flat(value) else text


def _is_flat(value: Any) -> bool:
    """Return whether a list holds nothing but single values, and may stand without brackets."""
    if isinstance(value, Mapping):
        return False
    return all(isinstance(each, str) or not isinstance(each, Iterable) for each in value)


def _single(value: Any) -> str:
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return str(bool(value)).lower()
    if isinstance(value, Real):
        number = float(value)
        if math.isnan(number):
            return ""
        if isinstance(value, Integral):
            return str(value)
        return str(int(number)) if math.isfinite(number) and number.is_integer() else repr(number)
    text = str(value)
    return "" if value is None or text in {"NaT", "<NA>", "nan"} else text
