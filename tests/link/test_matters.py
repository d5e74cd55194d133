"""Matters across documents: invented slices, one rule each. Every body, person and number is an EXEMPEL."""

from __future__ import annotations

from typing import Any

import pytest

from kommungraf.link.continuity.matters import follow_matters
from kommungraf.link.continuity.matters_states import state_after
from kommungraf.link.resolution import Resolution, Resolved, Slice

Json = dict[str, Any]
STYRELSEN, MÖTET, FULLMÄKTIGE = "body/x/styrelsen", "body/x/förbundsmötet", "body/k/kommunfullmäktige"


def day(value: str) -> Json:
    return {"@value": value}


def a_slice(document: str, *nodes: Json, **head: Any) -> Slice:
    """A document with nodes given as JSON-LD; each has a passage whose start grows with its place."""
    by_class: dict[str, list[Json]] = {}
    for place, node in enumerate(nodes):
        file = document.split("/")[1]
        evidence = [f"passage/{file}/{place * 100}-{place * 100 + 9}"]
        by_class.setdefault(node["@type"], []).append({"evidence": evidence, **node})
    kind = head.pop("type", "protokoll")
    head = {"title": "", "documentType": f"kg:documentType-{kind}", "evidence": [f"passage/{document}/0-1"], **head}
    return Slice({"@id": document, "@type": "Document", **head}, by_class)


def an_item(document: str, number: int, title: str, **more: Any) -> Json:
    key = f"{document}/agenda-item/{number}"
    return {"@id": key, "@type": "AgendaItem", "number": number, "title": title, **more}


def a_meeting(document: str, body: str, date: str) -> Json:
    return {"@id": f"{document}/m", "@type": "Meeting", "name": body, "body": body, "date": day(date)}


def a_decision(document: str, number: int, outcome: str, text: str, date: str = "", **more: Any) -> Json:
    ordinal = more.pop("ordinal", 1)
    return {
        "@id": f"{document}/decision/{number}.{ordinal}",
        "@type": "Decision",
        "text": text,
        "outcome": f"kg:outcome-{outcome}",
        "ordinal": ordinal,
        "number": number,
        "agendaItem": f"{document}/agenda-item/{number}",
        **({"date": day(date)} if date else {}),
        **more,
    }


def minutes(
    document: str, body: str, date: str, number: int, title: str, *decided: tuple[str, str], **more: Any
) -> Slice:
    """Minutes of one item."""
    meeting = a_meeting(document, body, date)
    case = {"case": more.pop("case")} if "case" in more else {}
    item = an_item(document, number, title, meeting=meeting["@id"], **case)
    decisions = [
        a_decision(document, number, outcome, text, date, decidedBy=body, ordinal=place, **case)
        for place, (outcome, text) in enumerate(decided, 1)
    ]
    return a_slice(document, meeting, item, *decisions, **more)


def a_telling(document: str, text: str, **told: Any) -> Json:
    return {"@id": f"{document}/reported-decision/1", "@type": "ReportedDecision", "text": text} | {
        "outcome": "kg:outcome-other",
        **told,
    }


def a_motion(document: str, title: str, **more: Any) -> Json:
    return {"@id": f"{document}/motion/1", "@type": "Motion", "title": title, "text": title, **more}


def a_person(document: str, name: str) -> Json:
    return {"@id": f"{document}/p", "@type": "Person", "name": name}


def follow(*slices: Slice, cases: dict[str, str] | None = None) -> Resolution:
    resolution = Resolution()
    for case, number in (cases or {}).items():
        resolution.by_mention[case] = Resolved(case)
        resolution.entities[case] = {"diaryNumber": number}
    follow_matters(sorted(slices, key=lambda piece: piece.id), resolution)
    assert all(0 < one["score"] < 1 and one["because"] and one["evidence"] for one in resolution.conclusions)
    return resolution


REFERRED = (("permit", "Motionen får ställas."), ("refer", "Motionen remitteras till kommunstyrelsen."))
ANSWERED = (("approve", "Första punkten bifalls."), ("answer", "Motionen anses i övrigt besvarad."))
TITLE = "Motion om gratis frukost i skolan"


