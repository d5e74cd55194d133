"""A store elsewhere that is written by the SPARQL 1.1 Graph Store HTTP Protocol, one named graph at a time."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import httpx
from pyoxigraph import Quad, RdfFormat, parse
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from kommungraf.errors import RemoteError, UsageError

N_TRIPLES = "application/n-triples"

_PASSING = frozenset({408, 429, 500, 502, 503, 504})
"""Answers that may be others in a moment."""

_NO_STORE = (
    "takes no graphs at this address; a graph store is at …/store (Oxigraph), …/data (Fuseki), …/rdf-graphs/service"
    " (GraphDB) or …/sparql-graph-crud-auth (Virtuoso)"
)
_SAID = {
    HTTPStatus.UNAUTHORIZED: "wants to know who you are: give --user and --password-env (with --digest where the store"
    " asks for digest authentication, as Virtuoso does), or --token-env",
    HTTPStatus.FORBIDDEN: "does not let you write; ask whoever runs it for the right to update",
    HTTPStatus.NOT_FOUND: _NO_STORE,
    HTTPStatus.METHOD_NOT_ALLOWED: _NO_STORE,
    HTTPStatus.NOT_IMPLEMENTED: _NO_STORE,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "takes no request as large as this; push smaller parts: --part 5000",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "reads neither N-Triples nor what they were packed with; try without --gzip",
}


class GraphRefusedError(RemoteError):
    """The store refuses one graph, and may well take another."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who writes: a user with a password (``digest``: not sent as it is), or the bearer of a token, or nobody."""

    user: str = ""
    password: str = ""
    token: str = ""
    digest: bool = False

    def client(self, timeout: float) -> httpx.Client:
        """A pool of connections of its own: the state of digest authentication is for one thread."""
        auth: httpx.Auth | None = None
        if self.user:
            auth = (httpx.DigestAuth if self.digest else httpx.BasicAuth)(self.user, self.password)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx.Client(auth=auth, headers=headers, timeout=httpx.Timeout(timeout, connect=10.0))


class GraphStore:
    """The graph store at an address. May be used by several threads.

    What fails for a moment (no connection, 429, 5xx) is tried ``tries`` times, ``pause`` seconds and then twice as long
    apart; ``told`` hears of it. Methods raise :class:`~kommungraf.errors.RemoteError` with a sentence for a person.
    """

    def __init__(
        self,
        url: str,
        access: Access = Access(),
        *,
        packed: bool = False,
        timeout: float = 300.0,
        tries: int = 6,
        pause: float = 1.0,
        told: Callable[[str], None] = lambda _: None,
    ) -> None:
        if httpx.URL(url).scheme not in ("http", "https") or not httpx.URL(url).host:
            raise UsageError(f"{url} is not the address of a graph store (http://localhost:7878/store).")
        self.url, self.packed = url, packed
        self._access, self._timeout, self._told = access, timeout, told
        self._retrying = Retrying(
            retry=retry_if_exception(_passes),
            stop=stop_after_attempt(tries),
            wait=_Wait(pause),
            before_sleep=self._tell,
            reraise=True,
        )
        self._own = threading.local()

    def get(self, graph: str) -> list[Quad]:
        """The statements of a graph; none when there is no such graph."""
        response = self._send("GET", graph, missing=True)
        if response is None:
            return []
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        form = RdfFormat.N_TRIPLES if kind == "text/plain" else RdfFormat.from_media_type(kind)
        if form is None:
            raise RemoteError(f"{self.url} answered with {kind or 'no type'} where a graph was asked for.")
        try:
            return list(parse(response.content, form))
        except SyntaxError as error:
            raise RemoteError(f"{self.url} gave a graph that cannot be read: {error}.") from error

    def put(self, graph: str, n_triples: bytes) -> None:
        """Make a graph what the N-Triples say."""
        self._send("PUT", graph, n_triples)

    def post(self, graph: str, n_triples: bytes) -> None:
        """Add the N-Triples to a graph."""
        self._send("POST", graph, n_triples)

    def delete(self, graph: str) -> None:
        """Take a graph out; it may be gone already."""
        self._send("DELETE", graph, missing=True)

    def _client(self) -> httpx.Client:
        if not hasattr(self._own, "client"):
            self._own.client = self._access.client(self._timeout)
        client: httpx.Client = self._own.client
        return client

    def _send(
        self, method: str, graph: str, body: bytes | None = None, *, missing: bool = False
    ) -> httpx.Response | None:
        headers = {"Accept": f"{N_TRIPLES}, text/turtle;q=0.5" if method == "GET" else "*/*"}  # Virtuoso is strict
        if body is not None:
            headers["Content-Type"] = N_TRIPLES
            if self.packed:
                headers["Content-Encoding"], body = "gzip", gzip.compress(body, 5, mtime=0)
        try:
            response = self._retrying(self._once, method, graph, body, headers)
        except _PassingError as error:
            raise self._refused(error.response) from error
        except httpx.TimeoutException as error:
            raise RemoteError(f"{self.url} did not answer in time.") from error
        except httpx.TransportError as error:
            raise RemoteError(f"{self.url} cannot be reached: {_reason(error)}.") from error
        if missing and response.status_code == HTTPStatus.NOT_FOUND:
            return None
        if not response.is_success:
            raise self._refused(response)
        return response

    def _once(self, method: str, graph: str, body: bytes | None, headers: dict[str, str]) -> httpx.Response:
        response = self._client().request(method, self.url, params={"graph": graph}, content=body, headers=headers)
        if response.status_code in _PASSING:
            raise _PassingError(response)
        return response

    def _refused(self, response: httpx.Response) -> RemoteError:
        status = response.status_code
        if said := next((words for known, words in _SAID.items() if known == status), ""):
            return RemoteError(f"{self.url} {said} ({status}).")
        if response.is_redirect:
            return RemoteError(f"{self.url} has moved to {response.headers.get('location', 'another address')}.")
        words = " ".join(response.text.split())[:300]
        kind = GraphRefusedError if response.is_client_error else RemoteError
        return kind(f"{self.url} answered {status}" + (f": {words}" if words else "") + ".")

    def _tell(self, state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        what = str(error.response.status_code) if isinstance(error, _PassingError) else _reason(error)
        wait = state.next_action.sleep if state.next_action else 0
        self._told(f"{self.url}: {what}; trying again in {wait:.0f} s")


class _PassingError(Exception):
    """An answer that may be another in a moment."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__(response.status_code)
        self.response = response


class _Wait:
    """As long as the store asks for (``Retry-After``, at most two minutes), else longer from time to time."""

    def __init__(self, pause: float) -> None:
        self._usual = wait_exponential_jitter(multiplier=pause, max=60 * pause, jitter=pause)

    def __call__(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.response.headers.get("retry-after", "") if isinstance(error, _PassingError) else ""
        return min(float(asked), 120.0) if asked.isdigit() else self._usual(state)


def _passes(error: BaseException) -> bool:
    """Whether what went wrong may go well in a moment; a certificate that is not trusted will not be."""
    return isinstance(error, _PassingError) or (
        isinstance(error, httpx.TransportError) and "CERTIFICATE_VERIFY" not in str(error)
    )


def _reason(error: BaseException | None) -> str:
    """What went wrong with a connection: TLS errors say it in their cause only."""
    text = str(error) or type(error).__name__
    return f"its certificate is not trusted ({text})" if "CERTIFICATE_VERIFY" in text else text.rstrip(".")
