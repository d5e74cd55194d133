"""Word documents (DOCX and its kin). They have no pages until a program lays them out, so none are counted.

Where Word last broke its pages (``lastRenderedPageBreak``) depends on its fonts and printer and says nothing of the
text; page breaks that somebody made become white before a block, as in a text file.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from kommungraf.model.source import SourceFile, Text
from kommungraf.read.docx_body import Body, Note, Section
from kommungraf.read.docx_names import STRICT, R, W, switch, value
from kommungraf.read.docx_numbering import Numbering
from kommungraf.read.docx_styles import Styles
from kommungraf.read.office_package import Package
from kommungraf.read.office_parts import Content, Paragraph, Run, Story, text_of
from kommungraf.read.office_text import Manuscript

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CLAIMS = {
    f"{_DC}title": "title", f"{_DC}creator": "author", f"{_DC}subject": "subject",
    f"{_TERMS}created": "created", f"{_TERMS}modified": "modified",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEW_PAGE = frozenset({"nextPage", "oddPage", "evenPage", None})


def read_docx(data: bytes, file: SourceFile) -> Text:
    """Read a Word document.

    Raises :class:`~kommungraf.errors.InputError`: ``damaged``, ``encrypted``, ``empty``, ``too-large``, ``too-deep``,
    ``unsafe``.
    """
    return _Document(Package(data, file.name), file).text()


class _Document:
    """A package with its main part and what that refers to."""

    def __init__(self, package: Package, file: SourceFile) -> None:
        self.package = package
        self.file = file
        self.story = Story(file.name)
        self.main = self.target(_relations(package, ""), "officeDocument") or "word/document.xml"
        self.relations = _relations(package, self.main)
        numbering, styles = self.related("numbering"), self.related("styles")
        self.body = Body(Styles(styles), Numbering(numbering), self.story)
        self.notes: dict[str, dict[str, Element]] = {}
        self.margins: dict[str, list[Content]] = {}
        self.numbered = 0

    def text(self) -> Text:
        """The text, with all that is told beside it."""
        root = self.package.xml(self.main, STRICT)
        body = root.find(f"{W}body")
        if body is None:
            raise self.package.damaged(f"{self.main} has no body")
        manuscript = Manuscript(self.story)
        self.write(body, manuscript)
        self.comments()
        text = manuscript.text(self.file)
        text.metadata = self.metadata()
        return text

    def write(self, body: Element, manuscript: Manuscript) -> None:
        """Each section with its heads before it and its feet after it; notes before the next heading or page."""
        blocks: list[Content] = []
        notes: list[Content] = []
        for found in self.body.read(body):
            notes += (note for element in self.take_notes() for note in self.note(element))
            if isinstance(found, Note):
                notes += self.note(found.element)
            elif isinstance(found, Section):
                self.section(found.properties, [*blocks, *notes], manuscript)
                blocks, notes = [], []
            else:
                if isinstance(found, Paragraph) and (found.heading or found.breaks):
                    blocks += notes
                    notes = []
                blocks.append(found)
        manuscript.body([*blocks, *notes])

    def take_notes(self) -> list[Element]:
        """The references to notes that stood in a table, once."""
        waiting, self.body.runs.notes_in_tables = self.body.runs.notes_in_tables, []
        return waiting

    def section(self, properties: Element, blocks: list[Content], manuscript: Manuscript) -> None:
        """A section whose properties stand at its end."""
        own_first = bool(switch(properties, "titlePg"))
        heads = self.running(properties, "headerReference")
        feet = self.running(properties, "footerReference")
        if value(properties, "type") in _NEW_PAGE:
            manuscript.new_page()
        first = heads.pop("first", [])
        usual = {line for head in heads.values() for line in text_of(head).split("\n")}
        if own_first and not usual.issuperset(text_of(first).split("\n")):
            manuscript.letterhead(first)
        for head in heads.values():
            manuscript.running("header", head)
        manuscript.body(blocks)
        if not own_first:
            feet.pop("first", None)
        for foot in feet.values():
            manuscript.running("footer", foot)

    def running(self, properties: Element, reference: str) -> dict[str, list[Content]]:
        """The heads or feet of a section, by the pages on which they stand (``default``, ``first``, ``even``)."""
        found: dict[str, list[Content]] = {}
        for element in properties.iter(W + reference):
            part = self.relations.get(element.get(f"{R}id", ""), ("", ""))[1]
            if part in self.package.names:
                if part not in self.margins:
                    self.margins[part] = self.body.blocks(self.package.xml(part, STRICT))
                found.setdefault(element.get(f"{W}type", "default"), self.margins[part])
        return found

    def note(self, reference: Element) -> Iterator[Content]:
        """The paragraphs of a footnote or endnote, its number before the first."""
        kind = "footnotes" if reference.tag == f"{W}footnoteReference" else "endnotes"
        if kind not in self.notes:
            root = self.related(kind)
            self.notes[kind] = {one.get(f"{W}id", ""): one for one in root} if root is not None else {}
        element = self.notes[kind].pop(reference.get(f"{W}id", ""), None)
        if element is None:
            return
        self.numbered += 1
        for number, block in enumerate(self.body.blocks(element)):
            if isinstance(block, Paragraph):
                block.note, block.heading, block.titled = True, 0, False
                if not number and block.runs:
                    block.runs.insert(0, Run(f"{self.numbered} ", False, False, block.runs[0].size))
            yield block

    def comments(self) -> None:
        """Comments are of those who wrote the document and no part of it."""
        root = self.related("comments")
        for comment in root if root is not None else ():
            text = " ".join(text_of(self.body.blocks(comment)).split())
            self.story.leave_out("comment", "a comment in the margin", text)

    def metadata(self) -> dict[str, str]:
        """What the file says of itself, dates at the day."""
        part = self.target(_relations(self.package, ""), "core-properties") or "docProps/core.xml"
        if part not in self.package.names:
            return {}
        claims: dict[str, str] = {}
        for element in self.package.xml(part, STRICT):
            name, said = _CLAIMS.get(element.tag), " ".join((element.text or "").split())
            if name and said:
                day = _DAY.match(said) if name in ("created", "modified") else None
                claims[name] = day[0] if day else said
        return claims

    def related(self, kind: str) -> Element | None:
        """The part of a kind that the main part refers to."""
        part = self.target(self.relations, kind)
        return self.package.xml(part, STRICT) if part else None

    def target(self, relations: dict[str, tuple[str, str]], kind: str) -> str | None:
        """The part of a kind among some relations, where the package has it."""
        found = (part for said, part in relations.values() if said == kind)
        return next((part for part in found if part in self.package.names), None)


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part by id: what kind the other part is, and its name. What is outside is never followed."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in package.names:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for element in package.xml(source).iter(_RELATION):
        if element.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", ""))).lstrip("/")
        found[element.get("Id", "")] = (element.get("Type", "").rpartition("/")[2], target)
    return found
