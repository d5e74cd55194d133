"""What was read of one file: its blocks, the cut into documents, what was found where, what was left out and why."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kommungraf.errors import InputError, Issue, UsageError
from kommungraf.extract import extract
from kommungraf.model.facts import Entity, Node
from kommungraf.model.parts import LogicalDocument, Role
from kommungraf.model.source import Block, Place, Printed, Recognised, Running, Span, Text
from kommungraf.read.inputs import Source, find
from kommungraf.segment import segment
from kommungraf.text import fold, printable, ranges, squeeze

Json = dict[str, Any]

_QUOTE = 160
_TELLING = ("outcome", "capacity", "role", "state", "change_kind", "value", "unit", "fiscal_year", "date", "effective")
_LISTED = 12  # members of an archive that are named


@dataclass(frozen=True, slots=True)
class Finding:
    """A thing or statement found: its kind (a class of the ontology), its telling values, and its quote.

    ``page`` counts from 1; ``block`` is the index of the block where its first evidence stands, ``None`` where that is
    in a running head.
    """

    kind: str
    says: str
    quote: str
    document: int
    page: int | None
    block: int | None


@dataclass(slots=True)
class Seen:
    """A block as it was read: ``roles`` are those of the parts that it belongs to, the first one that of its beginning.

    ``sure`` is how sure its letters are where they were recognised in a picture (0 to 1).
    """

    number: int
    kind: str
    text: str
    page: int | None
    level: int = 0
    marker: str = ""
    bold: bool = False
    document: int | None = None
    roles: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    sure: float | None = None
    found: list[int] = field(default_factory=list)

    @property
    def role(self) -> str:
        """The role in which it is read, or nothing."""
        return self.roles[0] if self.roles else ""

    def pages(self) -> set[int]:
        """The pages on which it stands."""
        return {place.page for place in self.places} | ({self.page} if self.page else set())


@dataclass(frozen=True, slots=True)
class Cut:
    """A logical document: what it is, where it stands, why it was cut and typed so, and how much was found in it."""

    ordinal: int
    type: str
    title: str
    because: str
    issued: str
    year: int | None
    publisher: str
    first_page: int | None
    last_page: int | None
    blocks: int
    found: dict[str, int]


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that is not read, or is no source of facts: a short code, why, how it begins, and on which pages."""

    kind: str
    why: str
    text: str
    pages: list[int]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the file claims of itself, and what its text says to that."""

    name: str
    value: str
    told: str


@dataclass(slots=True)
class Inspection:
    """All that is to be shown of a file; ``pages`` is 0 for a format without pages."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int
    how: str
    labels: dict[int, str]
    claims: list[Claim]
    documents: list[Cut]
    blocks: list[Seen]
    found: list[Finding]
    left_out: list[Aside]
    issues: list[Issue]

    def on_page(self, page: int) -> list[Seen]:
        """The blocks that stand on a page, whole or in part."""
        return [block for block in self.blocks if page in block.pages()]

    def as_json(self) -> Json:
        """Everything as JSON; ``role`` is a block's first one."""
        told = asdict(self)
        for block, seen in zip(told["blocks"], self.blocks, strict=True):
            block["role"] = seen.role
            block["places"] = [place._asdict() for place in seen.places]
        return told


def source_at(path: Path) -> Source:
    """The file at a path, or the member of an archive that a path such as ``arkiv.zip/protokoll.pdf`` leads to.

    Raises :class:`~kommungraf.errors.UsageError` when it leads to none or to several, and
    :class:`~kommungraf.errors.InputError` when the file cannot be looked into.
    """
    shown = printable(str(path))
    outer = next((one for one in (path, *path.parents) if one.exists()), None)
    if outer is None or (outer != path and outer.is_dir()):
        raise UsageError(f"{shown} does not exist.")
    if outer.is_dir():
        raise UsageError(f"{shown} is a folder; name one file in it.")
    found = find([outer])
    member = (outer.name / path.relative_to(outer)).as_posix() if outer != path else ""
    sources = [source for source in found.sources if not member or source.name == member]
    refused = [issue for issue in found.issues if not member or issue.file == member]
    if len(sources) == 1:
        return sources[0]
    if refused and not sources:
        raise InputError(refused[0].kind, refused[0].message)
    if member or not found.sources:
        raise UsageError(
            f"{shown} does not exist: no such document is in {printable(outer.name)}.{_names(found.sources)}"
        )
    raise UsageError(f"{printable(outer.name)} is an archive of {len(sources)} documents; name one.{_names(sources)}")


