"""A headless Chromium that notes all that goes wrong on a page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
NARROW = 320
"""Pixels across the smallest telephone that is thought of."""
_AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
_RULES = {
    "resultTypes": ["violations"],
    "selectors": False,
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_ALIKE = ("color-contrast", "color-contrast-enhanced")
"""Rules that say the same at every width."""
_GRAVE = {"serious", "critical"}
_ENGLISH = re.compile(
    r"(?<![\w/.-])(the|and|of|with|from|which|page|line|conclusion|decision|documents?|years?)(?![\w/.-])", re.I
)
"""Words that no Swedish page says; in paths they may be."""
_SWEDISH_TEXT = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
    while (walk.nextNode()) {
        const around = walk.currentNode.parentElement;
        if (around.closest('[lang]').lang === 'sv' && !around.closest('code, pre')) found.push(walk.currentNode.data);
    }
    return found;
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium; skips where there is none."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page of the browser, with what went wrong on it: messages of errors, dialogs, requests elsewhere or failed."""

    page: Page
    root: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._note(f"{said.type}: {said.text}", said.type in ("error", "warning")))
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))
        self.page.on("dialog", lambda dialog: (self._note(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("requestfailed", self._failed)
        self.page.on(
            "request",
            lambda asked: self._note(f"elsewhere: {asked.url}", not asked.url.startswith((self.root, "data:"))),
        )

    def _note(self, what: str, is_wrong: bool = True) -> None:
        if is_wrong:
            self.wrong.append(what)

    def _failed(self, request: Request) -> None:
        """The picture of a tab comes after the page: a browser that goes on before it is there gives it up."""
        given_up = request.failure == "net::ERR_ABORTED" and "/static/icon.svg?" in request.url
        self._note(f"failed: {request.url} {request.failure}", not given_up)

    def open(self, path: str) -> int:
        """Go to a path; the status of the answer."""
        answer = self.page.goto(self.root.rstrip("/") + path, wait_until="load")
        assert answer is not None
        return answer.status

    def follow(self, act: Callable[[], None]) -> None:
        """Do what leads to another page, and wait until that is there with all that it needs."""
        with self.page.expect_navigation(wait_until="load"):
            act()

    def overflow(self) -> int:
        """Pixels by which the page is wider than its window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return width

    def english(self) -> list[str]:
        """Texts of a Swedish page with English words in them that nothing says to be English."""
        return [text for text in self.page.evaluate(_SWEDISH_TEXT) if _ENGLISH.search(text)]

    def barriers(self, *rules: str, colours: bool = True, apart: Sequence[str] = ()) -> list[str]:
        """What axe-core finds of serious or critical barriers, by all rules or by some: rule, what to do, places.

        Without ``colours``, the rules of contrast are left out: they take longest, and hold at every width or at none.
        What is ``apart`` (selectors) is not looked at.
        """
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_AXE)
        wanted = _RULES | ({"runOnly": rules} if rules else {})
        wanted["rules"] = {} if colours else {rule: {"enabled": False} for rule in _ALIKE}
        found: dict[str, Any] = self.page.evaluate(
            "([apart, rules]) => axe.run({exclude: apart}, rules)", [apart, wanted]
        )
        return [
            f"{one['id']}: {one['help']}: {[node['html'][:150] for node in one['nodes'][:3]]}"
            for one in found["violations"]
            if one["impact"] in _GRAVE
        ]


@contextmanager
def tab(browser: Browser, root: str, **options: Any) -> Iterator[Watched]:
    """A page in a window of its own; ``options`` are those of the window (``java_script_enabled`` and the like).

    Nothing glides there, so that what is measured stands still.
    """
    context = browser.new_context(**{"reduced_motion": "reduce"} | options)
    context.set_default_timeout(15_000)
    yield Watched(context.new_page(), root)
    context.close()