def test_a_motion_belongs_to_the_case_of_its_referral_and_no_referral_is_its_result() -> None:
    motion, letter = "document/f1/1", "document/f1/2"
    found = follow(
        a_slice(motion, a_motion(motion, "Gratis frukost för alla i skolan"), type="motion"),
        minutes(letter, FULLMÄKTIGE, "2024-03-01", 7, f"Remittering av {TITLE}", *REFERRED, case="case/1"),
    )
    of_motion = found.entities[f"{motion}/motion/1"]
    assert of_motion["case"] == ["case/1"]
    assert "resultedIn" not in of_motion
    assert (of_motion["state"], of_motion["stateSince"]) == ("open", "2024-03-01")
    assert found.entities[f"{letter}/decision/7.2"]["concerns"] == [f"{motion}/motion/1"]


def test_both_halves_of_an_answer_are_the_result() -> None:
    motion, first, last = "document/f1/1", "document/f1/2", "document/f2/1"
    found = follow(
        a_slice(motion, a_motion(motion, TITLE), type="motion"),
        minutes(first, FULLMÄKTIGE, "2024-03-01", 7, TITLE, *REFERRED, case="case/1"),
        minutes(last, FULLMÄKTIGE, "2025-03-01", 9, f"Svar på {TITLE.lower()}", *ANSWERED, case="case/1"),
    )
    of_motion = found.entities[f"{motion}/motion/1"]
    assert of_motion["resultedIn"] == [f"{last}/decision/9.1", f"{last}/decision/9.2"]
    assert (of_motion["state"], of_motion["stateSince"]) == ("answered", "2025-03-01")
    assert (found.entities["case/1"]["state"], found.entities["case/1"]["stateSince"]) == ("answered", "2025-03-01")


def test_of_two_like_motions_each_has_the_answer_that_names_it() -> None:
    answers = [
        minutes(f"document/f{n}/1", FULLMÄKTIGE, "2025-03-01", n, title, (code, f"{code}"), case=f"case/{n}")
        for n, title, code in (
            (2, "Svar på motion om gratis simkort för pensionärer", "approve"),
            (3, "Svar på motion om gratis simkort för ungdomar", "reject"),
            (4, "Medborgarförslag om gratis simkort", "answer"),
        )
    ]
    motion = a_motion("document/f1/1", "Motion om gratis simkort för ungdomar", creator=["document/f1/1/p"])
    for answer in answers:
        answer.nodes["Person"] = [a_person(answer.id, "Anna EXEMPEL")]
    found = follow(a_slice("document/f1/1", a_person("document/f1/1", "Anna EXEMPEL"), motion, type="motion"), *answers)
    assert found.entities[motion["@id"]]["resultedIn"] == ["document/f3/1/decision/3.1"]


def test_a_decision_told_of_a_municipality_is_in_the_minutes_of_its_council() -> None:
    telling = a_telling(
        "document/f1/1", "Hjo kommun bordlade en sådan motion den 2 maj 2031, § 7.",
        decidedBy="municipality/1497", date=day("2031-05-02"), number=7, outcome="kg:outcome-postpone",
    )  # fmt: skip
    council = minutes(
        "document/f2/1", FULLMÄKTIGE, "2031-05-02", 7, TITLE, ("postpone", "Bordläggs."), publisher="municipality/1497"
    )
    found = follow(a_slice("document/f1/1", telling), council)
    assert found.entities[telling["@id"]]["minutes"] == ["document/f2/1/decision/7.1"]


def test_an_election_told_without_more_words_is_the_only_one_of_that_month_to_the_body() -> None:
    telling = a_telling(
        "document/f1/1", "Förbundsmötet valde i april en ny styrelse.",
        decidedBy=MÖTET, date=day("2031-04"), outcome="kg:outcome-elect",
    )  # fmt: skip
    elections = [
        minutes(f"document/f{n}/1", MÖTET, "2031-04-12", n, title, ("elect", "Förbundsmötet väljer A."))
        for n, title in ((2, "Val av justerare"), (3, "Val av styrelse"))
    ]
    found = follow(a_slice("document/f1/1", telling, type="verksamhetsberättelse"), *elections)
    assert found.entities[telling["@id"]]["minutes"] == ["document/f3/1/decision/3.1"]


@pytest.mark.parametrize(
    ("title", "file", "writer", "why"),
    [
        ("Motion om cykelväg till badplatsen", "f1", "Anna EXEMPEL", "another title"),
        (TITLE, "f2", "Bo EXEMPEL", "the same title in another file, and nobody who signed it: another municipality"),
    ],
)
def test_another_motion(title: str, file: str, writer: str, why: str) -> None:
    motion, other = "document/f1/1", f"document/{file}/2"
    place = minutes(other, FULLMÄKTIGE, "2024-03-01", 7, title, *ANSWERED)
    place.nodes["Person"] = [a_person(other, writer)]
    wrote = a_motion(motion, TITLE, creator=[f"{motion}/p"])
    found = follow(a_slice(motion, a_person(motion, "Anna EXEMPEL"), wrote, type="motion"), place)
    assert "resultedIn" not in found.entities.get(wrote["@id"], {}), why


