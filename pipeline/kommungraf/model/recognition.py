"""How sure the reading is of what was recognised in a picture: of a passage, a document, and what is founded on them.

A text that was typed carries none of this: no score means that the letters are the file's own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kommungraf.model.source import Span, Text

Json = dict[str, Any]

HIGHEST = 0.99
"""What was recognised is never certain."""


def recognition(text: Text, stored: Span) -> Json | None:
    """How sure the reading of a range of ``stored`` is, over its recognised characters; ``None`` where none are."""
    ranges = text.recognised
    weighed, characters = 0.0, 0
    for at in range(bisect_left(ranges, stored.start + 1, key=lambda one: one.stored.end), len(ranges)):
        span, score = ranges[at]
        if span.start >= stored.end:
            break
        inside = min(span.end, stored.end) - max(span.start, stored.start)
        weighed, characters = weighed + score * inside, characters + inside
    return _decimal(weighed / characters) if characters else None


def rest_on_recognition(node: Json, passages: Mapping[str, Json], *, mention: bool) -> Json:
    """The node, with what the least sure of its passages makes of it: a statement gets a ``score``.

    A mention gets a hint for linking: the thing that it names is no less sure for being named in a scan as well, and
    how sure the name's letters are is said of the passage.
    """
    scores = [found["@value"] for ref in node.get("evidence", ()) if (found := passages[ref].get("recognition"))]
    if not scores:
        return node
    lowest = min(scores, key=float)
    if mention:
        return {**node, "hints": {**node.get("hints", {}), "recognition": float(lowest)}}
    return {**node, "score": {"@value": lowest, "@type": "xsd:decimal"}}


def _decimal(score: float) -> Json:
    return {"@value": str(Decimal(str(round(min(score, HIGHEST), 3)))), "@type": "xsd:decimal"}
