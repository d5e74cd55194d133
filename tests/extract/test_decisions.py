"""Minutes of several layouts from text to decisions. Every municipality, person and matter is an EXEMPEL."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from kommungraf.extract import extract
from kommungraf.model.facts import (
    AgendaItem,
    Case,
    Decision,
    GoverningBody,
    Meeting,
    Node,
    Person,
    Proposal,
    Recusal,
    Reservation,
    Vote,
)
from kommungraf.model.source import Text
from kommungraf.read import read
from kommungraf.segment import segment

MINUTES_WITH_LABELS = """\
EXEMPELSTADS KOMMUN
Sammanträdesprotokoll
Kommunstyrelsen
Sammanträdesdatum
2023-05-10

Plats och tid\tKommunhuset, sammanträdesrum Eken, kl. 08.30–12.00, 13.00–15.10

Beslutande\tAnna Andersson (S), ordförande
\tBo Berg (M), vice ordförande

Utses att justera\tBo Berg (M)

Justeringens plats och tid\tKommunkansliet 2023-05-15

Paragrafer\t§§ 45-49

§ 45\tDnr KS 2023/123

Antagande av cykelplan

Kommunstyrelsens beslut

1. Förslag till cykelplan antas.
2. Samhällsbyggnadsnämnden får i uppdrag att återkomma med en kostnadsberäkning. Den ska gälla åren 2024–2026.
3. Medel om 500 000 kronor anvisas ur kommunstyrelsens konto för oförutsedda behov.

Sammanfattning av ärendet

Samhällsbyggnadsnämnden beslutade den 12 april 2023 att föreslå kommunstyrelsen att anta cykelplanen.

Beslutsunderlag

Tjänsteskrivelse 2023-04-20
Yttrande, dnr BUN 2023/9

Yrkanden

Bo Berg (M) yrkar avslag på förslaget.

Beslutsgång

Ordföranden ställer proposition på förslagen och finner att kommunstyrelsen beslutar enligt förslaget.

Omröstningsresultat

Med 8 ja-röster mot 5 nej-röster beslutar kommunstyrelsen enligt förslaget. Två ledamöter avstår.

Reservation

Bo Berg (M) reserverar sig mot beslutet.

§ 46\tDnr KS 2022/88

Svar på motion om gratis bussresor

Kommunstyrelsens förslag till kommunfullmäktige

1. Motionen avslås.
2. Kommunfullmäktige ger kommunstyrelsen i uppdrag att följa frågan.

Sammanfattning av ärendet

En motion har lämnats in.

§ 48\tDnr KS 2023/77

Val av ersättare i arbetsutskottet

Kommunstyrelsen beslutar

att entlediga Bo Berg (M) från uppdraget som ersättare i arbetsutskottet,

att till ny ersättare för tiden 2023-06-01–2026-12-31 välja Anna Andersson (S).

Paragrafen är omedelbart justerad.

Jäv

Bo Berg (M) anmäler jäv och deltar inte i handläggningen av ärendet.

§ 49

Information

Beslut

Informationen noteras till protokollet.
"""

MINUTES_IN_MARKDOWN = """\
# Protokoll fört vid sammanträde med Kommunfullmäktige

**Tid:** Måndagen den 18 november 2024, kl. 18.00-21.15
**Plats:** Folkets hus

## § 101 Motion om solceller på kommunens tak (KS/2024:311)

**Beslut**

Kommunfullmäktige beslutar

att remittera motionen till kommunstyrelsen för beredning.

## § 102 Avsägelse från uppdrag (KS/2024:400)

**Beslut**

Kommunfullmäktige beslutar att bevilja Jan Jansson (M) entledigande från uppdraget som ledamot samt att hos \
Länsstyrelsen begära ny sammanräkning.

## § 104 Budget 2025 (KS/2024:120)

**Beslut**

Kommunfullmäktige beslutar:

- Budget 2025 med plan 2026–2027 fastställs.
- Kommunstyrelsen bemyndigas att under 2025 uppta nya lån.

**Omröstning**

Ja: Anna Andersson (S), Bo Berg (M)
Nej: Lars Larsson (V)

31 ja-röster, 10 nej-röster och en ledamot avstår.

## § 105 Svar på interpellation om snöröjning

**Beslut**

Interpellationen anses besvarad.
"""

VOTE_IN_PARTS = """\
# Sammanträdesprotokoll

Kommunstyrelsen i Hjo kommun

Sammanträdesdatum 2024-03-05

