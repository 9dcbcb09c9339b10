"""Where a text laid out in one column is cut into pages, and drawing what a page shows of it.

A cut lies between lines, never in a row.

Heights are the laid-out text's own, in device-independent pixels from its top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

_PICTURE = "\ufffc"


@dataclass(frozen=True, slots=True)
class Band:
    """A line, a figure or a row of a table: no page ends inside it.

    `keeps_next` when the page does not end after it either.
    """

    top: float
    bottom: float
    keeps_next: bool = False


def bands(document: QTextDocument) -> Iterator[Band]:
    """All bands of a text, in order; its layout is done as far as they have been taken."""
    layout = document.documentLayout()
    block = document.begin()
    while block.isValid():
        area = layout.blockBoundingRect(block)
        lines = block.layout().lineCount()
        held = _held(block)
        for number in range(lines):
            line = block.layout().lineAt(number)
            top = area.top() + line.y()
            # One line of a paragraph alone at the foot or the head of a page is avoided.
            few = lines > 1 and number in (0, lines - 2)
            yield Band(top, top + line.height(), held or few)
        block = block.next()


def _held(block: QTextBlock) -> bool:
    """Whether what follows a block must stand on its page.

    So it is for a heading, a figure, a caption, and for a quote on its colour.
    """
    following = block.next()
    if not following.isValid():
        return False
    before_table = not _in_table(block) and _in_table(following)
    form = block.blockFormat()
    coloured = form.hasProperty(QTextFormat.Property.BackgroundBrush)
    heads = form.headingLevel() > 0 or coloured
    return heads or _PICTURE in block.text() or before_table


def _in_table(block: QTextBlock) -> bool:
    return QTextCursor(block).currentTable() is not None


def merged(found: Iterable[Band]) -> list[Band]:
    """Bands in order of height, those that overlap as one: the cells of a row."""
    made: list[Band] = []
    for band in sorted(found, key=lambda band: (band.top, band.bottom)):
        if made and band.top < made[-1].bottom - 0.5:
            last = made[-1]
            bottom = max(last.bottom, band.bottom)
            made[-1] = Band(last.top, bottom, last.keeps_next or band.keeps_next)
        else:
            made.append(band)
    return made


def pages(found: Iterable[Band], height: float) -> list[tuple[float, float]]:
    """From where to where each page of that height shows the text."""
    made: list[tuple[float, float]] = []
    groups: list[list[Band]] = []
    for band in merged(found):
        if groups and groups[-1][-1].keeps_next and band.bottom - groups[-1][0].top <= height:
            groups[-1].append(band)
        else:
            groups.append([band])
    for group in groups:
        top, bottom = group[0].top, group[-1].bottom
        if made and bottom - made[-1][0] <= height:
            made[-1] = (made[-1][0], bottom)
        else:
            made.append((top, bottom))
        while made[-1][1] - made[-1][0] > height:
            # Higher than a page: it is cut where the page ends.
            start, end = made[-1]
            made[-1:] = [(start, start + height), (start + height, end)]
    return made


def draw(painter: QPainter, text: QTextDocument, seen: QRectF) -> None:
    """Draw what is seen of a text with its top at the painter's origin."""
    painter.save()
    painter.translate(0, -seen.top())
    painter.setClipRect(seen.adjusted(-60, -0.5, 60, 0.5))
    context = QAbstractTextDocumentLayout.PaintContext()
    # Else words without a colour of their own have that of the window, which may be dark.
    context.palette.setColor(QPalette.ColorRole.Text, QColor("#000000"))
    context.clip = seen.adjusted(-60, -2, 60, 2)
    text.documentLayout().draw(painter, context)
    painter.restore()
