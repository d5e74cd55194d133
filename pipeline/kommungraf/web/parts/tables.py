"""Tables as CSV: what stands on a page, for spreadsheets and programs.

RFC 4180: a header, commas, CRLF, quotes where they are needed; UTF-8 without a byte order mark (a mark would become
part of the first column's name in many programs). Columns have English names and codes in both languages, so that a
program does not depend on who looks.

A spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@`` as a formula, and such a cell may come from a
document. So an apostrophe is put before every text that begins so (or with a tab or a line break); numbers stay
numbers. Whoever needs the text as it is asks the SPARQL endpoint.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from kommungraf.web.site import MEDIA_TYPES, Page

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d[\d \u00a0.,]*")


def csv_page(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Page:
    """A table as a file that is called ``name``.csv."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows)
    headers = (("content-disposition", f'attachment; filename="{name}.csv"'),)
    return Page(stream.getvalue().encode(), MEDIA_TYPES["csv"], headers=headers)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
