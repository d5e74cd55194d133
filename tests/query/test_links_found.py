"""What a graph concludes, in the form of gold: a small graph made by hand for each kind of link."""

from __future__ import annotations

import pytest

from kommungraf.query.found import Graph
from kommungraf.query.links import Link
from kommungraf.query.links_found import links_of

TEXT = "Utbilda 60 volontärer. 43 utbildades. Alla var nöjda."


def graph() -> Graph:
    """A plan with two activities, a report with two results, a case, a told decision, two years of accounts."""
    made = Graph()
    made.add("PlannedActivity", "plan/1", {"text": ["Utbilda 60 volontärer."], "year": ["2022"]})
    made.add("PlannedActivity", "plan/2", {"text": ["Ta fram en plan."], "year": ["2022"], "followUp": ["noWord"]})
    made.add("ReportedResult", "result/1", {"text": ["43 utbildades."], "year": ["2022"]})
    made.add("ReportedResult", "result/2", {"text": ["Alla var nöjda."], "year": ["2022"], "promise": ["unpromised"]})
    made.place("plan/1", "sub/a.txt", 0, 22)
    made.add("Alignment", "al/1", {"planned": ["plan/1"], "reported": ["result/1", "result/2"], "status": ["partly"]})
    made.add("Case", "case/1", {"diaryNumber": ["KS 2022/1"], "state": ["open"], "title": ["Motion om en pool"]})
    made.add("Motion", "motion/1", {"title": ["Motion om en pool"], "state": ["open"], "case": ["case/1"]})
    made.add("Motion", "motion/2", {"title": ["Motion om träd"], "state": ["open"], "resultedIn": ["decision/1"]})
    made.add("Decision", "decision/1", {"number": ["7"], "date": ["2022-05-02"], "outcome": ["kg:outcome-answer"]})
    made.add("ReportedDecision", "told/1", {"text": ["Styrelsen antog den."], "minutes": ["decision/1"]})
    made.add("Observation", "o/1", {"lineItem": ["Resultat"], "fiscalYear": ["2022"], "value": ["100"]})
    made.add("Observation", "o/2", {"lineItem": ["Resultat"], "fiscalYear": ["2022"], "value": ["-40"]})
    made.add("Series", "series/1", {"lineItem": ["Resultat"], "observation": ["o/1", "o/2", "o/2"]})
    made.add("BudgetComparison", "b/1", {"budgeted": ["o/1"], "accounted": ["o/2"], "deviation": ["-140"]})
    made.add("Restatement", "r/1", {"earlier": ["o/1"], "later": ["o/2"]})
    made.add("Contradiction", "c/1", {"statementA": ["o/1"], "statementB": ["plan/1"]})
    return made


def found(kind: str) -> list[Link]:
    """The links of a kind in that graph."""
    return [link for link in links_of(graph(), {"a.txt": TEXT}) if link.kind == kind]


def test_each_result_of_an_activity_is_a_link() -> None:
    links = found("alignment")
    assert [link.sides["reported"].texts[0] for link in links] == ["43 utbildades.", "Alla var nöjda."]
    assert {link.fields["status"][0] for link in links} == {"partly"}
    assert links[0].fields["year"] == ["2022"]
    assert links[0].sides["planned"].texts == ("Utbilda 60 volontärer.", "Utbilda 60 volontärer.")
    assert links[0].sides["planned"].files == {"a.txt"}


# (kind, what its fields are, why)
FIELDS = [
    ("neverReported", [{"year": ["2022"]}], "the activity without a word"),
    ("neverPromised", [{"year": ["2022"]}], "the result without a plan"),
    ("resultedIn", [{"number": ["7"], "date": ["2022-05-02"], "outcome": ["answer", "answer"]}], "what became of it"),
    ("reportedDecision", [{"minutesHeld": ["true"]}], "the minutes are held"),
    ("budgetVsOutcome", [{"lineItem": ["Resultat"], "fiscalYear": ["2022"], "deviation": ["-140"]}], "one line"),
    ("restatement", [{"lineItem": ["Resultat"], "fiscalYear": ["2022"]}], "line and year of the earlier value"),
    ("series", [{"value": ["100"]}, {"value": ["-40"]}], "each point once"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "wanted", "why"), FIELDS, ids=[row[0] for row in FIELDS])
def test_fields(kind: str, wanted: list[dict[str, list[str]]], why: str) -> None:
    links = found(kind)
    assert [{key: link.fields[key] for key in fields} for link, fields in zip(links, wanted, strict=True)] == wanted, (
        why
    )


def test_the_state_of_a_motion_is_that_of_its_case() -> None:
    states = found("caseState")
    assert [(link.fields["diaryNumber"], link.fields["title"]) for link in states] == [
        (["KS 2022/1"], ["Motion om en pool"]),
        ([], ["Motion om träd"]),
    ]


def test_a_contradiction_carries_what_was_quoted() -> None:
    (only,) = found("contradiction")
    assert only.sides.keys() == {"a", "b", "evidence"}
    assert only.sides["a"].fields["value"] == ["100"]
