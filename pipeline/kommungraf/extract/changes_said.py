"""What rules of change share: what they find, and whether a sentence says that a change is."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kommungraf.dates import PartialDate
from kommungraf.extract.changes_names import Names, Thing, words
from kommungraf.model import iri
from kommungraf.model.facts import Decision
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

SESSIONS = frozenset({"GoverningBody", "Organization"})
"""Kinds of things that end meetings and employments, form associations, take work over, and seldom end themselves."""


class Said(NamedTuple):
    """What a rule found: the kind of change, what was before and after, and the words that say so."""

    kind: str
    old: list[Thing]
    new: list[Thing]
    start: int
    end: int
    dated: bool = True
    when: PartialDate | None = None  # where the rule itself knows


Rule = Callable[[Names, Span, re.Match[str]], Said | None]
"""What a rule is given: the names of the document, the sentence, and the words that its pattern found there."""


def real(names: Names, sentence: Span, match: re.Match[str]) -> bool:
    """Whether a sentence says that a change is, and does not wish, deny or correct it."""
    clean = names.ctx.text.clean
    earlier, later = clean[sentence.start : match.start()], clean[match.end() : min(sentence.end, match.end() + 25)]
    near = earlier[-40:]
    if word("negation").search(near) or word("negation").match(later.lstrip()) or word("correction").search(earlier):
        return False
    if match.group().endswith(("ades", "örde", "ade", "des")):  # a plain past tense: no auxiliary can govern it
        return True
    return not word("unreal").search(earlier) and not _refused(names, sentence, earlier)


def _refused(names: Names, sentence: Span, earlier: str) -> bool:
    """Whether the change is only proposed, or the decision refuses, returns or postpones it.

    ``Förslaget att X ska heta Y återremitteras``: nothing has changed; ``bifaller motionen om att`` grants it.
    """
    whole = names.ctx.clean(sentence)
    if word("proposed").search(earlier):
        return word("granted").search(whole) is None or word("refused").search(whole) is not None
    if word("refused").search(earlier):
        return True
    return word("decided").search(earlier) is None and _refused_item(names, sentence)


_NOT_YET = frozenset(iri.concept("outcome", code) for code in ("reject", "return", "postpone"))


def _refused_item(names: Names, sentence: Span) -> bool:
    """Whether all that is decided on the matter under whose heading a sentence stands is not to do it, or not yet."""
    for part in names.ctx.document.with_role(Role.AGENDA_ITEM):
        if part.start <= sentence.start < part.end:
            outcomes = {node.outcome for node in names.ctx.within(Decision, part)}
            return bool(outcomes) and outcomes <= _NOT_YET
    return False


@cache
def word(key: str) -> re.Pattern[str]:
    """A list of ``changes.toml`` as whole words."""
    return re.compile(rf"(?<![\w-]){words(key)}(?![\w-])", re.I)


def start_of(names: Names, position: int) -> int:
    """Where the next word begins."""
    clean = names.ctx.text.clean
    while position < len(clean) and clean[position] in " \u00a0\n:":
        position += 1
    return position


def same(old: list[Thing], new: list[Thing]) -> bool:
    """Whether a name stands on both sides."""
    return bool({thing.name.casefold() for thing in old} & {thing.name.casefold() for thing in new})


def plain(match: re.Match[str], group: str, kind: str = "") -> Thing:
    """The words of a group as the name of a thing."""
    start, name = match.start(group), match[group].rstrip()
    return Thing(start, start + len(name), Span(start, start + len(name)), " ".join(name.split()), kind)
