"""Names of projects in a string, with the long and the short form as the text defines them.

A project is found where it is *named as such* (``projektet X``, ``X-projektet``), where a heading or a survey gives an
acronym with its long name, and where a standing cooperation bears a proper name (``Energisamverkan X``). How far a name
reaches is decided by the words that end it and by how the same words recur in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.projects_reading import (
    ACRONYM,
    CAMEL,
    LONG_SHORT,
    QUOTE,
    QUOTED,
    ProjectName,
    acronym_first,
    initials_agree,
    long_and_short,
    name_at,
    rules,
    times,
    trimmed,
)

_FRAME = re.compile(r"nom ramen för [\"“”*]?(?=[A-ZÅÄÖ][a-zåäö]+ [a-zåäö])")
_NEAR_QUOTED = re.compile(rf"[^.!?\n\t\"“”„»«]{{0,60}}{QUOTE}(?=[A-ZÅÄÖ0-9])")
# What follows is looked for by a literal inside a word; the word around it is read afterwards: that is quicker.
_HEAD = re.compile(
    r"(?:rojekt(?:ets?|en)|rogrammet|rojektledning för|rojektleda|enomförandet av)[ \u00a0]"
    r"(?=[\"“”„»«'*]?[A-ZÅÄÖ0-9])"
)
# "insatsen ABC (Long name)": what coordination federations call their projects; only with both forms.
_EFFORT = re.compile(r"(?:nsatsen|atsningen|erksamheten)[ \u00a0](?=[A-ZÅÄÖ]{2})")
# "projekt X" without the article names one only with an acronym, or where the name recurs.
_INDEFINITE = re.compile(r"(?<![\w-])projekt[ \u00a0](?=[A-ZÅÄÖ])")
_RENAMED = re.compile(
    r"(?:under namnet|byt(?:er|te|t) namn till|döp(?:s|tes|ts) om till"
    r"|(?:ska|skall|kommer att) (?:heta|kallas|benämnas)"
    r"|(?:numera|nu) (?:heter|kallas|benämns)|(?:heter|kallas|benämns) (?:numera|nu))"
    r"[ \u00a0](?=[\"“”„»«'*]?[A-ZÅÄÖ])"
)
_QUOTED_HEAD = re.compile(r"(?:rojekt(?:et)?|rojektledning för|nsatsen|nsats|lattformen|rogrammet)(?!\w)")
_SURVEY = re.compile(
    rf"(?:nkäten|nkät|ndersökningen)[ \u00a0\"“”]+(?={ACRONYM})|(?<=-)(?:undersökningen|enkäten)(?=\s\()"
)
_COMPOUND = re.compile(r"-projektets?(?![\w-])")
_ITSELF = re.compile(rf"rojekt(?:et)?\s\((?P<short>{ACRONYM})\)")
_ITSELF_BEFORE = re.compile(r"[A-ZÅÄÖ]\w+(?:\s[\w-]+){0,4}?\s?[Pp]$")
_COOPERATION = re.compile(r"samverkan[ \u00a0]([A-ZÅÄÖ][a-zåäö]+)(?![\w-]|\s+läns?\b)")
_BEFORE = re.compile(r"(?<![\w-])[\wÅÄÖåäö]+$")


def project_names(text: str, headings: list[tuple[int, int]], file: str) -> Iterator[ProjectName]:
    """Names of projects where a text introduces them. ``headings`` are offsets; ``file`` is where words recur."""
    yield from _after_words(text, file)
    yield from _surveys(text)
    yield from _compounds(text, file)
    yield from _before_words(text)
    titles = {text[start:end].strip() for start, end in headings}
    for match in _FRAME.finditer(text):
        title = next((title for title in sorted(titles) if text.startswith(title, match.end())), None)
        if title is not None and not text[match.end() + len(title)].isalnum():
            yield trimmed(text, match.end(), match.end() + len(title))
    for start, end in headings:
        yield from _in_heading(text, start, end)


def _after_words(text: str, file: str) -> Iterator[ProjectName]:
    """``projektet X``, ``insatsen ABC (Long name)``, ``projektet … ska heta X``: the words stand first."""
    for match in _HEAD.finditer(text):
        yield from _after_head(text, match, file)
    for match in _QUOTED_HEAD.finditer(text):
        near = _NEAR_QUOTED.match(text, match.end())
        quoted = QUOTED.match(text, near.end() - 1) if near else None
        if quoted is not None:
            yield trimmed(text, quoted.start(1), quoted.end(1))
    for match in _EFFORT.finditer(text):
        found = acronym_first(text, match.end())
        if found is not None and found.long:
            yield found
    for match in _INDEFINITE.finditer(text):
        found = name_at(text, match.end(), file)
        within = text.endswith("inom ", 0, match.start()) and " " in (found.printed if found else "")
        if found is not None and (found.short or within or times(file, found.printed) > 1):
            yield found
    for match in _RENAMED.finditer(text):
        if re.search(r"[Pp]rojekt", text[text.rfind("\n", 0, match.start()) + 1 : match.start()]):
            found = name_at(text, match.end(), file)
            yield from [found] if found is not None else []


def _before_words(text: str) -> Iterator[ProjectName]:
    """``Long name Projekt (ABC)`` and ``Energisamverkan X``: the telling word is the name's own."""
    for match in _ITSELF.finditer(text):
        before = _ITSELF_BEFORE.search(text, max(0, match.start() - 70), match.start())
        long = text[before.start() : match.start("short") - 2] if before else ""
        if before is not None and initials_agree(long, match["short"]):
            name = " ".join(long.split())
            yield ProjectName(before.start(), before.start() + len(long), name, name, match["short"])
    for match in _COOPERATION.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 30), match.start())
        if before is not None and before.group()[0].isupper() and len(before.group()) > 2:
            yield trimmed(text, before.start(), match.end())


