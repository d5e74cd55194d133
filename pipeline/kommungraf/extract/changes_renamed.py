"""Names that change: ``X heter numera Y``, ``X (fd Y)``, ``benämningen X ändras till Y``, titles of offices."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kommungraf.extract.changes_names import Names, Thing, words
from kommungraf.extract.changes_said import Said, plain, real, same, start_of
from kommungraf.extract.changes_subjects import after, before, governed
from kommungraf.model.facts import Entity
from kommungraf.model.source import Span
from kommungraf.wordlists import toml


def renamed(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``X heter numera Y``, ``X ska benämnas Y i stället för Z``."""
    if not real(names, sentence, match):
        return None
    instead = _instead(names, sentence, match)
    if instead is not None:
        return instead
    new = names.after(start_of(names, match.end()), sentence.end)
    if new is None:
        return None
    old = before(names, sentence, match.start()) or _unknown(names, sentence, match.start())
    if not old or same(old, [new]):
        return None
    now = re.search(r"\bnu(?:mera)?\b", match.group(), re.I) is not None  # since when is not said
    return Said("renamed", old[:1], [new], match.start(), match.end(), dated=not now)


def _unknown(names: Names, sentence: Span, end: int) -> list[Thing]:
    """A subject that nothing introduced: capitals right before the verb, or the noun that begins the sentence."""
    clean = names.ctx.text.clean
    last = len(clean[sentence.start : end].rstrip()) + sentence.start
    capitals = _name_before(names, sentence, last)
    sure = capitals is not None and (capitals.start > sentence.start or " " in capitals.name)
    if capitals is not None and sure and not names.of_person(capitals.span):
        return [] if governed(clean, sentence.start, capitals) else [capitals]
    return _definite(names, sentence, end)


