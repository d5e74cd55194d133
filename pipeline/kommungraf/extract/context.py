"""What an extractor sees: one logical document, its text, its spaCy Doc, and what was found before it ran."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TypeVar

from spacy.tokens import Doc

from kommungraf.errors import Issue
from kommungraf.extract.sentences import sentences
from kommungraf.model import iri
from kommungraf.model.facts import Case, Entity, Node
from kommungraf.model.parts import LogicalDocument, Part
from kommungraf.model.source import Printed, Span, Text

N = TypeVar("N", bound=Node)


@dataclass(slots=True)
class Context:
    """The state of extracting one logical document. ``nodes`` grows as finders and extractors run, in table order.

    ``doc`` covers ``clean[document.start:document.end]``: token offsets are relative to ``document.start``.
    ``bundle`` are all logical documents of the file, for context such as the year that a neighbour is dated.
    ``model`` is the spaCy model whose entities ``doc`` has, or empty. ``item_cases``: the case of each agenda item by
    its start, kept by :func:`kommungraf.extract.agenda.item_case`, which many extractors ask.
    """

    text: Text
    document: LogicalDocument
    bundle: list[LogicalDocument]
    doc: Doc
    nodes: list[Node] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    model: str = ""
    item_cases: dict[int, Case | None] = field(default_factory=dict, repr=False)
    _sentences: dict[tuple[int, int], list[Span]] = field(default_factory=dict, repr=False)
    _index: dict[type[Node], tuple[int, list[Node], list[int]]] = field(default_factory=dict, repr=False)

    def of_type(self, kind: type[N]) -> list[N]:
        """All nodes of a class found so far, in the order of their first evidence."""
        return self._sorted(kind)[0]

    def within(self, kind: type[N], span: Span | Part) -> list[N]:
        """The nodes of a class whose first evidence lies inside a span; those of a running head lie in none."""
        nodes, starts = self._sorted(kind)
        low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
        inside = (node for node in nodes[low:high] if node.evidence[0].end <= span.end)
        return [node for node in inside if not isinstance(node.evidence[0], Printed)]

    def sentences(self, start: int, end: int) -> list[Span]:
        """The sentences of a range of clean text; several extractors ask for those of one block."""
        if (start, end) not in self._sentences:
            self._sentences[start, end] = list(sentences(self.text.clean, start, end))
        return self._sentences[start, end]

    def clean(self, span: Span | Part) -> str:
        """The clean text of a span or part."""
        return self.text.clean[span.start : span.end]

    def mention_id(self, kind: type[Entity], span: Span) -> str:
        """The IRI of the mention of a class at a span."""
        name = f"{kind.__name__}/head" if isinstance(span, Printed) else kind.__name__
        return iri.mention(self.document.id, name, span.start, span.end)

    def issue(self, kind: str, message: str, span: Span | None = None) -> None:
        """Note that something in the document is unclear: what, where, what a person may do."""
        page = self.text.page_at(span.start) if span else None
        self.issues.append(Issue(self.text.file.name, "extract", kind, message, page))

    def _sorted(self, kind: type[N]) -> tuple[list[N], list[int]]:
        seen, nodes, starts = self._index.get(kind, (0, [], []))
        if seen != len(self.nodes):  # nodes are only ever added
            if new := [node for node in self.nodes[seen:] if isinstance(node, kind) and node.evidence]:
                nodes = sorted([*nodes, *new], key=lambda node: node.evidence[0])
                starts = [node.evidence[0].start for node in nodes]
            self._index[kind] = (len(self.nodes), nodes, starts)
        return nodes, starts  # type: ignore[return-value]
