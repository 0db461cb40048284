"""Clauses: which verb governs which list."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from plans.labels import as_label, is_component, names_group, of_phase
from plans.lexicon import Verb, lexicon, measured, word_set
from plans.parts import Part, parts_of
from plans.phrases import Item, Phrase
from plans.spread import done_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plans.tokens import Token

_AROUND = 60  # words around a list that may qualify it: no sentence needs more
# what follows these are the things just spoken of
_NAMELY = frozenset(["分别是", "分别为", "包括", "分别"])
_ENCOURAGING = ("鼓励", "引导", "鼓励和引导", "争取", "积极争取")
_KIND = 3  # signs of the name of a kind
_DOING, _GRADED = "进行", "达到"


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


def frames(tokens: list[Token]) -> list[Frame]:
    """Return the lists of a sentence, each with its verbs."""
    found: list[Frame] = []
    carried: Verb | None = None
    last, named = 0, False  # the clause before: where its frames begin, whether it is but a name
    label: int | None = None  # where the label of the sentence stands
    for clause, end in _clauses(tokens):
        if clause and clause[0].text in _NAMELY and found:
            carried = found[-1].after or carried
        made, carried = _clause_frames(clause, carried)
        told = _told_of_part(clause) if made and named else None
        if told := told or (None if made else _told_alone(clause)):
            found[last:] = [_closed(frame, told) for frame in found[last:]]
        if label is not None:
            found[label] = _told_by_steps(found[label], clause, made)
            made = [frame for frame in made if not is_component(frame)]
        if made:
            last, named = len(found), _only_names(clause, made)
            if head := as_label(made[0], whole=named, end=end):
                label, made = last, [head]
            elif named and names_group(made[0], end=end):
                made = []
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
    words = [t for t in clause if not t.is_a("adverb", "date", "year", "ensure", "strive")]
    verb = lexicon().verbs.get(words[0].text) if len(words) == 1 else None
    return verb if verb and verb.position != "before" else None


def _told_by_steps(label: Frame, clause: list[Token], made: list[Frame]) -> Frame:
    """Let the steps behind a label tell what becomes of it; what is said of it alone says more."""
    if told := _told_alone(clause) or _told_of_label(made):
        return replace(label, after=told)
    steps = any(frame.before or frame.after for frame in made if not of_phase(frame))
    return _closed(label, lexicon().verbs["施工"]) if steps else label


def _told_of_label(made: list[Frame]) -> Verb | None:
    """Return the verb of a clause that speaks of the label again: 该项目预计3月开工建设."""
    again = len(made) == 1 and made[0].phrase.items[-1].text in word_set("again")
    return made[0].after if again else None


def _closed(frame: Frame, told: Verb) -> Frame:
    return frame if frame.before or frame.after else replace(frame, after=told)


def _clauses(tokens: list[Token]) -> Iterator[tuple[list[Token], str]]:
    """Return the clauses, each with the sign that ends it."""
    clause: list[Token] = []
    for token in tokens:
        if "punctuation" in token.classes:
            yield clause, token.text
            clause = []
        elif "bracket" not in token.classes:
            clause.append(token)
    yield clause, ""


def _clause_frames(clause: list[Token], carried: Verb | None) -> tuple[list[Frame], Verb | None]:
    parts = list(parts_of(clause))
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
        elif part.phrase and not (
            aims or _acts(parts, position) or _becomes(parts, position, before)
        ):
            after = None if opens_with_means(clause) else _following(parts, position)
            phrase = _filled_out(made[-1].phrase, part.phrase) if made else part.phrase
            made.append(Frame(phrase, _weighed(chain, run) or before, after, whole))
    if parts and parts[-1].verb and made and made[-1].after is parts[-1].verb:
        return made, None  # a verb that closes a list says nothing of the next clause
    return made, own[-1] if own else carried


def _filled_out(before: Phrase, phrase: Phrase) -> Phrase:
    """Give what follows a verb what stands before it: the places, or the kind that it counts."""
    return _counted_behind(before, phrase) or done_at(before, phrase)


def _counted_behind(before: Phrase, phrase: Phrase) -> Phrase | None:
    """Read a bare number behind a kind of thing and a verb: 四好农村路新增900公里."""
    (first, *more), number = phrase.items, phrase.items[0].tokens[0].quantity
    if more or phrase.tail or before.tail or len(before.items) > 1 or len(first.tokens) > 1:
        return None
    kind = before.items[0].tokens
    named = any(token.is_a("raw", "quoted", "quantity", "phase") for token in kind)
    counted = number and measured(number.unit) in {"thing", "length", "area"}
    if named or not counted or not kind[-1].is_a("noun") or len(before.items[0].text) < _KIND:
        return None
    return Phrase((Item((*kind, *first.tokens)),))


def _acts(parts: list[Part], position: int) -> bool:
    behind = parts[position + 1 : position + 2]
    return bool(behind) and behind[0].verb is not None and behind[0].verb.position == "actor"


def _has_aim(clause: list[Token]) -> bool:
    """Tell a clause that names what something shall become: 以…为创建目标."""
    ends = any(token.is_a("stop") and token.text.endswith("目标") for token in clause)
    return ends and opens_with_means(clause)


def _becomes(parts: list[Part], position: int, before: Verb | None) -> bool:
    """Tell what something shall become: 打造成…大走廊, 某景区创建为国家级景区."""
    if before is None or before.position == "becomes":
        return before is not None
    subject = parts[position - 2].phrase if position > 1 else None
    return (
        subject is not None
        and before.word in word_set("won")
        and parts[position - 1].verb is before
    )


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


def _following(parts: list[Part], position: int) -> Verb | None:
    """Return the verb that closes the list: right behind it and with no list of its own.

    Of several the last says most: 某某建设加快推进.
    """
    verbs = [part.verb for part in takewhile(lambda part: part.verb, parts[position + 1 :])]
    run = [verb for verb in verbs if verb]
    behind = parts[position + 1 + len(run) :][:1]
    if run and behind and behind[0].phrase:
        if run[-1].word == _DOING and (done := _done(behind[0].phrase)):
            return done
        if position == 0 and len(run) == 1 and _is_step(run[0], behind[0].phrase):
            if behind[0].phrase.items[-1].text.endswith(word_set("preparatory")):
                return lexicon().verbs["完成可研"]  # 某某路正在进行方案设计
            return lexicon().verbs["施工"] if run[0].word in word_set("part_done") else run[0]
        told = run[-1].word == _GRADED or run[-1].word in word_set("won")
        if _governs(run[-1], behind[0].phrase) and not told:
            run.pop()
    closing = [verb for verb in run if verb.position != "before" or verb.word == _GRADED]
    if len(closing) > 1 and closing[-1].word in word_set("last_steps"):
        closing.pop()  # 征地拆迁基本扫尾
    while len(closing) > 1 and _completes(closing):
        closing.pop()  # 某港区完成扩能改造
    if not run and behind and behind[0].phrase and _ends_built(behind[0].phrase):
        return lexicon().verbs["建设"]  # 甲等2个产业园和乙等4个小微园建设
    return closing[-1] if closing else None


def _is_step(verb: Verb, phrase: Phrase) -> bool:
    """Tell a step of the works on what stands before: 某某大桥浇筑桥墩, 某某项目正在安装设备."""
    staged = verb.report in {"completed", "under_construction"} and not verb.needs_works
    tokens = [token for item in phrase.items for token in item.tokens]
    things = any(token.is_a("noun", "works", "quoted") for token in tokens)
    return staged and not things and not phrase.tail


def _completes(run: list[Verb]) -> bool:
    return run[-1].word in lexicon().works and run[-2].report == "completed"


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
