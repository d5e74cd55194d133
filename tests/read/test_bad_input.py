"""Bad input: each gives one sentence and a stable code; what can be read is read."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from read_pdfs import drawn, locked, mixed, pageless, scanned, serif

from kommungraf.errors import InputError
from kommungraf.read import read, read_bytes

SWEDISH = "Åke Öst är ordförande i nämnden och närvarar på mötet.\n" * 5

BAD = [
    ("empty", b"", "an empty file"),
    ("empty", b" \n\n\t", "nothing but white space"),
    ("empty", b"---\n\n# \n", "nothing but marks"),
    ("empty", b"\xff\xfe", "nothing but a byte order mark"),
    ("binary", bytes(range(256)) * 20, "bytes that are no text"),
    ("binary", b"text\x00\x01\x02" * 50, "control characters"),
    ("binary", b"0" * 100_000, "a filler without a space"),
    ("encoding", b"\xff\xfe\x00\xd8", "a byte order mark that lies"),
    ("damaged", b"PK\x03\x04" + bytes(100), "a ZIP archive or an Office document"),
    ("unsupported", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "an old Word document"),
    ("damaged", b"\x89PNG\r\n\x1a\n" + bytes(50), "the beginning of a picture"),
    ("damaged", b"%PDF-1.7\nskr\xc3\xa4p", "a PDF in name only"),
    ("damaged", drawn(serif)[:400], "a PDF cut off before its first page"),
    ("damaged", b"\0\0\0" + drawn(serif)[2000:4000].replace(b"xref", b""), "the inside of a PDF"),
    ("encrypted", locked(), "a PDF with a password"),
    ("no-text", drawn(scanned), "a scanned PDF"),
    (
        "no-pages",
        pageless(),
        "a PDF without pages",
    ),
]


@pytest.mark.parametrize(("kind", "data", "why"), BAD)
def test_bad_input(kind: str, data: bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "mapp/fil.dat")
    message = str(caught.value)
    if caught.value.kind == "no-ocr" and not shutil.which("tesseract"):
        pytest.skip("apt-get install tesseract-ocr tesseract-ocr-swe")
    assert caught.value.kind == kind, f"{why}: {message}"
    assert "mapp/fil.dat" in message
    assert "\n" not in message
    assert message.endswith(".")


ENCODINGS = [("cp1252", True), ("latin-1", True), ("utf-16", True), ("utf-8", False), ("utf-8-sig", False)]


@pytest.mark.parametrize(("encoding", "told"), ENCODINGS)
def test_encodings(encoding: str, told: bool) -> None:
    text = read_bytes(SWEDISH.encode(encoding), "fil.txt")
    assert text.clean.startswith("Åke Öst är ordförande")
    assert [issue.kind for issue in text.issues] == (["encoding"] if told else [])


def test_scars_of_earlier_conversions_are_told() -> None:
    twice = SWEDISH.encode().decode("cp1252", "replace")
    assert [issue.kind for issue in read_bytes(twice.encode(), "a.txt").issues][-1] == "encoding"
    assert [issue.kind for issue in read_bytes("l\ufffdn".encode(), "a.txt").issues] == ["garbled"]


def test_content_decides_not_the_name() -> None:
    assert read_bytes(drawn(serif), "protokoll.txt").pages == 3
    assert read_bytes(SWEDISH.encode(), "protokoll.pdf").file.media_type == "text/plain"


def test_cut_off_pdf_is_read_as_far_as_it_goes() -> None:
    data = drawn(mixed)
    text = read_bytes(data[: data.rindex(b"startxref")], "halv.pdf")
    assert "Första sidan" in text.clean
    assert "truncated" in [issue.kind for issue in text.issues]


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        read(tmp_path / "saknas.txt")
    with pytest.raises(InputError, match="is a folder"):
        read(tmp_path)
    if os.geteuid() != 0:
        closed = tmp_path / "stängd.txt"
        closed.write_text("text")
        closed.chmod(0)
        with pytest.raises(InputError, match="access denied"):
            read(closed)
