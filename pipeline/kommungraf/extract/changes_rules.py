"""What follows on what: continued, merged, split, replaced, ended; and the table of all rules of change.

A rule says nothing where a name is missing on a side that needs one.
"""

from __future__ import annotations

import re
from functools import cache

from kommungraf.dates import find_dates
from kommungraf.extract.changes_closed import closed_here, no_longer
from kommungraf.extract.changes_dates import effective
from kommungraf.extract.changes_merged import forms, merged, merger
from kommungraf.extract.changes_names import Names, Thing, words
from kommungraf.extract.changes_renamed import called, called_before, formerly, in_statutes, inverted, naming, renamed
from kommungraf.extract.changes_said import SESSIONS, Rule, Said, plain, real, same, start_of, word
from kommungraf.extract.changes_subjects import after, antecedent, before, governed, titles
from kommungraf.extract.projects_reading import ACRONYM
from kommungraf.model.source import Span


def forward(kind: str) -> Rule:
    """``X TRIGGER Y``: what was stands before, what comes after."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not real(names, sentence, match):
            return None
        within = match.group().endswith((" i", " inom")) and match.group().startswith("forts")
        new = after(names, sentence, match.end()) or _named(names, sentence, match, kind)
        old = before(names, sentence, match.start(), loose=kind == "continued" and not within)
        if new and not old and kind == "continued":
            old = _of_title(names, sentence) if match.group().endswith("namnet") else _work_in(names, sentence, match)
        if not old or not new or same(old, new) or _people(names, sentence, old, new):
            return None
        if kind == "continued" and new[0].kind in SESSIONS and old[0].kind not in SESSIONS:
            return None  # a body that takes over the work of a project is no project that follows on it
        if within and not _are_projects(old, new):
            return None
        if kind == "replaced" and old[0].kind in ("Project", "Network") and new[0].kind == "Organization":
            return None  # an authority pays for a project and does not take its place
        return Said(kind, old, new if kind == "split" else new[:1], match.start(), match.end())

    return rule


_GOES = re.compile(r"(?:över)?g(?:å|ick)", re.I)  # who goes over to something unknown works in another way


def _are_projects(old: list[Thing], new: list[Thing]) -> bool:
    """Whether two things are projects, or two are networks: what goes on *in* something else may only be done there."""
    return any(all(thing.kind.lower().endswith(kinds) for thing in (old[0], new[0])) for kinds in (_PROJECT, _NETWORK))


_PROJECT, _NETWORK = ("project", "projekt", "projektet"), ("network", "nätverk", "nätverket")


_WORK = re.compile(r"(?<![\w-])(?:arbetet|verksamheten|insatserna|aktiviteterna) (?:i|inom|från) $", re.I)


def _work_in(names: Names, sentence: Span, match: re.Match[str]) -> list[Thing]:
    """``Arbetet i projektet X fortsätter i``: the work is the project's."""
    clean = names.ctx.text.clean
    for thing in names.within(sentence):
        beside = thing.end <= match.start() and not clean[thing.end : match.start()].strip()
        if (
            beside
            and thing.kind.lower().endswith((*_PROJECT, *_NETWORK))
            and _WORK.search(clean, sentence.start, thing.start)
        ):
            return [thing]
    return []


def _named(names: Names, sentence: Span, match: re.Match[str], kind: str) -> list[Thing]:
    """A new name after ``under namnet``, or of what replaces something, need not be known from elsewhere."""
    if not match.group().endswith(("namnet", "fortsättning genom")) and (
        kind != "replaced" or _GOES.match(match.group())
    ):
        return []
    whole = kind != "replaced" or match.group().endswith(" efter")
    found = names.after(start_of(names, match.end()), sentence.end, "" if whole else "name")
    return [found] if found is not None else []


def _of_title(names: Names, sentence: Span) -> list[Thing]:
    """The one thing that the title above names: ``Fortsättning på X`` above ``arbetet fortsätter under namnet Y``."""
    for span in titles(names, sentence):
        found = names.within(span)
        if found:
            return found if len(found) == 1 else []
    return []


def _people(names: Names, sentence: Span, old: list[Thing], new: list[Thing]) -> bool:
    """A substitute replaces a member, and a municipality another's staff: no thing took another's place."""
    return any(names.of_person(thing.span) for thing in (*old, *new))


