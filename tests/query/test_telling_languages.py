"""The same timeline in two languages: what documents say stays, codes stay, what kommungraf says is translated."""

from __future__ import annotations

import re
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store
from rich.console import Console

from kommungraf.cli import main
from kommungraf.cli.show_text import print_entity
from kommungraf.config import DEFAULT_BASE
from kommungraf.languages import ENGLISH, words
from kommungraf.query.entity import Entity, describe, find_one
from kommungraf.query.find import named
from kommungraf.query.kinds import entry_word
from kommungraf.query.lookup import Lookup
from kommungraf.query.portrait import as_json, as_markdown, heading
from kommungraf.query.timeline import timeline, unfolded

SWEDISH = words("sv")


def entity(store: Store, term: str, code: str) -> Entity:
    return describe(store, find_one(store, term, DEFAULT_BASE), words(code))


# (term, year, kind, English, Swedish)
LINES = [
    ("KS 2020/112", "2020", "motion", "by Lovisa Brandeby", "av Lovisa Brandeby"),
    ("KS 2020/112", "2020", "decision", "referred to kommunstyrelsen", "remitterar till kommunstyrelsen"),
    ("KS 2020/112", "2022", "decision", "answered", "besvarar"),
    ("Trygg digital vardag", "2023", "reported", "told afterwards, no minutes", "omtalat i efterhand, protokollet"),
    ("Trygg digital vardag", "2022", "renamed", "from Digital vardag to", "från Digital vardag till"),
    ("Ung i Exempelbygden", "2023", "merged", "is made of", "bildas från 2023-01-01 av"),
    ("Johan Ekdahl", "2022", "held", "ledamot in styrelsen", "ledamot i styrelsen"),
    ("Johan Ekdahl", "2022", "held", "moved up · after Birgitta", "trädde in · efter Birgitta"),
    ("Johan Ekdahl", "2021", "present", "styrelsen as ersättare", "styrelsen som ersättare"),
    ("Johan Ekdahl", "2023", "vote", "voted yes · 5 yes, 2 no", "röstade ja · 5 ja, 2 nej"),
    ("Johan Ekdahl", "2020", "silent", "not mentioned", "nämns inte"),
    ("Digital utveckling", "2022", "silence", "no word of it in the report", "inte ett ord om det i årets redovisning"),
    ("Grön måltid", "2022", "partly", "reported 2022", "redovisat 2022"),
]


@pytest.mark.parametrize(
    ("term", "year", "kind", "english", "swedish"), LINES, ids=[f"{row[0]} {row[3]}" for row in LINES]
)
def test_a_line_is_told_in_both_languages(
    corpus_store: Store, term: str, year: str, kind: str, english: str, swedish: str
) -> None:
    for code, line in (("en", english), ("sv", swedish)):
        entries = unfolded(timeline(entity(corpus_store, term, code)))
        told = [entry.what for entry in entries if (entry.year, entry.kind) == (year, kind)]
        assert any(line in what for what in told), (code, told)


def test_everything_is_told_alike_in_both_languages(corpus_store: Store) -> None:
    """Names of the corpus: the same entries in the same years, of the same kinds, with the same quotes."""
    look, shapes = Lookup(corpus_store), {}
    things = list({thing.iri: thing for _, thing in named(look)}.values())
    assert len(things) > 100
    for thing in things[::4]:
        for said in (ENGLISH, SWEDISH):
            entries = unfolded(timeline(describe(look, thing, said)))
            shapes[said.code] = Counter(
                (one.when, one.kind, one.count, one.called, one.because, tuple(one.quotes)) for one in entries
            )
        assert shapes["en"] == shapes["sv"], thing.name


HEADINGS = [
    ("KS 2020/112", "Granåkers kommun · läge: besvarat", "the state of a matter"),
    ("KS 2020/112", "omnämns i 8 dokument från 2020–2024", "what it is known from"),
    ("Trygg digital vardag", "även Digital vardag, TDV", "other names"),
    ("Trygg digital vardag", "2020 – 2023 eller 2024-06-30", "documents that disagree"),
]


@pytest.mark.parametrize(("term", "line", "why"), HEADINGS, ids=[row[2] for row in HEADINGS])
def test_the_heading_is_told_in_swedish(corpus_store: Store, term: str, line: str, why: str) -> None:
    assert any(line in told for told in heading(entity(corpus_store, term, "sv"))), why


def test_reports_and_terminals_speak_swedish(corpus_store: Store) -> None:
    person = entity(corpus_store, "Johan Ekdahl", "sv")
    entries = timeline(person)
    report, console = as_markdown(person, entries), Console(width=100, file=StringIO())
    print_entity(person, entries, console)
    assert isinstance(console.file, StringIO)
    shown = console.file.getvalue()
    kinds = set(re.findall(r"\*\*(\w[\w ]*)\*\*", report))
    assert kinds == {entry_word(one.kind, SWEDISH) for one in unfolded(entries)}
    assert {"närvarande", "uppdrag", "omnämnande", "nämns inte"} <= kinds
    assert "*slutsats, 0,95: A text states" in report, "a stored reason stays as it is"
    assert "Johan Ekdahl  person" in shown
    assert "slutsats, 0,95" in shown


def test_codes_are_the_same_in_json(corpus_store: Store) -> None:
    english, swedish = (
        as_json(one, timeline(one)) for one in (entity(corpus_store, "KS 2020/112", code) for code in ("en", "sv"))
    )
    for one, other in zip(english["timeline"], swedish["timeline"], strict=True):
        assert (one["kind"], one["when"], one["quotes"]) == (other["kind"], other["when"], other["quotes"])


def test_the_command_has_a_language(corpus_graph: Path) -> None:
    asked = ["show", "KS 2020/112", "--out", str(corpus_graph)]
    swedish = CliRunner().invoke(main, [*asked, "--language", "sv"])
    assert (swedish.exit_code, swedish.output.splitlines()[0]) == (0, "KS 2020/112  ärende")
    assert CliRunner().invoke(main, asked).output.splitlines()[0] == "KS 2020/112  case", "English unless asked"
    assert CliRunner().invoke(main, [*asked, "--language", "fi"]).exit_code == 2
