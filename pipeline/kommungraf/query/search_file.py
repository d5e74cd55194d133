"""The file of the search index: its name, and whether it is one that this version of the program made."""

from __future__ import annotations

from pathlib import Path

SEARCH = "search.sqlite"
"""The name of the index in the folder of a generation."""
VERSION = 4
"""To be raised when a row, a word or a table of the index changes: an index of another version is made anew."""


def is_current(path: Path) -> bool:
    """Whether there is a whole index of this version at a path. Costs no more than reading its first bytes.

    The number (SQLite's ``user_version``) is the last that is written to an index.
    """
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError:
        return False
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[60:64], "big") == VERSION
