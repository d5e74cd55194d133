"""Pages that are made before anybody asks for them: what visitors open first, and what most documents name."""

from __future__ import annotations

from kommungraf.query.search import NoIndexError, Search, SearchTimeError
from kommungraf.query.search_file import SEARCH
from kommungraf.web.front.generation import Generation
from kommungraf.web.site import PageRequest, path_of

_PATHS = ("", "narvaro", "loften", "motsagelser", "pengar", "tackning")
"""The overviews: each asks the whole graph once for all who come after."""
_KINDS = ("Municipality", "Party", "Organization", "GoverningBody", "Project", "Person")
"""Kinds whose most named things take the longest to show."""
_OF_A_KIND = 40


def first(generation: Generation, root: str) -> list[PageRequest]:
    """The pages of a generation that are worth making ahead, as visitors who say no language ask for them at ``root``.

    Without a search index these are the start page and the overviews.
    """
    paths = ["/", *(f"/oversikt/{name}".rstrip("/") for name in _PATHS), *_most_named(generation)]
    return [PageRequest(path, root=root) for path in paths]


def _most_named(generation: Generation) -> list[str]:
    if generation.folder is None:
        return []
    base = generation.source.base
    try:
        with Search(generation.folder / SEARCH) as search:
            found = [hit for kind in _KINDS for hit in search.find("", kinds=[kind], limit=_OF_A_KIND).hits]
    except (NoIndexError, SearchTimeError):
        return []
    return [path_of(base) + hit.iri.removeprefix(base) for hit in found if hit.iri.startswith(base)]
