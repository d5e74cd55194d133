"""Decisions that a text tells of, found in the minutes that we hold: by body, day and §, else by day and wording.

What no minutes show is told of perhaps by several texts: a later telling points at the first one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.link.continuity.matters_places import ByPosition, Place, code, conclude, shared, word_list, words_of
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text

_MANY = 60
"""So many different decisions of one body in one month are looked through, no more."""
_PUTS = re.compile(r"(?i)\b(?:föreslog|föreslår|föreslagit|hemställde|hemställer|tillstyrkte|tillstyrkt)\b")
_SIDE = frozenset({"permit", "assign"})
_KINDS = frozenset({"elect", "appoint", "dismiss", "discharge"})
_BODY_WORD = re.compile(
    r"(?i)\b\w*(?:fullmäktige|styrelsen?|nämnd(?:en)?|utskott(?:et)?|förbundsmöte(?:t)?|stämman?|revisor\w*)\b"
)


@dataclass(slots=True)
class Report:
    """A telling with what linking knows of it."""

    node: Json
    piece: Slice
    place: Place | None
    body: str | None
    date: str
    numbers: frozenset[int]
    words: frozenset[str]
    case: str | None
    minuted: bool = False


def reports_of(slices: list[Slice], at: ByPosition, resolution: Resolution) -> list[Report]:
    """The told decisions of all documents."""
    return [_report(piece, node, at, resolution) for piece in slices for node in piece.of("ReportedDecision")]


def _report(piece: Slice, node: Json, at: ByPosition, resolution: Resolution) -> Report:
    place = at.of(piece, node)
    letter = place if place is not None and (place.item is not None or place.proposals) else None
    words = _telling(node["text"])
    if letter is not None:  # "godkände förslaget": which one is said by the title
        words |= _telling(letter.title)
    elif piece.id in node.get("concerns", ()):  # a cover: "Antagen av styrelsen"
        words |= _telling(str(piece.head.get("title", "")))
    body = resolution.iri(node.get("decidedBy"))
    date, case = literal_text(node.get("date")), resolution.iri(node.get("case"))
    return Report(node, piece, letter, body, date, _numbers(node), words, case)


def _telling(text: str) -> frozenset[str]:
    """Words that may tell one decision from another; numbers are dates and sums as often as anything."""
    return frozenset(word for word in words_of(text) - word_list("told") if not word.isdigit())


def _numbers(node: Json) -> frozenset[int]:
    number = node.get("number")
    return frozenset(number if isinstance(number, list) else () if number is None else (number,))


def find_minutes(reports: list[Report], places: list[Place], resolution: Resolution) -> None:
    """Conclude ``minutes`` for every telling whose decision stands in minutes that we hold."""
    by_key: dict[tuple[str, ...], list[tuple[Place, Json]]] = defaultdict(list)
    for place in places:
        for decision in place.decisions:
            body = place.body or resolution.iri(decision.get("decidedBy"))
            date = literal_text(decision.get("date"))
            if date and place.item is not None:
                # "Exempelby kommun avslog den 3 maj, § 7, …" names whoever the body is of
                for whose in {body, place.case, place.publisher} - {None}:
                    for key in _keys(str(whose), date, decision.get("number")):
                        by_key[key].append((place, decision))
    held = {(place.body, place.date): place for place in reversed(places) if place.decisions and place.meeting}
    for report in reports:
        found = list(_found(report, by_key))
        met = held.get((report.body, report.date))
        if met is not None and not found:
            _note_meeting(report, met, resolution)
        for score, place, decision, because in found:
            report.minuted = True
            conclude(
                resolution, report.node, "minutes", decision["@id"], method="matters/minutes", score=score,
                because=because, evidence=[*decision.get("evidence", ()), *place.evidence],
            )  # fmt: skip


def _note_meeting(report: Report, place: Place, resolution: Resolution) -> None:
    """We hold the minutes of that day, but no decision in them that is surely the one told of."""
    conclude(
        resolution, report.node, "meeting", str(place.meeting), method="matters/meeting", score=0.9,
        because=f"the body met on {report.date}, and the minutes are among the documents",
        evidence=place.evidence,
    )  # fmt: skip


def _keys(body: str, date: str, number: int | None) -> Iterator[tuple[str, ...]]:
    yield body, date
    yield body, date[:7]
    if number is not None:
        yield body, date, str(number)
        yield body, date[:4], str(number)


def _found(
    report: Report, by_key: dict[tuple[str, ...], list[tuple[Place, Json]]]
) -> Iterator[tuple[float, Place, Json, str]]:
    if report.numbers and report.date:
        for number in sorted(report.numbers):
            yield from _at_paragraph(report, number, by_key)
        return
    if report.body is None or len(report.date) < 7:
        return
    near = by_key.get((report.body, report.date), [])
    alike = [(_likeness(report, place, decision), place, decision) for place, decision in near]
    alike = [one for one in alike if one[0] >= (0.5 if len(report.date) == 10 else 0.6)]
    if not alike and (only := _only_of_kind(report, near)) is not None:
        place, decision = only
        because = "the body, the time and what it did are the same, and no other decision of that time does it"
        yield 0.75, place, decision, because
    if alike:
        share, place, decision = max(alike, key=lambda one: (one[0], one[2]["@id"]))
        day = "day" if len(report.date) == 10 else "month"
        because = f"the body and the {day} are the same, and {share:.0%} of the telling words"
        yield 0.7 + 0.2 * share, place, decision, because


def _only_of_kind(report: Report, near: list[tuple[Place, Json]]) -> tuple[Place, Json] | None:
    """ "Stämman valde i april en ny styrelse": no telling word is left, but one item of that time alone elects one."""
    told = code(report.node)
    if report.words or told not in _KINDS:
        return None
    named = _bodies(report.node["text"]) - _bodies(report.body or "")
    alike = [one for one in near if code(one[1]) == told and named & _bodies(one[0].title)]
    return min(alike, key=lambda one: one[1]["@id"]) if len({place.id for place, _ in alike}) == 1 else None


def _bodies(text: str) -> set[str]:
    """The bodies that a text names, by the first letters of their kind."""
    return {word.casefold()[:6] for word in _BODY_WORD.findall(text)}


def _at_paragraph(
    report: Report, number: int, by_key: dict[tuple[str, ...], list[tuple[Place, Json]]]
) -> Iterator[tuple[float, Place, Json, str]]:
    for whose, word in ((report.body, "body"), (report.case, "case")):
        exact = by_key.get((whose or "", report.date, str(number)), [])
        if len({place.id for place, _ in exact}) == 1:
            for place, decision in _fitting(report, exact):
                because = f"the {word}, the date {report.date} and § {number} are the same"
                yield 0.97 if whose == report.body else 0.94, place, decision, because
            return


def _fitting(report: Report, exact: list[tuple[Place, Json]]) -> list[tuple[Place, Json]]:
    """Of the decisions of a § those that do what the telling says; all that matter where it does not say."""
    told = code(report.node)
    same = [one for one in exact if code(one[1]) == told and told != "other"]
    return same or [one for one in exact if code(one[1]) not in _SIDE] or exact


def _likeness(report: Report, place: Place, decision: Json) -> float:
    """How much of what the minutes say the telling says; too few words say nothing."""
    shares = [0.0]
    said, title = _telling(decision["text"]), _telling(place.title)
    for theirs in (said, title, said | title):
        common = len(theirs & report.words)
        if common >= 2 or (common == 1 and theirs == report.words):
            shares.append(shared(theirs, report.words))
    return max(shares)


def tell_motions(slices: list[Slice], reports: list[Report], resolution: Resolution) -> None:
    """Conclude which motion the decisions told of in its matter concern."""
    by_case: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.case is not None and report.date:
            by_case[report.case].append(report)
    for piece in slices:
        for motion in piece.of("Motion"):
            told = resolution.entities.get(motion["@id"], {}).get("case", [])
            for case in {resolution.iri(motion.get("case")), *told} - {None}:
                for report in by_case.get(str(case), ()):
                    conclude(
                        resolution, report.node, "concerns", motion["@id"], method="matters/motion", score=0.85,
                        because="it is told of in the matter of the motion", evidence=motion.get("evidence", ()),
                    )  # fmt: skip


def follow_told_proposals(reports: list[Report], resolution: Resolution) -> None:
    """What a board is told to have put before the meeting in the item that tells it, led to the item's decision."""
    for report in reports:
        place = report.place
        if place is None or not _PUTS.search(report.node["text"]) or report.body == place.body:
            continue
        settled = [one for one in place.decisions if code(one) not in _SIDE | {"refer", "postpone", "return"}]
        led = {one["@id"]: one.get("evidence", ()) for one in settled if place.item is not None}
        for proposal in place.proposals if place.item is None else ():  # a letter: what its own proposal led to
            for target in resolution.entities.get(proposal["@id"], {}).get("resultedIn", ()):
                led[target] = proposal.get("evidence", ())
        if len(led) == 1:
            target, evidence = led.popitem()
            conclude(
                resolution, report.node, "resultedIn", target, method="matters/told-proposal", score=0.9,
                because="it is told as the proposal before the meeting, which took one decision on it",
                evidence=evidence,
            )  # fmt: skip


