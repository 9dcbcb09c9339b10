"""What actions do beyond calling the session: ask for files, open dialogs, copy, walk the notes.

Dialogs are imported when they are first asked for, so that a start does not pay for them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from reader.formats import file_patterns
from reader.model.note_markdown import shown
from reader.model.span import Span
from reader.problem import Problem

if TYPE_CHECKING:
    from reader.services.note_import import NotesReport
    from reader.ui.shell.main_window import Window


def find_selection(window: Window) -> None:
    """Searches for the selected words."""
    document, span = window.session.current.document, window.session.annotations.passage
    if document is not None and span is not None:
        window.header.search.look_for(f'"{span.cut(document.text)[:80]}"')


def go_to_end(window: Window, start: bool) -> None:
    """Goes to the first or last line of the document."""
    if window.session.current.document is not None:
        end = max(0, len(window.session.current.document.text) - 1)
        window.session.navigation.go_to(Span(0, 0) if start else Span(end, end))


def go_to_page(window: Window) -> None:
    """Asks for a page."""
    from reader.ui.shell.dialogs import ask_page

    ask_page(window.session, window)


def step_note(window: Window, by: int) -> None:
    """Goes to the next annotation, from the chosen one or from here."""
    session = window.session
    placed = [a for a in session.annotations.all if a.id in session.annotations.spans]
    if not placed:
        session.notifier.info("There are no notes in this document yet.")
        return
    ids = [a.id for a in placed]
    if session.selection.annotation_id in ids:
        i = (ids.index(session.selection.annotation_id) + by) % len(ids)
    else:
        after = [
            i
            for i, a in enumerate(placed)
            if session.annotations.spans[a.id].start >= session.navigation.location.offset
        ]
        i = after[0] if after and by > 0 else (after[0] - 1 if after else -1)
    session.annotations.choose(ids[i], show=True)


def copy(window: Window) -> None:
    """Copies the passage."""
    document, span = window.session.current.document, window.session.annotations.passage
    if document is not None and span is not None:
        from reader.model.export.copied_passage import copied_html, copied_text

        copied = QMimeData()
        copied.setText(copied_text(document, span))
        copied.setHtml(copied_html(document, span))
        QGuiApplication.clipboard().setMimeData(copied)


def copy_cited(window: Window) -> None:
    """Copies the passage with its citation."""
    cited = window.session.citations.cited_passage()
    if cited is not None:
        copied = QMimeData()
        copied.setText(cited.plain)
        copied.setHtml(cited.html)
        QGuiApplication.clipboard().setMimeData(copied)
        window.session.notifier.info("Copied with its citation.")


def copy_citation(window: Window) -> None:
    """Copies the citation of the open document."""
    cited = window.session.citations.citation()
    copied = QMimeData()
    copied.setText(cited.plain)
    copied.setHtml(cited.html)
    QGuiApplication.clipboard().setMimeData(copied)
    window.session.notifier.info("The citation is copied.")


def choose_citation_style(window: Window) -> None:
    """Asks in which style citations are copied."""
    from reader.ui.notes.citation_dialog import CitationDialog

    CitationDialog(window.session, window.theme, window).exec()


def choose_files(window: Window) -> None:
    """Asks for documents and takes them in."""
    names, _ = QFileDialog.getOpenFileNames(
        window,
        "Open documents",
        window.session.settings.get("folder", ""),
        f"Documents ({file_patterns()});;All files (*)",
    )
    if names:
        window.session.imports.add(names)


def choose_folder(window: Window) -> None:
    """Asks for a folder and takes its documents in."""
    name = QFileDialog.getExistingDirectory(window, "Import a folder")
    if name:
        window.session.imports.add([name])


def paste(window: Window) -> None:
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


def choose_watched(window: Window) -> None:
    """Asks which folder is watched; none when that is left open."""
    session = window.session
    before = session.settings.get("watched_folder", "")
    name = QFileDialog.getExistingDirectory(
        window, "Folder whose new documents are taken in at each start", before
    )
    session.settings.set("watched_folder", name)
    if name:
        session.imports.watch()
    elif before:
        session.notifier.info("No folder is watched any more.")


def show_failures(window: Window) -> None:
    """Shows which files of the last import could not be read."""
    from reader.ui.library.details_dialog import FailuresDialog

    if window.session.imports.failures:
        FailuresDialog(window.session, window).exec()
    else:
        window.session.notifier.info("All files of the last import could be read.")


def export_notes(window: Window) -> None:
    """Asks in which format and where notes are to go."""
    from reader.ui.notes.export_dialog import ExportDialog

    ExportDialog(window.session, window.theme, window).exec()


def export_sources(window: Window) -> None:
    """Asks where the sources of the library, or of a collection, are to go."""
    from reader.ui.notes.export_dialog import ExportDialog

    dialog = ExportDialog(window.session, window.theme, window)
    dialog.choose_sources()
    dialog.exec()


def show_note_imports(window: Window) -> None:
    """Shows what the imports of notes brought."""
    from reader.ui.notes.note_imports_dialog import ImportsDialog

    dialog = ImportsDialog(window.session, window)
    dialog.shown.connect(window.show_notes)
    dialog.exec()


def show_import_report(window: Window, report: NotesReport) -> None:
    """Shows what became of the notes of a file."""
    from reader.ui.notes.note_imports_dialog import ReportDialog

    dialog = ReportDialog(report, window)
    dialog.shown.connect(window.show_notes)
    dialog.exec()


def choose_notes(window: Window) -> None:
    """Asks for a file of notes and takes them in."""
    name, _ = QFileDialog.getOpenFileName(
        window,
        "Import notes",
        window.session.settings.get("export_folder", ""),
        "Notes (*.json *.jsonld *.csv *.tsv *.md *.txt *.html *.htm *.lua *.annotation "
        "*.annotations);;"
        "All files (*)",
    )
    if name:
        window.session.note_transfer.import_file(name)


def ask_homes(window: Window, path: str, report: NotesReport) -> None:
    """Asks which documents the notes are on that the library does not know by name.

    Without a path, the report is only to be looked at.
    """
    if not path:
        show_import_report(window, report)
        return
    from reader.ui.notes.match_documents_dialog import HomesDialog

    HomesDialog(window.session, path, report, window).exec()


def print_article(window: Window) -> None:
    """Asks how the open article is to be printed."""
    from reader.ui.printing.print_dialog import PrintDialog

    PrintDialog(window.session, window.theme, window).exec()


def save_pdf(window: Window) -> None:
    """Asks where a copy of the open PDF with its notes is to go."""
    document = window.session.current.document
    if document is None:
        return
    folder = Path(window.session.settings.get("export_folder", "") or Path.home())
    name = Path(document.source).stem or "Document"
    path, _ = QFileDialog.getSaveFileName(
        window, "Save PDF with Notes", str(folder / f"{name} with notes.pdf"), "PDF (*.pdf)"
    )
    if path:
        window.session.settings.set("export_folder", str(Path(path).parent))
        window.session.pdf_notes.export_copy(path)


def ask_password(window: Window, path: str, sentence: str) -> None:
    """Asks for the password of a locked file."""
    from reader.ui.shell import dialogs

    dialogs.ask_password(window.session, window, path, sentence)


def choose_user(window: Window) -> None:
    """Asks who reads."""
    from reader.ui.shell.dialogs import UserDialog

    UserDialog(window.session, window.theme, window).exec()


def rename_document(window: Window) -> None:
    """Asks for another title of the open document."""
    from reader.ui.library.document_dialogs import ask_title

    ask_title(window.session, window)


def remove_document(window: Window) -> None:
    """Asks whether the open document shall leave the library."""
    from reader.ui.library.document_dialogs import ask_removal

    ask_removal(window.session, window)


def edit_details(window: Window) -> None:
    """Shows what is known about the open document, to be mended."""
    from reader.ui.library.details_dialog import DetailsDialog

    document = window.session.current.document
    if document is not None:
        DetailsDialog(window.session, document.id, window.theme, window).exec()


def show_trash(window: Window) -> None:
    """Shows the documents that were removed."""
    from reader.ui.library.details_dialog import TrashDialog

    TrashDialog(window.session, window).exec()


def open_own_original(window: Window) -> None:
    """Has the system's own program show the file of the open document."""
    from reader.ui.library.document_dialogs import open_original

    if window.session.current.document is not None:
        open_original(window.session, window.session.current.document.id)


