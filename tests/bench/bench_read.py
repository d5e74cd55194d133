"""Pages a second of the PDF reader, and characters a second of the text reader: ``python tests/bench/bench_read.py``.

pdfplumber's ``extract_text`` on the same 300 pages in the same run is the yardstick.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

sys.path.insert(0, str(Path(__file__).parents[1] / "read"))
from read_pdfs import PROSE, many

from kommungraf.read import read_bytes

PAGES, SAMPLE = 300, 30


def seconds(work: Callable[[], object]) -> float:
    """How long some work takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def plumbed(data: bytes) -> int:
    """Characters that pdfplumber extracts from the first pages."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        count = 0
        for page in document.pages[:SAMPLE]:
            count += len(page.extract_text())
            page.close()
    return count


def main() -> None:
    """Measure and print."""
    data = many(PAGES)
    text = read_bytes(data, "many.pdf")
    ours = PAGES / seconds(lambda: read_bytes(data, "many.pdf"))
    theirs = SAMPLE / seconds(lambda: plumbed(data))
    print(f"{len(text.clean) / PAGES:.0f} characters a page, a ruled table on every sixth")
    print(f"kommungraf {ours:.0f} pages/s, pdfplumber extract_text {theirs:.1f} pages/s: {ours / theirs:.1f} times")
    plain = ("# Rubrik\n\n**Beslut**\n\n- punkt\n\na\tb\tc\n\n" + PROSE + "\n\n").encode() * 3000
    print(f"text files: {len(plain) / seconds(lambda: read_bytes(plain, 'a.txt')) / 1e6:.1f} million characters/s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
