"""What is drawn in a Word document: text boxes are read, pictures and embedded objects are told of."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from kommungraf.read.docx_names import MC, WP, A, V, W, whole
from kommungraf.read.office_parts import Story

_EMU = 12_700  # of Word's units to a point
_BOX = f"{W}txbxContent"
_SIZE = re.compile(r"(width|height):\s*(\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|px|)")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, "": 1.0}
_OBJECTS = ("}chart", "}relIds", "}OLEObject")


class Pictures:
    """Tells the story of what is drawn; ``before`` is the text that stood last, to say where."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.before = ""

    def drawn(self, element: Element) -> list[Element]:
        """The text boxes of a drawing; the pictures and objects in it are noted."""
        found: list[Element] = []
        extent = element.find(f".//{WP}extent")
        waiting = [element]
        while waiting:
            child = waiting.pop()
            if child.tag == _BOX:
                found.append(child)
            elif child.tag == f"{MC}AlternateContent":
                waiting += list(child)[:1]  # the second form of the same, for old programs
            else:
                self._note(child, extent)
                waiting += list(child)[::-1]
        return found

    def _note(self, child: Element, extent: Element | None) -> None:
        if child.tag == f"{A}blip":
            width, height = (whole(extent.get(side)) or 0 if extent is not None else 0 for side in ("cx", "cy"))
            self.story.picture(width / _EMU, height / _EMU, self.before)
        elif child.find(f"{V}imagedata") is not None:
            sides = _sides(child.get("style", ""))
            self.story.picture(sides.get("width", 0.0), sides.get("height", 0.0), self.before)
        elif child.tag.endswith(_OBJECTS):
            self.story.leave_out("object", "an embedded chart or document, whose text is not read", self.before)


def _sides(style: str) -> dict[str, float]:
    """Width and height in points of a shape whose style says them as a web page would."""
    return {name: float(size) * _POINTS[unit] for name, size, unit in _SIZE.findall(style)}
