"""What a search found: this article's hits by section, and the library's by document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.model.search import Answer, Hit
from reader.session.session import Session
from reader.ui.search.result_rows import Group, ResultDelegate, ResultRows
from reader.ui.search.synonym_chips import Chips
from reader.ui.widgets.controls import IconButton
from reader.ui.widgets.row_list import RowList
from reader.ui.widgets.theme import Theme

if TYPE_CHECKING:
    from reader.ui.search.passages import Passage

HITS_A_DOCUMENT = 3
ROW = Group | Hit
_PLACE = attrgetter("document_id", "section_id", "kind")

# Above it, thousands are counted: the whole number would not fit.
MOST_COUNTED = 10_000


class ResultsPane(QWidget):
    """Replaces contents and library while something is looked for."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        # What was asked for; None: the article's hits, or the library's when it has none.
        self._wanted: bool | None = None
        self._library = False
        self._unfolded: set[str] = set()
        self._numbers: dict[str, int] = {}  # of the rows of headings, by their keys
        self._found: list[Group | Passage | Hit] = []
        self._grouped_of: tuple[object, ...] = ()  # what the rows were made of
        self._rows = ResultRows(session, self)
        self._delegate = ResultDelegate(session, theme, self)
        self.list = RowList(self._rows, self._delegate, "Search results")
        self._article_tab = QPushButton("Article", self)
        self._article_tab.setObjectName("article_tab")
        self._library_tab = QPushButton("Library", self)
        self._library_tab.setObjectName("library_tab")
        self._notice = QLabel(self)
        self._notice.setObjectName("notice")
        self._notice.setWordWrap(True)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setContentsMargins(18, 4, 18, 8)
        self._understood = QLabel(self)
        self._understood.setObjectName("understood")
        self._understood.setAccessibleName("Looked for")
        self._understood.setWordWrap(True)
        self._understood.setTextFormat(Qt.TextFormat.PlainText)
        self._understood.setContentsMargins(18, 4, 18, 4)
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(10, 9, 6, 6)
        tabs.setSpacing(2)
        for tab in (self._article_tab, self._library_tab):
            tab.setCheckable(True)
            tab.setFlat(True)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self._article_tab.clicked.connect(self._show_article)
        self._library_tab.clicked.connect(self._show_all)
        self._suggestion = QPushButton(self)
        self._suggestion.setObjectName("suggestion")
        self._suggestion.setFlat(True)
        self._suggestion.clicked.connect(self._take_suggestion)
        self._chips = Chips(session, theme, self)
        self._narrow = IconButton("filter", "Narrow the search", theme, self, 28)
        self._narrow.clicked.connect(self._show_narrowings)
        self._keep = IconButton("star", "Keep this search", theme, self, 28)
        self._keep.setCheckable(True)
        self._keep.clicked.connect(self._keep_search)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tabs)
        for button in (self._narrow, self._keep):
            tabs.addWidget(button)
        column.addWidget(self._understood)
        column.addWidget(self._notice)
        column.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._chips)
        column.addWidget(self.list, 1)
        self.list.taken.connect(self._take)
        session.search.results_changed.connect(self._take_answer)
        session.search.hit_changed.connect(self._choose)
        session.current.changed.connect(self._take_answer)
        self.set_theme(theme)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._delegate.theme = theme
        for label in (self._understood, self._notice):
            label.setStyleSheet(f"color: {theme.ink2}; font-size: {theme.px(13)}px;")
        for tab in (self._article_tab, self._library_tab):
            tab.setStyleSheet(
                f"QPushButton {{ border: none; background: transparent; color: {theme.ink2};"
                f" padding: 4px 6px; border-radius: 6px;"
                f" font-size: {theme.px(12)}px; font-weight: 400; }}"
                f"QPushButton:checked {{ background: {theme.pressed}; color: {theme.ink};"
                " font-weight: 600; }"
                f"QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 2px 4px; }}"
            )
        self._suggestion.setStyleSheet(
            f"QPushButton {{ border: none; background: transparent; color: {theme.accent};"
            " padding: 2px 18px 8px 18px; text-align: left; }"
        )
        self._chips.set_theme(theme)
        for button in (self._narrow, self._keep):
            button.set_theme(theme)
        self.list.renew()

    def show_library(self, library: bool | None) -> None:
        """Shows the library's hits, or the article's; None: the library's when it has none."""
        self._wanted = library
        self._show()

    def _show_article(self) -> None:
        self.show_library(False)

    def _show_all(self) -> None:
        self.show_library(True)

    def _take_answer(self, _event: object = None) -> None:
        if not self._session.search.state.active:
            self._wanted = None
        self._show()

    def _show(self) -> None:
        finding = self._session.search.state
        only_there = finding.count == 0 and finding.library.total > 0
        self._library = only_there if self._wanted is None else self._wanted
        if not finding.active:
            self._unfolded.clear()
            self._numbers, self._found, self._grouped_of = {}, [], ()
            self._rows.set_rows([])
            self._delegate.begin([], {})
            return
        for tab, name, count, where in (
            (self._article_tab, "Article", finding.count, "in this article"),
            (self._library_tab, "Library", finding.library.total, "in the library"),
        ):
            tab.setText(f"{name} {count if count < MOST_COUNTED else f'{count // 1000}k'}")
            tab.setToolTip(f"{count:,} places {where}")
        self._article_tab.setChecked(not self._library)
        self._library_tab.setChecked(self._library)
        self._keep.setChecked(" ".join(finding.text.split()) in self._session.search.kept.saved)
        answer = finding.library if self._library else finding.article
        document = self._session.current.document
        made_of = (answer, self._library, frozenset(self._unfolded), document)
        # An answer of thousands of hits is put in rows once: that of the library comes after it.
        if not _are_same(made_of, self._grouped_of):
            self._grouped_of = made_of
            self._put_in_rows(answer)
        self._explain(answer)
        self._choose(finding.hit)

    def _put_in_rows(self, answer: Answer) -> None:
        self._found = rows = list(self._grouped(answer))
        several = [row for row in rows if not isinstance(row, ROW)]
        shown = [row if isinstance(row, ROW) else row.first for row in rows]
        self._numbers = {row.key: n for n, row in enumerate(rows) if isinstance(row, Group)}
        if shown != self._rows.rows:
            self._delegate.begin(shown, {row.first: row.others for row in several})
            self._rows.set_rows(shown)
            self.list.scrollToTop()

    def _number_of(self, hit: Hit) -> int:
        """The row that shows a hit, else that of the folded group that it is in; -1 for none."""
        heading = self._numbers.get(self._key(hit), -1)
        for number in range(heading + 1, len(self._found) if heading >= 0 else 0):
            row = self._found[number]
            if isinstance(row, Group):
                break
            if hit is row or (hit == row if isinstance(row, Hit) else hit in row.hits):
                return number
        group = self._found[heading] if heading >= 0 else None
        return heading if isinstance(group, Group) and group.folded else -1

    def _grouped(self, answer: Answer) -> Iterator[Group | Passage | Hit]:
        # Imported here: a start needs no search.
        from reader.ui.search.passages import closest_first, passages

        groups: dict[str, list[Hit]] = {}
        # Thousands stand in few places, one after the other.
        for _, near in groupby(answer.hits, _PLACE):
            run = list(near)
            groups.setdefault(self._key(run[0]), []).extend(run)
        for key, hits in groups.items():
            foldable = hits[0].kind == "reference"
            folded = (key not in self._unfolded) if foldable else None
            yield Group(key, self._path(hits[0]), len(hits), folded)
            if not folded:
                text = self._text_of(hits, answer)
                if self._library:
                    found = closest_first(passages(hits, text))[:HITS_A_DOCUMENT]
                    yield from found
                elif text:
                    yield from passages(hits, text)
                else:
                    yield from hits

    def _text_of(self, hits: list[Hit], answer: Answer) -> str:
        """The text in which several words may stand together; "" when there is but one of them."""
        if len(hits) < 2 or len(answer.query.text.split()) < 2:
            return ""
        document = self._session.current.document_of(hits[0].document_id)
        return document.text if document is not None else ""

    def _key(self, hit: Hit) -> str:
        place = hit.document_id if self._library else f"{hit.document_id} {hit.section_id}"
        return f"{place} {hit.kind == 'reference'}"

    def _path(self, hit: Hit) -> tuple[str, ...]:
        if self._library:
            # Of sixty documents none is read from the disk for its title.
            entry = self._session.catalog.entry(hit.document_id)
            if entry is None:
                return ("",)
            earlier = "Earlier edition" if entry.later else ""
            references = "References" if hit.kind == "reference" else ""
            return tuple(filter(None, (entry.title, earlier, references))) or ("",)
        document = self._session.current.document_of(hit.document_id)
        if document is None:
            return ("",)
        path = document.outline.path(document.outline.section(hit.section_id))
        return tuple(section.title for section in path) or (document.title,)

    def _explain(self, answer: Answer) -> None:
        sentence = self._session.search.state.problem or answer.problem or answer.notice
        # What was made of signs and operators is said, so that nobody has to guess.
        self._understood.setText(answer.understood)
        self._understood.setVisible(answer.signs and bool(answer.understood))
        if not sentence and self._wanted is None and self._library:
            sentence = "Nothing in this article. This is what the library has."
        if not sentence and not answer.hits:
            elsewhere = self._session.search.state.library.total
            if not self._library and elsewhere:
                sentence = "Nothing in this article. The library has some: see the other tab."
            elif not self._session.search.covers_library:
                sentence = "The library is still being indexed; more may be found in a moment."
            else:
                sentence = "Nothing found. Try fewer words, or the beginning of a word."
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
        self._suggestion.setText(f"Did you mean “{answer.suggestion}”?")
        self._suggestion.setToolTip("Look for that instead (Tab in the search field)")
        self._suggestion.setVisible(bool(answer.suggestion))

    def _show_narrowings(self) -> None:
        from reader.ui.search.filter_menu import NarrowingMenu

        menu = NarrowingMenu(self._session, self)
        menu.popup(self._narrow.mapToGlobal(self._narrow.rect().bottomLeft()))

    def _keep_search(self) -> None:
        self._session.search.kept.save(self._session.search.state.text)
        self._show()

    def _take_suggestion(self) -> None:
        answer = (
            self._session.search.state.library
            if self._library
            else self._session.search.state.article
        )
        if answer.suggestion:
            self._session.search.find(answer.suggestion)

    def _choose(self, hit: Hit | None) -> None:
        """Marks the current hit, or the folded group that it is in."""
        number = self._number_of(hit) if hit is not None else -1
        if number >= 0:
            self._make_current(self._rows.index(number, 0))
        elif self._session.search.state.current < 0:
            self.list.setCurrentIndex(QModelIndex())
        self.list.viewport().update()

    def _make_current(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _take(self, index: QModelIndex) -> None:
        row: Group | Hit = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, Hit):
            self._session.search.open_hit(row)
        elif row.folded is not None:
            self._unfolded ^= {row.key}
            top = self.list.verticalScrollBar().value()
            self._show()
            self.list.verticalScrollBar().setValue(top)
            self._make_current(self._rows.index(self._numbers[row.key], 0))

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.list.take_focus()


def _are_same(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    """Whether these are the very same things; answers of thousands of hits are not compared."""
    return len(one) == len(other) and all(
        a is b or (isinstance(a, bool | frozenset) and a == b)
        for a, b in zip(one, other, strict=True)
    )
