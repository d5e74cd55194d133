"""Set documents in a look: ``python -m corpus.make.looks FILE... --look NAME --to DIR``."""

from __future__ import annotations

import argparse
from pathlib import Path

from corpus.make.looks import LOOKS
from corpus.make.looks.sources import TEXTS, load


def main() -> None:
    """Render files (sources of the corpus, text, Markdown; default: the whole corpus) into a folder for each look."""
    looks = "\n".join(f"  {look.name:10} {look.what}" for look in LOOKS.values())
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=f"looks:\n{looks}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", type=Path, help="text, Markdown or annotated source (default: the corpus)")
    parser.add_argument("--look", action="append", choices=[*LOOKS, "all"], required=True)
    parser.add_argument("--to", type=Path, required=True, help="each look gets its own folder in it")
    options = parser.parse_args()
    documents = [load(path) for path in options.files or sorted(TEXTS.glob("*.toml"))]
    names = list(LOOKS) if "all" in options.look else options.look
    for name in names:
        look = LOOKS[name]
        if look.missing:
            print(f"{name}: {look.program} is not installed; {look.install}")
            continue
        for path in look.render(documents, options.to / name):
            print(path)


if __name__ == "__main__":
    main()
