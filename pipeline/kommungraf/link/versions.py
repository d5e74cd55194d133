"""Versions of one document: the same content in other bytes is read once, in the version that is in force.

A minutes' PDF and its Word file, the scan of a signed copy, a page that was published anew with an error put right, an
attachment that lies in two bundles: the texts share most of their wording *and* tell the same of themselves. All but
one are set aside: their documents and files stay, their statements do not count a second time. What shares its wording
but tells something else of itself is at most a candidate, for a person to decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from kommungraf.link.resolution import Resolution, Slice
from kommungraf.link.versions_choice import Rank, ranks, reason
from kommungraf.link.versions_told import Difference, Told, are_others, differences, told
from kommungraf.model import iri
from kommungraf.model.sketch import contained, shared

TYPED, RECOGNISED = 0.8, 0.45
"""Shares of wording from which documents that tell the same of themselves are versions: where both texts are the
files' own, and where a recogniser of printed text misread a word in ten."""
UNDATED = 0.95
"""The share from which documents are versions although no date says that they are of one occasion."""
READ_OTHERWISE: dict[str, float] = {"type": 0.9, "body": 0.9, "paragraphs": 0.9, "title": 0.97}
"""The share from which texts are so much the same that a difference lies in how they were read, not in what they say.
Letters of one office in matters of one kind may share nine words in ten, so a title takes more."""
FEWEST_WORDS = 40
"""A page of signatures or a form with fewer words may be the same in many files."""
LEFT_OVER, LEFT_OVER_FEW, LEFT_OVER_RUNS = 0.9, 0.6, 20
"""A rest of a file, cut otherwise, is in the other file when so much of it is, judged by so many runs at least; less
of it where the recogniser misread words, or where it is the only rest and but a few words."""

_BANDS = 8  # of two documents that share half of their runs, one of the eight smallest is common to 99.6 %
_CROWD = 24  # who shares a run with more documents of its type and date is compared with its neighbours only
_NEIGHBOURS = 4
_DOUBTFUL = frozenset({"type", "title", "paragraphs", "cases", "body"})


class Pair(NamedTuple):
    """Two documents that share wording: how much, what they tell differently, and whether they are versions."""

    one: Told
    other: Told
    share: float
    differences: tuple[Difference, ...]
    are_versions: bool


def in_force(slices: list[Slice], resolution: Resolution) -> list[Slice]:
    """The slices of the documents that are in force; the versions that are set aside go into the resolution."""
    documents = {piece.id: found for piece in slices if (found := told(piece)) is not None}
    pairs = {(one.id, other.id): compare(one, other) for one, other in near(documents.values())}
    groups = _groups(documents, pairs, resolution)
    files = {piece.id: piece.carrier for piece in slices}
    found_in = Counter[str]()
    for document in documents.values():
        found_in[document.file] += document.statements
    for group in groups:
        _set_aside(group, ranks(group, files, found_in), resolution)
    _left_over(documents, resolution)
    _suggest(pairs, resolution)
    return [piece for piece in slices if piece.id not in resolution.superseded]


def inherit(slices: list[Slice], resolution: Resolution) -> None:
    """The publisher of a version that was set aside is that of the version in force: its own mention is not linked."""
    publishers = {piece.id: piece.head.get("publisher") for piece in slices}
    for old, new in resolution.superseded.items():
        own, theirs = publishers[old], publishers[new]
        if own is not None and theirs in resolution.by_mention and "/mention/" in own:
            resolution.by_mention[own] = resolution.by_mention[theirs]


def near(documents: Iterable[Told]) -> Iterator[tuple[Told, Told]]:
    """The pairs worth comparing: they share one of their smallest runs, and their type and date or a rare run."""
    blocks: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for document in sorted(documents, key=_by_id):
        for run in sorted(document.sketch.hashes)[:_BANDS]:
            blocks[run,].append(document)
            for date in document.dates:
                blocks[run, document.type, date].append(document)
    seen: set[tuple[str, str]] = set()
    for key, members in blocks.items():
        if len(members) > _CROWD and len(key) == 1:
            continue
        for one, other in combinations(members, 2) if len(members) <= _CROWD else _neighbours(members):
            if (one.id, other.id) not in seen and not are_others(one, other):
                seen.add((one.id, other.id))
                yield one, other


