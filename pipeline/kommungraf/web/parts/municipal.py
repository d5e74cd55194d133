"""A municipality and the organisation of its name: two things of the graph that pages show together."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kommungraf.municipalities import municipalities, municipality_called
from kommungraf.text import fold, slug
from kommungraf.web.site import Site


def organisations(site: Site, code: str) -> list[str]:
    """The organisations whose name is an official form of the name of a municipality, by its code; by their IRIs."""
    entry = municipalities().get(code)
    if entry is None:
        return []
    forms = {fold(form) for form in entry.official}
    iris = sorted(site.base + f"organization/{slug(form)}" for form in forms)
    return [iri for iri in dict.fromkeys(iris) if _is_called(site, iri, forms)]


def _is_called(site: Site, iri: str, forms: set[str]) -> bool:
    node = NamedNode(iri)
    return "Organization" in site.look.classes(node) and fold(site.look.name(node)) in forms


def municipality_of(site: Site, name: str) -> str:
    """The municipality in the graph of which the name of an organisation is an official form; else nothing."""
    entry = municipality_called(name)
    iri = site.base + f"municipality/{entry.code}" if entry else ""
    return iri if iri and "Municipality" in site.look.classes(NamedNode(iri)) else ""
