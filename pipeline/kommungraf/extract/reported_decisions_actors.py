"""Who is said to have decided: the subject of the verb, or who acts in the passive ("antogs av styrelsen")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kommungraf.extract.reported_decisions_dates import Told
from kommungraf.extract.reported_decisions_verbs import BREAK, Telling, rules
from kommungraf.model.facts import Entity, GoverningBody
from kommungraf.model.parts import Part
from kommungraf.model.source import Span

_SUBJECT_BREAK = re.compile(
    r"[.;:]|\b(?:som|att|men|eller|och|samt|vilket|vilka|när|då|eftersom|där|är|var|ska|kan|fick|blev|gör|gjorde|genom)\b|\w{3,}ades?\b"
)
_NOT_SUBJECT = re.compile(
    r"(?i)\b(?:av|i|till|från|för|med|hos|om|på|mot|åt|enligt|efter|mellan|inom|genom)\s+(?:[\w-]+s\s+)?$"
)
_AGENT = re.compile(r"(?i)\b(?:av|från|hos)\s+(?:[\w-]+s\s+)?$")
_IN = re.compile(r"(?i)\b(?:i|vid|på)\s+(?:[\w-]+s\s+)?$")
_AT = re.compile(r"(?i)\bvid\s+(?:[\w-]+s\s+)?$")
_SITS = re.compile(r"(?i)\s+(?:sammanträde|möte)\b")
_HAS = re.compile(r"(?i)\s*(?:har|hade)\b")
_SHORT = re.compile(r"(?i)^\s*(?:(?:även|också|sedan|därefter|dock|därför|dessutom|enhälligt)\s+)?(?:[\w-]+s\s+)?$")
_LOOSE = re.compile(r"(?i)\s+(?:har|hade|i|vid|den|\d)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what was found in it; offsets of ``deciders`` count from its start."""

    span: Span
    text: str
    item: Part | None
    dates: list[Told]
    deciders: list[tuple[int, int, Entity]]


def subject(sentence: Sentence, telling: Telling) -> Entity | None:
    """The body or organisation that acts: before the verb in the same clause, else right after it ("i juni beslutade
    styrelsen"). After a subject the verb's neighbour is its object ("stämman beviljade styrelsen ansvarsfrihet")."""
    text, verb = sentence.text, telling.start + len(sentence.text[telling.start :].split(maxsplit=1)[0])
    for start, end, node in reversed(sentence.deciders):
        if end > telling.start:
            continue
        gap = _without_dates(sentence, end, telling.start)
        limit = 150 if (has := _HAS.match(gap)) else 70
        if len(gap) > limit or _SUBJECT_BREAK.search(gap, has.end() if has else 0):
            continue
        genitive = text[start:end].endswith("s") and not node.name.endswith("s") and gap[:1] == " "
        if not genitive and not _NOT_SUBJECT.search(text, 0, start):
            return node
    if _organ_before(text, telling):
        return None
    for start, _, node in sentence.deciders:
        if verb <= start <= verb + 60 and _SHORT.match(_without_dates(sentence, verb, start)):
            return _fuller(sentence, start, node)
    return None


def agent(sentence: Sentence, telling: Telling) -> Entity | None:
    """Who is said to have done what the passive tells: "antogs av styrelsen", "beslut i kommunfullmäktige",
    "remitterades vid kommunfullmäktiges sammanträde", and the genitive before the noun: "styrelsens beslut"."""
    text, elects = sentence.text, telling.code in ("elect", "appoint")
    for start, end, node in sentence.deciders:
        if telling.end <= start <= telling.end + 90 and not BREAK.search(text, telling.end, start):
            place = _AT if elects else _IN  # one is elected "i styrelsen", but "vid mötet"
            inside = isinstance(node, GoverningBody) and place.search(text, telling.end, start)
            if inside or _AGENT.search(text, telling.end, start):
                return _fuller(sentence, start, node)
        if telling.noun and 0 <= telling.start - end <= 1:
            return node
        if not telling.noun and 0 <= telling.start - end <= 1 and _AGENT.search(text, 0, start):
            return node
    sittings = [
        node for _, end, node in sentence.deciders if isinstance(node, GoverningBody) and _SITS.match(text, end)
    ]
    return sittings[0] if len(sittings) == 1 and not telling.noun else None


def organ_acts(text: str, telling: Telling) -> bool:
    """Is the subject of the verb a word for a decider without a name: "projektets styrgrupp beslutade"?"""
    organ = rules().organ
    if organ.search(text, telling.start, telling.end) or organ.match(text[telling.end : telling.end + 60].lstrip()):
        return True
    return _organ_before(text, telling)


def _organ_before(text: str, telling: Telling) -> bool:
    before = text[max(0, telling.start - 60) : telling.start]
    return any(
        not _SUBJECT_BREAK.search(before[match.end() :]) and not _NOT_SUBJECT.search(before, 0, match.start())
        for match in rules().organ.finditer(before)
        if not before[match.end() :].strip() or _LOOSE.match(before, match.end())
    )


def _fuller(sentence: Sentence, start: int, node: Entity) -> Entity:
    """ "beslutade Exempelförbundets styrelse": the body, not the organisation that it is of."""
    end = next(end for begin, end, one in sentence.deciders if begin == start and one is node)
    for begin, _, other in sentence.deciders:
        if isinstance(other, GoverningBody) and 0 <= begin - end <= 2 and not isinstance(node, GoverningBody):
            return other
    return node


def _without_dates(sentence: Sentence, start: int, end: int) -> str:
    gap = sentence.text[start:end]
    for date in reversed(sentence.dates):
        if start <= date.start and date.end <= end:
            gap = gap[: date.start - start] + gap[date.end - start :]
    return re.sub(r"\(?§[\s\d]+\)?|\b(?:den|i|vid)\s+(?=,|$|\s)", " ", gap)