## § 12 Svar på motion om solceller

### Kommunstyrelsens beslut

Kommunstyrelsen föreslår kommunfullmäktige besluta att avslå motionen.

### Votering

Med 2 ja-röster mot 1 nej-röst beslutar kommunstyrelsen att avslå motionen.

### Ja-röster

Anna Andersson (S), Bo Berg (M)

### Nej-röster

Lars Larsson (V)

### Avstår

Jan Jansson (M)

## § 13 Sammanträdet avslutas

Ordföranden tackar för visat intresse.
"""

MINUTES_OF_AN_ASSOCIATION = """\
PROTOKOLL

Förbundsmötet i Exempelförbundet

Datum: 2023-03-14
Plats: Digitalt

§ 1 Mötets öppnande
Ordföranden Anna Andersson öppnade mötet.

§ 2 Val av justerare
Till justerare valdes Bo Berg.

§ 3 Ekonomi
Kassören redogjorde för ekonomin. Förbundsmötet beslutade att godkänna rapporten.

§ 4 Övriga ärenden
Inga övriga ärenden.
"""


MINUTES_OF_A_BOARD = """\
Exempelstads kommun
PROTOKOLL
Socialnämnden
Sammanträdesdatum 2024-03-12

Plats och tid: Kommunhuset, kl 13.00-15.00
Beslutande: Anna Andersson (S), ordförande, Bo Berg (M)
Utses att justera: Bo Berg

SN § 20   Dnr SN 2024/31
Riktlinjer för handläggning

Socialnämndens beslut
Socialnämnden beslutar att anta riktlinjerna. Riktlinjerna gäller från den 1 april 2024.

SN § 21
Ansvarsfrihet

Socialnämndens beslut
Stiftelsens styrelse beviljas ansvarsfrihet.

SN § 22
Ekonomisk rapport
Beslut
Socialnämnden beslutar
1. att godkänna rapporten,
2. att ge socialchefen i uppdrag att
   a) redovisa åtgärder i april
   b) ta fram en prognos
3. att i övrigt lägga informationen till handlingarna.
Bo Berg (M) deltar inte i beslutet.
"""

MINUTES_OF_A_CITY = """\
Exempelstad
Protokoll
Kommunstyrelsen
Sammanträdesdatum 2024-04-16

Plats och tid: Stadshuset, kl 13.00-15.00
Beslutande: Anna Andersson (S), ordförande, Bo Berg (M)

§ 30   Dnr KS 2024/30
Taxa

Beslut

Förslag till kommunfullmäktige

1. Taxan antas.
2. Tidigare taxa upphävs.

§ 31   Dnr KS 2024/31
Motion om tåg

Beslut

I kommunfullmäktige: Motionen avslås.

§ 32   Dnr KS 2024/32
Bidrag

Arbetsutskottet har 2024-04-02, § 311, beslutat föreslå att ansökan bifalls.

Efter ställd proposition på yrkandena beslutar kommunstyrelsen

att avslå ansökan.

§ 33   Dnr KS 2024/33
Policy

Kommunstyrelsen beslutade enligt arbetsutskottets förslag

att godkänna policyn

att uppdra åt presidiet att sprida den.

§ 34   Dnr KS 2024/34
Val

Kommunstyrelsen beslutar efter votering med 4 ja mot 2 nej

att välja följande ledamöter i utskottet

Ledamöter\tErsättare

Anna Andersson (S)\tBo Berg (M)

att till ordförande utse Anna Andersson (S).

§ 35   Dnr KS 2024/35
Försäljning

Kommunstyrelsens förslag till kommunfullmäktige

Kommunfullmäktige beslutar att

- sälja fastigheten.

Kommunstyrelsens beslut för egen del

- Presidiet ges i uppdrag att teckna kontrakt.

§ 36
Övrigt

Bo Berg (M) tackar för året.
"""


class Found(NamedTuple):
    """What was extracted from a text: the text, its nodes, names of mentions by id, kinds of issues."""

    text: Text
    nodes: list[Node]
    names: dict[str, str]
    issues: list[str]

    def of(self, kind: type[Node]) -> list[Node]:
        """The nodes of a class in the order of their evidence."""
        return sorted((node for node in self.nodes if isinstance(node, kind)), key=lambda node: node.evidence[0])

    def quote(self, node: Node) -> str:
        """The stored text of a node's first evidence."""
        start, end = self.text.stored_span(node.evidence[0])
        return self.text.stored[start:end]


