"""In what capacity somebody takes part: what the labels of lists, the words after a name and an office say of it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kommungraf.model.facts import Person
from kommungraf.model.parts import Part, Role
from kommungraf.wordlists import toml

_WHOSE = re.compile(r"^\W*[\w-]+s (?=ledam|ersätt|suppl|ordf|vice|ombud|revisor)", re.I)  # "Direktionens ledamöter"
# Whoever has another office than these and no party is there as an officer.
_NOT_STAFF = re.compile(
    "ordf|ledamot|ersättare|suppleant|ombud|råd$|föreläsare|elev|student|representant|politiker|gruppledare|konsult"
    "|författare|föredragare|sakkunnig|företagare|minister",
    re.I,
)


class _Rule(NamedTuple):
    begins: re.Pattern[str]
    capacity: str


@cache
def _rules(kind: str) -> list[_Rule]:
    data = toml("extract", "attendance.toml")
    return [_Rule(re.compile(r"\W*" + row["begins"], re.I), row["capacity"]) for row in data[kind]]


def capacity_of(kind: str, words: str) -> str | None:
    """The capacity that words say as a ``label`` of a list or ``after`` a name, by ``data/attendance.toml``."""
    return next((rule.capacity for rule in _rules(kind) if rule.begins.match(words)), None)


def label_capacity(words: str) -> str | None:
    """The capacity that a label of a list says; "" for other participants, "-" for nobody, ``None`` for no label."""
    return capacity_of("label", words) or capacity_of("label", _WHOSE.sub("", words))


def decide(label: str | None, rest: str, person: Person, part: Part, member: str, title: str = "") -> str | None:
    """The capacity of one participant by the label of the list, the words after the name and the office before it."""
    after = next((said for piece in re.split(r"[,\t]", rest) if (said := capacity_of("after", piece))), None)
    office = str(person.hints.get("office", "")) or (title if label == "ersättare" else "")
    if label == "-":
        return None
    if label == "ledamot":
        return after if after not in (None, "revisor") else member
    party = bool(person.hints.get("party"))
    if label == "tjänsteperson" and not party and not office and after is None and part.role is Role.ATTENDANCE:
        return label  # "handläggarna Anna Ek och Bo Lind"
    if label == "närvarande":
        label = after if after in ("ordförande", "vice ordförande") else ""
    if label in ("", "tjänsteperson") or (
        label == "ersättare" and office and not party and after in (None, "sekreterare")
    ):
        return _by_office(after, office, party)  # "Ersättare och övriga deltagare": officers stand in the same list
    if label is not None:
        return after if label == "ersättare" and after == "tjänstgörande ersättare" else label
    if part.role is Role.SIGNATURES:
        return after or (capacity_of("label", office) if office else None) or None
    return None


def _by_office(after: str | None, office: str, party: bool) -> str:
    if after == "revisor" or "revisor" in office.lower():
        return "revisor"
    if after in ("ersättare", "tjänstgörande ersättare"):
        return after
    if capacity_of("label", office) == "sekreterare" or (after == "sekreterare" and not office):
        return "sekreterare"
    return "tjänsteperson" if office and not party and not _NOT_STAFF.search(office) else "övrig"
