"""Where a person says by a template what exported notes look like, and sees it at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.exporters.template import FIELDS, STANDARD
from reader.model.annotation import Annotation
from reader.problem import Problem
from reader.session.session import Session
from reader.session.timers import single_shot
from reader.settings import template_of
from reader.ui.widgets.controls import resize_with_text
from reader.ui.widgets.theme import Theme

WAIT_MS = 150
PREVIEW_CHARACTERS = 20_000
PREVIEW_PAGES = 2


class Preview(QTextEdit):
    """A web page or a text; it loads nothing that a page names."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setAccessibleName("Preview")

    def show_content(self, content: str, is_page: bool) -> None:
        """Shows a page as a browser does, whatever the theme of our window; or a text."""
        self.setStyleSheet("background: white; color: black;" if is_page else "")
        if is_page:
            self.setHtml(content)
        else:
            self.setPlainText(content[:PREVIEW_CHARACTERS])

    def show_made(self, made: str | bytes) -> None:
        """Shows a page, or the first pages of a PDF as they are printed."""
        if isinstance(made, str):
            self.show_content(made, is_page=True)
            return
        # Not for a start, nor for a text.
        import pypdfium2

        self.setStyleSheet("background: #8A8F98;")
        self.clear()
        with pypdfium2.PdfDocument(made) as document:
            for number in range(min(len(document), PREVIEW_PAGES)):
                page = document[number]
                scale = max(300, self.viewport().width() - 24) / page.get_width()
                drawn = page.render(scale=scale, rev_byteorder=True)
                pixels, width, height = bytes(drawn.buffer), drawn.width, drawn.height
                shape = QImage.Format.Format_RGB888
                image = QImage(pixels, width, height, drawn.stride, shape).copy()
                if number:
                    self.textCursor().insertBlock()
                self.textCursor().insertImage(image)

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Gives nothing for any picture or style sheet."""
        return None


class TemplateDialog(QDialog):
    """The template on the left, real notes by it on the right."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        format_name: str,
        notes: Sequence[Annotation],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._format_name = format_name
        self._notes = notes
        page = "the Web Page" if format_name == "html" else "Markdown"
        self.setWindowTitle(f"Template for {page}")
        resize_with_text(self, 1040, 620)
        self._timer = single_shot(self, WAIT_MS)
        self._timer.timeout.connect(self._show)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        self.text = QPlainTextEdit(self)
        self.text.setStyleSheet(f'font-family: "{fixed.family()}", monospace;')
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName("Template")
        self.text.setPlainText(own_template(session, format_name) or STANDARD[format_name])
        self.text.textChanged.connect(self._timer.start)
        self.preview = Preview(self)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        names = QLabel(_fields(), self)
        names.setWordWrap(True)
        names.setStyleSheet(f"color: {theme.ink2};")
        sides = QHBoxLayout()
        sides.setSpacing(12)
        sides.addWidget(self.text)
        sides.addWidget(self.preview)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        role = QDialogButtonBox.ButtonRole
        self.standard = buttons.addButton("Standard Template", role.ResetRole)
        self.save = buttons.addButton("Save", role.AcceptRole)
        self.standard.clicked.connect(self._reset)
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(sides, 1)
        column.addWidget(self.said)
        column.addWidget(names)
        column.addWidget(buttons)
        self._show()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)

    def _show(self) -> None:
        self._timer.stop()
        template = self.text.toPlainText()
        try:
            made = self._session.note_transfer.exported(self._notes, self._format_name, template)
        except Problem as problem:
            self.said.setText(problem.sentence)
            self.save.setEnabled(False)
            return
        self.said.setText("")
        self.save.setEnabled(bool(template.strip()))
        self.preview.show_content(made, self._format_name == "html")

    def _reset(self) -> None:
        self.text.setPlainText(STANDARD[self._format_name])

    def _keep(self) -> None:
        # What was typed last may not have been looked at yet.
        self._show()
        if self.save.isEnabled():
            text = self.text.toPlainText()
            kept = "" if text == STANDARD[self._format_name] else text
            self._session.settings.set(template_of(self._format_name), kept)
            self.accept()


def own_template(session: Session, format_name: str) -> str:
    """The template that this user keeps for a format; "" for none."""
    return session.settings.get(template_of(format_name))


def _fields() -> str:
    lists = (
        f"in {{{{#{around}}}}}: {', '.join(names)}" if around else ", ".join(names)
        for around, names in FIELDS.items()
    )
    return "There is: " + "; ".join(lists) + "."
