"""Continuity: what follows from all documents together about time: who held what when, what became of matters, projects
and promises, how figures developed, where documents contradict each other.

Each step reads the slices and what linking resolved, and adds explained conclusions; it changes no one's identity.
"""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.link.continuity.alignment import follow_promises
from kommungraf.link.continuity.contradictions import find_contradictions
from kommungraf.link.continuity.lineage import follow_lineage
from kommungraf.link.continuity.matters import follow_matters
from kommungraf.link.continuity.presence import follow_presence
from kommungraf.link.continuity.series import follow_series
from kommungraf.link.continuity.tenure import follow_tenures
from kommungraf.link.resolution import Resolution, Slice

Step = Callable[[list[Slice], Resolution], None]

# In this order: presence asks lineage what ended, contradictions ask series what a later document restated.
STEPS: dict[str, Step] = {
    "tenure": follow_tenures,
    "matters": follow_matters,
    "lineage": follow_lineage,
    "promises": follow_promises,
    "series": follow_series,
    "contradictions": find_contradictions,
    "presence": follow_presence,
}


def follow(slices: list[Slice], resolution: Resolution) -> None:
    """Add what follows about time to the resolution; the order of documents makes no difference."""
    for step in STEPS.values():
        step(slices, resolution)
        if resolution.judgements is not None:
            resolution.judgements.reject(resolution)  # at once: what a person rejects is no ground for later steps
