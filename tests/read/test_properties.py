"""What holds for every text: nothing is lost, nothing is moved, and every character knows where it came from."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommungraf.model.source import Text
from kommungraf.read import read, read_bytes

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
MARKUP = set("#*_\\<>/[]()`~|&;-=+:{}\"'!.•–>")

LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "",
            "# Rubrik",
            "**Fet rad**",
            "- punkt",
            "1. ett",
            "a) två",
            "   - under",
            "a\tb\tc",
            "| a | b |",
            "|--|--|",
        ]
    ),
    st.sampled_from(
        [
            "Anna Ek     ledamot i       S",
            "            utskott",
            "Tid         Kl. 9",
            "Anna Ek (S)  ",
            "social-",
            "tjänst",
            "hälso-",
            "och sjukvård",
            "---",
            "*",
            "<b>x</b>\ty",
            "\f",
            "&aring;",
        ]
    ),
    st.text(alphabet="abåÄö §12.,:()*_-\\\t <>[]&#|\u00ad", max_size=70),
)


def check(text: Text) -> None:
    """The properties, on one text."""
    places = [(char, at) for char, at in zip(text.clean, text.offsets, strict=True) if not char.isspace()]
    assert all(one[1] < other[1] for one, other in pairwise(places)), "places only grow"
    blocks = text.blocks
    assert "\n\n".join(text.of(block) for block in blocks) == text.clean, "clean is the blocks and nothing else"
    for block in blocks:
        assert block.stored.start <= text.offsets[block.start] < block.stored.end
        assert text.of(block) == text.of(block).strip(" \r\n\f") or block.kind == "table"
        for row in block.rows:
            assert [cell.column for cell in row.cells] == list(range(len(row.cells)))
    kept = {at for _, at in places}
    for line in text.running:
        kept.update(range(*line.stored))
    lost = {char for at, char in enumerate(text.stored) if at not in kept and char.isprintable() and not char.isspace()}
    links = "](" in text.stored or "<" in text.stored or "&" in text.stored
    assert links or all(not char.isalpha() for char in lost - set("aboixv")), f"lost: {lost}"


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_any_text(lines: list[str], end: str) -> None:
    source = end.join(lines) + "\nslut"
    text = read_bytes(source.encode(), "fil.txt")
    assert text.stored == source
    check(text)
    same = [(char, text.stored[at]) for char, at in zip(text.clean, text.offsets, strict=True) if not char.isspace()]
    assert all(char == stored or stored == "&" for char, stored in same), "each character is the one it says it is"


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.exists(), reason="the shared real documents are not here")
def test_the_real_documents() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        text = read(path)
        assert text.stored == path.read_bytes().decode(), path.name
        check(text)
        inside = bytearray(len(text.stored))
        for block in text.blocks:
            inside[block.stored.start : block.stored.end] = b"\1" * (block.stored.end - block.stored.start)
        left = {char for at, char in enumerate(text.stored) if not inside[at] and not char.isspace()}
        assert left <= set("-*_="), "outside the blocks there are only rules"
