"""Presence and silence: for every entity and year whether documents name it, and whether there are documents at all."""

from __future__ import annotations

from kommungraf.link.resolution import Resolution, Slice


def follow_presence(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude for every entity and year: new, again, resumed, silent, ended or no documents."""
