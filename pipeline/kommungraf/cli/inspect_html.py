"""What was read of a file as one HTML page that needs nothing else: pictures, boxes over them, and the blocks beside.

File names and texts are not ours, so every one of them is escaped, and the page forbids itself (by a content security
policy) to load or run anything but its own style and script.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from importlib.resources import files

from kommungraf.build.inspection import Aside, Cut, Finding, Inspection, Seen
from kommungraf.build.inspection_pages import PagePicture
from kommungraf.model.source import Place
from kommungraf.text import cut, ranges

_GROUPS = {
    "meeting": ("meeting and attendance", "meeting attendance"),
    "item": ("items and background", "agenda-item background basis handler body section"),
    "decision": ("decisions", "decision"),
    "proposal": ("proposals and votes", "proposal procedure vote reservation recusal"),
    "signatures": ("signatures, recipients, appeal", "signatures recipients appeal"),
    "figures": ("plans, results, figures", "area focus goals activities results budget accounts"),
    "front": ("front and contents", "front contents"),
}
_GROUP_OF = {role: group for group, (_, roles) in _GROUPS.items() for role in roles.split()}
_SHORT, _QUOTE = 60, 160  # characters of a quote
_SHOWN = 40  # things found in one block that are named


def as_html(inspection: Inspection, pages: Sequence[int], pictures: Iterator[PagePicture], note: str) -> Iterator[str]:
    """The page, piece by piece. ``pages`` are those to show (none for a format without pages)."""
    style, script = _data("inspect.css"), _data("inspect.js")
    policy = f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
    policy += "base-uri 'none'; form-action 'none'"
    name = _shown(inspection.name)
    yield "<!DOCTYPE html>\n"
    yield f'<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{name} – what was read</title><style>{style}</style></head><body>\n"
    yield '<a class="skip" href="#pages">To what was read</a>\n'
    yield f"<header><h1>{name}</h1><p>{_shown(headline(inspection))}</p></header>\n"
    yield _navigation(inspection, pages)
    yield f"<main>{_note(note)}{_summary(inspection)}\n"
    yield '<div id="pages">'
    if pages:
        for page, picture in zip(pages, _beside(pages, pictures), strict=True):
            yield _page(inspection, page, picture)
    else:
        blocks = "".join(_block(inspection, block, False) for block in inspection.blocks)
        yield f'<section class="page bare"><h2>Blocks</h2><div class="blocks">{blocks}</div></section>'
    yield f"</div></main><script>{script}</script></body></html>\n"


def headline(inspection: Inspection) -> str:
    """In a line: how it was read, its size, its pages."""
    pages = f" · {inspection.pages} page{'s' if inspection.pages > 1 else ''}" if inspection.pages else ""
    found = f"{len(inspection.blocks)} blocks · {len(inspection.found)} things found"
    return f"{inspection.how}{pages} · {size(inspection.size)} · {found}"


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"


def group(block: Seen) -> str:
    """The group of roles in whose colour a block is shown."""
    return _GROUP_OF.get(block.role, "other")


def visible(text: str) -> str:
    """A text without the power to steer a terminal or the text around it: such characters are spelt out."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t\u00a0" else c.encode("unicode_escape").decode() for c in text)


def _shown(text: str) -> str:
    """A visible text that is not read as mark-up."""
    return escape(visible(text))


