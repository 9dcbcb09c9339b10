"""Printing the open article with its notes: what is chosen, a preview, a PDF or a printer."""

from __future__ import annotations

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
from reader.model.pdf.page_map import PageMap
from reader.problem import Problem
from reader.services.output_files import write_whole
from reader.session.session import Session
from reader.session.timers import repeating
from reader.settings import EXPORT_FOLDER, PRINT
from reader.ui.printing.article_print import Layout, Paper, Where
from reader.ui.printing.margin_notes import notes_of
from reader.ui.printing.painting import painted
from reader.ui.printing.preview import DOTS_AN_INCH, PREVIEW_PX, Pages, PaperPreview
from reader.ui.printing.printed_pages import PrintedPages
from reader.ui.widgets.controls import room_on_screen, scrolled
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
PAGES, ARTICLE = "The pages as printed", "The text as an article"
MARGIN_MM = 18.0
# What most printers leave white anyway.
PAGE_MARGIN_MM = 5.0
# What is done in one go before the window is asked again.
SLICE_SECONDS = 0.02


class PrintDialog(QDialog):
    """Lays the article out piece by piece, so that the window never waits for it."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._paper: Pages | None = None
        self._work: Iterator[None] = iter(())
        self.setWindowTitle("Print")
        kept = session.settings.get(PRINT)
        shown = PAGES if session.pages.as_printed else ARTICLE
        self.what = self._choice("What", [PAGES, ARTICLE], shown)
        self.size_ = self._choice("Paper", list(SIZES), kept.get("size", "A4"))
        self.where = self._choice("Notes", list(WHERE), kept.get("where", "In the margin"))
        self.highlights = self._switch("Highlights", kept.get("highlights", True))
        self.grey = self._switch("For a printer without colours", kept.get("grey", False))
        self._timer = repeating(self, 0)
        self._timer.timeout.connect(self._go_on)
        self._build()
        (self.what if session.pages.has_pages else self.size_).setFocus()
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
        form.addRow("Print", self.what)
        form.setRowVisible(self.what, self._session.pages.has_pages)
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

        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.addLayout(left, 1)
        columns.addSpacing(16)
        columns.addWidget(self.preview)
        whole = QVBoxLayout(self)
        whole.addWidget(scrolled(inner), 1)
        # After the form, as Tab goes through them, and as the form has the keyboard first.
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.save = buttons.addButton("Save as PDF…", role)
        self.print_ = buttons.addButton("Print…", role)
        self.print_.setDefault(True)
        self.save.clicked.connect(partial(self._ask, "Save", self._save))
        self.print_.clicked.connect(partial(self._ask, "Print", self._print))
        buttons.rejected.connect(self.reject)
        whole.addWidget(buttons)
        room = room_on_screen(self)
        wanted = inner.sizeHint()
        width_px, height_px = PREVIEW_PX + 350, wanted.height() + buttons.sizeHint().height() + 40
        self.resize(min(width_px, room.width()), min(height_px, room.height()))

    # Laying out

    @property
    def _page_layout(self) -> QPageLayout:
        wide = MARGIN_MM if self._page_map is None else PAGE_MARGIN_MM
        margin = QMarginsF(wide, wide, wide, wide)
        size = QPageSize(SIZES[self.size_.currentText()])
        return QPageLayout(
            size, QPageLayout.Orientation.Portrait, margin, QPageLayout.Unit.Millimeter
        )

    @property
    def _page_map(self) -> PageMap | None:
        """The pages that are to be printed; None for the text."""
        wants_pages = self.what.currentText() == PAGES
        return self._session.pages.page_map if wants_pages else None

    def _room(self) -> QSizeF:
        """The room for print in pixels of 1/96 inch."""
        return QSizeF(self._page_layout.paintRectPixels(DOTS_AN_INCH).size())

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
        # A PDF is saved as it is, with its text: in the menu.
        self.save.setVisible(self._page_map is None)
        if isinstance(self._paper, PrintedPages):
            # It would be asked for pages, and keep those that it has, as long as this dialog.
            self._paper.deleteLater()
        self._paper = (
            self._pages(self._page_map, layout)
            if self._page_map
            else Paper(
                document,
                citation(document),
                notes_of(self._session),
                layout,
                partial(self._session.workspace.library.asset, document.id),
            )
        )
        self._begin(self._preparing(self._paper))

    def _pages(self, page_map: PageMap, layout: Layout) -> Pages:
        made = PrintedPages(self._session, page_map, notes_of(self._session), layout, self)
        made.came.connect(self.preview.renew)
        return made

    def _preparing(self, paper: Pages) -> Iterator[None]:
        self._said.setText("The pages are being laid out …")
        yield from paper.prepare()
        pages = "1 page" if paper.count == 1 else f"{paper.count} pages"
        notes = len(notes_of(self._session))
        count = "1 note" if notes == 1 else f"{notes} notes"
        self._said.setText(f"{pages}, {count}. {self._hint}")
        self.preview.show_paper(paper, self._page_layout)

    @property
    def _hint(self) -> str:
        if self._page_map is None:
            return "A PDF is not encrypted."
        return "“Save PDF with Notes…” in the File menu saves the pages."

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
        assert self._paper is not None
        yield from painted(self._paper, writer, range(self._count), self._progress)
        out.close()
        write_whole(path, bytes(written.data()))
        said = f"{self._count} pages are in “{path}”, not encrypted."
        self._session.notifier.made(said, str(path))
        self.accept()

    @property
    def _count(self) -> int:
        return self._paper.count if self._paper is not None else 0

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
        assert self._paper is not None
        yield from painted(self._paper, printer, numbers, self._progress)
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
