"""Where the documents of a file begin. A file may be a bundle: minutes, letters, motions, reports, signature pages.

Each place that looks like a beginning (:meth:`_Scan.propose`) is weighed (:mod:`kommungraf.segment.weighing`). The
reasons become the document's ``because``.
"""

from __future__ import annotations

import re

from kommungraf.dates import find_dates
from kommungraf.segment.items import DIARY
from kommungraf.segment.kinds import authority_decides, is_authority, kinds, type_of_line, type_of_title
from kommungraf.segment.labels import labels
from kommungraf.segment.letterhead import BODY, is_letterhead, is_organisation, type_key, without_page
from kommungraf.segment.lines import Line, label_key
from kommungraf.segment.weighing import ITEM, SIGNED, Opening, Weighing

ENOUGH = 3.5
_HEAD = 14  # lines of a letterhead at the most
_LOOK = 14  # lines after the title in which a type is confirmed

_SIGNED_FOR_SURE = re.compile(r"(?i)identifikation|returnera|transaktion|e-legitimation|bankid")
_SIGNED_BELOW = re.compile(
    r"(?i)\b(?:signerat|undertecknat)\b.{0,30}(?:elektroniskt|digitalt)|"
    r"(?:elektroniskt|digitalt) (?:signerat|undertecknat)\b.{0,20}:$"
)
_REFERRED = re.compile(r"(?i)får ställas|remitteras|överlämnas till .{3,60} (?:för|att) bered")
_PREPARED = frozenset(
    {"beslutsunderlag", "sammanfattning av ärendet", "sammanfattning", "ärendebeskrivning", "ärendet"}
)
_HEADS_OF_MINUTES = frozenset({"organ", "plats och tid", "tid och plats", "beslutande", "närvarande"})
_WHO_MET = frozenset(
    {"beslutande", "beslutande ledamöter", "närvarande", "närvarande ledamöter", "ledamöter", "utses att justera"}
)
# "Motion till kommunfullmäktige i X" says to whom, not about what.
_ADDRESSED = re.compile(
    r"(?:motion|interpellation|medborgarförslag|fråga) (?:till|ställd till)(?! att)"
    r"(?:(?! om | angående | gällande | rörande | med anledning).){0,80}"
)
_NAMED_BY_SUBJECT = frozenset({"motion", "interpellation", "medborgarförslag", "tjänsteskrivelse", "övrigt"})
_NAMED_BY_TYPE = frozenset({"årsredovisning", "revisionsberättelse", "kallelse"})


def openings(lines: list[Line]) -> list[Opening]:
    """The beginnings of all documents of a file, the first at line 0."""
    if not lines:
        return []
    scan = _Scan(lines)
    found = [scan.first()]
    at = found[0].head_end
    while at < len(lines):
        opening = scan.at(at, found[-1]) if lines[at].first else None
        if opening:
            found.append(opening)
        at = max(opening.head_end, at + 1) if opening else at + 1
    return found


