"""Draw docs/img/show.svg: the terminal output of ``kommungraf show`` for one person of the bundled corpus."""

from __future__ import annotations

import re
import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from kommungraf import config
from kommungraf.cli.show_text import print_entity
from kommungraf.query.entity import describe, find_one
from kommungraf.query.store import open_store
from kommungraf.query.timeline import timeline

IMAGE = Path(__file__).parent.parent / "docs" / "img" / "show.svg"


def main(term: str, out: Path, lines: int = 46) -> None:
    """Write the picture of the first lines that ``show`` prints for a term."""
    store = open_store(out)
    entity = describe(store, find_one(store, term, config.load().base))
    entries = [entry for entry in timeline(entity, out / "text") if entry.kind != "mention"]
    full = Console(record=True, width=112, highlight=False, file=StringIO(), force_terminal=True)
    print_entity(entity, entries, full)
    text = full.export_text(styles=True).splitlines()[:lines]
    short = Console(record=True, width=112, highlight=False, file=StringIO(), force_terminal=True)
    short.print(Text.from_ansi("\n".join(text)))
    svg = short.export_svg(title=f"kommungraf show “{term}”", unique_id="show")
    IMAGE.parent.mkdir(parents=True, exist_ok=True)
    IMAGE.write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
