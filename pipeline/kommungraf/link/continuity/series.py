"""Series: the same line of the accounts over years, and values that later documents restate."""

from __future__ import annotations

from kommungraf.link.resolution import Resolution, Slice


def follow_series(slices: list[Slice], resolution: Resolution) -> None:
    """Draw observations of one line together, and find restated values."""
