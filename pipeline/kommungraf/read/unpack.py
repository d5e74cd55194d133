"""ZIP archives: what is in them and under which name, unpacked within limits, in memory or in a file without a name."""

from __future__ import annotations

import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import IO

from kommungraf import limits
from kommungraf.errors import InputError
from kommungraf.text import printable

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins; the second is an empty one."""
_RATIO_FLOOR = 10 * limits.MB
_IN_MEMORY = 32 * limits.MB
_CHUNK = 1 << 20
_LOCAL_HEADER = 30
# What a wrong archive makes zipfile raise: it checks much, but not everything.
_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    EOFError,
    OverflowError,
    ValueError,
    struct.error,
    zlib.error,
)


class EnoughError(InputError):
    """An archive has cost what it may cost as a whole; the rest of it is not looked at."""


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGED as error:
        reason = printable(str(error)) or type(error).__name__
        raise InputError("damaged", f"{name} is damaged and cannot be unpacked ({reason}).") from error


def opened(file: IO[bytes], name: str) -> zipfile.ZipFile:
    """An archive, opened.

    Raises :class:`~kommungraf.errors.InputError`: ``damaged``, or ``archive`` for too many members and for members
    that share their bytes (the way to make terabytes of a small file).
    """
    with _told(name):
        archive = zipfile.ZipFile(file)
    members = archive.infolist()
    if len(members) > (most := limits.in_force().members):
        raise InputError(
            "archive", f"{name} holds {len(members)} files, more than {most}; build from a folder of them."
        )
    members = sorted(members, key=lambda member: member.header_offset)
    for one, other in pairwise(members):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > other.header_offset:
            raise InputError("archive", f"{name} cannot be unpacked: files in it lie over each other.")
    return archive


def refuse(member: zipfile.ZipInfo, name: str) -> None:
    """Raise :class:`~kommungraf.errors.InputError` for a member that is not to be unpacked.

    Kinds: ``encrypted``, ``archive`` for a rare method of packing or an absurd ratio, ``too-large``.
    """
    allowed = limits.in_force()
    if member.flag_bits & 1:
        raise InputError("encrypted", f"{name} is locked with a password; unpack it first.")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the others have no bound on output
        raise InputError("archive", f"{name} is packed by a method that is not read; pack it as an ordinary ZIP.")
    if member.file_size > allowed.file_mb * limits.MB:
        raise InputError("too-large", f"{name} is larger than {allowed.file_mb} MB when unpacked.")
    if member.file_size > max(_RATIO_FLOOR, allowed.ratio * max(member.compress_size, 1)):
        raise InputError("archive", f"{name} grows so much when unpacked that it cannot be a document.")


def member_bytes(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, most: int = -1) -> bytes:
    """The bytes of a member, or the first ``most``; never more than it says it has. Raises as :func:`refuse` does."""
    refuse(member, name)
    with _told(name), archive.open(member) as file:
        return file.read(most)


def spooled(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, until: float) -> IO[bytes]:
    """A member as a file that can be searched: in memory, or when large in a temporary file without a name.

    ``until`` is when ``time.monotonic`` says that it has taken too long.
    """
    refuse(member, name)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the caller reads it)
    with _told(name), archive.open(member) as packed:
        while chunk := packed.read(_CHUNK):
            file.write(chunk)
            in_time(name, until)
    file.seek(0)
    return file


def in_time(name: str, until: float) -> None:
    """Raise :class:`EnoughError` (``too-slow``) when the time for an archive is over."""
    if time.monotonic() > until:
        seconds = limits.in_force().seconds
        raise EnoughError("too-slow", f"{name} takes longer than {seconds:g} seconds to unpack; unpack it first.")


def member_name(member: zipfile.ZipInfo) -> str:
    """The name of a member as its maker meant it.

    A name that is not marked as UTF-8 has no known encoding: zipfile takes it for that of DOS. Many programs write
    UTF-8 without the mark, and Windows-1252: then letters are box drawings and Greek.
    """
    name = member.orig_filename
    if member.flag_bits & 0x800 or name.isascii():
        return name
    raw = name.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if all(letter <= 0xA5 for letter in raw):  # the letters of DOS
        return name
    return raw.decode("cp1252", "replace")