def inverted(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Den 1 mars bytte X namn till Y``, ``ändrar namn på X till Y``."""
    old = after(names, sentence, match.end())
    if not old or not real(names, sentence, match):
        return None
    to = re.compile(r"(?:\snamn(?:et)?)?\still\s").match(names.ctx.text.clean, old[0].end)
    new = names.after(start_of(names, to.end()), sentence.end) if to else None
    if new is None or same(old, [new]):
        return None
    return Said("renamed", old[:1], [new], match.start(), match.end())


def called_before(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Y hette tidigare X``, ``Y startade 2018 under namnet X``: the old name follows; until when is not said."""
    if not real(names, sentence, match):
        return None
    old = names.after(start_of(names, match.end()), sentence.end)
    new = before(names, sentence, match.start()) if old is not None else []
    if old is not None and not new:
        new = _first_subject(names, sentence, match) or _unknown(names, sentence, match.start())
    if old is None or not new or same([old], new):
        return None
    return Said("renamed", [old], new[:1], match.start(), match.end(), dated=False)


def _first_subject(names: Names, sentence: Span, match: re.Match[str]) -> list[Thing]:
    """``X är en insats för unga som startade under namnet``: what the sentence defines is what it begins with."""
    clean = names.ctx.text.clean
    first = next(iter(names.within(sentence)), None)
    defined = first is not None and re.match(r"\s(?:är|var) (?:en|ett) ", clean[first.end : first.end + 9])
    if first is None or first.start != sentence.start or not defined:
        return []
    return [first] if clean.endswith(" som ", 0, match.start()) else []


def called(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Sedan årsskiftet heter X Y``: the old and the new name follow the verb."""
    things = names.within(sentence)
    start = start_of(names, match.end())
    for old, new in pairwise(things):
        if old.start == start and new.start == old.end + 1 and not same([old], [new]):
            return Said("renamed", [old], [new], match.start("verb"), match.end())
    return None


_INSTEAD = re.compile(
    r"\s[\"“”»]?(?P<new>[A-ZÅÄÖ][^.,;:()\n]{2,70}?)[\"“”»]? (?:i stället|istället) för "
    r"(?:benämningen |namnet |som tidigare )?[\"“”»]?(?P<old>[A-ZÅÄÖ][^.,;:()\n\"“”»]{2,70})"
)


def _instead(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    both = _INSTEAD.match(names.ctx.text.clean, match.end(), sentence.end)
    if both is None:
        return None
    old, new = plain(both, "old"), plain(both, "new")
    return Said("renamed", [old], [new], match.start(), both.end())


_NOUN = re.compile(r"(?P<noun>[A-ZÅÄÖ][a-zåäö]{5,}(?:en|et|an|na))(?=\s)")
_GOES_ON = re.compile(r"\s(?:för|med|till|har|på|i|som)\s")


def _definite(names: Names, sentence: Span, end: int) -> list[Thing]:
    """``Mediaportalen för lärare … heter nu X``: a sentence may begin with the definite noun that was the name."""
    clean = names.ctx.text.clean
    match = _NOUN.match(clean, sentence.start, end)
    beside = match is not None and clean[match.end() : end].isspace()
    if match is None or not (beside or _GOES_ON.match(clean, match.end())) or _is_mention(names, match.span("noun")):
        return []
    generic = match["noun"].lower() in _generic()  # "Förvaltningen heter numera X" does not say which one
    return [] if generic else [plain(match, "noun")]


@cache
def _generic() -> frozenset[str]:
    """Nouns that stand for a thing and do not name it."""
    lists = toml("extract", "changes.toml")
    every = (*lists["anaphors"], *lists["loose_anaphors"], *lists["heads"])
    return frozenset(one.removeprefix("\\w*") for one in every) | {"kommunen", "regionen", "myndigheten", "styrelsen"}


def _is_mention(names: Names, place: tuple[int, int]) -> bool:
    return any(
        isinstance(node, Entity)
        and node.evidence
        and node.evidence[0].start < place[1]
        and place[0] < node.evidence[0].end
        for node in names.ctx.nodes
    )


def formerly(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``X (fd Y)``, ``X, tidigare Y, har``, ``Y, numera X,``: both names side by side."""
    clean = names.ctx.text.clean
    start = start_of(names, match.end())
    title = _office(names, match)
    if title is not None:
        return title
    things = names.within(sentence)
    new = next((thing for thing in things if thing.end == match.start()), None) or _name_before(
        names, sentence, match.start()
    )
    old = names.after(start, sentence.end)
    if old is None or new is None or new.name.casefold() == old.name.casefold():
        return None
    closed = clean[old.end : old.end + 2].lstrip()[:1] in (")", ",", ".", "")
    if not closed or names.of_person(Span(new.start, match.end() + 1)):
        return None
    end = old.end
    if match.group().endswith(("numera", "nuvarande")):
        old, new = new, old
    return Said("renamed", [old], [new], match.start(), end, dated=False)


_CAPITALS = re.compile(r"(?<![\w-])(?P<name>[A-ZÅÄÖ][\w&-]*(?: (?:och )?[A-ZÅÄÖ][\w&-]*){0,4})$")


def _name_before(names: Names, sentence: Span, end: int) -> Thing | None:
    """The capitalised words right before brackets; a genitive loses its s where the document has the name without."""
    clean = names.ctx.text.clean
    match = _CAPITALS.search(clean, max(sentence.start, end - 80), end)
    if match is None:
        return None
    thing = plain(match, "name")
    bare = thing.name[:-1]
    if thing.name.endswith("s") and re.search(rf"(?<![\w-]){re.escape(bare)}(?![\w-])", clean):
        return Thing(thing.start, thing.end, Span(thing.start, thing.start + len(bare)), bare, "")
    return thing


def _office(names: Names, match: re.Match[str]) -> Said | None:
    """``Verksamhetschef (tidigare kontorschef) har rätt att``: the title of an office, with nobody named beside it."""
    clean = names.ctx.text.clean
    office = words("offices")
    new = re.compile(rf"(?<![\w-])(?P<office>{office})$").search(clean, max(0, match.start() - 40), match.start())
    old = re.compile(rf"[\s–-]*(?P<office>{office})(?=[),])").match(clean, match.end())
    if new is None or old is None or names.of_person(Span(new.start() - 30 if new.start() > 30 else 0, old.end() + 30)):
        return None
    was, now = plain(old, "office", "office"), plain(new, "office", "office")
    if was.name.casefold() == now.name.casefold():
        return None
    return Said("renamed", [_lower(was)], [_lower(now)], match.start(), old.end(), dated=False)


def _lower(thing: Thing) -> Thing:
    return Thing(thing.start, thing.end, thing.span, thing.name[0].lower() + thing.name[1:], thing.kind)


def naming(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Benämningen X ändras till Y``."""
    if not real(names, sentence, match):
        return None
    old, new = plain(match, "old", "name"), names.after(match.start("new"), sentence.end)
    quoted = Thing(match.start("new"), match.end("new"), Span(*match.span("new")), match["new"], "name")
    return Said("renamed", [old], [new or quoted], match.start("verb"), match.end("verb"))


def in_statutes(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``under § 1 ändras Bundet för kaffe, BK, till Bundet för te, BT``: both names as printed."""
    if not real(names, sentence, match):
        return None
    return Said("renamed", [plain(match, "old")], [plain(match, "new")], match.start("verb"), match.end("verb"))
