"""Cases: one diary number in one organisation is one case."""

from __future__ import annotations

import re

from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import squeeze

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MUNICIPAL = re.compile(r"^K[SF]")
"""Letters of the diaries that only municipalities keep: kommunstyrelsens, kommunfullmäktiges."""


def resolve_cases(slices: list[Slice], resolution: Resolution) -> None:
    """Resolve every Case mention and say who holds it; its state follows when matters are followed."""
    numbers: dict[str, str] = {}
    held = _holders_of_files(slices, resolution)
    placed = [(case, *_holder(piece, case, held, resolution)) for piece in slices for case in piece.of("Case")]
    short = _without_letters(placed)
    for case, holder, publisher in placed:
        key = case_key(case["diaryNumber"])
        other = short.get((holder, key))
        entity = iri.case(holder, case_key(other["diaryNumber"]) if other else key)
        if other is not None:
            _join_letters(entity, iri.case(holder, key), case, other, resolution)
        number = numbers.setdefault(entity, (other or case)["diaryNumber"])
        resolution.by_mention[case["@id"]] = Resolved(entity, number)
        known = resolution.entities.setdefault(entity, {"state": "unknown"})
        if publisher is not None:
            known.setdefault("heldBy", publisher)


def _without_letters(placed: list[tuple[Json, str, str | None]]) -> dict[tuple[str, str], Json]:
    """Numbers without the letters of the diary ("2023/123") that in the same organisation stand once with them ("KS
    2023/123") under a title of the same words, with the mention that has them."""
    lettered: dict[tuple[str, str], dict[str, Json]] = {}
    for case, holder, _ in placed:
        letters, _, digits = case_key(case["diaryNumber"]).partition("-")
        if not letters.isdigit():
            lettered.setdefault((holder, digits), {}).setdefault(letters, case)
    found: dict[tuple[str, str], Json] = {}
    for case, holder, _ in placed:
        key = case_key(case["diaryNumber"])
        others = lettered.get((holder, key), {})
        if len(others) == 1:
            other = next(iter(others.values()))
            ours, theirs = (_title_words(one) for one in (case, other))
            if len(ours & theirs) >= max(1, 0.6 * min(len(ours), len(theirs))):
                found.setdefault((holder, key), other)
    return found


def _title_words(case: Json) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[^\W\d_]{4,}", str(case.get("title", "")).casefold()))


def _join_letters(entity: str, alone: str, case: Json, other: Json, resolution: Resolution) -> None:
    resolution.join(
        entity, alone, kind="Case", method="cases/letters", score=0.88,
        because=f"{case['diaryNumber']} and {other['diaryNumber']} stand under the same words in one organisation.",
        evidence=sorted({*case.get("evidence", ()), *other.get("evidence", ())}),
    )  # fmt: skip


def case_key(number: str) -> str:
    """A diary number without what systems print differently: spaces, separators, leading zeros, a document's number.

    ``KS 2023/00123-5``, ``KS-2023-123``, ``KS 123/2023`` and ``KS/2023:123`` are one; ``512-1234-2023`` keeps all its
    parts.
    """
    text = squeeze(number).upper()
    letters = "".join(re.findall(r"[A-ZÅÄÖ]+", text))
    digits = [str(int(part)) for part in _NUMBER.findall(text)]
    if re.match(r"[^\d]*(?:19|20)\d\d\D", text) and len(digits) > 2:
        digits = digits[:2]  # year and serial; then a document's number or the diary plan's code
    if len(digits) == 2 and _YEAR.fullmatch(digits[1]) and not _YEAR.fullmatch(digits[0]):
        digits.reverse()
    return "-".join([letters, *digits] if letters else digits)


def _publisher(piece: Slice, resolution: Resolution) -> str | None:
    """The organisation that publishes a document, where linking knows it."""
    publisher = resolution.iri(piece.head.get("publisher"))
    return publisher if publisher is not None and "/mention/" not in publisher else None


def _holders_of_files(slices: list[Slice], resolution: Resolution) -> dict[str, set[str]]:
    """Per file and case key, and per file alone, the organisations that its documents' publishers are."""
    held: dict[str, set[str]] = {}
    for piece in slices:
        publisher = _publisher(piece, resolution)
        if publisher is None:
            continue
        held.setdefault(piece.file, set()).add(publisher)
        for case in piece.of("Case"):
            held.setdefault(f"{piece.file} {case_key(case['diaryNumber'])}", set()).add(publisher)
    return held


def _holder(piece: Slice, case: Json, held: dict[str, set[str]], resolution: Resolution) -> tuple[str, str | None]:
    """The scope in which a number is one, and the organisation where it is known.

    The publisher holds it. A letter in a bundle that does not say who publishes it shares the holder of the same number
    in its file, or the file's only municipality when the letters are those of a municipality's diary.
    """
    hints = case.get("hints", {})
    publisher = _publisher(piece, resolution)
    if hints.get("foreign"):
        return f"{publisher or hints.get('publisher') or piece.file} ert", None
    if publisher is None and not hints.get("publisher"):
        same = held.get(f"{piece.file} {case_key(case['diaryNumber'])}", set())
        if not same and _MUNICIPAL.match(hints.get("prefix", "")):
            same = {
                one for one in held.get(piece.file, ()) if one.startswith("municipality/") or one.endswith("-kommun")
            }
        publisher = next(iter(same)) if len(same) == 1 else None
    if publisher is not None:
        return publisher.removeprefix("organization/"), publisher
    return str(hints.get("publisher") or piece.file), None  # unknown: never joined across files
