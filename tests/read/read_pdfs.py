"""Small PDFs, drawn in the tests: two looks of Swedish minutes, and what goes wrong with PDFs. All is invented."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable

import pypdfium2
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

PROSE = (
    "Förvaltningen har under året tagit fram underlag för en ny plan som gäller hela kommunens verksamhet och som ska "
    "antas av fullmäktige före sommaren. Planen omfattar skola, omsorg och teknisk försörjning samt de bolag som "
    "kommunen äger tillsammans med andra."
)


def drawn(draw: Callable[[Canvas], None], **settings: object) -> bytes:
    """The PDF that a function draws, the same on every run."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, **settings)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def lines(canvas: Canvas, x: float, y: float, texts: list[str], leading: float = 14) -> float:
    """Lines under each other; where the next one would stand."""
    for text in texts:
        canvas.drawString(x, y, text)
        y -= leading
    return y


def grid(canvas: Canvas, x: float, y: float, rows: list[list[str]], *style: tuple[object, ...]) -> None:
    """A ruled table whose lower left corner is given."""
    table = Table(rows)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), *style]))
    table.wrapOn(canvas, 500, 500)
    table.drawOn(canvas, x, y)


def serif(canvas: Canvas) -> None:
    """One column in Times, a ruled head and foot on each page, a ruled table, numbered decisions, broken words."""
    for page in range(1, 4):
        canvas.rect(50, 740, 500, 70)
        for x in (300, 460):
            canvas.line(x, 740, x, 810)
        canvas.setFont("Times-Bold", 11)
        canvas.drawString(55, 790, "SAMMANTRÄDESPROTOKOLL")
        canvas.setFont("Times-Roman", 9)
        lines(canvas, 305, 795, ["Sammanträdesdatum", "2024-03-05"])
        canvas.drawString(465, 795, f"Sida {page} (3)")
        canvas.drawString(55, 760, "Exempelnämnden")
        canvas.drawString(55, 40, "Justerandes sign")
        canvas.setFont("Times-Bold", 14)
        canvas.drawString(60, 700, f"§ {page + 10} Ärende nummer {page}")
        canvas.setFont("Times-Roman", 11)
        y = lines(canvas, 60, 675, [*textwrap.wrap(f"Ärende {page}. {PROSE}", 88), ""])
        y = lines(canvas, 60, y, ["Nämnden behandlade yttrandet över förslaget till riktlinjer för social-"])
        y = lines(canvas, 60, y, ["tjänsten och den barn-", "och ungdomsplan som gäller."]) - 6
        canvas.setFont("Times-Bold", 11)
        y = lines(canvas, 60, y, ["Beslut"])
        canvas.setFont("Times-Roman", 11)
        for mark, texts in (
            ("1.", ["Motionen avslås med hänvisning till den plan som nyss har antagits av fullmäktige", "i mars."]),
            ("2.", ["Ärendet återremitteras."]),
        ):
            canvas.drawString(70, y, mark)
            y = lines(canvas, 95, y, texts)
        grid(
            canvas,
            60,
            y - 100,
            [["Verksamhet", "Budget", ""], ["", "2023", "2024"], ["Kansli", "1 250", "-1 190"], ["Summa", "", "3 300"]],
            ("SPAN", (1, 0), (2, 0)),
        )
        canvas.showPage()


def sans(canvas: Canvas) -> None:
    """Helvetica; labels, names and roles in columns without lines; names in two columns; signatures side by side."""
    for page in range(1, 3):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 810, "Exempelkommunen")
        canvas.drawRightString(535, 810, f"{page}/2")
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(60, 770, ["Protokoll", "Bilaga"][page - 1])
        y = 740.0
        for label, rows in ATTENDANCE if page == 1 else []:
            canvas.setFont("Helvetica-Bold", 10)
            canvas.drawString(60, y, label)
            canvas.setFont("Helvetica", 10)
            for row in rows:
                for x, text in zip((180, 360), row, strict=False):
                    canvas.drawString(x, y, text)
                y -= 12
            y -= 16
        canvas.setFont("Helvetica", 10)
        y = lines(canvas, 60, y, textwrap.wrap(f"Sida {page}: {PROSE}", 80), 12) - 20
        for left, right in (("Anna Exempelsson", "Bo Låtsas"), ("Ordförande", "Justerare")):
            canvas.drawString(60, y, left)
            canvas.drawString(300, y, right)
            y -= 12
        canvas.showPage()


ATTENDANCE: list[tuple[str, list[tuple[str, ...]]]] = [
    ("Plats och tid", [("Kommunhuset, sammanträdesrum Eken, kl. 09.00–11.45",)]),
    (
        "Beslutande",
        [("Anna Exempelsson (S)", "ordförande"), ("Cia Påhitt (C)",), ("Dan Öst (V)", "ersätter Eva Å (V)")],
    ),
    ("Övriga", [("Gun Hed", "kommundirektör")]),
]


def two_columns(canvas: Canvas) -> None:
    """A title over two columns of text whose lines do not stand at one height, and a full line below."""
    canvas.setFont("Times-Bold", 16)
    canvas.drawString(60, 780, "Nyhetsblad")
    canvas.setFont("Times-Roman", 10)
    for column, x in enumerate((60, 310)):
        lines(canvas, x, 750 - 5 * column, textwrap.wrap(f"Spalt {column} börjar. {PROSE} {PROSE}", 48), 12)
    lines(canvas, 60, 500, textwrap.wrap("Under spalterna. " + PROSE, 105), 12)


def landscape(canvas: Canvas) -> None:
    """A page that is turned: its text runs up the stored page."""
    canvas.setPageRotation(90)
    canvas.translate(A4[0], 0)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(40, 560, "Bilaga på tvären")
    grid(canvas, 40, 480, [["Kommun", "Ombud"], ["Exempelby", "Ann Ek (S)"]])


def mixed(canvas: Canvas) -> None:
    """A page with text, one without, and a stamp on end in the margin."""
    canvas.setFont("Helvetica", 10)
    lines(canvas, 60, 700, ["Första sidan har text.", "Den har två rader."])
    canvas.saveState()
    canvas.translate(580, 300)
    canvas.rotate(90)
    canvas.drawString(0, 0, "Signerat dokument")
    canvas.restoreState()
    canvas.showPage()
    canvas.rect(100, 100, 200, 300, fill=1)
    canvas.showPage()
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, "Tredje sidan.")


def scanned(canvas: Canvas) -> None:
    """Two pages that only hold pictures."""
    for _ in range(2):
        canvas.rect(100, 100, 200, 300, fill=1)
        canvas.showPage()


def locked() -> bytes:
    """A PDF that asks for a password."""
    encryption = StandardEncryption("hemligt", "ägare", canPrint=0)
    return drawn(lambda canvas: canvas.drawString(60, 700, "Hemlig text"), encrypt=encryption)


def pageless() -> bytes:
    """A PDF without pages."""
    buffer = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.save(buffer)
    return buffer.getvalue()


def many(pages: int) -> bytes:
    """Many pages of text with a head and foot, a ruled table on every sixth."""

    def draw(canvas: Canvas) -> None:
        for page in range(1, pages + 1):
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(60, 810, f"Exempelkommunen {page} ({pages})")
            text = f"Stycke {page * 7919}. " + " ".join([PROSE] * 9)
            y = lines(canvas, 60, 780, textwrap.wrap(text, 88))
            if page % 6 == 0:
                rows = [["Post", "Budget", "Utfall"], *([f"Rad {n}", str(n * page), str(n)] for n in range(8))]
                grid(canvas, 60, y - 180, rows)
            canvas.showPage()

    return drawn(draw)