def test_a_letters_proposal_is_decided_under_the_same_title_and_lends_its_case() -> None:
    letter, meeting = "document/f1/1", "document/f1/2"
    proposal = {"@id": f"{letter}/proposal/1", "@type": "Proposal", "ordinal": 1}
    proposal["text"] = "Förbundsmötet fastställer verksamhetsplan och budget för 2031."
    found = follow(
        a_slice(letter, proposal, title="Verksamhetsplan och budget 2031", type="tjänsteskrivelse"),
        minutes(
            meeting, MÖTET, "2031-04-01", 7, "Fastställande av verksamhetsplan och budget",
            ("adopt", "Förbundsmötet fastställer verksamhetsplan och budget för 2031."), case="case/1",
        ),
    )  # fmt: skip
    assert found.entities[proposal["@id"]] == {"case": ["case/1"], "resultedIn": [f"{meeting}/decision/7.1"]}


@pytest.mark.parametrize(
    ("written", "publisher", "decided", "why"),
    [
        ("2031-03-01", "organization/x", True, "a letter some weeks before the meeting"),
        ("2031-05-01", "organization/x", False, "after the meeting"),
        ("2030-03-01", "organization/x", False, "last year's"),
        ("2031-03-01", "organization/y", False, "another organisation's"),
    ],
)
def test_a_letter_in_a_file_of_its_own(written: str, publisher: str, decided: bool, why: str) -> None:
    letter, meeting = "document/f1/1", "document/f2/1"
    text = "Riktlinjerna för föreningsbidrag antas."
    proposal = {"@id": f"{letter}/proposal/1", "@type": "Proposal", "ordinal": 1, "text": text}
    head = {"title": "Riktlinjer för föreningsbidrag", "type": "tjänsteskrivelse", "issued": day(written)}
    found = follow(
        a_slice(letter, proposal, publisher=publisher, **head),
        minutes(meeting, STYRELSEN, "2031-04-01", 7, head["title"], ("adopt", text), publisher="organization/x"),
    )
    assert ("resultedIn" in found.entities.get(proposal["@id"], {})) is decided, why


def test_what_the_board_is_told_to_have_proposed_led_to_the_decision_of_the_item() -> None:
    document = "document/f1/1"
    told = a_telling(document, "Styrelsen godkände förslaget och föreslog förbundsmötet att fastställa det.")
    piece = minutes(document, MÖTET, "2031-04-25", 9, "Revidering av stadgar", ("adopt", "Stadgarna fastställs."))
    passage = {"evidence": ["passage/f1/150-160"]}  # below the item's heading
    piece.nodes["ReportedDecision"] = [told | passage | {"decidedBy": STYRELSEN, "date": day("2030-12-07")}]
    assert follow(piece).entities[told["@id"]]["resultedIn"] == [f"{document}/decision/9.1"]


def test_what_the_board_proposes_the_general_meeting_decides() -> None:
    board, meeting = "document/f1/1", "document/f2/1"
    text = "verksamhetsplan och budget för 2031"
    found = follow(
        minutes(
            board, STYRELSEN, "2030-12-01", 61, "Verksamhetsplan",
            ("propose", f"Styrelsen föreslår förbundsmötet att fastställa {text}."), case="case/1",
        ),
        minutes(meeting, MÖTET, "2031-04-01", 7, "X", ("adopt", f"Förbundsmötet fastställer {text}."), case="case/1"),
    )  # fmt: skip
    assert found.entities[f"{board}/decision/61.1"]["resultedIn"] == [f"{meeting}/decision/7.1"]
    assert found.entities["case/1"]["state"] == "decided"


