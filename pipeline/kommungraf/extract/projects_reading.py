"""How far the name of a project reaches, and the long and the short form that a text ties together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kommungraf.wordlists import toml

QUOTE = "[\"“”„»«']"
ACRONYM = r"[A-ZÅÄÖ][A-ZÅÄÖ0-9&]{1,9}(?![a-zåäö])(?:\s\d\.\d|(?:\s[A-ZÅÄÖ]{2,10}(?![\wåäö]))+)?"
CAMEL = r"[A-ZÅÄÖ][a-zåäö]+[A-ZÅÄÖ][a-zåäö]+"
_LONG = r"[A-ZÅÄÖ][^()\n\t]{6,90}?"
_BRACKETS = re.compile(rf"\s\((?P<long>{_LONG})\)")
_DASHED = re.compile(r"\s[–-]\s(?=[A-ZÅÄÖ])")
LONG_SHORT = re.compile(rf"(?P<long>{_LONG})\s\((?P<short>{ACRONYM})\)")
_PLACE = re.compile(
    r"\s*[–-]\s*(?:[A-ZÅÄÖ][a-zåäö]+s?|i)(?:\s+[A-ZÅÄÖ]?\w+)?\s+läns?$|\s*[–-]\s*[A-ZÅÄÖ][a-zåäö]+ kommun$"
)
_WORD = re.compile(r"[ \u00a0][\w&/+-]+(?:\.\d)?")
_DASHES = re.compile(r"[A-ZÅÄÖ]\w+(?:\s[–-]\s[a-zåäö]+){2,}")
# "ABC Väst" is another project than "ABC": an acronym with a name of its own behind it.
_SURNAME = re.compile(r"[ \u00a0](?P<name>[A-ZÅÄÖ][a-zåäö]{2,}(?:[ \u00a0][A-ZÅÄÖ][a-zåäö]{2,})?)(?![\w(-])")
_FIRST = re.compile(rf"{ACRONYM}|[A-ZÅÄÖ0-9][\w&+-]*(?:\.\d)?")
QUOTED = re.compile(rf"{QUOTE}([A-ZÅÄÖ0-9][^\"“”„»«\n\t]{{2,80}}?){QUOTE}(?!\w)")


class ProjectName(NamedTuple):
    """A name found: offsets, the name as printed, and the long and short forms where the text gives both."""

    start: int
    end: int
    printed: str
    long: str = ""
    short: str = ""


@cache
def rules() -> dict[str, frozenset[str]]:
    """The words that end a name (``stop``), may stand inside one (``inner``), or only look like one."""
    data = toml("extract", "projects.toml")
    words = {key: frozenset(data[key]) for key in ("inner", "not_names", "kinds")}
    return words | {"stop": frozenset(data["stop"]) - words["inner"]}


def name_at(text: str, position: int, file: str) -> ProjectName | None:
    """The name that begins at a position after a head, or ``None`` where no name does."""
    quoted = QUOTED.match(text, position)
    if quoted is not None:
        return trimmed(text, quoted.start(1), quoted.end(1))
    dashes = _DASHES.match(text, position)
    if dashes is not None:
        return trimmed(text, position, dashes.end())
    both = LONG_SHORT.match(text, position)
    if both is not None and initials_agree(both["long"], both["short"]):
        return next(long_and_short(text, both))
    first = _FIRST.match(text, position)
    if first is None or first.group() in rules()["not_names"] or not any(letter.isalpha() for letter in first.group()):
        return None
    if re.fullmatch(ACRONYM, first.group()):
        return acronym_first(text, position)
    end = _extent(text, first.end(), file, position)
    return trimmed(text, position, end)


def acronym_first(text: str, position: int) -> ProjectName | None:
    """``ABC (Long name)``, ``ABC – Long name``, or the acronym alone."""
    match = re.compile(ACRONYM).match(text, position)
    if match is None:
        return None
    short, end = " ".join(match.group().split()), match.end()
    brackets = _BRACKETS.match(text, end) or _BRACKETS.match(text, _end_of_compound(text, end))
    if brackets is not None and initials_agree(brackets["long"], short):
        return ProjectName(position, end, short, without_place(brackets["long"]), short)
    dash = _DASHED.match(text, end)
    if dash is not None:
        last = _long_extent(text, dash.end(), short)
        return ProjectName(
            position, last, " ".join(text[position:last].split()), without_place(text[dash.end() : last]), short
        )
    more = _SURNAME.match(text, end)
    if more is not None and more["name"] not in rules()["not_names"] and not _is_ownership(text, more.end()):
        return ProjectName(position, more.end(), " ".join(text[position : more.end()].split()))
    return ProjectName(position, end, short, "", short)


def _is_ownership(text: str, end: int) -> bool:
    """Whether capitals behind an acronym are whose it is: ``ABC Norrby kommun``, ``ABC Norra länet``."""
    return re.compile(r"s?[ \u00a0](?:kommuns?|läns?|region)\b").match(text, end) is not None


def _end_of_compound(text: str, end: int) -> int:
    """Past ``-undersökningen`` after an acronym: ``ABC-undersökningen (Long name)``."""
    match = re.compile(r"-[a-zåäö]+").match(text, end)
    return match.end() if match else end


def _long_extent(text: str, start: int, short: str) -> int:
    """The end of a long name after a dash: past commas until it has the acronym's letters, then to a stop word."""
    line = re.compile(r"[^.;:()\n\t\"”]*").match(text, start)
    stop = line.end() if line else start
    for word in re.compile(r"(,?)\s(\w+)").finditer(text, start, stop):
        comma, plain = word[1], word[2]
        ended = plain in rules()["stop"] or _is_verb(plain)
        if ended or (comma and initials_agree(text[start : word.start()], short)):
            return word.start()
    return stop


