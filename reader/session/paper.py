"""Notes as they would be printed, in PDF; drawn without a display and without a print server."""

from __future__ import annotations

import io

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)

from reader.exporters import html
from reader.model.notebook import Notebook
from reader.paths import resources

MARGIN_MM = 20
DOTS_AN_INCH = 300


def write(notebook: Notebook) -> bytes:
    """The pages as one PDF, A4."""
    # A worker process, and the command line, have no application yet.
    application = QGuiApplication.instance() or QGuiApplication(
        ["offprint", "-platform", "offscreen"]
    )
    if not QFontDatabase.hasFamily("Offprint Serif"):
        for font in sorted((resources() / "fonts").glob("*.ttf")):
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
    pages.setDefaultFont(QFont("Offprint Serif", 11))
    pages.documentLayout().setPaintDevice(writer)
    pages.setHtml(text.getvalue().replace("font: 18px/1.55 Georgia, serif;", ""))
    pages.setPageSize(QSizeF(writer.width(), writer.height()))
    pages.print_(writer)
    out.close()
    assert application is not None
    return bytes(written.data())