def _neighbours(members: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Of a crowd those that are most alike: their smallest runs are the same as far as possible."""
    ordered = sorted(members, key=lambda one: (sorted(one.sketch.hashes), one.id))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 : at + 1 + _NEIGHBOURS]:
            yield (one, other) if one.id < other.id else (other, one)


def _by_id(document: Told) -> str:
    return document.id


def compare(one: Told, other: Told) -> Pair:
    """Whether two documents are versions of one: by the wording that they share and by what they tell of themselves."""
    share = shared(one.sketch, other.sketch)
    found = differences(one, other)
    found = [difference for difference in found if share < READ_OTHERWISE.get(difference.what, 2)]
    if one.edition != other.edition:
        found = [difference for difference in found if difference.what != "issued"]  # a revision has a date of its own
    enough = share >= (RECOGNISED if one.recognised or other.recognised else TYPED)
    dated = bool(one.dates & other.dates) or share >= UNDATED or _are_editions(one, other)
    long = min(one.sketch.words, other.sketch.words) >= FEWEST_WORDS
    return Pair(one, other, share, tuple(found), enough and dated and long and not found)


def _are_editions(one: Told, other: Told) -> bool:
    """Whether one title of one publisher says that it is there in two versions."""
    return one.edition != other.edition and one.title == other.title and bool(one.publishers & other.publishers)


def _groups(documents: dict[str, Told], pairs: dict[tuple[str, str], Pair], resolution: Resolution) -> list[list[Told]]:
    """Versions of one document each: the likest pairs first, and every two of a group are versions of each other."""
    group_of: dict[str, list[Told]] = {}
    for pair in sorted(pairs.values(), key=lambda each: (-each.share, each.one.id, each.other.id)):
        if not pair.are_versions:
            continue
        ours = group_of.get(pair.one.id, [pair.one])
        theirs = group_of.get(pair.other.id, [pair.other])
        if ours is theirs or not all(_are_versions(one, other, pairs, resolution) for one in ours for other in theirs):
            continue
        joint = [*ours, *theirs]
        group_of |= dict.fromkeys((one.id for one in joint), joint)
    unique = {id(group): group for group in group_of.values()}
    return sorted((sorted(group, key=_by_id) for group in unique.values()), key=lambda group: group[0].id)


def _are_versions(one: Told, other: Told, pairs: dict[tuple[str, str], Pair], resolution: Resolution) -> bool:
    key = (min(one.id, other.id), max(one.id, other.id))
    if key not in pairs:
        pairs[key] = compare(*sorted((one, other), key=_by_id))
    return pairs[key].are_versions and not _is_rejected(one, other, resolution)


def _is_rejected(one: Told, other: Told, resolution: Resolution) -> bool:
    """Whether a person has ruled that two documents are no versions of one; the ruling then has been met."""
    conclusion = version_iri(one.id, other.id)
    rejected = resolution.judgements is not None and resolution.judgements.rejects(conclusion)
    if rejected:
        resolution.rejected.add(conclusion)
    return rejected


def version_iri(one: str, other: str) -> str:
    """The conclusion that two documents are versions: the same whichever of them is in force."""
    return f"version/{iri.digest(*sorted((one, other)))}"


def _set_aside(group: list[Told], rank_of: dict[str, Rank], resolution: Resolution) -> None:
    chosen = max(group, key=lambda one: rank_of[one.id])
    for other in group:
        if other is chosen:
            continue
        share = shared(chosen.sketch, other.sketch)
        same = _same(chosen, other)
        why = reason(chosen, rank_of[chosen.id], other, rank_of[other.id])
        because = f"The two share {_percent(share)} of their wording and {same}; the one is in force because {why}."
        _conclude(other, chosen, share, "versions/same-document", because, resolution)


def _same(one: Told, other: Told) -> str:
    """What they tell alike, in a clause."""
    alike = [
        f"their type ({one.type})" if one.type == other.type else "",
        f"their publisher ({max(one.publishers & other.publishers, key=lambda name: (len(name), name))})"
        if one.publishers & other.publishers
        else "",
        f"the date of their meeting ({one.met})" if one.met and one.met == other.met else "",
        f"their date ({one.issued})" if one.issued and one.issued == other.issued and one.issued != one.met else "",
        f"their year ({one.year})" if one.year and one.year == other.year and not one.met else "",
    ]
    said = [clause for clause in alike if clause]
    if not said:
        return "tell nothing of themselves that differs"
    return f"{', '.join(said[:-1])} and {said[-1]} are the same" if len(said) > 1 else f"{said[0]} is the same"


def _conclude(old: Told, new: Told, share: float, method: str, because: str, resolution: Resolution) -> None:
    resolution.superseded[old.id] = new.id
    resolution.conclusions.append(
        {
            "@id": version_iri(old.id, new.id),
            "@type": "Version",
            "setAside": old.id,
            "inForce": new.id,
            "sharedText": round(share, 3),
            "method": method,
            "score": _score(share, old.recognised or new.recognised, bool(old.dates & new.dates)),
            "because": because,
            "evidence": sorted({old.opening, new.opening}),
        }
    )


def _score(share: float, recognised: bool, dated: bool) -> float:
    """From 0.9 at the limit to 0.99 for the same text; less where misread words or a missing date leave more open."""
    limit = RECOGNISED if recognised else TYPED
    highest, lowest = (0.97, 0.85) if recognised else (0.99, 0.9)
    passed = max(0.0, share - limit) / (1 - limit)
    return round(lowest + (highest - lowest) * passed - (0 if dated else 0.06), 3)


def _left_over(documents: dict[str, Told], resolution: Resolution) -> None:
    """What is left of a file that was set aside: a part that the reader of the other format did not cut off."""
    left: dict[str, list[Told]] = defaultdict(list)
    for document in documents.values():
        if document.id not in resolution.superseded:
            left[document.file].append(document)
    towards: dict[str, set[str]] = defaultdict(set)
    for old, new in resolution.superseded.items():
        towards[documents[old].file].add(documents[new].file)
    in_force = set(resolution.superseded.values())
    for file in sorted(towards):
        others = [left[other] for other in sorted(towards[file] - {file}) if left[other]]
        for rest in left[file]:
            if rest.id not in in_force:
                _set_rest_aside(rest, others, len(left[file]) == 1, resolution)


def _set_rest_aside(rest: Told, files: list[list[Told]], alone: bool, resolution: Resolution) -> None:
    """Set a rest aside that one of the other files holds; ``alone``: all else of its file is set aside."""
    for wholes in files:
        recognised = rest.recognised or any(whole.recognised for whole in wholes)
        few = alone and rest.sketch.words < FEWEST_WORDS
        limit = LEFT_OVER_FEW if few or recognised else LEFT_OVER
        share, runs = contained(rest.sketch, [whole.sketch for whole in wholes])
        if share < limit or not (few or runs >= LEFT_OVER_RUNS) or _is_of_another_day(rest, wholes):
            continue
        new = max(wholes, key=lambda whole: (contained(rest.sketch, [whole.sketch])[0], whole.id))
        if not _is_rejected(rest, new, resolution):
            because = (
                "Other parts of its file are versions of parts of the other file, "
                f"and {_percent(share)} of the wording of this one stands there, too."
            )
            _conclude(rest, new, share, "versions/left-over", because, resolution)
            return


def _is_of_another_day(rest: Told, wholes: list[Told]) -> bool:
    """Whether what is left over tells of itself that it is of another day than all of the other file."""
    return bool(rest.dates) and all(
        any(difference.what in ("year", "meeting", "issued") for difference in differences(rest, whole))
        for whole in wholes
    )


def _suggest(pairs: dict[tuple[str, str], Pair], resolution: Resolution) -> None:
    """Candidates: as much wording as versions share, but something stands against it or nothing dates them."""
    for pair in pairs.values():
        known = {pair.one.id, pair.other.id} & resolution.superseded.keys()
        if pair.are_versions or known or not _is_doubtful(pair):
            continue
        against = "; ".join(difference.said for difference in pair.differences) or "nothing says of which day they are"
        resolution.conclusions.append(
            {
                "@id": f"candidate/{iri.digest('sameDocument', pair.one.id, pair.other.id)}",
                "@type": "Candidate",
                "about": pair.one.id,
                "candidate": pair.other.id,
                "candidateKind": "sameDocument",
                "method": "versions/likeness",
                "score": round(0.3 + 0.3 * pair.share, 3),
                "because": f"The two share {_percent(pair.share)} of their wording, but {against}.",
                "evidence": sorted({pair.one.opening, pair.other.opening}),
            }
        )


def _is_doubtful(pair: Pair) -> bool:
    recognised = pair.one.recognised or pair.other.recognised
    fewest = min(pair.one.sketch.words, pair.other.sketch.words)
    if pair.share < (RECOGNISED if recognised else TYPED) or fewest < FEWEST_WORDS:
        return False
    against = {difference.what for difference in pair.differences}
    if not against:
        return pair.one.file != pair.other.file
    return len(against) == 1 and against <= (_DOUBTFUL | ({"issued", "meeting", "numbers"} if recognised else set()))


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")