@pytest.fixture
def found(tmp_path: Path, request: pytest.FixtureRequest) -> Found:
    """The text of the test's parameter, through read, segment and extract."""
    path = tmp_path / "exempel.md"
    path.write_text(request.param, encoding="utf-8")
    text = read(path)
    documents, _ = segment(text)
    results, issues = extract(text, documents)
    nodes = [node for _, found in results for node in found]
    names = {node.id: node.name for node in nodes if isinstance(node, GoverningBody | Person | Case)}
    return Found(text, nodes, names, [issue.kind for issue in issues])


def rows(found: Found) -> list[tuple[int | None, str, str]]:
    """Number, outcome and quote of each decision."""
    return [
        (one.number, one.outcome.removeprefix("kg:outcome-"), found.quote(one))
        for one in found.of(Decision)
        if isinstance(one, Decision)
    ]


@pytest.mark.parametrize("found", [MINUTES_WITH_LABELS], indirect=True)
def test_decisions_under_headings_and_in_att_clauses(found: Found) -> None:
    assert rows(found) == [
        (45, "adopt", "1. Förslag till cykelplan antas."),
        # a numbered point is one decision, however many sentences it has
        (
            45,
            "assign",
            "2. Samhällsbyggnadsnämnden får i uppdrag att återkomma med en kostnadsberäkning. "
            "Den ska gälla åren 2024–2026.",
        ),
        (45, "grant", "3. Medel om 500 000 kronor anvisas ur kommunstyrelsens konto för oförutsedda behov."),
        # what a body proposes to another is its decision to propose
        (46, "propose", "1. Motionen avslås."),
        (46, "propose", "2. Kommunfullmäktige ger kommunstyrelsen i uppdrag att följa frågan."),
        (48, "dismiss", "att entlediga Bo Berg (M) från uppdraget som ersättare i arbetsutskottet,"),
        (48, "elect", "att till ny ersättare för tiden 2023-06-01–2026-12-31 välja Anna Andersson (S)."),
        (49, "note", "Informationen noteras till protokollet."),
    ]


@pytest.mark.parametrize("found", [MINUTES_WITH_LABELS], indirect=True)
def test_what_a_decision_carries(found: Found) -> None:
    decisions = [one for one in found.of(Decision) if isinstance(one, Decision)]
    assert {str(one.date) for one in decisions} == {"2023-05-10"}
    assert {found.names[str(one.decided_by)] for one in decisions} == {"kommunstyrelsen"}
    assert [one.ordinal for one in decisions] == [1, 2, 3, 1, 2, 1, 2, 1]
    assert [found.names.get(str(one.case)) for one in decisions] == [
        *["KS 2023/123"] * 3,
        *["KS 2022/88"] * 2,
        *["KS 2023/77"] * 2,
        None,
    ]
    assert found.names[str(decisions[1].referred_to)] == "samhällsbyggnadsnämnden"
    assert found.names[str(decisions[3].referred_to)] == "kommunfullmäktige"
    assert [found.names[one] for one in decisions[6].concerns] == ["Anna Andersson"]
    assert (str(decisions[6].valid_from), str(decisions[6].valid_to)) == ("2023-06-01", "2026-12-31")


@pytest.mark.parametrize("found", [MINUTES_WITH_LABELS], indirect=True)
def test_meeting_with_pauses(found: Found) -> None:
    (meeting,) = found.of(Meeting)
    assert isinstance(meeting, Meeting)
    assert (str(meeting.date), meeting.place) == ("2023-05-10", "Kommunhuset, sammanträdesrum Eken")
    assert (meeting.start_time, meeting.end_time) == ("08:30", "15:10")


@pytest.mark.parametrize("found", [MINUTES_WITH_LABELS], indirect=True)
def test_yrkande_vote_reservation_and_recusal(found: Found) -> None:
    (yrkande,) = [one for one in found.of(Proposal) if isinstance(one, Proposal)]
    assert (yrkande.text, [found.names[one] for one in yrkande.creator]) == (
        "Bo Berg (M) yrkar avslag på förslaget.",
        ["Bo Berg"],
    )
    (vote,) = [one for one in found.of(Vote) if isinstance(one, Vote)]
    assert (vote.yes, vote.no, vote.abstained) == (8, 5, 2)
    (reservation,) = [one for one in found.of(Reservation) if isinstance(one, Reservation)]
    assert [found.names[one] for one in reservation.creator] == ["Bo Berg"]
    (recusal,) = [one for one in found.of(Recusal) if isinstance(one, Recusal)]
    assert found.names[recusal.person] == "Bo Berg"


