"""Governing bodies, each with the organisation that it belongs to as far as the document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from kommungraf.extract.bodies_names import BodyName, body_names
from kommungraf.extract.context import Context
from kommungraf.extract.organizations_publisher import canonical
from kommungraf.extract.places_context import contents
from kommungraf.model.facts import Entity, GoverningBody, Hints, Municipality, Organization, Region
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import squeeze

_COMMA = re.compile(r"\s*[,:–-]?\s*$")
_FEDERATION = re.compile(r"förbund", re.I)
_COMPANY = re.compile(r"\b(?:AB|aktiebolag|HB|KB)\b", re.I)

# Which kind of organisation has a body of that name; what is not here (nämnd, utskott, presidium …) any may have.
_OWNERS = (
    (
        re.compile(r"^kommun(?:fullmäktige|styrelsen|dels)|pensionärsrådet|funktions|folkhälsorådet|ungdomsrådet"),
        "municipality",
    ),
    (re.compile(r"^(?:region|landstings)"), "region"),
    (re.compile(r"^förbunds"), "federation"),
    (re.compile(r"^(?:bolags|ägar)"), "company"),
    (re.compile(r"^fullmäktige$"), "elected"),
    (re.compile(r"nämnden"), "public"),
    (re.compile(r"^(?:styrelsen|direktionen|årsmötet|årsstämman|föreningsstämman)"), "other"),
)
_FITS = {
    "municipality": {"municipality"},
    "region": {"region", "municipality-region"},
    "federation": {"federation"},
    "company": {"company"},
    "elected": {"municipality", "region"},
    "public": {"municipality", "region", "federation"},
    "other": {"federation", "company", "organization"},
}


@dataclass(slots=True)
class _Scene:
    """What a document says about whose bodies it speaks of."""

    starts: dict[int, Entity]
    ends: dict[int, Entity]
    publisher: Entity | None
    by_kind: dict[str, list[str]] = field(default_factory=dict)
    first: dict[str, Entity] = field(default_factory=dict)
    reported: set[str] = field(default_factory=set)
    boards: set[str] = field(default_factory=set)


def find_bodies(ctx: Context) -> Iterator[GoverningBody]:
    """Every mention of a governing body in a logical document.

    ``hints['organization']`` is the full name of its organisation, ``hints['because']`` how that follows. A bare
    ``styrelsen`` or ``nämnden`` whose organisation does not follow is left out, with one issue per kind.
    """
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    skip = contents(ctx)
    names = [
        name for name in body_names(text) if not any(part.start <= name.start + offset < part.end for part in skip)
    ]
    scene = _scene(ctx)
    scene.boards = _misspelt_boards(ctx, scene, names)
    names = [name for name in names if not _within_organization(scene, name, offset)]
    full = _bare_meanings(names)
    own = _meeting_body(ctx, names)
    for name in names:
        body = _body(ctx, text, scene, name, full.get(name.name) or _part_of(name, own))
        if body is not None:
            yield body


def _scene(ctx: Context) -> _Scene:
    nodes: list[Entity] = [*ctx.of_type(Municipality), *ctx.of_type(Region), *ctx.of_type(Organization)]
    scene = _Scene({}, {}, None)
    names: dict[str, set[str]] = {}
    for node in nodes:
        span = node.evidence[0]
        scene.starts.setdefault(span.start, node)
        scene.ends[span.end] = node
        if node.id == ctx.document.publisher_id:
            scene.publisher = scene.publisher or node
        full = canonical(node)
        scene.first.setdefault(full, node)
        names.setdefault(kind_of(node), set()).add(full)
    scene.by_kind = {kind: sorted(found) for kind, found in names.items()}
    return scene


def kind_of(node: Entity) -> str:
    """Municipality, region, federation, company or organization: what decides which bodies it can have."""
    if isinstance(node, Municipality):
        return "municipality"
    if isinstance(node, Region):
        return "region"
    name = canonical(node)
    if _COMPANY.search(name):
        return "company"
    if name.endswith(" kommun"):  # one that is no longer, or not in Sweden
        return "municipality"
    return (
        "federation"
        if _FEDERATION.search(name) and node.hints.get("kind") in ("federation", "publisher")
        else "organization"
    )


def _within_organization(scene: _Scene, name: BodyName, offset: int) -> bool:
    """Whether the words are the name of an organisation (``Valprövningsnämnden``)."""
    node = scene.starts.get(name.start + offset)
    if node is not None and node.evidence[0].end >= name.end + offset:
        return True
    return name.stem == "nämnd" and len(name.name) >= 14 and name.name in scene.boards


def _misspelt_boards(ctx: Context, scene: _Scene, names: list[BodyName]) -> set[str]:
    """Words that differ in a few letters from a state board that the document names too: that board, misread."""
    boards = {full for full in scene.first if full.lower().endswith("nämnden")}
    wrong: set[str] = set()
    for name in names:
        for board in boards:
            near = Indel.normalized_similarity(name.name, board.lower())
            alike = 0.8 <= near < 1 and name.name[:4] == board[:4].lower()
            if name.stem == "nämnd" and len(name.name) >= 14 and alike and name.name not in wrong:
                wrong.add(name.name)
                span = Span(name.start + ctx.document.start, name.end + ctx.document.start)
                ctx.issue(
                    "spelling", f"{ctx.clean(span)!r} looks like {board} misread; it is not taken for a body.", span
                )
    return wrong


def _bare_meanings(names: list[BodyName]) -> dict[str, tuple[str, str]]:
    """What ``nämnden`` and ``arbetsutskottet`` mean where the document names only one such body in full."""
    meanings = {}
    for bare, stem in (
        ("nämnden", "nämnd"),
        ("utskottet", "utskott"),
        ("arbetsutskottet", "utskott"),
        ("presidiet", "presidi"),
    ):
        full = {name.name for name in names if name.stem == stem and not name.bare}
        if bare == "arbetsutskottet":
            full = {name for name in full if name.endswith("arbetsutskott")}
        if len(full) == 1:
            meant = full.pop()
            meanings[bare] = (meant, f"The document names one such body only: {meant}.")
    return meanings


def _meeting_body(ctx: Context, names: list[BodyName]) -> str | None:
    """The body whose meeting the document records, where its header names only one."""
    spans = [Span(part.start, part.end) for part in ctx.document.with_role(Role.MEETING, Role.FRONT)]
    offset = ctx.document.start
    found = Counter(
        name.name
        for name in names
        if not name.bare and any(span.start <= name.start + offset < span.end for span in spans)
    )
    return next(iter(found)) if len(found) == 1 else None


def _part_of(name: BodyName, own: str | None) -> tuple[str, str] | None:
    """``arbetsutskottet`` and ``presidiet`` in the minutes of a board are that board's own."""
    if own is None or name.name not in ("arbetsutskottet", "presidiet"):
        return None
    if name.name == "arbetsutskottet" and not re.search(r"styrelsen$|nämnden$|direktionen$|arbetsutskott$", own):
        return None
    if own.endswith("arbetsutskott") and name.name == "arbetsutskottet":
        return own, f"The document records a meeting of {own}."
    part = {"arbetsutskottet": "arbetsutskott", "presidiet": "presidium"}[name.name]
    genitive = own if own.endswith("s") else own + "s"
    return f"{genitive} {part}", f"The document records a meeting of {own}."


