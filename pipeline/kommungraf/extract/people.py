"""People: every mention of a person's name, the name only.

One pass over the text takes the runs of capitalised words apart (:mod:`.people_candidates`), weighs what stands around
them (:mod:`.people_evidence`) and keeps what is enough. A second pass uses what the first one learned: a sure name is
known everywhere in its document, neighbours in a list of names are names, and a family name alone is a person whose
full name the document has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from kommungraf.extract.context import Context
from kommungraf.extract.people_candidates import Candidate, find_candidates
from kommungraf.extract.people_evidence import ENOUGH, look_around, party_after, unit_at
from kommungraf.extract.people_hints import ContextHints
from kommungraf.extract.people_names import RUN, Kind, kind_of, words_about_names
from kommungraf.model.facts import GoverningBody, Network, Node, Organization, Person, Project, Region
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

_PERSON_LABELS = frozenset({"PRS", "PER", "PERSON"})
STRUCTURED = frozenset({Role.ATTENDANCE, Role.SIGNATURES, Role.MEETING, Role.HANDLER, Role.RECIPIENTS, Role.VOTE})
_JUST_BEFORE = 400  # characters back to the full name that a family name alone repeats
_NEAR = 120  # characters between neighbours in a list of names


def find_people(ctx: Context) -> Iterator[Person]:
    """Every mention of a person in a logical document."""
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    roles = _Roles(ctx)
    candidates = [found for found in find_candidates(text) if not roles.excludes(found)]
    for found in candidates:
        found.score += roles.weight(found)
    accepted = accept(text, candidates)
    known, context = _known(accepted), ContextHints(ctx)
    ours = {found.start for found in accepted}
    accepted += [found for found in _of_model(ctx, text, accepted) if not roles.excludes(found)]
    for found in accepted:
        span = Span(found.start + offset, found.end + offset)
        hints = context.of(span, found.evidence)
        if text[found.start : found.end].isupper():
            hints["full"] = text[found.start : found.end]
        yield Person(
            id=ctx.mention_id(Person, span),
            name=found.known or found.name(known),
            evidence=(span,),
            hints=hints,
            found_by="" if found.start in ours else ctx.model,
        )


def _of_model(ctx: Context, text: str, ours: list[Candidate]) -> Iterator[Candidate]:
    """Names that only the configured spaCy model sees (labels PRS and PER), where ours do not stand."""
    taken = sorted((found.start, found.end) for found in ours)
    for entity in ctx.doc.ents:
        words = entity.text.split()
        start, end = entity.start_char, entity.end_char
        if entity.label_ not in _PERSON_LABELS or len(words) < 2 or not all(RUN.fullmatch(word) for word in words):
            continue
        index = bisect_right(taken, (start, len(text))) - 1
        near = taken[max(0, index) : index + 2]
        if not any(start < other_end and other_start < end for other_start, other_end in near):
            yield Candidate(start, end, words, 0.0, look_around(text, start, end, unit_at(text, start, end)))


def _known(accepted: list[Candidate]) -> set[str]:
    """Full names. Of ``Anna Ek`` and ``Anna Eks`` the second is a genitive, unless only it is printed as a name."""
    names = {found.plain for found in accepted}
    printed = {found.plain for found in accepted if found.plain.endswith(found.words[-1][-2:].lower())}
    genitives = {name for name in names if name.endswith("s") and name[:-1] in printed}
    bases = {name[:-1] for name in names if name.endswith("s") and name[:-1] in names - printed}
    return names - genitives - bases


def accept(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """What counts as a name: enough by itself, known from elsewhere in the document, or among names in a list."""
    sure = [found.total >= ENOUGH for found in candidates]
    for index, found in enumerate(candidates):
        if not sure[index] and found.evidence.structured and found.evidence.weight >= 0:
            sure[index] = found.total + _neighbours(candidates, sure, index) >= ENOUGH
    known = _known([found for found, is_sure in zip(candidates, sure, strict=True) if is_sure])
    for index, found in enumerate(candidates):
        is_known = found.name(known) in known or _rest(found) in known
        sure[index] = sure[index] or (found.evidence.weight >= 0 and is_known)
    accepted = [found for found, is_sure in zip(candidates, sure, strict=True) if is_sure]
    for index, found in enumerate(accepted):
        _trim(text, found, known)
        _turn(found, accepted[max(0, index - 2) : index + 3])
    return sorted([*accepted, *_family_names(text, accepted)], key=lambda found: found.start)


def _trim(text: str, found: Candidate, known: set[str]) -> None:
    """Leave out an unknown first word where the rest is a name of its own: "Flodhästen Anna Berg"."""
    if _rest(found) in known:
        found.start = text.index(found.words[1], found.start + len(found.words[0]))
        found.words = found.words[1:]


def _rest(found: Candidate) -> str:
    """A name without its first word, where no list has that; "" otherwise."""
    return " ".join(found.words[1:]) if len(found.words) > 2 and kind_of(found.words[0]) is Kind.UNKNOWN else ""


def _turn(found: Candidate, around: list[Candidate]) -> None:
    """A rare name among others that are printed last name first is printed so too: "Mlynarczyk Aleksander"."""
    if found.last_words or not found.evidence.structured or not any(other.last_words for other in around):
        return
    kinds = [kind_of(word) for word in found.words]
    if kinds[-1] is Kind.FIRST and kinds[0] is not Kind.FIRST:
        found.last_words = next(index for index, kind in enumerate(kinds) if kind is Kind.FIRST)


def _neighbours(candidates: list[Candidate], sure: list[bool], index: int) -> float:
    """What it weighs that the lines or cells around are names."""
    weight = 0.0
    for step in (-2, -1, 1, 2):
        other = index + step
        if 0 <= other < len(candidates) and sure[other] and candidates[other].evidence.structured:
            gap = max(candidates[other].start - candidates[index].end, candidates[index].start - candidates[other].end)
            if gap < _NEAR and bool(candidates[other].last_words) == bool(candidates[index].last_words):
                weight += 0.9
    return weight


_FAMILY_CONTEXT = re.compile(
    r"s?[ \u00a0]+(?:\([^()\n]{1,9}\)s?[ \u00a0]+)?(?:och [^.\n]{3,30}? )?"
    rf"(?:{words_about_names()['family_name_contexts']})"
)
_SINGLE = re.compile(r"(?<![\w@./-])[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖÉ][a-zåäöéü]+)?(?![\w@-])")


def _family_names(text: str, accepted: list[Candidate]) -> Iterator[Candidate]:
    """``Gustafsson yrkar``, ``Gustafssons (S) yrkande``: the family name alone of one person named in full."""
    owners: dict[str, list[tuple[int, str]]] = {}
    for found in accepted:
        owners.setdefault(found.plain.split()[-1].casefold(), []).append((found.start, found.plain))
    taken = {position for found in accepted for position in (found.start, found.end)}
    inside = sorted((found.start, found.end) for found in accepted)
    for match in _SINGLE.finditer(text):
        word = match.group().casefold()
        base = word if word in owners else word[:-1] if word.endswith("s") and word[:-1] in owners else ""
        name = _owner(owners.get(base, ()), match.start())
        if not name or match.start() in taken or match.end() in taken:
            continue
        if not _speaks_of_one(text, match.start(), match.end()):
            continue
        index = bisect_right(inside, (match.start(), len(text))) - 1
        if text[max(0, match.start() - 1) : match.start()] in (" ", "\n", "(", "\t", "") and not (
            index >= 0 and match.start() < inside[index][1]
        ):
            evidence = look_around(text, match.start(), match.end(), unit_at(text, match.start(), match.end()))
            yield Candidate(match.start(), match.end(), [match.group()], 2.0, evidence, known=name)


def _speaks_of_one(text: str, start: int, end: int) -> bool:
    """A family name alone is a person's where a party or a verb follows, or an office stands before."""
    if party_after(text, end)[1] >= 2.0 or _FAMILY_CONTEXT.match(text, end):
        return True
    return bool(look_around(text, start, end, unit_at(text, start, end)).office)


