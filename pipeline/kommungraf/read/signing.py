"""Pages and marks that services for electronic signatures add to a PDF: who signed stays, what identifies them goes.

Names and titles are what a document says of its signers. Personal numbers, transactions, certificates, addresses of
mail and computers are nobody's business here: they are taken out before anything is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Words of such services, by what they tell; a page has to have several of them.
_WORDS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:elektronisk|digital)(?:t|a)? (?:under(?:tecknad|skr)|under(?:tecknat|skrift)|signer|signatur|verifi)"
        r"|undertecknats med elektroniska|e-?signer(?:at|ing|ade)|electronic(?:ally)? sign|digitally sign",
        r"\bunderskriftssida\b|\bsignatursida\b|\bverifikat\b|\bsigneringscertifikat\b|\bcertificate of completion\b"
        r"|\bsigneringsrapport\b|\bsignature page\b|\bsigning log\b",
        r"\bbankid\b|\be-?legitimation\b|\bfreja\b|\bidentifikation(?:styp|s-id)?\b",
        r"\btransaktion(?:s-?id)?\b|\bdokument(?:nyckel|-?id)\b|\benvelope id\b|\bkontrollsumma\b|\bchecksum|\bhash\b"
        r"|\bsha-?(?:1|256|512)\b|\bserienummer\b|\bcertifikat\b",
        r"\bip(?:-| ?)adress\b|\bip address\b|\bhändelse(?:logg|r i dokumentet)\b|\baudit trail\b|\bgranskningslogg\b",
        r"\b(?:scrive|assently|comfact|penneo|docusign|visma addo|addo sign|oneflow|getaccept|tellustalk|signicat|egree"
        r"|verified by|verified\.eu|adobe acrobat sign|signit|simplesign|dokobit)\b",
        r"\b(?:signer|underteckna)(?:ades?|at|ats)(?: av)?\b|\bsigned (?:by|with)\b",
        r"\d\d:\d\d:\d\d(?:\.\d+)?(?: ?(?:z|utc|cest?|gmt|[+-]\d\d:?\d\d))?",
    )
]
_SERVICE = re.compile("|".join(word.pattern for word in (*_WORDS[:2], *_WORDS[3:6])), re.IGNORECASE)
_LOG = _WORDS[4]
_PAGE_WORDS = 4
# One of these stands in whatever such a service prints; a look for plain words spares other pages the patterns.
_STEMS = (
    *"signer signat signed signing acrobat underteckn underskr verifi certifi transaktion dokument envelope".split(),
    *"checksum kontrollsumma".split(),
    *"hash sha-1 sha-256 sha-512 sha1 sha256 sha512 serienummer ip-adress händelselogg audit granskningslogg".split(),
    *("ip address", "ip adress", "ipadress", "händelser i dokumentet", "electronic", "digitally", "sign "),
    *"scrive assently comfact penneo docusign addo oneflow getaccept tellustalk signicat egree signit dokobit".split(),
)

_KEY = re.compile(
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"  # a UUID
    r"|(?<![0-9A-Za-z])_?(?=[0-9a-f]*\d)[0-9a-f]{16,}(?![0-9A-Za-z])"  # a hash, a certificate
    r"|\b\d{12,}\b"
    r"|\b(?:[0-9A-Z]{5}-){3,}[0-9A-Z]{5}\b",  # the key of a document
    re.IGNORECASE,
)
_IDENTITY = re.compile(
    _KEY.pattern + r"|\b(?:19|20)?\d{6}[-+ ]?\d{4}\b(?![-/]\d)"  # a personal number
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"  # an address of a computer
    r"|\b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}\b"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?<!\w)(?:\+46|0)\s?(?:\(0\))?\d(?:[\s-]?\d){6,9}\b",
    re.IGNORECASE,
)
_LABEL_ONLY = re.compile(r"[\w\s,./-]{0,60}[:#]?\s*|\W*")


def is_signing_page(lines: Iterable[str]) -> bool:
    """Whether a page was made by a service for signatures: it has several of their words, and something to identify."""
    text = "\n".join(lines)
    if len(text) > 6000 or not _may_be_of_service(text) or not _SERVICE.search(text) or not _IDENTITY.search(text):
        return False
    return sum(bool(word.search(text)) for word in _WORDS) >= _PAGE_WORDS


def is_log(lines: Iterable[str]) -> bool:
    """Whether a signing page lists what happened to the file and from which computers: nothing that was signed."""
    return any(_LOG.search(line) for line in lines)


def is_mark(line: str) -> bool:
    """Whether a line in the margin of a page is the mark of such a service: its words with the key of the file."""
    return len(line) < 250 and bool(_may_be_of_service(line) and _SERVICE.search(line) and _KEY.search(line))


def _may_be_of_service(text: str) -> bool:
    text = text.lower()
    return any(stem in text for stem in _STEMS)


def without_identity(line: str) -> str:
    """A line of a signing page without what identifies people and files; empty when only its label is left."""
    if not _IDENTITY.search(line):
        return line
    left = _IDENTITY.sub("", line).strip()
    return "" if _LABEL_ONLY.fullmatch(left) and (left.endswith((":", "#")) or not re.search(r"\w{2}", left)) else left
