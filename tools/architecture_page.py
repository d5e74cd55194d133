"""Refresh the list of modules in docs/architecture.md. ``--check`` only says whether it is current (exit 1 if not)."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
PACKAGE = ROOT / "pipeline" / "kommungraf"
BEGIN, END = "<!-- modules: begin -->", "<!-- modules: end -->"


def render(page: str) -> str:
    """The page with the module list between its marks made anew from the modules' docstrings."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{_modules()}\n{END}{tail}"


def _modules() -> str:
    lines = ["| module | what it is for |", "|---|---|"]
    for path in sorted(PACKAGE.rglob("*.py")):
        doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if doc:
            name = path.relative_to(PACKAGE).as_posix()
            first = " ".join(doc.split("\n\n")[0].split()).replace("|", "\\|").replace("``", "`")
            lines.append(f"| `{name}` | {first} |")
    return "\n".join(lines)


if __name__ == "__main__":
    current = PAGE.read_text(encoding="utf-8")
    fresh = render(current)
    if "--check" in sys.argv:
        sys.exit(fresh != current)
    PAGE.write_text(fresh, encoding="utf-8")
