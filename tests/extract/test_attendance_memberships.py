# ruff: noqa: E501
"""Who took part and who holds which post, on invented minutes through all of reading, segmenting and extracting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pytest

from kommungraf.errors import Issue
from kommungraf.extract import extract
from kommungraf.extract.memberships_posts import period_of
from kommungraf.model.facts import Attendance, Membership, Node, Person
from kommungraf.read import read_bytes
from kommungraf.segment import segment

HEAD = """# Sammanträdesprotokoll

Kommunstyrelsen i Hjo kommun

Sammanträdesdatum 2024-03-05

"""
ITEM = """
## § 12 Upprop

Dnr KS 2024/1

### Beslut

Kommunstyrelsen godkänner uppropet.
"""


class Read(NamedTuple):
    """What was extracted from one file."""

    nodes: list[Node]
    issues: list[Issue]

    def person(self, ref: str | None) -> str:
        """The printed name of a mention."""
        return next((node.name for node in self.nodes if isinstance(node, Person) and node.id == ref), "–")

    def attendance(self) -> Iterable[tuple[str, str]]:
        """Names and capacities in text order."""
        for node in self.nodes:
            if isinstance(node, Attendance):
                yield self.person(node.person), node.capacity.removeprefix("kg:capacity-")

    def posts(self) -> Iterable[tuple[str, str, str]]:
        """Names, roles and events of all that is not merely seen."""
        for node in self.nodes:
            if isinstance(node, Membership) and node.event != "seen":
                yield self.person(node.member), node.name, node.event


def read(text: str) -> Read:
    """A document through all stages up to extraction."""
    source = read_bytes(text.encode(), "protokoll.md")
    documents, issues = extract(source, segment(source)[0])
    return Read([node for _, nodes in documents for node in nodes], issues)


LISTS = [
    (
        "Beslutande\nMaria Lind (S), ordförande\nBo Ek (M)\n\nEj tjänstgörande ersättare\nKarin Ström (C)\n",
        [("Maria Lind", "ordförande"), ("Bo Ek", "ledamot"), ("Karin Ström", "ersättare")],
        "labels on their own lines",
    ),
    (
        "Beslutande\tMaria Lind (S), ordförande\n\tBo Ek (M), Hjo, vice ordförande\n"
        "Ersättare\tKarin Ström (C)\nUtses att justera\tBo Ek\n",
        [
            ("Maria Lind", "ordförande"),
            ("Bo Ek", "vice-ordförande"),
            ("Karin Ström", "ersättare"),
            ("Bo Ek", "justerare"),
        ],
        "a table with labels in the first column",
    ),
    (
        "Beslutande\nMaria Lind (S)\nKarin Ström (C) tjänstgörande ersättare för Bo Ek (M)\n",
        [("Maria Lind", "ledamot"), ("Karin Ström", "tjänstgörande-ersättare")],
        "who is substituted is not there",
    ),
    (
        "Beslutande\nMaria Lind (S)\n\nÖvriga närvarande\nBo Ek, kommunchef\nKarin Ström, revisor\nEva Berg\n",
        [("Maria Lind", "ledamot"), ("Bo Ek", "tjänsteperson"), ("Karin Ström", "revisor"), ("Eva Berg", "övrig")],
        "others by their office",
    ),
    (
        "Beslutande\nMaria Lind (S)\n\nÖvriga deltagande\n\nErsättare: Bo Ek (M) och Karin Ström (C)\n"
        "samt sekreterare Eva Berg, controller Nils Holm och skolskjutshandläggare Åsa Ström\n",
        [
            ("Maria Lind", "ledamot"),
            ("Bo Ek", "ersättare"),
            ("Karin Ström", "ersättare"),
            ("Eva Berg", "sekreterare"),
            ("Nils Holm", "tjänsteperson"),
            ("Åsa Ström", "tjänsteperson"),
        ],
        "officers in a list of substitutes: by the word before the name, known as an office or not",
    ),
    (
        "Beslutande\nMaria Lind (S)\nMaria Lind (M)\n\nFrånvarande\nBo Ek (C)\n",
        [("Maria Lind", "ledamot"), ("Maria Lind", "ledamot")],
        "two people of one name; who is absent took no part",
    ),
    (
        "Beslutande\n\nLedamöter\tMaria Lind (S)\n\nErsättare\tBo Ek (M)\n\nÖvriga närvarande\n\nErsättare\tKarin Ström (C)\n",
        [("Maria Lind", "ledamot"), ("Bo Ek", "tjänstgörande-ersättare"), ("Karin Ström", "ersättare")],
        "substitutes below those who decide, and others below",
    ),
    (
        "Beslutande\n\nLedamöter:\n\nMaria Lind (S)\nBo Ek (M), tjg ersättare\n\nErsättare:\n\nKarin Ström (C), ej tjg ers\n",
        [("Maria Lind", "ledamot"), ("Bo Ek", "tjänstgörande-ersättare"), ("Karin Ström", "ersättare")],
        "substitutes that serve are marked among the members",
    ),
    (
        "## Närvarande\n\n### Direktionens ledamöter\n\nMaria Lind (S), ordförande\nBo Ek (M)\n\n"
        "### Direktionens ersättare\n\nKarin Ström (C)\n",
        [("Maria Lind", "ordförande"), ("Bo Ek", "ledamot"), ("Karin Ström", "ersättare")],
        "labels with the body in the genitive",
    ),
    (
        "Beslutande\nMaria Lind (S)\n\nErsättare och övriga deltagare\nKarin Ström (C)\nBo Ek, kommunchef\nEva Berg, sekreterare\n",
        [
            ("Maria Lind", "ledamot"),
            ("Karin Ström", "ersättare"),
            ("Bo Ek", "tjänsteperson"),
            ("Eva Berg", "sekreterare"),
        ],
        "officers in the list of substitutes",
    ),
    (
        "## Närvarande\n\n### Ledamöter\n\nOrdföranden Maria Lind (S), 1:e vice ordföranden Bo Ek (M), Eva Berg (C) samt "
        "tjänstgörande ersättarna Karin Ström (C) och Per Dahl (L)\n\n### Övriga närvarande\n\nStadsdirektören Ola Kvist "
        "och handläggarna Ida Vall och Ulf Sund\n",
        [
            ("Maria Lind", "ordförande"),
            ("Bo Ek", "vice-ordförande"),
            ("Eva Berg", "ledamot"),
            ("Karin Ström", "tjänstgörande-ersättare"),
            ("Per Dahl", "tjänstgörande-ersättare"),
            ("Ola Kvist", "tjänsteperson"),
            ("Ida Vall", "tjänsteperson"),
            ("Ulf Sund", "tjänsteperson"),
        ],
        "offices in running text hold for those whom they stand before",
    ),
    (
        "Närvarande\nMaria Lind, ordförande (S)\nBo Ek, PRO\n",
        [("Maria Lind", "ordförande"), ("Bo Ek", "övrig")],
        "who chairs a council without members",
    ),
    (
        "Beslutande\nMaria Lind M (ordförande)\nBo Ek L ersätter Eva Berg C\n\n"
        "Övriga deltagande\tSekreterare Karin Ström\n\tNäringslivschef Per Dahl\n",
        [
            ("Maria Lind", "ordförande"),
            ("Bo Ek", "tjänstgörande-ersättare"),
            ("Karin Ström", "sekreterare"),
            ("Per Dahl", "tjänsteperson"),
        ],
        "parties without brackets; an office in a list of others holds for one",
    ),
    (
        "Ersättare\tTjg\tEj tjg\nMaria Lind (S)\tX\t\nBo Ek (M)\t\tX\nKarin Ström (C)\t\t\n",
        [("Maria Lind", "tjänstgörande-ersättare"), ("Bo Ek", "ersättare")],
        "a roll with columns to tick",
    ),
    (
        "Ledamöter\tParti\tNärvarande\nMaria Lind\tS\tJa\nBo Ek\tM\tNej\n",
        [("Maria Lind", "ledamot")],
        "a roll that answers yes and no",
    ),
    (
        "Beslutande\tMaria Lind (S)\nUnderskrifter\tSekreterare Bo Ek Paragrafer 1–2\n",
        [("Maria Lind", "ledamot"), ("Bo Ek", "sekreterare")],
        "who signs beside the label",
    ),
    (
        "Beslutande\nMaria Lind (S)\n\nUnderskrifter\n\nSekreterare ............ Paragrafer 1–2\n\nBo Ek\n",
        [("Maria Lind", "ledamot"), ("Bo Ek", "sekreterare")],
        "who signs below a line to sign on",
    ),
]


@pytest.mark.parametrize(("listed", "expected", "why"), LISTS, ids=[why for *_, why in LISTS])
def test_capacities(listed: str, expected: list[tuple[str, str]], why: str) -> None:
    assert list(read(HEAD + listed + ITEM).attendance()) == expected


def test_party_paragraphs_and_who_is_substituted() -> None:
    found = read(HEAD + "Beslutande\nMaria Lind (S) §§ 1-9\nKarin Ström (C) ersätter Bo Ek (M) § 4\n" + ITEM)
    first, second = [node for node in found.nodes if isinstance(node, Attendance)]
    assert (first.for_party, first.paragraphs) == ("party/s", "§§ 1-9")
    assert (found.person(second.substitutes_for), second.paragraphs) == ("Bo Ek", "§ 4")


def test_a_party_over_its_members_ends_with_their_list() -> None:
    lists = "Beslutande\n\nLedamöter\n\nModeraterna\n\nMaria Lind\n\nÖvriga närvarande\n\nBo Ek, regiondirektör\n"
    people = {
        node.name: node.hints.get("party") for node in read(HEAD + lists + ITEM).nodes if isinstance(node, Person)
    }
    assert people == {"Maria Lind": "M", "Bo Ek": None}


def test_a_notice_lists_whom_it_is_sent_to_and_nobody_has_met() -> None:
    notice = (
        "# Kallelse\n\nKommunstyrelsen i Hjo kommun\n\nTid: 2024-03-05 kl. 09.00\n\n## Sändlista\n\nLedamot\tErsättare\n"
        "Maria Lind (S)\tBo Ek (M)\n\n## Föredragningslista\n\n1. Upprop\n2. Val\n\nEva Berg\nOrdförande\n"
    )
    assert list(read(notice).attendance()) == []


def test_names_and_offices_in_two_cells_are_paired_only_when_they_are_as_many() -> None:
    paired = read(HEAD + "Beslutande\tEva Berg (S)\nÖvriga deltagare\tMaria Lind Bo Ek\tekonom kommunchef\n" + ITEM)
    assert list(paired.attendance())[1:] == [("Maria Lind", "tjänsteperson"), ("Bo Ek", "tjänsteperson")]
    cells = "<td>Övriga deltagare</td><td>Maria Lind Bo Ek</td><td>ekonom<br>kommunchef</td>"
    rows = f"<table><tr><td>Beslutande</td><td>Eva Berg (S)</td><td></td></tr><tr>{cells}</tr></table>\n"
    assert list(read(HEAD + rows + ITEM).attendance())[1:] == list(paired.attendance())[1:], "an office a line"
    wrapped = rows.replace("Maria Lind Bo Ek", "Maria Lind Bo Ek Ida Alm").replace(
        "<br>kommunchef", " kommunchef<br>jurist"
    )
    told = [("Maria Lind", "tjänsteperson"), ("Bo Ek", "tjänsteperson"), ("Ida Alm", "tjänsteperson")]
    assert list(read(HEAD + wrapped + ITEM).attendance())[1:] == told, "offices wrapped in a narrow cell"
    unclear = read(HEAD + "Beslutande\tEva Berg (S)\nÖvriga deltagare\tMaria Lind Bo Ek\tekonom\n" + ITEM)
    assert any(issue.kind == "offices" for issue in unclear.issues)


DECISIONS = [
    ("Kommunstyrelsen väljer Maria Lind (S) till ledamot i arbetsutskottet.", [("Maria Lind", "ledamot", "elected")], "to a body"),
    (
        "Till ordförande i arbetsutskottet väljs Maria Lind (S) och till vice ordförande Bo Ek (M).",
        [("Maria Lind", "ordförande", "elected"), ("Bo Ek", "vice ordförande", "elected")],
        "the post before the name",
    ),
    (
        "Maria Lind (S), Hjo, och Bo Ek (M) väljs till förtroendevalda revisorer för mandatperioden 2023–2026.",
        [("Maria Lind", "revisor", "elected"), ("Bo Ek", "revisor", "elected")],
        "one post for several",
    ),
    ("Kommunstyrelsen beviljar Maria Lind (S) entledigande från uppdraget som ledamot i kulturnämnden.", [("Maria Lind", "ledamot", "resigned")], "released"),
    (
        "Kommunstyrelsen utser Maria Lind (S) till ersättare i kulturnämnden efter Bo Ek (M), som har avsagt sig uppdraget.",
        [("Maria Lind", "ersättare", "appointed"), ("Bo Ek", "ersättare", "resigned")],
        "who comes and who goes",
    ),
    (
        "Kommunstyrelsen beslutar att platsen som ersättare i kulturnämnden lämnas vakant.",
        [("–", "ersättare", "vacant")],
        "a seat that nobody gets",
    ),
    ("Maria Lind (S) väljs till mötets ordförande och Bo Ek till sekreterare.", [], "for one meeting only"),
    ("Maria Lind (S) och Bo Ek (M) utses att justera protokollet.", [], "adjusting is no post"),
    ("Kommunstyrelsen utser Maria Lind (S) till ombud.", [], "nobody is ombud in the board that sends them"),
]  # fmt: skip


@pytest.mark.parametrize(("decision", "expected", "why"), DECISIONS, ids=[why for *_, why in DECISIONS])
def test_posts_by_decision(decision: str, expected: list[tuple[str, str, str]], why: str) -> None:
    text = HEAD + "Beslutande\nEva Berg (S)\n\n## § 12 Val\n\nDnr KS 2024/1\n\n### Beslut\n\n" + decision + "\n"
    assert list(read(text).posts()) == expected


PERIODS = [
    ("från och med den 1 maj 2024", "2024-05-01", "None"),
    ("för tiden 2024-05-01–2026-12-31", "2024-05-01", "2026-12-31"),
    ("för perioden den 1 maj 2024 till och med den 31 december 2026", "2024-05-01", "2026-12-31"),
    ("för tiden 2023–2026", "2023", "2026"),
]


@pytest.mark.parametrize(("said", "since", "until"), PERIODS)
def test_from_when_to_when_a_post_lasts(said: str, since: str, until: str) -> None:
    assert tuple(map(str, period_of(f"Maria Lind väljs till ledamot {said}."))) == (since, until)


def test_a_table_of_elected_with_its_period_and_a_vacant_seat() -> None:
    text = (
        HEAD + "Beslutande\nEva Berg (S)\n\n## § 12 Val\n\n### Beslut\n\nKommunstyrelsen väljer följande ledamöter och"
        " ersättare i arbetsutskottet från och med den 1 maj 2024:\n\nLedamot\tErsättare\nMaria Lind (S)\tBo Ek (M)\n"
        "Karin Ström (C)\tVakant\n"
    )
    found = read(text)
    assert sorted(found.posts()) == [
        ("Bo Ek", "ersättare", "elected"),
        ("Karin Ström", "ledamot", "elected"),
        ("Maria Lind", "ledamot", "elected"),
        ("–", "ersättare", "vacant"),
    ]
    assert {
        str(node.valid_from) for node in found.nodes if isinstance(node, Membership) and node.event == "elected"
    } == {"2024-05-01"}


def test_ids_of_memberships_are_different_though_one_sentence_gives_them() -> None:
    text = (
        HEAD
        + "Beslutande\nEva Berg (S)\n\n## § 12 Val\n\n### Beslut\n\nMaria Lind (S) och Bo Ek (M) väljs till ledamöter i kulturnämnden.\n"
    )
    ids = [node.id for node in read(text).nodes if isinstance(node, Membership)]
    assert len(ids) == len(set(ids))
