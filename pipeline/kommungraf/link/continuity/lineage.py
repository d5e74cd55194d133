"""Lineage: what was renamed, continued, merged, split, replaced or ended, by the sentences that say so."""

from __future__ import annotations

from kommungraf.link.resolution import Resolution, Slice


def follow_lineage(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude successions from changes that texts tell, and candidates from weaker signals."""
