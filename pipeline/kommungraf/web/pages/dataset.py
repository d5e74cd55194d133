"""The data set as a whole: what it holds, its licence and how it is had; as a page, and as VoID and DCAT."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from pyoxigraph import Triple

from kommungraf import config
from kommungraf.graph.written import json_ld, turtle
from kommungraf.model import iri as minted
from kommungraf.query.dataset import DESCRIPTION, RIGHTS, TITLE, Extent, description, extent
from kommungraf.query.lookup import shorten
from kommungraf.web.site import MEDIA_TYPES, Page, PageRequest, Site


def page(site: Site, request: PageRequest) -> Page:
    """The description of the data set in the form that is wanted."""
    if request.form == "html":
        return _html(site, request)
    first = site.base + minted.DATASET
    form = "jsonld" if request.form == "jsonld" else "ttl"
    triples = described(site, request.root)
    return Page(json_ld(triples, first) if form == "jsonld" else turtle(triples, first), MEDIA_TYPES[form])


def described(site: Site, root: str) -> list[Triple]:
    """The statements of the description; ``root`` is the address of this site."""
    endpoint = f"{root}/sparql" if root else ""
    return description(counted(site), site.base, config.load().publish, endpoint=endpoint, modified=modified(site))


def counted(site: Site) -> Extent:
    """How much the graph holds, counted once per generation."""
    if "extent" not in site.memo:
        site.memo["extent"] = extent(site.store, site.base)
    found: Extent = site.memo["extent"]
    return found


def modified(site: Site) -> str:
    """When the last build ran, to the second in UTC (``2026-05-04T03:02:01Z``); empty where no build told it."""
    path = site.out / "run.json" if site.out else None
    if path is None or not path.exists():
        return ""
    started = json.loads(path.read_text(encoding="utf-8"))["started"]
    return datetime.fromtimestamp(int(started), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _html(site: Site, request: PageRequest) -> Page:
    held, said, code = counted(site), config.load().publish, request.language
    return site.render(
        "dataset.html",
        request,
        forms=("ttl", "jsonld"),
        held=held,
        said=said,
        title=said.title or TITLE[code],
        description=said.description or DESCRIPTION[code],
        rights=RIGHTS[code],
        modified=modified(site),
        dataset=site.base + minted.DATASET,
        classes=[(shorten(name), name, number) for name, number in held.classes.items()],
        properties=[(shorten(name), name, number) for name, number in held.properties.items()],
    )
