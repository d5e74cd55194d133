"""Versions of one document: what is one, what only looks like one, and which is in force.

The documents are read, cut and extracted as a build does it; only the files are missing.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from kommungraf.build.composer import slices_of
from kommungraf.extract import extract
from kommungraf.link import resolve
from kommungraf.link.judgements import Judgements, Ruling, Thing
from kommungraf.link.resolution import Resolution, Slice
from kommungraf.link.versions import in_force, version_iri
from kommungraf.model.record import make_record
from kommungraf.model.source import Recognised, Span
from kommungraf.read import read_bytes
from kommungraf.segment import segment

sys.path.insert(0, str(Path(__file__).parent))
from version_texts import (
    BUNDLE,
    CORRECTED,
    EXTRACT,
    LETTER,
    LETTER_ONE,
    MINUTES,
    NOTICE,
    PLAN,
    POLICY,
    TEXT_FILE,
    UNCUT,
    WHOLE,
)


def misread(text: str, words: float, seed: int = 1) -> str:
    """The text as a recogniser reads it: one letter of a share of the words is another."""
    rng = random.Random(seed)

    def word(one: str) -> str:
        if len(one) < 3 or rng.random() >= words or not one.isalpha():
            return one
        at = rng.randrange(len(one))
        return one[:at] + rng.choice("ecrnuo") + one[at + 1 :]

    return " ".join(word(one) for one in text.split(" "))


def slices(text: str, *, score: float = 1, **metadata: str) -> list[Slice]:
    """The documents of a text, recognised with a score or typed, with what its file claims."""
    data = text.encode()
    read = read_bytes(data, "text.md")
    read.metadata = metadata
    if score < 1:
        read.recognised = [Recognised(Span(0, len(read.stored)), score)]
    documents, _ = segment(read)
    results, _ = extract(read, documents)
    return list(slices_of(make_record(read, results, "test")))


def scan(text: str, share: float = 0.07) -> list[Slice]:
    return slices(misread(text, share), score=0.9)


def concluded(*files: list[Slice], kind: str = "Version") -> list[dict[str, Any]]:
    resolution = Resolution()
    in_force(sorted((piece for file in files for piece in file), key=lambda piece: piece.id), resolution)
    return [one for one in resolution.conclusions if one["@type"] == kind]


def pair(one: str | list[Slice], other: str | list[Slice], expected: str, why: str) -> Any:
    def made(side: str | list[Slice]) -> list[Slice]:
        return slices(side) if isinstance(side, str) else side

    return pytest.param(lambda: (made(one), made(other)), expected, id=why)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pair(MINUTES, TEXT_FILE, "version", "the same minutes in another format"),
        pair(MINUTES, CORRECTED, "version", "published anew with an amount put right"),
        pair(MINUTES, scan(MINUTES), "version", "the scan of the signed copy"),
        pair(scan(MINUTES), scan(MINUTES, 0.1), "version", "two scans"),
        pair(MINUTES, "Reviderad 2024-04-02\n\n" + MINUTES, "version", "a revision that says so"),
        pair(PLAN.format(year=2024), PLAN.format(year=2024) + "\nReviderad 2024-02-01\n", "version", "a revised plan"),
        pair(LETTER_ONE, BUNDLE, "version", "a letter alone and in the notice with its papers"),
        pair(BUNDLE, BUNDLE + " ", "version", "a bundle sent twice"),
        pair(POLICY, POLICY.replace("\n\n", "\n\n\n"), "version", "undated, but word for word the same"),
        pair(POLICY, POLICY.replace("hon", "hen"), "candidate", "undated, and not word for word the same"),
        pair("Samma sida\n", "Samma  sida\n", "", "too few words to tell one form from another"),
        pair(MINUTES, MINUTES.replace("2024", "2023"), "", "minutes of two meetings from one template"),
        pair(MINUTES, MINUTES.replace("Kommunstyrelsen", "Socialnämnden"), "candidate", "two bodies on one day"),
        pair(PLAN.format(year=2023), PLAN.format(year=2024), "", "the plans of two years"),
        pair(WHOLE, EXTRACT, "", "minutes and an extract of them: another document, with its own facts"),
        pair(MINUTES, NOTICE, "", "the notice and the minutes of a meeting"),
        pair(
            LETTER_ONE,
            LETTER.format(name="Byns teaterförening", amount="35 000").replace("2024/40", "2024/41"),
            "",
            "two letters of one form",
        ),
        pair(
            POLICY, POLICY.replace("Exempelby kommun", "Provhults kommun"), "", "a policy that two municipalities share"
        ),
        pair(
            PLAN.format(year=2024),
            PLAN.format(year=2024).replace("Verksamhetsplan", "Verksamhetsberättelse"),
            "candidate",
            "a plan and a report with its words: a person decides",
        ),
    ],
)
def test_what_is_a_version(files: Callable[[], tuple[list[Slice], list[Slice]]], expected: str) -> None:
    one, other = files()
    found = "version" if concluded(one, other) else "candidate" if concluded(one, other, kind="Candidate") else ""
    assert found == expected


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        (slices(MINUTES), slices("Rättad version 2024-04-02\n\n" + CORRECTED), "says that it is “Rättad version"),
        (slices("Utkast\n\n" + MINUTES), slices(MINUTES), "the other says that it is Utkast"),
        (slices("Version 1.2\n\n" + POLICY * 3), slices("Version 1.10\n\n" + POLICY * 3), "the later by the number"),
        (
            slices("Reviderad 2024-02-01\n\n" + MINUTES),
            slices("Reviderad 2024-11-12\n\n" + MINUTES),
            "it was revised later",
        ),
        (scan(MINUTES), slices(MINUTES), "its text is the file's own"),
        (
            slices(misread(MINUTES, 0.1), score=0.7),
            slices(misread(MINUTES, 0.02), score=0.95),
            "recognised more surely",
        ),
        (
            slices(MINUTES, created="2024-03-20", modified="2024-03-21"),
            slices(CORRECTED, created="2024-03-20", modified="2024-05-02"),
            "its file claims the later date (2024-05-02)",
        ),
        (
            slices(MINUTES, modified="2024-09-01", title="Budget 2019"),
            slices("Reviderad 2024-04-02\n\n" + MINUTES, modified="2024-04-02"),
            "says that it is “Reviderad 2024-04-02”",
        ),
        (scan(MINUTES), slices(MINUTES, modified="2024-04-01"), "its text is the file's own"),
        (
            slices(UNCUT),
            slices(MINUTES, modified="2024-04-01"),
            "more was found in its file",
        ),
        (
            slices(UNCUT, modified="2024-04-01"),
            slices(MINUTES, modified="2000-01-01"),
            "more was found in its file",
        ),
    ],
    ids=[
        "a corrected publication",
        "a draft gives way",
        "the higher number, not the longer string",
        "the later revision",
        "typed text before a scan",
        "the better scan",
        "the later claim where texts say nothing",
        "what the text says before what its file claims",
        "a scan is made later and is no newer",
        "no claim is not an early one: then the better reading",
        "a claim that is older than the meeting is none",
    ],
)
def test_which_is_in_force(old: list[Slice], new: list[Slice], because: str) -> None:
    (version,) = concluded(old, new)
    assert (version["setAside"], version["inForce"]) == (old[0].id, new[0].id)
    assert because in version["because"]


def test_nothing_but_content_decides_where_nothing_else_does() -> None:
    one, other = slices(MINUTES), slices(MINUTES.replace("\n\n", "\n\n\n"))
    (version,) = concluded(one, other)
    assert version["inForce"] == max(one[0].id, other[0].id)
    assert "by a fixed rule" in version["because"]


def test_every_order_gives_the_same() -> None:
    files = [slices(MINUTES), slices(CORRECTED), scan(MINUTES), slices(BUNDLE), slices(LETTER_ONE)]
    found = {repr(sorted(concluded(*order), key=lambda one: one["@id"])) for order in permutations(files)}
    assert len(found) == 1


def test_all_versions_lead_to_one() -> None:
    """Also where two of them are less alike than each is to the one in force."""
    versions = concluded(slices(MINUTES), slices(CORRECTED), scan(MINUTES, 0.1), scan(MINUTES, 0.08))
    assert len(versions) == 3
    assert len({version["inForce"] for version in versions}) == 1


SIGNED = "\n\n\n\n## Underskrifter\n\nDokumentet är signerat elektroniskt av:\n\nOrdförande  \nYLVA PROVBERG\n"


def test_what_is_left_of_a_file_goes_with_it() -> None:
    """One reader cut off the page of signatures, the other did not."""
    cut, whole = slices("Utkast\n\n" + MINUTES + SIGNED), slices(MINUTES + "\n\nYlva Provberg, ordförande\n")
    assert [piece.type for piece in cut] == ["protokoll", "underskriftssida"]
    assert [one["method"] for one in concluded(cut, whole)] == ["versions/same-document"], "no signatures there"
    whole = slices(MINUTES + SIGNED.replace("\n\n\n\n## Underskrifter", "\n\nUnderskrifter"))
    assert [piece.type for piece in whole] == ["protokoll"]
    found = concluded(cut, whole)
    assert [one["method"] for one in found] == ["versions/same-document", "versions/left-over"]
    assert {one["inForce"] for one in found} == {whole[0].id}


def attended(resolution: Resolution, pieces: list[Slice]) -> list[str]:
    """Who is somebody by which documents."""
    return sorted({ref.split("/mention/")[0] for ref in resolution.by_mention if "/mention/Person/" in ref})


def test_what_was_set_aside_names_no_one() -> None:
    old, new = slices(MINUTES), slices("Rättad version\n\n" + CORRECTED)
    resolution = resolve([*old, *new])
    assert resolution.superseded == {old[0].id: new[0].id}
    assert attended(resolution, [*old, *new]) == [new[0].id]
    publisher = resolution.iri(old[0].head["publisher"])
    assert publisher == resolution.iri(new[0].head["publisher"]) != old[0].head["publisher"], "its publisher is linked"


def test_a_person_can_rule_that_they_are_two_documents() -> None:
    old, new = slices(MINUTES), slices("Rättad version\n\n" + CORRECTED)
    ruling = Ruling("reject", (Thing(iri=version_iri(old[0].id, new[0].id)),))
    resolution = resolve([*old, *new], Judgements((ruling,)))
    assert resolution.superseded == {}
    assert attended(resolution, [*old, *new]) == sorted([old[0].id, new[0].id])
    assert Judgements((ruling,)).unmet([*old, *new], resolution) == []


def test_a_ruling_about_a_name_in_a_version_set_aside_holds_in_the_one_in_force() -> None:
    old, new = slices(MINUTES), slices("Rättad version\n\n" + CORRECTED)
    ruling = Ruling("rename", (Thing(name="Siv Prövgren", document=old[0].id.split("/")[1]),), name="Siv Prövgren Ek")
    resolution = resolve([*old, *new], Judgements((ruling,)))
    names = {told.get("name") for told in resolution.entities.values() if told.get("@type") == "Person"}
    assert "Siv Prövgren Ek" in names
