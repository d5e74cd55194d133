"""What paths lead to: folders and archives are looked through, nothing is silently left out, and nothing gets out."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from kommungraf.errors import InputError, UsageError
from kommungraf.read import inputs
from kommungraf.read.inputs import content, find


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


def test_what_is_no_file_is_passed_over(folder: Path) -> None:
    os.mkfifo(folder / "rör.txt")
    assert "rör.txt" not in names(folder)
    (folder / "bruten.txt").symlink_to(folder / "finns-inte")
    assert [issue.file for issue in find([folder]).issues] == ["bruten.txt"]


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


def test_an_archive_with_a_password_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x")
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1  # the flag that says: encrypted
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        content(find([path]).sources[0])
    assert caught.value.kind == "encrypted"


def test_a_damaged_member_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "hej hej hej")
    path.write_bytes(path.read_bytes().replace(b"hej hej hej", b"hej hxj hej"))
    with pytest.raises(InputError) as caught:
        content(find([path]).sources[0])
    assert caught.value.kind == "archive"


def test_limits(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "många.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}.txt", "x")
    monkeypatch.setattr(inputs, "MAX_MEMBERS", 4)
    assert "5 files, more than 4" in find([path]).issues[0].message
    monkeypatch.setattr(inputs, "MAX_BYTES", 3)
    with pytest.raises(InputError, match="larger than"):
        content(find([folder / "a.md"]).sources[0])
