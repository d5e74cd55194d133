"""Invented minutes in any number, for measuring: text files, and a PDF with ruled tables on every sixth page."""

from __future__ import annotations

import random
from pathlib import Path

FIRST = "Anna Erik Maria Lars Karin Anders Eva Johan Kristina Per Lena Nils Sara Karl Emma Ulla Olof Ingrid".split()
LAST = "Bergvall Nordmark Ekstrand Lindfors Sandvik Holmstedt Rosenlund Dahlkvist Söderhamre Vikmark".split()
PARTIES = "S M C V KD L MP SD".split()
BODIES = (
    "Kommunstyrelsen",
    "Kommunfullmäktige",
    "Socialnämnden",
    "Kultur- och fritidsnämnden",
    "Miljö- och byggnämnden",
)
SUBJECTS = (
    "Ansökan om bidrag till ny föreningslokal", "Revidering av taxa för avfall",
    "Detaljplan för kvarteret Exempelparken", "Yttrande över remiss om kollektivtrafik",
    "Uppföljning av budget per augusti", "Val av ersättare i styrgruppen",
    "Svar på motion om fler cykelvägar", "Plan för kompetensförsörjning", "Redovisning av delegationsbeslut",
)  # fmt: skip
DECISIONS = (
    "{body} godkänner redovisningen.", "{body} beslutar att anta planen.", "{body} avslår ansökan.",
    "Ärendet återremitteras för ytterligare beredning.", "{body} ger förvaltningen i uppdrag att återkomma i frågan.",
    "{body} lägger informationen till handlingarna.", "{body} utser {name} ({party}) till ledamot i styrgruppen.",
)  # fmt: skip
PROSE = (
    "Förvaltningen har under perioden arbetat med att utveckla verksamheten tillsammans med föreningslivet i kommunen.",
    "Kostnaderna beräknas uppgå till {sum} kronor och ryms inom beslutad ram för året.",
    "Ärendet har beretts av arbetsutskottet den {day} {month} {year} och därefter skickats på remiss.",
    "Enligt 5 kap. 1 § kommunallagen (2017:725) beslutar fullmäktige i ärenden av principiell beskaffenhet.",
    "Samverkan sker med grannkommunerna och regionen inom ramen för det gemensamma nätverket för samhällsplanering.",
    "En barnkonsekvensanalys har gjorts och bedömningen är att förslaget är förenligt med barnets bästa.",
    "Av utredningen framgår att behovet väntas öka under de närmaste åren och att lokalerna behöver anpassas.",
    "Flera av dem som har yttrat sig pekar på att kollektivtrafiken måste byggas ut innan området kan växa.",
    "Bedömningen är att åtgärderna tillsammans ger ett bättre stöd åt dem som behöver det mest.",
    "Arbetet har tagit längre tid än beräknat, bland annat därför att underlaget har fått kompletteras i omgångar.",
    "En uppföljning görs efter två år, och resultatet redovisas då tillsammans med förslag till fortsatt arbete.",
    "I dialogen med de boende har framför allt trygghet, belysning och skötsel av grönytor lyfts fram.",
    "Förslaget medför inga ytterligare kostnader under året utöver dem som redan har räknats in.",
)
PAGE = 3_000
"""Characters on a full page of the PDF; with tables and half-filled last pages the mean is 2,750."""
MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()


def minutes(number: int, items: int = 9) -> str:
    """The minutes of one invented meeting as Markdown: about 160 words an item.

    They give about one RDF statement a word, a little more than real minutes and reports do.
    """
    rng = random.Random(number)
    body, year = rng.choice(BODIES), rng.randint(2012, 2026)
    people = [(f"{rng.choice(FIRST)} {rng.choice(LAST)}", rng.choice(PARTIES)) for _ in range(9)]
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    lines = [
        f"# Sammanträdesprotokoll {body}", "", "EXEMPEL", "", f"**Organ:** {body} i Exempelby kommun", "",
        f"**Plats och tid:** Sessionssalen, {year}-{month:02}-{day:02}, kl. 13.00-15.30", "", "**Beslutande:**", "",
        *[f"{name} ({party}){', ordförande' if i == 0 else ''}  " for i, (name, party) in enumerate(people)], "",
        f"**Utses att justera:** {people[1][0]} ({people[1][1]})", "", f"**Paragrafer:** §§ 1-{items}", "",
    ]  # fmt: skip
    for item in range(1, items + 1):
        name, party = rng.choice(people)
        values = {"body": body, "name": name, "party": party, "sum": f"{rng.randint(10, 999)} 000", "year": year}
        values |= {"day": rng.randint(1, 28), "month": rng.choice(MONTHS)}
        prose = " ".join(rng.choice(PROSE).format(**values) for _ in range(9))
        lines += [
            f"## § {item} {rng.choice(SUBJECTS)}", "", f"Dnr KS {year}/{rng.randint(1, 900)}", "",
            "### Bakgrund", "", prose, "",
            "### Yrkanden", "", f"{name} ({party}) yrkar bifall till förslaget.", "",
            "### Beslut", "", rng.choice(DECISIONS).format(**values), "",
        ]  # fmt: skip
    return "\n".join(lines)


def write_texts(folder: Path, count: int, start: int = 0) -> None:
    """``count`` minutes as .md files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(start, start + count):
        (folder / f"protokoll-{number:05}.md").write_text(minutes(number), encoding="utf-8")


def write_pdf(path: Path, pages: int) -> None:
    """A born-digital PDF of minutes, some six pages a meeting, 2,700 characters a page, ruled tables on every sixth.

    The number of pages is near ``pages``.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    styles = getSampleStyleSheet()
    for name, size in (("BodyText", 11), ("Heading3", 13)):
        styles[name].fontSize, styles[name].leading = size, size + 2
        styles[name].spaceBefore = styles[name].spaceAfter = 2
    story: list[object] = []
    length, number = 0, 0
    while length < pages * PAGE:
        rng = random.Random(number)
        for line in filter(None, minutes(number, 14).replace("**", "").splitlines()):
            story.append(Paragraph(line.lstrip("# "), styles["Heading3" if line.startswith("#") else "BodyText"]))
            if length // (6 * PAGE) < (length + len(line)) // (6 * PAGE):
                story.append(_ruled(rng, Table))
                length += 1_000  # the room of a table
            length += len(line)
        story.append(PageBreak())
        length += PAGE // 2
        number += 1
    SimpleDocTemplate(str(path), pagesize=A4, topMargin=28, bottomMargin=28, invariant=1).build(story)


def _ruled(rng: random.Random, table: type) -> object:
    amounts = [f"{rng.randint(1, 90)} {rng.randint(100, 999)}" for _ in range(10)]
    rows = [["Post", "2023", "2022"], *([f"Kostnad {i}", amount, "0"] for i, amount in enumerate(amounts))]
    return table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0))])
