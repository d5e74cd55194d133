"""What a paragraph introduces without a name and later closes: ``bildades ett dialogforum … har forumet lagts ner``."""

from __future__ import annotations

import re

from kommungraf.extract.changes_names import Names, Thing
from kommungraf.extract.changes_said import Said, real, word
from kommungraf.model.source import Span

_CLOSED = re.compile(r"lades|lagts|läggs|avveckl|upphör|nedlades", re.I)
_DEFINITE = re.compile(r"(?<![\w-])(?P<stem>[a-zåäö]{4,}?)(?:et|en)\s(?:har\s)?$", re.I)
_OBJECT = re.compile(r"\s(?P<stem>[a-zåäö]{4,}?)(?:et|en)(?=[\s.,])")


def closed_here(names: Names, sentence: Span, match: re.Match[str]) -> list[Thing]:
    """The thing that the paragraph had begun with (``en arbetsgrupp``) and that the words at ``match`` close."""
    if _CLOSED.match(match.group()) is None:
        return []
    noun = _DEFINITE.search(names.ctx.text.clean, sentence.start, match.start())
    return _introduced(names, noun["stem"], noun.start()) if noun is not None else []


def no_longer(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``beslutats att vi inte längre ska hålla kursen``: of the one that the paragraph speaks of."""
    noun = _OBJECT.match(names.ctx.text.clean, match.end(), sentence.end)
    decided = word("decided").search(names.ctx.text.clean, sentence.start, match.start())
    if noun is None or decided is None or not real(names, sentence, match):
        return None
    old = _introduced(names, noun["stem"], match.start())
    return Said("ended", old, [], match.start(), noun.end()) if old else None


def _introduced(names: Names, stem: str, end: int) -> list[Thing]:
    """``ett …forum`` that was formed, or ``utbildning i ABC``: earlier in the paragraph, and only one such thing."""
    clean = names.ctx.text.clean
    begin = names.ctx.text.block_at(end).start
    noun = rf"[\wåäö-]*{re.escape(stem)}"
    introduced = re.compile(
        rf"\b(?:bilda|starta|inrätta|skapa)(?:des|ts|de|t) (?:ett|en) (?P<formed>{noun})(?![\w-])"
        rf"|(?<![\w-])(?P<about>{noun} (?:i|om|för) [A-ZÅÄÖ]{{2,}})(?![\w-])"
    )
    things = {}
    for found in introduced.finditer(clean, begin, end):
        start, stop = found.span(found.lastgroup or 0)
        things[clean[start:stop]] = Thing(start, stop, Span(start, stop), clean[start:stop], "phrase")
    return list(things.values()) if len(things) == 1 else []
