"""The order of reading of lines that stand beside each other."""

from kommungraf.read.order import Gutter, gutter_of, in_reading_order
from kommungraf.read.pdf_grid import Grid
from kommungraf.read.pdf_rows import RuledRow
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
    return [row.text for stretch in in_reading_order(rows) for row in stretch.rows]


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


LONG = "Kommunen har under året arbetat med planen"
BODY, TITLE = Font(10.0, False, False), Font(18.0, False, False)


def _column(x0: float, heights: range, font: Font = BODY, text: str = LONG) -> list[Row]:
    return [Row([Run(f"{text} {y}", x0, x0 + 210.0, float(y), font)]) for y in heights]


def _page(*parts: list[Row]) -> list[Row | RuledRow]:
    return sorted((row for part in parts for row in part), key=lambda row: (row.y, row.x0))


def _heights(rows: list[Row | RuledRow], known: tuple[Gutter, ...] = ()) -> list[list[float]]:
    return [[row.y for row in stretch.rows] for stretch in in_reading_order(rows, known)]


def test_a_title_over_both_columns_parts_them() -> None:
    wide = [Row([Run("En titel som är bredare än en spalt", 60.0, 400.0, 300.0, TITLE)])]
    short = [Row([Run("Kort titel", 60.0, 150.0, 300.0, TITLE)])]
    above = (_column(60, range(100, 240, 13)), _column(300, range(107, 240, 13)))
    below = (_column(60, range(340, 480, 13)), _column(300, range(347, 480, 13)))
    for title in (wide, short):
        order = [y for part in _heights(_page(*above, title, *below)) for y in part]
        columns = [float(y) for part in (range(100, 240, 13), range(107, 240, 13)) for y in part]
        assert order[: len(columns) + 1] == [*columns, 300.0]


def test_the_last_lines_of_a_wrapped_title_stay_with_it() -> None:
    title = [Row([Run(text, 60.0, x1, y, TITLE)]) for text, x1, y in (("Först", 480.0, 100.0), ("sist", 120.0, 122.0))]
    columns = (_column(60, range(150, 290, 13)), _column(300, range(157, 290, 13)))
    assert _heights(_page(title, *columns))[0] == [100.0, 122.0]


def test_a_few_lines_in_columns_are_columns_only_where_others_show_the_gutter() -> None:
    rows = _page(_column(60, range(100, 140, 13)), _column(300, range(107, 130, 13)))
    known = gutter_of(_page(_column(60, range(100, 240, 13)), _column(300, range(107, 240, 13))))
    assert known is not None
    assert len(_heights(rows)) == 1
    assert _heights(rows, (known,)) == [[100.0, 113.0, 126.0, 139.0], [107.0, 120.0]]


def test_texts_that_begin_beside_each_other_are_rows_of_a_table() -> None:
    starts = (100, 152, 204, 256)
    left = [row for start in starts for row in _column(60, range(start, start + 39, 13))]
    right = [row for start in starts for row in _column(300, range(start, start + 27, 13))]
    assert len(_heights(_page(left, right))) == 1


def test_tables_beside_each_other_are_read_one_after_the_other() -> None:
    def table(x0: float, top: float) -> list[RuledRow]:
        ys = tuple(top + 20.0 * number for number in range(4))
        owners = tuple(tuple((row, column) for column in range(2)) for row in range(3))
        grid = Grid((x0, x0 + 100.0, x0 + 200.0), ys, owners)
        return [RuledRow(grid, y, []) for y in ys[:-1]]

    left, right = table(60, 110), table(300, 100)
    assert [stretch.rows for stretch in in_reading_order([*right, *left])] == [left, right]
