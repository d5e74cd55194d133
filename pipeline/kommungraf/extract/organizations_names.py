"""Names of organisations in a string: the register, the way names are built, and acronyms that the text defines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from kommungraf.extract.parties import by_abbreviation
from kommungraf.extract.places_gazetteer import Gazetteer
from kommungraf.text import squeeze
from kommungraf.wordlists import toml

_CAPITAL = r"[A-ZÅÄÖÉ][\wåäöé&'’-]*"
_ACRONYM = re.compile(r"[ \u00a0\n]\(([A-ZÅÄÖ][\wÅÄÖ-]{1,9})\)")
# "Dalsförbundet och Ale Energi AB" are two; "Vatten och Avfall AB" is one.
_LIST = re.compile(
    r"[A-ZÅÄÖ][\w& \u00a0-]*(?:förbundet|bolaget|verket|styrelsen|nämnden|myndigheten|kassan|kommun|AB|län)"
    r"[ \u00a0]och[ \u00a0](?=[A-ZÅÄÖ])"
)
_KNOWN_END = re.compile(
    r"(?:län|förbund|förbundet|förening|universitet|universitetet|högskola|högskolan|myndigheten|trafik|museum)$", re.I
)
_OF = re.compile(r"[ \u00a0][a-zåäö]{4,}")
_GENITIVE = re.compile(r"(?<=[^sxz\s])s$|:s$")


class Named(NamedTuple):
    """A name of an organisation: offsets (a genitive ending inside), the name as printed without it, and the kind.

    ``canonical`` is the full name where it is another, ``short`` the acronym that the text defines here, ``because``
    why a bare mention is this one.
    """

    start: int
    end: int
    name: str
    kind: str
    canonical: str = ""
    short: str = ""
    because: str = ""


@cache
def _register() -> Gazetteer[tuple[str, str]]:
    names = []
    for kind, entries in toml("extract", "authorities.toml").items():
        for name, others in entries.items():
            names += [(form, (name, kind)) for form in (name, *others)]
    return Gazetteer(names)


def registered_names(text: str) -> Iterator[Named]:
    """Authorities, courts, universities and national organisations of the register, by any of their names."""
    for hit in _register().find(text):
        canonical, kind = hit.value
        yield Named(hit.start, hit.end, hit.form, kind, canonical)


@cache
def _rules() -> dict[str, Any]:
    data = toml("extract", "organizations.toml")
    heads = "|".join(re.escape(head) for head in sorted(data["heads"], key=len, reverse=True))
    tails = "|".join(r"\s".join(map(re.escape, tail.split())) for tail in sorted(data["tails"], key=len, reverse=True))
    companies = "|".join(re.escape(form) for form in sorted(data["companies"], key=len, reverse=True))
    endings = "|".join(data["endings"])
    return {
        # A head and a county may be broken over two lines of a letterhead; otherwise the name stays on its line.
        "head": re.compile(
            rf"(?<![\w-])(?:{heads})"
            rf"(?:[ \u00a0\n](?:i[ \u00a0])?{_CAPITAL}(?:[ \u00a0]{_CAPITAL})?[ \u00a0]läns?"
            rf"|(?:[ \u00a0](?:i[ \u00a0])?{_CAPITAL}){{1,3}})(?![\w-])"
        ),
        "tail": re.compile(rf"(?<![\w-])(?:{_CAPITAL}[ \u00a0](?:läns?[ \u00a0])?){{1,3}}(?:{tails})s?(?![\w-])"),
        "company": re.compile(
            # "Gemensamma verken i Orsa AB": one word in lower case before "i", and that no verb
            rf"(?<![\w-])(?:{_CAPITAL}[ \u00a0][a-zåäö]{{3,}}(?<!ar)(?<!er)(?<!de)(?<!at)[ \u00a0]i[ \u00a0])?"
            rf"(?:(?!(?:AB|HB|KB)\b){_CAPITAL}[ \u00a0](?:(?:i|och|&)[ \u00a0](?={_CAPITAL}))?){{1,5}}"
            rf"(?:{companies})(?::s|s)?(?![\w-])"
        ),
        "company-first": re.compile(rf"(?<![\w-])AB[ \u00a0]{_CAPITAL}(?:[ \u00a0](?:i[ \u00a0])?{_CAPITAL}){{0,2}}"),
        "ending": re.compile(rf"(?<=[a-zåäö,][ \u00a0])[A-ZÅÄÖ]\w+(?:{endings})s?(?![\w-])"),
        "stop": frozenset(data["stop"]),
        "generic": frozenset(data["generic"]),
    }


def built_names(text: str) -> Iterator[Named]:
    """Names that show by their words what they are: a federation, a company, an association, a university."""
    rules = _rules()
    for match in rules["company"].finditer(text):
        yield from _trimmed(text, match.start(), match.end(), "company")
    for match in rules["company-first"].finditer(text):
        yield from _trimmed(text, match.start(), match.end(), "company")
    for match in rules["head"].finditer(text):
        yield _named(text, match.start(), match.end(), _kind(match.group()))
    for match in rules["tail"].finditer(text):
        yield from _trimmed(text, match.start(), match.end(), _kind(match.group()))
    for match in rules["ending"].finditer(text):
        if rules["generic"].isdisjoint((match.group(), match.group().removesuffix("s"))):
            yield _named(text, match.start(), match.end(), _kind(match.group(), "authority"))


def _trimmed(text: str, start: int, end: int, kind: str) -> Iterator[Named]:
    """The name without leading words that only look like a part of it because they begin a sentence."""
    stop: frozenset[str] = _rules()["stop"]
    joined = _LIST.match(text, start, end)
    if joined is not None and kind == "company":
        start = joined.end()
    words = text[start:end].split()
    while len(words) > 1 and (words[0] in stop or words[0].islower()):
        start += len(words[0])
        start += len(text[start:end]) - len(text[start:end].lstrip())
        words = words[1:]
    if len(words) > 1:
        yield _named(text, start, end, kind)


def _named(text: str, start: int, end: int, kind: str) -> Named:
    name = squeeze(text[start:end])
    plain = _GENITIVE.sub("", name)
    if kind == "company":
        name = plain if name.endswith(("ABs", "AB:s")) else name
    elif plain != name:  # "Kvinnojouren Iris" keeps its s
        known = _KNOWN_END.search(plain) or re.search(rf"{re.escape(plain)}(?!\w)", text)
        name = plain if known or (kind == "federation" and _OF.match(text, end)) else name
    return Named(start, end, name, kind)


def _kind(name: str, other: str = "association") -> str:
    folded = name.lower()
    if "förbund" in folded and not folded.startswith(("riks", "central")):
        return "federation"
    if "universitet" in folded or "högskola" in folded:
        return "university"
    return "authority" if "tingsrätt" in folded else other


def acronyms(text: str, full: Iterable[Named]) -> tuple[dict[int, str], dict[str, Named]]:
    """Acronyms that a name in brackets defines: by the start of the name, and each acronym's name.

    An acronym is made of the name's letters in order; the abbreviation of a party after a name is none. An acronym that
    the text defines twice, differently, means nothing.
    """
    defined: dict[int, str] = {}
    names: dict[str, Named] = {}
    twice: set[str] = set()
    for found in full:
        match = _ACRONYM.match(text, found.end)
        if match is None or match[1] in by_abbreviation() or sum(letter.isupper() for letter in match[1]) < 2:
            continue
        letters = iter(found.name.lower())
        if all(letter in letters for letter in match[1].lower() if letter.isalnum()):
            defined[found.start] = match[1]
            other = names.setdefault(match[1], found)
            if (other.canonical or other.name) != (found.canonical or found.name):
                twice.add(match[1])
    return defined, {short: found for short, found in names.items() if short not in twice}
