"""What stands around a name and says that it is a person's: a party, an office, a label, a list, a verb of speaking.

Each piece of evidence is a pattern with a weight; a name by itself and its evidence together must reach
:data:`ENOUGH`. Weights were set by reading minutes of many layouts, not by fitting one set of documents.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kommungraf.extract.parties import by_abbreviation
from kommungraf.extract.people_names import Kind, kind_of, words_about_names

ENOUGH = 2.0

# "(S)", "( S )", "(s)" of older minutes, "(-)" of those who left their party; ", KD" and " KD" at a line's end.
_PARTY_BRACKET = re.compile(
    r"[ \u00a0]*\*?[ \u00a0]*[,\t]?[ \u00a0]*\([ \u00a0]*([A-ZÅÄÖ][\wåäöÅÄÖ!]{0,7}|[a-zåäö]{1,3}|[-–—])[ \u00a0]*\)"
)
_PARTY_BARE = re.compile(
    r"[ \u00a0]*(?:[,/\t–-]|[ \u00a0])[ \u00a0]*([A-ZÅÄÖ]{1,3}|[Kk]d|[Mm]p|[Ff]p|[Ss]d)(?=[ \u00a0]*(?:[\n\t,;/)]|$|§))"
)
# A column of parties before the names.
_PARTY_BEFORE = re.compile(r"(?:^|[\n\t])[ \u00a0]*\(?([A-ZÅÄÖ]{1,3})\)?[ \u00a0]*\t[ \u00a0]*$")
_WORDS = words_about_names()
OFFICE = (
    rf"(?:(?:{_WORDS['office_qualifiers']})\s+)*"
    rf"(?:[\wåäöÅÄÖ-]*(?:{_WORDS['office_endings']})(?:en|n|et|e|s|ens)?|{_WORDS['offices']})(?![\wåäö])"
)
_BRACKETED = r"[ \u00a0]*(?:\([^()\n\t]{1,12}\)|,[ \u00a0]?(?-i:[A-ZÅÄÖ]{1,3})(?=,))?[ \u00a0]*"
_NEXT = r"(?:[ \u00a0]+(?P<next>(?-i:[A-ZÅÄÖ][\wåäö-]+)))?"
_OFFICE_AFTER = re.compile(rf"{_BRACKETED}[,–:(-]?[ \u00a0]*(?P<office>{OFFICE}){_NEXT}", re.I)
_OFFICE_NEXT_LINE = re.compile(rf"{_BRACKETED}\n(?P<office>{OFFICE}){_NEXT}(?=[^\n\t:]*(?:\n|$))", re.I)
_OFFICE_FIRST = re.compile(rf"\W*(?:[^\n\t:]{{2,40}}:\s*)?(?:{OFFICE})[ \u00a0]+(?-i:[A-ZÅÄÖ])", re.I)
_OFFICE_LINE = re.compile(rf"\W*(?P<office>{OFFICE})[ .:…_\t]*", re.I)
_OWNED = re.compile(
    rf"[ \u00a0]*(?:\([^()\n]{{1,9}}\)s?)?[ \u00a0]+(?:eget |egna |muntliga |gemensamma )?(?:{_WORDS['owned']})"
)
_OFFICE_BEFORE = re.compile(rf"(?<![\wåäö])(?P<office>{OFFICE})[ \u00a0]*(?P<comma>,)?[:(]?[ \u00a0]*$", re.I)
_LABEL = re.compile(rf"(?:^|[\n\t])[^\n\t:]{{0,50}}?(?:{_WORDS['labels']})[ \u00a0]*:[ \u00a0\n]*$", re.I)
_SIGNED = re.compile(
    rf"(?:^|[\n\t])[^\n\t:]{{0,30}}(?:{_WORDS['signature_labels']})[ \u00a0]*:[ \u00a0]*$"
    r"|\breturnera[^\n]{0,40}\bvar[ \u00a0]*[\"”“]?$",
    re.I,
)
_VERB = re.compile(rf"[ \u00a0]+(?:och [^.\n]{{3,40}}? )?(?:{_WORDS['verbs']})")
_OF = re.compile(rf"(?:\b(?:{_WORDS['name_openers']})|[,;:/•–-])[ \u00a0\n]*$")
_THING_AFTER = re.compile(rf"(?:[ \u00a0]|-)(?:{_WORDS['things_after']})", re.I)
_THING_BEFORE = re.compile(rf"(?:\b(?:{_WORDS['things_before']})|&)[ \u00a0]+$")


class Evidence(NamedTuple):
    """The weight of what stands around a name, and what it says about the person."""

    weight: float
    party: str = ""
    office: str = ""
    structured: bool = False
    owns: bool = False


@cache
def _parties() -> dict[str, str]:
    return {form.casefold(): entry.abbreviation for form, entry in by_abbreviation().items()}


def is_party(printed: str) -> bool:
    """Whether letters are the abbreviation of a registered party."""
    return printed.casefold() in _parties() and printed.isupper()


def party_after(text: str, end: int) -> tuple[str, float]:
    """The party printed after a name, as printed, and its weight: a registered one tells more than unknown letters."""
    match = _PARTY_BRACKET.match(text, end)
    if match:
        printed = match[1]
        known = _parties().get(printed.casefold())
        if known:
            return known, 2.0
        if printed in "-–—":
            return "-", 1.5
        return (printed, 1.0) if printed[0].isupper() and len(printed) <= 6 else ("", 0.0)
    match = _PARTY_BARE.match(text, end)
    if match and (known := _parties().get(match[1].casefold())):
        return known, 1.6 if len(match[1]) > 1 or "," in match.group() or "\t" in match.group() else 1.0
    return "", 0.0


def look_around(text: str, start: int, end: int, unit: tuple[int, int]) -> Evidence:
    """The evidence around ``text[start:end]``; ``unit`` is the line or cell that it stands in."""
    before, after = text[max(unit[0] - 1, start - 90, 0) : start], text[end : end + 90]
    thing = _THING_AFTER.match(after) and not _OFFICE_AFTER.match(after)  # "Anna Berg byggnadsinspektör" is a person
    if thing or _THING_BEFORE.search(before):
        return Evidence(-3.0)
    party, weight = party_after(text, end)
    if not party and (match := _PARTY_BEFORE.search(text, max(0, start - 8), start)):
        party, weight = (_parties()[match[1].casefold()], 1.5) if is_party(match[1]) else ("", 0.0)
    office, more = _office(text, start, unit[0], before, after)
    if not party and office and (match := _OFFICE_AFTER.match(after)):  # "Anna Berg, oppositionsråd (M)"
        after_office = end + match.end("office")
        party, extra = party_after(text, after_office + (text[after_office : after_office + 1] == "."))
        weight += extra / 2
    weight += more
    if _SIGNED.search(before):
        weight += 3.0
    elif _LABEL.search(before):
        weight += 1.7
    if _VERB.match(after):
        weight += 0.5
    if weight == 0 and _OF.search(before):
        weight += 0.2
    fills = fills_unit(text, start, end, unit)
    return Evidence(weight, party, " ".join(office.split()), fills, bool(_OWNED.match(after)))


def _office(text: str, start: int, line: int, before: str, after: str) -> tuple[str, float]:
    """The office printed with a name, and what it weighs as evidence.

    Some print "kommunchef Bo Ek, ekonom Eva Ask", others "Bo Ek, chef Eva Ask, ekonom": the line's beginning tells.
    """
    ahead, behind = _OFFICE_AFTER.match(after), _OFFICE_BEFORE.search(before)
    if behind and not behind["comma"]:
        names_first = before[: behind.start()].rstrip().endswith(",") and not _OFFICE_FIRST.match(text, line)
        if not names_first:
            return behind["office"], 1.0
        return (ahead["office"] if ahead else ""), 1.0
    if ahead:
        others = _is_first_name(ahead["next"]) and _OFFICE_FIRST.match(text, line)
        return ("" if others else ahead["office"]), 1.3
    if label := _label_above(text, start):
        return label, 1.0
    if (below := _OFFICE_NEXT_LINE.match(after)) and not _is_first_name(below["next"]):
        return below["office"], 1.3
    # "… väljs till ordförande, Anna Berg …": after a comma the office may be the one before's
    return "", 0.6 if behind else 0.0


def _label_above(text: str, start: int) -> str:
    """The office in the line above a name, where labels come first: "Sekreterare", "Anna Berg", "Ordförande", "Bo Ek".

    Whether labels or names come first shows in the first line of the block; a block of one line may be a label, too.
    """
    line = text.rfind("\n", max(0, start - _BLOCK), start)
    if line < 0 or text[line + 1 : start].strip(" \u00a0*•-"):
        return ""
    above = text[max(0, line - _BLOCK) : line]
    *_, block = above.rstrip("\n").rsplit("\n\n", 1)
    lines = block.strip("\n").split("\n")
    if len(lines) > 1 and above.endswith("\n"):
        return ""  # a longer block stands above, and ends
    if len(lines) > 1 and not _is_first_name(lines[0].split(" ")[0]) and not _OFFICE_LINE.fullmatch(lines[0]):
        del lines[0]  # "Underskrifter" above the labels
    last = _OFFICE_LINE.fullmatch(lines[-1])
    if last is None:
        return ""
    first = _OFFICE_LINE.fullmatch(lines[0])
    return last["office"] if first or lines[-1].endswith((":", "...", "…", "__")) else ""


_BLOCK = 200  # characters of a block that are looked at


def _is_first_name(word: str | None) -> bool:
    return bool(word) and kind_of(str(word)) in (Kind.FIRST, Kind.BOTH)


_UNIT_BEFORE = re.compile(r"[\s\d.*•)(\]\[_–-]*(?:[^\n\t:]{2,40}:\s*)?$")
_UNIT_AFTER = re.compile(
    r"[ \u00a0]*(?:$|[(,;:*–§\t\n.…_/-]|\d|kl\b|ers|tjg|tjänstg|för |från |t\.?o\.?m|fr\.?o\.?m|vice|ordf|[A-ZÅÄÖ])"
)


def fills_unit(text: str, start: int, end: int, unit: tuple[int, int]) -> bool:
    """Whether a name stands alone in its line or cell, but for a label before it and a party, office or § after it."""
    if unit[1] - unit[0] > 160 or not _UNIT_BEFORE.fullmatch(text, unit[0], start):
        return False
    return end >= unit[1] or bool(_UNIT_AFTER.match(text[end : unit[1]]))


def unit_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The line or cell around a stretch of text."""
    left = max(text.rfind("\n", 0, start), text.rfind("\t", 0, start)) + 1
    ends = [position for mark in "\n\t" if (position := text.find(mark, end)) >= 0]
    return left, min(ends, default=len(text))
