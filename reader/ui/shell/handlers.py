"""What actions do beyond calling the session: copy, walk the notes, show figures and dialogs.

Dialogs are imported when they are first asked for, so that a start does not pay for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage

from reader.model.span import Span
from reader.note_markdown import shown
from reader.problem import Problem
from reader.settings import DARKEN_FIGURES
from reader.ui.commands.key_map import with_keys

if TYPE_CHECKING:
    from reader.model.annotation import Area
    from reader.session.pages import RenderedTile
    from reader.ui.shell.main_window import MainWindow


def show_reading_settings(window: MainWindow) -> None:
    """Show how the text is set, or how its printed pages are shown, under the "Aa" button."""
    button = window.header.type
    if window.session.pages.as_printed:
        window.menus.show_pages(button)
        return
    from reader.ui.article.reading_settings import ReadingPanel

    page = window.document_stack.page
    panel = window.themes.follow(ReadingPanel(window.session, window.theme, window))
    panel.zoom_wanted.connect(page.zoom_by)
    panel.interface_text_wanted.connect(window.themes.resize_text)
    panel.closed.connect(page.setFocus)
    panel.show_below(button)


def find_selection(window: MainWindow) -> None:
    """Searches for the selected words."""
    document, span = window.session.current.document, window.session.marker.passage
    if document is not None and span is not None and len(span):
        window.header.search.look_for(f'"{span.cut(document.text)[:80]}"')


def start_search(window: MainWindow, library: bool = False) -> None:
    """Puts the keyboard into the search field; with `library`, to search all documents."""
    window.left.results.show_library(True if library else None)
    window.header.search.take_focus()
    window.header.search.selectAll()


def toggle_notebook(window: MainWindow) -> None:
    """Shows all notes of the library in the place of the page, or the page again."""
    if window.document_stack.toggle(window.notebook.widget):
        window.notebook.widget.open()


def shows_notebook(window: MainWindow) -> bool:
    """Return whether the notebook is in the place of the page."""
    return window.document_stack.currentWidget() is window.notebook.made


def toggle_library_table(window: MainWindow) -> None:
    """Shows the library as a table in the place of the page, or the page again."""
    if window.document_stack.toggle(window.library_table.widget):
        window.library_table.widget.open()


def toggle_full_screen(window: MainWindow) -> None:
    """Uses the whole screen, or no longer."""
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)


def go_to_end(window: MainWindow, start: bool) -> None:
    """Goes to the first or last line of the document."""
    if window.session.current.document is not None:
        end = max(0, len(window.session.current.document.text) - 1)
        window.session.navigation.go_to(Span(0, 0) if start else Span(end, end))


def zoom_to_selection(window: MainWindow) -> None:
    """Makes the passage as large as fits the view, on printed pages."""
    passage, pages = window.session.marker.passage, window.document_stack.printed
    if not window.session.pages.as_printed or pages is None:
        window.session.notifier.info(
            with_keys(window.session.settings, "Show the printed pages first: [printed].")
        )
    elif passage is not None:
        pages.zoom_to(passage, window.session.marker.area)


def mark_area(window: MainWindow) -> None:
    """Has the person draw a rectangle on a printed page."""
    window.session.pages.show_as_printed(True)
    view, pages = window.document_stack.view, window.document_stack.printed
    if pages is not None and view is pages:
        view.setFocus(Qt.FocusReason.OtherFocusReason)
        pages.mark_area()


def go_to_page(window: MainWindow) -> None:
    """Asks for a page."""
    from reader.ui.shell.dialogs import ask_page

    ask_page(window.session, window)


def step_note(window: MainWindow, by: int) -> None:
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


def copy(window: MainWindow) -> None:
    """Copies the passage, or the picture of the area that is chosen."""
    if window.session.marker.area is not None:
        copy_area(window, window.session.marker.area)
        return
    document, span = window.session.current.document, window.session.marker.passage
    if document is not None and span is not None:
        from reader.model.export.copied_passage import copied_html, copied_text

        copied = QMimeData()
        copied.setText(copied_text(document, span))
        copied.setHtml(copied_html(document, span))
        QGuiApplication.clipboard().setMimeData(copied)


def copy_area(window: MainWindow, area: Area) -> None:
    """Copies the picture of an area of a page; as text, its citation."""
    session, citation = window.session, window.session.citations.citation()

    def take(drawn: RenderedTile) -> None:
        pixels, (width, height) = drawn.result, drawn.tile.size
        if isinstance(pixels, Problem):
            session.notifier.error(pixels)
        elif pixels is not None:
            stride = len(pixels) // height
            picture = QImage(pixels, width, height, stride, QImage.Format.Format_RGB32)
            copied = QMimeData()
            copied.setImageData(picture.copy())
            copied.setText(citation.plain)
            QGuiApplication.clipboard().setMimeData(copied)
            session.notifier.info("The picture of the area is copied.")

    session.pages.picture_of(area, take)


def copy_cited(window: MainWindow) -> None:
    """Copies the passage with its citation, or the picture of the area that is chosen."""
    if window.session.marker.area is not None:
        copy_area(window, window.session.marker.area)
        return
    cited = window.session.citations.cited_passage()
    if cited is not None:
        copied = QMimeData()
        copied.setText(cited.plain)
        copied.setHtml(cited.html)
        QGuiApplication.clipboard().setMimeData(copied)
        window.session.notifier.info("Copied with its citation.")


def copy_citation(window: MainWindow) -> None:
    """Copies the citation of the open document."""
    cited = window.session.citations.citation()
    copied = QMimeData()
    copied.setText(cited.plain)
    copied.setHtml(cited.html)
    QGuiApplication.clipboard().setMimeData(copied)
    window.session.notifier.info("The citation is copied.")


def choose_citation_style(window: MainWindow) -> None:
    """Asks in which style citations are copied."""
    from reader.ui.notes.citation_dialog import CitationDialog

    CitationDialog(window.session, window.theme, window).exec()


def enlarge_figure(window: MainWindow, asset: str = "") -> None:
    """Shows a figure large: the one of that file, else the next after where one reads."""
    from reader.ui.article.chosen_formats import figure_paper
    from reader.ui.article.figure_dialog import FigureDialog

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
        session.notifier.error(problem)
        return
    paper = figure_paper(session, window.theme)
    FigureDialog(figure, picture, window, paper).exec()


def darken_figures(window: MainWindow) -> None:
    """Has figures dark in the dark theme, or as they are drawn again."""
    session = window.session
    wanted = not session.settings.get(DARKEN_FIGURES)
    session.settings.set(DARKEN_FIGURES, wanted)
    if not window.theme.dark:
        # Nothing changes on the page now: without a word it would seem to do nothing.
        then = "darkened" if wanted else "shown as they are drawn"
        session.notifier.info(f"In the dark theme, figures will be {then}.")


def enlarge_table(window: MainWindow) -> None:
    """Shows a table in a window of its own: the next after where one reads, else the last."""
    from reader.ui.article.table_dialog import TableDialog

    document = window.session.current.document
    if document is None or not document.tables:
        window.session.notifier.info("There is no table in this document.")
        return
    ends = {block.ref: block.span.end for block in document.blocks if block.kind == "table"}
    chosen = window.session.marker.passage
    here = chosen.start if chosen is not None else window.session.navigation.location.offset
    after = [table for table in document.tables if ends.get(table.id, 0) > here]
    TableDialog(document, (after or document.tables[-1:])[0], window.theme, window).exec()


def show_history(window: MainWindow, annotation_id: str = "") -> None:
    """Shows what a note was, the chosen one when none is named."""
    from reader.ui.notes.history_dialog import HistoryDialog

    session = window.session
    shown = annotation_id or session.selection.annotation_id
    HistoryDialog(session, shown, window.theme, window).exec()


def extend(window: MainWindow) -> None:
    """Extends the chosen passage to the negation beside it."""
    if not window.session.marker.extend():
        window.session.notifier.info("There is no “not” or “unless” beside the passage.")


def copy_link(window: MainWindow) -> None:
    """Copies a link to the chosen note."""
    annotation = window.session.annotations.get(window.session.selection.annotation_id)
    if annotation is not None:
        QGuiApplication.clipboard().setText(window.session.citations.link_to(annotation))
        window.session.notifier.info("The link is copied. Put it into another note.")


def follow_link(window: MainWindow) -> None:
    """Opens the first note that the chosen one links to."""
    annotation = window.session.annotations.get(window.session.selection.annotation_id)
    links = shown(annotation.note).links if annotation is not None else []
    if links:
        window.session.notebook.follow(links[0][1])
    else:
        window.session.notifier.info("This note holds no link to another.")


def review_notes(window: MainWindow) -> None:
    """Shows the notes whose text has changed, one by one."""
    if window.session.reanchoring.status.open:
        window.session.reanchoring.review()
    else:
        window.session.notifier.info("No note on this document waits for a decision.")


def name_colours(window: MainWindow) -> None:
    """Asks what the colours stand for."""
    from reader.ui.shell.dialogs import ColoursDialog

    ColoursDialog(window.session, window.theme, window).exec()


def open_guide(window: MainWindow) -> None:
    """Opens the guide, which is a document of the library."""
    entries = [e for e in window.session.catalog.entries if e.source == "guide.md"]
    if entries:
        window.session.navigation.open(entries[0].id)
    else:
        window.session.imports.open_guide()


def show_about(window: MainWindow) -> None:
    """Says which Offprint this is and where its files are."""
    from reader.ui.shell.about_dialog import AboutDialog

    AboutDialog(window.session, window.theme, window).exec()


def change_keys(window: MainWindow) -> None:
    """Ask which keys the commands have."""
    from reader.ui.shell.keys_dialog import KeysDialog

    KeysDialog(window.session.settings, window).exec()