def join_tellings(reports: list[Report], resolution: Resolution) -> None:
    """Point later tellings of a decision at the first one, where no minutes show it; and say whose it was where only
    another telling does."""
    blocks: dict[tuple[str, str], list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda one: (one.body is None, one.piece.date or "9999", one.node["@id"])):
        if report.minuted:
            continue
        keys = [(scope, _when(report)) for scope in sorted(_scopes(report, resolution))]
        earlier = (one for key in keys for one in blocks[key][:_MANY] if _same(one, report))
        if (first := next(earlier, None)) is not None:
            _join(first, report, resolution)
            continue
        for key in keys:
            blocks[key].append(report)


def _when(report: Report) -> str:
    """Tellings are compared within a day or month; those without, within the year that their documents are about."""
    return report.date if len(report.date) >= 7 else f"year {report.piece.year}"


def _scopes(report: Report, resolution: Resolution) -> set[str]:
    """A telling is compared with those of its file, and of the organisation whose body decided."""
    scopes = {report.piece.file}
    if report.body is not None and report.body.startswith("body/"):
        scopes.add(report.body.split("/")[1])
    elif (publisher := resolution.iri(report.piece.head.get("publisher"))) is not None:
        scopes.add(publisher.rsplit("/", 1)[-1])
    return scopes


