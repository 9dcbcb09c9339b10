"""What is pasted into a note keeps its look as Markdown, and nothing is fetched for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from reader.session.session import Session
from reader.ui.notes.note_editor import NoteEditor
from reader.ui.notes.pasted_markdown import markdown_of
from reader.ui.widgets import theme as themes
from tests.ui.drivers.found import called
from tests.ui.samples import mark


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>The <b>dose</b> is <i>once </i>a day.</p>", "The **dose** is *once* a day."),
        ("one<br>two<p>three</p>four", "one\ntwo\n\nthree\n\nfour"),
        ("<ul><li>a</li><li>b<ol><li>c<li>d</ol></li></ul>e", "- a\n- b\n  1. c\n  2. d\n\ne"),
        ("<h2>Head</h2><blockquote><p>quoted</p></blockquote>", "## Head\n\n> quoted"),
        ("<blockquote>a<br>b</blockquote>", "> a\n> b"),
        ("<pre>a  b\nc</pre>", "```\na  b\nc\n```"),
        ("5*3 `x` a_b _c_ 1 &lt; 2", "5\\*3 \\`x\\` a_b \\_c\\_ 1 < 2"),
        ("<code>a*b</code><b></b>", "`a*b`"),
        ("<style>p{}</style><script>x()</script><svg><text>t</text></svg>word", "word"),
        ('<img src="https://x.example/y.png">', ""),
        ('<a href="https://x.example">a link</a>', "a link"),
        (
            "<table><caption>Doses</caption><tr><th>Drug</th><th>mg | day</th></tr>\n"
            "<tr><td><p>Keta<b>mine</b></p><p>iv</p></td></tr></table>after",
            "Doses\n\n| Drug | mg \\| day |\n| --- | --- |\n| Keta**mine** iv |  |\n\nafter",
        ),
        ("<table></table><li>alone", "- alone"),
    ],
)
def test_html_becomes_markdown(html: str, text: str) -> None:
    assert markdown_of(html) == text


@pytest.fixture
def field(qtbot: QtBot, session: Session) -> Iterator[QPlainTextEdit]:
    annotation = session.annotations.get(mark(session, "new use"))
    assert annotation is not None
    around = QWidget()
    qtbot.addWidget(around)
    editor = NoteEditor(session, annotation, themes.LIGHT, around)
    yield called(editor, QPlainTextEdit, "Note")
    editor.deleteLater()


def test_pasting_a_table_of_a_web_page_keeps_its_cells(qtbot: QtBot, field: QPlainTextEdit) -> None:
    copied = QMimeData()
    copied.setHtml("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>")
    copied.setText("a\tb\nc\td")
    QGuiApplication.clipboard().setMimeData(copied)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "| a | b |\n| --- | --- |\n| c | d |"


def test_pasting_plain_text_and_pictures(qtbot: QtBot, field: QPlainTextEdit) -> None:
    QGuiApplication.clipboard().setText("a *b* |")
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    copied = QMimeData()
    copied.setHtml('<img src="https://x.example/y.png">')
    copied.setText("!")
    QGuiApplication.clipboard().setMimeData(copied)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.toPlainText() == "a *b* |!"
