"""People, seats and projects by year; a municipality and the organisation of its name."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from kommungraf.config import DEFAULT_BASE
from kommungraf.municipalities import municipalities, municipality_called
from kommungraf.text import fold
from kommungraf.web.pages import page
from kommungraf.web.parts import by_year
from kommungraf.web.site import NotFoundError, PageRequest, Site

BODY = "/id/body/kommunförbundet-exempelbygden/styrelsen"
MUNICIPALITY = "/id/municipality/1497"
ORGANISATION = "/id/organization/hjo-kommun"


@pytest.fixture(scope="module")
def site(corpus_graph: Path, corpus_store: Store) -> Site:
    """The corpus with an organisation that is called as one of its municipalities is."""
    quads = corpus_store.dump(format=RdfFormat.N_QUADS)
    renamed = quads.decode().replace("granåkers-kommun", "hjo-kommun").replace("Granåkers kommun", "Hjo kommun")
    store = Store()
    store.bulk_load(renamed.encode(), format=RdfFormat.N_QUADS)
    return Site(store, DEFAULT_BASE, "1", corpus_graph)


def body_of(site: Site, path: str, language: str = "sv", **query: str) -> str:
    return page(site, PageRequest(path, tuple(query.items()), language)).body.decode()  # type: ignore[arg-type]


def section(body: str, key: str) -> str:
    return body[body.index(f'<h2 id="{key}">') :].split("</section>")[0]


def data(site: Site, path: str, key: str) -> list[dict[str, str]]:
    answer = page(site, PageRequest(path, (("table", key),), form="csv"))
    return list(csv.DictReader(io.StringIO(answer.body.decode())))


# (name, code, why)
CALLED = [
    ("Hjo kommun", "1497", "no genitive after a vowel"),
    ("Åmåls kommun", "1492", "the genitive"),
    ("Tranås kommun", "0687", "a name that ends in s"),
    ("Falu kommun", "2080", "the other form of the register"),
    ("GÖTEBORGS  STAD", "1480", "case and spaces carry no meaning"),
    ("Hjo stad", None, "not one that calls itself stad"),
    ("Hjo", None, "the bare name is that of the place"),
    ("Hjo kommuns bostäder", None, "a longer name"),
    ("Granåkers kommun", None, "not in the register"),
]


@pytest.mark.parametrize(("name", "code", "why"), CALLED, ids=[row[2] for row in CALLED])
def test_an_official_form_is_that_of_one_municipality(name: str, code: str | None, why: str) -> None:
    entry = municipality_called(name)
    assert (entry.code if entry else None) == code, why


def test_no_official_form_is_that_of_two_municipalities() -> None:
    forms = [(fold(form), entry.code) for entry in municipalities().values() for form in set(entry.official)]
    assert len({form for form, _ in forms}) == len(set(forms))


@pytest.mark.parametrize(
    ("language", "because"),
    [
        ("sv", "Hjo kommun är en officiell form av namnet Hjo i kommunregistret"),
        ("en", "Hjo kommun is an official form of the name Hjo in the register of municipalities"),
    ],
)
def test_a_municipality_shows_what_the_organisation_of_its_name_holds_and_why(
    site: Site, language: str, because: str
) -> None:
    body = body_of(site, MUNICIPALITY, language)
    assert because in body
    own = site.iri(ORGANISATION)
    assert section(body, "bodies").count('<th scope="row">') == len(site.look.subjects("org:unitOf", NamedNode(own)))
    assert "ks-2020-112" in section(body, "cases")
    days = re.findall(r'<th scope="row"><a href="[^"]+">(\d{4}-\d\d-\d\d)</a>', section(body, "meetings"))
    assert days == sorted(days, reverse=True)
    assert days


def test_the_organisation_leads_to_the_municipality(site: Site) -> None:
    assert f'href="{site.href(site.iri(MUNICIPALITY))}"' in body_of(site, ORGANISATION).split("<h2", 1)[0]


def test_a_name_that_only_resembles_puts_nothing_together(site: Site) -> None:
    body = body_of(site, "/id/municipality/0687")
    assert 'id="organisation"' not in body
    assert 'id="people"' in body


def test_people_and_projects_of_a_municipality_by_year(site: Site) -> None:
    people, projects = data(site, MUNICIPALITY, "people"), data(site, MUNICIPALITY, "projects")
    assert {row["year"] for row in people if row["name"] == "Johan Ekdahl"} >= {"2021", "2022", "2023"}
    green = [row["year"] for row in projects if row["name"] == "Grön måltid"]
    assert green[:3] == ["2021", "2022", "2023"], "the years of the period, one by one"
    assert {row["stated"] for row in projects if row["what"] == "named"} <= {"false"}


def test_the_members_of_a_body_by_year(site: Site) -> None:
    every = data(site, BODY, "members")
    rows = {(row["name"], row["year"]): row for row in every}
    assert rows["Malin Thörnell", "2019"]["stated"] == "true", "a text states the beginning"
    assert rows["Malin Thörnell", "2020"]["stated"] == "false", "no text states the end"
    assert rows["Johan Ekdahl", "2023"]["what"] == "vice ordförande", "the higher of two seats"
    assert ("Fatima Haddad Lind", "2024") not in rows, "after the end of the term"
    assert all(site.look.classes(NamedNode(row["statement"])) == ("Tenure",) for row in every)
    shown = section(body_of(site, BODY), "members")
    assert shown.count("<abbr ") == len(every), "the table has what the data have"
    assert len(re.findall('class="chart-plate"', shown)) == len(every), "and so has the graphic"
    assert "(L)</abbr>" in shown
    order = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', shown)
    last = [max(int(year) for name, year in rows if name == one) for one in order]
    assert last == sorted(last, reverse=True), "the newest seat first"


def test_rows_beyond_the_first_are_folded_and_stay_in_the_data(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = data(site, BODY, "members")
    for name, rows in (("DRAWN", 2), ("SHOWN", 3), ("FOLDED", 5)):
        monkeypatch.setattr(by_year, name, rows)
    shown = section(body_of(site, BODY, "en"), "members")
    assert shown.split("<details>")[0].count('<th scope="row">') == 3
    assert shown.split("<details>")[1].count('<th scope="row">') == 2
    assert f"and {len({row['thing'] for row in whole}) - 5} more" in shown.split("</details>")[1]
    assert data(site, BODY, "members") == whole


def test_a_section_without_data_is_not_found_as_a_table(site: Site) -> None:
    with pytest.raises(NotFoundError):
        data(site, BODY, "meetings")
