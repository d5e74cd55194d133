"""The spaCy pipeline that carries the text work: named components over ``spacy.blank("sv")``.

A *finder* is a function ``find(ctx) -> Iterable[Entity]`` that yields mentions; here each becomes a spaCy component, so
a researcher can look at ``doc.spans["person"]``, take a component out, or put a model of her own before ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kommungraf.extract.context import Context
from kommungraf.model.facts import Entity

Finder = Callable[[Context], Iterable[Entity]]

Doc.set_extension("context", default=None)


class FinderComponent:
    """A pipeline component that runs a finder on the context that rides on the Doc and keeps its spans."""

    def __init__(self, name: str, find: Finder) -> None:
        self.name, self.find = name, find

    def __call__(self, doc: Doc) -> Doc:
        ctx: Context = doc._.context
        found = list(self.find(ctx))
        offset = ctx.document.start
        for entity in found:
            entity.found_by = entity.found_by or self.name
            start, end = entity.evidence[0]
            span = doc.char_span(start - offset, end - offset, type(entity).__name__, alignment_mode="expand")
            if span is not None:
                key = type(entity).__name__.lower()
                if key not in doc.spans:
                    doc.spans[key] = []
                doc.spans[key].append(span)
        ctx.nodes.extend(found)
        return doc


@Language.factory("kommungraf_finder")
def _make_component(nlp: Language, name: str) -> FinderComponent:
    from kommungraf.extract import FINDERS  # the table names the finders; spaCy builds components by name

    return FinderComponent(name, FINDERS[name])


def _keep_cached(tokenizer: Any) -> None:
    """Keep abbreviations ("kl.", "t.ex.") whole by a token match instead of by special cases.

    Once spaCy has met a special case it caches no more words of that text, which makes it ten times slower.
    """
    whole = frozenset(text for text, tokens in tokenizer.rules.items() if len(tokens) == 1)
    tokenizer.rules = {}
    tokenizer.token_match = whole.__contains__


@lru_cache(maxsize=4)
def pipeline(model: str | None = None) -> Language:
    """The pipeline; ``model`` is an installed Swedish model (``sv_core_news_lg``) that adds its PRS/PER names."""
    from kommungraf.extract import FINDERS

    nlp = spacy.load(model) if model else spacy.blank("sv")
    nlp.max_length = 50_000_000
    tokenizer: Any = nlp.tokenizer
    if not model:
        _keep_cached(tokenizer)
    tokenizer.max_cache_size = 10**6  # the default of 10,000 is soon full of dates and numbers
    for name in FINDERS:
        nlp.add_pipe("kommungraf_finder", name=name)
    return nlp