@pytest.mark.parametrize(
    ("told", "held", "why"),
    [
        ({"decidedBy": STYRELSEN, "date": "2030-12-07", "number": 27}, True, "body, day and §"),
        ({"decidedBy": STYRELSEN, "date": "2030-12-07"}, True, "body, day and wording"),
        ({"decidedBy": STYRELSEN, "date": "2030-12"}, True, "body, month and wording"),
        ({"decidedBy": STYRELSEN, "date": "2030-12-08"}, False, "another day"),
        ({"decidedBy": STYRELSEN, "date": "2030-12-07", "number": 28}, False, "another §"),
        ({"decidedBy": MÖTET, "date": "2030-12-07"}, False, "another body"),
        ({"date": "2030-12"}, False, "nobody in particular"),
    ],
)
def test_minutes_of_a_told_decision(told: Json, held: bool, why: str) -> None:
    report, board = "document/f1/1", "document/f2/1"
    told = told | ({"date": day(told["date"])} if "date" in told else {})
    telling = a_telling(report, "Styrelsen godkände förslaget till strategi för äldre.", **told)
    found = follow(
        a_slice(report, telling, type="verksamhetsberättelse"),
        minutes(board, STYRELSEN, "2030-12-07", 27, "Strategi för äldre", ("adopt", "Strategin för äldre antas.")),
    )
    expected = [f"{board}/decision/27.1"] if held else None
    assert found.entities.get(telling["@id"], {}).get("minutes") == expected, why


def test_the_same_words_in_two_items_tell_of_two_decisions() -> None:
    document = "document/f1/1"
    nodes: list[Json] = []
    for number, title in ((10, "Revidering av arkivplan"), (11, "Revidering av resepolicy")):
        told = a_telling(document, "Styrelsen godkände förslaget.", decidedBy=STYRELSEN, date=day("2031-04-11"))
        nodes += [an_item(document, number, title), told | {"@id": f"{document}/reported-decision/{number}"}]
    found = follow(a_slice(document, *nodes))
    assert not any("retells" in told for told in found.entities.values())


def test_two_reports_of_one_decision_and_only_one_says_whose_it_was() -> None:
    one, two = "document/f1/1", "document/f1/2"
    first = a_telling(one, "I maj fattade styrelsen beslut om en plan för badplatser.", decidedBy=STYRELSEN)
    second = a_telling(two, "Ett beslut i maj om en plan för badplatser följde.")
    found = follow(
        a_slice(one, first | {"date": day("2030-05")}, type="årsredovisning"),
        a_slice(two, second | {"date": day("2030-05")}, type="verksamhetsberättelse"),
    )
    assert found.entities[second["@id"]] == {"retells": [first["@id"]], "decidedBy": [STYRELSEN]}


def test_a_decision_concerns_the_document_that_it_adopts() -> None:
    plan, meeting, other = "document/f1/1", "document/f2/1", "document/f3/1"
    year = {"@value": "2031", "@type": "xsd:gYear"}
    found = follow(
        a_slice(plan, type="verksamhetsplan", year=year, publisher="organization/x"),
        a_slice(other, type="verksamhetsplan", year=year, publisher="organization/y"),
        minutes(
            meeting, MÖTET, "2031-04-01", 7, "Plan",
            ("adopt", "Förbundsmötet fastställer verksamhetsplan och budget för 2031."), publisher="organization/x",
        ),
    )  # fmt: skip
    assert found.entities[f"{meeting}/decision/7.1"]["concerns"] == [plan]


@pytest.mark.parametrize(
    ("title", "date", "expected", "why"),
    [
        ("Remiss: Strategi för äldres hälsa, Exempelförbundet", "2031-05-01", ["case/1"], "who asked, and what"),
        ("Remiss: Strategi för äldres hälsa, Exempelförbundet", "2035-05-01", None, "years later"),
        ("Remiss: Strategi för äldres hälsa", "2031-05-01", None, "nobody asked"),
        ("Remiss: Taxa för båtplatser, Exempelförbundet", "2031-05-01", None, "another matter"),
        ("Strategi för äldres hälsa, Exempelförbundet", "2031-05-01", None, "no answer"),
    ],
)
def test_an_answer_follows_from_the_matter_of_who_asked(
    title: str, date: str, expected: list[str] | None, why: str
) -> None:
    asked, adopted = "document/f1/1", ("adopt", "Strategin antas.")
    answer, opinion = "document/f2/1", ("adopt", "Styrelsen antar yttrandet som sitt eget.")
    resolution = Resolution()
    resolution.entities["organization/x"] = {"name": "Exempelförbundet"}
    slices = [
        minutes(
            asked, STYRELSEN, "2031-09-01", 3, "Strategi för äldres hälsa", adopted,
            case="case/1", publisher="organization/x",
        ),
        minutes(answer, "body/k/ks", date, 7, title, opinion, case="case/2", publisher="organization/k"),
    ]  # fmt: skip
    follow_matters(slices, resolution)
    assert resolution.entities["case/2"].get("referredFrom") == expected, why


