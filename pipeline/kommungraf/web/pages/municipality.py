"""What is shown of a municipality or region: bodies, who sat for it, projects, cases."""

from __future__ import annotations

from kommungraf.web.pages import organization
from kommungraf.web.pages.party import people
from kommungraf.web.parts.portraits import Portrait, Section


def sections(made: Portrait) -> list[Section]:
    """The sections of a municipality's page."""
    parts = organization.bodies, people, organization.projects, organization.cases
    return [section for part in parts for section in part(made)]
