"""When a place name is the municipality: what follows it, what stands before it, and the lists that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kommungraf.extract.context import Context
from kommungraf.extract.places_gazetteer import Gazetteer, Hit
from kommungraf.extract.places_reference import MunicipalityEntry, counties, municipalities
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.wordlists import toml

Found = Hit[MunicipalityEntry]
_KOMMUN = re.compile(
    r"[ \u00a0\n](?:kommun(?:s|en|ens|er|erna|ernas|fullmäktige\w*|styrelse\w*)?|KOMMUNS?|Kommuns?)(?![\w-])"
)
_KOMMUN_ONLY = re.compile(r"[ \u00a0\n](?:[Kk]ommuns?|KOMMUNS?|kommun(?:fullmäktige|styrelse)\w*)(?![\w-])")
_OF_COMPANY = re.compile(
    r"[ \u00a0](?:Stads|Kommuns|stads)[ \u00a0][A-ZÅÄÖ]\w+(?:[ \u00a0][A-ZÅÄÖ]\w+){0,2}[ \u00a0]AB\b"
)
_CITY = re.compile(r"[ \u00a0]\(?(?:stads?|Stads?|STADS?)\b")
_COUNTY = re.compile(
    r"-?\s*(?:\(?(?:och|samt|,)\s+[A-ZÅÄÖ]\w+(?:\)|\s)\s*)?(?:läns?\b|läns(?:trafik|museum|museet|rätt)|LÄN\b|\(H\s*län\))"
)
_AND_COUNTY = re.compile(r"-?,?\s*(?:och|samt)\s+[A-ZÅÄÖ]\w+\s+läns?\b")
_NOT_AFTER = re.compile(
    r"[ \u00a0](?:[A-ZÅÄÖ][\wåäöé]|(?:sporthall|lasarett|station|flygplats|centrum|tätort|domkyrka|slott|hamn"
    r"|universitet|teater|sjukhus|stift|kontor)\w*\b)"
)
_NOT_BEFORE = re.compile(
    r"(?:\d{3}\s?\d{2}\s+|[A-ZÅÄÖ][\wåäöÅÄÖ&-]*(?:\s+i)?[ \u00a0]"
    r"|[Rr]egion(?:en)?\s+|\s\d{1,4}\s?[A-Z]?,\s+|\bväg\s+|@|www\.)$"
)
_FUNCTION_WORDS = frozenset(
    "i på från till för även mellan både kommunerna enligt medan när om att och samt utom förutom vid hos av med inom "
    "under deltagande bland kommun kommuner såväl ordförande".split()
)
_ROAD = re.compile(r"\bE\s?\d{1,2}\b|\b[Rr]v\.?\s?\d+|\b[Rr]?[Vv]äg\s\d+")
_STARTS = re.compile(
    r"(?:^|[.!?:;\n\t•]\s*|\b(?:att|och|men|där|som|när|medan|samt|då|sedan|om|eftersom|innan|för att)\s+)$"
)
_HAS_DONE = re.compile(
    r"\s+(?:har|hade)\s+(?:[a-zåäö]+\s+){0,3}?(?!haft\b|varit\b|legat\b|blivit\b)[a-zåäö]{2,}(?:[aioålnrst]t|ått|utt)\b"
)
_STAFF = re.compile(
    r"\b\w*(?:chef|chefen|chefer|cheferna|samordnare\w*|handläggare\w*|coach\w*|nämnden|nämnder|förvaltning\w*|rektor\w*|politiker\w*|enheten)\s+i\s+$"
)
_CONCERN = re.compile(r"kommun|projekt|delta|medlem|samverk|överenskommelse|avtal")
_OWN = re.compile(
    r"\s+(?:sitt|sin|sina|om att)\b|[ \u00a0](?:pilot|värd|medlems|test)kommun\b|[ \u00a0]och[ \u00a0]regionen\b"
)
_LINK = re.compile(
    r"\s*(?:,|/|&|\boch\b|\bsamt\b|\brespektive\b|\beller\b|,\s*(?:och|samt))\s*"
    r"|,\s*[A-ZÅÄÖ][\w-]+(?:\s+[a-zåäö]+)?\s*(?:,|och|samt)\s*"
)
_KOMMUN_LINK = re.compile(r"\s+kommuns?(?:\s*,\s*|\s+(?:och|samt)\s+)")
_LABEL = re.compile(
    r"(?:^|\n|\t)[ \t]*(?:Kommun|Kommun/region|Medlemskommun|Medlem|Värdkommun|Hemkommun)[ \t]*:?\s*$", re.I
)
_PARTY = re.compile(r"\((?:[A-ZÅÄÖ][\w+!]{0,5}|-)\)\s*,?[ \u00a0]*$")
_PLACE = re.compile(r"\b(?:i|på|till|från|vid|utanför|mellan)\s+$")


class _Words(NamedTuple):
    before: re.Pattern[str]
    excepted: re.Pattern[str]
    verbs: re.Pattern[str]
    owned: re.Pattern[str]
    routes: re.Pattern[str]


@cache
def municipality_names() -> Gazetteer[MunicipalityEntry]:
    """The names of the municipalities, also in capitals as letterheads print them."""
    names = []
    for entry in municipalities().values():
        for name in filter(None, (entry.name, entry.other)):
            names += [(name, entry), (name.upper(), entry)]
    return Gazetteer(names)


@cache
def region_names() -> Gazetteer[str]:
    """The names of the regions, former ones included, to their county's code."""
    return Gazetteer((name, county.code) for county in counties().values() for name in county.regions)


