"""What is in a PDF page but not of its text: marks and logs of signing services, and the note that a page is empty."""

from __future__ import annotations

import re
from collections.abc import Container

from kommungraf.model.source import LeftOut
from kommungraf.read.pdf_frame import Box
from kommungraf.read.pdf_rows import RuledRow
from kommungraf.read.rows import Row
from kommungraf.read.running import without_number
from kommungraf.read.signing import is_log, is_mark, is_signing_page, without_identity

_EMPTY = re.compile(
    r"\W*(?:denna |den här )?(?:sida|sidan|page|this page)\b.{0,40}\b(?:avsiktligt|medvetet|intentionally)\b.{0,40}"
    r"\b(?:tom|blank)\W*",
    re.IGNORECASE,
)
_LOG = "A page that a service for signatures added: what happened to the file, and from which computers."
_IDS = "What identifies signers and files on a page of signatures is not kept; who signed is."
_MARK = "The mark of a service for signatures in the margin."
_BLANK = "The page says that it is empty."

Rows = list[Row | RuledRow]
Sideways = list[tuple[str, Box]]


def set_aside(
    number: int, rows: Rows, sideways: Sideways, margin: Container[int]
) -> tuple[Rows, Sideways, list[LeftOut]]:
    """The rows of a page and what stands sideways without what is no text of the document, and what that was.

    ``margin`` has the identities of the rows in the upper and lower margin. What is left out is never quoted.
    """
    texts = [row.text for row in rows]
    if len(texts) <= 4 and any(_EMPTY.fullmatch(text) for text in texts):
        return [], sideways, [LeftOut("blank-page", _BLANK, page=number)]
    left_out = []
    if is_signing_page(texts):
        if is_log(texts):
            return [], [], [LeftOut("signing-log", _LOG, page=number)]
        rows = [row for row in rows if _cleaned(row)]
        sideways = [(left, box) for text, box in sideways if (left := without_identity(text))]
        left_out.append(LeftOut("signing-ids", _IDS, page=number))
    kept = [row for row in rows if not (id(row) in margin and is_mark(row.text))]
    upright = [(text, box) for text, box in sideways if not is_mark(text)]
    if len(kept) < len(rows) or len(upright) < len(sideways):
        left_out.append(LeftOut("signing-mark", _MARK, page=number))
    return kept, upright, left_out


def numbers_of(rows: Rows, top: float, page: int, pages: int) -> list[str]:
    """Take the number of the page out of lines of the upper margin that are text otherwise, and give it as printed."""
    taken: list[str] = []
    for row in rows:
        if isinstance(row, Row) and len(row.runs) > 1 and row.y < top:
            number = without_number([run.text for run in row.runs], page, pages)
            if number is not None:
                taken.append(row.runs.pop(number).text)
    return taken


def _cleaned(row: Row | RuledRow) -> bool:
    """Take what identifies people out of a row; whether anything is left of it."""
    if isinstance(row, RuledRow):
        for cell in row.cells:
            cell.rows = [line for line in cell.rows if _cleaned(line)]
        return any(cell.rows for cell in row.cells)
    for run in row.runs:
        run.text = without_identity(run.text)
    row.runs = [run for run in row.runs if run.text] or row.runs[:1]
    return bool(row.runs[0].text)
