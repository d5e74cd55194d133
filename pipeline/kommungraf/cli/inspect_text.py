"""What was read of a file, for a terminal: the whole in tables, or one page block by block."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kommungraf.build.inspection import Aside, Cut, Inspection, Seen
from kommungraf.cli.inspect_html import headline, visible
from kommungraf.text import cut, ranges

_LISTED = 15  # issues and things left out that are shown; the rest is counted
_QUOTE = 90


def print_inspection(inspection: Inspection, console: Console) -> None:
    """The file as a whole."""
    console.print(Text(inspection.name, style="bold"))
    console.print(Text(f"{headline(inspection)}\n", style="dim"))
    _print("Documents", map(_document, inspection.documents), console, "no text to cut into documents")
    _print("Left out", map(_aside, inspection.left_out[:_LISTED]), console, "nothing", inspection.left_out)
    claims = [
        (claim.name, Text.assemble(visible(claim.value), (f"  {claim.told}", "dim"))) for claim in inspection.claims
    ]
    if claims:
        _print("What the file claims of itself", claims, console)
    issues = [(issue.stage, visible(issue.message)) for issue in inspection.issues[:_LISTED]]
    _print("Issues", issues, console, "none", inspection.issues)
    if inspection.pages:
        console.print(Text("Blocks of a page: --page N; with the page's picture: --format html --to FILE", style="dim"))
    else:
        console.print(Text("All blocks: --format html --to FILE, or --format json", style="dim"))


def print_page(inspection: Inspection, page: int, console: Console) -> None:
    """The blocks of a page, each with what was found in it; then what of the page was left out."""
    label = inspection.labels.get(page)
    printed = f", printed as {label}" if label else ""
    console.print(Text(f"{inspection.name}: page {page} of {inspection.pages}{visible(printed)}\n", style="bold"))
    blocks = inspection.on_page(page)
    for block in blocks:
        _print_block(inspection, block, console)
    if not blocks:
        console.print("Nothing was read on this page.\n")
    left = [aside for aside in inspection.left_out if page in aside.pages]
    _print("Left out on this page", map(_aside, left), console, "nothing")
    issues = [(issue.stage, visible(issue.message)) for issue in inspection.issues if issue.page == page]
    _print("Issues", issues, console, "none")


def _print(
    title: str,
    rows: Iterable[tuple[str, Text | str]],
    console: Console,
    nothing: str = "",
    every: Sequence[object] = (),
) -> None:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False)
    table.add_column(style="cyan", no_wrap=True, max_width=24)
    table.add_column(overflow="fold")
    for head, cell in rows:
        table.add_row(Text(visible(head)), cell if isinstance(cell, Text) else Text(cell))
    if more := max(0, len(every) - _LISTED):
        table.add_row("", Text(f"… and {more} more (--format json has all)", style="dim"))
    if not table.row_count:
        table.add_row("", Text(nothing, style="dim"))
    console.print(table)
    console.print()


def _document(cut: Cut) -> tuple[str, Text]:
    where = f"{cut.ordinal}. p. {cut.first_page}-{cut.last_page}" if cut.first_page else f"{cut.ordinal}."
    about = ", ".join(part for part in (cut.type, cut.issued or str(cut.year or ""), cut.publisher) if part)
    facts = " · ".join(f"{kind} {count}" for kind, count in cut.found.items())
    return where, Text.assemble(
        (visible(cut.title), "bold"),
        f"\n{visible(about)}\n",
        (f"{visible(cut.because)}\n", "dim"),
        facts or "nothing found",
    )


def _aside(aside: Aside) -> tuple[str, Text]:
    pages = f" (p. {ranges(aside.pages)})" if aside.pages else ""
    text = visible(aside.text)
    short = cut(text, _QUOTE)
    return aside.kind, Text.assemble(short, pages, (f"  {visible(aside.why)}", "dim"))


def _print_block(inspection: Inspection, block: Seen, console: Console) -> None:
    level = f" {block.level}" if block.level else ""
    head = Text.assemble((f"{block.kind}{level}", "bold"), "  ", (", ".join(block.roles) or "no role", "cyan"))
    if block.sure is not None:
        head.append(f"  recognised, {block.sure:.0%} sure", style="dim")
    console.print(head)
    mark = f"{block.marker} " if block.marker and not block.text.startswith(block.marker) else ""
    text = (mark + block.text).replace("\t", " | ")
    console.print(Padding(Text(visible(text)), (0, 0, 0, 2)))
    for number in block.found:
        finding = inspection.found[number]
        says = f" {finding.says}" if finding.says else ""
        quote = "" if finding.quote == finding.says else f"  “{finding.quote[:_QUOTE]}”"
        line = Text.assemble("→ ", (finding.kind, "green"), visible(says), (visible(quote), "dim"))
        console.print(Padding(line, (0, 0, 0, 4)))
    console.print()
