"""A figure opens large, is zoomed, and is closed again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from reader.model.document import Figure
from reader.session.session import Session
from reader.ui.article.figure_dialog import STEP, FigureDialog
from reader.ui.shell import handlers as doing
from reader.ui.shell.main_window import MainWindow
from reader.ui.widgets.theme import DARK, LIGHT

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="5"><rect fill="#ff0000" width="10" height="5"/></svg>'  # noqa: E501

WHITE_SVG = SVG.replace(b"#ff0000", b"#ffffff")


def turn_wheel(view: QWidget, by: int) -> None:
    point, none = QPointF(200, 200), QPoint()
    keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(
        point, point, none, QPoint(0, by), Qt.MouseButton.NoButton, keys, phase, False
    )
    QApplication.sendEvent(view, event)


def test_a_figure_fits_and_is_zoomed_and_closed(qtbot: QtBot) -> None:
    figure = Figure("f1", "f.svg", alternative="A red bar", width_px=10, height_px=5)
    dialog = FigureDialog(figure, SVG, None)
    qtbot.addWidget(dialog)
    dialog.show()
    whole = dialog.view.transform().m11()
    assert whole > 0.5
    turn_wheel(dialog.view.viewport(), 120)
    assert dialog.view.transform().m11() == pytest.approx(whole * STEP)
    turn_wheel(dialog.view.viewport(), -120)
    qtbot.keyClick(dialog, "+")
    assert dialog.view.transform().m11() == pytest.approx(whole * STEP)
    dialog.resize(500, 400)
    assert dialog.view.transform().m11() == pytest.approx(whole * STEP)
    qtbot.keyClick(dialog, "0")
    assert dialog.view.transform().m11() < whole
    qtbot.keyClick(dialog, "-")
    assert dialog.windowTitle() == "A red bar"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_figure_being_read_is_enlarged(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    shown: list[str] = []
    told: list[str] = []
    session.notifier.message.connect(told.append)
    monkeypatch.setattr(FigureDialog, "exec", lambda dialog: shown.append(dialog.windowTitle()))
    doing.enlarge_figure(window)
    assert told == ["There is no figure in this document."]
    assert session.current.document is not None
    figures = (Figure("f1", "a.svg", label="Figure 1"), Figure("f2", "b.svg", label="Figure 2"))
    session.current.document = replace(session.current.document, figures=figures)
    monkeypatch.setattr(session.workspace.library, "asset", lambda *_: SVG)
    doing.enlarge_figure(window)
    doing.enlarge_figure(window, "b.svg")
    assert shown == ["Figure 1", "Figure 2"]
    session.current.document = None
    doing.enlarge_figure(window)
    assert len(shown) == 2


def test_figures_are_darkened_when_this_user_wants_them_so(qtbot: QtBot, session: Session) -> None:
    window = MainWindow(session, LIGHT)
    qtbot.addWidget(window)
    told: list[str] = []
    session.notifier.message.connect(told.append)
    window.document_stack.page.show_document(session.current.document)
    doing.darken_figures(window)
    assert told == ["In the dark theme, figures will be darkened."]
    assert window.document_stack.page.text_layout.typeset is not None
    assert window.document_stack.page.text_layout.typeset.formats.figure_paper == ""
    window.themes.choose("dark")
    assert window.document_stack.page.text_layout.typeset.formats.figure_paper == DARK.paper
    doing.darken_figures(window)
    assert window.document_stack.page.text_layout.typeset.formats.figure_paper == ""
    figure = Figure("f1", "f.svg", width_px=10, height_px=5)
    for paper, ground in (("", "#ffffff"), (DARK.paper, DARK.paper.lower())):
        dialog = FigureDialog(figure, WHITE_SVG, None, paper)
        qtbot.addWidget(dialog)
        (view,) = dialog.findChildren(QGraphicsView)
        picture = view.scene().items()[0].pixmap().toImage()  # type: ignore[attr-defined]
        assert picture.pixelColor(5, 5).name() == ground
