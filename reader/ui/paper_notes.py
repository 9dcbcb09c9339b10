"""Notes as they are printed beside an article or after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtGui import QFont, QTextDocument, QTextOption

from reader.exporters.html import markup
from reader.model.annotation import Annotation
from reader.model.span import Span
from reader.ui.theme import Theme, serif


@dataclass(frozen=True, slots=True)
class PaperNote:
    """A note that is printed, with the number by which the text refers to it.

    `span` is its place in the text; None where that is not sure.
    """

    number: int
    annotation: Annotation
    span: Span | None
    meaning: str

    @property
    def facts(self) -> str:
        """Colour by its meaning, tags, day."""
        known = [self.meaning, *(f"#{tag}" for tag in self.annotation.tags)]
        return "  ·  ".join([*known, self.annotation.created[:10]]).strip(" ·")


def plain(font: QFont) -> QFont:
    """Without ligatures: in a PDF, Qt writes "ft" as one sign that nobody can copy or find."""
    for feature in ("liga", "clig"):
        font.setFeature(QFont.Tag(feature), 0)
    return font


def as_card(note: PaperNote, theme: Theme, width: float) -> QTextDocument:
    """A note as it stands beside its passage, laid out to that width."""
    made = _small_text(width)
    made.setHtml(_note_html(note, theme, with_quote=False))
    return made


def as_list(notes: Sequence[PaperNote], theme: Theme, width: float) -> QTextDocument:
    """Notes with their passages, one below the other, laid out to that width."""
    made = _small_text(width)
    rows = ['<h2 style="font-size:16px">Notes</h2>']
    placed = [note for note in notes if note.span is not None]
    rows += [_note_html(note, theme, with_quote=True) for note in placed]
    if len(placed) < len(notes):
        rows.append('<h3 style="font-size:13px">Not placed in this text</h3>')
        lost = [note for note in notes if note.span is None]
        rows += [_note_html(note, theme, with_quote=True) for note in lost]
    made.setHtml("".join(rows))
    return made


def _small_text(width: float) -> QTextDocument:
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
    quote = " ".join(note.annotation.target.quote.exact.split())
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
