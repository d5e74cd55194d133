"""The content of a web page as blocks, in the order of the source."""

from __future__ import annotations

import re

from kommungraf.model.source import LeftOut, SourceFile
from kommungraf.read.breaks import BREAK
from kommungraf.read.drafts import Draft, DraftCell
from kommungraf.read.html_content import WHY, Content
from kommungraf.read.html_inline import Inline, InlineLine, joins, paragraphs, raised, shown
from kommungraf.read.html_lists import ListMarks
from kommungraf.read.html_nodes import Node, Styles, children, classes, elements, plain, role
from kommungraf.read.html_tables import table_drafts
from kommungraf.read.lines import ITEM
from kommungraf.read.plain import read_plain

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dir div dl dt fieldset figcaption figure"
    " footer form header hgroup html legend li main nav ol p section summary table tbody td tfoot"
    " th thead tr ul".split()
)
_LISTS = frozenset("ul ol menu dir".split())
_TABLES = frozenset("table grid treegrid".split())
_LINE = 60  # characters
_DEEPEST = 120  # elements: below that, only words are read
_DISPLAYED = re.compile(r"display\s*:\s*(?:block|list-item|flex|grid|table\b(?!-cell))", re.IGNORECASE)
_NEW_PAGE = re.compile(r"(?:page-)?break-(?:before|after)\s*:\s*(?:always|page|left|right)", re.IGNORECASE)
_WORD_MARK = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
_WORD_LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d)", re.IGNORECASE)
_SYMBOLS = re.compile(r"font(?:-family)?\s*:[^;]*\b(?:Symbol|Wingdings)", re.IGNORECASE)
_COMMENT = re.compile(r"#?(?:cmnt|_msocom_|_anchor_)", re.IGNORECASE)
_COMMENTED = re.compile(r"#(?:cmnt_ref|_anchor_)", re.IGNORECASE)
_PAGE_INFO = re.compile(
    r"(?:sidan (?:är |blev )?(?:senast )?(?:uppdaterad|uppdaterades|ändrad|ändrades|granskad|granskades|publicerad)\b"
    r"|senast (?:uppdaterad|ändrad|granskad|sparad)\b|sidansvarig\b|sidinformation\b"
    r"|(?:page )?last (?:updated|modified)\b)",
    re.IGNORECASE,
)
_INFO_WORDS = 15


def blocks(content: Content, styles: Styles, file: SourceFile) -> list[Draft]:
    """The blocks of the content. What turns out to be no content on the way is added to what was left out."""
    reader = _Reader(content, styles, file)
    for root in content.roots:
        reader.element(root, 0, False, False)
        reader.flush()
    return reader.drafts


