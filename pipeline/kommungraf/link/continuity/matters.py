"""Matters: what became of motions, proposals and referrals, and the decisions that only reports tell of."""

from __future__ import annotations

from kommungraf.link.resolution import Resolution, Slice


def follow_matters(slices: list[Slice], resolution: Resolution) -> None:
    """Thread matters across documents, and conclude their state."""
