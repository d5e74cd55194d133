"""Mentions and statements: what the extract stage finds, each with the span of clean text that says so.

A class here has the name of its class in the ontology and fields with the names of its properties (``decided_by`` is
``decidedBy``, mapped to RDF by ``ontology/context.jsonld``). References to other nodes are IRIs relative to the base.
An :class:`Entity` is *one mention*: it has an IRI of its own until the link stage says who it is. Extract never merges.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from kommungraf.dates import PartialDate
from kommungraf.model.source import Span

Ref = str
"""An IRI relative to the base, or a concept such as ``kg:outcome-adopt``."""

Value = str | int | float | bool | None
Hints = dict[str, Value | list[str]]

ENTITY_KEYS = frozenset(
    "@type name abbreviation municipalityCode regionCode shortName unitOf diaryNumber heldBy body date member "
    "organization role".split()
)
"""Keys of a record that tell what an entity *is*, not what one document says of it: linking states them once."""


@dataclass(slots=True, kw_only=True)
class Node:
    """Anything with an IRI and evidence. ``evidence`` are spans of ``clean``, the telling one first."""

    id: Ref
    evidence: tuple[Span, ...] = ()


# --- mentions of entities: resolved by the link stage ---------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Entity(Node):
    """One mention of an entity. ``name`` is the name in its plain form (``Ek, Anna`` is ``Anna Ek``).

    ``hints`` is what the context says and linking may weigh; it is not part of the graph. ``found_by`` names the
    pipeline component that found the mention.
    """

    name: str
    hints: Hints = field(default_factory=dict)
    found_by: str = ""


@dataclass(slots=True, kw_only=True)
class Person(Entity):
    """Hints: party (abbreviation), municipality (code), office, organization and body (names), full (civil name)."""


@dataclass(slots=True, kw_only=True)
class Party(Entity):
    """Minted from ``data/parties.toml``, or local: hint ``scope``."""

    abbreviation: str | None = None


@dataclass(slots=True, kw_only=True)
class Municipality(Entity):
    """One of the 290; the IRI is minted from the SCB code at once."""

    municipality_code: str


@dataclass(slots=True, kw_only=True)
class Region(Entity):
    """One of the 21 regions (the organisation, not the county); ``region_code`` is the SCB county code."""

    region_code: str


@dataclass(slots=True, kw_only=True)
class GoverningBody(Entity):
    """A body of an organisation: kommunstyrelsen, a nämnd, förbundsmötet. Hint ``organization``: whose."""

    unit_of: Ref | None = None


@dataclass(slots=True, kw_only=True)
class Organization(Entity):
    """An authority, company, association, federation or administration. Hint ``kind``; ``short_name`` where defined."""

    short_name: str | None = None


@dataclass(slots=True, kw_only=True)
class Network(Entity):
    """A standing network of officers or politicians."""

    short_name: str | None = None


@dataclass(slots=True, kw_only=True)
class Project(Entity):
    """A project, programme or standing cooperation with a proper name. ``amount`` in SEK."""

    short_name: str | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    funder: Ref | None = None
    amount: Decimal | None = None
    participant: tuple[Ref, ...] = ()


@dataclass(slots=True, kw_only=True)
class FocusArea(Entity):
    """An area or focus area of a plan or report. ``part_of`` is the area or document above it."""

    part_of: Ref | None = None
    year: int | None = None


@dataclass(slots=True, kw_only=True)
class Case(Entity):
    """A matter (ärende); ``name`` is the diary number as printed. Hints: ``holder``: who holds it; ``state``: the state
    that a list of matters says it is in."""

    diary_number: str
    title: str | None = None
    state: str = "unknown"
    held_by: Ref | None = None


@dataclass(slots=True, kw_only=True)
class Meeting(Entity):
    """A meeting of a body. ``date`` may be a conclusion: then ``hints['date_because']`` explains it."""

    body: Ref | None = None
    date: PartialDate | None = None
    place: str | None = None
    start_time: str | None = None
    end_time: str | None = None


@dataclass(slots=True, kw_only=True)
class Membership(Entity):
    """A person's post in an organisation or body. ``valid_from``/``valid_to`` only where a text states them.

    ``member`` is ``None`` for a seat said to be vacant. ``event``: elected, appointed, resigned, vacant or seen.
    """

    member: Ref | None
    organization: Ref
    role: Ref
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    event: str = "seen"


@dataclass(slots=True, kw_only=True)
class NamedThing(Entity):
    """Anything else with a name whose fate a text tells: a document, product, title or unit. Hint ``kind``: which."""


# --- statements: their IRI is final -----------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class Attendance(Node):
    """That a person took part in a meeting. ``paragraphs`` is the § range as printed where it is limited."""

    meeting: Ref
    person: Ref
    capacity: Ref
    for_party: Ref | None = None
    for_municipality: Ref | None = None
    substitutes_for: Ref | None = None
    paragraphs: str | None = None


@dataclass(slots=True, kw_only=True)
class AgendaItem(Node):
    """An item of minutes (``§ 5``), of a notice or of an agenda."""

    meeting: Ref | None
    number: int
    title: str
    case: Ref | None = None
    presenter: tuple[Ref, ...] = ()


@dataclass(slots=True, kw_only=True)
class Decision(Node):
    """One decision sentence or numbered point. ``number`` is the § of its item, ``ordinal`` its place within it."""

    text: str
    outcome: Ref
    ordinal: int
    decided_by: Ref | None = None
    agenda_item: Ref | None = None
    number: int | None = None
    date: PartialDate | None = None
    case: Ref | None = None
    referred_to: Ref | None = None
    concerns: tuple[Ref, ...] = ()
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None


@dataclass(slots=True, kw_only=True)
class Proposal(Node):
    """A proposal for a decision or a yrkande. ``creator`` are people, parties or bodies."""

    text: str
    ordinal: int
    title: str | None = None
    creator: tuple[Ref, ...] = ()
    agenda_item: Ref | None = None
    case: Ref | None = None
    part_of: Ref | None = None
    resulted_in: Ref | None = None


@dataclass(slots=True, kw_only=True)
class Motion(Node):
    """A motion, interpellation or citizens' proposal as a whole; its points are proposals with ``part_of`` it."""

    title: str
    text: str
    creator: tuple[Ref, ...] = ()
    case: Ref | None = None
    resulted_in: Ref | None = None


