"""An entity's timeline for a terminal: years, one line per fact, the quote dimmed with its document and page."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

from rich.console import Console
from rich.text import Text

from kommungraf.languages import Words
from kommungraf.query.entity import Entity
from kommungraf.query.kinds import entry_word, kind_word
from kommungraf.query.nodes import Quote
from kommungraf.query.portrait import conclusion, distinct, heading, page
from kommungraf.query.timeline import Entry
from kommungraf.text import cut

QUOTED = 300
"""A longer text is cut; --format md and json give it whole."""
REASON = 200
TITLE = 64
"""A longer title of a document is cut."""

_INDENT, _DATE, _KIND = 2, 7, 16
_STYLES = {
    "decision": "bold",
    "contradiction": "bold red",
    "plan": "blue",
    "goal": "blue",
    "result": "green",
    "mention": "dim",
}
_CONCLUDED = "magenta"
_SILENT = frozenset({"silent", "noDocuments"})
_BULLET = re.compile(r"^(?:[-•*–o]|#+)\s+")


def print_entity(entity: Entity, entries: list[Entry], console: Console) -> None:
    """Write an entity to a console: what it is, then its years."""
    words = entity.words
    console.print(Text.assemble((entity.name, "bold"), "  ", (kind_word(entity.candidate.kind, words), "dim")))
    for line in heading(entity):
        console.print(Text(line, style="dim"))
    for title, group in _years(entries, words):
        console.print()
        if group[0].kind in _SILENT:
            _print_silence(title, group[0], console)
            continue
        called = _calling(group)
        calling = words("as {name}", name=called) if called else ""
        console.print(Text.assemble((title, "bold cyan"), (f"  {calling}" if called else "", "dim")))
        for entry in group:
            _print_entry(_plainly(entry) if called else entry, console, words)
    if not entries:
        console.print(Text("\n" + words("Nothing more is told of it."), style="dim"))
    console.print(Text(f"\n{entity.candidate.iri}", style="dim"), soft_wrap=True)


def _years(entries: list[Entry], words: Words) -> list[tuple[str, list[Entry]]]:
    """Entries under the titles of their years; years on end of which no documents are held are one."""
    years: list[tuple[str, list[Entry]]] = []
    for title, found in groupby(entries, key=lambda entry: _title(entry, words)):
        group = list(found)
        empty = [one.kind for one in group] == ["noDocuments"]
        if empty and years and years[-1][1][-1].kind == "noDocuments":
            first = years[-1][0].partition("–")[0]
            years[-1] = f"{first}–{title}", years[-1][1]
        else:
            years.append((title, group))
    return years


def _title(entry: Entry, words: Words) -> str:
    return entry_word("perhaps", words) if entry.kind == "perhaps" else entry.year or words("year not known")


def _print_silence(title: str, entry: Entry, console: Console) -> None:
    because = f". {entry.because}" if entry.kind == "silent" else ""
    _print_hanging(Text(), Text.assemble((title, "bold cyan"), (f"  {entry.what}{because}", "dim")), 0, console)


def _calling(entries: list[Entry]) -> str:
    """The other name that all statements of a year use, if they do."""
    names = {entry.called for entry in entries if not entry.concluded and entry.quotes}
    return names.pop() if len(names) == 1 else ""


def _plainly(entry: Entry) -> Entry:
    """An entry without the name that the title of its year has said."""
    return replace(entry, called="", under=[_plainly(under) for under in entry.under])


def _print_entry(entry: Entry, console: Console, words: Words, above: Entry | None = None) -> None:
    mark = "→ " if above else "⇒ " if entry.concluded and entry.kind != "perhaps" else ""
    style = _STYLES.get(entry.kind, _CONCLUDED if entry.concluded else "")
    lead = Text(" " * (_INDENT + (2 if above else 0)))
    lead.append(
        ("" if above or entry.kind == "perhaps" else entry.when[len("2024-") :]).ljust(_DATE - (2 if above else 0)),
        style="dim",
    )
    lead.append((mark + entry_word(entry.kind, words)).ljust(_KIND), style=style)
    _print_hanging(lead, _body(entry, above, words), _INDENT + _DATE + _KIND, console)
    for under in entry.under:
        if under.kind not in ("figure", "figures"):  # their text has been read
            _print_entry(under, console, words, entry)


def _print_hanging(lead: Text, body: Text, indent: int, console: Console) -> None:
    """A text whose lines all begin where its first one does; no blanks at the end of a line."""
    lines = body.wrap(console, max(20, console.width - indent)) or [Text()]
    for number, line in enumerate(lines):
        line.rstrip()
        start = lead if number == 0 and lead else Text(" " * indent)
        console.print(Text.assemble(start, line), soft_wrap=True)


def _body(entry: Entry, above: Entry | None, words: Words) -> Text:
    """The line of a fact and, dimmed, what proves it; a conclusion's reason last."""
    body = Text(cut(entry.what, QUOTED), style="dim" if entry.kind == "mention" else "")
    body.highlight_regex(r"\[-.*?-\]", "red")  # what one plan's wording has and the next one's has not
    body.highlight_regex(r"\{\+.*?\+\}", "green")
    if entry.called:
        body.append(words(" (as {name})", name=entry.called), style="dim")
    known = above.quotes[:1] if above else []
    for quote in distinct(entry):
        said = _BULLET.sub("", " ".join(quote.text.split()))
        bare = said.casefold() in entry.what.casefold() or len(said) < len("Anna Exempel (S)")
        seen = any(_holds(one, quote) for one in known)
        where = "" if entry.what.startswith(quote.document) else _source(quote, known, words)
        told = where if bare or seen else " — ".join(part for part in (f"“{cut(said, QUOTED)}”", where) if part)
        if told:
            body.append((" — " if (bare or seen) and body.plain else "\n" if body.plain else "") + told, style="dim")
    if entry.concluded:
        body.append(f"\n{conclusion(entry, words)}: {cut(entry.because, REASON)}", style="italic dim")
    return body


def _holds(outer: Quote, inner: Quote) -> bool:
    return outer.sha256 == inner.sha256 and outer.start <= inner.start and inner.end <= outer.end


def _source(quote: Quote, known: list[Quote], words: Words) -> str:
    """Document, page and whether it was recognised in a picture, but for what the line above has said."""
    stands = page(quote, words).replace(" ", "\u00a0", 1)
    if any(quote.document_iri == other.document_iri for other in known):
        return "" if any(quote.page == other.page for other in known) else stands
    title = cut(quote.document, TITLE)
    return ", ".join(part for part in (title, stands) if part)
