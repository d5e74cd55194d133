"""Take the picture of `kommungraf serve` in the README: the start page over the bundled corpus (needs Chromium)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

KOMMUNGRAF = Path(sys.executable).parent / "kommungraf"
WINDOW = {"width": 1180, "height": 860}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]


def main(target: Path, page: str) -> None:
    """Write a picture of a page as it first shows, at twice the size that it has on the screen."""
    with tempfile.TemporaryDirectory() as name:
        out, shot = Path(name) / "out", Path(name) / "shot.png"
        subprocess.run([KOMMUNGRAF, "build", "--out", out, "-q"], check=True)
        with subprocess.Popen(
            [KOMMUNGRAF, "serve", "--port", "0", "--out", out], stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            root = server.stdout.readline().split()[0]
            try:
                _shoot(root.rstrip("/") + page, shot)
            finally:
                server.terminate()
        with Image.open(shot) as picture:
            picture.convert("RGB").quantize(128).save(target, optimize=True)


def _shoot(address: str, shot: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        tab = browser.new_page(viewport=WINDOW, device_scale_factor=2)
        answer = tab.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        tab.screenshot(path=shot)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "/?lang=en")
