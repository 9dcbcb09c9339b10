"""What a search found: this article's hits by section, and the library's by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from reader.model.query import Answer, Hit, Snippet
from reader.session import Session
from reader.ui.lists import RowDelegate, RowList, Rows, row_ground
from reader.ui.paragraph import Paragraph, lay_out
from reader.ui.theme import Theme, sans, serif

LINE_PX = 20
GROUP_PX = 32


@dataclass(frozen=True, slots=True)
class Group:
    """The heading over hits: a section of the article, or a document of the library.

    `folded` hides its hits; None when it cannot be folded.
    """

    key: str
    title: str
    count: int
    folded: bool | None = None


class ResultRows(Rows):
    """Groups and hits."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def say(self, row: Group | Hit) -> str:
        if isinstance(row, Group):
            return f"{row.title}, {row.count}"
        return self._session.snippet(row).text

    def flags(self, index: Any) -> Qt.ItemFlag:
        flags = super().flags(index)
        row = self.rows[index.row()]
        if isinstance(row, Group) and row.folded is None:
            return flags & ~Qt.ItemFlag.ItemIsSelectable
        return flags


class ResultDelegate(RowDelegate):
    """Paints a group's heading, and hits as snippets with what matched in bold."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._session = session
        self._laid_out: dict[tuple[Hit, int, str], Paragraph] = {}

    def forget(self) -> None:
        """Lets go of what was laid out for another answer."""
        self._laid_out.clear()

    def _paragraph(self, hit: Hit) -> Paragraph:
        key = (hit, self.width, self.theme.name)
        if key not in self._laid_out:
            snippet: Snippet = self._session.snippet(hit)
            self._laid_out[key] = lay_out(
                snippet.text,
                serif(14.5),
                self.width - 36,
                LINE_PX,
                3,
                snippet.marks,
                self.theme.ink,
            )
        return self._laid_out[key]

    def height(self, row: Group | Hit) -> int:
        return GROUP_PX if isinstance(row, Group) else 3 * LINE_PX + 11

    def draw(self, painter: QPainter, area: QRect, row: Group | Hit, current: bool) -> None:
        theme = self.theme
        if isinstance(row, Hit):
            if current:
                row_ground(painter, area, theme.accent_soft)
            self._paragraph(row).draw(painter, area.x() + 18, area.y() + 5, theme.ink2)
            return
        font = sans(11.5, 600)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink2))
        count = str(row.count)
        metrics = QFontMetricsF(font)
        room = area.width() - 36 - metrics.horizontalAdvance(count) - 12
        fold = "" if row.folded is None else "▸ " if row.folded else "▾ "
        title = metrics.elidedText(fold + row.title, Qt.TextElideMode.ElideRight, room)
        box = QRectF(area).adjusted(16, 8, -18, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(QColor(theme.ink3))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)


class ResultsPane(QWidget):
    """Replaces contents and library while something is looked for."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._library = False
        self._unfolded: set[str] = set()
        self._rows = ResultRows(session, self)
        self._delegate = ResultDelegate(session, theme, self)
        self.list = RowList(self._rows, self._delegate, "Search results")
        self._article_tab = QPushButton("Article", self)
        self._library_tab = QPushButton("Library", self)
        self._notice = QLabel(self)
        self._notice.setWordWrap(True)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setContentsMargins(18, 4, 18, 8)
        self.setObjectName("chrome")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        tabs = QHBoxLayout()
        tabs.setContentsMargins(10, 9, 10, 6)
        tabs.setSpacing(4)
        for tab in (self._article_tab, self._library_tab):
            tab.setCheckable(True)
            tab.setFlat(True)
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self._article_tab.clicked.connect(self._show_article)
        self._library_tab.clicked.connect(self._show_all)
        self._suggestion = QPushButton(self)
        self._suggestion.setFlat(True)
        self._suggestion.clicked.connect(self._take_suggestion)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tabs)
        column.addWidget(self._notice)
        column.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        self.list.taken.connect(self._take)
        session.answered.connect(self._show)
        session.hit_chosen.connect(self._choose)
        session.opened.connect(self._show)
        self.set_theme(theme)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draws itself in the colours of `theme` from now on."""
        self._delegate.theme = theme
        self._notice.setStyleSheet(f"color: {theme.ink2}; font-size: 13px;")
        for tab in (self._article_tab, self._library_tab):
            tab.setStyleSheet(
                f"QPushButton {{ border: none; background: transparent; color: {theme.ink2};"
                " padding: 4px 8px; border-radius: 6px; font-size: 12.5px; font-weight: 400; }"
                f"QPushButton:checked {{ background: {theme.pressed}; color: {theme.ink};"
                " font-weight: 600; }"
                f"QPushButton:focus {{ border: 2px solid {theme.accent}; padding: 2px 6px; }}"
            )
        self._suggestion.setStyleSheet(
            f"QPushButton {{ border: none; background: transparent; color: {theme.accent};"
            " padding: 2px 18px 8px 18px; text-align: left; }"
        )
        self.list.renew()

    def show_library(self, library: bool) -> None:
        """Shows the library's hits, or the article's."""
        self._library = library
        self._show()

    def _show_article(self) -> None:
        self.show_library(False)

    def _show_all(self) -> None:
        self.show_library(True)

    def _show(self, _event: object = None) -> None:
        finding = self._session.finding
        if not finding.active:
            self._unfolded.clear()
            self._library = False
            self._rows.set_rows([])
            self._delegate.forget()
            return
        self._article_tab.setText(f"Article  {finding.count}")
        self._library_tab.setText(f"Library  {finding.library.total}")
        self._article_tab.setChecked(not self._library)
        self._library_tab.setChecked(self._library)
        answer = finding.library if self._library else finding.article
        rows = list(self._grouped(answer))
        if rows != self._rows.rows:
            self._delegate.forget()
            self._rows.set_rows(rows)
        self._explain(answer)
        self._choose(finding.hit)

    def _grouped(self, answer: Answer) -> Iterator[Group | Hit]:
        for key, hits in groupby(answer.hits, self._key):
            found = list(hits)
            foldable = found[0].kind == "reference"
            folded = (key not in self._unfolded) if foldable else None
            yield Group(key, self._title(found[0]), len(found), folded)
            if not folded:
                yield from self._worth_showing(found)

    def _worth_showing(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """All hits of an article; of a document of the library no more than three."""
        found = list(hits)
        yield from found[:3] if self._library else found

    def _key(self, hit: Hit) -> str:
        place = hit.document_id if self._library else f"{hit.document_id} {hit.section_id}"
        return f"{place} {hit.kind == 'reference'}"

    def _title(self, hit: Hit) -> str:
        document = self._session.document_of(hit.document_id)
        if document is None:
            return ""
        if self._library:
            more = " – references" if hit.kind == "reference" else ""
            return document.title + more
        section = document.section(hit.section_id)
        return " › ".join(s.title for s in document.path(section)) or document.title

    def _explain(self, answer: Answer) -> None:
        sentence = answer.problem or answer.notice
        if not sentence and not answer.hits:
            elsewhere = self._session.finding.library.total
            if not self._library and elsewhere:
                sentence = "Nothing in this article. The library has some: see the other tab."
            elif not self._session.indexed_all:
                sentence = "The library is still being indexed; more may be found in a moment."
            else:
                sentence = "Nothing found. Try fewer words, or the beginning of a word."
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
        self._suggestion.setText(f"Did you mean “{answer.suggestion}”?")
        self._suggestion.setVisible(bool(answer.suggestion))

    def _take_suggestion(self) -> None:
        answer = self._session.finding.library if self._library else self._session.finding.article
        if answer.suggestion:
            self._session.find(answer.suggestion)

    def _choose(self, hit: Hit | None) -> None:
        if hit is not None and hit in self._rows.rows:
            index = self._rows.index(self._rows.rows.index(hit), 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        elif self._session.finding.current < 0:
            self.list.setCurrentIndex(self._rows.index(-1, 0))
        self.list.viewport().update()

    def _take(self, row: Group | Hit) -> None:
        if isinstance(row, Hit):
            self._session.choose_hit(row)
        elif row.folded is not None:
            self._unfolded ^= {row.key}
            self._show()

    def take_focus(self) -> None:
        """Moves the keyboard here."""
        self.list.take_focus()
