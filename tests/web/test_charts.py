"""Graphics: well-formed, named, without styles of their own; texts stay texts; axes have round numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from kommungraf.web.drawing.charts import (
    Bar,
    Cell,
    Line,
    Point,
    Row,
    Span,
    Stack,
    bars,
    lines,
    matrix,
    spans,
    stacked_bars,
)
from kommungraf.web.drawing.scale import Scale, ticks, whole_ticks
from kommungraf.web.drawing.svg import About, Key, shortened

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "</text><script>alert(1)</script>",
    '"><a onclick="x()">',
    "&amp;&lt;",
    "]]>",
    "a\x00b\x1b[0m\ufffe",
    "{{ 7*7 }}",
)


def drawn(label: str) -> dict[str, Markup]:
    """Every kind of graphic with a text in each of the places that take one."""
    about = About("k", label, label)
    keys = [Key(style, label, label[:1]) for style in range(9)]
    point = Point(2020, -3.5, label, "/a")
    return {
        "bars": bars(about, [Bar(label, 3, label, "/a?b=" + label, 2), Bar(label, 0)]),
        "stacked": stacked_bars(about, keys, [Stack(label, tuple(range(9)), "/a"), Stack("2021", (0,) * 9)]),
        "lines": lines(about, [Line(label, (point, Point(2023, 9, label)), "A", 3, True)], axis=label),
        "matrix": matrix(about, ["2020", label], [Row(label, (Cell(label, 1, label, "/c"), None), "/r")], keys),
        "spans": spans(about, [Span(label, 2019, 2022, label, "/s", 4, True, True)], keys),
    }


def empty() -> dict[str, Markup]:
    about = About("k", "Nothing", "Nothing at all")
    return {
        "bars": bars(about, []), "stacked": stacked_bars(about, [], []), "lines": lines(about, []),
        "matrix": matrix(about, [], []), "spans": spans(about, []),
    }  # fmt: skip


@pytest.mark.parametrize("label", ["Överförmyndarnämnden", *HOSTILE])
@pytest.mark.parametrize("kind", ["bars", "stacked", "lines", "matrix", "spans"])
def test_texts_stay_texts(kind: str, label: str) -> None:
    """What a document says never becomes an element, an attribute or a style of a graphic."""
    svg = ElementTree.fromstring(drawn(label)[kind])
    kinds = {element.tag.removeprefix(SVG) for element in svg.iter()}
    assert kinds <= {"svg", "title", "desc", "defs", "pattern", "path", "rect", "g", "a", "line", "text"}
    names = {name for element in svg.iter() for name in element.attrib}
    assert not names & {"style", "onclick", "onload", "xlink:href"}
    said = "".join(character if character not in "\x00\x1b\ufffe" else "\ufffd" for character in label)
    assert svg.findtext(f"{SVG}title") == said
    assert said in {element.text for element in svg.iter(f"{SVG}title")}


@pytest.mark.parametrize("kind", ["bars", "stacked", "lines", "matrix", "spans"])
def test_a_graphic_has_a_name_and_its_links_have_too(kind: str) -> None:
    svg = ElementTree.fromstring(drawn("Löften")[kind])
    ids = {element.get("id") for element in svg.iter() if element.get("id")}
    assert set(svg.attrib["aria-labelledby"].split()) <= ids
    links = list(svg.iter(f"{SVG}a"))
    assert links
    assert all(link.get("aria-label") for link in links)
    assert svg.get("role") == "group", "the inside of role=img is hidden from who listens: no links in it"
    assert svg.attrib["viewBox"].startswith("0 0 7")
    used = {element.attrib["fill"] for element in svg.iter() if element.get("fill")}
    assert used <= {f"url(#{name})" for name in ids}, "every pattern that is used is defined"


def test_a_graphic_without_links_is_an_image() -> None:
    svg = ElementTree.fromstring(bars(About("k", "T", "D"), [Bar("a", 1)]))
    assert svg.get("role") == "img"


@pytest.mark.parametrize("kind", ["bars", "stacked", "lines", "matrix", "spans"])
def test_nothing_to_draw_is_an_empty_graphic(kind: str) -> None:
    assert ElementTree.fromstring(empty()[kind]).findtext(f"{SVG}title") == "Nothing"


def test_a_stack_says_its_parts_and_leaves_out_what_is_none() -> None:
    svg = stacked_bars(
        About("k", "T", "D"), [Key(0, "done", "D"), Key(1, "silent", "S")], [Stack("2022", (3, 0), "/y")]
    )
    assert 'aria-label="2022: done 3"' in svg


def test_bars_are_as_long_as_their_values() -> None:
    svg = ElementTree.fromstring(bars(About("k", "T", "D"), [Bar("a", 10), Bar("b", 5), Bar("c", 0)]))
    ten, five, none = (float(rect.attrib["width"]) for rect in svg.iter(f"{SVG}rect"))
    assert ten == pytest.approx(2 * five, abs=0.02)
    assert none == 0


def test_years_without_a_value_are_not_bridged_by_a_whole_line() -> None:
    """2021 to 2023 lacks 2022: the line over it is dotted, and so is no other."""
    points = tuple(Point(year, 1, "x") for year in (2020, 2021, 2023))
    svg = ElementTree.fromstring(lines(About("k", "T", "D"), [Line("a", points)]))
    dashes = [line.get("stroke-dasharray") for line in svg.iter(f"{SVG}line") if "chart-line" in line.get("class", "")]
    assert dashes == [None, "1 6", None], "the last is the legend's"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 13_432_000, [0, 5e6, 10e6, 15e6]),
        (-240_000, 900_000, [-500_000, 0, 500_000, 1_000_000]),
        (0, 0.3, [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (7, 7, [0, 2, 4, 6, 8]),
    ],
)
def test_ticks(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


finite = st.floats(-1e15, 1e15, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-9)


@settings(deadline=None)
@given(finite, finite, st.integers(2, 12))
def test_ticks_are_round_cover_all_and_are_few(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    marks = ticks(low, high, most)
    assert marks[0] <= (low if low != high else min(low, 0))
    assert marks[-1] >= (high if low != high else max(high, 0))
    assert 2 <= len(marks) <= most + 1
    exact = [Decimal(repr(mark)) for mark in marks]
    step = exact[1] - exact[0]
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}, "1, 2 or 5 times a power of ten"
    assert all(later - earlier == step for earlier, later in pairwise(exact))
    assert all(mark % step == 0 for mark in exact)


@settings(deadline=None)
@given(st.integers(0, 10**9))
def test_what_is_counted_has_whole_ticks(high: int) -> None:
    marks = whole_ticks(high)
    assert all(isinstance(mark, int) for mark in marks)
    assert marks[0] == 0
    assert marks[-1] >= high
    assert marks[-1] > 0


@pytest.mark.parametrize(("low", "high"), [(math.nan, 1), (0, math.inf), (2, 1)])
def test_no_axis_without_bounds(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="no axis"):
        ticks(low, high)


def test_a_scale_maps_ends_on_ends() -> None:
    scale = Scale(0, 10, 200, 0)
    assert [scale(0), scale(5), scale(10)] == [200, 100, 0]


@pytest.mark.parametrize(("said", "room", "expected"), [("kort", 100, "kort"), ("ett långt namn", 37, "ett…")])
def test_what_does_not_fit_is_cut(said: str, room: float, expected: str) -> None:
    assert shortened(said, room) == expected
