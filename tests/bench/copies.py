"""The bundled corpus over and over under other names and in other years: documents of all kinds in any number.

Each copy is a federation and a municipality of their own, with other people, and eight years earlier or later: so what
one publisher says grows, and so does the number of publishers.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from kommungraf.model.sketch import read_sketch, written

Json = dict[str, Any]

ROOT = Path(__file__).parents[2]
ERAS = 4
"""Copies of one publisher: 32 years."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_HEADS = "Asp Björk Ek Gran Hassel Lind Rönn Sälg Ask Lönn Al Bok Hägg Pil Tall Vide Avenbok En Idegran Oxel".split()
_TAILS = "dal berg mo näs vik sjö fors hult lund ryd".split()
_SURNAMES = re.compile(
    r"\b(?:Gustafsson|Sjöqvist|Ekdahl|Hallbäck|Thörnell|Stohl|Wessman|Brandeby|Åhlfeldt|Myrvold|Rydmark|Mattsson|Hedenby"
    r"|Vallgren|Hamrell|Castegren|Fjällborg|Bråding|Tidholm|Tillberg|Almroth|Wadman)\b"
)


def renamed(text: str, number: int, *, eras: int = ERAS) -> str:
    """The text of a copy: number 0 is the corpus itself."""
    place, era = divmod(number, eras)
    if place:
        name = _HEADS[place % 20] + _TAILS[place // 20 % 10] + ("a" * (place // 200))
        short = "KF" + name[0] + name[-1].upper()
        text = (
            text.replace("Exempelbygden", f"{name}sbygden").replace("KFEX", short).replace("Granåker", f"{name}såker")
        )
        text = text.replace("EXEMPELBYGDEN", f"{name}sbygden".upper()).replace("GRANÅKER", f"{name}såker".upper())
    rng = random.Random(number)
    tails = {match: f"{rng.choice(_HEADS)}{rng.choice(_TAILS)}" for match in sorted(set(_SURNAMES.findall(text)))}
    if number:
        text = _SURNAMES.sub(lambda match: tails[match[0]], text)
    return _YEAR.sub(lambda match: str(int(match[0]) - 8 * era), text) if era else text


def records(folder: Path, number: int) -> Iterator[Json]:
    """The records of a copy of those in the ``records`` folder of a built graph, without passages and quotes."""
    for path in sorted(folder.iterdir()):
        record = json.loads(path.read_text(encoding="utf-8"))
        for graph in record["@graph"]:
            graph["@graph"] = [node for node in graph["@graph"] if node["@type"] != "Passage"]
        text = json.dumps(record, ensure_ascii=False)
        for name in set(re.findall(r"(?<=/)[0-9a-f]{16}(?=/)", text)):
            text = text.replace(name, sha256(f"{name}{number}".encode()).hexdigest()[:16])
        yield reworded(json.loads(renamed(text, number)), number)


def reworded(record: Json, number: int) -> Json:
    """A record of a copy whose documents share a third of their wording with the original, as a template's do."""
    for graph in record["@graph"][1:] if number else ():
        head = graph["@graph"][0]
        sketch = read_sketch(head["sketch"])
        rng = random.Random(f"{number} {head['title']}")
        hashes = sorted(one if rng.random() < 0.5 else rng.randrange(1 << 32) for one in sorted(sketch.hashes))
        head["sketch"] = written(sketch._replace(hashes=frozenset(hashes)))
    return record


def write_texts(texts: Path, folder: Path, copies: int) -> None:
    """Copies of the texts that a built graph holds, as documents for another build: one place each, one era."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(copies):
        for path in sorted(texts.iterdir()):
            text = renamed(path.read_text(encoding="utf-8"), number, eras=1)
            (folder / f"{number:04}-{path.stem[:12]}.md").write_text(text, encoding="utf-8")
