"""The page of a decision, of an item of a meeting, and of any other statement or conclusion."""

from __future__ import annotations

from kommungraf.web.parts.statements import statement
from kommungraf.web.site import Page, PageRequest, Site


def page(site: Site, request: PageRequest) -> Page:
    """What the statement says and stands on, what was said under the same item, and what refers to it."""
    return statement(site, request)
