"""The styles of a Word document, each with what it takes from the styles that it is based on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from kommungraf.read.docx_names import VAL, W, number, switch, value, whole
from kommungraf.read.office_looks import Look, heading_of, is_contents, is_titled

_CHAIN = 20  # styles based on each other: nobody has more, but a file may go round in a ring
BODY_TEXT = 9  # the outline level of what is no heading


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph or its text has from its style.

    ``heading`` is a level counted from 1, 0 for none; ``titled``: called a heading without a level; ``contents``: an
    entry of a table of contents; ``list_id``/``list_level``: the numbering; ``breaks``: begins a page; ``above`` and
    ``below``: the white around it, in points.
    """

    look: Look
    heading: int = 0
    titled: bool = False
    contents: bool = False
    list_id: int | None = None
    list_level: int | None = None
    breaks: bool = False
    above: float = 0.0
    below: float = 0.0


class Styles:
    """The styles by id. ``root`` is the part ``styles.xml``, ``None`` for a document without."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._default = Style(Look())
        self._default_id = ""
        if root is None:
            return
        self._default = Style(changed(Look(), root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))
        above, below = white(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"), 0.0, 0.0)
        self._default = replace(self._default, above=above, below=below)
        for element in root.iter(f"{W}style"):
            identity = element.get(f"{W}styleId", "")
            self._elements.setdefault(identity, element)
            if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") in ("1", "true", "on"):
                self._default_id = identity

    def paragraph(self, identity: str | None) -> Style:
        """A paragraph style; the document's usual one for none and for one that is not there."""
        wanted = identity if identity in self._elements else self._default_id
        if wanted not in self._known:
            self._known[wanted] = self._resolved(wanted)
        return self._known[wanted]

    def text(self, identity: str, around: Look) -> Look:
        """The look of text in a character style, inside a paragraph of some look."""
        for element in self._chain(identity):
            around = changed(around, element.find(f"{W}rPr"))
        return around

    def _chain(self, identity: str) -> list[Element]:
        """A style and those that it is based on, from the furthest."""
        chain: list[Element] = []
        while (element := self._elements.get(identity)) is not None and element not in chain and len(chain) < _CHAIN:
            chain.append(element)
            identity = value(element, "basedOn") or ""
        return chain[::-1]

    def _resolved(self, identity: str) -> Style:
        style = self._default
        for element in self._chain(identity):
            style = _based(style, element)
        return style


def _based(style: Style, element: Element) -> Style:
    """A style with another's own properties over it."""
    name = value(element, "name") or ""
    style = replace(style, look=changed(style.look, element.find(f"{W}rPr")))
    if level := heading_of(name):
        style = replace(style, heading=level)
    elif is_titled(name):
        style = replace(style, titled=True)
    if is_contents(name):
        style = replace(style, contents=True, heading=0, titled=False)
    properties = element.find(f"{W}pPr")
    if properties is None:
        return style
    outline, breaks = number(properties, "outlineLvl"), switch(properties, "pageBreakBefore")
    if outline is not None:
        style = replace(style, heading=outline + 1 if 0 <= outline < BODY_TEXT else 0)
    if breaks is not None:
        style = replace(style, breaks=breaks)
    above, below = white(properties, style.above, style.below)
    style = replace(style, above=above, below=below)
    numbering = properties.find(f"{W}numPr")
    if numbering is not None:
        identity, level_in = number(numbering, "numId"), number(numbering, "ilvl")
        style = replace(style, list_id=style.list_id if identity is None else identity)
        style = replace(style, list_level=style.list_level if level_in is None else level_in)
    return style


def style_id(properties: Element | None, name: str) -> str | None:
    """The style that paragraph or run properties name (``pStyle``, ``rStyle``)."""
    child = properties.find(W + name) if properties is not None else None
    return child.get(VAL) if child is not None else None


def changed(look: Look, properties: Element | None) -> Look:
    """A look with run properties (``w:rPr``) over it."""
    if properties is None or not len(properties):
        return look
    bold, italic, hidden = (switch(properties, name) for name in ("b", "i", "vanish"))
    half_points = number(properties, "sz")
    return Look(
        look.bold if bold is None else bold,
        look.italic if italic is None else italic,
        look.size if half_points is None else half_points / 2,
        look.hidden if hidden is None else hidden,
    )


def white(properties: Element | None, above: float, below: float) -> tuple[float, float]:
    """The white above and below a paragraph in points, where its properties change what is usual."""
    spacing = properties.find(f"{W}spacing") if properties is not None else None
    if spacing is None:
        return above, below
    before, after = (whole(spacing.get(f"{W}{side}")) for side in ("before", "after"))
    return above if before is None else before / 20, below if after is None else after / 20
