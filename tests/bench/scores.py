"""How well a text and its tables were read: character error rate, and F1 of table cells."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein

Table = list[list[str]]


def normal(text: str) -> str:
    """Text as it is compared: composed letters, one kind of hyphen and of white space, no soft hyphens or ligatures."""
    text = unicodedata.normalize("NFKC", text.replace("\u00ad", ""))
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212\ufffe\x02":
        text = text.replace(dash, "-")
    return " ".join(text.split())


def character_errors(truth: str, read: str) -> float:
    """Insertions, deletions and substitutions for each character of the truth; the order of words and lines counts."""
    truth, read = normal(truth), normal(read)
    return Levenshtein.distance(truth, read) / max(1, len(truth))


def cell_f1(truth: list[Table], read: list[Table]) -> float:
    """F1 of the cells with text. The rows of all tables are aligned in order so that most cells are equal.

    A cell is equal when its text is exactly that of the truth, white space apart, in the same column of its row.
    """
    wanted, found = _rows(truth), _rows(read)
    equal = _most_equal(wanted, found)
    cells = sum(map(_count, wanted)) + sum(map(_count, found))
    return 2 * equal / cells if cells else 1.0


def _rows(tables: list[Table]) -> list[list[str]]:
    rows = [[normal(cell or "") for cell in row] for table in tables for row in table]
    return [row for row in rows if any(row)]


def _count(row: list[str]) -> int:
    return sum(map(bool, row))


def _most_equal(wanted: list[list[str]], found: list[list[str]]) -> int:
    """The most equal cells that an alignment of rows in order can have."""
    best = [0] * (len(found) + 1)
    for row in wanted:
        above, diagonal = best[:], 0
        for index, other in enumerate(found, 1):
            same = sum(bool(a) and a == b for a, b in zip(row, other, strict=False))
            best[index] = max(above[index], best[index - 1], diagonal + same)
            diagonal = above[index]
    return best[-1]
