"""The bench of reading: our reader of PDF beside others on the same generated files: ``make bench-read``.

Every reader runs in a process of its own, on one core. What is measured and how is told in ``docs/reading.md``, into
which the tables are written.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

import generate
from corpus.make.looks import LOOKS
from corpus.make.looks.blocks import Block, Cell, Document, Run
from readers import READERS, Reader
from scores import cell_f1, character_errors

PAGE = Path(__file__).parents[2] / "docs" / "reading.md"
BEGIN, END = "<!-- bench -->", "<!-- end of bench -->"
PDFS = ("writer", "browser", "book", "columns", "typst", "serif", "sans")
_PROSE = "columns"  # a look for prose alone: its columns are too narrow for these tables
PAGES, MANY, PATIENCE = 300, 3_000, 600  # pages, pages, seconds
PRICES = "Konto Budget Utfall Avvikelse Prognos".split()
AREAS = "Kansli Skola Omsorg Teknik Kultur Miljö Räddningstjänst Näringsliv Överförmyndare Bibliotek".split()


def documents(tables: bool = True) -> list[Document]:
    """Three invented documents of headings, prose, numbered items and tables."""
    made = [_document(number) for number in range(3)]
    for document in made:
        document.blocks = [block for block in document.blocks if tables or block.kind != "table"]
    return made


def _document(number: int) -> Document:
    rng = random.Random(number)
    blocks = [Block("heading", [[Run(f"Uppföljning {2021 + number}")]], level=1)]
    for section in range(6):
        blocks.append(Block("heading", [[Run(f"{section + 1} {generate.SUBJECTS[section]}")]], level=2))
        blocks += [Block("paragraph", [[Run(_prose(rng))]]) for _ in range(2)]
        if section % 2:
            blocks += [Block("item", [[Run(_sentence(rng))]], marker=f"{n}.", level=1) for n in (1, 2, 3)]
        blocks.append(_numbers(rng) if section % 3 else _goals(rng))
    return Document(f"bench-{number}", f"Uppföljning {2021 + number}", "Exempelby kommun", blocks)


def _sentence(rng: random.Random) -> str:
    values = {"sum": f"{rng.randint(10, 999)} 000", "year": rng.randint(2012, 2026), "day": rng.randint(1, 28)}
    return rng.choice(generate.PROSE).format(**values, month=rng.choice(generate.MONTHS))


def _prose(rng: random.Random) -> str:
    return " ".join(_sentence(rng) for _ in range(rng.randint(3, 5)))


def _numbers(rng: random.Random) -> Block:
    rows = [PRICES] + [[area, *(_amount(rng) for _ in PRICES[1:])] for area in rng.sample(AREAS, 7)]
    return Block("table", rows=[[Cell(text, bold=not number) for text in row] for number, row in enumerate(rows)])


def _amount(rng: random.Random) -> str:
    return f"{rng.choice(('', '', '-'))}{rng.randint(1, 40)} {rng.randint(100, 999)} {rng.randint(100, 999)}"


def _goals(rng: random.Random) -> Block:
    rows = [["Mål", "Aktivitet", "Ansvar"]]
    rows += [[rng.choice(generate.SUBJECTS), _sentence(rng), rng.choice(generate.BODIES)] for _ in range(4)]
    return Block("table", rows=[[Cell(text, bold=not number) for text in row] for number, row in enumerate(rows)])


def truth(document: Document) -> tuple[str, list[list[list[str]]]]:
    """The text of a document and its tables."""
    parts: list[str] = []
    for block in document.blocks:
        if block.kind == "table":
            parts += [" ".join(cell.text for cell in row) for row in block.rows]
        else:
            parts.append(" ".join([block.marker, *(run.text for line in block.lines for run in line)]))
    tables = [[[cell.text for cell in row] for row in block.rows] for block in document.blocks if block.kind == "table"]
    return "\n".join(parts), tables


def run(name: str, paths: list[str], tables: bool) -> None:
    """In a process of its own: read files and print what was found, the seconds that took and the peak memory (MB).

    The first file is not timed: with it libraries are loaded.
    """
    reader = READERS[name]
    read = reader.both if tables and reader.both else lambda path: (reader.text(path), [])
    found = [read(paths[0])]
    before = _processor_seconds()
    found += [read(path) for path in paths[1:]]
    seconds = _processor_seconds() - before
    kind = resource.RUSAGE_CHILDREN if reader.needs == "pdftotext" else resource.RUSAGE_SELF
    peak = resource.getrusage(kind).ru_maxrss / 1024
    json.dump({"found": found, "seconds": seconds, "peak": peak}, sys.stdout)


def _processor_seconds() -> float:
    """Of this process and those that it started: other work on the machine does not count."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measured(reader: Reader, paths: list[Path], tables: bool = True) -> dict[str, object] | None:
    """What :func:`run` prints; ``None`` when it fails or takes too long."""
    command = [sys.executable, __file__, "--run", reader.name, str(int(tables)), *map(str, paths)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PATIENCE, env=environment, preexec_fn=_on_one_core
        )
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout[done.stdout.index('{"found"') :]) if not done.returncode else None


