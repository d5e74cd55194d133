"""The timeline of an entity as its page shows it: years, as many entries as it can bear, each with its proofs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from kommungraf.languages import Words
from kommungraf.query.kinds import entry_word
from kommungraf.query.nodes import Node
from kommungraf.query.portrait import conclusion, distinct
from kommungraf.query.timeline import Entry
from kommungraf.text import cut
from kommungraf.web.parts.things import NAMED, SAID_IN_ENGLISH, Proof, Things

ENTRIES = 160
"""Entries of a page, of all its years; a year of its own (``?ar=2022``) is shown in pages of as many."""
LEAST = 4
"""Entries that every year shows."""
UNDER = 12
"""Entries shown under one."""
LINE = 400
"""Characters of a line or quote; a longer one is cut, as it stands whole where its link leads."""
MORE_PROOFS = 6
_SILENT = frozenset({"silent", "noDocuments"})
_WORD = re.compile(r"\w[\w.:/-]*")


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry: its kind (class of its colour) and that in a word with the page of its statement, a line with links
    (``lang`` is its language where that is not the page's), proofs with their words, further ones without, and of a
    conclusion how surely and why."""

    kind: str
    word: str
    href: str
    when: str
    line: Markup
    called: str
    lang: str
    proofs: list[Proof]
    further: list[Proof]
    unshown: int
    concluded: str
    because: str
    under: list[Shown]
    unshown_under: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year (or what is not dated, or may be). ``silence`` is the sentence of a year without a word of it, with its
    reason; ``more`` entries are left out, and all of them are at ``href``."""

    title: str
    anchor: str
    entries: list[Shown]
    silence: str = ""
    because: str = ""
    more: int = 0
    href: str = ""


def years(things: Things, entries: list[Entry], link: Callable[[str], str]) -> list[Year]:
    """All years, each with its newest entries; ``link`` gives the address of one year."""
    groups = [(title, list(group)) for title, group in groupby(entries, key=lambda one: _title(one, things.say))]
    most = max(LEAST, ENTRIES // max(1, len(groups)))
    if len(entries) <= ENTRIES:
        most = ENTRIES
    shown: list[Year] = []
    for title, group in groups:
        if group[0].kind in _SILENT and len(group) == 1:
            _silent(shown, title, group[0])
            continue
        kept = _newest(group, most)
        year = group[0].year
        more = len(group) - len(kept)
        told = [_shown(things, entry) for entry in kept]
        shown.append(Year(title, _anchor(group[0]), told, more=more, href=link(year) if more and year else ""))
    return shown


def one_year(things: Things, entries: list[Entry], year: str, number: int) -> tuple[Year, int]:
    """A part of the entries of a year (``number`` from 1), and how many parts there are."""
    of_year = [entry for entry in entries if entry.year == year]
    parts = max(1, -(-len(of_year) // ENTRIES))
    part = of_year[(number - 1) * ENTRIES : number * ENTRIES]
    return Year(year, f"y{year}", [_shown(things, entry) for entry in part]), parts


def _title(entry: Entry, say: Words) -> str:
    return say("Perhaps") if entry.kind == "perhaps" else entry.year or say("Year not known")


def _anchor(entry: Entry) -> str:
    return "perhaps" if entry.kind == "perhaps" else f"y{entry.year}" if entry.year else "undated"


def _silent(shown: list[Year], title: str, entry: Entry) -> None:
    """A year without a word of it; years on end of which nothing is held are one."""
    last = shown[-1] if shown else None
    if last and last.silence and entry.kind == "noDocuments" and not last.because:
        title, anchor = f"{last.title.partition('–')[0]}–{title}", last.anchor
        shown[-1] = Year(title, anchor, [], silence=last.silence)
        return
    shown.append(Year(title, _anchor(entry), [], entry.what, entry.because if entry.kind == "silent" else ""))


def _newest(entries: list[Entry], most: int) -> list[Entry]:
    """The newest of what is said, then mentions as far as there is room; in their order."""
    said = [entry for entry in entries if entry.kind != "mention"]
    mentions = [entry for entry in entries if entry.kind == "mention"]
    kept = said[-most:]
    return kept + mentions[: most - len(kept)]


def _shown(things: Things, entry: Entry, above: Entry | None = None) -> Shown:
    say, what = things.say, cut(entry.what, LINE)
    proved = [quote for quote in distinct(entry) if above is None or quote not in above.quotes[:1]]
    proofs = [things.proof(quote) for quote in proved]
    rest = [quote for quote in entry.quotes if quote not in proved] if above is None else []
    under = [_shown(things, one, entry) for one in entry.under[:UNDER]]
    return Shown(
        kind="concluded" if entry.concluded else entry.kind,
        word=entry_word(entry.kind, say),
        href=things.site.href(entry.nodes[0].iri) if len(entry.nodes) == 1 else "",
        when=entry.when if len(entry.when) > len("2024") and above is None else "",
        line=linked(what, names_in(things, entry.nodes)),
        called=entry.called,
        lang="en" if entry.kind in SAID_IN_ENGLISH else "",
        proofs=[_bare(proof, entry.what) for proof in proofs],
        further=[things.proof(quote) for quote in rest[:MORE_PROOFS]],
        unshown=max(0, len(rest) - MORE_PROOFS),
        concluded=conclusion(entry, say) if entry.concluded else "",
        because=entry.because if entry.concluded else "",
        under=under,
        unshown_under=len(entry.under) - len(under),
    )


def _bare(proof: Proof, line: str) -> Proof:
    """A proof without its words where the line has them already, or where they are but a name."""
    said = proof.text.casefold() in line.casefold() or len(proof.text) < len("Anna Exempel (S)")
    source = proof.page if line.startswith(proof.source.partition(",")[0]) else proof.source
    return Proof("" if said else cut(proof.text, LINE), proof.href, source, proof.page)


def names_in(things: Things, nodes: Iterable[Node]) -> dict[str, str]:
    """Names that the statements of a line point at, with the pages of their bearers; not one that two bear."""
    found: dict[str, set[str]] = {}
    for node in nodes:
        for iri, name in _pointed_at(things, node):
            if things.kind(iri) in NAMED:
                found.setdefault(name, set()).add(iri)
    return {name: things.site.href(iris.pop()) for name, iris in found.items() if len(iris) == 1}


def _pointed_at(things: Things, node: Node) -> Iterable[tuple[str, str]]:
    """What a statement points at by its IRI and name, the body of its meeting, and who had a post before."""
    base = things.site.base
    for told in node.told.values():
        yield from ((iri, name) for iri, name in told.items() if iri.startswith(base))
    for item in node.refs("kg:agendaItem"):
        for meeting in things.nodes[item].refs("kg:meeting"):
            yield from things.nodes[meeting].told.get("kg:body", {}).items()
    for before in node.refs("kg:takesOverFrom"):
        yield from things.nodes[before].told.get("kg:person", {}).items()
    for meeting in node.refs("kg:meeting"):
        yield from things.nodes[meeting].told.get("kg:body", {}).items()


def linked(line: str, names: dict[str, str]) -> Markup:
    """A line with a link on the first place of each name, the longer one of two that begin alike."""
    if not names:
        return escape(line)
    starts: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        if match := _WORD.match(name):
            starts.setdefault(match[0], []).append(name)
    parts: list[Markup] = []
    done, used = 0, set()
    for match in _WORD.finditer(line):
        name = next((one for one in starts.get(match[0], ()) if _stands(line, match.start(), one)), "")
        if name and name not in used and match.start() >= done:
            parts += [escape(line[done : match.start()]), Markup('<a href="{}">{}</a>').format(names[name], name)]
            done = match.start() + len(name)
            used.add(name)
    return Markup("").join([*parts, escape(line[done:])])


def _stands(line: str, start: int, name: str) -> bool:
    """Whether a name, and no longer word, stands at a place."""
    after = line[start + len(name) : start + len(name) + 1]
    return line.startswith(name, start) and not (after.isalnum() or after in ("-", "_"))
