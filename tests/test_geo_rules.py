"""The written rules: each is computed as it says, and what cannot be is an error."""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, Point

from geo import distance_m
from geo.rules import read_rule

KNOWN = {
    "镇口": Point(120.90, 28.00),
    "村东": Point(120.94, 28.02),
    "东西路": LineString([(120.90, 28.01), (120.98, 28.01)]),
    "南北路": LineString([(120.93, 27.98), (120.93, 28.04)]),
    "环路": LineString([(120.92, 28.00), (120.92, 28.02), (120.95, 28.02), (120.95, 28.00)]),
}


@pytest.mark.parametrize(
    ("rule", "position"),
    [
        ("at(镇口)", (120.90, 28.00)),
        ("midpoint(镇口, 村东)", (120.92, 28.01)),
        ("offset(镇口, 90, 1000)", (120.91018, 28.00)),
        ("offset( 镇口 ,0, 1000 )", (120.90, 28.00902)),
        ("crossing(东西路, 南北路)", (120.93, 28.01)),
        ("nearest(东西路, 村东)", (120.94, 28.01)),
        ("along(东西路, 村东, 1000)", (120.95018, 28.01)),
        ("along(东西路, 村东, -1000)", (120.92982, 28.01)),
    ],
)
def test_a_rule_is_computed(rule: str, position: tuple[float, float]) -> None:
    """The position is where the words of the rule put it, within 5 m."""
    assert distance_m(read_rule(rule).position(KNOWN), Point(*position)) < 5
    assert read_rule(str(read_rule(rule))) == read_rule(rule)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("crossing(东西路, 环路)", "just one point"),
        ("crossing(东西路, 镇口)", "no LineString"),
        ("nearest(镇口, 村东)", "no LineString"),
        ("at(东西路)", "no Point"),
        ("along(南北路, 村东, 9000)", "ends before"),
        ("along(南北路, 村东, -9000)", "ends before"),
    ],
)
def test_a_rule_that_leads_nowhere_says_so(rule: str, reason: str) -> None:
    """A rule of the right form may still not be computable."""
    with pytest.raises(ValueError, match=reason):
        read_rule(rule).position(KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "镇口",
        "near(镇口)",
        "at()",
        "at(镇口, 村东)",
        "offset(镇口, 90)",
        "at(镇口",
        "along(东西路)",
    ],
)
def test_what_is_no_rule_is_not_read(text: str) -> None:
    """Only the six forms are rules."""
    with pytest.raises(ValueError, match=r"no rule|too few"):
        read_rule(text)


def test_a_rule_needs_its_rows() -> None:
    """A row without a position cannot carry another."""
    with pytest.raises(KeyError):
        read_rule("at(桃花源)").position(KNOWN)