@cache
def _words() -> _Words:
    lists = {
        key: "|".join(sorted(map(re.escape, values), key=len, reverse=True))
        for key, values in toml("extract", "places.toml").items()
    }
    return _Words(
        re.compile(
            rf"\b(?:(?:{lists['before']})(?:\s+(?:som|såsom|i))?\s*:?|(?:{lists['actors']})\s*(?:\([\w-]+\)\s*)?(?:\s(?:i|från|för|till)|,))\s+$",
            re.I,
        ),
        re.compile(rf"\b(?:{lists['except']})\s+$", re.I),
        re.compile(rf"\s+(?:{lists['verbs']})\b"),
        re.compile(rf"\s+(?:[a-zåäö]+\s+)?(?:{lists['owned']})\b"),
        re.compile(rf"\b(?:{lists['routes']})\b[^.]*$", re.I),
    )


def contents(ctx: Context) -> list[Span]:
    """The tables of contents of a document: never a source of facts."""
    return [Span(part.start, part.end) for part in ctx.document.with_role(Role.CONTENTS)]


def inside(position: int, spans: Iterable[Span]) -> bool:
    """Whether a position lies in one of the spans."""
    return any(span.start <= position < span.end for span in spans)


def is_named(text: str, hit: Found) -> bool:
    """Whether the name is followed by ``kommun`` (or ``stad``, for those that call themselves so)."""
    if hit.form in ("Falu", "FALU") and not _KOMMUN.match(text, hit.end):
        return False
    kommun = _KOMMUN_ONLY if hit.value.homonym else _KOMMUN  # "Vara kommunernas språkrör" is a verb
    if _OF_COMPANY.match(text, hit.end):
        return False
    after = kommun.match(text, hit.end) or (hit.value.city and _CITY.match(text, hit.end))
    return bool(after)


def vetoed(text: str, hit: Found) -> bool:
    """Whether the name is part of another name: a county, a region, an address, a company, a person, a building."""
    before = text[max(0, hit.start - 24) : hit.start]
    if hit.form.isupper() or hit.form in ("Falu", "Dals Ed"):
        return True
    if _COUNTY.match(text, hit.end) or _AND_COUNTY.match(text, hit.end) or _NOT_AFTER.match(text, hit.end):
        return True
    last = _NOT_BEFORE.search(before)
    if last is not None and last.group().split()[0].lower() in _FUNCTION_WORDS:
        return False
    return last is not None and not _words().before.search(text[max(0, hit.start - 60) : hit.start])


def chains(text: str, hits: list[Found]) -> Iterator[list[Found]]:
    """The hits grouped into lists such as ``A, B och C`` (another name may stand among them)."""
    chain = hits[:1]
    for last, hit in pairwise(hits):
        between = text[last.end : hit.start]
        if len(between) < 48 and (_LINK.fullmatch(between) or _KOMMUN_LINK.fullmatch(between)):
            chain.append(hit)
        else:
            yield chain
            chain = [hit]
    if chain:
        yield chain


