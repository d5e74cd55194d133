"""The terms that everything outside relies on: what each class carries, and that every quote stands where it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from kommungraf.query.store import ask

ALWAYS, SOMETIMES = "every node", "some node"
CARRIES = [
    ("kg:File", ALWAYS, "kg:sha256 kg:fileName dcat:byteSize dcat:mediaType"),
    ("kg:Document", ALWAYS, "dcterms:title dcterms:type dcterms:isPartOf kg:evidence"),
    ("kg:Document", SOMETIMES, "kg:year dcterms:issued dcterms:publisher"),
    ("kg:Passage", ALWAYS, "oa:hasSource oa:hasSelector"),
    ("kg:Passage", SOMETIMES, "kg:page"),
    ("kg:Meeting", SOMETIMES, "kg:body dcterms:date kg:place kg:startTime kg:endTime"),
    ("kg:Attendance", ALWAYS, "kg:meeting kg:person kg:capacity"),
    ("kg:Attendance", SOMETIMES, "kg:forParty kg:forMunicipality"),
    ("kg:AgendaItem", ALWAYS, "kg:number dcterms:title"),
    ("kg:AgendaItem", SOMETIMES, "kg:meeting kg:case"),
    ("kg:Case", ALWAYS, "kg:diaryNumber kg:state"),
    ("kg:Case", SOMETIMES, "kg:heldBy"),
    ("kg:Decision", ALWAYS, "kg:outcome kg:text kg:ordinal"),
    ("kg:Decision", SOMETIMES, "kg:agendaItem kg:decidedBy dcterms:date kg:concerns"),
    ("kg:Proposal", ALWAYS, "kg:text kg:ordinal"),
    ("kg:Proposal", SOMETIMES, "dcterms:creator kg:resultedIn"),
    ("kg:Motion", ALWAYS, "dcterms:title kg:text"),
    ("kg:Motion", SOMETIMES, "dcterms:creator kg:case kg:resultedIn"),
    ("foaf:Person", ALWAYS, "foaf:name"),
    ("foaf:Person", SOMETIMES, "skos:altLabel"),
    ("org:Membership", ALWAYS, "org:organization org:role"),
    ("org:Membership", SOMETIMES, "org:member kg:validFrom kg:validTo kg:firstSeen kg:lastSeen"),
    ("kg:Party", ALWAYS, "foaf:name"),
    ("kg:Party", SOMETIMES, "kg:abbreviation"),
    ("kg:Municipality", ALWAYS, "foaf:name kg:municipalityCode"),
    ("kg:GoverningBody", ALWAYS, "foaf:name"),
    ("kg:GoverningBody", SOMETIMES, "org:unitOf"),
    ("org:Organization", ALWAYS, "foaf:name"),
    ("kg:Network", ALWAYS, "foaf:name"),
    ("kg:Project", ALWAYS, "foaf:name"),
    ("kg:Project", SOMETIMES, "kg:shortName kg:validFrom kg:validTo kg:funder kg:amount kg:participant"),
    ("kg:FocusArea", ALWAYS, "foaf:name"),
    ("kg:PlannedActivity", ALWAYS, "kg:text"),
    ("kg:PlannedActivity", SOMETIMES, "kg:partOf kg:year"),
    ("kg:ReportedResult", ALWAYS, "kg:text"),
    ("kg:ReportedResult", SOMETIMES, "kg:partOf kg:year"),
    ("kg:Observation", ALWAYS, "kg:lineItem kg:value kg:unit"),
    ("kg:Observation", SOMETIMES, "kg:fiscalYear kg:table kg:scope kg:phase"),
    ("kg:LegalReference", ALWAYS, "kg:text"),
    ("kg:LegalReference", SOMETIMES, "eli:cites"),
]
FROM_MEETING_DOWN = (
    "kg:Meeting kg:Attendance kg:AgendaItem kg:Case kg:Decision kg:Proposal kg:Motion foaf:Person org:Membership "
    "kg:Party kg:Municipality kg:GoverningBody org:Organization kg:Network kg:Project kg:FocusArea kg:PlannedActivity "
    "kg:ReportedResult kg:Observation kg:LegalReference"
).split()


def rows(store: Store, sparql: str) -> list[tuple[str, ...]]:
    answer = ask(store, sparql)
    assert isinstance(answer, QuerySolutions)
    names = [v.value for v in answer.variables]
    return [tuple("" if row[name] is None else row[name].value for name in names) for row in answer]


@pytest.mark.parametrize(("kind", "how", "terms"), CARRIES)
def test_a_class_carries_its_terms(corpus_store: Store, kind: str, how: str, terms: str) -> None:
    assert rows(corpus_store, f"SELECT ?s {{ ?s a {kind} }} LIMIT 1"), f"the corpus has no {kind}"
    for term in terms.split():
        if how == ALWAYS:
            without = rows(
                corpus_store, f"SELECT DISTINCT ?s {{ ?s a {kind} FILTER NOT EXISTS {{ ?s {term} ?o }} }} LIMIT 3"
            )
            assert without == [], f"{kind} without {term}"
        else:
            assert rows(corpus_store, f"SELECT ?s {{ ?s a {kind} ; {term} ?o }} LIMIT 1"), f"no {kind} has {term}"


@pytest.mark.parametrize("fixture", ["corpus_store", "seeds_store"])
@pytest.mark.parametrize("kind", FROM_MEETING_DOWN)
def test_every_node_has_evidence(fixture: str, kind: str, request: pytest.FixtureRequest) -> None:
    store = request.getfixturevalue(fixture)
    assert rows(store, f"SELECT DISTINCT ?s {{ ?s a {kind} FILTER NOT EXISTS {{ ?s kg:evidence ?e }} }} LIMIT 3") == []


@pytest.mark.parametrize("graph", ["corpus_graph", "seeds_graph"])
def test_each_quote_stands_at_its_offsets(graph: str, request: pytest.FixtureRequest) -> None:
    out: Path = request.getfixturevalue(graph)
    store = Store.read_only(str((out / "store").resolve()))
    texts: dict[str, str] = {}
    found = rows(
        store,
        """SELECT DISTINCT ?sha ?start ?end ?exact {
           ?p oa:hasSource/dcterms:isPartOf/kg:sha256 ?sha ; oa:hasSelector ?a, ?b .
           ?a a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
           ?b a oa:TextQuoteSelector ; oa:exact ?exact }""",
    )
    assert found
    for sha, start, end, exact in found:
        if sha not in texts:
            texts[sha] = (out / "text" / f"{sha}.txt").read_bytes().decode("utf-8")
        assert texts[sha][int(start) : int(end)] == exact


def test_an_issue_date_has_the_precision_of_the_text(corpus_store: Store) -> None:
    kinds = {
        row[0].rsplit("#")[-1]
        for row in rows(corpus_store, "SELECT DISTINCT (DATATYPE(?d) AS ?t) { ?s dcterms:issued ?d }")
    }
    assert kinds <= {"date", "gYearMonth", "gYear"}


def test_a_name_is_said_once(corpus_store: Store) -> None:
    """The union of all graphs is a bag: a name that stood in several graphs would be counted several times."""
    twice = rows(corpus_store, "SELECT ?s (COUNT(*) AS ?n) { ?s foaf:name ?name } GROUP BY ?s HAVING(COUNT(*) > 1)")
    assert twice == []
