"""From the paths that a user gives to the documents behind them: files, folders with all below them, and ZIP archives.

An archive is read in memory, member by member, and never unpacked: a member's name is no place to write to.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kommungraf.errors import InputError, Issue, UsageError

MAX_MEMBERS = 20_000
MAX_BYTES = 500_000_000
MAX_RATIO = 200
"""A large member that grows more than this when unpacked is no document (text packs about 1:4, zeros 1:1000)."""
_RATIO_FLOOR = 10_000_000

NOT_DOCUMENTS = frozenset(
    ".bak .cfg .css .gitignore .ini .js .json .jsonl .jsonld .lock .log .nq .nt .parquet .py .pyc .rq .sh .toml .trig"
    " .ttl .yaml .yml".split()
)
"""Suffixes of files that accompany documents in a folder (lists, gold, scripts); they are passed over, and counted."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read. ``key`` says where it is on this machine, ``name`` what it is called in the graph.

    ``size`` and ``mtime_ns`` (of the archive, for a member) tell whether it can have changed since it was last read.
    """

    key: str
    name: str
    path: Path
    size: int
    mtime_ns: int
    member: str | None = None

    @property
    def suffix(self) -> str:
        """The suffix of the name, which is a hint (never more) of what the content is."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(slots=True)
class Found:
    """What paths lead to: documents in order of name, problems on the way, and how many files were passed over."""

    sources: list[Source]
    issues: list[Issue]
    passed_over: int = 0


def find(paths: Iterable[Path], apart_from: Path | None = None) -> Found:
    """All documents under the paths, without those under the folder ``apart_from`` (the output of an earlier build).

    A path that does not exist is a :class:`~kommungraf.errors.UsageError`.
    """
    found = Found([], [])
    skipped = apart_from.resolve() if apart_from else None
    for path in paths:
        if not _exists(path):
            raise UsageError(f"{path} does not exist.")
        if path.is_dir():
            for file in _walk(path, skipped, found):
                if file.suffix.lower() in NOT_DOCUMENTS or not _is_regular(file):
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
    if source.size > MAX_BYTES:
        raise InputError("too-large", f"{source.name} is larger than {MAX_BYTES // 1_000_000} MB; split it.")
    try:
        if source.member is None:
            return source.path.read_bytes()
        with zipfile.ZipFile(source.path) as archive:
            return archive.read(source.member)
    except PermissionError as error:
        raise InputError("access", f"{source.name} may not be read: access denied.") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise InputError("archive", f"{source.name} cannot be unpacked: {error}.") from error
    except RuntimeError as error:  # zipfile's word for a password
        raise InputError("encrypted", f"{source.name} is locked with a password; unpack it first.") from error
    except OSError as error:
        raise InputError("access", f"{source.name} cannot be read: {error.strerror or error}.") from error


def _walk(folder: Path, skipped: Path | None, found: Found) -> Iterator[Path]:
    def refused(error: OSError) -> None:
        where = Path(_readable(error.filename or str(folder)))
        message = f"The folder {where.name} may not be read ({error.strerror}); nothing in it is in the graph."
        found.issues.append(Issue(where.name, "read", "access", message, quarantined=True))

    for root, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        if skipped is not None:
            folders[:] = [name for name in folders if Path(root, name).resolve() != skipped]
        yield from (Path(root, name) for name in sorted(names) if not name.startswith("."))


def _is_regular(path: Path) -> bool:
    """False for a pipe, a socket or a device, on which reading could wait for ever; a broken link is told of later."""
    return path.is_file() or not path.exists()


def _readable(name: str) -> str:
    """A name as text: a file system may hold names that are not UTF-8, and these cannot be written anywhere."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _add(path: Path, name: str, found: Found) -> None:
    name = _readable(name)
    try:
        status = path.stat()
        key = _readable(os.path.abspath(path))
        if path.suffix.lower() == ".zip" and zipfile.is_zipfile(path):  # names lie: what is no archive is read as it is
            found.sources.extend(_members(path, key, name, status, found))
        else:
            found.sources.append(Source(key, name, path, status.st_size, status.st_mtime_ns))
    except (OSError, zipfile.BadZipFile) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        found.issues.append(Issue(name, "read", "access", f"{name} cannot be opened: {reason}.", quarantined=True))


def _members(path: Path, key: str, name: str, status: os.stat_result, found: Found) -> Iterator[Source]:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        message = f"{name} holds {len(members)} files, more than {MAX_MEMBERS}; unpack it and build from the folder."
        found.issues.append(Issue(name, "read", "archive", message, quarantined=True))
        return
    for member in members:
        inner = PurePosixPath(member.filename.replace("\\", "/"))
        if any(part.startswith(".") or part == "__MACOSX" for part in inner.parts if part != ".."):
            continue
        if inner.suffix.lower() in NOT_DOCUMENTS:
            found.passed_over += 1
            continue
        shown = f"{name}/{'/'.join(part for part in inner.parts if part not in ('/', '..'))}"
        if (problem := _refusal(member, inner)) is not None:
            found.issues.append(Issue(shown, "read", "archive", f"{shown} {problem}", quarantined=True))
            continue
        yield Source(f"{key}!{member.filename}", shown, path, status.st_size, status.st_mtime_ns, member.filename)


def _refusal(member: zipfile.ZipInfo, inner: PurePosixPath) -> str | None:
    if inner.suffix.lower() == ".zip":
        return "is an archive inside an archive; unpack it first."
    if member.file_size > MAX_BYTES:
        return f"is larger than {MAX_BYTES // 1_000_000} MB when unpacked."
    if member.file_size > max(_RATIO_FLOOR, MAX_RATIO * max(member.compress_size, 1)):
        return "grows so much when unpacked that it cannot be a document."
    return None
