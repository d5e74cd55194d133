"""Meetings and cases across documents: invented slices, one rule each."""

from __future__ import annotations

from typing import Any

import pytest

from kommungraf.link.cases import case_key, resolve_cases
from kommungraf.link.meetings import resolve_meetings
from kommungraf.link.resolution import Resolution, Resolved, Slice

Json = dict[str, Any]


def a_slice(document: str, *nodes: Json, **head: Any) -> Slice:
    """A slice of a document such as ``document/f1/2`` with nodes given as JSON-LD."""
    by_class: dict[str, list[Json]] = {}
    for node in nodes:
        by_class.setdefault(node["@type"], []).append({"evidence": [f"passage/x/{node['@id']}"], **node})
    return Slice({"@id": document, "@type": "Document", **head}, by_class)


def a_meeting(document: str, date: str | None, **more: Any) -> Json:
    node = {"@id": f"{document}/mention/Meeting/1-2", "@type": "Meeting", "name": "styrelsen", "body": f"{document}/b"}
    return node | ({"date": {"@value": date, "@type": "xsd:date"}} if date else {}) | more


def a_decision(document: str, outcome: str, date: str, case: str = "case1", key: str = "1", **more: Any) -> Json:
    node = {
        "@id": f"{document}/decision/{key}",
        "@type": "Decision",
        "outcome": f"kg:outcome-{outcome}",
        "text": outcome,
    }
    return node | {"case": f"{document}/{case}", "date": {"@value": date}} | more


def test_notice_and_minutes_are_one_meeting() -> None:
    one, two = "document/f1/1", "document/f2/1"
    resolution = Resolution()
    for document in (one, two):
        resolution.by_mention[f"{document}/b"] = Resolved("body/x/styrelsen", "Styrelsen")
    slices = [a_slice(one, a_meeting(one, "2024-04-25")), a_slice(two, a_meeting(two, "2024-04-25"))]
    resolve_meetings(slices, resolution)
    assert {resolution.iri(f"{document}/mention/Meeting/1-2") for document in (one, two)} == {
        "meeting/x/styrelsen/2024-04-25"
    }


def test_agenda_without_a_date_joins_the_only_meeting_of_its_file() -> None:
    one, two, other = "document/f1/1", "document/f1/2", "document/f2/1"
    resolution = Resolution()
    for document in (one, two, other):
        resolution.by_mention[f"{document}/b"] = Resolved("body/x/styrelsen")
    slices = [
        a_slice(one, a_meeting(one, "2024-04-25")),
        a_slice(two, a_meeting(two, None)),
        a_slice(other, a_meeting(other, None)),
    ]
    resolve_meetings(slices, resolution)
    assert resolution.iri(f"{two}/mention/Meeting/1-2") == "meeting/x/styrelsen/2024-04-25"
    assert resolution.iri(f"{other}/mention/Meeting/1-2") not in {None, "meeting/x/styrelsen/2024-04-25"}
    assert [one["@type"] for one in resolution.conclusions] == ["Join"]


def test_a_concluded_year_is_explained() -> None:
    document, resolution = "document/f1/1", Resolution()
    resolution.by_mention[f"{document}/b"] = Resolved("body/x/styrelsen")
    because = "The head prints torsdagen den 25/4 without a year."
    resolve_meetings(
        [a_slice(document, a_meeting(document, "2024-04-25", hints={"date_because": because}))], resolution
    )
    assert [(one["property"], one["because"]) for one in resolution.conclusions] == [("date", because)]


@pytest.mark.parametrize(
    ("number", "same"),
    [
        ("KS 2023/123", "KS/2023:123"),
        ("KS-2023-00123", "KS 2023-123"),
        ("KS2023/0123", "KS 2023/123"),
        ("KS 2023/00123-5", "KS 2023/123"),
        ("2023-00123 106", "2023/123"),
        ("5426-2024", "2024/5426"),
        ("KS 123/2023", "KS 2023/123"),
    ],
)
def test_one_case_however_printed(number: str, same: str) -> None:
    assert case_key(number) == case_key(same)


@pytest.mark.parametrize(
    ("number", "other"), [("KS 2023/123", "BUN 2023/123"), ("2023/12", "2023/120"), ("512-12-2023", "512-13-2023")]
)
def test_two_cases(number: str, other: str) -> None:
    assert case_key(number) != case_key(other)


def a_case(document: str, number: str = "KS 2023/1") -> Json:
    return {"@id": f"{document}/case1", "@type": "Case", "name": number, "diaryNumber": number}


@pytest.mark.parametrize(
    ("title", "one", "why"),
    [("Svar på motion om cykelvägar", True, "the letters left out"), ("Taxa för båtplatser", False, "another matter")],
)
def test_a_number_without_the_letters_of_its_diary(title: str, one: bool, why: str) -> None:
    first, second, resolution = "document/f1/1", "document/f2/1", Resolution()
    slices = [
        a_slice(first, a_case(first) | {"title": "Motion om cykelvägar"}, publisher="organization/x"),
        a_slice(second, a_case(second, "2023/1") | {"title": title}, publisher="organization/x"),
    ]
    resolve_cases(slices, resolution)
    assert (resolution.iri(f"{first}/case1") == resolution.iri(f"{second}/case1")) is one, why
    assert len(resolution.conclusions) == one


def test_one_number_in_two_organisations_is_two_cases() -> None:
    one, two, resolution = "document/f1/1", "document/f2/1", Resolution()
    resolve_cases(
        [a_slice(one, a_case(one), publisher="organization/x"), a_slice(two, a_case(two), publisher="organization/y")],
        resolution,
    )
    assert resolution.iri(f"{one}/case1") != resolution.iri(f"{two}/case1")


def test_a_letter_of_a_bundle_without_a_publisher_shares_the_holder_of_its_number() -> None:
    letter, minutes, other, resolution = "document/f1/1", "document/f1/2", "document/f2/1", Resolution()
    slices = [
        a_slice(letter, a_case(letter) | {"hints": {"prefix": "KS"}}),
        a_slice(minutes, a_case(minutes) | {"hints": {"prefix": "KS"}}, publisher="municipality/0000"),
        a_slice(other, a_case(other) | {"hints": {"prefix": "KS"}}),
    ]
    resolve_cases(slices, resolution)
    assert resolution.iri(f"{letter}/case1") == resolution.iri(f"{minutes}/case1")
    assert resolution.iri(f"{other}/case1") != resolution.iri(f"{minutes}/case1")
