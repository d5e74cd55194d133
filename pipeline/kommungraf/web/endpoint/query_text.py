"""What is seen of a query without an engine: its kind, how deep it nests, whether it reaches for the network."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "update", "unknown"]

_UPDATES = frozenset("INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH".split())
_QUERIES: dict[str, Kind] = {"SELECT": "SELECT", "ASK": "ASK", "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE"}
_ESCAPE = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRI = rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_ESCAPE})*>"
_PROLOGUE = re.compile(
    rf"(?:[\s\ufeff]+|\#[^\r\n]*|(?:PREFIX\s*[^\s<:]*\s*:|BASE)(?:\s|\#[^\r\n]*(?=[\r\n]))*{_IRI}|VERSION\s*[\"'][^\"']*[\"'])*+",
    re.IGNORECASE,
)
_FIRST_WORD = re.compile(r"[A-Za-z]+")
_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)
_JOINED = "\u00b7\u0300-\u036f\u203f\u2040"
"""Signs of names that ``\\w`` does not have."""


def _tokens(iri: str) -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<iri>{iri})
        |(?P<comment>\#[^\r\n]*)
        |(?P<text>\"{{3}}(?:\"{{0,2}}(?:[^\"\\]|\\[\s\S]))*+\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\[\s\S]))*+'{{3}}
            |\"(?:[^\"\\\r\n]|\\.)*+\"|'(?:[^'\\\r\n]|\\.)*+')
        |(?P<variable>[?$]\w+)
        |(?P<tag>@[A-Za-z][A-Za-z0-9-]*)
        |(?P<name>(?:\w[\w.{_JOINED}-]*)?:(?:[\w:.{_JOINED}-]|%[0-9A-Fa-f]{{2}}|\\[^\w\s])*)
        |(?P<word>\w+)
        |(?P<opening>[{{(\[])
        |(?P<closing>[}})\]])""",
        re.VERBOSE,
    )


_TOKEN = _tokens(_IRI)
_SURE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://[^']*>")
"""An IRI that nothing else could be meant by: ``?a<b&&c>'…'`` is a comparison to some readers and an IRI to others."""
_TOKEN_SURE = _tokens(
    rf"<[A-Za-z][A-Za-z0-9+.-]*://[^<>\"{{}}|^`'\x00-\x20]*>|<(?:[^<>\"{{}}|^`\\'\#\x00-\x20]|{_ESCAPE})*>"
)
"""Tokens in the reading that takes ``<`` for a comparison wherever it might be one, and it matters."""
_FEDERATED = "service"
_FROM = re.compile(r"(?:ASK)?FROM(?:NAMED)?", re.IGNORECASE)
"""Keywords need no blank between them."""
_PREFIX = re.compile(r"PREFIX\s*([^\s<:]*)\s*:", re.IGNORECASE)


def kind(query: str) -> Kind:
    """What a query asks for, by its first word after prefixes and comments."""
    beginning = _PROLOGUE.match(query)
    word = _FIRST_WORD.match(query, beginning.end() if beginning else 0)
    name = word[0].upper() if word else ""
    return "update" if name in _UPDATES else _QUERIES.get(name, "unknown")


def changes_each_time(query: str) -> bool:
    """Whether a query calls a function whose value is another one each time (``NOW()``, ``RAND()`` …)."""
    return _VOLATILE.search(query) is not None


def depth(query: str) -> int:
    """How deep brackets lie in brackets; for a query with few brackets only a number that it does not pass.

    Brackets in strings and comments count where it cannot be told that they are there.
    """
    brackets = query.count("{") + query.count("(") + query.count("[")
    if brackets <= _FEW:
        return brackets
    return _deepest(query)


_FEW = 30


def federated(query: str) -> bool:
    """Whether a query has, or may have, a ``SERVICE`` in it: in doubt it has.

    Engines differ in when they decode ``\\u0053`` and in what they take ``<`` for, and a string or a comment may begin
    at one place for them and at another for us. So a query without the letters in any reading is fine; else it is
    read token by token, and where the reading is not sure, it is refused.
    """
    seen = query.lower()
    escaped = "\\u" in seen
    if _FEDERATED not in seen and not (escaped and _FEDERATED in _decoded(query).lower()):
        return False
    return escaped or not _sure(query) or _reaches_out(query)


def _sure(query: str) -> bool:
    """Whether every ``<…>`` is an IRI in every reading."""
    return all(token.lastgroup != "iri" or _SURE.fullmatch(token[0]) for token in _TOKEN.finditer(query))


def _reaches_out(query: str) -> bool:
    suspect = 0
    for token in _TOKEN.finditer(query):
        group = token.lastgroup
        if group in ("text", "comment"):
            continue
        named = _FEDERATED in token[0].lower() and group not in ("iri", "variable")
        if group == "word" and named:
            return True
        if group == "opening" and token[0] == "{" and suspect:
            return True
        # Keywords need no blank after them: SERVICEex:a{} is one too. A group after a name, or one term later, tells.
        suspect = 2 if named else max(suspect - 1, 0)
    return False


def _deepest(query: str) -> int:
    tokens = _TOKEN.finditer(query)
    if not _sure(query):
        return _run(query)
    return _run("".join(token[0] for token in tokens if token.lastgroup in ("opening", "closing")))


def _run(brackets: str) -> int:
    level = deepest = 0
    for character in brackets:
        if character in "{([":
            level += 1
            deepest = max(deepest, level)
        elif character in "})]":
            level -= 1
    return deepest


def _decoded(query: str) -> str:
    return re.sub(_ESCAPE, lambda escape: _character(int(escape[0][2:], 16)), query)


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"


def names_graphs(query: str) -> bool | None:
    """Whether a query says itself which graphs it is asked of (``FROM``); ``None``: two readers may differ in that."""
    if "from" not in query.lower():
        return False
    beginning = _PROLOGUE.match(query)
    end = beginning.end() if beginning else 0
    prefixes = frozenset(_PREFIX.findall(query, 0, end))
    said, unsaid = (_says_from(tokens, query, end, prefixes) for tokens in (_TOKEN, _TOKEN_SURE))
    return said if said == unsaid else None


def _says_from(tokens: re.Pattern[str], query: str, start: int, prefixes: frozenset[str]) -> bool:
    for token in tokens.finditer(query, start):
        if token.lastgroup == "word" and _FROM.fullmatch(token[0]):
            return True
        if token.lastgroup == "name" and _FROM.match(token[0]) and token[0].partition(":")[0] not in prefixes:
            return True
    return False


class Look(NamedTuple):
    """What is seen of a query: its kind, its depth, whether it is federated, whether its answer changes each time,
    and whether it names the graphs that it is asked of."""

    kind: Kind
    depth: int
    federated: bool
    volatile: bool
    names_graphs: bool | None


@lru_cache(maxsize=1024)
def look(query: str) -> Look:
    """Look at a query."""
    return Look(kind(query), depth(query), federated(query), changes_each_time(query), names_graphs(query))