@pytest.mark.parametrize("found", [MINUTES_IN_MARKDOWN], indirect=True)
def test_lead_in_and_its_only_point_are_one_sentence(found: Found) -> None:
    assert [(number, outcome) for number, outcome, _ in rows(found)] == [
        (101, "refer"),
        (102, "dismiss"),
        (104, "adopt"),
        (104, "delegate"),
        (105, "answer"),
    ]
    first, *_ = rows(found)
    assert first[2].startswith("Kommunfullmäktige beslutar")
    assert first[2].endswith("till kommunstyrelsen för beredning.")


@pytest.mark.parametrize("found", [MINUTES_IN_MARKDOWN], indirect=True)
def test_who_is_empowered_did_not_decide(found: Found) -> None:
    decided = [found.names[str(one.decided_by)] for one in found.of(Decision) if isinstance(one, Decision)]
    assert set(decided) == {"kommunfullmäktige"}


@pytest.mark.parametrize("found", [MINUTES_IN_MARKDOWN], indirect=True)
def test_named_votes(found: Found) -> None:
    (vote,) = [one for one in found.of(Vote) if isinstance(one, Vote)]
    assert (vote.yes, vote.no, vote.abstained) == (31, 10, 1)
    assert [found.names[one] for one in vote.voted_yes] == ["Anna Andersson", "Bo Berg"]
    assert [found.names[one] for one in vote.voted_no] == ["Lars Larsson"]


@pytest.mark.parametrize("found", [VOTE_IN_PARTS], indirect=True)
def test_a_vote_under_several_headings_is_one(found: Found) -> None:
    (vote,) = [one for one in found.of(Vote) if isinstance(one, Vote)]
    assert (vote.yes, vote.no, vote.abstained) == (2, 1, None)
    sides = [[found.names[one] for one in side] for side in (vote.voted_yes, vote.voted_no, vote.voted_abstain)]
    assert sides == [["Anna Andersson", "Bo Berg"], ["Lars Larsson"], ["Jan Jansson"]]


@pytest.mark.parametrize("found", [VOTE_IN_PARTS], indirect=True)
def test_a_proposal_goes_to_another_body_than_the_one_that_makes_it(found: Found) -> None:
    (decision,) = [one for one in found.of(Decision) if isinstance(one, Decision)]
    assert found.names[str(decision.decided_by)] == "kommunstyrelsen"
    assert found.names[str(decision.referred_to)] == "kommunfullmäktige"


@pytest.mark.parametrize("found", [MINUTES_OF_AN_ASSOCIATION], indirect=True)
def test_minutes_without_headings_in_the_past_tense(found: Found) -> None:
    assert rows(found) == [
        (2, "elect", "Till justerare valdes Bo Berg."),
        (3, "approve", "Förbundsmötet beslutade att godkänna rapporten."),
    ]


@pytest.mark.parametrize("found", [MINUTES_OF_A_BOARD], indirect=True)
def test_reasons_formalities_and_lists_below_a_point_are_no_decisions(found: Found) -> None:
    assert [(number, outcome) for number, outcome, _ in rows(found)] == [
        (20, "adopt"),
        (21, "discharge"),
        (22, "approve"),
        (22, "assign"),
        (22, "note"),
    ]
    assert "outcome" not in found.issues


@pytest.mark.parametrize("found", [MINUTES_OF_A_CITY], indirect=True)
def test_what_is_proposed_to_the_council_and_what_others_decided_before(found: Found) -> None:
    assert [(number, outcome) for number, outcome, _ in rows(found)] == [
        (30, "propose"),
        (30, "propose"),
        (31, "propose"),
        (32, "reject"),
        (33, "approve"),
        (33, "assign"),
        (34, "elect"),
        (34, "appoint"),
        (35, "propose"),
        (35, "assign"),
    ]


@pytest.mark.parametrize("found", [MINUTES_WITH_LABELS, MINUTES_IN_MARKDOWN, MINUTES_OF_AN_ASSOCIATION], indirect=True)
def test_every_statement_has_its_own_iri_and_evidence(found: Found) -> None:
    nodes = [node for node in found.nodes if isinstance(node, Decision | Proposal | AgendaItem | Vote | Reservation)]
    assert len({node.id for node in nodes}) == len(nodes)
    assert all(node.evidence for node in nodes)
