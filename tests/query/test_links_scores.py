# ruff: noqa: E501
"""How links of gold are read, matched with the links of a graph, and measured."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kommungraf.errors import UsageError
from kommungraf.query.evaluate import compare_links
from kommungraf.query.gold import Place, read_gold
from kommungraf.query.links import Link, LinkGold, Side, link_of, read_links
from kommungraf.query.links_scores import is_right, same, side_fits, text_fits


def found(kind: str, sides: dict[str, Side] | None = None, **fields: str | list[str]) -> Link:
    """A link of the graph."""
    lists = {key: value if isinstance(value, list) else [value] for key, value in fields.items()}
    return Link(kind, lists, sides or {}, "node")


def side(text: str = "", file: str = "a.txt", start: int = 0, **fields: str) -> Side:
    """A side of a link of the graph."""
    place = Place(start, start + len(text))
    return Side((text,), ((file, place),), frozenset({file}), {key: [value] for key, value in fields.items()})


EKEN = found(
    "succession", predecessor=["Eken", "EK"], successor=["Nya Eken"], successionKind="renamed", effective="2022"
)
ENDED = found("succession", predecessor=["Eken", "EK"], successionKind="ended")
PLAN, REPORT = side("Utbilda 60 volontärer."), side("Under året utbildades 43 volontärer.", "b.txt", 10)
PARTLY = found("alignment", {"planned": PLAN, "reported": REPORT}, status="partly", year="2022")
NEXT = found("alignment", {"planned": PLAN, "next": side("Utbilda 20 volontärer.", "c.txt")}, status="changed")
CONTRARY = found(
    "contradiction", {"a": side("Det kom 412 deltagare."), "b": side("421", "b.txt", value="421", lineItem="Deltagare")}
)
STATE = found(
    "caseState", diaryNumber="KS 2020/112", title=["Motion om en pool"], state="answered", stateSince="2022-02-28"
)

# (a line of gold, a link of the graph, the same link, with all its details, why)
LINKS = [
    ({"kind": "succession", "predecessor": "Eken", "successor": "Nya Eken", "successionKind": "renamed"}, EKEN, True, True, "names"),
    ({"kind": "succession", "predecessor": "projektet ”EK”", "successor": "Nya Eken"}, EKEN, True, True, "a short name, in quotes and with its kind"),
    ({"kind": "succession", "predecessor": "Eken", "successor": "Nya Eken", "successionKind": "continued"}, EKEN, True, False, "another kind"),
    ({"kind": "succession", "predecessor": "Eken", "successor": "Nya Eken", "successionKind": "continued|renamed"}, EKEN, True, True, "either kind"),
    ({"kind": "succession", "predecessor": "Eken", "successor": "Aspen"}, EKEN, False, False, "another successor"),
    ({"kind": "succession", "predecessor": "Eken", "successionKind": "ended"}, EKEN, False, False, "an end has no successor"),
    ({"kind": "succession", "predecessor": "Eken", "successionKind": "ended"}, ENDED, True, True, "an end"),
    ({"kind": "succession", "predecessor": "Eken", "successor": "Nya Eken"}, ENDED, False, False, "the successor was not found"),
    ({"kind": "succession", "predecessor": "Nya Eken", "successor": "Eken"}, EKEN, False, False, "the wrong way round"),
    ({"kind": "alignment", "planned": "Utbilda 60 volontärer", "reported": "utbildades 43 volontärer"}, PARTLY, True, True, "quotes are parts"),
    ({"kind": "alignment", "planned": "Utbilda 60 volontärer", "reported": "utbildades 43 volontärer", "status": "done"}, PARTLY, True, False, "another status"),
    ({"kind": "alignment", "planned": "Utbilda 60 volontärer", "next": "Utbilda 20 volontärer."}, PARTLY, False, False, "a report is no later plan"),
    ({"kind": "alignment", "planned": "Utbilda 60 volontärer", "next": "Utbilda 20 volontärer."}, NEXT, True, True, "a later plan"),
    ({"kind": "alignment", "plannedFile": "a.txt", "plannedStart": 5, "plannedEnd": 9, "reportedText": "43 volontärer", "year": 2022}, PARTLY, True, True, "fields instead of objects"),
    ({"kind": "alignment", "planned": {"file": "c.txt", "text": "Utbilda 60 volontärer"}, "reported": "43 volontärer"}, PARTLY, False, False, "the plan of another file"),
    ({"kind": "alignment", "planned": {"file": "a.txt", "start": 40, "end": 50}, "reported": "43 volontärer"}, PARTLY, False, False, "another place"),
    ({"kind": "contradiction", "a": "412 deltagare", "b": {"value": 421}}, CONTRARY, True, True, "a quote and a value"),
    ({"kind": "contradiction", "a": {"lineItem": "deltagare", "value": 421.0}, "b": "412 deltagare"}, CONTRARY, True, True, "the other order"),
    ({"kind": "contradiction", "a": {"value": 421}}, CONTRARY, True, True, "one side is enough"),
    ({"kind": "contradiction", "a": "412 deltagare", "b": {"value": 422}}, CONTRARY, False, False, "another value"),
    ({"kind": "caseState", "diaryNumber": "KS 2020-112", "state": "answered"}, STATE, True, True, "signs between the parts do not matter"),
    ({"kind": "caseState", "title": "motion om en pool", "state": "open"}, STATE, True, False, "by title; another state"),
    ({"kind": "tenure", "person": "Ada Ek", "inBody": "styrelsen", "role": "ledamot", "acting": True},
     found("tenure", person=["Ada Ek", "A. Ek"], inBody="Styrelsen", role="ledamot", acting="true"), True, True, "yes is true"),
    ({"kind": "tenure", "person": "Ada Ek", "inBody": "styrelsen", "role": "ledamot", "endedBy": "none"},
     found("tenure", person="Ada Ek", inBody="styrelsen", role="ledamot", endedBy="resigned"), True, False, "a request is no end"),
    ({"kind": "tenure", "person": "Ada Ek", "inBody": "styrelsen", "role": "ledamot", "endedBy": "none"},
     found("tenure", person="Ada Ek", inBody="styrelsen", role="ledamot", endedBy=[]), True, True, "nothing said"),
    ({"kind": "presence", "entity": "Eken", "year": 2023, "presence": "silent"}, found("presence", entity="Eken", year="2023", presence="ended"), True, False, "silence is no end"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "link", "is_same", "right", "why"), LINKS, ids=[row[4] for row in LINKS])
def test_a_line_of_gold_and_a_link(line: dict[str, object], link: Link, is_same: bool, right: bool, why: str) -> None:
    gold = link_of(line)
    fit = same(gold, link)
    assert (fit > 0, fit > 0 and is_right(gold, link)) == (is_same, right), why


# (quote of gold, what a statement says, fits, why)
QUOTES = [
    ("43 volontärer", "Under året utbildades 43 volontärer.", True, "a part"),
    ("Under året utbildades 43 volontärer. Det är bra.", "Under året utbildades 43 volontärer.", True, "more than the statement"),
    ("3 volontärer", "Under året utbildades 43 volontärer.", False, "half a number"),
    ("Under 2022 utbildades 21 personer", "21", False, "a bare number proves nothing"),
    ("Samordna nätverket för chefer i skolan", "Samordna nätverket för chefer i skolan nu", True, "a word more"),
    ("Samordna nätverket", "Starta nätverket", False, "another activity"),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "said", "fits", "why"), QUOTES, ids=[row[3] for row in QUOTES])
def test_quotes(quote: str, said: str, fits: bool, why: str) -> None:
    assert (text_fits(quote, said) > 0) is fits, why


def test_a_statement_may_be_quoted_by_its_evidence() -> None:
    gold = link_of({"kind": "contradiction", "a": "2022-03-16", "b": "den 13 april 2023"})
    evidence = Side(("2022-03-16", "torsdagen den 13 april 2023"))
    link = found("contradiction", {"a": side("Kallelse"), "b": side("Möte"), "evidence": evidence})
    assert same(gold, link) > 0
    assert side_fits(Side(), side("Kallelse")) == 1.0


def test_precision_and_what_is_optional() -> None:
    gold = [
        link_of(LINKS[0][0]),
        link_of({"kind": "succession", "predecessor": "Eken", "successionKind": "ended", "optional": True}),
    ]
    other = found("succession", predecessor="Aspen", successor="Nya Aspen", successionKind="renamed")
    (every,) = compare_links(LinkGold(gold, {"succession": "all"}), [EKEN, ENDED, other])
    assert (every.gold, every.found, every.strict.precision, every.strict.recall) == (1, 2, 0.5, 1.0)
    assert [fact.attributes["predecessor"] for fact in every.spurious] == [["Aspen"]]
    (named,) = compare_links(LinkGold(gold, {"succession": "predecessor"}), [EKEN, ENDED, other])
    assert (named.found, named.strict.precision) == (1, 1.0)
    (none,) = compare_links(LinkGold(gold, {}), [EKEN, ENDED, other])
    assert (none.found, none.strict.precision, none.strict.recall) == (None, None, 1.0)
    (claimed,) = compare_links(LinkGold([], {"succession": "all"}), [other])
    assert (claimed.gold, claimed.strict.precision) == (0, 0.0)


def test_files_of_links(tmp_path: Path) -> None:
    (tmp_path / "links.jsonl").write_text(
        json.dumps({"kind": "presence", "entity": "Eken", "year": 2023}) + "\n", encoding="utf-8"
    )
    (tmp_path / "facts.jsonl").write_text(
        json.dumps({"kind": "alignment", "planned": {"file": "a.txt", "text": "Utbilda"}, "next": "Utbilda"}) + "\n",
        encoding="utf-8",
    )
    (tmp_path / "coverage.json").write_text(
        '{"*": {"presence": "all"}, "a.txt": {"person": [[0, 9]]}}', encoding="utf-8"
    )
    gold = read_links(tmp_path)
    assert ([link.kind for link in gold.links], gold.coverage, gold.files) == (
        ["alignment", "presence"],
        {"presence": "all"},
        {"a.txt"},
    )
    assert read_gold(tmp_path).facts == []
    (tmp_path / "links.jsonl").write_text('["presence"]\n', encoding="utf-8")
    with pytest.raises(UsageError, match="line 1"):
        read_links(tmp_path)
