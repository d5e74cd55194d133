"""Looks made from HTML: a browser's print, WeasyPrint's book and two columns, and a municipality's web page."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

from corpus.make.looks.blocks import Document
from corpus.make.looks.markup import Markup, body

HERE = Path(__file__).parent
NARROW, NO_BREAK = "\u202f", "\u00a0"
_LONG = re.compile(r"(<p>[^<]{120,})</p>")  # the first paragraph of any length has a footnote in the look that has them
_NOTE = '<span class="note">Handlingen är ett exempel.</span>'


def browser(documents: Sequence[Document], to: Path) -> list[Path]:
    """Print with Chromium: date and title above, address and page number below, no bookmarks."""
    paths = []
    with tempfile.TemporaryDirectory() as folder:
        for document in documents:
            page = Path(folder) / f"{document.name}.html"
            page.write_text(_page(document, "browser", Markup(fields="table", number_space=NO_BREAK)), "utf-8")
            paths.append(to / f"{document.name}.pdf")
            _print(page, paths[-1], Path(folder))
    return paths


def _print(page: Path, target: Path, home: Path) -> None:
    command = [
        "chromium",
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        f"--user-data-dir={home}",
    ]
    options = ["--generate-pdf-document-outline=false", f"--print-to-pdf={target}", page.as_uri()]
    environment = {**os.environ, "TZ": "UTC", "LANG": "sv_SE.UTF-8"}
    subprocess.run([*command, *options], check=True, capture_output=True, timeout=120, env=environment)


def book(documents: Sequence[Document], to: Path) -> list[Path]:
    """WeasyPrint, one justified column: heads of odd and even pages, hyphens, footnote, framed headings, bookmarks."""
    return _weasy(documents, to, "book", Markup(fields="grid", number_space=NARROW, framed=True))


def columns(documents: Sequence[Document], to: Path) -> list[Path]:
    """WeasyPrint, prose in two columns, sans, tables with thin lines below the rows over the width of the page."""
    return _weasy(documents, to, "columns", Markup(fields="table", number_space=NO_BREAK))


def _weasy(documents: Sequence[Document], to: Path, style: str, markup: Markup) -> list[Path]:
    from weasyprint import HTML

    paths = []
    for document in documents:
        paths.append(to / f"{document.name}.pdf")
        HTML(string=_page(document, style, markup)).write_pdf(paths[-1])
    return paths


def _page(document: Document, style: str, markup: Markup) -> str:
    """A whole HTML page with the style sheet of a look."""
    css = "".join((HERE / f"{name}.css").read_text(encoding="utf-8") for name in ("shared", style))
    content = _LONG.sub(rf"\1{_NOTE}</p>", body(document, markup), count=1)
    return (
        f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>{escape(document.title)}</title>'
        f"<style>{css}</style></head><body>"
        f'<div class="head">{escape(document.head)}</div>{content}</body></html>'
    )


def web_page(documents: Sequence[Document], to: Path) -> list[Path]:
    """A municipality's web page: around the text stand menus, search, a cookie banner, a trail, links and a footer."""
    paths = []
    for document in documents:
        paths.append(to / f"{document.name}.html")
        content = body(document, Markup(fields="table", number_space="&nbsp;", breaks=False)).replace(
            "&amp;nbsp;", "&nbsp;"
        )
        page = (
            (HERE / "site.html")
            .read_text(encoding="utf-8")
            .replace("{title}", escape(document.title))
            .replace("{content}", content)
        )
        paths[-1].write_text(page, encoding="utf-8")
    return paths
