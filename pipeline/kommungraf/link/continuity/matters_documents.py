"""The documents that decisions are about: "fastställer verksamhetsplan och budget för 2024" and the plan of that year.

A kind of document, a year and an organisation name one document: where we hold just one such, the decision concerns it.
"""

from __future__ import annotations

import re

from kommungraf.link.continuity.matters_places import Place, code, conclude
from kommungraf.link.continuity.matters_reports import Report
from kommungraf.link.resolution import Json, Resolution, Slice

# As decisions name them; the word for the kind in the plural, in compounds and with its article.
_KINDS = {
    "verksamhetsplan": re.compile(r"(?i)\bverksamhetsplan(?:en)?\b"),
    "verksamhetsberättelse": re.compile(r"(?i)\bverksamhetsberättelse[nr]?\b"),
    "årsredovisning": re.compile(r"(?i)\bårsredovisning(?:en)?\b"),
    "revisionsberättelse": re.compile(r"(?i)\brevisionsberättelse[nr]?\b"),
    "delårsrapport": re.compile(r"(?i)\bdelårsrapport(?:en)?\b"),
    "budget": re.compile(r"(?i)\bbudget(?:en)?\b"),
    "strategi": re.compile(r"(?i)\b(?:strategi(?:n)?|strategiska? (?:inriktning|plan)(?:en)?)\b"),
}
_YEAR = re.compile(r"[^.;]{0,60}?\b((?:19|20)\d\d)\b")
_PAST = frozenset({"verksamhetsberättelse", "årsredovisning", "revisionsberättelse"})
"""Kinds that tell of a year that has ended: a meeting deals with those of the year before."""
_SETTLES = frozenset({"adopt", "approve", "propose", "discharge", "note"})


def find_documents(slices: list[Slice], places: list[Place], reports: list[Report], resolution: Resolution) -> None:
    """Conclude which documents decisions, told ones too, are about."""
    held: dict[tuple[str, str, int], list[Slice]] = {}
    for piece in slices:
        publisher = resolution.iri(piece.head.get("publisher"))
        if piece.type in _KINDS and piece.year is not None and publisher is not None:
            held.setdefault((publisher, piece.type, piece.year), []).append(piece)
    if not held:
        return
    for place in places:
        for decision in place.decisions:
            if code(decision) in _SETTLES and place.publisher is not None:
                _concern(place.piece, decision, place.publisher, held, resolution)
                _concern_in_file(place, decision, held, resolution)
    for report in reports:
        publisher = resolution.iri(report.piece.head.get("publisher"))
        if publisher is not None and (report.body is None or _is_of(report.body, publisher)):
            _concern(report.piece, report.node, publisher, held, resolution)


def _is_of(body: str, publisher: str) -> bool:
    return body.startswith("body/") and body.split("/")[1] == publisher.rsplit("/", 1)[-1]


def _concern(
    piece: Slice, decision: Json, publisher: str, held: dict[tuple[str, str, int], list[Slice]], resolution: Resolution
) -> None:
    text = decision["text"]
    for kind, word in _KINDS.items():
        for named in word.finditer(text):
            year = _YEAR.match(text, named.end())
            found = held.get((publisher, kind, int(year[1])), []) if year else []
            if year and len(found) == 1 and found[0].id != piece.id:
                conclude(
                    resolution, decision, "concerns", found[0].id, method="matters/document", score=0.9,
                    because=f"it is the only {kind} of {year[1]} of the same organisation that we hold",
                    evidence=found[0].head.get("evidence", ()),
                )  # fmt: skip


def _concern_in_file(
    place: Place, decision: Json, held: dict[tuple[str, str, int], list[Slice]], resolution: Resolution
) -> None:
    """ "Revisionsberättelse och ansvarsfrihet", without a year: last year's, where it lies in the same file."""
    text = f"{place.title} {decision['text']}"
    if not place.date or place.publisher is None or re.search(r"(?:19|20)\d\d", text):
        return
    year = int(place.date[:4]) - 1
    for kind in sorted(_PAST):
        found = held.get((place.publisher, kind, year), [])
        if _KINDS[kind].search(text) and len(found) == 1 and found[0].file == place.piece.file:
            conclude(
                resolution, decision, "concerns", found[0].id, method="matters/document", score=0.8,
                because=f"its item names the {kind}, and that of {year} lies in the same file",
                evidence=[*place.evidence, *found[0].head.get("evidence", ())],
            )  # fmt: skip