def backward(kind: str) -> Rule:
    """``Y TRIGGER X``: what comes stands before, what was after."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not real(names, sentence, match):
            return None
        old, new = after(names, sentence, match.end()), before(names, sentence, match.start())
        if kind == "continued" and not old and match.group().endswith((" på", " till", " efter")):
            old = _closed_name(names, sentence, match)
        if kind == "continued" and old and not new:
            new = _it(names, sentence, match)
        if kind == "replaced" and new and not old:
            old = _named(names, sentence, match, kind)
        if kind == "replaced" and old and _PAID.match(names.ctx.text.clean, old[-1].end):
            return None
        if not old or not new or same(old, new) or _people(names, sentence, old, new):
            return None
        return Said(kind, old, new[:1], match.start(), match.end())

    return rule


def _closed_name(names: Names, sentence: Span, match: re.Match[str]) -> list[Thing]:
    """``en fortsättning på X.``: a name of another document, where nothing follows that could belong to it."""
    clean = names.ctx.text.clean
    found = names.after(start_of(names, match.end()), sentence.end)
    closed = found is not None and re.match(r"[.,;)]|\s(?:och|som)\s", clean[found.end : found.end + 5])
    return [found] if found is not None and closed and "bygger" not in match.group() else []


def _it(names: Names, sentence: Span, match: re.Match[str]) -> list[Thing]:
    """``Det är en fortsättning på X``: what the text before it, or the heading above it, is about."""
    opening = names.ctx.text.clean[sentence.start : match.start()].strip().lower()
    return antecedent(names, sentence, sentence.start, "projektet") if opening in ("det", "den", "detta") else []


_PAID = re.compile(r"\s(?:för|med)\s")  # "ersätter kommunen för kostnaden": what is paid takes nobody's place


def following(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Ett fortsättningsprojekt, "Y", har beviljats``: of the project that the text before it is about."""
    new = [
        thing
        for thing in names.within(sentence)
        if thing.start >= match.end() and not _mentioned_by(names, sentence, thing)
    ]
    if not new or not real(names, sentence, match):
        return None
    old = antecedent(names, sentence, match.start(), "projektet")
    if not old or same(old, new[:1]):
        return None
    later = names.ctx.text.clean[new[0].end : sentence.end]
    start = _BEGAN.search(later)
    began = next(find_dates(later[start.end() :]), None) if start else None
    when = began.value if began is not None and began.start <= 4 else None  # "som startade den 1 mars 2023"
    return Said("continued", old, new[:1], match.start(), match.end(), dated=False, when=when)


_BEGAN = re.compile(r"\b(?:startade|startar|inleddes|inleds|påbörjades|börjar|började)\s")


def _mentioned_by(names: Names, sentence: Span, thing: Thing) -> bool:
    return thing.kind in SESSIONS or governed(names.ctx.text.clean, sentence.start, thing)


