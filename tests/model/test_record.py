"""What a record says of a passage's page."""

from __future__ import annotations

from kommungraf.model.record import make_passage
from kommungraf.model.source import Span
from kommungraf.read import read_bytes


def paged(first: int) -> str:
    """Three pages whose printed numbers begin at one."""
    words = ("den första", "den andra", "den tredje")
    return "\f".join(f"Sida {first + n}\n\nDet här är sidan, {word} i ordningen.\n" for n, word in enumerate(words))


def test_a_page_is_counted_and_told_as_printed_where_that_differs() -> None:
    text = read_bytes(paged(7).encode(), "a.txt")
    at = text.clean.index("den andra")
    passage = make_passage(text, "document/x", Span(at, at + 9))
    assert (passage["page"], passage["printedPage"]) == (2, "8")


def test_a_page_that_is_printed_as_it_is_counted_is_told_once() -> None:
    text = read_bytes(paged(1).encode(), "a.txt")
    at = text.clean.index("den andra")
    passage = make_passage(text, "document/x", Span(at, at + 9))
    assert passage["page"] == 2
    assert "printedPage" not in passage
