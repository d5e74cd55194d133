"""What differs between two graphs: in the world of their documents, in what was concluded, and by other code.

The manifests of the two tell which named graphs differ; only these are looked at. A difference is put down to the
documents when its evidence lies in one that only one side holds, to the code when both sides hold all its documents and
were made by different versions, and else to what follows from the other documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from kommungraf.errors import UsageError
from kommungraf.graph.files import current, read_manifest
from kommungraf.query.difference_words import Told, Words, as_told, class_of, local
from kommungraf.query.store import PREFIXES, ask, open_store

Json = dict[str, Any]
How = Literal["new", "gone", "changed"]

LINKS = "graph/links"
_MADE_BY = ("extractor", "linker", "grapher", "ontology")
_GENERATION = re.compile(r"(.+)@(\d+)$")
_CONTENT = re.compile(r"(?:^|/)(?:passage|document|file|extraction)/([0-9a-f]{16})(?=/|$)")
_NO_FACTS = frozenset(
    {"Passage", "File", "Extraction", "Activity", "TextQuoteSelector", "TextPositionSelector", "Concept"}
)
_SILENT = frozenset({"evidence", "type", "score", "because", "method", "basedOn"})
"""Properties whose change alone says nothing new of a node."""


@dataclass(frozen=True, slots=True)
class Change:
    """A node that only one side has, or of which the two say different things.

    ``details`` are the properties that differ, as ``property: before → after``; ``because`` is the reason of a
    conclusion.
    """

    how: How
    kind: str
    name: str
    year: str = ""
    details: tuple[str, ...] = ()
    because: str = ""
    iri: str = ""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A logical document that only one side has. ``changed`` is the new content of a file that both sides name."""

    how: How
    type: str
    title: str
    year: str
    file: str
    iri: str = ""


@dataclass(slots=True)
class Difference:
    """All that differs. ``world``: facts of documents that only one side has, and the entities that only they name.
    ``conclusions``: what follows otherwise because of them. ``code``: other facts from the same documents.
    ``notes``: what a reader must know to judge it."""

    documents: list[DocumentChange] = field(default_factory=list)
    world: list[Change] = field(default_factory=list)
    conclusions: list[Change] = field(default_factory=list)
    code: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def counts(changes: Iterable[Change]) -> dict[str, Counter[How]]:
    """How many of each class are new, gone and changed."""
    found: dict[str, Counter[How]] = {}
    for change in changes:
        found.setdefault(change.kind, Counter())[change.how] += 1
    return dict(sorted(found.items()))


def difference(old: str | Path, new: str | Path) -> Difference:
    """Compare two graphs. Each is an output folder, a generation of one (``graph_out@3``) or a generation's folder.

    Raises :class:`~kommungraf.errors.UsageError` for a folder without a graph, a generation that is not kept, and two
    graphs of different base IRIs.
    """
    return _Comparison(_Side(str(old)), _Side(str(new))).run()


def last_two(out: str | Path) -> tuple[Path, Path]:
    """The folders of the generation before and of the current one of an output folder.

    Raises :class:`~kommungraf.errors.UsageError` where there are not two yet.
    """
    newest = current(Path(out))
    if newest is None:
        raise UsageError(f"There is no graph in {out}. Build one first: kommungraf build PATH --out {out}")
    kept = sorted(folder for folder in newest.parent.glob("[0-9]*") if folder < newest)
    if not kept:
        raise UsageError(f"{out} has been built once: there is no earlier generation to compare it with.")
    return kept[-1], newest