def listed(text: str, chain: list[Found], named: bool) -> bool:
    """Whether a list of names is one of municipalities: three or more, or two of which the context says so."""
    if len(chain) < 2:
        return False
    first, last = chain[0], chain[-1]
    lead = text[max(0, first.start - 60) : first.start]
    if _words().routes.search(lead) or _ROAD.search(lead) or vetoed(text, last):
        return False
    if named or len({hit.value.code for hit in chain}) >= 3:
        return True
    if last.genitive and _words().owned.match(text, last.end):
        return True
    if acts(text, first, alone=True) or _words().verbs.match(text, last.end) or _OWN.match(text, last.end):
        return True
    if _STAFF.search(text, max(0, first.start - 60), first.start) or _HAS_DONE.match(text, last.end):
        return True
    if re.search(r"(?i)\bprojektet\b[^.\n]* i $", text[max(0, first.start - 90) : first.start]):
        return True  # "Driva projektet X i A och B": who runs it
    return bool(_CONCERN.search(_sentence(text, first.start).lower())) and not _PLACE.search(
        text, max(0, first.start - 8), first.start
    )


def again(text: str, hit: Found, seen: set[str]) -> bool:
    """Whether the paragraph has said that this is a municipality, and the name is not where something is held."""
    return hit.value.code in seen and not _PLACE.search(text, max(0, hit.start - 8), hit.start)


def acts(text: str, hit: Found, alone: bool) -> bool:
    """Whether the words around a name treat it as an organisation that decides, works or is represented.

    What follows the last name of a list is said of the list, so it counts only for a name that stands alone.
    """
    words, before = _words(), text[max(0, hit.start - 60) : hit.start]
    if _LABEL.search(before) or _PARTY.search(before) or words.before.search(before):
        return True
    if not alone:
        return False
    begins = bool(_STARTS.search(before))
    if begins and not hit.genitive and _HAS_DONE.match(text, hit.end):
        return True
    if _STAFF.search(before):
        return True
    if words.excepted.search(before):
        return "kommun" in _sentence(text, hit.start).lower()
    if hit.value.homonym:  # what follows may be said of a person, or the name begin a sentence as a verb
        return False
    if hit.genitive or hit.form.endswith("s"):
        if words.owned.match(text, hit.end):
            return True
        if hit.genitive:
            return False
    if _OWN.match(text, hit.end):
        return True
    return begins and bool(words.verbs.match(text, hit.end))


def represented(ctx: Context, text: str, hit: Found, lists: list[Span]) -> bool:
    """Whether the name ends a line of a list of people: ``- Anna Ek (S), ordförande, Hjo``."""
    if not inside(hit.start + ctx.document.start, lists) or hit.genitive:
        return False
    return (
        text[max(0, hit.start - 4) : hit.start].rstrip(" ").endswith((",", ")", "\t"))
        and re.match(r"[ \u00a0]*(?:$|[\n\t,;(])", text[hit.end : hit.end + 4]) is not None
    )


def _sentence(text: str, position: int) -> str:
    start = max(text.rfind(". ", 0, position), text.rfind("\n\n", 0, position)) + 1
    end = text.find(". ", position)
    return text[start : end if end > 0 else None][:600]


def municipality_of(name: str) -> MunicipalityEntry | None:
    """The municipality that a publisher's name names as such (``Orsa kommun``, ``Malmö stad``), or ``None``."""
    return next((hit.value for hit in municipality_names().find(name) if is_named(name, hit)), None)


def named_municipality(text: str, position: int) -> tuple[MunicipalityEntry, int] | None:
    """The municipality whose plain name stands at a position, and where it ends."""
    hit = next(municipality_names().find(text[position : position + 30]), None)
    return (hit.value, position + hit.end) if hit is not None and hit.start == 0 and not hit.genitive else None


def region_of(name: str) -> str | None:
    """The county code of the region that a name names, or ``None``."""
    return next((hit.value for hit in region_names().find(name)), None)
