"""Who stands behind a document: its publisher as a mention, where the segmenter saw it or where it is clear."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.extract.places_context import municipality_of, named_municipality, region_of
from kommungraf.extract.places_reference import counties
from kommungraf.model import iri
from kommungraf.model.facts import Entity, Municipality, Organization, Region
from kommungraf.model.source import Printed, Span
from kommungraf.text import squeeze

_COUNCIL = re.compile(r"(?i)\bkommun(?:styrelsen|fullmäktige)|nämnden\b|utskottet?\b")
_HALL = re.compile(
    r"\b(?:kommunhuset|kommunkontoret|stadshuset|rådhuset|kommunalhuset|förvaltningshuset)(?:,| i)?\s"
    r"(?:[\wåäö -]{0,20},\s)??"
    r"(?P<place>(?-i:[A-ZÅÄÖ][a-zåäö]+))",
    re.I,
)
_FRONT, _FIRST_LINES = 1500, 300


def find_publisher(ctx: Context) -> Iterator[Entity]:
    """Set ``ctx.document.publisher_id``; yields the mention where no finder has seen one at the publisher's place."""
    document = ctx.document
    if document.publisher is None or document.publisher_span is None:
        hall = _town_hall(ctx)
        if hall is not None:
            document.publisher_id = hall.id
            yield hall
        else:
            _dominant(ctx)
        return
    in_head = isinstance(document.publisher_span, Printed)
    for node in _organizations(ctx):
        span = node.evidence[0]
        there = span.start < document.publisher_span.end and document.publisher_span.start < span.end
        if canonical(node) == squeeze(document.publisher) if in_head else there:
            document.publisher_id = node.id
            return
    mention = _mention(ctx, squeeze(document.publisher), document.publisher_span)
    document.publisher_id = mention.id
    own = document.start <= document.publisher_span.start and document.publisher_span.end <= document.end
    if in_head or own:
        yield mention
        return
    document.publisher_id = None
    for node in _organizations(ctx):  # the segmenter saw it in a neighbour of the bundle
        if squeeze(document.publisher) == canonical(node) or node.id == mention.id:
            document.publisher_id = node.id
            return


def canonical(node: Entity) -> str:
    """The full name of an organisation's mention, a municipality's or region's own name included."""
    if isinstance(node, Municipality):
        return f"{node.name} kommun"
    return str(node.hints.get("canonical") or node.name)


def _organizations(ctx: Context) -> list[Entity]:
    return [*ctx.of_type(Municipality), *ctx.of_type(Region), *ctx.of_type(Organization)]


def _mention(ctx: Context, name: str, span: Span) -> Entity:
    municipality = municipality_of(name)
    if municipality is not None:
        return Municipality(
            id=iri.municipality(municipality.code),
            name=municipality.name,
            municipality_code=municipality.code,
            evidence=(span,),
        )
    region = region_of(name)
    if region is not None:
        return Region(id=iri.region(region), name=counties()[region].regions[0], region_code=region, evidence=(span,))
    return Organization(id=ctx.mention_id(Organization, span), name=name, evidence=(span,), hints={"kind": "publisher"})


def _town_hall(ctx: Context) -> Municipality | None:
    """The municipality in whose hall a body of a municipality met, as the header of its minutes or notice says."""
    start = ctx.document.start
    header = ctx.clean(Span(start, min(start + _FRONT, ctx.document.end)))
    if not _COUNCIL.search(header):
        return None
    for match in _HALL.finditer(header):
        found = named_municipality(header, match.start("place"))
        if found is not None:
            entry, end = found
            return Municipality(
                id=iri.municipality(entry.code),
                name=entry.name,
                municipality_code=entry.code,
                evidence=(Span(start + match.start("place"), start + end),),
                hints={"because": f"A body of a municipality met in its hall: {squeeze(match.group())}."},
            )
    return None


def _dominant(ctx: Context) -> None:
    """Where no publisher is printed as such: the organisation that the document speaks of most, beyond doubt.

    It must be meant at least five times, more than any other, and either three times as often as the next and near the
    beginning, or bare from the first lines on (``Kommunförbundet ska …``): so an organisation speaks of itself.
    """
    nodes = _organizations(ctx)
    ranked = Counter(canonical(node) for node in nodes).most_common(2)
    if not ranked or ranked[0][1] < 5 or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return
    meant = sorted((node for node in nodes if canonical(node) == ranked[0][0]), key=lambda node: node.evidence[0])
    first = meant[0].evidence[0].start - ctx.document.start
    clear = len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]
    if (clear and first < _FRONT) or ("bare" in meant[0].hints and first < _FIRST_LINES):
        full = [node for node in meant if "bare" not in node.hints]
        ctx.document.publisher_id = (full or meant)[0].id
