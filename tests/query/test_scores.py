# ruff: noqa: E501
"""How facts are matched with gold and measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kommungraf.errors import UsageError
from kommungraf.query.evaluate import KindReport, below_floor, compare
from kommungraf.query.gold import Fact, Gold, Place, read_gold
from kommungraf.query.scores import agrees

FILE = "a.txt"


def mention(start: int, end: int, entity: str) -> Fact:
    return Fact(FILE, "person", (Place(start, end),), entity)


def fact(kind: str, *places: tuple[int, int], **attributes: str | list[str]) -> Fact:
    values = {key: [value] if isinstance(value, str) else value for key, value in attributes.items()}
    return Fact(FILE, kind, tuple(Place(*place) for place in places), attributes=values)


def report(
    gold: list[Fact], found: list[Fact], covered: bool = True, texts: dict[str, str] | None = None
) -> KindReport:
    coverage = {(FILE, gold[0].kind): [(0, 1000)]} if covered else {}
    (only,) = compare(Gold(gold, coverage), found, texts or {})
    return only


# (gold mentions, found mentions, strict P, strict R, soft R, why)
TWO_PEOPLE = [mention(0, 5, "p1"), mention(10, 15, "p1"), mention(20, 25, "p2")]
MENTIONS = [
    (TWO_PEOPLE, [mention(0, 5, "x"), mention(10, 15, "x"), mention(20, 25, "y")], 1.0, 1.0, 1.0, "all right"),
    (TWO_PEOPLE, [mention(0, 5, "x"), mention(10, 15, "x"), mention(20, 25, "x")], 2 / 3, 2 / 3, 1.0, "two people joined"),
    (TWO_PEOPLE, [mention(0, 5, "x"), mention(10, 15, "z"), mention(20, 25, "y")], 2 / 3, 2 / 3, 1.0, "one person split"),
    (TWO_PEOPLE, [mention(0, 5, "x"), mention(9, 15, "x"), mention(20, 25, "y")], 2 / 3, 2 / 3, 1.0, "a span too wide"),
    (TWO_PEOPLE, [mention(0, 5, "x")], 1.0, 1 / 3, 1 / 3, "two missed"),
    (TWO_PEOPLE, [*TWO_PEOPLE, mention(40, 45, "q")], 3 / 4, 1.0, 1.0, "one that gold does not have"),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "found", "precision", "recall", "soft", "why"), MENTIONS)
def test_mentions(gold: list[Fact], found: list[Fact], precision: float, recall: float, soft: float, why: str) -> None:
    result = report(gold, found)
    assert result.strict.precision == pytest.approx(precision), why
    assert result.strict.recall == pytest.approx(recall), why
    assert result.soft.recall == pytest.approx(soft), why


def test_identity_counts_what_is_missing() -> None:
    whole = report(TWO_PEOPLE, [mention(0, 5, "x"), mention(10, 15, "x"), mention(20, 25, "y")]).identity
    assert (whole["pairwise"].f1, whole["bcubed"].f1) == (1.0, 1.0)
    joined = report(TWO_PEOPLE, [mention(0, 5, "x"), mention(10, 15, "x"), mention(20, 25, "x")]).identity
    assert joined["pairwise"].precision == pytest.approx(1 / 3)
    assert joined["bcubed"].precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    half = report(TWO_PEOPLE, [mention(0, 5, "x"), mention(20, 25, "y")]).identity
    assert half["pairwise"].recall == 0
    assert half["bcubed"].recall == pytest.approx((1 / 2 + 1) / 3)


def test_precision_is_counted_only_where_gold_is_complete() -> None:
    extra = mention(2000, 2005, "q")
    assert report(TWO_PEOPLE, [*TWO_PEOPLE, extra]).strict.precision == 1.0
    outside = report(TWO_PEOPLE, [*TWO_PEOPLE, extra], covered=False)
    assert (outside.strict.precision, outside.strict.f1, outside.strict.recall) == (None, None, 1.0)


# (gold, found, strictly the same, softly the same, why)
STATEMENTS = [
    (fact("decision", (5, 50), outcome="adopt"), fact("decision", (5, 50), outcome="adopt"), True, True, "the same"),
    (fact("decision", (5, 50), outcome="adopt"), fact("decision", (5, 50), outcome="note"), False, True, "another outcome"),
    (fact("decision", (5, 50), outcome="adopt"), fact("decision", (5, 52), outcome="adopt"), False, True, "a longer sentence"),
    (fact("decision", (5, 50), outcome="adopt"), fact("decision", (51, 90), outcome="adopt"), False, False, "the next one"),
    (fact("document", (5, 5), type="motion"), fact("document", (5, 50), type="motion"), True, True, "gold gives a start only"),
    (fact("document", (5, 5), type="motion"), fact("document", (9, 50), type="motion"), True, True, "the marks of a heading stand between"),
    (fact("document", (5, 5), type="motion"), fact("document", (60, 90), type="motion"), False, True, "starts a little later"),
    (fact("reference", (5, 300), ref="SFS 2005:837"), fact("reference", (9, 40), ref="https://lagen.nu/2005:837"), True, True, "gold gives the paragraph that cites"),
    (fact("document", (5, 5), type="motion"), fact("document", (300, 350), type="motion"), False, False, "another one"),
    (fact("observation", lineItem="Bidrag", fiscalYear="2023", value="46047000", unit="SEK", table="Resultaträkning"),
     fact("observation", (5, 9), lineItem="bidrag", fiscalYear="2023", value="46047000.0", unit="SEK", table="Resultaträkning"),
     True, True, "no span in gold: the fields are the key"),
    (fact("observation", lineItem="Bidrag", fiscalYear="2023", value="5", table="Resultaträkning"),
     fact("observation", (5, 9), lineItem="Bidrag", fiscalYear="2023", value="5", table="Noter"), False, True, "another table"),
    (fact("observation", lineItem="Bidrag", fiscalYear="2023", value="5"),
     fact("observation", (5, 9), lineItem="Bidrag", fiscalYear="2023", value="-5"), False, False, "the sign matters"),
    (fact("project", shortName="EKA"), fact("project", (5, 9), name=["Eken", "EKA"]), True, True, "a project by its short name"),
    (fact("project", shortName="EKA"), fact("project", (5, 9), name=["Aspen"]), False, False, "another project"),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "found", "strictly", "softly", "why"), STATEMENTS)
def test_statements(gold: Fact, found: Fact, strictly: bool, softly: bool, why: str) -> None:
    result = report([gold], [found])
    assert (result.strict.recall == 1.0, result.soft.recall == 1.0) == (strictly, softly), why


# (field, gold, found, agree, why)
FIELDS = [
    ("diaryNumber", ["KS 2024.2649"], ["KS 2024-2649"], True, "signs between the parts do not matter"),
    ("concerns", ["Ada Ek", "Bo Al"], ["Ada Ek", "Bo Al", "Cia Lo"], True, "every name of gold is there"),
    ("concerns", ["Ada Ek", "Bo Al"], ["Ada Ek"], False, "one is missing"),
    ("ref", ["SFS 2005:837"], ["https://lagen.nu/2005:837#K14P13"], True, "an IRI is its number"),
    ("ref", ["SOU 2020:47"], ["https://lagen.nu/sou/2020:47"], True, "in the series too"),
    ("ref", ["stadgar § 23"], ["stadgar § 23"], True, "own statutes"),
    ("paragraphs", ["13–23"], ["13-23"], True, "dashes"),
    ("unit", ["personer"], ["persons"], True, "units in Swedish or English"),
    ("value", ["47.16"], ["47.160"], True, "numbers as numbers"),
    ("date", ["2024-04-25"], [], False, "nothing is not right"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "gold", "found", "right", "why"), FIELDS)
def test_fields(name: str, gold: list[str], found: list[str], right: bool, why: str) -> None:
    assert agrees(fact("decision", **{name: gold}), fact("decision", **{name: found}), name) is right, why


def test_a_floor_names_what_is_under_it() -> None:
    reports = [report(TWO_PEOPLE, [mention(0, 5, "x")])]
    assert below_floor(reports, {"person": {"strict": {"precision": 1.0}}}) == []
    assert below_floor(reports, {"person": {"strict": {"recall": 0.9}}}) == [
        "person.strict.recall is 0.333, under the floor of 0.9."
    ]
    assert below_floor(reports, {"decision": {"strict": {"f1": 0.9}}}) == [
        "decision.strict.f1 was not measured; the floor is 0.9."
    ]


def test_gold_files(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no gold"):
        read_gold(tmp_path)
    line = {"file": FILE, "kind": "decision", "start": 3, "end": 9, "outcome": "adopt", "concerns": ["Ada Ek"]}
    (tmp_path / "facts.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    gold = read_gold(tmp_path)
    assert gold.facts == [fact("decision", (3, 9), outcome="adopt", concerns=["Ada Ek"])]
    assert not gold.covers(gold.facts[0])
    (tmp_path / "facts.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 1"):
        read_gold(tmp_path)


def test_marks_around_a_span_are_no_difference() -> None:
    text = "# Val\n1. **Att välja Ada Ek.**\n"
    gold, found = fact("decision", (11, 28), outcome="elect"), fact("decision", (6, 30), outcome="elect")
    assert report([gold], [found], texts={FILE: text}).strict.recall == 1.0


def test_gold_of_a_pdf_quotes_a_page() -> None:
    text = "Ada Ek\n\fAda Ek leder. Ada\nEk sitter."
    gold = Fact(FILE, "person", entity="p1", text="Ada Ek", attributes={"page": ["2"], "occurrence": ["2"]})
    assert report([gold], [mention(22, 28, "x")], texts={FILE: text}).strict.recall == 1.0
    assert report([gold], [mention(8, 14, "x")], texts={FILE: text}).strict.recall == 0.0


def test_gold_of_tables_says_nothing_of_amounts_in_running_text() -> None:
    gold = fact("observation", (5, 9), table="Budget", lineItem="Hyra", fiscalYear="2023", value="5")
    amount = fact("observation", (50, 59), lineItem="Hyra", value="7")
    assert report([gold], [gold, amount]).strict.precision == 1.0
    assert report([gold, fact("observation", (90, 95), value="3")], [gold, amount]).strict.precision == 0.5
