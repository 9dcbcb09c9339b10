"""Word files built in memory from the inside of their body, for tests."""

from __future__ import annotations

from tests.importers.archives import zipped

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def part(name: str, inside: str) -> str:
    """A part of the file: <w:name> with the names that are used in it."""
    return f"<w:{name} {_NAMES}>{inside}</w:{name}>"


def paragraph(words: str, style: str = "", more: str = "") -> str:
    """A paragraph of one run."""
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f"<w:p><w:pPr>{said}{more}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"
    )


def word_file(
    body: str,
    *,
    styles: str = "",
    footnotes: str = "",
    related: str = "",
    core: str = "",
    more: dict[str, str | bytes] | None = None,
) -> bytes:
    """A Word file."""
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Default Extension="png" ContentType="image/png"/>'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
            "</Types>",
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="f" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>'
            f"{related}</Relationships>",
            "word/styles.xml": part("styles", styles),
            "word/footnotes.xml": part("footnotes", footnotes),
            **({"docProps/core.xml": core} if core else {}),
            **(more or {}),
        }
    )
