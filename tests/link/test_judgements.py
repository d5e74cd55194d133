# ruff: noqa: E501
"""Rulings: they are read from TOML, refer to stable things, and win over what linking found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kommungraf.errors import UsageError
from kommungraf.link.judgements import Judgements, load
from kommungraf.link.resolution import Resolution, Resolved, Slice

A, B = "person/hjo-kommun/anna-berg", "person/vara-kommun/anna-berg"


def rulings(tmp_path: Path, text: str) -> Judgements:
    """The rulings of a file with this text."""
    path = tmp_path / "judgements.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def linked() -> tuple[list[Slice], Resolution]:
    """Two people of one name in two documents."""
    resolution = Resolution()
    slices = []
    for number, person in ((1, A), (2, B)):
        ident = f"document/{number:016}/1"
        node = {"@id": f"{ident}/mention/Person/0", "name": "Anna Berg", "evidence": ["passage/x/0-9"]}
        slices.append(Slice({"@id": ident}, {"Person": [node]}))
        resolution.by_mention[node["@id"]] = Resolved(person, "Anna Berg")
    return slices, resolution


def test_no_file_no_rulings(tmp_path: Path) -> None:
    assert load(tmp_path / "nothing.toml") == Judgements()


BY_IRI = f'[[same]]\nthings = ["{A}", "{B}"]'
BY_NAME = '[[same]]\nthings = [{name = "anna berg", document = "0000000000000001"}, {name = "Anna Berg", document = "document/0000000000000002/1"}]'


@pytest.mark.parametrize("text", [BY_IRI, BY_NAME], ids=["by IRI", "by name and document"])
def test_same_joins_and_retires(tmp_path: Path, text: str) -> None:
    slices, resolution = linked()
    rulings(tmp_path, text).apply(slices, resolution)
    assert {item.iri for item in resolution.by_mention.values()} == {A}
    assert resolution.replaced == {B: A}
    (join,) = resolution.conclusions
    assert (join["entity"], join["joined"], join["method"]) == (A, B, "judgement")


def test_an_iri_that_a_join_retired_leads_to_what_it_is_now(tmp_path: Path) -> None:
    slices, resolution = linked()
    resolution.join(A, "person/hjo-kommun/a-berg", kind="Person", method="m", score=0.9, because="B.", evidence=[])
    rulings(tmp_path, '[[forget]]\nthing = "person/hjo-kommun/a-berg"').apply(slices, resolution)
    assert resolution.forgotten == {A}


def test_whole_iris_are_taken_too(tmp_path: Path) -> None:
    path = tmp_path / "judgements.toml"
    path.write_text(f'[[forget]]\nthing = "https://example.org/id/{A}"', encoding="utf-8")
    slices, resolution = linked()
    load(path, "https://example.org/id/").apply(slices, resolution)
    assert resolution.forgotten == {A}


def test_what_linking_retired_in_a_circle_is_followed_once(tmp_path: Path) -> None:
    slices, resolution = linked()
    resolution.replaced = {"person/x/y": "person/x/z", "person/x/z": "person/x/y"}
    judgements = rulings(tmp_path, '[[forget]]\nthing = "person/x/y"')
    judgements.apply(slices, resolution)
    assert resolution.forgotten == set()
    assert judgements.unmet(slices, resolution) == ["A [[forget]] ruling is about person/x/y, which no document names."]


def test_applying_twice_changes_nothing(tmp_path: Path) -> None:
    slices, resolution = linked()
    judgements = rulings(tmp_path, BY_IRI + f'\n[[rename]]\nthing = "{B}"\nname = "Anna Ek"\n[[forget]]\nthing = "{A}"')
    judgements.apply(slices, resolution)
    first = dict(resolution.by_mention), dict(resolution.replaced), set(resolution.forgotten)
    judgements.apply(slices, resolution)
    assert (resolution.by_mention, resolution.replaced, resolution.forgotten) == first
    assert {item.name for item in resolution.by_mention.values()} == {"Anna Ek"}, (
        "a retired IRI leads to what replaced it"
    )
    assert resolution.forgotten == {A}


BAD = [
    ("[[same]\nthings", "not valid TOML", "syntax"),
    ("[[merge]]\nthings = []", "does not exist", "an unknown kind"),
    ('[same]\nthings = ["a/b", "a/c"]', "two brackets", "a table is not a list of rulings"),
    ('[[same]]\nthings = ["person/x/a", "project/x/b"]', "a person and a project", "two kinds are never one thing"),
    ('[[rename]]\nthing = "a"\nname = 3', "text", "a name is text"),
    ('[[forget]]\nthing = "a"\nbecuase = "b"', "becuase", "a misspelt key is not passed over"),
    ('[[forget]]\nthing = {name = "Anna Berg", document = ""}', "a name with a document", "nor is it in no document"),
    ('[[same]]\nthings = ["a"]', "two or more", "one thing is not the same as anything"),
    ('[[rename]]\nthing = "a"', "a name", "renamed to what"),
    ('[[forget]]\nthing = {name = "Anna Berg"}', "a name with a document", "a name alone is not stable"),
]


@pytest.mark.parametrize(("text", "message", "why"), BAD, ids=[why for *_, why in BAD])
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str, why: str) -> None:
    with pytest.raises(UsageError, match=message):
        rulings(tmp_path, text)


def test_a_rejected_conclusion_is_left_out_and_one_that_is_not_drawn_is_told(tmp_path: Path) -> None:
    path = tmp_path / "judgements.toml"
    path.write_text('[[reject]]\nconclusion = "alignment/1"\n[[reject]]\nconclusion = "alignment/9"\n', "utf-8")
    judgements, resolution = load(path), Resolution()
    resolution.conclusions += [{"@id": "alignment/1"}, {"@id": "alignment/2"}]
    judgements.reject(resolution)
    assert [one["@id"] for one in resolution.conclusions] == ["alignment/2"]
    assert judgements.unmet([], resolution) == ["A [[reject]] ruling is about alignment/9, which nothing concludes."]
