"""Nothing is lost: the parts of a document tile its lines, and children lie inside their parents in reading order."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kommungraf.model.parts import Part
from kommungraf.model.source import Text
from kommungraf.read import read, read_bytes
from kommungraf.segment import segment

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.txt"))
SEEDS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("*.txt"))
_LINES = """# Protokoll|Kommunstyrelsen|2024-03-01|Plats och tid: Stora salen|Beslutande|Anna Exempel (S)|§ 1 Upprop|§ 2
Dnr 2024/1|## Beslut|Beslut|Nämnden beslutar|att avslå motionen|1. Motionen avslås.|- punkt|Bakgrund|Beslutsunderlag
Motion om tåg|# Motion: Tåg|Tjänsteskrivelse|Förslag till beslut|Innehåll|Inledning ..... 3|Mål|Aktiviteter|Resultat
Fokusområde 1: Skola|Budget 2024|Rad\t1\t2|# Deltagare|Signerat med Svenskt BankID|Vid protokollet|Kallelse till
Bo Påhittad, sekreterare|1. Upprop|Verksamhetsplan 2024|Föredragande: Anna Exempel|Underskrifter|§ 3\tDnr 5|Fokusområden
En längre mening som berättar om arbetet i kommunen under året och som inte är någon rubrik alls.|Sida 2 (3)"""
PIECES = [
    *_LINES.replace("\n", "|").split("|"), "", "", "\n\n\n",
    "Kommunstyrelsen\nProtokoll", "Beslutande\tAnna Exempel\n\tBo Påhittad",
]  # fmt: skip


def _check(text: Text) -> None:
    documents, _ = segment(text)
    inside = sum(len(text.clean[document.start : document.end].split()) for document in documents)
    assert inside == len(text.clean.split()), "every word is in a document"
    for document in documents:
        _tile(text, document.parts, document.start, document.end)
        for part in document.walk():
            _nest(text, part)


def _tile(text: Text, parts: list[Part], start: int, end: int) -> None:
    position = start
    for part in parts:
        assert not text.clean[position : part.start].strip(), "no text between two parts"
        assert part.start >= position
        position = part.end
    assert position == end


def _nest(text: Text, part: Part) -> None:
    assert part.start < part.end
    assert text.block_index(part.start) == part.blocks.start
    assert text.block_index(part.end - 1) == part.blocks.stop - 1
    if part.title_span:
        assert part.start <= part.title_span.start < part.title_span.end <= part.end
    position = part.start
    for child in part.children:
        assert position <= child.start
        assert child.end <= part.end
        position = child.end


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_documents_are_covered(path: Path) -> None:
    _check(read(path))


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS, reason="the seeds are not here: ../shared/seeds is missing")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_seeds_are_covered(path: Path) -> None:
    _check(read(path))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_any_mixture_of_lines_is_covered(pieces: list[str]) -> None:
    content = "\n\n".join(pieces)
    if content.strip():
        _check(read_bytes(content.encode(), "EXEMPEL.txt"))
