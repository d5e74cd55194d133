"""The state of linking: what each mention turned out to be, and what was concluded on the way.

Linking runs over *slices* of all records: the parts that say who and what is meant. Its steps run in a fixed order and
only add to the :class:`Resolution`. Its result does not depend on the order of the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kommungraf.model import iri

if TYPE_CHECKING:
    from kommungraf.link.judgements import Judgements

Json = dict[str, Any]


def literal_text(value: Any) -> str:
    """The text of a literal of a record, typed or plain; empty for none."""
    return str(value["@value"] if isinstance(value, dict) else value or "")


@dataclass(slots=True)
class Slice:
    """One logical document as linking sees it.

    ``head`` is its Document node (publisher is a local mention IRI until resolved); ``nodes`` are its nodes by class
    name, as JSON-LD objects of the record in text order. Passages are not loaded: evidence is a list of passage IRIs,
    which end in ``/<start>-<end>`` (stored offsets), so order and nearness can be read off them. ``carrier`` is the
    node of its file, with what the file's metadata claim.
    """

    head: Json
    nodes: dict[str, list[Json]]
    carrier: Json = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The document's IRI, which is also its named graph."""
        return str(self.head["@id"])

    @property
    def file(self) -> str:
        """What all documents of a file share: their IRIs without the ordinal."""
        return self.id.rsplit("/", 1)[0]

    @property
    def type(self) -> str:
        """The code of the document's type (``verksamhetsplan``); letters other than a-z are as in its concept's IRI."""
        return str(self.head["documentType"]).partition("-")[2]

    @property
    def year(self) -> int | None:
        """The year that the document is about."""
        value = literal_text(self.head.get("year"))
        return int(value) if value else None

    @property
    def date(self) -> str:
        """When the document speaks: the date of its meeting, else of its issue, else the year that it is about; empty
        where nothing dates it."""
        met = [node["date"] for node in self.of("Meeting") if node.get("date")]
        return literal_text(met[0] if met else self.head.get("issued") or self.head.get("year"))

    def of(self, *kinds: str) -> Iterator[Json]:
        """The nodes of some classes."""
        for kind in kinds:
            yield from self.nodes.get(kind, ())


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a mention is: the entity's IRI and its name of choice (other spellings become ``skos:altLabel``)."""

    iri: str
    name: str | None = None


@dataclass(slots=True)
class Resolution:
    """``by_mention``: local IRI to entity. ``conclusions``: JSON-LD nodes of the links graph, each with ``method``,
    ``score`` (0 to 1), ``because`` (a sentence) and evidence. ``entities``: properties that linking decides for an
    entity as a whole, by IRI. ``replaced``: retired IRI to the IRI that took its place. ``forgotten``: entity IRIs that
    a judgement asks to leave out. ``rejected``: conclusions that were drawn and left out for a judgement.
    ``superseded``: document that is not in force to the version of it that is.
    ``judgements``: people's own rulings, for steps that must not join what they part.
    """

    by_mention: dict[str, Resolved] = field(default_factory=dict)
    conclusions: list[Json] = field(default_factory=list)
    entities: dict[str, Json] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)
    forgotten: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    superseded: dict[str, str] = field(default_factory=dict)
    judgements: Judgements | None = None

    def iri(self, local: str | None) -> str | None:
        """The entity that a local IRI stands for; IRIs that need no resolution stand for themselves."""
        if local is None:
            return None
        resolved = self.by_mention.get(local)
        return resolved.iri if resolved else local

    def name(self, local: str | None) -> str | None:
        """The name of choice of what a local IRI stands for, if linking chose one."""
        resolved = self.by_mention.get(local) if local else None
        return resolved.name if resolved else None

    def parted(self, one: str, other: str) -> bool:
        """Whether people have ruled that two IRIs are different things."""
        return self.judgements is not None and self.judgements.part(one, other)

    def join(
        self, entity: str, other: str, *, kind: str, method: str, score: float, because: str, evidence: list[str]
    ) -> None:
        """Record why two IRIs (or an entity and a mention's own IRI) are one: a ``kg:Join`` in the links graph.

        Two spellings that make one IRI are not joined: there is nothing to explain.
        """
        if entity == other:
            return
        self.conclusions.append(
            {
                "@id": f"join/{iri.digest(entity, other)}",
                "@type": "Join",
                "entity": entity,
                "joined": other,
                "joinedKind": kind,
                "method": method,
                "score": round(score, 3),
                "because": because,
                "evidence": sorted(evidence),
            }
        )
