"""Contradictions: statements about one thing that cannot both be right.

Each kind has a module of its own; here they are asked in turn, and what is sure enough is concluded. What a later
document restates of an earlier year is a restatement (:mod:`kommungraf.link.continuity.series`), no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.link.continuity.contradictions_dates import (
    columns_of_two_years,
    notices_against_minutes,
    notices_out_of_time,
    reports_before_their_time,
    stated_dates,
)
from kommungraf.link.continuity.contradictions_decisions import decisions_before_their_motion, decisions_dated_twice
from kommungraf.link.continuity.contradictions_meetings import meetings_on_two_days
from kommungraf.link.continuity.contradictions_names import names_in_two_forms
from kommungraf.link.continuity.contradictions_numbers import texts_against_texts
from kommungraf.link.continuity.contradictions_people import exclusive_roles
from kommungraf.link.continuity.contradictions_said import LIMIT, Contradiction, Said, said
from kommungraf.link.continuity.contradictions_sums import sums_that_do_not_add_up
from kommungraf.link.continuity.contradictions_tables import (
    participants_against_table,
    tables_against_tables,
    text_against_table,
)
from kommungraf.link.continuity.measures import Measured, measured
from kommungraf.link.resolution import Json, Resolution, Slice
from kommungraf.model import iri

# What is still being worked on may differ from what was adopted.
_DRAFT = re.compile(r"(?i)\b(?:utkast|koncept|arbetsmaterial|arbetsversion)\b")


def find_contradictions(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude contradictions between and within documents; of one pair the surest."""
    best: dict[frozenset[str], Contradiction] = {}
    settled = [piece for piece in slices if not _DRAFT.search(str(piece.head.get("title", "")))]
    for found in _all(settled, resolution):
        pair = frozenset((str(found.one["@id"]), str(found.other["@id"])))
        if found.score >= LIMIT and (pair not in best or found.score > best[pair].score):
            best[pair] = found
    ordered = sorted(best.items(), key=lambda item: sorted(item[0]))
    resolution.conclusions.extend(_conclusion(found, resolution) for _, found in ordered)


def _all(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    told: list[Said] = []
    tabled: list[Measured] = []
    for piece in slices:
        here = list(said(piece, resolution))
        told.extend(here)
        if any(node.get("table") for node in piece.of("Observation")):
            values = list(measured(piece, resolution))
            tabled.extend(values)
            yield from text_against_table(piece, here, values)
            yield from participants_against_table(piece, here)
            yield from sums_that_do_not_add_up(piece)
    yield from tables_against_tables(tabled)
    yield from texts_against_texts(told, resolution)
    yield from notices_out_of_time(slices, resolution)
    yield from notices_against_minutes(slices, resolution)
    yield from meetings_on_two_days(slices, resolution)
    yield from reports_before_their_time(slices)
    yield from stated_dates(slices)
    yield from columns_of_two_years(slices)
    yield from decisions_dated_twice(slices, resolution)
    yield from decisions_before_their_motion(slices, resolution)
    yield from names_in_two_forms(slices, resolution)
    yield from exclusive_roles(slices, resolution)


def _conclusion(found: Contradiction, resolution: Resolution) -> Json:
    one, other = sorted((found.one, found.other), key=lambda node: str(node["@id"]))
    node = {
        "@id": f"contradiction/{iri.digest(one['@id'], other['@id'])}",
        "@type": "Contradiction",
        "statementA": resolution.iri(one["@id"]),
        "statementB": resolution.iri(other["@id"]),
        "about": found.about,
        "explanation": found.explanation,
        "method": found.method,
        "score": round(min(found.score, 0.98), 3),
        "because": found.because,
        "evidence": sorted({*_evidence(one), *_evidence(other)}),
    }
    return {key: value for key, value in node.items() if value is not None}


def _evidence(node: Json) -> list[str]:
    """What shows a statement; of a meeting its date, without the name of who met."""
    evidence: list[str] = node.get("evidence", [])
    return evidence[:1] if node["@type"] == "Meeting" else evidence
