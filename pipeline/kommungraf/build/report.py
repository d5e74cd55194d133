"""What a build tells when it is done: what it did, what it found, and what it could not make out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from kommungraf.build.recognition import NO_OCR

Json = dict[str, Any]

_NOT_COUNTED = frozenset({"Passage", "File", "Extraction", "Document"})


@dataclass(slots=True)
class Summary:
    """``read``, ``unchanged``, ``removed`` count this run's documents; the rest describes the whole graph.

    ``found``: per class, how many mentions or statements; ``entities``: how many entities linking made of them.
    ``quarantined``: the problems that kept a document out of the graph. ``versions``: documents set aside because
    another version of them is in force; they are no part of the other figures. ``recognised_pages`` were read from
    their pictures; ``waiting_pages``, and all of ``waiting_files``, could not be, as no recogniser is installed.
    """

    read: int = 0
    unchanged: int = 0
    removed: int = 0
    passed_over: int = 0
    quarantined: list[Json] = field(default_factory=list)
    issues: int = 0
    documents: dict[str, int] = field(default_factory=dict)
    found: dict[str, int] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=dict)
    files: int = 0
    pages: int = 0
    empty_pages: int = 0
    recognised_pages: int = 0
    waiting_pages: int = 0
    waiting_files: int = 0
    characters: int = 0
    words: int = 0
    versions: int = 0
    untyped: int = 0
    decisions_without_outcome: int = 0
    started: float = 0.0
    seconds: float = 0.0

    def sum_up(
        self, contents: Iterable[Json], superseded: Iterable[Json], issues: list[Json], entities: dict[str, int]
    ) -> None:
        """Add up the statistics of all contents, less what was found in documents that are not in force."""
        kinds: Counter[str] = Counter()
        types: Counter[str] = Counter()
        for content in contents:
            if content["quarantined"]:
                continue
            told = content["statistics"]
            kinds.update(told["kinds"])
            types.update(told["types"])
            self.files += 1
            self.pages += told["pages"]
            self.empty_pages += told["emptyPages"]
            self.recognised_pages += told.get("recognisedPages", 0)
            self.waiting_pages += told.get("waitingPages", 0)
            self.characters += told["characters"]
            self.words += told["words"]
            self.decisions_without_outcome += told["decisionsWithoutOutcome"]
        for told in superseded:
            kinds.subtract(told["kinds"])
            types.subtract(told["types"])
            self.decisions_without_outcome -= told["decisionsWithoutOutcome"]
            self.versions += 1
        self.documents = {kind: count for kind, count in sorted(types.items()) if count}
        self.untyped = types["övrigt"]
        self.found = {kind: count for kind, count in sorted(kinds.items()) if count and kind not in _NOT_COUNTED}
        self.entities = entities
        self.issues = len(issues)
        self.waiting_files = sum(issue["kind"] == NO_OCR and bool(issue["quarantined"]) for issue in issues)
        self.quarantined = sorted((i for i in issues if i["quarantined"]), key=lambda issue: str(issue["file"]))

    def as_dict(self) -> Json:
        """The summary as JSON, for ``run.json``."""
        return asdict(self)
