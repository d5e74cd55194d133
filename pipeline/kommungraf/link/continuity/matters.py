"""Matters: what became of motions, proposals and referrals, and the decisions that only reports tell of.

Each step adds explained conclusions: which case a motion or a letter belongs to, which decision answered it, which
minutes show a decision that a text tells of, and where every matter stands since when.
"""

from __future__ import annotations

from kommungraf.link.continuity.matters_documents import find_documents
from kommungraf.link.continuity.matters_motions import thread_motions
from kommungraf.link.continuity.matters_places import ByPosition, places_of
from kommungraf.link.continuity.matters_remisses import follow_remisses
from kommungraf.link.continuity.matters_reports import (
    find_minutes,
    follow_told_proposals,
    join_tellings,
    reports_of,
    tell_motions,
)
from kommungraf.link.continuity.matters_results import file_letters, follow_proposals, lend_cases
from kommungraf.link.continuity.matters_states import follow_states
from kommungraf.link.resolution import Resolution, Slice


def follow_matters(slices: list[Slice], resolution: Resolution) -> None:
    """Thread matters across documents, and conclude their state."""
    places = places_of(slices, resolution)
    lend_cases(places, resolution)
    file_letters(slices, places, resolution)
    threads = thread_motions(slices, places, resolution)
    follow_proposals(places, resolution)
    reports = reports_of(slices, ByPosition(places), resolution)
    find_minutes(reports, places, resolution)
    join_tellings(reports, resolution)
    tell_motions(slices, reports, resolution)
    follow_told_proposals(reports, resolution)
    find_documents(slices, places, reports, resolution)
    follow_remisses(places, resolution)
    follow_states(slices, places, reports, threads, resolution)
