"""``kommungraf inspect``: what a user learns of one file, and what a hostile one cannot do."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kommungraf.build import apart
from kommungraf.build.inspection import source_at
from kommungraf.cli import main
from kommungraf.errors import InputError
from kommungraf.read.inputs import Source

WIDTH, HEIGHT = A4


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["inspect", *map(str, arguments)])


def minutes(path: Path, pages: int = 3) -> Path:
    """Minutes with a running head, an item on each page, and metadata that says something else."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle("Budget för Storsund")
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(70, HEIGHT - 40, "Lillsunds kommun")
        canvas.drawString(WIDTH - 90, HEIGHT - 40, f"Sida {page}")
        canvas.setFont("Helvetica-Bold", 16)
        y = HEIGHT - 100
        if page == 1:
            canvas.drawString(70, y, "Sammanträdesprotokoll")
            canvas.setFont("Helvetica", 11)
            for line in ("Kommunstyrelsen 2024-03-11", "Plats: Stadshuset, Lillsund"):
                y -= 30
                canvas.drawString(70, y, line)
            y -= 40
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(70, y, f"§ {page} Skolgården i Ånäs, etapp {page}")
        canvas.drawString(70, y - 30, "Beslut")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(70, y - 50, f"Kommunstyrelsen beslutar att godkänna etapp {page} av skolgården.")
        canvas.showPage()
    canvas.save()
    return path


def turned(path: Path, rotation: int) -> Path:
    """The same pages, which a viewer turns clockwise."""
    document = pdfium.PdfDocument(path.read_bytes())
    for page in document:
        page.set_rotation(rotation)
    document.save(path)
    return path


@pytest.fixture
def protocol(tmp_path: Path) -> Path:
    return minutes(tmp_path / "protokoll.pdf")


def test_the_report_tells_what_was_read_and_what_was_not(protocol: Path) -> None:
    result = run(protocol)
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    for said in (
        "protokoll.pdf PDF; its own letters · 3 pages",
        "1. p. 1-3",
        "protokoll, 2024-03-11",
        "Decision 3",
        "running head Lillsunds kommun",
        "(p. 1-3) It repeats from page to page",
        "title Budget för Storsund the text does not have these words",
        "the text is dated 2024-03-11",
    ):
        assert said in words, said


def test_a_page_shows_its_blocks_with_their_roles_and_facts(protocol: Path) -> None:
    result = run(protocol, "--page", "2")
    assert result.exit_code == 0
    assert "page 2 of 3" in result.stdout
    assert re.search(r"→ Decision approve.*etapp 2", result.stdout)
    assert re.search(r"decision\s+Kommunstyrelsen beslutar att godkänna etapp 2", result.stdout)
    assert "etapp 3" not in result.stdout


def test_json_has_everything(protocol: Path) -> None:
    told = json.loads(run(protocol, "--format", "json").stdout)
    decided = next(b for b in told["blocks"] if b["text"].startswith("Kommunstyrelsen beslutar att godkänna etapp 3"))
    assert (decided["role"], decided["page"], decided["document"]) == ("decision", 3, 1)
    found = [told["found"][number] for number in decided["found"]]
    assert {"kind": "Decision", "says": "approve 2024-03-11", "page": 3} in [
        {key: one[key] for key in ("kind", "says", "page")} for one in found
    ]
    assert {one["kind"] for one in told["left_out"]} == {"running head"}
    only = json.loads(run(protocol, "--format", "json", "--page", "3").stdout)
    assert {block["page"] for block in only["blocks"]} == {3}


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_over_the_words(tmp_path: Path, rotation: int) -> None:
    path = turned(minutes(tmp_path / "protokoll.pdf"), rotation)
    told = json.loads(run(path, "--format", "json").stdout)
    heading = next(block for block in told["blocks"] if block["text"].startswith("§ 2"))
    (place,) = heading["places"]
    stored = (70.0, HEIGHT - 100)  # where the words begin on the page as stored, from its lower left corner
    corner = {
        0: (stored[0], HEIGHT - stored[1]),
        90: (stored[1], stored[0]),
        180: (WIDTH - stored[0], stored[1]),
        270: (HEIGHT - stored[1], WIDTH - stored[0]),
    }[rotation]
    assert place["page"] == 2
    assert place["x0"] - 4 <= corner[0] <= place["x1"] + 4
    assert place["y0"] - 4 <= corner[1] <= place["y1"] + 4


