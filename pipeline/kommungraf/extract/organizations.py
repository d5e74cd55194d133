"""Organisations: by reference data, by the way their names are built, by acronyms that the text defines, and bare.

General recognisers of organisations are not worth having on these documents; a pattern or a register stands behind each
mention. What a mention is in full stands in the hint ``canonical`` (reference data, or a bare ``förbundet`` resolved
within its document, with ``because``); ``name`` is the name as printed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from kommungraf.extract.context import Context
from kommungraf.extract.organizations_names import Named, acronyms, built_names, registered_names
from kommungraf.extract.places_context import contents
from kommungraf.extract.places_reference import County, counties
from kommungraf.model.facts import Hints, Municipality, Organization, Region
from kommungraf.model.source import Span
from kommungraf.text import squeeze
from kommungraf.wordlists import toml

_BOARD = re.compile(
    r"(?<![\w-])[Ll]änsstyrelsen(?P<genitive>s?)(?![\w-])(?P<where>\s+(?:i\s+)?(?P<one>[A-ZÅÄÖ][a-zåäö]+)(?P<two>\s[A-ZÅÄÖ][a-zåäö]+)?)?"
)
_LAN = re.compile(r"\s+läns?(?![\w-])")
_COUNTY_NAME = re.compile(r"(?<![\w-])((?:Västra )?[A-ZÅÄÖ][a-zåäö]+) läns?(?![\w-])")


def find_organizations(ctx: Context) -> Iterator[Organization]:
    """Every mention of an organisation in a logical document; an ambiguous bare mention becomes one issue per kind."""
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    taken = _Taken(text, offset, [*contents(ctx), *_places(ctx)])
    boards = list(_boards(text))
    full = [
        found
        for found in (*boards, *registered_names(text), *built_names(text))
        if found.canonical != "?" and taken.add(found)
    ]
    full = [completed for found in full if (completed := _completed(ctx, text, found, full)) is not None]
    full += [found for found in _other_municipalities(ctx, text) if taken.add(found)]
    defined, short = acronyms(text, full)
    for found in full:
        yield _mention(ctx, found._replace(short=defined.get(found.start, "")))
    for found in (*_again(text, short), *_bare_boards(ctx, text, boards), *_bare(ctx, text, full, taken)):
        if taken.add(found):
            yield _mention(ctx, found)


class _Taken:
    """The spans that already mean something; a new mention may not overlap them."""

    def __init__(self, text: str, offset: int, spans: Iterable[Span]) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, end in sorted(spans):
            if not self._spans or start - offset >= self._spans[-1][1]:
                self._spans.append((start - offset, end - offset))

    def free(self, start: int, end: int) -> bool:
        """Whether nothing is meant yet between two offsets."""
        index = bisect_left(self._spans, (start, end))
        after = index < len(self._spans) and self._spans[index][0] < end
        return not after and not (index and self._spans[index - 1][1] > start)

    def add(self, found: Named) -> bool:
        """Whether the place was free; then it is taken."""
        if not self.free(found.start, found.end):
            return False
        insort(self._spans, (found.start, found.end))
        return True


def _places(ctx: Context) -> list[Span]:
    return [node.evidence[0] for node in (*ctx.of_type(Municipality), *ctx.of_type(Region))]


def _mention(ctx: Context, found: Named) -> Organization:
    span = Span(found.start + ctx.document.start, found.end + ctx.document.start)
    hints: Hints = {"kind": found.kind}
    name = found.name
    if found.because:  # "förbundet" is no name of its own: the mention takes the name of what it points to
        name = found.canonical
        hints |= {"because": found.because, "bare": True}
    elif found.canonical and found.canonical != found.name:
        hints["canonical"] = found.canonical
    return Organization(
        id=ctx.mention_id(Organization, span),
        name=name,
        short_name=found.short or None,
        evidence=(span,),
        hints=hints,
    )


_OTHER = re.compile(r"(?<![\w-])([A-ZÅÄÖ][a-zåäö]{3,}s)[ \u00a0]kommun(s?)(?![\w-])")


def _other_municipalities(ctx: Context, text: str) -> Iterator[Named]:
    """``Xs kommun`` that is none of the 290 (abroad, of the past): the publisher, or named at least twice."""
    matches = list(_OTHER.finditer(text))
    counts = Counter(match[1] for match in matches)
    for match in matches:
        name = f"{match[1]} kommun"
        if (counts[match[1]] > 1 or name == squeeze(ctx.document.publisher or "")) and match[1] not in _NOT_NAMES:
            yield Named(match.start(), match.end(), name, "municipality")


_NOT_NAMES = frozenset({"Sveriges", "Länets", "Deras", "Vilkens", "Medlemmens", "Dagens", "Framtidens"})
_CUT = re.compile(r"[ \u00a0]?\w{0,2}(?:\.\.\.|…)")


def _completed(ctx: Context, text: str, found: Named, full: list[Named]) -> Named | None:
    """A name that a signing service cut off with an ellipsis: the one name of the bundle that begins so, or nothing."""
    if _CUT.match(text, found.end) is None:
        return found
    known = {squeeze(document.publisher) for document in ctx.bundle if document.publisher}
    known |= {other.canonical or other.name for other in full if _CUT.match(text, other.end) is None}
    beginning = found.name.rsplit(" ", 1)[0] if len(found.name.rsplit(" ", 1)[-1]) < 3 else found.name
    fitting = sorted(name for name in known if name.startswith(beginning) and name != beginning)
    if len(fitting) != 1:
        return None
    return found._replace(canonical=fitting[0], because=f"The name is cut off; the file names {fitting[0]}.")


def _again(text: str, short: dict[str, Named]) -> Iterator[Named]:
    for acronym, found in sorted(short.items()):
        for match in re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?::s|s)?(?![\w-])", text):
            canonical = found.canonical or found.name
            yield Named(match.start(), match.end(), acronym, found.kind, canonical)


# --- county administrative boards -----------------------------------------------------------------


@cache
def _county_stems() -> dict[str, County]:
    stems: dict[str, County] = {}
    for county in counties().values():
        stems[county.stem] = stems[county.stem.removesuffix("s")] = county
    return stems


def _boards(text: str) -> Iterator[Named]:
    """Every ``Länsstyrelsen``; ``canonical`` is ``?`` where no county follows."""
    stems = _county_stems()
    for match in _BOARD.finditer(text):
        county, end = None, match.start() + len("Länsstyrelsen") + len(match["genitive"])
        if match["where"] and not match["genitive"]:
            both = squeeze(match["one"] + (match["two"] or ""))
            county = stems.get(both) or stems.get(match["one"])
            if county is not None:
                end = match.end("two") if both in stems and match["two"] else match.end("one")
                lan = _LAN.match(text, end)
                end = lan.end() if lan else end
        name = squeeze(text[match.start() : end])
        name = name.removesuffix("s") if name.endswith(("läns", "elsens")) else name
        yield Named(match.start(), end, name, "county board", county.board if county else "?")


def _bare_boards(ctx: Context, text: str, boards: list[Named]) -> Iterator[Named]:
    bare = [found for found in boards if found.canonical == "?"]
    if not bare:
        return
    named = {found.canonical for found in boards} - {"?"}
    if len(named) == 1:
        board = next(iter(named))
        because = f"The document names one county administrative board only: {board}."
    else:
        county, why = county_of(ctx, text)
        if county is None or (named and county.board not in named):
            span = Span(bare[0].start + ctx.document.start, bare[0].end + ctx.document.start)
            ctx.issue("bare-mention", "Which county's Länsstyrelsen is meant does not follow from the document.", span)
            return
        board, because = county.board, why
    for found in bare:
        yield found._replace(canonical=board, because=because)


def county_of(ctx: Context, text: str) -> tuple[County | None, str]:
    """The county that a document is about, and why: its publisher's, or the only one that its text names."""
    publisher = ctx.document.publisher or ""
    named = {
        _county_stems()[match[1]].code for match in _COUNTY_NAME.finditer(publisher) if match[1] in _county_stems()
    }
    for node in ctx.of_type(Municipality):
        if publisher and node.name in publisher:
            named.add(node.municipality_code[:2])
    if len(named) == 1:
        county = counties()[named.pop()]
        return county, f"The document is published by {publisher}, in {county.name}."
    found = {_county_stems()[match[1]].code for match in _COUNTY_NAME.finditer(text) if match[1] in _county_stems()}
    found |= {node.municipality_code[:2] for node in ctx.of_type(Municipality)}
    found |= {node.region_code for node in ctx.of_type(Region)}
    if len(found) == 1:
        county = counties()[found.pop()]
        return county, f"All places that the document names are in {county.name}."
    return None, ""


