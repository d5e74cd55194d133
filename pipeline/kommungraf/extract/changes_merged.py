"""What becomes one: merged with, formed of, absorbed by. A merger into nothing that is named is only noted."""

from __future__ import annotations

import re

from kommungraf.extract.changes_names import Names, Thing
from kommungraf.extract.changes_said import SESSIONS, Said, plain, real, same, start_of
from kommungraf.extract.changes_subjects import after, before, past_fillers
from kommungraf.model.source import Span

_INTO = re.compile(
    r"\s(?:till|i|och (?:bildar|bildade|blir|blev|kallas)|under namnet)"
    r"(?:\s(?:en|ett) (?:ny|nytt|gemensam|gemensamt) \w+,)?(?=\s)"
)
_SEVERAL = re.compile(r"\b(?:två|båda|bägge|tre|fyra)\b", re.I)
# "de två linjerna inom vården (dag och natt)": two things that share a noun.
_EMBRACED = re.compile(
    r"\b(?:de|båda|bägge) (?:två |båda )?(?P<shared>(?P<noun>\w+(?P<plural>orna|arna|erna)) (?:inom|för|i) [\w-]+) "
    r"\((?P<one>[^(),]{3,60}) och (?P<other>[^(),]{3,60})\)(?: har| hade)? $",
    re.I,
)
_SINGULAR = {"orna": "an", "arna": "en", "erna": "en"}
# "Teamet i Norrby och teamet i Söderby": two of a kind, told apart by their places.
_TWINS = re.compile(
    r"(?<![\w-])(?P<one>(?P<noun>\w{4,}(?:et|en)) i [A-ZÅÄÖ]\w+) och (?P<other>(?P=noun) i [A-ZÅÄÖ]\w+)\s$", re.I
)


def merged(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``A och B slås samman till C``, ``A uppgår i C``. A merger into nothing that is named is only noted."""
    if not real(names, sentence, match):
        return None
    clean = names.ctx.text.clean
    one_way = match.group().endswith((" i", " med"))
    old = before(names, sentence, match.start())
    if not old and not one_way and (twins := _TWINS.search(clean, sentence.start, match.start())) is not None:
        old = [plain(twins, "one", "unit"), plain(twins, "other", "unit")]
    new: list[Thing] = []
    if one_way:
        new = after(names, sentence, match.end())
    elif (into := _INTO.match(clean, past_fillers(clean, match.end(), sentence.end), sentence.end)) is not None:
        new = after(names, sentence, into.end()) or _after_name(names, sentence, into.end())
    if not old and not new and not one_way:
        old, new = _embraced(names, sentence, match.start())
    if not new and not one_way and (len(old) > 1 or _SEVERAL.search(clean, sentence.start, match.start())):
        _no_successor(names, sentence)
    if not old or not new or same(old, new):
        return None
    return Said("merged", old, new[:1], match.start(), match.end())


def _after_name(names: Names, sentence: Span, position: int) -> list[Thing]:
    found = names.after(start_of(names, position), sentence.end)
    return [found] if found is not None else []


def _embraced(names: Names, sentence: Span, end: int) -> tuple[list[Thing], list[Thing]]:
    """``de två linjerna inom vården (dag och natt)``: two lines in care become the one, where the file names that one.

    A compound is often repeated by its last part: after ``Bylinjerna`` the noun of ``linjerna`` is that.
    """
    clean = names.ctx.text.clean
    found = _EMBRACED.search(clean, sentence.start, end)
    if found is None:
        return [], []
    compound = re.compile(rf"\b\w+{found['noun']}\b", re.I).search(clean, sentence.start, found.start())
    noun = compound.group() if compound else found["noun"]
    noun = noun[: -len(found["plural"])] + _SINGULAR[found["plural"].lower()]
    name = noun[0].upper() + noun[1:] + found["shared"][len(found["noun"]) :]
    if name.lower() not in clean.lower():
        return [], []
    parts = [
        Thing(*found.span(key), Span(*found.span(key)), f"{name} ({found[key]})", "part") for key in ("one", "other")
    ]
    return parts, [Thing(*found.span("shared"), Span(*found.span("shared")), name, "part")]


def _no_successor(names: Names, sentence: Span) -> None:
    text = " ".join(names.ctx.clean(sentence).split())
    names.ctx.issue("no-successor", f"Things were merged, but into what is not named: “{text[:160]}”", sentence)


_FORMED = re.compile(
    r"\s(?P<verb>(?:har )?(?:bildades|bildats|skapades|uppstod|startade|tillkom))\s[^.,;]{0,30}\bgenom (?:en )?$"
)


def merger(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``C bildades genom en sammanslagning av A och B``, ``sammanslagning av A och B till C``.

    Without the result it is only what a matter is about.
    """
    clean = names.ctx.text.clean
    if not real(names, sentence, match):
        return None
    old = after(names, sentence, match.end())
    if len(old) < 2:
        return None
    into = _INTO.match(clean, old[-1].end, sentence.end)
    formed = _FORMED.search(clean, sentence.start, match.start())
    new = after(names, sentence, into.end()) if into else []
    if not new and formed is not None:
        new = before(names, sentence, formed.start("verb"))
    return Said("merged", old, new[:1], match.start(), match.end()) if new and not same(old, new) else None


_ALIKE = ("förvaltningen", "avdelningen", "kontoret", "enheten", "nämnden")


def _is_programme(names: Names, thing: Thing) -> bool:
    """Projects that form a programme go on within it."""
    return "program" in names.ctx.text.clean[thing.start : thing.span.end].lower()


def forms(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``A och B bildar från årsskiftet C``: two of a kind become one of that kind.

    Organisations that form another one go on: only projects, networks, units and boards are taken.
    """
    if not real(names, sentence, match):
        return None
    old, new = before(names, sentence, match.start()), after(names, sentence, match.end())
    if len(old) < 2 or not new or same(old, new):
        return None
    units = all(thing.name.lower().endswith(_ALIKE) for thing in (*old, *new[:1]))
    kinds = {thing.kind for thing in (*old, *new[:1])}
    told = (
        "tillsammans" in match.group() and len(kinds) == 1 and not kinds & SESSIONS and not _is_programme(names, new[0])
    )
    return Said("merged", old, new[:1], match.start(), match.end()) if units or told else None