class _Side:
    """One of the two graphs."""

    def __init__(self, term: str) -> None:
        self.folder = folder = _folder(term)
        self.store = open_store(folder)
        self.manifest = read_manifest(folder)
        if not self.manifest.get("graphs"):
            raise UsageError(f"{term} has a graph but no manifest beside it; build it again: kommungraf build")
        self.versions: dict[str, str] = self.manifest["versions"]
        self.base = self.versions["base"]
        self.graphs: dict[str, str] = self.manifest["graphs"]
        self.words = Words(self.store, self.base)
        # The IRI of what is of a file holds the first half of a quarter of its digest.
        self.contents = {content[:16] for content, of in self.manifest["contents"].items() if not of["quarantined"]}
        self.names: dict[str, str] = {}
        for file in self.manifest["files"].values():
            self.names.setdefault(file["sha256"][:16], file["name"])

    def lines(self, graph: str) -> bytes:
        """The statements of a named graph as N-Triples; equal graphs give equal bytes."""
        if graph not in self.graphs:
            return b""
        return self.store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(self.base + graph)) or b""

    def record(self, content: str) -> str:
        """The record of a content but for the version that made it; empty where the folder has none."""
        path = next(self.folder.glob(f"records/{content}*"), None)
        return path.read_text(encoding="utf-8").replace(self.versions["extractor"], "") if path else ""

    def told(self, subject: NamedNode, graph: str) -> Told:
        """What a named graph says of a node."""
        return as_told(self.store.quads_for_pattern(subject, None, None, NamedNode(self.base + graph)))

    def contents_of(self, subject: NamedNode, told: Told) -> set[str]:
        """The contents in which the evidence of a node lies; of an entity, all that name it."""
        evidence = [str(value) for value in told.get("evidence", ())]
        if not evidence:
            found = self.store.quads_for_pattern(subject, NamedNode(PREFIXES["kg"] + "evidence"), None, None)
            evidence = [str(quad.object) for quad in found]
        return {match[1] for iri in evidence if (match := _CONTENT.search(iri.strip("<>")))}


def _folder(term: str) -> Path:
    """The folder that a term names; a generation by its number has one of its own."""
    path = Path(term)
    match = _GENERATION.match(term)
    if path.exists() or not match:
        return path
    out, number = Path(match[1]), int(match[2])
    folder = out / "generations" / f"{number:06}"
    if not folder.is_dir():
        kept = sorted(int(one.name) for one in (out / "generations").glob("[0-9]*"))
        if not kept:
            raise UsageError(f"There is no graph in {out}. Build one first: kommungraf build PATH --out {out}")
        raise UsageError(
            f"Generation {number} of {out} is not kept, only {', '.join(map(str, kept))}: a build keeps the one"
            f" before it. To compare with a later one, copy the folder first (cp -a {out} {out}.before)."
        )
    return folder


