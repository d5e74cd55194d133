"""Number against number in running text: the same count or sum, of the same year, said in two ways.

Two sentences speak of the same when the telling words of one clause all stand in the other sentence: "köpt drygt 200
nya böcker" and "köpt in drygt 100 nya böcker". Each may say more, but not both: then they may be of two things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from kommungraf.link.continuity.contradictions_said import Contradiction, Said
from kommungraf.link.continuity.contradictions_words import common, listed, names_of, stems
from kommungraf.link.continuity.measures_words import period_of
from kommungraf.link.resolution import Resolution

_LONG = 5
"""So many telling words in common let a fifth of a clause differ."""
_PLANS = ("verksamhetsplan", "budget", "strategi")
_CASES = (
    "protokoll",
    "tjänsteskrivelse",
    "kallelse",
    "motion",
    "medborgarförslag",
    "interpellation",
    "myndighetsbeslut",
)
_CROWD = 60
"""A word in more of a year's numbers than this is no way to find those that speak of the same."""


def texts_against_texts(told: list[Said], resolution: Resolution) -> Iterator[Contradiction]:
    """Counts and sums of one publisher and year that differ between two sentences.

    A document that does not say who publishes it is compared with all, but must tell the same in more words.
    """
    groups: dict[tuple[str, int, str, str], list[Said]] = {}
    years: dict[tuple[int, str], list[Said]] = {}
    publishers = _publishers(told, resolution)
    for one in told:
        if one.year is not None:
            title = "" if _of_cases(one) else str(one.piece.head.get("title", ""))
            part_of_year = period_of(title)  # a report for eight months is of them
            key = (publishers[one.piece.id] or one.piece.file, one.year, one.unit, part_of_year)
            groups.setdefault(key, []).append(one)
            years.setdefault((one.year, one.unit), []).append(one)
    for (publisher, *_), members in groups.items():
        for found in _among(members, _pairs(members), 2):
            found.about = found.about or (publisher if publisher.startswith("organization/") else None)
            yield found
    for members in years.values():
        if strays := {one.piece.id for one in members if not publishers[one.piece.id]}:
            far = (
                (one, other)
                for one, other in _pairs(members, strays)
                if one.piece.file != other.piece.file and not (publishers[one.piece.id] and publishers[other.piece.id])
            )
            yield from _among(members, far, _LONG)


def _among(members: list[Said], pairs: Iterable[tuple[Said, Said]], fewest: int) -> Iterator[Contradiction]:
    """The contradictions of some pairs that share so many telling words at least."""
    rare = _rarity(members)
    by_sentence: dict[tuple[str, str], list[Said]] = {}
    for one in members:
        by_sentence.setdefault(_sentence(one), []).append(one)
    for one, other in pairs:
        if _also_said(one, by_sentence[_sentence(other)]) or _also_said(other, by_sentence[_sentence(one)]):
            continue
        found = _compare(one, other, rare, fewest)
        if found is not None:
            yield found


def _publishers(told: list[Said], resolution: Resolution) -> dict[str, str | None]:
    """Who publishes each document; one that does not say is by the only publisher of the file that it lies in."""
    own = {one.piece.id: resolution.iri(one.piece.head.get("publisher")) for one in told}
    files = {one.piece.id: one.piece.file for one in told}
    of_file: dict[str, set[str]] = {}
    for document, publisher in own.items():
        if publisher:
            of_file.setdefault(files[document], set()).add(publisher)
    return {
        document: publisher or (min(others) if len(others := of_file.get(files[document], set())) == 1 else None)
        for document, publisher in own.items()
    }


def _pairs(members: list[Said], strays: set[str] | None = None) -> Iterator[tuple[Said, Said]]:
    """Those with a telling word in common, and for counts the same head noun; each pair once.

    ``strays``: only pairs with one of these documents.
    """
    by_key: dict[str, list[int]] = {}
    for index, one in enumerate(members):
        head = "" if one.unit == "SEK" else one.head
        for word in one.words - common():
            by_key.setdefault(f"{head} {word}", []).append(index)
    seen: set[tuple[int, int]] = set()
    for indexes in by_key.values():
        if len(indexes) > _CROWD or (strays and not any(members[index].piece.id in strays for index in indexes)):
            continue
        for pair in combinations(indexes, 2):
            if pair not in seen:
                seen.add(pair)
                yield members[pair[0]], members[pair[1]]


def _sentence(one: Said) -> tuple[str, str]:
    return one.piece.id, str(one.node["text"])


def _also_said(one: Said, sentence: list[Said]) -> bool:
    """Whether a sentence has the number itself, or another of its own: "190 konton i A, 70 konton i B"."""
    return any(theirs is one or (theirs.head == one.head and _agree(theirs, one)) for theirs in sentence)


def _agree(one: Said, other: Said) -> bool:
    return one.high >= other.low and other.high >= one.low


def _rarity(members: list[Said]) -> set[str]:
    """The words that are in few sentences of the group: no more than its documents, and two."""
    sentences = {_sentence(one): one.words for one in members}
    counts = Counter(word for words in sentences.values() for word in words)
    documents = len({one.piece.id for one in members})
    return {word for word, count in counts.items() if count <= documents + 2 and word not in common()}


