"""What the context says about a mentioned person: party, municipality, office. Linking weighs it; it is no fact yet."""

from __future__ import annotations

import re
from bisect import bisect_left

from kommungraf.extract.context import Context
from kommungraf.extract.people_evidence import Evidence, is_party
from kommungraf.model.facts import Hints, Municipality, Party
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

_PARTY_LABEL = re.compile(r"(?:^|\n)[ \t]*(?:Parti|Partibeteckning|Partigrupp)[ \u00a0]*:[ \u00a0]*$", re.I)
_PLACE_LABEL = re.compile(r"(?:^|\n)[ \t]*(?:Kommun|Kommun/region|Medlemskommun|Valkrets)[ \u00a0]*:[ \u00a0]*$", re.I)
_BETWEEN = re.compile(r"\s*(?:\([^()]{1,9}\))?\s*[,–(-]?\s*")
_NEAR = 600  # characters that a party alone in a line of a list of participants governs


class ContextHints:
    """The form fields and group headings of a document, found once; :meth:`of` gives the hints of a mention."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.lists = [(part.start, part.end) for part in ctx.document.with_role(Role.ATTENDANCE, Role.VOTE)]
        self.party_fields: list[tuple[int, str]] = []
        self.party_lines: list[tuple[int, str]] = []
        for party in ctx.of_type(Party):
            span = party.evidence[0]
            value = party.abbreviation or party.name
            if self._labelled(span, _PARTY_LABEL):
                self.party_fields.append((span.start, value))
            elif any(low <= span.start < high for low, high in self.lists) and self._alone(span):
                self.party_lines.append((span.start, value))
        self.places = [
            (place.evidence[0].start, place.municipality_code)
            for place in ctx.of_type(Municipality)
            if self._labelled(place.evidence[0], _PLACE_LABEL)
        ]

    def of(self, span: Span, evidence: Evidence) -> Hints:
        """The hints of the person named at a span."""
        hints: Hints = {}
        if party := self._printed_party(span, evidence) or (self._governing_party(span) if evidence.structured else ""):
            hints["party"] = party
        if evidence.office:
            hints["office"] = evidence.office
        if code := self._municipality(span, evidence):
            hints["municipality"] = code
        if self.ctx.document.publisher:
            hints["organization"] = self.ctx.document.publisher
        return hints

    def _printed_party(self, span: Span, evidence: Evidence) -> str:
        """A registered party, or letters found to be a local one; ``(Vision)`` after a name may be anything."""
        if not evidence.party or is_party(evidence.party) or evidence.party == "-":
            return evidence.party
        return evidence.party if self.ctx.within(Party, Span(span.end, span.end + 14)) else ""

    def _labelled(self, span: Span, label: re.Pattern[str]) -> bool:
        start = max(self.ctx.document.start, span.start - 40)
        return bool(label.search(self.ctx.text.clean, start, span.start))

    def _alone(self, span: Span) -> bool:
        """Whether a party stands alone in its line, as a heading over the names of its members."""
        text = self.ctx.text.clean
        before, after = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
        return before.lstrip("(").endswith("\n") and after.lstrip("):")[:1] in ("", "\n")

    def _governing_party(self, span: Span) -> str:
        """The last ``Parti: …`` above, or the party in a line of its own shortly above in a list of participants."""
        at, line = _last(self.party_lines, span.start)
        if line and span.start - at < _NEAR and any(low <= at and span.start < high for low, high in self.lists):
            return line  # of the same list: below the next label other people follow
        return _last(self.party_fields, span.start)[1]

    def _municipality(self, span: Span, evidence: Evidence) -> str:
        """From the row of a table, the words right after the name, or a form field above a list."""
        ctx = self.ctx
        block = ctx.text.block_at(span.start)
        if block.kind == "table":
            index = bisect_left(block.rows, span.end, key=lambda row: row.cells[-1].end if row.cells else 0)
            cells = block.rows[index].cells if index < len(block.rows) else []
            within = ctx.within(Municipality, Span(cells[0].start, cells[-1].end)) if cells else []
            codes = {place.municipality_code for place in within}
            return codes.pop() if len(codes) == 1 else ""
        after = ctx.within(Municipality, Span(span.end, min(span.end + 40, block.end)))
        if after and _BETWEEN.fullmatch(ctx.text.clean, span.end, after[0].evidence[0].start):
            return after[0].municipality_code
        return _last(self.places, span.start)[1] if evidence.structured else ""


def _last(fields: list[tuple[int, str]], position: int) -> tuple[int, str]:
    """The last field before a position."""
    index = bisect_left(fields, (position, "")) - 1
    return fields[index] if index >= 0 else (0, "")
