"""``Link`` headers: the IRI of what a page is about, its other forms, its licence, and the description of the data."""

from __future__ import annotations

from kommungraf.web.negotiation import forms
from kommungraf.web.site import MEDIA_TYPES, PageRequest, Site

DESCRIPTION = "/.well-known/void"


def links(site: Site, request: PageRequest) -> tuple[tuple[str, str], ...]:
    """The headers of a page that was found."""
    found = [f'<{site.licence}>; rel="license"', f'<{DESCRIPTION}>; rel="describedby"']
    if iri := site.iri(request.path):
        found.insert(0, f'<{_escaped(iri)}>; rel="canonical"')
    for form in forms(request.path):
        if form != request.form:
            media = MEDIA_TYPES[form].partition(";")[0]
            found.append(f'<{request.link(format=form, lang=None)}>; rel="alternate"; type="{media}"')
    return (("link", ", ".join(found)),)


def _escaped(iri: str) -> str:
    """An IRI as the URI that a header can hold: its path may have any letter, and no header has."""
    from urllib.parse import quote

    return quote(iri, safe=":/#?&=@!$'()*+,;%[]~")
