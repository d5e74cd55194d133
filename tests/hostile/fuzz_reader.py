"""A process that reads broken files, one after another, and tells what is wrong with what the readers give."""

from __future__ import annotations

import os
import resource
from itertools import pairwise
from multiprocessing.connection import Connection
from typing import Any

from kommungraf.errors import InputError
from kommungraf.model.source import Text
from kommungraf.read import ocr, read_bytes

MEMORY = 1_500_000_000


def serve(pipe: Connection[Any, Any]) -> None:
    """Read what comes through the pipe; answer with what is wrong, or an empty text."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 2)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    ocr.engine = lambda: ""  # another program, and slow
    while True:
        try:
            data, name = pipe.recv()
        except EOFError:
            return
        pipe.send(wrong(data, name))


def wrong(data: bytes, name: str) -> str:
    """What is wrong with what reading a file gives: a text, or one sentence."""
    try:
        text = read_bytes(data, name)
    except InputError as error:
        return wrong_sentence(str(error), name)
    except Exception as error:
        import traceback

        return f"{type(error).__name__}: {error}\n{''.join(traceback.format_tb(error.__traceback__)[-3:])}"
    issues = [told for issue in text.issues if (told := wrong_sentence(issue.message, name))]
    return "; ".join([*wrong_text(text), *issues])


def wrong_sentence(message: str, name: str) -> str:
    """What is wrong with the sentence for a user."""
    if name in message and message.isprintable() and message.endswith((".", ocr.INSTALL)):
        return ""
    return f"not a sentence for a user: {message!r}"


def wrong_text(text: Text) -> list[str]:
    """What of a text does not hold together."""
    stored, clean, count = text.stored, len(text.clean), len(text.stored)
    try:
        stored.encode()
    except UnicodeEncodeError:
        return ["halves of characters in the stored text"]
    found = []
    if len(text.offsets) != clean:
        found.append(f"{clean} characters, {len(text.offsets)} offsets")
    if any(not 0 <= offset < count for offset in text.offsets):
        found.append("an offset outside of the stored text")
    for block in text.blocks:
        if not (0 <= block.start <= block.end <= clean and 0 <= block.stored.start <= block.stored.end <= count):
            found.append(f"a block outside of the text: {block}")
        if any(not block.start <= cell.start <= cell.end <= block.end for row in block.rows for cell in row.cells):
            found.append(f"a cell outside of its block: {block}")
        if any(not 1 <= place.page <= text.pages for place in block.places):
            found.append(f"a place on no page: {block}")
        if text.pages and block.page not in range(1, text.pages + 1):
            found.append(f"a block on no page: {block}")
    if any(one.end > other.start for one, other in pairwise(text.blocks)):
        found.append("blocks out of order")
    if any(stored[line.stored.start : line.stored.end] != line.text for line in text.running):
        found.append("a running head that is not where it should be")
    if not all(value.isprintable() for value in text.metadata.values()):
        found.append(f"metadata that cannot be shown: {text.metadata}")
    return found
