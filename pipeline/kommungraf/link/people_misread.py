"""People whom only a recogniser of letters named otherwise: a misread name is joined with the name that it must be.

Two names as printed are never joined here. What was read in a picture is, where one known person of the same party,
body or municipality has a name from which it differs by usual confusions of letters, and nobody else has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kommungraf.link.people_compare import Cluster, Finding, conflict, context
from kommungraf.misreading import NEVER, confusions, look
from kommungraf.text import fold

_SEEN_OFTEN = 3  # documents: a name that a recogniser read the same so often is as good as printed
_MOST = 2  # letters of a name that were confused
_SHORT = 4  # letters: in so short a word only marks over letters are lost
_ONE, _TWO = 0.8, 0.7  # scores
_UNMARKED = str.maketrans("åäö", "aao")


def join_misread(people: list[Cluster], common: frozenset[str]) -> list[Cluster]:
    """The people, those who are known by a misread name only taken into whom they are.

    ``common`` are the sounds of last names that many bear: such a one was hardly misread.
    """
    known: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
    for person in people:
        for key in {_key(name) for name in _settled(person)}:
            known[key].append(person)
    gone: set[int] = set()
    for person in sorted(filter(_is_doubtful, people), key=lambda person: min(person.mentions)):
        others = {id(other): other for name in person.misread for other in known[_key(name)] if other is not person}
        found = [(finding, other) for other in others.values() if (finding := _fit(person, other, common))]
        if len(found) == 1:
            finding, other = found[0]
            _take(other, person, finding)
            gone.add(id(person))
    return [person for person in people if id(person) not in gone]


def _key(name: str) -> tuple[str, ...]:
    return tuple(map(look, _words(name)))


def _words(name: str) -> list[str]:
    return fold(name).replace("-", " ").split()


def _is_doubtful(person: Cluster) -> bool:
    """Whether nobody printed the name, and it was read in few documents."""
    return not person.printed and len(person.documents) < _SEEN_OFTEN


def _settled(person: Cluster) -> Iterable[str]:
    """The names under which a person is known for certain."""
    return () if _is_doubtful(person) else person.printed or person.misread


def _fit(seen: Cluster, other: Cluster, common: frozenset[str]) -> Finding | None:
    """Why a misread person is another one."""
    if conflict(seen, other):
        return None
    cost, name, meant = min((_cost(a, b), a, b) for a in seen.misread for b in _settled(other))
    link = context(seen, other, rare=False)
    party = bool(seen.parties.keys() & other.parties.keys())
    if not 0 < cost <= _MOST or link is None or (seen.words[-1] in common and not party):
        return None
    if seen.documents & other.documents and not party:
        return None  # a list may hold both
    score = round((_ONE if cost == 1 else _TWO) * link.score, 3)
    letters = "one letter that is" if cost == 1 else "two letters that are"
    because = f"{name}, read in a picture, is {meant} with {letters} easily misread"
    return Finding(score, f"{because}, {link.because}, and nobody else has such a name")


def _cost(seen: str, known: str) -> int:
    """How many letters of a name were confused."""
    pairs = list(zip(_words(seen), _words(known), strict=False))
    if len(_words(seen)) != len(_words(known)):
        return NEVER
    return sum(confusions(a, b) if len(b) > _SHORT or _only_marks(a, b) else NEVER for a, b in pairs)


def _only_marks(seen: str, known: str) -> bool:
    return seen.translate(_UNMARKED) == known.translate(_UNMARKED)


def _take(known: Cluster, seen: Cluster, finding: Finding) -> None:
    """Take a misread person in: this is why the name is the other one's, however surely its mentions are one."""
    evidence = [known.mentions[0][1], seen.mentions[0][1]]
    seen.joins = [join for join in seen.joins if join[0] not in seen.candidates]
    known.joins += [(candidate, finding, evidence, seen.mentions[0][0]) for candidate in sorted(seen.candidates)]
    known.take(seen)
