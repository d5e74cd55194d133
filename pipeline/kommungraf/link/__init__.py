"""Link: mentions become entities, by explained scores; people's judgements always win."""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.link.bodies import resolve_bodies
from kommungraf.link.cases import resolve_cases
from kommungraf.link.continuity import follow
from kommungraf.link.judgements import Judgements
from kommungraf.link.meetings import resolve_meetings
from kommungraf.link.memberships import resolve_memberships
from kommungraf.link.named import resolve_named
from kommungraf.link.named_projects import resolve_projects
from kommungraf.link.named_things import resolve_named_things
from kommungraf.link.names import resolve_names
from kommungraf.link.organizations import resolve_organizations
from kommungraf.link.people import resolve_people
from kommungraf.link.resolution import Resolution, Slice
from kommungraf.link.versions import in_force, inherit

Step = Callable[[list[Slice], Resolution], None]

# In this order: a body needs its organisation, a person the bodies she sits in, a membership both.
STEPS: dict[str, Step] = {
    "organizations": resolve_organizations,
    "bodies": resolve_bodies,
    "meetings": resolve_meetings,
    "people": resolve_people,
    "memberships": resolve_memberships,
    "projects": resolve_projects,
    "named": resolve_named,
    "named things": resolve_named_things,
    "cases": resolve_cases,
}


def resolve(slices: list[Slice], judgements: Judgements | None = None) -> Resolution:
    """Who is who over all documents. The same slices give the same resolution in any order; judgements always win."""
    known = sorted(slices, key=lambda piece: piece.id)
    resolution = Resolution(judgements=judgements)
    slices = in_force(known, resolution)
    if judgements is not None:
        resolution.judgements = judgements = judgements.now_in_force(resolution.superseded)
    for step in STEPS.values():
        step(slices, resolution)
        if judgements is not None:
            judgements.apply(slices, resolution)  # at once, so that later steps build on it
    inherit(known, resolution)
    resolve_names(slices, resolution)
    follow(slices, resolution)
    return resolution
