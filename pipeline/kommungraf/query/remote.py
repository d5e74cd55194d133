"""A graph in a store elsewhere, read over its SPARQL endpoint as if it were here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse_query_results,
)
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from kommungraf.errors import RemoteError
from kommungraf.query.ahead import ReadAhead
from kommungraf.query.store import QueryAnswer

TIMEOUT = 30.0
"""Seconds that a store may take for one answer."""

_FORM = re.compile(
    r"(?:\s+|#[^\n]*(?:\n|$)|base\s*<[^>]*>|prefix\s+[^\s:]*\s*:\s*<[^>]*>)*(select|ask|construct|describe)\b", re.I
)
_DECLARED = re.compile(r"\bprefix\s+([^\s:]*)\s*:", re.I)
_WALKED = 500_000
"""Bytes of an answer whose nodes somebody may look up next."""

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"

UNIONS: tuple[Mapping[str, str], ...] = (
    {},
    {"union-default-graph": "true"},
    {"default-graph-uri": "urn:x-arq:UnionGraph"},
)
"""How stores are told to query the union of all graphs: most do so anyway, Oxigraph and Jena want to be asked."""

IS_UNION = "ASK { ?s ?p ?o . GRAPH ?g { ?s ?p ?o } }"
"""What is true when the union of all graphs is queried."""


class RemoteStore:
    """What pyoxigraph's ``Store`` gives to a reader, from a SPARQL endpoint (``http://localhost:7878/query``).

    Walks over the graph ask for one node after another; the nodes that came together are fetched together
    (:class:`~kommungraf.query.ahead.ReadAhead`), so a walk costs a request per step and not one per node. ``kept`` is
    how many statements are remembered. One object is for one thread. ``requests`` counts what was sent. A user and
    password in the address are sent to the store, and never told; ``name`` is how messages call the store.

    Its methods raise :class:`~kommungraf.errors.RemoteError` when the store does not answer, or refuses a query: then
    with the store's words.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        kept: int = 200_000,
        client: httpx.Client | None = None,
        name: str = "",
    ) -> None:
        self.url = url
        self.name = name or without_credentials(url)
        self.requests = 0
        self._client = client or httpx.Client(timeout=httpx.Timeout(timeout, connect=5.0))
        self._union: Mapping[str, str] | None = None
        self._ahead = ReadAhead(self._quads, kept)

    def query(
        self,
        query: str,
        *,
        prefixes: Mapping[str, str] | None = None,
        use_default_graph_as_union: bool = False,
        **unknown: object,
    ) -> QueryAnswer:
        """Run SPARQL, as ``Store.query`` does. ``prefixes`` need not be declared in the query."""
        if unknown:
            raise TypeError(f"A store elsewhere cannot be told {', '.join(sorted(unknown))}.")
        text = _declared(query, prefixes or {})
        answer = self._send(text, self._as_union() if use_default_graph_as_union else {})
        if _form(query) not in ("select", "ask"):
            return self._triples(answer)
        if len(answer.content) < _WALKED and isinstance(rows := self._results(answer), QuerySolutions):
            self._ahead.note(rows)
        return self._results(answer)

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | None,
        graph_name: NamedNode | None = None,
    ) -> Iterable[Quad]:
        """All quads of all named graphs (or of one) that match. Blank nodes have no name that another store knows."""
        if isinstance(subject, BlankNode) or isinstance(object, BlankNode):
            raise ValueError("A blank node of a store elsewhere cannot be asked for.")
        if graph_name is not None:
            return self._quads(_pattern(subject, predicate, object, graph_name))
        if subject is not None:
            found: Iterable[Quad] = self._ahead.statements(subject, predicate)
            return [quad for quad in found if object is None or quad.object == object]
        if object is not None:
            return self._ahead.pointing(predicate, object)
        return self._quads(_pattern(None, predicate, None, None))

    def forget(self) -> None:
        """Forget what was read: the graph elsewhere is another now."""
        self._ahead.forget()
        self._union = None

    @property
    def held(self) -> int:
        """Statements that are remembered, about."""
        return self._ahead.size

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _quads(self, sparql: str) -> list[Quad]:
        rows = self._results(self._send(sparql, {}))
        assert isinstance(rows, QuerySolutions)
        return [Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows]

    def _as_union(self) -> Mapping[str, str]:
        """How this store is told to query the union of its graphs, found out once."""
        if self._union is None:
            self._union = next((way for way in UNIONS if self._answers_union(way)), None)
        return self._union if self._union is not None else {}  # nothing in it yet: it is asked again

    def _answers_union(self, way: Mapping[str, str]) -> bool:
        try:
            answer = self._results(self._send(IS_UNION, way))
        except _UnreadError:  # a parameter that this store refuses
            return False
        return isinstance(answer, QueryBoolean) and bool(answer)

    def _results(self, response: httpx.Response) -> QuerySolutions | QueryBoolean:
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        form = QueryResultsFormat.from_media_type(kind)
        if form is None:
            raise RemoteError(f"{self.name} answered a query with {kind or 'no type'}; is it a SPARQL endpoint?")
        content = response.content
        try:
            return parse_query_results(usual(content) if form == QueryResultsFormat.JSON else content, form)
        except SyntaxError as error:
            raise RemoteError(f"{self.name} gave an answer that is not {kind}: {error}.") from error

    def _triples(self, response: httpx.Response) -> QueryTriples:
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        held = Store()
        form = RdfFormat.N_TRIPLES if kind == "text/plain" else RdfFormat.from_media_type(kind)
        if form is None:
            raise RemoteError(f"{self.name} answered a query with {kind or 'no type'}; is it a SPARQL endpoint?")
        held.load(response.content, form)
        answer = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(answer, QueryTriples)
        return answer

    def _send(self, sparql: str, parameters: Mapping[str, str]) -> httpx.Response:
        accept = _RESULTS if _form(sparql) in ("select", "ask") else _TRIPLES
        try:
            for attempt in _again():
                with attempt:
                    self.requests += 1
                    response = self._client.post(
                        self.url, params=parameters, data={"query": sparql}, headers={"Accept": accept}
                    )
        except httpx.TimeoutException as error:
            raise RemoteError(f"{self.name} did not answer a query in time.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RemoteError(f"{self.name} cannot be reached ({error}). Is the store running?") from error
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise _UnreadError(f"{self.name} cannot read a query: {_said(response)}")
        if response.is_error:
            status = f"{response.status_code} {response.reason_phrase}"
            raise RemoteError(f"{self.name} refused a query: {status}. {_said(response)}".strip())
        self._check_whole(response)
        return response

    def _check_whole(self, response: httpx.Response) -> None:
        """Virtuoso cuts long answers short and says so in a header only."""
        if "x-sparql-maxrows" in response.headers:
            raise RemoteError(
                f"{self.name} gives no more than {response.headers['x-sparql-maxrows']} rows of an answer that has"
                " more. Raise ResultSetMaxRows in the ini file of the store."
            )


class _UnreadError(RemoteError):
    """The store cannot read a query, or a parameter beside it."""


def _again() -> Retrying:
    """A connection that broke is tried again: a query changes nothing. One that is slow is not."""
    broken = retry_if_exception_type((httpx.NetworkError, httpx.RemoteProtocolError))
    return Retrying(retry=broken, stop=stop_after_attempt(3), wait=wait_exponential(0.1, max=1), reraise=True)


_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_VIRTUOSO_ASK = "__ASK_RETVAL"
_USUAL = {"0": "false", "1": "true"}


def usual(content: bytes) -> bytes:
    """An answer in JSON as everybody else writes it: Virtuoso says 1 for true, and may answer ASK with a row."""
    if _BOOLEAN.encode() not in content and _VIRTUOSO_ASK.encode() not in content:
        return content
    answer = json.loads(content)
    if answer["head"].get("vars") == [_VIRTUOSO_ASK]:
        return b'{"head":{},"boolean":%s}' % (b"true" if answer["results"]["bindings"] else b"false")
    for row in answer.get("results", {}).get("bindings", ()):
        for term in row.values():
            if term.get("datatype") == _BOOLEAN:
                term["value"] = _USUAL.get(term["value"], term["value"])
    return json.dumps(answer).encode()


def without_credentials(url: str) -> str:
    """The address as it may be told: without a user and password, and without parameters, which may be secret."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


_SAID = 300


def _said(response: httpx.Response) -> str:
    """The store's words on what it refuses, in one line: Virtuoso repeats all of the query after them."""
    if "html" in response.headers.get("content-type", ""):
        return ""
    return " ".join(re.split(r"\n\s*\n|SPARQL query:", response.text.strip())[0].split())[:_SAID]


def _form(sparql: str) -> str:
    """``select``, ``ask``, ``construct`` or ``describe``; the store tells what is wrong with anything else."""
    match = _FORM.match(sparql)
    return match[1].lower() if match else "select"


def _declared(sparql: str, prefixes: Mapping[str, str]) -> str:
    """A query with the prefixes that it uses and does not declare."""
    own = set(_DECLARED.findall(sparql))
    wanted = (name for name in prefixes if name not in own and f"{name}:" in sparql)
    return "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in wanted) + sparql


def _pattern(*terms: Any) -> str:
    """The query for the quads of a pattern (subject, predicate, object, graph); ``None`` is any term."""
    values = "".join(f"VALUES ?{name} {{ {term} }} " for name, term in zip("spog", terms, strict=True) if term)
    return f"SELECT ?s ?p ?o ?g {{ {values}GRAPH ?g {{ ?s ?p ?o }} }}"
