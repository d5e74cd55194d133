"""The looks: what the neutral list keeps of a text, and that the same text gives the same file."""

from pathlib import Path

import pytest
from corpus.make.looks import LOOKS
from corpus.make.looks.blocks import Document, document, plain
from corpus.make.looks.sources import TEXTS, load

from kommungraf.read import read_bytes

TEXT = """# Protokoll

**Tid:** den 4 maj 2021

Beslutande
Anna Ek (S), ordförande
Bo Ask (M)
Cilla Alm (C)
Dag Rönn (V)

- Köp av hus
- Hyra av bil

| Post | Budget |
|---|---|
| Intäkter | 1 200 |
"""

KINDS = [
    ("heading", ["Protokoll"], "a heading keeps its level and words"),
    ("paragraph", ["Tid: den 4 maj 2021"], "emphasis is kept as bold, its marks are gone"),
    ("item", ["Köp av hus"], "each item is a block"),
    ("item", ["Hyra av bil"], "each item is a block"),
    ("table", [], "cells are rows of the block"),
]


def _document(text: str) -> Document:
    return document("prov", "Protokoll", "Nämnden", read_bytes(text.encode(), "prov.md"))


@pytest.mark.parametrize(("kind", "lines", "why"), KINDS)
def test_the_neutral_list_has_each_kind_of_block(kind: str, lines: list[str], why: str) -> None:
    blocks = [(block.kind, [plain(line) for line in block.lines]) for block in _document(TEXT).blocks]
    assert (kind, lines) in blocks, why


def test_people_line_under_line_are_names_that_a_look_may_set_in_columns() -> None:
    text = "Anna Ek (S), ordförande  \nBo Ask (M)  \nCilla Alm (C)  \nDag Rönn (V)\n\nMötet öppnas av ordföranden.\n"
    names, paragraph = _document(text).blocks
    assert (names.kind, len(names.lines), paragraph.kind) == ("names", 4, "paragraph")


def test_labels_with_their_values_are_fields() -> None:
    text = "Beslutande    Anna Ek (S)\n              Bo Ask (M)\n              Cilla Alm (C)\n\nTid           kl. 13\n"
    [block] = _document(text).blocks
    assert block.fields == [("Beslutande", ["Anna Ek (S)", "Bo Ask (M)", "Cilla Alm (C)"]), ("Tid", ["kl. 13"])]


SAME = ("serif", "sans", "book", "columns", "typst", "docx", "docx-tabs", "html", "zip", "scan-sans")


@pytest.mark.parametrize("name", SAME)
def test_the_same_text_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    made = [LOOKS[name].render([_document(TEXT)], tmp_path / run)[0].read_bytes() for run in ("one", "two")]
    assert made[0] == made[1]


def test_every_source_of_the_corpus_can_be_set() -> None:
    documents = [load(path) for path in TEXTS.glob("*.toml")]
    assert all(document.blocks and document.head for document in documents)
    kinds = {block.kind for document in documents for block in document.blocks}
    assert kinds == {"heading", "paragraph", "item", "table", "fields", "names", "break"}


def test_looks_that_need_a_program_say_how_to_install_it() -> None:
    assert all(look.install.startswith("apt-get install ") for look in LOOKS.values() if look.program)
