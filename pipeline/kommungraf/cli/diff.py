"""``kommungraf diff``: what differs between two graphs, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kommungraf.query.difference import Change, Difference, DocumentChange

_SIGNS = {"new": "+", "gone": "-", "changed": "~"}
_PARTS = (
    ("world", "In the world of the documents"),
    ("conclusions", "In what follows from them"),
    ("code", "From the same documents, by another version of kommungraf"),
)
"""The fields of a difference that hold changes, each with its heading."""


@click.command()
@click.argument("old")
@click.argument("new", required=False)
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
@click.option(
    "--limit", type=click.IntRange(min=0), default=8, show_default=True, help="Lines of each class; 0 is all."
)
def diff(old: str, new: str | None, form: str, limit: int) -> None:
    """Tell what differs between two graphs, OLD and NEW.

    Each is an output folder, a generation of one (graph_out@3) or a generation's folder. A build keeps the generation
    before it: with one folder alone, what the last build changed is told. Three parts are told apart:
    what documents that were added, removed or changed say; what was concluded otherwise because of them; and what
    another version of kommungraf made of the same documents.

    \b
    kommungraf diff graph_out
    kommungraf diff graph_out.before graph_out
    kommungraf diff graph_out.before graph_out --format md --limit 0
    """
    from kommungraf.query.difference import difference, last_two

    found = difference(*(last_two(old) if new is None else (old, new)))
    if form == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
        return
    for line in _lines(found, form == "md", limit):
        click.echo(line)


def _lines(found: Difference, markdown: bool, limit: int) -> Iterator[str]:
    if not (found.documents or found.world or found.conclusions or found.code):
        yield "The two graphs say the same."
    yield from found.notes
    if found.documents:
        yield from _heading("Documents", markdown)
        yield from _some([_document(one) for one in found.documents], markdown, limit)
    for name, heading in _PARTS:
        changes: list[Change] = getattr(found, name)
        if changes:
            yield from _heading(heading, markdown)
            yield from _part(changes, markdown, limit)


def _heading(text: str, markdown: bool) -> Iterator[str]:
    yield ""
    yield f"## {text}" if markdown else text
    if markdown:
        yield ""


def _part(changes: list[Change], markdown: bool, limit: int) -> Iterator[str]:
    """The classes of a part: how many, then the lines."""
    from kommungraf.query.difference import counts

    for kind, number in counts(changes).items():
        told = ", ".join(f"{_SIGNS[how]}{number[how]}" for how in _SIGNS if number[how])  # type: ignore[index]
        yield f"- **{kind}** {told}" if markdown else f"  {kind} {told}"
        lines = [_change(change) for change in changes if change.kind == kind]
        yield from (f"  {line}" for line in _some(lines, markdown, limit))


def _some(lines: list[str], markdown: bool, limit: int) -> Iterator[str]:
    shown = lines[:limit] if limit else lines
    for line in shown:
        yield f"- {line}" if markdown else f"  {line}"
    if len(shown) < len(lines):
        yield f"{'- ' if markdown else '  '}… and {len(lines) - len(shown)} more (--limit 0 shows all)"


def _document(one: DocumentChange) -> str:
    year = f" ({one.year})" if one.year and one.year not in one.title else ""
    return f"{_SIGNS[one.how]} {one.title or 'untitled'}{year}, {one.type}, {one.file}"


def _change(change: Change) -> str:
    year = f"{change.year} " if change.year else ""
    details = f" [{'; '.join(change.details)}]" if change.details else ""
    because = f" ({change.because})" if change.because and change.because != change.name and not details else ""
    return f"{_SIGNS[change.how]} {year}{change.name}{details}{because}"
