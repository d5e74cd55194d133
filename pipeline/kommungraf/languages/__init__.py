"""What kommungraf says to people, in English and in Swedish. The English sentence is the key of the Swedish one.

Swedish stands in ``sv/*.toml``, one file per area, each a table ``[words]`` of ``"English" = "Swedish"``. Both may hold
places for values: ``"named in {n} documents"``. Where one English word is several Swedish ones, what it is about stands
before a bar that nobody sees: ``"outcome|elected"`` is said "elected" in English.

Messages in the code stand in calls of a :class:`Words` (by the names ``words``, ``say``, ``said`` or ``_``), or in a
table that :func:`messages` marks: so a test finds them all and asks for the Swedish of each.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

CODES = ("sv", "en")
"""The languages, the usual one first."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is said in one language. ``code`` is its BCP 47 tag."""

    code: str
    catalogue: dict[str, str] = field(default_factory=dict, repr=False)

    def __call__(self, message: str, **values: object) -> str:
        """The message in this language, its places filled. What has no translation is said in English."""
        said = self.catalogue.get(message) or message.rpartition("|")[2]
        return said.format(**values) if values else said

    def count(self, number: int, one: str, many: str) -> str:
        """A number of things: ``one`` and ``many`` are messages with the place ``{n}``."""
        return self(one if number == 1 else many, n=self.number(number))

    def number(self, value: int) -> str:
        """A whole number as the language groups its digits."""
        return f"{value:,}" if self.code == "en" else f"{value:,}".replace(",", "\u00a0")

    def share(self, value: float) -> str:
        """A number of 0 to 1 with two decimals."""
        return f"{value:.2f}" if self.code == "en" else f"{value:.2f}".replace(".", ",")


def messages(table: Mapping[str, str]) -> Mapping[str, str]:
    """The table as it is: its values are messages that will be said by their keys."""
    return table


@cache
def words(code: str) -> Words:
    """The words of a language; raises ``KeyError`` for one that there is none of."""
    if code not in CODES:
        raise KeyError(code)
    return Words(code, {} if code == "en" else catalogue(code))


def catalogue(code: str) -> dict[str, str]:
    """All messages of a language. Raises ``ValueError`` when two areas translate one message in two ways."""
    said: dict[str, str] = {}
    folder = resources.files(__package__) / code
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            for message, translation in tomllib.loads(entry.read_text(encoding="utf-8"))["words"].items():
                if said.setdefault(message, translation) != translation:
                    raise ValueError(f"{entry.name} says {message!r} in another way than an area before it.")
    return said


ENGLISH = Words("en")