def _on_one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def speed_table(folder: Path) -> list[str]:
    """Pages a second and peak memory on a born-digital file of 300 pages, with ruled tables on every sixth."""
    path, first = folder / "pages.pdf", folder / "first.pdf"
    generate.write_pdf(path, PAGES)
    generate.write_pdf(first, 1)
    pages = _count(path)
    lines = [
        "| reader | version | text, pages/s | text and tables, pages/s | peak memory, MB |",
        "|---|---|--:|--:|--:|",
    ]
    for reader in READERS.values():
        if not reader.version:
            lines.append(f"| {reader.name} | not installed | | | |")
            continue
        text, both = (
            measured(reader, [first, path], tables=False),
            measured(reader, [first, path]) if reader.both else None,
        )
        one = f"{pages / text['seconds']:.0f}" if text else "failed"
        two = f"{pages / both['seconds']:.0f}" if both else "failed" if reader.both else "no tables"
        peak = max(result["peak"] for result in (text, both) if result) if text or both else 0
        lines.append(f"| {reader.name} | {reader.version} | {one} | {two} | {peak:.0f} |")
    many = folder / "many.pdf"
    generate.write_pdf(many, MANY)
    ours = measured(READERS["kommungraf"], [first, many])
    if ours:
        told = (
            f"Ours on {_count(many)} pages: {_count(many) / ours['seconds']:.0f} pages/s, peak {ours['peak']:.0f} MB."
        )
        lines += ["", told]
    return lines


def _count(path: Path) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def quality_tables(folder: Path) -> list[str]:
    """Character error rate and F1 of table cells, reader by look."""
    looks = [LOOKS[name] for name in PDFS if not LOOKS[name].missing]
    material = {look.name: documents(look.name != _PROSE) for look in looks}
    truths = {name: [truth(document) for document in made] for name, made in material.items()}
    paths = {look.name: look.render(material[look.name], folder / look.name) for look in looks}
    names = [look.name for look in looks]
    errors = ["Character error rate, per cent:", *_head(names)]
    cells = ["F1 of table cells:", *_head([name for name in names if name != _PROSE])]
    for reader in READERS.values():
        if not reader.version:
            continue
        rates: list[float | None] = []
        scores: list[float | None] = []
        for look in looks:
            result = measured(reader, paths[look.name])
            found = result["found"] if result else []
            pairs = list(zip(truths[look.name], found, strict=False))
            rates.append(_mean([100 * character_errors(text, read) for (text, _), (read, _) in pairs]))
            if look.name != _PROSE:
                scores.append(_mean([cell_f1(tables, read) for (_, tables), (_, read) in pairs]))
        errors.append(_line(reader.name, rates, ".2f"))
        if reader.both:
            cells.append(_line(reader.name, scores, ".3f"))
    return [*errors, "", *cells]


def _head(names: list[str]) -> list[str]:
    return ["", f"| reader | {' | '.join(names)} | mean |", f"|---|{'--:|' * (len(names) + 1)}"]


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _line(name: str, values: list[float | None], form: str) -> str:
    known = [value for value in values if value is not None]
    shown = ["failed" if value is None else format(value, form) for value in [*values, _mean(known)]]
    return f"| {name} | {' | '.join(shown)} |"


def main() -> None:
    """Measure, print, and write the tables into the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = [*quality_tables(folder), "", *speed_table(folder)]
    print("\n".join(lines))
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2], sys.argv[4:], sys.argv[3] == "1")
    else:
        main()
