"""Where the documents to be set come from: the annotated sources of the corpus, and any text or Markdown file."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from corpus.make.looks.blocks import Document, document
from corpus.make.markup import PAGE_BREAK, parse

from kommungraf.read import read, read_bytes

TEXTS = Path(__file__).parents[1] / "texts"
_COLUMNS = "|||"


def corpus_texts() -> dict[str, str]:
    """The clean texts of the bundled corpus, by the name of the file that each is read under."""
    return dict(_corpus_text(path) for path in sorted(TEXTS.glob("*.toml")))


def load(path: Path) -> Document:
    """A document from a file: an annotated source (``.toml``), a text or a Markdown file.

    Raises :class:`~kommungraf.errors.InputError` when it cannot be read.
    """
    if path.suffix == ".toml":
        name, text = _corpus_text(path)
        meta = tomllib.loads(path.read_text(encoding="utf-8"))
        head = meta.get("head") or meta["title"]
        return document(Path(name).stem, meta["title"], head, read_bytes(text.encode(), name))
    text_read = read(path)
    first = text_read.of(text_read.blocks[0]) if text_read.blocks else path.stem
    title = " ".join(first.split("\n")[0].split())[:80]
    return document(path.stem, title, title, text_read)


def _corpus_text(path: Path) -> tuple[str, str]:
    """The name and the clean text of a source, without the feet that say EXEMPEL: each look has feet of its own.

    What is set as PDF has the text that was set, in Markdown.
    """
    meta = tomllib.loads(path.read_text(encoding="utf-8"))
    source = parse(meta)
    name = Path(meta["file"])
    if name.suffix != ".pdf":
        pages = source.text if meta.get("pages") == "form feed" else source.text.replace(f"{PAGE_BREAK}\n", "\n\n\n")
        return name.name, pages
    return f"{name.stem}.md", _markdown(source.text)


def _markdown(text: str) -> str:
    """The text of a PDF source as Markdown: columns one after the other, lines that stay, pages by empty lines."""
    blocks = []
    for block in re.split(r"\n[ \n]*\n", text.replace(PAGE_BREAK, "\n\n\f\n\n")):
        if block.strip() == "":
            blocks.append("\n" if PAGE_BREAK in block else "")
            continue
        lines = [line for line in block.strip("\n").split("\n") if line != _COLUMNS]
        table = all("\t" in line for line in lines)
        blocks.append("\n".join(lines) if table else "  \n".join(lines))
    return re.sub(r"\n{5,}", "\n\n\n\n", "\n\n".join(blocks).strip("\n")) + "\n"
