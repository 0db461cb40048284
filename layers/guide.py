"""The first minutes: questions that the data at hand can answer, each with its link."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from layers.links import address, link
from layers.nouns import of_noun
from layers.words import Language, caption, label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

# What the guide tells, one after another.
STEPS = ("look", "filter", "promise", "place", "story", "take")


class Question(NamedTuple):
    """A question in words, and the address of the page that answers it."""

    words: str
    target: str


def questions(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], language: Language
) -> tuple[Question, ...]:
    """Return example questions made from what the table holds; none for an empty table.

    What the unit leads that leads most, in the document that names it most; what was said over
    the years of the thing that most documents name; and what there is of the strategy and stage
    that most things have.
    """
    makers = (_of_a_unit, _of_a_thing, _of_a_strategy)
    return tuple(filter(None, (make(table, documents, language) for make in makers)))


def _of_a_unit(
    table: gpd.GeoDataFrame, documents: Mapping[str, Any], language: Language
) -> Question | None:
    led = Counter(
        (unit, said["document"])
        for statements in table["statements"]
        for said in statements
        for unit in said["lead_units"]
    )
    if not led:
        return None
    unit, document = max(led, key=lambda pair: (led[pair], pair))
    year = documents[document].date[:4]
    return Question(
        caption("guide_ask_unit", language, unit=unit, year=year),
        address("unit", unit=unit, role="lead", document=document),
    )


def _of_a_thing(
    table: gpd.GeoDataFrame, _: Mapping[str, Any], language: Language
) -> Question | None:
    rows = list(of_noun(table, "project").itertuples())
    if not rows:
        return None

    def named(row: Any) -> tuple[int, int, str]:
        return len({said["document"] for said in row.statements}), len(row.statements), row.id

    most = max(rows, key=named)
    return Question(
        caption("guide_ask_thing", language, name=most.title), address("project", project=most.id)
    )


def _of_a_strategy(
    table: gpd.GeoDataFrame, _: Mapping[str, Any], language: Language
) -> Question | None:
    placed = table[table.geometry.notna() & (table["stage"] != "unspecified")]
    pairs = Counter(
        (strategy, row.stage) for row in placed.itertuples() for strategy in row.strategies
    )
    if not pairs:
        return None
    strategy, stage = max(pairs, key=lambda pair: (pairs[pair], pair))
    words = caption(
        "guide_ask_strategy",
        language,
        strategy=label("strategy", strategy, language),
        stage=label("stage", stage, language),
    )
    return Question(words, address("./", strategy=strategy, status=stage))


def guide_html(table: gpd.GeoDataFrame, documents: Mapping[str, Any], language: Language) -> str:
    """Return the guided start as escaped HTML: example questions as links, then the steps."""
    asked = "".join(
        f"<li>{link(one.target, one.words, anew=True)}</li>"
        for one in questions(table, documents, language)
    )
    told = "".join(
        f"<li><b>{escape(caption(f'guide_{step}', language))}</b> "
        f"{escape(caption(f'guide_{step}_text', language))}</li>"
        for step in STEPS
    )
    ask, read = (escape(caption(f"guide_{part}", language)) for part in ("ask", "read"))
    return (
        f'<div class="pm-guide"><h3>{ask}</h3><ul>{asked}</ul><h3>{read}</h3><ol>{told}</ol></div>'
    )
