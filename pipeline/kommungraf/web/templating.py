"""Templates: Jinja2 with everything escaped, and what all of them may use."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from kommungraf.web.site import PageRequest, Site


@cache
def environment() -> Environment:
    """The environment of all templates: what a template does not get is an error, never an empty string."""
    return Environment(
        loader=PackageLoader("kommungraf.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def static_version(name: str) -> str:
    """A digest of a static file: its address changes when the file does, so that it may be kept for long."""
    from hashlib import sha256

    return sha256(resources.files("kommungraf.web").joinpath("static", name).read_bytes()).hexdigest()[:12]


def static(name: str) -> str:
    """The address of a static file."""
    return f"/static/{name}?v={static_version(name)}"


def render(site: Site, template: str, request: PageRequest, values: dict[str, object]) -> str:
    """A template with its values, ``_`` (words of the language), ``request``, ``site``, ``href`` and ``static``."""
    said = site.words(request.language)
    shared = {"_": said, "request": request, "site": site, "href": site.href, "static": static}
    return environment().get_template(template).render(**shared, **values)
