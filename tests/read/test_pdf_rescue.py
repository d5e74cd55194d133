"""PDF files that the first reader cannot open and the second can."""

from __future__ import annotations

import re

import pytest
from read_pdfs import drawn, serif

from kommungraf.errors import InputError
from kommungraf.read import read_bytes

GOOD = drawn(serif)
OPENED = [
    (b"From - Mon\r\n" * 300 + GOOD, "saved with the head of a mail before it"),
    (re.sub(rb"/Root \d+ 0 R", b"/Root 999 0 R", GOOD), "the trailer names an object that does not exist"),
]


@pytest.mark.parametrize(("data", "_why"), OPENED, ids=[why for _, why in OPENED])
def test_a_second_reader_makes_out_what_the_first_cannot_open(data: bytes, _why: str) -> None:
    text, good = read_bytes(data, "a.pdf"), read_bytes(GOOD, "a.pdf")
    assert text.pages == good.pages
    assert text.clean == good.clean
    assert [block.kind for block in text.blocks] == [block.kind for block in good.blocks]
    assert [issue.kind for issue in text.issues] == ["damaged"]


def test_a_file_that_neither_opens_is_named() -> None:
    with pytest.raises(InputError, match="cut off and cannot be opened") as caught:
        read_bytes(GOOD[: len(GOOD) // 2], "a.pdf")
    assert caught.value.kind == "damaged"
