"""The overview and the page of a unit."""

from __future__ import annotations

import pytest

import layers
from layers.words import LANGUAGES
from tests.test_pages import opened, texts, toy_town
from tests.viewing import address_of, choose

__all__ = ["toy_town"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_shows_three_charts_with_their_tables(language: str) -> None:
    """Each view is a chart and a table, under its title."""
    app = opened("overview")
    app.button_group(key="language").set_value(language).run()
    assert not app.exception
    heads = {head.value for head in app.subheader}
    assert {layers.caption(f"overview_{name}", language) for name in layers.VIEWS} <= heads
    assert len(app.get("vega_lite_chart")) == 3
    assert texts(app).count("<table") == 3


def test_the_slider_goes_back_in_time() -> None:
    """At an earlier date only what was known then is counted; the address says the date."""
    app = opened("overview")
    assert app.select_slider[0].value == "2021-04-27"
    app.select_slider[0].set_value("2017").run()
    assert not app.exception
    assert address_of(app) == {"asof": ["2017"]}
    completed = opened("overview", {"status": ["completed"], "asof": ["2017"]})
    assert "0 / 6" in texts(completed)
    assert "1 / 6" in texts(opened("overview", {"status": ["completed"]}))


@pytest.mark.parametrize("strange", ["1999", "<script>", ""])
def test_a_strange_date_is_ignored(strange: str) -> None:
    """A date that no plan has leaves the address, and the last one is shown."""
    app = opened("overview", {"asof": [strange]})
    assert app.select_slider[0].value == "2021-04-27"
    assert address_of(app) == {}


def test_nothing_chosen_by_filters_is_said() -> None:
    """An empty selection draws the map and says that there is nothing to count."""
    app = opened("overview", {"search": ["nothing like this"]})
    assert "0 / 6" in texts(app)
    assert app.get("vega_lite_chart") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_opens_a_unit(language: str) -> None:
    """The address names the unit; what it leads and supports stands on its page."""
    app = opened("unit", {"unit": ["市园林局"]})
    app.button_group(key="language").set_value(language).run()
    assert not app.exception
    assert app.selectbox(key="unit_pick").value == "市园林局"
    assert "<h2>市园林局</h2>" in texts(app)
    assert "青溪湿地公园" in texts(app)
    assert address_of(app)["unit"] == ["市园林局"]


def test_a_unit_that_only_takes_part_leads_nothing() -> None:
    """With the role of the lead asked for, a unit that leads nothing has nothing to show."""
    app = opened("unit", {"unit": ["市水利局"], "role": ["lead"]})
    assert app.info
    assert "<h2>" not in texts(app)


def test_choosing_a_unit_is_the_filter_of_units() -> None:
    """The choice on the page is the filter and the address, and clearing it says what to do."""
    app = opened("unit")
    assert layers.caption("unit_none", "zh") in texts(app)
    assert "市水利局" in app.dataframe[0].value.index
    app.selectbox(key="unit_pick").set_value("市水利局").run()
    assert "<h2>市水利局</h2>" in texts(app)
    assert address_of(app) == {"unit": ["市水利局"]}
    choose(app, "unit", [])
    assert layers.caption("unit_none", "zh") in texts(app)
