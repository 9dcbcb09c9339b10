"""Notes as they would be printed, in PDF; drawn without a display and without a print server."""

from __future__ import annotations

import io
import re

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from reader.exporters import html
from reader.model.export.export_set import ExportSet, in_order
from reader.paths import resources
from reader.printing.pagination import bands, draw
from reader.printing.pagination import pages as paginated

MARGIN_MM = 20
FOOT_PX = 24
# As many as the sizes in the page are meant for.
DOTS_AN_INCH = 96
_HELD = re.compile(rb"/URI \((offprint:[^()\s]+)\)")
_SHEET = """
body { font-family: "Offprint Serif"; font-size: 11pt; }
h1 { font-size: 18pt; }
h2 { font-size: 13pt; }
blockquote { margin: 8px 0 4px 0; }
.citation, .facts, .earlier, .references {
  font-family: "Offprint Sans"; font-size: 8pt; color: #5A616B;
}
.note { white-space: pre-wrap; }
"""


def write(notebook: ExportSet) -> bytes:
    """The pages as one PDF, A4."""
    # A worker process, and the command line, have no application yet.
    application = QGuiApplication.instance() or QGuiApplication(
        ["offprint", "-platform", "offscreen"]
    )
    if not QFontDatabase.hasFamily("Offprint Serif"):
        for font in sorted((resources() / "fonts").glob("*.[ot]tf")):
            QFontDatabase.addApplicationFont(str(font))
    text = io.StringIO()
    html.write(notebook, text)
    written = QByteArray()
    out = QBuffer(written)
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(out)
    writer.setTitle("Notes")
    writer.setCreator("Offprint")
    writer.setResolution(DOTS_AN_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    pages = QTextDocument()
    pages.setDefaultFont(_legible())
    pages.documentLayout().setPaintDevice(writer)
    pages.setDocumentMargin(0)
    pages.setHtml(_for_paper(text.getvalue()))
    pages.setTextWidth(writer.width())
    _paint(pages, writer)
    out.close()
    assert application is not None
    return bytes(written.data())


def _paint(text: QTextDocument, writer: QPdfWriter) -> None:
    """Draw the text in pages that part no heading or quote from what follows, each numbered."""
    cuts = paginated(bands(text), writer.height() - FOOT_PX)
    painter = QPainter(writer)
    small = QFont(_legible())
    small.setPointSize(8)
    for number, (top, bottom) in enumerate(cuts):
        if number:
            writer.newPage()
        draw(painter, text, QRectF(0, top, writer.width(), bottom - top))
        # At the left: at the right, PDFium takes a page of short lines for upright writing, and
        # copies it letter by letter.
        foot = QRectF(0, writer.height() - FOOT_PX, writer.width(), FOOT_PX)
        painter.setFont(small)
        told = f"{number + 1} of {len(cuts)}"
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignBottom), told)
    painter.end()


def _legible() -> QFont:
    """Our serif without ligatures: Qt writes "ft" as one sign that no reader can copy or find."""
    font = QFont("Offprint Serif", 11)
    for feature in ("liga", "clig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def holds(content: bytes, notebook: ExportSet) -> bool:
    """Whether a file, read back, has the link of every note."""
    found = [link.decode() for link in _HELD.findall(content)]
    return in_order(found, (entry.link for _, entry in notebook.entries))


def _for_paper(page: str) -> str:
    """The web page with a style sheet that Qt understands; quotes lie on their colour."""
    page = re.sub(r' data-offprint="[^"]*"', "", page)
    page = page.replace("<table>", '<table border="1" cellspacing="0" cellpadding="4">')
    page = re.sub(r"<style>.*?</style>", f"<style>{_SHEET}</style>", page, count=1, flags=re.DOTALL)
    return page.replace('style="border-color:', 'style="background-color:')
