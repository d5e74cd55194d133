"""Amounts of money in running text as observations without a table: number, clause, and the year if it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kommungraf.extract.context import Context
from kommungraf.extract.figures import heading_over, scope_of
from kommungraf.extract.figures_words import hedge_of
from kommungraf.extract.grids import phase_of_words
from kommungraf.extract.units import speaks_of_money, unit_named, whole_number
from kommungraf.model import iri
from kommungraf.model.facts import Observation
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import parse_number

_WORDS = {
    "en": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "elva": 11,
    "tolv": 12,
}  # fmt: skip
_HALF = {"en halv": Decimal("0.5"), "en och en halv": Decimal("1.5"), "två och en halv": Decimal("2.5")}
_UNIT = (
    r"tkr|kkr|tsek|mnkr|mkr|mdkr|msek|tusen\s+kronor|miljon(?:er)?\s+(?:kronor|kr)|miljard(?:er)?\s+(?:kronor|kr)"
    r"|miljoner|miljarder|kronor|kr|sek|:-"
)
_AMOUNT = re.compile(
    rf"""(?xi)
    (?<![\w,.:/–-])
    (?P<number>[-−–]?\d{{1,3}}(?:[\ \u00a0\u202f.]\d{{3}}){{1,4}}(?:,\d+)?|[-−–]?\d+(?:,\d+)?
      |{"|".join(_HALF)}|{"|".join(_WORDS)})
    (?:\s*(?P<unit>(?<=\d)(?:{_UNIT})|(?<=\s)(?:{_UNIT})))(?!\w)
    (?P<per>\s?/\s?\w+|\s+per\s+\w+(?:\s+och\s+(?:år|månad|dag|person)\b)?)?
    """
)
_QUALIFIER = re.compile(
    r"(?i)(?:cirka|ca\.?|drygt|omkring|ungefär|runt|nästan|knappt|närmare|högst|maximalt|max|upp\s+till|minst|över|under"
    r"|totalt|sammanlagt|exakt)\s+$"
)
# "Hyran för 2026", "Budgeten 2026": the year is the value's own, and no part of what it measures.
_ITS_YEAR = re.compile(
    r"(?<!till)(?<!från)(?<!med)(?<!före)(?<!sedan)(?<!senast)(?:\s+för|\s+under)?(?:\s+år)?\s+(?:19|20)\d\d$"
)
# "Verksamhetens resultat blir ett underskott på": the sign is said, the measure is the result.
_SIGN = re.compile(
    r"(?i)\s+(?:blir|blev|är|var|visar|visade|ger|gav|väntas\s+bli)\s+(?:ett\s+)?(?:underskott|överskott)$"
)
# What links a noun phrase to its amount and is no part of it: "Hyran uppgår till", "intäkter på", "är budgeterat till".
_LINK = re.compile(
    r"(?i)[\s,:]*(?:(?:\b(?:uppgår|uppgick|beräknas|beräknades|budgeteras|budgeterat|budgeterade|hamnar|hamnade|bedöms|blir"
    r"|blev|bli|är|var|vara|utgör|utgjorde|motsvarande|motsvarar|omfattar|omsluter|kostar|kosta|fastställs|höjs|sänks"
    r"|föreslås|totalt|sammanlagt|med|på|till|om|för|av|från|cirka|ca|drygt|ungefär|omkring|minst|högst|upp|över|under|runt|nästan|knappt|närmare|har|oförändrad)\b|[,:–-])"
    r"\s*)+$"
)
_CLAUSE = re.compile(r"[;:(]\s|,\s|\s(?:varav|samt|men|vilket är|att jämföra med)\s")
_JOINED = re.compile(r"\s*(?:,|och|samt|eller|respektive|,\s*och)\s+")  # "18 kr/km och 50 kr per dag" are of one thing
_OPENING = re.compile(r"^[\s,.;:)]*(?:(?:och|samt|dock|varav|men|är|blir)\s+)?")
_AFTER = re.compile(r"\s*(?:avser|för|till|i|av|från|som)?\s*(?P<phrase>[^.,;:()\n]{3,80})")
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-]|/\d)")
# A year after these is a day's or a limit's, not the year of the amount: "den 4 oktober 2018", "fram till 2028".
_NOT_ITS_YEAR = re.compile(
    r"(?i)\b(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|till|senast|från"
    r"|med|sedan|före|efter|inför|innan)\s+(?:år\s+)?$"
)
_PLANNED = re.compile(r"(?i)\bbudgeter\w+")
_PROGNOSIS = re.compile(
    r"(?i)\bprognos(?:tis)?er\w+|prognos(?:en)?\b|\b(?:årets\s+slut|helår\w*)\b.*\b(?:beräknas|väntas|förväntas|bedöms)\b"
)
# The year of the document is meant by these; any other sentence without a year may be about another.
_THIS_YEAR = re.compile(r"(?i)\bårets\b|\bunder året\b|\bhelår\w*|\bårets slut\b|\bför året\b")
_LONGEST = 100
_NEAR = 400  # a sentence that is longer is a list; what is further away says nothing about the amount


def find_amounts(ctx: Context) -> Iterator[Observation]:
    """The amounts of money of the document's paragraphs and items, in reading order."""
    clean = ctx.text.clean
    contents = [(part.start, part.end) for part in ctx.document.with_role(Role.CONTENTS)]
    speaks = False
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table" or any(start <= block.start < end for start, end in contents):
            continue
        matches = list(_AMOUNT.finditer(clean, block.start, block.end))
        if not matches:
            speaks = speaks and block.kind == "item"
            continue
        spans = ctx.sentences(block.start, block.end)
        previous, last = 0, ""
        for match in matches:
            sentence = next((s for s in spans if s.start <= match.start() < s.end), None)
            if sentence is None or not _is_money(match, clean[sentence.start : sentence.end], speaks):
                continue
            speaks = True  # points of a list go on in the currency of what they are points of
            near = Span(max(sentence.start, match.start() - _NEAR), min(sentence.end, match.end() + _NEAR))
            joined = last if _JOINED.fullmatch(clean, previous, match.start()) else ""
            found = _observation(ctx, match, near, previous, joined)
            previous, last = match.end(), found.line_item
            yield found


