"""Areas as a tree without their numbers; activities, goals and results one by one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.extract import extract
from kommungraf.extract.activities import find_activities
from kommungraf.extract.areas import area_name, find_focus_areas
from kommungraf.extract.context import Context
from kommungraf.model.facts import FocusArea, PlannedActivity, ReportedResult
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.read import read_bytes
from kommungraf.segment import segment

TITLES = [
    ("Fokusområde 2: Ungas hälsa", "Ungas hälsa"),
    ("Område 1 – Lärande", "Lärande"),
    ("3.1 Äldre", "Äldre"),
    ("2. Digital utveckling", "Digital utveckling"),
    ("Uppdrag 4", "Uppdrag 4"),
    ("Uppdrag 4: Skolan", "Skolan"),
    ("Barn och unga", "Barn och unga"),
    ("Mål 2030", "Mål 2030"),
]


@pytest.mark.parametrize(("title", "name"), TITLES)
def test_name(title: str, name: str) -> None:
    assert area_name(title) == name


PLAN = """## 1. Skola

### Lärande

Mål

Alla ska bli behöriga.

Aktiviteter

Vi stödjer kommunerna genom att:

- Ordna en konferens.
- Ta fram en mall.

Resultat

Mallen används av alla. Konferensen hölls i maj.
"""


def _plan(context: Callable[..., Context]) -> Context:
    """The plan with its parts as the segmenter hands them on."""
    text = context(PLAN).text
    at = {text.of(block): index for index, block in enumerate(text.blocks)}

    def part(role: Role, first: str, stop: str | None, children: list[Part] | None = None) -> Part:
        start, end = at[first], at[stop] if stop else len(text.blocks)
        title = text.blocks[start]
        last = text.blocks[end - 1]
        span = Span(title.start, title.end)
        return Part(role, title.start, last.end, range(start, end), first, span, children=children or [])

    goals = part(Role.GOALS, "Mål", "Aktiviteter")
    activities = part(Role.ACTIVITIES, "Aktiviteter", "Resultat")
    results = part(Role.RESULTS, "Resultat", None)
    focus = part(Role.FOCUS, "Lärande", None, [goals, activities, results])
    ctx = context(PLAN, parts=[part(Role.AREA, "1. Skola", None, [focus])])
    ctx.document.year = 2024
    ctx.nodes.extend(find_focus_areas(ctx))
    ctx.nodes.extend(find_activities(ctx))
    return ctx


def test_areas_are_a_tree(context: Callable[..., Context]) -> None:
    ctx = _plan(context)
    area, focus = ctx.of_type(FocusArea)
    assert (area.name, area.part_of, area.year) == ("Skola", ctx.document.id, 2024)
    assert (focus.name, focus.part_of) == ("Lärande", area.id)
    assert ctx.clean(area.evidence[0]) == "1. Skola"


def test_each_item_and_paragraph_is_a_statement_but_the_words_that_lead_to_a_list(
    context: Callable[..., Context],
) -> None:
    ctx = _plan(context)
    focus = ctx.of_type(FocusArea)[1]
    planned = [(node.text, node.is_goal) for node in ctx.of_type(PlannedActivity)]
    assert planned == [("Alla ska bli behöriga.", True), ("Ordna en konferens.", False), ("Ta fram en mall.", False)]
    (result,) = ctx.of_type(ReportedResult)
    assert result.text == "Mallen används av alla. Konferensen hölls i maj."
    assert result.heading is None  # "Resultat" says nothing of which activity
    assert {node.part_of for node in (*ctx.of_type(PlannedActivity), result)} == {focus.id}


def test_a_running_line_is_no_result_and_a_sentence_may_return() -> None:
    chapter = "## Område {0}\n\n### Resultat\n\nMålet är uppfyllt.\n\nExempelby kommun – berättelse\n\n"
    source = read_bytes(("# Verksamhetsberättelse 2025\n\n" + "".join(map(chapter.format, "123"))).encode(), "a.md")
    documents, _ = extract(source, segment(source)[0])
    found = [node.text for _, nodes in documents for node in nodes if isinstance(node, ReportedResult)]
    assert found == ["Målet är uppfyllt."] * 3


REPORT = """# Verksamhetsberättelse 2025

## 1. Skola

### Resultat

**Samordna nätverket för rektorer**

Nätverket har haft fem möten och arbetat med frågor som rör



elevhälsa och närvaro.

**Nätverk och samverkan**

Flera träffar har hållits.

## 2. Vård

### Resultat

**Ge stöd i upphandling**

