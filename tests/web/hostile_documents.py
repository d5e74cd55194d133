"""Documents whose text tries to run, to break out of its place, or to look like something else."""

from __future__ import annotations

from pathlib import Path

SCRIPT = "<script>window.__x=1;alert(1)</script>"
IMAGE = '"><img src=x onerror="window.__x=2;alert(2)">'
PAYLOADS = (
    (SCRIPT, "an element that runs"),
    (IMAGE, "an attribute that is left, and an element that runs when its picture is missing"),
    ("' onfocus='window.__x=3' autofocus x='", "an attribute that is left, for one that runs"),
    ("<svg onload=window.__x=4><animate onbegin=window.__x=5 attributeName=x></svg>", "SVG that runs"),
    ("javascript:window.__x=6", "a link that runs"),
    ("[klicka](javascript:window.__x=7)", "a link of Markdown that runs"),
    ("{{7*7}}{% for x in ().__class__.__mro__ %}{{x}}{% endfor %}${7*7}#{7*7}", "text that a template would compute"),
    ("</title></textarea></style></script><script>window.__x=8</script>", "the end of whatever it stands in"),
    ("<style>*{display:none}</style><link rel=stylesheet href=//evil.example/x.css>", "a look that hides the page"),
    ("<iframe src=//evil.example srcdoc='<script>parent.__x=9</script>'></iframe>", "another page in the page"),
    ("<base href=//evil.example/><meta http-equiv=refresh content='0;url=//evil.example/'>", "another address"),
    ("<form action=//evil.example><input name=q><button>OK", "a form that leads elsewhere"),
    ("<!--<img src=//evil.example/bild.png>--><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;", "entities"),
    ("\u202edloh\u202c \u2066gömt\u2069 a\u0300\u0301\u0302 \ufeff\u200b", "letters that turn the others around"),
    ("rad\u2028rad\u2029rad", "ends of lines for JavaScript, not for people"),
    ("=cmd|'/C calc'!A0", "a formula of a spreadsheet"),
    ("@SUM(1+1)*cmd|' /C calc'!A0", "another formula"),
    ("../../../../etc/passwd", "a path"),
    ("%2e%2e%2f%00.txt?a=b&c=d#e", "signs of an address"),
    ("]]><x xmlns='urn:x'><![CDATA[", "the end of a part of XML"),
    ("'; DROP TABLE names; -- \" OR 1=1 NEAR(a b)", "commands of a database"),
    ("lång " * 400, "a text without an end"),
    ("L" * 3_000, "a word without an end"),
)
"""Texts and what each of them tries."""

FILE_NAMES = (
    "2023-03-14 <img src=x onerror=window.__x=10> protokoll.txt",
    "2023-05-16 {{7*7}} '\"& protokoll.txt",
    "=cmd 2023-09-19.txt",
)
"""Names of files that try the same."""


def write(folder: Path) -> Path:
    """Write minutes of invented meetings that hold all payloads where texts of documents get to pages; the folder."""
    folder.mkdir()
    for number, name in enumerate(FILE_NAMES):
        (folder / name).write_text(_minutes(number), encoding="utf-8")
    (folder / "2024_verksamhetsplan.md").write_text(_plan(), encoding="utf-8")
    return folder


def _minutes(number: int) -> str:
    month = ("mars", "maj", "september")[number]
    lines = [
        "**Kommunförbundet Exempelbygden**", "", "# Protokoll fört vid styrelsens sammanträde", "",
        f"**Plats och tid:** Rummet {SCRIPT}, Granåker, tisdagen den {14 + number} {month} 2023 kl. 13.00–14.25", "",
        "**Beslutande:**", "",
        'Ewa Hallonqvist (S), ordförande  ', 'Ylva Provberg "><b>x</b> (M)  ', "Nils O'Testberg (C)  ", "",
    ]  # fmt: skip
    for place, (payload, _) in enumerate(PAYLOADS, 1):
        lines += [
            f"## § {place} Ärende {payload}", "", f"Dnr 2023/{place:02}", "", "### Bakgrund", "",
            f"Ordföranden berättar om projektet Prov {payload} som nätverket följer.", "", "### Beslut", "",
            f"Styrelsen godkänner redovisningen {payload} och lägger den till handlingarna.", "",
        ]  # fmt: skip
    return "\n".join(lines)


def _plan() -> str:
    lines = ["**Kommunförbundet Exempelbygden**", "", "# Verksamhetsplan 2024", ""]
    for place, (payload, _) in enumerate(PAYLOADS, 1):
        lines += [f"## Område {place} {payload}", "", "### Aktiviteter", "", f"- Ordna en träff om {payload}.", ""]
    lines += ["## Budget 2024", "", "| Post (tkr) | Budget 2024 |", "|---|---|"]
    lines += [
        f"| {payload.replace('|', '/')[:60].strip()} | {100 + place} |" for place, (payload, _) in enumerate(PAYLOADS)
    ]
    return "\n".join([*lines, ""])
