"""The stories of matters planted in the corpus (``docs/corpus.md``): threads, states, and decisions only told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from kommungraf.build.composer import build
from kommungraf.query.named_queries import named_query
from kommungraf.query.store import ask, open_store

Row = dict[str, str]


def rows(store: Store, query: str, **parameters: str) -> list[Row]:
    """The answer of a named query as words, empty cells left out."""
    answer = ask(store, named_query(query).bind(parameters))
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [
        {name: str(cell.value) for name, cell in zip(names, row, strict=True) if cell is not None} for row in answer
    ]


def test_a_motion_over_two_years(corpus_store: Store) -> None:
    thread = rows(corpus_store, "case", number="KS 2020/112")
    told = [(row.get("date", ""), row["kind"], row.get("paragraph", "")) for row in thread]
    expected = [
        ("", "tjänsteskrivelse", ""),  # the referral's letter, undated, in the bundle of the motion
        ("2020-09-28", "decision", "70"),
        ("2021-03-23", "decision", "29"),
        ("2021-05-17", "tjänsteskrivelse", ""),
        ("2021-11-09", "vote", "143"),
        ("2021-11-09", "decision", "143"),
        ("2021-11-09", "reservation", "143"),
        ("2022-02-28", "decision", "12"),
    ]
    assert told[0][1] == "motion"
    places = [told.index(event) for event in expected]
    assert places == sorted(places), "in order of time"


def test_the_thread_is_found_by_the_words_of_the_motion(corpus_store: Store) -> None:
    assert rows(corpus_store, "case", number="cykelpool medarbetare") == rows(corpus_store, "case", number="ks2020-112")


@pytest.mark.parametrize(
    ("title", "state", "since", "outcomes"),
    [
        ("cykelpool", "answered", "2022-02-28", {"approve", "answer"}),
        ("elljusspåret", "answered", "2022-02-28", {"answer"}),
        ("vattenprover", "answered", "2020-09-28", {"answer"}),
    ],
)
def test_what_became_of_motions(corpus_store: Store, title: str, state: str, since: str, outcomes: set[str]) -> None:
    found = rows(corpus_store, "motions", title=title)
    assert {(row["state"], row["since"]) for row in found} == {(state, since)}
    assert {row["outcome"] for row in found} == outcomes, "a referral is no result"


def test_a_motion_is_referred_to_the_board(corpus_store: Store) -> None:
    assert {row["referredTo"] for row in rows(corpus_store, "motions", title="cykelpool")} == {"kommunstyrelsen"}


def test_what_the_board_proposed_the_council_decided(corpus_store: Store) -> None:
    found = ask(
        corpus_store,
        """SELECT DISTINCT ?proposed ?decided WHERE {
             ?one kg:outcome kg:outcome-propose ; kg:number ?proposed ; kg:resultedIn ?other .
             ?other kg:number ?decided ; dcterms:date ?date . FILTER(STR(?date) = "2022-02-28") }""",
    )
    assert isinstance(found, QuerySolutions)
    assert {tuple(int(cell.value) for cell in row) for row in found} == {(143, 12), (144, 13)}


def test_open_matters_begin_with_the_oldest(corpus_store: Store) -> None:
    found = rows(corpus_store, "open-matters")
    since = [row["since"] for row in found if "since" in row]
    assert since == sorted(since)
    numbers = {row["diaryNumber"] for row in found}
    assert {"KS 2021/220", "KS 2024/132", "KS 2026/14"} <= numbers, "returned, and put off"
    assert not {"KS 2020/112", "KS 2024/118", "2021/19"} & numbers, "answered, withdrawn, decided"


def test_a_meeting_is_known_only_from_a_report(corpus_store: Store) -> None:
    told = rows(corpus_store, "reported-decisions", body="styrelsen", year="2023", held="no")
    assert [row["date"] for row in told] == ["2023-09-21"]


def test_what_minutes_show_is_not_missing(corpus_store: Store) -> None:
    found = ask(
        corpus_store,
        """SELECT DISTINCT ?told ?number WHERE { ?r a kg:ReportedDecision ; kg:minutes ?d ; dcterms:date ?told .
             ?d kg:number ?number }""",
    )
    assert isinstance(found, QuerySolutions)
    pairs = {(str(row["told"].value), int(row["number"].value)) for row in found}
    assert {("2020-09-28", 70), ("2021-11-09", 144), ("2022-10", 42), ("2023-04-13", 11), ("2023-12", 60)} <= pairs
    assert all(number not in {61, 62} for _, number in pairs)


def test_every_conclusion_on_matters_shows_its_evidence(corpus_store: Store) -> None:
    bare = ask(
        corpus_store,
        """SELECT ?c WHERE { ?c a kg:Conclusion ; kg:method ?method FILTER(STRSTARTS(?method, "matters/"))
             FILTER NOT EXISTS { ?c kg:evidence/oa:hasSelector/oa:exact ?quote } }""",
    )
    assert isinstance(bare, QuerySolutions)
    assert not list(bare)


@pytest.mark.seeds
def test_real_matters_have_states_and_reasons(seeds_store: Store) -> None:
    motions = rows(seeds_store, "motions")
    assert motions
    assert all(row["state"] == "open" and row["referredTo"] and "outcome" not in row for row in motions)
    told = rows(seeds_store, "reported-decisions")
    assert len(told) > 20
    assert sum(row["minutesHeld"] == "yes" for row in told) <= 3, "the boards' minutes are not among the documents"


LETTER = """\
**Granåkers kommun**
Kommunledningsförvaltningen