def import_again(window: Window) -> None:
    """Reads the open document's file anew."""
    if window.session.current.document is not None:
        window.session.imports.reimport(window.session.current.document.id)


def read_older_again(window: Window) -> None:
    """Asks whether all documents that older rules have read shall be read again."""
    from reader.ui.library.document_dialogs import ask_older

    ask_older(window.session, window)


def show_whole(window: Window) -> None:
    """Has all of a saved web page shown, or only its main text again."""
    document = window.session.current.document
    if document is None:
        return
    if not document.is_web_page:
        window.session.notifier.info("Of this document, all is shown: nothing was cut out of it.")
    else:
        window.session.imports.reimport(document.id, whole=document.is_cut)


def show_left_out(window: Window) -> None:
    """Lists what the file shows and the page does not."""
    from reader.ui.article.left_out import LeftOutDialog

    if window.session.current.document is not None:
        LeftOutDialog(window.session, window.session.current.document, window.theme, window).exec()


def enlarge_figure(window: Window, asset: str = "") -> None:
    """Shows a figure large: the one of that file, else the next after where one reads."""
    from reader.ui.article.figure_dialog import FigureDialog
    from reader.ui.article.text_view import figure_paper

    session = window.session
    document = session.current.document
    if document is None:
        return
    placed = {block.ref: block.span.start for block in document.blocks if block.kind == "figure"}
    figures = [figure for figure in document.figures if figure.asset]
    if not figures:
        session.notifier.info("There is no figure in this document.")
        return
    here = session.navigation.location.offset
    after = [figure for figure in figures if placed.get(figure.id, 0) >= here]
    named = [figure for figure in figures if figure.asset == asset]
    figure = (named or after or figures[-1:])[0]
    try:
        picture = session.workspace.library.asset(document.id, figure.asset)
    except Problem as problem:
        session.notifier.failed.emit(problem)
        return
    paper = figure_paper(session, window.theme)
    FigureDialog(figure, picture, window, paper).exec()


