"""Render documents in a look, build a graph of the files, and compare it with that of the clean texts."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from corpus.formats.compare import Result, compare
from corpus.formats.facts import Said, said
from corpus.make.looks import LOOKS, Look
from corpus.make.looks.sources import load

_SAMPLE = 26_000
"""Characters of the documents that are drawn for what is slow to read. Whole ones, the same every time."""
_LONGEST = 9_000
_TOLD = 3  # lines of what the build said of files that it left out


@dataclass
class Row:
    """A look: its results by kind, how many documents, and how long rendering and building took in seconds."""

    look: str
    results: dict[str, Result]
    documents: int
    rendering: float
    building: float
    said: str = ""


def reference(texts: dict[str, str], work: Path) -> list[Path]:
    """Write the clean texts (by file name) into the work folder, build their graph and the sample's; the files."""
    files = _write(texts, work / "text")
    sample = {path.name for path in drawn(files)}
    _write({name: text for name, text in texts.items() if name in sample}, work / "sample")
    return files


def _write(texts: dict[str, str], work: Path) -> list[Path]:
    folder = work / "files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    build(folder, work / "out")
    return sorted(folder.iterdir())


def run(names: Sequence[str], files: Sequence[Path], work: Path, jobs: int) -> list[Row]:
    """The rows of some looks, ``jobs`` at a time."""
    rows = []
    with ProcessPoolExecutor(jobs) as pool:
        for row in pool.map(_row, names, [list(files)] * len(names), [work] * len(names)):
            print(f"{row.look}: {row.documents} documents in {row.rendering + row.building:.0f} s", file=sys.stderr)
            rows.append(row)
    return rows


def _row(name: str, files: list[Path], work: Path) -> Row:
    look = LOOKS[name]
    sample = drawn(files) if look.sampled else files
    folder = work / name
    rendering = _render(look, sample, folder / "files")
    building, message = build(folder / "files", folder / "out")
    wanted = said(work / ("sample" if look.sampled else "text") / "out")
    found = _without_added(said(folder / "out"), wanted)
    results = compare(wanted, found, recognised=look.scan)
    return Row(name, results, len(sample), rendering, building, message)


def _without_added(found: list[Said], wanted: list[Said]) -> list[Said]:
    """The facts without the signature pages that a look adds to documents, as services for e-signing do."""
    signed = {fact.file for fact in wanted if _is_signatures(fact)}
    return [fact for fact in found if not _is_signatures(fact) or fact.file in signed]


def _is_signatures(fact: Said) -> bool:
    return fact.kind == "document" and "underskriftssida" in fact.fields[0]


def drawn(files: Sequence[Path]) -> list[Path]:
    """Documents of ordinary length, drawn by their names, until there are enough characters."""
    by_digest = sorted(files, key=lambda path: hashlib.sha256(path.stem.encode()).digest())
    sample: list[Path] = []
    size = 0
    for path in by_digest:
        length = len(path.read_text(encoding="utf-8"))
        if length <= _LONGEST and size + length <= _SAMPLE:
            sample.append(path)
            size += length
    return sorted(sample)


def _render(look: Look, files: list[Path], to: Path) -> float:
    """Render, unless the folder holds what the same looks made of the same texts; the seconds that it took."""
    stamp = to.parent / "stamp"
    state = _state(files)
    if stamp.is_file() and stamp.read_text() == state:
        return 0.0
    begun = time.monotonic()
    shutil.rmtree(to, ignore_errors=True)
    look.render([load(path) for path in files], to)
    stamp.write_text(state)
    return time.monotonic() - begun


def _state(files: list[Path]) -> str:
    """A digest of the texts and of the code that sets them."""
    import corpus.make.looks as looks

    code = sorted(path for path in Path(looks.__path__[0]).iterdir() if path.is_file())
    digest = hashlib.sha256()
    for path in [*code, *files]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build(folder: Path, out: Path) -> tuple[float, str]:
    """Build the graph of a folder; the seconds, and what the command said of files that it left out."""
    shutil.rmtree(out, ignore_errors=True)
    begun = time.monotonic()
    command = [sys.executable, "-c", "from kommungraf.cli import run; run()", "build", str(folder), "--out", str(out)]
    done = subprocess.run([*command, "--quiet", "--jobs", "1"], capture_output=True, text=True, check=False)
    if not (out / "store").exists():
        raise RuntimeError(f"the build of {folder} failed:\n{done.stderr[-2000:]}")
    return time.monotonic() - begun, "\n".join(done.stderr.strip().split("\n")[:_TOLD])