def _owner(owners: Sequence[tuple[int, str]], position: int) -> str:
    """Who of several people with one family name is meant: the only one, or the one named just before."""
    names = {name for _, name in owners}
    if len(names) < 2:
        return next(iter(names), "")
    before = [name for start, name in owners if position - _JUST_BEFORE < start < position]
    return before[-1] if len(set(before)) == 1 else ""


class _Roles:
    """Where in the document a candidate stands: what part, and inside which other mention."""

    def __init__(self, ctx: Context) -> None:
        self.offset = ctx.document.start
        self.parts = sorted(ctx.document.walk(), key=lambda part: (part.start, -part.end))
        self.starts = [part.start for part in self.parts]
        kinds: Iterable[type[Node]] = (Organization, Project, Network, Region, GoverningBody)
        self.named = sorted(node.evidence[0] for kind in kinds for node in ctx.of_type(kind))

    def role(self, position: int) -> Role | None:
        """The role of the innermost part at a position."""
        for index in range(bisect_right(self.starts, position) - 1, -1, -1):
            if position < self.parts[index].end:
                return self.parts[index].role
        return None

    def excludes(self, found: Candidate) -> bool:
        """Inside the name of an organisation, project or body there is no person, unless a party follows."""
        if self.role(found.start + self.offset) is Role.CONTENTS:
            return True
        index = bisect_right(self.named, (found.start + self.offset, float("inf"))) - 1
        return index >= 0 and found.start + self.offset < self.named[index].end and not found.evidence.party

    def weight(self, found: Candidate) -> float:
        """A name that fills its line or cell in a list of participants, signers or recipients is what one expects."""
        role = self.role(found.start + self.offset)
        return 1.0 if found.evidence.structured and role in STRUCTURED else 0.0
