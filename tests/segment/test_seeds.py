"""The real documents: every cut that the gold names, files that are one document stay one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kommungraf.read import read
from kommungraf.segment import segment

SHARED = Path(__file__).parents[3] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SEEDS, reason="the seeds are not here: ../shared/seeds is missing"),
]


def _cuts(path: Path) -> list[tuple[int, str]]:
    text = read(path)
    found = [(text.blocks[document.blocks.start].stored.start, document.type) for document in segment(text)[0]]
    return [(0, found[0][1]), *found[1:]]


def test_cuts_and_types_are_those_of_the_gold() -> None:
    facts = [json.loads(line) for line in (SHARED / "gold" / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    coverage = json.loads((SHARED / "gold" / "coverage.json").read_text(encoding="utf-8"))
    for name, kinds in coverage.items():
        expected = [
            (fact["start"], fact["type"]) for fact in facts if fact["kind"] == "document" and fact["file"] == name
        ]
        for start, end in kinds.get("document", []):
            found = [cut for cut in _cuts(SHARED / "seeds" / name) if start <= cut[0] < end]
            assert found == expected


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_a_report_with_chapters_stays_one_document(number: str) -> None:
    path = next(path for path in SEEDS if path.name.startswith(number))
    assert len(_cuts(path)) == 1
