"""Which part of a web page is its content: by landmarks first, then by what its parts are called and how they link.

Nothing is passed over in silence: what is not content is told, by kind, with how it begins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from kommungraf.model.source import LeftOut
from kommungraf.read.html_nodes import HEADINGS, NOT_CONTENT, SILENT, Node, classes, is_hidden, plain, role, walk
from kommungraf.read.html_weights import Weight, weigh

_SHOWN = 200  # characters of what was left out

WHY = {
    "navigation": "a menu or a path of links, not the page's content",
    "contents": "a list of links to places on the same page",
    "header": "the head of the web site",
    "footer": "the foot of the web site",
    "aside": "beside the page's content: contacts, facts, links",
    "outside": "outside the main content of the page",
    "hidden": "not shown on the page",
    "cookies": "a notice about cookies",
    "share": "links for sharing the page",
    "related": "links to related pages",
    "feedback": "a question to readers about the page",
    "tools": "tools of the page: listening, printing, searching",
    "form": "a form to fill in",
    "dialog": "a dialogue that opens over the page",
    "noscript": "a notice to browsers without scripts",
    "embedded": "another document that is shown inside the page",
    "page-info": "when the page was changed, or who looks after it",
    "comment": "a comment on the text",
    "deletion": "text marked as deleted",
    "image": "the description of a picture",
}
"""Kinds of what is left out of a web page, each with its reason."""

_ROLES = {
    "navigation": "navigation",
    "search": "tools",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "doc-toc": "contents",
    "doc-backlink": "tools",
}
_OUTSIDE = {"header": "header", "footer": "footer"}
# Words in the class or id of parts that all content systems have, in English and Swedish.
_NAMES = {
    "navigation": "breadcrumb breadcrumbs brodsmula brodsmulor skip skiplink skiplinks skiplinkscontainer pagination"
    " pager backtotop totop",
    "cookies": "cookie cookies cookiebar cookiebanner cookieconsent cookiebot consent gdpr kakor",
    "share": "share sharing sharer social socials addthis addtoany dela delning delaknappar",
    "related": "related relaterat relaterade",
    "feedback": "feedback sidfeedback",
    "tools": "readspeaker rsbtn browsealoud toolbar print",
    "comment": "msocomtxt msocomanchor msocomoff",
    "hidden": "visuallyhidden sronly screenreader assistive",
}
_LINKED_NAMES = {  # only where links are most of what they hold
    "navigation": "menu meny submenu undermeny nav navbar navigation subnav sidenav sidebar sidomeny toc",
    "footer": "footer sidfot",
}
_PAIRS = {("visually", "hidden"): "hidden", ("sr", "only"): "hidden", ("screen", "reader"): "hidden"}
_BY_NAME = {word: kind for kind, words in _NAMES.items() for word in words.split()}
_BY_LINKED_NAME = {word: kind for kind, words in _LINKED_NAMES.items() for word in words.split()}
_WORDS = re.compile(r"[A-Z]?[a-zåäö]+|[A-Z]+(?![a-z])|\d+")
_MSO = re.compile(r"mso-element:\s*(comment-list|header|footer)\b")
_TO_TOP = re.compile(
    r"#\S*\s+(?:(?:gå )?(?:upp|(?:till|back to|to)\b.*\b(?:topp|top|toppen|början|start))|skriv ut|print)\b.*$", re.I
)
_GROUPS = frozenset("div section form fieldset p ul li td tr".split())
_SECTIONING = frozenset("article aside main nav section".split())
_SMALL = 40  # words: no content is lost with a part that is shorter and has a name of its own
_SHARE = 0.1  # of the page's words: nor with one that is a small part of it
_MAIN = "main, [role=main]"
_CALLED_MAIN = (
    "[itemprop=articleBody], #main-content, #maincontent, #mainContent, #content, #main, #innehall, #huvudinnehall"
)


@dataclass(slots=True)
class Content:
    """What of a page is to be read: some elements, without those in ``skipped`` (by address in memory)."""

    roots: list[Node]
    skipped: set[int] = field(default_factory=set)
    left_out: list[LeftOut] = field(default_factory=list)


def content_of(page: LexborHTMLParser) -> Content:
    """The content of a page: its main landmark or, without one, the whole of it, without what is surely no content."""
    body = page.body
    return _Chooser(page, body).choose() if body is not None else Content([])


class _Chooser:
    """One pass over a page: what is content, and what each other part is."""

    def __init__(self, page: LexborHTMLParser, body: Node) -> None:
        self.page = page
        self.body = body
        self.weights = weigh(body)
        self.panels = {target for node in page.css("[aria-controls]") for target in _targets(node)}
        self.root = self.main()
        self.total = max(1, self.weight(self.root).prose)
        self.content = Content([self.root])

    def weight(self, node: Node) -> Weight:
        """How much stands in an element."""
        return self.weights.get(node.mem_id, Weight())

    def main(self) -> Node:
        """The element that holds the content."""
        whole = self.weight(self.body).prose
        for query, share in ((_MAIN, 0.2), ("article", 0.6), (_CALLED_MAIN, 0.6)):
            found = [node for node in self.page.css(query) if node.mem_id in self.weights]
            best = max(found, key=lambda node: self.weight(node).prose, default=None)
            if best is not None and self.weight(best).prose >= max(1, share * whole):
                return best
        return self.body

    def choose(self) -> Content:
        """Tell content from the rest, from the top of the page down."""
        above = _above(self.root)
        inside = self.root.mem_id == self.body.mem_id

        def enters(node: Node) -> bool:
            nonlocal inside
            if node.mem_id in above or node.mem_id == self.root.mem_id:
                return True
            kind = self.kind(node) or ("" if inside else _OUTSIDE.get(node.tag or "", "outside"))
            if kind:
                self.leave(node, kind)
            return not kind

        for node, begins in walk(self.body, enters):
            if node.mem_id == self.root.mem_id:
                inside = begins
        self.add_title()
        return self.content

    def leave(self, node: Node, kind: str) -> None:
        """An element is no content."""
        self.content.skipped.add(node.mem_id)
        attributes = node.attrs
        text = plain(node) or (kind == "embedded" and (attributes.sget("title") or attributes.sget("src"))) or ""
        if text and node.tag not in SILENT:
            self.content.left_out.append(LeftOut(kind, f"This is {WHY[kind]}.", text[:_SHOWN]))

    def add_title(self) -> None:
        """The page's only main heading, where it stands above the main content: many systems put it over a picture."""
        titles = [node for node in self.page.css("h1") if plain(node)]
        outside = len(titles) == 1 and titles[0].mem_id not in self.weights_below_root()
        if outside and titles[0].css_first("a") is None and not self.in_link(titles[0]):
            self.content.roots.insert(0, titles[0])
            title = plain(titles[0])[:_SHOWN]
            self.content.left_out = [left for left in self.content.left_out if left.text != title]

    def weights_below_root(self) -> set[int]:
        """The elements of the content."""
        return {node.mem_id for node, begins in walk(self.root) if begins}

    def in_link(self, node: Node) -> bool:
        """Whether an element stands in a link, a menu or something hidden."""
        parent = node.parent
        while parent is not None and parent.is_element_node:
            if parent.tag in ("a", "nav", "dialog") or is_hidden(parent):
                return True
            parent = parent.parent
        return False

    def kind(self, node: Node) -> str:
        """What an element is when it is no content, or nothing."""
        tag = node.tag or ""
        if tag in SILENT:
            return "hidden"
        if tag in ("br", "hr"):
            return ""
        if is_hidden(node) and not self.opens(node):
            return "hidden"
        if kind := _ROLES.get(role(node)) or NOT_CONTENT.get(tag):
            return kind
        if (match := _MSO.search(node.attrs.sget("style") or "")) is not None:
            return {"comment-list": "comment"}.get(match[1], match[1])
        if tag in ("header", "footer") and self.is_of_site(node):
            return tag
        return self.called(node) or self.tool(node, tag) or self.linking(node, tag)

    def opens(self, node: Node) -> bool:
        """Whether a hidden part is one that the reader can open: a panel under its heading, a tab."""
        return role(node) == "tabpanel" or (node.id or "") in self.panels

    def is_of_site(self, node: Node) -> bool:
        """Whether a header or footer is the site's, not that of an article or section."""
        if self.root.mem_id != self.body.mem_id:
            return False
        parent = node.parent
        while parent is not None and parent.is_element_node:
            if parent.tag in _SECTIONING:
                return False
            parent = parent.parent
        return self.weight(node).prose < 0.5 * self.total

    def called(self, node: Node) -> str:
        """What an element is by the words of its class and id, as long as not much of the page is in it."""
        names = [*classes(node), node.id or ""]
        words = [word.lower() for name in names for word in _WORDS.findall(name)]
        weight = self.weight(node)
        if not words or not self.is_minor(weight):
            return ""
        for pair in pairwise(words):
            if pair in _PAIRS:
                return _PAIRS[pair]
        for word in words:
            if word in _BY_NAME:
                return _BY_NAME[word]
            if word in _BY_LINKED_NAME and weight.linked > weight.prose:
                return _BY_LINKED_NAME[word]
        return ""

    def is_minor(self, weight: Weight) -> bool:
        """Whether little of the page's text stands in an element."""
        return weight.prose < _SHARE * self.total or (weight.prose <= _SMALL and weight.prose < 0.5 * self.total)

    def tool(self, node: Node, tag: str) -> str:
        """Buttons, and small groups around them: a form, a question to the reader."""
        weight = self.weight(node)
        if tag == "button" or role(node) == "button":
            return "" if _is_label(node) else "tools"
        if not weight.controls or tag not in _GROUPS or not self.is_minor(weight):
            return ""
        if tag == "form":
            return "form"
        asks = weight.words <= _SMALL and not node.css_first("h1") and "?" in plain(node)
        return "feedback" if asks else ""

    def linking(self, node: Node, tag: str) -> str:
        """Lists of links: to places on the same page; on a page without landmarks, a menu."""
        weight = self.weight(node)
        if tag == "a":
            return "tools" if _TO_TOP.match(f"{node.attrs.sget('href') or ''} {plain(node)}") else ""
        if (
            weight.links < 3
            or weight.linked < 0.8 * weight.words
            or weight.headings
            or tag not in _GROUPS | {"ol", "table"}
        ):
            return ""
        targets = [link.attrs.sget("href") or "" for link in node.css("a[href]")]
        if all(target.startswith("#") for target in targets):
            return "contents"
        unmarked = self.root.mem_id == self.body.mem_id and tag != "ol"
        documents = any(
            re.search(r"\.(?:pdf|docx?|odt|rtf)\b|download|/file", target, re.IGNORECASE) for target in targets
        )
        return "navigation" if unmarked and not documents and self.is_minor(weight) else ""


def _is_label(node: Node) -> bool:
    """Whether a button is the heading of what it opens."""
    attributes = node.attrs
    if "aria-expanded" in attributes or "aria-controls" in attributes or role(node) == "tab":
        return True
    parent = node.parent
    return parent is not None and (parent.tag in HEADINGS or parent.tag == "summary")


def _targets(node: Node) -> list[str]:
    return (node.attrs.sget("aria-controls") or "").split()


def _above(node: Node) -> set[int]:
    found: set[int] = set()
    parent = node.parent
    while parent is not None:
        found.add(parent.mem_id)
        parent = parent.parent
    return found
