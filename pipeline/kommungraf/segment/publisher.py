"""Which organisation stands behind a document, as printed: who decides, letterhead, logo, title, running head."""

from __future__ import annotations

import re

from kommungraf.model.source import Printed, Span, Text
from kommungraf.segment.kinds import authority_decides, is_authority
from kommungraf.segment.lines import Line
from kommungraf.text import squeeze

_S = r"(?: |\n(?!\n))"  # a logo prints a name on two lines
_W = r"[A-ZÅÄÖ][\wåäöÅÄÖé-]+"
_UPPER = r"[A-ZÅÄÖ-]{2,}"
_FEDERATIONS = (
    "Kommunalförbundet|Kommunförbundet|Regionförbundet|Samordningsförbundet|Räddningstjänstförbundet|Gymnasieförbundet|"
    "Utbildningsförbundet|Vårdförbundet|Avfallsförbundet|Kollektivtrafikförbundet|Hjälpmedelsnämnden"
)
_KINDS = (
    "kommun|stad|kommunalförbund|kommunförbund|räddningstjänstförbund|samordningsförbund|gymnasieförbund|"
    "utbildningsförbund|vårdförbund|avfallsförbund"
)
_ORGANISATION = re.compile(
    rf"(?:{_FEDERATIONS}){_S}{_W}(?: {_W}){{0,2}}(?:{_S}län)?"
    rf"|Länsstyrelsen(?:{_S}i)?{_S}{_W}(?: {_W})?(?:{_S}län)?"
    rf"|Region{_S}{_W}(?:{_S}län)?"
    rf"|(?:{_W} ){{0,2}}{_W}{_S}(?:{_KINDS})\b"
    rf"|(?:{_W} ){{1,3}}(?:AB|[a-zåäö]*förbund|ekonomisk förening)\b"
    rf"|(?!Svenska |Sveriges )(?:{_W} ){{1,2}}[a-zåäö]*förbundet\b"  # a federation with its own name: Västra …förbundet
    rf"|Räddningstjänsten(?: {_W}){{1,3}}"
    rf"|(?:{_FEDERATIONS.upper()})(?: {_UPPER})+"
    rf"|(?:{_UPPER} ){{1,2}}(?:{_KINDS.upper()})\b|REGION(?: {_UPPER})+"
)
_SPEAK_OF_THEMSELVES = frozenset(
    {"verksamhetsberättelse", "verksamhetsplan", "budget", "årsredovisning", "revisionsberättelse", "strategi"}
)
_OF_MEMBERS = frozenset({"motion", "interpellation", "medborgarförslag"})
_SHORT = 100
_STOPS = (".", "!", "?", ":")
_EARLY = 3000


def publisher_of(text: Text, lines: list[Line], title: range, kind: str) -> tuple[str | None, Span | None]:
    """The organisation's name and its place, which may be in a running head.

    Reports and plans speak of their own organisation: there the first mention counts when no letterhead names it.
    Nothing is taken from the prose of other documents, because they speak of others.
    """
    if kind == "underskriftssida":
        return None, None
    if kind == "myndighetsbeslut":
        return _named(text, _deciding(lines))
    span = _in_head(text.clean, lines, title, kind)
    if span is None and kind in _SPEAK_OF_THEMSELVES:
        match = _ORGANISATION.search(text.clean, lines[0].start, min(lines[0].start + _EARLY, lines[-1].end))
        span = Span(match.start(), match.end()) if match else None
    if span:
        return _named(text, span)
    return _running(text, lines)


def names_organisation(text: str) -> bool:
    """Whether a line is nothing but an organisation's name."""
    return bool(_ORGANISATION.fullmatch(text.strip()))


def _named(text: Text, span: Span | None) -> tuple[str | None, Span | None]:
    return (squeeze(text.of(span)), span) if span else (None, None)


def _deciding(lines: list[Line]) -> Span | None:
    for line in lines[:30]:
        if is_authority(line.text) and " " in line.text.strip():
            return line.span
        if match := authority_decides(line.text):
            return Span(line.start + match.start(1), line.start + match.end(1))
    return None


def _in_head(clean: str, lines: list[Line], title: range, kind: str) -> Span | None:
    """In the short lines around the title; a name may run on to the next line of its block."""
    stop = title.stop + (0 if kind in _OF_MEMBERS else 6)
    head = [line for line in lines[:stop] if len(line.text) <= _SHORT and not line.text.rstrip().endswith(_STOPS)]
    for line in head:
        if line.text.startswith("Till ") and kind != "revisionsberättelse":
            continue  # the addressee; only auditors report to their own organisation
        end = max(other.end for other in head if other.block == line.block)
        match = _ORGANISATION.search(clean, line.start, end)
        if match and match.start() < line.end:
            return Span(match.start(), match.end())
    return None


def _running(text: Text, lines: list[Line]) -> tuple[str | None, Span | None]:
    """From the running heads of the document's pages, which the reader keeps apart from the text."""
    first, last = text.page_at(lines[0].start), text.page_at(lines[-1].start)
    if first is None or last is None:
        return None, None
    for line in text.running:
        if first <= line.page <= last and (match := _ORGANISATION.search(text.stored, *line.stored)):
            return squeeze(match[0]), Printed(*match.span())
    return None, None
