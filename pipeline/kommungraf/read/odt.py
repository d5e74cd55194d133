"""OpenDocument texts (ODT). Like Word's they have no pages until a program lays them out, so none are counted."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.odt_body import Body, Master, Note
from kommungraf.read.odt_lists import Lists
from kommungraf.read.odt_names import DC, META, OFFICE, STYLE, TEXT
from kommungraf.read.odt_styles import Styles
from kommungraf.read.office_package import Package
from kommungraf.read.office_parts import Content, Paragraph, Run, Story
from kommungraf.read.office_text import Manuscript

_CLAIMS = {
    f"{DC}title": "title", f"{META}initial-creator": "author", f"{DC}subject": "subject",
    f"{META}creation-date": "created", f"{DC}date": "modified",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MANIFEST = "META-INF/manifest.xml"


def read_odt(data: bytes, file: SourceFile) -> Text:
    """Read an OpenDocument text.

    Raises :class:`~kommungraf.errors.InputError`: ``damaged``, ``encrypted``, ``empty``, ``too-large``, ``too-deep``,
    ``unsafe``.
    """
    package = Package(data, file.name)
    if _MANIFEST in package.names and b"encryption-data" in package.part(_MANIFEST):
        raise InputError("encrypted", f"{file.name} is protected with a password; save it without one.")
    return _Document(package, file).text()


class _Document:
    """A package with its content and its styles."""

    def __init__(self, package: Package, file: SourceFile) -> None:
        self.package = package
        self.file = file
        self.story = Story(file.name)
        self.content = package.xml("content.xml")
        named = [package.xml("styles.xml")] if "styles.xml" in package.names else []
        lists = Lists([self.content, *named])
        self.body = Body(Styles([self.content, *named]), lists, self.story)
        self.margins = Body(Styles(named), lists, self.story)  # heads and feet have automatic styles of their own
        self.masters = {one.get(f"{STYLE}name", ""): one for root in named for one in root.iter(f"{STYLE}master-page")}
        self.numbered = 0

    def text(self) -> Text:
        """The text, with all that is told beside it."""
        root = self.content.find(f"{OFFICE}body/{OFFICE}text")
        if root is None:
            raise self.package.damaged("content.xml has no text")
        manuscript = Manuscript(self.story)
        self.write(root, manuscript)
        text = manuscript.text(self.file)
        text.metadata = self.metadata()
        return text

    def write(self, root: Element, manuscript: Manuscript) -> None:
        """Each stretch of one kind of pages with its heads before and its feet after; notes before the next heading."""
        blocks: list[Content] = []
        notes: list[Content] = []
        master = next(iter([name for name in ("Standard",) if name in self.masters] or self.masters), "")
        begun = False
        for found in self.body.read(root):
            if isinstance(found, Note):
                notes += self.note(found.element)
            elif isinstance(found, Master):
                if begun:
                    self.stretch(master, [*blocks, *notes], manuscript)
                    manuscript.new_page()
                    blocks, notes = [], []
                master = found.name
            else:
                if isinstance(found, Paragraph) and (found.heading or found.breaks):
                    blocks += notes
                    notes = []
                blocks.append(found)
                begun = True
        self.stretch(master, [*blocks, *notes], manuscript)

    def stretch(self, name: str, blocks: list[Content], manuscript: Manuscript) -> None:
        """Blocks on pages of a kind, of which the first may have a head of its own."""
        master = self.masters.get(name)
        following = self.masters.get(master.get(f"{STYLE}next-style-name", "")) if master is not None else None
        if following is not None and following is not master:  # this kind is for one page only
            manuscript.letterhead(self.margin(master, "header"))
            master = following
        if first := self.margin(master, "header-first"):
            manuscript.letterhead(first)
        for place in ("header", "header-left"):
            manuscript.running("header", self.margin(master, place))
        manuscript.body(blocks)
        for place in ("footer-first", "footer", "footer-left"):
            manuscript.running("footer", self.margin(master, place))

    def margin(self, master: Element | None, place: str) -> list[Content]:
        """A head or foot of a kind of pages, nothing for one that is not shown."""
        element = master.find(f"{STYLE}{place}") if master is not None else None
        if element is None or element.get(f"{STYLE}display") == "false":
            return []
        return self.margins.blocks(element)

    def note(self, element: Element) -> list[Content]:
        """The paragraphs of a footnote or endnote, its number before the first."""
        body = element.find(f"{TEXT}note-body")
        blocks = self.body.blocks(body) if body is not None else []
        self.numbered += 1
        for number, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                block.note, block.heading, block.titled = True, 0, False
                if not number and block.runs:
                    block.runs.insert(0, Run(f"{self.numbered} ", False, False, block.runs[0].size))
        return blocks

    def metadata(self) -> dict[str, str]:
        """What the file says of itself, dates at the day."""
        claims: dict[str, str] = {}
        if "meta.xml" in self.package.names:
            for element in self.package.xml("meta.xml").iter():
                name, said = _CLAIMS.get(element.tag), " ".join((element.text or "").split())
                if name and said:
                    day = _DAY.match(said) if name in ("created", "modified") else None
                    claims[name] = day[0] if day else said
        return claims