def _surveys(text: str) -> Iterator[ProjectName]:
    """``enkäten ABC (Long name)``, ``ABC-undersökningen (Long name)``, ``Enkäten Long name (ABC)``."""
    for match in _SURVEY.finditer(text):
        position = match.end()
        if match.group()[0] in "ue":
            before = re.compile(rf"(?<!\w)({ACRONYM})-$").search(text, max(0, match.start() - 14), match.start())
            if before is None:
                continue
            position = before.start()
        found = acronym_first(text, position)
        if found is not None and found.long:
            yield found
    for match in re.compile(r"nkäten[ \u00a0](?=[A-ZÅÄÖ][a-zåäö])").finditer(text):
        both = LONG_SHORT.match(text, match.end())
        if both is not None:
            yield from long_and_short(text, both)


def _compounds(text: str, file: str) -> Iterator[ProjectName]:
    """``ABC-projektet``; a word in ordinary case only where the file has it on its own too."""
    for match in _COMPOUND.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 26), match.start())
        if before is None or before.group() in rules()["kinds"] or not before.group()[0].isupper():
            continue
        word = before.group()
        alone = file.count(word) > file.count(word + "-")
        if word[1:] != word[1:].lower() or alone:
            yield ProjectName(before.start(), before.end(), word, "", word if word.isupper() else "")


def _after_head(text: str, match: re.Match[str], file: str) -> Iterator[ProjectName]:
    """The names after ``projektet`` (one) or ``projekten`` (a list)."""
    position = match.end()
    many = match.group().rstrip().endswith("rojekten")
    while True:
        found = name_at(text, position, file)
        if found is None:
            return
        yield found
        more = re.compile(r"(?:,|\s(?:och|samt))\s(?=[A-ZÅÄÖ])").match(text, found.end) if many else None
        if more is None:
            return
        position = more.end()


def _in_heading(text: str, start: int, end: int) -> Iterator[ProjectName]:
    """A heading that is an acronym with its long name, or begins in camel case, above a text on a project."""
    line = text[start:end]
    match = re.match(rf"(?:\d+(?:\.\d+)*\.?\s+)?(?P<name>{ACRONYM}|{CAMEL})", line)
    if match is None:
        return
    below = text[end : end + 1600]
    found = acronym_first(text, start + match.start("name"))
    if found is not None and found.long and re.search(r"\b\w*[Pp]rojekt(?:et|ets)?\b|[Pp]rogrammet\b", below):
        yield found
        return
    direct = re.match(r"\s*[^\n]+\n*[^\n]*", below)
    if (
        re.match(CAMEL, match["name"])
        and direct
        and re.search(r"\b(?:[Ii]nsatsen|[Pp]rojektet|[Ss]atsningen)\b", direct.group())
    ):
        yield ProjectName(
            start + match.start("name"), end, " ".join(line[match.start("name") :].split()), "", match["name"]
        )
