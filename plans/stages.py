"""What the verbs around a list say: stage and certainty."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from plans.clauses import opens_with_means
from plans.lexicon import GRAMMAR, lexicon, word_set
from plans.tokens import tokenise
from store import read_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plans.clauses import Frame
    from plans.lexicon import Verb
    from plans.model import Certainty, Stage
    from plans.named import Thing
    from plans.states import State

_BUILDING = re.compile(
    r"(?:建设|开发|改造|施工|治理|整治|修复|修缮|提升|更新|维修|加固|扩建|迁建|渠化|清淤|扩容|续建|达标提升|达标创建|新建|改建|重建|迁扩建|改扩建|加固)(?:工程|项目)?$"
)
_IN_PART = re.compile(r"完成[^，。；]{0,20}?(?<!\d)\d{1,2}(?:\.\d+)?[%％]|过半|一半")
_UNDER_WAY = ("started", "under_construction")
_EARLY = ("preparation", "under_construction")


@dataclass(frozen=True)
class Verdict:
    """The stage of a thing in its sentence, whether that is promised, and how firmly."""

    stage: Stage
    promised: bool
    certainty: Certainty


def verdict(frame: Frame, thing: Thing, *, promised: bool) -> Verdict:
    """Read the stage off the verbs; the one that follows the list counts as one before it.

    Parameters
    ----------
    promised
        Whether the sentence promises.
    """
    words = [verb for verb in (frame.before, frame.after) if verb]
    stage = _stage(words, frame, thing, promised=promised)
    return Verdict(stage, promised, _certainty(frame))


def in_state(said: Verdict, state: State, *, promised_by: bool) -> Verdict:
    """Return what a row says whose state stands in a cell of its own: that beats any verb.

    Parameters
    ----------
    promised_by
        Whether the row prints by when it shall be done: works under way keep that promise.
    """
    still = promised_by and state.stage in _UNDER_WAY
    return replace(said, stage=state.stage, promised=state.promised or still)


def own_tense(sentence: str, before: str) -> str:
    """Return how a sentence speaks where its section does not say: as the one before, if at all.

    The words of a report weigh more: 已…，将于年内… has begun.
    """
    words = _tense_words()
    if any(word in sentence for word in words["report"]):
        return "report"
    return "promise" if any(word in sentence for word in words["promise"]) else before


@cache
def _tense_words() -> dict[str, tuple[str, ...]]:
    rows = read_table(GRAMMAR / "sentence_tense.csv", ("words", "tense"))
    found: dict[str, tuple[str, ...]] = {"report": (), "promise": ()}
    for row in rows:
        found[row.one_of("tense", found)] += (row["words"],)
    return found


def _stage(words: list[Verb], frame: Frame, thing: Thing, *, promised: bool) -> Stage:
    if opens_with_means(frame.clause) and not words:
        return "unspecified"  # 以某街区保护开发为重点
    if _prepares(_ending(frame)) or _prepares(thing.works):
        return "preparation"
    if _is_there(frame, thing):
        return "operating"
    if _is_built(thing.works, words):
        return "under_construction"
    stage = _of_verbs(words, promised=promised, abstract=_abstract(frame, thing))
    if stage == "unspecified" and _runs(thing.works):
        return "operating"
    return _counted(stage, words, frame, promised=promised) if thing.programme else stage


def _is_built(works: str, words: list[Verb]) -> bool:
    """Tell works that are under way, and a part of them that is spoken of: 某某互通桩基完成."""
    alone = not words or words[-1].by_works
    return works in word_set("components") if words and not alone else bool(_BUILDING.search(works))


def _counted(stage: Stage, words: list[Verb], frame: Frame, *, promised: bool) -> Stage:
    """Take a number to be reached as such: 企业达100家, 改造危桥4座."""
    rebuilt = bool(words) and _rebuilds(words[-1])
    if rebuilt or (stage == "unspecified" and frame.reaches):
        return "to_complete" if promised else "completed"
    return stage


def _rebuilds(verb: Verb) -> bool:
    """Tell works on what is there (改造, 除险加固): of a number they mean their end."""
    done = verb.report == "under_construction" and not verb.needs_works
    return done and verb.word in lexicon().works and verb.word != "建设"


def _prepares(words: str) -> bool:
    return words.removesuffix("工作").endswith(word_set("preparatory"))


def _is_there(frame: Frame, thing: Thing) -> bool:
    """Tell an existing facility that is only improved: 现有垃圾中转站, 4家敬老院达到国家二级."""
    if thing.kind != "facility" or thing.programme or _ending(frame).endswith("建设"):
        return False
    graded = frame.after is not None and frame.after.word == "达到"
    return graded or frame.is_of_existing


def _runs(works: str) -> bool:
    """Tell works that run what is there: 深化某园区长效管理."""
    known = lexicon().verbs
    return works in known and known[works].promise == "operating"


def _of_verbs(words: list[Verb], *, promised: bool, abstract: bool) -> Stage:
    """Weigh the verb before the list and the one behind it; the later one says more."""
    stages = [verb.promise if promised else verb.report for verb in words]
    if not stages:
        return "unspecified"
    if words[-1].needs_works and abstract:
        return "unspecified"
    ended = words[-1].word in lexicon().works or words[-1].word in word_set("last_steps")
    if (
        (ended and stages[0] in {"completed", "to_complete"})
        or stages[-1] == "unspecified"
        or (words[-1].needs_works and stages[0] == "proposed")
    ):
        return stages[0]
    return stages[-1]


def _ending(frame: Frame) -> str:
    tail = frame.phrase.tail
    return tail.text if tail else frame.phrase.items[-1].text


def _abstract(frame: Frame, thing: Thing) -> bool:
    """Tell whether what is pushed on is no works but a 发展 or 转型 of the thing."""
    after = [token for token in frame.near if token.start >= frame.phrase.end]
    return bool(after) and after[0].is_a("abstract") and not thing.works


def _certainty(frame: Frame) -> Certainty:
    before = [token for token in frame.near if token.start < frame.phrase.start]
    for token in reversed(before):
        if token.text.startswith("力争"):
            return "strive"
        if token.is_a("ensure"):
            return "ensure"
    return "plain"


def told_verb(cells: Sequence[str]) -> Verb | None:
    """Return the first verb with a stage that the other cells of a row say of its name."""
    known = lexicon().verbs
    said = [token.text for cell in cells for token in tokenise(cell) if token.text in known]
    staged = (known[word] for word in said if known[word].promise != "unspecified")
    first = next(staged, None)
    if first and first.promise == "to_complete" and any(map(_is_in_part, cells)):
        return known["推进"]
    later = (_closing_step(cell) for cell in cells) if first and first.promise in _EARLY else ()
    return next((verb for verb in later if verb), first)


def _is_in_part(cell: str) -> bool:
    return bool(_IN_PART.search(cell) or _parts_done().search(cell))


@cache
def _parts_done() -> re.Pattern[str]:
    """Return what finds that only a part of a building site is done: 基础完成, 完成下部结构."""
    parts = "|".join(word_set("components"))
    end = r"(?=施工|工程|$|[，。；、])"
    return re.compile(
        rf"完成[^，。；]{{0,12}}(?:{parts}){end}|(?:^|[，；、])(?:{parts})(?:全部|基本)?完[成工]"
    )


def _closing_step(cell: str) -> Verb | None:
    """Return the verb of a last clause that says nothing else: …招标，第四季度进场."""
    last = cell.rstrip("。；").replace("；", "，").rpartition("，")[2]
    words = [token for token in tokenise(last) if not token.is_a("date", "year", "adverb")]
    verb = lexicon().verbs.get(words[0].text) if len(words) == 1 and last != cell else None
    return verb if verb and verb.promise in {"to_start", "to_complete"} else None
