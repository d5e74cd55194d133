"""Tables that go on over a page break: the same columns, a head that is printed again, a row that is cut in two."""

from __future__ import annotations

from collections.abc import Sequence

from kommungraf.read.drafts import Draft, DraftCell

_SAME_EDGE = 3.0  # points: columns that begin this near are the same
_MOST_HEAD = 4  # rows
_ENDS = ".!?:;"

Cells = Sequence[DraftCell]


def fitted(table: Draft, rest: Draft) -> bool:
    """Whether a table has the columns of one that ended the page before; it may lack some, which are then put in empty.

    A page may be shifted against the one before, as even and odd pages are.
    """
    if _laid_over(table, rest):
        return True
    if not 1 < len(rest.columns) <= len(table.columns):
        return len(rest.columns) == len(table.columns) == 1 and abs(rest.columns[0] - table.columns[0]) < _SAME_EDGE
    shift = rest.columns[0] - table.columns[0]
    if abs(shift) >= _SAME_EDGE and len(rest.columns) < max(3, len(table.columns)):
        return False
    places = [_nearest(table.columns, x - shift) for x in rest.columns]
    if None in places:
        return False
    if len(places) < len(table.columns):
        rest.rows = [_widened(row, places, len(table.columns)) for row in rest.rows]
        rest.columns = tuple(x + shift for x in table.columns)
    return True


def _laid_over(table: Draft, rest: Draft) -> bool:
    """Whether two ruled tables of one width have their columns in the same places: the white between some is common.

    Where no line parts columns, only texts tell where they begin, and those are others on the next page.
    """
    if table.box is None or rest.box is None or not table.whites or len(table.whites) != len(rest.whites):
        return False
    wide = abs((table.box[2] - table.box[0]) - (rest.box[2] - rest.box[0])) < _SAME_EDGE
    same = abs(table.columns[0] - rest.columns[0]) < _SAME_EDGE
    pairs = zip(table.whites, rest.whites, strict=True)
    return wide and same and all(max(a[0], b[0]) < min(a[1], b[1]) for a, b in pairs)


def _nearest(columns: Sequence[float], x: float) -> int | None:
    return next((number for number, column in enumerate(columns) if abs(column - x) < _SAME_EDGE), None)


def _widened(row: list[DraftCell], places: list[int | None], width: int) -> list[DraftCell]:
    cells = [DraftCell() for _ in range(width)]
    for place, cell in zip(places, row, strict=True):
        cells[place or 0] = cell
    return cells


def repeated_head(table: Draft, rest: Draft) -> int:
    """How many rows at the top of a table's rest are its head, printed again on the next page."""
    count = 0
    for above, row in zip(table.rows[:_MOST_HEAD], rest.rows, strict=False):
        if _texts(above) != _texts(row) or not any(_texts(row)):
            break
        count += 1
    return count if 0 < count < len(rest.rows) and (count > 1 or _is_head(table, rest)) else 0


def _is_head(table: Draft, rest: Draft) -> bool:
    """Whether a single equal row is a head and no data: it has words only, or is in bold and the row after is not."""
    row = rest.rows[0]
    words = not any(char.isdigit() for text in _texts(row) for char in text)
    bold = all(cell.bold for cell in row if cell.lines) and not all(c.bold for c in rest.rows[1] if c.lines)
    return bold or (words and len(table.rows) > 1 and sum(map(bool, _texts(row))) > 1)


def goes_on_in(last: Cells, row: Cells) -> bool:
    """Whether a row at the top of a page is the rest of the last row of the page before.

    Only cells that have a text go on; each of them in lower case, or after a text that has not ended, and one in lower
    case at least. A row with a first text of its own goes on only where that does in lower case. Where every text of
    one row stands beside those of the other, lines centred in their cells were parted.
    """
    if last[0].lines and not any(above.lines and below.lines for above, below in zip(last, row, strict=False)):
        return True
    pairs = [(above, below) for above, below in zip(last, row, strict=False) if below.lines]
    if not pairs or not all(_may_go_on(above, below) for above, below in pairs):
        return False
    lower = [_first(below).islower() for _, below in pairs]
    first = row[0].lines and last[0].lines
    return (any(lower) and lower[0]) if first else any(lower) and not row[0].lines


def _may_go_on(above: DraftCell, below: DraftCell) -> bool:
    text = above.lines[-1] if above.lines else ""
    return bool(text) and (_first(below).islower() or text[-1] not in _ENDS) and not _is_number(below)


def _is_number(cell: DraftCell) -> bool:
    return cell.lines[0].replace(" ", "").lstrip("-–−+").isdigit()


def _first(cell: DraftCell) -> str:
    return cell.lines[0][:1]


def _texts(row: Cells) -> list[str]:
    return [" ".join(" ".join(cell.lines).split()) for cell in row]
