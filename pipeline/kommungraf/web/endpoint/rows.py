"""Rows of an answer, counted while it passes, exactly and without reading it into objects."""

from __future__ import annotations

from collections.abc import Callable


class Strings:
    """Takes strings in double quotes out of text that comes in pieces; ``escaped``: a backslash takes a quote in."""

    def __init__(self, escaped: bool) -> None:
        self._escaped = escaped
        self._inside = False
        self._carried = b""

    def outside(self, piece: bytes) -> bytes:
        """What of a piece lies outside of strings, the strings as nothing."""
        if (self._escaped and b"\\" in piece) or self._carried:
            piece = self._carried + piece
            self._carried = b""
            piece = piece.replace(b"\\\\", b"")
            if piece.endswith(b"\\"):
                piece, self._carried = piece[:-1], b"\\"
            piece = piece.replace(b'\\"', b"")
        parts = piece.split(b'"')
        kept = parts[1::2] if self._inside else parts[::2]
        self._inside ^= len(parts) % 2 == 0
        return b"".join(kept)


class Pattern:
    """Counts a pattern in text that comes in pieces."""

    def __init__(self, pattern: bytes) -> None:
        self._pattern = pattern
        self._end = b""

    def count(self, piece: bytes) -> int:
        """How many more there are with this piece."""
        text = self._end + piece
        self._end = text[-(len(self._pattern) - 1) :] if len(self._pattern) > 1 else b""
        return text.count(self._pattern)


Counter = Callable[[bytes], int]


def _lines(header: bool) -> Counter:
    seen = -1 if header else 0

    def count(piece: bytes) -> int:
        nonlocal seen
        seen += piece.count(b"\n")
        return seen

    return count


def _csv() -> Counter:
    strings, lines = Strings(escaped=False), _lines(header=True)
    return lambda piece: lines(strings.outside(piece))


def _marks(plus: tuple[bytes, ...], minus: tuple[bytes, ...] = ()) -> Counter:
    """Patterns wherever they stand, those that count and those that are taken off: in XML ``<`` never is text."""
    signed = [(Pattern(pattern), 1) for pattern in plus] + [(Pattern(pattern), -1) for pattern in minus]
    seen = 0

    def count(piece: bytes) -> int:
        nonlocal seen
        seen += sum(sign * pattern.count(piece) for pattern, sign in signed)
        return seen

    return count


def _patterns(plus: tuple[bytes, ...], minus: tuple[bytes, ...] = (), blank: bytes = b"") -> Counter:
    """Patterns outside of strings; ``blank``: what may stand between their parts."""
    strings, marks = Strings(escaped=True), _marks(plus, minus)
    return lambda piece: marks(strings.outside(piece).translate(None, blank))


_COUNTERS: dict[str, Callable[[], Counter]] = {
    "json": lambda: _patterns((b"[{", b",{"), blank=b" \t\r\n"),
    "xml": lambda: _marks((b"<result>",)),
    "csv": _csv,
    "tsv": lambda: _lines(header=True),
    "nt": lambda: _lines(header=False),
    "nq": lambda: _lines(header=False),
    "ttl": lambda: _patterns((b" .\n", b" ;\n", b" , ")),
    "n3": lambda: _patterns((b" .\n", b" ;\n", b" , ")),
    "trig": lambda: _patterns((b" .\n", b" ;\n", b" , ")),
    # A property is an element; a node is one more where its name is a type of it.
    "rdf": lambda: _marks((b"\n\t\t<", b"\n\t<"), (b"\n\t</", b"\n\t<rdf:Description")),
    # Every object is a value or a node; a node ends with the list of its last property.
    "jsonld": lambda: _patterns((b"{",), (b"]}",)),
}


def counter(form: str) -> Counter:
    """A function that is given the pieces of an answer in a form, in order, and tells how many rows there were so far.

    Rows of a table; of a graph, its triples.
    """
    return _COUNTERS[form]()
