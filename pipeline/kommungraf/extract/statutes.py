"""The statutes that municipal documents cite by name: which act a name, an abbreviation or a title is in a year."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from kommungraf.text import fold
from kommungraf.wordlists import toml

LAGEN_NU = "https://lagen.nu/"


@dataclass(frozen=True, slots=True)
class Act:
    """What is cited: its plain designation (``SFS 2017:725``) and its IRI, if it has one and it is known."""

    instrument: str
    target: str | None

    @property
    def is_statute(self) -> bool:
        """Whether chapters and sections have IRIs of their own: they do in SFS."""
        return self.instrument.startswith("SFS ")


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """An act recognised by how its title goes on, and how many characters that took."""

    act: Act
    length: int


@dataclass(frozen=True, slots=True)
class _Version:
    act: Act
    since: int
    until: int


@dataclass(slots=True)
class _Statutes:
    names: dict[str, list[_Version]] = field(default_factory=dict)
    abbreviations: dict[str, list[_Version]] = field(default_factory=dict)
    titles: dict[str, list[_Version]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _statutes() -> _Statutes:
    data = toml("extract", "statutes.toml")
    known = _Statutes(own=data["own"])
    for entry in data["statute"]:
        act = Act(f"SFS {entry['sfs']}", LAGEN_NU + entry["sfs"])
        version = _Version(act, entry.get("since", 0), entry.get("until", 9999))
        _add(known, entry, version)
    for entry in data["union"]:
        act = Act(entry["instrument"], f"{LAGEN_NU}celex/{entry['celex']}")
        _add(known, entry, _Version(act, 0, 9999))
    return known


def _add(known: _Statutes, entry: dict[str, str | list[str]], version: _Version) -> None:
    if name := entry.get("name"):
        known.names.setdefault(fold(str(name)), []).append(version)
    for abbreviation in entry.get("abbr", []):
        known.abbreviations.setdefault(abbreviation, []).append(version)
    for title in entry.get("titles", []):
        known.titles.setdefault(title, []).append(version)


def statute_by_name(name: str, year: int | None, *, new: bool = False) -> Act | None:
    """The act that a definite name (``skollagen``, ``skollagens``) means in a year.

    ``None`` if no such name is known. The act has no target if the name fits several acts or none in that year.
    ``new``: the text says "the new act", which is the latest one if it is in force that year, or starts in it.
    """
    versions = _statutes().names.get(name) or (_statutes().names.get(name[:-1]) if name.endswith("s") else None)
    return _choose(versions, name, year, new) if versions else None


def statute_by_abbreviation(abbreviation: str, year: int | None) -> Act | None:
    """The act that an abbreviation (``KL``, ``SoL``) means in a year; see :func:`statute_by_name`."""
    versions = _statutes().abbreviations.get(abbreviation)
    return _choose(versions, abbreviation, year, False) if versions else None


def statute_by_title(following: str, year: int | None) -> TitleMatch | None:
    """The act whose title goes on as the text after ``lagen``: " om valfrihetssystem"."""
    text = following.lower()
    stripped = text.lstrip()
    if not stripped.startswith(("om ", "med ")):
        return None
    for title, versions in _statutes().titles.items():
        if stripped.startswith(title.lower()):
            act = _choose(versions, "lagen " + title, year, False)
            return TitleMatch(act, len(text) - len(stripped) + len(title))
    return None


def own_instrument(word: str) -> str | None:
    """The word under which an organisation's own statutes are filed: ``stadgarna`` gives ``stadgar``."""
    return _statutes().own.get(word.lower())


def _choose(versions: list[_Version], name: str, year: int | None, new: bool) -> Act:
    if new:
        latest = max(versions, key=lambda version: version.since)
        # "since" is the first whole year; an act that starts in the middle of a year is new in the year before it.
        return latest.act if year is not None and len(versions) > 1 and year >= latest.since - 1 else Act(name, None)
    if len(versions) == 1 and versions[0].until == 9999 and versions[0].since == 0:
        return versions[0].act
    if year is None:
        return versions[0].act if len(versions) == 1 else Act(name, None)
    fitting = [version for version in versions if version.since <= year <= version.until]
    return fitting[0].act if len(fitting) == 1 else Act(name, None)
