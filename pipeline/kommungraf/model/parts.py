"""What the segment stage hands on: logical documents, each with a tree of parts that have a *role*.

Extractors choose parts by role and never by document type, so a new document type works as soon as its parts are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kommungraf.dates import PartialDate
from kommungraf.model.source import Span


class Role(StrEnum):
    """What a part is for in its document."""

    FRONT = "front"  # cover, letterhead, document header, form fields ("Kommun: …")
    CONTENTS = "contents"  # table of contents: never a source of facts
    MEETING = "meeting"  # meeting header: body, place and time, §§, adjusters
    ATTENDANCE = "attendance"  # who took part; also name lists of seats ("Aktuella ledamöter", "Sändlista")
    AGENDA_ITEM = "agenda-item"  # an item of minutes (§ 5), of a notice or of an agenda (5.)
    BACKGROUND = "background"  # bakgrund, ärendebeskrivning, sammanfattning, motivering, bedömning
    BASIS = "basis"  # beslutsunderlag
    PROPOSAL = "proposal"  # förslag till beslut, yrkanden, a motion's "därför yrkar jag"
    PROCEDURE = "procedure"  # beslutsgång, propositionsordning
    VOTE = "vote"  # votering, omröstning
    DECISION = "decision"  # beslut
    RESERVATION = "reservation"  # reservation, protokollsanteckning
    RECUSAL = "recusal"  # jäv
    RECIPIENTS = "recipients"  # skickas till, kopia till, sändlista
    HANDLER = "handler"  # handläggare, föredragande
    SIGNATURES = "signatures"  # who signs, adjusts or certifies
    APPEAL = "appeal"  # hur man överklagar
    AREA = "area"  # an area of work in a plan or report (verksamhetsområde)
    FOCUS = "focus"  # a focus area or assignment (fokusområde, uppdrag) inside an area
    GOALS = "goals"  # mål
    ACTIVITIES = "activities"  # planned activities
    RESULTS = "results"  # what was done
    BUDGET = "budget"  # budget and economy tables with their text
    ACCOUNTS = "accounts"  # income statement, balance sheet, notes, multi-year overview
    SECTION = "section"  # any other titled section
    BODY = "body"  # text with no better role


@dataclass(slots=True)
class Part:
    """A part of a logical document. ``start``/``end`` are offsets in ``clean``; the heading is inside the part.

    ``title`` is the heading as printed without mark-up or number; ``title_span`` its place; ``number`` an agenda item's
    number; ``blocks`` the half-open range of the blocks of the text that it covers, children included.
    """

    role: Role
    start: int
    end: int
    blocks: range
    title: str = ""
    title_span: Span | None = None
    number: int | None = None
    children: list[Part] = field(default_factory=list)

    def walk(self) -> Iterator[Part]:
        """This part and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def own_blocks(self) -> Iterator[int]:
        """Indexes of the blocks of this part that belong to no child."""
        taken = {index for child in self.children for index in child.blocks}
        return (index for index in self.blocks if index not in taken)


@dataclass(slots=True)
class LogicalDocument:
    """One document of a file that may be a bundle. ``ordinal`` counts from 1 in the file.

    ``type`` is a code of ``kg:documentTypes``; ``year`` the year that it is about; ``issued`` at the precision printed;
    ``publisher`` the organisation that stands behind it, as printed (``publisher_id`` its mention, set by extract);
    ``opening`` the passage with which it begins; ``edition`` where it says which version of itself it is ("reviderad
    2024-02-10", "utkast");
    ``because`` says in a sentence why it was cut and typed so.
    """

    id: str
    ordinal: int
    type: str
    title: str
    start: int
    end: int
    blocks: range
    opening: Span
    parts: list[Part] = field(default_factory=list)
    issued: PartialDate | None = None
    year: int | None = None
    publisher: str | None = None
    publisher_span: Span | None = None
    publisher_id: str | None = None
    edition: Span | None = None
    because: str = ""
    _walked: list[Part] = field(default_factory=list, repr=False)

    def walk(self) -> Iterator[Part]:
        """All parts in reading order, parents before children."""
        if not self._walked:  # the tree of a cut document does not change, and extractors ask for it all the time
            self._walked = [below for part in self.parts for below in part.walk()]
        return iter(self._walked)

    def with_role(self, *roles: Role) -> Iterator[Part]:
        """All parts that have one of the roles."""
        return (part for part in self.walk() if part.role in roles)
