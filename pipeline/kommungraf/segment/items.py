"""The sub-parts of an agenda item or a letter: background, basis, proposal, decision … by the labels in its text."""

from __future__ import annotations

import re
from functools import cache

from kommungraf.model.parts import Role
from kommungraf.segment.labels import DECIDER, ORGAN, Label, Labels
from kommungraf.segment.lines import Line, label_key
from kommungraf.segment.tree import Mark
from kommungraf.wordlists import toml

DIARY = re.compile(
    r"(?i)^(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer|ärende-?id|d-?nr)\b\.?:? ?\S|"
    r"^[A-ZÅÄÖ]{1,6}[ /-]?\d{2,4}[/:.-]\d+(?:[ -]\d+)?$|^\d{4}[-/:]\d{2,6}(?: \d{3})?$"
)
_NOT_DIARY = r"(?!(?:SOU|SFS|DS|Ds|PROP|Prop|DIR|EU) )"
_DIARY_AT_END = (
    re.compile(
        r"(?i)[\s,(–-]*\b(?:dnr|diarienr|diarienummer|ärendenr|ärendenummer)\b\.?:? ?[\w ./:-]*\d[\w./: -]*\)?$"
    ),
    re.compile(rf"[\s(]+{_NOT_DIARY}[A-ZÅÄÖ]{{1,6}}[ -]?\d{{4}}[/:.-]\d+\)?(?: \d{{2,4}})?$"),
    re.compile(r"\t+(?:[A-ZÅÄÖ]{1,6}[ /-]?)?\d{4}[/:-]\d+.*$"),
)
_ADJUSTED = re.compile(
    r"(?i)^(?:paragrafen|punkten|ärendet|beslutet|§ ?\d+) (?:är |förklaras |justeras )?"
    r"(?:omedelbart|direkt|omgående)\s?justera"
)
_BODY_OF_LABEL = re.compile(rf"({ORGAN}) (?:beslut|förslag|yttrande)\b")
_PROPOSED_TO = re.compile(rf"förslag till {ORGAN}")
_SENTENCE = re.compile(r"(?i)\b(?:beslutar|föreslår|yrkar|hemställer)\b")
_VERB = r"(?:beslutar|beslöt|beslutade)"


@cache
def _decides() -> re.Pattern[str]:
    data = toml("segment", "decides.toml")
    passive, active, sure = ("|".join(map(re.escape, data[name])) for name in ("passive", "active", "sure"))
    said = rf"\b{_VERB} (?:\w+ )?(?:att|enligt|följande)\b|\b{_VERB}(?: {DECIDER})?[ ,]*:?$"
    return re.compile(rf"(?i)\b(?:{passive})\b|^{DECIDER} (?:{active}|{sure})\b|^[\w-]+ (?:{sure})\b|{said}")


def without_diary(title: str) -> str:
    """An item's title without the diary number that is printed after it."""
    for pattern in _DIARY_AT_END:
        title = pattern.sub("", title)
    return title


def is_decision(text: str) -> bool:
    """Whether a sentence words a decision ("… fastställs", "Nämnden beslutar …")."""
    return bool(_decides().search(text))


def sub_marks(lines: list[Line], start: int, end: int, known: Labels, depth: int, organ: str = "") -> list[Mark]:
    """The labelled parts between two lines. ``organ`` is the meeting's own body: another body's decision is background.

    A heading that is deeper than the open label's and says nothing known belongs to it; any other unknown heading is a
    section of its own. What follows "Föredragande: …" on the next lines is no longer about the presenter.
    """
    marks: list[Mark] = []
    level = 0
    ends_at = -1
    for at in range(start, end):
        line = lines[at]
        label = _label(line, known, marks)
        if label is None:
            if _ADJUSTED.match(line.text):
                marks.append(Mark(at, Role.SIGNATURES, depth))
            elif line.kind == "heading" and (not marks or not level or line.level <= level):
                marks.append(Mark(at, Role.SECTION, depth, line.text.strip().rstrip(":"), line.span))
                level = line.level
            elif at == ends_at:
                marks += unlabelled(lines, at, at + 1, depth, True)
            continue
        if marks and _continues(lines, at, label, marks[-1]):
            continue
        marks.append(Mark(at, _role(label.role, label_key(label.text), organ), depth, label.text, label.span))
        level = line.level if line.kind == "heading" else level
        ends_at = at + 1 if label.inline and label.role is Role.HANDLER else -1
    return marks


def _continues(lines: list[Line], at: int, label: Label, last: Mark) -> bool:
    """Whether a label only goes on with the part that the last one opened.

    "Beslut" and below it "Nämnden beslutar att" are one label; so are "Utskottets förslag" and "Nämnden beslutar": what
    follows is the proposal. In an open decision "Styrelsen föreslår fullmäktige" is another of its sentences.
    """
    above = lines[at - 1]
    adjacent = last.at == at - 1
    if adjacent and last.role is Role.DECISION and _PROPOSED_TO.fullmatch(label_key(label.text)):
        return True  # "Beslut" and below it "Förslag till kommunfullmäktige": what the body proposes is its decision
    if _SENTENCE.search(label.text) and not lines[at].headed:
        return last.role is Role.DECISION or (adjacent and last.role in (Role.PROPOSAL, Role.BACKGROUND))
    if _SENTENCE.search(label.text) and adjacent and above.headed and last.role in (Role.DECISION, Role.PROPOSAL):
        return True
    return adjacent and last.role is label.role and not (label.inline and above.kind != "heading")


def _label(line: Line, known: Labels, marks: list[Mark]) -> Label | None:
    label = known.find(line)
    if label is None:
        return None
    if line.kind == "item" and not (label.inline and label.role in (Role.PROPOSAL, Role.DECISION, Role.HANDLER)):
        return None
    listed = bool(marks) and marks[-1].role in (Role.BASIS, Role.RECIPIENTS) and not (line.headed or line.lead)
    if listed and (not line.alone or label.inline) and not known.names(line.key):
        return None  # in a list of papers "Styrelsens beslut" is a paper
    return label


def _role(role: Role, key: str, organ: str) -> Role:
    """Another body's decision, printed in these minutes, is what prepared the item."""
    if role is not Role.DECISION or not organ:
        return role
    match = _BODY_OF_LABEL.match(key)
    if match is None:
        return role
    stem = match[1].rstrip("s")
    return (
        role
        if not stem or stem[:7] in organ or "ordförande" in stem or stem in ("mötet", "kommunen", "förbundet")
        else Role.BACKGROUND
    )


def unlabelled(lines: list[Line], start: int, end: int, depth: int, decisions: bool) -> list[Mark]:
    """Parts for text without any label: what words a decision is one (when there is no other), the rest is body."""
    marks: list[Mark] = []
    for at in range(start, end):
        clause = lines[at].text.startswith("att ") and any(mark.role is Role.DECISION for mark in marks)
        role = Role.DECISION if decisions and (clause or is_decision(lines[at].text)) else Role.BODY
        continues = (
            marks
            and marks[-1].role is Role.DECISION
            and (lines[at].kind == "item" or lines[at].text.startswith("att "))
        )
        if not marks or (marks[-1].role is not role and not continues):
            marks.append(Mark(at, role, depth))
    return marks
