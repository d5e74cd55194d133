"""What every answer says to browsers so that nothing in a document can run, and by which names the server is known."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from socket import gethostname
from urllib.parse import urlsplit

Headers = list[tuple[bytes, bytes]]

HEADERS: Headers = [
    (
        b"content-security-policy",
        b"default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
        b"form-action 'self'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]
"""Headers of every page and static file."""

TRANSPORT: tuple[bytes, bytes] = (b"strict-transport-security", b"max-age=31536000")
"""Only behind TLS, and only when it is asked for: a browser keeps to it for a year."""


def loopback(host: str) -> bool:
    """Whether a host can be reached from this machine only."""
    name = host.strip("[]").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


class Hosts:
    """The names that a request may call the server by.

    A page elsewhere whose name is made to lead here (DNS rebinding) would read what is here as if it were its own. So
    a server on loopback answers to loopback's names and to that of ``root_url``; one that is visible to others also to
    addresses, to the machine's own name and to the name that it was told to listen on.
    """

    def __init__(self, host: str, root_url: str) -> None:
        self._open = not loopback(host)
        self._names = {urlsplit(root_url).hostname or ""} - {""}
        if self._open:
            self._names |= {gethostname().lower(), host.strip("[]").lower()}
        self._known: dict[bytes, bool] = {}

    def allowed(self, header: bytes) -> bool:
        """Whether a ``Host`` header names this server."""
        known = self._known.get(header)
        if known is None:
            known = self._allowed(header)
            if len(self._known) < 100:  # the few that are used; whatever else somebody tries is not kept
                self._known[header] = known
        return known

    def _allowed(self, header: bytes) -> bool:
        try:
            parts = urlsplit(f"//{header.decode('ascii')}")
            name, _ = parts.hostname or "", parts.port
        except ValueError:
            return False
        if parts.netloc != header.decode("ascii") or "@" in parts.netloc:
            return False
        return name in self._names or loopback(name) or (self._open and _address(name))


def _address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    """The first value of a header of a request; its name is in lower case."""
    return next((value for key, value in headers if key == name), b"")
