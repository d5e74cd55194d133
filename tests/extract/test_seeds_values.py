"""Every table value and every reference that the gold of the real documents names is found, as the gold has it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import spacy

from kommungraf.extract.context import Context
from kommungraf.extract.observations import find_observations
from kommungraf.extract.references import find_references
from kommungraf.query.gold import Fact, read_gold
from kommungraf.query.scores import agrees
from kommungraf.read import read
from kommungraf.segment import segment

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="../shared with the real documents is not here"),
]


@cache
def contexts(file: str) -> list[Context]:
    """The logical documents of a file."""
    text = read(SHARED / "seeds" / file)
    bundle, _ = segment(text)
    return [Context(text, document, bundle, spacy.blank("sv").make_doc("")) for document in bundle]


def gold(kind: str) -> list[Fact]:
    return [fact for fact in read_gold(SHARED / "gold").facts if fact.kind == kind]


def test_table_values() -> None:
    for wanted in gold("observation"):
        found = [
            Fact(
                wanted.file,
                "observation",
                attributes={
                    "table": [o.table or ""],
                    "lineItem": [o.line_item],
                    "fiscalYear": [str(o.fiscal_year)],
                    "value": [str(o.value)],
                    "unit": [o.unit],
                },
            )
            for ctx in contexts(wanted.file)
            for o in find_observations(ctx)
        ]
        assert any(all(agrees(wanted, fact, name) for name in wanted.attributes) for fact in found), wanted.attributes


def test_references() -> None:
    for wanted in gold("reference"):
        place = wanted.places[0]
        found = [
            reference
            for ctx in contexts(wanted.file)
            for reference in find_references(ctx)
            if place.start <= ctx.text.stored_span(reference.evidence[0]).start < place.end
        ]
        assert len(found) == 1, wanted.attributes
        (reference,) = found
        fact = Fact(
            wanted.file,
            "reference",
            attributes={
                "ref": [reference.instrument or "", reference.cites or ""],
                "chapter": [reference.chapter or ""],
                "paragraphs": [reference.paragraph or ""],
            },
        )
        assert all(agrees(wanted, fact, name) for name in wanted.attributes if name != "name"), wanted.attributes