def _body(
    ctx: Context, text: str, scene: _Scene, name: BodyName, meant: tuple[str, str] | None
) -> GoverningBody | None:
    span = Span(name.start + ctx.document.start, name.end + ctx.document.start)
    owner, because = _owner(scene, text, name, ctx.document.start)
    plain, hints = name.name, Hints()
    if owner is None and name.name.startswith("förbunds") and (neighbour := _neighbour(ctx)) is not None:
        hints |= {
            "organization": neighbour,
            "because": f"Of the documents of the file, only {neighbour} has such a body.",
        }
    if meant is not None:
        plain = meant[0]
        hints["because"] = meant[1]
    if meant is None and (name.name in ("nämnden", "utskottet") or (owner is None and name.bare)):
        if because and owner is None:
            _report(ctx, scene, "bare-mention", f"{name.name!r}: {because}", span)
        return None
    if plain == "fullmäktige" and owner is not None:
        plain = {"municipality": "kommunfullmäktige", "region": "regionfullmäktige"}.get(kind_of(owner), plain)
    if not name.definite and not _names_a_body(ctx, scene, text, name):
        return None
    if owner is not None:
        hints["organization"] = canonical(owner)
        hints.setdefault("because", because)
    if name.misspelt:
        _report(ctx, scene, "spelling", f"{ctx.clean(span)!r} is read as {plain!r}.", span)
        hints["misspelt"] = True
    return GoverningBody(
        id=ctx.mention_id(GoverningBody, span),
        name=plain,
        evidence=(span,),
        unit_of=owner.id if owner is not None else None,
        hints=hints,
    )


