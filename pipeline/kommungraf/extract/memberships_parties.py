"""People who leave a party for another one, as minutes note it: "har lämnat partiet och tillhör numera …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.dates import find_dates
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_posts import Post
from kommungraf.model.facts import Party, Person

MEMBER = "partimedlem"
_CHANGES = re.compile(
    r"\b(?:lämnat|lämnar|lämnade|utträtt ur|utträder ur|bytt|byter|bytte|gått över|går över|gick över|övergått|numera|"
    r"partitillhörighet|partilös|politisk vilde)\b",
    re.I,
)
# The party after these is the one that somebody comes to, the one after those the one that is left.
_INTO = re.compile(
    r"\b(?:tillhör(?:a|de)?|(?:över|gått in|inträtt|byt(?:t|er|te) parti) (?:till|i)|represente\w+"
    r"|anslut(?:er|it) sig till)"
    r"[ \u00a0]+(?:numera |nu |från och med [^,.]{4,30}? )?$",
    re.I,
)
_FROM = re.compile(
    r"\b(?:ledamot för|ersättare för|tidigare|lämnat|lämnar|lämnade|utträtt ur|utträder ur)[ \u00a0]+(?:partiet )?$",
    re.I,
)


def changes_of_party(ctx: Context) -> Iterator[Post]:
    """The party that a sentence says one person left, and the one that she came to."""
    for person in ctx.of_type(Person):
        block = ctx.text.block_at(person.evidence[0].start)
        if block.kind == "table" or not _CHANGES.search(ctx.text.of(block)):
            continue
        for sentence in ctx.sentences(block.start, block.end):
            people = ctx.within(Person, sentence)
            if people != [person] or not _CHANGES.search(ctx.clean(sentence)):
                continue
            text = ctx.text.clean
            parties = ctx.within(Party, sentence)
            into = [party for party in parties if _INTO.search(text, sentence.start, party.evidence[0].start)]
            left = [party for party in parties if _FROM.search(text, sentence.start, party.evidence[0].start)]
            left = [party for party in left if party not in into] or [
                party for party in parties if party not in into and _behind(text, person, party)
            ]
            when = [date.value for date in find_dates(ctx.clean(sentence)) if date.value is not None]
            day = when[0] if len(when) == 1 else None
            if len(into) == 1:
                yield Post(person, sentence, MEMBER, "appointed", into[0].id, since=day)
                yield from (Post(person, sentence, MEMBER, "resigned", party.id, until=day) for party in left[:1])


def _behind(text: str, person: Person, party: Party) -> bool:
    """Whether a party stands in brackets behind the name: the one that she had so far."""
    return bool(re.fullmatch(r"[ \u00a0]*\(", text[person.evidence[0].end : party.evidence[0].start]))
