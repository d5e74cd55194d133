"""Every named query gives the answer that the stories planted in the corpus call for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from kommungraf.cli import main
from kommungraf.query.named_queries import named_queries

# (query, parameters, cells that stand together in one row of the answer, why)
ANSWERS = [
    ("amounts", {"least": "6000000"}, {"value": "6200000", "asPrinted": "6 200 tkr"}, "a sum in running text, in SEK"),
    ("appointments", {"year": "2020"}, {"name": "Ylva Castegren", "outcome": "elect"}, "a by-election"),
    ("attendance", {"person": "Ekdahl"}, {"capacity": "tjänstgörande ersättare", "date": "2022-10-20"}, "a stand-in"),
    (
        "budget-vs-outcome",
        {"line": "resultat", "year": "2022"},
        {"budget": "100000", "outcome": "-240000", "deviation": "-340000", "percent": "-340"},
        "a deficit where a surplus was planned",
    ),
    ("came-and-left", {"body": "styrelsen", "year": "2023"}, {"name": "Ewa Gustafsson", "change": "left"}, "new board"),
    ("career", {"person": "Ekdahl"}, {"organization": "styrelsen", "role": "vice ordförande"}, "a substitute's rise"),
    ("case", {"number": "2020/112"}, {"date": "2020-09-28", "kind": "decision"}, "the motion is referred"),
    ("contradictions", {"kind": "text-table"}, {"quoteB": "Medelantalet anställda: 21"}, "text against its own table"),
    ("coverage", {"publisher": "Exempelbygden"}, {"type": "verksamhetsplan", "year": "2022"}, "documents we hold"),
    ("decisions", {"text": "Grön måltid"}, {"date": "2022-10-20", "paragraph": "40"}, "a project ended early"),
    ("documents", {"type": "reglemente"}, {"type": "reglemente"}, "by type"),
    ("figures", {"text": "kurser och konferenser", "year": "2022"}, {"value": "421"}, "a count of running text"),
    ("joins", {"name": "Gustafsson"}, {"name": "Ewa Gustafsson"}, "one person, many spellings, explained"),
    ("lineage", {"name": "Digital vardag"}, {"kind": "renamed", "effective": "2022-01-01"}, "found under both names"),
    ("lineage-candidates", {"kind": "samePerson"}, {"name": "Anders Nilsson"}, "for a person to decide"),
    ("meetings", {"body": "förbundsmötet"}, {"date": "2023-04-13"}, "the year follows from the weekday"),
    ("members", {"body": "styrelsen", "role": "ledamot"}, {"name": "Birgitta Sjöqvist"}, "a member who left"),
    ("motions", {"creator": "Brandeby"}, {"party": "MP", "decisionDate": "2022-02-28"}, "answered after two years"),
    ("municipality-in-projects", {"municipality": "Hjo"}, {"project": "Grön måltid"}, "a stated participant"),
    ("open-matters", {"holder": "Granåker"}, {"diaryNumber": "KS 2024/132", "state": "postponed"}, "put off"),
    ("organizations", {"name": "Exempelbygden"}, {"kind": "organisation"}, "the federation"),
    ("outcomes", {"body": "förbundsmötet"}, {"year": "2019", "outcome": "discharge"}, "counts by kind"),
    ("people", {"name": "Gustafsson"}, {"name": "Ewa Gustafsson"}, "spellings in one row"),
    ("plans", {"year": "2022", "text": "dataskyddsombud"}, {"kind": "activity"}, "promised, never mentioned again"),
    ("presence", {"name": "Läsglädje", "year": "2023"}, {"presence": "silent", "kind": "Project"}, "a silent year"),
    (
        "promises",
        {"year": "2022", "text": "volontärer"},
        {"status": "partly", "area": "Digital utveckling"},
        "43 of 60",
    ),
    ("never-reported", {"year": "2022"}, {"area": "Lärande och unga"}, "no word in a report that we hold"),
    ("reported-unpromised", {"year": "2022"}, {"heading": "Gemensam upphandling av elcyklar"}, "no plan announced it"),
    ("carried-forward", {"year": "2022", "text": "heltid"}, {"change": "changed", "nextYear": "2023"}, "postponed"),
    (
        "project-timeline",
        {"project": "Grön måltid"},
        {"kind": "decision", "year": "2022"},
        "what was said, not only that",
    ),
    ("projects", {"name": "Grön måltid"}, {"funder": "Jordbruksverket", "amount": "2400000"}, "money and period"),
    ("proposals", {"text": "Grön måltid"}, {"ordinal": "1"}, "the officer's proposal"),
    ("references", {"text": "vallagen"}, {"cites": "https://lagen.nu/2005:837#K14P15"}, "chapter and section"),
    (
        "reported-decisions",
        {"text": "förlänga projektet"},
        {"date": "2023-09-21", "minutesHeld": "no"},
        "a meeting known only from a report",
    ),
    ("results", {"year": "2022", "text": "43 volontärer"}, {"year": "2022"}, "partly done"),
    (
        "restated",
        {"line": "projektbidrag"},
        {"before": "7985000", "after": "8025000", "year": "2022"},
        "told a year on",
    ),
    ("series", {"item": "personalkostnader"}, {"year": "2020", "phase": "budget", "value": "-7380000"}, "tkr as SEK"),
    ("tenures", {"role": "förbundsdirektör", "year": "2025"}, {"name": "Jonas Tillberg", "acting": "true"}, "acting"),
    ("vacancies", {"year": "2025"}, {"role": "ledamot", "after": "Malin Thörnell"}, "a seat left vacant"),
    ("who-decided-what", {"person": "Hamrell"}, {"relation": "concerned", "outcome": "dismiss"}, "a resignation"),
]


def ask(out: Path, name: str, parameters: dict[str, str]) -> list[dict[str, str]]:
    pairs = [word for key, value in parameters.items() for word in ("--param", f"{key}={value}")]
    result = CliRunner().invoke(main, ["query", name, *pairs, "--format", "csv", "--out", str(out)])
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize(("name", "parameters", "cells", "why"), ANSWERS, ids=[row[0] for row in ANSWERS])
def test_the_answer_holds(
    corpus_graph: Path, name: str, parameters: dict[str, str], cells: dict[str, str], why: str
) -> None:
    rows = ask(corpus_graph, name, parameters)
    assert any(cells.items() <= row.items() for row in rows), (why, rows[:5])


def test_every_query_is_asked() -> None:
    elsewhere = {"evidence", "versions"}  # below; in tests/test_versions.py, because the corpus holds no versions
    assert {row[0] for row in ANSWERS} | elsewhere == set(named_queries())


def test_evidence_of_a_decision_is_its_sentence(corpus_graph: Path) -> None:
    decision = ask(corpus_graph, "decisions", {"text": "Grön måltid"})[0]
    quotes = ask(corpus_graph, "evidence", {"about": decision["decision"]})
    assert "Grön måltid" in quotes[0]["quote"]
