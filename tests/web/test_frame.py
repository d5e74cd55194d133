"""The frame of every page: languages, ways, and colours that can be read in light and dark."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from kommungraf import config
from kommungraf.query.store import open_store
from kommungraf.web import pages
from kommungraf.web.site import PageRequest, Site

CSS = resources.files("kommungraf.web").joinpath("static", "site.css").read_text(encoding="utf-8")
READ = ("ink soft link decision plan result person money conflict meeting concluded").split()


def tokens(dark: bool) -> dict[str, str]:
    """The colours of the style sheet."""
    light, _, rest = CSS.partition("@media (prefers-color-scheme: dark)")
    pattern = r"--([\w-]+): (#[0-9a-f]{6})"
    found = dict(re.findall(pattern, light))
    return found | dict(re.findall(pattern, rest.partition("/* Ground */")[0])) if dark else found


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG counts it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read_on_what_they_stand_on(dark: bool) -> None:
    colours = tokens(dark)
    pairs = [(name, ground) for name in READ for ground in ("ground", "paper")]
    pairs += [("on-bar", "bar"), ("on-bar-soft", "bar"), ("on-mark", "mark"), ("ink", "warn"), ("soft", "shade")]
    weak = {pair: ratio for pair in pairs if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 4.5}
    assert not weak


def test_the_frame_keeps_the_page_when_the_language_is_changed(corpus_graph: Path) -> None:
    site = Site(open_store(corpus_graph), config.load().base, out=corpus_graph)
    shown = pages.page(site, PageRequest("/", (("a", "1"),))).body.decode()
    assert '<html lang="sv">' in shown
    assert 'href="/?a=1&amp;lang=en" hreflang="en"' in shown
    for landmark in ("<main", "<header", "<footer", "<nav", 'class="skip"', 'role="search"'):
        assert landmark in shown