def _is_money(match: re.Match[str], sentence: str, spoken: bool) -> bool:
    """Whether it is an amount at all: "24 miljoner" may count anything, and a number word needs a large unit."""
    unit = match["unit"].lower()
    if unit in ("miljoner", "miljarder", "miljon"):
        return spoken or speaks_of_money(sentence) or "kronor" in sentence or "medel" in sentence
    return match["number"][-1].isdigit() or unit.startswith(("miljon", "miljard", "tusen"))


def _observation(ctx: Context, match: re.Match[str], sentence: Span, previous: int, joined: str) -> Observation:
    clean = ctx.text.clean
    unit = unit_named(match["unit"])
    assert unit is not None
    before = clean[max(sentence.start, previous) : match.start()]
    whole = clean[sentence.start : match.start()]
    qualifier = _QUALIFIER.search(whole)
    hedge = hedge_of(whole)
    item = joined or _line_item(before, whole, clean[match.end() : sentence.end])
    phase = _phase(item, before)
    return Observation(
        id=iri.statement(ctx.document.id, "observation", f"amount-{match.start()}"),
        evidence=(Span(match.start(), match.end("unit")),),
        line_item=item,
        value=whole_number(_number(match["number"]) * unit.factor),
        unit=unit.code,
        fiscal_year=_year(ctx, before, clean[sentence.start : sentence.end], phase),
        phase=phase,
        scope=scope_of(ctx, sentence),
        as_printed=" ".join(((qualifier[0] if qualifier else "") + match[0]).split()),
        hedge=hedge,
        text=" ".join(clean[sentence.start : sentence.end].split()),
        under_heading=heading_over(ctx, sentence),
    )


def _phase(item: str, before: str) -> str | None:
    """The phase that the amount itself is of. "The costs exceed the budget by …" is not a budget."""
    if phase := phase_of_words(" ".join(item.split()[:2])):
        return phase
    return "budget" if _PLANNED.search(before) else "forecast" if _PROGNOSIS.search(before) else None


def _number(text: str) -> Decimal:
    lowered = " ".join(text.lower().split())
    if lowered in _HALF:
        return _HALF[lowered]
    number = Decimal(_WORDS[lowered]) if lowered in _WORDS else parse_number(text)
    assert number is not None, text
    return number


def _clause_before(before: str) -> str:
    """The clause that leads up to the amount; with its list where only the head of the list says what is counted."""
    starts = [0, *(boundary.end() for boundary in _CLAUSE.finditer(before, 0, max(0, len(before) - 2)))]
    return next((before[s:] for s in reversed(starts) if speaks_of_money(before[s:])), before[starts[-1] :])


def _line_item(before: str, whole: str, after: str) -> str:
    """What the amount is of, as printed: the clause before it without the verb that links them, else what follows.

    ``before`` begins after an earlier amount of the sentence, ``whole`` with the sentence.
    """
    clause = _LINK.sub("", _OPENING.sub("", _clause_before(before)))
    if not clause.strip():
        following = _AFTER.match(after)
        clause = following["phrase"] if following else _LINK.sub("", _clause_before(whole))
    words = _SIGN.sub("", _ITS_YEAR.sub("", _SIGN.sub("", clause.strip()))).split()
    while words and words[-1].lower() in ("som", "och", "vilket", "att"):
        words.pop()
    while len(" ".join(words)) > _LONGEST:
        words.pop(0)
    return " ".join(words).strip(" ,:;–-()") or "belopp"


def _year(ctx: Context, before: str, sentence: str, phase: str | None) -> int | None:
    """The year that the clause or the sentence names as such (not in a date); else the document's if it is meant."""
    for text in (_clause_before(before), sentence):
        matches = (m for m in _YEAR.finditer(text) if not _NOT_ITS_YEAR.search(text, max(0, m.start() - 20), m.start()))
        years = {int(match[0]) for match in matches}
        if len(years) == 1:
            return years.pop()
        if years:
            return None
    return ctx.document.year if phase or _THIS_YEAR.search(sentence) else None
