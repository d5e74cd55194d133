"""Signs and figures that recognition takes for others: a section sign, a code in brackets, letters among digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.read.builder import Edit

_SECTION = re.compile(r"(?m)^(?:[A-ZÅÄÖ][a-zåäö]{1,3} )?(§|[8$&S5£€]|[$&S8]{2})(?= (\d{1,3})(?= [A-ZÅÄÖ]|$))")
_NAMED = re.compile(r"(?:[A-ZÅÄÖ][a-zåäöé]+[- ])+[A-ZÅÄÖ][a-zåäöé-]+ \(([\w$]{1,3})\)")
_CODE = {"5": "S", "8": "S", "$": "S", "1": "L", "I": "L", "l": "L", "|": "L", "0": "O"}
_FIGURE = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"}
# A letter between digits, before one, or a round one behind several; a lone stroke before a group of three digits.
_AMONG = re.compile(
    r"(?<=\d)[OolI|](?=\d)|(?<![\w.])[lI|](?=\d)|(?<=\d)O(?!\w)|(?<=\d\d)o(?!\w)|(?<!\S)[lI|](?= \d{3}(?!\d))"
)
_BEHIND = re.compile(r"(?<=\d )\$(?= [a-zåäö])")  # 37 $ kommunallagen: money has its sign elsewhere
_RANGE = re.compile(r"(?<=\d)—(?=\d)")  # no range of numbers has so long a dash
_NEAR = 3  # numbers: so near must the sections above or below be


def sign_edits(clean: str, start: int, end: int, codes: frozenset[str]) -> Iterator[Edit]:
    """The repairs of signs in a range of a text."""
    yield from _sections(clean, start, end)
    for match in _NAMED.finditer(clean, start, end):
        by = "".join(_CODE.get(c, c) for c in match[1])
        by = by[1:] if match[1][0] == "$" and by not in codes else by  # a letter seen twice
        if match[1] not in codes and by in codes:
            yield Edit(*match.span(1), by)
    for match in _BEHIND.finditer(clean, start, end):
        yield Edit(match.start(), match.end(), "§")
    for match in _RANGE.finditer(clean, start, end):
        yield Edit(match.start(), match.end(), "–")
    for match in _AMONG.finditer(clean, start, end):
        yield Edit(match.start(), match.end(), _FIGURE[match[0]])


def _sections(clean: str, start: int, end: int) -> Iterator[Edit]:
    """Line starts like ``8 12 Title`` where sections with numbers near stand: the sign is a section sign."""
    found = list(_SECTION.finditer(clean, start, end))
    doubtful = [match for match in found if match[1] != "§"]
    if not doubtful:
        return
    sure = {int(number) for number in re.findall(r"§ (\d{1,3})\b", clean)}
    for match in doubtful:
        if any(0 < abs(int(match[2]) - number) <= _NEAR for number in sure):
            yield Edit(*match.span(1), "§")
