"""What a build remembers for the next one: the manifest beside the store, and the reports in the output folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kommungraf.build.work import Outcome
from kommungraf.graph.files import read_manifest
from kommungraf.read.inputs import Source

Json = dict[str, Any]

FORMAT = 1


@dataclass(slots=True)
class State:
    """The manifest.

    ``versions``: what made the graph (extractor, linker, grapher, ontology, base, judgements). ``files``: by key, the
    name, size, time and content of each document. ``contents``: by SHA-256, what reading it gave. ``graphs``: by named
    graph, a digest of what it was made of. ``entities``: how many entities of each kind linking found.
    ``rulings``: problems with people's rulings. ``limits``: under which documents were read.
    ``superseded``: by document that is not in force, what reading it gave: it is not in the graph.
    """

    versions: dict[str, str] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    contents: dict[str, Json] = field(default_factory=dict)
    graphs: dict[str, str] = field(default_factory=dict)
    entities: dict[str, int] = field(default_factory=dict)
    rulings: list[Json] = field(default_factory=list)
    limits: Json = field(default_factory=dict)
    superseded: dict[str, Json] = field(default_factory=dict)

    @classmethod
    def load(cls, out: Path) -> State:
        """The state of the current generation; an empty one before the first build or after a change of format."""
        manifest = read_manifest(out)
        if manifest.pop("format", None) != FORMAT:
            return cls()
        return cls(**manifest)

    def as_dict(self) -> Json:
        """The manifest as JSON."""
        return {"format": FORMAT, **asdict(self)}

    def sha256(self, source: Source) -> str:
        """The content of a source that has not changed since it was read; empty when it has to be read."""
        known = self.files.get(source.key)
        if known is None or (known["size"], known["mtime_ns"]) != (source.size, source.mtime_ns):
            return ""
        return str(known["sha256"])

    def enter(self, source: Source, sha256: str, content: Json) -> None:
        """Note a source and what its content gave."""
        self.files[source.key] = {
            "name": source.name,
            "size": source.size,
            "mtime_ns": source.mtime_ns,
            "sha256": sha256,
        }
        self.contents.setdefault(sha256, content)

    def names(self) -> dict[str, list[str]]:
        """The names of each content, sorted."""
        names: dict[str, set[str]] = {}
        for file in self.files.values():
            names.setdefault(file["sha256"], set()).add(file["name"])
        return {sha256: sorted(found) for sha256, found in names.items()}

    def readable(self) -> list[str]:
        """The contents that have a record, sorted."""
        return sorted(sha256 for sha256, content in self.contents.items() if not content["quarantined"])

    def recognised_by(self, content: str) -> str:
        """The recogniser that read a content's pictures, empty where none did: another one may read other things."""
        return str(self.contents[content]["statistics"].get("recogniser", ""))

    def issues(self) -> Iterator[Json]:
        """Every problem with the documents, once per name of the content."""
        for sha256, names in self.names().items():
            content = self.contents[sha256]
            for name in names:
                for issue in content["issues"]:
                    message = issue["message"].replace(issue["file"], name)
                    yield {**issue, "file": name, "message": message}


def as_content(outcome: Outcome) -> Json:
    """What the manifest keeps of an outcome."""
    return {
        "documents": outcome.documents,
        "statistics": outcome.statistics,
        "issues": outcome.issues,
        "quarantined": outcome.quarantined,
    }


def issue_lines(issues: list[Json]) -> str:
    """The text of ``issues.jsonl``: sorted, so that it is the same for the same documents."""
    lines = sorted({json.dumps(issue, ensure_ascii=False, sort_keys=True) for issue in issues})
    return "".join(line + "\n" for line in lines)
