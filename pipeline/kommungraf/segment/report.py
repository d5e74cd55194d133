"""Reports, plans, strategies, budgets: the tree of areas, focus areas, goals, activities and results.

Levels of mark-up are not to be trusted alone: converters give "Fokusområde 2" another level than "Fokusområde 1".
What a heading is called goes first (``data/sections.toml``), then what stands below it, then its level.
"""

from __future__ import annotations

import re
from collections import Counter

from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.segment.contents import contents
from kommungraf.segment.headings import Heading, announces, headings, leads, without_number
from kommungraf.segment.kinds import type_of_title
from kommungraf.segment.lines import Line
from kommungraf.segment.publisher import names_organisation
from kommungraf.segment.report_roles import (
    WORK,
    Node,
    answering,
    decide,
    lists_activities,
    promote,
    report_what_was_done,
)
from kommungraf.segment.signatures import closing
from kommungraf.segment.tree import Mark, build

_MONEY = {"budget": Role.BUDGET, "accounts": Role.ACCOUNTS}
_REPORTS = frozenset({"verksamhetsberättelse", "årsredovisning"})
# Rules and agreements list duties ("parterna ska"): those are no areas of work with planned activities.
_RULES = frozenset({"reglemente", "överenskommelse"})
# "Mål 1: Fler läser": in a report the text below tells how it went.
_GOAL_FOLLOWED = re.compile(r"(?i)\W*(?:mål|delmål|nämndmål) \d+ ?[:.–-] ?\S")
_INLINE_GOAL = re.compile(r"^(?:Mål|Målsättning|Delmål|Övergripande mål)(?: \d+)?: \S")
_BUDGET_TABLE = re.compile(r"(?i)^\W*\w*budget\b")
_ACCOUNT_TABLE = re.compile(
    r"(?i)^(?:resultaträkning|balansräkning|kassaflödesanalys|flerårsöversikt|driftredovisning|investeringsredovisning)\b"
)


