"""Stories 13 and 14 of the corpus: what was promised, what was reported of it, and what nobody mentioned again."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from kommungraf.query.store import ask


def rows(store: Store, query: str) -> set[tuple[str, ...]]:
    answer = ask(store, query)
    assert isinstance(answer, QuerySolutions)
    return {tuple("" if value is None else str(value.value) for value in row) for row in answer}


STATUSES = [
    ("2022", "Utbilda 60 volontärer till digitala vägvisare.", "partly", "43 of 60"),
    ("2022", "Ta fram tolv gemensamma recept med säsongens råvaror.", "partly", "seven of twelve"),
    ("2022", "Hålla digitala träffpunkter öppna i fem kommuner inom projektet Trygg digital vardag.", "partly", "four"),
    ("2022", "Anordna en konferens om heltid som norm.", "postponed", "to 2023"),
    ("2023", "Anordna den uppskjutna konferensen om heltid som norm.", "done", "held 2023-04-20"),
    ("2020", "Pröva en gemensam vikariepool för Hjo och Vara.", "postponed", "to 2021"),
    ("2020", "Anordna två konferenser om heltid som norm.", "cancelled", "a webbinar took their place"),
    ("2020", "Göra en gemensam upphandling av e-tjänstplattform.", "done", ""),
    ("2024", "Genomföra en gemensam övning i informationssäkerhet.", "postponed", "to the autumn of 2025"),
    ("2025", "Genomföra den uppskjutna övningen i informationssäkerhet.", "done", "only the report is held"),
    ("2024", "Utvärdera projektet och lämna utvärderingen till styrelsen i december 2024.", "ongoing", "begun, late"),
]


@pytest.mark.parametrize(("year", "activity", "status", "why"), STATUSES, ids=[row[1] for row in STATUSES])
def test_status_of_a_promise(corpus_store: Store, year: str, activity: str, status: str, why: str) -> None:
    query = f"""SELECT DISTINCT ?status WHERE {{
        ?a kg:planned ?p ; kg:reported ?r ; kg:status ?status . ?p kg:text "{activity}" ; kg:year ?y .
        ?r kg:heading ?heading . # the year's report: that of eight months has lists only
        FILTER(STR(?y) = "{year}") }}"""
    assert rows(corpus_store, query) == {(status,)}, why


def test_promised_and_never_mentioned(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?text WHERE {
        ?p kg:followUp "noWord" ; kg:text ?text ; kg:year ?y FILTER(STR(?y) = "2022") }"""
    assert rows(corpus_store, query) == {
        ("Ta fram en gemensam vägledning för sommarlovsaktiviteter.",),
        ("Utreda en gemensam tjänst som dataskyddsombud.",),
    }


def test_promised_again_after_years(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?status ?to WHERE {
        ?a kg:planned ?p ; kg:next ?n ; kg:status ?status . ?p kg:text ?text ; kg:year ?from . ?n kg:year ?y .
        BIND(STR(?y) AS ?to) FILTER(CONTAINS(?text, "sommarlovsaktiviteter") && STR(?from) = "2022") }"""
    assert rows(corpus_store, query) == {("carriedForward", "2026")}


def test_reported_and_never_promised(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?heading WHERE {
        ?r kg:promise "unpromised" ; kg:heading ?heading ; kg:year ?y FILTER(STR(?y) = "2022") }"""
    assert rows(corpus_store, query) == {("Gemensam upphandling av elcyklar",)}


def test_what_a_report_repeats_is_one_promise(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?text WHERE {
        ?p a kg:PlannedActivity ; kg:fromReport true ; kg:text ?text ; kg:year ?y .
        FILTER(STR(?y) IN ("2020", "2022", "2023", "2024")) FILTER NOT EXISTS { ?p kg:repeats ?planned } }"""
    assert rows(corpus_store, query) == set()


def test_nothing_is_said_of_years_without_a_report(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?state WHERE { ?p a kg:PlannedActivity ; kg:followUp ?state ; kg:year ?y
        FILTER(STR(?y) = "2026") }"""
    assert rows(corpus_store, query) == {("noReportHeld",)}


def test_a_difference_shows_what_was_taken_out_and_put_in(corpus_store: Store) -> None:
    query = """SELECT ?difference WHERE {
        ?a kg:difference ?difference ; kg:planned/kg:text "Anordna en konferens om heltid som norm." }"""
    assert rows(corpus_store, query) == {
        ("Anordna [-en konferens-] {+den uppskjutna konferensen+} om heltid som norm.",)
    }


# --- the real documents, where they are at hand: what holds of all of them, no names ---------------------------------


@pytest.mark.seeds
def test_real_promises_are_told_of_and_carried_on(seeds_store: Store) -> None:
    statuses = rows(seeds_store, "SELECT DISTINCT ?s WHERE { ?a kg:planned ?p ; kg:status ?s }")
    assert {"done", "partly", "ongoing", "postponed", "notDone", "carriedForward", "changed"} <= {
        s for (s,) in statuses
    }
    pairs = rows(
        seeds_store,
        """SELECT DISTINCT ?from ?to WHERE { ?a kg:planned/kg:year ?y ; kg:next/kg:year ?z
             BIND(STR(?y) AS ?from) BIND(STR(?z) AS ?to) }""",
    )
    assert all(before < after for before, after in pairs)
    assert len(pairs) >= 4


@pytest.mark.seeds
def test_real_activities_are_whole_and_one_each(seeds_store: Store) -> None:
    texts = {text for (text,) in rows(seeds_store, "SELECT ?t WHERE { ?p a kg:PlannedActivity ; kg:text ?t }")}
    assert len(texts) > 200
    assert not [text for text in texts if "•" in text or "\n" in text or text.endswith(":") or len(text) < 8]


@pytest.mark.seeds
def test_silence_of_real_reports_is_told_only_where_a_report_is_held(seeds_store: Store) -> None:
    silent = rows(
        seeds_store, 'SELECT DISTINCT ?year WHERE { ?p kg:followUp "noWord" ; kg:year ?y BIND(STR(?y) AS ?year) }'
    )
    held = rows(
        seeds_store,
        """SELECT DISTINCT ?year WHERE { ?d dcterms:type/skos:notation "verksamhetsberättelse" ; kg:year ?y
             BIND(STR(?y) AS ?year) }""",
    )
    assert silent <= held
