"""Every message of the code and the templates has a Swedish one with the same places, and no catalogue holds others."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, nodes

import kommungraf
from kommungraf.languages import CODES, ENGLISH, Words, catalogue, messages, words
from kommungraf.query.kinds import entry_word, kind_word
from kommungraf.query.named_queries import named_queries
from kommungraf.web.parts.overviews import data_query

PACKAGE = Path(kommungraf.__file__).parent
SPEAKS = re.compile(r"kommungraf\.languages|\.(?:words|say)\b")
"""What stands in a module that says something."""
SAYERS = frozenset({"words", "say", "said", "_"})
"""Names by which the code and the templates call a Words."""


def in_code() -> Iterator[tuple[str, str]]:
    """Message and file of every call of a Words, and of every table of messages."""
    for path in sorted(PACKAGE.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)) if SPEAKS.search(source) else ():
            if isinstance(node, ast.Call):
                for argument in _messages(node):
                    for one in ast.walk(argument):
                        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value not in CODES:
                            yield one.value, path.name


def _messages(call: ast.Call) -> list[ast.expr]:
    """The arguments that are messages; of a conditional expression or a table, what may be said."""
    of = call.func
    counts = isinstance(of, ast.Attribute) and of.attr == "count" and _name(of.value) in SAYERS
    if counts and len(call.args) == len(("number", "one", "many")):
        return call.args[1:]
    if _name(of) == "messages" and call.args and isinstance(call.args[0], ast.Dict):
        return call.args[0].values
    if _name(of) in SAYERS and call.args and isinstance(call.args[0], ast.Constant):
        return call.args[:1]
    return []


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def in_templates() -> Iterator[tuple[str, str]]:
    """Message and template of every ``_("…")``; of ``_(name)`` in a loop over a table, the words of the table; of a
    table that is set as ``said``, all texts."""
    environment = Environment(autoescape=True)
    for path in sorted((PACKAGE / "web" / "templates").rglob("*.*")):
        tree = environment.parse(path.read_text(encoding="utf-8"))
        for call in tree.find_all(nodes.Call):
            of = call.node
            counts = isinstance(of, nodes.Getattr) and of.attr == "count" and getattr(of.node, "name", "") in SAYERS
            if counts or (isinstance(of, nodes.Name) and of.name in SAYERS):
                for argument in call.args[1:] if counts else call.args[:1]:
                    if isinstance(argument, nodes.Const) and isinstance(argument.value, str):
                        yield argument.value, path.name
        for table in tree.find_all(nodes.Assign):
            if getattr(table.target, "name", "") in SAYERS and isinstance(table.node, nodes.Dict):
                yield from ((one.value, path.name) for one in table.node.find_all(nodes.Const) if _is_text(one.value))
        yield from ((one, path.name) for one in _looped(tree))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _looped(tree: nodes.Template) -> Iterator[str]:
    """Texts of a table in a template whose rows are said: ``{% for path, name in ((…, "Start"),) %}{{ _(name) }}``."""
    for loop in tree.find_all(nodes.For):
        names = [one.name for one in loop.target.find_all(nodes.Name)] or [getattr(loop.target, "name", "")]
        said = {
            call.args[0].name
            for call in loop.find_all(nodes.Call)
            if isinstance(call.node, nodes.Name) and call.node.name in SAYERS and isinstance(call.args[0], nodes.Name)
        }
        for place, name in enumerate(names):
            if name in said and isinstance(loop.iter, nodes.Tuple | nodes.List):
                for row in loop.iter.items:
                    cell = row.items[place] if isinstance(row, nodes.Tuple | nodes.List) else row
                    if isinstance(cell, nodes.Const):
                        yield cell.value


def in_queries() -> Iterator[tuple[str, str]]:
    """What the named queries say of themselves and of what they take."""
    for query in named_queries().values():
        for message in (query.title, query.description, *(parameter.help for parameter in query.parameters)):
            yield message, f"{query.name}.rq"
    translated = catalogue("sv")
    for entry in (PACKAGE / "web" / "pages" / "data").glob("*.rq"):
        if (title := data_query(entry.stem).title) in translated:  # those of the overviews only are shown
            yield title, entry.name


def places(message: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}


USED = {message: file for message, file in [*in_code(), *in_templates(), *in_queries()] if message}


def test_the_walk_sees_messages_of_every_kind() -> None:
    assert {"by {who}", "named in {n} documents", "outcome|referred to {to}", "Skip to the content"} <= USED.keys()


def test_every_message_has_a_swedish_one() -> None:
    said = catalogue("sv")
    assert [f"{file}: {message}" for message, file in sorted(USED.items()) if message not in said] == []


def test_no_catalogue_holds_what_nobody_says() -> None:
    assert sorted(catalogue("sv").keys() - USED.keys()) == []


def test_a_translation_has_the_places_of_its_message() -> None:
    said = catalogue("sv")
    assert [english for english, swedish in said.items() if places(english) != places(swedish)] == []
    assert [english for english, swedish in said.items() if not swedish.strip()] == [], "it would be said in English"


def test_areas_that_disagree_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "xx"
    folder.mkdir()
    (folder / "a.toml").write_text('[words]\n"case" = "ärende"\n', encoding="utf-8")
    (folder / "b.toml").write_text('[words]\n"case" = "fall"\n', encoding="utf-8")
    monkeypatch.setattr(resources, "files", lambda package: tmp_path)
    with pytest.raises(ValueError, match=r"b\.toml says 'case' in another way"):
        catalogue("xx")


# (words, message, values, said, why)
SAID = [
    (ENGLISH, "outcome|elected", {}, "elected", "what a message is about is not said"),
    (words("sv"), "outcome|elected", {}, "väljer", "the word of a decision"),
    (words("sv"), "elected", {}, "vald", "the word of a person"),
    (words("sv"), "by {who}", {"who": "Åsa {who} Ek"}, "av Åsa {who} Ek", "braces of a document stay"),
    (words("sv"), "nobody has said this", {}, "nobody has said this", "without a translation: English"),
    (words("sv"), "", {}, "", "nothing is said with nothing"),
]


@pytest.mark.parametrize(("said", "message", "values", "expected", "why"), SAID, ids=[row[4] for row in SAID])
def test_said(said: Words, message: str, values: dict[str, str], expected: str, why: str) -> None:
    assert said(message, **values) == expected, why


def test_numbers_are_written_as_the_language_does() -> None:
    sv = words("sv")
    assert (ENGLISH.number(12345), sv.number(12345)) == ("12,345", "12\u00a0345")
    assert (ENGLISH.share(0.75), sv.share(0.75)) == ("0.75", "0,75")
    assert sv.count(1, "named in {n} document", "named in {n} documents") == "omnämns i 1 dokument"


def test_a_language_that_there_is_none_of() -> None:
    with pytest.raises(KeyError, match="fi"):
        words("fi")


def test_kinds_are_called_by_the_language() -> None:
    assert (kind_word("GoverningBody"), kind_word("GoverningBody", words("sv"))) == ("body", "organ")
    assert (entry_word("noDocuments"), entry_word("noDocuments", words("sv"))) == ("no documents", "inga dokument")
    assert kind_word("NeverHeardOf", words("sv")) == "neverheardof", "an unknown one is shown as it is"


def test_a_table_of_messages_stays_what_it_is() -> None:
    assert messages({"a": "by {who}"}) == {"a": "by {who}"}
