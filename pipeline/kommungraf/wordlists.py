"""The word lists and rules of a stage: TOML files in its ``data`` folder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def toml(stage: str, name: str) -> dict[str, Any]:
    """The content of ``<stage>/data/<name>``, read once. It is shared: do not change it."""
    return tomllib.loads(files(f"kommungraf.{stage}").joinpath("data", name).read_text(encoding="utf-8"))
