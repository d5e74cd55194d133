"""Citations of law: statutes with chapter and section, bills and inquiries, EU acts, an organisation's own statutes.

A statute's name alone says little: which act ``socialtjänstlagen`` is depends on the year, and ``§ 27`` is most often a
paragraph of other minutes. So a section counts only beside a statute, and a name gets an IRI only when its number is
printed or one act alone bore the name in the year of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.extract.context import Context
from kommungraf.extract.references_names import Law, find_laws
from kommungraf.extract.references_series import find_series, find_union_acts
from kommungraf.model import iri
from kommungraf.model.facts import AgendaItem, LegalReference
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

_NUM = r"\d{1,3}(?:\s?[a-hj-z](?![\wåäö.:]))?"  # not "i": in "§ 23 i stadgarna" it is a word
_LIST = rf"{_NUM}(?:\s?(?:[-–,]|\s(?:och|samt|eller|till)\s)\s?{_NUM})*"
_TAIL = (
    r"(?:\s+(?:(?:första|andra|tredje|fjärde|femte|sista)\s+(?:stycket|meningen|punkten|st\b\.?)"
    r"|\d\s?(?:st\b\.?|p\b\.?|stycket|punkten)|(?:p|punkt|punkten)\.?\s?\d+|\d{1,2}(?=\s+[A-Za-zÅÄÖåäö]))){0,3}"
)
# "14 kap. 13–23 §§", "6 kap 4 §", "3 § första stycket", "§ 23", "24 kap.", "kap. 5 § 23", "artikel 6.1 e"
_SECTIONS = re.compile(
    rf"(?<![\w:/§])(?:(?P<chapter>\d{{1,2}}(?:\s?[a-z])?)\s?kap(?:itlet|itel|\b\.?)(?![:\w])"
    rf",?(?:\s?(?:(?P<a>{_LIST})\s?§§?|§§?\s?(?P<b>{_LIST})))?"
    rf"|[Kk]ap(?:itel|\.)?\s(?P<chapter2>\d{{1,2}}),?\s?§§?\s?(?P<e>{_LIST})"
    rf"|[Aa]rt(?:ikel|\.)\s?(?P<article>\d{{1,3}}(?:\.\d{{1,2}})?(?:\s?[a-h](?!\w))?)"
    rf"|(?P<c>{_LIST})\s?§§?|§§?\s?(?P<d>{_LIST})){_TAIL}(?!\w)"
)
_COLON = re.compile(r"\s(?P<chapter>\d{1,2})(?:\s?kap\.?\s?)?:(?P<section>\d{1,3}(?:\s?[a-z]\b)?)(?![\d:])")  # KL 5:23
# What may stand between sections and the act that they are of: "3 § skollagen", "12 § i styrelsens reglemente".
_OF = re.compile(r",?\s+(?:(?:i|av|enligt)\s+)?(?:(?:den|nya|gamla|tidigare|samma)\s+)*")
_OF_OWN = re.compile(r"\s+(?:i|av|enligt)\s+(?:(?:den|de|nya|gamla|gällande)\s+)*(?:[\w-]+s\s+(?:[\w-]+s\s+)?)?")
_AFTER_LAW = re.compile(r"(?:\s\([A-ZÅÄÖ]\w{1,5}\))?,?\s+(?:i\s+)?")  # "plan- och bygglagen (PBL) 11 kap. § 53 a"
_LONGEST_GAP = 14
_AND = re.compile(r"\s*,?\s*(?:och|samt|eller|,|jämte|jfr)\s+")


@dataclass(frozen=True, slots=True)
class Citation:
    """An act with the chapter and sections that are cited of it, as printed."""

    start: int
    end: int
    law: Law
    chapter: str | None = None
    sections: str | None = None

    @property
    def designation(self) -> str:
        """``SFS 2017:725``, ``SOU 2020:47``; own statutes have no number, so their § belongs to it."""
        own = self.law.act is None and self.sections
        return f"{self.law.instrument} § {self.sections}" if own else self.law.instrument

    @property
    def target(self) -> str | None:
        """The lagen.nu IRI: ``2005:837#K14P13``; of a range of sections the first."""
        act = self.law.act
        if act is None or act.target is None or not act.is_statute:
            return act.target if act else None
        chapter = f"K{self.chapter.replace(' ', '')}" if self.chapter else ""
        first = re.match(_NUM, self.sections) if self.sections else None
        section = f"P{first[0].replace(' ', '')}" if first else ""
        return f"{act.target}#{chapter}{section}" if chapter or section else act.target


