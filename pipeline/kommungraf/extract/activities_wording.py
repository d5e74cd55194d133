"""How a planned activity is worded: as an instruction. The words are in ``data/activities.toml``."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kommungraf.wordlists import toml

_WORD = re.compile(r"[^\W\d_]+")
_FIRST_WORDS = 16
_NO_INFINITIVE = frozenset("flera samtliga bra nya alla andra första media".split())
_PAST = re.compile(r"(?:ades|ats|its|tts|ade|rdes|ndes)$")
_GOAL = re.compile(r"(?i)\b(?:ska|skall|skulle|bör|vill|mål\w*|minst|senast|högst)\b")
_SENTENCE_END = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_SHORT_GOAL = 200
# Past tense: "har gått", "var", "ställdes in", "öppnade". An adjective that begins a goal ("Ökade kunskaper") is none.
_TOLD = re.compile(
    r"(?:har|hade|var|blev|fick|kom|gick|tog|togs|gav|gavs|höll|hölls|fanns|gjorde|gjordes|stod|låg|deltog|skedde|"
    r"\w+(?:ades|llde|lldes|rde|rdes|ndes|ddes|kte|ktes|ptes|stes))"
)
_WEAK_PAST = re.compile(r"\w{2,}ade")
_DONE = re.compile(r"\w*(?:förda?|gjorda?|ad|ade|dda?|gda?|llda?|klara?|färdig\w*)")
_AIM = frozenset("ska skall skulle bör vill måste".split())
_ARTICLES = frozenset(["", "den", "det", "de", "en", "ett", "och", "för", "mer", "med", "av"])


@cache
def _words() -> tuple[tuple[str, ...], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    data = toml("extract", "activities.toml")
    long = tuple(verb for verb in data["verbs"] if len(verb) > 3)
    short, before, finite, modal = (frozenset(data[name]) for name in ("short", "before", "finite", "modal"))
    return long, short, before, finite, modal


@lru_cache(maxsize=4_000)
def is_infinitive(word: str) -> bool:
    """Whether a word in lower case is an infinitive that plans begin with."""
    long, short, *_ = _words()
    if word in _NO_INFINITIVE:
        return False
    return word in short or word.endswith(long) or (word.endswith("era") and len(word) > 5)


def instructs(text: str) -> bool:
    """Whether a sentence begins with an infinitive and so says what is to be done: "Samordna nätverket"."""
    words = _first_words(text)
    if words[:1] == ["att"]:
        words = words[1:]
    if not words:
        return False
    coordinated = words[1:2] == ["och"] and words[0].endswith("a") and is_infinitive("".join(words[2:3]))
    return is_infinitive(words[0]) or coordinated


def promises(title: str) -> bool:
    """Whether a heading says what is to be done: with an infinitive first, after an adverbial or after a modal verb.

    "Tillsammans med regionen ta fram en plan", "Förbundet ska samordna nätverket"; not "Nätverk och samverkan".
    """
    words = _first_words(title)
    _, _, before, finite, modal = _words()
    if not words or words[1:2] == ["att"]:  # "För att kunna erbjuda …" is why, not what
        return False
    if instructs(title):
        return True
    adverbial = words[0] in before
    for at, word in enumerate(words[1:], 1):
        if is_infinitive(word) and ((adverbial and (words[at - 1] != "att" or at == 1)) or words[at - 1] in modal):
            return True
        if word not in modal and (word in finite or _PAST.search(word)):
            return False
    return False


def _first_words(text: str) -> list[str]:
    return [match.group().lower() for match in _WORD.finditer(text[:240])][:_FIRST_WORDS]


def is_goal(text: str) -> bool:
    """Whether a paragraph under "Mål" states a goal, or only explains: goals are short, or say what shall be."""
    return bool(_GOAL.search(text)) or instructs(text) or (len(text) < _SHORT_GOAL and not _SENTENCE_END.search(text))


def tells(text: str) -> bool:
    """Whether a text says what was, and not what shall be: its first finite verb is in the past tense."""
    if promises(text):
        return False
    stopped = text.rstrip(" *").endswith((".", "!"))
    before = ""
    for word in _first_words(text):
        if word in _AIM:
            return False
        if _TOLD.fullmatch(word) or (before not in _ARTICLES and stopped and _WEAK_PAST.fullmatch(word)):
            return True
        if before == "är" and _DONE.fullmatch(word):
            return True
        before = word
    return False


def is_lead(text: str) -> bool:
    """Whether a paragraph only leads to what follows ("Vi stödjer kommunerna genom att:"): one sentence and a colon."""
    return text.rstrip(" *").endswith(":") and not _SENTENCE_END.search(text)
