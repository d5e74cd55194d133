"""Municipalities and regions. A plain municipality name is a municipality only where the context says so.

The evidence of a municipality is the name as printed, a genitive ``s`` included, without a separate ``kommun``: in
``Orsas kommun`` it is ``Orsas``. The evidence of a region is its whole name (``Region Örebro län``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from kommungraf.extract.context import Context
from kommungraf.extract.places_context import (
    Found,
    acts,
    again,
    chains,
    contents,
    inside,
    is_named,
    listed,
    municipality_names,
    municipality_of,
    region_names,
    represented,
    vetoed,
)
from kommungraf.extract.places_reference import MunicipalityEntry, counties, municipalities
from kommungraf.model import iri
from kommungraf.model.facts import Hints, Municipality, Region
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

_BARE = re.compile(r"(?<![\w-])[Kk]ommunens?(?![\w-])")
_BARE_REGION = re.compile(r"(?<![\w-])(?:[Rr]egionens?|[Ll]andstingets?)(?![\w-])")
_CAPITAL = re.compile(r"[A-ZÅÄÖ][a-zåäö]+")
_IN_AREA = re.compile(r"\b(?:i|inom|hela|över|runt|ur)\s+(?:hela\s+)?$")


def find_municipalities(ctx: Context) -> Iterator[Municipality]:
    """Every mention of a municipality in a logical document, in text order. Issue: none; an unclear name is not one."""
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    skip = contents(ctx)
    hits = [hit for hit in municipality_names().find(text) if not inside(hit.start + offset, skip)]
    columns = set(_name_cells(ctx, hits))
    lists = [Span(part.start, part.end) for part in ctx.document.with_role(Role.ATTENDANCE, Role.SIGNATURES)]
    codes: set[str] = set()
    blocks: dict[int, set[str]] = {}
    for chain in chains(text, hits):
        strong = [is_named(text, hit) for hit in chain]
        accepted = listed(text, chain, any(strong))
        block = blocks.setdefault(ctx.text.block_index(chain[0].start + offset) if chain else 0, set())
        for hit, sure in zip(chain, strong, strict=True):
            said = accepted or hit.start + offset in columns or represented(ctx, text, hit, lists)
            clear = said or acts(text, hit, alone=len(chain) == 1) or again(text, hit, block)
            if sure or (clear and not vetoed(text, hit)):
                codes.add(hit.value.code)
                block.add(hit.value.code)
                yield _mention(hit.value, Span(hit.start + offset, hit.end + offset), {})
        if accepted:
            yield from _misspelt(ctx, text, chain)
    if (only := _own_municipality(ctx, codes)) is not None:
        entry, because = only
        for match in _BARE.finditer(text):
            span = Span(match.start() + offset, match.end() + offset)
            if not inside(span.start, skip):
                yield _mention(entry, span, {"because": because, "bare": True})


def find_regions(ctx: Context) -> Iterator[Region]:
    """Every mention of a region as an organisation; ``regionen`` where the document names only one."""
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    skip = contents(ctx)
    codes: set[str] = set()
    for hit in region_names().find(text):
        if inside(hit.start + offset, skip):
            continue
        end = hit.end
        if (rest := re.compile(r"\s+läns?\b").match(text, end)) and not hit.form.endswith("län"):
            end = rest.end()
        codes.add(hit.value)
        yield _region(hit.value, Span(hit.start + offset, end + offset), {})
    if len(codes) != 1:
        return
    code = next(iter(codes))
    because = f"The document names one region only: {counties()[code].regions[0]}."
    for match in _BARE_REGION.finditer(text):
        if not _IN_AREA.search(text, max(0, match.start() - 12), match.start()):
            yield _region(code, Span(match.start() + offset, match.end() + offset), {"because": because, "bare": True})


def _misspelt(ctx: Context, text: str, chain: list[Found]) -> Iterator[Municipality]:
    """A word inside a list of municipalities that is one letter away from exactly one of them."""
    for last, hit in pairwise(chain):
        for word in _CAPITAL.finditer(text, last.end, hit.start):
            near = [
                entry
                for entry in municipalities().values()
                if Levenshtein.distance(word.group(), entry.name, score_cutoff=1) == 1
            ]
            if len(near) == 1 and len(word.group()) >= 6:
                span = Span(word.start() + ctx.document.start, word.end() + ctx.document.start)
                ctx.issue("spelling", f"{word.group()!r} in a list of municipalities is read as {near[0].name}.", span)
                yield _mention(
                    near[0], span, {"because": f"One letter from {near[0].name}, in a list of municipalities."}
                )


def _name_cells(ctx: Context, hits: list[Found]) -> Iterator[int]:
    """Starts of hits that fill a table cell or a line in a column (a list) of such names: three at least, or half."""
    offset = ctx.document.start
    ends = {hit.start + offset: hit.end + offset for hit in hits}
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        columns: dict[int, list[Span]] = {}
        if block.kind == "table":
            for row in block.rows:
                for cell in row.cells:
                    if cell.end > cell.start:
                        columns.setdefault(cell.column, []).append(Span(cell.start, cell.end))
        elif "\n" in ctx.text.of(block):
            position = block.start
            for line in ctx.text.of(block).split("\n"):
                columns.setdefault(0, []).append(Span(position, position + len(line.rstrip())))
                position += len(line) + 1
        for cells in columns.values():
            named = [cell.start for cell in cells if ends.get(cell.start) == cell.end]
            if len(named) >= 3 and 2 * len(named) >= len(cells) - 2:
                yield from named


def _own_municipality(ctx: Context, codes: set[str]) -> tuple[MunicipalityEntry, str] | None:
    """Which municipality ``kommunen`` is: the publisher, or the only one that the document names."""
    if ctx.document.publisher and (entry := municipality_of(ctx.document.publisher)) is not None:
        return entry, f"The document is published by {ctx.document.publisher}."
    if len(codes) == 1:
        entry = municipalities()[next(iter(codes))]
        return entry, f"The document names one municipality only: {entry.name}."
    return None


def _mention(entry: MunicipalityEntry, span: Span, hints: Hints) -> Municipality:
    code = entry.code
    return Municipality(
        id=iri.municipality(code), name=entry.name, municipality_code=code, evidence=(span,), hints=hints
    )


def _region(code: str, span: Span, hints: Hints) -> Region:
    name = counties()[code].regions[0]
    return Region(id=iri.region(code), name=name, region_code=code, evidence=(span,), hints=hints)
