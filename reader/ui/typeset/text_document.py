"""A Qt text document made from ours, and how a long text is divided into several."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)

from reader.model.document import Document, Figure
from reader.model.span import Span
from reader.problem import Problem
from reader.ui.typeset.formats import Formats
from reader.ui.typeset.offsets import OffsetMap

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QImage
    from PySide6.QtSvg import QSvgRenderer

    from reader.ui.typeset.mirrored_tables import TableMirror

# A text above this many characters is shown in parts, split at its top sections.
LARGEST_PART = 400_000
MISSING_PICTURE = "This picture cannot be shown: its file is missing or damaged."
_SVG_BEGINS = (b"<svg ", b"<?xml")

Asset = Callable[[str], bytes]


class TypesetDocument(QTextDocument):
    """A Qt document with the map between its positions and the text's offsets.

    Pictures are decoded when the layout first asks for them.
    """

    def __init__(self, formats: Formats, asset: Asset, ratio: float) -> None:
        super().__init__()
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.offsets = OffsetMap()
        self.formats = formats
        self.is_mirrored = False  # a script that runs from right to left
        self.is_fluid = True  # nothing in it, table or picture, was made for one width
        self._asset = asset
        self._ratio = ratio
        self._pictures: dict[str, QImage] = {}
        # Tables that are wider than the column, and where the widest ends on the page.
        self.wide_tables: list[Span] = []
        self.widest_px = 0
        self.mirror: TableMirror | None = None  # once there is a table to be mirrored
        self.figure_sizes: dict[str, tuple[int, int]] = {}

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        name = url if isinstance(url, str) else url.path()
        if name not in self._pictures:
            self._pictures[name] = self._picture(name)
        return self._pictures[name]

    def _picture(self, name: str) -> QImage:
        width, height = self.figure_sizes.get(name, (1, 1))
        try:
            untrusted_bytes = self._asset(name)
        except Problem:
            untrusted_bytes = b""
        if not _is_drawable(untrusted_bytes):
            return self._missing(width, height)
        picture = draw_picture(untrusted_bytes, width, height, self._ratio)
        if not self.formats.figure_paper:
            return picture
        # Imported here: few starts show a picture on dark paper.
        from reader.ui.widgets.dark_images import darkened

        return darkened(picture, self.formats.figure_paper)

    def _missing(self, width_px: int, height_px: int) -> QImage:
        """What stands in the place of a picture whose file is not there or damaged."""
        from PySide6.QtGui import QImage

        theme, ratio = self.formats.theme, self._ratio
        image = QImage(
            round(width_px * ratio), round(height_px * ratio), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(theme.chrome))
        painter = QPainter(image)
        painter.setPen(QColor(theme.line))
        painter.drawRect(0, 0, width_px - 1, height_px - 1)
        painter.setPen(QColor(theme.ink2))
        painter.setFont(self.formats.small.font())
        centred = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        painter.drawText(QRectF(8, 4, width_px - 16, height_px - 8), centred, MISSING_PICTURE)
        painter.end()
        return image


def _is_drawable(untrusted_bytes: bytes) -> bool:
    if untrusted_bytes.lstrip()[:5] in _SVG_BEGINS:
        return _svg(untrusted_bytes).isValid()
    from PySide6.QtGui import QImage

    return not QImage.fromData(untrusted_bytes).isNull()


def _svg(untrusted_bytes: bytes) -> QSvgRenderer:
    # Imported here: few articles begin with such a picture.
    from PySide6.QtCore import QByteArray
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(QByteArray(untrusted_bytes))


def insert_picture(
    cursor: QTextCursor,
    made: TypesetDocument,
    figure: Figure,
    most_px: int,
    said: QTextCharFormat,
) -> None:
    """Inserts a figure's picture, at most so wide; without one, that it is missing, and what it
    shows, in the format `said`."""
    if not figure.asset:
        about = f": {figure.alternative}" if figure.alternative else "."
        cursor.insertText(f"Picture, not kept in the file{about}", said)
        return
    width, height = figure.width_px or most_px, figure.height_px or most_px * 2 // 3
    scale = min(1.0 * made.formats.zoom, most_px / width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    made.figure_sizes[figure.asset] = size
    made.is_fluid = False
    image = QTextImageFormat()
    image.setName(figure.asset)
    image.setWidth(size[0])
    image.setHeight(size[1])
    image.setProperty(QTextImageFormat.Property.ImageAltText.value, figure.alternative)
    image.setToolTip(figure.alternative)
    cursor.insertImage(image)


def draw_picture(untrusted_bytes: bytes, width_px: int, height_px: int, ratio: float) -> QImage:
    """A picture at that size, on the light ground it was drawn for; blank when it is damaged."""
    from PySide6.QtGui import QImage

    image = QImage(
        round(width_px * ratio), round(height_px * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    area = QRectF(image.rect())
    if untrusted_bytes.lstrip()[:5] in _SVG_BEGINS:
        _svg(untrusted_bytes).render(painter, area)
    else:
        painter.drawImage(area, QImage.fromData(untrusted_bytes))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def parts(document: Document, largest: int = LARGEST_PART) -> tuple[Span, ...]:
    """The text as one span, or divided at top sections so that no part is much above `largest`."""
    length = len(document.text)
    if length <= largest:
        return (Span(0, length),)
    edges = [s.span.start for s in document.sections if s.level == 1]
    edges += [block.span.start for block in document.blocks]
    cuts = [0]
    tops = sorted(set(edges[: sum(s.level == 1 for s in document.sections)]))
    anywhere = sorted(set(edges))
    while length - cuts[-1] > largest:
        limit = cuts[-1] + largest
        best = next((e for e in reversed(tops) if cuts[-1] < e <= limit), None)
        if best is None:
            best = next((e for e in reversed(anywhere) if cuts[-1] < e <= limit), None)
        if best is None:
            best = next((e for e in anywhere if e > limit), length)
        if best >= length:
            break
        cuts.append(best)
    cuts.append(length)
    return tuple(Span(a, b) for a, b in pairwise(cuts))
