"""Numbered series: bills, inquiries, regulations of authorities, and acts of the European Union by their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.references_names import Law
from kommungraf.extract.statutes import LAGEN_NU, Act

_SERIES = re.compile(
    r"(?<![\w-])(?P<kind>SOU|Ds|[Dd]ir\.?|[Kk]ommittédirektiv|[Pp]rop\.?|[Pp]roposition(?:en)?|[Bb]et\.?|[Rr]skr\.?"
    r"|SFS|BFNAR|[A-ZÅÄÖ]{1,8}(?:-[A-ZÅÄÖ]{0,4})?FS)"
    r"\s*(?P<number>\d{4}(?:/\d{2,4})?:[A-Za-zÅÄÖåäö]{0,4}\d{1,4})(?!\d)"
)
_LONG_NAMES = {"proposition": "prop", "propositionen": "prop", "kommittédirektiv": "dir"}
# Only these series have IRIs at lagen.nu that follow from the number alone.
_PATHS = {"sou": "sou/", "ds": "ds/", "dir": "dir/", "prop": "prop/", "sfs": ""}
_UNION_SIGN = re.compile(r"\((?:EU|EG|EEG)\)|/(?:EU|EG|EEG)\b")
_UNION = re.compile(
    r"(?i)(?:\b(?P<kind>(?:Europaparlamentets\s+och\s+rådets\s+|rådets\s+|kommissionens\s+)?"
    r"(?:\w*förordning(?:en)?|\w*direktiv(?:et)?|beslut(?:et)?))\s+)?"
    r"(?:\((?P<body>EU|EG|EEG)\)\s*(?P<nr>nr\s*)?(?P<one>\d{1,4})/(?P<two>\d{1,4})\b"
    r"|(?<![\d/])(?P<year>(?:19)?[5-9]\d|20\d\d)/(?P<number>\d{1,4})/(?:EU|EG|EEG)\b)"
)
_LETTERS = (("förordning", "R"), ("direktiv", "L"), ("beslut", "D"))  # of the kind of act in its CELEX number


def find_series(text: str) -> Iterator[Law]:
    """``SOU 2020:47``, ``prop. 2016/17:171``, ``HSLF-FS 2016:40``, ``SFS 2017:725``."""
    for match in _SERIES.finditer(text):
        kind, number = match["kind"].rstrip("."), match["number"]
        short = _LONG_NAMES.get(kind.lower(), kind.lower())
        if short == "sfs" and text[max(0, match.start() - 1)] == "(":
            continue  # the number of a statute that is named before it
        path = _PATHS.get(short)
        label = f"{short}." if short in ("prop", "dir", "bet", "rskr") else kind
        act = Act(f"{label} {number}", None if path is None else f"{LAGEN_NU}{path}{number}")
        yield Law(match.start(), match.end(), act, act.instrument)


def find_union_acts(text: str) -> Iterator[Law]:
    """``förordning (EU) 2016/679``, ``direktiv 2014/24/EU``, ``förordning (EG) nr 178/2002``."""
    if not _UNION_SIGN.search(text):
        return
    for match in _UNION.finditer(text):
        kind = (match["kind"] or "").lower()
        letter = next((letter for word, letter in _LETTERS if word in kind), None)
        year, number = match["year"] or match["one"], match["number"] or match["two"]
        if match["nr"]:  # before 2015 the number came first
            year, number = number, year
        if len(year) == 2:
            year = f"19{year}"
        printed = match[0][len(match["kind"] or "") :].strip()
        known = letter and len(year) == 4
        act = Act(printed, f"{LAGEN_NU}celex/3{year}{letter}{int(number):04}" if known else None)
        yield Law(match.start(), match.end(), act, act.instrument)