class Tags(HTMLParser):
    """The elements of a page, and whether each is closed as it was opened."""

    VOID = frozenset({"meta", "br", "image", "rect", "img", "link"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.opened: list[str] = []
        self.feed(page)
        self.close()
        assert not self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.opened.pop() == tag

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.found if tag == name]


def page_of(path: Path, *arguments: str) -> tuple[str, Tags]:
    target = path.with_suffix(".seen.html")
    result = run(path, "--format", "html", "--to", target, *arguments)
    assert result.exit_code == 0, result.output
    page = target.read_text(encoding="utf-8")
    return page, Tags(page)


def test_html_needs_nothing_else_and_links_both_ways(protocol: Path) -> None:
    page, tags = page_of(protocol)
    assert len(tags.all("image")) == 3
    assert all((image["href"] or "").startswith("data:image/jpeg;base64,") for image in tags.all("image"))
    targets = {attributes["id"] for _, attributes in tags.found if attributes.get("id")}
    links = [link["href"] or "" for link in tags.all("a")]
    assert all(link.startswith("#") and link[1:] in targets for link in links)
    assert {link[1] for link in links} == {"b", "p", "r"}  # to blocks, to pages, to boxes ("#pages" among them)
    assert not re.search(r"(?:src|href|action)=\"(?!#|data:)", page)
    assert "default-src 'none'" in page
    assert page.count("<script>") == 1


def test_of_a_long_file_the_first_pages_are_shown(tmp_path: Path) -> None:
    path = minutes(tmp_path / "lång.pdf", pages=23)
    page, tags = page_of(path)
    assert len(tags.all("image")) == 20
    assert "these are the first 20" in page
    _, tags = page_of(path, "--pages", "2,21-")
    assert [attributes["id"] for attributes in tags.all("section") if attributes.get("id")] == [
        "p2",
        "p21",
        "p22",
        "p23",
    ]


def test_a_page_as_png_has_its_boxes(protocol: Path, tmp_path: Path) -> None:
    result = run(protocol, "--format", "png", "--page", "2", "--to", tmp_path / "sida.png")
    assert result.exit_code == 0
    with Image.open(tmp_path / "sida.png") as image:
        scale = image.width / WIDTH
        colours = {image.getpixel((x, round(102 * scale))) for x in range(round(60 * scale), round(90 * scale))}
        assert max(image.size) < 3000
    assert any(g > r + 20 for r, g, _ in colours)  # the teal of items


HOSTILE = "<script>alert(1)</script>\" onmouseover='x' \u202e\x1b[31m&amp;"


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_names_and_texts_are_only_shown(tmp_path: Path, form: str) -> None:
    path = tmp_path / "<b>\x1b[31m'\".html"
    path.write_text(f"<html><title>{HOSTILE}</title><body><p>&lt;img src=x onerror=alert(2)&gt; text</p></body></html>")
    result = run(path, "--format", form)
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout
    if form == "html":
        tags = Tags(result.stdout)
        assert not tags.all("img")
        assert not tags.all("b") or all(not attributes for attributes in tags.all("b"))
        assert len(tags.all("script")) == 1


@pytest.fixture
def archive(tmp_path: Path, protocol: Path) -> Path:
    path = tmp_path / "arkiv.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.write(protocol, "2024/protokoll.pdf")
        package.writestr("2024/kallelse.txt", "Kallelse till kommunstyrelsen den 11 mars 2024\n\n1. Budget\n")
        package.writestr("trasig.pdf", b"%PDF-1.7\nobj")
    return path


def test_a_document_in_an_archive(archive: Path) -> None:
    assert "3 pages" in run(archive / "2024" / "protokoll.pdf").stdout
    text = run(archive / "2024" / "kallelse.txt", "--format", "html")
    assert "Kallelse till kommunstyrelsen" in text.stdout
    assert not Tags(text.stdout).all("image")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nej.pdf"], 2, "nej.pdf does not exist"),
        (["."], 2, "is a folder"),
        (["arkiv.zip"], 2, "an archive of 3 documents; name one"),
        (["arkiv.zip/nej.pdf"], 2, "no such document is in arkiv.zip"),
        (["arkiv.zip/trasig.pdf"], 1, "cannot be opened as a PDF"),
        (["tom.pdf"], 1, "is empty"),
        (["låst.pdf"], 1, "protected with a password"),
        (["protokoll.pdf", "--page", "9"], 2, "has 3 pages, no page 9"),
        (["protokoll.pdf", "--page", "0"], 2, "--page"),
        (["protokoll.pdf", "--pages", "x", "--format", "html"], 2, "no choice of pages"),
        (["protokoll.pdf", "--pages", "7-9", "--format", "html"], 2, "None of the pages"),
        (["protokoll.pdf", "--pages", "1-2", "--page", "1", "--format", "html"], 2, "not both"),
        (["protokoll.pdf", "--pages", "1-2"], 2, "--pages is for"),
        (["protokoll.pdf", "--format", "html", "--to", "protokoll.pdf"], 2, "choose another name"),
        (["arkiv.zip/2024/kallelse.txt", "--page", "1"], 2, "has no pages"),
        (["arkiv.zip/2024/kallelse.txt", "--format", "png", "--to", "x.png"], 2, "no pages that can be drawn"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    archive: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(archive.parent)
    Path("tom.pdf").write_bytes(b"")
    Canvas("låst.pdf", encrypt="hemligt").save()
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert not result.stdout


def test_a_file_that_takes_too_long_is_given_up(protocol: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOMMUNGRAF_LIMITS_SECONDS", "0.001")
    monkeypatch.setenv("KOMMUNGRAF_LIMITS_SECONDS_PER_PAGE", "0.001")
    result = run(protocol)
    assert result.exit_code == 1
    assert "took longer than 0.001 s" in result.stderr


def fails(_source: Source) -> bytes:
    raise LookupError


def dies(_source: Source) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


@pytest.mark.parametrize(("harm", "kind"), [(fails, "internal"), (dies, "crashed")])
def test_what_ends_the_process_apart_is_told(
    protocol: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Source], bytes], kind: str
) -> None:
    forked = multiprocessing.get_context("fork")  # so that it knows the functions of this module
    monkeypatch.setattr(apart, "context", lambda: forked)
    with pytest.raises(InputError) as caught:
        apart.apart(harm, source_at(protocol))
    assert caught.value.kind == kind
    assert "protokoll.pdf" in str(caught.value)


def test_a_file_without_a_fact_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lapp.txt"
    path.write_text("hej\n", encoding="utf-8")
    assert "nothing found" in run(path).stdout


CHROMIUM = shutil.which("chromium")

MEASURE = """<script>addEventListener('load', () => {
  const box = document.querySelector('#BOX rect').getBoundingClientRect();
  const sheet = document.querySelector('#BOX').closest('svg').getBoundingClientRect();
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  document.title = [(box.x - sheet.x) / sheet.width, (box.y - sheet.y) / sheet.height, box.width / sheet.width,
    box.height / sheet.height, at && at.closest('a') ? at.closest('a').id : ''].join(' ');
})</script>"""


@pytest.mark.skipif(not CHROMIUM, reason="apt-get install chromium")
def test_a_browser_draws_the_boxes_over_the_words(protocol: Path, tmp_path: Path) -> None:
    page, _ = page_of(protocol, "--page", "2")
    told = json.loads(run(protocol, "--format", "json").stdout)
    number = next(block["number"] for block in told["blocks"] if block["text"].startswith("§ 2"))
    page = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", page)  # or our own script could not ask
    target = tmp_path / "mätt.html"
    target.write_text(page.replace("</body>", MEASURE.replace("BOX", f"r{number}-2") + "</body>"), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,2000", "--dump-dom"]
    command = [str(CHROMIUM), *options, f"--user-data-dir={tmp_path}/home", target.as_uri()]
    drawn = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()
    title = re.search(r"<title>([^<]*)</title>", drawn)
    assert title, drawn[:200]
    *edges, link = unquote(title[1]).split(" ")
    assert link == f"r{number}-2"  # nothing lies over the box
    x, y, width, height = map(float, edges)
    assert x * WIDTH == pytest.approx(70, abs=3)
    assert y * HEIGHT < 100 < (y + height) * HEIGHT + 2
    picture = ink(protocol, 2)
    assert dark(picture, (x, y, x + width, y + height)) > 0.05
    assert dark(picture, (x + width + 0.02, y, 0.95, y + height)) == 0


def ink(path: Path, page: int) -> Image.Image:
    document = pdfium.PdfDocument(io.BytesIO(path.read_bytes()))
    return document[page - 1].render(scale=2).to_pil().convert("L")


def dark(picture: Image.Image, edges: tuple[float, float, float, float]) -> float:
    """The share of dark pixels in a part of a picture, its edges as shares of the whole."""
    x0, y0, x1, y1 = edges
    part = picture.crop(
        (round(x0 * picture.width), round(y0 * picture.height), round(x1 * picture.width), round(y1 * picture.height))
    )
    return sum(part.histogram()[:128]) / max(1, part.width * part.height)