TJÄNSTESKRIVELSE
Datum 2023-02-14
Diarienr 2022/311

Kommunstyrelsen

# Yttrande över motion om solceller på kommunens tak

## Förslag till beslut

Kommunstyrelsen föreslår kommunfullmäktige besluta

att avslå motionen.

## Sammanfattning

Karin EXEMPEL (C) har i en motion den 5 september 2022 föreslagit att kommunen sätter solceller på alla tak.
Kommunfullmäktige beslutade 2022-09-26, § 88, att remittera motionen till kommunstyrelsen.
Tekniska nämnden har 2022-12-06, § 112, avstyrkt motionen.

## Beslutsunderlag

- Motion 2022-09-05
- Kommunfullmäktiges protokoll 2022-09-26 § 88
- Tekniska nämndens protokoll 2022-12-06 § 112

Eva EXEMPEL
kommunchef
"""
MINUTES = """\
# Protokoll

**Granåkers kommun**
**Kommunfullmäktige**

Sammanträdesdatum: 2023-04-24

**Plats och tid:** Kommunhuset kl. 18.00-20.00

**Beslutande**

- Anna EXEMPEL (S), ordförande
- Bo EXEMPEL (M)
- Karin EXEMPEL (C)

**Paragrafer:** §§ 30–33

## § 31 Svar på motion om solceller på kommunens tak

Dnr KS 2022/311

### Sammanfattning

Karin EXEMPEL (C) har i en motion föreslagit att kommunen sätter solceller på alla tak.
Kommunstyrelsen beslutade 2023-03-14, § 40, att föreslå kommunfullmäktige att avslå motionen.

### Beslut

Kommunfullmäktige beslutar att avslå motionen.
"""
MOTION = """\
Granåkers kommun
Till kommunfullmäktige

# Motion: Solceller på kommunens tak

Elpriserna har stigit. Därför bör kommunen producera egen el.

Jag föreslår kommunfullmäktige besluta

att kommunen sätter solceller på alla lämpliga tak

Granåker den 5 september 2022

Karin EXEMPEL (C)
"""


def test_three_files_of_one_matter(tmp_path: Path) -> None:
    """The letter leaves out the letters of the diary, the motion has no number, and most minutes are missing."""
    (tmp_path / "in").mkdir()
    for name, text in (("letter", LETTER), ("minutes", MINUTES), ("motion", MOTION)):
        (tmp_path / "in" / f"{name}.md").write_text(text, encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "out", jobs=1)
    store = open_store(tmp_path / "out")
    thread = [(row.get("date"), row["kind"], row.get("paragraph")) for row in rows(store, "case", number="solceller")]
    assert thread == [
        ("2022-09-05", "motion", None),
        ("2022-09-26", "told decision", "88"),
        ("2022-12-06", "told decision", "112"),
        ("2023-02-14", "tjänsteskrivelse", None),
        ("2023-02-14", "proposal", None),
        ("2023-03-14", "told decision", "40"),
        ("2023-04-24", "agenda item", "31"),
        ("2023-04-24", "decision", "31"),
    ]
    (motion,) = rows(store, "motions")
    assert (motion["diaryNumber"], motion["referredTo"]) == ("KS 2022/311", "kommunstyrelsen")
    assert (motion["state"], motion["since"], motion["outcome"]) == ("decided", "2023-04-24", "reject")
