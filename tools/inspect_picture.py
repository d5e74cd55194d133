"""Draw the picture of `kommungraf inspect` in the docs: a page of the bundled minutes (needs Chromium)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "corpus/documents/2024-06-04_protokoll_kommunstyrelsen_granaker.pdf"
PAGE = 3
WINDOW = (1300, 2000)
CHROMIUM = "chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1".split()


def main(target: Path) -> None:
    """Write the picture: the page with its boxes and the list beside it, without what stands above them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        page, shot = folder / "page.html", folder / "shot.png"
        command = [Path(sys.executable).parent / "kommungraf", "inspect", DOCUMENT, "--page", str(PAGE)]
        subprocess.run([*command, "--format", "html", "--to", page], check=True)
        size = f"--window-size={WINDOW[0]},{WINDOW[1]}"
        profile = f"--user-data-dir={folder / 'profile'}"
        subprocess.run(
            [*CHROMIUM, size, profile, f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True
        )
        with Image.open(shot) as picture:
            top = WINDOW[1] - 1220
            cut = picture.convert("RGB").crop((0, top, WINDOW[0], WINDOW[1] - 60))
            cut.quantize(128).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
