"""Where the documents of a file begin. A file may be a bundle: minutes, notice, letters, motions, reports, signature pages.

Each place that looks like a beginning is weighed: what is printed there (letterhead, type, title), what stands before
it (the end of a page, signatures) and what speaks against it (the open document's table of contents names it, it is an
agenda item's title, a chapter that such documents have). The reasons become the document's ``because``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kommungraf.dates import find_dates
from kommungraf.model.parts import Role
from kommungraf.segment.kinds import authority_decides, kinds, type_of_line, type_of_title
from kommungraf.segment.labels import labels
from kommungraf.segment.lines import Line, label_key

ENOUGH = 3.5
_HEAD = 14  # lines of a letterhead at the most
_LOOK = 14  # lines after the title in which a type is confirmed

_FIELD = re.compile(
    r"(?i)(?:datum|dnr|diarie\w*|ärende(?:nr|nummer|-?id|beteckning)?|(?:vår|er|ert|vårt) (?:beteckning|referens|datum|ref)|handläggare|dokument\w*|"
    r"sida|sid|referens|sammanträdesdatum|version|status|utskriftsdatum|beteckning|fastställd|antagen|reviderad|till|från|parti|mottagare|adressat|inkom\w*)\b"
)
_ORGANISATION = re.compile(
    r"(?i)\w*(?:kommun|kommuns|kommunförbund|förbund|förbundet|region|län|nämnd|nämnden|styrelse|styrelsen|förvaltning|förvaltningen|kontor|kontoret|enhet|enheten|"
    r"avdelning|avdelningen|fullmäktige|stämma|stämman|möte|mötet|kansli|kansliet|stad|råd|rådet|utskott|utskottet|sektor|bolag|\bab|revisionen|revisorer|direktionen|presidiet)\b"
)
_PAGE = re.compile(
    r"(?i)^(?:sid(?:a|an)?\.? ?)?(\d{1,3}) ?(?:\((\d{1,3})\)|av \d{1,3}|/ ?\d{1,3})$|\b(?:sida|sid\.?) (\d{1,3})\b|\b(\d{1,3}) ?\(\d{1,3}\)\s*$"
)
_ITEM = re.compile(r"(?:\w{1,8} )?§§? ?\d")
_PERSON_LINE = re.compile(
    r"\((?:[A-ZÅÄÖ]{1,3}|[A-ZÅÄÖ][\wåäö]{1,12})\)|(?i:\bordförande\b|\bsekreterare\b|\bjusterare\b|\brevisor(?:er)?\b|chef\b|handläggare\b|direktör\b)"
)
_END_MARK = re.compile(
    r"(?i)@|\b0\d{1,3}[- ]\d{2,}|digitalt justera|elektroniskt (?:signera|justera|underteckna)|juridiskt bindande|utdragsbestyrk|leveranskanal|användarvillkor|saknar (?:därför )?namnunderskrift|^enligt uppdrag$|^för kännedom"
)
_SIGNED = re.compile(
    r"(?i)identifikation|signera(?:t|d) med|namn returnerat|transaktion|e-legitimation|undertecknat|signaturer|bankid"
)
_REFERRED = re.compile(r"(?i)får ställas|remitteras|överlämnas till .{3,60} (?:för|att) bered")
_CLOSING = {Role.RECIPIENTS, Role.HANDLER, Role.SIGNATURES}
_NAMED_BY_SUBJECT = {"motion", "interpellation", "medborgarförslag", "tjänsteskrivelse"}
_NAMED_BY_TYPE = {"årsredovisning", "revisionsberättelse", "kallelse"}
_ATTACHES = {
    "tjänsteskrivelse",
    "motion",
    "interpellation",
    "medborgarförslag",
    "revisionsberättelse",
    "underskriftssida",
    "kallelse",
    "föredragningslista",
}


@dataclass(slots=True)
class Opening:
    """Where a document begins: index of its first line, its type, the lines of its title, and why."""

    at: int
    type: str
    title: range
    head_end: int
    score: float
    reasons: list[str] = field(default_factory=list)


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
            at = max(opening.head_end, at + 1)
        else:
            at += 1
    return found


class _Scan:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.keys = [line.key for line in lines]
        self.labels = labels("item", "letter", "header")
        self.items = [index for index, key in enumerate(self.keys) if key and _ITEM.match(key)]

    def first(self) -> Opening:
        """The file's own beginning: no doubt where, only what."""
        opening = self.propose(0, first=True)
        if opening is None:
            opening = Opening(0, self._type_by_content(), range(*self._title(0)), 1, 0.0, ["the file begins"])
            opening.head_end = max(1, opening.title.stop)
        return opening

    def at(self, at: int, current: Opening) -> Opening | None:
        """The opening at a line, if the reasons for it are good enough."""
        opening = self.propose(at)
        if opening is None:
            return None
        self._weigh(opening, current)
        return opening if opening.score >= ENOUGH else None

    def propose(self, at: int, first: bool = False) -> Opening | None:
        """What the lines from here look like the beginning of, with the reasons that lie in themselves."""
        lines, keys = self.lines, self.keys
        typed: tuple[str, int] | None = None
        named = 0
        end = at
        for index in range(at, min(at + _HEAD, len(lines))):
            line = lines[index]
            if index > at and line.after_break and not first and typed is None:
                return None
            kind = self._special(index)
            if kind:
                return self._opening(at, kind, index, named, 4.0, f"{kind} begins with its usual form")
            if (
                typed is None
                and (code := type_of_line().get(keys[index]))
                and code != "underskriftssida"
                and (line.kind != "item")
            ):
                typed = (code, index)
                end = index + 1
                continue
            if typed is None and self._is_titled(index, at, first) and (code := type_of_title(keys[index])):
                score = {1: 2.0, 2: 1.5}.get(line.level, 1.0) if line.kind == "heading" else 1.0
                return self._opening(at, code, index, named, score, f"the title “{line.text[:60]}” names the type")
            if not _is_letterhead(line, keys[index]) and not (
                "@" in line.text and index > at and (first or lines[at].after_break)
            ):
                break
            if index and line.kind == "heading" and typed:
                break
            named += 1
            end = index + 1
        if typed is None:
            return None
        title = self._title(end) if lines[typed[1]].kind != "heading" else self._title(typed[1] + 1)
        if keys[typed[1]].endswith(" till") or (typed[0] in _NAMED_BY_TYPE and title[0] == typed[1] + 1):
            title = (typed[1], title[1])
        code = self._by_content(typed[0], title[0])
        reason = f"the line “{lines[typed[1]].text[:60]}” names the type"
        score = (
            3.0
            if not lines[typed[1]].headed or keys[typed[1]] == "tjänsteskrivelse"
            else {1: 2.0, 2: 1.5}.get(lines[typed[1]].level, 1.5)
        )
        opening = Opening(at, code, range(*title), max(title[1], typed[1] + 1), score, [reason])
        self._add_letterhead(opening, at, end, named)
        return opening

    def _opening(self, at: int, code: str, title_at: int, named: int, score: float, reason: str) -> Opening:
        title = (title_at, self._block_end(title_at))
        key = self.keys[title_at]
        if key in type_of_line() or key.rstrip(" :").endswith(" till"):
            following = self._title(title_at + 1)
            if (
                code != "underskriftssida"
                and following[0] == title_at + 1
                and not self.labels.role(self.keys[title_at + 1])
            ):
                title = following if code in _NAMED_BY_SUBJECT else (title_at, following[1])
        code = self._by_content(code, title[1])
        opening = Opening(at, code, range(*title), title[1], score, [reason])
        self._add_letterhead(opening, at, title_at, named)
        if title_at > at and named == 0:
            opening.score = 0
        return opening

    def _block_end(self, at: int) -> int:
        """A title that runs over several lines of one block."""
        line = self.lines[at]
        stop = at + 1
        while stop < min(at + 4, len(self.lines)) and self.lines[stop].block == line.block and len(self.lines[stop].text) < 80 and line.kind != "table":
            stop += 1
        return stop

    def _add_letterhead(self, opening: Opening, at: int, end: int, named: int) -> None:
        head = self.lines[at:end]
        if any(len(line.text) < 60 and any(found.value for found in find_dates(line.text)) for line in head):
            opening.score += 1
            opening.reasons.append("a date stands in the letterhead")
        if named:
            opening.score += 0.5
            opening.reasons.append("a letterhead stands before it")

    def _special(self, at: int) -> str | None:
        """Beginnings that show by their form, without a word for the type."""
        line, key = self.lines[at], self.keys[at]
        after = self.lines[at + 1 : at + _LOOK]
        if line.kind != "table" and key:
            kind = kinds()["underskriftssida"]
            if (key in kind.lines and line.headed) or kind.title.match(key):
                signed = sum(bool(_SIGNED.search(one.text)) for one in after[:10])
                return "underskriftssida" if signed >= 2 else None
        label = labels("header").find(line, prefix=line.kind == "table")
        if label and label_key(label.text) in ("organ", "plats och tid", "tid och plats", "beslutande", "närvarande"):
            found = {label_key(other.text) for one in after if (other := labels("header").find(one, prefix=True))}
            if found & {
                "beslutande",
                "beslutande ledamöter",
                "närvarande",
                "närvarande ledamöter",
                "ledamöter",
                "utses att justera",
            }:
                return "protokoll"
        if (
            line.kind == "heading"
            and line.level <= 2
            and any(authority_decides().search(one.text) for one in after[:8])
        ):
            return "myndighetsbeslut"
        return None

    def _is_titled(self, index: int, at: int, first: bool) -> bool:
        line = self.lines[index]
        if not self.keys[index] or line.kind in ("item", "table") or line.text.rstrip().endswith((".", ",", ";")):
            return False
        return line.headed or first or line.after_break or self.lines[at].after_break

    def _title(self, at: int) -> tuple[int, int]:
        """The lines of the title at or soon after a line: the first heading, or else the first line that is no letterhead."""
        limit = min(at + _HEAD, len(self.lines))
        for index in range(at, limit):
            line = self.lines[index]
            if line.headed and not self.labels.role(self.keys[index]) and not _ITEM.match(self.keys[index]):
                return index, index + 1
            if self.labels.role(self.keys[index]) or not self.keys[index]:
                break
        for index in range(at, limit):
            line = self.lines[index]
            if not _is_letterhead(line, self.keys[index]) and self.keys[index] and line.kind == "paragraph":
                return index, index + 1
        return at, min(at + 1, len(self.lines))

    def _by_content(self, code: str, after: int) -> str:
        """A motion's title also heads the letter that refers or answers it: its text tells which it is."""
        if code not in ("motion", "interpellation", "medborgarförslag"):
            return code
        text = self.lines[after : after + _LOOK]
        keys = self.keys[after : after + _LOOK]
        if any(_REFERRED.search(line.text) for line in text) and any(key == "beslut" for key in keys):
            return "tjänsteskrivelse"
        if "förslag till beslut" in keys and {
            "beslutsunderlag",
            "sammanfattning av ärendet",
            "sammanfattning",
            "ärendebeskrivning",
        } & set(keys):
            return "tjänsteskrivelse"
        return code

    def _type_by_content(self) -> str:
        if len(self.items) >= 2:
            return "protokoll"
        return "övrigt"

    def _weigh(self, opening: Opening, current: Opening) -> None:
        """Add what stands around an opening: the reasons for a cut here, and those against it."""
        for points, holds, reason in self._arguments(opening, current):
            if holds:
                opening.score += points
                opening.reasons.append(reason)

    def _arguments(self, opening: Opening, current: Opening) -> list[tuple[float, bool, str]]:
        lines, keys = self.lines, self.keys
        at, line = opening.at, lines[opening.at]
        title = keys[opening.title.start] if opening.title.start < len(keys) else ""
        text = "\n".join(one.text for one in lines[opening.title.start : opening.title.stop + _LOOK]).lower()
        head = keys[at : opening.title.stop]
        same_title = current.type == opening.type and title == keys[current.title.start] and title not in type_of_line()
        return [
            (1.5, line.after_break, "a page ended before it"),
            (1.5, self._closed(at), "the document before it had ended"),
            (1.5, bool(kinds()[opening.type].support.search(text)), "its first lines are those of its type"),
            (-4, self._in_contents(title, current, at), "the table of contents names it as a chapter"),
            (-5, same_title, "it repeats the title"),
            (-2.5, opening.type in kinds()[current.type].sections and not self._closed(at), "such documents have such a chapter"),
            (-2.5, opening.type == "föredragningslista" and current.type in ("kallelse", "protokoll") and title in type_of_line(), "a notice has its list"),
            (-5, at > 0 and bool(_ITEM.match(keys[at - 1]) or _ITEM.match(keys[max(0, at - 2)])), "it is an agenda item's title"),
            (-4, not line.headed and self._in_list(at), "it stands in a list of papers"),
            (-6, self._continues(head), "the page number says that it goes on"),
            (-9, opening.type == current.type == "underskriftssida", "the same signatures go on"),
            (-4, opening.type == current.type == "protokoll" and self._same_meeting(opening, current), "the same minutes go on"),
        ]  # fmt: skip

    def _closed(self, at: int) -> bool:
        """Whether the lines before are those with which documents end: signatures, contact, recipients."""
        for index in range(at - 1, max(-1, at - 7), -1):
            line = self.lines[index]
            if _END_MARK.search(line.text) and len(line.text) < 120:
                return True
            if (
                len(line.text) < 80
                and not line.text.endswith(".")
                and line.kind == "paragraph"
                and _PERSON_LINE.search(line.text)
            ):
                return True
        return self._last_label(at) in _CLOSING

    def _last_label(self, at: int) -> Role | None:
        for index in range(at - 1, max(-1, at - 30), -1):
            if self.lines[index].kind != "table" and (role := self.labels.role(self.keys[index])):
                return role
        return None

    def _in_list(self, at: int) -> bool:
        for index in range(at - 1, max(-1, at - 12), -1):
            role = self.labels.role(self.keys[index])
            if role:
                return role in (Role.BASIS, Role.CONTENTS)
            if len(self.lines[index].text) > 200:
                return False
        return False

    def _in_contents(self, title: str, current: Opening, at: int) -> bool:
        start = next(
            (i for i in range(current.at, min(current.at + 40, at)) if self.labels.role(self.keys[i]) is Role.CONTENTS),
            None,
        )
        if start is None:
            return False
        entries = {
            _entry(line.text)
            for line in self.lines[start + 1 : min(start + 120, at)]
            if line.kind in ("table", "item") or "...." in line.text or line.text[-1:].isdigit()
        }
        return title in entries

    def _continues(self, head: list[str]) -> bool:
        for key in head:
            if (match := _PAGE.search(key)) and int(
                next(group for group in (match[1], match[3], match[4]) if group)
            ) > 1:
                return True
        return False

    def _same_meeting(self, opening: Opening, current: Opening) -> bool:
        """A running head that was not recognised as one: no new meeting header follows it."""
        following = self.lines[opening.at : opening.at + 30]
        found = {label_key(label.text) for line in following if (label := labels("header").find(line, prefix=True))}
        return not found & {"beslutande", "beslutande ledamöter", "närvarande", "närvarande ledamöter", "ledamöter"}


def _is_letterhead(line: Line, key: str) -> bool:
    """A short line of a letterhead: an organisation, a date, a field, a page number, an addressee."""
    text = line.text.strip()
    if not key or len(text) > 80 or line.kind == "item" or (text.endswith((".", "!", "?")) and len(text) > 30):
        return False
    if line.kind == "table":
        return bool(_FIELD.match(text)) and not text.lower().startswith("till")
    if _PAGE.search(text) or any(len(found) < 40 for found in [text] if next(find_dates(text), None)):
        return True
    if _FIELD.match(text):
        return True
    return bool(text[:1].isupper() and _ORGANISATION.search(text) and len(text.split()) <= 9 and "(" not in text)


def _entry(text: str) -> str:
    return label_key(re.sub(r"[\s.·…]*\d*\s*$", "", text.replace("\t", " ")))