class _Comparison:
    """The work of comparing two sides."""

    def __init__(self, old: _Side, new: _Side) -> None:
        if old.base != new.base:
            raise UsageError(
                f"The two graphs have different base IRIs ({old.base} and {new.base}): no node is in both."
            )
        self.old, self.new = old, new
        self.only_one = old.contents ^ new.contents
        self.other_code = [name for name in _MADE_BY if old.versions.get(name) != new.versions.get(name)]
        self.concluded = _conclusions(old.store) | _conclusions(new.store)
        self.found = Difference()
        self.same_records: dict[str, bool] = {}

    def run(self) -> Difference:
        self._documents()
        graphs = self.old.graphs.keys() | self.new.graphs.keys()
        for graph in sorted(graphs):
            if self.old.graphs.get(graph) != self.new.graphs.get(graph):
                self._graph(graph)
        for changes in (self.found.world, self.found.conclusions, self.found.code):
            changes.sort(key=lambda one: (one.kind, one.year, one.name, one.how, one.iri))
        self._notes()
        return self.found

    def _documents(self) -> None:
        named = {side: set(side.names.values()) for side in (self.old, self.new)}
        for side, other, how in ((self.old, self.new, "gone"), (self.new, self.old, "new")):
            for graph in sorted(side.graphs.keys() - other.graphs.keys()):
                if not graph.startswith("document/"):
                    continue
                told = side.told(NamedNode(side.base + graph), graph)
                file = side.names.get(graph.split("/")[1], "")
                kind = (
                    local(str(told["documentType"][0]).strip("<>")).partition("-")[2] if "documentType" in told else ""
                )
                title = side.words.line({key: value for key, value in told.items() if key == "title"})
                changed: How = "changed" if how == "new" and file in named[other] else how  # type: ignore[assignment]
                if how == "gone" and file in named[other]:
                    continue  # told once, as changed
                self.found.documents.append(
                    DocumentChange(changed, kind, title, Words.year(told), file, side.base + graph)
                )
        self.found.documents.sort(key=lambda one: (one.how, one.year, one.title, one.file))

    def _graph(self, graph: str) -> None:
        """Sort the differing nodes of a named graph into the three parts."""
        if graph.startswith("file/") or not (graph.startswith("document/") or graph == LINKS):
            return
        if self.other_code and graph != LINKS and self._same_record(graph.split("/")[1]):
            return  # what its mentions are called now is told of the entities
        before, after = self.old.lines(graph), self.new.lines(graph)
        if before == after:  # the same was said by other code
            return
        differing = {line.partition(b" ")[0] for line in set(before.split(b"\n")) ^ set(after.split(b"\n"))}
        for name in sorted(one for one in differing if one.startswith(b"<")):
            subject = NamedNode(name[1:-1].decode())
            was, now = self.old.told(subject, graph), self.new.told(subject, graph)
            change = self._change(subject, was, now, graph)
            if change is not None:
                self._part(subject, was, now, graph).append(change)

    def _same_record(self, content: str) -> bool:
        """Whether two versions read a content in the same way; a store is slow to read whole."""
        if content not in self.same_records:
            before = self.old.record(content)
            self.same_records[content] = bool(before) and before == self.new.record(content)
        return self.same_records[content]

    def _change(self, subject: NamedNode, was: Told, now: Told, graph: str) -> Change | None:
        kind = class_of(now or was)
        if not kind or kind in _NO_FACTS or (kind == "Document" and not (was and now)):
            return (
                None  # mentions are told of as entities, passages by what they prove, documents in a list of their own
            )
        side, told = (self.new, now) if now else (self.old, was)
        details = tuple(self._details(was, now)) if was and now else ()
        if was and now and not details:
            return None
        how: How = "changed" if was and now else "new" if now else "gone"
        year = Words.year(told) or (
            Words.year(side.told(NamedNode(side.base + graph), graph)) if graph != LINKS else ""
        )
        because = str(told["because"][0].value) if "because" in told else ""  # type: ignore[union-attr]
        return Change(how, kind, side.words.line(told), year, details, because, subject.value)

    def _details(self, was: Told, now: Told) -> Iterator[str]:
        for key in sorted((was.keys() | now.keys()) - _SILENT):
            before, after = was.get(key, []), now.get(key, [])
            if before != after:
                left = ", ".join(self.old.words.label(value) for value in before if value not in after)
                right = ", ".join(self.new.words.label(value) for value in after if value not in before)
                yield f"{key}: {left or '–'} → {right or '–'}"

    def _part(self, subject: NamedNode, was: Told, now: Told, graph: str) -> list[Change]:
        found = self.found
        if graph != LINKS:
            if graph.split("/")[1] in self.only_one:
                return found.world
            return found.code if set(self.other_code) - {"linker"} else found.conclusions
        contents = self.old.contents_of(subject, was) | self.new.contents_of(subject, now)
        is_entity = class_of(now or was) not in self.concluded
        if contents & self.only_one:
            return found.world if is_entity and not (was and now) else found.conclusions
        return found.code if self.other_code else found.conclusions

    def _notes(self) -> None:
        if self.other_code:
            told = ", ".join(
                f"{name} {self.old.versions[name]} → {self.new.versions[name]}" for name in self.other_code
            )
            self.found.notes.append(f"The two were made by different versions: {told}.")
            if self.only_one:
                self.found.notes.append(
                    "Documents differ too: a conclusion with evidence in one of them is put down to the documents."
                )
        if self.old.versions.get("judgements") != self.new.versions.get("judgements"):
            self.found.notes.append("People's rulings differ: some conclusions may follow from them.")


def _conclusions(store: Store) -> set[str]:
    answer = ask(store, "SELECT DISTINCT ?class WHERE { ?class rdfs:subClassOf* kg:Conclusion }")
    assert isinstance(answer, QuerySolutions)
    return {local(row["class"].value) for row in answer}
