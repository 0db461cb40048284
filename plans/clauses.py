"""Clauses: which verb governs which list."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from plans.lexicon import Verb, lexicon, measured, word_set
from plans.phrases import NAMING, Item, Phrase, dissect, letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plans.tokens import Token

_LONG_NOUN = 4
# how far a list looks ahead, and how many words around it may qualify it: no sentence needs more
_AHEAD, _AROUND = 12, 60
_BETWEEN = ["date", "stop", "postposition", "preposition", "ensure", "strive", "abstract", "amount"]
# what follows these are the things just spoken of
_NAMELY = frozenset(["分别是", "分别为", "包括", "分别"])
_ENCOURAGING = ("鼓励", "引导", "鼓励和引导", "争取", "积极争取")
_DOING, _GRADED = "进行", "达到"
_INTO_WORKS = [
    "works",
    "phase",
    "separator",
    "conjunction",
    "etc",
    "postposition",
    "quantity",
    "verb",
    "stop",
    "noun",
    "abstract",
    "bracket",
]
_INERT = frozenset(["raw", "noun", "modifier", "works", "phase", "year", "word"])
# what these open tells where, for whom or by what, not what is done
_CIRCUMSTANCE = frozenset(["在", "为", "从", "由", "向", "使", "让", "给", "按", "使得", "人均"])


@dataclass(frozen=True)
class Frame:
    """A list with the verbs around it.

    ``before`` governs from before (carried over a comma if the clause has no verb of its own),
    ``after`` follows the list; ``clause`` holds the words of the whole clause.
    """

    phrase: Phrase
    before: Verb | None = None
    after: Verb | None = None
    clause: tuple[Token, ...] = ()

    @cached_property
    def near(self) -> tuple[Token, ...]:
        """The words of the clause before and behind the list, as far as they may qualify it."""
        first, last = self._bounds
        return (
            *self.clause[max(0, first - _AROUND) : first],
            *self.clause[last : last + _AROUND],
        )

    @cached_property
    def reaches(self) -> bool:
        """Whether the list or the words before it tell a number that is reached (企业达100家)."""
        first, last = self._bounds
        words = self.clause[max(0, first - _AROUND) : last]
        reached = (b.quantity for a, b in pairwise(words) if b.quantity and a.is_a("amount"))
        return any(measured(quantity.unit) == "thing" for quantity in reached)

    @cached_property
    def is_of_existing(self) -> bool:
        """Whether the list says that what it names is there already (现有垃圾中转站)."""
        first, last = self._bounds
        return any(token.text in word_set("existing") for token in self.clause[first:last])

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        ends = self.phrase.start, self.phrase.end
        first, last = (bisect_left(self.clause, end, key=attrgetter("start")) for end in ends)
        return first, last


@dataclass(frozen=True)
class _Part:
    verb: Verb | None = None
    phrase: Phrase | None = None


def frames(tokens: list[Token]) -> list[Frame]:
    """Return the lists of a sentence, each with its verbs."""
    found: list[Frame] = []
    carried: Verb | None = None
    last, named = 0, False  # the clause before: where its frames begin, whether it is but a name
    for clause in _clauses(tokens):
        if clause and clause[0].text in _NAMELY and found:
            carried = found[-1].after or carried
        made, carried = _clause_frames(clause, carried)
        told = _told_of_part(clause) if made and named else None
        if told := told or (None if made else _told_alone(clause)):
            found[last:] = [_closed(frame, told) for frame in found[last:]]
        if made:
            last, named = len(found), _only_names(clause, made)
        found.extend(made)
    return found


def _only_names(clause: list[Token], made: list[Frame]) -> bool:
    """Tell a clause that is a name and no more: 某某大桥，已完成桩基120根."""
    phrase = made[0].phrase
    whole = clause[0].start == phrase.start and clause[-1].end == phrase.end
    return whole and len(made) == 1 and not (made[0].before or made[0].after)


def _told_of_part(clause: list[Token]) -> Verb | None:
    """Return what is to be said of a thing of which a part is reported to be under way or done."""
    return lexicon().verbs["施工"] if clause[0].text in word_set("by_now") else None


def _told_alone(clause: list[Token]) -> Verb | None:
    """Return the verb of a clause that says nothing but what has become of a thing: 正在施工."""
    words = [token for token in clause if not token.is_a("adverb", "date", "ensure", "strive")]
    verb = lexicon().verbs.get(words[0].text) if len(words) == 1 else None
    return verb if verb and verb.position != "before" else None


def _closed(frame: Frame, told: Verb) -> Frame:
    return frame if frame.before or frame.after else replace(frame, after=told)


def _clauses(tokens: list[Token]) -> Iterator[list[Token]]:
    clause: list[Token] = []
    for token in tokens:
        if "punctuation" in token.classes:
            yield clause
            clause = []
        elif "bracket" not in token.classes:
            clause.append(token)
    yield clause


def _clause_frames(clause: list[Token], carried: Verb | None) -> tuple[list[Frame], Verb | None]:
    parts = list(_parts(clause))
    own = [part.verb for part in parts if part.verb]
    before = None if own or opens_with_means(clause) else carried
    chain: list[Verb] = []
    run: list[Verb] = []  # verbs with nothing in between: 建成、改造…
    made: list[Frame] = []
    whole = tuple(clause)
    aims = _has_aim(clause)
    for position, part in enumerate(parts):
        if part.verb:
            run = [*run, part.verb] if position and parts[position - 1].verb else [part.verb]
            chain.append(part.verb)
            before = part.verb
        elif part.phrase and not (aims or _acts(parts, position) or _becomes(before)):
            after = None if opens_with_means(clause) else _following(parts, position)
            made.append(Frame(part.phrase, _weighed(chain, run) or before, after, whole))
    if parts and parts[-1].verb and made and made[-1].after is parts[-1].verb:
        return made, None  # a verb that closes a list says nothing of the next clause
    return made, own[-1] if own else carried


def _acts(parts: list[_Part], position: int) -> bool:
    behind = parts[position + 1 : position + 2]
    return bool(behind) and behind[0].verb is not None and behind[0].verb.position == "actor"


def _has_aim(clause: list[Token]) -> bool:
    """Tell a clause that names what something shall become: 以…为创建目标."""
    ends = any(token.is_a("stop") and token.text.endswith("目标") for token in clause)
    return ends and opens_with_means(clause)


def _becomes(before: Verb | None) -> bool:
    """Tell a verb of what something shall become: 打造成…大走廊."""
    return before is not None and before.position == "becomes"


def opens_with_means(clause: Sequence[Token]) -> bool:
    """Tell a clause of means, 以…为重点: the verb before it does not govern it."""
    first = next((token.text for token in clause if token.text != "并"), "")
    return first == "以"


def _weighed(chain: list[Verb], run: list[Verb]) -> Verb | None:
    """Let 鼓励…成立 be no more than 鼓励, and 建成、改造… no less than 建成."""
    if encouraged := [verb for verb in chain[:-1] if verb.word in _ENCOURAGING]:
        return encouraged[-1]
    done = [verb for verb in run if verb.report == "completed"]
    if done and run[-1].report == "under_construction":
        return done[-1]
    return chain[-1] if chain else None


def _following(parts: list[_Part], position: int) -> Verb | None:
    """Return the verb that closes the list: right behind it and with no list of its own.

    Of several the last says most: 某某建设加快推进.
    """
    verbs = [part.verb for part in takewhile(lambda part: part.verb, parts[position + 1 :])]
    run = [verb for verb in verbs if verb]
    behind = parts[position + 1 + len(run) :][:1]
    if run and behind and behind[0].phrase:
        if run[-1].word == _DOING and (done := _done(behind[0].phrase)):
            return done
        if _governs(run[-1], behind[0].phrase) and run[-1].word != _GRADED:
            run.pop()
    closing = [verb for verb in run if verb.position != "before" or verb.word == _GRADED]
    if not run and behind and behind[0].phrase and _ends_built(behind[0].phrase):
        return lexicon().verbs["建设"]  # 甲等2个产业园和乙等4个小微园建设
    return closing[-1] if closing else None


def _ends_built(phrase: Phrase) -> bool:
    last = (phrase.tail or phrase.items[-1]).tokens
    return len(last) > 1 and last[-1].text == "建设"


def _done(phrase: Phrase) -> Verb | None:
    """Return what is done to a thing by the works behind 进行: 对某路进行综合改造."""
    works = phrase.items[-1].text
    return (
        lexicon().verbs["改造"]
        if _mere_works(phrase) and works.endswith(word_set("rebuilding"))
        else None
    )


def _governs(verb: Verb, phrase: Phrase) -> bool:
    """Tell a verb that has a list of its own behind it, not just works."""
    itself = verb.word in lexicon().works  # 道路升级改造工程: no verb, but works
    return verb.position != "after" and (itself or not _mere_works(phrase))


def _mere_works(phrase: Phrase) -> bool:
    """Tell 风貌整治 of 三个中心村完成风貌整治: what is done, no other thing."""
    tokens = [token for item in phrase.items for token in item.tokens]
    return tokens[-1].is_a("works") and not any(token.is_a("noun", "raw") for token in tokens)


def _parts(clause: list[Token]) -> Iterator[_Part]:
    """Split a clause into verbs and lists; what 在 and its like govern is kept as places."""
    chunk: list[Token] = []
    places: tuple[Item, ...] = ()
    opener = ""
    for position, token in enumerate(clause):
        if _is_inert(token.classes) and token.text != "的":
            chunk.append(token)
        elif _is_verb(clause, position, chunk):
            yield from _lists(chunk, opener, places)
            places = _places(chunk, opener) or places
            chunk, opener = [], ""
            yield _Part(verb=lexicon().verbs[token.text])
        elif token.text == "的" and _joins(clause, position, chunk):
            chunk = [t for t in chunk if t.is_a("quantity")] if _counts(chunk) else chunk
        elif token.text == "的" and _measures(chunk):
            chunk = []  # 占地15亩的街头公园, 总投资7.58亿元的县医院
        elif _is_amount(clause, position):
            continue
        elif _ends_list(clause, position, chunk):
            yield from _lists(chunk, opener, places)
            places = _places(chunk, opener) or places
            chunk = []
            opener = token.text if token.is_a("clause_initial") else opener
        else:
            if token.is_a("apart"):  # what stands before a quoted name only describes it
                chunk = []
            chunk.append(token)
    yield from _lists(chunk, opener, places)


@cache
def _is_inert(classes: frozenset[str]) -> bool:
    """Tell words that only carry on what is being read: most of them."""
    return classes <= _INERT


def _is_verb(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell a verb from the same word inside a name or as the works done to it."""
    token = clause[position]
    if not token.is_a("verb"):
        return False
    if not chunk or chunk[-1].is_a("separator", "conjunction"):
        return not (token.is_a("modifier") and _describes(clause, position, chunk))
    if chunk[-1].is_a("determiner") or not token.is_a("works", "noun", "modifier"):
        return True
    following = clause[position + 1 : position + 2]
    return bool(following) and not following[0].is_a(*_INTO_WORKS)


