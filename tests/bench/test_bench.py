"""What the README claims, measured: run with ``make bench``. Ratios against a peer in the same run, one core."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import generate

pytestmark = pytest.mark.bench
KOMMUNGRAF = Path(sys.executable).parent / "kommungraf"
PAGES, DOCUMENTS = 300, 2_000


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Commands run from compiled modules, as pip leaves them, also where the environment forbids to write those."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        folder = tmp_path_factory.mktemp("first")
        generate.write_texts(folder / "in", 2)
        generate.write_pdf(folder / "in" / "pages.pdf", 2)
        run("build", folder / "in", "--out", folder / "out", "--jobs", "1")
        run("query", "decisions", "--out", folder / "out")
        yield


def run(*arguments: str | Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of a command in a process of its own; it must not fail."""
    before = time.perf_counter()
    process = subprocess.Popen(
        [str(KOMMUNGRAF), *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    assert os.waitstatus_to_exitcode(status) == 0, arguments
    return seconds, usage.ru_maxrss / 1024


def test_pdf_to_store_against_pdfplumber(tmp_path: Path) -> None:
    """End to end at least 3 times the pages per second of pdfplumber's extract_text alone on the same pages."""
    import pdfplumber

    pdf = tmp_path / "pages.pdf"
    generate.write_pdf(pdf, PAGES)
    ours, _ = run("build", pdf, "--out", tmp_path / "out", "--jobs", "1")
    start = time.perf_counter()
    with pdfplumber.open(pdf) as document:
        pages = len(document.pages)
        for page in document.pages:
            page.extract_text()
            page.close()
    peer = time.perf_counter() - start
    print(f"\nPDF to store: {pages / ours:.0f} pages/s; pdfplumber {pages / peer:.1f}; ratio {peer / ours:.1f}")
    assert peer / ours >= 3


def test_text_words_per_second_and_memory(tmp_path: Path) -> None:
    """Text at least 25,000 words a second and core; peak memory under 1.2 GB and flat as documents are added."""
    peaks = []
    for count in (200, 800):
        folder = tmp_path / str(count)
        generate.write_texts(folder, count)
        words = sum(len(path.read_text(encoding="utf-8").split()) for path in folder.iterdir())
        seconds, peak = run("build", folder, "--out", tmp_path / f"out{count}", "--jobs", "1")
        peaks.append(peak)
        print(f"\n{count} documents, {words} words: {words / seconds:,.0f} words/s, peak {peak:.0f} MB")
    assert words / seconds >= 25_000
    assert peaks[1] < 1_200
    assert peaks[1] < peaks[0] * 1.5


def test_a_second_build_with_nothing_changed(tmp_path: Path) -> None:
    """A second build of 2,000 documents takes under 2 % of the first one's time."""
    generate.write_texts(tmp_path / "in", DOCUMENTS)
    first, _ = run("build", tmp_path / "in", "--out", tmp_path / "out")
    second = min(run("build", tmp_path / "in", "--out", tmp_path / "out")[0] for _ in range(3))
    print(f"\n{DOCUMENTS} docs: first build {first:.1f} s, second {second:.2f} s ({second / first:.2%})")
    assert second / first < 0.02


@pytest.mark.parametrize(("arguments", "limit"), [(["--help"], 0.25), (["query", "decisions"], 0.6)])
def test_commands_answer_at_once(arguments: list[str], limit: float, tmp_path: Path) -> None:
    """``--help`` under 0.25 s and a query under 0.6 s (medians of 7 whole processes)."""
    out: list[str | Path] = []
    if arguments[0] == "query":
        generate.write_texts(tmp_path / "in", 20)
        run("build", tmp_path / "in", "--out", tmp_path / "out")
        out = ["--out", tmp_path / "out"]
    seconds = statistics.median(run(*arguments, *out)[0] for _ in range(7))
    print(f"\nkommungraf {' '.join(arguments)}: {seconds:.2f} s")
    assert seconds < limit
