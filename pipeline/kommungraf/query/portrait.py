"""An entity and its timeline as JSON for programs, as Markdown for a report, and in the few lines of a heading."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kommungraf.languages import ENGLISH, Words, messages
from kommungraf.query.entity import Entity, Fact
from kommungraf.query.kinds import entry_word
from kommungraf.query.nodes import Quote
from kommungraf.query.telling import tell
from kommungraf.query.timeline import Entry

NAME = 40
"""A passage that is longer is more than a name."""


def heading(entity: Entity) -> list[str]:
    """What it is besides its name: other names, period, money, partners; where and when documents name it."""
    properties, own, words = entity.properties, entity.name, entity.words
    others = {*properties.get("skos:altLabel", []), *properties.get("kg:shortName", []), *entity.names.values()} - {own}
    lines = [words("also {names}", names=", ".join(sorted(others)))] if others else []
    starts, stops = properties.get("kg:validFrom", []), properties.get("kg:validTo", [])
    told = [
        f"{either(starts, words) or '…'} – {either(stops, words) or '…'}" if starts or stops else "",
        *(", ".join(properties.get(name, [])) for name in ("kg:funder", "org:unitOf", "kg:heldBy", "kg:abbreviation")),
        either([money(amount) for amount in properties.get("kg:amount", [])], words),
        ", ".join(properties.get("kg:participant", [])),
        ", ".join(words("state: {state}", state=state_word(one, words)) for one in properties.get("kg:state", [])),
    ]
    if any(told):
        lines.append(" · ".join(part for part in told if part))
    if entity.candidate.kind == "Case":
        lines += properties.get("dcterms:title", [])[:1]
    if known := known_from(entity):
        lines.append(known)
    return lines


def known_from(entity: Entity) -> str:
    """How many documents name it, and of which years; nothing where none does."""
    documents = {quote.document_iri for fact in entity.facts if fact.kind == "mention" for quote in fact.quotes}
    years = sorted({fact.when[:4] for fact in entity.facts if fact.kind == "mention" and fact.when})
    if not documents:
        return ""
    words = entity.words
    named = words.count(len(documents), "named in {n} document", "named in {n} documents")
    span = "–".join(dict.fromkeys((years[0], years[-1]))) if years else ""
    return words("{named} of {years}", named=named, years=span) if span else named


def either(values: list[str], words: Words) -> str:
    """Values of which documents state now one, now the other."""
    return (
        words("{one} or {other}", one=either(values[:-1], words), other=values[-1]) if values[1:] else "".join(values)
    )


_STATES = messages(
    {
        "answered": "state|answered",
        "decided": "state|decided",
        "open": "state|open",
        "postponed": "state|postponed",
        "unknown": "state|unknown",
        "withdrawn": "state|withdrawn",
    }
)


def state_word(state: str, words: Words) -> str:
    """The state of a matter."""
    return words(_STATES.get(state, state))


def money(amount: str) -> str:
    """An amount of kronor as Swedish prints it."""
    value = Decimal(amount)
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return digits.replace(",", "\u00a0").replace(".", ",") + " kr"


def source(quote: Quote, words: Words = ENGLISH) -> str:
    """Document and page of a quote, and whether it was recognised in a picture."""
    return ", ".join(part for part in (quote.document, page(quote, words)) if part)


def page(quote: Quote, words: Words = ENGLISH) -> str:
    """The page of a quote, and whether it was recognised in a picture; nothing where there is neither."""
    number = words("p. {pages}", pages=quote.page) if quote.page is not None else ""
    surely = "" if quote.recognition is None else words.share(quote.recognition)
    read = words("recognised in a picture, {score}", score=surely) if surely else ""
    return ", ".join(part for part in (number, read) if part)


def as_json(entity: Entity, entries: list[Entry]) -> dict[str, Any]:
    """Everything: the entity, its properties, its facts one by one, and its timeline."""
    return {
        "candidate": asdict(entity.candidate),
        "names": sorted(set(entity.names.values())),
        "properties": entity.properties,
        "facts": [_fact_json(fact, entity) for fact in entity.facts],
        "timeline": [_entry_json(entry) for entry in entries],
    }


def _fact_json(fact: Fact, entity: Entity) -> dict[str, Any]:
    quote = fact.quotes[0] if fact.quotes else None
    told: dict[str, Any] = {
        "when": fact.when,
        "kind": fact.kind,
        "summary": "" if fact.kind == "mention" else tell(fact, entity).what,
        "node": fact.node.iri,
        "quote": quote.text if quote else "",
        "document": quote.document if quote else "",
        "file": quote.file if quote else "",
        "page": quote.page if quote else None,
        "start": quote.start if quote else None,
        "end": quote.end if quote else None,
        "sha256": quote.sha256 if quote else "",
        "more": max(0, len(fact.quotes) - 1),
    }
    return told | ({"score": fact.score, "because": fact.because} if fact.concluded else {})


def _entry_json(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "year": int(entry.year) if entry.year else None,
        "when": entry.when,
        "kind": entry.kind,
        "what": entry.what,
        "quotes": [_quote_json(quote) for quote in entry.quotes],
    }
    if entry.called:
        told["called"] = entry.called
    if entry.concluded:
        told |= {"score": entry.score, "because": entry.because}
    if entry.under:
        told["under"] = [_entry_json(under) for under in entry.under]
    return told


def _quote_json(quote: Quote) -> dict[str, Any]:
    kept = ("text", "document", "file", "page", "start", "end")
    told = {key: value for key, value in asdict(quote).items() if key in kept}
    return told if quote.recognition is None else told | {"recognition": quote.recognition}


def as_markdown(entity: Entity, entries: list[Entry]) -> str:
    """A report of an entity: a heading per year, a line per fact, quotes whole."""
    lines = [f"# {entity.name}", "", *(f"{_escape(line)}  " for line in heading(entity)), ""]
    year: str | None = None
    said = entity.words
    for entry in entries:
        title = said("Perhaps") if entry.kind == "perhaps" else entry.year or said("Year not known")
        if title != year:
            lines += ["", f"## {title}", ""]
            year = title
        lines += _markdown(entry, "", said)
    return "\n".join(lines).rstrip() + "\n"


def conclusion(entry: Entry, words: Words = ENGLISH) -> str:
    """That an entry was concluded, or not, and how surely."""
    score = words.share(entry.score or 0)
    if entry.kind == "perhaps":
        return words("not concluded, {score}", score=score)
    return words("concluded, {score}", score=score)


def _markdown(entry: Entry, indent: str, words: Words) -> list[str]:
    when = f"{entry.when} " if len(entry.when) > len("2024") else ""
    called = words(" (as {name})", name=entry.called) if entry.called else ""
    lines = [f"{indent}- {when}**{entry_word(entry.kind, words)}** {_escape(entry.what)}{called}".rstrip()]
    if entry.concluded:
        lines.append(f"{indent}  *{conclusion(entry, words)}: {_escape(entry.because)}*")
    for quote in distinct(entry):
        text, stands = _escape(" ".join(quote.text.split())), _escape(source(quote, words))
        lines.append(f"{indent}  > {text} — {stands} (`{quote.file}`)")
        lines.append("")
    for under in entry.under:
        lines += _markdown(under, indent + "  ", words)
    return lines


def distinct(entry: Entry, most: int = 2) -> list[Quote]:
    """The quotes that prove an entry: one, or for a conclusion one of each document that it follows from.

    A passage that is but a name proves little: a sentence goes before it.
    """
    if not entry.concluded:
        return entry.quotes[:1]
    telling = [quote for quote in entry.quotes if len(quote.text) > NAME] or entry.quotes
    first: dict[str, Quote] = {}
    for quote in telling:
        first.setdefault(quote.document_iri, quote)
    return list(first.values())[:most]


def _escape(text: str) -> str:
    for mark in "\\`*_[]<>#":
        text = text.replace(mark, "\\" + mark)
    return text
