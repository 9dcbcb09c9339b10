"""Where text lies on the page: lines, boxes and offsets, without asking for the whole layout.

All coordinates are the page's own, in device-independent pixels, before scrolling.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRectF
from PySide6.QtGui import QTextBlock, QTextDocument

from reader.model.span import Span
from reader.ui.typeset.text_document import TypesetDocument

_ABOVE_LANDING_PX = 20
# So far apart two lines of a page may be, with the space between paragraphs and around headings.
_NEAR_PX = 60.0
_FIRST_STEP = 16  # blocks


def visible_blocks(document: QTextDocument, top: float, bottom: float) -> Iterator[QTextBlock]:
    """The leaf blocks between two heights of the page, found by bisection over their rectangles.

    To say where a block is, Qt lays out all that is above it: so the search begins at the top, in
    steps that grow, and goes hardly beyond what is looked for.
    """
    layout = document.documentLayout()
    low, last = 0, document.blockCount() - 1
    high = min(_FIRST_STEP, last)
    while high < last and layout.blockBoundingRect(document.findBlockByNumber(high)).bottom() < top:
        low, high = high + 1, min(high + max(_FIRST_STEP, high // 4), last)
    while low < high:
        middle = (low + high) // 2
        if layout.blockBoundingRect(document.findBlockByNumber(middle)).bottom() < top:
            low = middle + 1
        else:
            high = middle
    block = document.findBlockByNumber(low)
    # Cells of one row stand side by side, so a low neighbour does not yet end the walk.
    beyond = 0
    while block.isValid() and beyond < 24:
        rectangle = layout.blockBoundingRect(block)
        if rectangle.top() > bottom:
            beyond += 1
        elif rectangle.bottom() >= top:
            beyond = 0
            yield block
        block = block.next()


def rectangles(document: QTextDocument, start: int, end: int, block: QTextBlock) -> list[QRectF]:
    """Where the Qt positions start..end of one block lie on the page, a rectangle a line."""
    layout, text = block.layout(), block.text()
    first = max(start - block.position(), 0)
    last = min(end - block.position(), block.length() - 1)
    if first >= last:
        return []
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    found: list[QRectF] = []
    line = layout.lineForTextPosition(first)
    number = line.lineNumber() if line.isValid() else 0
    while number < layout.lineCount():
        line = layout.lineAt(number)
        begin, stop = line.textStart(), line.textStart() + line.textLength()
        if begin >= last:
            break
        if stop < last:
            # A mark that goes on in the next line does not cover the space at the end of this one.
            stop -= len(text[begin:stop]) - len(text[begin:stop].rstrip())
        x1 = _x(line.cursorToX(max(first, begin)))
        x2 = _x(line.cursorToX(min(last, stop)))
        if x1 != x2:
            left, right = min(x1, x2), max(x1, x2)
            found.append(
                QRectF(origin.x() + left, origin.y() + line.y(), right - left, line.height())
            )
        number += 1
    return found


def _x(value: object) -> float:
    # PySide gives a pair (x, position) or x alone, as the version goes.
    return float(value[0] if isinstance(value, tuple) else value)  # type: ignore[arg-type]


def line_rectangle(typeset: TypesetDocument, offset: int) -> QRectF:
    """The line that holds an offset of the text, as wide as its paragraph."""
    position = typeset.offsets.position(offset)
    block = typeset.findBlock(position)
    area = typeset.documentLayout().blockBoundingRect(block)
    line = block.layout().lineForTextPosition(position - block.position())
    if not line.isValid():
        return area
    return QRectF(area.x(), area.y() + line.y(), area.width(), line.height())


def landing_top(typeset: TypesetDocument, offset: int) -> float:
    """The height at the upper edge of the view after a jump to an offset.

    The heading right above is whole in sight, and no line is cut by the edge.
    """
    layout = typeset.documentLayout()
    block = typeset.findBlock(typeset.offsets.position(offset))
    top = line_rectangle(typeset, offset).top()
    before = block.previous()
    if not before.isValid():
        return max(0.0, top - _ABOVE_LANDING_PX)
    if before.blockFormat().headingLevel() and not block.blockFormat().headingLevel():
        return max(0.0, layout.blockBoundingRect(before).top() - _ABOVE_LANDING_PX)
    # The tails of its letters reach a little below a line.
    ends = layout.blockBoundingRect(before).bottom() + 3
    return max(0.0, top - _ABOVE_LANDING_PX, min(top, ends))


def first_line(typeset: TypesetDocument, top: float, height: float) -> tuple[int, float]:
    """The offset of the first line in sight, and the share of it that is above `top`.

    The share is negative when the line begins below the edge, as at the start of the page.
    """
    if top <= 0:
        return typeset.offsets.start, 0.0
    layout = typeset.documentLayout()
    for block in visible_blocks(typeset, top, top + height):
        origin = layout.blockBoundingRect(block).top()
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            start = origin + line.y()
            if start + line.height() > top + 0.5:
                offset = typeset.offsets.offset(block.position() + line.textStart())
                return offset, (top - start) / max(1.0, line.height())
    return typeset.offsets.start, 0.0


def visible_span(typeset: TypesetDocument, top: float, bottom: float) -> Span:
    """The text between two heights, in whole paragraphs."""
    blocks = list(visible_blocks(typeset, top, bottom))
    if not blocks:
        return Span(typeset.offsets.start, typeset.offsets.start)
    last = blocks[-1]
    start = typeset.offsets.offset(blocks[0].position())
    return Span(start, max(start, typeset.offsets.offset(last.position() + last.length() - 1)))


def nearest_line(typeset: TypesetDocument, x: float, y: float) -> float:
    """The height nearest to `y` at which there is a line at `x`; `y` itself when none is near.

    Between two lines Qt takes a point for the end of the one above.
    """
    layout, found = typeset.documentLayout(), y
    best = _NEAR_PX
    for block in visible_blocks(typeset, y - _NEAR_PX, y + _NEAR_PX):
        area = layout.blockBoundingRect(block)
        if not area.left() <= x <= area.right():
            continue
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            top = area.top() + line.y()
            bottom = top + line.height() - 1
            if top <= y <= bottom:
                return y
            off = min(abs(y - top), abs(y - bottom))
            if off < best:
                best, found = off, (top if y < top else bottom)
    return found


def offset_at(typeset: TypesetDocument, x: float, y: float) -> int | None:
    """The offset of the character at a point; None beside the text.

    Qt's own hit test answers the end of the document while its layout is not finished.
    """
    for block in visible_blocks(typeset, y, y):
        area = typeset.documentLayout().blockBoundingRect(block)
        if not area.contains(x, y):
            continue
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            start = area.top() + line.y()
            if not start <= y < start + line.height():
                continue
            inner = x - area.left()
            if not line.x() <= inner <= line.x() + line.naturalTextWidth():
                return None
            place = line.xToCursor(inner, line.CursorPosition.CursorOnCharacter)
            return typeset.offsets.offset(block.position() + int(place))
    return None
