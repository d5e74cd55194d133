"""What a decision sentence decides: the concept of ``kg:outcomes`` by the verb that it prints first.

The words are in ``data/outcomes.toml``. Verbs in a relative or purpose clause ("som antogs", "för att ändra") and
nouns count only where the sentence has no better verb; a negated verb of consent ("beviljas inte") is a rejection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from kommungraf.wordlists import toml

MAIN, PAST, NOUN, SUBORDINATE = range(4)


class Outcome(NamedTuple):
    """``code`` of the concept; ``start``/``end`` of the telling words; ``level`` says how sure: MAIN is best."""

    code: str
    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: dict[str, tuple[str, int]]
    phrases: tuple[tuple[re.Pattern[str], str], ...]


_GAP = r"[^.;:]{0,220}?"
_WORD = re.compile(r"[^\W\d_]+")
_CONSENT = {"adopt", "approve", "grant", "permit", "elect", "appoint", "discharge", "dismiss"}
_NOT_BEFORE = re.compile(r"(?i)\b(?:inte|ej|icke)\s+(?:\w+\s+)?$")
_NOT_AFTER = re.compile(r"(?i)\s+(?:inte|ej|icke)\b")
# Clauses that tell about the object of the decision, not what is decided.
_SUBORDINATE = re.compile(
    r"(?i)\b(?:(?:som|vilket|vilka|vilken|där|när|då|eftersom)\s+(?:[\wåäö]+\s+){0,2}"
    r"|(?:för|genom|utan|möjlighet\w*|syfte|rätt\w*|förslag(?:et)?|avsikt\w*)\s+att\s+(?:\w+\s+)?)$"
)
# "som ordförande utses" and "som ersättare väljs" name the post: the clause is the main one.
_POST = re.compile(
    r"(?i)\bsom\s+(?:ny\w*\s+)?(?:ordförande|vice|ledamot|ersättare|justerare|sekreterare|ombud|revisor)"
)
# "Kommunstyrelsen ska …" gives a body or an office a task; "Avgiften ska …" does not.
_SHALL = re.compile(
    r"(?i)^\W*(?:\d{1,2}[.)]\s*)?(?:att\s+)?(?P<who>[^.,;:]{0,80}?(?:styrelsen?|nämnden|nämnderna|utskottet|beredningen|förvaltningen|kontoret|avdelningen|"
    r"enheten|kansliet|chefen|direktören|ordföranden?|presidiet|bolaget|förbundet|rådet|kommunen|regionen|gruppen))\s+(?:ska|skall)\b"
)


@cache
def _lexicon() -> _Lexicon:
    data = toml("extract", "outcomes.toml")
    words: dict[str, tuple[str, int]] = {}
    phrases = []
    for code, entry in data.items():
        for key, level in (("nouns", NOUN), ("past", PAST), ("verbs", MAIN)):
            words |= dict.fromkeys(entry.get(key, "").split(), (code, level))
        for pattern in entry.get("patterns", ()):
            phrases.append((re.compile(rf"(?i)\b{pattern.replace('~', _GAP)}"), code))
    return _Lexicon(words, tuple(phrases))


def past_forms() -> dict[str, str]:
    """The past forms of verbs that decide ("antog", "beviljades"), each with the code of what it decides."""
    return {word: code for word, (code, level) in _lexicon().words.items() if level == PAST}


@lru_cache(maxsize=20_000)
def outcome_of(sentence: str) -> Outcome | None:
    """What the sentence decides, or ``None`` when it holds no word that says so."""
    found = [*_phrases(sentence), *_words(sentence)]
    if (shall := _SHALL.match(sentence)) is not None:
        found.append(Outcome("assign", shall.start("who"), shall.end(), MAIN))
    if not found:
        return None
    # the best kind of word, then the first printed; at one place the longer phrase ("beviljar … ansvarsfrihet")
    return min(found, key=lambda one: (one.level, one.code == "other", one.start, -one.end))


def _phrases(sentence: str) -> list[Outcome]:
    found = []
    for pattern, code in _lexicon().phrases:
        if (match := pattern.search(sentence)) is not None:
            level = SUBORDINATE if _is_subordinate(sentence, match.start()) else MAIN
            if code in _CONSENT and _NOT_BEFORE.search(sentence, 0, match.start()):
                code = "reject"  # "att inte ge tillstånd"
            found.append(Outcome(code, match.start(), match.end(), level))
    return found


def _words(sentence: str) -> list[Outcome]:
    words, found = _lexicon().words, []
    for match in _WORD.finditer(sentence):
        entry = words.get(match.group().lower())
        if entry is None:
            continue
        code, level = entry
        if level != NOUN and _is_subordinate(sentence, match.start()):
            level = SUBORDINATE
        if code in _CONSENT and _is_negated(sentence, match):
            code = "reject"
        found.append(Outcome(code, match.start(), match.end(), level))
    return found


def _is_negated(sentence: str, match: re.Match[str]) -> bool:
    return bool(_NOT_BEFORE.search(sentence, 0, match.start()) or _NOT_AFTER.match(sentence, match.end()))


def _is_subordinate(sentence: str, position: int) -> bool:
    before = sentence[max(0, position - 60) : position]
    found = _SUBORDINATE.search(before)
    if found is None or _POST.match(before, found.start()):
        return False
    fronted = position <= len(before) and not before[: found.start()].strip(" 0123456789.)")
    return not (fronted and found[0].lower().startswith("som "))  # "Som kontrollansvarig godtas …" is no clause
