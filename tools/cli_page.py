"""Write docs/cli.md from the commands themselves. ``--check`` only says whether it is current (exit 1 if not)."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kommungraf.cli import main

HEAD = "# Command reference\n\nGenerated from the commands by `make docs`; a test keeps it current.\n"
PAGE = Path(__file__).parent.parent / "docs" / "cli.md"


def render() -> str:
    """The page: one section per command, its help as ``--help`` prints it at 100 columns."""
    root = click.Context(main, info_name="kommungraf", max_content_width=100, terminal_width=100)
    sections = [HEAD, _help(root)]
    for name in main.list_commands(root):
        command = main.get_command(root, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=root, max_content_width=100, terminal_width=100)
        sections += [f"## kommungraf {name}\n", _help(context)]
    sections.append(_named_queries())
    return "\n".join(sections)


def _help(context: click.Context) -> str:
    return f"```text\n{context.get_help()}\n```\n"


def _named_queries() -> str:
    from kommungraf.query.named_queries import named_queries

    lines = ["## Named queries\n", "| query | question | parameters |", "|---|---|---|"]
    for query in named_queries().values():
        parameters = "<br>".join(f"`{p.name}`{' (required)' if p.required else ''}: {p.help}" for p in query.parameters)
        lines.append(f"| `{query.name}` | {query.title} {query.description} | {parameters} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    page = render()
    if "--check" in sys.argv:
        sys.exit(page != PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(page, encoding="utf-8")
