"""What the actions of the File menu do: ask for files, open dialogs about documents and notes.

Dialogs are imported when they are first asked for, so that a start does not pay for them.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from reader.formats import file_patterns
from reader.problem import Problem
from reader.settings import EXPORT_FOLDER, FOLDER

if TYPE_CHECKING:
    from reader.model.document import Document
    from reader.services.note_import import NotesReport
    from reader.ui.shell.main_window import MainWindow


def choose_files(window: MainWindow) -> None:
    """Asks for documents and takes them in."""
    # Imported here, and below: dialogs are not for a start.
    from PySide6.QtWidgets import QFileDialog

    names, _ = QFileDialog.getOpenFileNames(
        window,
        "Open documents",
        window.session.settings.get(FOLDER),
        f"Documents ({file_patterns()});;All files (*)",
    )
    if names:
        window.session.settings.set(FOLDER, str(Path(names[0]).parent))
        window.session.imports.add(names)


def choose_folder(window: MainWindow) -> None:
    """Asks for a folder and takes its documents in."""
    from PySide6.QtWidgets import QFileDialog

    name = QFileDialog.getExistingDirectory(window, "Import a folder")
    if name:
        window.session.imports.add([name])


def paste(window: MainWindow) -> None:
    """Takes what is on the clipboard in: files, a page, or text."""
    copied = QGuiApplication.clipboard().mimeData()
    names = [url.toLocalFile() for url in copied.urls() if url.isLocalFile()]
    if names:
        window.session.imports.add(names)
    elif copied.hasHtml():
        window.session.imports.add_text(copied.html(), ".html")
    elif copied.text().strip():
        window.session.imports.add_text(copied.text(), ".txt")
    else:
        window.session.notifier.info("There is no text on the clipboard.")


def show_failures(window: MainWindow) -> None:
    """Shows which files of the last import could not be read."""
    from reader.ui.library.failures_dialog import FailuresDialog

    if window.session.imports.failed:
        FailuresDialog(window.session, window).exec()
    else:
        window.session.notifier.info("All files of the last import were imported.")


def export_notes(window: MainWindow, ids: frozenset[str] = frozenset()) -> None:
    """Asks in which format and where notes are to go: those named, or any."""
    from reader.ui.notes.export_dialog import ExportDialog

    ExportDialog(window.session, window.theme, window, ids).exec()


def export_sources(window: MainWindow) -> None:
    """Asks where the sources of the library, or of a collection, are to go."""
    from reader.ui.notes.export_dialog import ExportDialog

    dialog = ExportDialog(window.session, window.theme, window)
    dialog.choose_sources()
    dialog.exec()


def show_note_imports(window: MainWindow) -> None:
    """Shows what the imports of notes brought."""
    from reader.ui.notes.note_imports_dialog import ImportsDialog

    dialog = ImportsDialog(window.session, window)
    dialog.shown.connect(window.requests.show_notes)
    dialog.exec()


def show_import_report(window: MainWindow, report: NotesReport) -> None:
    """Shows what became of the notes of a file."""
    from reader.ui.notes.note_imports_dialog import ReportDialog

    dialog = ReportDialog(report, window)
    dialog.shown.connect(window.requests.show_notes)
    dialog.exec()


def choose_notes(window: MainWindow) -> None:
    """Asks for a file of notes and takes them in."""
    from PySide6.QtWidgets import QFileDialog

    name, _ = QFileDialog.getOpenFileName(
        window,
        "Import notes",
        window.session.settings.get(EXPORT_FOLDER),
        "Notes (*.json *.jsonld *.csv *.tsv *.md *.txt *.html *.htm *.lua *.annotation "
        "*.annotations);;"
        "All files (*)",
    )
    if name:
        window.session.note_transfer.import_file(name)


def match_documents(window: MainWindow, path: str, report: NotesReport) -> None:
    """Asks which documents the notes are on that the library does not know by name.

    Without a path, the report is only to be looked at.
    """
    if not path:
        show_import_report(window, report)
        return
    from reader.ui.notes.match_documents_dialog import HomesDialog

    HomesDialog(window.session, path, report, window).exec()


def print_article(window: MainWindow) -> None:
    """Asks how the open article is to be printed."""
    from reader.ui.printing.print_dialog import PrintDialog

    PrintDialog(window.session, window.theme, window).exec()


def save_pdf(window: MainWindow) -> None:
    """Asks where a copy of the open PDF with its notes is to go."""
    document = window.session.current.document
    if document is None:
        return
    from reader.ui.widgets.patient_warning import ask_of_patients

    notes = window.session.annotations.all
    ask_of_patients(window.session, notes, "Save", window, partial(_choose_pdf, window, document))


def _choose_pdf(window: MainWindow, document: Document) -> None:
    from PySide6.QtWidgets import QFileDialog

    folder = Path(window.session.settings.get(EXPORT_FOLDER) or Path.home())
    name = Path(document.source).stem or "Document"
    path, _ = QFileDialog.getSaveFileName(
        window, "Save PDF with Notes", str(folder / f"{name} with notes.pdf"), "PDF (*.pdf)"
    )
    if path:
        window.session.settings.set(EXPORT_FOLDER, str(Path(path).parent))
        window.session.note_transfer.export_pdf_copy(path)


def ask_password(window: MainWindow, path: str, sentence: str) -> None:
    """Asks for the password of a locked file."""
    from reader.ui.shell import dialogs

    dialogs.ask_password(window.session, window, path, sentence)


def choose_user(window: MainWindow) -> None:
    """Asks who reads."""
    from reader.ui.shell.dialogs import UserDialog

    UserDialog(window.session, window.theme, window).exec()


def rename_document(window: MainWindow) -> None:
    """Asks for another title of the open document."""
    from reader.ui.library.document_dialogs import ask_title

    ask_title(window.session, window)


def remove_document(window: MainWindow) -> None:
    """Put the open document into the trash."""
    from reader.ui.library.document_dialogs import remove

    remove(window.session, window)


def edit_details(window: MainWindow) -> None:
    """Shows what is known about the open document, to be mended."""
    from reader.ui.library.details_dialog import DetailsDialog

    document = window.session.current.document
    if document is not None:
        DetailsDialog(window.session, document.id, window.theme, window).exec()


def show_trash(window: MainWindow) -> None:
    """Shows the documents that were removed."""
    from reader.ui.library.details_dialog import TrashDialog

    TrashDialog(window.session, window).exec()


def open_own_original(window: MainWindow) -> None:
    """Has the system's own program show the file of the open document."""
    from reader.ui.library.document_dialogs import open_original

    if window.session.current.document is not None:
        open_original(window.session, window.session.current.document.id)