def find_references(ctx: Context) -> Iterator[LegalReference]:
    """All legal references of the document, in reading order."""
    start, end = ctx.document.start, ctx.document.end
    text = ctx.text.clean[start:end]
    contents = [(part.start - start, part.end - start) for part in ctx.document.with_role(Role.CONTENTS)]
    items = _items(ctx)
    year = ctx.document.year or (ctx.document.issued.year if ctx.document.issued else None)
    for citation in find_citations(text, year):
        if any(low <= citation.start < high for low, high in contents):
            continue
        span = Span(start + citation.start, start + citation.end)
        yield LegalReference(
            id=iri.statement(ctx.document.id, "legalreference", str(span.start)),
            evidence=(span,),
            text=" ".join(text[citation.start : citation.end].split()),
            cites=citation.target,
            instrument=citation.designation,
            chapter=citation.chapter,
            paragraph=citation.sections,
            agenda_item=next((item for low, high, item in items if low <= span.start < high), None),
        )


def find_citations(text: str, year: int | None) -> list[Citation]:
    """The citations of a text; ``year`` decides between an act and its successor of the same name."""
    numbered = [*find_series(text), *find_union_acts(text)]
    named = [law for law in find_laws(text, year) if not any(n.start < law.end and law.start < n.end for n in numbered)]
    found = list(_cite(text, [*named, *numbered]))
    found.sort(key=lambda citation: (citation.start, -citation.end))
    kept: list[Citation] = []
    for citation in found:
        if not kept or citation.start >= kept[-1].end:
            kept.append(citation)
    return kept


def _cite(text: str, laws: list[Law]) -> Iterator[Citation]:
    """Join sections to the act that they are of; acts that are left are cited as a whole."""
    sections = list(_SECTIONS.finditer(text))
    owners = _owners(text, sections, laws)
    used: set[Law] = set()
    for index, match in enumerate(sections):
        law = owners.get(index)
        if law is None:
            continue
        start, end = _reach(match, law, law in used)
        used.add(law)
        listed = match["a"] or match["b"] or match["c"] or match["d"] or match["e"] or match["article"]
        yield Citation(start, end, law, match["chapter"] or match["chapter2"], listed)
    for law in laws:
        if law in used:
            continue
        colon = _COLON.match(text, law.end) if law.act else None
        if colon:
            yield Citation(law.start, colon.end(), law, colon["chapter"], colon["section"])
        elif not law.weak:
            yield Citation(law.start, law.end, law)


def _owners(text: str, sections: list[re.Match[str]], laws: list[Law]) -> dict[int, Law]:
    """Which act each of the sections is of: the one after it ("3 § skollagen"), else the one before ("KL 5 kap. 1 §").

    Sections that are joined by "och" share their act: "2 kap. 1 § och 5 kap. 2 § skollagen".
    """
    by_start, by_end = {law.start: law for law in laws}, {law.end: law for law in laws}
    owners: dict[int, Law] = {}
    for index in reversed(range(len(sections))):
        law = _law_after(text, sections[index].end(), by_start)
        if law is None and index + 1 in owners:
            joined = _AND.fullmatch(text, sections[index].end(), sections[index + 1].start())
            law = owners[index + 1] if joined else None
        if law:
            owners[index] = law
    for index, match in enumerate(sections):
        if index in owners:
            continue
        law = _law_before(text, match.start(), by_end)
        if law is None and index - 1 in owners:
            law = owners[index - 1] if _AND.fullmatch(text, sections[index - 1].end(), match.start()) else None
        if law:
            owners[index] = law
    return owners


def _law_after(text: str, position: int, by_start: dict[int, Law]) -> Law | None:
    for gap in (_OF.match(text, position), _OF_OWN.match(text, position)):
        law = by_start.get(gap.end()) if gap else None
        if gap and law and (law.act or gap[0].lstrip(", ").startswith(("i ", "av ", "enligt "))):
            return law
    return None


def _law_before(text: str, position: int, by_end: dict[int, Law]) -> Law | None:
    for back in range(1, _LONGEST_GAP + 1):
        law = by_end.get(position - back)
        if law and _AFTER_LAW.fullmatch(text, law.end, position):
            return law
    return None


def _reach(match: re.Match[str], law: Law, used: bool) -> tuple[int, int]:
    """The span of a citation: sections and act together; further sections of the same act have only their own."""
    if law.end <= match.start():
        return (match.start(), match.end()) if used else (law.start, match.end())
    gaps = (
        _OF.fullmatch(match.string, match.end(), law.start),
        _OF_OWN.fullmatch(match.string, match.end(), law.start),
    )
    return match.start(), law.end if any(gaps) else match.end()


def _items(ctx: Context) -> list[tuple[int, int, str]]:
    """Where the agenda items stand, and their IRIs."""
    parts = ctx.document.with_role(Role.AGENDA_ITEM)
    return [(part.start, part.end, item.id) for part in parts for item in ctx.within(AgendaItem, part)[:1]]