@pytest.mark.parametrize(
    ("title", "state"), [("Remiss: Ny vägplan", "answered"), ("Yttrande över motion om solceller", "open")]
)
def test_what_an_opinion_settles(title: str, state: str) -> None:
    opinion = ("adopt", "Nämnden antar yttrandet som sitt eget.")
    found = follow(minutes("document/f1/1", "body/k/nämnden", "2031-05-01", 7, title, opinion, case="case/2"))
    assert found.entities["case/2"]["state"] == state


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        (["permit", "refer", "assign"], "open"),
        (["answer"], "answered"),
        (["approve", "assign", "refer"], "decided"),
        (["reject"], "decided"),
        (["postpone"], "postponed"),
        (["return"], "open"),
        (["propose"], "open"),
        (["approve", "propose"], "open"),
    ],
)
def test_state_after_a_meeting(outcomes: list[str], state: str) -> None:
    assert state_after([{"outcome": f"kg:outcome-{code}", "text": code} for code in outcomes]) == state


def test_what_is_taken_back_is_withdrawn() -> None:
    assert state_after([{"outcome": "kg:outcome-other", "text": "Motionen är återtagen."}]) == "withdrawn"


@pytest.mark.parametrize(
    ("outcome", "text", "state"),
    [
        ("other", "Ärendet utgår.", "open"),
        ("other", "Punkten utgår ur dagordningen.", "open"),
        ("delegate", "Medborgarförslaget överlåts till tekniska nämnden för beslut.", "open"),
        ("approve", "Kommunfullmäktige beslutar att bifalla återremissyrkandet.", "open"),
        ("approve", "Kommunfullmäktige bifaller motionen och avslår återremissyrkandet.", "decided"),
        ("adopt", "Bidraget utgår med 500 kronor.", "decided"),
        ("delegate", "Ordföranden får rätt att besluta i brådskande ärenden.", "decided"),
    ],
)
def test_what_is_left_to_another_day_or_body_is_open(outcome: str, text: str, state: str) -> None:
    assert state_after([{"outcome": f"kg:outcome-{outcome}", "text": text}]) == state


@pytest.mark.parametrize(
    ("events", "state", "why"),
    [
        ([(FULLMÄKTIGE, "2024-01-01", "refer"), (FULLMÄKTIGE, "2025-01-01", "answer")], "answered", "the later wins"),
        ([(FULLMÄKTIGE, "2024-01-01", "answer"), ("body/k/ks", "2025-01-01", "propose")], "answered", "a follow-up"),
        ([("body/k/ks", "2024-01-01", "approve"), ("body/k/ks", "2025-01-01", "propose")], "open", "no last word yet"),
        ([(FULLMÄKTIGE, "", "refer"), (FULLMÄKTIGE, "2025-01-01", "reject")], "decided", "an undated start"),
        ([(FULLMÄKTIGE, "", "reject"), (FULLMÄKTIGE, "2025-01-01", "refer")], "unknown", "which came last?"),
    ],
)
def test_the_latest_decision_decides(events: list[tuple[str, str, str]], state: str, why: str) -> None:
    places = [
        minutes(f"document/f{place}/1", body, date, place, "Ett ärende om mat", (code, code), case="case/1")
        for place, (body, date, code) in enumerate(events)
    ]
    for slices in (places, places[::-1]):
        assert follow(*slices).entities.get("case/1", {}).get("state", "unknown") == state, why


def test_an_open_matter_without_dates_is_open_since_the_year_of_its_number() -> None:
    found = follow(
        minutes("document/f1/1", FULLMÄKTIGE, "", 1, TITLE, *REFERRED, case="case/1"), cases={"case/1": "KS 2024.77"}
    )
    assert (found.entities["case/1"]["state"], found.entities["case/1"]["stateSince"]) == ("open", "2024")


def test_a_list_of_unanswered_motions_tells_the_state() -> None:
    document = "document/f1/1"
    listed = {"@id": "case/1", "@type": "Case", "diaryNumber": "KS 2022/155", "hints": {"state": "withdrawn"}}
    meeting = a_meeting(document, FULLMÄKTIGE, "2023-03-27")
    found = follow(a_slice(document, meeting, listed), cases={"case/1": "KS 2022/155"})
    assert (found.entities["case/1"]["state"], found.entities["case/1"]["stateSince"]) == ("withdrawn", "2023-03-27")
