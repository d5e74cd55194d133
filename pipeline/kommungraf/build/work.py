"""One document through read, segment and extract: its record, or the issue that says why there is none."""

from __future__ import annotations

import gc
import hashlib
import json
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kommungraf import limits
from kommungraf.build.recognition import ocr_statistics, waits_for_ocr
from kommungraf.errors import InputError, Issue, KommungrafError, StorageError
from kommungraf.graph.files import write_text
from kommungraf.read.inputs import Source, content
from kommungraf.text import visible

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shop:
    """What every job needs to know: where results go, and which version of the extractor makes them."""

    out: Path
    extractor: str
    model: str = ""

    def record(self, sha256: str) -> Path:
        """Where the record of a content is."""
        return self.out / "records" / f"{sha256}.{self.extractor}.jsonld"

    def text(self, sha256: str) -> Path:
        """Where the stored text of a content is."""
        return self.out / "text" / f"{sha256}.txt"

    def has(self, sha256: str) -> bool:
        """Whether a content was read already."""
        return self.record(sha256).exists() and self.text(sha256).exists()


@dataclass(slots=True)
class Outcome:
    """What became of a source. ``sha256`` is empty when its bytes could not be had; ``documents`` are graph IRIs."""

    key: str
    sha256: str = ""
    name: str = ""
    documents: list[str] = field(default_factory=list)
    statistics: Json = field(default_factory=dict)
    issues: list[Json] = field(default_factory=list)
    quarantined: bool = False


TOO_SLOW, TOO_BIG, CRASHED = "too-slow", "too-big", "crashed"
"""Kinds of issues: a limit that was met while a document was read, or the end of the process that read it."""

_HELP = "save it anew, split it, or raise the limit in kommungraf.toml"


def too_slow(source: Source) -> str:
    """The sentence for a document that takes too long."""
    seconds = limits.in_force().seconds
    return f"{source.name} was left out: reading it took longer than {seconds:g} s (its pages counted extra); {_HELP}."


def too_big(source: Source) -> str:
    """The sentence for a document that takes too much memory."""
    return f"{source.name} was left out: reading it took over {limits.in_force().memory_mb} MB of memory; {_HELP}."


def crashed(source: Source) -> str:
    """The sentence for a document that ends the process that reads it."""
    return f"{source.name} was left out: reading it ended the program that read it (out of memory, or damaged)."


SENTENCES = {TOO_SLOW: too_slow, TOO_BIG: too_big, CRASHED: crashed}


def left_out(source: Source, kind: str, message: str, sha256: str = "") -> Outcome:
    """What becomes of a source that is not read, and why."""
    issue = Issue(source.name, "read", kind, visible(message), quarantined=True)
    return Outcome(source.key, sha256, source.name, issues=[issue.as_dict()], quarantined=True)


def process(source: Source, shop: Shop, told: Callable[[str], None] = lambda _sha256: None) -> Outcome:
    """Make the record of one source, or find it made already. Bad input becomes an issue; so does a defect of ours.

    ``told`` hears the SHA-256 of the content as soon as it is known.
    """
    outcome = Outcome(source.key, name=source.name)
    try:
        data = content(source)
        outcome.sha256 = hashlib.sha256(data).hexdigest()
        told(outcome.sha256)
        record = _made_already(shop, outcome.sha256) or _make(data, source.name, shop)
        outcome.documents = [graph["@id"] for graph in record["@graph"][1:]]
        outcome.statistics, outcome.issues = record["statistics"], record["issues"]
    except InputError as error:
        return left_out(source, error.kind, str(error), outcome.sha256)
    except MemoryError:
        return left_out(source, TOO_BIG, too_big(source), outcome.sha256)
    except KommungrafError:
        raise
    except Exception as error:  # the one broad catch: a defect in one document must not stop the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {str(error)[:200]}"
        message = f"{source.name} was left out because of a fault in kommungraf ({fault}); please report it."
        outcome.issues = [Issue(source.name, "build", "internal", visible(message), quarantined=True).as_dict()]
        outcome.quarantined = True
    return outcome


def unwritable(out: Path, error: OSError) -> str:
    """The sentence for a disk that is full or closed to us."""
    reason = error.strerror or str(error).rpartition(": ")[2]  # the store ends with the system's words
    return f"{out} cannot be written ({reason}); the graph of before is as it was."


def _made_already(shop: Shop, sha256: str) -> Json | None:
    path = shop.record(sha256)
    if not shop.has(sha256):
        return None
    record: Json = json.loads(path.read_text(encoding="utf-8"))
    return None if waits_for_ocr(record["statistics"], record["issues"]) else record


def _make(data: bytes, name: str, shop: Shop) -> Json:
    from kommungraf.build.lexicon import without_noise
    from kommungraf.extract import extract
    from kommungraf.model.record import make_record
    from kommungraf.read import read_bytes
    from kommungraf.segment import segment

    text = without_noise(read_bytes(data, name))
    limits.more_time(limits.in_force().seconds_per_page * len(text.stored) / limits.PAGE)
    documents, cut = segment(text)
    results, unclear = extract(text, documents, shop.model or None)
    record = make_record(text, results, shop.extractor)
    issues = (*text.issues, *cut, *unclear)
    record["issues"] = [{**issue.as_dict(), "message": visible(issue.message)} for issue in issues]
    record["statistics"] = statistics(record, text.pages, text.empty_pages, text.stored) | ocr_statistics(text)
    try:
        write_text(shop.text(text.file.sha256), text.stored)
        write_text(shop.record(text.file.sha256), json.dumps(record, ensure_ascii=False))
    except OSError as error:
        raise StorageError(unwritable(shop.out, error)) from error
    return record


def statistics(record: Json, pages: int, empty_pages: list[int], stored: str) -> Json:
    """What the coverage table is summed up from."""
    return {
        "pages": pages,
        "emptyPages": len(empty_pages),
        "characters": len(stored),
        "words": len(stored.split()),
        **found_in(node for graph in record["@graph"][1:] for node in graph["@graph"]),
    }


def found_in(nodes: Iterable[Json]) -> Json:
    """How many of the nodes of documents are of each class, of each type of document, and decisions without outcome."""
    kinds: Counter[str] = Counter()
    types: Counter[str] = Counter()
    without_outcome = 0
    for node in nodes:
        kinds[node["@type"]] += 1
        if node["@type"] == "Document":
            types[node["documentType"].partition("-")[2]] += 1
        elif node["@type"] == "Decision" and node.get("outcome") in (None, "kg:outcome-other"):
            without_outcome += 1
    return {
        "kinds": dict(sorted(kinds.items())),
        "types": dict(sorted(types.items())),
        "decisionsWithoutOutcome": without_outcome,
    }


@contextmanager
def few_collections() -> Iterator[None]:
    """Let the garbage collector run seldom: a build makes millions of small objects and hardly any cycles.

    Measured on 200 minutes: a fifth of the time of writing graphs, a tenth of the whole.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress shown."""


def tracked(outcomes: Iterable[Outcome], total: int, progress: Progress) -> Iterator[Outcome]:
    """Outcomes as they come, told to ``progress``."""
    progress("Reading", 0, total)
    for done, outcome in enumerate(outcomes, 1):
        progress("Reading", done, total)
        yield outcome
