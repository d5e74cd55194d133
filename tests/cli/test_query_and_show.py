"""``query`` and ``show`` as a user meets them: answers on stdout, one sentence on stderr for what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kommungraf.cli import main


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


def test_show_finds_a_case_by_its_number(corpus_graph: Path) -> None:
    result = run("show", "KS 2020/112", "--out", str(corpus_graph))
    assert "2020-09-28 · Decision · refer" in result.stdout
    assert "p. 2" in result.stdout, "the page of a PDF"


def test_the_tour_shows_answers_and_what_to_try(corpus_graph: Path) -> None:
    result = run("tour", "--out", str(corpus_graph))
    assert result.exit_code == 0
    assert "$ kommungraf query career" in result.stdout
    assert "Try next" in result.stdout
