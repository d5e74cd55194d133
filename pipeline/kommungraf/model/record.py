"""A record is the extraction result of one file as JSON-LD: the truth from which everything else is rebuilt.

One named graph per logical document, plus one for the file itself. Keys are the field names of :mod:`.facts` in camel
case; ``ontology/context.jsonld`` maps them to RDF. IRIs are relative; the base is given when the record is loaded.
``hints`` and ``sketch`` are for linking and ``issues`` and ``statistics`` for the report: they have no mapping, so a
JSON-LD reader ignores them. What the file was called is not in its record: the same content under another name is the
same record.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from kommungraf.dates import PartialDate
from kommungraf.model import iri
from kommungraf.model.claims import claims
from kommungraf.model.facts import Entity, Node
from kommungraf.model.parts import LogicalDocument
from kommungraf.model.recognition import recognition, rest_on_recognition
from kommungraf.model.sketch import sketched
from kommungraf.model.source import Span, Text
from kommungraf.text import squeeze

Json = dict[str, Any]


def make_record(text: Text, documents: Iterable[tuple[LogicalDocument, list[Node]]], extractor: str) -> Json:
    """The record of a file: its documents, each with what was found in it."""
    graphs = [_document_graph(text, document, nodes) for document, nodes in documents]
    file_graph = _file_graph(text, [graph["@id"] for graph in graphs], extractor)
    return {"@context": "context.jsonld", "extractor": extractor, "@graph": [file_graph, *graphs]}


def _file_graph(text: Text, documents: list[str], extractor: str) -> Json:
    file = text.file
    node = {
        "@id": iri.file(file.sha256),
        "@type": "File",
        "sha256": file.sha256,
        "byteSize": file.size,
        "mediaType": file.media_type,
        **claims(text.metadata),
    }
    extraction = {
        "@id": iri.extraction(file.sha256),
        "@type": "Extraction",
        "used": node["@id"],
        "generated": documents,
        "extractorVersion": extractor,
    }
    return {"@id": node["@id"], "@graph": [node, extraction]}


def _document_graph(text: Text, document: LogicalDocument, nodes: list[Node]) -> Json:
    passages: dict[str, Json] = {}

    def keep(passage: Json) -> str:
        passages[passage["@id"]] = passage
        return str(passage["@id"])

    def cite(span: Span, exact: bool = False) -> str:
        return keep(make_passage(text, document.id, span, exact=exact))

    document_span = Span(document.start, document.end)
    head = {
        "@id": document.id,
        "@type": "Document",
        "title": document.title,
        "documentType": iri.concept("documentType", document.type),
        "isPartOf": iri.file(text.file.sha256),
        "ordinal": document.ordinal,
        "year": literal(PartialDate(document.year)) if document.year else None,
        "issued": literal(document.issued) if document.issued else None,
        "publisher": document.publisher_id,
        "typeBecause": document.because or None,
        "statedVersion": squeeze(text.of(document.edition)) if document.edition else None,
        "recognition": recognition(text, text.stored_span(document_span)) if text.recognised else None,
        "sketch": sketched(text.of(document_span)),
        "evidence": [keep(_opening(text, document))],
    }
    body = [to_json(node, cite) for node in nodes]
    if text.recognised:
        kinds = zip(body, nodes, strict=True)
        body = [rest_on_recognition(made, passages, mention=isinstance(node, Entity)) for made, node in kinds]
    return {"@id": document.id, "@graph": [_compact(head), *body, *passages.values()]}


def _opening(text: Text, document: LogicalDocument) -> Json:
    """The passage with which a document begins, heading marks included; a file's first begins where the file does."""
    first = text.block_at(document.opening.start).stored.start if document.ordinal > 1 else 0
    end = text.stored_span(document.opening).end
    return _passage(text, document.id, Span(first, end), text.page_at(document.opening.start))


def make_passage(text: Text, document_id: str, span: Span, *, exact: bool = False) -> Json:
    """The ``kg:Passage`` of a clean span: its stored offsets and the exact stored text."""
    return _passage(text, document_id, text.stored_span(span, exact=exact), text.page_of(span))


def _passage(text: Text, document_id: str, stored: Span, page: int | None) -> Json:
    own, exact = iri.passage(text.file.sha256, stored.start, stored.end), text.stored[stored.start : stored.end]
    passage: Json = {
        "@id": own,
        "@type": "Passage",
        "hasSource": document_id,
        "page": page,
        "printedPage": _printed(text, page),
        "recognition": recognition(text, stored) if text.recognised else None,
        "hasSelector": [
            {"@id": iri.position(own), "@type": "TextPositionSelector", "start": stored.start, "end": stored.end},
            {"@id": iri.quote(document_id, exact), "@type": "TextQuoteSelector", "exact": exact},
        ],
    }
    return _compact(passage)


def _printed(text: Text, page: int | None) -> str | None:
    """The page number as printed, where it is not the counted one."""
    label = text.page_labels.get(page) if page is not None else None
    return label if label != str(page) else None


def to_json(node: Node, cite: Any) -> Json:
    """A node as a JSON-LD object; empty fields are left out."""
    result: Json = {"@id": node.id, "@type": type(node).__name__}
    exact = isinstance(node, Entity)  # the evidence of a mention is its name, without a list item's mark
    for name, key in _keys(type(node)):
        value = getattr(node, name)
        if value is None or value == () or value == "" or value == {}:
            continue
        result[key] = [cite(span, exact) for span in value] if name == "evidence" else literal(value)
    if not isinstance(node, Entity):
        result.pop("name", None)
    return result


def literal(value: Any) -> Any:
    """A Python value as JSON-LD: dates and decimals carry their datatype."""
    if isinstance(value, PartialDate):
        return {"@value": str(value), "@type": value.datatype}
    if isinstance(value, Decimal):
        return {"@value": format(value, "f"), "@type": "xsd:decimal"}
    return list(value) if isinstance(value, tuple) else value


def _compact(node: Json) -> Json:
    return {key: value for key, value in node.items() if value is not None}


_KEYS: dict[type[Node], list[tuple[str, str]]] = {}


def _keys(kind: type[Node]) -> list[tuple[str, str]]:
    """The fields of a class with their keys in a record."""
    if kind not in _KEYS:
        _KEYS[kind] = [(field.name, _camel(field.name)) for field in fields(kind) if field.name != "id"]
    return _KEYS[kind]


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)
