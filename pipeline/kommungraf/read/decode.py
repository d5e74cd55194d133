"""Bytes of a text file become a string: UTF-8 first, then what the bytes say, then a guess that is owned up to."""

from __future__ import annotations

import codecs
import re

from kommungraf.errors import InputError, Issue

# UTF-32 before UTF-16: its little-endian mark begins with the other's.
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_TWICE = re.compile(r"Ã[¥¤¶…„–\x84\x85\x96]")  # å, ä, ö, Å, Ä and Ö as UTF-8 that was read as Windows-1252 or Latin-1
_SWEDISH = re.compile(r"[åäöÅÄÖé]")


def decode(data: bytes, name: str, *, markup: bool = False) -> tuple[str, list[Issue]]:
    """The text of a file, unchanged, and an issue where its encoding had to be found out.

    A byte order mark of UTF-8 is a character of the text and stays (clean leaves it out). ``markup`` says that the text
    is mark-up, which may go on for long without a space.
    Raises :class:`~kommungraf.errors.InputError` (``binary``, ``encoding``).
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _with_mark(data, mark, encoding, name, markup)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data, name, markup)
    _refuse_binary(text, name, markup)
    return text, _scars(text, name)


def _scars(text: str, name: str) -> list[Issue]:
    """What earlier conversions did to a text: letters that were lost, letters that were encoded twice."""
    issues = []
    if lost := text.count("\ufffd"):
        message = f"{name} has {lost} characters that were lost in an earlier conversion (\ufffd); find a better copy."
        issues.append(Issue(name, "read", "garbled", message))
    if len(_TWICE.findall(text)) > 2:
        message = f"{name} was encoded twice (Ã¥ for å): its words are not what they were; save it anew as UTF-8."
        issues.append(Issue(name, "read", "encoding", message))
    return issues


def _with_mark(data: bytes, mark: bytes, encoding: str, name: str, markup: bool) -> tuple[str, list[Issue]]:
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            "encoding", f"{name} says that it is {encoding.upper()} but is not: byte {error.start} does not fit."
        ) from error
    _refuse_binary(text, name, markup)
    return text, [_told(name, encoding)]


def _guess(data: bytes, name: str, markup: bool) -> tuple[str, list[Issue]]:
    """Windows-1252 where it gives Swedish letters, else what charset-normalizer finds best."""
    if len(_CONTROL_BYTES.findall(data, 0, 100_000)) > min(len(data), 100_000) // 50:
        raise InputError("binary", f"{name} holds binary data, not text.")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    encoding = "windows-1252"
    if not _SWEDISH.search(text):
        from charset_normalizer import from_bytes

        best = from_bytes(data).best()
        if best is None:
            raise InputError(
                "encoding", f"{name} is in no character encoding that can be recognised; save it as UTF-8."
            )
        text, encoding = str(best), best.encoding
    _refuse_binary(text, name, markup)
    return text, [_told(name, encoding)]


_LONGEST = 20_000
# Encoded data or a filler: no word, address or rule of dots is as long.
_ENDLESS = re.compile(rf"(?<!\S)\S{{{_LONGEST}}}")


def _refuse_binary(text: str, name: str, markup: bool) -> None:
    """Text has no control characters but tabs, line ends and form feeds (old systems leave a few)."""
    sample = text[:100_000]
    if len(_CONTROL.findall(sample)) > max(3, len(sample) // 500):
        raise InputError("binary", f"{name} holds binary data, not text.")
    if not markup and _ENDLESS.search(text):
        raise InputError("binary", f"{name} is no text: it has {_LONGEST:,} characters without a space between them.")


def _told(name: str, encoding: str) -> Issue:
    return Issue(
        name, "read", "encoding", f"{name} is not UTF-8; it was read as {encoding}, so look at its å, ä and ö."
    )
