"""Who a verb of change is said of: the thing before it, the thing after it, or what ``projektet`` stands for.

A subject is taken only where it stands beside its verb but for auxiliaries, adverbs and dates, or is left out after
``och``: in ``I projektet X avslutades mätningen`` nothing is said of X.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kommungraf.extract.changes_names import DATE, Names, Thing, coordinated, words
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

_ELIDED = re.compile(r"(?:\b(?:och|men|samt)|,)$")
_RELATIVE = re.compile(r",?\s(?:som|vilke[nt]|vars|där)\s|,\s(?:fd|tidigare|finansiera[dt]|ett|en)\s")
_NETWORK = frozenset({"Network"})
_WANTED = {
    "nätverket": _NETWORK,
    "detta nätverk": _NETWORK,
    "projektet": frozenset({"Project"}),
    "pilotprojektet": frozenset({"Project"}),
}
_LIVING = frozenset({"Project", "Network"})
_NEXT_CLAUSE = frozenset({"då", "sedan", "efter", "när"})
_BACK = 3  # how many paragraphs back "projektet" may reach


@cache
def _filler() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words('fillers')}|{DATE})$", re.I)


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{words('fillers')}|{DATE})(?=\s)", re.I)


@cache
def _anaphor(loose: bool) -> re.Pattern[str]:
    either = f"(?:{words('anaphors')}|{words('loose_anaphors')})" if loose else words("anaphors")
    return re.compile(rf"(?<![\w-]){either}$", re.I)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"(?:\w+ (?:att|beslutar|beslutade) )?({words('anaphors')})(?![\w-])", re.I)


@cache
def _governed() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words('prepositions')})\s$", re.I)


def before(
    names: Names, sentence: Span, position: int, loose: bool = False, never: frozenset[str] = frozenset()
) -> list[Thing]:
    """The subject that stands before a verb at ``position``; empty where none is sure.

    ``loose``: ``arbetet`` may stand for a project, too. Things of a kind in ``never`` cannot be the subject.
    """
    clean, low = names.ctx.text.clean, sentence.start
    end, relative = position, False
    things = names.within(sentence)
    for _ in range(5):
        end = _without_fillers(clean, low, end, {thing.end for thing in things})
        index = next((i for i, thing in enumerate(things) if thing.end == end), None)
        if index is not None and things[index].kind not in never:
            return [] if not relative and governed(clean, low, things[index]) else coordinated(things, clean, index, -1)
        text = clean[low:end]
        if (anaphor := _anaphor(loose).search(text)) is not None:
            if not relative and _governed().search(text[: anaphor.start()]):
                return []
            return antecedent(names, sentence, low + anaphor.start(), anaphor.group().lower())
        shorter = _shorter(text)
        if shorter is None:
            return _of_clause(names, sentence, end) if _ELIDED.search(text) else []
        end, relative = low + shorter, text.endswith(" som")
    return []


def _shorter(text: str) -> int | None:
    """Past brackets or a relative clause that stand between a subject and its verb."""
    if text.endswith(")"):
        return text.rfind("(")
    if text.endswith((" som", ",")) and not _ELIDED.search(text.rstrip(",")):
        if text.endswith(" som"):
            return len(text[:-4].rstrip(","))
        starts = [match.start() for match in _RELATIVE.finditer(text[:-1])]
        return starts[-1] if starts else None
    if " som " in text and not _ELIDED.search(text):
        return text.rfind(" som ")
    return None


def _without_fillers(clean: str, low: int, end: int, stops: set[int]) -> int:
    """The end of what stands before auxiliaries, adverbs and dates; a name that ends in a year is no date."""
    while True:
        while end > low and clean[end - 1].isspace():
            end -= 1
        if end in stops:
            return end
        match = _filler().search(clean, max(low, end - 30), end)
        if match is None:
            return end
        end = match.start()


def governed(clean: str, low: int, thing: Thing) -> bool:
    """Whether a preposition stands before a thing: what the sentence says is said of something else."""
    return _governed().search(clean, max(low, thing.start - 20), thing.start) is not None


def _of_clause(names: Names, sentence: Span, end: int) -> list[Thing]:
    """The subject of a clause whose later verbs go without one: its first thing that no preposition governs."""
    clean = names.ctx.text.clean
    said = clean.rfind(" att ", sentence.start, end)
    start = sentence.start if said < 0 else said + len(" att ")
    opening = _opening().match(clean, start, end)
    things = names.within(sentence)
    if opening is not None and not any(thing.start <= opening.start(1) < thing.end for thing in things):
        return antecedent(names, sentence, start, opening[1].lower())
    for index, thing in enumerate(things):
        first = thing.start == start or thing.kind != "Organization"  # others are who did it
        if start <= thing.start < end and first and not governed(clean, start, thing):
            return coordinated(things, clean, index, 1)
    return []


def after(names: Names, sentence: Span, position: int) -> list[Thing]:
    """The things that stand right after a verb or preposition: its object, or its subject in inverted order."""
    clean = names.ctx.text.clean
    things = names.within(sentence)
    while True:
        start = _spaces(clean, position)
        index = next((i for i, thing in enumerate(things) if thing.start == start), None)
        if index is not None:
            return [] if _owner(clean, things[index]) else coordinated(things, clean, index, 1)
        filler = _leading().match(clean, position, sentence.end)
        if filler is None or filler.group().split()[0] in _NEXT_CLAUSE:
            return []
        position = filler.end()


def _owner(clean: str, thing: Thing) -> bool:
    """Whether a thing only says whose something is: ``förbundets kurser``."""
    printed = clean[thing.span.start : thing.span.end]
    genitive = thing.node is not None and printed.endswith("s") and not thing.name.endswith("s")
    return clean[thing.end : thing.end + 2] in ("s ", ":s") or (genitive and clean[thing.end : thing.end + 1] == " ")


def past_fillers(clean: str, position: int, end: int) -> int:
    """The place behind adverbs and dates that follow a verb."""
    while (filler := _leading().match(clean, position, end)) is not None:
        if re.fullmatch(r"\s+(?:i|till)", filler.group()) and not re.match(r"\s\d|\smaj|\sj", clean[filler.end() :]):
            break
        position = filler.end()
    return position


def _spaces(clean: str, position: int) -> int:
    while position < len(clean) and clean[position] in " \u00a0\n":
        position += 1
    return position


def antecedent(names: Names, sentence: Span, position: int, word: str) -> list[Thing]:
    """What ``projektet`` or ``nätverket`` stands for: the one thing that the text before it is about."""
    wanted = _WANTED.get(word, _LIVING)
    for span in _earlier(names, sentence, position):
        found = {_same(thing): thing for thing in names.within(span) if _may_be(thing, wanted)}
        if len(found) == 1:
            return list(found.values())
        if found:
            return []
    return []


def _same(thing: Thing) -> str:
    return thing.name.casefold()


def _may_be(thing: Thing, wanted: frozenset[str]) -> bool:
    """A heading that is a name may stand for any project; a network is called one."""
    return thing.kind in wanted or _is_head(thing, wanted) or (thing.kind == "heading" and "Project" in wanted)


def _is_head(thing: Thing, wanted: frozenset[str]) -> bool:
    """``nätverk X`` is a network and ``projektet X`` a project, though no mention was found there."""
    return any(
        thing.kind.endswith(end)
        for kind in wanted
        for end in {"Network": ("nätverk", "nätverket"), "Project": ("projekt", "projektet")}[kind]
    )


def _earlier(names: Names, sentence: Span, position: int) -> Iterator[Span]:
    """The text before a place, nearest first: its sentence, its paragraph, the paragraphs above up to a heading, and
    the headings of the parts it lies in."""
    ctx = names.ctx
    if position > sentence.start:
        yield Span(sentence.start, position)
    index = ctx.text.block_index(sentence.start)
    block = ctx.text.blocks[index]
    own = [span for span in ctx.sentences(block.start, block.end) if span.end <= sentence.start]
    yield from reversed(own)
    for above in range(index - 1, max(index - 1 - _BACK, ctx.document.blocks.start - 1), -1):
        block = ctx.text.blocks[above]
        if block.kind == "table":
            break
        if not own or block.kind == "heading":  # a paragraph that has begun with something else is about that
            yield Span(block.start, block.end)
        if block.kind == "heading":
            break
    yield from titles(names, sentence)


def titles(names: Names, sentence: Span) -> Iterator[Span]:
    """The titles of the parts around a sentence, the innermost first; not those of whole areas."""
    around = [
        part.title_span
        for part in names.ctx.document.walk()
        if part.start <= sentence.start < part.end and part.title_span is not None and part.role is not Role.AREA
    ]
    for span in reversed(around):
        if span.end <= sentence.start:
            yield span
