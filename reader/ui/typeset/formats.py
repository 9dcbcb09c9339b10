"""The Qt formats of the page: what a paragraph, a heading, a mark look like."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFrameFormat,
    QTextOption,
)

from reader.ui.typeset.reading_style import ReadingStyle
from reader.ui.widgets.theme import Theme, sans

BODY_PX = 18.0
GUTTER_PX = 54
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value


@dataclass
class Formats:
    """Formats for one theme, zoom and room; sizes are device-independent pixels.

    `figure_paper` is the dark paper that figures are turned onto; "" leaves them as they are drawn.
    `for_paper`: no ligatures and no small capitals, which Qt writes into a PDF as signs without
    letters.
    """

    theme: Theme
    zoom: float
    style: ReadingStyle = field(default_factory=ReadingStyle)
    room_px: int = 100_000
    figure_paper: str = ""
    for_paper: bool = False

    def px(self, size: float) -> int:
        """A length of the design at this zoom."""
        return max(1, round(size * self.zoom))

    @property
    def column_px(self) -> int:
        """The width of the text column: 70 characters as it comes, or what there is room for."""
        return max(200, min(self.px(self.style.column_px), self.room_px - 2 * GUTTER_PX))

    @property
    def width_px(self) -> int:
        """The width of the page: the column and a gutter on either side."""
        return self.column_px + 2 * GUTTER_PX

    def text(self, font: QFont, colour: str) -> QTextCharFormat:
        """Characters of a font in a colour."""
        made = QTextCharFormat()
        if self.for_paper:
            font.setFeature(QFont.Tag("liga"), 0)
            font.setFeature(QFont.Tag("clig"), 0)
        made.setFont(font)
        made.setForeground(QColor(colour))
        return made

    @cached_property
    def body(self) -> QTextCharFormat:
        """Running text."""
        return self.text(self.style.font(BODY_PX * self.zoom), self.theme.ink)

    @cached_property
    def quote(self) -> QTextCharFormat:
        """Quoted text."""
        return self.text(self.style.font(BODY_PX * self.zoom, italic=True), self.theme.ink2)

    @cached_property
    def upright_quote(self) -> QTextCharFormat:
        """Quoted text in a script that has no italics."""
        return self.text(self.style.font(BODY_PX * self.zoom), self.theme.ink2)

    @cached_property
    def code(self) -> QTextCharFormat:
        """Preformatted text."""
        font = QFont("monospace")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(self.px(BODY_PX * 0.8))
        return self.text(font, self.theme.ink)

    @cached_property
    def small(self) -> QTextCharFormat:
        """Captions."""
        return self.text(sans(BODY_PX * 0.80 * self.zoom), self.theme.ink2)

    @cached_property
    def byline(self) -> QTextCharFormat:
        """The line under the title."""
        return self.text(sans(14 * self.zoom), self.theme.ink3)

    @cached_property
    def kicker(self) -> QTextCharFormat:
        """The line above the title."""
        made = self.text(sans(12 * self.zoom, 600), self.theme.accent)
        made.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        made.setFontLetterSpacing(0.5)
        return made

    @cached_property
    def reference(self) -> QTextCharFormat:
        """An entry of the reference list."""
        return self.text(self.style.font(BODY_PX * 0.89 * self.zoom), self.theme.ink)

    @cached_property
    def cell(self) -> QTextCharFormat:
        """A table's cell."""
        return self.text(self.style.font(BODY_PX * 0.84 * self.zoom), self.theme.ink)

    @cached_property
    def cell_header(self) -> QTextCharFormat:
        """A table's header cell."""
        return self.text(sans(BODY_PX * 0.72 * self.zoom, 600), self.theme.ink2)

    def heading(self, level: int) -> QTextCharFormat:
        """A heading of a section of that level; 0 is the title."""
        scale, weight = {0: (1.94, 600), 1: (1.39, 600), 2: (1.14, 600)}.get(level, (1.0, 600))
        return self.text(self.style.font(BODY_PX * scale * self.zoom, weight), self.theme.ink)

    def block(
        self,
        size: float = BODY_PX,
        leading: float | None = None,
        above: float = 0,
        below: float = 13,
        indent: float = 0,
        hanging: float = 0,
        justified: bool = False,
    ) -> QTextBlockFormat:
        """A paragraph of text `size` px high, with a fixed line height.

        A `justified` one is so when the user wants it.
        """
        made = QTextBlockFormat()
        made.setLineHeight(self.px(size * (leading or self.style.leading)), _FIXED)
        made.setTopMargin(self.px(above) if above else 0)
        made.setBottomMargin(self.px(below) if below else 0)
        made.setLeftMargin(self.px(indent) if indent else 0)
        if justified and self.style.justified:
            made.setAlignment(Qt.AlignmentFlag.AlignJustify)
        if hanging:
            made.setTextIndent(-self.px(hanging))
            # Tabs count from where the first line begins.
            stop = QTextOption.Tab(self.px(hanging), QTextOption.TabType.LeftTab)
            made.setTabPositions([stop])
        return made

    def heading_block(self, level: int) -> QTextBlockFormat:
        """The paragraph of a heading; 0 is the title."""
        if level == 0:
            return self.block(BODY_PX * 1.94, 1.17, 0, 10)
        if level == 1:
            return self.block(BODY_PX * 1.39, 1.25, 38, 10)
        return self.block(BODY_PX * (1.14 if level == 2 else 1.0), 1.35, 26, 6)

    @cached_property
    def root(self) -> QTextFrameFormat:
        """The page's margins."""
        made = QTextFrameFormat()
        made.setLeftMargin(GUTTER_PX)
        made.setRightMargin(GUTTER_PX)
        made.setTopMargin(44)
        made.setBottomMargin(120)
        return made

    @property
    def cell_gap_px(self) -> int:
        """The space behind a cell."""
        return self.px(12)


def mirrored(made: QTextBlockFormat) -> QTextBlockFormat:
    """The format of a paragraph for text that runs from right to left."""
    turned = QTextBlockFormat(made)
    turned.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    # Qt turns the indent of the first line round, but no margins.
    turned.setLeftMargin(made.rightMargin())
    turned.setRightMargin(made.leftMargin())
    stops = made.tabPositions()
    for stop in stops:
        # Qt takes left for right in such a paragraph, and right for left.
        stop.type = QTextOption.TabType.RightTab
    if stops:
        turned.setTabPositions(stops)
    return turned
