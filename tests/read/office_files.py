"""Word and OpenDocument files written part by part, as small as a test needs them."""

from __future__ import annotations

import io
import zipfile

from kommungraf.model.source import Text
from kommungraf.read import read_bytes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODT_SPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
ODT_TYPE = "application/vnd.oasis.opendocument.text"

DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="160"/></w:pPr></w:pPrDefault></w:docDefaults>'
)
_ODT_DEFAULTS = (
    '<style:default-style style:family="paragraph"><style:paragraph-properties fo:margin-bottom="8pt"/>'
    '<style:text-properties fo:font-size="11pt"/></style:default-style>'
)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive of some parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document with a body, and parts by the name of their kind (``styles``, ``numbering``, ``footnotes`` …).

    ``header1`` and ``footer1`` are referred to by ``rId-header1`` and so on; ``core`` are the claims about it.
    """
    core = parts.pop("core", "")
    parts["styles"] = DEFAULTS + parts.get("styles", "")
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="a" Type="{R}/officeDocument" Target="word/document.xml"/>'
        '<Relationship Id="b" Type="http://x/core-properties" Target="docProps/core.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    relations = ""
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind, roots.get(kind, kind))
        files[f"word/{name}.xml"] = f"<w:{root} {_SPACES}>{content}</w:{root}>"
        relations += f'<Relationship Id="rId-{name}" Type="{R}/{kind}" Target="{name}.xml"/>'
    files["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
    if core:
        files["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://x/core" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>'
        )
    return packed(files)


def odt(body: str, automatic: str = "", styles: str = "", masters: str = "", meta: str = "") -> bytes:
    """An OpenDocument text: its body, its automatic styles, its named styles, its kinds of pages, claims about it."""
    return packed(
        {
            "mimetype": ODT_TYPE,
            "content.xml": f"<office:document-content {_ODT_SPACES}>"
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODT_SPACES}>"
            f"<office:styles>{_ODT_DEFAULTS}{styles}</office:styles>"
            f"<office:master-styles>{masters}</office:master-styles></office:document-styles>",
            "meta.xml": f"<office:document-meta {_ODT_SPACES}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def shown(text: Text) -> list[str]:
    """The blocks as short lines: ``#2 Beslut``, ``1. Punkt``, ``| a | b``, plain text; ``*`` before what is bold."""
    lines: list[str] = []
    for block in text.blocks:
        body = text.of(block).replace("\n", " / ")
        if block.kind == "heading":
            lines.append(f"#{block.level} {body}")
        elif block.kind == "item":
            lines.append(f"{'  ' * (block.level - 1)}{block.marker} {body}")
        elif block.kind == "table":
            rows = text.of(block).split("\n")
            lines += ["| " + row.replace("\t", " | ") for row in rows]
        else:
            lines.append(f"{'*' if block.bold else ''}{body}")
    return lines


def read_docx(body: str, **parts: str) -> Text:
    """The text of a Word document with a body."""
    return read_bytes(docx(body, **parts), "fil.docx")


def read_odt(body: str, **parts: str) -> Text:
    """The text of an OpenDocument text with a body."""
    return read_bytes(odt(body, **parts), "fil.odt")