def _neighbour(ctx: Context) -> str | None:
    """The one federation that publishes other documents of the same file, for a document that names none."""
    names = {
        squeeze(document.publisher)
        for document in ctx.bundle
        if document.publisher and _FEDERATION.search(document.publisher)
    }
    whole = {name for name in names if not any(other != name and other.startswith(name) for other in names)}
    return whole.pop() if len(whole) == 1 else None


def _report(ctx: Context, scene: _Scene, kind: str, message: str, span: Span) -> None:
    """An issue, once per document for what is the same trouble."""
    if message.lower() not in scene.reported:
        scene.reported.add(message.lower())
        ctx.issue(kind, message, span)


def _names_a_body(ctx: Context, scene: _Scene, text: str, name: BodyName) -> bool:
    """An indefinite word names the body after a genitive or as a compound; a bare ``styrelse`` is any board."""
    if _before(scene, text, name, ctx.document.start) is not None:
        return True
    return not name.bare and name.name not in ("årsmötet",)


def _before(scene: _Scene, text: str, name: BodyName, offset: int) -> Entity | None:
    """The organisation whose genitive stands before the body: ``Kommunförbundets styrelse``, ``X kommuns nämnd``."""
    before = text[max(0, name.start - 12) : name.start]
    for gap in (" kommuns ", " stads ", " Kommuns ", " ", "\n"):
        if before.endswith(gap):
            node = scene.ends.get(name.start - len(gap) + offset)
            genitive = gap.strip() or text[name.start - 2 : name.start - 1] == "s"
            if node is not None and genitive:
                return node
    if match := _COMMA.search(before):
        node = scene.ends.get(name.start - len(match.group()) + offset)
        if node is not None and "," in match.group():
            return node
    return None


def _owner(scene: _Scene, text: str, name: BodyName, offset: int) -> tuple[Entity | None, str]:
    """The organisation of a body and the reason: said beside it, else the publisher, else the only one that can be."""
    if (node := _before(scene, text, name, offset)) is not None:
        return node, f"The text says {squeeze(text[node.evidence[0].start - offset : name.end])!r}."
    for gap in (" i ", " för ", " hos ", " vid ", " i\n", " för\n"):
        if text.startswith(gap, name.end):
            node = scene.starts.get(name.end + len(gap) + offset)
            if node is not None:
                return node, f"The text says {squeeze(text[name.start : node.evidence[0].end - offset])!r}."
    kind = next((kind for pattern, kind in _OWNERS if pattern.search(name.name)), "any")
    allowed = _FITS.get(kind, {"municipality", "region", "federation", "company", "organization"})
    if scene.publisher is not None and kind_of(scene.publisher) in allowed and not _is_authority(scene.publisher):
        return scene.publisher, f"The document is published by {canonical(scene.publisher)}."
    order = ["municipality"] if kind == "public" else sorted(allowed - {"organization"})
    fitting = [full for found in order for full in scene.by_kind.get(found, ())]
    if kind != "any" and len(fitting) == 1:
        return scene.first[fitting[0]], f"The only organisation of the document with such a body is {fitting[0]}."
    return None, f"it may belong to any of {', '.join(fitting[:4])}." if len(fitting) > 1 else ""


def _is_authority(node: Entity) -> bool:
    return node.hints.get("kind") in ("authority", "county board", "court", "university", "fund")