def darken_figures(window: Window) -> None:
    """Has figures dark in the dark theme, or as they are drawn again."""
    session = window.session
    wanted = not session.settings.get("darken_figures", False)
    session.settings.set("darken_figures", wanted)
    if not window.theme.dark:
        # Nothing changes on the page now: without a word it would seem to do nothing.
        then = "darkened" if wanted else "shown as they are drawn"
        session.notifier.info(f"In the dark theme, figures will be {then}.")


def enlarge_table(window: Window) -> None:
    """Shows a table in a window of its own: the next after where one reads, else the last."""
    from reader.ui.article.table_dialog import TableDialog

    document = window.session.current.document
    if document is None or not document.tables:
        window.session.notifier.info("There is no table in this document.")
        return
    ends = {block.ref: block.span.end for block in document.blocks if block.kind == "table"}
    chosen = window.session.annotations.passage
    here = chosen.start if chosen is not None else window.session.navigation.location.offset
    after = [table for table in document.tables if ends.get(table.id, 0) > here]
    TableDialog(document, (after or document.tables[-1:])[0], window.theme, window).exec()


def show_history(window: Window) -> None:
    """Shows what the chosen note was."""
    from reader.ui.notes.history_dialog import HistoryDialog

    session = window.session
    HistoryDialog(session, session.selection.annotation_id, window.theme, window).exec()


def extend(window: Window) -> None:
    """Extends the chosen passage to what turns its sense."""
    if not window.session.negation_guard.extend():
        window.session.notifier.info("Nothing in this sentence turns the sense of the passage.")


def copy_link(window: Window) -> None:
    """Copies a link to the chosen note."""
    annotation = window.session.annotations.get(window.session.selection.annotation_id)
    if annotation is not None:
        QGuiApplication.clipboard().setText(window.session.citations.link_to(annotation))
        window.session.notifier.info("The link is copied. Put it into another note.")


def follow_link(window: Window) -> None:
    """Opens the first note that the chosen one links to."""
    annotation = window.session.annotations.get(window.session.selection.annotation_id)
    links = shown(annotation.note).links if annotation is not None else []
    if links:
        window.session.notebook.follow(links[0][1])
    else:
        window.session.notifier.info("This note holds no link to another.")


def show_backups(window: Window) -> None:
    """Shows the copies of the notes."""
    from reader.ui.notes.backups_dialog import BackupsDialog

    BackupsDialog(window.session, window.theme, window).exec()


def review_notes(window: Window) -> None:
    """Shows the notes whose text has changed, one by one."""
    if window.session.reanchoring.tally.open:
        window.session.reanchoring.review()
    else:
        window.session.notifier.info("No note on this document waits for a decision.")


def choose_edition(window: Window) -> None:
    """Asks which edition of the open document is to be read."""
    from reader.ui.library.editions_dialog import EditionsDialog

    document = window.session.current.document
    if document is not None:
        EditionsDialog(window.session, document.id, window).exec()


def name_colours(window: Window) -> None:
    """Asks what the colours stand for."""
    from reader.ui.shell.dialogs import ColoursDialog

    ColoursDialog(window.session, window.theme, window).exec()


def open_guide(window: Window) -> None:
    """Opens the guide, which is a document of the library."""
    entries = [e for e in window.session.catalog.entries if e.source == "guide.md"]
    if entries:
        window.session.navigation.open(entries[0].id)
    else:
        window.session.imports.open_guide()


def show_about(window: Window) -> None:
    """Says which Offprint this is and where its files are."""
    from reader.ui.shell.dialogs import AboutDialog

    AboutDialog(window.session, window.theme, window).exec()
