"""Searching as people do it: names as they are remembered, numbers as they are typed, words as they are inflected."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kommungraf import open_graph
from kommungraf.cli import main
from kommungraf.errors import UsageError
from kommungraf.query.search import Found, NoIndexError, Search, SearchTimeError, search_of
from kommungraf.query.search_file import SEARCH
from kommungraf.query.search_names import find_names
from kommungraf.query.search_rows import paragraphs
from kommungraf.query.search_snippet import marked, snippet
from kommungraf.query.search_terms import LONGEST, MOST, Term, terms
from kommungraf.query.search_words import bare, could_mean, stems, words
from kommungraf.query.store import open_store


@pytest.fixture(scope="module")
def search(corpus_graph: Path) -> Iterator[Search]:
    with search_of(corpus_graph) as opened:
        yield opened


WORDS = [
    ("KS 2020/112", ["ks", "2020/112"], "a diary number is a word"),
    ("ks2020-112", ["ks", "2020/112"], "however it is typed"),
    ("KS 2020:0112", ["ks", "2020/112"], "noughts before the number say nothing"),
    ("2023-04-13", ["2023", "04", "13"], "a date is no diary number"),
    ("201-488-2020", ["201", "488", "2020"], "another authority's number"),
    ("§§ 27 och 28", ["§27", "och", "28"], "a paragraph with its sign"),
    ("Björkängens e-tjänst", ["björkängens", "e", "tjänst"], "å, ä and ö stay; a hyphen parts"),
    ("Renée_ÅKER", ["renee", "åker"], "other accents go"),
    ('"*^(){}:-', [], "nothing that FTS5 could take for an operator is a word"),
]


@pytest.mark.parametrize(("text", "expected", "why"), WORDS)
def test_words(text: str, expected: list[str], why: str) -> None:
    assert words(text) == expected, why


@pytest.mark.parametrize(
    ("typed", "word", "may"),
    [("maltid", "måltid", True), ("måltid", "maltid", False), ("mål", "målet", True), ("malen", "målet", False)],
)
def test_letters_typed_without_rings_and_dots(typed: str, word: str, may: bool) -> None:
    assert could_mean(typed, word) is may


@given(st.text(alphabet="abcåäö", max_size=8))
def test_a_word_could_always_be_meant_by_its_bare_form(word: str) -> None:
    assert could_mean(bare(word), word)


@pytest.mark.parametrize(("one", "other"), [("cykel", "cyklar"), ("åker", "åkrar"), ("beslut", "besluten")])
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert set(stems(one)) & set(stems(other))


TERMS = [
    ('grön "trygg vardag" -lån', [Term(("grön",)), Term(("trygg", "vardag"), True), Term(("lån",), excluded=True)], ""),
    ('-"trygg vardag', [Term(("trygg", "vardag"), True, True)], "an open quotation mark ends with the search"),
    ("e-tjänst", [Term(("e", "tjänst"))], "what is typed together stands together"),
    ("ks2020-112", [Term(("ks",)), Term(("2020/112",))], "but for the letters of a diary number"),
    ("a AND b OR NOT", [Term((one,)) for one in ("a", "and", "b", "or", "not")], "no operators"),
    (
        "17 oktober 2023",
        [Term(("17", "oktober", "2023"), also=(("2023", "10", "17"),))],
        "a day, however it is written",
    ),
    (
        "2023-10-17 taxa",
        [Term(("17", "oktober", "2023"), also=(("2023", "10", "17"),)), Term(("taxa",))],
        "the same day",
    ),
    ("okt 2023", [Term(("oktober", "2023"), also=(("2023", "10"),))], "a month"),
    ("2020-11", [Term(("2020/11",))], "what may be a diary number is one"),
    ('"den 17 oktober 2023"', [Term(("den", "17", "oktober", "2023"), True)], "in quotation marks it is as it is"),
    ("112/2020", [Term(("112", "2020"), also=(("2020/112",),))], "a diary number with the year last"),
    ("paragraf 27", [Term(("§27",))], "a paragraph in a word"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TERMS)
def test_terms(text: str, expected: list[Term], why: str) -> None:
    assert terms(text) == expected, why


FINDS = [
    ("KS 2020/112", "case/granåkers-kommun/ks-2020-112", "a diary number"),
    ("ks2020-112", "case/granåkers-kommun/ks-2020-112", "as it is typed in a hurry"),
    ("2020/112", "case/granåkers-kommun/ks-2020-112", "without the office"),
    ("201-488-2020", "case/länsstyrelsen-exempel-län/201-488-2020", "a number of another form"),
    ("TDV", "project/kommunförbundet-exempelbygden/trygg-digital-vardag", "a short name"),
    ("Eva Gustavsson", "person/kommunförbundet-exempelbygden/ewa-gustafsson", "another spelling that a document has"),
    ("Gustafson", "person/kommunförbundet-exempelbygden/ewa-gustafsson", "a spelling that sounds the same"),
    ("gustafson ewa", "person/kommunförbundet-exempelbygden/ewa-gustafsson", "surname first"),
    ("gronstraket", "project/granåkers-kommun/grönstråket", "å and ö on a keyboard without them"),
    ("Grön", "project/kommunförbundet-exempelbygden/grön-måltid", "the beginning of a name"),
    ("granakers kommun", "organization/granåkers-kommun", "a whole name without rings"),
    ("kommunfullmäktige granåker", "body/granåkers-kommun/kommunfullmäktige", "a body by its municipality"),
    ("digtal vardag", "project/kommunförbundet-exempelbygden/digital-vardag", "a letter too few"),
    ('"grön måltid"', "project/kommunförbundet-exempelbygden/grön-måltid", "a phrase"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FINDS)
def test_the_first_hit_is_what_was_meant(search: Search, text: str, expected: str, why: str) -> None:
    assert search.find(text).hits[0].iri.endswith("/id/" + expected), why


LEFT_OUT = [
    (
        "vem är ordförande i kommunstyrelsen",
        (),
        "ordförande kommunstyrelsen",
        "words that say little need not be there",
    ),
    ("dnr 2020/112", (), "2020/112", "what stands before a diary number"),
    ("elcyklar moderaterna", ("elcyklar",), "moderaterna", "the word with most hits goes first"),
    ("elcyklar qwxzyw", ("qwxzyw",), "elcyklar", "what is nowhere goes before"),
    ("moderaterna elcyklar -qwxzyw", ("elcyklar",), "moderaterna", "what is not wanted stays so"),
]


@pytest.mark.parametrize(("text", "without", "same", "why"), LEFT_OUT)
def test_where_nothing_has_all_words_some_are_left_out(
    search: Search, text: str, without: tuple[str, ...], same: str, why: str
) -> None:
    found = search.find(text, limit=100)
    assert found.without == without, why
    assert {hit.iri for hit in found.hits} >= {hit.iri for hit in search.find(same, limit=20).hits}, why


def test_a_phrase_that_is_nowhere_is_not_left_out(search: Search) -> None:
    assert search.find('"cykelpool aldrig"').total == 0


@pytest.mark.parametrize("text", ["😀", "- - -", '" "', "§", "()*"])
def test_what_has_no_words_finds_nothing(search: Search, text: str) -> None:
    found = search.find(text)
    assert (found.total, found.unknown) == (0, (text.strip(),))


def test_a_letter_is_the_beginning_of_a_name(search: Search) -> None:
    assert all(hit.name.lower().startswith("k") for hit in search.find("k", limit=5).hits)


def test_a_year_beside_other_words_is_that_of_what_is_found(search: Search) -> None:
    first = search.find("ung i exempelbygden 2024").hits[0]
    assert (first.kind, first.name) == ("Project", "Ung i Exempelbygden")
    assert all(2024 in hit.years or "2024" in hit.name + hit.text for hit in search.find("cykelpool 2024").hits)


def test_words_of_a_correction_stand_together(search: Search) -> None:
    """Of the words near to one that is nowhere, one is taken that stands beside the others."""
    assert search.find("ewa gustavson").hits[0].name == "Ewa Gustafsson"
    assert search.find("bugdet").corrected == "budget"


def test_lines_of_accounts_are_found_with_their_values(search: Search) -> None:
    lines = search.find("personalkostnader 2023", kinds=["Observation"]).hits
    assert any("-8 740" in hit.text and "-8 611" in hit.text for hit in lines), "a line with both of its columns"
    assert all(hit.passage and hit.document for hit in lines)
    assert len({(hit.document, hit.text) for hit in lines}) == len(lines), "each line once"


TEXTS = [
    ("elcyklar", "elcykel", "another form of the word"),
    ("upphandlingar", "upphandling", "the plural"),
    ("pool", "cykelpool", "a later part of a compound"),
    ("cykelpo", "cykelpool", "a beginning"),
    ("cyklpol", "cykelpool", "two letters left out"),
    ("traffpunkter", "träffpunkter", "a for ä"),
]


@pytest.mark.parametrize(("text", "marked_", "why"), TEXTS)
def test_words_that_match_are_marked(search: Search, text: str, marked_: str, why: str) -> None:
    hits = search.find(text, limit=100).hits
    matched = {part.casefold() for hit in hits for part, match in (*hit.title, *hit.snippet) if match}
    assert marked_ in matched, why
    assert all(any(match for _, match in (*hit.title, *hit.snippet)) for hit in hits)


def test_a_correction_is_told_and_can_be_typed(search: Search) -> None:
    found = search.find("cyklpol -borgen")
    assert found.corrected == "cykelpool -borgen"
    assert search.find(found.corrected).total == found.total > 0
    assert search.find("cykelpool").corrected is None
    assert search.find('"cyklpol"').corrected is None, "what is quoted is meant as it is"


def test_a_word_that_is_nowhere_is_told(search: Search) -> None:
    alone, beside = search.find("qwxzyw"), search.find("cykelpool qwxzyw")
    assert (alone.total, alone.unknown, alone.without) == (0, ("qwxzyw",), ())
    assert (beside.total, beside.unknown, beside.without) == (search.find("cykelpool").total, ("qwxzyw",), ("qwxzyw",))


def test_exact_words_come_before_inflected_ones_and_names_before_texts(search: Search) -> None:
    hits = search.find("Grön måltid", limit=100).hits
    assert [hit.kind for hit in hits[:2]] == ["Project", "Case"]
    levels = [hit.kind in ("Passage", "Observation") for hit in hits]
    assert levels == sorted(levels)


def test_a_phrase_and_an_excluded_word_narrow(search: Search) -> None:
    loose, phrase = search.find("vardag digital"), search.find('"vardag digital"')
    assert loose.total > phrase.total == 0
    without = search.find("cykelpool -motion", limit=100)
    assert 0 < without.total < search.find("cykelpool").total
    said = (hit.text if hit.kind == "Passage" else f"{hit.name} {hit.text}" for hit in without.hits)
    assert not any("motion" in words(text) for text in said)


def test_facets_count_what_choosing_them_gives(search: Search) -> None:
    found = search.find("cykelpool")
    assert set(found.facets) == {"kinds", "years", "bodies", "places"}
    for field, facets in found.facets.items():
        for facet in facets:
            chosen = search.find("cykelpool", **{field: [facet.value]})
            assert chosen.total == facet.count, (field, facet)
            assert chosen.facets[field] == tuple(
                type(one)(one.value, one.label, one.count, one.value == facet.value) for one in facets
            ), "a field is counted under the choices of the others"


def test_choices_within_a_field_widen_and_those_of_several_narrow(search: Search) -> None:
    decisions = search.find("cykelpool", kinds=["Decision"]).total
    items = search.find("cykelpool", kinds=["AgendaItem"]).total
    assert search.find("cykelpool", kinds=["Decision", "AgendaItem"]).total == decisions + items
    of_2021 = search.find("cykelpool", kinds=["Decision"], years=[2021], limit=100)
    assert 0 < of_2021.total < decisions
    assert {(hit.kind, hit.year) for hit in of_2021.hits} == {("Decision", "2021")}


def test_bodies_are_told_apart_by_their_organisation(search: Search) -> None:
    labels = [facet.label for facet in search.find("cykelpool").facets["bodies"]]
    assert "kommunstyrelsen, Granåkers kommun" in labels
    assert len(labels) == len(set(labels))


def test_pages_follow_one_another(search: Search) -> None:
    whole = search.find("kommun", limit=30).hits
    assert (*search.find("kommun", limit=15).hits, *search.find("kommun", limit=15, offset=15).hits) == whole
    assert len({(hit.iri, hit.snippet) for hit in whole}) == 30


def test_no_words_give_the_names_that_the_choices_leave(search: Search) -> None:
    projects = search.find("", kinds=["Project"], limit=100)
    assert {hit.kind for hit in projects.hits} == {"Project"}
    assert projects.total == len(projects.hits) > 5
    assert [hit.named for hit in projects.hits] == sorted((hit.named for hit in projects.hits), reverse=True)


def test_a_passage_leads_to_its_evidence(search: Search, corpus_graph: Path) -> None:
    (hit, *_) = search.find("körjournaler", kinds=["Passage"]).hits
    assert "/passage/" in hit.iri
    assert hit.passage == hit.iri
    with open_graph(corpus_graph) as graph:
        assert graph.sparql(f"ASK {{ <{hit.iri}> a kg:Passage ; oa:hasSource <{hit.document}> }}") is True


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="\"*^(){}:-+ NEARANDORT\x00'§;%_åa1", max_size=60))
def test_nothing_that_is_typed_is_an_error(search: Search, text: str) -> None:
    allowed = pytest.raises(UsageError, match="at most") if _too_many(text) else contextlib.nullcontext()
    with allowed:
        assert search.find(text, kinds=[text], years=[text], bodies=[text], places=[text]).total == 0


def _too_many(text: str) -> bool:
    try:
        terms(text)
    except UsageError:
        return True
    return False


@pytest.mark.parametrize("text", ["NEAR(cykelpool kommun)", "name:cykelpool", "cykelpool*", "^cykelpool", "{name}:a"])
def test_operators_are_words(search: Search, text: str) -> None:
    assert all(any(match for _, match in (*hit.title, *hit.snippet)) for hit in search.find(text).hits)


def test_what_is_too_long_is_refused_in_a_sentence(search: Search) -> None:
    with pytest.raises(UsageError, match=f"at most {LONGEST} characters"):
        search.find("a" * (LONGEST + 1))
    with pytest.raises(UsageError, match=f"at most {MOST} words"):
        search.find(" ".join(f"o{n}" for n in range(MOST + 1)))


def test_a_search_that_takes_too_long_is_given_up(corpus_graph: Path) -> None:
    with Search((corpus_graph / "store").resolve().parent / SEARCH, seconds=-1) as hasty:
        with pytest.raises(SearchTimeError, match="given up"):
            hasty.find("kommun och att i")
        hasty._seconds = 5
        assert hasty.find("kommun").total, "the next one is not hurt by it"


def test_the_index_cannot_be_written_through_a_search(search: Search) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        search._db.execute("DELETE FROM thing")


@given(st.text(alphabet="ab å\n.\t", max_size=400), st.sampled_from([30, 240]))
def test_a_snippet_is_a_stretch_of_the_text(text: str, length: int) -> None:
    pieces = snippet(text, {"ab"}, length)
    said = "".join(part for part, _ in pieces).removeprefix("… ").removesuffix(" …")
    assert " ".join(said.split()) in " ".join(text.split())
    assert all(part == "ab" for part, match in pieces if match)
    assert ("ab" in words(text)) == any(match for _, match in pieces)


def test_pieces_are_text_never_markup() -> None:
    assert marked("<b>cykel</b>", {"cykel"}) == (("<b>", False), ("cykel", True), ("</b>", False))


@given(st.text(alphabet="ab.\n\f ", max_size=4_000))
def test_paragraphs_cover_the_text_once(text: str) -> None:
    spans = list(paragraphs(text, 0, len(text)))
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join("".join(text[slice(*span)].split()) for span in spans) == "".join(text.split())
    assert all(end - start <= 1_500 for start, end in spans)


def test_names_without_an_index(corpus_graph: Path, tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="kommungraf build"):
        search_of(tmp_path)
    store = open_store(corpus_graph)
    assert find_names(store, "grön mål").hits[0].name == "Grön måltid"
    assert find_names(store, 'x" } UNION { ?thing ?p ?o').total == 0
    assert find_names(store, "") == Found((), 0, {})


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_prints_hits_in_three_forms(corpus_graph: Path) -> None:
    told = json.loads(run("search", "cyklpol", "--kind", "Case", "--format", "json", "--out", str(corpus_graph)))
    assert (told["total"], told["corrected"]) == (1, "cykelpool")
    rows = list(csv.DictReader(io.StringIO(run("search", "cykelpool", "--format", "csv", "--out", str(corpus_graph)))))
    assert rows[0]["iri"] == told["hits"][0]["iri"] == "case/granåkers-kommun/ks-2020-112"
    assert "KS 2020/112" in run("search", "cykelpool", "--year", "2024", "--out", str(corpus_graph))
    refused = CliRunner().invoke(main, ["search", "x", "--kind", "Decisoin", "--out", str(corpus_graph)])
    assert refused.exit_code == 2
    assert "There are: Person" in refused.output


def test_an_open_graph_gives_a_table(corpus_graph: Path) -> None:
    with open_graph(corpus_graph) as graph:
        table = graph.search("cykelpool", kinds=["Decision"], years=[2021])
        assert list(table.columns) == ["kind", "name", "year", "body", "text", "iri"]
        assert set(table["kind"]) == {"Decision"}
        with pytest.raises(UsageError, match="Nothing in the graph"):
            graph.entity("cyklpol")
