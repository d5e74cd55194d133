"""Contradictions: statements about one thing that cannot both be right."""

from __future__ import annotations

from kommungraf.link.resolution import Resolution, Slice


def find_contradictions(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude contradictions between and within documents."""
