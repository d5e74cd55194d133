"""The order of reading of lines that stand beside each other."""

from kommungraf.read.layout import in_reading_order
from kommungraf.read.rows import Font, Row, Run

FONT = Font(10.0, False, False)


def _rows(*columns: list[tuple[float, str]], starts: tuple[float, ...]) -> list[Row]:
    """Rows from above of columns of (height, text); what stands on one height is one row."""
    runs: dict[float, list[Run]] = {}
    for x0, column in zip(starts, columns, strict=True):
        for y, text in column:
            runs.setdefault(y, []).append(Run(text, x0, x0 + 5.0 * len(text), y, FONT))
    return [Row(runs[y]) for y in sorted(runs)]


def _texts(rows: list[Row]) -> list[str]:
    return [row.text for stretch in in_reading_order(rows) for row in stretch]


def test_columns_with_headings_on_heights_of_their_own_are_read_one_after_the_other() -> None:
    left = [(100.0 + 14 * n, f"Namn Efternamn nummer {n}") for n in range(12)]
    right = [(105.0 + 15.5 * n, f"Stycke som handlar om {n}") for n in range(12)]
    rows = _rows(left, right, starts=(60.0, 240.0))
    assert _texts(rows) == [text for _, text in left] + [text for _, text in right]


def test_labels_with_values_beside_them_are_read_line_by_line() -> None:
    labels = [(100.0 + 28 * n, f"En rätt lång rubrik {n}") for n in range(12)]
    values = [(100.0 + 14 * n, f"Ett värde på raden {n}") for n in range(24)]
    assert len(in_reading_order(_rows(labels, values, starts=(60.0, 240.0)))) == 1


def test_a_narrow_first_column_is_that_of_a_table() -> None:
    numbers = [(107.0 + 28 * n, f"{n}") for n in range(12)]
    texts = [(100.0 + 14 * n, f"Ärende om något {n} och mera") for n in range(24)]
    rows = _rows(numbers, texts, starts=(60.0, 180.0))
    assert len(in_reading_order(rows)) == 1
