"""Sets a document, or a part of it, as a Qt text document, block by block."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QByteArray, QRectF, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QPainter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtSvg import QSvgRenderer

from reader.model.document import Block, Document, Figure, Mark, Section
from reader.model.span import Span
from reader.ui.formats import BODY_PX, Formats
from reader.ui.offsets import OffsetMap
from reader.ui.theme import SANS

# A text above this many characters is shown in parts, split at its top sections.
LARGEST_PART = 400_000
_SHORT_FORM = re.compile(r"\b[A-Z]{3,}\b")
_LINE_SEPARATOR = "\u2028"
_BULLETS = ("•", "–", "·")

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
        self._asset = asset
        self._ratio = ratio
        self._pictures: dict[str, QImage] = {}
        self.figure_sizes: dict[str, tuple[int, int]] = {}

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        name = url.path() if isinstance(url, QUrl) else url
        if name not in self._pictures:
            width, height = self.figure_sizes.get(name, (1, 1))
            self._pictures[name] = draw_picture(self._asset(name), width, height, self._ratio)
        return self._pictures[name]


def draw_picture(untrusted_bytes: bytes, width_px: int, height_px: int, ratio: float) -> QImage:
    """A picture at that size, on the light ground it was drawn for; blank when it is damaged."""
    image = QImage(
        round(width_px * ratio), round(height_px * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    area = QRectF(image.rect())
    if untrusted_bytes.lstrip()[:5] in (b"<svg ", b"<?xml"):
        QSvgRenderer(QByteArray(untrusted_bytes)).render(painter, area)
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


class Typesetter:
    """Writes blocks into a TypesetDocument with a cursor; never through HTML."""

    def __init__(
        self, document: Document, formats: Formats, asset: Asset, ratio: float = 1.0
    ) -> None:
        self._document = document
        self._formats = formats
        self._made = TypesetDocument(formats, asset, ratio)
        self._cursor = QTextCursor(self._made)
        self._fresh = True
        self._sections = {s.id: s for s in document.sections}
        self._tables = {t.id: t for t in document.tables}
        self._figures = {f.id: f for f in document.figures}
        self._mark_starts = [m.span.start for m in document.marks]
        self._longest_mark = max((len(m.span) for m in document.marks), default=0)
        self._numbered = any("." in (s.number or "") for s in document.sections)
        self._formats_by_kinds: dict[Any, QTextCharFormat] = {}

    def set(self, part: Span, byline: str) -> TypesetDocument:
        """The Qt document of the blocks that begin in `part`."""
        document, formats = self._document, self._formats
        self._made.rootFrame().setFrameFormat(formats.root)
        self._made.setTextWidth(formats.width_px)
        self._cursor.beginEditBlock()
        blocks = [b for b in document.blocks if part.start <= b.span.start < part.end]
        if part.end == len(document.text):
            blocks += [b for b in document.blocks if b.span.start == part.end]
        titled = blocks[:1] and blocks[0].kind == "title"
        if part.start == 0:
            if document.journal:
                kicker = formats.block(12, 1.3, 0, 6)
                self._decoration(document.journal.upper(), kicker, formats.kicker)
            if not titled:
                self._decoration(document.title, formats.heading_block(0), formats.heading(0))
                self._decoration(byline, formats.block(14, 1.4, 0, 32), formats.byline)
        for block in blocks:
            self._set_block(block)
            if block.kind == "title" and block is blocks[0]:
                self._decoration(byline, formats.block(14, 1.4, 0, 32), formats.byline)
        self._cursor.endEditBlock()
        return self._made

    def _paragraph(self, block_format: QTextBlockFormat, char_format: QTextCharFormat) -> None:
        if self._fresh:
            # The document's first paragraph, and the one after a table, stand there already.
            self._cursor.setBlockFormat(block_format)
            self._cursor.setBlockCharFormat(char_format)
            self._fresh = False
        else:
            self._cursor.insertBlock(block_format, char_format)

    def _decoration(
        self, text: str, block_format: QTextBlockFormat, char_format: QTextCharFormat
    ) -> None:
        self._paragraph(block_format, char_format)
        self._cursor.insertText(text, char_format)

    def _set_block(self, block: Block) -> None:
        formats = self._formats
        if block.kind == "table":
            self._set_table(block)
        elif block.kind == "figure":
            self._set_figure(block)
        elif block.kind == "heading":
            self._set_heading(block)
        elif block.kind == "title":
            self._paragraph(formats.heading_block(0), formats.heading(0))
            self._leaf(block.span, formats.heading(0), plain=True)
        elif block.kind == "list_item":
            self._set_item(block, 24 + 24 * block.depth, formats.body, BODY_PX)
        elif block.kind == "reference":
            self._set_item(block, 32, formats.reference, BODY_PX * 0.89)
        elif block.kind == "note":
            self._set_item(block, 28, formats.reference, BODY_PX * 0.89)
        elif block.kind == "quote":
            self._paragraph(formats.block(indent=24 * (block.depth + 1)), formats.quote)
            self._leaf(block.span, formats.quote)
        elif block.kind == "preformatted":
            made = formats.block(BODY_PX * 0.8, 1.4)
            made.setBackground(QColor(formats.theme.chrome))
            made.setNonBreakableLines(False)
            self._paragraph(made, formats.code)
            self._leaf(block.span, formats.code, plain=True)
        elif block.kind == "formula":
            self._paragraph(formats.block(indent=24), formats.body)
            self._leaf(block.span, formats.body)
        else:
            self._paragraph(formats.block(), formats.body)
            if block.kind == "answer" and block.label:
                self._cursor.insertText(block.label + " ", self._label_format())
            self._leaf(block.span, formats.body)

    def _set_heading(self, block: Block) -> None:
        section: Section | None = self._sections.get(block.ref)
        level = section.level if section else 1
        made = self._formats.heading_block(level)
        made.setHeadingLevel(min(6, level + 1))
        char_format = self._formats.heading(level)
        self._paragraph(made, char_format)
        if section is not None and section.number and self._numbered:
            number = QTextCharFormat(char_format)
            number.setForeground(QColor(self._formats.theme.ink3))
            self._cursor.insertText(section.number + "\u2002", number)
        self._leaf(block.span, char_format, plain=True)

    def _label_format(self) -> QTextCharFormat:
        made = QTextCharFormat(self._formats.body)
        made.setForeground(QColor(self._formats.theme.ink3))
        return made

    def _set_item(
        self, block: Block, indent: float, char_format: QTextCharFormat, size: float
    ) -> None:
        formats = self._formats
        below = 5 if block.kind == "list_item" else 8
        hanging = 22 if block.kind == "list_item" else indent
        made = formats.block(size, below=below, indent=indent, hanging=hanging)
        stop = made.tabPositions()
        made.setTabPositions(stop)
        self._paragraph(made, char_format)
        label = block.label or _BULLETS[min(block.depth, 2)]
        quiet = QTextCharFormat(char_format)
        quiet.setForeground(QColor(formats.theme.ink3))
        self._cursor.insertText(label + "\t", quiet)
        self._leaf(block.span, char_format)

    def _set_figure(self, block: Block) -> None:
        formats, figure = self._formats, self._figures[block.ref]
        if figure.asset:
            made = formats.block(below=8, above=8)
            made.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            self._paragraph(made, formats.body)
            width, height = self._figure_size(figure)
            self._made.figure_sizes[figure.asset] = width, height
            image = QTextImageFormat()
            image.setName(figure.asset)
            image.setWidth(width)
            image.setHeight(height)
            image.setProperty(QTextImageFormat.Property.ImageAltText.value, figure.alternative)
            image.setToolTip(figure.alternative)
            self._cursor.insertImage(image)
        elif figure.alternative:
            self._decoration(
                f"Picture, not kept in the file: {figure.alternative}",
                formats.block(BODY_PX * 0.8, 1.4, below=4),
                formats.byline,
            )
        if figure.caption is not None:
            self._paragraph(formats.block(BODY_PX * 0.80, 1.4, below=22), formats.small)
            self._leaf(figure.caption, formats.small)

    def _figure_size(self, figure: Figure) -> tuple[int, int]:
        column = self._formats.column_px
        width, height = figure.width_px or column, figure.height_px or column * 2 // 3
        scale = min(1.0 * self._formats.zoom, column / width) if width else 1.0
        return max(1, round(width * scale)), max(1, round(height * scale))

    def _set_table(self, block: Block) -> None:
        formats, table = self._formats, self._tables[block.ref]
        if table.caption is not None:
            self._paragraph(formats.block(BODY_PX * 0.80, 1.4, above=6, below=6), formats.small)
            self._leaf(table.caption, formats.small)
        if not table.cells:
            return
        rows = max(c.row + c.row_span for c in table.cells)
        columns = max(c.column + c.column_span for c in table.cells)
        made = self._cursor.insertTable(rows, columns, formats.table(columns))
        for cell in table.cells:
            if cell.row_span > 1 or cell.column_span > 1:
                made.mergeCells(cell.row, cell.column, cell.row_span, cell.column_span)
        for cell in table.cells:
            place = made.cellAt(cell.row, cell.column)
            last = cell.row + cell.row_span >= rows
            char_format = formats.cell_header if cell.header else formats.cell
            cell_format = formats.table_cell(cell.header, cell.row == 0, last)
            # A cell's format is also its first block's character format: set as one.
            cell_format.merge(char_format)
            place.setFormat(cell_format)
            self._cursor.setPosition(place.firstPosition())
            self._cursor.setBlockFormat(formats.block(BODY_PX * 0.84, 1.4, below=0))
            self._leaf(cell.span, char_format)
        self._cursor.setPosition(made.lastPosition() + 1)
        self._fresh = True

    # Leaves: runs of text with their marks

    def _leaf(self, span: Span, base: QTextCharFormat, plain: bool = False) -> None:
        text = span.cut(self._document.text)
        self._made.offsets.add(span.start, text, self._cursor.position())
        marks = self._marks_in(span)
        short_forms = () if plain or _shouted(text) else tuple(_SHORT_FORM.finditer(text))
        shown = text.replace("\n", _LINE_SEPARATOR)
        if not marks and not short_forms:
            self._cursor.insertText(shown, base)
            return
        edges = {0, len(text)}
        for mark in marks:
            edges.add(max(0, mark.span.start - span.start))
            edges.add(min(len(text), mark.span.end - span.start))
        for found in short_forms:
            edges.update(found.span())
        gaps = self._glued(text, marks, span.start)
        for gap in gaps:
            edges.update((gap, gap + 1))
        small = {m.start() for m in short_forms}
        ends = {m.start(): m.end() for m in short_forms}
        in_small_until = -1
        for start, end in pairwise(sorted(edges)):
            if start in small:
                in_small_until = ends[start]
            kinds = frozenset(
                m.kind
                for m in marks
                if m.span.start - span.start <= start and end <= m.span.end - span.start
            )
            key = (kinds, end <= in_small_until, start in gaps, self._before_word(text, end, kinds))
            self._cursor.insertText(shown[start:end], self._run_format(base, key))

    def _marks_in(self, span: Span) -> list[Mark]:
        marks = self._document.marks
        found: list[Mark] = []
        i = bisect_left(self._mark_starts, span.start - self._longest_mark)
        while i < len(marks) and marks[i].span.start < span.end:
            if marks[i].span.overlaps(span):
                found.append(marks[i])
            i += 1
        return found

    @staticmethod
    def _glued(text: str, marks: list[Mark], start: int) -> set[int]:
        """Spaces before a reference mark that is glued to the next word ("health 1conditions")."""
        found = set()
        for mark in marks:
            first, last = mark.span.start - start, mark.span.end - start
            if (
                mark.kind == "reference_mark"
                and first > 0
                and last < len(text)
                and text[first - 1] == " "
                and text[last].isalpha()
            ):
                found.add(first - 1)
        return found

    @staticmethod
    def _before_word(text: str, end: int, kinds: frozenset[str]) -> bool:
        return "reference_mark" in kinds and end < len(text) and text[end].isalpha()

    def _run_format(
        self, base: QTextCharFormat, key: tuple[frozenset[str], bool, bool, bool]
    ) -> QTextCharFormat:
        known = self._formats_by_kinds.get((id(base), key))
        if known is not None:
            return known
        kinds, small, gap, before_word = key
        theme = self._formats.theme
        made = QTextCharFormat(base)
        font = made.font()
        size = font.pixelSize()
        if "strong" in kinds:
            font.setWeight(QFont.Weight.DemiBold)
        if "emphasis" in kinds:
            font.setItalic(not font.italic())
        if "code" in kinds:
            font.setFamilies(["monospace"])
            font.setStyleHint(QFont.StyleHint.Monospace)
            font.setPixelSize(max(1, round(size * 0.84)))
        if small or "small_caps" in kinds:
            font.setFeature(QFont.Tag("c2sc"), 1)
            font.setFeature(QFont.Tag("smcp"), 1)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
        if "reference_mark" in kinds:
            font.setFamilies([SANS])
            font.setWeight(QFont.Weight.DemiBold)
            if before_word:
                font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, size * 0.25)
        if gap:
            font.setPixelSize(1)
        made.setFont(font)
        if kinds & {"sub"}:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if kinds & {"sup", "reference_mark"}:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if kinds & {"link", "reference_mark"}:
            made.setForeground(QColor(theme.accent))
        # Kept beside the base, whose id stays its own as long as it lives.
        self._formats_by_kinds[(id(base), key)] = made
        self._formats_by_kinds[("base", id(base))] = base
        return made


def _shouted(text: str) -> bool:
    """Whether most letters are capitals, so that short forms cannot be told from words."""
    capitals = sum(c.isupper() for c in text[:400])
    letters = sum(c.isalpha() for c in text[:400])
    return capitals * 2 > letters