# --- bare mentions: "förbundet", "bolaget" --------------------------------------------------------


@cache
def _bare_words() -> re.Pattern[str]:
    words = [word for word in toml("extract", "organizations.toml")["bare"] if word != "länsstyrelsen"]
    forms = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in words)
    return re.compile(rf"(?<![\w-])({forms})(s?)(?![\w-])")


def _bare(ctx: Context, text: str, full: list[Named], taken: _Taken) -> Iterator[Named]:
    names = {found.canonical or found.name: found.kind for found in full}
    publisher = squeeze(ctx.document.publisher) if ctx.document.publisher else ""
    meant: dict[str, tuple[str, str] | None] = {}
    for match in _bare_words().finditer(text):
        head = match[1].lower()
        if not taken.free(match.start(), match.end()):
            continue
        if head not in meant:
            meant[head] = _meaning(ctx, head, names, publisher, Span(match.start(), match.end()))
        if (resolved := meant[head]) is not None:
            name, because = resolved
            yield Named(match.start(), match.end(), match[1], names.get(name, "organization"), name, because=because)


def _meaning(ctx: Context, head: str, names: dict[str, str], publisher: str, span: Span) -> tuple[str, str] | None:
    """What a bare head means: the publisher if it fits, else the one name of the document that it can stand for."""
    if publisher and _fits(head, publisher, names.get(publisher, "")):
        return publisher, f"The document is published by {publisher}."
    fitting = sorted(name for name, kind in names.items() if _fits(head, name, kind))
    if head == "förbundet" and len(fitting) > 1:
        fitting = _most_meant(ctx, fitting)
    if len(fitting) == 1:
        return fitting[0], f"The only organisation of the document that {head!r} can stand for is {fitting[0]}."
    if len(fitting) > 1:
        where = Span(span.start + ctx.document.start, span.end + ctx.document.start)
        ctx.issue("bare-mention", f"{head!r} may be any of {', '.join(fitting[:4])}.", where)
    elif head not in _OF_A_DOCUMENT:
        publishers = {squeeze(document.publisher) for document in ctx.bundle if document.publisher}
        if len(near := sorted(name for name in publishers if _fits(head, name, ""))) == 1:
            return near[0], f"The only publisher of the file that {head!r} can stand for is {near[0]}."
    return None


# Every other letter is about a company or an association; a file has seldom to do with more than one federation.
_OF_A_DOCUMENT = frozenset({"bolaget", "föreningen", "stiftelsen", "universitetet"})


def _most_meant(ctx: Context, fitting: list[str]) -> list[str]:
    """The one federation that a document speaks of much more than the others (by its first word), or all."""
    text = ctx.clean(Span(ctx.document.start, ctx.document.end))
    ranked = sorted(((text.count(name.split()[0]), name) for name in fitting), reverse=True)
    return [ranked[0][1]] if ranked[0][0] >= 5 and ranked[0][0] >= 4 * ranked[1][0] else fitting


def _fits(head: str, name: str, kind: str) -> bool:
    folded = name.lower()
    if head == "bolaget":
        return kind == "company" or bool(re.search(r"\b(?:AB|Aktiebolag)\b", name))
    stem = re.sub(r"(?:en|et|n)$", "", head)
    if head == "förbundet":
        return "förbund" in folded and not folded.startswith(("riks", "central", "lantbr"))
    if head in ("föreningen", "stiftelsen", "universitetet"):
        return stem in folded
    return folded.startswith(head) or folded.endswith(stem) or f"{stem} " in folded
