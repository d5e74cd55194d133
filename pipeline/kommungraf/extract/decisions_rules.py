"""Which points of a decision part are decisions, and which are reasons, formalities and what people said."""

from __future__ import annotations

import re

from kommungraf.dates import find_dates
from kommungraf.extract.outcomes import MAIN, NOUN, PAST, Outcome, outcome_of
from kommungraf.extract.points import GOVERNING, INFINITIVE, Point
from kommungraf.model.parts import Part, Role

# What stands in decision parts of minutes and decides nothing in the matter.
_NO_DECISION = re.compile(
    r"""(?ix)^\W*(?:
    (?:(?:denna\s)?paragraf(?:en)?|punkten|ärendet|beslutet|protokollet|§\s?\d+)?\s*
    (?:är|förklaras|justeras|justerades|anses)?\s*(?:omedelbar\w*|direkt)\s*juster
    | (?:paragrafen|punkten)\s(?:justeras|är\sjusterad)
    | .{0,120}\b(?:deltar|deltog|deltagit)\s(?:ej|inte|icke)\b
    | .{0,160}\breservera(?:r|de|t)\ssig\b | reservation | mot\sbeslutet
    | jäv\b | .{0,80}\banmäl(?:er|de)\sjäv | .{0,80}\bavstår\sfrån\satt
    | beslutet\s(?:är|var|fattades|fattas|togs)\b
    | beslutet\s(?:ska(?:ll)?\s)?(?:skickas|expedieras|delges|sänds|gäller|kan)\b
    | (?:inga|inget)\s | ordföranden\s(?:frågar|ställer|finner|konstaterar|avslutar|hälsar|tackar|öppnar)
    | (?:mötet|sammanträdet)\s(?:avslutas|ajourneras|öppnas|öppnades|avslutades)
    | upprop\s | se\sbilaga | vid\sprotokollet | justera(?:s|de|re|nde)\b | utdrag
    | skickas\still | protokollsanteckning | votering | omröstning
    )"""
)
# The sentence reasons about a decision or says what somebody else thinks.
_HEDGE = re.compile(
    r"""(?ix)\b(?:bedömer|anser,?\satt|konstaterar|kan|kunna|kunnat|bör|skulle|vill|önskar|menar|informerar|redogör
    |framhåller|förutsätter|innebär|yrkar|yrkade|behöver|avser|måste|har\stidigare|tidigare\shar|skäl\w*|motiv\w*
    |eftersom|kommer\satt|informerade|redogjorde|berättade|presenterade|rapporterade|meddelade|hälsade)\b"""
)
# "Arbetsutskottet har 2005-10-25, § 311, beslutat föreslå …" tells how another meeting prepared the matter.
_EARLIER = re.compile(
    r"(?i)\bhar\b.{0,40}(?:\d{4}-\d\d-\d\d|\bden \d|§ ?\d).{0,40}\b(?:beslutat|föreslagit|tillstyrkt)\b"
    r"|\b(?:beslutade|föreslog|tillstyrkte) (?:den \d|\d{4}-\d\d|§ ?\d)"
)
# "Anna Ek (S) tackar för året.": one member does it, the meeting does not; "Anna Ek (S) väljs" is the meeting's.
_ONE_MEMBER = re.compile(
    r"[A-ZÅÄÖ][\w.-]+(?: [\w.-]+){1,3} ?\([A-Za-zÅÄÖåäö]{1,4}\) (?!har\b|och\b|\w+s\b)\w+(?:ar|er|år|ade|te)\b"
)
_IN_COUNCIL = re.compile(r"(?i)\W*i [\w-]*fullmäktige\s*:")
_DECIDES = re.compile(r"(?i)\bbeslut(?:ar|ade|as|ades|at)\b|\bbeslöt\b|\bbesluta att\b")
HEADED = (Role.DECISION, Role.SECTION)
"""Parts that a heading says to be decisions: of minutes and letters, or a section "Beslut" of any other document."""
PROPOSES = re.compile(
    r"""(?ix)\bförslag(?:et)?\still\s(?:beslut\s(?:i|till)\s)?[\wåäö-]*(?:fullmäktige|styrelsen|nämnden|mötet|stämman)
    |\bföreslår\b"""
)


def decides(point: Point, part: Part) -> Outcome | None:
    """What a point decides, or ``None`` where it is no decision."""
    text = point.text
    if _NO_DECISION.match(text) or _EARLIER.search(text) or _ONE_MEMBER.match(text):
        return None
    if _IN_COUNCIL.match(text):
        return Outcome("propose", 0, 0, MAIN)  # "I kommunfullmäktige: Motionen avslås." is what a board proposes
    outcome = outcome_of(text)
    certain = bool(_DECIDES.search(text)) or point.listed or bool(point.lead and INFINITIVE.match(text))
    if (lead := _lead_outcome(point, part)) is not None:
        return lead if certain or (outcome is not None and outcome.level == MAIN) else None
    if outcome is None or (outcome.level > PAST and not certain):
        return Outcome("other", 0, 0, NOUN) if certain and part.role in HEADED else None
    if outcome.code == "other" and not certain and not (part.role in HEADED and part.title):
        return None
    if certain or (outcome.level == MAIN and not _HEDGE.search(text, 0, outcome.start)):
        return outcome
    told = bool(_HEDGE.search(text)) or any(find_dates(text))  # past tense with a date tells what was decided before
    return outcome if outcome.level == PAST and part.role in (*HEADED, Role.BODY) and not told else None


def _lead_outcome(point: Point, part: Part) -> Outcome | None:
    """The verb of the lead-in, where it governs its points: "föreslår kommunfullmäktige att", "ger i uppdrag att"."""
    lead = point.lead or part.title
    if PROPOSES.search(lead) or (part.role is Role.PROPOSAL and PROPOSES.search(part.title)):
        return Outcome("propose", 0, 0, MAIN)
    outcome = outcome_of(lead) if point.lead else None
    return outcome if outcome is not None and outcome.level == MAIN and outcome.code in GOVERNING else None
