"""The text of a word processor's document, written section by section: its head, its body, its foot."""

from __future__ import annotations

import re

from kommungraf.errors import InputError
from kommungraf.model.source import RunningKind, SourceFile, Text
from kommungraf.read.compose import Composer
from kommungraf.read.office_drafts import drafts
from kommungraf.read.office_parts import Content, Paragraph, Story, text_of
from kommungraf.read.office_style import Usual
from kommungraf.read.office_tables import laid_out

_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an|nr)?\.?\s*)?[-–]?\s*\d{0,4}\s*[-–]?(?:\s*(?:\(\d*\)|/\s*\d*|av\s*\d*))?", re.IGNORECASE
)


class Manuscript:
    """Collects a document and makes its text. What runs on its pages is written once, however many sections have it."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._parts: list[list[Content] | tuple[RunningKind, str]] = []
        self._seen: set[str] = set()
        self._breaks = False

    def new_page(self) -> None:
        """What comes next begins a page."""
        self._breaks = any(isinstance(part, list) for part in self._parts)

    def letterhead(self, blocks: list[Content]) -> None:
        """The head of a first page that no other page has: printed once, like the rest of the page, and read so."""
        key = text_of(blocks)
        if key and key not in self._seen:
            self._seen.add(key)
            self.body(blocks)

    def body(self, blocks: list[Content]) -> None:
        """The next blocks of the text."""
        if self._breaks and blocks:
            blocks = [Paragraph(breaks=True), *blocks]
            self._breaks = False
        self._parts.append(list(laid_out(blocks)))

    def running(self, kind: RunningKind, blocks: list[Content]) -> None:
        """What stands at the head or foot of page after page."""
        for line in text_of(blocks).split("\n"):
            text = " ".join(line.split())
            key = f"{kind} {text}"
            if text and key not in self._seen:
                self._seen.add(key)
                self._parts.append(("page-number" if _PAGE_NUMBER.fullmatch(text) else kind, text))

    def text(self, file: SourceFile) -> Text:
        """The text. Raises :class:`~kommungraf.errors.InputError` of kind ``empty`` for a document without any."""
        composer = Composer()
        content = [block for part in self._parts if isinstance(part, list) for block in part]
        usual = Usual.of([block for block in content if isinstance(block, Paragraph)])
        found = False
        for part in self._parts:
            if isinstance(part, tuple):
                composer.running([part])
                continue
            for draft in drafts(part, usual, first=not found):
                composer.block(draft)
                found = True
        if not found:
            raise InputError("empty", f"{file.name} holds no text, only pictures or white space.")
        text = composer.text(file)
        text.left_out, text.issues = self.story.left_out, self.story.issues
        return text
