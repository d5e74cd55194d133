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
from kommungraf.extract.statutes import (
    LAGEN_NU,
    Act,
    own_instrument,
    statute_by_abbreviation,
    statute_by_name,
    statute_by_title,
)
from kommungraf.model import iri
from kommungraf.model.facts import AgendaItem, LegalReference
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

_NUM = r"\d{1,3}(?:\s?[a-hj-z](?![\wåäö.:]))?"  # not "i": in "§ 23 i stadgarna" it is a word
_LIST = rf"{_NUM}(?:\s?(?:[-–,]|\s(?:och|samt|eller|till)\s)\s?{_NUM})*"
_TAIL = (
    r"(?:\s+(?:(?:första|andra|tredje|fjärde|femte|sista)\s+(?:stycket|meningen|punkten|st\b\.?)"
    r"|\d\s?(?:st\b\.?|p\b\.?|stycket|punkten)|(?:p|punkt|punkten)\s?\d+)){0,3}"
)
# "14 kap. 13–23 §§", "6 kap 4 §", "3 § första stycket", "§ 23", "24 kap."
_SECTIONS = re.compile(
    rf"(?<![\w:/§])(?:(?P<chapter>\d{{1,2}}(?:\s?[a-z])?)\s?kap(?:itlet|itel|\b\.?),?(?:\s?(?:(?P<a>{_LIST})\s?§§?|§§?\s?(?P<b>{_LIST})))?"
    rf"|(?P<c>{_LIST})\s?§§?|§§?\s?(?P<d>{_LIST})){_TAIL}(?!\w)"
)
_COLON = re.compile(r"\s(?P<chapter>\d{1,2})(?:\s?kap\.?\s?)?:(?P<section>\d{1,3}(?:\s?[a-z]\b)?)(?![\d:])")  # KL 5:23
# A word that ends like a statute's name, with a joined first half ("plan- och bygglagen") and the number in brackets.
_LAW_WORD = re.compile(
    r"(?i)\b(?P<name>(?:(?<!\w-)(?P<half>\w++-\s(?:och|,)\s))?[\w-]++"
    r"(?:(?<=lag)|(?<=lagen)|(?<=lagens)|(?<=balken)|(?<=balkens)|(?<=balk)|(?<=förordning)|(?<=förordningen)"
    r"|(?<=förordningens)|(?<=regeringsformen)|(?<=regeringsformens)))"
    r"(?:\s*\((?:SFS\s*)?(?P<sfs>\d{4}:\d{1,4})\)|\s+(?:SFS\s*)?(?P<open>\d{4}:\d{1,4})(?!\d))?"
)
_PLAIN = re.compile(r"(?:lag|förordning)(?:en|ens)?")  # "lagen", which a number or a title has to tell
_ABBREVIATION = re.compile(r"(?<![\w-])[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,4}(?![\w-])")
_OWN = re.compile(
    r"(?i)\b(?:stadgarnas|stadgarna|stadgar|stadgan|\w++(?:(?<=ordning)|(?<=ordningen)|(?<=ordningens)"
    r"|(?<=reglemente)|(?<=reglementet)|(?<=reglementets)|(?<=föreskrifter)|(?<=föreskrifterna)))\b"
)
# What may stand between sections and the statute that they are of.
_OF = re.compile(r",?\s+(?:(?:i|av|enligt)\s+)?(?:(?:den|nya|gamla|tidigare|samma)\s+)*")
_OF_OWN = re.compile(r"\s+(?:i|av|enligt)\s+(?:(?:den|de|nya|gamla|gällande)\s+)*(?:[\w-]+s\s+(?:[\w-]+s\s+)?)?")
_BEFORE = re.compile(r",?\s+(?:i\s+)?|\s*,\s*")
_AND = re.compile(r"\s*,?\s*(?:och|samt|eller|,|jämte|jfr)\s+")
# Words that make an abbreviation by itself a citation: "enligt LSS" cites, "Stöd och service LSS" is a field of work.
_CITING = re.compile(
    r"(?i)(?:enligt|jämlikt|i enlighet med|med stöd av|med stöd i|stöd i|i strid med|följer av"
    r"|(?:reglerna|bestämmelserna|kraven) i)\s+$"
)
_NEW = re.compile(r"\b(?:nya?|kommande|föreslagna)\s+$", re.I)

