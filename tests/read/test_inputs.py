"""What paths lead to: folders and archives are looked through, nothing is silently left out, and nothing gets out."""

from __future__ import annotations

import io
import os
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kommungraf import limits
from kommungraf.errors import InputError, UsageError
from kommungraf.limits import Limits
from kommungraf.read.inputs import content, find
from kommungraf.text import printable


def names(*paths: Path, apart_from: Path | None = None) -> list[str]:
    return [source.name for source in find(paths, apart_from).sources]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    for name in (
        "b.txt",
        "a.md",
        "under/ö.PDF",
        "utan-suffix",
        ".dold.txt",
        ".git/x.txt",
        "__pycache__/y.txt",
        "l.toml",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(name, encoding="utf-8")
    return made


def test_a_folder_with_all_below_it(folder: Path) -> None:
    assert names(folder) == ["a.md", "b.txt", "under/ö.PDF", "utan-suffix"]
    assert find([folder]).passed_over == 1
    assert names(folder / "l.toml") == ["l.toml"], "a file that is named is tried, whatever it is"


def test_the_same_file_twice_is_one(folder: Path) -> None:
    assert names(folder, folder / "a.md", folder) == names(folder)


def test_the_output_of_an_earlier_build_is_no_input(folder: Path) -> None:
    (folder / "graph_out" / "text").mkdir(parents=True)
    (folder / "graph_out" / "text" / "x.txt").write_text("x")
    assert "graph_out/text/x.txt" not in names(folder, apart_from=folder / "graph_out")


def test_what_is_no_file_is_named_and_never_opened(folder: Path) -> None:
    os.mkfifo(folder / "rör.txt")
    (folder / "bruten.txt").symlink_to(folder / "finns-inte")
    (folder / "ring.txt").symlink_to(folder / "ring.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "uttag.txt"))
        found = find([folder])
    assert {issue.file: issue.kind for issue in found.issues} == {
        "bruten.txt": "access",
        "ring.txt": "access",
        "rör.txt": "no-file",
        "uttag.txt": "no-file",
    }
    assert "rör.txt" not in [source.name for source in found.sources]


def test_a_name_that_is_not_utf_8_can_be_written_down(folder: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/prot\xe5.txt"))
    path.write_text("x")
    source = next(source for source in find([folder]).sources if source.name.startswith("prot"))
    assert source.name == "prot\\xe5.txt"
    source.key.encode()
    assert content(source) == b"x"


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find([tmp_path / "nej"])


def packed(*members: tuple[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


TEXT = b"hej hej hej"
WORD = packed(("word/document.xml", "<w/>"), ("[Content_Types].xml", "<t/>"))


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = packed(("c.txt", TEXT), ("protokoll.docx", WORD))
    middle = packed(("b.txt", TEXT), ("djup", inner))
    (tmp_path / "a.bin").write_bytes(packed(("a.txt", TEXT), ("mellan.zip", middle)))
    found = find([tmp_path])
    assert [source.name for source in found.sources] == [
        "a.bin/a.txt",
        "a.bin/mellan.zip/b.txt",
        "a.bin/mellan.zip/djup/c.txt",
        "a.bin/mellan.zip/djup/protokoll.docx",
    ], "an archive is told by its content, and a Word document is none"
    assert [content(source) for source in found.sources] == [TEXT, TEXT, TEXT, WORD]
    assert found.issues == []


def test_how_deep_archives_may_lie(tmp_path: Path) -> None:
    data = packed(("x.txt", TEXT))
    for name in ("3.zip", "2.zip", "1.zip"):
        data = packed((name, data), (f"{name[0]}.txt", TEXT))
    (tmp_path / "0.zip").write_bytes(data)
    found = find([tmp_path])
    assert [source.name for source in found.sources] == ["0.zip/1.txt", "0.zip/1.zip/2.txt", "0.zip/1.zip/2.zip/3.txt"]
    assert [issue.file for issue in found.issues] == ["0.zip/1.zip/2.zip/3.zip"]
    assert "deeper than is read" in found.issues[0].message


NAMES = [
    ("../../ut.txt", "a.zip/ut.txt", "a way out of the folder"),
    ("/etc/passwd", "a.zip/etc/passwd", "an absolute path"),
    ("C:\\Temp\\x.txt", "a.zip/C:/Temp/x.txt", "a path of Windows"),
    ("..\\..\\x.txt", "a.zip/x.txt", "a way out as Windows writes it"),
    ("ren\u202etxt.exe.txt", "a.zip/ren\\u202etxt.exe.txt", "turned writing: the end of the name seems another"),
    ("\x1b[2Jrensad.txt", "a.zip/\\x1b[2Jrensad.txt", "clears a terminal"),
    ("rad\nrad.txt", "a.zip/rad\\nrad.txt", "two lines"),
    ("x" * 5000 + ".txt", f"a.zip/{'x' * 120}…{'x' * 116}.txt", "a name that fills a screen"),
    ("<script>alert(1)</script>.txt", "a.zip/<script>alert(1)</script>.txt", "only a page need mind, and it does"),
]


@pytest.mark.parametrize(("name", "shown", "why"), NAMES)
def test_names_in_archives(name: str, shown: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed((name, TEXT)))
    sources = find([tmp_path]).sources
    assert [source.name for source in sources] == [shown], why
    assert content(sources[0]) == TEXT
    assert sources[0].key.isprintable()


ENCODINGS = [("utf-8", 0x800), ("utf-8", 0), ("cp437", 0), ("cp850", 0), ("cp1252", 0)]


@pytest.mark.parametrize(("encoding", "flag"), ENCODINGS)
def test_names_in_any_encoding(encoding: str, flag: int, tmp_path: Path) -> None:
    name = "Årsmöte på Öland.txt"
    member = zipfile.ZipInfo("x" * len(name.encode(encoding)))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(member, TEXT)
    data = bytearray(file.getvalue().replace(member.filename.encode(), name.encode(encoding)))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(mark) + at, flag)
    (tmp_path / "a.zip").write_bytes(data)
    found = find([tmp_path])
    assert [source.name for source in found.sources] == [f"a.zip/{name}"]
    assert content(found.sources[0]) == TEXT


def test_members_of_one_name_are_each_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(("a.txt", b"ett"), ("a.txt", b"tva"))
    (tmp_path / "a.zip").write_bytes(data)
    found = find([tmp_path])
    assert {content(source) for source in found.sources} == {b"ett", b"tva"}
    assert len({source.key for source in found.sources}) == 2


def flagged(data: bytes, at_local: int, at_central: int, change: Callable[[int], int]) -> bytes:
    """An archive with a field of two bytes changed in both headers of its first member."""
    made = bytearray(data)
    for mark, at in ((b"PK\x03\x04", at_local), (b"PK\x01\x02", at_central)):
        place = made.index(mark) + at
        struct.pack_into("<H", made, place, change(struct.unpack_from("<H", made, place)[0]))
    return bytes(made)


def patched(data: bytes, mark: bytes, at: int, value: int) -> bytes:
    """An archive with a field of four bytes changed after the first mark."""
    made = bytearray(data)
    struct.pack_into("<I", made, made.index(mark) + at, value)
    return bytes(made)


ONE = packed(("a.txt", TEXT * 50))
TWO = packed(("a.txt", TEXT * 50), ("b.txt", b"annat"))
BROKEN = [
    (flagged(ONE, 6, 8, lambda flags: flags | 1), "encrypted", "a password"),
    (flagged(ONE, 8, 10, lambda _: 12), "archive", "bzip2, whose output cannot be bounded"),
    (flagged(ONE, 8, 10, lambda _: 99), "archive", "a method that nobody knows"),
    (packed(("a.txt", TEXT), method=zipfile.ZIP_STORED).replace(TEXT, b"hej hxj hej"), "damaged", "a wrong checksum"),
    (ONE.replace(b"a.txt", b"b.txt", 1), "damaged", "the directory and the member's own header disagree"),
    (patched(ONE, b"PK\x01\x02", 42, 10_000), "damaged", "the directory points after the end"),
    (patched(ONE, b"PK\x01\x02", 24, 600_000_000), "too-large", "says that it is larger than a file may be"),
    (patched(ONE, b"PK\x01\x02", 24, 400_000_000), "archive", "says that it grows a million times"),
    (patched(TWO, b"PK\x01\x02", 20, 0xFFFFFFFF), "archive", "sizes of ZIP64 without their field"),
    (patched(TWO, b"PK\x01\x02", 20, 5_000), "archive", "the first member lies over the second"),
    (ONE[:-30], "damaged", "cut off"),
    (ONE[:40] + ONE[60:], "damaged", "a hole in it"),
]


@pytest.mark.parametrize(("data", "kind", "why"), BROKEN, ids=[why for *_, why in BROKEN])
def test_broken_archives(data: bytes, kind: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(data)
    found = find([tmp_path])
    issues = list(found.issues)
    for source in found.sources:
        try:
            content(source)
        except InputError as error:
            found.refuse(source.name, error)
    assert [issue.kind for issue in found.issues] == [kind], f"{why}: {issues}"
    assert all(issue.message.startswith("a.zip") and issue.message.endswith(".") for issue in found.issues)


def test_limits(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "många.zip"
    path.write_bytes(packed(*((f"{number}.txt", b"x" * 400_000) for number in range(5))))
    inner = packed(*((f"{number}.txt", "x") for number in range(3)))
    (tmp_path / "nästlad.zip").write_bytes(packed(("1.zip", inner), ("2.zip", inner), ("3.txt", "x")))

    def told(allowed: Limits, path: Path) -> str:
        with limits.under(allowed):
            return " ".join(issue.message for issue in find([path]).issues)

    assert "5 files, more than 4" in told(Limits(members=4), path)
    assert "holds more than 6 files" in told(Limits(members=6), tmp_path / "nästlad.zip")
    assert "holds more than 1 MB" in told(Limits(archive_mb=1), path)
    assert "deeper than is read" in told(Limits(depth=1), tmp_path / "nästlad.zip")
    assert "takes longer than 1e-09 seconds" in told(Limits(seconds=1e-9), path)
    large = folder / "stor.txt"
    large.write_bytes(b"x" * 1_000_001)
    with limits.under(Limits(file_mb=1)), pytest.raises(InputError, match="larger than 1 MB"):
        content(find([large]).sources[0])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Årsmöte 2024 – kallelse.pdf", "Årsmöte 2024 – kallelse.pdf"),
        ("\x1b]0;titel\x07.txt", "\\x1b]0;titel\\x07.txt"),
        ("a\u200bb\ufeff\u2028", "a\\u200bb\\ufeff\\u2028"),
        ("\ud800.txt", "\\ud800.txt"),
        ("mellan\u00a0rum", "mellan\u00a0rum"),
    ],
)
def test_printable_names(name: str, shown: str) -> None:
    assert printable(name) == shown
