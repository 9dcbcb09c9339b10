"""The panel behind "Aa": how the text is set, each choice live and the present one ringed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reader.session.session import Session
from reader.settings import (
    COLUMN_WIDTH,
    INTERFACE_TEXT,
    JUSTIFY,
    LINE_SPACING,
    PAGE_TURNING,
    THEME,
    TYPEFACE,
    ZOOM,
    Setting,
)
from reader.ui.article.choices import Choice, Lines, Swatch
from reader.ui.typeset.reading_style import ReadingStyle
from reader.ui.widgets.theme import THEMES, Theme

WIDTH_PX = 300
_BORDER_PX = 2
_PRESETS: Mapping[str, Mapping[Setting[Any], object]] = {
    "Comfortable": {ZOOM: 1.0, COLUMN_WIDTH: "normal", LINE_SPACING: "normal"},
    "Compact": {ZOOM: 0.9, COLUMN_WIDTH: "wide", LINE_SPACING: "tight"},
    "Large print": {ZOOM: 1.6, COLUMN_WIDTH: "wide", LINE_SPACING: "loose"},
}
_TYPEFACES = {
    "serif": "Serif",
    "sans": "Sans",
    "dyslexic": "For dyslexia",
    "system": "Of the system",
}
_WIDTHS = {"narrow": "Narrow column", "normal": "Usual column", "wide": "Wide column"}
_SPACINGS = {"tight": "Close lines", "normal": "Usual lines", "loose": "Open lines"}
_TURNING = {"scroll": "Scroll", "one": "One page", "two": "Two pages"}
_THEMES = {"light": "Light", "sepia": "Sepia", "dark": "Dark", "system": "As the system"}
# How much of a drawing's width the lines take, and how far apart they are.
_COLUMN_SHARES = {"narrow": 0.36, "normal": 0.56, "wide": 0.84}
_LINE_GAPS_PX = {"tight": 4, "normal": 6, "loose": 8}


def _small(theme: Theme) -> QFont:
    return theme.sans(12)


def _in_typeface(style: ReadingStyle, theme: Theme) -> QFont:
    return style.font(theme.px(15))


class ReadingPanel(QFrame):
    """A card under the button; it closes with Esc and with a click elsewhere."""

    zoom_wanted = Signal(int)  # steps up or down; 0 for the own size
    interface_text_wanted = Signal(int)  # the same, for the window's own text
    closed = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._session = session
        self._groups: dict[str, QButtonGroup] = {}
        self._labels: list[QLabel] = []
        self._under: QWidget | None = None  # the button that it was opened with
        self.setObjectName("reading-panel")
        self.setAccessibleName("Reading settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._inner = QWidget()
        self._inner.setObjectName("reading-choices")
        self._rows = QVBoxLayout(self._inner)
        self._rows.setContentsMargins(16, 12, 16, 16)
        self._rows.setSpacing(6)
        self._fill(theme)
        scroll = self._scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*(4 * [_BORDER_PX]))
        whole.addWidget(scroll)
        session.settings.changed.connect(self._take_setting)
        self.set_theme(theme)
        self._show_present()

    def _fill(self, theme: Theme) -> None:
        presets = [Choice(name, name, theme, _small) for name in _PRESETS]
        self._add("Presets", "preset", presets, self._choose_preset)
        self._add_size()
        faces = []
        for name, said in _TYPEFACES.items():
            style = ReadingStyle(typeface=name)  # type: ignore[arg-type]
            faces.append(Choice(name, said, theme, partial(_in_typeface, style)))
        self._add("Typeface", "typeface", faces, self._choose, columns=2)
        columns = [
            Choice(name, said, theme, draw=Lines(_COLUMN_SHARES[name], 6))
            for name, said in _WIDTHS.items()
        ]
        self._add("Column", "column_width", columns, self._choose)
        spaced = [
            Choice(name, said, theme, draw=Lines(0.56, _LINE_GAPS_PX[name]))
            for name, said in _SPACINGS.items()
        ]
        self._add("Spacing", "line_spacing", spaced, self._choose)
        self.justify = QCheckBox("Justify, dividing words")
        self.justify.setObjectName("justify")
        self.justify.setToolTip("Even edges on both sides; words are divided by their language")
        self.justify.clicked.connect(self._justify)
        self._rows.addSpacing(4)
        self._rows.addWidget(self.justify)
        turning = [Choice(name, said, theme, _small) for name, said in _TURNING.items()]
        self._add("Pages", "page_turning", turning, self._choose)
        papers = [
            Choice(name, said, theme, draw=Swatch(THEMES.get(name)))
            for name, said in _THEMES.items()
        ]
        self._add("Theme", "theme", papers, self._choose)
        self._add_interface_size()

    def _add(
        self,
        title: str,
        name: str,
        choices: Sequence[Choice],
        take: Callable[[QAbstractButton], None],
        columns: int = 0,
    ) -> None:
        label = QLabel(title)
        self._labels.append(label)
        self._rows.addSpacing(4)
        self._rows.addWidget(label)
        grid = QGridLayout()
        grid.setSpacing(6)
        group = QButtonGroup(self)
        group.setObjectName(name)
        for i, choice in enumerate(choices):
            choice.setObjectName(f"{name}-{choice.value}")
            group.addButton(choice)
            grid.addWidget(choice, *divmod(i, columns or len(choices)))
        group.buttonClicked.connect(take)
        self._groups[name] = group
        self._rows.addLayout(grid)

    def _add_size(self) -> None:
        self.smaller, self.size_button, self.larger = self._add_steps(
            "Size",
            ("smaller", "Smaller text", self._make_smaller),
            ("own-size", "Text at its own size", self._make_normal),
            ("larger", "Larger text", self._make_larger),
        )

    def _add_interface_size(self) -> None:
        _, self.interface_button, _ = self._add_steps(
            "Interface text",
            ("interface-smaller", "Smaller interface text", self._make_interface_smaller),
            ("interface-own-size", "Interface text at its own size", self._make_interface_normal),
            ("interface-larger", "Larger interface text", self._make_interface_larger),
        )

    def _add_steps(
        self, title: str, *steps: tuple[str, str, Callable[[], None]]
    ) -> list[QPushButton]:
        label = QLabel(title)
        self._labels.append(label)
        row = QHBoxLayout()
        row.setSpacing(6)
        buttons = [QPushButton(sign) for sign in ("−", "", "+")]
        for button, (name, tip, slot) in zip(buttons, steps, strict=True):
            button.setObjectName(name)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(slot)
            row.addWidget(button, 2 if button is buttons[1] else 1)
        self._rows.addSpacing(4)
        self._rows.addWidget(label)
        self._rows.addLayout(row)
        return buttons

    def set_theme(self, theme: Theme) -> None:
        """Draw itself in the colours of `theme` from now on."""
        self.setStyleSheet(
            f"#reading-panel {{ background: {theme.raised}; border: 1px solid {theme.line};"
            " padding: 0; }"
            f"#reading-choices, QScrollArea {{ background: {theme.raised}; }}"
        )
        for label in self._labels:
            label.setFont(theme.sans(11, 600))
            label.setStyleSheet(
                f"color: {theme.ink2}; font-size: {theme.px(11)}px; font-weight: 600;"
            )
        for group in self._groups.values():
            for choice in group.buttons():
                assert isinstance(choice, Choice)
                choice.set_theme(theme)
        self._width_px = round(theme.px(WIDTH_PX))
        if self._under is not None:
            self.show_below(self._under)

    def show_below(self, button: QWidget) -> None:
        """Open under a button, inside its window, as high as there is room for."""
        self._under = button
        window = button.window()
        corner = button.mapTo(window, button.rect().bottomRight())
        room = window.height() - corner.y() - 12
        self.ensurePolished()
        self._rows.activate()
        wanted = self._inner.sizeHint().height() + 2 * _BORDER_PX
        height = min(wanted, max(120, room))
        width = min(self._width_px, window.width() - 40) + (14 if height < wanted else 0)
        left = max(0, min(corner.x() - width, window.width() - width - 8))
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = max(0, min(corner.x() - button.width(), window.width() - width - 8))
        on = Qt.ScrollBarPolicy.ScrollBarAsNeeded
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self._scroll.setVerticalScrollBarPolicy(on if height < wanted else off)
        self.resize(width, height)
        self.move(window.mapToGlobal(QPoint(left, corner.y() + 4)))
        self.show()
        checked = self._groups["typeface"].checkedButton()
        if checked is not None:
            checked.setFocus(Qt.FocusReason.PopupFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    # What is chosen

    def _choose(self, button: QAbstractButton) -> None:
        assert isinstance(button, Choice)
        settings, group = self._session.settings, button.group().objectName()
        if group == TYPEFACE.name:
            settings.set(TYPEFACE, button.value)
        elif group == COLUMN_WIDTH.name:
            settings.set(COLUMN_WIDTH, button.value)
        elif group == LINE_SPACING.name:
            settings.set(LINE_SPACING, button.value)
        elif group == PAGE_TURNING.name:
            settings.set(PAGE_TURNING, button.value)
        else:
            settings.set(THEME, button.value)

    def _choose_preset(self, button: QAbstractButton) -> None:
        assert isinstance(button, Choice)
        for setting, value in _PRESETS[button.value].items():
            if self._session.settings.get(setting) != value:
                self._session.settings.set(setting, value)
        self._show_present()

    def _justify(self) -> None:
        self._session.settings.set(JUSTIFY, self.justify.isChecked())

    def _make_smaller(self) -> None:
        self.zoom_wanted.emit(-1)

    def _make_normal(self) -> None:
        self.zoom_wanted.emit(0)

    def _make_larger(self) -> None:
        self.zoom_wanted.emit(1)

    def _make_interface_smaller(self) -> None:
        self.interface_text_wanted.emit(-1)

    def _make_interface_normal(self) -> None:
        self.interface_text_wanted.emit(0)

    def _make_interface_larger(self) -> None:
        self.interface_text_wanted.emit(1)

    # What is so

    def _take_setting(self, _setting: Setting[Any]) -> None:
        self._show_present()

    def _show_present(self) -> None:
        get = self._session.settings.get
        self.size_button.setText(f"{round(100 * float(get(ZOOM)))} %")
        self.interface_button.setText(f"{round(100 * get(INTERFACE_TEXT))} %")
        self.justify.setChecked(get(JUSTIFY))
        present = {
            "typeface": get(TYPEFACE),
            "column_width": get(COLUMN_WIDTH),
            "line_spacing": get(LINE_SPACING),
            "page_turning": get(PAGE_TURNING),
            "theme": get(THEME),
            "preset": next(
                (
                    name
                    for name, wanted in _PRESETS.items()
                    if all(get(setting) == value for setting, value in wanted.items())
                ),
                "",
            ),
        }
        for name, group in self._groups.items():
            # An exclusive group would not let go of the last one.
            group.setExclusive(False)
            for choice in group.buttons():
                assert isinstance(choice, Choice)
                choice.setChecked(choice.value == present[name])
            group.setExclusive(True)
