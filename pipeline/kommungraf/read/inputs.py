"""From the paths that a user gives to the documents behind them: files, folders with all below them, and ZIP archives.

An archive is told by its content, and read member by member, archives inside it too; it is never unpacked to a folder:
a member's name is no place to write to. Names are made safe to show where they enter, which is here.
"""

from __future__ import annotations

import os
import stat
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kommungraf import limits
from kommungraf.errors import InputError, Issue, UsageError
from kommungraf.read import unpack
from kommungraf.read.detect import ZIP, package_type
from kommungraf.text import printable

NOT_DOCUMENTS = frozenset(
    ".bak .cfg .css .gitignore .ini .js .json .jsonl .jsonld .lock .log .nq .nt .parquet .py .pyc .rq .sh .toml .trig"
    " .ttl .yaml .yml".split()
)
"""Suffixes of files that accompany documents in a folder (lists, gold, scripts); they are passed over, and counted."""

_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read. ``key`` says where it is on this machine, ``name`` what it is called in the graph.

    ``size`` and ``mtime_ns`` (of the archive, for a member) tell whether it can have changed since it was last read;
    ``length`` is the size of the document itself. ``members``: the way to it through archives, by its place in each.
    """

    key: str
    name: str
    path: Path
    size: int
    mtime_ns: int
    length: int
    members: tuple[int, ...] = ()


@dataclass(slots=True)
class Found:
    """What paths lead to: documents in order of name, problems on the way, and how many files were passed over."""

    sources: list[Source]
    issues: list[Issue]
    passed_over: int = 0

    def refuse(self, name: str, error: InputError) -> None:
        """Note a file that is left out."""
        self.issues.append(Issue(name, "read", error.kind, str(error), quarantined=True))


def find(paths: Iterable[Path], apart_from: Path | None = None) -> Found:
    """All documents under the paths, without those under the folder ``apart_from`` (the output of an earlier build).

    A path that does not exist is a :class:`~kommungraf.errors.UsageError`.
    """
    found = Found([], [])
    skipped = apart_from.resolve() if apart_from else None
    for path in paths:
        if not _exists(path):
            raise UsageError(f"{printable(str(path))} does not exist.")
        if path.is_dir():
            for file in _walk(path, skipped, found):
                if file.suffix.lower() in NOT_DOCUMENTS:
                    found.passed_over += 1
                else:
                    _add(file, file.relative_to(path).as_posix(), found)
        else:
            _add(path, path.name, found)
    unique = {source.key: source for source in found.sources}
    found.sources = sorted(unique.values(), key=lambda source: (source.name, source.key))
    return found


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError as error:
        raise UsageError(f"{path} is in a folder that may not be read.") from error


def content(source: Source) -> bytes:
    """The bytes of a document. Raises :class:`~kommungraf.errors.InputError` when they cannot be had."""
    if source.length > (most := limits.in_force().file_mb) * limits.MB:
        raise InputError("too-large", f"{source.name} is larger than {most} MB; split it.")
    try:
        if not source.members:
            return source.path.read_bytes()
        archive = _archive(source.path, source.mtime_ns, source.members[:-1])
        return unpack.member_bytes(archive, archive.infolist()[source.members[-1]], source.name)
    except PermissionError as error:
        raise InputError("access", f"{source.name} may not be read: access denied.") from error
    except IndexError as error:
        raise InputError("access", f"{source.name} is gone: the archive changed while it was read.") from error
    except OSError as error:
        raise InputError("access", f"{source.name} cannot be read: {error.strerror or error}.") from error


@lru_cache(maxsize=4)
def _archive(path: Path, mtime_ns: int, members: tuple[int, ...]) -> zipfile.ZipFile:
    """An archive, or one inside it; the last few stay open, as their members come one after another."""
    name = printable(path.name)
    if not members:
        return unpack.opened(path.open("rb"), name)
    outer = _archive(path, mtime_ns, members[:-1])
    until = time.monotonic() + limits.in_force().seconds
    return unpack.opened(unpack.spooled(outer, outer.infolist()[members[-1]], name, until), name)


def _walk(folder: Path, skipped: Path | None, found: Found) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        where = _readable(Path(error.filename or folder).name)
        message = f"The folder {where} may not be read ({error.strerror}); nothing in it is in the graph."
        found.issues.append(Issue(where, "read", "access", message, quarantined=True))

    for root, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        if skipped is not None:
            folders[:] = [name for name in folders if Path(root, name).resolve() != skipped]
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def _readable(name: str) -> str:
    """A name that can be shown and written: in a file system it may be not UTF-8, or steer a terminal."""
    return printable(os.fsencode(name).decode("utf-8", "backslashreplace"))


def _add(path: Path, name: str, found: Found) -> None:
    name = _readable(name)
    try:
        status = path.stat()
        for is_kind, what in _KINDS:
            if is_kind(status.st_mode):
                raise InputError("no-file", f"{name} is {what}, not a file: there is nothing to read in it.")
        key = _readable(os.path.abspath(path))
        source = Source(key, name, path, status.st_size, status.st_mtime_ns, status.st_size)
        if _is_package(path):
            with path.open("rb") as file, unpack.opened(file, name) as archive:
                if package_type(archive, name) == ZIP:
                    _Archive(source, found).look_through(archive, source)
                    return
        found.sources.append(source)
    except InputError as error:
        found.refuse(name, error)
    except PermissionError:
        found.refuse(name, InputError("access", f"{name} may not be read: access denied."))
    except OSError as error:
        found.refuse(name, InputError("access", f"{name} cannot be opened: {error.strerror or error}."))


def _is_package(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4).startswith(unpack.MAGIC)


class _Archive:
    """What may still be found in one archive of the outermost, and until when."""

    def __init__(self, source: Source, found: Found) -> None:
        allowed = limits.in_force()
        self.name, self.found = source.name, found
        self.members, self.bytes = allowed.members, allowed.archive_mb * limits.MB
        self.until = time.monotonic() + allowed.seconds
        self.keys: Counter[str] = Counter()

    def look_through(self, archive: zipfile.ZipFile, outer: Source) -> None:
        """Note the documents of an archive. Raises :class:`~kommungraf.read.unpack.EnoughError` at its limits."""
        for place, member in enumerate(archive.infolist()):
            self.spend(member)
            name = unpack.member_name(member).replace("\\", "/")
            parts = [part for part in name.split("/") if part not in ("", ".", "..")]
            if member.is_dir() or any(part.startswith(".") or part == "__MACOSX" for part in parts):
                continue
            if PurePosixPath(name).suffix.lower() in NOT_DOCUMENTS:
                self.found.passed_over += 1
                continue
            shown = "/".join([outer.name, *map(printable, parts)])
            source = replace(
                outer,
                key=self.key(f"{outer.key}!{printable(name)}"),
                name=shown,
                length=member.file_size,
                members=(*outer.members, place),
            )
            try:
                self.look_at(archive, member, source)
            except unpack.EnoughError:
                raise
            except InputError as error:
                self.found.refuse(shown, error)

    def look_at(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source) -> None:
        """Note a member, or what is in it when it is an archive itself."""
        if unpack.member_bytes(archive, member, source.name, 4).startswith(unpack.MAGIC):
            inner = unpack.spooled(archive, member, source.name, self.until)
            with unpack.opened(inner, source.name) as package:
                if package_type(package, source.name) == ZIP:
                    self.go_down(package, source)
                    return
        self.found.sources.append(source)

    def go_down(self, archive: zipfile.ZipFile, source: Source) -> None:
        """Look through an archive in an archive, unless it lies too deep."""
        deepest = limits.in_force().depth
        if len(source.members) >= deepest:
            told = f"{source.name} is an archive inside {len(source.members)} others, deeper than is read"
            raise InputError("archive", f"{told}; unpack it first.")
        self.look_through(archive, source)

    def spend(self, member: zipfile.ZipInfo) -> None:
        """Count a member against what an archive may hold in all."""
        self.members -= 1
        self.bytes -= member.file_size
        allowed = limits.in_force()
        if self.members < 0:
            told = f"{self.name} holds more than {allowed.members} files, with those of the archives in it"
        elif self.bytes < 0:
            told = f"{self.name} holds more than {allowed.archive_mb} MB when unpacked, with the archives in it"
        else:
            unpack.in_time(self.name, self.until)
            return
        raise unpack.EnoughError("too-large", f"{told}; the rest of it was left out: build from a folder of its files.")

    def key(self, key: str) -> str:
        """A key of its own for each of several members of one name."""
        self.keys[key] += 1
        return key if self.keys[key] == 1 else f"{key}#{self.keys[key]}"
