"""The page of a document: what it is, what it contributed, how well it was read, and whether it is in force."""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

from pyoxigraph import NamedNode, QuerySolutions

from kommungraf.languages import messages
from kommungraf.query.kinds import kind_word
from kommungraf.query.lookup import local
from kommungraf.query.store import ask
from kommungraf.web.pages.start import Kind
from kommungraf.web.parts.portraits import Cell
from kommungraf.web.parts.statements import Group, group, statement
from kommungraf.web.parts.things import NAMED, Link, Things
from kommungraf.web.site import Page, PageRequest, Site

_LISTED = ("AgendaItem", "Decision", "Motion", "PlannedActivity", "ReportedResult")
"""Statements of a document that are told one by one, of the first kinds that there are."""
_TITLES = messages(
    {
        "Person": "People",
        "GoverningBody": "Bodies",
        "Case": "Cases",
        "Project": "Projects",
        "Organization": "Organisations",
        "Municipality": "Municipalities",
        "Network": "Networks",
        "FocusArea": "Focus areas",
        "Party": "Parties",
    }
)
_NAMED_MOST = 60
_STATEMENTS = 60
_ISSUES = 200_000
_OF_A_FILE = 100


def page(site: Site, request: PageRequest) -> Page:
    """The page of a document, or of the file that holds several."""
    things, iri = Things(site, request), site.iri(request.path)
    if things.kind(iri) == "File":
        held = [things.link(one.value) for one in site.look.subjects("dcterms:isPartOf", NamedNode(iri))]
        return statement(site, request, "document.html", **_shown(things, iri, iri), held=held)
    file = things.nodes[iri].refs("dcterms:isPartOf")[0]
    return statement(site, request, "document.html", **_shown(things, iri, file), held=[])


def _shown(things: Things, iri: str, file: str) -> dict[str, Any]:
    site, node = things.site, things.nodes[iri]
    kinds = _kinds(site, iri)
    counts = {local(row.kind): int(row.things) for row in kinds}
    first, last = _pages(site, iri)
    newer, older = things.links(node, "dcterms:isReplacedBy"), things.links(node, "dcterms:replaces")
    recognition = node.one("kg:recognition")
    return {
        "counts": [(kind_word(kind, things.say), things.say.number(number)) for kind, number in counts.items()],
        "named": _named(things, iri),
        "groups": _groups(things, iri, counts),
        "file": Cell(site.look.name(NamedNode(file)), site.href(file), "sv"),
        "sha256": things.nodes[file].one("kg:sha256"),
        "pages": "" if not first else first if first == last else f"{first}–{last}",
        "recognition": things.say.share(float(recognition)) if recognition else "",
        "issues": _issues(site).get(site.look.name(NamedNode(file)), [])[:_OF_A_FILE],
        "newer": newer,
        "older": older,
        "because": node.one("kg:typeBecause"),
    }


def _kinds(site: Site, iri: str) -> list[Kind]:
    """The classes of what stands in a document's graph, with the number of each."""
    found = ask(
        site.store, f"SELECT ?kind (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH <{iri}> {{ ?s a ?kind }} }} GROUP BY ?kind"
    )
    rows = [Kind(row[0].value, row[1].value) for row in found] if isinstance(found, QuerySolutions) else []
    apart = (
        "Passage",
        "Document",
        "TextPositionSelector",
        "TextQuoteSelector",
        "Extraction",
        "File",
        "StatedDate",
        "Abbreviation",
    )
    return sorted((row for row in rows if local(row.kind) not in apart), key=lambda row: (-int(row.things), row.kind))


def _pages(site: Site, iri: str) -> tuple[str, str]:
    """The first and the last page that something stands on; nothing in a format without pages."""
    found = ask(site.store, f"SELECT (MIN(?n) AS ?a) (MAX(?n) AS ?b) {{ ?p oa:hasSource <{iri}> ; kg:page ?n }}")
    row = next(iter(found)) if isinstance(found, QuerySolutions) else None
    return (row[0].value, row[1].value) if row is not None and row[0] is not None else ("", "")


def _named(things: Things, iri: str) -> list[tuple[str, list[Link], int]]:
    """What has a name and is named in a document, by kind, the most named first."""
    found = ask(
        things.site.store,
        f"SELECT ?thing (COUNT(?p) AS ?n) {{ ?p oa:hasSource <{iri}> . ?thing kg:evidence ?p ; a ?kind ."
        f" VALUES ?kind {{ {' '.join(_CLASSES)} }} }} GROUP BY ?thing ORDER BY DESC(?n) ?thing",
    )
    kinds: dict[str, list[str]] = {}
    for row in found if isinstance(found, QuerySolutions) else ():
        kinds.setdefault(things.kind(row[0].value), []).append(row[0].value)
    return [
        (things.say(title), [things.link(one) for one in kinds[kind][:_NAMED_MOST]], max(0, len(kinds[kind]) - 60))
        for kind, title in _TITLES.items()
        if kind in kinds and kind in NAMED
    ]


_CLASSES = (
    "foaf:Person kg:Party kg:Municipality kg:GoverningBody org:Organization kg:Network kg:Project kg:FocusArea kg:Case"
).split()


def _groups(things: Things, iri: str, counts: dict[str, int]) -> list[Group]:
    """The statements that a reader looks for, in their order: items and decisions, or plans and results."""
    groups = []
    for kind in _LISTED:
        if counts.get(kind) and not (kind == "AgendaItem" and counts.get("Decision")):
            found = ask(things.site.store, f"SELECT DISTINCT ?s {{ GRAPH <{iri}> {{ ?s a kg:{kind} }} }} ORDER BY ?s")
            iris = [row[0].value for row in found] if isinstance(found, QuerySolutions) else []
            groups.append(group(things, kind, iris))
    return groups


def _issues(site: Site) -> dict[str, list[tuple[str, str]]]:
    """The problems with each file, as page and message: read once per generation."""
    if "document:issues" not in site.memo:
        found: dict[str, list[tuple[str, str]]] = {}
        path = site.out / "issues.jsonl" if site.out else None
        if path is not None and path.exists():
            with path.open(encoding="utf-8") as lines:
                for line in islice(lines, _ISSUES):
                    issue = json.loads(line)
                    found.setdefault(str(issue["file"]), []).append((str(issue["page"] or ""), str(issue["message"])))
        site.memo["document:issues"] = found
    kept: dict[str, list[tuple[str, str]]] = site.memo["document:issues"]
    return kept
