"""``kommungraf inspect``: what was read of one file, so that a missing fact can be explained."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommungraf.errors import InputError, UsageError

if TYPE_CHECKING:
    from kommungraf.build.inspection import Inspection
    from kommungraf.build.inspection_pages import PagePicture
    from kommungraf.read.inputs import Source

SHOWN = 20
"""Pages that are shown with their pictures when nobody says which."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--page", type=click.IntRange(1), metavar="N", help="One page, counted from 1: its blocks.")
@click.option("--pages", "several", metavar="RANGES", help="Pages to show in HTML, such as 1-300 or 2,5-9.")
@click.option("--format", "form", type=click.Choice(["text", "html", "json", "png"]), default="text", show_default=True)
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file, not to the terminal.")
@click.option("--model", help="A spaCy model to find names with, as for build.")
def inspect(file: Path, page: int | None, several: str | None, form: str, to: Path | None, model: str | None) -> None:
    """What was read of FILE: the cut into documents, what was found where, what was left out and why.

    FILE may stand in an archive. HTML shows the pages with boxes drawn over them, coloured by role; PNG one such page.

    \b
    kommungraf inspect protokoll.pdf
    kommungraf inspect protokoll.pdf --page 3
    kommungraf inspect protokoll.pdf --format html --to protokoll.html
    kommungraf inspect arkiv.zip/2024/protokoll.docx --format json
    """
    from kommungraf import config, limits
    from kommungraf.build.apart import apart
    from kommungraf.build.inspection import source_at

    _check(file, form, page, several, to)
    terminal = to is None and sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else 120
    with limits.under(config.load().limits):
        _write(apart(_made, source_at(file), form, page, several, model, width if terminal else -width), to)


def _made(source: Source, form: str, page: int | None, several: str | None, model: str | None, width: int) -> bytes:
    """What is to be written. ``width`` is that of the terminal, below zero where there is none (no colours)."""
    from kommungraf.build.inspection import inspected
    from kommungraf.build.lexicon import without_noise
    from kommungraf.read import read_bytes
    from kommungraf.read.inputs import content

    data = content(source)
    inspection = inspected(without_noise(read_bytes(data, source.name)), model)
    wanted, note = _wanted(inspection, page, several)
    if form == "html":
        return "".join(_html(inspection, data, wanted, note)).encode("utf-8", "replace")
    if form == "json":
        told = inspection.as_json()
        if page or several:
            told["blocks"] = [told["blocks"][one.number] for one in inspection.blocks if one.pages() & {*wanted}]
        return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
    if form == "png":
        return _png(inspection, data, page or 1)
    return _printed(inspection, page, width).encode("utf-8", "replace")


def _check(file: Path, form: str, page: int | None, several: str | None, to: Path | None) -> None:
    if page and several:
        raise UsageError("Give --page or --pages, not both.")
    if several and form not in ("html", "json"):
        raise UsageError("--pages is for --format html and json; use --page for one page.")
    if form == "png" and to is None and sys.stdout.isatty():
        raise UsageError("A picture does not fit into a terminal; say where it goes with --to FILE.png.")
    if to is not None and to.exists() and file.exists() and to.samefile(file):
        raise UsageError("--to is the file that is inspected; choose another name.")


def _wanted(inspection: Inspection, page: int | None, several: str | None) -> tuple[list[int], str]:
    """The pages to show, and what there is to say about the choice."""
    last = inspection.pages
    if not last:
        if page or several:
            raise UsageError(f"{inspection.name} has no pages; leave --page and --pages out.")
        return [], ""
    if page:
        if page > last:
            raise UsageError(f"{inspection.name} has {last} pages, no page {page}.")
        return [page], ""
    if several:
        return _ranges(several, last), ""
    note = (
        f"The file has {last} pages; these are the first {SHOWN}. Choose others with --pages, such as --pages 1-{last}."
    )
    return list(range(1, min(last, SHOWN) + 1)), note if last > SHOWN else ""


def _ranges(said: str, last: int) -> list[int]:
    wanted: set[int] = set()
    for part in said.split(","):
        first, dash, end = part.strip().partition("-")
        if not first.isdecimal() or (dash and end and not end.isdecimal()):
            raise UsageError(f"“{said}” is no choice of pages; write 1-300 or 2,5-9.")
        wanted |= set(range(int(first), min(int(end) if end else last if dash else int(first), last) + 1))
    wanted &= set(range(1, last + 1))
    if not wanted:
        raise UsageError(f"None of the pages {said} is in the file: it has {last}.")
    return sorted(wanted)


def _html(inspection: Inspection, data: bytes, pages: list[int], note: str) -> Iterator[str]:
    from kommungraf.build.inspection_pages import pictures
    from kommungraf.cli.inspect_html import as_html

    return as_html(inspection, pages, _as_far(pictures(inspection, data, pages)), note)


def _as_far(found: Iterator[PagePicture]) -> Iterator[PagePicture]:
    """The pictures as long as they can be drawn; from a page on that cannot be, pages stand as text."""
    with contextlib.suppress(InputError):
        yield from found


def _png(inspection: Inspection, data: bytes, page: int) -> bytes:
    from kommungraf.build.inspection_pages import has_pictures, pictures
    from kommungraf.cli.inspect_png import as_png

    if not has_pictures(inspection):
        raise UsageError(f"{inspection.name} has no pages that can be drawn; use --format html.")
    (picture,) = pictures(inspection, data, [page], pixels=1400)
    return as_png(inspection, picture)


def _printed(inspection: Inspection, page: int | None, width: int) -> str:
    from rich.console import Console

    from kommungraf.cli.inspect_text import print_inspection, print_page

    buffer = io.StringIO()
    console = Console(width=abs(width), highlight=False, file=buffer, force_terminal=width > 0)
    if page:
        print_page(inspection, page, console)
    else:
        print_inspection(inspection, console)
    return buffer.getvalue()


def _write(content: bytes, to: Path | None) -> None:
    if to is None:
        click.echo(content, nl=False)
        return
    to.write_bytes(content)
    click.echo(f"{to} written ({len(content) // 1000:,} kB).", err=True)
