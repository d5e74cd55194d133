"""What a user may set. All has a default; ``kommungraf.toml`` in the working folder or the environment overrides."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path

from kommungraf.errors import UsageError

DEFAULT_BASE = "https://w3id.org/kommungraf/id/"


@dataclass(frozen=True, slots=True)
class Config:
    """Settings.

    ``base``: the IRI that instances live under (ends in ``/`` or ``#``).
    ``model``: an installed spaCy model whose person names are added to ours, or empty.
    ``judgements``: the file of people's own rulings.
    """

    base: str = DEFAULT_BASE
    model: str = ""
    judgements: Path = Path("corpus/judgements.toml")


def load(folder: Path = Path()) -> Config:
    """The settings of a folder: ``kommungraf.toml``, then ``KOMMUNGRAF_BASE`` and the like from the environment.

    Raises :class:`~kommungraf.errors.UsageError` for a setting that does not exist or cannot be.
    """
    known = {field.name for field in fields(Config)}
    path = folder / "kommungraf.toml"
    values: dict[str, str] = {}
    if path.exists():
        values |= _read(path)
    for name in known:
        if (value := os.environ.get(f"KOMMUNGRAF_{name.upper()}")) is not None:
            values[name] = value
    if unknown := values.keys() - known:
        names = ", ".join(sorted(known))
        raise UsageError(f"{path} has a setting that does not exist: {sorted(unknown)[0]}; known: {names}.")
    default = Config()
    config = Config(
        base=values.get("base", default.base),
        model=values.get("model", default.model),
        judgements=Path(values.get("judgements", default.judgements)),
    )
    if not config.base.startswith(("http://", "https://", "urn:")) or config.base[-1] not in "/#:":
        raise UsageError(f"The base IRI {config.base!r} must be absolute and end in /, # or :.")
    if "judgements" in values and not config.judgements.is_file():
        raise UsageError(f"The setting judgements names {config.judgements}, which is not a file.")
    if config.model and find_spec(config.model) is None and not Path(config.model).is_dir():
        raise UsageError(f"The setting model names {config.model}, which is not an installed spaCy model.")
    return config


def _read(path: Path) -> dict[str, str]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error
    if wrong := sorted(name for name, value in values.items() if not isinstance(value, str)):
        raise UsageError(f"{path}: the setting {wrong[0]} is text, in quotation marks.")
    return values
