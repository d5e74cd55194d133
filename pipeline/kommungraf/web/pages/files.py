"""The documents' own files, and pictures of their pages: only where ``--documents`` says so."""

from __future__ import annotations

from urllib.parse import quote

from kommungraf.errors import InputError
from kommungraf.read.pictures import has_pictures, pictures
from kommungraf.web.parts.documents import document
from kommungraf.web.parts.sheets import PIXELS
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

_SANDBOX = (("content-security-policy", "default-src 'none'; sandbox"), ("x-content-type-options", "nosniff"))


def whole(site: Site, request: PageRequest) -> Page:
    """A file as it is, to be kept: a browser opens none of it in the name of this site."""
    file = document(site, request.path.rpartition("/")[2])
    name = file.name.rpartition("/")[2]
    told = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Page(file.data, file.media_type, headers=(("content-disposition", told), *_SANDBOX))


def picture(site: Site, request: PageRequest) -> Page:
    """A page of a file as a picture. Raises :class:`~kommungraf.web.site.NotFoundError` where it cannot be drawn."""
    _, _, sha256, last = request.path.split("/")
    number = last.partition(".")[0]
    file = document(site, sha256)
    if not has_pictures(file.media_type):
        raise NotFoundError(request.path)
    try:
        drawn = next(pictures(file.data, file.media_type, file.name, [int(number)], PIXELS))
    except InputError as error:
        raise NotFoundError(str(error)) from error
    return Page(drawn.png(), "image/png", headers=_SANDBOX)
