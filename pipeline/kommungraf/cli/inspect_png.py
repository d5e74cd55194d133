"""One page as a picture with the boxes of its blocks drawn over it."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw, ImageFont

from kommungraf.build.inspection import Inspection
from kommungraf.build.inspection_pages import PagePicture
from kommungraf.cli.inspect_html import group

_COLOURS = {
    "meeting": "#1f5fa8",
    "item": "#0b6e6e",
    "decision": "#1e7031",
    "proposal": "#9a5200",
    "signatures": "#6d3a9c",
    "figures": "#a3265c",
    "front": "#5a5215",
    "other": "#4b5563",
}
_UNREAD = (124, 135, 148, 80)


def as_png(inspection: Inspection, picture: PagePicture) -> bytes:
    """The page; each block's box in the colour of its role, with its role over it; what no block holds in grey."""
    page = picture.image.convert("RGBA")
    over = Image.new("RGBA", page.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(over)
    scale = page.width / picture.width
    font = ImageFont.load_default(size=max(9, round(7 * scale)))
    for place in picture.unread:
        draw.rectangle([edge * scale for edge in place[1:]], fill=_UNREAD)
    above = ""
    for block in inspection.on_page(picture.number):
        colour = _COLOURS[group(block)]
        for place in block.places:
            if place.page != picture.number:
                continue
            draw.rectangle([edge * scale for edge in place[1:]], outline=colour, width=2, fill=f"{colour}24")
            if block.role != above:
                where = (place.x0 * scale, max(0.0, (place.y0 - 8) * scale))
                draw.text(where, block.role or block.kind, fill=colour, font=font, stroke_width=2, stroke_fill="white")
            above = block.role
    packed = io.BytesIO()
    Image.alpha_composite(page, over).convert("RGB").save(packed, "PNG", optimize=True)
    return packed.getvalue()
