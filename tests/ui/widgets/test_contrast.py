"""What bounds, marks and names the controls is seen: measured on what is painted."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.importers.builder.document_builder import DocumentBuilder
from reader.session.session import Session
from reader.ui.article.article_view import ArticleView
from reader.ui.shell.header import SearchField
from reader.ui.shell.theme_manager import dress
from reader.ui.widgets import theme as themes
from reader.ui.widgets.theme import THEMES, Theme
from tests.ui.samples import an_article, mark

# Machado, Oliveira and Fernandes 2009, severity 1.
_BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),  # noqa: E501
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),  # noqa: E501
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),  # noqa: E501
}  # fmt: skip
Linear = tuple[float, ...]


def linear(colour: str) -> Linear:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def contrast(a: str, b: str) -> float:
    """Source: WCAG 2.2."""
    lights = [
        0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (linear(a), linear(b))
    ]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def lab(light: Linear) -> Linear:
    red, green, blue = light
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen_by(colour: str, eyes: str) -> Linear:
    light = linear(colour)
    return tuple(
        min(max(sum(m * part for m, part in zip(row, light, strict=True)), 0.0), 1.0)
        for row in _BLIND[eyes]
    )


@pytest.fixture(params=list(THEMES))
def theme(request: pytest.FixtureRequest, dressed: None) -> Iterator[Theme]:
    theme = THEMES[request.param]
    dress(theme)
    yield theme
    dress(themes.LIGHT)


def shown(qtbot: QtBot, widget: QWidget, name: str = "") -> QImage:
    """A widget as it is painted among others, without the keyboard."""
    around = QWidget()
    around.setObjectName(name)
    around.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = QVBoxLayout(around)
    first = QPushButton("has the keyboard")
    column.addWidget(first)
    column.addWidget(widget)
    qtbot.addWidget(around)
    around.resize(300, 260)
    around.show()
    first.setFocus()
    return around.grab(QRect(widget.pos(), widget.size()).adjusted(-4, -4, 4, 4)).toImage()


def strongest(picture: QImage, ground: str, area: QRect | None = None) -> float:
    """The contrast of what stands out most from a ground."""
    inside = area or picture.rect()
    found = {
        picture.pixelColor(x, y).name()
        for x in range(inside.left(), inside.right() + 1)
        for y in range(inside.top(), inside.bottom() + 1)
    }
    return max(contrast(colour, ground) for colour in found)


@pytest.mark.parametrize("kind", [QPushButton, QLineEdit, QPlainTextEdit, QComboBox, QSpinBox])
@pytest.mark.parametrize("ground", ["chrome", "paper"])
def test_what_can_be_pressed_or_written_in_has_a_border(
    qtbot: QtBot, theme: Theme, kind: type[QWidget], ground: str
) -> None:
    widget = kind()
    picture = shown(qtbot, widget, ground)
    middle = QRect(0, picture.height() // 2, 8, 1)
    assert strongest(picture, getattr(theme, ground), middle) >= 3


def test_placeholders_can_be_read(qtbot: QtBot, theme: Theme, session: Session) -> None:
    fields: tuple[QLineEdit | QPlainTextEdit, ...] = (
        QLineEdit(), QPlainTextEdit(), SearchField(session, theme)
    )  # fmt: skip
    for field in fields:
        field.setPlaceholderText("\N{FULL BLOCK}" * 12)
        picture = shown(qtbot, field, "chrome")
        inside = QRect(40, 14, 60, 12)
        assert strongest(picture, theme.raised, inside) >= 4.5, type(field)


def test_the_handle_of_a_scroll_bar_is_seen(qtbot: QtBot, theme: Theme) -> None:
    bar = QScrollBar(Qt.Orientation.Vertical)
    bar.setRange(0, 100)
    bar.setPageStep(50)
    assert strongest(shown(qtbot, bar, "chrome"), theme.chrome) >= 3


def test_the_chosen_row_of_a_list_and_of_a_menu_is_seen(qtbot: QtBot, theme: Theme) -> None:
    listed = QListWidget()
    listed.addItems(["", "", ""])
    listed.setCurrentRow(1)
    assert strongest(shown(qtbot, listed, "chrome"), theme.chrome) >= 3
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addAction(" ")
    menu.addAction(" ")
    menu.popup(menu.pos())
    menu.setActiveAction(menu.actions()[1])
    row = menu.actionGeometry(menu.actions()[1]).adjusted(1, 2, -1, -2)
    assert strongest(menu.grab().toImage(), theme.raised, row) >= 3


def test_marks_on_the_page_have_an_edge_that_is_seen(
    qtbot: QtBot, session: Session, theme: Theme
) -> None:
    page = ArticleView(session, theme)
    qtbot.addWidget(page)
    page.resize(810, 500)
    page.show()
    page.show_document(session.current.document)
    for colour, words in (("yellow", "old anaesthetic"), ("violet", "Small doses")):
        made = mark(session, words, colour)
        session.annotations.choose(made)
        area = page.rectangle_of(session.annotations.spans[made])
        picture = page.grab().toImage()
        edge = QRect(area.left() + 4, area.top() - 2, 10, 7)
        assert strongest(picture, theme.paper, edge) >= 3


@pytest.mark.parametrize("name", list(THEMES))
def test_no_two_colours_look_alike_to_colour_blind_eyes(name: str) -> None:
    theme = THEMES[name]
    for colours in (theme.fills, theme.edges):
        for a, b in combinations(colours.values(), 2):
            for eyes in _BLIND:
                assert math.dist(lab(seen_by(a, eyes)), lab(seen_by(b, eyes))) > 9, (a, b, eyes)
    for colour, edge in theme.edges.items():
        assert contrast(edge, theme.paper) >= 3
        assert contrast(edge, theme.fills[colour]) >= 3
    for ground in (theme.paper, theme.chrome, theme.raised):
        assert contrast(theme.edge, ground) >= 3
    assert contrast(theme.ink3, theme.accent_soft) >= 4.5
    assert contrast(theme.hit_edge, theme.paper) >= 3


def test_links_are_underlined(qtbot: QtBot, session: Session) -> None:
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("See ")
    with writer.mark("link", "https://example.org"):
        writer.add("there")
    writer.add(" and here.")
    name = hashlib.sha256(b"link").hexdigest()
    document = writer.build(id=name, title="A link", source="link.txt")
    session.workspace.library.add(document, b"link", {})
    page = ArticleView(session, themes.LIGHT)
    qtbot.addWidget(page)
    session.navigation.open(document.id)
    found: QTextCursor = page.document().find("there")
    assert found.charFormat().fontUnderline()
    assert not page.document().find("here.").charFormat().fontUnderline()
    session.navigation.open(an_article().id)
