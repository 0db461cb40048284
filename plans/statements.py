"""From passages to statements: what each sentence says of each named thing."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, cast

from plans.among import members, only_counts
from plans.answers import in_sentence, speaks_of
from plans.clauses import Frame, frames
from plans.codes import codes
from plans.documents import short_area
from plans.due import target_year
from plans.formats import LOST
from plans.labels import of_phase
from plans.lexicon import GRAMMAR, word_set
from plans.model import COUNTED, Statement
from plans.named import Thing
from plans.phrases import Item, Phrase
from plans.stages import in_state, own_tense, told_verb, verdict
from plans.things import of_row, things
from plans.times import tells_of_before
from plans.tokens import tokenise
from plans.units import spelled
from store import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plans.answers import Said
    from plans.documents import Document
    from plans.formats import Progress
    from plans.model import Kind, Quote, Stage
    from plans.passages import Passage
    from plans.reading import Reading

# 1、某路… 2、某桥… within a paragraph
_ITEM_NUMBER = re.compile(r"(?:^|(?<=：))(?:[①-⑳]|\d{1,2}[、．.](?!\d)|（\d{1,2}）)")
_REMEMBERED = 8192  # sentences


def find_statements(
    document: Document, parts: Sequence[Passage], progress: Progress | None = None
) -> tuple[Statement, ...]:
    """Return all statements of a document's passages in order; empty when they name nothing.

    ``progress`` is called before each passage with the passages done, and how many there are.
    """
    found: list[Statement] = []
    usual = _usual_tense(parts)
    listed = _lists_items(document, parts, usual)
    for done, passage in enumerate(parts):
        if progress:
            progress(done, len(parts))
        if passage.item and not listed:
            continue
        if not is_comparison(passage.reading.text, document):
            found += _of_passage(document, passage, usual)
    return tuple(found)


def _lists_items(document: Document, parts: Sequence[Passage], usual: str) -> bool:
    """Tell numbered headings that list projects from those of sections: most of them are names.

    Among the headings of sections one may look like a name: 畅通路网 beside 提升服务.
    """
    headings = [passage for passage in parts if passage.item]
    named = sum(bool(_of_passage(document, passage, usual)) for passage in headings)
    return 2 * named > len(headings)


def _usual_tense(parts: Sequence[Passage]) -> str:
    """Return how most sentences speak in a text that does not say it: of the past or the future."""
    sentences = [s.text for p in parts if p.tense == "own" for s in p.reading.sentences()]
    told = Counter(own_tense(sentence, "") for sentence in sentences)
    return "report" if told["report"] > told["promise"] else "promise"


def _of_passage(
    document: Document, passage: Passage, usual: str, previous: Thing | None = None
) -> list[Statement]:
    found: list[Statement] = []
    spoken, tense = passage, usual
    for sentence in passage.reading.sentences():
        if passage.tense == "own":
            tense = own_tense(sentence.text, tense)
            spoken = replace(passage, tense=tense)
        elif tells_of_before(sentence.text, passage.last_year):
            spoken = replace(passage, tense="report")
        else:
            spoken = passage
        for statement, thing in _of_sentence(document, spoken, sentence, previous):
            previous = thing
            found.append(statement)
    if passage.otherwise is None:
        return found
    # what the row's text counts of the named thing's own kind only tells its size
    same = {statement.category for statement in found}
    names = {statement.name for statement in found}
    more = _of_passage(document, passage.otherwise, usual, previous)
    fresh = [s for s in more if s.name not in names]
    return found + [s for s in fresh if s.kind not in COUNTED or s.category not in same]


@cache
def _provinces() -> re.Pattern[str]:
    """Return what finds provinces where they stand by themselves: not in 江山东路."""
    names = "|".join(row["name"] for row in read_table(GRAMMAR / "provinces.csv", ("name",)))
    return re.compile(
        rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[和与及在从赴到是于往经]))(?:{names})|(?:{names})(?=省|市|自治区)"
    )


def is_comparison(text: str, document: Document) -> bool:
    """Tell a passage that speaks of other provinces and not of the document's own areas.

    The province that the document names most is its own.
    """
    if document.tense != "own" or any(short_area(area) in text for area in document.areas):
        return False
    named = Counter(_provinces().findall(document.text))
    most = [name for name, times in named.items() if times == max(named.values())]
    own = most if len(most) == 1 else ()  # where two are named as often, neither is its own
    return any(name not in own for name in _provinces().findall(text))


def _of_sentence(
    document: Document, passage: Passage, sentence: Reading, previous: Thing | None
) -> Iterator[tuple[Statement, Thing]]:
    gaps = () if document.has_quotation_marks else sentence.gaps
    phrases = in_sentence(sentence.text)
    for frame, thing in _named(sentence.text, gaps, passage.about, previous):
        by = speaks_of(phrases, thing.start)
        told_by = replace(passage, responsibility=by) if by else passage
        made = _statement(document, told_by, sentence, (frame, thing))
        if _is_meant(frame, thing, made) and not (passage.item and not _is_all(thing, sentence)):
            yield made, thing


def _is_all(thing: Thing, sentence: Reading) -> bool:
    """Tell a thing whose name is all that a heading says, and which is singled out by it."""
    words = sentence.text.strip()
    return thing.name == words and thing.kind not in COUNTED and not (thing.loose or thing.bare)


@lru_cache(_REMEMBERED)
def _named(
    text: str, gaps: tuple[int, ...], about: tuple[str, ...], previous: Thing | None
) -> tuple[tuple[Frame, Thing], ...]:
    """Return what a sentence names, each with the list that it stands in.

    A catalogue is read anew whenever a document or a correction comes: what a sentence names is
    then known from before.
    """
    told = told_verb(about) if about else None
    tokens = tokenise(_ITEM_NUMBER.sub(_commas, _without(in_sentence(text), text)), gaps)
    named = frames(tokens)
    if told and not any(things(frame.phrase, previous) for frame in named):
        row = of_row(tokens)
        return ((Frame(Phrase((Item(tuple(tokens)),)), told), row),) if row else ()
    found: list[tuple[Frame, Thing]] = []
    whole = previous  # what a phase is of: a project, though its parts were counted meanwhile
    for one in named:
        if only_counts(one):
            continue
        silent = told and not (one.before or one.after)
        frame = replace(one, before=told) if silent else one
        before = whole if of_phase(frame) else previous
        for thing in things(frame.phrase, before) or members(frame, previous):
            previous = thing
            whole = whole if thing.programme and whole else thing
            found.append((frame, thing))
    return tuple(found)


def _is_meant(frame: Frame, thing: Thing, made: Statement) -> bool:
    """Tell a thing from words that only look like one: without a stage those are left out."""
    if thing.bare and not _shares_rank(frame) and (frame.before or not frame.after):
        return False
    if thing.town and not _is_pushed_on(frame):
        return False
    alone = thing.described and len(frame.phrase.items) == 1
    return made.stage != "unspecified" or not (thing.loose or thing.bare or alone)


def _shares_rank(frame: Frame) -> bool:
    """Tell a list whose first name gives its rank to the others: 市体育公园、科技馆."""
    items = frame.phrase.items
    return len(items) > 1 and items[0].text.startswith(("市", "县", "区", "镇"))


def _is_pushed_on(frame: Frame) -> bool:
    """Tell a township that is itself the object: 支持某镇拓展…, 补齐某镇能级短板."""
    if frame.before is None or frame.before.word not in word_set("for_towns"):
        return False
    behind = [token for token in frame.near if token.start >= frame.phrase.end][:1]
    return bool(behind) and behind[0].is_a("abstract", "verb")


def _commas(match: re.Match[str]) -> str:
    return "，" * len(match[0])


def _without(phrases: Sequence[Said], text: str) -> str:
    """Return a sentence with commas in the place of those who answer: units are no projects."""
    if not phrases:
        return text
    signs = list(text)
    for said in phrases:
        signs[said.start : said.end] = "，" * (said.end - said.start)
    return "".join(signs)


def _statement(
    document: Document, passage: Passage, sentence: Reading, found: tuple[Frame, Thing]
) -> Statement:
    frame, thing = found
    said = verdict(frame, thing, promised=passage.tense != "report")
    if passage.state:
        said = in_state(said, passage.state, promised_by=passage.due)
    due = target_year(document, passage, sentence.text, frame) if said.promised else (None, None)
    quote, more = _quotes(sentence, thing)
    return Statement(
        quote=quote,
        more_quotes=more,
        name=thing.name,
        kind=cast("Kind", thing.kind),
        category=thing.category,
        works=thing.works,
        stage=said.stage,
        promised=said.promised,
        certainty=said.certainty,
        target_year=due[0],
        target_year_basis=due[1],
        heading=passage.heading,
        strategies=strategies(passage.heading, thing.category),
        responsibility=spelled(passage.responsibility, tuple(map(short_area, document.areas))),
        issuer=document.issuer,
        publisher=document.publisher,
        quantity=thing.quantity,
        part_of=thing.part_of,
        fragment=_is_fragment(passage, sentence, thing),
        goal=passage.tense == "goal" or "目标" in passage.heading,
    )


def _is_fragment(passage: Passage, sentence: Reading, thing: Thing) -> bool:
    """Tell a name with a hole, or whose head may be lost with the print before its passage."""
    first = sentence.places[thing.start] == passage.reading.places[0]
    return LOST in thing.name or (passage.lost and first)


def _quotes(sentence: Reading, thing: Thing) -> tuple[Quote, tuple[Quote, ...]]:
    """Return the printed stretch that holds the name's first sign, and the sentence's others."""
    line, column = sentence.places[thing.start]
    quotes = sentence.quotes
    own = next(q for q in quotes if q.line == line and q.start <= column < q.end)
    return own, tuple(q for q in quotes if q is not own)


def strategies(heading: str, category: str) -> tuple[tuple[str, str], ...]:
    """Return the strategies of a statement with their basis: its heading, then its category."""
    under = [code for code, row in codes("strategy").items() if row["zh"] in heading]
    inferred = codes("category")[category]["strategy"]
    found = [(code, "heading") for code in under]
    if inferred and inferred not in under:
        found.append((inferred, "inferred"))
    return tuple(found)


def _found(sentence: Reading, words: str, line: int, column: int | None) -> int:
    start = sentence.text.find(words)
    while start >= 0:
        place = sentence.places[start]
        if place[0] == line and column in (None, place[1]):
            return start
        start = sentence.text.find(words, start + 1)
    return -1


def added_statement(
    document: Document,
    parts: Iterable[Passage],
    address: tuple[int, str],
    meant: tuple[str, Kind, str, Stage],
    column: int | None = None,
) -> Statement | None:
    """Make the statement that a person adds; None where the words do not stand in that line.

    ``column`` is where in the line they begin; without it they are taken where they first stand.
    """
    line, words = address
    name, kind, category, stage = meant
    for passage in parts:
        for sentence in passage.reading.sentences():
            start = _found(sentence, words, line, column)
            if start >= 0:
                thing = Thing(name, start, start + len(words), category, kind)
                frame = Frame(Phrase((Item(tuple(tokenise(words))),)))
                made = _statement(document, passage, sentence, (frame, thing))
                return replace(made, stage=stage)
    return None
