"""What the tests of segmenting share: documents of a text, and a short way to write a tree of parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.errors import Issue
from kommungraf.model.parts import LogicalDocument, Part
from kommungraf.read import read_bytes
from kommungraf.segment import segment


@pytest.fixture(scope="session")
def documents() -> Callable[[str], list[LogicalDocument]]:
    """The logical documents of a text file with this content."""
    return lambda content: segment(read_bytes(content.encode(), "EXEMPEL.txt"))[0]


@pytest.fixture(scope="session")
def issues() -> Callable[[str], list[Issue]]:
    """What is unclear about a text file with this content."""
    return lambda content: segment(read_bytes(content.encode(), "EXEMPEL.txt"))[1]


@pytest.fixture(scope="session")
def outline() -> Callable[[list[Part]], list[str]]:
    """One line per part: ``role number title``, children indented by two spaces."""
    return _outline


def _outline(parts: list[Part], depth: int = 0) -> list[str]:
    lines = []
    for part in parts:
        number = f" {part.number}" if part.number is not None else ""
        title = f" {part.title}" if part.title else ""
        lines.append("  " * depth + part.role.value + number + title)
        lines += _outline(part.children, depth + 1)
    return lines
