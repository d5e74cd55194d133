"""Projects that return: ``Gröna byar 2021–2023`` and ``Gröna byar 2024–2026`` are two projects, one after the other.

A later phase begins with a period that is printed with a name, where an earlier project of the same words ended before
it. Mentions without a period belong to the phase that their document is about.
"""

from __future__ import annotations

from typing import Protocol

from kommungraf.link.resolution import Json, literal_text


class Dated(Protocol):
    """Mentions of one name, and the years that their documents are about by the mention's IRI."""

    mentions: list[Json]
    years: dict[str, int | None]


def boundaries(groups: list[Dated]) -> list[int]:
    """The years in which later phases begin, for all the groups that share the words of a name."""
    periods = sorted({period for group in groups for mention in group.mentions if (period := printed(mention))})
    ends = {last for _, last in periods} | {
        int(literal_text(mention["validTo"])[:4])
        for group in groups
        for mention in group.mentions
        if mention.get("validTo")
    }
    found: list[int] = []
    for first, _ in periods:
        overlapping = any(start < first <= end for start, end in periods)
        ended_before = any(end < first and (not found or end >= found[-1]) for end in ends)
        if ended_before and not overlapping and first not in found:
            found.append(first)
    return found


def printed(mention: Json) -> tuple[int, int] | None:
    """The period that is printed with a mention's name."""
    period = mention.get("hints", {}).get("period")
    return (int(period[0]), int(period[1])) if period else None


def phase_of(mention: Json, year: int | None, starts: list[int]) -> int:
    """Which phase a mention is of: by its printed period, else by what it states, else by the year of its document."""
    period = printed(mention)
    stated = [int(text[:4]) for key in ("validFrom", "validTo") if (text := literal_text(mention.get(key)))]
    when = period[0] if period else max(stated) if stated else year
    return sum(1 for start in starts if when is not None and when >= start)
