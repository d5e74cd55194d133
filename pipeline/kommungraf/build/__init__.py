"""Build: the only composer. Documents go through the stages; what changed since the last time goes into the graph."""

from kommungraf.build.composer import build
from kommungraf.build.report import Summary

__all__ = ["Summary", "build"]
