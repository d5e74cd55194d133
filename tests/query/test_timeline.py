"""The timeline of one thing tells the stories planted in the corpus, each with its quote, and what is concluded."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from pyoxigraph import Store
from rich.console import Console

from kommungraf.cli.show_text import print_entity
from kommungraf.config import DEFAULT_BASE
from kommungraf.query.entity import Entity, describe, find_one
from kommungraf.query.find import find, named
from kommungraf.query.lookup import Lookup
from kommungraf.query.portrait import as_json, as_markdown
from kommungraf.query.timeline import Entry, timeline, unfolded


def entity(store: Store, term: str) -> Entity:
    return describe(store, find_one(store, term, DEFAULT_BASE))


def told(store: Store, term: str, texts: Path | None = None) -> list[Entry]:
    return list(unfolded(timeline(entity(store, term), texts)))


# (term, year, kind, words of the line, words of a quote, concluded, why)
STORIES = [
    (
        "Trygg digital vardag",
        "2022",
        "renamed",
        "from Digital vardag",
        "ska heta Trygg digital vardag",
        True,
        "story 1",
    ),
    (
        "Trygg digital vardag",
        "2020",
        "result",
        "",
        "Digital vardag startade i januari",
        False,
        "… under its first name",
    ),
    ("Digital vardag", "2024", "ended", "", "Trygg digital vardag avslutades", True, "… and found by its first name"),
    ("Ung i Exempelbygden", "2023", "merged", "Plugga vidare", "slås samman", True, "story 2: of two, one"),
    ("Grön måltid", "2022", "ended", "Grön måltid", "avslutas i förtid", True, "story 3"),
    ("Språk på jobbet", "2023", "continued", "Yrkesspråk", "under namnet Yrkesspråk", True, "story 4"),
    ("Trygg digital vardag", "2023", "reported", "no minutes of it are held", "beslutade styrelsen", False, "story 5"),
    ("Johan Ekdahl", "2022", "held", "ledamot in styrelsen", "träder in som ledamot", True, "story 6"),
    ("Karin Vallgren", "2023", "held", "förbundsdirektör", "Benämningen kanslichef ändras", True, "story 9"),
    ("KS 2020/112", "2022", "decision", "answered", "Motionen anses i övrigt besvarad", False, "story 11"),
    ("Digital utveckling", "2022", "silence", "no word of it", "", True, "story 13: promised, never mentioned"),
    ("Grön måltid", "2022", "partly", "reported 2022", "", True, "story 14: what became of a plan, under it"),
]


@pytest.mark.parametrize(
    ("term", "year", "kind", "what", "quote", "concluded", "why"),
    STORIES,
    ids=[f"{row[0]} {row[2]}" for row in STORIES],
)
def test_the_story_is_told(
    corpus_store: Store, term: str, year: str, kind: str, what: str, quote: str, concluded: bool, why: str
) -> None:
    entries = [entry for entry in told(corpus_store, term) if entry.year == year and entry.kind == kind]
    fitting = [
        entry
        for entry in entries
        if what in entry.what and any(quote in " ".join(q.text.split()) for q in entry.quotes)
    ]
    assert fitting, (why, [(entry.what, [q.text for q in entry.quotes]) for entry in entries])
    assert all(entry.concluded is concluded for entry in fitting)
    assert all(entry.because for entry in fitting if entry.concluded), "a conclusion says why"


def test_a_silent_year_is_said_to_be_silent_and_what_is_held_of_it(corpus_store: Store) -> None:
    silent = [entry for entry in told(corpus_store, "Språk på jobbet") if entry.kind == "silent"]
    assert [entry.year for entry in silent] == ["2021"]
    assert "protokoll" in silent[0].because
    assert not [e for e in told(corpus_store, "Trygg digital vardag") if e.kind == "silent" and e.year == "2020"], (
        "in 2020 it had another name, and was named by it"
    )


def test_statements_come_in_order_of_time_and_mentions_after_what_is_said(corpus_store: Store) -> None:
    entries = timeline(entity(corpus_store, "Johan Ekdahl"))
    years = [entry.year for entry in entries if entry.year]
    assert years == sorted(years)
    of_2022 = [entry.kind == "mention" for entry in entries if entry.year == "2022"]
    assert of_2022 == sorted(of_2022)


def test_mentions_of_one_document_are_one_entry_and_none_of_what_is_quoted(corpus_store: Store) -> None:
    entries = timeline(entity(corpus_store, "Trygg digital vardag"))
    mentions = [entry for entry in entries if entry.kind == "mention"]
    assert len({entry.quotes[0].document_iri for entry in mentions}) == len(mentions)
    quoted = {(q.sha256, q.start) for entry in unfolded(entries) if entry.kind != "mention" for q in entry.quotes}
    assert not quoted & {(q.sha256, q.start) for entry in mentions for q in entry.quotes}


def test_a_mention_is_quoted_with_the_words_around_it(corpus_graph: Path, corpus_store: Store) -> None:
    bare = [e for e in told(corpus_store, "Hjo") if e.kind == "mention"]
    around = [e for e in told(corpus_store, "Hjo", corpus_graph / "text") if e.kind == "mention"]
    assert [entry.what for entry in bare] == [entry.what for entry in around]
    assert max(len(entry.quotes[0].text) for entry in bare) < min(len(entry.quotes[0].text) for entry in around[:3])


def test_seats_are_told_once(corpus_store: Store) -> None:
    kinds = [entry.kind for entry in told(corpus_store, "Birgitta Sjöqvist")]
    assert kinds.count("held") == 1
    assert "seat" not in kinds, "the tenure is drawn from the seats of all documents"
    assert "party" not in kinds, "her party, always the same, is no event"


@pytest.mark.parametrize(
    ("term", "kind"),
    [("§ 41 2022", "AgendaItem"), ("styrelsen 2022-10-20", "Meeting"), ("Hjo", "Municipality"), ("C", "Party")],
)
def test_all_kinds_of_things_have_a_timeline(corpus_store: Store, term: str, kind: str) -> None:
    found = entity(corpus_store, term)
    assert found.candidate.kind == kind
    entries = timeline(found)
    assert entries
    shown = as_json(found, entries)
    assert {entry["kind"] for entry in shown["timeline"]} == {entry.kind for entry in entries}
    assert as_markdown(found, entries).startswith("# ")


def test_an_item_of_notice_and_minutes_is_one(corpus_store: Store) -> None:
    items = find(corpus_store, "§ 5 förbundsmötet 2023", DEFAULT_BASE)
    assert len(items) == 1, "the agenda and the minutes have the same §"
    documents = {q.document for entry in told(corpus_store, "§ 5 förbundsmötet 2023") for q in entry.quotes}
    assert len(documents) > 1


def test_nothing_is_told_of_an_unknown_iri(corpus_store: Store) -> None:
    assert find(corpus_store, "person/nobody", DEFAULT_BASE) == []
    assert find(corpus_store, "  ", DEFAULT_BASE) == []
    assert find(corpus_store, "x> ?p ?o } #", DEFAULT_BASE) == [], "a term is no SPARQL"


def portraits(store: Store) -> Iterator[tuple[str, str]]:
    """Every fourth thing with a name, and what ``show`` prints of it on a terminal of 80 columns."""
    for iri in sorted({thing.iri for _, thing in named(Lookup(store))})[::4]:
        found = entity(store, iri)
        target = StringIO()
        print_entity(found, timeline(found), Console(file=target, width=80))
        yield iri, target.getvalue()


def check_portraits(store: Store) -> None:
    for iri, portrait in portraits(store):
        *lines, last = portrait.splitlines()
        assert last == iri
        assert max(map(len, lines)) <= 80, "it fits"
        assert not [line for line in lines if "w3id.org" in line], "no IRIs but its own"


def test_everything_that_has_a_name_can_be_shown(corpus_store: Store) -> None:
    check_portraits(corpus_store)


@pytest.mark.seeds
def test_everything_in_real_documents_can_be_shown(seeds_store: Store) -> None:
    check_portraits(seeds_store)
