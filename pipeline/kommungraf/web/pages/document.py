"""The page of a document: its parts, what it contributed, how well it was read, and whether it is in force."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from kommungraf.languages import messages
from kommungraf.query.kinds import kind_word
from kommungraf.web.parts.contents import Contents, Part, contents, parts
from kommungraf.web.parts.portraits import Cell, Section
from kommungraf.web.parts.reading import by_kind, issues, reading
from kommungraf.web.parts.statements import Group, group, statement
from kommungraf.web.parts.things import NAMED, Link, Things
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

LISTED = 100
"""Statements on a page of a list."""
_TOLD = ("AgendaItem", "Decision", "Motion", "PlannedActivity", "ReportedResult")
"""Statements of a document that are told one by one, of the first kinds that there are."""
_PARTS = messages(
    {
        "Attendance": "Who was there",
        "AgendaItem": "Items of the meeting",
        "Proposal": "part|Proposals",
        "Vote": "Votes",
        "Decision": "Decisions",
        "Reservation": "Reservations",
        "Motion": "Motions",
        "PlannedActivity": "part|Plans and goals",
        "ReportedResult": "part|Results",
        "ReportedDecision": "Told again afterwards",
    }
)
"""Statements that tell what a part of a document is for."""
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
_LINES = 8
"""Lines of one name that a list leads to."""


def page(site: Site, request: PageRequest) -> Page:
    """The page of a document, a list of what it says (``slag``), or the page of the file that holds documents.

    Raises :class:`~kommungraf.web.site.NotFoundError` for a list, or a page of one, that has nothing.
    """
    things, iri = Things(site, request), site.iri(request.path)
    if things.kind(iri) == "File":
        held = [things.link(one.value) for one in site.look.subjects("dcterms:isPartOf", NamedNode(iri))]
        return statement(site, request, "document.html", **_shown(things, request, iri, iri), held=held)
    if request.get("slag"):
        return _list(things, request, iri, request.get("slag"))
    file = things.nodes[iri].refs("dcterms:isPartOf")[0]
    return statement(site, request, "document.html", **_shown(things, request, iri, file), held=[])


def _shown(things: Things, request: PageRequest, iri: str, file: str) -> dict[str, Any]:
    site, node, found = things.site, things.nodes[iri], contents(things.site, iri)
    recognition, trouble = node.one("kg:recognition"), issues(site, file)
    sha256 = things.nodes[file].one("kg:sha256")
    return {
        "counts": _counts(things, request, found),
        "outline": _outline(things, found),
        "named": _named(things, request, found),
        "groups": _groups(things, found),
        "file": Cell(site.look.name(NamedNode(file)), site.href(file), "sv"),
        "sha256": sha256,
        "reading": reading(site, iri, sha256, found) if iri != file else None,
        "recognition": things.say.share(float(recognition)) if recognition else "",
        "issues": trouble,
        "issue_kinds": by_kind(trouble),
        "newer": things.links(node, "dcterms:isReplacedBy"),
        "older": things.links(node, "dcterms:replaces"),
        "because": node.one("kg:typeBecause"),
    }


def _counts(things: Things, request: PageRequest, found: Contents) -> list[tuple[str, str, str]]:
    """What a document says and names, by class: in a word, how many, and where they are listed; most first."""
    rows = sorted(found.kinds.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        (kind_word(kind, things.say), things.say.number(len(standing)), request.link(slag=kind))
        for kind, standing in rows
    ]


def _outline(things: Things, found: Contents) -> Section:
    """The parts that statements and tables tell of."""
    say = things.say
    rows = []
    for part in parts(things.site, found, _PARTS):
        what = say("table: {title}", title=part.title) if part.title else say(_PARTS[part.kind])
        number = f"{kind_word(part.kind, say)}: {say.number(part.count)}"
        link = Cell(say("the line"), things.site.href(part.passage))
        rows.append((Cell(what, lang="sv" if part.title else ""), Cell(number), Cell(_pages(part)), link))
    lede = say(
        "Told by what was found in it, in the order of the text; what says nothing of the kind is not in the list."
    )
    columns = (say("Part"), say("What stands there"), say("Pages"), say("It begins with"))
    return Section("parts", say("Its parts"), columns, tuple(rows), lede)


def _pages(part: Part) -> str:
    first, last = part.pages
    return "" if not first else str(first) if first == last else f"{first}–{last}"


def _named(things: Things, request: PageRequest, found: Contents) -> list[tuple[str, list[Link], int, str]]:
    """What is named in a document, by class, the most named first, how many more, and their list."""
    shown = []
    for kind, title in _TITLES.items():
        rows = sorted(found.kinds.get(kind, ()), key=lambda row: (-len(row.passages), row.iri))
        if rows:
            links = [things.link(row.iri) for row in rows[:_NAMED_MOST]]
            shown.append((things.say(title), links, max(0, len(rows) - _NAMED_MOST), request.link(slag=kind)))
    return shown


def _groups(things: Things, found: Contents) -> list[Group]:
    """The statements that a reader looks for, in their order: items and decisions, or plans and results."""
    kinds = [kind for kind in _TOLD if kind in found.kinds]
    if "Decision" in kinds and "AgendaItem" in kinds:
        kinds.remove("AgendaItem")
    return [group(things, kind, [row.iri for row in found.kinds[kind]]) for kind in kinds]


def _list(things: Things, request: PageRequest, iri: str, kind: str) -> Page:
    """Everything of a class in a document, in the order of the text."""
    site, found = things.site, contents(things.site, iri)
    rows = found.kinds.get(kind)
    number = int(request.get("sida")) if request.get("sida").isdecimal() and len(request.get("sida")) < 6 else 1
    shown = rows[(number - 1) * LISTED : number * LISTED] if rows and number else []
    if not rows or not shown:
        raise NotFoundError(request.path)
    lines = [[(site.href(one), found.pages.get(one)) for one in row.passages[:_LINES]] for row in shown]
    last = -(-len(rows) // LISTED)
    return site.render(
        "document_list.html",
        request,
        iri=iri,
        document=things.link(iri),
        word=kind_word(kind, things.say),
        count=len(rows),
        first=(number - 1) * LISTED + 1,
        names=[
            (things.link(row.iri), links, len(row.passages) - len(links))
            for row, links in zip(shown, lines, strict=True)
        ]
        if kind in NAMED
        else [],
        told=[things.told(row.iri) for row in shown] if kind not in NAMED else [],
        before=request.link(sida=str(number - 1)) if number > 1 else "",
        after=request.link(sida=str(number + 1)) if number < last else "",
        place=things.say("Page {n} of {of}", n=number, of=last),
    )
