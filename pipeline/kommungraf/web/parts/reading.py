"""How well a document was read: its pages, how much of its text something quotes, and the problems with its file."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from pyoxigraph import NamedNode

from kommungraf.model.source import Span
from kommungraf.web.parts.contents import Contents, extent
from kommungraf.web.parts.passages import Stored, stored
from kommungraf.web.site import Site

_ISSUES = 200_000
_OF_A_FILE = 100


class Issue(NamedTuple):
    """A problem with a file: its stage and kind, its page (empty where it has none), and what it is in a sentence."""

    stage: str
    kind: str
    page: str
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document was read. ``pages`` are those of the document, 0 in a format without pages.

    ``recognised`` have lines that were recognised in a picture, ``empty`` have no text at all. ``characters`` are those
    of its stored text, of which ``quoted`` stand in a line that something rests on; 0 where the text is not at hand.
    """

    first: int
    pages: int
    recognised: int
    empty: list[int]
    characters: int
    quoted: int

    @property
    def share(self) -> float:
        """How much of the text is quoted, from 0 to 1."""
        return self.quoted / self.characters if self.characters else 0.0


def reading(site: Site, iri: str, sha256: str, held: Contents) -> Reading | None:
    """How a document was read; nothing where its stored text is not at hand."""
    text = stored(site.texts / f"{sha256}.txt") if site.texts is not None else None
    if text is None:
        return None
    where = extent(site, iri, text.length)
    first, lengths = _pages(text, where, held)
    empty = [number for number, length in enumerate(lengths, first) if not length]
    return Reading(first, len(lengths), len(held.recognised), empty, where.end - where.start, held.quoted(where))


def _pages(text: Stored, where: Span, held: Contents) -> tuple[int, list[int]]:
    """The number of the first page of a document, and how much text stands on each; none in a format without pages."""
    if not held.pages:
        return 0, []
    parts = text.read(*where).split("\f")
    if len(parts) > 1 and not parts[-1].strip() and where.end < text.length:
        parts.pop()  # the page on which the next document begins
    return text.read(0, where.start).count("\f") + 1, [len(part.strip()) for part in parts]


def issues(site: Site, file: str) -> list[Issue]:
    """The first problems with a file, by its IRI; none where the output folder is not at hand."""
    return _issues(site).get(site.look.name(NamedNode(file)), [])[:_OF_A_FILE]


def by_kind(found: list[Issue]) -> list[tuple[str, str, int]]:
    """Stages and kinds of problems with the number of each, the most frequent first."""
    counts = Counter((issue.stage, issue.kind) for issue in found)
    return sorted(((*key, count) for key, count in counts.items()), key=lambda row: (-row[2], row))


def _issues(site: Site) -> dict[str, list[Issue]]:
    """The problems with each file by its name: read once per generation."""
    if "issues" not in site.memo:
        found: dict[str, list[Issue]] = {}
        path = site.out / "issues.jsonl" if site.out else None
        if path is not None and path.exists():
            with path.open(encoding="utf-8") as lines:
                for line in islice(lines, _ISSUES):
                    told = json.loads(line)
                    issue = Issue(told["stage"], told["kind"], str(told["page"] or ""), told["message"])
                    found.setdefault(told["file"], []).append(issue)
        site.memo["issues"] = found
    kept: dict[str, list[Issue]] = site.memo["issues"]
    return kept
