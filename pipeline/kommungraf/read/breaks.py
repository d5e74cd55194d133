"""Whether the break between two lines carries meaning or only ends a full line, and what becomes of a hyphen there.

What joins two lines is told by one of four signs: :data:`SPACE`, :data:`BREAK` (the break stays), :data:`WHOLE` (one
word: the hyphen goes) and :data:`TIGHT` (joined as they stand: the hyphen stays). In doubt the break stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

SPACE, BREAK, WHOLE, TIGHT = " ", "\n", "", "\0"

_FIRST_WORD = re.compile(r"\S+")
_HANGING = re.compile(r"(?:och|eller|samt|respektive|resp\.|till|som|men|kontra)\b")
_HYPHENS = "-\u00ad\u2010\ufffe\x02"
_DATE_FROM = re.compile(r"\b\d{4}-\d\d-\d\d[-–]$")
_DASHES = _HYPHENS + "–"
# "Plats: Stadshuset" under another line is a line of its own.
_LABEL = re.compile(r"[A-ZÅÄÖ][\wåäöÅÄÖ -]{0,30}:(?:\s|$)")
# So is each "att ..." of a decision that is printed one clause a line.
_CLAUSE = re.compile(r"att\s")
# So is a section with its title that is printed right under a sentence; "5 kap." goes on with the sign.
_SECTION = re.compile(r"§\s?\d{1,3}\s[A-ZÅÄÖ]")
_SENTENCE_END = re.compile(r"(?<!kap)[.!?]$")
_CLAUSE_END = re.compile(r"(?:[,;:]|,\s(?:och|samt)|\b(?:dels|beslutar|besluta|föreslår|yrkar))$")
LONG = 40  # characters: no title is longer, no line inside a paragraph shorter
_FULL = 60  # characters: a line that is longer and full goes on in the next one, whatever that begins with
_OPEN_END = ",)" + _HYPHENS
# An entry of a table of contents: dots that lead to the number of a page.
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,}|_{4,}|(?:· ?){4,})\s*\d{1,4}$")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")
# "Anna Ek (S) Bo Alm (M) Eva": entries that end in brackets, one after the other, and the beginning of the next; or
# "Anna Ek och": no entry ends so.
_ENTRIES = re.compile(r"\)\s[A-ZÅÄÖ].*[^)]$|\s(?:och|samt|eller|för|i|av|till|med)$")


def is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether a line of a text that wraps at ``width`` is full: the next word would not have fitted."""
    if is_hanging(line, following):
        return True
    word = _FIRST_WORD.search(following)
    if not width or word is None or means_break(line, following):
        return False
    if following[0].islower() and len(line) >= 0.6 * width and line[-1] not in ".:;!?":
        return True
    return len(line) + 1 + len(word[0]) > width * 0.97


def means_break(line: str, following: str) -> bool:
    """Whether two lines are surely two, however full the first is: a label, an *att* clause, contents or columns."""
    if _CLAUSE.match(following) and _CLAUSE_END.search(line):
        return True
    if _SECTION.match(following) and _SENTENCE_END.search(line):
        return True
    if line[-1:].isdigit() and _LEADER.search(line):
        return True
    if ":" in following and _LABEL.match(following):
        return True
    return any(("\t" in text or "   " in text) and _COLUMNS.search(text) for text in (line, following))


def goes_on(last: str, first: str) -> bool:
    """Whether a paragraph that ends a page with one line goes on with the first line of the next page.

    Its sentence has not ended, the line is no short one, and the next begins in lower case.
    """
    return first[:1].islower() and len(last) >= LONG and (last[-1].isalnum() or last[-1] in _OPEN_END)


def is_title(lines: Sequence[str]) -> bool:
    """Whether the first line is a title right on top of its text: short, no sentence, and one begins below it."""
    first, second = lines[0], lines[1]
    if len(first) > LONG or not first[0].isupper() or first[-1] in ".,:;!?-" or not second[0].isupper():
        return False
    if _LABEL.match(first):  # "Namn: Anna Ek" over "Titel: …" is a field among fields
        return False
    sentence = len(second) > LONG or second.endswith(".")
    return sentence and len(second) > len(first) and any(line.endswith((".", ":")) for line in lines[1:])


def is_hanging(line: str, following: str) -> bool:
    """Whether a line ends in a hanging hyphen: the rest of the word stands after an *och*."""
    return len(line) > 1 and line[-1] in _HYPHENS and line[-2].isalpha() and bool(_HANGING.match(following))


def hyphen_join(line: str, following: str) -> str | None:
    """How two lines join when the first ends in a hyphen: :data:`WHOLE`, :data:`TIGHT`, or ``None`` for not so.

    ``hälso-`` + ``och sjukvård`` is a hanging hyphen and keeps its space; ``IT-`` + ``stöd``, ``2023-`` + ``2024`` and
    ``Malmö-`` + ``Lund`` keep the hyphen; a soft hyphen is only ever a place to break a word.
    """
    if len(line) < 2 or line[-1] not in _DASHES or not following or not following[0].isalnum():
        return None
    if _DATE_FROM.search(line) and following[0].isdigit():  # "2023-01-01-" + "2023-12-31": glued, it is no date
        return SPACE
    if line[-1] == "–":  # "2023–" + "2024": no space stands in a range
        return TIGHT if line[-2].isdigit() and following[0].isdigit() else None
    if line[-1] == "\u00ad":
        return WHOLE
    if not line[-2].isalnum() or _HANGING.match(following):
        return None
    word = re.search(r"\w+$", line[:-1])
    whole = word is not None and len(word[0]) > 1 and word[0][-1].islower() and following[0].islower()
    return WHOLE if whole else TIGHT


def settled(lines: Sequence[str], joins: list[str], measured: bool = False) -> list[str]:
    """The joins of a block, looked at together.

    Where every full line is followed by a capital though its sentence has not ended, the lines are a list of long
    entries and no running text; but where the width is ``measured``, hardly a list has entries so long and all full.
    A line that ends inside of an entry is running text.
    """
    doubtful = [
        index
        for index, (line, following) in enumerate(pairwise(lines))
        if joins[index] == SPACE and following[:1].isupper() and line[-1:] not in ".!?:;," and not _ENTRIES.search(line)
    ]
    flowing = joins.count(SPACE) + joins.count(WHOLE) + joins.count(TIGHT) - len(doubtful)
    long = measured and min(map(len, (lines[i] for i in doubtful)), default=0) >= (LONG if doubtful[1:] else _FULL)
    if doubtful and not flowing and not long:
        joins = list(joins)
        for index in doubtful:
            joins[index] = BREAK
    return joins
