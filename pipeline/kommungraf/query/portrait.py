"""An entity and its timeline as JSON for programs, as Markdown for a report, and in the few lines of a heading."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from kommungraf.query.entity import Entity, Fact
from kommungraf.query.nodes import Quote
from kommungraf.query.telling import tell
from kommungraf.query.timeline import Entry

NAME = 40
"""A passage that is longer is more than a name."""


def heading(entity: Entity) -> list[str]:
    """What it is besides its name: other names, period, money, partners; where and when documents name it."""
    properties, own = entity.properties, entity.name
    others = {*properties.get("skos:altLabel", []), *properties.get("kg:shortName", []), *entity.names.values()} - {own}
    lines = ["also " + ", ".join(sorted(others))] if others else []
    starts, stops = properties.get("kg:validFrom", []), properties.get("kg:validTo", [])
    told = [
        f"{' or '.join(starts) or '…'} – {' or '.join(stops) or '…'}" if starts or stops else "",
        *(", ".join(properties.get(name, [])) for name in ("kg:funder", "org:unitOf", "kg:heldBy", "kg:abbreviation")),
        " or ".join(money(amount) for amount in properties.get("kg:amount", [])),
        ", ".join(properties.get("kg:participant", [])),
        ", ".join(f"state: {state}" for state in properties.get("kg:state", [])),
    ]
    if any(told):
        lines.append(" · ".join(part for part in told if part))
    if entity.candidate.kind == "Case":
        lines += properties.get("dcterms:title", [])[:1]
    documents = {quote.document_iri for fact in entity.facts if fact.kind == "mention" for quote in fact.quotes}
    years = sorted({fact.when[:4] for fact in entity.facts if fact.kind == "mention" and fact.when})
    if documents:
        span = (f" of {years[0]}–{years[-1]}" if years[0] != years[-1] else f" of {years[0]}") if years else ""
        lines.append(f"named in {len(documents)} document{'' if len(documents) == 1 else 's'}{span}")
    return lines


def money(amount: str) -> str:
    """An amount of kronor as Swedish prints it."""
    value = Decimal(amount)
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return digits.replace(",", "\u00a0").replace(".", ",") + " kr"


def source(quote: Quote) -> str:
    """Document and page of a quote, and whether it was recognised in a picture."""
    page = f"p. {quote.page}" if quote.page is not None else ""
    return ", ".join(part for part in (quote.document, page, quote.reading) if part)


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
    for entry in entries:
        title = "Perhaps" if entry.kind == "perhaps" else entry.year or "Year not known"
        if title != year:
            lines += ["", f"## {title}", ""]
            year = title
        lines += _markdown(entry, "")
    return "\n".join(lines).rstrip() + "\n"


def _markdown(entry: Entry, indent: str) -> list[str]:
    when = f"{entry.when} " if len(entry.when) > len("2024") else ""
    called = f" (as {entry.called})" if entry.called else ""
    lines = [f"{indent}- {when}**{entry.kind}** {_escape(entry.what)}{called}".rstrip()]
    if entry.concluded:
        word = "not concluded" if entry.kind == "perhaps" else "concluded"
        lines.append(f"{indent}  *{word}, {entry.score:.2f}: {_escape(entry.because)}*")
    for quote in distinct(entry):
        lines.append(f"{indent}  > {_escape(' '.join(quote.text.split()))} — {_escape(source(quote))} (`{quote.file}`)")
        lines.append("")
    for under in entry.under:
        lines += _markdown(under, indent + "  ")
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
