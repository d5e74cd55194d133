"""PDF files: what the arrangement of a page means, look by look."""

from __future__ import annotations

import textwrap

from read_pdfs import PROSE, drawn, lines
from reportlab.pdfgen.canvas import Canvas

from kommungraf.model.source import Text
from kommungraf.read import read_bytes


def shown(text: Text) -> list[tuple[str, str, str]]:
    """Kind, marker and text of each block; cells are parted by ``|``."""
    return [(block.kind, block.marker, text.of(block).replace("\t", "|")) for block in text.blocks]


def test_bullets_that_are_drawn_as_shapes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for start in (700, 672):
            canvas.circle(65, start + 3.5, 1.5, stroke=0, fill=1)
            lines(canvas, 75, start, textwrap.wrap(f"Punkt {start}. {PROSE[:120]}", 84))
        for dot in range(20):  # a dotted line in the margin
            canvas.rect(65, 600 - 2 * dot, 1.6, 1.6, stroke=0, fill=1)
        canvas.drawString(75, 590, "Ingen punkt.")
        canvas.drawString(75, 576, "Inte heller.")

    assert shown(read_bytes(drawn(draw), "a.pdf")) == [
        ("item", "•", f"Punkt 700. {PROSE[:120]}".strip()),
        ("item", "•", f"Punkt 672. {PROSE[:120]}".strip()),
        ("paragraph", "", "Ingen punkt.\nInte heller."),
    ]
