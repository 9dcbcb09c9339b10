"""The place of the page: the open document, as article or printed, or what stands in for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from reader.model.document import Document
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.shell.theme_manager import ThemeManager

if TYPE_CHECKING:
    from reader.ui.article.article_view import ArticleView
    from reader.ui.pdf.pdf_view import PdfView
    from reader.ui.shell.empty_view import EmptyPage


class DocumentStack(QStackedWidget):
    """Shows one at a time: the article, its printed pages, the empty library, or another pane."""

    copy_wanted = Signal()
    find_wanted = Signal()
    stand_in_shown = Signal()  # before something that is no document takes the page's place
    document_shown = Signal()  # after the document is back, or another one is shown

    def __init__(self, session: Session, themes: ThemeManager) -> None:
        super().__init__()
        self._session = session
        self._themes = themes
        self._context_menu: QMenu | None = None
        self._page: ArticleView | None = None
        self._empty: EmptyPage | None = None
        self.printed: PdfView | None = None
        session.current.changed.connect(self.show_document)
        session.pages.mode_changed.connect(self.go_back)

    def set_context_menu(self, menu: QMenu) -> None:
        """Give the menu that a right click on the document opens."""
        self._context_menu = menu
        if self._page is not None:
            self._page.context_menu = menu
        if self.printed is not None:
            self.printed.context_menu = menu

    @property
    def page(self) -> ArticleView:
        """The article: made when it is first asked for, for a start may show printed pages."""
        if self._page is None:
            self._make_page().show_document(self._session.current.document)
        assert self._page is not None
        return self._page

    def _make_page(self) -> ArticleView:
        from reader.ui.article.article_view import ArticleView

        page = self._page = self._themes.follow(
            ArticleView(self._session, self._themes.theme, self)
        )
        page.context_menu = self._context_menu
        page.copy_wanted.connect(self.copy_wanted)
        page.find_wanted.connect(self.find_wanted)
        self.addWidget(page)
        return page

    @property
    def empty(self) -> EmptyPage:
        """What there is to do without a document: made when it is first asked for."""
        if self._empty is None:
            from reader.ui.shell.empty_view import EmptyPage

            self._empty = self._themes.follow(EmptyPage(self._themes.theme, self))
            self.addWidget(self._empty)
        return self._empty

    @property
    def view(self) -> ArticleView | PdfView:
        """What the open document is shown in: the article, or its printed pages."""
        if not self._session.pages.as_printed:
            return self.page
        if self.printed is None:
            from reader.ui.pdf.pdf_view import PdfView

            self.printed = self._themes.follow(PdfView(self._session, self._themes.theme, self))
            self.printed.context_menu = self._context_menu
            self.printed.copy_wanted.connect(self.copy_wanted)
            self.printed.find_wanted.connect(self.find_wanted)
            self.addWidget(self.printed)
            self.printed.show_document(self._session.current.document)
        return self.printed

    @property
    def first_painted(self) -> QWidget:
        """The widget that is painted when what is shown now is, be it in the document's place."""
        shown = self.currentWidget()
        return self.view.viewport() if shown is self.view else shown or self.empty

    def focus_view(self) -> None:
        """Move the keyboard to the document, as when something else has let go of it."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_document(self, document: Document | None) -> None:
        """Show the open document, or what there is to do without one."""
        window = self.window()
        # Hiding what has the focus would move it to any other widget.
        focus = window.focusWidget()
        had_focus = focus is None or self.isAncestorOf(focus)
        is_there = document is not None or self._session.pages.are_being_read
        if is_there and self._page is None and not self._session.pages.as_printed:
            # With its size before the article is set.
            page = self._make_page()
            self.setCurrentWidget(page)
            page.setGeometry(self.contentsRect())
            page.show_document(document)
        self.setCurrentWidget(self.view if is_there else self.empty)
        self.document_shown.emit()
        if had_focus and is_there:
            self.focus_view()

    def go_back(self) -> None:
        """Show the open document again, with the keyboard in it."""
        self.show_document(self._session.current.document)
        self.focus_view()

    def toggle(self, stand_in: QWidget) -> bool:
        """Show a widget of the stack in the document's place, or the document again.

        Returns whether the widget is shown now.
        """
        if self.currentWidget() is stand_in:
            self.go_back()
            return False
        self.stand_in_shown.emit()
        self.setCurrentWidget(stand_in)
        return True

    def propose(self, span: Span | None) -> None:
        """Show where a note may belong; None takes that away."""
        if self._page is not None:
            self._page.propose(span)
        if self.printed is not None:
            self.printed.propose(span)


class DocumentPane:
    """The open document as a pane: its widget is the view that it is shown in."""

    def __init__(self, documents: DocumentStack) -> None:
        self._documents = documents

    @property
    def widget(self) -> ArticleView | PdfView:
        """The article or its printed pages."""
        return self._documents.view

    def take_focus(self) -> None:
        """Move the keyboard to the document."""
        self.widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def escape(self) -> bool:
        """Close what lies on top of the document; return False if there is nothing."""
        return self.widget.escape()