def _names(sources: list[Source]) -> str:
    shown = [source.name for source in sources[:_LISTED]]
    more = [f"… and {len(sources) - _LISTED} more"] if len(sources) > _LISTED else []
    return "".join(f"\n  {name}" for name in [*shown, *more])


def inspected(text: Text, model: str | None = None) -> Inspection:
    """Cut and extract a text, and keep what each stage saw. ``model`` is a spaCy model to find names with."""
    documents, cut = segment(text)
    results, unclear = extract(text, documents, model)
    blocks = [_seen(text, number, block) for number, block in enumerate(text.blocks)]
    for document in documents:
        _put_roles(document, blocks)
    found = [finding for document, nodes in results for finding in _findings(text, document, nodes)]
    for number, finding in enumerate(found):
        if finding.block is not None:
            blocks[finding.block].found.append(number)
    return Inspection(
        name=text.file.name,
        media_type=text.file.media_type,
        size=text.file.size,
        sha256=text.file.sha256,
        pages=text.pages,
        how=_how(text),
        labels=text.page_labels,
        claims=list(_claims(text, documents)),
        documents=[_cut(text, document, found) for document in documents],
        blocks=blocks,
        found=found,
        left_out=[*_left_out(text), *_no_source(documents, blocks)],
        issues=[*text.issues, *cut, *unclear],
    )


def _seen(text: Text, number: int, block: Block) -> Seen:
    seen = Seen(number, block.kind, text.of(block), block.page, block.level, block.marker, block.bold)
    seen.places = list(block.places)
    scores = [one.score for one in text.recognised if _meets(one, block.stored)]
    seen.sure = round(min(scores), 2) if scores else None
    return seen


def _meets(recognised: Recognised, stored: Span) -> bool:
    return recognised.stored.start < stored.end and stored.start < recognised.stored.end


def _put_roles(document: LogicalDocument, blocks: list[Seen]) -> None:
    for number in document.blocks:
        blocks[number].document = document.ordinal
    for part in document.walk():
        for number in part.own_blocks():
            roles = blocks[number].roles
            if part.role.value not in roles:
                roles.append(part.role.value)


def _findings(text: Text, document: LogicalDocument, nodes: list[Node]) -> Iterator[Finding]:
    for node in nodes:
        if not node.evidence:
            continue
        span = node.evidence[0]
        stored = text.stored_span(span, exact=isinstance(node, Entity))
        quote = squeeze(text.stored[stored.start : stored.end])
        block = None if isinstance(span, Printed) else text.block_index(span.start)
        kind = type(node).__name__
        yield Finding(kind, _says(node), quote[:_QUOTE], document.ordinal, text.page_of(span), block)


def _says(node: Node) -> str:
    """The telling values of a statement, codes without their scheme; a mention's plain name."""
    values = [getattr(node, name, None) for name in _TELLING]
    told = [
        str(value).rpartition(":")[2].partition("-")[2] if _is_code(value) else str(value) for value in values if value
    ]
    return " ".join([*([node.name] if isinstance(node, Entity) else []), *told])[:_QUOTE]


def _is_code(value: object) -> bool:
    return isinstance(value, str) and value.startswith("kg:")


def _cut(text: Text, document: LogicalDocument, found: list[Finding]) -> Cut:
    counts = Counter(finding.kind for finding in found if finding.document == document.ordinal)
    return Cut(
        ordinal=document.ordinal,
        type=document.type,
        title=squeeze(document.title),
        because=document.because,
        issued=str(document.issued or ""),
        year=document.year,
        publisher=squeeze(document.publisher or ""),
        first_page=text.page_at(document.start),
        last_page=text.page_at(max(document.start, document.end - 1)),
        blocks=len(document.blocks),
        found=dict(counts.most_common()),
    )