def _same(one: Report, other: Report) -> bool:
    if one.body != other.body and None not in (one.body, other.body):
        return False
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    if one.place is not None and other.place is not None and shared(one.place.words, other.place.words) < 0.6:
        return False  # "godkände förslaget" in two items: two proposals
    if one.node["text"] == other.node["text"] and one.piece.id != other.piece.id:
        return True
    common = len(one.words & other.words)
    least = 0.6 if len(one.date) >= 7 else 0.75
    if one.numbers & other.numbers and one.body is not None:
        return common > 0
    return (common >= 2 or one.words == other.words) and shared(one.words, other.words) >= least


def _join(first: Report, report: Report, resolution: Resolution) -> None:
    share = shared(first.words, report.words)
    because = f"both tell of {report.date or 'that year'}, and {share:.0%} of the telling words are the same"
    conclude(
        resolution, report.node, "retells", first.node["@id"], method="matters/telling", score=0.6 + 0.3 * share,
        because=because, evidence=first.node.get("evidence", ()),
    )  # fmt: skip
    if report.body is None and first.body is not None:
        report.body = first.body
        conclude(
            resolution, report.node, "decidedBy", first.body, method="matters/telling", score=0.55 + 0.3 * share,
            because=because + "; the other one says who decided", evidence=first.node.get("evidence", ()),
        )  # fmt: skip
