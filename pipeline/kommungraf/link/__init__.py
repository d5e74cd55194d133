"""Link: mentions become entities, by explained scores; people's judgements always win."""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.link.bodies import resolve_bodies
from kommungraf.link.cases import resolve_cases
from kommungraf.link.meetings import resolve_meetings
from kommungraf.link.names import resolve_names
from kommungraf.link.organizations import resolve_organizations
from kommungraf.link.resolution import Resolution, Slice
from kommungraf.link.results import resolve_results

Step = Callable[[list[Slice], Resolution], None]

# In this order: a body needs its organisation, a person the bodies she sits in, a membership both.
STEPS: dict[str, Step] = {
    "organizations": resolve_organizations,
    "bodies": resolve_bodies,
    "meetings": resolve_meetings,
    "cases": resolve_cases,
    "results": resolve_results,
}


def resolve(slices: list[Slice]) -> Resolution:
    """Who is who over all documents. The same slices give the same resolution in any order."""
    slices = sorted(slices, key=lambda piece: piece.id)
    resolution = Resolution()
    for step in STEPS.values():
        step(slices, resolution)
    resolve_names(slices, resolution)
    return resolution
