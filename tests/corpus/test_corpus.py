"""The bundled corpus is what its sources say, and its gold points at what it quotes."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from corpus.make.__main__ import make  # noqa: E402
from corpus.make.place import page_texts  # noqa: E402

CORPUS = ROOT / "corpus"
DOCUMENTS = sorted((CORPUS / "documents").iterdir())
TYPES = {
    "protokoll", "kallelse", "föredragningslista", "motion", "interpellation", "medborgarförslag", "tjänsteskrivelse",
    "myndighetsbeslut", "verksamhetsberättelse", "verksamhetsplan", "budget", "årsredovisning", "revisionsberättelse",
    "strategi", "reglemente", "överenskommelse", "underskriftssida", "övrigt",
}  # fmt: skip
SWEDISH_PERSONAL_DATA = re.compile(r"\b(19|20)?\d{6}[-+]\d{4}\b|\b0\d{1,3}[- ]\d{2,3} ?\d{2} ?\d{2}\b|\w@\w")


def gold(name: str) -> list[dict[str, object]]:
    """The lines of a gold file."""
    return [json.loads(line) for line in (CORPUS / "gold" / name).read_text(encoding="utf-8").splitlines()]


LINES = gold("mentions.jsonl") + gold("facts.jsonl")


def stands(line: dict[str, object], texts: list[str]) -> bool:
    """Whether a quote stands on its page as often as its gold line says, as whole words."""
    page = texts[int(str(line["page"])) - 1]
    return len(re.findall(rf"(?<!\w){re.escape(str(line['text']))}(?!\w)", page)) >= int(str(line["occurrence"]))


def pages(path: Path) -> list[str]:
    """The pages of a document: of a text, what lies between form feeds or runs of blank lines."""
    if path.suffix == ".pdf":
        return page_texts(path)
    return [page for page in re.split(r"\f|\n{4,}", path.read_text(encoding="utf-8")) if page.strip()]


def test_sources_name_every_document_with_its_hash() -> None:
    sources = tomllib.loads((CORPUS / "sources.toml").read_text(encoding="utf-8"))["source"]
    assert {source["licence"] for source in sources} == {"CC0-1.0"}
    listed = {CORPUS / source["file"]: source["sha256"] for source in sources}
    assert listed == {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in DOCUMENTS}


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    make(tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert made == sorted(
        [
            Path("sources.toml"),
            *(Path("documents") / path.name for path in DOCUMENTS),
            *(Path("gold") / name for name in ("coverage.json", "facts.jsonl", "links.jsonl", "mentions.jsonl")),
        ]
    )
    assert [path for path in made if (tmp_path / path).read_bytes() != (CORPUS / path).read_bytes()] == []


def test_every_document_type_is_there() -> None:
    assert {line["type"] for line in LINES if line["kind"] == "document"} == TYPES


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_page_says_that_it_is_an_example(path: Path) -> None:
    assert [page for page in pages(path) if "EXEMPEL" not in page] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_mark_reaches_a_document(path: Path) -> None:
    assert [page for page in pages(path) if re.search(r"(?m)^\s*@\w|\{\w+ |\|\}", page)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_personal_data_that_does_not_belong(path: Path) -> None:
    assert [page for page in pages(path) if SWEDISH_PERSONAL_DATA.search(page)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_gold_stands_where_it_says(path: Path) -> None:
    lines = [line for line in LINES if line["file"] == path.name and "text" in line]
    assert lines, "a document without gold"
    if path.suffix == ".pdf":
        texts = page_texts(path)
        wrong = [line for line in lines if not stands(line, texts)]
    else:
        text = path.read_text(encoding="utf-8")
        wrong = [x for x in lines if text[int(str(x["start"])) : int(str(x["end"]))] != x["text"]]
    assert wrong == []


def test_one_name_can_be_two_people_and_one_person_have_many_names() -> None:
    people = [line for line in gold("mentions.jsonl") if line["kind"] == "person"]
    assert len({line["entity"] for line in people if line["name"] == "Anders Nilsson"}) == 2
    assert len({line["text"] for line in people if line["entity"] == "ewa"}) >= 4