_SERIES = re.compile(
    r"(?<![\w-])(?P<kind>SOU|Ds|[Dd]ir\.?|[Kk]ommittédirektiv|[Pp]rop\.?|[Pp]roposition(?:en)?|[Bb]et\.?|[Rr]skr\.?|SFS|BFNAR"
    r"|[A-ZÅÄÖ]{1,8}(?:-[A-ZÅÄÖ]{0,4})?FS)\s*(?P<number>\d{4}(?:/\d{2,4})?:[A-Za-zÅÄÖåäö]{0,4}\d{1,4})(?!\d)"
)
_EU = re.compile(
    r"(?i)(?:\b(?P<kind>(?:Europaparlamentets\s+och\s+rådets\s+|rådets\s+|kommissionens\s+)?\w*förordning(?:en)?|\w*direktiv(?:et)?|beslut(?:et)?)\s+)?"
    r"(?:\((?P<body>EU|EG|EEG)\)\s*(?P<nr>nr\s*)?(?P<one>\d{1,4})/(?P<two>\d{2,4})\b"
    r"|(?<![\d/])(?P<year>(?:19)?[5-9]\d|20\d\d)/(?P<number>\d{1,4})/(?:EU|EG|EEG)\b)"
)
_LAGEN_NU_SERIES = {"sou": "sou", "ds": "ds", "dir": "dir", "prop": "prop", "sfs": ""}


@dataclass(frozen=True, slots=True)
class _Law:
    """A statute named in the text. ``act``: ``None`` for an organisation's own; ``weak``: counts with sections only."""

    start: int
    end: int
    act: Act | None
    instrument: str
    weak: bool


@dataclass(frozen=True, slots=True)
class _Citation:
    start: int
    end: int
    law: _Law
    chapter: str | None = None
    sections: str | None = None

    @property
    def designation(self) -> str:
        """``SFS 2017:725``, ``SOU 2020:47``; own statutes have no number, so their § belongs to it."""
        own = self.law.act is None and self.sections
        return f"{self.law.instrument} § {self.sections}" if own else self.law.instrument


def find_references(ctx: Context) -> Iterator[LegalReference]:
    """All legal references of the document, in reading order."""
    start, end = ctx.document.start, ctx.document.end
    text = ctx.text.clean[start:end]
    contents = [(part.start - start, part.end - start) for part in ctx.document.with_role(Role.CONTENTS)]
    year = ctx.document.year or (ctx.document.issued.year if ctx.document.issued else None)
    items = ctx.of_type(AgendaItem)
    for citation in find_citations(text, year):
        if any(low <= citation.start < high for low, high in contents):
            continue
        span = Span(start + citation.start, start + citation.end)
        yield LegalReference(
            id=iri.statement(ctx.document.id, "legalreference", f"{span.start}"),
            evidence=(span,),
            text=text[citation.start : citation.end],
            cites=_target(citation),
            instrument=citation.designation,
            chapter=citation.chapter,
            paragraph=citation.sections,
            agenda_item=_item_at(ctx, items, span),
        )


def find_citations(text: str, year: int | None) -> list[_Citation]:
    """The citations of a text; ``year`` decides between an act and its successor of the same name."""
    found = [*_series(text), *_union(text)]
    printed = _printed_numbers(text)
    taken = sorted((citation.start, citation.end) for citation in found)
    laws = [law for law in (*_laws(text, year, printed), *_own(text)) if not _overlaps(law.start, law.end, taken)]
    found += _with_sections(text, laws)
    found.sort(key=lambda citation: (citation.start, -citation.end))
    kept: list[_Citation] = []
    for citation in found:
        if not kept or citation.start >= kept[-1].end:
            kept.append(citation)
    return kept


# --- statutes by name ------------------------------------------------------------------------------------------------


