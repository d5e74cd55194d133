"""What is usual in a word processor's document, so that headings that are only set in bold or large can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from kommungraf.read.office_parts import Paragraph

_LARGER = 1.1  # times the size of the text: a heading
_SAME_SIZE = 0.96  # sizes this close are one level of heading
_RARE = 0.15  # of all characters: a size that is more common than this is that of somebody's text
_MOSTLY = 0.5  # of all characters in bold: bold says nothing


@dataclass(slots=True)
class Usual:
    """``ranks``: the level of each size that is larger than the text; ``lowest``: the last level of all headings."""

    bold_tells: bool = True
    ranks: dict[float, int] = field(default_factory=dict)
    lowest: int = 0

    @classmethod
    def of(cls, paragraphs: list[Paragraph]) -> Usual:
        """Measured over the paragraphs that stand in no table."""
        sizes: Counter[float] = Counter()
        bold = 0
        styled: dict[int, float] = {}
        for paragraph in paragraphs:
            if paragraph.heading:
                styled.setdefault(paragraph.heading, size_of(paragraph))
                continue
            for run in paragraph.runs:
                sizes[run.size] += len(run.text)
                bold += len(run.text) * run.bold
        total = sizes.total()
        usual = cls(bold < _MOSTLY * max(1, total))
        size = sizes.most_common(1)[0][0] if sizes else 0.0
        larger = [one for one, count in sizes.items() if one > _LARGER * size > 0 and count < _RARE * total]
        usual.ranks = _among(larger, styled) if styled else _ranked(larger)
        usual.lowest = max([*styled, *usual.ranks.values()], default=0)
        return usual


def _ranked(larger: list[float]) -> dict[float, int]:
    """Levels by size, from the largest."""
    larger = sorted(larger, reverse=True)
    ranks = dict.fromkeys(larger[:1], 1)
    for above, below in pairwise(larger):
        ranks[below] = ranks[above] + (below < _SAME_SIZE * above)
    return ranks


def _among(larger: list[float], styled: dict[int, float]) -> dict[float, int]:
    """The level of the first style of heading that is not larger; below all of them for a smaller size."""
    return {
        size: next((level for level, other in sorted(styled.items()) if other <= size / _SAME_SIZE), max(styled) + 1)
        for size in larger
    }


def size_of(paragraph: Paragraph) -> float:
    """The size in which most of a paragraph is set."""
    sizes: Counter[float] = Counter()
    for run in paragraph.runs:
        sizes[run.size] += len(run.text.strip())
    return sizes.most_common(1)[0][0] if sizes else 0.0