class _Scan:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.keys = [line.key for line in lines]
        self.labels = labels("letter", "item", "header")
        self.weighing = Weighing(lines, self.keys)

    def first(self) -> Opening:
        """The file's own beginning: no doubt where, only what."""
        opening = self.propose(0, first=True)
        if opening is None:
            items = sum(bool(key and ITEM.match(key)) for key in self.keys)
            title = range(*self._title(0))
            opening = Opening(
                0, "protokoll" if items >= 2 else "övrigt", title, max(1, title.stop), 0.0, ["the file begins"]
            )
            if items >= 2:
                opening.reasons.append("it has items with §")
        return opening

    def at(self, at: int, current: Opening) -> Opening | None:
        """The opening at a line, if the reasons for it are good enough."""
        opening = self.propose(at) or self.weighing.attachment(at, current)
        if opening is None:
            return None
        self.weighing.weigh(opening, current)
        return opening if opening.score >= ENOUGH else None

    def propose(self, at: int, first: bool = False) -> Opening | None:
        """What the lines from here look like the beginning of, with the reasons that lie in themselves."""
        typed: int | None = None
        named = 0
        end = at
        for index in range(at, min(at + _HEAD, len(self.lines))):
            line, key = self.lines[index], self.keys[index]
            if index > at and line.after_break and not first and typed is None:
                return None
            if kind := self._by_form(index):
                if typed is not None and kind == "protokoll":
                    break
                return self._titled(at, kind, index, named, 4.0, f"it has the usual form of {kind}")
            if typed is None and named > 1 and self._asks_to_decide(index) and self.lines[at].after_break:
                reason = f"below a letterhead “{line.text[:60]}” comes with a proposal to decide"
                return self._titled(at, "tjänsteskrivelse", index, named, 3.0, reason)
            code = type_of_line().get(type_key(line)) if line.kind != "item" else None
            if typed is None and code and code != "underskriftssida":
                typed, end = index, index + 1
                continue
            if typed is None and self._is_titled(index, at, first) and (code := type_of_title(key)):
                return self._titled(
                    at, code, index, named, _weight(line), f"the title “{line.text[:60]}” names the type"
                )
            contact = "@" in line.text and index > at and (first or self.lines[at].after_break)
            decides = without_page(key) == "beslut" and any(is_authority(one.text) for one in self.lines[at:index])
            number = len(line.text) < 40 and DIARY.match(line.text.strip())
            if not (contact or decides or number or is_letterhead(line, key)) or (
                line.kind == "heading" and typed is not None
            ):
                break
            named, end = named + 1, index + 1
        return None if typed is None else self._typed(at, typed, end, named)

    def _typed(self, at: int, typed: int, end: int, named: int) -> Opening:
        """An opening whose letterhead names the type on a line of its own ("Tjänsteskrivelse", "Kallelse till")."""
        line, key = self.lines[typed], self.keys[typed]
        code = type_of_line()[type_key(line)]
        if code == "protokoll":
            title = self._body_beside(typed)
        else:
            title = self._title(typed + 1 if line.kind == "heading" else end)
            joined = (
                title[0] == typed + 1 and not self.labels.role(self.keys[title[0]])
                if title[0] < len(self.keys)
                else False
            )
            if key.endswith(" till") or (code in _NAMED_BY_TYPE and joined):
                title = (typed, title[1])
            elif code not in _NAMED_BY_SUBJECT or (code == "övrigt" and not self._headed(title)):
                title = self._body_beside(typed)
        score = 3.0 if not line.headed or code == "tjänsteskrivelse" else max(1.5, _weight(line))
        reasons = [f"the line “{line.text[:60]}” names the type"]
        opening = Opening(at, self._by_content(code, title[0]), range(*title), max(title[1], typed + 1), score, reasons)
        self._add_letterhead(opening, at, end, named)
        return opening

    def _titled(self, at: int, code: str, title_at: int, named: int, score: float, reason: str) -> Opening:
        """An opening whose title names the type, or that shows it by its form."""
        title = (title_at, self._block_end(title_at))
        if code == "protokoll" and (letterhead := self._named_above(at, title_at)):
            title = letterhead
        key = self.keys[title_at]
        if (key in type_of_line() or key.endswith(" till") or _ADDRESSED.fullmatch(key)) and code != "underskriftssida":
            following = self._title(title_at + 1)
            near = _ADDRESSED.fullmatch(key) and following[0] <= title_at + 4
            if (near or following[0] == title_at + 1) and not self.labels.role(self.keys[title_at + 1]):
                title = following if code in _NAMED_BY_SUBJECT else (title_at, following[1])
        opening = Opening(at, self._by_content(code, title[1]), range(*title), title[1], score, [reason])
        self._add_letterhead(opening, at, title_at, named)
        if title_at > at and named == 0:
            opening.score = 0
        return opening

    def _headed(self, title: tuple[int, int]) -> bool:
        return title[0] < len(self.lines) and self.lines[title[0]].headed

    def _named_above(self, at: int, label_at: int) -> tuple[int, int] | None:
        """Minutes that show by "Plats och tid" what they are: their title is the letterhead's line with the body."""
        label = labels("header").find(self.lines[label_at], prefix=True)
        if label is None or label_key(label.text) == "organ":
            return None
        named = (index for index in range(at, label_at) if BODY.search(self.lines[index].text))
        return next(((index, index + 1) for index in named), None)

    def _add_letterhead(self, opening: Opening, at: int, end: int, named: int) -> None:
        head = self.lines[at:end]
        if any(len(line.text) < 60 and any(found.value for found in find_dates(line.text)) for line in head):
            opening.score += 1
            opening.reasons.append("a date stands in the letterhead")
        if named:
            opening.score += 0.5
            opening.reasons.append("a letterhead stands there")

    def _by_form(self, at: int) -> str | None:
        """Beginnings that show by their form, without a word for the type."""
        line, key = self.lines[at], self.keys[at]
        after = self.lines[at + 1 : at + _LOOK]
        if line.kind != "table" and key:
            kind = kinds()["underskriftssida"]
            if (key in kind.lines and (line.headed or line.alone)) or kind.title.match(key):
                return "underskriftssida" if self._is_signed(line, after) else None
        label = labels("header").find(line, prefix=line.kind == "table")
        if label and label_key(label.text) in _HEADS_OF_MINUTES:
            found = {label_key(other.text) for one in after if (other := labels("header").find(one, prefix=True))}
            if found & _WHO_MET:
                return "protokoll"
        if line.kind == "heading" and line.level <= 2 and not self.labels.role(key):
            return "myndighetsbeslut" if any(authority_decides(one.text) for one in after[:8]) else None
        return None

    def _asks_to_decide(self, at: int) -> bool:
        """A subject with "Förslag till beslut" below it: a letter whose letterhead does not say that it is one."""
        line = self.lines[at]
        if line.kind != "heading" or self.labels.role(self.keys[at]) or ITEM.match(self.keys[at]):
            return False
        return "förslag till beslut" in self.keys[at + 1 : at + 3]

    def _is_signed(self, line: Line, after: list[Line]) -> bool:
        """Below a heading such as "Underskrifter": fields of a signing service, or who signed, on a page of its own."""
        kind = kinds()["underskriftssida"]
        page_end = next((index for index, one in enumerate(after) if one.after_break and one.key in kind.lines), None)
        after = after[:page_end]  # the next page says itself that it is the page of signatures
        fields = sum(bool(SIGNED.search(one.text)) for one in after)
        if fields >= 2 and any(_SIGNED_FOR_SURE.search(one.text) for one in after):
            return True
        return line.after_break and any(_SIGNED_BELOW.search(one.text) for one in after[:3])

    def _is_titled(self, index: int, at: int, first: bool) -> bool:
        line = self.lines[index]
        if not self.keys[index] or line.kind in ("item", "table") or line.text.rstrip().endswith((".", ",", ";")):
            return False
        return line.headed or first or line.after_break or self.lines[at].after_break

    def _title(self, at: int) -> tuple[int, int]:
        """The lines of the title at or soon after a line: the first heading; else the line before the first label; else
        the first line that is no letterhead."""
        limit = min(at + _HEAD, len(self.lines))
        for index in range(at, limit):
            line, key = self.lines[index], self.keys[index]
            if line.headed and key and not self.labels.role(key) and not ITEM.match(key):
                return index, index + 1
            if self.labels.role(key) and not is_letterhead(line, key):
                before = index - 1
                if before >= at and self.keys[before] and self.lines[before].alone:
                    return before, index
                break
            if not key:
                break
        for index in range(at, limit):
            if (
                self.keys[index]
                and self.lines[index].kind == "paragraph"
                and not is_letterhead(self.lines[index], self.keys[index])
            ):
                return index, index + 1
        return max(0, min(at, len(self.lines)) - 1), min(at, len(self.lines))

    def _body_beside(self, typed: int) -> tuple[int, int]:
        """The type's line with the body printed next to it: "Sammanträdesprotokoll" and "Kommunstyrelsen"."""
        for other in (typed + 1, typed - 1):
            line = self.lines[other] if 0 <= other < len(self.lines) else None
            if line is None or len(line.text) >= 80 or labels("header").find(line):
                continue
            if BODY.search(line.text) and is_organisation(line.text.strip()):
                return min(other, typed), max(other, typed) + 1
        return typed, typed + 1

    def _block_end(self, at: int) -> int:
        """A title that runs over several lines of one block."""
        line = self.lines[at]
        stop = at + 1
        while (
            stop < min(at + 4, len(self.lines))
            and self.lines[stop].block == line.block
            and len(self.lines[stop].text) < 80
            and line.kind != "table"
        ):
            stop += 1
        return stop

    def _by_content(self, code: str, after: int) -> str:
        """A motion's title also heads the letter that refers or answers it: its text tells which it is."""
        if code not in ("motion", "interpellation", "medborgarförslag"):
            return code
        end = next(
            (at for at in range(after, min(after + _LOOK, len(self.lines))) if self.lines[at].after_break),
            after + _LOOK,
        )
        text = self.lines[after:end]
        keys = set(self.keys[after:end])
        if "beslut" in keys and any(_REFERRED.search(line.text) for line in text):
            return "tjänsteskrivelse"
        if "förslag till beslut" in keys and _PREPARED & keys:
            return "tjänsteskrivelse"
        return code


def _weight(line: Line) -> float:
    """How much a title's print says: the higher the heading, the more."""
    return {1: 2.0, 2: 1.5}.get(line.level, 1.0) if line.kind == "heading" else 1.0