def report(lines: list[Line], title: range) -> list[Part]:
    """The parts of a report, plan, strategy, budget or set of rules."""
    table = contents(lines)
    tail = closing(lines, max(title.stop, len(lines) // 2))
    kind = next((code for at in title if (code := type_of_title(lines[at].key))), "")
    found = headings(lines, table, _front_end(lines, title, tail), tail, kind in _REPORTS)
    marks = _Walk(lines, found, tail, kind).marks()
    if table.rows:
        marks.append(Mark(table.rows.start, Role.CONTENTS, 0, lines[table.rows.start].text.strip()))
        after = table.rows.stop
        if after < tail and not any(mark.at == after for mark in marks):
            marks.append(Mark(after, Role.BODY, 0))
    if tail < len(lines):
        marks.append(Mark(tail, Role.SIGNATURES, 0))
    marks.sort(key=lambda mark: (mark.at, mark.depth))
    return build(lines, marks, Role.FRONT)


def _front_end(lines: list[Line], title: range, tail: int) -> int:
    """Below the title an organisation's name, a logo, is still the front and no heading."""
    at = title.stop
    while at < tail and len(lines[at].text) < 80 and names_organisation(lines[at].text):
        at += 1
    return at


class _Walk:
    """One pass through the headings. What is open (a focus area, results, a budget) says what the next one is."""

    def __init__(self, lines: list[Line], found: list[Heading], tail: int, kind: str) -> None:
        self.lines, self.found, self.tail = lines, found, tail
        self.counts = Counter(heading.named for heading in found)
        self.kind = kind
        # A report without mark-up repeats each planned activity as a heading over what was done: the contents do not
        # list it.
        unmarked = not any(line.kind == "heading" for line in lines)
        listing = any(heading.listed for heading in found)
        self.done = kind in _REPORTS and unmarked and listing and not self.counts["activities"]
        self.stack: list[Node] = []
        self.roots: list[Node] = []
        self.placed: list[tuple[Heading, Role | Node, int]] = []
        self.extra: list[Mark] = []
        self.focus: int | None = None
        self.focus_level = 0
        self.results: int | None = None
        self.results_level = 0
        self.answering = answering(found, lines) if kind in _REPORTS else set[int]()
        self.money: tuple[Role, int] | None = None
        self.announced = False

    def marks(self) -> list[Mark]:
        """The marks of all headings, and of the parts that no heading opens."""
        self._statements(0, self.found[0].at if self.found else self.tail)
        for index, heading in enumerate(self.found):
            end = self.found[index + 1].at if index + 1 < len(self.found) else self.tail
            self._place(heading, end)
            self._inside(heading.at + 1, end)
        for root in self.roots:
            decide(root)
        promote(self.roots)
        if self.kind == "verksamhetsberättelse" and not self.counts.keys() & {*WORK, "focus"}:
            report_what_was_done(self.roots)
            self._lists_of_what_was_done()
        return [self._mark(*one) for one in self.placed] + self.extra

    def _lists_of_what_was_done(self) -> None:
        """A report whose chapters are but lists: each is what was done in the area that the chapter is named for."""
        ends = {one.at: following.at for one, following in zip(self.found, self.found[1:], strict=False)}
        lists = [
            node
            for node in self.roots
            if not node.children and not node.heading.named and node.role is Role.SECTION
            if node.heading.at + 1 < ends.get(node.heading.at, self.tail)
            if self.lines[node.heading.at + 1].kind == "item"
        ]
        for node in lists if len(lists) > 1 else ():
            node.role = Role.AREA
            start, end = node.heading.at + 1, ends.get(node.heading.at, self.tail)
            stop = self._end_of_list(start, end)
            self.extra.append(Mark(start, Role.RESULTS, 1))
            if stop < end:
                self.extra.append(Mark(stop, Role.BODY, 1))

    def _mark(self, heading: Heading, what: Role | Node, depth: int) -> Mark:
        line = self.lines[heading.at]
        role = what.role if isinstance(what, Node) else what
        printed = without_number(line.text)
        begin = len(line.text) - len(printed)
        title = printed.strip().rstrip(":")
        return Mark(heading.at, role, depth, title, Span(line.start + begin, line.end))

    @property
    def depth(self) -> int:
        """The depth of what comes below the open headings."""
        return self.focus + 1 if self.focus is not None else len(self.stack)

    def _close(self) -> None:
        self.results, self.focus, self.money = None, None, None

    def _place(self, heading: Heading, end: int) -> None:
        table = next((line.text for line in self.lines[heading.at + 1 : end] if line.kind == "table"), "")
        named = heading.named
        if (named in ("area", "plain") and _BUDGET_TABLE.search(table)) or (
            table and not named and self.kind == "budget"
        ):
            named = "budget"
        if heading.at in self.answering:
            named = "results"
        elif self.kind not in _REPORTS and lists_activities(heading, self.lines, end):
            named = "activities"
        if named == "group":
            self._open_group(heading)
        elif named == "focus":
            self._open_focus(heading)
        elif named in WORK and not (self.money and 0 < self.money[1] < heading.level):
            self._open_work(heading, named)
        elif named in _MONEY:
            self._open_money(heading, _MONEY[named])
        elif named != "contents":
            self._open_other(heading)

    def _open_group(self, heading: Heading) -> None:
        self._close()
        while len(self.stack) > 1 and self.stack[-1].heading.level > heading.level:
            self.stack.pop()
        if self.stack:
            self.stack[-1].holds.add("group")
            self.stack[-1].grouped = len(self.stack[-1].children)

    def _open_focus(self, heading: Heading) -> None:
        self._close()
        if self.stack and "focus" not in self.stack[-1].holds and 0 < heading.level <= self.stack[-1].heading.level:
            self.stack.clear()  # a chapter of the same level that came before is not its area
        if self.stack:
            self.stack[-1].holds.add("focus")
        self.placed.append((heading, Role.FOCUS, len(self.stack)))
        self.focus = len(self.stack)
        self.focus_level = heading.level

    def _open_work(self, heading: Heading, named: str) -> None:
        if named == "goals" and self.kind in _REPORTS and _GOAL_FOLLOWED.match(self.lines[heading.at].text):
            if self.stack and self.focus is None and self.results is None:
                self.stack[-1].holds.add("results")
            depth = self.depth if self.results is None else self.results + 1
            self.placed.append((heading, Role.RESULTS, depth))
            return
        self.results, self.money = None, None
        owner = self.stack[-1] if self.stack and self.focus is None else None
        single = owner is not None and (owner.heading.named == "plain" or self.counts[named] < 2)
        if owner and single and heading.level <= owner.heading.level:
            self.stack.clear()
        elif owner:
            owner.holds.add(named)
        self.placed.append((heading, WORK[named], self.depth))
        if named == "results":
            self.results = self.depth
            self.results_level = heading.level if heading.at in self.answering else 0

    def _open_money(self, heading: Heading, role: Role) -> None:
        inside = self.money is not None and self.money[0] is role and heading.level > self.money[1] > 0
        self.placed.append((heading, role, 1 if inside else 0))
        self.results, self.focus = None, None
        self.stack.clear()
        if not inside:
            self.money = (role, heading.level)

    def _open_other(self, heading: Heading) -> None:
        if self.money and heading.level > self.money[1] > 0 and not heading.listed:
            self.placed.append((heading, self.money[0], 1))
        elif heading.activity and self.results is None:
            if self.stack and self.focus is None:
                self.stack[-1].holds.add("results")
            self.placed.append((heading, Role.RESULTS, self.depth))
        elif self.results is not None and not self._leaves_results(heading):
            self.placed.append((heading, Role.RESULTS, self.results + 1))
        elif (
            self.done
            and not heading.listed
            and not heading.named
            and self.stack
            and self.stack[-1].heading.named != "plain"
        ):
            self.stack[-1].holds.add("results")
            self.placed.append((heading, Role.RESULTS, len(self.stack)))
        elif (
            self.focus is not None
            and not heading.listed
            and not self._leaves_focus(heading)
            and (not self.stack or heading.level > self.stack[-1].heading.level)
        ):
            self.placed.append((heading, Role.SECTION, self.focus + 1))
        else:
            self._open_node(heading)

    def _leaves_focus(self, heading: Heading) -> bool:
        """A chapter of the ordinary kind ("Målbild", "Uppföljning") on the focus area's own level."""
        return heading.named == "plain" and 0 < heading.level <= self.focus_level

    def _leaves_results(self, heading: Heading) -> bool:
        """Below "Resultat" each heading is an activity again, until one that the contents list or that opens a page."""
        line = self.lines[heading.at]
        if 0 < heading.level <= self.results_level:
            return True
        return heading.listed or heading.named == "area" or (line.after_break and heading.level <= 2 and not line.bold)

    def _open_node(self, heading: Heading) -> None:
        self._close()
        while self.stack and self.stack[-1].heading.level >= heading.level:
            self.stack.pop()
        node = Node(heading)
        (self.stack[-1].children if self.stack else self.roots).append(node)
        self.placed.append((heading, node, len(self.stack)))
        self.stack.append(node)

    def _inside(self, start: int, end: int) -> None:
        """Parts that no heading opens: the list after "… genom att", and a statement that is its own heading."""
        at = self._announced_list(start, end)
        while self.kind not in _RULES and at + 1 < end and not self.money and self.results is None:
            if not leads(self.lines[at], self.lines[at + 1]):
                at += 1
                continue
            if self.stack and self.focus is None:
                self.stack[-1].holds.add("activities")
            self.extra.append(Mark(at, Role.ACTIVITIES, self.depth))
            at = self._end_of_list(at + 1, end)
            if at < end and not (at + 1 < end and leads(self.lines[at], self.lines[at + 1])):
                self.extra.append(Mark(at, Role.BODY, self.depth))
        self._statements(start, end)
        for at in range(start, end):
            if _INLINE_GOAL.match(self.lines[at].text) and self.lines[at].kind == "paragraph":
                self.extra.append(Mark(at, Role.GOALS, self.depth, "Mål", stop=at + 1))

    def _announced_list(self, start: int, end: int) -> int:
        """The list right below a heading, where the sentence before the heading said that what is planned follows."""
        open_to_plans = self.kind not in _RULES and not self.money and self.results is None
        stop = start
        if self.announced and open_to_plans and start < end and self.lines[start].kind == "item":
            if self.stack and self.focus is None:
                self.stack[-1].holds.add("activities")
            self.extra.append(Mark(start, Role.ACTIVITIES, self.depth))
            stop = self._end_of_list(start, end)
            if stop < end and not (stop + 1 < end and leads(self.lines[stop], self.lines[stop + 1])):
                self.extra.append(Mark(stop, Role.BODY, self.depth))
        last = self.lines[end - 1] if end > start else None
        goes_on = self.announced and start < stop == end
        self.announced = open_to_plans and (
            goes_on or (last is not None and announces(last) and last.text.endswith(":"))
        )
        return stop

    def _end_of_list(self, at: int, end: int) -> int:
        while at < end and (self.lines[at].kind == "item" or self.lines[at].text[:1].islower()):
            at += 1
        return at

    def _statements(self, start: int, end: int) -> None:
        for at in range(start, end):
            line = self.lines[at]
            if line.kind == "table" and line.first and _ACCOUNT_TABLE.match(line.text):
                self.extra.append(Mark(at, Role.ACCOUNTS, 0, line.text.split("\t")[0].strip(), line.span))
