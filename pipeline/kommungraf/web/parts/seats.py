"""Seats and offices as pages show them: who held which, from when to when, as texts state it or documents show it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kommungraf.languages import Words, messages
from kommungraf.query.nodes import Node
from kommungraf.query.telling_conclusions import ENDS, STARTS, post
from kommungraf.web.drawing.charts import Span
from kommungraf.web.drawing.svg import Key
from kommungraf.web.parts.by_year import Field, Line
from kommungraf.web.parts.portraits import Cell, Portrait

_BODIES = 60
"""Bodies whose seats are kept."""
MOST = 2000
"""Seats of one body that are read."""

ROLES = messages(
    {"chair": "seat|chair, vice chair", "member": "seat|member", "substitute": "seat|substitute", "other": "seat|other"}
)
"""Kinds of seats in the order of the legend."""
LETTERS = messages(
    {
        "chair": "letter of chair|C",
        "member": "letter of member|M",
        "substitute": "letter of substitute|S",
        "other": "letter of other seat|O",
    }
)
"""The letters of these kinds; in brackets for what no text states."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A tenure: who, where, as what. ``first`` and ``last`` are years, 0 where nothing tells one; ``stated`` says of
    each whether a text states it, or documents only show it."""

    iri: str
    person: str
    body: str
    node: Node
    first: int
    last: int
    stated: tuple[bool, bool]

    @property
    def role(self) -> str:
        """The role as the graph has it."""
        return self.node.one("org:role")

    def meets(self, other: Seat) -> tuple[int, int] | None:
        """The years that two seats share."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return (first, last) if 0 < first <= last else None

    def is_stated(self, year: int) -> bool:
        """Whether a text states that it was held in a year: it states both ends, or the one of that year."""
        starts, stops = self.stated
        return (starts and stops) or (starts and year == self.first) or (stops and year == self.last)


def seat_of(iri: str, node: Node) -> Seat:
    """A tenure as a seat."""
    starts, stops = node.refs("kg:validFrom"), node.refs("kg:validTo")
    first = (starts or node.refs("kg:firstSeen") or [""])[0]
    last = (stops or node.refs("kg:lastSeen") or [""])[-1]
    begins, ends = int(first[:4] or 0), int(last[:4] or 0)
    person, body = (next(iter(node.refs(name)), "") for name in ("kg:person", "kg:inBody"))
    return Seat(iri, person, body, node, begins, max(begins, ends), (bool(starts), bool(stops)))


def seats_in(made: Portrait, body: str) -> list[Seat]:
    """The seats of a body, the newest first; kept for the bodies asked for last."""
    kept: OrderedDict[str, list[Seat]] = made.site.memo.setdefault("seats", OrderedDict())
    if body not in kept:
        kept[body] = _read(made, body)
        while len(kept) > _BODIES:
            kept.popitem(last=False)
    kept.move_to_end(body)
    return kept[body]


def _read(made: Portrait, body: str) -> list[Seat]:
    look, nodes = made.site.look, made.entity.nodes
    found = [one for one in look.subjects("kg:inBody", NamedNode(body)) if "Tenure" in look.classes(one)]
    return newest_first(seat_of(one.value, nodes[one.value]) for one in found[:MOST])


def newest_first(seats: Iterable[Seat]) -> list[Seat]:
    """Seats by their last year, then their first one."""
    return sorted(seats, key=lambda seat: (-seat.last, -seat.first, seat.role, seat.iri))


def period(seat: Seat) -> Cell:
    """From when to when; what only documents show is in brackets."""
    node = seat.node
    first = node.one("kg:validFrom") or _seen(node.one("kg:firstSeen"))
    last = node.one("kg:validTo") or _seen(node.one("kg:lastSeen"))
    ends = first or "…", last or "…"
    return Cell(" – ".join(ends), ends=ends)


def _seen(day: str) -> str:
    return f"({day})" if day else ""


def change(seat: Seat, say: Words) -> str:
    """How it began and how it ended, where a text says so."""
    node = seat.node
    told = [say(STARTS.get(node.one("kg:startedBy"), "")), say(ENDS.get(node.one("kg:endedBy"), ""))]
    return ", ".join(part for part in told if part)


def style(role: str) -> int:
    """The place of a role among :data:`ROLES`."""
    if "ordförande" in role:
        return 0
    return 1 if role == "ledamot" else 2 if "ersättare" in role else 3


def keys(seats: Iterable[Seat], say: Words) -> list[Key]:
    """The legend of a graphic of seats."""
    used = {style(seat.role) for seat in seats}
    return [Key(place, say(label)) for place, label in enumerate(ROLES.values()) if place in used]


def years_of(made: Portrait, seats: Iterable[Seat]) -> list[Line]:
    """Who held a seat in which years, those with the newest seat first; of two seats of a year, the higher is shown."""
    held: dict[str, dict[int, list[Seat]]] = {}
    for seat in seats:
        if seat.person and seat.first:
            for year in range(seat.first, seat.last + 1):
                held.setdefault(seat.person, {}).setdefault(year, []).append(seat)
    return [
        Line(person, made.link(person), {year: _field(made, found, year) for year, found in years.items()})
        for person, years in held.items()
    ]


def _field(made: Portrait, seats: list[Seat], year: int) -> Field:
    say, seat = made.things.say, min(seats, key=lambda seat: (style(seat.role), not seat.is_stated(year)))
    letter, stated = say(list(LETTERS.values())[style(seat.role)]), seat.is_stated(year)
    told = "; ".join(f"{post(one.node, say)}, {period(one).text}" for one in seats)
    return Field(letter if stated else f"({letter})", style(seat.role), told, seat.role, stated, seat.iri)


def year_keys(lines: Iterable[Line], say: Words) -> list[Key]:
    """The legend of the years of seats."""
    used = {field.style for line in lines for field in line.years.values()}
    labels = zip(ROLES.values(), LETTERS.values(), strict=True)
    return [Key(place, say(label), say(letter)) for place, (label, letter) in enumerate(labels) if place in used]


def span(seat: Seat, label: str, href: str, say: Words) -> Span:
    """The bar of a seat; an end that no text states is open."""
    return Span(
        label,
        seat.first,
        seat.last,
        f"{post(seat.node, say)}, {period(seat).text}",
        href,
        style(seat.role),
        open_start=not seat.stated[0],
        open_end=not seat.stated[1],
    )


def role_cell(made: Portrait, seat: Seat) -> Cell:
    """The role with the link to the page of the tenure, which tells its evidence and reason."""
    return Cell(post(seat.node, made.things.say), made.site.href(seat.iri), "sv")
