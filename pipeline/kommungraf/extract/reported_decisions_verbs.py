"""The words by which a sentence tells of a decision: "beslutade", "fattade beslut", "antogs", "har beviljat".

Only past forms count. A decision to come ("kommer att besluta", "inför beslut i maj"), one denied ("har inte
beslutat"), and participles before a noun ("beviljade medel", "enligt fattade beslut") tell of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kommungraf.dates import MONTHS
from kommungraf.extract.outcomes import past_forms
from kommungraf.wordlists import toml


class Telling(NamedTuple):
    """Words that tell of a decision. ``code`` is the outcome of the verb, empty where it stands in what follows
    ("beslutade att …"); ``passive``: nobody acts ("beslutades"); ``noun``: "ett beslut i december"."""

    start: int
    end: int
    code: str
    passive: bool = False
    weak: bool = False
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The tables of ``data/reported_decisions.toml``."""

    past: dict[str, str]
    weak: frozenset[str]
    undated: frozenset[str]
    passive: frozenset[str]
    alone: frozenset[str]
    organ: re.Pattern[str]
    abbreviations: dict[str, str]


@cache
def rules() -> Rules:
    """The rules, read once."""
    data = toml("extract", "reported_decisions.toml")
    past = past_forms()
    for code, words in data["past"].items():
        past |= dict.fromkeys(words.split(), code)
    told = data["rules"]
    past = {word: code for word, code in past.items() if code not in ("note", "permit", "recommend", "delegate")}
    return Rules(
        past,
        frozenset(told["weak_words"].split()),
        frozenset(told["undated"].split()),
        frozenset(told["passive"].split()),
        frozenset(told["alone"].split()),
        re.compile(rf"(?i)\b(?:{'|'.join(told['organs'])})"),
        data["abbreviations"],
    )


BREAK = re.compile(r"[.;:]\s|\b(?:att|som|men|då|när|eftersom|medan)\b")
"""Where the clause of a verb ends."""
_WORD = re.compile(r"[^\W\d_]+")
_ACTIVE = re.compile(r"(?i)\b(?:beslutade|beslutat|beslöt)\b(?! sig\b)")
# Not "tog fram underlag inför beslut", "tog del av styrelsens beslut".
_GAP = r"(?:(?!\b(?:fram|del|upp|emot|hänsyn|för|inför|till|av|om|med|efter|i linje)\b)[^.;:])"
_TAKES = re.compile(rf"(?i)\b(?:fattade|fattat|tog|tagit)\b{_GAP}{{0,70}}?\b\w*beslut\b")
_PASSIVE = re.compile(
    rf"""(?ix)\b(?:beslutades|beslutats|beslöts)\b
    | \b\w*beslut\s(?:har\s|hade\s)?(?:(?:redan|sedan|därefter|även|också|dock)\s)?
      (?:fattades|fattats|togs|tagits)\b
    | \bbeslut\som\s[^.;:,]{{2,70}}?\s(?:har\s)?(?:fattades|fattats|togs|tagits)\b
    | \b(?:fattades|fattats|togs|tagits)\b{_GAP}{{0,40}}?\b\w*beslut\b"""
)
_NOUN = re.compile(r"(?i)\b(?:ett(?: \w+)?|(?:enligt|genom)) (?:\w+)?beslut\b|(?<=s )beslut\b")
# On a cover or under a title: "Antagen av styrelsen den 7 december 2023, § 4".
_ADOPTED = re.compile(
    r"(?i)\b(?P<verb>antag(?:en|et|na)|fastställ(?:d|t|da)|godkän(?:d|t|da)|beslutad(?:e|es)?|reviderad)"
    r"(?=\s(?:(?:av|i)\s[^.;:]{2,90}\d|(?:den\s)?\d))"
)
_ADOPTS = {"a": "adopt", "f": "adopt", "g": "approve", "b": "adopt", "r": "amend"}
_GIVES = re.compile(r"(?i)\b(?:gav|lämnade)\b(?=[^.;:]{3,80}\bi uppdrag\b)")
# What stands before a participle that belongs to a noun, or before a verb that tells of no fact.
_ATTRIBUTE = re.compile(
    r"(?i)\b(?:i|med|enligt|av|om|på|till|från|för|alla|de|dessa|redan|tidigare|nyligen|genom|vid|utifrån|efter|utan)\s+$"
)
_UNREAL = re.compile(
    r"""(?ix)\b(?:inte|ej|icke|aldrig|ännu|skulle|ska|skall|kan|kunde|bör|borde|vill|kommer|förutsatt|såvida|väntas|beräknas
    |förväntas|planeras|avser|innan|inför)\b(?:\s+\w+){0,3}\s+$ | (?:^|,\s)om\s(?:\w+\s){0,3}$"""
)
_DENIED = re.compile(r"(?i)\s+(?:inte|ej|icke|aldrig)\b")
_NO_ELECTION = re.compile(r"(?i)\s+(?:att|bort|ut att|mellan)\b")
# Statistics: "under året beviljades 45 bygglov", "300 ansökningar avslogs".
_NO_COUNT = "kr|kronor|tkr|mkr|mnkr|miljon|miljoner|mdkr|procent|sek|" + "|".join(MONTHS)
_COUNTED = rf"(?!(?:{_NO_COUNT})\b)[a-zåäö]{{3,}}"
_COUNT_AFTER = re.compile(rf"(?i)\s+(?:\w+\s)?\d{{1,3}}(?:\s\d{{3}})*\s+{_COUNTED}")
_COUNT_BEFORE = re.compile(rf"(?i)(?:^|\s)\d{{1,3}}(?:\s\d{{3}})*\s+{_COUNTED}(?:\s+{_COUNTED})?\s+$")
_ADMISSION = re.compile(r"(?i)[^.;:]{0,30}\btill\s(?:\w+\s)?\w*(?:utbildning|kurs|program)")
_HAVE = re.compile(r"(?i)\b(?:har|hade|det|ha|som)\b")


