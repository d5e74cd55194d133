"""What the codes in answers of the named queries are called: by the ontology's labels, else by words of their own."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from kommungraf.languages import Words, messages
from kommungraf.model.iri import NS
from kommungraf.query.kinds import kind_word
from kommungraf.query.telling_conclusions import ENDS, STARTS
from kommungraf.web.pages.contradictions import KINDS as CONTRADICTIONS
from kommungraf.web.site import Site

SCHEMES = {
    "capacity": "capacities",
    "change": "statuses",
    "kind": "successionKinds",
    "outcome": "outcomes",
    "phase": "phases",
    "presence": "presences",
    "state": "caseStates",
    "status": "statuses",
    "type": "documentTypes",
    "unit": "units",
}
"""Columns whose codes are concepts, and the concepts' scheme."""

_CHANGES = messages({"dropped": "code|dropped", "new": "code|new"})
_KINDS = messages(
    {
        "activity": "code|activity",
        "body": "code|body",
        "goal": "code|goal",
        "network": "code|network",
        "organisation": "code|organisation",
        "prolonged": "code|prolonged",
        "samePerson": "code|the same person",
    }
)
_WORDS = {"began": STARTS, "change": _CHANGES, "ended": ENDS, "kind": {**CONTRADICTIONS, **_KINDS}}
"""Columns with codes that are no concepts, and what those are called."""


def called(site: Site, words: Words, column: str, code: str) -> str:
    """What a code in a column is called in a language; nothing for what is no code."""
    if label := _labels(site, words, SCHEMES.get(column, "")).get(code):
        return label
    if message := _WORDS.get(column, {}).get(code):
        return words(message)
    return kind_word(code, words) if column == "kind" and code[:1].isupper() else ""


def _labels(site: Site, words: Words, scheme: str) -> dict[str, str]:
    """The labels of the concepts of a scheme by their codes, kept for the generation."""
    kept: dict[tuple[str, str], dict[str, str]] = site.memo.setdefault("codes", {})
    if scheme and (scheme, words.code) not in kept:
        kept[scheme, words.code] = {
            site.look.value(concept, "skos:notation"): label.value
            for concept in site.look.subjects("skos:inScheme", NamedNode(NS + scheme))
            for label in site.look.objects(concept, "skos:prefLabel")
            if isinstance(label, Literal) and label.language == words.code
        }
    return kept.get((scheme, words.code), {})
