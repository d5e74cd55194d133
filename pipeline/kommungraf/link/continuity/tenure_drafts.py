"""Drafts of tenures: what a tenure is before it is known who came before and after, and its node in the links graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from kommungraf.link.continuity.tenure_sightings import Post, Sighting, first_day, title_of
from kommungraf.link.continuity.tenure_spans import Span
from kommungraf.link.resolution import Json
from kommungraf.model import iri

_EVIDENCE_SHOWN = 8
_HOW = {"elected": "elected", "appointed": "appointed"}


@dataclass(slots=True, eq=False)
class Draft:
    """A tenure in the making. ``person`` is ``None`` for a vacant seat or where no text names the holder."""

    iri: str
    person: str | None
    post: Post
    span: Span
    method: str
    score: float
    because: str
    started_by: str = ""
    ended_by: str = ""
    valid_from: str = ""
    valid_to: str = ""
    vacant: bool = False
    after: list[Draft] = field(default_factory=list)
    seats: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)

    @property
    def first(self) -> str:
        """The first that is known of it: its stated start, else its first sighting."""
        return self.valid_from or (self.span.dates or [""])[0]

    @property
    def last(self) -> str:
        """The last that is known of it: its stated end, else its last sighting."""
        return self.valid_to or (self.span.dates or [""])[-1]

    def node(self) -> Json:
        """The tenure as a node of the links graph."""
        seen = self.span.all
        dates = self.span.dates
        body, role, acting = self.post
        told: Json = {
            "@id": self.iri,
            "@type": "Tenure",
            "person": self.person,
            "inBody": body,
            "role": role,
            "forMunicipality": iri.municipality(min(self.seats)) if len(self.seats) == 1 else None,
            "acting": acting or None,
            "vacant": self.vacant or None,
            "validFrom": self.valid_from,
            "validTo": self.valid_to,
            "firstSeen": dates[0] if dates else None,
            "lastSeen": dates[-1] if dates else None,
            "startedBy": self.started_by,
            "endedBy": self.ended_by,
            "takesOverFrom": sorted({one.iri for one in self.after}),
            "basedOn": sorted({one.membership for one in seen} | {ref for one in seen for ref in one.decisions}),
            "method": self.method,
            "score": round(self.score, 3),
            "because": self.because,
            "evidence": self.evidence(),
        }
        return {key: value for key, value in told.items() if value not in (None, "", [])}

    def evidence(self) -> list[str]:
        """The passages that state something, and the first and last of those that merely show it."""
        seen = self.span.all
        telling = [one for one in seen if one.event != "seen" or one.since or one.until]
        ends = seen[:2] + seen[-2:]
        passages = dict.fromkeys(passage for one in [*telling, *ends] for passage in one.passages)
        return sorted(list(passages)[:_EVIDENCE_SHOWN])


def draft(person: str, post: Post, span: Span, several: bool) -> Draft:
    """The draft of one span; ``several`` when the person held the post more than once, so that each needs its start."""
    valid_from, valid_to = span.valid_from, span.valid_to
    start = [valid_from or (span.dates or [""])[0]] if several else []
    score, method, because = _reason(span, valid_from, valid_to)
    acting = ["acting"] if post[2] else []
    return Draft(
        iri="tenure/" + iri.digest(person, post[0], post[1], *acting, *start),
        person=person,
        post=post,
        span=span,
        method=method,
        score=score,
        because=because,
        started_by=_started(span, valid_from),
        ended_by="resigned" if span.left else "",
        valid_from=valid_from,
        valid_to=valid_to,
        seats={one.municipality for one in span.all if one.municipality},
        parties={one.party for one in span.all if one.party},
    )


def _started(span: Span, valid_from: str) -> str:
    """How it began by the word of a text: that of the earliest election or appointment, unless it was held before."""
    begun = [one for one in span.seen if one.event in _HOW and not one.proposed]
    if not begun:
        return ""
    first = min(begun, key=lambda one: one.order)
    earlier = [one for one in span.seen if one.event == "seen" and one.date and one.date < first.date]
    same = [one for one in begun if (one.since, one.until) == (first.since, first.until)]
    how = next((one.how for one in same if one.how), "")
    if earlier and not (valid_from and valid_from == first.since):
        return ""
    return how if how and (first.event == "elected" or how == "byElection") else _HOW[first.event]


def _reason(span: Span, valid_from: str, valid_to: str) -> tuple[float, str, str]:
    documents = len({one.document for one in span.all})
    dates = span.dates
    seen = f"seen in {documents} document{'s' * (documents > 1)}" + (
        f" from {dates[0]} to {dates[-1]}" if len(dates) > 1 else f" of {dates[0]}" if dates else ""
    )
    if len([term for term in span.terms if all(term)]) > 1:
        terms = ", ".join(_shown(*term) for term in span.terms)
        return 0.88, "tenure/terms-joined", f"The terms {terms} adjoin and nothing says that it was broken; {seen}."
    if valid_from or valid_to:
        return 0.95, "tenure/stated", f"A text states {_shown(valid_from, valid_to)}; {seen}."
    gap = _gap(dates)
    score = min(0.92, 0.8 + 0.04 * documents) - min(0.2, 0.04 * max(0, gap - 1))
    if gap > 1:
        return score, "tenure/seen", f"No text states a start or an end, nothing says that it was broken; {seen}."
    return score, "tenure/seen", f"No text states a start or an end; {seen}."


def _shown(start: str, end: str) -> str:
    return f"from {start}" if not end else f"until {end}" if not start else f"{start}–{end}"


def _gap(dates: list[str]) -> int:
    years = sorted({int(one[:4]) for one in dates})
    return max((later - earlier for earlier, later in pairwise(years)), default=0)


def of_nobody(key: tuple[str, ...], post: Post, seen: list[Sighting]) -> Draft:
    """A tenure without a person: a seat that is said to be vacant, or an office whose holder no text names."""
    event, what = seen[0].event, title_of(post[1])
    since = sorted({one.since for one in seen if one.since}, key=first_day)
    until = sorted({one.until for one in seen if one.until}, key=first_day)
    new = _article(f"acting {what}" if post[2] else what)
    said = {
        "vacant": (0.9, f"The text says that the post of {what} is vacant."),
        "resigned": (0.85, f"A report says that {_article(what)} left; no text that we hold names whom."),
        "appointed": (
            0.85,
            f"A report says that {new} was appointed, not whom.",
        ),
        "sought": (0.8, f"A report says that a new {what} is being sought."),
    }
    score, because = said["sought" if seen[0].how == "sought" else event]
    return Draft(
        iri="tenure/" + iri.digest("nobody", event, *key),
        person=None,
        post=post,
        span=Span(seen=[one for one in seen if event != "resigned"], left=[one for one in seen if event == "resigned"]),
        method="tenure/vacant" if event == "vacant" else "tenure/unnamed",
        score=score,
        because=because,
        started_by="appointed" if event == "appointed" else "",
        ended_by=_left(seen) if event == "resigned" else "",
        valid_from=since[0] if since else "",
        valid_to=until[0] if until else "",
        vacant=event == "vacant",
        seats={one.municipality for one in seen if one.municipality},
    )


def _article(what: str) -> str:
    return f"{'an' if what[:1] in 'aeiou' else 'a'} {what}"


def _left(seen: list[Sighting]) -> str:
    """Who leaves a seat resigns, whatever word grants it; of an officer "entledigats" says that she was dismissed."""
    return "dismissed" if any(one.how == "dismissed" for one in seen) else "resigned"
