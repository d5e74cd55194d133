"""The only place that mints IRIs. All are relative to the configured base; none depends on clocks or chance."""

from __future__ import annotations

import hashlib
import re

from kommungraf.text import slug

NS = "https://w3id.org/kommungraf/ns#"
DEFAULT_BASE = "https://w3id.org/kommungraf/id/"
LINKS_GRAPH = "graph/links"
PUSHED_GRAPH = "graph/pushed"
"""What has been pushed to a store elsewhere, kept there."""
DATASET_GRAPH = "graph/dataset"
DATASET = "dataset"
"""The whole of what has been built, and the graph that describes it elsewhere."""
_POSITION = re.compile(r"/passage/[0-9a-f]{16}/(\d+)-(\d+)/position$")


def file(sha256: str) -> str:
    """A file, by its content."""
    return f"file/{sha256[:16]}"


def document(sha256: str, ordinal: int) -> str:
    """A logical document: the ordinal (from 1) is its place in its file."""
    return f"document/{sha256[:16]}/{ordinal}"


def extraction(sha256: str) -> str:
    """The activity that made a file's record."""
    return f"extraction/{sha256[:16]}"


def passage(sha256: str, start: int, end: int) -> str:
    """A passage by its stored offsets."""
    return f"passage/{sha256[:16]}/{start}-{end}"


def position(passage_id: str) -> str:
    """The selector of the offsets of a passage."""
    return f"{passage_id}/position"


def offsets(position_id: str) -> tuple[int, int] | None:
    """The offsets that the selector of a passage's offsets has in its name; nothing for any other IRI."""
    match = _POSITION.search(position_id)
    return (int(match[1]), int(match[2])) if match else None


def quote(document_id: str, exact: str) -> str:
    """The quote selector of a text in a document: one for all places where a name stands."""
    return f"{document_id}/quote/{digest(exact)}"


def mention(document_id: str, kind: str, start: int, end: int) -> str:
    """One mention of an entity, until linking says which entity it is. ``kind`` is the class name."""
    return f"{document_id}/mention/{kind}/{start}-{end}"


def statement(document_id: str, kind: str, key: str) -> str:
    """A statement of a document: ``kind`` in lower case (``decision``), ``key`` unique within kind and document."""
    return f"{document_id}/{kind}/{key}"


def person(scope: str, name: str) -> str:
    """A person: the folded name in the scope (an organisation) in which it is one person's."""
    return f"person/{slug(scope)}/{slug(name)}"


def party(abbreviation: str) -> str:
    """A registered party of the reference data."""
    return f"party/{slug(abbreviation)}"


def local_party(scope: str, name: str) -> str:
    """A local party as printed, in the municipality or organisation that prints it."""
    return f"party/{slug(scope)}/{slug(name)}"


def municipality(code: str) -> str:
    """A municipality by its four-digit SCB code."""
    return f"municipality/{code}"


def region(code: str) -> str:
    """A region (the organisation) by its two-digit SCB county code."""
    return f"region/{code}"


def organization(name: str) -> str:
    """An organisation by its full name."""
    return f"organization/{slug(name)}"


def body(organization_name: str, name: str) -> str:
    """A governing body within its organisation."""
    return f"body/{slug(organization_name)}/{slug(name)}"


def named(kind: str, scope: str, name: str) -> str:
    """A project, network, focus area …: ``kind`` in lower case, the name within a scope."""
    return f"{kind}/{slug(scope)}/{slug(name)}"


def case(holder: str, diary_number: str) -> str:
    """A case by the organisation that holds it and its diary number without spaces."""
    return f"case/{slug(holder)}/{slug(diary_number)}"


def meeting(body_id: str, date: str) -> str:
    """A meeting by its body and date."""
    return f"meeting/{body_id.removeprefix('body/')}/{date}"


def membership(person_id: str, organization_id: str, role: str, *term: str) -> str:
    """A person's post in an organisation: one node for all years that it is seen, one for each ``term`` (from, to)
    that a text states."""
    return "membership/" + digest(person_id, organization_id, role, *term)


def concept(scheme: str, notation: str) -> str:
    """A concept of one of our schemes (``outcome``, ``documentType``, ``capacity`` …) as a compact IRI."""
    return f"kg:{scheme}-{slug(notation)}"


def digest(*parts: str) -> str:
    """A short, stable name for a tuple of strings."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
