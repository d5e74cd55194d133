"""How Swedish text writes numbers, and the words around them: hedges, verbs and what counts nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kommungraf.text import parse_number
from kommungraf.wordlists import toml


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """The word lists of ``data/figures.toml``."""
    return toml("extract", "figures.toml")


@lru_cache(maxsize=10)
def listed(name: str) -> frozenset[str]:
    """A list of words of the data."""
    return frozenset(rules()["words"][name])


@lru_cache(maxsize=1)
def _hedge_pattern() -> str:
    """The words before a number that make it approximate, as one alternative of a pattern."""
    words = sorted(rules()["hedges"]["words"], key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


@lru_cache(maxsize=1)
def number_pattern() -> str:
    """A number in digits or words, as an alternative of a pattern."""
    written = "|".join(sorted(rules()["numbers"], key=len, reverse=True))
    return rf"(?:\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+|\d+(?:,\d+)?|(?:{written})(?!\w))"


@lru_cache(maxsize=1)
def before_noun() -> re.Pattern[str]:
    """A number (looked for by its first letter) and "av 13" or "av länets" after it; the noun is read by words."""
    return re.compile(
        rf"(?i)(?=[\dtfsåneh])(?<![\w,.:/§&+–-])(?P<number>{number_pattern()})"
        rf"(?:\s*(?P<percent>%|procent(?:enheter)?\b)|\s+av\s+(?P<whole>{number_pattern()}|(?:de|alla|våra|dessa)(?:\s+{number_pattern()})?|[^\W\d_]+s(?:\s+(?:sammanlagt|totalt|alla)?\s*{number_pattern()})?)?(?=\s))?"
        r"(?:[ \t\u00a0]+\n?|\n|(?<=%)|(?<=procent))"
    )


@lru_cache(maxsize=1)
def after_measure() -> re.Pattern[str]:
    """ "Antalet lån av böcker steg från 410 till 455", "Medelantalet anställda var 19"."""
    verbs = (
        r"har|hade|var|är|blev|blir|som|uppgick|uppgår|ökat|ökade|ökar|minskat|minskade|minskar|gick|beräknas|beräknades|vara|bli|uppgå"
        r"|landade|landar|låg|ligger|legat|till|på|från|ned|upp|nu|därmed|totalt|sammanlagt|under\s+(?:året|perioden)"
    )
    return re.compile(
        rf"(?i)\b(?P<count>(?:medel)?antal(?:et)?)\s+(?P<noun>(?:(?!(?:{verbs}|har|som)\b)[^\W\d_][\w-]*(?::\s*|\s+)){{1,5}}?)"
        rf"(?:(?:{verbs}|(?:med\s+)?{number_pattern()}(?:\s+[^\W\d_]+)?(?=\s+till))\s+)*(?:(?P<hedge>{_hedge_pattern()})\s+)?(?P<number>{number_pattern()})(?!\s*(?:%|procent|[.:]\d))"
    )


@lru_cache(maxsize=1)
def share_of() -> re.Pattern[str]:
    """ "Sjukfrånvaron har legat på 2,8 %": the subject of a share that comes last."""
    return re.compile(
        r"(?i)\b(?P<noun>[^\W\d_]{4,})\s+(?:har\s+)?(?:under\s+(?:året|\d{4})\s+)?(?:var|är|blev|uppgick\s+till|uppgår\s+till|legat\s+på"
        r"|låg\s+på|på|i\s+snitt|i\s+genomsnitt)\s+$"
    )


@lru_cache(maxsize=1)
def hedge_before() -> re.Pattern[str]:
    """A hedge that ends a text: what comes next is its number."""
    return re.compile(rf"(?i)(?<!\w)(?P<hedge>{_hedge_pattern()})\s+$")


def number_of(text: str) -> Decimal | None:
    """The value of a number in digits or words."""
    written: dict[str, int] = rules()["numbers"]
    low = text.lower()
    return Decimal(written[low]) if low in written else parse_number(text)


def is_year(text: str) -> bool:
    """Whether digits are more likely a year than a count."""
    return re.fullmatch(r"(?:19|20)\d\d", text) is not None


def plain_hedge(hedge: str | None) -> str | None:
    """A hedge in lower case on one line."""
    return " ".join(hedge.lower().split()) if hedge else None


def hedge_of(before: str) -> str | None:
    """The word right before a number that makes it approximate: the text ends where the number begins."""
    match = hedge_before().search(before)
    return plain_hedge(match["hedge"]) if match else None