def _data(name: str) -> str:
    return files("kommungraf.cli").joinpath("data", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _beside(pages: Sequence[int], pictures: Iterator[PagePicture]) -> Iterator[PagePicture | None]:
    """The picture of each page; ``None`` where there are none."""
    for _ in pages:
        yield next(pictures, None)


def _note(note: str) -> str:
    return f'<p class="note" role="note">{_shown(note)}</p>' if note else ""


def _navigation(inspection: Inspection, pages: Sequence[int]) -> str:
    if not pages:
        return ""
    links = "".join(f'<a href="#p{page}">{_shown(_label(inspection, page))}</a>' for page in pages)
    return f'<nav class="pages" aria-label="Pages"><strong>Pages</strong>{links}</nav>\n'


def _label(inspection: Inspection, page: int) -> str:
    printed = inspection.labels.get(page, "")
    return f"{page} ({printed})" if printed and printed != str(page) else str(page)


def _summary(inspection: Inspection) -> str:
    legend = "".join(f'<li class="r-{name}">{_shown(said)}</li>' for name, (said, _) in _GROUPS.items())
    legend += '<li class="r-other">no role</li><li class="r-unread">words that no block holds</li>'
    cards = [
        _card("Documents", map(_document, inspection.documents), "The file has no text to cut.", " documents"),
        f'<section class="card"><h2>Colours</h2><ul class="legend">{legend}</ul></section>',
    ]
    details = [
        _card("Left out", map(_aside, inspection.left_out), "Nothing was left out."),
        _card("Issues", [_row(_shown(issue.message), issue.stage) for issue in inspection.issues], "None."),
    ]
    if inspection.claims:
        rows = [_row(f'{_shown(c.value)}<span class="why">{_shown(c.told)}</span>', c.name) for c in inspection.claims]
        details.append(_card("What the file claims of itself", rows, ""))
    return "".join(cards) + f'<div class="columns">{"".join(details)}</div>'


def _card(title: str, rows: Iterable[str], nothing: str, kind: str = "") -> str:
    body = "".join(rows)
    content = f"<table>{body}</table>" if body else f'<p class="soft">{nothing}</p>'
    return f'<section class="card{kind}"><h2>{title}</h2>{content}</section>'


def _row(cell: str, head: str) -> str:
    return f'<tr><th scope="row">{_shown(head)}</th><td lang="sv">{cell}</td></tr>'


def _document(cut: Cut) -> str:
    facts = [f"{kind} {count}" for kind, count in cut.found.items()]
    about = ", ".join(part for part in (cut.type, cut.issued or str(cut.year or ""), cut.publisher) if part)
    where = f"p. {cut.first_page}–{cut.last_page}" if cut.first_page else f"{cut.blocks} blocks"
    return (
        f'<tr><td class="n">{cut.ordinal}</td><td class="n">{where}</td>'
        f'<td><strong lang="sv">{_shown(cut.title)}</strong><br><span lang="sv">{_shown(about)}</span>'
        f'<span class="why">{_shown(cut.because)}</span></td>'
        f"<td>{_shown(' · '.join(facts)) or 'nothing found'}</td></tr>"
    )


def _aside(aside: Aside) -> str:
    pages = f" (p. {ranges(aside.pages)})" if aside.pages else ""
    text = f"{_shown(aside.text)}{pages}" if aside.text else pages.strip(" ()")
    return _row(f'{text}<span class="why" lang="en">{_shown(aside.why)}</span>', aside.kind)


def _page(inspection: Inspection, page: int, picture: PagePicture | None) -> str:
    blocks = inspection.on_page(page)
    listed = "".join(_block(inspection, block, picture is not None, page) for block in blocks)
    listed = listed or '<p class="soft">Nothing was read on this page.</p>'
    bare = " bare" if picture is None else ""
    sheet = _sheet(blocks, picture) if picture else ""
    return (
        f'<section class="page{bare}" id="p{page}" aria-labelledby="h{page}">'
        f'<h2 id="h{page}">Page {_shown(_label(inspection, page))}</h2>{sheet}'
        f'<div class="blocks">{listed}</div></section>\n'
    )


def _sheet(blocks: list[Seen], picture: PagePicture) -> str:
    """The picture of a page with the boxes of its blocks over it, each a link to its block."""
    packed = base64.b64encode(picture.jpeg()).decode()
    width, height = f"{picture.width:.1f}", f"{picture.height:.1f}"
    grey = "".join(f'<rect class="unread" {_edges(*place[1:])}/>' for place in picture.unread)
    roles = ["", *(block.role for block in blocks)]
    boxes = "".join(
        _box(block, picture.number, block.role != above) for block, above in zip(blocks, roles, strict=False)
    )
    return (
        f'<div class="sheet"><svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="group" '
        f'aria-label="Page {picture.number} with its blocks"><image href="data:image/jpeg;base64,{packed}" '
        f'width="{width}" height="{height}" preserveAspectRatio="none"/>{grey}{boxes}</svg></div>'
    )


def _box(block: Seen, page: int, titled: bool) -> str:
    """The boxes of a block on a page, the first one with its role over it where that is not that of the block above."""
    said = f"{_what(block)}: {' '.join(block.text.split())[:300]}"
    drawn = ""
    for number, place in enumerate(place for place in block.places if place.page == page):
        identity = f' id="r{block.number}-{page}"' if number == 0 else ""
        drawn += (
            f'<a class="box r-{group(block)}"{identity} href="#b{block.number}-{page}" tabindex="{-(number > 0)}">'
            f"<title>{_shown(said)}</title><rect {_edges(*place[1:])}/>"
            f"{_title(block, place) if titled and number == 0 else ''}</a>"
        )
    return drawn


def _title(block: Seen, place: Place) -> str:
    y = max(6.5, place.y0 - 1.5)
    return f'<text x="{place.x0:.1f}" y="{y:.1f}">{_shown(block.role or block.kind)}</text>'


def _edges(x0: float, y0: float, x1: float, y1: float) -> str:
    return f'x="{x0:.1f}" y="{y0:.1f}" width="{max(0.0, x1 - x0):.1f}" height="{max(0.0, y1 - y0):.1f}"'


def _what(block: Seen) -> str:
    return " ".join([block.kind, *([str(block.level)] if block.level else []), *([block.role] if block.role else [])])


def _block(inspection: Inspection, block: Seen, pictured: bool, page: int = 0) -> str:
    shown = any(place.page == page for place in block.places)
    link = f'<a href="#r{block.number}-{page}">on the page</a>' if pictured and shown else ""
    level = f" {block.level}" if block.level else ""
    role = _shown(", ".join(block.roles)) or "no role"
    sure = f"<span>recognised, {block.sure:.0%} sure</span>" if block.sure is not None else ""
    return (
        f'<article class="block r-{group(block)}" id="b{block.number}-{page}">'
        f'<div class="head"><b>{role}</b><span>{block.kind}{level}</span><span>block {block.number}</span>{sure}{link}'
        "</div>"
        f'<div lang="sv">{_text(block)}</div>{_found([inspection.found[number] for number in block.found])}</article>'
    )


def _text(block: Seen) -> str:
    if block.kind == "table":
        rows = ("".join(f"<td>{_shown(cell)}</td>" for cell in row.split("\t")) for row in block.text.split("\n"))
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    mark = f"{block.marker} " if block.marker and not block.text.startswith(block.marker) else ""
    kind = f" heading l{block.level}" if block.kind == "heading" else ""
    return f'<p class="text{kind}">{_shown(mark + block.text)}</p>'


def _found(found: list[Finding]) -> str:
    if not found:
        return ""
    counted = Counter((one.kind, one.says, one.quote) for one in found)
    shown = [
        f'<li title="{_shown(quote)}"><b>{kind}</b> {_said(says, quote)}{f" ×{count}" if count > 1 else ""}</li>'
        for (kind, says, quote), count in list(counted.items())[:_SHOWN]
    ]
    more = [f"<li>… and {len(counted) - _SHOWN} more</li>"] if len(counted) > _SHOWN else []
    return f'<ul class="found" lang="sv" aria-label="found here">{"".join([*shown, *more])}</ul>'


def _said(says: str, quote: str) -> str:
    """The values of a fact, and how its quote begins where that says more."""
    if not says or quote.casefold() in says.casefold() or says.casefold() in quote.casefold():
        return _shown((quote if not says or len(quote) <= _SHORT else says)[:_QUOTE])
    short = cut(quote, _SHORT)
    return f"{_shown(says)} <i>{_shown(short)}</i>"
