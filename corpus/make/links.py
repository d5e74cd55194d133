"""Gold of links from ``links.toml``: each quote is looked up in its document and has to stand there exactly once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.make.gold import Line
from corpus.make.place import page_texts


def make_links(path: Path, documents: Path) -> tuple[list[Line], dict[str, str]]:
    """The gold lines of a file of links, and the kinds of which they are complete."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    coverage = table.pop("coverage")
    aligned = [line for group in table.pop("alignments") for line in _aligned(group)]
    plain = [{"kind": kind} | line for kind, lines in table.items() for line in lines]
    return [_placed(line, documents) for line in [*aligned, *plain]], coverage


def _aligned(group: dict[str, Any]) -> Iterator[Line]:
    """One line per pair of a planned activity and what a report or a later plan says of it."""
    for planned, other, *rest in group["pairs"]:
        status, optional = [*rest, "", ""][:2]
        side = "reported" if "report" in group else "next"
        line: Line = {"kind": "alignment", "planned": {"file": group["plan"], "text": planned}}
        line[side] = {"file": group.get("report") or group["next"], "text": other}
        status = status or group.get("status", "")
        yield line | ({"status": status} if status else {}) | ({"optional": True} if optional else {})


def _placed(line: Line, documents: Path) -> Line:
    """A line whose quotes have their place: offsets in a text, the page of a PDF."""
    return {
        key: value | _place(value, documents) if isinstance(value, dict) and "text" in value else value
        for key, value in line.items()
    }


def _place(side: dict[str, Any], documents: Path) -> dict[str, int]:
    path, quote = documents / side["file"], side["text"]
    if path.suffix == ".pdf":
        pages = [number for number, text in enumerate(page_texts(path), 1) for _ in _found(quote, text)]
        if len(pages) != 1:
            raise ValueError(f"{path.name}: stands there {len(pages)} times: {quote!r}")
        return {"page": pages[0]}
    spans = list(_found(quote, path.read_text(encoding="utf-8")))
    if len(spans) != 1:
        raise ValueError(f"{path.name}: stands there {len(spans)} times: {quote!r}")
    return {"start": spans[0][0], "end": spans[0][1]}


def _found(quote: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(rf"(?<!\w){re.escape(quote)}(?!\w)", text):
        yield match.span()