Avtalet är klart.
"""


def test_a_heading_that_instructs_is_what_was_planned_and_a_topic_is_not() -> None:
    source = read_bytes(REPORT.encode(), "a.md")
    documents, _ = extract(source, segment(source)[0])
    nodes = [node for _, found in documents for node in found]
    planned = [(node.text, node.from_report, node.year) for node in nodes if isinstance(node, PlannedActivity)]
    assert planned == [("Samordna nätverket för rektorer", True, 2025), ("Ge stöd i upphandling", True, 2025)]
    told = [(node.heading, node.text) for node in nodes if isinstance(node, ReportedResult)]
    assert told == [
        (
            "Samordna nätverket för rektorer",
            "Nätverket har haft fem möten och arbetat med frågor som rör elevhälsa och närvaro.",  # over a page break
        ),
        ("Nätverk och samverkan", "Flera träffar har hållits."),
        ("Ge stöd i upphandling", "Avtalet är klart."),
    ]


LISTS = """# Verksamhetsplan 2026

## Skola

Förbundet kommer i samarbete med nätverket att:

- ordna en konferens • ta fram en mall
- stödja rektorer som är nya i
länet

## Miljö

Under året kommer följande projekt att genomföras:

### Vatten

- Tillsyn av dagvatten

### Mat

- Kontroll av caféer

Ett årsmöte kommer även att hållas under hösten.

## Digital utveckling

### Mål

Mål 1: Fler tjänster ska vara gemensamma.

Digitaliseringen har förändrat kommunernas arbete i grunden. Det gäller både skola och omsorg.

### Så här gör vi

- Förnya avtalet.
"""


def test_lists_that_a_sentence_announces_and_items_that_ran_together() -> None:
    source = read_bytes(LISTS.encode(), "a.md")
    documents, _ = extract(source, segment(source)[0])
    planned = [node for _, found in documents for node in found if isinstance(node, PlannedActivity)]
    assert [(node.text, node.is_goal) for node in planned] == [
        ("ordna en konferens", False),
        ("ta fram en mall", False),
        ("stödja rektorer som är nya i länet", False),
        ("Tillsyn av dagvatten", False),
        ("Kontroll av caféer", False),
        ("Ett årsmöte kommer även att hållas under hösten.", False),
        ("Fler tjänster ska vara gemensamma.", True),  # without its label; the text below only explains
        ("Förnya avtalet.", False),
    ]


TABLES = """# {0}

## Skola

| Mål | Aktivitet | Ansvarig | Status | Kommentar |
|---|---|---|---|---|
| Fler läser | Köpa böcker till skolorna | Rektor | Avslutad | Böcker köptes till alla skolor. |
|  | Utbilda lärare i läsning | Rektor | Ej påbörjad |  |

| Investering | Åtgärd |
|---|---|
| 100 | 200 |
"""


def test_a_table_of_activities_tells_a_promise_and_in_a_report_what_became_of_it() -> None:
    found = {}
    for title in ("Verksamhetsplan 2026", "Verksamhetsberättelse 2026"):
        source = read_bytes(TABLES.format(title).encode(), "a.md")
        documents, _ = extract(source, segment(source)[0])
        found[title] = [node for _, nodes in documents for node in nodes]
    for nodes, repeated in zip(found.values(), (None, True), strict=True):
        planned = [(one.text, one.is_goal, one.from_report) for one in nodes if isinstance(one, PlannedActivity)]
        assert planned == [
            ("Fler läser", True, repeated),
            ("Köpa böcker till skolorna", False, repeated),
            ("Utbilda lärare i läsning", False, repeated),
        ]
    told = [[(one.heading, one.text) for one in nodes if isinstance(one, ReportedResult)] for nodes in found.values()]
    assert told == [
        [],
        [
            ("Köpa böcker till skolorna", "Avslutad. Böcker köptes till alla skolor."),
            ("Utbilda lärare i läsning", "Ej påbörjad"),
        ],
    ]


GOALS = """# {0} 2023

## Nämndens mål

### Mål 1: Fler barn ska ha en fritid

Fritiden har betydelse för hälsan. Det visar flera rapporter.

Aktiviteter under året:

- Öppna en mötesplats
- Spontanidrott i parken
"""


def test_a_goal_in_a_heading_and_the_activities_below_it() -> None:
    source = read_bytes(GOALS.format("Verksamhetsplan").encode(), "a.md")
    documents, _ = extract(source, segment(source)[0])
    planned = [node for _, found in documents for node in found if isinstance(node, PlannedActivity)]
    assert [(node.text, node.is_goal) for node in planned] == [
        ("Fler barn ska ha en fritid", True),
        ("Öppna en mötesplats", False),
        ("Spontanidrott i parken", False),
    ]


def test_a_report_under_a_goal_tells_of_the_goal() -> None:
    source = read_bytes(GOALS.format("Verksamhetsberättelse").encode(), "a.md")
    documents, _ = extract(source, segment(source)[0])
    nodes = [node for _, found in documents for node in found]
    (goal,) = [node for node in nodes if isinstance(node, PlannedActivity) and node.is_goal]
    assert (goal.text, goal.from_report) == ("Fler barn ska ha en fritid", True)
