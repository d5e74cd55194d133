"""Links of gold laid beside links of the graph: which are the same, and how exactly.

A reader who writes gold quotes what he sees: a part of a sentence, a name without its quotation marks, a value with
its line. So quotes match as parts of each other, names as any spelling, and values as numbers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from kommungraf.query.links import KINDS, Link, Side
from kommungraf.query.scores import Pairs, normal
from kommungraf.text import fold

_SHORT = 12  # a quote shorter than this is no proof that a longer gold quote is meant
_HEAD = re.compile(r"^(?:projekt(?:et)?|nätverk(?:et)?|program(?:met)?|området?|titeln|nämnden) (?=\S)")
_TAIL = re.compile(r" \([^)]{1,15}\)$")
_QUOTES = "\"”“»«'* "
_NAMES = frozenset("predecessor successor person inBody entity scope about decidedBy title lineItem".split())


def match_links(gold: list[Link], found: list[Link]) -> Pairs:
    """Pair each link of gold with at most one of the graph, the best fitting pairs first."""
    fits = sorted(
        (-fit, g, f) for g, one in enumerate(gold) for f, other in enumerate(found) if (fit := same(one, other))
    )
    pairs: Pairs = {}
    used: set[int] = set()
    for _, g, f in fits:
        if g not in pairs and f not in used:
            pairs[g] = f
            used.add(f)
    return pairs


def same(gold: Link, found: Link) -> float:
    """How well two links of a kind fit: 0 when a key or a side differs, more the more of the rest agrees."""
    spec = KINDS[gold.kind]
    if not all(field_agrees(gold, found, key) for key in spec.keys if key in gold.fields):
        return 0.0
    if any(_is_there(found, name) and not _is_there(gold, name) for name in spec.closed):
        return 0.0
    fit = _sides_fit(gold, found)
    return fit and fit + sum(field_agrees(gold, found, key) for key in spec.details if key in gold.fields)


def is_right(gold: Link, found: Link) -> bool:
    """Whether a link that was found has every detail that gold gives."""
    return all(field_agrees(gold, found, key) for key in KINDS[gold.kind].details if key in gold.fields)


def _is_there(link: Link, name: str) -> bool:
    return bool(link.sides.get(name) if name in KINDS[link.kind].sides else link.fields.get(name))


def _sides_fit(gold: Link, found: Link) -> float:
    sides = KINDS[gold.kind].sides
    if not gold.sides:
        return 1.0
    orders = [sides, sides[::-1]] if KINDS[gold.kind].unordered else [sides]
    quoted = found.sides.get("evidence", Side())
    best = 0.0
    for order in orders:
        fits = [
            max(side_fits(gold.sides[name], found.sides.get(other, Side())), 0.9 * side_fits(gold.sides[name], quoted))
            for name, other in zip(sides, order, strict=True)
            if name in gold.sides
        ]
        best = max(best, min(fits) and sum(fits) / len(fits))
    return best


def side_fits(gold: Side, found: Side) -> float:
    """How well a side fits: its place or its quote, and every field that gold gives."""
    if gold.files and found.files and not gold.files & found.files:
        return 0.0
    if not found or not all(_values_agree(key, gold.fields[key], found.fields.get(key, [])) for key in gold.fields):
        return 0.0
    ways = [_overlap(gold, found)] if gold.places else []
    ways += [max((text_fits(text, other) for other in found.texts), default=0.0) for text in gold.texts]
    return max(ways) if ways else 1.0


def _overlap(gold: Side, found: Side) -> float:
    by_file: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for file, place in found.places:
        by_file[file].append(place)
    best = 0.0
    for file, (start, end) in gold.places:
        for other_start, other_end in by_file[file]:
            common = min(end, other_end) - max(start, other_start)
            if common > 0:
                best = max(best, 0.5 + common / (2 * (max(end, other_end) - min(start, other_start))))
    return best


def text_fits(gold: str, found: str) -> float:
    """How well a quote fits: it is a part of what was found or the other way round, or most words are the same."""
    one, other = (fold(text).strip(' .:;,*#_"”»«-') for text in (gold, found))
    if not one or not other:
        return 0.0
    inside = re.search(rf"(?<!\w){re.escape(one)}(?!\w)", other)
    around = len(other) >= _SHORT and other in one
    if inside or around:
        return 0.5 + min(len(one), len(other)) / (2 * max(len(one), len(other)))
    words, others = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
    shared = len(words & others) / max(1, len(words | others))
    return shared / 2 if shared >= 0.7 else 0.0


def field_agrees(gold: Link, found: Link, key: str) -> bool:
    """Whether a field has what gold says; ``a|b`` in gold is either, ``none`` is that nothing is said."""
    return _values_agree(key, gold.fields.get(key, []), found.fields.get(key, []))


def _values_agree(key: str, gold: Iterable[str], found: Iterable[str]) -> bool:
    values = {_plain(key, value) for value in found}
    return all(
        any(_plain(key, way) in values or (way == "none" and not values) for way in wanted.split("|"))
        for wanted in gold
    )


def _plain(key: str, value: str) -> object:
    if key in _NAMES:
        value = _TAIL.sub("", _HEAD.sub("", fold(value).strip(_QUOTES))).strip(_QUOTES)
    return normal(key, value)
