"""Names of projects in a string, with the long and the short form as the text defines them.

A project is found where it is *named as such* (``projektet X``, ``X-projektet``), where a heading or a survey gives an
acronym with its long name, and where a standing cooperation bears a proper name (``Miljösamverkan X``). How far a name
reaches is decided by the words that end it and by how the same words recur in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kommungraf.extract.places_reference import toml

_QUOTE = "[\"“”„»«']"
_ACRONYM = r"[A-ZÅÄÖ][A-ZÅÄÖ0-9&]{1,9}(?![a-zåäö])(?:\s\d\.\d|(?:\s[A-ZÅÄÖ]{2,10}(?![\wåäö]))+)?"
_CAMEL = r"[A-ZÅÄÖ][a-zåäö]+[A-ZÅÄÖ][a-zåäö]+"
_LONG = r"[A-ZÅÄÖ][^()\n\t]{6,90}?"
_BRACKETS = re.compile(rf"\s\((?P<long>{_LONG})\)")
_DASHED = re.compile(r"\s[–-]\s(?=[A-ZÅÄÖ])")
_LONG_SHORT = re.compile(rf"(?P<long>{_LONG})\s\((?P<short>{_ACRONYM})\)")
_PLACE = re.compile(
    r"\s*[–-]\s*(?:[A-ZÅÄÖ][a-zåäö]+s?|i)(?:\s+[A-ZÅÄÖ]?\w+)?\s+läns?$|\s*[–-]\s*[A-ZÅÄÖ][a-zåäö]+ kommun$"
)
_WORD = re.compile(r"[ \u00a0][\w&/+-]+(?:\.\d)?")
_DASHES = re.compile(r"[A-ZÅÄÖ]\w+(?:\s[–-]\s[a-zåäö]+){2,}")
_FRAME = re.compile(r"nom ramen för [\"“”*]?(?=[A-ZÅÄÖ][a-zåäö]+ [a-zåäö])")
_FIRST = re.compile(rf"{_ACRONYM}|[A-ZÅÄÖ0-9][\w&+-]*(?:\.\d)?")
_QUOTED = re.compile(rf"{_QUOTE}([A-ZÅÄÖ0-9][^\"“”„»«\n\t]{{2,80}}?){_QUOTE}(?!\w)")
_NEAR_QUOTED = re.compile(rf"[^.!?\n\t\"“”„»«]{{0,60}}{_QUOTE}(?=[A-ZÅÄÖ0-9])")
# What follows is looked for by a literal inside a word; the word around it is read afterwards: that is quicker.
_HEAD = re.compile(
    r"(?:rojekt(?:ets?|en)|rogrammet|rojektledning för|rojektleda|enomförandet av)[ \u00a0]"
    r"(?=[\"“”„»«'*]?[A-ZÅÄÖ0-9])"
)
# "projekt X" without the article names one only with an acronym, or where the name recurs.
_INDEFINITE = re.compile(r"(?<![\w-])projekt[ \u00a0](?=[A-ZÅÄÖ])")
_RENAMED = re.compile(
    r"(?:under namnet|byt(?:er|te|t) namn till|döp(?:s|tes|ts) om till)[ \u00a0](?=[\"“”„»«'*]?[A-ZÅÄÖ])"
)
_QUOTED_HEAD = re.compile(r"(?:rojekt(?:et)?|rojektledning för|nsatsen|nsats|lattformen|rogrammet)(?!\w)")
_SURVEY = re.compile(
    rf"(?:nkäten|nkät|ndersökningen)[ \u00a0\"“”]+(?={_ACRONYM})|(?<=-)(?:undersökningen|enkäten)(?=\s\()"
)
_COMPOUND = re.compile(r"-projektets?(?![\w-])")
_ITSELF = re.compile(rf"rojekt(?:et)?\s\((?P<short>{_ACRONYM})\)")
_ITSELF_BEFORE = re.compile(r"[A-ZÅÄÖ]\w+(?:\s[\w-]+){0,4}?\s?[Pp]$")
_COOPERATION = re.compile(r"samverkan[ \u00a0]([A-ZÅÄÖ][a-zåäö]+)(?![\w-]|\s+läns?\b)")
_BEFORE = re.compile(r"(?<![\w-])[\wÅÄÖåäö]+$")
_TO = re.compile(r"[A-ZÅÄÖ][a-zåäö]+")


class ProjectName(NamedTuple):
    """A name found: offsets, the name as printed, and the long and short forms where the text gives both."""

    start: int
    end: int
    printed: str
    long: str = ""
    short: str = ""


@cache
def _rules() -> dict[str, frozenset[str]]:
    data = toml("projects.toml")
    rules = {key: frozenset(data[key]) for key in ("inner", "not_names", "kinds")}
    return rules | {"stop": frozenset(data["stop"]) - rules["inner"]}


def project_names(text: str, headings: list[tuple[int, int]], file: str) -> Iterator[ProjectName]:
    """Names of projects where a text introduces them. ``headings`` are offsets; ``file`` is where words recur."""
    for match in _HEAD.finditer(text):
        yield from _after_head(text, match, file)
    for match in _QUOTED_HEAD.finditer(text):
        near = _NEAR_QUOTED.match(text, match.end())
        quoted = _QUOTED.match(text, near.end() - 1) if near else None
        if quoted is not None:
            yield _trim(text, quoted.start(1), quoted.end(1))
    for match in _INDEFINITE.finditer(text):
        found = _name_at(text, match.end(), file)
        if found is not None and (found.short or _times(file, found.printed) > 1):
            yield found
    for match in _RENAMED.finditer(text):
        if re.search(r"[Pp]rojekt", text[text.rfind("\n", 0, match.start()) + 1 : match.start()]):
            found = _name_at(text, match.end(), file)
            yield from [found] if found is not None else []
    yield from _surveys(text)
    yield from _compounds(text, file)
    for match in _ITSELF.finditer(text):
        before = _ITSELF_BEFORE.search(text, max(0, match.start() - 70), match.start())
        long = text[before.start() : match.start("short") - 2] if before else ""
        if before is not None and initials_agree(long, match["short"]):
            yield ProjectName(
                before.start(),
                before.start() + len(long),
                " ".join(long.split()),
                " ".join(long.split()),
                match["short"],
            )
    for match in _COOPERATION.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 30), match.start())
        if before is not None and before.group()[0].isupper() and len(before.group()) > 2:
            yield _trim(text, before.start(), match.end())
    titles = {text[start:end].strip() for start, end in headings}
    for match in _FRAME.finditer(text):
        title = next((title for title in sorted(titles) if text.startswith(title, match.end())), None)
        if title is not None and not text[match.end() + len(title)].isalnum():
            yield _trim(text, match.end(), match.end() + len(title))
    for start, end in headings:
        yield from _in_heading(text, start, end)


def _surveys(text: str) -> Iterator[ProjectName]:
    """``enkäten ABC (Long name)``, ``ABC-undersökningen (Long name)``, ``Enkäten Long name (ABC)``."""
    for match in _SURVEY.finditer(text):
        position = match.end()
        if match.group()[0] in "ue":
            before = re.compile(rf"(?<!\w)({_ACRONYM})-$").search(text, max(0, match.start() - 14), match.start())
            if before is None:
                continue
            position = before.start()
        found = _acronym_first(text, position)
        if found is not None and found.long:
            yield found
    for match in re.compile(r"nkäten[ \u00a0](?=[A-ZÅÄÖ][a-zåäö])").finditer(text):
        both = _LONG_SHORT.match(text, match.end())
        if both is not None:
            yield from _both(text, both)


def _compounds(text: str, file: str) -> Iterator[ProjectName]:
    """``ABC-projektet``; a word in ordinary case only where the file has it on its own too."""
    for match in _COMPOUND.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - 26), match.start())
        if before is None or before.group() in _rules()["kinds"] or not before.group()[0].isupper():
            continue
        word = before.group()
        alone = file.count(word) > file.count(word + "-")
        if word[1:] != word[1:].lower() or alone:
            yield ProjectName(before.start(), before.end(), word, "", word if word.isupper() else "")


def _after_head(text: str, match: re.Match[str], file: str) -> Iterator[ProjectName]:
    """The names after ``projektet`` (one) or ``projekten`` (a list)."""
    position = match.end()
    many = match.group().rstrip().endswith("rojekten")
    while True:
        found = _name_at(text, position, file)
        if found is None:
            return
        yield found
        more = re.compile(r"(?:,|\s(?:och|samt))\s(?=[A-ZÅÄÖ])").match(text, found.end) if many else None
        if more is None:
            return
        position = more.end()


def _name_at(text: str, position: int, file: str) -> ProjectName | None:
    """The name that begins at a position after a head, or ``None`` where no name does."""
    quoted = _QUOTED.match(text, position)
    if quoted is not None:
        return _trim(text, quoted.start(1), quoted.end(1))
    dashes = _DASHES.match(text, position)
    if dashes is not None:
        return _trim(text, position, dashes.end())
    both = _LONG_SHORT.match(text, position)
    if both is not None and initials_agree(both["long"], both["short"]):
        return next(_both(text, both))
    first = _FIRST.match(text, position)
    if first is None or first.group() in _rules()["not_names"] or not any(letter.isalpha() for letter in first.group()):
        return None
    if re.fullmatch(_ACRONYM, first.group()):
        return _acronym_first(text, position)
    end = _extent(text, first.end(), file, position)
    return _trim(text, position, end)


def _acronym_first(text: str, position: int) -> ProjectName | None:
    """``ABC (Long name)``, ``ABC – Long name``, or the acronym alone."""
    match = re.compile(_ACRONYM).match(text, position)
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
    return ProjectName(position, end, short, "", short)


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
        ended = plain in _rules()["stop"] or _is_verb(plain)
        if ended or (comma and initials_agree(text[start : word.start()], short)):
            return word.start()
    return stop


def _both(text: str, match: re.Match[str]) -> Iterator[ProjectName]:
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
    rules = _rules()
    sure, ends, words = end, [], 1
    while words < 8:
        word = _WORD.match(text, end)
        if word is None:
            break
        plain = word.group().split()[-1]
        listed = (
            plain in ("och", "samt") and text[word.end() + 1 : word.end() + 2].isupper()
        )  # the next of several names
        if listed or plain in rules["stop"] or _is_verb(plain) or plain.isdigit():
            break
        end = word.end()
        words += 1
        if plain in rules["inner"]:
            ends.append(word.start())
            continue
        if not ends:
            sure = end
        else:
            ends.append(end)
    tail = [stop for stop in ends if text[start:stop].split()[-1] not in rules["inner"] and stop > sure]
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
    count = _times(file, text[start:sure])
    single = " " not in text[start:sure]
    best = sure
    for end in longer:
        again = _times(file, text[start:end])
        recurs = again >= 2 and 2 * again > count
        if recurs or (single and count <= again and best == sure and text[end : end + 1] != ","):
            best = end
    return _shorter(text, start, best, file)


def _shorter(text: str, start: int, end: int, file: str) -> int:
    """The first words of a name where the file has them much more often than the whole: the rest is said of it."""
    whole = _times(file, text[start:end])
    for word in re.finditer(r"\s", text[start:end]):
        prefix = text[start : start + word.start()]
        if " " in prefix and prefix.split()[-1] not in _rules()["inner"] and _times(file, prefix) >= max(3, 3 * whole):
            return start + word.start()
    return end


def _times(file: str, name: str) -> int:
    """How often a name stands in the file as whole words, a genitive included."""
    found, position = 0, file.find(name)
    while position >= 0:
        after = file[position + len(name) : position + len(name) + 2]
        whole = not after[:1].isalnum() or (after[:1] == "s" and not after[1:].isalnum())
        found += whole and not file[position - 1 : position].isalnum()
        position = file.find(name, position + len(name))
    return found


def _trim(text: str, start: int, end: int) -> ProjectName:
    printed = " ".join(text[start:end].split())
    camel = re.match(rf"({_CAMEL})\s", printed)
    return ProjectName(start, end, printed.rstrip(" .,*"), "", camel[1] if camel else "")


def _in_heading(text: str, start: int, end: int) -> Iterator[ProjectName]:
    """A heading that is an acronym with its long name, or begins in camel case, above a text on a project."""
    line = text[start:end]
    match = re.match(rf"(?:\d+(?:\.\d+)*\.?\s+)?(?P<name>{_ACRONYM}|{_CAMEL})", line)
    if match is None:
        return
    below = text[end : end + 1600]
    found = _acronym_first(text, start + match.start("name"))
    if found is not None and found.long and re.search(r"\b\w*[Pp]rojekt(?:et|ets)?\b|[Pp]rogrammet\b", below):
        yield found
        return
    direct = re.match(r"\s*[^\n]+\n*[^\n]*", below)
    if (
        re.match(_CAMEL, match["name"])
        and direct
        and re.search(r"\b(?:[Ii]nsatsen|[Pp]rojektet|[Ss]atsningen)\b", direct.group())
    ):
        yield ProjectName(
            start + match.start("name"), end, " ".join(line[match.start("name") :].split()), "", match["name"]
        )
