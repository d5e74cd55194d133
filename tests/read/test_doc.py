"""Old Word documents and rich text, which LibreOffice converts; and what is said where it is missing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from office_files import shown

from kommungraf.build.conversion import waits_for_office
from kommungraf.errors import InputError
from kommungraf.read import office_old, read_bytes, soffice

needs_office = pytest.mark.skipif(soffice.program() is None, reason=f"needs LibreOffice: {soffice.INSTALL}")

RICH = rb"""{\rtf1\ansi\ansicpg1252\uc1{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b\fs32 heading 1;}}
{\pard\s1\outlinelevel0\b\fs32 Protokoll\par}{\pard\plain\s0 N\'e4mnden beslutar att\par}
{\pard\plain 1.\tab anta planen.\par}{\pard\plain {\v dold text}synlig\par}
\trowd\cellx3000\cellx6000\intbl Kansli\cell 1 250\cell\row\pard\plain Slut.\par}"""


@needs_office
def test_rich_text() -> None:
    text = read_bytes(RICH, "fil.doc")  # many files called .doc are rich text
    assert text.file.media_type == "application/rtf"
    assert shown(text) == [
        "#1 Protokoll", "Nämnden beslutar att", "1. anta planen.", "synlig", "| Kansli | 1 250", "Slut.",
    ]  # fmt: skip
    assert text.file.size == len(RICH)


@needs_office
def test_two_at_the_same_time_do_not_meet_and_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    both = threading.Barrier(2)

    def convert(number: int) -> list[str]:
        both.wait()
        return shown(read_bytes(RICH.replace(b"Protokoll", b"Nummer %d" % number), "fil.rtf"))

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(convert, (1, 2))
    assert (first[0], second[0]) == ("#1 Nummer 1", "#1 Nummer 2")
    assert list(tmp_path.iterdir()) == []


@needs_office
def test_what_libreoffice_cannot_open_is_told() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(700) + "WordDocument".encode("utf-16-le") + bytes(900)
    with pytest.raises(InputError) as caught:
        read_bytes(data, "fil.doc")
    assert caught.value.kind == "damaged"


def test_without_libreoffice_the_command_that_installs_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match=soffice.INSTALL) as caught:
        read_bytes(RICH, "mapp/fil.rtf")
    assert caught.value.kind == "no-office"


def test_what_waited_for_libreoffice_is_read_when_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = [{"kind": soffice.NO_OFFICE}]
    monkeypatch.setattr(soffice, "program", lambda: None)
    assert not waits_for_office(waiting)
    monkeypatch.setattr(soffice, "program", lambda: "/usr/bin/soffice")
    assert waits_for_office(waiting)
    assert not waits_for_office([{"kind": "damaged"}])


def test_a_program_that_takes_too_long_is_ended_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "soffice"
    slow.write_text('#!/bin/sh\nsleep 60 &\necho $! > "$HOME/../child"\nwait\n')
    slow.chmod(0o755)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(soffice, "program", lambda: str(slow))
    monkeypatch.setattr(soffice, "SECONDS", 0.5)
    with pytest.raises(InputError) as caught:
        read_bytes(RICH, "fil.rtf")
    assert caught.value.kind == "too-slow"
    assert not _runs(int((tmp_path / "child").read_text()))


def _runs(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


FLAGS = [(0x00, False, "an ordinary document"), (0x01, True, "one with a password")]


@pytest.mark.parametrize(("flags", "locked", "why"), FLAGS)
def test_password(flags: int, locked: bool, why: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + b"\xec\xa5" + bytes(9) + bytes([flags]) + bytes(500)
    assert office_old.is_encrypted(data) is locked, why
