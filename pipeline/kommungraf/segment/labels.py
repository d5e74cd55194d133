"""Labels and sub-headings: which role the text after a line has. The words are in ``data/labels.toml``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.segment.lines import LONGEST_LABEL, Line, label_key
from kommungraf.wordlists import toml

# The name of a body as labels print it ("arbetsutskottets", "barn- och utbildningsnämndens", "tekniska nämnden",
# "KS"). A closed set of endings, because any other word in front of "beslut" ("tidigare beslut") is no body.
ORGAN = (
    r"(?:(?:(?:[\w:-]*[as]|[\w-]+-|och|för|samt|\d:[ae]) ){0,4}[\w-]*"
    r"(?:fullmäktige|styrelsen?|nämnd(?:en)?|utskott(?:et)?|möte(?:t)?|stämman?|beredning(?:en)?|råd(?:et)?|direktion(?:en)?|"
    r"presidiet|ordföranden?|förvaltning(?:en)?|kontor(?:et)?|chefen|direktören|kommunen|förbundet|revisionen|kommittén?|"
    r"delegation(?:en)?|bolaget|utredning(?:en)?|stiftelsen|sektorn|avdelning(?:en)?)s?"
    r"|(?:ks|kf|au|ksau|bun|sn|mbn|tn|kfs|ksplu)s?)"
)
# The bodies that decide, for sentences ("Nämnden godkänner …"): offices and departments decide in other documents.
DECIDER = (
    r"(?:(?:(?:[\w:-]*[as]|[\w-]+-|och|för|samt) ){0,4}[\w-]*"
    r"(?:fullmäktige|styrelsen|nämnden|utskottet|mötet|stämman|beredningen|rådet|direktionen|presidiet|kommittén|delegationen)"
    r"|(?:ks|kf|au|ksau|bun|sn|mbn|tn))"
)
_BRACKETS = re.compile(r"\s*\([^)]*\)$")
_INLINE = re.compile(r"[:\t]")


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line: the role of what it opens, its words as printed, and whether text follows on the line."""

    role: Role
    span: Span
    text: str
    inline: bool


class Labels:
    """The labels of one kind of place: the head of minutes, an agenda item, a letter. An earlier table goes first."""

    def __init__(self, *tables: str) -> None:
        data = toml("segment", "labels.toml")
        self._words: dict[str, Role] = {}
        patterns: list[tuple[Role, str]] = []
        for table in tables:
            for role, entry in data[table].items():
                for word in entry["words"]:
                    self._words.setdefault(label_key(word), Role(role))
                patterns += [(Role(role), one.replace("ORGAN", ORGAN)) for one in entry.get("patterns", ())]
        self._patterns = [(role, re.compile(pattern)) for role, pattern in patterns]
        self._longest = max(word.count(" ") for word in self._words) + 1
        self._known: Callable[[str], Role | None] = lru_cache(20_000)(self._find_role)

    def role(self, key: str) -> Role | None:
        """The role that a folded label has, or ``None`` when it is no label. "Ersättare (7)" is "Ersättare"."""
        return self._known(key)

    def _find_role(self, key: str) -> Role | None:
        role = self._words.get(key) or self._words.get(_BRACKETS.sub("", key))
        return role or next((one for one, pattern in self._patterns if pattern.fullmatch(key)), None)

    def names(self, key: str) -> bool:
        """Whether a folded line is one of the listed labels, word for word."""
        return key in self._words

    def find(self, line: Line, prefix: bool = False) -> Label | None:
        """The label that a line is, or begins with before a colon or a tab; with ``prefix`` also before mere text.

        Only the heads of minutes print label and value side by side without a sign between them.
        """
        text = line.text
        whole = len(text) <= LONGEST_LABEL and "\t" not in text.strip() and not text.rstrip().endswith((".", "?", "!"))
        if whole and (role := self.role(line.key)):
            return Label(role, line.span, text.strip().rstrip(": *"), False)
        if line.lead and (role := self.role(label_key(text[: line.lead]))):
            return Label(role, Span(line.start, line.start + line.lead), text[: line.lead].strip(" :"), True)
        if (
            (sign := _INLINE.search(text, 0, LONGEST_LABEL))
            and sign.start()
            and (role := self.role(label_key(text[: sign.start()])))
        ):
            return Label(
                role,
                Span(line.start, line.start + sign.start()),
                text[: sign.start()].strip(),
                bool(text[sign.end() :].strip()),
            )
        return self._prefix(line) if prefix else None

    def _prefix(self, line: Line) -> Label | None:
        if len(line.text) > 60 and line.text.rstrip().endswith("."):
            return None  # "Ordföranden Anna Ek hälsar alla välkomna." is a sentence
        words = list(re.finditer(r"\S+", line.text[:LONGEST_LABEL]))[: self._longest + 1]
        for count in range(len(words) - 1, 0, -1):
            end = words[count - 1].end()
            role = self._words.get(label_key(line.text[:end]))
            following = line.text[words[count].start()]
            if role and line.text[0].isupper() and (following.isupper() or following.isdigit() or following in "§*."):
                return Label(role, Span(line.start, line.start + end), line.text[:end], True)
        return None


@cache
def labels(*tables: str) -> Labels:
    """The labels of the named tables, read once."""
    return Labels(*tables)
