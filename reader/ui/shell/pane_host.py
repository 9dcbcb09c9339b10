"""Panes that are made when they are first asked for, so that a start does not pay for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from reader.model.document import Document
from reader.session.reanchoring import ReviewCases
from reader.session.session import Session
from reader.settings import THUMBNAILS
from reader.ui.article.article_view import ArticleView
from reader.ui.shell.menus import Menus
from reader.ui.widgets import theme as themes

if TYPE_CHECKING:
    from reader.ui.library.library_table import ShelfTable
    from reader.ui.notes.notebook_view import NotebookPane
    from reader.ui.pdf.pdf_view import PdfView
    from reader.ui.pdf.thumbnails import Thumbnails
    from reader.ui.review.review_panel import ReviewPanel


class LatePanes(Menus):
    """The notebook, the library as a table, the review, the printed pages, small and large."""

    def __init__(self, session: Session, theme: themes.Theme) -> None:
        super().__init__(session, theme)
        self._review: ReviewPanel | None = None
        self.notebook: NotebookPane | None = None
        self.shelf: ShelfTable | None = None
        self.printed: PdfView | None = None
        self.thumbnails: Thumbnails | None = None

    def show_notebook(self) -> None:
        """Shows all notes of the library in the place of the page, or the page again."""
        if self.notebook is None:
            from reader.ui.notes.notebook_view import NotebookPane

            self.notebook = self.themes.follow(NotebookPane(self.session, self.theme, self))
            self.notebook.closed.connect(self.close_notebook)
            self.notebook.export_wanted.connect(self._export_some)
            self.notebook.history_wanted.connect(self._show_history)
            self.sheet.addWidget(self.notebook)
        if self.sheet.currentWidget() is self.notebook:
            self.close_notebook()
        else:
            self.make_room()
            self.sheet.setCurrentWidget(self.notebook)
            self.notebook.open()

    def show_notes(self, ids: tuple[str, ...]) -> None:
        """Shows some notes in the notebook."""
        if not self.shows_notebook:
            self.show_notebook()
        assert self.notebook is not None
        self.notebook.show_only(ids)

    def show_shelf(self) -> None:
        """Shows the library as a table in the place of the page, or the page again."""
        if self.shelf is None:
            from reader.ui.library.library_table import ShelfTable

            self.shelf = self.themes.follow(ShelfTable(self.session, self.theme, self))
            self.shelf.closed.connect(self.close_notebook)
            self.sheet.addWidget(self.shelf)
        if self.sheet.currentWidget() is self.shelf:
            self.close_notebook()
        else:
            self.make_room()
            self.sheet.setCurrentWidget(self.shelf)
            self.shelf.open()

    def close_notebook(self) -> None:
        """Shows the page again."""
        self._show_document(self.session.current.document)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shows_notebook(self) -> bool:
        """Whether the notebook is in the place of the page."""
        return self.notebook is not None and self.sheet.currentWidget() is self.notebook

    def _export_some(self, ids: frozenset[str]) -> None:
        from reader.ui.notes.export_dialog import ExportDialog

        ExportDialog(self.session, self.theme, self, ids).exec()

    def _show_history(self, annotation_id: str) -> None:
        from reader.ui.notes.history_dialog import HistoryDialog

        HistoryDialog(self.session, annotation_id, self.theme, self).exec()

    @property
    def review(self) -> ReviewPanel:
        """The panel of notes to be decided about; a start does not pay for it."""
        if self._review is None:
            from reader.ui.review.review_panel import ReviewPanel

            self._review = self.themes.follow(ReviewPanel(self.session, self.theme, self))
            self._middle.insertWidget(self._middle.indexOf(self.review_bar), self._review)
            self._review.proposed.connect(self.page.propose)
            if self.printed is not None:
                self._review.proposed.connect(self.printed.propose)
            self._review.shown.connect(self.review_bar.make_room)
        return self._review

    def _begin_review(self, review: ReviewCases) -> None:
        self.review.take(review.cases)

    @property
    def view(self) -> ArticleView | PdfView:
        """What the open document is shown in: the article, or its printed pages."""
        if not self.session.pages.as_printed:
            return self.page
        if self.printed is None:
            from reader.ui.pdf.pdf_view import PdfView

            self.printed = self.themes.follow(PdfView(self.session, self.theme, self))
            self.printed.context_menu = self.page.context_menu
            self.printed.copy_wanted.connect(self._actions["copy_cited"].trigger)
            self.printed.find_wanted.connect(self._actions["find_selection"].trigger)
            if self._review is not None:
                self._review.proposed.connect(self.printed.propose)
            self.sheet.addWidget(self.printed)
            self.printed.show_document(self.session.current.document)
        return self.printed

    def _show_document(self, document: Document | None) -> None:
        # Hiding what has the focus would move it to any other widget.
        had_focus = self.sheet.isAncestorOf(self.focusWidget() or self)
        self.sheet.setCurrentWidget(self.view if document is not None else self.empty)
        self.give_room_back()
        self._show_thumbnails()
        if had_focus and document is not None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        several = len(self.session.users.names) > 1
        parts = [
            document.title if document is not None else "",
            self.session.workspace.user if several else "",
        ]
        self.setWindowTitle(" – ".join(part for part in parts if part))

    def _show_thumbnails(self) -> None:
        shown: QWidget = self.contents
        if self.session.pages.as_printed and self.session.settings.get(THUMBNAILS):
            if self.thumbnails is None:
                from reader.ui.pdf.thumbnails import Thumbnails

                self.thumbnails = self.themes.follow(Thumbnails(self.session, self.theme))
                self.upper.addWidget(self.thumbnails)
            shown = self.thumbnails
        self.upper.setCurrentWidget(shown)
