"""Where a document's closing begins: who signed it, adjusted it, certified it."""

from __future__ import annotations

import re

from kommungraf.model.parts import Role
from kommungraf.segment.labels import labels
from kommungraf.segment.lines import Line
from kommungraf.text import squeeze

_ROLE = (
    r"(?:(?:mötes)?ordförande|ordf\.?|vice ordförande|sekreterare|justerare|justerande|protokolls?justerare|"
    r"protokollförare|revisor|förtroendevald revisor|ledamot|oppositionsråd|kommunalråd|regionråd|gruppledare|"
    r"\w*chef|\w*direktör|\w*strateg|"
    r"handläggare|\w*sekreterare|ekonom|utredare)"
)
_NAME = r"[A-ZÅÄÖ][\wåäöéü.-]+(?: (?:[A-ZÅÄÖ][\wåäöéü.-]+|von|af|de|van)){1,4}"
_SIGNED_NAME = re.compile(
    rf"^{_NAME}(?: ?\([A-ZÅÄÖ][\wåäöÅÄÖ]{{0,14}}\))?,? ?(?:\(?(?:tf\.? |[\wåäö]+ )?{_ROLE}\b.{{0,60}})?"
    r"(?:, ?.{0,60})?(?:\([A-ZÅÄÖ][\wåäö]{0,6}\))?$"
)
_ROLE_LINE = re.compile(rf"(?i)^(?:tf\.? )?(?:[\wåäö]+s )?(?:{_ROLE})(?::|:? \w.{{0,60}}|, .{{0,60}})?$")
_MARKS = (
    r"protokollet (?:är|har) .{0,40}justerat",
    r"(?:detta )?(?:dokument|protokoll)(?:et)? (?:är|har) .{0,30}(?:signerat|undertecknat|justerat).*",
    r"(?:denna )?handling(?:en)? (?:har|är) .*(?:digitalt|elektroniskt).*",
    r"vid protokollet|vid pennan|justeras:?|justerat(?: den)?.{0,40}|underskrifter|utdragsbestyrkande|enligt uppdrag",
    r"(?:\w+ ){0,3}(?:den )?\d{1,2} \w+ (?:19|20)\d\d|[A-ZÅÄÖ]\w+,? (?:den )?(?:19|20)\d\d-\d\d-\d\d",
    r"dag som ovan|ort och datum.*|[._]{5,}.*|anslag/bevis|bevis om .*|anslag",
    r"för \w*(?:kommun|region|förbund|styrelse|nämnd|fullmäktige|parti)\w*.{0,50}",
)
_MARK = re.compile(rf"(?i)^(?:{'|'.join(_MARKS)})$")
# Two such side by side are signatures in columns.
_SIGNED = re.compile(rf"^{_NAME}(?: ?\([A-ZÅÄÖ][\wåäöÅÄÖ]{{0,14}}\))?, ?{_ROLE}$")
# Beside names in columns: who signs. Other roles there are those of a list of who took part.
_SIGNS = re.compile(r"(?i)\t(?:(?:mötes)?ordförande|(?:mötes)?sekreterare|(?:protokolls?)?juster(?:are|ande))$")
_TELLING = re.compile(rf"(?i)\b{_ROLE}\b|\([A-ZÅÄÖ]{{1,3}}\)")


def is_signature(line: Line) -> bool:
    """A line of a closing: a name with or without its role, a role, "Protokollet är justerat", a place and date."""
    text = line.text.strip() if line.kind == "table" and not _SIGNS.search(line.text.rstrip()) else squeeze(line.text)
    if (
        line.kind == "table"
        and len(cells := text.split("\t")) > 1
        and all(_SIGNED.match(cell.strip()) for cell in cells)
    ):
        return True
    if len(text) > 110 or line.kind == "item":
        return False
    return bool(_SIGNED_NAME.match(text) or _ROLE_LINE.match(text) or _MARK.match(text))


def closing(lines: list[Line], start: int, *tables: str) -> int:
    """The index of the first line of the closing, or ``len(lines)``. Lines before ``start`` are never part of it.

    ``tables`` are those of the labels that the document may have (default: a letter's, an item's and a header's):
    "Beslutande" is the head of a list of names under a letter, and of those who took part in minutes.

    Read from the end: as long as lines are names, roles or marks of signing. A name without a role or party is only
    taken together with others, because a short paragraph may look like one.
    """
    known = labels(*(tables or ("letter", "item", "header")))
    at = len(lines)
    sure = False
    best = len(lines)
    for index in range(len(lines) - 1, start - 1, -1):
        line = lines[index]
        label = known.find(line)
        if label and label.role is Role.SIGNATURES:
            best, sure = index, True
            continue
        if label and line.headed and label.role not in (Role.SIGNATURES, Role.ATTENDANCE, Role.MEETING):
            break
        if not is_signature(line):
            if sure and index > 0 and _close_to_label(lines, index, start):
                continue
            break
        at = index
        if _tells(line):
            sure = True
        if sure:
            best = at
    return best if sure else len(lines)


def _tells(line: Line) -> bool:
    text = line.text.strip()
    return bool(_ROLE_LINE.match(text) or _MARK.match(text) or _TELLING.search(text))


def _close_to_label(lines: list[Line], index: int, start: int) -> bool:
    """A signature label ("Anslag/Bevis", "Underskrifter") not far above: the lines between are its fields."""
    for at in range(index, max(start, index - 12) - 1, -1):
        if (
            lines[at].key
            and (label := labels("letter", "item", "header").find(lines[at]))
            and label.role is Role.SIGNATURES
        ):
            return True
        if len(lines[at].text) > 150:
            return False
    return False
