"""The styles of an OpenDocument text, each with what it takes from the styles above it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from kommungraf.read.odt_names import FO, STYLE, TEXT, points, whole
from kommungraf.read.office_looks import Look, heading_of, is_contents, is_titled

_CHAIN = 20  # styles based on each other: nobody has more, but a file may go round in a ring
_ESCAPED = re.compile(r"_([0-9a-f]{1,4})_")
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_PAGE = frozenset({"page", "even-page", "odd-page"})


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph has from its style; ``numbered`` is false where the style says that it has no number.

    ``master`` is the kind of page that begins with it; ``breaks`` and ``ends``: a page ends before or after it;
    ``above`` and ``below``: the white around it, in points.
    """

    look: Look
    heading: int = 0
    titled: bool = False
    contents: bool = False
    breaks: bool = False
    ends: bool = False
    numbered: bool = True
    master: str = ""
    above: float = 0.0
    below: float = 0.0


class Styles:
    """The styles that hold in a part: its automatic ones (the look of single paragraphs) before the named ones."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._base = Look()
        for root in roots:
            for element in root.iter(f"{STYLE}style"):
                key = (element.get(f"{STYLE}family", ""), element.get(f"{STYLE}name", ""))
                self._elements.setdefault(key, element)
            for element in root.iter(f"{STYLE}default-style"):
                if element.get(f"{STYLE}family") == "paragraph":
                    self._base = _changed(self._base, element)

    def paragraph(self, name: str) -> ParagraphStyle:
        """A paragraph style by name; the usual one for one that is not there."""
        if name not in self._paragraphs:
            style = ParagraphStyle(self._base)
            chain = self._chain("paragraph", name)
            for element in chain:
                style = _based(style, element)
            master = chain[-1].get(f"{STYLE}master-page-name", "") if chain else ""
            self._paragraphs[name] = replace(style, master=master)
        return self._paragraphs[name]

    def text(self, name: str, around: Look) -> Look:
        """The look of text in a character style, inside a paragraph of some look."""
        for element in self._chain("text", name):
            around = _changed(around, element)
        return around

    def _chain(self, family: str, name: str) -> list[Element]:
        """A style and those above it, from the furthest."""
        chain: list[Element] = []
        while (element := self._elements.get((family, name))) is not None and element not in chain:
            chain.append(element)
            name = element.get(f"{STYLE}parent-style-name", "")
            if len(chain) == _CHAIN:
                break
        return chain[::-1]


def _based(style: ParagraphStyle, element: Element) -> ParagraphStyle:
    """A style with another's own properties over it."""
    style = replace(style, look=_changed(style.look, element))
    name = element.get(f"{STYLE}display-name") or unescaped(element.get(f"{STYLE}name", ""))
    outline = element.get(f"{STYLE}default-outline-level")
    if is_contents(name):
        return replace(style, contents=True, heading=0, titled=False)
    if level := heading_of(name):
        style = replace(style, heading=level)
    elif is_titled(name):
        style = replace(style, titled=True)
    if outline:
        style = replace(style, heading=whole(outline, 0))
    if element.get(f"{STYLE}list-style-name") == "":
        style = replace(style, numbered=False)
    properties = element.find(f"{STYLE}paragraph-properties")
    if properties is not None:
        before, after = properties.get(f"{FO}break-before"), properties.get(f"{FO}break-after")
        style = replace(style, breaks=style.breaks if before is None else before in _PAGE)
        style = replace(style, ends=style.ends if after is None else after in _PAGE)
        above, below = (points(properties.get(f"{FO}margin-{side}")) for side in ("top", "bottom"))
        style = replace(style, above=style.above if above is None else above)
        style = replace(style, below=style.below if below is None else below)
    return style


def _changed(look: Look, element: Element) -> Look:
    properties = element.find(f"{STYLE}text-properties")
    if properties is None:
        return look
    weight, slant = properties.get(f"{FO}font-weight"), properties.get(f"{FO}font-style")
    size, display = properties.get(f"{FO}font-size", ""), properties.get(f"{TEXT}display")
    percent = whole(size.removesuffix("%"), 0) if size.endswith("%") else 0
    return Look(
        look.bold if weight is None else weight in _BOLD,
        look.italic if slant is None else slant in ("italic", "oblique"),
        round(look.size * percent / 100, 1) if percent else points(size) or look.size,
        look.hidden if display is None else display == "none",
    )


def unescaped(name: str) -> str:
    """The name of a style as its user sees it: ``Heading_20_1`` is "Heading 1"."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), name)
