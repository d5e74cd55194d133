"""What a word processor's document is made of, whichever program wrote it: paragraphs of runs, and tables of cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kommungraf.errors import Issue
from kommungraf.model.source import LeftOut
from kommungraf.read.office_looks import Look

_BEGINNING = 80  # characters of what was left out that are kept to know it by
_LARGE = 170_000.0  # square points: a third of an A4 page
_MOST_ISSUES = 20


@dataclass(slots=True)
class Run:
    """A stretch of text of one look; ``\\t`` is a tab and ``\\n`` a line break. ``size`` is in points, 0 unknown."""

    text: str
    bold: bool = False
    italic: bool = False
    size: float = 0.0


class Growing:
    """Runs that are being read: text of the look of the text before is joined to it."""

    def __init__(self) -> None:
        self._looks: list[Look] = []
        self._texts: list[list[str]] = []

    @property
    def last(self) -> str:
        """The text that was added last."""
        return self._texts[-1][-1] if self._texts else ""

    def add(self, text: str, look: Look) -> None:
        """Add text, if there is any."""
        if text and self._looks and self._looks[-1] == look:
            self._texts[-1].append(text)
        elif text:
            self._looks.append(look)
            self._texts.append([text])

    def runs(self) -> list[Run]:
        """All of it."""
        looks = zip(self._looks, self._texts, strict=True)
        return [Run("".join(texts), look.bold, look.italic, look.size) for look, texts in looks]


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    ``heading`` is its level where its style or its outline makes it a heading (1 is the highest), 0 for none, and
    ``titled`` says that its style is called one without saying which. ``label`` is the number or bullet that the
    program prints before it, ``depth`` how deep in its list it stands (1 outermost, 0 in none); ``breaks``: a page ends
    before it; ``note``: it is a footnote or an endnote. ``above`` and ``below`` is the white around it, in points.
    """

    runs: list[Run] = field(default_factory=list)
    heading: int = 0
    titled: bool = False
    label: str = ""
    depth: int = 0
    breaks: bool = False
    note: bool = False
    above: float = 0.0
    below: float = 0.0

    @property
    def text(self) -> str:
        """The text of its runs, its label left out."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Box:
    """A cell of a table: what stands in it, and over how many columns it reaches."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    span: int = 1


@dataclass(slots=True)
class Table:
    """A table, row by row; a cell that is merged with the one above it is there and empty."""

    rows: list[list[Box]] = field(default_factory=list)


Content = Paragraph | Table
T = TypeVar("T")


@dataclass(slots=True)
class Story:
    """What is told of a document beside its text while it is read: what was left out of it, and its problems."""

    name: str
    left_out: list[LeftOut] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def leave_out(self, kind: str, why: str, text: str = "") -> None:
        """Something that stands in the file and not in the text."""
        text = " ".join(text.split())
        self.left_out.append(LeftOut(kind, why, text[:_BEGINNING]))

    def tracked_changes(self) -> None:
        """Somebody changed the document, and nobody has said yes or no to it."""
        message = (
            f"{self.name} has tracked changes that were neither accepted nor rejected; it was read as if all were "
            "accepted. Accept or reject them and save the document, to be sure."
        )
        self.issue("tracked-changes", message)

    def picture(self, width: float, height: float, before: str) -> None:
        """A picture of a size in points; one as large as a page may be a scan, whose text nobody can search."""
        where = " ".join(before.split())[-60:]
        self.leave_out("picture", "a picture" + (f" after “{where}”" if where else " at the beginning"))
        if width * height >= _LARGE:
            place = f"after “{where}”" if where else "at its beginning"
            message = f"{self.name} holds a picture as large as a page {place}: if it is a scan, its text was not read."
            if sum(issue.kind == "picture" for issue in self.issues) < _MOST_ISSUES:
                self.issues.append(Issue(self.name, "read", "picture", message))

    def issue(self, kind: str, message: str) -> None:
        """A problem of the file, told once for each kind."""
        if all(issue.kind != kind for issue in self.issues):
            self.issues.append(Issue(self.name, "read", kind, message))


_APART = 12.0  # points: a line of white


def boxed(blocks: Iterator[T]) -> Iterator[T]:
    """What stands in a text box: apart from what is around it."""
    for number, block in enumerate(blocks):
        if not number and isinstance(block, Paragraph):
            block.above = _APART
        yield block


def paragraphs_of(blocks: list[Content]) -> Iterator[Paragraph]:
    """All paragraphs, those in tables included, in order."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for box in row:
                    yield from paragraphs_of(box.blocks)


def text_of(blocks: list[Content]) -> str:
    """The text of some blocks, a line for each paragraph that has any."""
    return "\n".join(text for block in paragraphs_of(blocks) if (text := block.text.strip()))
