"""Extract: parts of documents become mentions and statements with evidence. It never merges and never guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kommungraf.errors import Issue
from kommungraf.extract import agenda, cases, decisions, meetings, proposals, votes
from kommungraf.extract.activities import find_activities
from kommungraf.extract.amounts import find_amounts
from kommungraf.extract.areas import find_focus_areas
from kommungraf.extract.attendance import find_attendance
from kommungraf.extract.bodies import find_bodies
from kommungraf.extract.changes import find_changes
from kommungraf.extract.context import Context
from kommungraf.extract.figures import find_figures
from kommungraf.extract.figures_dates import find_stated_dates
from kommungraf.extract.figures_names import find_abbreviations
from kommungraf.extract.memberships import find_memberships
from kommungraf.extract.networks import find_networks
from kommungraf.extract.nlp import Finder, pipeline
from kommungraf.extract.observations import find_observations
from kommungraf.extract.organizations import find_organizations
from kommungraf.extract.organizations_publisher import find_publisher
from kommungraf.extract.parties import find_parties
from kommungraf.extract.people import find_people
from kommungraf.extract.places import find_municipalities, find_regions
from kommungraf.extract.projects import find_projects
from kommungraf.extract.references import find_references
from kommungraf.extract.reported_decisions import find_reported_decisions
from kommungraf.model.facts import Node
from kommungraf.model.parts import LogicalDocument
from kommungraf.model.source import Text

Extractor = Callable[[Context], Iterable[Node]]

# Finders yield mentions of entities; a later one sees what the earlier ones found.
FINDERS: dict[str, Finder] = {
    "parties": find_parties,
    "municipalities": find_municipalities,
    "regions": find_regions,
    "organizations": find_organizations,
    "publisher": find_publisher,  # who "kommunen" and "styrelsen" are depends on it
    "bodies": find_bodies,
    "networks": find_networks,
    "projects": find_projects,
    "people": find_people,
    "cases": cases.find,
}
# Extractors yield statements about the mentions, in this order.
EXTRACTORS: dict[str, Extractor] = {
    "meetings": meetings.find,
    "agenda": agenda.find,
    "attendance": find_attendance,
    "memberships": find_memberships,
    "decisions": decisions.find,
    "proposals": proposals.find,
    "votes": votes.find,
    "focus areas": find_focus_areas,
    "activities": find_activities,
    "references": find_references,  # after the agenda items, which they belong to
    "observations": find_observations,
    "amounts": find_amounts,
    "changes": find_changes,
    "reported decisions": find_reported_decisions,
    "figures": find_figures,
    "stated dates": find_stated_dates,
    "abbreviations": find_abbreviations,
}


def extract(
    text: Text, bundle: list[LogicalDocument], model: str | None = None
) -> tuple[list[tuple[LogicalDocument, list[Node]]], list[Issue]]:
    """All mentions and statements of every logical document of a file, and what was unclear."""
    nlp = pipeline(model)
    results, issues = [], []
    for document in bundle:
        doc = nlp.make_doc(text.clean[document.start : document.end])
        ctx = Context(text, document, bundle, doc, model=model or "")
        doc._.context = ctx
        for _, component in nlp.pipeline:
            doc = component(doc)
        for run in EXTRACTORS.values():
            ctx.nodes.extend(run(ctx))
        doc._.context = None  # or the two would hold each other in memory until a garbage collection
        results.append((document, ctx.nodes))
        issues.extend(ctx.issues)
    return results, issues
