"""What tells an activity from a topic and from prose: the infinitive."""

from __future__ import annotations

import pytest

from kommungraf.extract.activities_wording import instructs, is_goal, is_lead, promises

HEADINGS = [
    ("Samordna nätverket för rektorer", True, "an infinitive"),
    ("Att samordna nätverket", True, "with its mark"),
    ("Ge stöd i arbetet", True, "a short one"),
    ("Projektleda utbildningen", True, "a compound verb"),
    ("Digitalisera arkivet", True, "a verb in -era"),
    ("Följa hur mallen används", True, ""),
    ("Sammankala och leda nätverket", True, "misspelt, but coordinated with one that is not"),
    ("Tillsammans med regionen ta fram en plan", True, "after an adverbial"),
    ("Utifrån medlemmarnas behov ordna kurser", True, "after an adverbial"),
    ("Förbundet ska samordna insatserna", True, "after a modal verb"),
    ("Nätverk och samverkan", False, "a topic"),
    ("Flera utbildningar", False, "an adjective in -a"),
    ("Arbetet har fortsatt att utveckla rutiner", False, "a finite verb"),
    ("För att kunna erbjuda stöd", False, "why, not what"),
    ("Under hösten genomfördes tre möten", False, "told"),
]


@pytest.mark.parametrize(("title", "promised", "why"), HEADINGS, ids=[row[0] for row in HEADINGS])
def test_heading(title: str, promised: bool, why: str) -> None:
    assert promises(title) is promised, why


def test_a_paragraph_instructs_only_from_its_first_word() -> None:
    assert instructs("Genomföra projekten: vatten, avfall")
    assert not instructs("Tillsammans med regionen har vi börjat ta fram en plan.")


GOALS = [
    ("Fler elever ska bli behöriga. Det gäller alla skolor.", True),
    ("En trygg och lika vardag för barn och unga.", True),
    ("Skapa förutsättningar för god hälsa. Sluta klyftorna.", True),
    ("Digitaliseringen förändrar arbetet. Den rör alla kommuner.", False),
]


@pytest.mark.parametrize(("text", "goal"), GOALS)
def test_goal(text: str, goal: bool) -> None:
    assert is_goal(text) is goal


def test_a_sentence_before_a_colon_leads_and_a_paragraph_says_something() -> None:
    assert is_lead("Vi stödjer kommunerna genom att:")
    assert not is_lead("Samverkan har fungerat väl. Tre avtal har tecknats:")
