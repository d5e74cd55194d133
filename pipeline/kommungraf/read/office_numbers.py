"""Numbers and bullets of lists as a word processor prints them."""

from __future__ import annotations

BULLET = "•"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DASHES = frozenset("-–—−‒‐‑\uf02d")
_LARGEST = 100_000  # no list is longer; a file may say anything


def counted(number: int, form: str) -> str:
    """A number in a form: ``1``, ``01``, ``a``, ``A``, ``i``, ``I``, or an empty form for none.

    Forms that no Swedish list has (in words, in other scripts) are printed in digits.
    """
    number = min(max(number, 0), _LARGEST)
    if not form:
        return ""
    if form == "01":
        return f"{number:02}"
    if form in "aA" and number:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return (letter if form == "a" else letter.upper())[:20]
    if form in "iI" and 0 < number < 4000:
        return _roman(number) if form == "i" else _roman(number).upper()
    return str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        letters += sign * count
    return letters


def bullet(sign: str) -> str:
    """A bullet as plain text has it: symbol fonts hide theirs behind letters (Wingdings' ``§`` is a square).

    A word is no bullet: lists of what was decided may begin each item with an *att*.
    """
    sign = sign.strip()
    if len(sign) > 1 and sign.isalpha():
        return sign
    return "-" if sign and sign[0] in _DASHES else BULLET


# The signs of Wingdings and Symbol that documents have, by their place in the font.
_SYMBOLS = {
    0xB7: BULLET, 0xA7: "▪", 0x6E: "■", 0x6F: "□", 0xA8: "□", 0x71: "□", 0x72: "□", 0xFE: "☒", 0x78: "☒", 0xFD: "☒",
    0xFC: "✓", 0xFB: "✗", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xF0: "→", 0xAE: "→", 0x2D: "-", 0xB1: "±", 0xB3: "≥",
    0xD7: "·", 0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0xBE: "—",
}  # fmt: skip
_PRIVATE = {0xF000 + code: sign for code, sign in _SYMBOLS.items()}


def symbol(code: int) -> str:
    """The sign at a place of a symbol font (``F0B7`` or ``B7``), nothing for one that is only a picture."""
    return _SYMBOLS.get(code & 0xFF if 0xF000 <= code <= 0xF0FF else code, "")


def plain(text: str) -> str:
    """Text with the signs of symbol fonts and hyphens that do not break as plain signs."""
    if text.isascii():
        return text
    text = text.replace("\u2011", "-")
    return text.translate(_PRIVATE) if any("\uf000" <= sign <= "\uf0ff" for sign in text) else text