class _Reader:
    """The state of one pass: the words since the last block boundary, the mark that the next block has, the lists."""

    def __init__(self, content: Content, styles: Styles, file: SourceFile, depth: int = 0) -> None:
        self.content = content
        self.styles = styles
        self.file = file
        self.depth = depth
        self.drafts: list[Draft] = []
        self.inline = Inline()
        self.lists: list[ListMarks] = []
        self.mark = ""
        self.level = 0
        self.gap = 1

    def element(self, node: Node, depth: int, bold: bool, italic: bool) -> None:
        """An element and what is in it."""
        if node.mem_id in self.content.skipped or self.is_comment(node):
            return
        tag = node.tag or ""
        if depth + self.depth > _DEEPEST:
            self.inline.text(f" {plain(node)} ", bold, italic)
            return
        bold, italic = self.styles.emphasis(node, bold, italic)
        level = self.heading_level(node, tag)
        if level:
            self.heading(node, level, depth)
        elif tag in _LISTS:
            self.items(node, depth, bold, italic)
        elif tag == "table" or role(node) in _TABLES:
            self.table(node, depth)
        elif tag in ("br", "hr"):
            self.line_break(node, tag)
        elif tag == "pre":
            self.preformatted(node)
        elif tag == "dl":
            self.definitions(node, depth, bold, italic)
        elif tag in _BLOCKS or _DISPLAYED.search(node.attrs.sget("style") or ""):
            self.block(node, tag, depth, bold, italic)
        else:
            self.run(node, tag, depth, bold, italic)

    def inside(self, node: Node, depth: int, bold: bool, italic: bool) -> None:
        """What is in an element."""
        for child in children(node):
            if child.is_text_node:
                self.inline.text(child.text_content or "", bold, italic)
            elif child.is_element_node:
                self.element(child, depth + 1, bold, italic)

    def block(self, node: Node, tag: str, depth: int, bold: bool, italic: bool) -> None:
        """An element that stands on lines of its own."""
        if _is_line(node) and _is_like(node, _beside(node, after=False)):
            self.inline.line_break()
        else:
            self.flush()
        style = self.styles.style(node)
        if _NEW_PAGE.search(style):
            self.gap = 3
        if match := _WORD_LEVEL.search(style):
            self.level = int(match[1])
        self.inside(node, depth, bold or tag == "summary", italic)
        if _is_line(node) and _is_like(node, _beside(node, after=True)):
            return
        self.flush()
        self.level = 0

    def run(self, node: Node, tag: str, depth: int, bold: bool, italic: bool) -> None:
        """An element inside a line: words, but for marks that Word writes as words, raised figures and quotations."""
        style = node.attrs.sget("style") or ""
        if _WORD_MARK.search(style):
            sign = shown(node.text())
            self.mark = "•" if _SYMBOLS.search(style + _style_above(node)) and not sign[:1].isdigit() else sign
        elif tag == "sup" and node.text().strip().isdigit():
            self.inline.text(raised(node.text()), bold, italic)
        elif _SYMBOLS.search(style) and len(shown(node.text())) == 1:
            self.inline.text("• ", bold, italic)
        elif tag == "q":
            self.inline.text("”", bold, italic)
            self.inside(node, depth, bold, italic)
            self.inline.text("”", bold, italic)
        elif tag == "img":
            self.picture(node)
        else:
            if tag == "span" and _is_apart(node):
                self.inline.column()
            self.inside(node, depth, bold, italic)

    def picture(self, node: Node) -> None:
        """What a picture shows is not read; what is said of it is told."""
        said = shown(node.attrs.sget("alt") or "")
        if len(said.split()) >= 3:
            self.content.left_out.append(LeftOut("image", f"This is {WHY['image']}.", said[:200]))

    def is_comment(self, node: Node) -> bool:
        """A comment of Word or Google Docs, or the sign of one in the text."""
        link = node if node.tag == "a" else node.css_first("a") if node.tag == "p" else None
        if link is None:
            return False
        attributes = link.attrs
        target, name = attributes.sget("href") or "", attributes.get("id") or attributes.get("name") or ""
        if not (_COMMENT.match(target) and _COMMENT.match(name)):
            return False
        if node.tag == "p" and _COMMENTED.match(target):
            self.content.left_out.append(LeftOut("comment", f"This is {WHY['comment']}.", plain(node)[:200]))
        return node.tag == "a" or bool(_COMMENTED.match(target))

    def heading_level(self, node: Node, tag: str) -> int:
        """The level of a heading, or 0."""
        if tag in _HEADINGS and role(node) not in ("presentation", "none"):
            return _HEADINGS[tag]
        if role(node) == "heading":
            said = node.attrs.sget("aria-level") or "2"
            return min(6, int(said)) if said in "123456789" else 2
        return 0

    def heading(self, node: Node, level: int, depth: int) -> None:
        """A heading: one block, whatever is in it."""
        self.flush()
        inner = _Reader(self.content, self.styles, self.file, self.depth + depth)
        inner.inside(node, 0, False, False)
        inner.flush()
        parts = [draft for draft in inner.drafts if draft.lines]
        lines = [line for draft in parts for line in draft.lines]
        if level == 1 and self.drafts:
            self.gap = 3  # a page has one main heading: a second one begins something else, as on a new page
        if lines and sum(map(len, lines)) <= 500 and len(parts) == len(inner.drafts):
            self.add(Draft("heading", lines, [BREAK] * (len(lines) - 1), level=level))
        else:
            for draft in inner.drafts:
                self.add(draft)

    def items(self, node: Node, depth: int, bold: bool, italic: bool) -> None:
        """A list and its items."""
        self.flush()
        self.lists.append(ListMarks(node, len(self.lists) + 1, self.styles))
        for child in children(node):
            if child.tag == "li" and child.mem_id not in self.content.skipped:
                self.flush()
                self.mark = self.lists[-1].mark(child)
                self.level = self.lists[-1].depth
                self.inside(child, depth + 1, *self.styles.emphasis(child, bold, italic))
                self.flush()
                self.mark, self.level = "", 0
            elif child.is_element_node:
                self.element(child, depth + 1, bold, italic)
            elif child.is_text_node:
                self.inline.text(child.text_content or "", bold, italic)
        self.flush()
        self.lists.pop()

    def table(self, node: Node, depth: int) -> None:
        """A table under its caption."""
        self.flush()
        for child in children(node):
            if child.tag == "caption" and child.mem_id not in self.content.skipped:
                self.block(child, "caption", depth, True, False)

        def read(cell: Node, head: bool) -> list[Draft]:
            inner = _Reader(self.content, self.styles, self.file, self.depth + depth + 2)
            inner.inside(cell, 0, *self.styles.emphasis(cell, head, False))
            inner.flush()
            return inner.drafts

        for draft in table_drafts(node, read, self.content.skipped):
            self.add(draft)

    def definitions(self, node: Node, depth: int, bold: bool, italic: bool) -> None:
        """Labels and what stands beside them: a table, unless whole blocks stand there."""
        self.flush()
        inner = _Reader(self.content, self.styles, self.file, self.depth + depth + 2)
        rows: list[tuple[list[Draft], list[Draft]]] = []
        for term in _terms(node):
            if term.mem_id in self.content.skipped:
                continue
            inner.inside(term, 0, bold, italic)
            inner.flush()
            drafts, inner.drafts = inner.drafts, []
            if term.tag == "dt" or not rows:
                rows.append((drafts, []))
            else:
                rows[-1][1].extend(drafts)
        for draft in _definition_drafts(rows):
            self.add(draft)

    def line_break(self, node: Node, tag: str) -> None:
        """A line ends; a ruled line stands where a page ended when the document was one of paper."""
        if tag == "br" and not _NEW_PAGE.search(node.attrs.sget("style") or ""):
            self.inline.line_break()
            return
        self.flush()
        self.gap = 3

    def preformatted(self, node: Node) -> None:
        """Text in letters of one width is read like a text file."""
        self.flush()
        text = read_plain(node.text(), self.file)
        for block in text.blocks:
            if block.rows:
                rows = [
                    [DraftCell([text.of(cell)] if cell.end > cell.start else []) for cell in row.cells]
                    for row in block.rows
                ]
                self.add(Draft("table", rows=rows))
                continue
            lines = text.of(block).split("\n")
            if block.marker:
                lines[0] = f"{block.marker} {lines[0]}"
            draft = Draft(block.kind, lines, [BREAK] * (len(lines) - 1), level=block.level, marker=block.marker)
            self.add(draft)

    def flush(self) -> None:
        """The words so far are a block, or several where empty lines, titles or items part them."""
        for lines in paragraphs(self.inline.take()):
            for part in _items(lines):
                self.paragraph(part)

    def paragraph(self, lines: list[InlineLine]) -> None:
        """A paragraph or item; the first one of a list item has its mark."""
        if len(lines) == 1 and _PAGE_INFO.match(lines[0].text) and len(lines[0].text.split()) <= _INFO_WORDS:
            self.content.left_out.append(LeftOut("page-info", f"This is {WHY['page-info']}.", lines[0].text[:200]))
            return
        texts = [line.text for line in lines]
        draft = Draft("paragraph", texts, joins(lines))
        draft.bold, draft.italic = all(line.bold for line in lines), all(line.italic for line in lines)
        if self.mark and not ITEM.match(texts[0]):
            texts[0] = f"{self.mark} {texts[0]}"
        match = ITEM.match(texts[0])
        if self.mark or match:
            draft.kind, draft.marker = "item", match[2] if match else self.mark
            draft.level = self.level or len(self.lists) or 1
        self.mark = ""
        self.add(draft)

    def add(self, draft: Draft) -> None:
        """A block is done."""
        draft.gap, self.gap = max(self.gap, draft.gap), 1
        self.drafts.append(draft)