def long_and_short(text: str, match: re.Match[str]) -> Iterator[ProjectName]:
    long, short = without_place(match["long"]), " ".join(match["short"].split())
    if initials_agree(long, short):
        start = match.start("long")
        yield ProjectName(start, start + len(match["long"].rstrip()), " ".join(match["long"].split()), long, short)


def initials_agree(long: str, short: str) -> bool:
    """Whether an acronym's letters are found in order in the long name, its first letter at the start of a word."""
    letters = [letter for letter in short.lower() if letter.isalpha()]
    words = re.findall(r"\w+", long.lower())
    if not words or len(letters) < 2 or not words[0].startswith(letters[0]):
        return False
    rest = iter(long.lower())
    return all(letter in rest for letter in letters)


def without_place(long: str) -> str:
    """A long name without the county that is put after it: ``Name – X län``."""
    return _PLACE.sub("", " ".join(long.split())).strip(" ,–-*")


def _extent(text: str, end: int, file: str, start: int) -> int:
    """How far a name without quotes reaches: to a word that ends it; past ``i`` or ``på`` where the file says so."""
    known = rules()
    ends: list[int] = []
    sure, words = end, 1
    while words < 8:
        word = _WORD.match(text, end)
        if word is None:
            break
        plain = word.group().split()[-1]
        another = plain in ("och", "samt") and text[word.end() + 1 : word.end() + 2].isupper()
        phrasal = plain == "vidare" and bool(ends)  # "X går vidare": after a verb it belongs to that
        if another or phrasal or plain in known["stop"] or _is_verb(plain) or plain.isdigit():
            break
        end = word.end()
        words += 1
        if plain in known["inner"]:
            ends.append(word.start())
            continue
        if not ends:
            sure = end
        else:
            ends.append(end)
    tail = [stop for stop in ends if text[start:stop].split()[-1] not in known["inner"] and stop > sure]
    return _recurring(text, start, sure, tail, file)


def _is_verb(word: str) -> bool:
    """Whether a word ends as Swedish verbs do and names seldom: it begins what is said of the project."""
    return word.islower() and (
        word.endswith(("ade", "ades", "erar", "eras", "erat", "erats")) or (len(word) > 5 and word.endswith("as"))
    )


def _recurring(text: str, start: int, sure: int, longer: list[int], file: str) -> int:
    """The longest reading that recurs in the file at least half as often as the sure one, or else the sure one.

    A sure name of one word takes a longer reading more readily: ``Språk`` is no name, ``Språk på jobbet`` is.
    """
    count = times(file, text[start:sure])
    single = " " not in text[start:sure]
    best = sure
    for end in longer:
        again = times(file, text[start:end])
        recurs = again >= 2 and 2 * again > count
        if recurs or (single and count <= again and best == sure and text[end : end + 1] != ","):
            best = end
    return _shorter(text, start, best, file)


def _shorter(text: str, start: int, end: int, file: str) -> int:
    """The first words of a name where the file has them much more often than the whole: the rest is said of it."""
    whole = times(file, text[start:end])
    for word in re.finditer(r"\s", text[start:end]):
        prefix = text[start : start + word.start()]
        if " " in prefix and prefix.split()[-1] not in rules()["inner"] and times(file, prefix) >= max(3, 3 * whole):
            return start + word.start()
    return end


def times(file: str, name: str) -> int:
    """How often a name stands in the file as whole words, a genitive included."""
    found, position = 0, file.find(name)
    while position >= 0:
        after = file[position + len(name) : position + len(name) + 2]
        whole = not after[:1].isalnum() or (after[:1] == "s" and not after[1:].isalnum())
        found += whole and not file[position - 1 : position].isalnum()
        position = file.find(name, position + len(name))
    return found


def trimmed(text: str, start: int, end: int) -> ProjectName:
    """The name between two offsets; a first word in camel case is its short form."""
    printed = " ".join(text[start:end].split())
    camel = re.match(rf"({CAMEL})\s", printed)
    return ProjectName(start, end, printed.rstrip(" .,*"), "", camel[1] if camel else "")
