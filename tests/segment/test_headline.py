# ruff: noqa: E501 (a case is a whole document: it reads better unbroken)
"""Title, publisher, date of issue and year: what is printed for the document, never the date of something else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from kommungraf.dates import PartialDate, find_dates
from kommungraf.model.parts import LogicalDocument
from kommungraf.segment.headline import concluded_year

Documents = Callable[[str], list[LogicalDocument]]


@pytest.mark.parametrize(
    ("content", "title", "issued", "year", "publisher"),
    [
        pytest.param(
            "Exempelköpings kommun\n2024-04-02\n\nTjänsteskrivelse\nKommunstyrelsen\n\n# Taxa 2025\n\n## Förslag till beslut\n\nJa.",
            "Taxa 2025", "2024-04-02", 2024, "Exempelköpings kommun", id="a letterhead",
        ),
        pytest.param(
            "# Verksamhetsberättelse 2023\n\n\n\nKommunförbundet\nExempel län\n\n## Inledning\n\nBeslut togs 2024-03-01.",
            "Verksamhetsberättelse 2023", "None", 2023, "Kommunförbundet Exempel län", id="a logo on two lines, a date in the text",
        ),
        pytest.param(
            "# Årsredovisning\n\n## Räkenskapsåret 2023\n\nText.\n\n## Noter\n\nText.\n\nExempelby den 29 februari 2024\n\nAnna Exempel\nOrdförande",
            "Årsredovisning Räkenskapsåret 2023", "2024-02-29", 2023, None, id="the date with the signatures",
        ),
        pytest.param(
            "# Strategi för klimatet\n\n2024–2026\n\n## Inledning\n\nText.", "Strategi för klimatet", "None", 2024, None, id="the first year of a period",
        ),
        pytest.param(
            "# Reglemente för valnämnden\n\nAntagen av kommunfullmäktige 2023-02-27 § 11\n\n## 1 § Uppgifter\n\nText.",
            "Reglemente för valnämnden", "2023-02-27", 2023, None, id="the day of adoption",
        ),
        pytest.param(
            "# Protokoll\n\nRegion Exempel\n\nPlats och tid: Salen, torsdagen den 25 april kl. 9\n\nBeslutande: Anna\n\n"
            "§ 1 Bokslut 2023\n\nBokslut 2023 godkänns. Beslutat 2023-12-07.",
            "Protokoll", "None", 2024, "Region Exempel", id="a year that follows from the weekday",
        ),
        pytest.param(
            "Protokoll från socialutskottets sammanträde 2011-10-12\n\nPlats och tid Kommunhuset\n\nBeslutande Anna Exempel\n\n"
            "§ 1 Kvartalsrapport\n\nRapporten godkänns.",
            "Protokoll från socialutskottets sammanträde 2011-10-12", "2011-10-12", 2011, None, id="the day in the title of minutes",
        ),
        pytest.param(
            "Kommunfullmäktige 2002-12-02 1(28)\n\nPlats och tid\tSalen, kl 18.00\n\nBeslutande\tAnna Exempel\n\n"
            "KF § 1\n\nUpprop\n\nUpprop förrättas.",
            "Kommunfullmäktige 2002-12-02", "2002-12-02", 2002, None, id="minutes that only their form tells",
        ),
        pytest.param(
            "# Beslut om bidrag\n\nLänsstyrelsen i Örebro län beslutar att bevilja bidrag från den 3 maj 2024.\n\n## Skäl\n\nText.",
            "Beslut om bidrag", "None", 2024, "Länsstyrelsen i Örebro län", id="who decides",
        ),
        pytest.param(
            "# Motion: Fler träd\n\nExempelköpings kommun har för få träd. Vi yrkar att träd planteras.",
            "Fler träd", "None", None, None, id="a motion speaks of a municipality, it is not its publisher",
        ),
    ],
)  # fmt: skip
def test_headline(
    documents: Documents, content: str, title: str, issued: str, year: int | None, publisher: str | None
) -> None:
    document = documents(content + "\n")[0]
    assert (document.title, str(document.issued), document.year, document.publisher) == (title, issued, year, publisher)


@pytest.mark.parametrize(
    ("day", "known", "mentioned", "year", "why"),
    [
        ("torsdagen den 25 april", ["2024-04-25"], [2023], 2024, "the same day is printed with its year elsewhere"),
        ("torsdagen den 25 april", [], [2023, 2023, 2018], 2024, "the weekday fits, and last year is spoken of"),
        ("torsdagen den 25 april", [], [], None, "nothing to go by"),
        ("den 25 april", [], [2023, 2024], None, "no weekday"),
        ("den 25 april", ["2024-04-25"], [2024], 2024, "no weekday, but the day itself"),
        ("måndagen den 3 maj", [], [2010, 2010, 2021, 2021], None, "two years fit equally well"),
    ],
)
def test_the_year_of_a_day(day: str, known: list[str], mentioned: list[int], year: int | None, why: str) -> None:
    found = next(find_dates(day))
    dates = [PartialDate(*map(int, one.split("-"))) for one in known]
    assert concluded_year(found, dates, Counter(mentioned)) == year, why
