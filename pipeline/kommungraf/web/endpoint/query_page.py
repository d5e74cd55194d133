"""The query page that the Oxigraph server brings along, with its assets, under our address and our rules."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

from kommungraf.web.endpoint.answers import Header, packed
from kommungraf.web.endpoint.engine import Engine

_INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
ASSETS = {
    "": b"text/html; charset=utf-8",
    "yasgui.min.css": b"text/css; charset=utf-8",
    "yasgui.min.js": b"text/javascript; charset=utf-8",
    "logo.svg": b"image/svg+xml",
}
"""What the page is made of, by its name below the page's path, with the media types."""


class QueryPage:
    """The page and its assets: had from a server once, kept for as long as we run."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[list[Header], bytes, bytes | None]] = {}

    async def get(self, name: str, engine: Engine, gzip: bool) -> tuple[list[Header], bytes]:
        """Headers and body of the page (an empty name) or one of its assets."""
        if name not in self._kept:
            body = await _fetch(name, engine)
            headers = [(b"content-type", ASSETS[name]), (b"etag", _tag(body)), (b"vary", b"Accept-Encoding")]
            headers.append((b"cache-control", b"public, max-age=3600" if name else b"no-cache"))
            headers.append((b"content-security-policy", _policy(body) if not name else b"default-src 'none'"))
            self._kept[name] = (headers, body, packed(body))
        headers, body, small = self._kept[name]
        if gzip and small is not None:
            return [*headers, (b"content-encoding", b"gzip")], small
        return headers, body


async def _fetch(name: str, engine: Engine) -> bytes:
    """A part of the page, from a server of our own: what an endpoint elsewhere sends is not to run in our name.

    The page calls its picture by a path of the root, where the server that it comes from stands. Here it stands below.
    """
    own = engine if engine.pid is not None else await Engine.empty()
    try:
        answer = await own.fetch("/" + name)
        body = answer.body if answer.whole else b"".join([answer.body, *[piece async for piece in answer.rest()]])
        return body if name else body.replace(b'href="/logo.svg"', b'href="./logo.svg"')
    finally:
        if own is not engine:
            own.end()


def _tag(body: bytes) -> bytes:
    return b'W/"%s"' % sha256(body).hexdigest()[:16].encode()


def _policy(page: bytes) -> bytes:
    """What the page may do: run its own scripts and the inline one that is in it now, and ask this server.

    The editor sets styles while it runs, and has its icons in ``data:`` addresses.
    """
    hashes = b" ".join(b"'sha256-%s'" % b64encode(sha256(script).digest()) for script in _INLINE.findall(page))
    return (
        b"default-src 'none'; script-src 'self' " + hashes + b"; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        b"frame-ancestors 'none'"
    )
