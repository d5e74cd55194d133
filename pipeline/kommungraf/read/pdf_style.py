"""What is usual in a PDF and on each of its pages, so that headings and ends of paragraphs can be told."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from statistics import quantiles

from kommungraf.read.pdf_rows import RuledRow
from kommungraf.read.rows import Row

_LARGER = 1.1  # times the size of the text: a heading
_SAME_SIZE = 0.96  # sizes this close are one level of heading
_RARE = 0.15  # of all characters: a size that is more common than this is that of somebody's text
_WIDE, _ENOUGH = 50, 300  # characters: a line of running text; a page that shows what its text looks like
_NARROW, _COLUMN_LINES = 28, 5  # characters of a line, and lines, of a narrow column of text


@dataclass(frozen=True, slots=True)
class Style:
    """Size of the text, distance of its lines (in ems), sizes of headings from the largest, right edge of the text."""

    size: float
    leading: float
    headings: tuple[float, ...]
    right: float
    levels: int  # of headings by size, in the whole document

    @classmethod
    def of(cls, pages: list[list[Row | RuledRow]]) -> Style:
        """Measured over all pages. A bundle has texts of several sizes: what is common is no heading."""
        free = [_free(page) for page in pages]
        sizes = _sizes(chain.from_iterable(free))
        size = sizes.most_common(1)[0][0] if sizes else 11.0
        rare = _RARE * sizes.total()
        headings = sorted((s for s, count in sizes.items() if s > _LARGER * size and count < rare), reverse=True)
        right = _right(list(chain.from_iterable(free))) or float("inf")
        levels = _rank(tuple(headings), headings[-1]) if headings else 0
        return cls(size, _leading(free, right) or 1.25, tuple(headings), right, levels)

    def on_page(self, page: list[Row | RuledRow]) -> Style:
        """The same for one page, where the page has enough text to show its own."""
        rows = _free(page)
        sizes = _sizes(rows)
        size = sizes.most_common(1)[0][0] if sizes.total() >= _ENOUGH else self.size
        right = _right(rows) or self.right
        headings = tuple(s for s in self.headings if s > _LARGER * size)
        leading = _leading([rows], right, few=False) or self.leading
        return replace(self, size=size, right=right, headings=headings, leading=leading)

    def level(self, size: float) -> int:
        """The level of a heading of some size, 1 for the largest; 0 for the size of text."""
        return _rank(self.headings, size) if size in self.headings else 0


def _rank(sizes: tuple[float, ...], size: float) -> int:
    rank = 1
    for above, below in pairwise(sizes):
        if above == size:
            break
        rank += below < _SAME_SIZE * above
    return rank


def _free(page: list[Row | RuledRow]) -> list[Row]:
    return [row for row in page if isinstance(row, Row)]


def _sizes(rows: chain[Row] | list[Row]) -> Counter[float]:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[row.size] += len(row.text)
    return sizes


def _right(rows: list[Row]) -> float | None:
    """Where long lines end, or those of a narrow column of text, most of which are nearly as long as it is wide."""
    ends = sorted(row.x1 for row in rows if len(row.runs) == 1 and len(row.text) >= _WIDE)
    if len(ends) < 3:
        ends = sorted(row.x1 for row in rows if len(row.runs) == 1 and len(row.text) >= _NARROW)
        if len(ends) < max(_COLUMN_LINES, 0.6 * len(rows)) or ends[len(ends) // 4] < 0.85 * ends[-1]:
            return None
    return ends[len(ends) * 9 // 10]


def _leading(pages: list[list[Row]], right: float, few: bool = True) -> float | None:
    """The distance of lines inside paragraphs, in ems: what follows a full line is the same paragraph's next line.

    Where no line is full (a document of lists) and ``few`` allows it, the smaller distances are taken for it.
    """
    full: list[float] = []
    other: list[float] = []
    for page in pages:
        for above, row in pairwise(page):
            distance = (row.y - above.y) / row.size
            if above.size == row.size and 0.9 < distance < 2.5:
                (full if above.x1 > 0.93 * right else other).append(distance)
    if len(full) >= 3:
        return quantiles(full, n=4)[0]  # a full line may end its paragraph: those inside are the nearest
    return quantiles(other, n=4)[0] if few and len(other) > 1 else None
