"""Every theme can be read: contrast is computed, not believed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
)
from pytestqt.qtbot import QtBot

from reader.paths import resources
from reader.ui.widgets import theme as themes
from reader.ui.widgets.theme import THEMES, Theme


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_text_has_contrast_on_every_ground(theme: Theme) -> None:
    for ground in (theme.paper, theme.chrome, theme.raised, theme.pressed):
        for ink in (theme.ink, theme.ink2, theme.ink3):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    for ground in (theme.paper, theme.chrome, theme.raised, theme.accent_soft):
        assert contrast(theme.accent, ground) >= 4.5, ground
    for ground in (*theme.fills.values(), theme.selection, theme.hit, theme.current):
        assert contrast(theme.ink, ground) >= 4.5, ground


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_style_sheet_has_no_colour_left_to_fill_in(theme: Theme) -> None:
    sheet = themes.style_sheet(theme)
    for name in Theme.__slots__:
        assert f"@{name};" not in sheet
        assert f"@{name} " not in sheet
    assert "@" not in sheet
    named = re.findall(r'url\("(.+?)"\)', sheet)
    assert len(named) == 2
    for path in named:
        assert Path(path).is_file()
        assert ("-dark" in path) == theme.dark


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_focus_is_seen_on_buttons_boxes_and_rows(
    dressed: None, qtbot: QtBot, qapp: QApplication, theme: Theme
) -> None:
    qapp.setStyleSheet(themes.style_sheet(theme))
    dialog = QDialog()
    qtbot.addWidget(dialog)
    button, box, rows = QPushButton("Do it", dialog), QCheckBox("Also this", dialog), QListWidget()
    other = QLineEdit(dialog)
    column = QVBoxLayout(dialog)
    rows.addItems(["one", "two"])
    rows.setCurrentRow(0)
    for widget in (other, button, box, rows):
        column.addWidget(widget)
    button.setDefault(True)
    dialog.show()
    dialog.activateWindow()
    for widget in (button, box, rows):
        other.setFocus()
        qtbot.waitUntil(other.hasFocus)
        without = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(widget.hasFocus)
        assert widget.grab().toImage() != without, type(widget)
    button.setEnabled(False)
    ground = button.grab().toImage().pixelColor(8, button.height() // 2).name()
    assert contrast(theme.ink3, ground) >= 4.5
    qapp.setStyleSheet(themes.style_sheet(themes.LIGHT))


def test_our_fonts_are_used_in_all_their_weights(dressed: None) -> None:
    for font in (themes.sans(13), themes.sans(13, 600), themes.serif(18), themes.serif(18, 600)):
        info = QFontInfo(font)
        assert info.family().startswith("Offprint")
        assert info.weight() == font.weight()
    assert QFontInfo(themes.serif(18, italic=True)).italic()


def test_icons_are_drawn_in_the_colour_that_is_asked_for(dressed: None) -> None:
    image = themes.pixmap("search", "#FF0000", 20, 2.0).toImage()
    assert image.width() == 40
    colours = {
        image.pixelColor(x, y).name()
        for x in range(40)
        for y in range(40)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {QColor("#FF0000").name()}
    assert not themes.icon("search", "#000000").isNull()


def test_every_icon_follows_the_theme() -> None:
    for path in (resources() / "icons").glob("*.svg"):
        if path.stem != "offprint":
            assert "currentColor" in path.read_text(encoding="utf-8"), path


def test_a_style_sheet_is_sound_wherever_the_program_lies(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Qt warning fails the test: a path with spaces must not end the sheet."""
    lies = tmp_path / "a clinic é (2)"
    shutil.copytree(resources(), lies)
    monkeypatch.setattr(themes, "resources", lambda: lies)
    before = qapp.styleSheet()
    qapp.setStyleSheet(themes.style_sheet(themes.LIGHT))
    QComboBox().ensurePolished()
    qapp.setStyleSheet(before)
