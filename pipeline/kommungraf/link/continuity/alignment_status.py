"""How it went: the status of an activity, read off what a report says of it (words: ``data/alignment.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kommungraf.link.continuity.alignment_words import rules, sentences_of, stem, stems

_FINITE = r"(?:fick|har|hade|blev|blir|ställdes|hölls|kunde|är|var|genomfördes)\b"
# A second main clause has a subject of its own: "och mötet fick ställas in", not "och fick ställas in".
_HALVES = re.compile(rf",?\s+(?:och|men|medan)\s+(?!{_FINITE})(?=[^,]*\b{_FINITE})")
_STATED = re.compile(r"(?i)(?:(?:ej|inte|icke|delvis|helt) )?\w+\.")
_CLAUSE = re.compile(r",\s+|;\s*|\b(?:men|medan)\b")
_SEASON = re.compile(r"(?i)(?:vår|höst|sommar|vinter)(?:ens|ns)|första|andra")
_NUMBER_WORDS = "noll en två tre fyra fem sex sju åtta nio tio elva tolv".split()
_NUMBER = rf"(\d{{1,4}}|{'|'.join(_NUMBER_WORDS[1:])})"
_COUNTED = re.compile(rf"(?<![\w.,])(?={_NUMBER}\s+((?:[^\W\d_]+\s?){{1,3}}))")
_OF = re.compile(rf"(?<![\w.,]){_NUMBER} av (?:de )?{_NUMBER}\b")
_YEAR = range(1900, 2100)
_MOSTLY = 5
"""What is told as done first, and this many times as often as not, is done."""
_AGAINST = ("cancelled", "postponed", "notDone")
_OTHERWISE = ("partly", "decided", "ongoing", "done", "somewhat")


@dataclass(frozen=True, slots=True)
class Told:
    """A status with the sentence that says so; without words of its own, what is told of is done."""

    status: str
    sentence: str


@dataclass(frozen=True, slots=True)
class _Sign:
    status: str
    sentence: str
    whole: bool


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(_any_of(some)) for name, some in rules()["status"].items()}


def _any_of(patterns: list[str]) -> str:
    """One pattern for several; most begin with a word, and where none begins they need not be tried one by one."""
    words = "|".join(f"(?:{one[2:]})" for one in patterns if one.startswith(r"\b"))
    others = [f"(?:{one})" for one in patterns if not one.startswith(r"\b")]
    return "|".join([rf"\b(?:{words})", *others] if words else others)


def status_of(planned: str, results: Iterable[str], otherwise: str = "done") -> Told:
    """What became of a planned activity by the texts of its results, in their order; ``otherwise`` is what holds where
    no word says how it went."""
    results = list(results)
    if (stated := _stated(results)) is not None:
        return stated
    if (short := _too_few(planned, results)) is not None:
        return Told("partly", short)
    signs = [sign for text in results for sign in _signs(text)]
    against = [sign for sign in signs if sign.status in _AGAINST]
    for_it = [sign for sign in signs if sign.status in ("done", "ongoing")]
    if against and any(sign.status == "partly" for sign in signs):
        return Told("partly", against[0].sentence)
    if against:
        alike = _told_otherwise(against[0].sentence, results)
        return Told("partly", against[0].sentence) if alike else _against(against, for_it, signs)
    part = next((sign for sign in signs if sign.status == "partly"), None)
    if part is not None and signs[0].status != "ongoing":
        return Told("partly", part.sentence)
    somewhat = next((sign for sign in signs if sign.status == "somewhat"), None)
    if somewhat is not None and not for_it:
        return Told("partly", somewhat.sentence)
    if for_it:
        return Told(for_it[0].status, for_it[0].sentence)
    first = sentences_of(next(iter(results), ""))[0]
    ahead = next((one for text in results for one in sentences_of(text) if _patterns()["ahead"].search(one)), None)
    if ahead is not None and not any(_patterns()["past"].search(text) for text in results):
        return Told("postponed", ahead)
    return Told(otherwise, first)


def _stated(results: list[str]) -> Told | None:
    """The status that a form states in a word or two before the comment: "Pågår. Två kommuner är kvar."."""
    first = sentences_of(results[0])[0] if len(results) == 1 else ""
    if not _STATED.fullmatch(first.strip()):
        return None
    sign = next(iter(_signs(first)), None)
    if sign is None:
        return None
    return Told("partly" if sign.status == "somewhat" else sign.status, sign.sentence)


def halves_of(sentence: str) -> list[str]:
    """The main clauses of a sentence: "dagen flyttades och mötet fick ställas in" tells of two things."""
    return _HALVES.split(sentence)


def says_how_it_went(text: str) -> bool:
    """Whether a text has a word of status."""
    return bool(_signs(text))


def _told_otherwise(against: str, results: list[str]) -> bool:
    """Whether another sentence tells of the same thing without a no: a count in May was made, one in November not;
    spring's meeting was cancelled, autumn's was held."""
    first = against.partition(" ")[0]
    season, subject = bool(_SEASON.fullmatch(first)), stems(first)
    others = (sentence for text in results for sentence in sentences_of(text))
    begun = ((one, one.partition(" ")[0]) for one in others if one.strip() != against)
    return any(
        not {sign.status for sign in _signs(one)} & {*_AGAINST}
        for one, word in begun
        if (season and _SEASON.fullmatch(word)) or (subject and stems(word) == subject)
    )


def _against(against: list[_Sign], for_it: list[_Sign], signs: list[_Sign]) -> Told:
    """Some of it did not come about: none of it where nothing speaks for it, or where the last word is on the whole."""
    last = next((sign for sign in reversed(against) if sign.status == "postponed"), against[0])
    if signs[0].status == "done" and len(against) * _MOSTLY <= len(for_it):
        return Told("done", signs[0].sentence)
    if not for_it or (signs[-1] in against and signs[-1].whole and len(for_it) < 2):
        return Told(last.status, last.sentence)
    return Told("partly", against[0].sentence)


def _signs(text: str) -> list[_Sign]:
    return [sign for sentence in sentences_of(text) for sign in _signs_of(sentence)]


@lru_cache(maxsize=20_000)
def _signs_of(sentence: str) -> tuple[_Sign, ...]:
    found = _patterns()
    folded = sentence.casefold()
    if found["instead"].search(folded) and not found["postponed"].search(folded):
        return ()
    cleaned = found["affirmed"].sub("", folded)
    whole = bool(found["whole"].search(cleaned))
    return tuple(_Sign(status, sentence.strip(), whole) for status in _of_clauses(cleaned, found))


def _of_clauses(sentence: str, found: dict[str, re.Pattern[str]]) -> list[str]:
    """The statuses of a sentence: of its clauses in order, the reasons that a main clause gives left out."""
    main = re.split(r",?\s+(?:eftersom|då|på grund av|till följd av)\b", sentence, maxsplit=1)
    told = main[0] if len(main[0]) > 12 else sentence
    statuses: list[str] = []
    for clause in _CLAUSE.split(told):
        against = ((match.start(), name) for name in _AGAINST if (match := found[name].search(clause)))
        status = min(against, default=(0, ""))[1]  # what is said first is said of what the clause begins with
        if status == "notDone" and found["postponed"].search(sentence):
            status = "postponed"  # "kunde inte genomföras på grund av sjukdom och flyttas till hösten"
        status = status or next((name for name in _OTHERWISE if found[name].search(clause)), "")
        status = "done" if status == "decided" else status
        if status and status not in statuses:
            statuses.append(status)
    return statuses


def _too_few(planned: str, results: list[str]) -> str | None:
    """The sentence that counts fewer of a thing than were planned: 43 volunteers of 60, seven of twelve recipes."""
    aims = (sentence for text in results for sentence in sentences_of(text) if _patterns()["aim"].search(sentence))
    wanted = [*_counts(planned), *(count for sentence in aims for count in _counts(sentence))]
    if not wanted:
        return None
    numbers = {number for number, _ in wanted}
    for text in results:
        for sentence in sentences_of(text):
            for some, of in _OF.findall(sentence.casefold()):
                if _number(some) < _number(of) and _number(of) in numbers:
                    return sentence.strip()
            for number, things in _counts(sentence):
                for goal, same in wanted:
                    if things & same and number < goal:
                        return sentence.strip()
    return None


def _counts(text: str) -> list[tuple[int, frozenset[str]]]:
    """The numbers of a text with the stems of the words that they count."""
    found = []
    for number, words in _COUNTED.findall(text.casefold()):
        if _number(number) not in _YEAR and (counted := frozenset(stems(words)[:2]) - {stem("år"), stem("procent")}):
            found.append((_number(number), counted))
    return found


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBER_WORDS.index(text)
