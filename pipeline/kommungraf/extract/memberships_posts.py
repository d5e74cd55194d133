"""A post and the patterns by which minutes speak of posts: roles, verbs of electing and leaving, periods."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from kommungraf.dates import PartialDate, find_dates
from kommungraf.extract.context import Context
from kommungraf.model.facts import GoverningBody, Meeting, Organization, Person
from kommungraf.model.source import Span
from kommungraf.text import fold

# What a block must hold before it is looked at for posts that are given or taken: a search for plain words is fast.
_STEMS = (
    *"välj vald omval nyval inval träder utse utså förordna tillsä anställ avsäg avsag entledig avgå avböj".split(),
    *("avgick", "slutar", "slutade", "slutat", "befria", "i pension", "frånträd", "vakan", "av sagt", "upp sig"),
    *("ledig", "ersätter", "efterträder", "tillträd"),
)


def speaks_of_posts(text: str) -> bool:
    """Whether a text can give or take a post at all."""
    text = text.casefold()
    return any(stem in text for stem in _STEMS)


class Post(NamedTuple):
    """A post somebody has, gets or leaves: whose it is (nobody's when vacant), where that stands, and how.

    ``after`` is whom the post is taken over from, ``how`` it began where the text says so (byElection, movedUp),
    ``on`` the day of a signature, ``municipality`` the code of the municipality whose seat is vacant, ``said`` the
    sentence over a list or form that says what holds for all who stand in it.
    """

    person: Person | None
    span: Span
    role: str
    event: str
    organization: str | None
    since: PartialDate | None = None
    until: PartialDate | None = None
    acting: bool = False
    after: Person | None = None
    how: str = ""
    on: PartialDate | None = None
    municipality: str = ""
    said: Span | None = None


_S = r"[ \u00a0]+"
_NUMBERED = rf"(?:(?:1:[ea]|2:[ea]|3:[ea]|förste|andre|tredje|första|andra){_S})?"
_ROLE = (
    rf"{_NUMBERED}(?:vice{_S})?ordförande|(?:personliga?{_S})?(?:ersättare|suppleanter|suppleant)(?:{_S}för{_S}revisor)?"
    r"|ledamot|ledamöter|(?:lekmanna)?revisor(?:er)?|ombud|nämndeman|nämndemän|gode? män|gruppledare|kommunalråd"
    r"|oppositionsråd|regionråd|sekreterare|[\wåäö]*(?:chef|direktör)"
)
_NEW = (
    r"(?:ny|nya|ordinarie|adjungerade?|tillförordnade?|tf\.?|t\.f\.|vikarierande|vik\.|förtroendevalda?|tillika"
    r"|[\wåäö]*(?:styrelsens|nämndens|utskottets|kommunens|stadens|regionens|förbundets))"
)
AS_ROLE = re.compile(
    rf"\b(?:till|som|att vara|tillika|uppdrag(?:et)? som){_S}(?:{_NEW}{_S})*(?P<role>{_ROLE})(?![\wåäö])", re.I
)
ROLE = re.compile(rf"(?<![\wåäö])(?P<role>{_ROLE})(?![\wåäö])", re.I)
ELECTS = re.compile(
    r"\b(?P<verb>(?:välj|vald|nyvälj|omvälj|omval|nyval|inval)\w*|träder{_S}in)\b".replace("{_S}", _S), re.I
)
APPOINTS = re.compile(
    r"\b(?P<verb>(?:utse|utså|utsed|utsett|förordna|tillsät|anställ)\w*|tillträd(?:er|de)(?=\s+som\b))\b", re.I
)
RESIGNS = re.compile(
    r"\b(?P<verb>(?:avsäg|avsag|av sagt|entledig|avgå|avgick|avböj|frånträd|slutar|slutade|slutat)\w*|befria\w*"
    r"|sa[gd][td]?e? upp sig|säger upp sig|går i pension|gick i pension)",
    re.I,
)
# The end that such a sentence states: the date after the verb ("slutar den 30 november"); the one before it is when the
# resignation was handed in ("har den 25 augusti avsagt sig").
_LEAVES = re.compile(r"\b(?:slutar|slutade|slutat|avgår|avgick|lämnar|lämnade|går i pension|gick i pension)\b", re.I)
# "… förordnande som tillförordnad chef upphör den 30 april": nobody resigns, a term comes to its end.
EXPIRES = re.compile(
    r"\b(?:förordnande|uppdrag|anställning|vikariat)\w*[ \u00a0]+som[ \u00a0].*?\b(?:upphör(?:de)?|löp(?:er|te) ut)\b",
    re.I | re.S,
)
# Who stands in for a holder, or fills an office until it has one, holds it as acting.
ACTING = re.compile(r"(?<![\wåäö])(?:tf\.?|t\.\s?f\.|tillförordnad(?:e|es)?|vikarierande|vik\.)(?=[ \u00a0])", re.I)
# Who comes after whom: "efter Bo Ek (M), som har avsagt sig", "i stället för Bo Ek".
AND_ROLE = re.compile(rf"\b(?:och|samt){_S}(?:som{_S})?(?:{_NEW}{_S})*(?P<role>{_ROLE})(?={_S}i{_S})", re.I)
SEVERAL = re.compile(r"\b(?:uppdrag(?:en)?|posterna|platserna)\b", re.I)
AFTER_WHOM = re.compile(r"\b(?:efter|i stället för|istället för|efterträder|ersätter)[ \u00a0]+$", re.I)
DISMISSES = re.compile(r"\b(?:entledig|befri)a(?:r|s)?[ \u00a0]+(?:[\wåäö-]+[ \u00a0]+)?$", re.I)
GONE = re.compile(
    r"[ \u00a0]*(?:\([^()]{1,12}\))?,?[ \u00a0]*(?:som[ \u00a0]+)?(?:har[ \u00a0]+)?"
    r"(?:avgått|avgår|avgick|avlidit|avsagt sig|avsäger sig|entledigats|lämnat|slutat|slutar|flyttat|går i pension)\b",
    re.I,
)
# What is left of a term is filled when somebody has left before it ended.
_REST = r"(?:återstoden|resten|återstående(?: del(?:en)?)?|resterande(?: del(?:en)?)?)(?:[ \u00a0]+av)?"
BY_ELECTION = re.compile(
    rf"fyllnadsval|\b{_REST}[ \u00a0]+(?:mandat|(?:den[ \u00a0]+)?(?:pågående|nuvarande)|period)", re.I
)
# Who is on leave holds the post all the same; who takes over from somebody may hold it, if it is said from when.
ON_LEAVE = re.compile(r"\b(?:tjänst)?ledig(?:het)?\b", re.I)
REPLACES = re.compile(r"\b(?:ersätter|efterträder)\b", re.I)
MOVES_UP = re.compile(
    r"\b(?:träder|trädde|inträder|inträdde|går|gick)[ \u00a0]+(?:då[ \u00a0]+)?(?:in|upp)\b|\binträd(?:er|de)\b", re.I
)
# "Valberedningen föreslår att Bo Ek väljs": nobody is elected yet.
PROPOSES = re.compile(
    r"\b(?:föreslå(?:r|s|tt|tts)|föreslog(?:s)?|föreslagi(?:t|ts)|nominera(?:r|s|t|ts|de|des)|yrka(?:r|de|t))\b", re.I
)
_TERM = re.compile(r"(?:för|under)[ \u00a0]+(?:tiden|perioden)[ \u00a0]+(?:den[ \u00a0]+)?$", re.I)
_DASH = re.compile(r"\s*[–-]\s*(?:den[ \u00a0]+)?$")
# Posts for one meeting only are attendance, no membership.
PASSING = re.compile(
    r"(?:mötets?|mötes|stämmans|dagens|sammanträdets)[ \u00a0]*(?:ordförande|sekreterare)"
    r"|rösträknare|juster|protokollförare",
    re.I,
)
VACANT = re.compile(r"(?<![\wåäö])(?:vakant|vakans|vakantsatt|vakanta)(?![\wåäö])", re.I)
SEAT_VACANT = re.compile(
    r"\b(?:platsen|uppdraget|mandatet|posten)\b[^.]{0,40}\bvakant|\bvakantsätt\w* (?:platsen|uppdraget)",
    re.I,
)

_SINCE = re.compile(
    r"(?:fr\.?\s?o\.?\s?m\.?|från och med|från|med början|räknat från"
    r"|tillträd(?:er|de)(?:[ \u00a0][\wåäö]+){0,3}?)[ \u00a0]+(?:den[ \u00a0]+)?$",
    re.I,
)
_UNTIL = re.compile(r"(?:t\.?\s?o\.?\s?m\.?|till och med|intill|till|längst till)[ \u00a0]+(?:den[ \u00a0]+)?$", re.I)
_YEARS = re.compile(
    rf"\b(?P<rest>{_REST}[ \u00a0]+)?"
    r"(?:mandatperioden|perioden|mandattiden|åren|tiden|för)[ \u00a0]+"
    r"(?P<first>(?:19|20)\d\d)\s?[-–]\s?(?P<last>(?:19|20)?\d\d)(?!\d|-)"
)
_SINGULAR = {"ledamöter": "ledamot", "revisorer": "revisor", "suppleanter": "suppleant", "nämndemän": "nämndeman"}
_ORDINALS = {"1:e": "första", "1:a": "första", "2:e": "andra", "2:a": "andra", "3:e": "tredje", "förste": "första"}


def plain_role(printed: str) -> str:
    """A role in its plain form: ``1:e vice ordförande`` is ``vice ordförande``, ``ledamöter`` is ``ledamot``."""
    words = re.sub(r"^personliga? ", "", fold(printed)).split()
    role = " ".join(_SINGULAR.get(word, _ORDINALS.get(word, word)) for word in words)
    return re.sub(r"^(?:första|andra|andre|tredje) vice", "vice", role)


def period_of(text: str) -> tuple[PartialDate | None, PartialDate | None]:
    """From when to when a text says that a post lasts; nothing where it does not say so."""
    since = until = None
    text = text.replace("--", "–")
    dates = list(find_dates(text))
    for found, following in pairwise(dates):  # "1 augusti 2024–31 januari 2025"
        days = [one.value for one in (found, following) if one.value is not None and one.value.day]
        if len(days) == 2 and _DASH.fullmatch(text[found.end : following.start]):
            return days[0], days[1]
    for found in dates:
        before = text[: found.start]
        if found.value is None and since is None and (_TERM.search(before) or _SINCE.search(before)):
            rest = next((one for one in find_dates(text[found.end :]) if one.value is not None), None)
            if (
                rest is not None
                and rest.value is not None
                and _DASH.fullmatch(text[found.end : found.end + rest.start])
            ):
                since, until = (
                    PartialDate(rest.value.year, found.month, found.day),
                    rest.value,
                )  # "1 juni–31 augusti 2024"
        day = found.value is not None and found.value.day > 0  # "för tiden 2021-2022": see _YEARS
        if found.value and (_UNTIL.search(before) or (day and since and _DASH.search(before))):
            until = until or found.value
        elif found.value and (_SINCE.search(before) or (day and _TERM.search(before))):
            since = since or found.value
    if since is None and until is None and (years := _YEARS.search(text)):
        last = years["last"] if len(years["last"]) == 4 else years["first"][:2] + years["last"]
        return None if years["rest"] else PartialDate(int(years["first"])), PartialDate(int(last))
    return since, until


def end_of(text: str, said_on: PartialDate | None = None) -> PartialDate | None:
    """The last day of a post that a sentence says is left or runs out, at the precision that it is printed with.

    Who leaves "från och med den 1 april" has her last day in March. Nothing where the text only says that this was
    asked for, or when the term would have ended. ``said_on``, the document's day, tells which turn of the year it is.
    """
    since, until = period_of(text)
    if since is not None and until is None:
        return before(since)
    return left_on(text, said_on)


def left_on(text: str, said_on: PartialDate | None = None) -> PartialDate | None:
    """The day after a verb of leaving: "går i pension den 31 mars 2025"."""
    verb = _LEAVES.search(text) or EXPIRES.search(text)
    if verb is None:
        return None
    after = [found.value for found in find_dates(text[verb.end() :]) if found.value is not None]
    turn = _TURN.search(text, verb.end())
    if after or turn is None:
        return after[0] if after else None
    if turn["ends"]:
        return PartialDate(said_on.year, 12, 31) if said_on else None
    if turn["year"]:
        return PartialDate(int(turn["year"]), 12, 31)
    late = said_on is not None and said_on.month >= _AUTUMN and verb.group().endswith(("r", "pension"))
    return PartialDate(said_on.year, 12, 31) if late and said_on else None


def before(when: PartialDate) -> PartialDate:
    """The last day, month or year before one."""
    if when.day:
        day = date(when.year, when.month, when.day) - timedelta(days=1)
        return PartialDate(day.year, day.month, day.day)
    if when.month:
        return PartialDate(when.year, when.month - 1) if when.month > 1 else PartialDate(when.year - 1, 12)
    return PartialDate(when.year - 1)


# "slutar vid årsskiftet", said in the autumn, is on New Year's Eve.
_TURN = re.compile(
    r"\bvid (?:(?P<ends>årets (?:slut|utgång)\b)|årsskiftet)"
    r"(?:[ \u00a0]+(?P<year>(?:19|20)\d\d)\s?[/–-]\s?(?:\d\d){1,2})?",
    re.I,
)
_AUTUMN = 7


def event_of(text: str, position: int) -> str:
    """How a sentence speaks of a post named at a position: the nearest verb before it, else the first after."""
    found = sorted((match.start(), event) for pattern, event in _VERBS for match in pattern.finditer(text))
    before = [event for start, event in found if start < position]
    return before[-1] if before else found[0][1] if found else ""


_VERBS = (
    (ELECTS, "elected"), (APPOINTS, "appointed"), (RESIGNS, "resigned"), (ON_LEAVE, "seen"), (REPLACES, "seen"),
)  # fmt: skip


_GENERAL = re.compile(r"möte|stämma", re.I)


def meets(ctx: Context) -> str | None:
    """The body whose meeting the document is about."""
    meetings = ctx.of_type(Meeting)
    return meetings[0].body if meetings and meetings[0].body else None


def _is_for(ctx: Context, node: GoverningBody | Organization) -> bool:
    return ctx.text.clean.endswith("för ", 0, node.evidence[0].start)


def where(ctx: Context, sentence: Span, match: re.Match[str], role: str, last: str | None) -> str | None:
    """The body or organisation of a post: named with the role or right after it, or whose it is by its nature."""
    kinds: tuple[type[GoverningBody | Organization], ...] = (GoverningBody, Organization)
    named = sorted((node for kind in kinds for node in ctx.within(kind, sentence)), key=lambda node: node.evidence[0])
    low, high = sentence.start + match.start(), sentence.start + match.end() + 40
    near = [node for node in named if low <= node.evidence[0].start <= high]
    if role in ("ledamot", "ersättare"):  # "ledamot för Arbetsförmedlingen": whom she represents
        near = [node for node in near if isinstance(node, GoverningBody) or not _is_for(ctx, node)]
    if role == "lekmannarevisor":  # audits the company, and sits on no board
        companies = [node for node in named if isinstance(node, Organization) and node.evidence[0].start >= low]
        return companies[0].id if companies else None
    if near:
        return near[0].id
    if role == "revisor" or role.endswith(("chef", "direktör", "råd")):
        return ctx.document.publisher_id  # elected by a meeting, but for the whole organisation
    if role == "ombud" and len(later := [node for node in named if node.evidence[0].start >= low]) == 1:
        return later[0].id  # "… till ombud och … till ersättare för ombudet vid förbundsmötet"
    if role == "ombud" and not any(_GENERAL.search(meeting.name) for meeting in ctx.of_type(Meeting)[:1]):
        return last  # a council sends its ombud to the meeting of somebody else
    return last or meets(ctx)
