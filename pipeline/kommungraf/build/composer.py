"""The stages, composed: what changed is read, everything is linked, and only the graphs that differ are written."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kommungraf import config as settings
from kommungraf import limits
from kommungraf.build import versions
from kommungraf.build.conversion import waits_for_office
from kommungraf.build.recognition import waits_for_ocr
from kommungraf.build.report import Summary
from kommungraf.build.state import State, as_content, issue_lines
from kommungraf.build.work import Outcome, Progress, Shop, few_collections, found_in, silent, tracked, unwritable
from kommungraf.build.workers import process_all
from kommungraf.errors import Issue, StorageError, UsageError
from kommungraf.graph import ontology
from kommungraf.graph.files import current, write_text
from kommungraf.query.search_file import SEARCH, is_current
from kommungraf.read.inputs import Source, find

if TYPE_CHECKING:
    from kommungraf.link.resolution import Resolution, Slice

Json = dict[str, Any]

_NOT_LINKED = frozenset("Passage LegalReference Attendance Vote Reservation Recusal".split())
"""What linking does not look at stays out of its memory (a passage's place stands in its IRI)."""
_OFTEN_THE_SAME = ("@type", "name", "foundBy")
"""Strings that are held in memory once for all documents."""


def build(
    paths: Sequence[Path],
    out: Path,
    config: settings.Config | None = None,
    jobs: int | None = None,
    progress: Progress = silent,
) -> Summary:
    """Make the graph in ``out`` the graph of the documents under ``paths``, doing only what is new since the last time.

    Raises :class:`~kommungraf.errors.UsageError` for a path that does not exist or an output folder in use, and
    :class:`~kommungraf.errors.StorageError` when ``out`` cannot be written; the graph of before is then intact.
    """
    config = config or settings.load()
    started = time.time()
    try:
        with _sole_builder(out), few_collections(), limits.under(config.limits):
            summary = _Build(out, config, jobs, progress).run(paths)
            summary.started, summary.seconds = started, time.time() - started
            write_text(out / "run.json", json.dumps(summary.as_dict(), ensure_ascii=False, indent=1) + "\n")
            return summary
    except StorageError as error:
        _note(out, "storage", str(error))
        raise
    except OSError as error:
        _note(out, "storage", unwritable(out, error))
        raise StorageError(unwritable(out, error)) from error
    except KeyboardInterrupt:
        _note(out, "interrupted", "The build was stopped before it was done; the graph of before is as it was.")
        raise


def _note(out: Path, kind: str, message: str) -> None:
    """Add a line to the issues of before, if the disk lets us; the next build that is done writes them anew."""
    line = json.dumps(Issue("", "build", kind, message).as_dict(), ensure_ascii=False, sort_keys=True)
    with contextlib.suppress(OSError), (out / "issues.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


class _Build:
    """One run: the state of before, the state to come, and the steps between them."""

    def __init__(self, out: Path, config: settings.Config, jobs: int | None, progress: Progress) -> None:
        self.out, self.config, self.jobs, self.progress = out, config, jobs, progress
        self.shop = Shop(out, versions.extractor(config.model), config.model)
        self.old = State.load(out)
        self.new = State(versions=self._versions(), limits=asdict(config.limits))
        self.unread: list[Json] = []  # problems of files whose content could not be had
        self.summary = Summary()

    def _versions(self) -> dict[str, str]:
        return {
            "extractor": self.shop.extractor,
            "linker": versions.linker(),
            "grapher": versions.grapher(),
            "ontology": ontology.version(),
            "base": self.config.base,
            "judgements": self._judgements(),
        }

    def _judgements(self) -> str:
        """A digest of people's rulings; empty where there is no file."""
        path = self.config.judgements
        try:
            return sha256(path.read_bytes()).hexdigest()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except OSError as error:
            raise UsageError(f"The judgements in {path} cannot be read ({error.strerror}).") from error

    def run(self, paths: Sequence[Path]) -> Summary:
        for folder in ("records", "text"):
            (self.out / folder).mkdir(parents=True, exist_ok=True)
        found = find(paths, apart_from=self.out)
        self.unread += [issue.as_dict() for issue in found.issues]
        self.summary.passed_over = found.passed_over
        self._read(found.sources)
        if self._graph_may_differ():
            self._write_graphs(self._resolve())
        else:
            self.new.graphs, self.new.entities = self.old.graphs, self.old.entities
            self.new.rulings, self.new.superseded = self.old.rulings, self.old.superseded
            if self.new != self.old:
                self._amend()
        self._clean_up()
        return self._report()

    def _read(self, sources: list[Source]) -> None:
        """Fill the new state: from the old one where nothing changed, from the stages where something did."""
        same_extractor = self.old.versions.get("extractor") == self.shop.extractor
        todo: dict[str, Source] = {}
        for source in sources:
            known = self.old.sha256(source) if same_extractor else ""
            if known and self._still_known(known):
                self.new.enter(source, known, self.old.contents[known])
                self.summary.unchanged += 1
            else:
                todo[source.key] = source
        outcomes = process_all(list(todo.values()), self.shop, self._workers(list(todo.values())))
        for outcome in tracked(outcomes, len(todo), self.progress):
            self._take(todo[outcome.key], outcome)
        self.new.files = dict(sorted(self.new.files.items()))
        self.new.contents = dict(sorted(self.new.contents.items()))
        self.summary.removed = len(self.old.files.keys() - self.new.files.keys() - todo.keys())

    def _still_known(self, content: str) -> bool:
        """Whether reading a content would give what it gave: what was left out may be read under other limits."""
        known = self.old.contents[content]
        if waits_for_ocr(known["statistics"], known["issues"]) or waits_for_office(known["issues"]):
            return False
        if known["quarantined"]:
            return self.old.limits == self.new.limits
        return self.shop.has(content)

    def _take(self, source: Source, outcome: Outcome) -> None:
        self.summary.read += 1
        if outcome.sha256:
            self.new.enter(source, outcome.sha256, as_content(outcome))
        else:
            self.unread += outcome.issues

    def _workers(self, sources: list[Source]) -> int:
        if self.jobs is not None:
            return self.jobs
        size = sum(source.length for source in sources)
        return min(os.cpu_count() or 1, len(sources), 1 + size // 2_000_000)  # a worker takes a second to start

    def _graph_may_differ(self) -> bool:
        old, new = self.old, self.new
        return (
            not self._is_searchable()
            or old.versions != new.versions
            or old.readable() != new.readable()
            or any(old.recognised_by(content) != new.recognised_by(content) for content in new.readable())
            or old.names() != new.names()
        )

    def _is_searchable(self) -> bool:
        """Whether there is a graph, with a search index beside it that needs only what changes."""
        folder = current(self.out)
        return folder is not None and is_current(folder / SEARCH)

    def _resolve(self) -> Resolution:
        from kommungraf.link import resolve
        from kommungraf.link.judgements import load

        self.progress("Linking", 0, 1)
        slices = [piece for content in self.new.readable() for piece in slices_of(self._record(content))]
        gc.freeze()  # they stay until the end: no collection need look at them
        judgements = load(self.config.judgements, self.config.base)
        resolution = resolve(slices, judgements)
        file = self.config.judgements.name
        told = (resolution.judgements or judgements).unmet(slices, resolution)
        unmet = [Issue(file, "link", "judgement", message) for message in told]
        self.new.rulings = [issue.as_dict() for issue in unmet]
        self.new.superseded = dict(self._set_aside(resolution.superseded))
        self.progress("Linking", 1, 1)
        return resolution

    def _set_aside(self, superseded: Mapping[str, str]) -> Iterator[tuple[str, Json]]:
        """What was found in each document that is not in force: its statements do not count."""
        for content in self.new.readable() if superseded else ():
            if superseded.keys() & self.new.contents[content]["documents"]:
                for graph in self._record(content)["@graph"][1:]:
                    if graph["@id"] in superseded:
                        yield graph["@id"], found_in(graph["@graph"])

    def _record(self, content: str) -> Json:
        record: Json = json.loads(self.shop.record(content).read_text(encoding="utf-8"))
        return record

    def _write_graphs(self, resolution: Resolution) -> None:
        from kommungraf.build.graphs import Plan
        from kommungraf.build.searching import Searching
        from kommungraf.graph.generation import Generation
        from kommungraf.graph.materialise import Identities

        identities = Identities(
            self.config.base, resolution.by_mention, resolution.entities, frozenset(resolution.forgotten)
        )
        self.new.entities = _count_entities(resolution)
        plan = Plan(self.new, self.old, identities, resolution, anew=not self._is_searchable())
        self.new.graphs = plan.digests
        if not plan.changed and not plan.gone and not plan.from_nothing:
            self._amend()
            return
        with (
            Generation(self.out, fresh=plan.from_nothing) as generation,
            Searching(generation.folder, self.out, plan, identities, resolution) as searching,
        ):
            for graph in plan.to_remove():
                generation.remove(graph)
                searching.remove(graph)
            made = self._counted(plan.n_quads(self._record, searching.hear), len(plan.to_write()))
            if plan.from_nothing:
                generation.add(text for _, text in made)
                generation.add_triples(ontology.vocabulary(), ontology.GRAPH)
            else:
                for graph, text in made:
                    generation.replace(graph, text)
            searching.finish()
            generation.commit(self.new.as_dict())

    def _counted(self, graphs: Iterable[tuple[str, str]], total: int) -> Iterator[tuple[str, str]]:
        for done, graph in enumerate(graphs, 1):
            yield graph
            self.progress("Writing", min(done, total), total)

    def _amend(self) -> None:
        from kommungraf.graph.files import amend_manifest

        amend_manifest(self.out, self.new.as_dict())

    def _clean_up(self) -> None:
        """Remove records and texts that no document of the graph has, and what a killed build left half written."""
        keep = {self.shop.record(content) for content in self.new.readable()}
        keep |= {self.shop.text(content) for content in self.new.readable()}
        for folder in ("records", "text"):
            for path in (self.out / folder).iterdir():
                if path not in keep:
                    path.unlink(missing_ok=True)

    def _report(self) -> Summary:
        issues = [*self.new.issues(), *self.new.rulings, *self.unread]
        write_text(self.out / "issues.jsonl", issue_lines(issues))
        self.summary.sum_up(self.new.contents.values(), self.new.superseded.values(), issues, self.new.entities)
        return self.summary


def slices_of(record: Json) -> Iterator[Slice]:
    """The logical documents of a record as linking sees them."""
    from kommungraf.link.resolution import Slice

    file: Json = record["@graph"][0]["@graph"][0]
    for graph in record["@graph"][1:]:
        head: Json = graph["@graph"][0]
        nodes: dict[str, list[Json]] = {}
        for node in graph["@graph"][1:]:
            if node["@type"] not in _NOT_LINKED:
                node |= {key: sys.intern(node[key]) for key in _OFTEN_THE_SAME if key in node}
                nodes.setdefault(node["@type"], []).append(node)
        yield Slice(head, nodes, file)


def _count_entities(resolution: Resolution) -> dict[str, int]:
    kinds = Counter(
        str(told["@type"])
        for entity, told in resolution.entities.items()
        if "@type" in told and entity not in resolution.forgotten
    )
    return dict(sorted(kinds.items()))


@contextlib.contextmanager
def _sole_builder(out: Path) -> Iterator[None]:
    """Hold the output folder; a second build on it at the same time is refused."""
    import fcntl

    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; --out needs a folder.")
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(f"Another build is working on {out}; wait for it to end.") from error
        yield
