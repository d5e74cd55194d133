"""What a publisher may say of a data set."""

from __future__ import annotations

from pathlib import Path

import pytest

from kommungraf.config import load
from kommungraf.errors import UsageError
from kommungraf.publishing import CC0


def test_what_is_not_said_is_the_usual(tmp_path: Path) -> None:
    assert load(tmp_path).publish.licence == CC0


def test_what_is_said_counts(tmp_path: Path) -> None:
    text = '[publish]\ntitle = "Exempelbygden"\nlicence = "https://exempel.se/villkor"\n'
    (tmp_path / "kommungraf.toml").write_text(text, encoding="utf-8")
    said = load(tmp_path).publish
    assert (said.title, said.licence, said.homepage) == ("Exempelbygden", "https://exempel.se/villkor", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[publish]\nlicense = "x"', "'license' is none"),
        ("[publish]\ntitle = 3", "publish.title is text"),
        ('[publish]\nhomepage = "exempel.se"', "publish.homepage is a whole IRI"),
        ('[publish]\nlicence = "https://exempel.se/a b"', "publish.licence is a whole IRI"),
        ("publish = 3", "it is a table"),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "kommungraf.toml").write_text(text + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=told):
        load(tmp_path)
