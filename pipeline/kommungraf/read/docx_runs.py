"""The text of a Word paragraph: its runs with their look, fields as shown, without what is deleted or hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kommungraf.errors import InputError
from kommungraf.read.docx_names import MC, M, W, switch
from kommungraf.read.docx_pictures import Pictures
from kommungraf.read.docx_styles import Styles, changed, style_id
from kommungraf.read.office_looks import Look
from kommungraf.read.office_numbers import plain, symbol
from kommungraf.read.office_parts import Growing, Run, Story

_DEEPEST = 40
_INSTRUCTED = 200  # characters of an instruction: its first word tells
_HEX = re.compile(r"[0-9A-Fa-f]{1,4}")
_HOLDERS = frozenset(
    f"{W}{name}" for name in "hyperlink smartTag ins moveTo sdtContent customXml dir bdo rubyBase".split()
)
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_MATHS = frozenset({f"{M}oMath", f"{M}oMathPara"})
_NOTES = frozenset({f"{W}footnoteReference", f"{W}endnoteReference"})
_SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_FIELD_CHAR, _INSTRUCTION, _TEXT, _BREAK = f"{W}fldChar", f"{W}instrText", f"{W}t", f"{W}br"
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})


class Fields:
    """Fields under way, which may reach over paragraphs: of each its instruction, and whether its result is shown."""

    def __init__(self) -> None:
        self._open: list[list[str | bool]] = []

    @property
    def in_contents(self) -> bool:
        """Whether the text here is the result of a table of contents."""
        return any(shown and _is_contents(str(instruction)) for instruction, shown in self._open)

    @property
    def shown(self) -> bool:
        """Whether text here is printed, and is no instruction of a field."""
        return all(shown for _, shown in self._open)

    def mark(self, kind: str | None) -> None:
        """A mark: the field begins, its result begins, or it ends."""
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(["", False])
        elif kind == "separate" and self._open:
            self._open[-1][1] = True
        elif kind == "end" and self._open:
            self._open.pop()

    def instruct(self, text: str) -> None:
        """A part of an instruction."""
        if self._open and not self._open[-1][1] and len(str(self._open[-1][0])) < _INSTRUCTED:
            self._open[-1][0] = str(self._open[-1][0]) + text[:_INSTRUCTED]


def _is_contents(instruction: str) -> bool:
    return instruction.split(maxsplit=1)[:1] in (["TOC"], ["toc"])


@dataclass(slots=True)
class Line:
    """What a paragraph holds: its text, parted where a page ends; text boxes, references to notes.

    ``contents``: some of it is an entry of a table of contents.
    """

    texts: list[Growing] = field(default_factory=lambda: [Growing()])
    boxes: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    contents: bool = False

    @property
    def parts(self) -> list[list[Run]]:
        """The runs of each part."""
        return [text.runs() for text in self.texts]


class Runs:
    """Reads lines of one document and tells its story of what was left out."""

    def __init__(self, styles: Styles, story: Story) -> None:
        self.styles = styles
        self.story = story
        self.pictures = Pictures(story)
        self.notes_in_tables: list[Element] = []
        self._looks: dict[tuple[Look, str | None, bool | None, bool | None, bool | None, str | None], Look] = {}

    def line(self, paragraph: Element, look: Look, fields: Fields) -> Line:
        """The text of a paragraph whose style gives it a look."""
        line = Line()
        self._read(paragraph, look, fields, line, 0)
        self.pictures.before = "".join(run.text for run in line.texts[-1].runs()) or self.pictures.before
        return line

    def _read(self, parent: Element, look: Look, fields: Fields, line: Line, depth: int) -> None:
        if depth > _DEEPEST:
            raise InputError("too-deep", f"{self.story.name} has parts inside each other deeper than any document.")
        for child in parent:
            tag = child.tag
            if tag == f"{W}r":
                self._run(child, look, fields, line)
            elif tag in _HOLDERS:
                if tag in _INSERTED:
                    self.story.tracked_changes()
                self._read(child, look, fields, line, depth + 1)
            elif tag == f"{W}fldSimple":
                line.contents = line.contents or _is_contents(child.get(f"{W}instr", ""))
                self._read(child, look, fields, line, depth + 1)
            elif tag == f"{W}sdt":
                self._control(child, look, fields, line, depth)
            elif tag in _DELETED:
                self.deleted(child)
            elif tag in _MATHS:
                line.texts[-1].add("".join(text.text or "" for text in child.iter(f"{M}t")), look)
            elif tag == f"{MC}AlternateContent":
                self._read(next(iter(child), child), look, fields, line, depth + 1)

    def _control(self, element: Element, look: Look, fields: Fields, line: Line, depth: int) -> None:
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        if switch(element.find(f"{W}sdtPr"), "showingPlcHdr"):
            self.placeholder(content)
        else:
            self._read(content, look, fields, line, depth + 1)

    def _run(self, run: Element, look: Look, fields: Fields, line: Line) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None:
            look = self._look(look, properties)
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                self._text(plain(child.text or ""), look, fields, line)
            elif tag == _FIELD_CHAR:
                fields.mark(child.get(f"{W}fldCharType"))
            elif tag == _INSTRUCTION:
                fields.instruct(child.text or "")
            elif tag in _SIGNS:
                self._text(_SIGNS[tag], look, fields, line)
            elif tag == _BREAK:
                self._break(child, look, fields, line)
            elif tag == f"{W}sym":
                self._text(_symbol(child.get(f"{W}char", "")), look, fields, line)
            elif tag in _DRAWN:
                line.boxes += self.pictures.drawn(child)
            elif tag == f"{MC}AlternateContent":
                for drawn in next(iter(child), ()):
                    line.boxes += self.pictures.drawn(drawn)
            elif tag in _NOTES:
                line.notes.append(child)

    def _text(self, text: str, look: Look, fields: Fields, line: Line) -> None:
        if not fields.shown or not text:
            return
        if look.hidden:
            if text.strip():
                self.story.leave_out("hidden", "hidden text, which is not printed", text)
            return
        line.contents = line.contents or fields.in_contents
        line.texts[-1].add(text, look)

    def _break(self, element: Element, look: Look, fields: Fields, line: Line) -> None:
        if element.get(f"{W}type") == "page":
            line.texts.append(Growing())
        else:
            self._text("\n", look, fields, line)

    def _look(self, around: Look, properties: Element) -> Look:
        """The look of a run, remembered: a document has few."""
        style = style_id(properties, "rStyle")
        size = properties.find(f"{W}sz")
        key = (
            around, style, switch(properties, "b"), switch(properties, "i"), switch(properties, "vanish"),
            size.get(f"{W}val") if size is not None else None,
        )  # fmt: skip
        if key not in self._looks:
            self._looks[key] = changed(self.styles.text(style, around) if style else around, properties)
        return self._looks[key]

    def deleted(self, element: Element) -> None:
        """What somebody deleted or moved away, and nobody has accepted."""
        self.story.tracked_changes()
        texts = (child.text or "" for child in element.iter() if child.tag in (f"{W}delText", _TEXT))
        if (text := "".join(texts)).strip():
            self.story.leave_out("deletion", "deleted in a tracked change", text)

    def placeholder(self, element: Element) -> None:
        """The words with which a form asks to be filled in."""
        text = "".join(child.text or "" for child in element.iter(_TEXT))
        self.story.leave_out("placeholder", "a field of the form that nobody has filled in", text)


def _symbol(code: str) -> str:
    """The sign of a symbol font at a place that is written in four hexadecimal digits."""
    return symbol(int(code, 16)) if _HEX.fullmatch(code) else ""
