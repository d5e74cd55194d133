"""How sure a recogniser's reading is, on passages and on what is founded on them; typed text says nothing of it."""

from __future__ import annotations

import pytest

from kommungraf.extract import extract
from kommungraf.model.recognition import recognition
from kommungraf.model.record import make_record
from kommungraf.model.source import Recognised, Span, Text
from kommungraf.read import read_bytes
from kommungraf.segment import segment

MINUTES = """# Sammanträdesprotokoll

Exempelby kommun

**Organ:** Kommunstyrelsen

**Plats och tid:** Sessionssalen, 2024-03-14, kl. 13.00-15.30

**Beslutande:** Ylva Provberg (S), ordförande

## § 31 Detaljplan för kvarteret Provet

### Beslut

Kommunstyrelsen beslutar att anta detaljplanen för kvarteret Provet.
"""


def text(*ranges: Recognised) -> Text:
    read = read_bytes(MINUTES.encode(), "protokoll.md")
    read.recognised = list(ranges)
    return read


@pytest.mark.parametrize(
    ("ranges", "span", "score", "why"),
    [
        ([], (0, 10), None, "typed"),
        ([((0, 50), 0.9)], (10, 20), "0.9", "inside a range"),
        ([((0, 50), 0.9)], (40, 60), "0.9", "only what was recognised counts"),
        ([((0, 50), 0.9)], (50, 60), None, "beside a range"),
        ([((0, 50), 0.9)], (0, 50), "0.9", "the whole of it"),
        ([((0, 10), 0.9), ((10, 20), 0.5)], (5, 15), "0.7", "by letters"),
        ([((0, 10), 0.9), ((30, 40), 0.5)], (0, 40), "0.7", "what lies between was typed"),
        ([((0, 50), 1.0)], (0, 50), "0.99", "a recogniser is never certain"),
    ],
)
def test_the_score_of_a_range(
    ranges: list[tuple[tuple[int, int], float]], span: tuple[int, int], score: str | None, why: str
) -> None:
    found = recognition(text(*(Recognised(Span(*place), one) for place, one in ranges)), Span(*span))
    assert (found and found["@value"]) == score, why


def nodes(*ranges: Recognised) -> list[dict[str, object]]:
    read = text(*ranges)
    documents, _ = segment(read)
    results, _ = extract(read, documents)
    return [node for graph in make_record(read, results, "test")["@graph"][1:] for node in graph["@graph"]]


def test_typed_text_has_no_scores() -> None:
    assert not [node for node in nodes() if "score" in node or "recognition" in node]


def test_what_rests_on_a_recognised_passage_is_less_sure() -> None:
    found = nodes(Recognised(Span(MINUTES.index("### Beslut"), len(MINUTES)), 0.83))
    (decision,) = (node for node in found if node["@type"] == "Decision")
    assert decision["score"] == {"@value": "0.83", "@type": "xsd:decimal"}
    (attendance,) = (node for node in found if node["@type"] == "Attendance")
    assert "score" not in attendance, "its evidence was typed"
    (document,) = (node for node in found if node["@type"] == "Document")
    assert document["recognition"] == {"@value": "0.83", "@type": "xsd:decimal"}


def test_a_mention_keeps_its_score_for_linking() -> None:
    """What it names is no less sure for being named in a scan, too."""
    found = nodes(Recognised(Span(0, len(MINUTES)), 0.83))
    people = [node for node in found if node["@type"] == "Person"]
    assert people
    assert all("score" not in node and node["hints"]["recognition"] == 0.83 for node in people)  # type: ignore[index]
