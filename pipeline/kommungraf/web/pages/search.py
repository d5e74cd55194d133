"""The search page: hits with the words that matched, and links that narrow them by kind, year, body and place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from kommungraf.languages import messages
from kommungraf.query.kinds import kind_word
from kommungraf.query.search import Facet, Found, Hit, NoIndexError, Search, SearchTimeError
from kommungraf.query.search_file import SEARCH
from kommungraf.query.search_names import find_names
from kommungraf.query.search_terms import LONGEST, MOST, TooLongError
from kommungraf.web.site import Page, PageRequest, Site
from kommungraf.web.templating import environment

PER_PAGE = 20
LAST_PAGE = 100
_FIRST_VALUES = 8
"""Values of a facet that are shown at once; the rest are a click away."""

PARAMETERS = {"kinds": "slag", "years": "ar", "bodies": "organ", "places": "kommun"}
"""Facets and their parameters. Bodies and places are IRIs, without the base."""
_HEADINGS = messages(
    {"kinds": "search|Kind", "years": "search|Year", "bodies": "search|Body", "places": "search|Published by"}
)
_STYLES = {
    "AgendaItem": "item", "Case": "case", "Decision": "decision", "Document": "document", "Meeting": "meeting",
    "Motion": "motion", "Observation": "money", "Party": "party", "Person": "person", "PlannedActivity": "plan",
    "Project": "project",
    "Proposal": "proposal", "ReportedDecision": "decision", "ReportedResult": "result",
}  # fmt: skip
_EXAMPLES = ("Project", "Person", "Case", "GoverningBody", "Network")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a link: it chooses the value, or lets go of it where it is chosen."""

    label: str
    count: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: its heading, the values that are shown at once, and the others."""

    heading: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]


def page(site: Site, request: PageRequest) -> Page:
    """What is found for the parameters of the request."""
    text = " ".join(request.get("q").split())
    number = _page_number(request.get("sida"))
    said = site.words(request.language)
    trouble, status, found, by_names = "", 200, None, False
    try:
        found, by_names = _find(site, request, text, number)
    except SearchTimeError:
        trouble, status = said("The search took too long and was given up. Longer or rarer words help."), 503
    except TooLongError:
        limits = {"letters": said.number(LONGEST), "most": said.number(MOST)}
        trouble, status = said("A search has at most {letters} characters and {most} words.", **limits), 400
    return site.render(
        "search.html",
        request,
        status=status,
        text=text,
        found=found,
        by_names=by_names,
        trouble=trouble,
        groups=_groups(site, request, found) if found else (),
        chosen=_chosen(site, request, found) if found else (),
        kept=[(name, value) for name in PARAMETERS.values() for value in request.all(name)],
        kind_word=lambda kind: kind_word(kind, said),
        styles=_STYLES,
        number=number,
        pages=min(-(-found.total // PER_PAGE), LAST_PAGE) if found and not by_names else 1,
        at_page=lambda other: _address(request, {"sida": [str(other)] if other > 1 else []}),
        instead=lambda other: _address(request, {"q": [other], "sida": []}),
        examples=_examples(site) if not found or not found.total or not text else (),
    )


def opensearch(site: Site, request: PageRequest) -> Page:
    """The description by which browsers offer the search."""
    words = site.words(request.language)
    body = environment().get_template("opensearch.xml").render(_=words, root=request.root)
    return Page(body.encode(), "application/opensearchdescription+xml; charset=utf-8")


def _find(site: Site, request: PageRequest, text: str, number: int) -> tuple[Found | None, bool]:
    """What is found, and whether only names could be searched; nothing where nothing is asked for."""
    choices = {name: request.all(parameter) for name, parameter in PARAMETERS.items()}
    if not text and not any(choices.values()):
        return None, False
    search = _index(site)
    if search is None:
        return find_names(site.store, text), True
    for name in ("bodies", "places"):
        choices[name] = [value if "://" in value else site.base + value for value in choices[name]]
    offset = (number - 1) * PER_PAGE
    return search.find(text, **choices, limit=PER_PAGE, offset=offset), False


def _index(site: Site) -> Search | None:
    """The index of the generation, opened once; ``None`` where there is none."""
    if "search" not in site.memo:
        try:
            site.memo["search"] = Search(site.folder / SEARCH) if site.folder else None
        except NoIndexError:
            site.memo["search"] = None
    index: Search | None = site.memo["search"]
    return index


def _page_number(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isdecimal() and len(text) < 6 else 1


def _address(request: PageRequest, changes: Mapping[str, list[str]]) -> str:
    """The address of the search with other values for some parameters."""
    kept = [(name, value) for name, value in request.query if name not in changes and value]
    kept += [(name, value) for name, values in changes.items() for value in values]
    return "/sok" + ("?" + urlencode(kept) if kept else "")


def _groups(site: Site, request: PageRequest, found: Found) -> tuple[Group, ...]:
    words = site.words(request.language)
    groups = []
    for name, heading in _HEADINGS.items():
        choices = [_choice(site, request, name, facet) for facet in found.facets.get(name, ())]
        if choices:
            groups.append(Group(words(heading), tuple(choices[:_FIRST_VALUES]), tuple(choices[_FIRST_VALUES:])))
    return tuple(groups)


def _chosen(site: Site, request: PageRequest, found: Found) -> tuple[Choice, ...]:
    """The values that are chosen, as links that let go of them."""
    return tuple(
        _choice(site, request, name, facet) for name, facets in found.facets.items() for facet in facets if facet.chosen
    )


def _choice(site: Site, request: PageRequest, name: str, facet: Facet) -> Choice:
    words = site.words(request.language)
    parameter, value = PARAMETERS[name], facet.value.removeprefix(site.base)
    values = [one for one in request.all(parameter) if one.removeprefix(site.base) != value]
    href = _address(request, {parameter: values if facet.chosen else [*values, value], "sida": []})
    label = kind_word(facet.value, words) if name == "kinds" else facet.label
    return Choice(label, words.number(facet.count), href, facet.chosen)


def _examples(site: Site) -> list[Hit]:
    """Something of several kinds that the documents name most: what can be searched for here."""
    if "examples" not in site.memo:
        index = _index(site)
        found = [index.find("", kinds=[kind], limit=1) for kind in _EXAMPLES] if index else []
        site.memo["examples"] = [hit for one in found for hit in one.hits]
    examples: list[Hit] = site.memo["examples"]
    return examples
