"""``query`` and ``show`` as a user meets them: answers on stdout, one sentence on stderr for what is wrong."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from kommungraf.cli import main
from kommungraf.cli.table import print_rows


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


WRONG = [
    (["query", "decisoins"], "Near it: decisions", "a name with a typing error"),
    (["query", "career"], "needs --param person", "a missing parameter"),
    (["query", "career", "-p", "person"], "write it as name=value", "a parameter without a value"),
    (["query", "decisions", "-p", "year=nyss"], "give a year such as 2024", "a value of the wrong kind"),
    (["query"], "Give the name of a query", "nothing asked"),
    (["query", "--file", "no-such.rq"], "cannot be read", "a file that is not there"),
    (["query", "documents", "--format", "ttl"], "Turtle is for CONSTRUCT", "a format that does not fit"),
    (["show", "Xyzzy Qwertyson"], "Nothing in the graph is called", "a name that nobody bears"),
    (["show", "Anders Nilsson"], "may mean", "a name that two people bear"),
]


@pytest.mark.parametrize(("arguments", "says", "why"), WRONG)
def test_what_is_wrong_is_one_sentence(corpus_graph: Path, arguments: list[str], says: str, why: str) -> None:
    result = run(*arguments, "--out", str(corpus_graph))
    assert result.exit_code == 2, why
    assert says in result.stderr
    assert "Traceback" not in result.output


def test_a_folder_without_a_graph_says_how_to_build_one(tmp_path: Path) -> None:
    result = run("query", "people", "--out", str(tmp_path))
    assert result.exit_code == 2
    assert "kommungraf build" in result.stderr


def test_a_parser_error_is_the_parsers_words(corpus_graph: Path) -> None:
    result = run("query", "-", "--out", str(corpus_graph), stdin="SELECT WHERE")
    assert result.exit_code == 2
    assert "The query could not be answered" in result.stderr


@pytest.mark.parametrize(
    ("sparql", "form", "says"),
    [
        ("ASK { ?s a kg:Decision }", "csv", "true"),
        ("SELECT (1 AS ?one) {}", "csv", "one"),
        ("SELECT (1 AS ?one) {}", "json", '"one"'),
        ("CONSTRUCT { ?s a kg:X } WHERE { ?s a kg:Decision }", "ttl", "ns#X"),
    ],
)
def test_any_sparql_from_stdin(corpus_graph: Path, sparql: str, form: str, says: str) -> None:
    result = run("query", "-", "--format", form, "--out", str(corpus_graph), stdin=sparql)
    assert result.exit_code == 0, result.output
    assert says in result.stdout


WIDTHS = [
    (200, ["date", "text", "decision"], "room for all: one row, IRIs too"),
    (120, ["date", "text"], "less room: no column of IRIs, dates unbroken"),
    (70, ["date       2022-02-28"], "little room: a block per row"),
]


@pytest.mark.parametrize(("width", "words", "why"), WIDTHS)
def test_a_table_fits_the_terminal(width: int, words: list[str], why: str) -> None:
    names = "date body paragraph outcome text decision".split()
    text = "Kommunfullmäktige bifaller motionens första och andra punkt."
    row = ["2022-02-28", "kommunfullmäktige", "12", "approve", text, "document/e10129a240d323ac/1/decision/12.1"]
    console = Console(width=width, file=StringIO(), force_terminal=True, color_system=None)
    left_out = print_rows(names, [row], console)
    assert isinstance(console.file, StringIO)
    lines = console.file.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert all(any(word in line for line in lines) for word in words), why
    assert any("2022-02-28" in line for line in lines)
    assert left_out == ([] if "decision" in words else ["decision"])


def test_no_rows_print_the_header(corpus_graph: Path) -> None:
    result = run("query", "decisions", "-p", "year=1900", "--out", str(corpus_graph))
    assert result.exit_code == 0
    assert result.stdout.split()[:2] == ["date", "body"]
    assert "0 rows" in result.stderr


def test_the_list_has_every_question() -> None:
    result = run("query", "--list")
    assert "Who took part in which meeting" in " ".join(result.stdout.split())


def test_show_tells_a_life_in_order_of_time(corpus_graph: Path) -> None:
    result = run("show", "Gustafsson Ewa", "--format", "json", "--out", str(corpus_graph))
    entity = json.loads(result.stdout)
    assert entity["candidate"]["name"] == "Ewa Gustafsson", "a name turned round is found"
    whens = [fact["when"] for fact in entity["facts"] if fact["when"]]
    assert whens == sorted(whens)
    assert {"Attendance", "Membership", "mention"} <= {fact["kind"] for fact in entity["facts"]}
    assert all(fact["quote"] for fact in entity["facts"])
    years = [entry["year"] for entry in entity["timeline"] if entry["year"]]
    assert years == sorted(years)


FOUND = [
    ("KS 2020/112", "KS 2020/112  case", "a diary number"),
    ("§ 41 2022", "§ 41 Sammanslagning", "a § and the year of its meeting"),
    ("§ 70 kommunfullmäktige", "§ 70 Motion om en cykelpool", "a § and the body"),
    ("tdv", "Trygg digital vardag  project", "a short name"),
    ("Trygg digtal vardag", "Trygg digital vardag  project", "a typing error"),
    ("medborgarförslag belysning elljusspåret", "KS 2020/98  case", "words of a matter's title"),
    ("styrelsen 2022-10-20", "styrelsen 2022-10-20  meeting", "a meeting by body and day"),
    ("municipality/1497", "Hjo  municipality", "what a table calls it"),
]


@pytest.mark.parametrize(("term", "title", "why"), FOUND)
def test_show_finds_what_is_meant(corpus_graph: Path, term: str, title: str, why: str) -> None:
    result = run("show", term, "--out", str(corpus_graph))
    assert result.exit_code == 0, (why, result.output)
    assert result.stdout.startswith(title), (why, result.stdout[:200])


def test_an_ambiguous_name_lists_numbered_choices_and_a_number_decides(corpus_graph: Path) -> None:
    asked = run("show", "Anders Nilsson", "--out", str(corpus_graph))
    assert asked.exit_code == 2
    lines = [line for line in asked.stderr.splitlines() if "M, Tranås" in line]
    assert len(lines) == 1, "each choice says what tells it from the others"
    number = lines[0].split()[0]
    shown = run("show", "Anders Nilsson", "--number", number, "--out", str(corpus_graph))
    assert shown.exit_code == 0
    assert "Moderaterna, Tranås" in shown.stdout
    assert run("show", "Anders Nilsson", "--number", "99", "--out", str(corpus_graph)).exit_code == 2


def test_who_sits_at_a_terminal_is_asked(corpus_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kommungraf.cli.show._somebody_sits_there", lambda: True)
    result = run("show", "Anders Nilsson", "--out", str(corpus_graph), stdin="99\n2\n")
    assert result.exit_code == 0
    assert "Which one" in result.stderr
    assert "99 is not in the range" in result.stderr
    assert result.stdout.startswith("Anders Nilsson  person"), "the question is not among the answers"


def test_show_tells_a_matter_year_by_year_with_quotes(corpus_graph: Path) -> None:
    result = run("show", "KS 2020/112", "--out", str(corpus_graph))
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines == result.stdout.splitlines(), "no blanks at the end of lines"
    assert {"2020", "2021", "2022"} <= set(lines), "years are headings"
    told = " ".join(result.stdout.split())
    assert "→ decision referred to kommunstyrelsen “2. Motionen remitteras till kommunstyrelsen" in told
    assert "2020-09-28, p. 2" in told.replace("\u00a0", " "), "the page of a PDF"
    assert "kommungraf/ns#" not in told, "no codes"
    assert "\x1b" not in result.stdout, "no colour where nobody looks"


def test_mentions_of_a_document_are_one_line_and_can_be_left_out(corpus_graph: Path) -> None:
    def mentions(*options: str) -> list[str]:
        shown = run("show", "Trygg digital vardag", *options, "--out", str(corpus_graph)).stdout
        return [line for line in shown.splitlines() if line.split()[:1] == ["mention"]]

    assert len(mentions()) == len(set(mentions())) > 0
    assert mentions("--no-mentions") == []


def test_show_as_markdown(corpus_graph: Path) -> None:
    result = run("show", "Johan Ekdahl", "--format", "md", "--out", str(corpus_graph))
    assert result.stdout.startswith("# Johan Ekdahl\n")
    assert "\n## 2022\n" in result.stdout
    assert "> 2. Johan Ekdahl (C), Hjo, träder in som ledamot" in result.stdout


def test_the_tour_shows_answers_and_what_to_try(corpus_graph: Path) -> None:
    result = run("tour", "--out", str(corpus_graph))
    assert result.exit_code == 0
    assert "$ kommungraf show" in result.stdout
    assert "$ kommungraf query career" in result.stdout
    assert "$ kommungraf query contradictions" in result.stdout
    assert "Try next" in result.stdout


def test_the_tour_of_an_empty_graph_is_short(empty_graph: Path) -> None:
    result = run("tour", "--out", str(empty_graph))
    assert result.exit_code == 0
    assert "$ kommungraf show" not in result.stdout
    assert "Try next" in result.stdout
