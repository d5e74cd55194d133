"""What became of what was planned: the status by the words of a report, and the links between plans and reports."""

from __future__ import annotations

from typing import Any

import pytest

from kommungraf.link.continuity.alignment import follow_promises
from kommungraf.link.continuity.alignment_next import difference
from kommungraf.link.continuity.alignment_status import status_of
from kommungraf.link.continuity.alignment_words import Weights, cosine, cover, stem, stems
from kommungraf.link.resolution import Resolution, Slice

STATUSES = [
    ("Utbilda 60 volontärer", "Under året utbildades 43 volontärer.", "partly", "fewer than planned"),
    ("Utbilda 20 volontärer", "31 volontärer har utbildats.", "done", "more than planned"),
    ("Ta fram tolv recept", "Sju av tolv recept blev klara.", "partly", "numbers in words"),
    ("Ordna fem träffar", "Sex av sju kommuner deltog i de fem träffarna.", "done", "counts something else"),
    ("Hålla mötesplatser i fem kommuner", "Mötesplatser har funnits i fyra kommuner.", "partly", "the same noun"),
    ("Anordna en konferens", "Konferensen har skjutits upp till våren 2023.", "postponed", ""),
    (
        "Anordna en konferens",
        "Konferensen ställdes in. I stället hölls ett webbinarium.",
        "cancelled",
        "instead is not it",
    ),
    ("Anordna den uppskjutna konferensen", "Konferensen hölls den 20 april.", "done", "it was put off before"),
    ("Ordna en dag", "Har ej genomförts.", "notDone", "elliptic, old negation"),
    ("Ta fram en mall", "Mallen kunde inte tas fram på grund av sjukdom.", "notDone", ""),
    (
        "Ge stöd i analys",
        "På grund av en brand har visningen inte varit möjlig.",
        "notDone",
        "the reason comes first",
    ),
    (
        "Pröva en pool",
        "Försöket sköts upp, eftersom personalen inte kunde flyttas.",
        "postponed",
        "a reason is no status",
    ),
    (
        "Genomföra en övning",
        "Övningen genomfördes inte. Den flyttas fram till hösten.",
        "postponed",
        "later, not never",
    ),
    (
        "Mäta svinnet",
        "Mätningen i maj gjordes. Mätningen i november genomfördes inte.",
        "partly",
        "the same thing twice",
    ),
    ("Erbjuda kurser", "Kurser gavs på våren. Höstens kurs ställdes in.", "partly", "some of it"),
    ("Erbjuda kurser", "Kurser gavs endast på våren.", "partly", "only"),
    ("Utvärdera projektet", "Utvärderingen har påbörjats men är försenad.", "ongoing", "begun comes first"),
    ("Införa digital tillsyn", "Tillsynen används av 45 brukare. Målet var 60 brukare.", "partly", "short of the aim"),
    (
        "Utbilda alla",
        "Kursen har inte kunnat hållas på grund av sjukdom och flyttas till 2023.",
        "postponed",
        "not done, but later",
    ),
    (
        "Ge stöd",
        "Stödet gavs i mindre omfattning. Resten planeras i stället under 2026.",
        "partly",
        "some, the rest later",
    ),
    ("Revidera avtalet", "Arbetet pågår.", "ongoing", ""),
    ("Informera", "Detta görs löpande i nyhetsbrev.", "ongoing", ""),
    ("Bygga en förskola", "Projektet avslutades i förtid.", "partly", "ended early"),
    (
        "Slutföra projektet",
        "Projektet avslutades i juni. Målen har till stora delar uppnåtts.",
        "done",
        "done; the effect is another",
    ),
    (
        "Utreda frågan",
        "Arbetet har inte minst handlat om avtal och genomfördes i maj.",
        "done",
        "'inte minst' denies nothing",
    ),
    ("Utveckla avtalet", "Frågan kommer att lyftas på nytt under 2026.", "postponed", "only what is to come"),
    (
        "Utveckla vården",
        "Arbetet utgår från behoven och har genomförts i tre team.",
        "done",
        "'utgår från' is not dropped",
    ),
    ("Avveckla kurserna", "Genomfört.", "done", "one word"),
    ("Driva projektet i tre kommuner", "Pågår. En hoppade av, två kommuner är kvar.", "ongoing", "a form states it"),
    ("Utreda en plan", "Avbrutet. Nämnden beslutade att inte gå vidare.", "cancelled", "whatever the comment says"),
    ("Se över riktlinjerna", "Riktlinjerna har inte setts över.", "notDone", "whatever the verb"),
    ("Starta ett kafé", "Ej påbörjad. Lokalen hyrdes ut.", "notDone", ""),
    ("Ordna träffar", "Vårens träff ställdes in. Höstens träff var digital.", "partly", "one of the two"),
]


