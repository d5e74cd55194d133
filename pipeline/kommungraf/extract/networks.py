"""Networks: ``skolchefsnätverket``, ``nätverket för elevhälsochefer``, ``Nätverket X``. The evidence is the name.

The name is brought to one form: definite, without genitive, without a space that splits a compound (``socialchefs
nätverket``), in lower case but for an acronym in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kommungraf.extract.context import Context
from kommungraf.extract.places_context import contents
from kommungraf.extract.projects_reading import rules
from kommungraf.model.facts import Hints, Network
from kommungraf.model.source import Span
from kommungraf.wordlists import toml

_ENDING = re.compile(r"nätverk(ets?)?(?![\w-])", re.I)
_HYPHENATED = re.compile(r"(?<![\w-])(?:[A-Za-zÅÄÖåäö]+-\s*,\s*)*([A-Za-zÅÄÖåäö]+-?) (?:och|samt) $")
_CHIEFS = re.compile(r"(?<![\w-])((?:(?!\w+chefs-)[A-Za-zÅÄÖåäö]+- och )?[A-Za-zÅÄÖåäö-]+chefs) $")
_FOR = re.compile(
    r" för (?:länets |kommunernas |kommunala )?(?!att )([A-ZÅÄÖ]{3,}(?!\w)|[\wåäö/-]{3,}(?: och [\wåäö/-]{4,})?"
    r"(?: (?:inom|i) (?!länet\b|juni|juli|maj|april|mars|Sverige\b)[\wåäö/-]{3,}(?: [a-zåäö]+nämnder)?)?)"
)
_DEFINED = re.compile(r" för [A-ZÅÄÖ][^().,\n]{3,50}(?= \([A-ZÅÄÖ]{2,10}\))")
_QUOTED = re.compile(r" [“”\"»]([A-ZÅÄÖ][^“”\"»«\n]{2,60})[“”\"«»]")
_CAPITAL = re.compile(r"(?<![\w.!?-])(?<![.!?] )[A-ZÅÄÖ][a-zåäö]+ $")
_NAMED = re.compile(r" [“”\"»*]?([A-ZÅÄÖ][\wåäö-]+(?:[ ][A-ZÅÄÖ][\wåäö-]+){0,3})")
# "Nätverket Säkra byn har", "Nätverket Trygg i trafiken har": an adjective alone is no name, it takes its noun with it.
_PHRASE = re.compile(
    r" (?P<name>(?:[A-ZÅÄÖ][a-zåäö]+a|[A-ZÅÄÖ][a-zåäö]+(?:ig|gg|ång|ön|tt) (?:i|på|för))"
    r" (?!länet|kommunen)[a-zåäö]+(?:n|t|na))"
    r"(?=[,.;:)\n]| (?P<next>[a-zåäö]+))"
)
_DIRECTION = re.compile(r" (?:syd|nord|norr|söder|öst|väst|mitt|sydost|sydväst|nordost)(?!\w)")
_SHORT = re.compile(r" \(([A-ZÅÄÖ][\wÅÄÖ-]{1,9})\)")
_OWNED = re.compile(r"(?:\b[^\W\d_]+s|:s) $")


class NetworkName(NamedTuple):
    """A name of a network: offsets, the one form of the name, and the acronym that the text gives it there."""

    start: int
    end: int
    name: str
    short: str = ""


@cache
def _generic() -> tuple[frozenset[str], frozenset[str]]:
    data = toml("extract", "networks.toml")
    return frozenset(data["generic"]), frozenset(data["not_names"])


def network_names(text: str) -> Iterator[NetworkName]:
    """All names of networks in a text, in order."""
    for match in _ENDING.finditer(text):
        start = match.start()
        while start and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
        found = _compound(text, start, match) if start < match.start() else _single(text, match)
        if found is not None:
            short = _SHORT.match(text, found.end)
            yield found._replace(short=short[1]) if short else found


def _compound(text: str, start: int, match: re.Match[str]) -> NetworkName | None:
    """``skolchefsnätverket``; an indefinite one only after a genitive (``länets``) or before a direction (``syd``)."""
    prefix = text[start : match.start()]
    generic, _ = _generic()
    if prefix.strip("-").lower() in generic or prefix.lower().endswith(("nätverks", "arbets")):
        return None
    end, before = match.end(), text[max(0, start - 60) : start]
    direction = _DIRECTION.match(text, end)
    if not match[1]:
        if direction is not None and prefix[0].isupper():
            return NetworkName(start, direction.end(), _plain(text[start : direction.end()]))
        if not _OWNED.search(before):
            return None
    if prefix.endswith("-") and prefix[0].islower() and (capital := _CAPITAL.search(before)) is not None:
        start -= len(before) - capital.start()  # "Goda skolan-nätverket": the first half of a name of two words
        return NetworkName(start, end, text[start:end])
    hyphenated = _HYPHENATED.search(before)
    if (
        hyphenated
        and not hyphenated[1].rstrip("-").endswith("chefs")
        and (hyphenated[1].endswith("-") or prefix.islower())
    ):
        joins = hyphenated[1].endswith("-") or hyphenated[1][0].isupper()
        start = start - len(before) + hyphenated.start() if joins else start
    return NetworkName(start, end, _definite(_plain(text[start:end])))


def _single(text: str, match: re.Match[str]) -> NetworkName | None:
    """``socialchefs nätverk``, ``nätverket för skolchefer``, ``Nätverket Norrsken``."""
    before = text[max(0, match.start() - 60) : match.start()]
    split = _CHIEFS.search(before)
    if split is not None and match.start():
        start = match.start() - len(before) + split.start()
        return NetworkName(start, match.end(), _definite(_plain(split[1] + match.group())))
    definite = bool(match[1]) or bool(_OWNED.search(before))
    after = _DEFINED.match(text, match.end()) or _FOR.match(text, match.end())
    if after is not None and definite:
        return NetworkName(match.start(), after.end(), _plain("nätverket" + text[match.end() : after.end()]))
    quoted = _QUOTED.match(text, match.end())
    if quoted is not None and match[1] == "et":
        return NetworkName(match.start(), quoted.end(), "nätverket " + quoted[1])
    phrase = _PHRASE.match(text, match.end())
    if phrase is not None and match[1] == "et" and _ends_there(phrase):
        return NetworkName(match.start(), phrase.end("name"), "nätverket " + phrase["name"])
    named = _NAMED.match(text, match.end())
    if named is not None and match[1] == "et" and named[1].split()[0] not in _generic()[1]:
        return NetworkName(match.start(), named.end(), "nätverket " + named[1])
    return None


def _ends_there(phrase: re.Match[str]) -> bool:
    """Whether a verb or the end of the clause follows a name, and its last word is no verb itself."""
    last, following = phrase["name"].split()[-1], phrase["next"]
    ended = (
        following is None or following in rules()["stop"] or following.endswith(("ade", "ades", "de", "ar", "er", "as"))
    )
    return ended and last not in rules()["stop"]


def _plain(name: str) -> str:
    """Single spaces, no genitive, lower case at the start unless an acronym stands there."""
    name = re.sub(r"(?<=nätverket)s$", "", " ".join(name.split()))
    return " ".join(
        word if word[1:2].isupper() or re.match(r"\w{1,3}-\w", word) else word.lower() for word in name.split()
    )


def _definite(name: str) -> str:
    return name if name.endswith("et") else name + "et"


def find_networks(ctx: Context) -> Iterator[Network]:
    """Every mention of a network in a logical document."""
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    skip = contents(ctx)
    for found in network_names(text):
        span = Span(found.start + offset, found.end + offset)
        if not any(part.start <= span.start < part.end for part in skip):
            hints: Hints = {"scope": ctx.document.publisher}
            yield Network(
                id=ctx.mention_id(Network, span),
                name=found.name,
                short_name=found.short or None,
                evidence=(span,),
                hints=hints,
            )
