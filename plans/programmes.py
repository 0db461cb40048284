"""Counted things: programmes and indicators, and one named thing whose size is told, neither."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plans.endings import MERE
from plans.lexicon import indicators, lexicon, measured, word_set
from plans.named import Thing, countable
from plans.works import theme, works_category

if TYPE_CHECKING:
    from plans.model import Quantity
    from plans.phrases import Anatomy, Item

_LEAST_WORKS = 4  # signs of works that say what they are
_OFFICE = re.compile(r"政府|局|委员会|办公室")  # who counts, not what is counted
_BETWEEN = "至"
# counted, but words rather than works
_NOT_WORKS = (
    "事项",
    "数量",
    "指标",
    "任务",
    "措施",
    "面积",
    "长度",
    "能力",
    "建议案",
    "收费",
    "水平",
    "容量",
    "方面",
    "以下",
)


def programme(item: Item, own: Anatomy) -> Thing | None:
    """Read a counted kind of thing, a programme or an indicator; None where none is counted."""
    name = own.body + own.noun_text
    if name.endswith(word_set("components")) or _OFFICE.search(own.body):
        return None
    if own.quantity is None or not countable(own.quantity) or len(name) < 2:  # noqa: PLR2004
        return None
    works = own.works or (name if name.endswith("改造") and len(name) > _LEAST_WORKS else "")
    if measured(own.quantity.unit) == "household" and own.noun is None and works:
        name = own.body.removesuffix(works) + works  # 适老化改造1800户: what is done to homes
    elif own.noun is None and not _is_kind(name, own.quantity):
        return None
    elif own.noun is None and own.works.endswith(MERE):
        name += own.works  # 城市提质项目67个
    category = own.noun.category if own.noun else works_category(own.works)
    category = theme(name) if category in {"", "other"} else category
    works, quantity = own.works, own.quantity
    kind = "indicator" if is_indicator(name, works) else "programme"
    thing = Thing(name, item.start, item.end, category, kind, works, quantity)
    vague = own.noun is not None and not own.body and len(own.noun_text) <= len("企业")
    follows = bool(own.words) and item.tokens[0] is own.words[0] and len(name) >= len("文化走亲")
    loose = vague or (own.noun is None and not follows)
    return replace(thing, programme=True, loose=loose)


def is_indicator(name: str, works: str = "") -> bool:
    """Return whether a counted name is a number about the economy or the people.

    Such a number grows without anyone building it: 上市公司2家, 绿地面积2000亩. Works on what is
    counted make it a programme (42家小作坊整治提升), and so do firms that a plan only ever counts
    to clear them away (铸造企业).
    """
    words = indicators()
    if works or name.endswith(words["works"]):
        return False
    return name.endswith(words["ends"]) or any(word in name for word in words["holds"])


def is_sized(item: Item, own: Anatomy) -> bool:
    """Tell one named thing with its size from a count: 110亩的某某产业园, 一条某川大走廊."""
    quantity = own.quantity
    if quantity is None or own.noun is None:
        return False
    if item.tokens[-1].quantity is quantity and measured(quantity.unit) == "length":
        return _runs_through(own)
    if item.tokens[0].quantity is not quantity:
        return False
    one = quantity.value == 1 or measured(quantity.unit) == "area"
    return one and any(token.is_a("raw", "quoted") for token in own.words)


def _runs_through(own: Anatomy) -> bool:
    """Tell one named way or water with its length from a count: 某江北岸绿道9公里, 甲至乙公路."""
    nouns = [lexicon().nouns[token.text] for token in own.words if token.is_a("noun")]
    water = own.noun is not None and own.noun.category == "river_water" and own.proper
    along = any(noun.category == "river_water" and len(noun.word) == 1 for noun in nouns)
    return _BETWEEN in own.body or bool(own.part) or water or along


def _is_kind(name: str, quantity: Quantity) -> bool:
    """Tell whether words without a feature noun name a kind of thing that is counted by pieces."""
    by_piece = measured(quantity.unit) == "thing"
    return by_piece and not name.endswith(_NOT_WORKS) and not name.isascii()
