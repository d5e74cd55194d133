"""Take the pictures of `kommungraf serve` in the README from the bundled corpus (needs Chromium)."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

KOMMUNGRAF = Path(sys.executable).parent / "kommungraf"
WIDTH = 1180
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
COLOURS = 128
"""As many as the pages need: a picture with all of them is three times as large."""
BASE = "https://w3id.org/kommungraf/id/"
PREFIXES = "PREFIX kg: <https://w3id.org/kommungraf/ns#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> "


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it first shows: the file, the query that finds what the page is of, and how many pixels of it."""

    name: str
    query: str
    height: int


PICTURES = (
    Picture("serve.png", 'SELECT ?s { ?s a kg:Project ; foaf:name "Hedvallslyftet" }', 1170),
    Picture(
        "evidence.png",
        "SELECT DISTINCT ?s { ?d a kg:Decision ; kg:text ?text ; ?evidence ?s . ?s a kg:Passage "
        'FILTER(CONTAINS(?text, "byter namn till Digitaliseringsnätverket")) }',
        900,
    ),
)


def main(folder: Path) -> None:
    """Write all pictures into a folder, each at twice the size that it has on the screen."""
    with serving() as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for picture in PICTURES:
            shoot(browser, f"{root}{path_of(root, picture)}?lang=en", picture.height, folder / picture.name)
        browser.close()


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server of the bundled corpus, which shows the documents' own pages, too."""
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([KOMMUNGRAF, "build", "--out", name, "-q"], check=True)
        command = [KOMMUNGRAF, "serve", "--port", "0", "--out", name, "--documents"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            try:
                yield server.stdout.readline().split()[0].rstrip("/")
            finally:
                server.terminate()


def path_of(root: str, picture: Picture) -> str:
    """The path of the one thing that a picture is of."""
    answer = httpx.get(f"{root}/sparql", params={"query": PREFIXES + picture.query, "format": "csv"})
    _, *found = answer.raise_for_status().text.split()
    assert len(found) == 1, f"{picture.name}: one thing is expected, and these were found: {found}"
    return quote("/id/" + found[0].removeprefix(BASE))


def shoot(browser: Browser, address: str, height: int, target: Path) -> None:
    """Write the picture of a page."""
    tab = browser.new_page(viewport={"width": WIDTH, "height": height}, device_scale_factor=2)
    answer = tab.goto(address)
    assert answer is not None
    assert answer.ok, f"{address}: {answer.status}"
    tab.screenshot(path=target)
    tab.close()
    with Image.open(target) as picture:
        smaller = picture.convert("RGB").quantize(COLOURS)
    smaller.save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
