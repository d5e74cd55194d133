"""What follows on what: continued, merged, split, replaced, ended; and the table of all rules of change.

A rule says nothing where a name is missing on a side that needs one.
"""

from __future__ import annotations

import re
from functools import cache

from kommungraf.dates import find_dates
from kommungraf.extract.changes_dates import effective
from kommungraf.extract.changes_names import Names, Thing, words
from kommungraf.extract.changes_renamed import called, formerly, inverted, naming, renamed
from kommungraf.extract.changes_said import Rule, Said, real, same, start_of, word
from kommungraf.extract.changes_subjects import after, antecedent, before, governed, past_fillers, titles
from kommungraf.model.source import Span

_SESSIONS = frozenset({"GoverningBody", "Organization"})  # these end meetings and employments, and seldom themselves


def forward(kind: str) -> Rule:
    """``X TRIGGER Y``: what was stands before, what comes after."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not real(names, sentence, match):
            return None
        new = after(names, sentence, match.end()) or _named(names, sentence, match, kind)
        old = before(names, sentence, match.start(), loose=kind == "continued")
        if new and not old and kind == "continued" and match.group().endswith("namnet"):
            old = _of_title(names, sentence)
        if not old or not new or same(old, new) or _people(names, sentence, old, new):
            return None
        if kind == "replaced" and old[0].kind in ("Project", "Network") and new[0].kind == "Organization":
            return None  # an authority pays for a project and does not take its place
        return Said(kind, old, new if kind == "split" else new[:1], match.start(), match.end())

    return rule


def _named(names: Names, sentence: Span, match: re.Match[str], kind: str) -> list[Thing]:
    """A new name after ``under namnet``, or of what replaces something, need not be known from elsewhere."""
    if not match.group().endswith("namnet") and kind != "replaced":
        return []
    found = names.after(start_of(names, match.end()), sentence.end, "" if kind != "replaced" else "name")
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
        if kind == "replaced" and new and not old:
            old = _named(names, sentence, match, kind)
        if kind == "replaced" and old and _PAID.match(names.ctx.text.clean, old[-1].end):
            return None
        if not old or not new or same(old, new) or _people(names, sentence, old, new):
            return None
        return Said(kind, old, new[:1], match.start(), match.end())

    return rule


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
    return thing.kind in _SESSIONS or governed(names.ctx.text.clean, sentence.start, thing)


def prolonged(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Projektet X förlängs``: it goes on as itself."""
    if not real(names, sentence, match):
        return None
    active = match.group().endswith(("a", " av"))
    old = after(names, sentence, match.end()) if active else before(names, sentence, match.start())
    old = [thing for thing in old if thing.kind == "Project" or thing.kind.endswith(("projekt", "projektet"))]
    return Said("continued", old, old, match.start(), match.end(), dated=False) if old else None


_INTO = re.compile(
    r"\s(?:till|i|och (?:bildar|bildade|blir|blev|kallas)|under namnet)"
    r"(?:\s(?:en|ett) (?:ny|nytt|gemensam|gemensamt) \w+,)?(?=\s)"
)
_EMBRACED = re.compile(
    r"(?P<noun>\b(?:[Dd]e|[Bb]åda|[Bb]ägge) (?:två |båda |tre |fyra )?\w+(?:erna|orna|arna|en)"
    r"(?: (?:inom|för|i) [\w-]+)?) \((?P<one>[^(),]{3,60}) och (?P<other>[^(),]{3,60})\)(?: har| hade)? $"
)


def merged(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``A och B slås samman till C``, ``A uppgår i C``."""
    if not real(names, sentence, match):
        return None
    clean = names.ctx.text.clean
    one_way = match.group().endswith((" i", " med"))
    old = before(names, sentence, match.start())
    if not old and not one_way and (embraced := _EMBRACED.search(clean[sentence.start : match.start()])):
        parts = [_part(embraced, group, sentence.start) for group in ("one", "other")]
        return Said("merged", parts, [], match.start(), match.end())
    new: list[Thing] = []
    if one_way:
        new = after(names, sentence, match.end())
    elif (into := _INTO.match(clean, past_fillers(clean, match.end(), sentence.end), sentence.end)) is not None:
        new = after(names, sentence, into.end()) or _after_name(names, sentence, into.end())
    if not old or (one_way and not new) or (len(old) < 2 and not new) or same(old, new):
        return None
    return Said("merged", old, new[:1], match.start(), match.end())


def _after_name(names: Names, sentence: Span, position: int) -> list[Thing]:
    found = names.after(start_of(names, position), sentence.end)
    return [found] if found is not None else []


def _part(match: re.Match[str], group: str, offset: int) -> Thing:
    """``de två resorna (norr och söder)`` names two things: the noun with each of the words in brackets.

    A compound is often repeated by its last part: after ``Bussresorna`` the noun is that.
    """
    noun = re.sub(r"^(?:De|Båda|Bägge)\s(?:(?:två|båda|tre|fyra)\s)?", "", match["noun"], flags=re.I)
    last, _, rest = noun.partition(" ")
    whole = re.search(rf"\b\w+{re.escape(last)}\b", match.string[: match.start()])
    noun = f"{whole.group()} {rest}".strip() if whole else noun
    start, end = match.start(group) + offset, match.end(group) + offset
    return Thing(start, end, Span(start, end), f"{noun} ({match[group]})", "part")


def merger(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``genom en sammanslagning av A och B``: the result may be the subject or follow."""
    if not real(names, sentence, match):
        return None
    old = after(names, sentence, match.end())
    if len(old) < 2:
        return None
    into = _INTO.match(names.ctx.text.clean, old[-1].end, sentence.end)
    new = after(names, sentence, into.end()) if into else []
    return Said("merged", old, new[:1], match.start(), match.end())


def ended(tense: str) -> Rule:
    """``X avslutades``, ``Efter 2026 avslutas X``, ``beslutat att avveckla X``."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not real(names, sentence, match):
            return None
        closes = re.match(r"avslut|slut|är avslut", match.group(), re.I) is not None
        never = _SESSIONS if closes else frozenset()
        old = [] if tense == "infinitive" else before(names, sentence, match.start(), never=never)
        old = [thing for thing in old or after(names, sentence, match.end()) if thing.kind not in never]
        if not old or not _dated_or_decided(names, sentence, match, tense):
            return None
        return Said("ended", old, [], match.start(), match.end())

    return rule


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


def _pattern(key: str, after_it: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words(key)}(?![\w-]){after_it}", re.I)


@cache
def rules() -> list[tuple[re.Pattern[str], Rule]]:
    """The rules in the order in which they are tried; words that one of them took are not read again."""
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
        (_pattern("split"), forward("split")),
        (_pattern("continued"), forward("continued")),
        (_pattern("continues"), backward("continued")),
        (_pattern("following_project"), following),
        (_pattern("replaced"), forward("replaced")),
        (_pattern("replaces"), backward("replaced")),
        (_pattern("prolonged"), prolonged),
        (_pattern("defunct"), defunct),
        (_pattern("ended", r"(?! (?:med|på|som|från(?! och med)|ur)\s)"), ended("past")),
        (_pattern("ends", r"(?! (?:med|på|som|från(?! och med)|ur)\s)"), ended("present")),
        (_pattern("end"), ended("infinitive")),
    ]
