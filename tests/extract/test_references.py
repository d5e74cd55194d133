# ruff: noqa: E501
"""Legal references: what is cited, under which IRI, and what only looks like a citation."""

from __future__ import annotations

import pytest

from kommungraf.extract.references import find_citations

# (text, year of the document, [(printed, designation, IRI, chapter, sections)], why)
CITATIONS = [
    ("grundas på 14 kap. 15–19 §§ vallagen (2005:837).", 2024,
     [("14 kap. 15–19 §§ vallagen (2005:837)", "SFS 2005:837", "2005:837#K14P15", "14", "15–19")], "a range: its first section"),
    ("Enligt 5 kap. 1 § kommunallagen (2017:725) beslutar", 2019,
     [("5 kap. 1 § kommunallagen (2017:725)", "SFS 2017:725", "2017:725#K5P1", "5", "1")], "chapter and section"),
    ("enligt 3 § lagen (1993:387) om stöd och service", None,
     [("3 § lagen (1993:387) om stöd och service", "SFS 1993:387", "1993:387#P3", None, "3")], "an act without chapters; its title belongs to it"),
    ("se kommunallagen 6 kap 4 § om ansvar", 2022,
     [("kommunallagen 6 kap 4 §", "SFS 2017:725", "2017:725#K6P4", "6", "4")], "the act first"),
    ("stöd i KL 5:23 finns", 2022, [("KL 5:23", "SFS 2017:725", "2017:725#K5P23", "5", "23")], "chapter:section"),
    ("Årsredovisningslagen 7:3", None, [("Årsredovisningslagen 7:3", "SFS 1995:1554", "1995:1554#K7P3", "7", "3")], "the same with a name"),
    ("enligt SoL 4 kap 1 §", 2020, [("SoL 4 kap 1 §", "SFS 2001:453", "2001:453#K4P1", "4", "1")], "the act of that year"),
    ("enligt SoL 4 kap 1 §", 2025, [("SoL 4 kap 1 §", "SoL", None, "4", "1")], "two acts of one name that year: no IRI"),
    ("enligt 7 kap. 1 § socialtjänstlagen", 2026,
     [("7 kap. 1 § socialtjänstlagen", "SFS 2025:400", "2025:400#K7P1", "7", "1")], "the new act"),
    ("inför den nya socialtjänstlagen", 2025, [("socialtjänstlagen", "SFS 2025:400", "2025:400", None, None)], "said to be the new one"),
    ("inför den nya socialtjänstlagen", 2021, [], "not yet an act"),
    ("enligt kommunallagen", None, [], "which of the two acts is not said"),
    ("2 kap. 1 § och 5 kap. 2 § skollagen", 2020,
     [("2 kap. 1 §", "SFS 2010:800", "2010:800#K2P1", "2", "1"), ("5 kap. 2 § skollagen", "SFS 2010:800", "2010:800#K5P2", "5", "2")],
     "sections that share the act named last"),
    ("9 kap. 31 a § plan- och bygglagen (2010:900)", None,
     [("9 kap. 31 a § plan- och bygglagen (2010:900)", "SFS 2010:900", "2010:900#K9P31a", "9", "31 a")], "a lettered section; a name of two halves"),
    ("med stöd av 26 kap. 9 och 14 §§ miljöbalken", None,
     [("26 kap. 9 och 14 §§ miljöbalken", "SFS 1998:808", "1998:808#K26P9", "26", "9 och 14")], "a list"),
    ("enligt 19 kap. 15 § första stycket LOU", 2023,
     [("19 kap. 15 § första stycket LOU", "SFS 2016:1145", "2016:1145#K19P15", "19", "15")], "a subsection"),
    ("lagen om offentlig upphandling", 2015, [("lagen om offentlig upphandling", "SFS 2007:1091", "2007:1091", None, None)], "by title"),
    ("bistånd enligt LSS beviljas", None, [("LSS", "SFS 1993:387", "1993:387", None, None)], "an abbreviation that is cited"),
    ("Stöd och service LSS\nLVU\t19", None, [], "abbreviations as names of a field or a course"),
    ("Enligt § 23 i stadgarna ska", None, [("§ 23 i stadgarna", "stadgar § 23", None, None, "23")], "own statutes"),
    ("enligt reglementet § 16", None, [("reglementet § 16", "reglemente § 16", None, None, "16")], "own statutes, named first"),
    ("12 § i kommunstyrelsens reglemente", None,
     [("12 § i kommunstyrelsens reglemente", "reglemente § 12", None, None, "12")], "whose they are may be said"),
    ("godkände förslaget den 9 november 2022 (§ 31) och 3 mars (§ 4 och 6)", 2024, [], "paragraphs of minutes"),
    ("Under § 18 ändras meningen. § 20 tas bort.", 2024, [], "a list of amendments says of what only in its heading"),
    ("betänkandet SOU 2020:47 och prop. 2016/17:171", None,
     [("SOU 2020:47", "SOU 2020:47", "sou/2020:47", None, None), ("prop. 2016/17:171", "prop. 2016/17:171", "prop/2016/17:171", None, None)], "the series"),
    ("bet. 2016/17:KU30, Ds 2019:15", None,
     [("bet. 2016/17:KU30", "bet. 2016/17:KU30", None, None, None), ("Ds 2019:15", "Ds 2019:15", "ds/2019:15", None, None)], "a committee's report has no IRI there"),
    ("BFNAR 2012:1 och HSLF-FS 2016:40 samt AFS 2015:4", None,
     [("BFNAR 2012:1", "BFNAR 2012:1", None, None, None), ("HSLF-FS 2016:40", "HSLF-FS 2016:40", None, None, None),
      ("AFS 2015:4", "AFS 2015:4", None, None, None)], "regulations of authorities"),
    ("förordning (EU) 2016/679", None, [("förordning (EU) 2016/679", "(EU) 2016/679", "celex/32016R0679", None, None)], "an EU regulation"),
    ("direktiv 2014/24/EU", None, [("direktiv 2014/24/EU", "2014/24/EU", "celex/32014L0024", None, None)], "a directive"),
    ("förordning (EG) nr 178/2002", None, [("förordning (EG) nr 178/2002", "(EG) nr 178/2002", "celex/32002R0178", None, None)], "number first"),
    ("följer Dataskyddsförordningen.", None,
     [("Dataskyddsförordningen", "(EU) 2016/679", "celex/32016R0679", None, None)], "an act with a name of its own"),
    ("följer kommunallagen (2017:725). Enligt 6 kap. 1 § kommunallagen", None,
     [("kommunallagen (2017:725)", "SFS 2017:725", "2017:725", None, None),
      ("6 kap. 1 § kommunallagen", "SFS 2017:725", "2017:725#K6P1", "6", "1")], "the number is printed once, for all"),
    ("barnkonventionen (lag 2018:1197)", None, [("lag 2018:1197", "SFS 2018:1197", "2018:1197", None, None)], "a number without brackets of its own"),
    ("9 § 2 LSS och 11 kap. 3 § PBL", 2020,
     [("9 § 2 LSS", "SFS 1993:387", "1993:387#P9", None, "9"), ("11 kap. 3 § PBL", "SFS 2010:900", "2010:900#K11P3", "11", "3")], "a point of a section"),
    ("kommunallagens 5 kap. 22 §", 2020, [("kommunallagens 5 kap. 22 §", "SFS 2017:725", "2017:725#K5P22", "5", "22")], "genitive"),
    ("artikel 6.1 e dataskyddsförordningen", None,
     [("artikel 6.1 e dataskyddsförordningen", "(EU) 2016/679", "celex/32016R0679", None, "6.1 e")], "an article of an EU act"),
    ("förordning (2013:522) om statsbidrag", None, [("förordning (2013:522)", "SFS 2013:522", "2013:522", None, None)], "an ordinance that no list has"),
    ("beslut i Valordning och mötesordning 2020:1", None, [], "an order of business is no act"),
    ("9 kap. 6 § 3 plan- och byggförordningen (2011:338)", None,
     [("9 kap. 6 § 3 plan- och byggförordningen (2011:338)", "SFS 2011:338", "2011:338#K9P6", "9", "6")], "a point before the name"),
    ("med stöd av plan- och bygglagen (PBL) 11 kap § 53 a", 2020,
     [("plan- och bygglagen (PBL) 11 kap § 53 a", "SFS 2010:900", "2010:900#K11P53a", "11", "53 a")], "the abbreviation in brackets between"),
    ("enligt 4 kap 1§ socialtjänstlagen (SoL) och 9 kap 2 § 2 st SoL", 2020,
     [("4 kap 1§ socialtjänstlagen", "SFS 2001:453", "2001:453#K4P1", "4", "1"), ("9 kap 2 § 2 st SoL", "SFS 2001:453", "2001:453#K9P2", "9", "2")],
     "an abbreviation is defined and then used"),
    ("Socialtjänstlagens 2 a kap. 10 §", 2020, [("Socialtjänstlagens 2 a kap. 10 §", "SFS 2001:453", "2001:453#K2aP10", "2 a", "10")], "a lettered chapter"),
    ("5 § stadgar", None, [], "a § and a word that only stand side by side"),
    ("enligt förslag 2020:12 och bolaget (2019:3)", None, [], "numbers after other words"),
    ("förslag, underlag och bolag enligt förslaget", None, [], "words that only end like a statute"),
    ("Dnr KS 2023:45 § 12, kl. 9:30", None, [], "a diary number, a paragraph of these minutes, a time"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "year", "expected", "why"), CITATIONS)
def test_citations(
    text: str, year: int | None, expected: list[tuple[str, str, str | None, str | None, str | None]], why: str
) -> None:
    found = [
        (text[c.start : c.end], c.designation, c.target, c.chapter, c.sections) for c in find_citations(text, year)
    ]
    wanted = [(text, name, f"https://lagen.nu/{iri}" if iri else None, *rest) for text, name, iri, *rest in expected]
    assert found == wanted, why
