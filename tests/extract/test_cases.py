"""Diary numbers in the ways that Swedish authorities print them, and what looks like one but is not."""

from __future__ import annotations

import pytest

from kommungraf.extract.cases import find_diary_numbers

CASES = [
    ("Dnr 2020/26", ["2020/26"]),
    ("Dnr 21KS55", ["21KS55"]),
    ("Dnr 15KS/123", ["15KS/123"]),
    ("Ärende nr: 2022-000771.109", ["2022-000771.109"]),
    ("Diarienr BUN 2022.45.610", ["BUN 2022.45.610"]),
    ("Dnr: KS 2023/123", ["KS 2023/123"]),
    ("§ 45 Dnr KS 2023/123", ["KS 2023/123"]),
    ("Motion om cykelväg, KS 2024.2649", ["KS 2024.2649"]),
    ("KS/2023:45", ["KS/2023:45"]),
    ("KS-2023-00123", ["KS-2023-00123"]),
    ("Dnr: 2023-00123 106", ["2023-00123 106"]),
    ("Diarienummer 2023-00123 106\nSida", ["2023-00123 106"]),
    ("Dnr KSN-2022-01234", ["KSN-2022-01234"]),
    ("Ange diarienummer 5426-2024.", ["5426-2024"]),
    ("Beteckning 512-1234-2023", ["512-1234-2023"]),
    ("Diarienummer\t204-1234-19", ["204-1234-19"]),
    ("LTK 2019-1234", ["LTK 2019-1234"]),
    ("RK 2023-1234", ["RK 2023-1234"]),
    ("Diarienummer 23/0456", ["23/0456"]),
    ("Dnr 0123/23", ["0123/23"]),
    ("Ärendenr 2021/88", ["2021/88"]),
    ("Ärendenummer: BUN 2021/88", ["BUN 2021/88"]),
    ("Ärende: KS2023/0123", ["KS2023/0123"]),
    ("§ 45 Dnr 00123/2023", ["00123/2023"]),
    ("Dnr 12/2023", ["12/2023"]),
    ("Dnr KS 2023/123, KS 2023/124", ["KS 2023/123", "KS 2023/124"]),
    ("Dnr KS 2023/123 och 2022/7", ["KS 2023/123", "2022/7"]),
    ("KSKF/2023:123", ["KSKF/2023:123"]),
    ("ÄON/2012:16", ["ÄON/2012:16"]),
    ("LS 0803-0288", ["LS 0803-0288"]),
    ("KS23.512", ["KS23.512"]),
    ("Dnr 00325/2017 008", ["00325/2017 008"]),
    ("Dnr. 2011/KS 0193 10", ["2011/KS 0193 10"]),
    ("Dnr KS/KF 2023:12", ["KS/KF 2023:12"]),
    ("Dnr KS 123/2023", ["KS 123/2023"]),
    ("Diarienr: SN 2023/00123-5", ["SN 2023/00123-5"]),
    ("Dnr. MBN 2023-000123", ["MBN 2023-000123"]),
    ("dnr 2.3.1-123/2023", ["2.3.1-123/2023"]),
    ("Vår beteckning: 3.1-4567/2022", ["3.1-4567/2022"]),
    ("Ert dnr: S2023/01234", ["S2023/01234"]),
    ("Dnr S 2023/01234", ["S 2023/01234"]),
    ("Dnr KFKS 2023/123", ["KFKS 2023/123"]),
    ("(KS 2023/123)", ["KS 2023/123"]),
    ("D.nr 2019/57", ["2019/57"]),
    ("Diarienummer:\nKS 2022-45", ["KS 2022-45"]),
    ("ärendet (dnr KS 2018/55) återremitterades", ["KS 2018/55"]),
    ("Dnr 2012-KS0071", ["2012-KS0071"]),
    ("Dnr KS.2023.123", ["KS.2023.123"]),
    ("KS 23/123", ["KS 23/123"]),
    ("Dnr 2023:123", ["2023:123"]),
    ("Dnr RS 2022-01234, bilaga 1", ["RS 2022-01234"]),
    ("Dnr: 20231234", ["20231234"]),
    ("Dnr KS 2023/123.", ["KS 2023/123"]),
    ("Dnr 2014/KS 0012 001", ["2014/KS 0012 001"]),
    ("§ 15 1435/22\nGenomförandeavtal", ["1435/22"]),
    ("§ 169 Ärendenummer SLK-2026-00015", ["SLK-2026-00015"]),
    ("Diarienummer 00322/2026", ["00322/2026"]),
    ("ärendelistan (KsUb 529/2009)", ["KsUb 529/2009"]),
]


@pytest.mark.parametrize(("text", "numbers"), CASES, ids=[text[:30] for text, _ in CASES])
def test_diary_number(text: str, numbers: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_diary_numbers(text)] == numbers


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Dnr 2024-04-25", "a date in the wrong field is no number"),
        ("Sammanträdesdatum 2024-04-25", "a date"),
        ("KS 2024-04-25 § 5", "minutes cite a meeting by body and date"),
        ("Telefon 010-223 80 00", "a telephone number"),
        ("org. nr. 802000-0000", "an organisation number"),
        ("§ 45", "a paragraph"),
        ("14 kap. 15–19 §§ vallagen (2005:837)", "a statute"),
        ("SOU 2021:93 och SFS 2017:725", "a report and a statute"),
        ("förordning (EU) 2016/679", "an EU act"),
        ("HSLF-FS 2017:40", "a regulation"),
        ("läsåret 2023/2024", "a school year"),
        ("VP 2024-2026", "a period of a plan"),
        ("KS 2023-2026", "a term of office"),
        ("Ärende 5", "the number of an item"),
        ("Ärende 12 och 13", "numbers of items"),
        ("Prop. 2020/21:100", "a bill"),
        ("mandatperioden 2022-2026", "a term"),
        ("AB 2023/45", "not a diary"),
        ("§ 15 2023-2026 års plan", "a period after a paragraph"),
        ("§ 15 2023/24", "a school year after a paragraph"),
        ("Projektet ABC 2023-01", "a month"),
    ],
)
def test_not_a_diary_number(text: str, why: str) -> None:
    assert list(find_diary_numbers(text)) == [], why
