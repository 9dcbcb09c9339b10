"""Printing the open article with its notes: what is chosen, a preview, a PDF or a printer."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import (
    QCloseEvent,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from reader.model.export.export_set import citation
from reader.problem import Problem
from reader.services.output_files import write_whole
from reader.session.session import Session
from reader.session.timers import repeating
from reader.settings import EXPORT_FOLDER, PRINT
from reader.ui.printing.article_print import Layout, Paper, Where
from reader.ui.printing.margin_notes import PaperNote
from reader.ui.printing.preview import DOTS_AN_INCH, PREVIEW_PX, PaperPreview
from reader.ui.widgets.patient_warning import ask_of_patients
from reader.ui.widgets.theme import Theme

SIZES = {
    "A4": QPageSize.PageSizeId.A4,
    "Letter": QPageSize.PageSizeId.Letter,
    "A5": QPageSize.PageSizeId.A5,
}
WHERE: dict[str, Where] = {
    "In the margin": "margin",
    "After the article": "end",
    "Not at all": "none",
}
MARGIN_MM = 18.0
# What is done in one go before the window is asked again.
SLICE_SECONDS = 0.02


class PrintDialog(QDialog):
    """Lays the article out piece by piece, so that the window never waits for it."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._paper: Paper | None = None
        self._work: Iterator[None] = iter(())
        self.setWindowTitle("Print")
        kept = session.settings.get(PRINT)
        self.size_ = self._choice("Paper", list(SIZES), kept.get("size", "A4"))
        self.where = self._choice("Notes", list(WHERE), kept.get("where", "In the margin"))
        self.highlights = self._switch("Highlights", kept.get("highlights", True))
        self.grey = self._switch("For a printer without colours", kept.get("grey", False))
        self._timer = repeating(self, 0)
        self._timer.timeout.connect(self._go_on)
        self._build()
        self._lay_out()

    def _choice(self, name: str, values: list[str], value: str) -> QComboBox:
        box = QComboBox(self)
        box.addItems(values)
        box.setCurrentText(value)
        box.setAccessibleName(name)
        box.currentTextChanged.connect(self._lay_out)
        return box

    def _switch(self, name: str, value: bool) -> QCheckBox:
        box = QCheckBox(name, self)
        box.setChecked(value)
        box.toggled.connect(self._lay_out)
        return box

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow("Paper", self.size_)
        form.addRow("Notes", self.where)
        form.addRow("", self.highlights)
        form.addRow("", self.grey)
        self._said = QLabel(self)
        self._said.setObjectName("status")
        self._said.setWordWrap(True)
        self._said.setStyleSheet(f"color: {self._theme.ink2};")
        self._progress = QProgressBar(self)
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName("Progress")
        self._progress.hide()
        left = QVBoxLayout()
        left.addLayout(form)
        left.addSpacing(12)
        left.addWidget(self._said)
        left.addStretch(1)
        left.addWidget(self._progress)

        self.preview = PaperPreview(self._theme, self)

        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.save = buttons.addButton("Save as PDF…", role)
        self.print_ = buttons.addButton("Print…", role)
        self.save.clicked.connect(partial(self._ask, "Save", self._save))
        self.print_.clicked.connect(partial(self._ask, "Print", self._print))
        buttons.rejected.connect(self.reject)
        columns = QHBoxLayout()
        columns.addLayout(left, 1)
        columns.addSpacing(16)
        columns.addWidget(self.preview)
        whole = QVBoxLayout(self)
        whole.addLayout(columns)
        whole.addWidget(buttons)
        self.setMinimumWidth(PREVIEW_PX + 330)

    # Laying out

    @property
    def _page_layout(self) -> QPageLayout:
        margin = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
        size = QPageSize(SIZES[self.size_.currentText()])
        return QPageLayout(
            size, QPageLayout.Orientation.Portrait, margin, QPageLayout.Unit.Millimeter
        )

    def _room(self) -> QSizeF:
        """The room for print in pixels of 1/96 inch."""
        return QSizeF(self._page_layout.paintRectPixels(DOTS_AN_INCH).size())

    def _notes(self) -> list[PaperNote]:
        session = self._session
        found = [(session.annotations.spans.get(one.id), one) for one in session.annotations.all]
        # Those without a place come last.
        found.sort(key=lambda pair: (pair[0].start, pair[0].end) if pair[0] else (sys.maxsize, 0))
        return [
            PaperNote(
                *(number, one, session.annotations.quote(one), span),
                session.annotations.meaning(one.colour),
            )
            for number, (span, one) in enumerate(found, 1)
        ]

    def _lay_out(self, _value: object = None) -> None:
        document = self._session.current.document
        assert document is not None
        chosen = {
            "size": self.size_.currentText(),
            "where": self.where.currentText(),
            "highlights": self.highlights.isChecked(),
            "grey": self.grey.isChecked(),
        }
        self._session.settings.set(PRINT, chosen)
        layout = Layout(
            self._room(),
            WHERE[self.where.currentText()],
            self.highlights.isChecked(),
            self.grey.isChecked(),
        )
        self._paper = Paper(
            document,
            citation(document),
            self._notes(),
            layout,
            partial(self._session.workspace.library.asset, document.id),
        )
        self._begin(self._preparing(self._paper))

    def _preparing(self, paper: Paper) -> Iterator[None]:
        self._said.setText("The pages are being laid out …")
        yield from paper.prepare()
        pages = "1 page" if paper.count == 1 else f"{paper.count} pages"
        notes = len(self._notes())
        count = "1 note" if notes == 1 else f"{notes} notes"
        self._said.setText(f"{pages}, {count}. A PDF is not encrypted.")
        self.preview.show_paper(paper, self._page_layout)

    def _begin(self, work: Iterator[None]) -> None:
        self._work = work
        for button in (self.save, self.print_):
            button.setEnabled(False)
        self._timer.start()

    def _go_on(self) -> None:
        until = time.monotonic() + SLICE_SECONDS
        try:
            while time.monotonic() < until:
                next(self._work)
        except StopIteration:
            self._end_work()
        except Problem as problem:
            self._end_work()
            self._said.setText(problem.sentence)

    def _end_work(self) -> None:
        self._timer.stop()
        self._progress.hide()
        for button in (self.save, self.print_):
            button.setEnabled(True)

    @property
    def is_busy(self) -> bool:
        """Whether pages are being laid out or written."""
        return self._timer.isActive()

    # Out

    def _ask(self, verb: str, go_on: Callable[[], None]) -> None:
        """Go on when no note on these pages seems to name a patient, or the person says so."""
        are_printed = WHERE[self.where.currentText()] != "none"
        notes = self._session.annotations.all if are_printed else ()
        ask_of_patients(self._session, notes, verb, self, go_on)

    def _save(self) -> None:
        document = self._session.current.document
        assert document is not None
        folder = Path(self._session.settings.get(EXPORT_FOLDER) or Path.home())
        name = Path(document.source).stem or "Article"
        path, _ = QFileDialog.getSaveFileName(
            self, "Save as PDF", str(folder / f"{name} with notes.pdf"), "PDF (*.pdf)"
        )
        if path:
            self._session.settings.set(EXPORT_FOLDER, str(Path(path).parent))
            self._begin(self._saving(Path(path)))

    def _saving(self, path: Path) -> Iterator[None]:
        written = QByteArray()
        out = QBuffer(written)
        out.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(out)
        writer.setCreator("Offprint")
        assert self._session.current.document is not None
        writer.setTitle(self._session.current.document.title)
        writer.setResolution(DOTS_AN_INCH)
        writer.setPageLayout(self._page_layout)
        yield from self._painting(writer, range(self._count))
        out.close()
        write_whole(path, bytes(written.data()))
        self._session.notifier.info(f"{self._count} pages are in “{path}”, not encrypted.")
        self.accept()

    @property
    def _count(self) -> int:
        return self._paper.count if self._paper is not None else 0

    def _painting(self, device: QPagedPaintDevice, numbers: range) -> Iterator[None]:
        """Draws pages, one a step."""
        assert self._paper is not None
        painter = QPainter()
        if not painter.begin(device):
            raise Problem("The printer cannot be used.")
        scale = device.logicalDpiX() / DOTS_AN_INCH
        self._progress.setRange(0, len(numbers))
        self._progress.show()
        try:
            for done, number in enumerate(numbers):
                if done:
                    device.newPage()
                painter.save()
                painter.scale(scale, scale)
                self._paper.paint(painter, number)
                painter.restore()
                self._progress.setValue(done + 1)
                yield
        finally:
            painter.end()

    def _print(self) -> None:
        # Asking for printers connects to the system's print server: only when it is wanted.
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(self._page_layout)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self._count)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            first = max(printer.fromPage(), 1)
            last = min(printer.toPage() or self._count, self._count)
            self._begin(self._sending(printer, range(first - 1, last)))

    def _sending(self, printer: QPagedPaintDevice, numbers: range) -> Iterator[None]:
        yield from self._painting(printer, numbers)
        self._session.notifier.info(f"{len(numbers)} pages are with the printer.")
        self.accept()

    def done(self, result: int) -> None:
        """Ends whatever is under way; a file that is not whole is never written."""
        self._timer.stop()
        self._work = iter(())
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self._work = iter(())
        super().closeEvent(event)
