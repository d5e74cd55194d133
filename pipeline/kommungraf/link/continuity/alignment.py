"""Promises: what plans say will be done against what reports say was done and what later plans carry forward."""

from __future__ import annotations

from kommungraf.link.resolution import Resolution, Slice


def follow_promises(slices: list[Slice], resolution: Resolution) -> None:
    """Align planned activities with reported results and with the plans after them."""