def _is_line(node: Node) -> bool:
    """Whether a ``div`` is a short line: it has no margin, so that those of a kind stand right below each other."""
    if node.tag != "div" or any(child.tag in _BLOCKS or child.tag == "br" for child in elements(node)):
        return False
    text = plain(node)
    return 0 < len(text) <= _LINE and text[-1] not in ".:"


def _is_like(node: Node, other: Node | None) -> bool:
    return other is not None and classes(node) == classes(other) and _is_line(other)


def _beside(node: Node, after: bool) -> Node | None:
    """The element right before or after another one, where nothing but white space stands between."""
    other = node.next if after else node.prev
    while other is not None and other.is_text_node and not (other.text_content or "").strip():
        other = other.next if after else other.prev
    return other if other is not None and other.is_element_node else None


def _is_apart(node: Node) -> bool:
    """Whether a ``span`` stands right after another one and begins with a capital: no word goes on so."""
    before = node.prev
    return before is not None and before.tag == "span" and node.text()[:1].isupper()


def _style_above(node: Node) -> str:
    return node.parent.attrs.sget("style") or "" if node.parent is not None else ""


def _items(lines: list[InlineLine]) -> list[list[InlineLine]]:
    """Lines that begin with an item's mark begin an item."""
    found: list[list[InlineLine]] = []
    for line in lines:
        if not found or ITEM.match(line.text):
            found.append([])
        found[-1].append(line)
    return found


def _terms(node: Node) -> list[Node]:
    """The terms and definitions of a list; each pair may stand in a ``div``."""
    found: list[Node] = []
    for child in children(node):
        if child.tag in ("dt", "dd"):
            found.append(child)
        elif child.tag == "div":
            found += [inner for inner in children(child) if inner.tag in ("dt", "dd")]
    return found


def _definition_drafts(rows: list[tuple[list[Draft], list[Draft]]]) -> list[Draft]:
    simple = all(len(term) <= 1 and all(draft.kind == "paragraph" for draft in said) for term, said in rows)
    short = simple and all(len(draft.lines[0]) <= 250 for _, said in rows for draft in said)
    if short and any(said for _, said in rows):
        return [Draft("table", rows=[[_lines(term), _lines(said)] for term, said in rows if term or said])]
    for term, _ in rows:
        for draft in term:
            draft.bold = True
    return [draft for term, said in rows for draft in (*term, *said)]


def _lines(drafts: list[Draft]) -> DraftCell:
    lines = [line for draft in drafts for line in draft.lines]
    return DraftCell(lines, [BREAK] * (len(lines) - 1), all(draft.bold for draft in drafts) and bool(lines))
