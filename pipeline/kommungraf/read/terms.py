"""Noise of recognition repaired where a known term stands near: in ``clean`` only, and only in what was recognised.

``stored`` keeps what the recogniser saw, so that quotes are exact. A repair needs a single known term that differs by
nothing but usual confusions of letters; what is repaired is less sure than what stands around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from kommungraf.misreading import is_near, shape
from kommungraf.model.source import Block, Cell, Recognised, Span, Text
from kommungraf.read.builder import Edit
from kommungraf.read.terms_signs import sign_edits

REPAIRED = 0.8
"""Times the score of its block: how sure a repaired word is."""
_WORD = re.compile(r"[^\W_](?:[\w|!]|(?<=\w)-(?=\w))*")
_SHORTEST = 4  # letters: shorter words are near too many others
_PROPER = 6  # letters: shorter proper nouns are near too many other words
_OFTEN = 3  # times: so often is a spelling the document's own, and so much more often than its rival
_MIXED = re.compile(r"(?=.*\d)(?=.*[^\W\d_])|[|!]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known terms. ``words`` in lower case stand in any case, proper nouns with a capital; ``names`` are so many that
    only what is no word as it stands (a digit among its letters) is taken for one; ``codes`` stand in brackets behind a
    name.
    """

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    _known: set[str] = field(init=False, default_factory=set)
    _shapes: dict[str, set[str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for term in (*self.words, *self.names):
            self._known.add(term.casefold())
            if len(term) >= _SHORTEST:
                self._shapes.setdefault(shape(term), set()).add(term)

    def knows(self, word: str) -> bool:
        """Whether a word, or each part of one with a hyphen, is known as it stands."""
        return word.casefold() in self._known

    def near(self, word: str) -> str:
        """The one known term that a word must be, in the case of the word; empty where there is none or several."""
        mixed = bool(_MIXED.search(word))
        found = {
            _cased(term, word)
            for term in self._shapes.get(shape(word), ())
            if self._fits(term, word, mixed) and is_near(word, term)
        }
        return found.pop() if len(found) == 1 else ""

    def _fits(self, term: str, word: str, mixed: bool) -> bool:
        """Whether a term may stand here: no proper noun in lower case, no short one for a lost mark alone."""
        if not term[0].isupper():
            return True
        return not word[0].islower() and (mixed or (term in self.words and len(term) >= _PROPER))


def _cased(term: str, word: str) -> str:
    """A term in the case in which a word is printed."""
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return term.upper()
    first = term[:1].upper() if word[:1].isupper() or (not word[:1].isalpha() and term[:1].isupper()) else term[:1]
    return first + term[1:]


def repaired(text: Text, lexicon: Lexicon) -> Text:
    """The text with its recognised ranges repaired; the same text where nothing was recognised or nothing is wrong."""
    if not text.recognised:
        return text
    edits = sorted(_edits(text, lexicon))
    if edits:
        _apply(text, [edit for number, edit in enumerate(edits) if not number or edits[number - 1].end <= edit.start])
    return text


def _edits(text: Text, lexicon: Lexicon) -> Iterator[Edit]:
    """The repairs, as places in clean."""
    ranges = _in_clean(text)
    usual = _usual_spellings(text.clean)
    for start, end in ranges:
        yield from sign_edits(text.clean, start, end, lexicon.codes)
        before = ""
        for match in _WORD.finditer(text.clean, start, end):
            word = match[0]
            if len(word) >= _SHORTEST and not lexicon.knows(word):
                by = usual.get((before, word)) or usual.get(("", word)) or lexicon.near(word)
                if by and by != word:
                    yield Edit(match.start(), match.end(), by)
            before = word


def _in_clean(text: Text) -> list[Span]:
    """The recognised ranges as ranges of clean: its places come in the order of stored."""
    spans = (
        Span(bisect_left(text.offsets, span.start), bisect_left(text.offsets, span.end)) for span, _ in text.recognised
    )
    return [span for span in spans if span.end > span.start]


def _usual_spellings(clean: str) -> dict[tuple[str, str], str]:
    """Rare spellings and the document's usual spelling of the same word: (word before or nothing, rare) -> usual.

    Alone, two spellings must have one shape; after one and the same capitalised word (a first name) a letter may be
    lost, won or changed as well.
    """
    words = [match[0] for match in _WORD.finditer(clean)]
    counts = Counter(word for word in words if len(word) >= _SHORTEST)
    found: dict[tuple[str, str], str] = {}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in counts:
        groups[shape(word)].append(word)
    for group in groups.values():
        for word in group if len(group) > 1 else ():
            if by := _usual(word, [one for one in group if is_near(word, one)], counts):
                found["", word] = by
    pairs: Counter[tuple[str, str]] = Counter(
        (a, b) for a, b in pairwise(words) if a[:1].isupper() and b[:1].isupper() and len(b) > 5
    )
    after: defaultdict[str, list[str]] = defaultdict(list)
    for first, last in pairs:
        after[first].append(last)
    for first, lasts in after.items():
        for word in lasts if len(lasts) > 1 else ():
            rivals = [one for one in lasts if one != word and _one_letter(word, one)]
            if by := _usual(word, rivals, Counter({last: pairs[first, last] for last in lasts})):
                found[first, word] = by
    return found


def _usual(word: str, rivals: list[str], counts: Counter[str]) -> str:
    """The one rival that is far more usual than a word."""
    usual = [one for one in rivals if one != word and counts[one] >= _OFTEN * counts[word]]
    return usual[0] if len(usual) == 1 else ""


def _one_letter(word: str, other: str) -> bool:
    """Whether one letter is lost, won or changed inside two words that begin and end alike."""
    if word[0] != other[0] or word[-1] != other[-1] or abs(len(word) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    tail = max(len(word), len(other)) - start - 1
    return word[len(word) - tail :] == other[len(other) - tail :]


def _apply(text: Text, edits: list[Edit]) -> None:
    """Put the repairs into clean, and move what stands behind them."""
    parts: list[str] = []
    offsets = text.offsets[:0]
    position = 0
    starts: list[int] = []
    shifts = [0]
    for start, end, by in edits:
        parts += (text.clean[position:start], by)
        offsets += text.offsets[position:start]
        offsets.extend(_places(text.clean[start:end], by, text.offsets[start:end].tolist()))
        starts.append(start)
        shifts.append(shifts[-1] + len(by) - (end - start))
        position = end
    parts.append(text.clean[position:])
    offsets += text.offsets[position:]
    text.recognised = _less_sure(text, edits)
    for block in text.blocks:
        pieces: list[Block | Cell] = [block, *(cell for row in block.rows for cell in row.cells)]
        for piece in pieces:
            piece.start += shifts[bisect_left(starts, piece.start)]
            piece.end += shifts[bisect_left(starts, piece.end)]
    text.clean, text.offsets = "".join(parts), offsets
    text._starts = []


def _places(old: str, new: str, places: list[int]) -> list[int]:
    """The place of each new letter: equal letters at both ends keep theirs, those between share what is between."""
    short = min(len(old), len(new))
    head = next((i for i in range(short) if old[i] != new[i]), short)
    tail = next((i for i in range(short - head) if old[-1 - i] != new[-1 - i]), short - head)
    middle = places[head : len(places) - tail] or [places[max(0, head - 1)]]
    count = len(new) - head - tail
    shared = [middle[min(i, len(middle) - 1)] for i in range(count)]
    if shared:
        shared[-1] = middle[-1]
    return [*places[:head], *shared, *(places[len(places) - tail :] if tail else [])]


def _less_sure(text: Text, edits: list[Edit]) -> list[Recognised]:
    """The recognised ranges, cut at what was repaired."""
    words = [Span(text.offsets[edit.start], text.offsets[edit.end - 1] + 1) for edit in edits]
    ranges: list[Recognised] = []
    at = 0
    for span, score in text.recognised:
        start = span.start
        while at < len(words) and words[at].end <= span.end:
            word = words[at]
            at += 1
            if word.start > start:
                ranges.append(Recognised(Span(start, word.start), score))
            ranges.append(Recognised(word, round(score * REPAIRED, 3)))
            start = word.end
        if start < span.end:
            ranges.append(Recognised(Span(start, span.end), score))
    return ranges
