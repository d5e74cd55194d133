"""Swedish municipal documents as a knowledge graph that answers questions across years.

    from kommungraf import open_graph

    with open_graph("graph_out") as graph:
        graph.query("promises", year=2024)

Importing the package is cheap: what :func:`~kommungraf.query.api.open_graph` needs is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kommungraf.query.api import Graph, open_graph

__all__ = ["Graph", "open_graph"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from kommungraf.query import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