def _printed_numbers(text: str) -> dict[str, Act]:
    """Names whose number the text prints somewhere: "kommunallagen (2017:725)" says which act its bare name is."""
    numbers: dict[str, set[str]] = {}
    for match in _LAW_WORD.finditer(text):
        if (match["sfs"] or match["open"]) and not _PLAIN.fullmatch(name := match["name"].lower()):
            numbers.setdefault(name, set()).add(match["sfs"] or match["open"])
    return {
        name: Act(f"SFS {sfs}", LAGEN_NU + sfs) for name, found in numbers.items() if len(found) == 1 for sfs in found
    }


def _laws(text: str, year: int | None, printed: dict[str, Act]) -> Iterator[_Law]:
    for match in _LAW_WORD.finditer(text):
        law = _law_of_word(text, match, year, printed)
        if law:
            yield law
    for match in _ABBREVIATION.finditer(text):
        act = statute_by_abbreviation(match[0], year)
        if act:
            cited = _CITING.search(text, max(0, match.start() - 30), match.start())
            yield _Law(match.start(), match.end(), act, act.instrument, weak=cited is None)


def _law_of_word(text: str, match: re.Match[str], year: int | None, printed: dict[str, Act]) -> _Law | None:
    """``vallagen (2005:837)``, ``lagen (1993:387) om stöd``, ``lagen om valfrihetssystem``, ``skollagen``."""
    start, end, name = match.start(), match.end(), match["name"].lower()
    if match["half"] and not statute_by_name(name, year):  # "skol- och kommunallagen" are two acts
        start, name = match.end("half"), name[len(match["half"]) :]
    title = statute_by_title(text[end : end + 120], year) if _PLAIN.fullmatch(name) else None
    if title:
        end += title.length
    if match["sfs"] or match["open"]:
        act = Act(f"SFS {match['sfs']}", LAGEN_NU + (match["sfs"] or match["open"]))
        return _Law(start, end, act, act.instrument, weak=False)
    if title:
        return _Law(start, end, title.act, title.act.instrument, weak=False)
    new = bool(_NEW.search(text, max(0, start - 15), start))
    act_by_name = statute_by_name(name, year, new=new) if new else printed.get(name) or statute_by_name(name, year)
    if act_by_name is None:
        return None
    return _Law(start, end, act_by_name, act_by_name.instrument, weak=act_by_name.target is None)


def _own(text: str) -> Iterator[_Law]:
    for match in _OWN.finditer(text):
        instrument = own_instrument(match[0])
        if instrument:
            yield _Law(match.start(), match.end(), None, instrument, weak=True)


# --- sections and what they are of -----------------------------------------------------------------------------------


def _with_sections(text: str, laws: list[_Law]) -> Iterator[_Citation]:
    """Join sections to the statute after them ("3 § skollagen"), else to the one before ("skollagen 3 §")."""
    by_start = {law.start: law for law in laws}
    by_end = {law.end: law for law in laws}
    sections = list(_SECTIONS.finditer(text))
    owner: dict[int, _Law] = {}
    following: _Law | None = None
    for index in range(len(sections) - 1, -1, -1):  # from the right: "1 § och 5 kap. 2 § kommunallagen" share the law
        law = _law_after(text, sections[index].end(), by_start)
        if law is None and following and index + 1 < len(sections):
            gap = text[sections[index].end() : sections[index + 1].start()]
            law = following if _AND.fullmatch(gap) else None
        following = law
        if law:
            owner[index] = law
    used: set[_Law] = set()
    previous: tuple[int, _Law] | None = None
    for index, match in enumerate(sections):
        law = owner.get(index) or _law_before(text, match.start(), by_end)
        if law is None and previous and _AND.fullmatch(text[previous[0] : match.start()]):
            law = previous[1]  # "kommunallagen 5 kap. 1 § och 6 kap. 2 §"
        if law is None:
            previous = None
            continue
        previous = (match.end(), law)
        start, end = _reach(match, law, used)
        used.add(law)
        listed = match["a"] or match["b"] or match["c"] or match["d"]
        yield _Citation(start, end, law, match["chapter"], listed)
    for law in laws:
        if law in used:
            continue
        colon = _COLON.match(text, law.end) if law.act else None
        if colon:
            yield _Citation(law.start, colon.end(), law, colon["chapter"], colon["section"])
        elif not law.weak:
            yield _Citation(law.start, law.end, law)


