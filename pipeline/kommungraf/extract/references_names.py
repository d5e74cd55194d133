"""Acts that a text names: a statute by its name, number, title or abbreviation, and an organisation's own statutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.extract.statutes import (
    LAGEN_NU,
    Act,
    own_instrument,
    statute_by_abbreviation,
    statute_by_name,
    statute_by_title,
)

# A word that ends like the name of a statute, with a joined first half ("plan- och bygglagen") and a number after it.
_WORD = re.compile(
    r"(?i)\b(?P<name>(?:(?<!\w-)(?P<half>\w++-\s(?:och|,)\s))?[\w-]++"
    r"(?:(?<=lag)|(?<=lagen)|(?<=lagens)|(?<=balk)|(?<=balken)|(?<=balkens)|(?<=förordning)|(?<=ordningen)"
    r"|(?<=ordningens)|(?<=ordning)|(?<=formen)|(?<=stadgar)|(?<=stadgarna)|(?<=stadgarnas)|(?<=stadgan)"
    r"|(?<=reglemente)|(?<=reglementet)|(?<=reglementets)|(?<=föreskrifter)|(?<=föreskrifterna)))"
    r"(?:\s*\((?:SFS\s*)?(?P<sfs>\d{4}:\d{1,4})\)|\s+(?:SFS\s*)?(?P<open>\d{4}:\d{1,4})(?!\d))?"
)
_PLAIN = re.compile(r"(?:lag|förordning)(?:en|ens)?")  # "lagen", which a number or a title has to tell
_STATUTE = re.compile(r".*(?:lag|balk|förordning|form)(?:en|ens)?")  # what a number in brackets can make an act
_NO_STATUTE = re.compile(r".*(?:(?:för|an|av|ut|in|upp|om|be|till)s|under|bo)lag(?:en|ens)?")  # förslag, bolag
_ABBREVIATION = re.compile(r"(?<![\w-])[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,4}(?![\w-])")
# Words that make an abbreviation by itself a citation: "enligt LSS" cites, "Stöd och service LSS" is a field of work.
_CITING = re.compile(
    r"(?i)(?:enligt|jämlikt|i enlighet med|med stöd av|med stöd i|stöd i|i strid med|följer av"
    r"|(?:reglerna|bestämmelserna|kraven) i)\s+$"
)
_NEW = re.compile(r"\b(?:nya?|kommande|föreslagna)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Law:
    """A place where an act is named.

    ``act`` is ``None`` for an organisation's own statutes. ``weak``: it is a citation only together with sections.
    """

    start: int
    end: int
    act: Act | None
    instrument: str
    weak: bool = False


def find_laws(text: str, year: int | None) -> Iterator[Law]:
    """All acts that a text names; ``year`` decides between an act and its successor of the same name."""
    words = list(_WORD.finditer(text))
    printed = _printed_numbers(words)
    for match in words:
        own = own_instrument(match["name"])
        law = Law(match.start(), match.end("name"), None, own, weak=True) if own else _law(text, match, year, printed)
        if law:
            yield law
    for match in _ABBREVIATION.finditer(text):
        defined = text[match.start() - 1 : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
        act = None if defined else statute_by_abbreviation(match[0], year)  # "socialtjänstlagen (SoL)" names it once
        if act:
            cited = _CITING.search(text, max(0, match.start() - 30), match.start())
            yield Law(match.start(), match.end(), act, act.instrument, weak=cited is None)


def _printed_numbers(words: list[re.Match[str]]) -> dict[str, Act]:
    """Names whose number the text prints somewhere: "kommunallagen (2017:725)" says which act its bare name is."""
    numbers: dict[str, set[str]] = {}
    for match in words:
        name, number = match["name"].lower(), _number(match)
        if number and not _PLAIN.fullmatch(name):
            numbers.setdefault(name, set()).add(number)
    return {name: _statute(found.pop()) for name, found in numbers.items() if len(found) == 1}


def _law(text: str, match: re.Match[str], year: int | None, printed: dict[str, Act]) -> Law | None:
    """``vallagen (2005:837)``, ``lagen (1993:387) om stöd``, ``lagen om valfrihetssystem``, ``skollagen``."""
    start, end, name = match.start(), match.end(), match["name"].lower()
    if match["half"] and not statute_by_name(name, year):  # "skol- och kommunallagen" are two acts
        start, name = match.end("half"), name[len(match["half"]) :]
    title = statute_by_title(text[end : end + 120], year) if _PLAIN.fullmatch(name) else None
    if title:
        end += title.length
    if number := _number(match):
        act = _statute(number)
        return Law(start, end, act, act.instrument)
    if title:
        return Law(start, end, title.act, title.act.instrument)
    new = bool(_NEW.search(text, max(0, start - 15), start))
    named = statute_by_name(name, year, new=new) if new else printed.get(name) or statute_by_name(name, year)
    return Law(start, match.end("name"), named, named.instrument, weak=named.target is None) if named else None


def _number(match: re.Match[str]) -> str | None:
    """The number after a word, if the word can be the name of a statute."""
    name = match["name"].lower()
    is_statute = _STATUTE.fullmatch(name) and not _NO_STATUTE.fullmatch(name)
    return match["sfs"] or match["open"] if is_statute else None


def _statute(number: str) -> Act:
    return Act(f"SFS {number}", LAGEN_NU + number)