def _compare(one: Said, other: Said, rare: set[str], fewest: int) -> Contradiction | None:
    if _agree(one, other) or not _same_kind(one, other) or not _same_place(one, other):
        return None
    shared, missing = _shared(one, other)
    telling = {word for word in shared if word in rare}
    if one.piece.id != other.piece.id and (_of_cases(one) or _of_cases(other)):
        fewest = _LONG
    if len(shared) < fewest or not telling:
        return None
    if missing and (len(shared) < _LONG or len(missing) > len(shared) / 4 or _names_apart(one, other)):
        return None
    if one.piece.id == other.piece.id and len(shared) < (3 if one.heading == other.heading else 4):
        return None
    score = min(0.95, 0.55 + 0.06 * len(shared) + 0.03 * len(telling) - 0.08 * len(missing))
    if one.node.get("hedge") or other.node.get("hedge"):
        score -= 0.03
    words = ", ".join(sorted(shared))
    return Contradiction(
        one.node,
        other.node,
        _about(one, other),
        explain(one, other),
        "contradictions/text",
        score,
        f"Both sentences count the same for {one.year}: they share the words {words}.",
    )


def _in_plan(one: Said) -> bool:
    """Whether a plan says it of its own year or a later one: it was written before."""
    return one.piece.type in _PLANS and (one.year or 0) >= (one.piece.year or 0)


def _names_apart(one: Said, other: Said) -> bool:
    """Whether one sentence has a word with a capital that the other lacks: "Norra skolan" and "Södra skolan"."""
    return bool(names_of(one.sentence) - other.words or names_of(other.sentence) - one.words)


def _of_cases(one: Said) -> bool:
    """Whether its document is of single matters, where "projektet" and "avgiften" are another in each."""
    return one.piece.type.startswith(_CASES)


def _same_kind(one: Said, other: Said) -> bool:
    """Neither is of a part, of another time of the year or of a plan where the other is not."""
    if one.planned != other.planned or one.time != other.time or one.part or other.part or one.differs or other.differs:
        return False
    if _in_plan(one) != _in_plan(other) and not (
        one.named & other.named or one.head in stems(" ".join(listed("lasting")))
    ):
        return False  # what a plan finds at its year's start may be another number at its end
    if one.phase and other.phase and one.phase != other.phase:
        return False
    if one.unit == "SEK" and one.piece.year != other.piece.year:
        return False  # a sum that a later year's document gives differently is restated
    of_some = [" av " in f" {side.printed} " for side in (one, other)]
    return of_some[0] == of_some[1]


def _same_place(one: Said, other: Said) -> bool:
    """The projects that they name agree; one that points to what was named before ("skolan") is told under the same
    heading; and within a document the section is the same too, unless both name the project."""
    if one.named and one.named == other.named:
        return True
    if one.named and other.named:
        return False
    if (one.pointing or other.pointing) and (one.piece.id != other.piece.id or one.heading != other.heading):
        return False
    if one.piece.id != other.piece.id:
        return not (one.named or other.named) or _by_scope(one, other)
    return one.scope == other.scope and one.section == other.section


def _by_scope(one: Said, other: Said) -> bool:
    """One names the project that the other stands under."""
    return bool({one.scope} & other.named or {other.scope} & one.named)


def _shared(one: Said, other: Said) -> tuple[set[str], set[str]]:
    """The words of the clause that is told in fewer that the other sentence has, and those that it lacks."""
    best: tuple[set[str], set[str]] | None = None
    for clause, sentence in ((one.telling, other.words), (other.telling, one.words)):
        shared = {word for word in clause if word in sentence or any(_alike(word, theirs) for theirs in sentence)}
        missing = set(clause) - shared
        if best is None or (len(missing), -len(shared)) < (len(best[1]), -len(best[0])):
            best = (shared, missing)
    assert best is not None
    return best


def _alike(one: str, other: str) -> bool:
    """A compound and its last part, where both are long: "filmkatalogen" and "katalogen"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 6 and long.endswith(short)


def _about(one: Said, other: Said) -> str | None:
    """What both speak of: the project that both name, else what both are told under, else their document."""
    named = sorted(one.named & other.named)
    if len(named) == 1:
        return named[0]
    if one.scope == other.scope and one.scope is not None:
        return one.scope
    return one.piece.id if one.piece.id == other.piece.id else None


def explain(one: Said, other: Said) -> str:
    """One sentence with both numbers and where they stand."""
    return f"{of(one)}, but {of(other)}, for {one.year}."


def of(one: Said) -> str:
    """A number with what it counts and its document."""
    title = str(one.piece.head.get("title") or one.piece.type)
    year = f" ({one.piece.year})" if one.piece.year and str(one.piece.year) not in title else ""
    counted = one.printed
    item = str(one.node["lineItem"])
    if item.split()[-1] not in counted:
        counted = f"{item}: {counted}"
    return f"“{counted}” in {title}{year}"
