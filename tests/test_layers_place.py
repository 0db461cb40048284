"""The place in an address: latitude, longitude and zoom, or nothing."""

from __future__ import annotations

import pytest

from layers.place import clean_place


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("28.03412,120.88101,13.5", "28.03412,120.88101,13.5"),
        ("-28,120.881013,9", "-28.00000,120.88101,9"),
        ("28.1,121.0,13", "28.10000,121.00000,13"),
        ("91,0,3", ""),
        ("0,181,3", ""),
        ("0,0,19", ""),
        ("0,0,-3", ""),
        ("nan,0,3", ""),
        ("0,inf,3", ""),
        ("1,2", ""),
        ("1,2,3,4", ""),
        ("a,b,c", ""),
        ("", ""),
        ("0,0,3<script>", ""),
    ],
)
def test_a_place_is_cleaned(said: str, meant: str) -> None:
    """Only a place on earth with a zoom that the map has passes, in one way of writing."""
    assert clean_place(said) == meant
