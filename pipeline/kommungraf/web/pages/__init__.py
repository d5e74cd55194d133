"""Pages: a function per path. What is at no path, or not in the graph, is not found."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from kommungraf.model import iri
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

PageFunction = Callable[[Site, PageRequest], Page]

ROUTES: tuple[tuple[str, str], ...] = (
    (r"/", "start:page"),
    (r"/sok", "search:page"),
    (r"/opensearch\.xml", "search:opensearch"),
    (r"/oversikt", "overview:page"),
    (r"/oversikt/narvaro", "presence:page"),
    (r"/oversikt/loften", "promises:page"),
    (r"/oversikt/motsagelser", "contradictions:page"),
    (r"/oversikt/pengar", "money:page"),
    (r"/oversikt/tackning", "coverage:page"),
    (r"/fragor(?:/.+)?", "questions:page"),
    (r"/feed\.atom", "feed:page"),
    (r"/\.well-known/void", "dataset:page"),
    (r"/sitemap\.xml", "sitemap:page"),
    (r"/sitemap/\d+\.xml", "sitemap:page"),
    (r"/robots\.txt", "sitemap:robots"),
    (r"/ns/?", "vocabulary:page"),
    (r"/ns/context\.jsonld", "vocabulary:context"),
    (r"/sida/[0-9a-f]{64}/[1-9]\d{0,4}\.png", "files:picture"),
    (r"/fil/[0-9a-f]{64}", "files:whole"),
)
"""Patterns of whole paths and the functions of :mod:`kommungraf.web.pages` behind them; entity pages are the rest."""


def page(site: Site, request: PageRequest) -> Page:
    """The page at a path. Raises :class:`~kommungraf.web.site.NotFoundError` where there is nothing."""
    for pattern, target in ROUTES:
        if re.fullmatch(pattern, request.path):
            return _function(target)(site, request)
    if site.iri(request.path) == site.base + iri.DATASET:
        return _function("dataset:page")(site, request)
    if site.iri(request.path):
        return _function("entity:page")(site, request)
    raise NotFoundError(request.path)


def _function(target: str) -> PageFunction:
    module, _, name = target.partition(":")
    function: PageFunction = getattr(import_module(f"{__name__}.{module}"), name)
    return function