_FORMATS = {
    "text/plain": "text or Markdown",
    "text/html": "a web page",
    "multipart/related": "a saved web page (MHTML)",
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word (DOCX)",
    "application/vnd.oasis.opendocument.text": "OpenDocument text (ODT)",
    "application/msword": "old Word (DOC), through LibreOffice",
    "application/rtf": "rich text (RTF), through LibreOffice",
}


def _how(text: Text) -> str:
    """In a sentence: the format by content, and where the letters come from."""
    form = _FORMATS.get(text.file.media_type, text.file.media_type)
    if not text.recognised:
        return f"{form}; its own letters"
    scanned = {text.page_of(Printed(*one.stored)) or 1 for one in text.recognised}
    sure = sum(one.score for one in text.recognised) / len(text.recognised)
    which = "all pages" if len(scanned) >= text.pages else f"pages {ranges(sorted(scanned))}"
    return f"{form}; {which} recognised from pictures, on average {sure:.0%} sure"


def _claims(text: Text, documents: list[LogicalDocument]) -> Iterator[Claim]:
    """Each claim beside what the text says. Who is named as author is not shown: it is seldom who wrote the text."""
    words = fold(text.clean)
    dates = [str(document.issued) for document in documents if document.issued]
    for name, value in text.metadata.items():
        if name == "author":
            continue
        if name in ("created", "modified", "published"):
            told = "the text is dated " + ", ".join(dict.fromkeys(dates)) if dates else "the text has no date"
        elif name in ("title", "subject"):
            told = "the text has these words" if fold(value) in words else "the text does not have these words"
        else:
            told = ""
        yield Claim(name, squeeze(value)[:_QUOTE], told)


_NUMBERS = re.compile(r"\d+")
_RUNNING = {"header": "running head", "footer": "running foot", "page-number": "page number"}


def _left_out(text: Text) -> Iterator[Aside]:
    """What the stages after reading do not get: running lines (once), pages without text, the rest."""
    running: defaultdict[tuple[str, str], list[Running]] = defaultdict(list)
    for line in text.running:
        shown = "" if line.kind == "page-number" else _NUMBERS.sub("#", squeeze(line.text))
        running[line.kind, shown].append(line)
    for (kind, _), lines in running.items():
        pages = sorted({line.page for line in lines if line.page})
        why = "It repeats from page to page: known, but no part of the text."
        yield Aside(_RUNNING[kind], why, squeeze(lines[0].text)[:_QUOTE], pages)
    if text.empty_pages:
        yield Aside("empty page", "It gave no text.", "", text.empty_pages)
    for left in text.left_out:
        yield Aside(left.kind, left.why, squeeze(left.text)[:_QUOTE], [left.page] if left.page else [])


_NO_SOURCE = {
    Role.CONTENTS.value: ("contents", "A table of contents is no source of facts."),
    Role.APPEAL.value: ("appeal", "How to appeal is the same in every document; no facts are taken from it."),
}


def _no_source(documents: list[LogicalDocument], blocks: list[Seen]) -> Iterator[Aside]:
    """Parts that are in the text, though hardly any facts are taken from them; documents that only sign others."""
    for document in documents:
        for part in document.walk():
            if part.role.value in _NO_SOURCE and part.blocks:
                kind, why = _NO_SOURCE[part.role.value]
                pages = sorted({page for number in part.blocks for page in blocks[number].pages()})
                yield Aside(kind, why, squeeze(blocks[part.blocks[0]].text)[:_QUOTE], pages)
        if document.type == "underskriftssida":
            pages = sorted({page for number in document.blocks for page in blocks[number].pages()})
            why = "A page of electronic signatures: only who signed is taken from it."
            yield Aside("signature page", why, squeeze(document.title)[:_QUOTE], pages)
