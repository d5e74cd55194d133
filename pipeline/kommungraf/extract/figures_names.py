"""Abbreviations with what they stand for: "särskilt stöd i hemmet (SSH)", "SSH (särskilt stöd i hemmet)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.model import iri
from kommungraf.model.facts import Abbreviation
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_SHORT = r"[A-ZÅÄÖ]{3,7}"
_IN_BRACKETS = re.compile(rf"(?<=\s)\((?P<short>{_SHORT})\)")
_BEFORE_BRACKETS = re.compile(rf"(?<![\w-])(?P<short>{_SHORT})\s+\((?P<long>[^()\n]{{8,90}})\)")
_WORD = re.compile(r"[^\W\d_]+(?:-(?=[^\W\d_])[^\W\d_]+)*-?")
# Words that lend no letter to the abbreviation.
_SMALL = frozenset("och i för av på till med om vid inom från en ett den det de samt sig".split())
_LONGEST = 9
"""Words before the brackets that are tried."""


def find_abbreviations(ctx: Context) -> Iterator[Abbreviation]:
    """The short forms that the text explains, where their letters are those of the words."""
    clean = ctx.text.clean
    contents = [(part.start, part.end) for part in ctx.document.with_role(Role.CONTENTS)]
    seen: set[tuple[str, str]] = set()
    for span, short in sorted((*_before(clean, ctx), *_after(clean, ctx))):
        key = (short, fold(clean[span.start : span.end]))
        if key in seen or any(start <= span.start < end for start, end in contents):
            continue
        seen.add(key)
        yield Abbreviation(
            id=iri.statement(ctx.document.id, "abbreviation", str(span.start)),
            evidence=(span,),
            text=" ".join(clean[span.start : span.end].split()),
            abbreviation=short,
        )


def _before(clean: str, ctx: Context) -> Iterator[tuple[Span, str]]:
    """ "särskilt stöd i hemmet (SSH)": the fewest words before the brackets whose letters fit."""
    for match in _IN_BRACKETS.finditer(clean, ctx.document.start, ctx.document.end):
        begin = max(ctx.document.start, clean.rfind("\n", 0, match.start()) + 1, match.start() - 150)
        line = clean[begin : match.start()]
        words = list(_WORD.finditer(line))
        if not words or line[words[-1].end() :].strip('*"”’ '):
            continue
        for count in range(2, min(_LONGEST, len(words)) + 1):
            first = words[-count]
            if first[0].lower() not in _SMALL and _fits([word[0] for word in words[-count:]], match["short"]):
                yield Span(begin + first.start(), begin + words[-1].end()), match["short"]
                break


def _after(clean: str, ctx: Context) -> Iterator[tuple[Span, str]]:
    """ "SSH (särskilt stöd i hemmet)": the words in the brackets, up to a dash that adds where it is."""
    for match in _BEFORE_BRACKETS.finditer(clean, ctx.document.start, ctx.document.end):
        end = match.start("long") + len(re.split(r"\s[-–]\s", match["long"])[0].rstrip())
        words = [word[0] for word in _WORD.finditer(clean, match.start("long"), end)]
        if len(words) > 1 and _fits(words, match["short"]):
            yield Span(match.start("long"), end), match["short"]


def _fits(words: list[str], short: str) -> bool:
    """Whether the letters are the first ones of the words, in order; small words may lend none."""
    rest = short.lower()
    for word in words:
        low = word.lower()
        if rest and low[0] == rest[0]:
            rest = rest[1:]
        elif low not in _SMALL:
            return False
    return not rest
