"""Matters that one organisation sent to another for its opinion (remiss): the answer's case follows from the asker's.

The title of the answer names who asked ("Remiss: Strategi för Exempelbygdens kommunförbund"), and shares its telling
words with a matter of theirs at about the same time.
"""

from __future__ import annotations

import re
from datetime import date

from kommungraf.link.continuity.matters_places import Place, conclude, words_of
from kommungraf.link.resolution import Resolution
from kommungraf.text import fold

REMISS = re.compile(r"(?i)\b(?:remiss\w*|yttrande över|samråd(?:ssvar|syttrande)?)\b")
_DAYS = 400
"""Between the asker's meeting and the answer, either way."""


def follow_remisses(places: list[Place], resolution: Resolution) -> None:
    """Conclude ``referredFrom`` for the cases in which an organisation answers another's matter."""
    by_publisher: dict[str, list[Place]] = {}
    for place in places:
        if place.publisher is not None and place.case is not None and place.words:
            by_publisher.setdefault(place.publisher, []).append(place)
    names = {publisher: fold(name) for publisher in by_publisher if (name := _name(publisher, resolution))}
    for place in places:
        if place.case is None or place.publisher is None or not REMISS.search(place.title):
            continue
        title = fold(place.title)
        for asker in sorted(names):
            if asker != place.publisher and names[asker] in title:
                _answer(place, names[asker], by_publisher[asker], resolution)


def _name(publisher: str, resolution: Resolution) -> str:
    name = resolution.entities.get(publisher, {}).get("name")
    return name if isinstance(name, str) and len(name) > 5 else ""


def _answer(place: Place, name: str, theirs: list[Place], resolution: Resolution) -> None:
    words = place.words - words_of(name) - words_of("remiss yttrande över samråd")
    alike = [
        one
        for one in theirs
        if len(words & one.words) >= 2 and len(words & one.words) >= 0.6 * len(words) and _near(place.date, one.date)
    ]
    if len({one.case for one in alike}) != 1:
        return
    case = {"@id": str(place.case)}
    conclude(
        resolution, case, "referredFrom", str(alike[0].case), method="matters/remiss", score=0.8,
        because=f"“{place.title}” names who asked, and “{alike[0].title}” is their only matter of those words then",
        evidence=[*place.evidence, *alike[0].evidence],
    )  # fmt: skip


def _near(one: str, other: str) -> bool:
    if len(one) != 10 or len(other) != 10:
        return False
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days) <= _DAYS
