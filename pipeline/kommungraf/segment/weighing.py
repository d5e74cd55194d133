"""The reasons for and against a cut: what stands before a beginning, and what the open document says about it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from kommungraf.model.parts import Role
from kommungraf.segment.contents import listed_titles
from kommungraf.segment.kinds import kinds, type_of_line
from kommungraf.segment.labels import labels
from kommungraf.segment.letterhead import ends_document, is_organisation, page_number
from kommungraf.segment.lines import Line, label_key

SIGNED = re.compile(r"(?i)identifikation|signera|returnera|transaktion|e-legitimation|undertecknat|bankid")
ITEM = re.compile(r"(?:[\wåäö]{1,8} )?§§? ?\d")
_FIRST = re.compile(r"(?:§ ?1|1 ?§)(?!\d)")
_CLOSING = frozenset({Role.RECIPIENTS, Role.HANDLER, Role.SIGNATURES})
# Short documents to which others are attached: after their end, a heading at the top of a page is another document.
_ATTACHES = frozenset(
    {
        "tjänsteskrivelse",
        "motion",
        "interpellation",
        "medborgarförslag",
        "revisionsberättelse",
        "underskriftssida",
        "föredragningslista",
    }
)
_MET = frozenset({"beslutande", "beslutande ledamöter", "närvarande", "närvarande ledamöter", "ledamöter"})
_LONG = frozenset({"verksamhetsplan", "verksamhetsberättelse", "budget", "strategi", "årsredovisning"})
_PREFACE = 60  # lines
_LOOK = 14
# What an auditor or a member hands in begins with whom it is for.
_ADDRESSED = frozenset({"revisionsberättelse", "motion", "interpellation", "medborgarförslag"})
# A member's paper ends with who hands it in: "Anna Ek (S)", in a line of its own.
_OF_MEMBERS = frozenset({"motion", "interpellation", "medborgarförslag"})
_MEMBER = re.compile(r"[A-ZÅÄÖ][\wé-]+(?: [A-ZÅÄÖ][\wé-]+){1,3} \([A-ZÅÄÖ]{1,4}\)(?:, .{3,40})?")
_PAPER = 60  # lines
_ADDRESSEE = re.compile(r"Till [\wåäö]+(?:fullmäktige|stämman?|mötet|styrelsen|nämnden)\b")


@dataclass(slots=True)
class Opening:
    """Where a document begins: index of its first line, its type, the lines of its title, and why."""

    at: int
    type: str
    title: range
    head_end: int
    score: float
    reasons: list[str] = field(default_factory=list)


_OF_MEETINGS = frozenset({"kallelse", "föredragningslista"})  # they have no chapters


class Weighing:
    """Weighs openings of one file. ``keys`` are the folded lines."""

    def __init__(self, lines: list[Line], keys: list[str]) -> None:
        self.lines, self.keys = lines, keys
        self.labels = labels("letter", "item", "header")
        self._contents: dict[int, set[str]] = {}
        self._items = [index for index, key in enumerate(keys) if key and ITEM.match(key)]

    def attachment(self, at: int, current: Opening) -> Opening | None:
        """A document of no known type: a heading at the top of a page after the end of a short document."""
        line = self.lines[at]
        if current.type not in _ATTACHES or line.kind != "heading" or not line.after_break or not self.closed(at):
            return None
        if (
            self.labels.role(self.keys[at])
            or ITEM.match(self.keys[at])
            or (line.level > 2 and current.type != "underskriftssida")
        ):
            return None
        return Opening(
            at,
            "övrigt",
            range(at, at + 1),
            at + 1,
            1.0,
            [f"after the end of one document “{line.text[:60]}” heads a page"],
        )

    def weigh(self, opening: Opening, current: Opening) -> None:
        """Add what stands around an opening to its score, each reason with its sentence."""
        for points, holds, reason in self._reasons_for(opening, current) + self._reasons_against(opening, current):
            if holds:
                opening.score += points
                opening.reasons.append(reason)

    def _reasons_for(self, opening: Opening, current: Opening) -> list[tuple[float, bool, str]]:
        text = "\n".join(line.text for line in self.lines[opening.title.start : opening.title.stop + _LOOK]).lower()
        head = self.lines[opening.at : opening.title.stop + 3]
        addressed = opening.type in _ADDRESSED and any(_ADDRESSEE.match(line.text) for line in head)
        return [
            (1.5, addressed, "it is addressed to somebody"),
            (2.5, self._is_signed_by_member(opening), "a member has signed it"),
            (1.5, self.lines[opening.at].after_break, "a page ended before it"),
            (1.5, self._has_ended(current, opening.at), "the document before it had ended"),
            (1.5, bool(kinds()[opening.type].support.search(text)), "its first lines are those of its type"),
        ]

    def _is_signed_by_member(self, opening: Opening) -> bool:
        """Whether a heading of the first levels opens a paper that a member signs as its last line."""
        line = self.lines[opening.at]
        if opening.type not in _OF_MEMBERS or line.kind != "heading" or line.level > 2:
            return False
        last = ""
        for below in self.lines[opening.title.stop : opening.title.stop + _PAPER]:
            if below.kind == "heading" and below.level <= line.level:
                break
            last = below.text.strip() or last
        return bool(_MEMBER.fullmatch(last))

    def _reasons_against(self, opening: Opening, current: Opening) -> list[tuple[float, bool, str]]:
        at, keys = opening.at, self.keys
        title = keys[opening.title.start]
        bare = title in type_of_line()
        repeats = current.type == opening.type and title == keys[current.title.start] and not bare
        listing = opening.type == "föredragningslista" and self._lists_items_of(opening, current)
        chapter = opening.type in kinds()[current.type].sections and not self._has_ended(current, at)
        stop = opening.title.stop
        around = [at - 1, at - 2, at - 3] + ([stop] if opening.type != "protokoll" else [])
        item = any(ITEM.match(keys[index]) for index in around if 0 <= index < len(keys))
        item = item and not (
            opening.type == "reglemente" and stop < len(keys) and _FIRST.match(keys[stop])
        )  # rules begin with their § 1
        signing = current.type == "underskriftssida" and any(
            SIGNED.search(line.text) for line in self.lines[at + 1 : at + 9]
        )
        return [
            (-9, signing, "a list of signatures names it and goes on"),
            (-4, title in self._listed(current, at), "the table of contents names it as a chapter"),
            (-5, repeats, "it repeats the title"),
            (-2.5, chapter, "such documents have such a chapter"),
            (-7, listing, "a notice and minutes have their own list"),
            (-5, item, "it is an agenda item's title"),
            (-4, not self.lines[at].headed and self._in_list(at), "it stands in a list of papers"),
            (
                -6,
                any((page_number(key) or 1) > 1 for key in keys[at : opening.title.stop]),
                "the page number says that it goes on",
            ),
            (-9, opening.type == current.type == "underskriftssida", "the same signatures go on"),
            (-9, self._same_meeting(opening, current), "the same meeting's head or minutes go on"),
        ]

    def _lists_items_of(self, opening: Opening, current: Opening) -> bool:
        """A notice and minutes have their own list: before their first item, or under the bare word for it.

        The running head of the page may stand above ("Kommunstyrelsen", "Ärendelista").
        """
        if current.type not in ("kallelse", "protokoll", "föredragningslista"):
            return False
        typed = next((at for at in opening.title if self.keys[at] in type_of_line()), None)
        if typed is None or self._named_below(typed):
            return False
        before_items = bisect_left(self._items, current.at) == bisect_left(self._items, opening.at)
        return typed == opening.title.start or (current.type == "protokoll" and before_items)

    def _named_below(self, typed: int) -> bool:
        """Below "Föredragningslista" the meeting is named: an agenda of its own."""
        at = typed + 1
        return (
            at < len(self.lines)
            and is_organisation(self.lines[at].text.strip())
            and not self.labels.role(self.keys[at])
        )

    def _has_ended(self, current: Opening, at: int) -> bool:
        """Whether the open document ends here. A report's preface is signed, minutes name people everywhere: the first
        pages of the one are no end, and the other ends with more than one signature."""
        if current.type in _LONG and at - current.at < _PREFACE:
            return False
        if current.type == "protokoll":
            ends = sum(ends_document(line) for line in self.lines[max(0, at - 8) : at])
            extract = any("utdrag" in self.keys[index] for index in current.title)
            return ends >= (1 if extract and self.lines[at].kind == "heading" and self.lines[at].after_break else 2)
        return self.closed(at)

    def closed(self, at: int) -> bool:
        """Whether the lines before are those with which documents end: signatures, contact, recipients."""
        before = self.lines[max(0, at - 6) : at]
        if any(ends_document(line) for line in before):
            return True
        for index in range(at - 1, max(-1, at - 30), -1):
            if self.lines[index].kind != "table" and (role := self.labels.role(self.keys[index])):
                return role in _CLOSING
        return False

    def _in_list(self, at: int) -> bool:
        """Whether a line stands under "Beslutsunderlag" or in a table of contents; a signature ends such a list."""
        for index in range(at - 1, max(-1, at - 12), -1):
            if ends_document(self.lines[index]):
                return False
            if role := self.labels.role(self.keys[index]):
                return role in (Role.BASIS, Role.CONTENTS)
            if len(self.lines[index].text) > 200:
                return False
        return False

    def _listed(self, current: Opening, at: int) -> set[str]:
        """The titles in the contents of the document; those after a notice of meeting list all its papers."""
        if current.type in _OF_MEETINGS:
            return set()
        if current.at not in self._contents:
            self._contents[current.at] = listed_titles(self.lines[current.at : at])
        return self._contents[current.at]

    def _same_meeting(self, opening: Opening, current: Opening) -> bool:
        """The head of the meeting after its title, or a running head that the reader did not recognise as one."""
        if opening.type != "protokoll" or current.type not in ("protokoll", "kallelse"):
            return False
        if bisect_left(self._items, current.at) == bisect_left(self._items, opening.at):
            return current.type == "protokoll" or not self.closed(opening.at)
        if any("utdrag" in key for key in self.keys[opening.at : opening.title.stop]):
            place = bisect_left(self._items, opening.at)
            following_items = self._items[place : place + 1]
            near = bool(following_items) and following_items[0] <= opening.at + 20
            return not near or self.keys[self._items[place - 1]] == self.keys[following_items[0]]
        following = self.lines[opening.at : opening.at + 30]
        return current.type == "protokoll" and not _MET & {
            label_key(label.text) for line in following if (label := labels("header").find(line, prefix=True))
        }
