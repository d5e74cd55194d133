"""What a record says of a passage's page."""

from __future__ import annotations

from kommungraf.model.record import make_passage
from kommungraf.model.source import Span
from kommungraf.read import read_bytes

PAGES = "\f".join(f"Sida {number}\n\nDet här är texten på sidan, {word} i ordningen.\n" for number, word in
                  ((7, "den första"), (8, "den andra"), (9, "den tredje")))  # fmt: skip


def test_a_page_is_counted_and_told_as_printed_where_that_differs() -> None:
    text = read_bytes(PAGES.encode(), "a.txt")
    at = text.clean.index("den andra")
    passage = make_passage(text, "document/x", Span(at, at + 9))
    assert (passage["page"], passage["printedPage"]) == (2, "8")


def test_a_page_that_is_printed_as_it_is_counted_is_told_once() -> None:
    text = read_bytes(PAGES.replace("Sida 7", "Sida 1").replace("Sida 8", "Sida 2").replace("Sida 9", "Sida 3").encode(), "a.txt")  # fmt: skip
    at = text.clean.index("den andra")
    passage = make_passage(text, "document/x", Span(at, at + 9))
    assert passage["page"] == 2
    assert "printedPage" not in passage