def says_adopted(line: str) -> bool:
    """Does a line of a cover say when the document was adopted?"""
    return _ADOPTED.match(line) is not None


def tellings(sentence: str) -> list[Telling]:
    """The tellings of a sentence in order; where it says "beslutade", that goes before the verbs of the same clause."""
    found = [
        telling
        for telling in _all(sentence)
        if not _is_unreal(sentence, telling) and not _is_counted(sentence, telling)
    ]
    found.sort(key=lambda one: (one.code != "" or one.noun, one.start))
    kept: list[Telling] = []
    for telling in found:
        if all(telling.end <= one.start or telling.start >= one.end for one in kept):
            kept.append(telling)
    return kept


def _all(sentence: str) -> Iterator[Telling]:
    for match in _PASSIVE.finditer(sentence):
        passed = match.group().split()
        if not (
            passed[-1].lower().endswith("beslut") and any(word.isdigit() for word in passed)
        ):  # "fattades 300 beslut"
            yield Telling(match.start(), match.end(), "", passive=True)
    for match in _ACTIVE.finditer(sentence):
        supine = match.group().lower() == "beslutat"
        if not supine or _HAVE.search(sentence, max(0, match.start() - 140), match.start()):
            yield Telling(match.start(), match.end(), "")
    for match in _TAKES.finditer(sentence):
        yield Telling(match.start(), match.end(), "")
    for match in _NOUN.finditer(sentence):
        yield Telling(match.start(), match.end(), "", noun=True)
    for match in _GIVES.finditer(sentence):
        yield Telling(match.start(), match.end(), "assign", weak=True)
    for match in _ADOPTED.finditer(sentence):
        yield Telling(match.start(), match.end("verb"), _ADOPTS[match["verb"][0].lower()], passive=True)
    for match in _WORD.finditer(sentence):
        word = match.group().lower()
        code = rules().past.get(word)
        if code is None or (word in ("valt", "valde") and _NO_ELECTION.match(sentence, match.end())):
            continue
        if code == "adopt" and _ADMISSION.match(sentence, match.end()):
            continue
        yield Telling(match.start(), match.end(), code, word.endswith("s"), word in rules().weak)


def _is_counted(sentence: str, telling: Telling) -> bool:
    """Does the sentence tell how many there were rather than what was decided?"""
    start = max(0, telling.start - 60)
    if telling.code and _COUNT_AFTER.match(sentence, telling.end):
        return True
    return telling.passive and bool(_COUNT_BEFORE.search(sentence[start : telling.start]))


def _is_unreal(sentence: str, telling: Telling) -> bool:
    before = sentence[max(0, telling.start - 60) : telling.start]
    if telling.noun:
        return bool(re.search(r"(?i)\b(?:inför|förslag till|innan|före|om|kan|bör|ska)\s+$", before))
    if _UNREAL.search(before) or _DENIED.match(sentence, telling.end):
        return True
    return not telling.passive and bool(_ATTRIBUTE.search(before))
