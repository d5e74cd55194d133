"""What a user may set. All has a default; ``kommungraf.toml`` in the working folder or the environment overrides."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from importlib.util import find_spec
from math import inf
from pathlib import Path
from typing import Any, TypeVar

from kommungraf.errors import UsageError
from kommungraf.limits import Limits, ServeLimits
from kommungraf.publishing import Publishing, publishing

_LEAST_MEMORY = 400
_TABLES = ("limits", "serve", "publish")
Numbers = TypeVar("Numbers", Limits, ServeLimits)
DEFAULT_BASE = "https://w3id.org/kommungraf/id/"


@dataclass(frozen=True, slots=True)
class Config:
    """Settings.

    ``base``: the IRI that instances live under (ends in ``/`` or ``#``).
    ``model``: an installed spaCy model whose person names are added to ours, or empty.
    ``judgements``: the file of people's own rulings.
    ``limits``: what reading one file may cost (a table; ``KOMMUNGRAF_LIMITS_SECONDS`` and the like).
    ``serve``: what one who asks the server may cost (a table; ``KOMMUNGRAF_SERVE_SECONDS`` and the like).
    ``publish``: what is said of the data set where it is published (a table).
    """

    base: str = DEFAULT_BASE
    model: str = ""
    judgements: Path = Path("corpus/judgements.toml")
    limits: Limits = field(default_factory=Limits)
    serve: ServeLimits = field(default_factory=ServeLimits)
    publish: Publishing = field(default_factory=Publishing)


def load(folder: Path = Path()) -> Config:
    """The settings of a folder: ``kommungraf.toml``, then ``KOMMUNGRAF_BASE`` and the like from the environment.

    Raises :class:`~kommungraf.errors.UsageError` for a setting that does not exist or cannot be.
    """
    texts = {field.name for field in fields(Config)} - set(_TABLES)
    path = folder / "kommungraf.toml"
    values = _read(path) if path.exists() else {}
    tables = {name: values.pop(name, {}) for name in _TABLES}
    for name in texts:
        if (value := os.environ.get(f"KOMMUNGRAF_{name.upper()}")) is not None:
            values[name] = value
    if unknown := values.keys() - texts:
        names = ", ".join(sorted({*texts, *_TABLES}))
        raise UsageError(f"{path} has a setting that does not exist: {sorted(unknown)[0]}; known: {names}.")
    if wrong := sorted(name for name, value in values.items() if not isinstance(value, str)):
        raise UsageError(f"{path}: the setting {wrong[0]} is text, in quotation marks.")
    default = Config()
    config = Config(
        base=values.get("base", default.base),
        model=values.get("model", default.model),
        judgements=Path(values.get("judgements", default.judgements)),
        limits=_numbers(Limits(), "limits", tables["limits"], path),
        serve=_numbers(ServeLimits(), "serve", tables["serve"], path),
        publish=publishing(tables["publish"], str(path)),
    )
    if not config.base.startswith(("http://", "https://", "urn:")) or config.base[-1] not in "/#:":
        raise UsageError(f"The base IRI {config.base!r} must be absolute and end in /, # or :.")
    if "judgements" in values and not config.judgements.is_file():
        raise UsageError(f"The setting judgements names {config.judgements}, which is not a file.")
    if config.model and find_spec(config.model) is None and not Path(config.model).is_dir():
        raise UsageError(f"The setting model names {config.model}, which is not an installed spaCy model.")
    return config


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).") from error


def _numbers(defaults: Numbers, section: str, table: Any, path: Path) -> Numbers:
    """The default limits, with those of a table and then those of the environment put over them."""
    values = asdict(defaults)
    if not isinstance(table, Mapping) or (unknown := table.keys() - values.keys()):
        which = f"{sorted(unknown)[0]!r} is none" if isinstance(table, Mapping) else "it is a table"
        raise UsageError(f"{path}: [{section}] knows {', '.join(values)}; {which}.")
    for name, default in values.items():
        variable = f"KOMMUNGRAF_{section.upper()}_{name.upper()}"
        where, value = f"{path}: {section}.{name}", table.get(name, default)
        if variable in os.environ:
            where, value = variable, _number(os.environ[variable])
        whole = isinstance(default, int)
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float) or not 0 < value < inf:
            raise UsageError(f"{where} is a {'whole ' if whole else ''}number above 0.")
        if name == "memory_mb" and value < _LEAST_MEMORY:
            raise UsageError(
                f"{where} is at least {_LEAST_MEMORY}: a worker takes half of that before it has read a word."
            )
        values[name] = value
    return replace(defaults, **values)


def _number(text: str) -> int | float | None:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return None
