"""What single lines of a document's head and end look like: letterhead, page number, contact, signature."""

from __future__ import annotations

import re

from kommungraf.dates import find_dates
from kommungraf.segment.kinds import type_of_line
from kommungraf.segment.lines import Line, label_key

_FIELDS = (
    "datum|dnr|diarie\\w*|ärende(?:nr|nummer|-?id|beteckning)?|"
    "(?:vår|er|ert|vårt) (?:beteckning|referens|datum|ref)|handläggare|"
    "dokument\\w*|sida|sid|referens|sammanträdesdatum|version|status|utskriftsdatum|beteckning|fastställd|antagen|reviderad|"
    "till|från|parti|mottagare|adressat|inkom\\w*|kontakt\\w*|besöksadress|postadress|telefon|e-post|"
    "webbplats|org\\.? ?nr"
)
_FIELD = re.compile(rf"(?i)(?:{_FIELDS})\b")
_ORGANISATIONS = (
    "kommun|kommuns|kommunförbund|förbund|förbundet|region|län|nämnd|nämnden|styrelse|styrelsen|förvaltning|förvaltningen|kontor|"
    "kontoret|enhet|enheten|avdelning|avdelningen|fullmäktige|stämma|stämman|möte|mötet|kansli|kansliet|stad|råd|rådet|utskott|"
    "utskottet|sektor|bolag|revisionen|revisorer|direktionen|presidiet|beredning|beredningen"
)
# The parties of the Riksdag: motions are printed on a party's paper ("Centerpartiet i Exempelby").
_PARTIES = (
    "arbetarepartiet|socialdemokraterna|moderaterna|moderata samlingspartiet|centerpartiet|vänsterpartiet|"
    "liberalerna|folkpartiet|kristdemokraterna|sverigedemokraterna|miljöpartiet"
)
_ORGANISATION = re.compile(rf"(?:{_ORGANISATIONS}|\bab)\b|^(?:{_PARTIES})\b")
_DIGIT = re.compile(r"\d")
BODY = re.compile(
    r"(?i)[\wåäö-]*(?:fullmäktige|styrelse(?:n)?|nämnd(?:en)?|utskott(?:et)?|möte(?:t)?|stämma(?:n)?|beredning(?:en)?|"
    r"råd(?:et)?|direktion(?:en)?)s?\b(?: \w*utskott)?"
)
PAGE = re.compile(
    r"(?i)^(?:sid(?:a|an)?\.? ?)?(\d{1,3}) ?(?:\((\d{1,3})\)|av \d{1,3}|/ ?\d{1,3})$|"
    r"\b(?:sida|sid\.?) (\d{1,3})\b|\b(\d{1,3}) ?\(\d{1,3}\)\s*$"
)
_PAGE_AT_END = re.compile(
    r"(?i)[\s,]*(?:sid(?:a|an)?\.? ?)?\d{1,3} ?(?:\(\d{1,3}\)|av \d{1,3})$|[\s,]*(?:sida|sid\.?) \d{1,3}$"
)
_ENDS_OF_PAGE = (")", *"0123456789")
_BESIDE_TYPE = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b(?:dnr|diarienr|diarienummer)\b.*$")
_ENDS = re.compile(
    r"(?i)@|\b0\d{1,3}[- ]\d{2,}|digitalt justera|elektroniskt (?:signera|justera|underteckna)|juridiskt bindande|"
    r"utdragsbestyrk|"
    r"leveranskanal|användarvillkor|saknar (?:därför )?namnunderskrift|^enligt uppdrag$|^för kännedom"
)
_PARTY = re.compile(r"\((?:[A-ZÅÄÖ]{1,3}|[A-ZÅÄÖ][\wåäö]{1,12})\)")
_OFFICE = re.compile(r"(?i)\b(?:ordförande|sekreterare|justerare|revisor(?:er)?|handläggare)\b|(?:chef|direktör)\b")


def is_letterhead(line: Line, key: str) -> bool:
    """A short line of a letterhead: an organisation, a date, a field, a page number, an addressee."""
    text = line.text.strip()
    if not key or len(text) > 80 or line.kind == "item" or (text.endswith((".", "!", "?")) and len(text) > 30):
        return False
    if line.kind == "table":
        return bool(_FIELD.match(text)) and not text.lower().startswith("till")
    if _FIELD.match(text):
        return True
    if _DIGIT.search(text) and (PAGE.search(text) or (len(text) < 40 and next(find_dates(text), None))):
        return True
    return is_organisation(text)


def is_organisation(text: str) -> bool:
    """A line that is the name of an organisation, a body or an office, as logos and letterheads print it."""
    return bool(
        text[:1].isupper() and "(" not in text and len(text.split()) <= 9 and _ORGANISATION.search(text.lower())
    )


def page_number(text: str) -> int | None:
    """The number that a line prints as "2 (5)", "sida 2", "2 av 5"."""
    match = PAGE.search(text)
    return int(next(group for group in (match[1], match[3], match[4]) if group)) if match else None


def type_key(line: Line) -> str:
    """A letterhead's line as the table of types spells it: without page number, date or diary number beside the type.

    A letterhead that is a table has the type in a cell of its own: its words are what is left of the row.
    """
    if line.kind != "table":
        return _BESIDE_TYPE.sub("", without_page(line.key)).strip(" ,")
    cells = [label_key(cell) for cell in line.text.split("\t")[:4]]
    return next((cell for cell in cells if cell in type_of_line()), "")


def without_page(key: str) -> str:
    """A folded line without the page number at its end ("protokoll 1 (3)" names a type as well)."""
    return _PAGE_AT_END.sub("", key).strip() if key.endswith(_ENDS_OF_PAGE) else key.strip()


def ends_document(line: Line) -> bool:
    """A line with which documents end: contact, note on signing, a signatory with party or office."""
    text = line.text.strip()
    if len(text) < 120 and _ENDS.search(text):
        return True
    named = _PARTY.search(text) or _OFFICE.search(text)
    return bool(named and len(text) < 80 and not text.endswith(".") and line.kind == "paragraph")