@pytest.mark.parametrize(("planned", "told", "status", "why"), STATUSES, ids=[row[1] for row in STATUSES])
def test_status(planned: str, told: str, status: str, why: str) -> None:
    assert status_of(planned, [told]).status == status, why


def test_the_sentence_that_decides_is_kept() -> None:
    told = status_of("Erbjuda kurser", ["Kurser gavs på våren. Höstens kurs ställdes in."])
    assert told.sentence == "Höstens kurs ställdes in."


SAME = [
    ("samordna", "samordningen"),
    ("nätverk", "nätverkets"),
    ("stöd", "stödja"),
    ("implementera", "implementeringen"),
    ("informera", "information"),
    ("undersöka", "undersökningar"),
    ("konferens", "konferenser"),
    ("genomföra", "genomförts"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_noun_and_its_verb_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_hyphen_makes_no_other_word() -> None:
    assert set(stems("UngInfo")) <= set(stems("Ung-Info"))


def test_a_compound_shares_its_parts_and_common_words_say_little() -> None:
    weights = Weights(
        [{"Ordna nätverksträffar", "Ordna träffar i nätverk", "Ordna kurser", "Ordna resor", "Ordna möten"}]
    )
    compound, parts = weights.of("nätverksträffar"), weights.of("träffar i nätverk")
    assert cosine(compound, parts) > 0.4
    assert cover(weights.of("ordna resor"), weights.of("resor")) > cover(weights.of("ordna resor"), weights.of("ordna"))


def test_difference_shows_words_and_not_letters() -> None:
    before, after = "Anordna en konferens om heltid.", "anordna den uppskjutna konferensen om heltid"
    assert difference(before, after) == "anordna [-en konferens-] {+den uppskjutna konferensen+} om heltid"
    assert difference("Samordna nätverket.", "samordna nätverket") == "samordna nätverket"


# --- documents of an invented federation: (area, activity) of a plan; (area, heading, text) of a report ---------------


def plan(year: int, *rows: tuple[str, str], kind: str = "verksamhetsplan", title: str = "", by: str = "x") -> Slice:
    return _slice(year, kind, title or f"Verksamhetsplan {year}", by, [("PlannedActivity", *row, "") for row in rows])


def report(year: int, *rows: tuple[str, str, str], title: str = "", by: str = "x") -> Slice:
    found: list[tuple[str, str, str, str]] = []
    for area, heading, text in rows:
        if heading.split(" ")[0] in ("Samordna", "Utbilda", "Anordna", "Utreda") and text is not None:
            found.append(("PlannedActivity", area, heading, "repeated"))
        found.append(("ReportedResult", area, text, heading))
    return _slice(year, "verksamhetsberättelse", title or f"Verksamhetsberättelse {year}", by, found)


def _slice(year: int, kind: str, title: str, by: str, rows: list[tuple[str, str, str, str]]) -> Slice:
    own = f"document/{by}{kind}{year}{len(title)}/1"
    head = {
        "@id": own,
        "documentType": f"kg:documentType-{kind}",
        "title": title,
        "year": str(year),
        "publisher": f"organization/{by}",
        "evidence": [f"passage/{by}{kind}{year}/0-9"],
    }
    nodes: dict[str, list[dict[str, Any]]] = {"FocusArea": [], "PlannedActivity": [], "ReportedResult": []}
    for at, (what, area, text, rest) in enumerate(rows, 1):
        node: dict[str, Any] = {
            "@id": f"{own}/{what.lower()}/{at * 100}",
            "@type": what,
            "text": text,
            "year": str(year),
            "partOf": f"{own}/area/{area}",
            "evidence": [f"passage/{by}{kind}{year}/{at * 100}-{at * 100 + 50}"],
        }
        nodes["FocusArea"].append({"@id": f"{own}/area/{area}", "name": area})
        if rest == "repeated":
            node["fromReport"] = True
        elif rest:
            node["heading"] = rest
        nodes[what].append(node)
    return Slice(head, nodes)


def links(*slices: Slice) -> tuple[set[tuple[str, str, str]], Resolution]:
    """The alignments as (planned, status, what it is linked to)."""
    resolution = Resolution()
    follow_promises(list(slices), resolution)
    texts = {node["@id"]: node["text"] for piece in slices for node in piece.of("PlannedActivity", "ReportedResult")}
    found = {
        (texts[one["planned"]], one["status"], texts[one.get("reported") or one["next"]])
        for one in resolution.conclusions
        if one["@type"] == "Alignment"
    }
    return found, resolution


def state(resolution: Resolution, piece: Slice, prop: str) -> dict[str, str | None]:
    nodes = piece.of("PlannedActivity", "ReportedResult")
    return {node["text"]: resolution.entities.get(node["@id"], {}).get(prop) for node in nodes}


PLAN = plan(
    2022,
    ("Lärande", "Samordna skolchefsnätverket"),
    ("Lärande", "Utbilda 60 volontärer till digitala vägvisare"),
    ("Lärande", "Anordna en konferens om skolfrånvaro tillsammans med lärosätet"),
    ("Lärande", "Utreda en gemensam tjänst som dataskyddsombud"),
)
REPORT = report(
    2022,
    ("Lärande", "Samordna skolchefsnätverket", "Nätverket har haft fem möten."),
    ("Lärande", "Utbilda 60 volontärer", "43 volontärer har utbildats."),
    ("Lärande", "Konferens om skolfrånvaro", "Konferensen ställdes in."),
    ("Lärande", "Gemensam upphandling av elcyklar", "Ramavtalet används av fyra kommuner."),
)


def test_a_plan_and_the_report_of_its_year() -> None:
    found, resolution = links(PLAN, REPORT)
    assert found == {
        ("Samordna skolchefsnätverket", "done", "Nätverket har haft fem möten."),
        ("Utbilda 60 volontärer till digitala vägvisare", "partly", "43 volontärer har utbildats."),
        ("Anordna en konferens om skolfrånvaro tillsammans med lärosätet", "cancelled", "Konferensen ställdes in."),
    }
    follow_up = state(resolution, PLAN, "followUp")
    assert follow_up["Utreda en gemensam tjänst som dataskyddsombud"] == "noWord"
    assert set(follow_up.values()) == {"noWord", "reported"}
    assert state(resolution, REPORT, "promise")["Ramavtalet används av fyra kommuner."] == "unpromised"
    explained = {one["property"] for one in resolution.conclusions if one["@type"] == "Conclusion"}
    assert explained == {"followUp", "promise"}


def test_a_paragraph_earns_its_own_link_and_a_pointer_none() -> None:
    early = plan(
        2022, ("Vård", "Utbilda handledare i demensvård"), ("Vård", "Inventera förutsättningarna för nattkafé")
    )
    later = report(
        2022,
        ("Vård", "Året", "Tolv handledare har utbildats i demensvård."),
        ("Vård", "Året", "Personalen har fått nya lokaler och nya scheman."),
        ("Vård", "Året", "Förutsättningarna ändrades när taxan höjdes."),
        ("Vård", "Året", "För mer information om handledare i demensvård, se hemsidan."),
    )
    assert links(early, later)[0] == {
        ("Utbilda handledare i demensvård", "done", "Tolv handledare har utbildats i demensvård.")
    }


def test_what_shares_too_few_words_is_for_a_person_to_decide() -> None:
    early = plan(2022, ("Vård", "Utbilda chefer och skyddsombud i arbetsmiljö och rehabilitering"))
    _, resolution = links(early, report(2022, ("Vård", "", "Alla chefer och skyddsombud har lärt sig om arbetsmiljö.")))
    (one,) = resolution.conclusions[:1]
    assert (one["@type"], one.get("candidateKind")) == ("Candidate", "reported")


def test_every_link_has_the_evidence_of_both_sides_and_a_reason() -> None:
    _, resolution = links(PLAN, REPORT)
    for one in resolution.conclusions:
        assert {passage.split("/")[1] for passage in one["evidence"]} == {
            "xverksamhetsplan2022",
            "xverksamhetsberättelse2022",
        }
        assert 0 < one["score"] < 1
        assert one["because"].endswith(".")


def test_what_a_report_of_part_of_the_year_tells_stands_beside_the_whole_years() -> None:
    early = plan(2022, ("Vård", "Hålla digitala träffpunkter öppna i Norrby"))
    interim = report(
        2022,
        ("Vård", "", "De digitala träffpunkterna i Norrby är öppna."),
        title="Delårsrapport per den 31 augusti 2022",
    )
    whole = report(2022, ("Vård", "Digitala träffpunkter i Norrby", "Träffpunkterna stängdes i december."))
    found, resolution = links(early, interim, whole)
    text = "Hålla digitala träffpunkter öppna i Norrby"
    assert (text, "ongoing", "De digitala träffpunkterna i Norrby är öppna.") in found
    assert state(resolution, early, "followUp")[text] == "reported"


def test_a_goal_is_told_of_under_the_activities_that_lead_to_it() -> None:
    early = plan(2022, ("Unga", "Starta en mottagning"), ("Unga", "Minst 250 unga ska ha fått kontakt"))
    early.nodes["PlannedActivity"][1]["isGoal"] = True
    told = report(2022, ("Unga", "Starta en mottagning", "Under året har 268 unga fått kontakt."))
    assert ("Minst 250 unga ska ha fått kontakt", "done", "Under året har 268 unga fått kontakt.") in links(
        early, told
    )[0]


def test_without_a_report_nothing_is_unreported() -> None:
    _, resolution = links(PLAN, plan(2023, ("Lärande", "Samordna skolchefsnätverket")))
    assert set(state(resolution, PLAN, "followUp").values()) == {"noReportHeld"}


def test_what_the_accounts_of_the_year_name_is_not_unreported() -> None:
    early = plan(
        2022,
        ("Lärande", "Samordna skolchefsnätverket"),
        ("Lärande", "Utbilda 60 volontärer"),
        ("Lärande", "Driva Läslusten i tre kommuner"),
    )
    accounts = _slice(2022, "årsredovisning", "Årsredovisning 2022", "x", [])
    accounts.nodes["Project"] = [
        {"@id": f"{accounts.id}/mention/1", "name": "Läslusten", "evidence": ["passage/x/1-9"]}
    ]
    _, without = links(early, REPORT)
    assert state(without, early, "followUp")["Driva Läslusten i tre kommuner"] == "noWord"
    _, resolution = links(early, REPORT, accounts)
    assert state(resolution, early, "followUp")["Driva Läslusten i tre kommuner"] == "unclear"


def test_a_report_alone_shows_promise_and_result() -> None:
    alone = report(2020, ("Lärande", "Samordna skolchefsnätverket", "Nätverket har haft fem möten."))
    found, resolution = links(alone)
    assert found == {("Samordna skolchefsnätverket", "done", "Nätverket har haft fem möten.")}
    assert state(resolution, alone, "promise")["Nätverket har haft fem möten."] == "promised"


def test_what_the_next_plan_keeps_changes_drops_and_begins() -> None:
    later = plan(
        2023,
        ("Lärande", "Samordna skolchefsnätverket."),
        ("Lärande", "Anordna den uppskjutna konferensen om skolfrånvaro"),
        ("Miljö", "Inventera kommunernas dammar"),
    )
    found, resolution = links(PLAN, later)
    assert found == {
        ("Samordna skolchefsnätverket", "carriedForward", "Samordna skolchefsnätverket."),
        (
            "Anordna en konferens om skolfrånvaro tillsammans med lärosätet",
            "changed",
            "Anordna den uppskjutna konferensen om skolfrånvaro",
        ),
    }
    assert state(resolution, PLAN, "nextPlan")["Utreda en gemensam tjänst som dataskyddsombud"] == "dropped"
    assert state(resolution, later, "previousPlan")["Inventera kommunernas dammar"] == "new"


def test_a_promise_that_returns_after_a_plan_without_it() -> None:
    between = plan(2023, ("Miljö", "Inventera kommunernas dammar"))
    again = plan(2026, ("Lärande", "Utreda en gemensam tjänst som dataskyddsombud"))
    found, resolution = links(PLAN, between, again)
    text = "Utreda en gemensam tjänst som dataskyddsombud"
    assert (text, "carriedForward", text) in found
    assert state(resolution, again, "previousPlan")[text] == "again"


def test_the_report_of_the_year_after_may_tell_of_a_promise() -> None:
    later = report(2023, ("Lärande", "Digitala vägvisare", "60 volontärer har utbildats."))
    found, resolution = links(PLAN, later)
    assert found == {("Utbilda 60 volontärer till digitala vägvisare", "done", "60 volontärer har utbildats.")}
    follow_up = state(resolution, PLAN, "followUp")
    assert follow_up["Utbilda 60 volontärer till digitala vägvisare"] == "reportedLater"
    assert follow_up["Samordna skolchefsnätverket"] == "noReportHeld"


def test_publishers_and_their_committees_are_kept_apart() -> None:
    other = report(2022, ("Lärande", "Samordna skolchefsnätverket", "Nätverket har haft två möten."), by="y")
    found, _ = links(PLAN, other)
    assert {told for _, _, told in found} == {"Nätverket har haft två möten."}  # of its own heading only
    social = plan(2022, ("Vård", "Utbilda handledare i demensvård"), title="Verksamhetsplan 2022 socialnämnden", by="z")
    school = report(
        2022,
        ("Vård", "Handledare i demensvård", "Tio är utbildade."),
        title="Verksamhetsberättelse 2022 skolnämnden",
        by="z",
    )
    assert links(social, school)[0] == set()


def test_a_sentence_of_prose_tells_of_the_promise_that_it_names() -> None:
    goal = "Fler barn ska ha en meningsfull fritid"
    early = plan(
        2023,
        ("Fritid", "Starta en fritidsbank där utrustning lånas ut"),
        ("Fritid", "Införa avgiftsfri kulturskola för årskurs 1–3"),
        ("Fritid", "Byta bibliotekssystem"),
    )
    text = "Avgiftsfri kulturskola infördes i årskurs 1–3. Fritidsbanken kunde inte startas eftersom lokal saknas."
    told = report(
        2023, ("Fritid", f"Mål 1: {goal}", text), ("Fritid", f"Mål 2: {goal}", "Bytet av bibliotekssystem är klart.")
    )
    found, _ = links(early, told)
    assert {(planned, status) for planned, status, _ in found} == {
        ("Införa avgiftsfri kulturskola för årskurs 1–3", "done"),
        ("Starta en fritidsbank där utrustning lånas ut", "notDone"),
        ("Byta bibliotekssystem", "done"),
    }


def test_each_half_of_a_sentence_tells_of_its_own_promise() -> None:
    early = plan(2023, ("Miljö", "Anordna temadagen om strandskydd"), ("Miljö", "Hålla ett presidiemöte i Norrby"))
    text = "Temadagen om strandskydd har flyttats fram till 2024 och presidiemötet i Norrby fick ställas in."
    found, _ = links(early, report(2023, ("Miljö", "", text)))
    assert {(planned, status) for planned, status, _ in found} == {
        ("Anordna temadagen om strandskydd", "postponed"),
        ("Hålla ett presidiemöte i Norrby", "cancelled"),
    }


def test_an_interim_report_says_how_it_stood_and_that_of_the_year_what_became_of_it() -> None:
    interim = report(
        2022,
        ("Lärande", "Utbilda 60 volontärer", "12 volontärer har utbildats."),
        title="Delårsrapport per den 31 augusti 2022",
    )
    assert ("Utbilda 60 volontärer till digitala vägvisare", "partly", "12 volontärer har utbildats.") in links(
        PLAN, interim
    )[0]
    _, resolution = links(PLAN, interim)
    assert "noWord" not in state(resolution, PLAN, "followUp").values()  # the rest of the year may bring the rest
    activity = "Utbilda 60 volontärer till digitala vägvisare"
    both, resolution = links(PLAN, interim, REPORT)
    told = {(text, status) for planned, status, text in both if planned == activity}
    assert told == {("12 volontärer har utbildats.", "partly"), ("43 volontärer har utbildats.", "partly")}
    assert state(resolution, PLAN, "followUp")[activity] == "reported"


def test_the_order_of_documents_makes_no_difference() -> None:
    later = plan(2023, ("Lärande", "Samordna skolchefsnätverket"), ("Lärande", "Anordna en konferens om skolfrånvaro"))
    assert links(PLAN, REPORT, later)[0] == links(later, REPORT, PLAN)[0]


def test_a_ruling_of_people_parts_what_is_alike() -> None:
    class Never:
        def part(self, one: str, other: str) -> bool:
            return True

    resolution = Resolution(judgements=Never())  # type: ignore[arg-type]
    follow_promises([PLAN, REPORT], resolution)
    assert not [one for one in resolution.conclusions if one["@type"] == "Alignment"]


def test_what_is_only_likely_is_a_candidate_and_neither_dropped_nor_new() -> None:
    early = plan(2024, ("Unga", "Jobba med spridning och lärande kring hälsolöftet"))
    late = plan(2026, ("Unga", "Bidra till att hälsolöftet blir känt bland chefer och politiker"))
    found, resolution = links(early, late)
    assert not found or {status for _, status, _ in found} == {"changed"}
    assert "dropped" not in state(resolution, early, "nextPlan").values()
    assert "new" not in state(resolution, late, "previousPlan").values()
