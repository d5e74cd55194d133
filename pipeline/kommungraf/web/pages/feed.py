"""What the last build changed, as an Atom feed: documents that came or went, and what is concluded otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from kommungraf.errors import UsageError
from kommungraf.graph.files import read_manifest
from kommungraf.languages import Words, messages
from kommungraf.query.difference import Change, Difference, DocumentChange, difference, last_two
from kommungraf.query.kinds import kind_word
from kommungraf.web.pages.dataset import modified
from kommungraf.web.site import MEDIA_TYPES, Page, PageRequest, Site

MOST = 200
"""Entries: a reader of feeds wants the news, and not all of a large build."""

GRAPHS = 500
"""Where more named graphs differ, only the numbers of documents are told: comparing them all would take minutes."""


_NEVER = "1970-01-01T00:00:00Z"
_SINCE = 2026
"""The year that tag URIs name: in it, the authority of the base IRI was whose it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of news: ``key`` tells it from the others of the same build."""

    key: str
    title: str
    summary: str
    link: str


def page(site: Site, request: PageRequest) -> Page:
    """The feed in a language."""
    words = site.words(request.language)
    key = f"feed {request.language}"
    if key not in site.memo:
        site.memo[key] = list(_entries(site, words))
    entries: list[Entry] = site.memo[key]
    return Page(_atom(site, request, words, entries).encode(), MEDIA_TYPES["atom"])


def _entries(site: Site, words: Words) -> Iterator[Entry]:
    """The news, documents first. None where a graph was built once only, or lies elsewhere."""
    if site.out is None:
        return
    try:
        old, new = last_two(site.out)
    except UsageError:  # built once: there is nothing to compare with
        return
    before, after = (read_manifest(folder).get("graphs", {}) for folder in (old, new))
    differing = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
    if len(differing) > GRAPHS:
        came, went = len(after.keys() - before.keys()), len(before.keys() - after.keys())
        yield Entry("many", words("A large build"), _numbers(words, came, went, len(differing)), "/oversikt/tackning")
        return
    yield from _told(site, words, difference(old, new))


def _numbers(words: Words, came: int, went: int, differing: int) -> str:
    return words(
        "{came} parts of the graph are new, {went} are gone, {changed} say something else.",
        came=words.number(came),
        went=words.number(went),
        changed=words.number(differing - came - went),
    )


def _told(site: Site, words: Words, found: Difference) -> Iterator[Entry]:
    entries = [
        *(_of_document(site, words, change) for change in found.documents),
        *(_of_node(site, words, change) for change in found.conclusions),
        *(_of_node(site, words, change) for change in found.world if change.iri.startswith(site.base)),
    ]
    yield from entries[: MOST - 1]
    if (more := len(entries) - MOST + 1) > 0:
        more_words = words("{n} more changes are told by: kommungraf diff", n=words.number(more))
        yield Entry("more", words("More changed"), more_words, "/oversikt/tackning")


_HOW = messages({"new": "new", "gone": "gone", "changed": "changed"})


def _of_document(site: Site, words: Words, change: DocumentChange) -> Entry:
    kind = change.type or words("document")
    summary = " · ".join(part for part in (change.file, change.year) if part)
    title = f"{words(_HOW[change.how])}: {kind} {change.title}".rstrip()
    link = "/oversikt/tackning" if change.how == "gone" else site.href(change.iri)
    return Entry(f"{change.how} {change.iri}", title, summary, link)


def _of_node(site: Site, words: Words, change: Change) -> Entry:
    name = change.name or change.year
    title = f"{words(_HOW[change.how])}: {kind_word(change.kind, words)} {name}".rstrip()
    link = "/oversikt" if change.how == "gone" else site.href(change.iri)
    return Entry(f"{change.how} {change.iri}", title, " ".join([*change.details, change.because]).strip(), link)


def _atom(site: Site, request: PageRequest, words: Words, entries: list[Entry]) -> str:
    generation, updated = _generation(site)
    untold = words("The graph lies in a store elsewhere, which does not tell what a build changed.")
    tag = f"tag:{urlsplit(site.base).hostname or 'kommungraf'},{_SINCE}:{generation}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words.code}">',
        f"<id>{escape(site.base)}feed</id>",
        f"<title>{escape(words('What the last build changed'))} – kommungraf</title>",
        f"<updated>{updated}</updated>",
        *([f"<subtitle>{escape(untold)}</subtitle>"] if site.out is None else []),
        "<author><name>kommungraf</name></author>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(request.root + "/feed.atom")}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(request.root + "/")}/>',
    ]
    for entry in entries:
        link = entry.link if "://" in entry.link else request.root + entry.link
        lines += [
            "<entry>",
            f"<id>{tag}/{sha256(entry.key.encode()).hexdigest()[:20]}</id>",
            f"<title>{escape(_printable(entry.title))}</title>",
            f"<updated>{updated}</updated>",
            f'<link rel="alternate" type="text/html" href={quoteattr(link)}/>',
            f"<summary>{escape(_printable(entry.summary))}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _printable(text: str) -> str:
    """Text without the characters that XML has no way to write."""
    return "".join(letter for letter in text if letter in "\t\n\r" or (letter >= " " and letter not in "\ufffe\uffff"))


def _generation(site: Site) -> tuple[str, str]:
    """A digest of what the graph is made of, and when the last build ran (RFC 3339, UTC)."""
    if site.out is None:
        return "elsewhere", _NEVER
    graphs = json.dumps(read_manifest(site.out).get("graphs", {}), sort_keys=True)
    return sha256(graphs.encode()).hexdigest()[:16], modified(site) or _NEVER
