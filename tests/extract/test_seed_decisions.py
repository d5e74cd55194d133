"""Decisions of the real documents against facts that were read by hand. Skips where those are not at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kommungraf.extract import extract
from kommungraf.model.facts import Case, Decision, Meeting, Node, Person
from kommungraf.read import read
from kommungraf.segment import segment
from kommungraf.text import fold

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here: the real documents are not in the project"),
]


def _gold() -> list[dict[str, Any]]:
    lines = (SHARED / "gold" / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    return [fact for line in lines if (fact := json.loads(line))["kind"] == "decision"]


@pytest.fixture(scope="module")
def extracted() -> dict[str, tuple[dict[tuple[int, int], Decision], dict[str, str]]]:
    """Per file the decisions by their stored offsets, and the names of all mentions by IRI."""
    result = {}
    for name in sorted({fact["file"] for fact in _gold()}):
        text = read(SHARED / "seeds" / name)
        documents, _ = segment(text)
        results, _ = extract(text, documents)
        nodes: list[Node] = [node for _, found in results for node in found]
        names = {
            node.id: node.name for node in nodes if isinstance(node, Person | Case | Meeting) or hasattr(node, "name")
        }
        decisions = {tuple(text.stored_span(node.evidence[0])): node for node in nodes if isinstance(node, Decision)}
        result[name] = (decisions, names)
    return result


def test_every_decision_with_its_span_outcome_date_number_and_people(extracted: Any) -> None:
    for fact in _gold():
        decisions, names = extracted[fact["file"]]
        found = decisions.get((fact["start"], fact["end"]))
        assert found is not None, fact
        assert found.outcome == f"kg:outcome-{fact['outcome']}", fact
        for key, value in (
            ("date", str(found.date)),
            ("number", found.number),
            ("ordinal", found.ordinal),
            ("diaryNumber", names.get(str(found.case))),
            ("validFrom", str(found.valid_from)),
            ("validTo", str(found.valid_to)),
            ("referredTo", names.get(str(found.referred_to))),
        ):
            assert fact.get(key, value) == value, (key, fact)
        people = {fold(names[one]) for one in found.concerns if "/Person/" in one}
        wanted = {fold(name) for name in fact.get("concerns", ())}
        assert len(people) == len(wanted), fact  # a name may be spelled otherwise here: linking joins the spellings


def test_nothing_else_is_a_decision_where_the_gold_is_complete(extracted: Any) -> None:
    coverage = json.loads((SHARED / "gold" / "coverage.json").read_text(encoding="utf-8"))
    gold = {(fact["file"], fact["start"]) for fact in _gold()}
    for name, (decisions, _) in extracted.items():
        for start, end in coverage[name].get("decision", ()):
            extra = [
                one.text for span, one in decisions.items() if start <= span[0] < end and (name, span[0]) not in gold
            ]
            assert not extra