@dataclass(slots=True, kw_only=True)
class Vote(Node):
    """A votering: counts as printed; ``voters`` says who voted how where names are given (``ja: …``)."""

    agenda_item: Ref | None
    yes: int | None = None
    no: int | None = None
    abstained: int | None = None
    voted_yes: tuple[Ref, ...] = ()
    voted_no: tuple[Ref, ...] = ()
    voted_abstain: tuple[Ref, ...] = ()


@dataclass(slots=True, kw_only=True)
class Reservation(Node):
    """A reservation against a decision, or a note to the minutes."""

    agenda_item: Ref | None
    creator: tuple[Ref, ...] = ()
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Recusal(Node):
    """Jäv: a person who took no part in an item."""

    agenda_item: Ref | None
    person: Ref


@dataclass(slots=True, kw_only=True)
class PlannedActivity(Node):
    """Something a plan says will be done, or a goal (``is_goal``) it wants to reach.

    ``from_report``: a report repeats it as the heading over what was done; empty where a list of plans says it.
    """

    text: str
    part_of: Ref | None = None
    year: int | None = None
    is_goal: bool = False
    from_report: bool | None = None


@dataclass(slots=True, kw_only=True)
class ReportedResult(Node):
    """Something a report says was done; ``heading`` is the activity that it answers where the report repeats it."""

    text: str
    part_of: Ref | None = None
    year: int | None = None
    heading: str | None = None


@dataclass(slots=True, kw_only=True)
class Observation(Node):
    """One value of a table, or an amount in running text: then ``table`` is ``None`` and ``text`` its sentence.

    ``value`` is in the base unit (SEK); ``hedge`` is the word that makes it approximate.
    """

    line_item: str
    value: Decimal
    unit: str
    fiscal_year: int | None = None
    table: str | None = None
    scope: Ref | None = None
    phase: str | None = None
    column: str | None = None
    as_printed: str | None = None
    hedge: str | None = None
    text: str | None = None
    under_heading: str | None = None


@dataclass(slots=True, kw_only=True)
class LegalReference(Node):
    """A citation of a statute, bill, report or EU act. ``cites`` is the absolute target IRI where one exists."""

    text: str
    cites: str | None = None
    instrument: str | None = None
    chapter: str | None = None
    paragraph: str | None = None
    agenda_item: Ref | None = None


@dataclass(slots=True, kw_only=True)
class Change(Node):
    """A sentence that says that something was renamed, continued, merged, split, replaced or ended.

    ``change_kind`` is a code of ``kg:successionKinds``; ``changed_into`` is empty for an end. ``effective`` only where
    the text states it.
    """

    text: str
    change_kind: str
    changed_from: tuple[Ref, ...] = ()
    changed_into: tuple[Ref, ...] = ()
    effective: PartialDate | None = None


@dataclass(slots=True, kw_only=True)
class ReportedDecision(Node):
    """A decision that a later text tells of ("godkände förslaget den 9 november 2022 (§ 31)"); its minutes may be
    missing. ``number`` is the § printed with it, or several."""

    text: str
    outcome: Ref
    decided_by: Ref | None = None
    date: PartialDate | None = None
    number: int | tuple[int, ...] | None = None
    case: Ref | None = None
    referred_to: Ref | None = None
    concerns: tuple[Ref, ...] = ()


@dataclass(slots=True, kw_only=True)
class Figure(Node):
    """A count, share or sum that running text gives: ``line_item`` is what it measures, as printed, ``hedge`` the word
    that makes it approximate (cirka, drygt, knappt)."""

    text: str
    line_item: str
    value: Decimal
    unit: str
    fiscal_year: int | None = None
    scope: Ref | None = None
    hedge: str | None = None
    as_printed: str | None = None
    under_heading: str | None = None


@dataclass(slots=True, kw_only=True)
class Abbreviation(Node):
    """A short form with what the text says that it stands for: "särskilt stöd i hemmet (SSH)". ``text`` is the long
    form as printed."""

    text: str
    abbreviation: str


@dataclass(slots=True, kw_only=True)
class StatedDate(Node):
    """A date as a text states it, where it can be checked against others. ``date_kind``: issued (the document is dated
    by it), weekday (the printed weekday is another than ``weekday``, the real one), period (it ends before it starts).
    """

    text: str
    date_kind: str
    date: PartialDate | None = None
    weekday: str | None = None
