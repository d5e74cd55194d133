"""Tenures: who held which seat or office from when to when."""

from __future__ import annotations

from kommungraf.link.resolution import Resolution, Slice


def follow_tenures(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude tenures from memberships, decisions and mentions."""