def _describes(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell 创新 of 创新创业示范区 from the verb: inside a list, or behind another verb."""
    before = clause[position - 1 : position] if position else []
    following = clause[position + 1 : position + 2]
    in_list = bool(chunk) or bool(before and before[0].is_a("verb"))
    return in_list and bool(following) and following[0].is_a("modifier", "noun")


def _joins(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    """Tell a 的 that parts nothing: before mere works, or after a number's description."""
    following = clause[position + 1 : position + 2]
    before_works = following and following[0].is_a("works")
    return bool(chunk) and (bool(before_works) or (_counts(chunk) and not _measures(chunk)))


def _counts(chunk: list[Token]) -> bool:
    return chunk[0].is_a("quantity") and not any(t.is_a("noun") for t in chunk)


def _measures(chunk: list[Token]) -> bool:
    """Tell a chunk that gives no more than the size of what comes: 占地15亩."""
    last = chunk[-1].quantity if chunk else None
    sized = last is not None and measured(last.unit) in {"area", "length", "money", "capacity"}
    return sized and not any(token.is_a("noun", "quoted") for token in chunk)


def _is_amount(clause: list[Token], position: int) -> bool:
    """Tell a mere 达, 超 or 约 before a number."""
    following = clause[position + 1 : position + 2]
    return clause[position].is_a("amount") and bool(following) and following[0].is_a("quantity")


def _ends_list(clause: list[Token], position: int, chunk: list[Token]) -> bool:
    token = clause[position]
    if token.is_a(*_BETWEEN):
        return True
    if token.is_a("clause_initial"):
        return not chunk or token.text == "在"
    if not token.is_a("adverb") or token.is_a("works", "noun", "modifier", "determiner"):
        return False
    # 七都 is a place: a single sign is an adverb only before what it qualifies
    following = clause[position + 1 : position + 2]
    qualifies = bool(following) and following[0].is_a("verb", "adverb", "clause_initial")
    return len(token.text) > 1 or qualifies


def _lists(chunk: list[Token], opener: str, places: tuple[Item, ...]) -> Iterator[_Part]:
    if opener in _CIRCUMSTANCE or all(token.is_a("year") for token in chunk):
        return
    if _names_nothing(chunk):
        yield _Part(phrase=Phrase((Item(tuple(chunk)),), places=places))  # whatever its items
        return
    for phrase in _phrases(chunk):
        yield _Part(phrase=Phrase(phrase.items, phrase.tail, places))


def _names_nothing(chunk: list[Token]) -> bool:
    words = any(not token.is_a("separator", "conjunction", "etc") for token in chunk)
    return words and all(token.classes.isdisjoint(NAMING) for token in chunk)


def _places(chunk: list[Token], opener: str) -> tuple[Item, ...]:
    if opener != "在":
        return ()
    kept = [token for token in chunk if not token.is_a("determiner")]
    return tuple(item for phrase in _phrases(kept) for item in phrase.items)


def _phrases(chunk: list[Token]) -> Iterator[Phrase]:
    """Read a run of tokens as lists: items, and after 等 or a number in between their sum."""
    lister = _Lister()
    for position, token in enumerate(chunk):
        if lister.lacks_separator(token) and chunk[position + 1 :]:
            lister.close_item()
        if _is_inert(token.classes):
            lister.add(token)
            continue
        rest = chunk[position + 1 : position + 1 + _AHEAD]
        if lister.parts_at(token, rest):
            if phrase := lister.close_item():
                yield phrase
        elif token.is_a("etc") or lister.is_summed_up(token, rest):
            lister.open_tail(token)
        elif token.is_a("conjunction") and lister.is_empty():
            lister.open_with(token, rest)
        else:
            lister.add(token)
    if phrase := lister.close():
        yield phrase


@dataclass
class _Lister:
    """A list being read: its finished items, the one being read, and the sum once 等 has come."""

    items: list[Item] = field(default_factory=list)
    current: list[Token] = field(default_factory=list)
    tail: list[Token] | None = None

    def add(self, token: Token) -> None:
        if self.tail is not None and self.items:
            self.tail.append(token)
        elif self.current or not token.is_a("conjunction"):
            self.current.append(token)

    def open_with(self, token: Token, rest: list[Token]) -> None:
        """Let 和 begin a name (和山大桥); 与某学院合作 speaks of a partner."""
        if token.text == "和" and rest and (rest[0].is_a("raw") or len(rest[0].text) == 1):
            self.current.append(token)

    def parts_at(self, token: Token, rest: list[Token]) -> bool:
        """Tell whether 、 or 和 ends the item: not at its start, nor where half a name is read.

        和山大桥 begins with it; 云和 and 大与至和岭公路 hold it.
        """
        if token.is_a("separator"):
            return True
        if not token.is_a("conjunction"):
            return False
        before = letters(self.current[-4:])  # the last two signs decide: a list may be long
        half = len(before) < 2 or before.endswith(("至", "到"))  # noqa: PLR2004 - one sign
        if half and self.tail is None:
            return False
        return _stands_alone(rest) or self._both_whole(rest)

    def lacks_separator(self, token: Token) -> bool:
        """Tell a new item whose comma the print has lost: 甲企业10家 50亿元以上企业2家."""
        last = self.current[-1:]
        if not (last and last[0].quantity and token.quantity and self.tail is None):
            return False
        counted = measured(last[0].quantity.unit) == "thing"
        return counted and any(part.is_a("noun") for part in self.current)

    def _both_whole(self, rest: list[Token]) -> bool:
        """Tell two whole things: 福利院和大新镇敬老院, but not 178个基础设施和社会事业项目."""
        if not self.current or self.current[0].is_a("quantity"):
            return False
        right = _first_item(rest)
        ends = (self.current[-1], *right[-1:])
        if not (right and all(t.is_a("noun") and len(t.text) > 1 for t in ends)):
            return False
        return len(right) > 1 or not any(t.is_a("raw", "quoted") for t in self.current)

    def is_empty(self) -> bool:
        return not self.current and not (self.items and self.tail is not None)

    def open_tail(self, token: Token) -> None:
        self._finish_item()
        self.tail = [] if token.is_a("etc") else [token]

    def is_summed_up(self, token: Token, rest: list[Token]) -> bool:
        return self.tail is None and _sums_up(token, self.current, rest)

    def close_item(self) -> Phrase | None:
        """End the item; a list that has been summed up ends with it."""
        if self.tail is not None and self.items:
            return self.close()
        self._finish_item(self.current)  # 大与、桥头: here the sign belongs to the name
        return None

    def close(self) -> Phrase | None:
        self._finish_item()
        items, tail = tuple(self.items), _without_dangling(self.tail or [])
        self.items, self.tail = [], None
        return Phrase(items, Item(tuple(tail)) if tail else None) if items else None

    def _finish_item(self, tokens: list[Token] | None = None) -> None:
        tokens = _without_dangling(self.current) if tokens is None else tokens
        if tokens:
            self.items.append(Item(tuple(tokens)))
        self.current = []


def _without_dangling(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[-1].is_a("conjunction"):
        tokens = tokens[:-1]
    return tokens


def _first_item(rest: list[Token]) -> list[Token]:
    first: list[Token] = []
    for token in rest:
        # 和 after a single sign is half a name again: 新和村
        if token.is_a("separator", "etc") or (
            token.is_a("conjunction") and len(letters(first)) > 1
        ):
            break
        first.append(token)
    return first


def _stands_alone(rest: list[Token]) -> bool:
    """Tell whether what follows 和 is a thing of its own, not the second half of a name."""
    first = _first_item(rest)
    if first and first[0].text in {"相关", "有关", "其"}:
        return True  # 航站楼、跑道及相关配套设施
    if any(token.is_a("raw", "quoted", "quantity") for token in first):
        half = letters(first) == "段" or (first[-1].text in {"路口", "交叉口"} and len(first) > 1)
        return not half
    # 隧道及连接线 and 清和公园 stay whole; 和居家养老服务中心 does not
    return bool(first) and first[0].is_a("noun") and len(first[0].text) >= _LONG_NOUN


def _sums_up(token: Token, current: list[Token], rest: list[Token]) -> bool:
    """Tell a number that sums up a list without 等: 雁荡、芙蓉2个样板镇, A和B三大平台."""
    if token.is_a("total") and current and rest:
        return any(part.is_a("noun") for part in current)
    if not (token.is_a("quantity") and token.quantity and current and rest):
        return False
    named = dissect(Item(tuple(current)))
    counts = measured(token.quantity.unit) == "thing"
    whole = named.noun is not None and not any(t.is_a("raw", "quoted") for t in current)
    return counts and named.proper and not whole and rest[0].is_a("modifier", "noun")