def _reach(match: re.Match[str], law: _Law, used: set[_Law]) -> tuple[int, int]:
    """The span of a citation: sections and statute together; the second section of a statute has only its own."""
    if law.end <= match.start():
        return (match.start(), match.end()) if law in used else (law.start, match.end())
    return (match.start(), law.end if _OF_OWN_OR_LAW.fullmatch(match.string, match.end(), law.start) else match.end())


_OF_OWN_OR_LAW = re.compile(rf"(?:{_OF.pattern}|{_OF_OWN.pattern})")


def _law_after(text: str, position: int, by_start: dict[int, _Law]) -> _Law | None:
    gap = _OF.match(text, position)
    law = by_start.get(gap.end()) if gap else None
    if law is None:
        gap = _OF_OWN.match(text, position)
        law = by_start.get(gap.end()) if gap else None
    return law if law and (law.act or _is_of(text[position : law.start])) else None


def _is_of(gap: str) -> bool:
    return bool(re.match(r"\s+(?:i|av|enligt)\s", gap))


def _law_before(text: str, position: int, by_end: dict[int, _Law]) -> _Law | None:
    for back in (1, 2, 3, 4):
        law = by_end.get(position - back)
        if law and _BEFORE.fullmatch(text, law.end, position):
            return law
    return None


# --- numbered series and EU acts -------------------------------------------------------------------------------------


def _series(text: str) -> Iterator[_Citation]:
    for match in _SERIES.finditer(text):
        kind, number = match["kind"].rstrip("."), match["number"]
        short = {"proposition": "prop", "propositionen": "prop", "kommittédirektiv": "dir"}.get(
            kind.lower(), kind.lower()
        )
        if short == "sfs" and text[max(0, match.start() - 1)] == "(":
            continue  # the number of a statute that is named before it
        path = _LAGEN_NU_SERIES.get(short)
        target = None if path is None else LAGEN_NU + (f"{path}/{number}" if path else number)
        label = f"{short}." if short in ("prop", "dir", "bet", "rskr") else kind
        instrument = f"{label} {number}"
        yield _Citation(
            match.start(), match.end(), _Law(match.start(), match.end(), Act(instrument, target), instrument, False)
        )


def _union(text: str) -> Iterator[_Citation]:
    for match in _EU.finditer(text):
        kind = (match["kind"] or "").lower()
        letter = next(
            (code for word, code in (("förordning", "R"), ("direktiv", "L"), ("beslut", "D")) if word in kind), None
        )
        year, number = match["year"] or match["one"], match["number"] or match["two"]
        if match["nr"]:  # before 2015 the number came first: (EG) nr 178/2002
            year, number = number, year
        if len(year) == 2:
            year = f"19{year}"
        printed = match[0][match[0].lower().find("(") if match["body"] else len(kind) :].strip()
        target = f"{LAGEN_NU}celex/3{year}{letter}{int(number):04}" if letter and len(year) == 4 else None
        yield _Citation(
            match.start(), match.end(), _Law(match.start(), match.end(), Act(printed, target), printed, False)
        )


# --- results ---------------------------------------------------------------------------------------------------------


def _target(citation: _Citation) -> str | None:
    """The lagen.nu IRI: ``2005:837#K14P13``; of a range of sections the first."""
    act = citation.law.act
    if act is None or act.target is None:
        return None
    fragment = ""
    if citation.chapter:
        fragment += "K" + citation.chapter.replace(" ", "")
    if citation.sections:
        first = re.match(_NUM, citation.sections)
        fragment += "P" + first[0].replace(" ", "") if first else ""
    return f"{act.target}#{fragment}" if fragment and act.is_statute else act.target


def _item_at(ctx: Context, items: list[AgendaItem], span: Span) -> str | None:
    for part in ctx.document.with_role(Role.AGENDA_ITEM):
        if part.start <= span.start < part.end:
            return next((item.id for item in items if part.start <= item.evidence[0].start < part.end), None)
    return None


def _overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return any(low < end and start < high for low, high in taken)
