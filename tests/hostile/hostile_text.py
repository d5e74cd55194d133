"""Texts and pictures that are broken or meant to harm."""

from __future__ import annotations

import io
import struct
import zlib

from hostile_pdf import WORDS, swollen

LINE = WORDS.encode() + b" "


def one_line(megabytes: int) -> bytes:
    """Ordinary words without a single line end."""
    return LINE * (megabytes * 1_000_000 // len(LINE))


def run(character: str, length: int = 200_000) -> bytes:
    """A run of a character between ordinary lines, broken by a space often enough to pass for text."""
    part = character * 1_000 + " "
    return f"{WORDS}\n\n{part * (length // 1_000)}\n\n{WORDS}\n".encode()


def lines_of(line: str, count: int) -> bytes:
    """A line over and over again."""
    return f"{WORDS}\n\n{line * count}\n{WORDS}\n".encode()


def nulls() -> bytes:
    return WORDS.replace(" ", "\0").encode() * 100


def half_characters() -> bytes:
    """UTF-16 with halves of characters."""
    return b"\xff\xfe" + WORDS.encode("utf-16-le") + b"\x00\xd8" + WORDS.encode("utf-16-le") + b"\x00\xdc"


def mixed() -> bytes:
    """Half UTF-8, half Windows-1252."""
    text = "Sammanträde på Örnens gård den åttonde\n" * 20
    return text.encode("utf-8") + text.encode("cp1252")


def steering() -> bytes:
    """What steers a terminal, turns the writing, and is seen by nobody."""
    return (f"{WORDS}\n\n\x1b]0;titel\x07\x1b[2J\x1b[31mPlan \u202e2024\u202c \u200b{WORDS}\x1b[0m\n" * 3).encode()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: int | None = None) -> bytes:
    """A black picture; ``rows`` that are there, when fewer than it says."""
    row = bytes(1 + (width + 7) // 8)
    packed = swollen(row * 100, (height if rows is None else rows) // 100)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def png_comment_bomb() -> bytes:
    """A picture with a packed comment of 1 GB."""
    data = png(100, 100)
    return data[:33] + chunk(b"zTXt", b"x\0\0" + swollen(bytes(1_000_000), 1_000)) + data[33:]


def tiff_loop() -> bytes:
    """Pages whose next page is themselves."""
    entries = [(256, 4, 1, 10), (257, 4, 1, 10), (258, 3, 1, 1), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, 10), (279, 4, 1, 20)]
    made = io.BytesIO()
    made.write(b"II*\0" + struct.pack("<I", 32) + bytes(24))
    made.write(struct.pack("<H", len(entries)))
    for tag, kind, count, value in entries:
        made.write(struct.pack("<HHII", tag, kind, count, value))
    made.write(struct.pack("<I", 32))
    return made.getvalue()
