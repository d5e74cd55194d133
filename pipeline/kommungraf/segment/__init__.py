"""Stage 2: a :class:`Text` becomes logical documents: type, title, dates, publisher, and a tree of parts with roles.

A new kind of document is a line in :data:`SEGMENTERS`, its words in ``data/openings.toml`` and, when no segmenter
fits, a function from lines to parts.
"""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.errors import Issue
from kommungraf.model import iri
from kommungraf.model.parts import LogicalDocument, Part, Role
from kommungraf.model.source import Span, Text
from kommungraf.segment.bundle import openings
from kommungraf.segment.edition import edition_of
from kommungraf.segment.headline import issued_of, title_of, year_of
from kommungraf.segment.letter import authority_decision, letter, motion, signature_page
from kommungraf.segment.lines import Line, lines_of
from kommungraf.segment.notice import notice
from kommungraf.segment.protocol import protocol
from kommungraf.segment.publisher import publisher_of
from kommungraf.segment.report import report
from kommungraf.segment.weighing import Opening
from kommungraf.text import squeeze

__all__ = ["SEGMENTERS", "segment"]

SEGMENTERS: dict[str, Callable[[list[Line], range], list[Part]]] = {
    "protokoll": protocol,
    "kallelse": notice,
    "föredragningslista": notice,
    "motion": motion,
    "interpellation": motion,
    "medborgarförslag": motion,
    "tjänsteskrivelse": letter,
    "myndighetsbeslut": authority_decision,
    "revisionsberättelse": letter,
    "verksamhetsberättelse": report,
    "verksamhetsplan": report,
    "budget": report,
    "årsredovisning": report,
    "strategi": report,
    "reglemente": report,
    "överenskommelse": report,
    "underskriftssida": signature_page,
    "övrigt": report,
}


def segment(text: Text) -> tuple[list[LogicalDocument], list[Issue]]:
    """The logical documents of a file in order, and what was unclear about them."""
    lines = lines_of(text)
    if not lines:
        return [], [Issue(text.file.name, "segment", "no-text", "The file has no text to cut into documents.")]
    found = openings(lines)
    documents, issues = [], []
    for ordinal, opening in enumerate(found, 1):
        end = found[ordinal].at if ordinal < len(found) else len(lines)
        document = _document(text, lines, opening, end, ordinal)
        documents.append(document)
        issues.extend(_unclear(text, document))
    return documents, issues


def _unclear(text: Text, document: LogicalDocument) -> list[Issue]:
    """What a person may want to look at: a document of no known type, minutes without an item."""
    page = text.page_at(document.start)
    name = squeeze(document.title)[:80]
    if document.type == "övrigt":
        message = f"What kind of document “{name}” begins is not clear; it is kept as övrigt."
        return [Issue(text.file.name, "segment", "unknown-type", message, page)]
    if document.type == "protokoll" and next(document.with_role(Role.AGENDA_ITEM), None) is None:
        message = f"The minutes “{name}” have no items that could be told apart; their decisions may be missing."
        return [Issue(text.file.name, "segment", "no-items", message, page)]
    return []


def _document(text: Text, lines: list[Line], opening: Opening, end: int, ordinal: int) -> LogicalDocument:
    own = lines[opening.at : end]
    where = range(opening.title.start - opening.at, max(opening.title.stop, opening.title.start + 1) - opening.at)
    title = title_of(own, where)
    issued = issued_of(own, where, opening.type)
    publisher, publisher_span = publisher_of(text, own, where, opening.type)
    first = text.blocks[own[0].block]
    return LogicalDocument(
        id=iri.document(text.file.sha256, ordinal),
        ordinal=ordinal,
        type=opening.type,
        title=title,
        start=own[0].start,
        end=own[-1].end,
        blocks=range(own[0].block, own[-1].block + 1),
        opening=own[0].span if first.rows else Span(first.start, first.end),
        parts=SEGMENTERS[opening.type](own, where),
        issued=issued,
        year=year_of(own, where, opening.type, issued, text.clean),
        publisher=publisher,
        publisher_span=publisher_span,
        edition=edition_of(own, where),
        because=f"{opening.type}: " + "; ".join(opening.reasons) + ".",
    )
