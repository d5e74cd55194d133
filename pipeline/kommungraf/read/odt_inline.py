"""The text of an OpenDocument paragraph: spans with their look, fields as shown, without comments and hidden text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kommungraf.errors import InputError
from kommungraf.read.odt_names import DRAW, OFFICE, SVG, TEXT, points, whole
from kommungraf.read.odt_styles import Styles
from kommungraf.read.office_looks import Look
from kommungraf.read.office_numbers import plain
from kommungraf.read.office_parts import Growing, Story

_DEEPEST = 60
_MOST_SPACES = 60
_WHITE = re.compile(r"[ \t\r\n]+")
_SKIPPED = frozenset({f"{TEXT}number", f"{TEXT}ruby-text", f"{TEXT}script", f"{OFFICE}annotation-end"})


@dataclass(slots=True)
class Line:
    """What a paragraph holds: its text, the text boxes that hang on it, the notes that it refers to."""

    text: Growing = field(default_factory=Growing)
    boxes: list[Element] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)


class Inline:
    """Reads lines of one document and tells its story of what was left out."""

    def __init__(self, styles: Styles, story: Story) -> None:
        self.styles = styles
        self.story = story
        self._before = ""
        self._looks: dict[tuple[Look, str], Look] = {}

    def line(self, paragraph: Element, look: Look) -> Line:
        """The text of a paragraph whose style gives it a look."""
        line = Line()
        self._read(paragraph, look, line, 0)
        self._before = "".join(run.text for run in line.text.runs()) or self._before
        return line

    def _read(self, element: Element, look: Look, line: Line, depth: int) -> None:
        if depth > _DEEPEST:
            raise InputError("too-deep", f"{self.story.name} has parts inside each other deeper than any document.")
        self._text(element.text, look, line)
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}span":
                self._read(child, self._look(look, child.get(f"{TEXT}style-name", "")), line, depth + 1)
            elif tag == f"{TEXT}s":
                self._show(" " * min(whole(child.get(f"{TEXT}c"), 1), _MOST_SPACES), look, line)
            elif tag == f"{TEXT}tab":
                self._show("\t", look, line)
            elif tag == f"{TEXT}line-break":
                self._show("\n", look, line)
            elif tag == f"{TEXT}note":
                line.notes.append(child)
            elif tag == f"{OFFICE}annotation":
                self._comment(child)
            elif tag == f"{TEXT}placeholder":
                self.story.leave_out("placeholder", "a field of the form that nobody has filled in", _all(child))
            elif tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
                self.story.leave_out("hidden", "hidden text, which is not printed", _all(child))
            elif tag.startswith(DRAW) and tag != f"{DRAW}a":
                line.boxes += self.boxes(child)
            elif tag not in _SKIPPED:
                self._read(child, look, line, depth + 1)
            self._text(child.tail, look, line)

    def _text(self, text: str | None, look: Look, line: Line) -> None:
        """Text as it stands in the file: any white space is one space, and none at the beginning."""
        if not text:
            return
        text = _WHITE.sub(" ", plain(text))
        if text[0] == " " and (line.text.last or " ").endswith((" ", "\n")):
            text = text[1:]
        self._show(text, look, line)

    def _show(self, text: str, look: Look, line: Line) -> None:
        if not look.hidden:
            line.text.add(text, look)
        elif text.strip():
            self.story.leave_out("hidden", "hidden text, which is not printed", text)

    def _look(self, around: Look, style: str) -> Look:
        key = (around, style)
        if key not in self._looks:
            self._looks[key] = self.styles.text(style, around)
        return self._looks[key]

    def _comment(self, element: Element) -> None:
        text = " ".join("".join(part.itertext()) for part in element.iter(f"{TEXT}p"))
        self.story.leave_out("comment", "a comment in the margin", text)

    def boxes(self, drawing: Element) -> list[Element]:
        """The text boxes of a drawing, and its shapes with text; pictures and objects in it are noted."""
        found: list[Element] = []
        waiting = [drawing]
        while waiting:
            child = waiting.pop()
            if any(one.tag in (f"{TEXT}p", f"{TEXT}list", f"{TEXT}h") for one in child):
                found.append(child)
                continue
            if child.tag == f"{DRAW}object":
                self.story.leave_out("object", "an embedded chart or document, whose text is not read", self._before)
            elif child.tag == f"{DRAW}frame" and child.find(f"{DRAW}image") is not None and len(child.findall("*")) < 3:
                width, height = (points(child.get(f"{SVG}{side}")) or 0.0 for side in ("width", "height"))
                if child.find(f"{DRAW}object") is None:
                    self.story.picture(width, height, self._before)
            waiting += [one for one in list(child)[::-1] if one.tag.startswith(DRAW)]
        return found


def _all(element: Element) -> str:
    return "".join(element.itertext())
