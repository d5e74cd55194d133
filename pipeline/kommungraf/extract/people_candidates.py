"""Candidates: every stretch of a text that may be a person's name, with what speaks for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.extract.people_evidence import Evidence, is_party, look_around, party_after, unit_at
from kommungraf.extract.people_names import (
    PARTICLES,
    RUN,
    TOKEN,
    Kind,
    cut,
    is_genitive,
    kind_of,
    reversed_in_unit,
    spell,
    word_spans,
)

_ADDRESS = re.compile(r"(?<!\S)\S*@\S*|\b(?:https?:|www\.)\S*")
_LOWER_WORD = re.compile(r"(?<![\w@.-])[a-zåäöé]{3,}(?![\w@])")
# "Svensson, Nils Olof *" alone in its line, cell or item; the family name may have two words and a particle.
_LAST_FIRST = re.compile(
    r"(?:(?<![^\n\t;])|(?<=[;:] ))(?P<name>(?:(?:von|af|de|van) )?"
    rf"{TOKEN}(?: {TOKEN}){{0,2}},[ \u00a0]?{TOKEN}(?: {TOKEN}){{0,3}})"
    r"(?=[ \u00a0]*(?:$|[\n\t;*]|\([^)\n]{1,9}\)|,[ \u00a0]))"
)
# "Karin" / "Svensson (S)": a narrow column broke the name; the party is printed once, after all of it.
_BROKEN = re.compile(
    rf"(?<![^\n\t])(?P<name>(?P<above>{TOKEN}(?: {TOKEN}){{0,2}})\n(?P<below>{TOKEN}(?: {TOKEN})?))(?= ?\()"
)
# "projektledare för Hamnstaden Anna Berg": a place or thing in its definite form, before a name
_OF_A_THING = re.compile(r"\b(?:för|i|på|vid|inom|från) [A-ZÅÄÖ]\w+(?:en|et|an|na)$")
# "Anna kvist (V)": a family name that lost its capital; the party tells that it is one
_SMALL = re.compile(rf"(?<![\w@.-])(?P<name>(?P<first>{TOKEN}) (?P<last>[a-zåäöé][\wåäöé-]+))(?= ?\([A-ZÅÄÖ]{{1,3}}\))")
_SMALL_BEFORE_PARTY = re.compile(r" [a-zåäöé][\wåäöé-]+ ?\([A-ZÅÄÖ]{1,3}\)")
_NOT_GENITIVE = ("us", "is", "os", "as", "es", "ss")  # Sibelius, Alexis, Tomas: an s of the name's own


@dataclass(slots=True)
class Candidate:
    """A stretch that may be a name. Offsets count from the start of the logical document."""

    start: int
    end: int
    words: list[str]
    score: float
    evidence: Evidence
    last_words: int = 0  # how many words of a family name stand first, 0 in the usual order
    known: str = ""

    @property
    def total(self) -> float:
        """By itself and with its context."""
        return self.score + self.evidence.weight

    def name(self, known: set[str]) -> str:
        """The name in its plain form: first name first, no genitive, no capitals."""
        words = [word.rstrip(",") for word in self.words]
        words = words[self.last_words :] + words[: self.last_words]
        name = spell(" ".join(words))
        base = name[:-1]
        if not name.endswith("s") or name in known:
            return name
        if self.evidence.structured and not self.evidence.owns and base not in known:
            return name  # alone in its line nobody owns anything
        if base in known or is_genitive(words[-1]) or (self.evidence.owns and not name.endswith(_NOT_GENITIVE)):
            return base
        return name

    @property
    def plain(self) -> str:
        """The name, before others in the document are known."""
        return self.name(set())


def find_candidates(text: str) -> list[Candidate]:
    """Everything in a text that may be a name, with what speaks for it, in text order."""
    lowered = set(_LOWER_WORD.findall(_without_addresses(text)))
    found = sorted([*_last_first(text), *_broken(text), *_in_small(text)], key=lambda candidate: candidate.start)
    taken = [(candidate.start, candidate.end) for candidate in found]
    starts = [start for start, _ in taken]
    for run in RUN.finditer(text):
        index = bisect_right(starts, run.start()) - 1
        if index >= 0 and run.start() < taken[index][1]:
            continue
        if " " in run.group() or "\u00a0" in run.group():
            found.extend(_in_run(text, run, lowered))
    return sorted(found, key=lambda candidate: candidate.start)


def _without_addresses(text: str) -> str:
    """Addresses are names in small letters: they do not tell that a word is an ordinary one."""
    return _ADDRESS.sub(" ", text) if any(sign in text for sign in ("@", "http", "www.")) else text


def _last_first(text: str) -> Iterator[Candidate]:
    for match in _LAST_FIRST.finditer(text):
        start, end = match.span("name")
        last, first = text[start:end].split(",")
        kinds = [kind_of(word) for word in last.split()], [kind_of(word) for word in first.split()]
        if Kind.STOP in kinds[0] + kinds[1] or kinds[0][0] in (Kind.FIRST, Kind.INITIAL) or is_party(first.strip()):
            continue
        score = 1.0 if Kind.LAST in kinds[0] or Kind.BOTH in kinds[0] else 0.4
        score += {Kind.FIRST: 1.5, Kind.BOTH: 0.8, Kind.INITIAL: 0.5}.get(kinds[1][0], 0.1)
        words = text[start:end].replace(",", ", ").split()
        evidence = look_around(text, start, end, unit_at(text, start, end))
        yield Candidate(start, end, words, score, evidence, last_words=len(kinds[0]))


def _broken(text: str) -> Iterator[Candidate]:
    """Names that go over two lines of a narrow column."""
    for match in _BROKEN.finditer(text):
        above = [kind_of(word) for word in match["above"].split()]
        below = [kind_of(word) for word in match["below"].split()]
        only_first_names = all(kind is Kind.FIRST for kind in above) and not {Kind.FIRST, Kind.STOP} & set(below)
        whole = above[0] is Kind.FIRST and above[-1] is Kind.LAST and below == [Kind.LAST]
        if (only_first_names or whole) and party_after(text, match.end("name"))[1] >= 2.0:
            start, end = match.span("name")
            evidence = look_around(text, start, end, (start, max(end, text.find("\n", end))))
            yield Candidate(start, end, match["name"].split(), 1.6, evidence)


def _in_small(text: str) -> Iterator[Candidate]:
    if not _SMALL_BEFORE_PARTY.search(text):  # a quick look: hardly any document has one
        return
    for match in _SMALL.finditer(text):
        last = match["last"]
        if kind_of(match["first"]) is Kind.FIRST and kind_of(last[0].upper() + last[1:]) is Kind.LAST:
            start, end = match.span("name")
            evidence = look_around(text, start, end, unit_at(text, start, end))
            yield Candidate(start, end, [match["first"], last[0].upper() + last[1:]], 1.6, evidence)


def _in_run(text: str, run: re.Match[str], lowered: set[str]) -> Iterator[Candidate]:
    spans = word_spans(run.group(), run.start())
    words = [text[start:end] for start, end in spans]
    kinds = _kinds(text, words, spans, lowered)
    unit = unit_at(text, run.start(), run.end())
    if last_words := reversed_in_unit(kinds):
        evidence = look_around(text, run.start(), run.end(), unit)
        if evidence.structured:
            yield Candidate(run.start(), run.end(), words, 1.4, evidence, last_words)
            return
    names = cut(kinds)
    among = 0.5 if len(names) > 2 else 0.0  # a list of names that has lost its line breaks
    for name in names:
        part = words[name.first : name.last]
        start, end = spans[name.first][0], spans[name.last - 1][1]
        evidence = look_around(text, start, end, unit)
        if any(is_genitive(word) for word in part[:-1]) and not part[-1].isupper() and not evidence.party:
            continue  # "Astrid Bergs Torg": a thing that carries somebody's name
        shouted = 1.2 * " ".join(part).isupper()  # headings are, too
        yield Candidate(start, end, part, name.score + among - shouted, evidence)


def _family_name_in_capitals(text: str, index: int, kinds: list[Kind], spans: list[tuple[int, int]]) -> bool:
    """ "Anna BERG (S)" and "BERG Anna" are printed so; other capitals among words are acronyms."""
    names = (Kind.FIRST, Kind.LAST, Kind.BOTH)
    if kinds[index] in (Kind.LAST, Kind.BOTH):
        beside = kinds[max(0, index - 1) : index] + kinds[index + 1 : index + 2]
        return any(kind in names for kind in beside)
    return index > 0 and kinds[index - 1] is not Kind.STOP and party_after(text, spans[index][1])[1] >= 2.0


def _kinds(text: str, words: list[str], spans: list[tuple[int, int]], lowered: set[str]) -> list[Kind]:
    """Kinds by list and shape; an unknown word that the document also has in lower case is an ordinary word."""
    kinds = [kind_of(word) for word in words]
    capitals = [
        word.isupper() and word[1:2] != "-" and kind is not Kind.INITIAL
        for word, kind in zip(words, kinds, strict=True)
    ]
    for index, kind in enumerate(kinds):
        after_name = index > 0 and kinds[index - 1] in (Kind.FIRST, Kind.LAST, Kind.BOTH)
        within = 0 < index < len(kinds) - 1 and kinds[index - 1] is Kind.UNKNOWN and len(words[index]) > 1
        if words[index].lower() in PARTICLES and (after_name or within):
            kinds[index] = Kind.PARTICLE  # "Anna De Geer"
        elif capitals[index] and not all(capitals) and not _family_name_in_capitals(text, index, kinds, spans):
            kinds[index] = Kind.STOP  # an acronym; but "Anna BERG" is printed so
        elif kind is Kind.STOP and index == len(kinds) - 1 and kinds[index - 1] is Kind.FIRST and index > 0:
            kinds[index] = Kind.UNKNOWN if party_after(text, spans[index][1])[1] >= 2.0 else kind  # "Eva Ås (MP)"
        elif kind is Kind.UNKNOWN and words[index].lower() in lowered:
            is_named = after_name and party_after(text, spans[index][1])[0]
            kinds[index] = kind if is_named else Kind.STOP
    before_name = kinds[0] is Kind.UNKNOWN and kinds[1:2] == [Kind.FIRST] and kinds[-1] is Kind.LAST
    if before_name and _OF_A_THING.search(text, max(0, spans[0][0] - 8), spans[0][1]):
        kinds[0] = Kind.STOP
    return kinds
