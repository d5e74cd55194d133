"""Things of the graph in words and links, as the pages of statements show them."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kommungraf.model.iri import NS
from kommungraf.query.entity import Entity, Fact
from kommungraf.query.find import Candidate
from kommungraf.query.kinds import entry_word, kind_word
from kommungraf.query.lookup import local
from kommungraf.query.nodes import Node, Nodes, Quote
from kommungraf.query.portrait import page as page_of
from kommungraf.query.portrait import source
from kommungraf.query.telling import tell
from kommungraf.web.site import PageRequest, Site

NAMED = frozenset(
    "Person Party Municipality Region GoverningBody Organization Network Project FocusArea NamedThing Case".split()
)
"""Classes of what has a name of its own."""

SAID_IN_ENGLISH = frozenset({"contradiction"})
"""Kinds of entries whose line is an explanation of the graph, and those are in English."""


@dataclass(frozen=True, slots=True)
class Link:
    """A thing: its kind (class) and that in a word, its name, and where its page is. ``lang`` is that of the name."""

    kind: str
    word: str
    name: str
    href: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A passage: the text as printed, where it is shown, document and page in words, and the page alone."""

    text: str
    href: str
    source: str
    page: str


@dataclass(frozen=True, slots=True)
class Told:
    """A statement in words: its entry's kind as a code and in a word, a line, the things that it names, its proofs.

    ``lang`` is the language of the line where that is not the page's.
    """

    kind: str
    word: str
    what: str
    href: str
    named: list[Link]
    proofs: list[Proof]
    score: str = ""
    because: str = ""
    lang: str = ""


class Things:
    """The nodes of a graph for one page, in its language."""

    def __init__(self, site: Site, request: PageRequest) -> None:
        self.site, self.look = site, site.look
        self.say = site.words(request.language)
        self.nodes = Nodes.of(site.look)

    def kind(self, iri: str) -> str:
        """The class of a node, or nothing."""
        return next(iter(self.look.classes(NamedNode(iri))), "")

    def name(self, iri: str) -> str:
        """What a thing is called: a concept by its label, a § with its number, anything else as the graph has it."""
        if iri.startswith(NS):
            return self.concept(iri)
        if self.kind(iri) == "AgendaItem" and (number := self._first(iri, "kg:number")):
            return f"§ {number} {self._first(iri, 'dcterms:title')}".strip()
        named = self._first(iri, "kg:diaryNumber") or self.look.name(NamedNode(iri))
        return named or self._first(iri, "kg:text") or local(iri)

    def _first(self, iri: str, name: str) -> str:
        """The first value of a property. Its node is not read: a municipality has thousands of passages."""
        return min((term.value for term in self.look.objects(NamedNode(iri), name)), default="")

    def concept(self, iri: str) -> str:
        """The label of a concept in the language of the page."""
        labels = {
            term.language: term.value
            for term in self.look.objects(NamedNode(iri), "skos:prefLabel")
            if isinstance(term, Literal)
        }
        return labels.get(self.say.code) or self.look.name(NamedNode(iri)) or local(iri)

    def link(self, iri: str) -> Link:
        """A thing by its name."""
        kind = self.kind(iri)
        return Link(
            kind, kind_word(kind, self.say), self.name(iri), self.site.href(iri), "" if iri.startswith(NS) else "sv"
        )

    def links(self, node: Node, *properties: str) -> list[Link]:
        """The things that properties of a node point at."""
        refs = (ref for name in properties for ref in node.refs(name) if "://" in ref)
        return [self.link(ref) for ref in dict.fromkeys(refs)]

    def proof(self, quote: Quote) -> Proof:
        """A quote with the link to where it stands."""
        return Proof(
            " ".join(quote.text.split()),
            self.site.href(quote.passage),
            source(quote, self.say),
            page_of(quote, self.say) or quote.document,
        )

    def proofs(self, iri: str) -> list[Proof]:
        """The passages of a node."""
        return [self.proof(quote) for quote in self.nodes.quotes(iri)]

    def told(self, iri: str, *, quoted: bool = True) -> Told:
        """A statement or conclusion in words; without ``quoted``, what has a name is told without its many proofs."""
        kind, say = self.kind(iri), self.say
        if kind in NAMED:
            link = self.link(iri)
            return Told("mention", link.word, link.name, link.href, [], self.proofs(iri) if quoted else [])
        node = self.nodes[iri]
        score = node.one("kg:score")
        quotes = self.nodes.quotes(iri)
        fact = Fact(kind, "itself", "", node, quotes, iri, float(score) if score else None, node.one("kg:because"))
        telling = tell(fact, Entity(Candidate(iri, kind, ""), self.nodes, say))
        what = ": ".join(dict.fromkeys(part for part in (telling.what, telling.item) if part))
        return Told(
            kind="concluded" if score else telling.kind,
            word=kind_word(kind, say) if telling.kind == kind.lower() or not what else entry_word(telling.kind, say),
            what=what or " ".join(node.one("kg:text").split()),
            href=self.site.href(iri),
            named=self.named(node),
            proofs=[self.proof(quote) for quote in quotes],
            score=say.share(float(score)) if score else "",
            because=node.one("kg:because"),
            lang="en" if telling.kind in SAID_IN_ENGLISH else "",
        )

    def named(self, node: Node) -> list[Link]:
        """The things with names that a statement points at."""
        refs = sorted({ref for name in node.told for ref in node.refs(name) if ref.startswith(self.site.base)})
        links = (self.link(ref) for ref in refs if self.kind(ref) in NAMED)
        return sorted(links, key=lambda link: (link.kind, link.name))