def prolonged(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Projektet X förlängs``: it goes on as itself."""
    if not real(names, sentence, match):
        return None
    active = match.group().endswith(("a", " av"))
    old = after(names, sentence, match.end()) if active else before(names, sentence, match.start())
    old = [thing for thing in old if thing.kind == "Project" or thing.kind.endswith(("projekt", "projektet"))]
    return Said("continued", old, old, match.start(), match.end(), dated=False) if old else None


def ended(tense: str) -> Rule:
    """``X avslutades``, ``Efter 2026 avslutas X``, ``beslutat att avveckla X``."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not real(names, sentence, match):
            return None
        closes = re.match(r"avslut|slut|är avslut", match.group(), re.I) is not None
        never = SESSIONS if closes else frozenset()
        old = [] if tense == "infinitive" else before(names, sentence, match.start(), never=never)
        old = [thing for thing in old or after(names, sentence, match.end()) if thing.kind not in never]
        if not old and tense == "past":
            old = _cooperation(names, sentence, match) or closed_here(names, sentence, match)
        if not old or not _dated_or_decided(names, sentence, match, tense):
            return None
        return Said("ended", old, [], match.start(), match.end())

    return rule


_WITH = re.compile(
    r"(?<![\w-])(?P<what>(?:samarbetet|partnerskapet) med [A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+){0,3})\s(?:har )?$", re.I
)


def _cooperation(names: Names, sentence: Span, match: re.Match[str]) -> list[Thing]:
    """``Samarbetet med X upphörde``: it is the cooperation that ended, and not X."""
    found = _WITH.search(names.ctx.text.clean, sentence.start, match.start())
    if found is None or not found["what"].split()[2][0].isupper() or names.of_person(Span(*found.span("what"))):
        return []
    thing = plain(found, "what", "phrase")
    return [Thing(thing.start, thing.end, thing.span, thing.name[0].lower() + thing.name[1:], "phrase")]


def _dated_or_decided(names: Names, sentence: Span, match: re.Match[str], tense: str) -> bool:
    """What is to end needs a date or a decision: a plan to end something is no end."""
    if tense == "past":
        return True
    text = names.ctx.clean(sentence)
    trigger = (match.start() - sentence.start, match.end() - sentence.start)
    dated = effective(text, trigger, None, "ended") is not None
    decided = word("decided").search(names.ctx.text.clean, sentence.start, match.start()) is not None
    if tense == "present":
        return (
            dated
            or decided
            or "i förtid" in text
            or effective(text, trigger, names.ctx.document.year, "ended") is not None
        )
    return decided or dated


def defunct(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``den nedlagda föreningen X``."""
    old = [thing for thing in after(names, sentence, match.end()) if thing.kind not in ("", "Project")]
    return Said("ended", old[:1], [], match.start(), match.end(), dated=False) if old else None


# "ändras Bundet för kaffe, BK, till Bundet för te, BT": with its abbreviation on both sides it is a name that changed,
# and no wording of the text.
_NAME = r"[A-ZÅÄÖ][\w ]{5,60}"
_ABBREVIATED = (
    rf"(?P<verb>ändras) (?P<old>{_NAME})(?:, {ACRONYM},?|\s\({ACRONYM}\)) till (?P<new>{_NAME})(?=, {ACRONYM}|\s\()"
)


def _pattern(key: str, after_it: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words(key)}(?![\w-]){after_it}")  # for text in lower case, which is quicker


@cache
def rules() -> list[tuple[re.Pattern[str], Rule]]:
    """The rules in the order in which they are tried; words that one of them took are not read again.

    A pattern without groups is one of words alone, for the text in lower case.
    """
    of_name = (
        rf"(?<![\w-]){words('naming')} [\"“”]?(?P<old>[\w -]{{3,60}}?)[\"“”]? "
        rf"(?P<verb>{words('naming_verb')}) (?:till )?[\"“”]?(?P<new>[\w-]{{3,60}})"
    )
    of_before = rf"\s?(?:\(|,\s)(?:{words('formerly')}|numera|nuvarande)(?: {words('called')})?(?=[\s:])"
    office = words("offices")
    of_office = rf"\b(?P<verb>ändra(?:s|des|ts) från) (?P<old>{office}) till (?P<new>{office})(?![\w-])"
    return [
        (re.compile(of_name, re.I), naming),
        (re.compile(of_before), formerly),
        (_pattern("renamed"), renamed),
        (_pattern("renamed_from"), called_before),
        (re.compile(_ABBREVIATED), in_statutes),
        (
            re.compile(
                r"\b(?:[Ss]edan|[Ff]rån och med|[Ff]r\.o\.m\.)\s[^.,;]{3,40}?\s(?P<verb>heter|benämns|kallas)(?=\s)"
            ),
            called,
        ),
        (re.compile(r"(?<![\w-])(?:[Bb]ytte|[Bb]yter)(?=\s[^.,;]{3,60}\snamn till\s)"), inverted),
        (_pattern("naming_anew"), inverted),
        (re.compile(of_office, re.I), naming),
        (_pattern("merged"), merged),
        (_pattern("merger"), merger),
        (_pattern("forms"), forms),
        (_pattern("split"), forward("split")),
        (_pattern("continued"), forward("continued")),
        (_pattern("continues"), backward("continued")),
        (_pattern("following_project"), following),
        (_pattern("replaced"), forward("replaced")),
        (_pattern("replaces"), backward("replaced")),
        (_pattern("prolonged"), prolonged),
        (_pattern("defunct"), defunct),
        (_pattern("no_longer"), no_longer),
        (_pattern("ended", r"(?! (?:med|på|som|från(?! och med)|ur)\s)"), ended("past")),
        (_pattern("ends", r"(?! (?:med|på|som|från(?! och med)|ur)\s)"), ended("present")),
        (_pattern("end"), ended("infinitive")),
    ]