def reveal_original(window: MainWindow) -> None:
    """Show the file of the open document in its folder."""
    from reader.ui.widgets.reveal import reveal

    document = window.session.current.document
    if document is None:
        return
    try:
        path = window.session.workspace.library.original(document.id)
    except Problem as problem:
        window.session.notifier.error(problem)
        return
    if not reveal(str(path)):
        window.session.notifier.info(f"No program shows folders here. The file is “{path}”.")


def import_again(window: MainWindow) -> None:
    """Reads the open document's file anew."""
    if window.session.current.document is not None:
        window.session.imports.reimport(window.session.current.document.id)


def read_older_again(window: MainWindow) -> None:
    """Asks whether all documents that older rules have read shall be read again."""
    from reader.ui.library.document_dialogs import ask_older

    ask_older(window.session, window)


def show_whole(window: MainWindow) -> None:
    """Has all of a saved web page shown, or only its main text again."""
    document = window.session.current.document
    if document is None:
        return
    if not document.is_web_page:
        window.session.notifier.info("Of this document, all is shown: nothing was cut out of it.")
    else:
        window.session.imports.reimport(document.id, whole=document.is_cut)


def show_left_out(window: MainWindow) -> None:
    """Lists what the file shows and the page does not."""
    from reader.ui.article.left_out_dialog import LeftOutDialog

    if window.session.current.document is not None:
        LeftOutDialog(window.session, window.session.current.document, window.theme, window).exec()


def show_backups(window: MainWindow) -> None:
    """Shows the copies of the notes."""
    from reader.ui.notes.backups_dialog import BackupsDialog

    BackupsDialog(window.session, window.theme, window).exec()


def pack_library(window: MainWindow) -> None:
    """Asks where library and notes are to be packed into one file."""
    from reader.ui.library.library_file_dialogs import pack_library

    pack_library(window.session, window)


def open_packed_library(window: MainWindow) -> None:
    """Asks for a packed library that is to take the place of the open one."""
    from reader.ui.library.library_file_dialogs import open_packed_library

    open_packed_library(window.session, window)


def choose_edition(window: MainWindow) -> None:
    """Asks which edition of the open document is to be read."""
    from reader.ui.library.editions_dialog import EditionsDialog

    document = window.session.current.document
    if document is not None:
        EditionsDialog(window.session, document.id, window).exec()


def choose_same_article(window: MainWindow) -> None:
    """Asks which document is another file of the open article."""
    from reader.ui.library.same_article_dialog import SameArticleDialog

    SameArticleDialog(window.session, window).exec()
