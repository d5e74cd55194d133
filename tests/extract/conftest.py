"""A small text as an extractor sees it: read, one logical document, finders run in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
import spacy

from kommungraf.extract.context import Context
from kommungraf.extract.nlp import Finder
from kommungraf.model import iri
from kommungraf.model.facts import Entity
from kommungraf.model.parts import LogicalDocument, Part
from kommungraf.model.source import Span
from kommungraf.read import read_bytes


def _context(
    text: str, finders: Iterable[Finder] = (), publisher: str | None = None, parts: list[Part] | None = None
) -> Context:
    """The context of a text that is one document, after some finders."""
    read = read_bytes(text.encode(), "exempel.md")
    whole = range(len(read.blocks))
    document = LogicalDocument(
        id=iri.document(read.file.sha256, 1),
        ordinal=1,
        type="övrigt",
        title="",
        start=0,
        end=len(read.clean),
        blocks=whole,
        opening=Span(0, min(10, len(read.clean))),
        parts=parts or [],
        publisher=publisher,
    )
    if publisher and publisher in read.clean:
        start = read.clean.index(publisher)
        document.publisher_span = Span(start, start + len(publisher))
    ctx = Context(read, document, [document], spacy.blank("sv").make_doc(read.clean))
    for find in finders:
        ctx.nodes.extend(find(ctx))
    return ctx


@pytest.fixture(scope="session")
def context() -> Callable[..., Context]:
    """``context(text, finders, publisher=None, parts=None)``: the context of a text that is one document."""
    return _context


@pytest.fixture(scope="session")
def printed() -> Callable[[Context, type[Entity]], list[str]]:
    """What stands at the evidence of every mention of a class, in text order."""
    return lambda ctx, kind: [ctx.clean(node.evidence[0]) for node in ctx.of_type(kind)]
