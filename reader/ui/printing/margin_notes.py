"""Notes as they are printed beside an article or after it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from reader.exporters.html import markup
from reader.model.annotation import Annotation
from reader.model.span import Span
from reader.session.session import Session
from reader.ui.widgets.theme import Theme, serif

_NOTES_A_STEP = 40


@dataclass(frozen=True, slots=True)
class PaperNote:
    """A note that is printed, with the number by which the text refers to it.

    `quote` are its words as they read. `span` is its place in the text; None where that is not
    sure.
    """

    number: int
    annotation: Annotation
    quote: str
    span: Span | None
    meaning: str

    @property
    def facts(self) -> str:
        """Colour by its meaning, tags, day."""
        known = [self.meaning, *(f"#{tag}" for tag in self.annotation.tags)]
        return "  ·  ".join([*known, self.annotation.created[:10]]).strip(" ·")


def notes_of(session: Session) -> list[PaperNote]:
    """The notes of the open document in the order of their places; those without one come last."""
    found = [(session.annotations.spans.get(one.id), one) for one in session.annotations.all]
    found.sort(key=lambda pair: (pair[0].start, pair[0].end) if pair[0] else (sys.maxsize, 0))
    return [
        PaperNote(
            *(number, one, session.annotations.quote(one), span),
            session.annotations.meaning(one.colour),
        )
        for number, (span, one) in enumerate(found, 1)
    ]


def plain(font: QFont) -> QFont:
    """Without ligatures: in a PDF, Qt writes "ft" as one sign that nobody can copy or find."""
    for feature in ("liga", "clig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def as_card(note: PaperNote, theme: Theme, width: float) -> QTextDocument:
    """A note as it stands beside its passage, laid out to that width."""
    made = small_text(width)
    made.setHtml(_note_html(note, theme, with_quote=False))
    return made


def write_list(made: QTextDocument, notes: Sequence[PaperNote], theme: Theme) -> Iterator[None]:
    """Writes notes with their passages, one below the other; each step takes some milliseconds."""
    cursor = QTextCursor(made)
    cursor.insertHtml('<h2 style="font-size:16px">Notes</h2>')
    yield from _add(cursor, [note for note in notes if note.span is not None], theme)
    lost = [note for note in notes if note.span is None]
    if lost:
        heading = QTextBlockFormat()
        heading.setHeadingLevel(3)
        heading.setTopMargin(14)
        heading.setBottomMargin(8)
        cursor.insertBlock(heading, QTextCharFormat())
        look = "font-size:13px; font-weight:600"
        cursor.insertHtml(f'<span style="{look}">Not placed in this text</span>')
        yield from _add(cursor, lost, theme)


def _add(cursor: QTextCursor, notes: Sequence[PaperNote], theme: Theme) -> Iterator[None]:
    # What is inserted takes the look of the paragraph that it is inserted into.
    first = QTextBlockFormat()
    first.setBottomMargin(2)
    for at in range(0, len(notes), _NOTES_A_STEP):
        rows = [_note_html(one, theme, with_quote=True) for one in notes[at : at + _NOTES_A_STEP]]
        cursor.insertBlock(first, QTextCharFormat())
        cursor.insertHtml("".join(rows))
        yield


def small_text(width: float) -> QTextDocument:
    """An empty text for notes, of that width."""
    made = QTextDocument()
    made.setDocumentMargin(0)
    made.setDefaultFont(plain(serif(12)))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    made.setDefaultTextOption(option)
    made.setTextWidth(width)
    return made


def _note_html(note: PaperNote, theme: Theme, with_quote: bool) -> str:
    """A note as HTML of our own making: everything that a person wrote is escaped."""
    quote = " ".join(note.quote.split())
    written = markup(note.annotation.note.strip()).replace("\n", "<br/>")
    number = f'<span style="font-weight:600">{note.number}</span>\u2002'
    rows = []
    if with_quote:
        rows.append(f"<p>{number}<i>{escape(quote)}</i></p>")
        number = ""
    if written:
        rows.append(f"<p>{number}{written}</p>")
        number = ""
    facts = f'<span style="font-size:10px; color:{theme.ink3}">{escape(note.facts)}</span>'
    rows.append(f'<p style="margin:0 0 10px 0">{number}{facts}</p>')
    return "".join(rows).replace("<p>", '<p style="margin:0 0 2px 0">')
