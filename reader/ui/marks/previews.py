"""What the card beside a mark or a link shows: references, a note, a table, a figure, a section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtGui import QPixmap

from reader.model.document import Block, Document, Mark, Reference
from reader.problem import Problem
from reader.session.session import Session
from reader.ui.marks.reference_card import CardRow
from reader.ui.typeset.text_document import draw_picture

MOST_REFERENCES = 60
_MOST_ROWS, _MOST_COLUMNS = 5, 4
_MOST_NOTE_LINES = 24
_PICTURE_PX = 392
_RANGE = re.compile(r"(\d{1,4})\s?[–—-]\s?(\d{1,4})")

Preview = tuple[str, list[CardRow]]


def meaning_preview(short: str, long: str) -> Preview:
    """The card of a short form."""
    return short, [CardRow(long)]


def references_of(document: Document, mark: Mark) -> list[Reference]:
    """The references that a mark means, those inside a printed range ("3–5") too."""
    wanted = mark.target.split()
    for first, last in _RANGE.findall(mark.span.cut(document.text)):
        if first in wanted or last in wanted:
            wanted += [str(n) for n in range(int(first), min(int(last), int(first) + 60) + 1)]
    return [reference for reference in document.references if reference.label in wanted]


def references_preview(session: Session, document: Document, mark: Mark) -> Preview | None:
    """The card of a reference mark; None when its references are nowhere."""
    found = references_of(document, mark)
    if not found:
        return None
    several = len(found) > 1
    rows = [
        CardRow(
            (f"{one.label}. " if several else "") + one.span.cut(document.text),
            one.span.start,
            one.doi,
            _in_library(session, document, one),
        )
        for one in found[:MOST_REFERENCES]
    ]
    return f"Reference{'s' if several else ''} {_labels(found)}", rows


def _labels(found: Sequence[Reference]) -> str:
    labels = [reference.label for reference in found]
    return ", ".join(labels if len(labels) <= 8 else [*labels[:7], "…", labels[-1]])


def _in_library(session: Session, document: Document, reference: Reference) -> str:
    if not (reference.doi or reference.pmid):
        return ""
    relatives = session.workspace.library.offers.relatives
    found = relatives.with_identifier(reference.doi, reference.pmid)
    return next((one for one in found if one != document.id), "")


def place_preview(session: Session, document: Document, offset: int) -> Preview | None:
    """The card of a link to a place of the same text; None when there is nothing to show."""
    block = _block_at(document, offset)
    if block is None:
        return None
    words = block.span.cut(document.text)
    if block.kind == "table":
        return _table(document, block)
    if block.kind == "figure":
        return _figure(session, document, block)
    if block.kind == "heading":
        after = next((b for b in document.blocks if b.span.start >= block.span.end), None)
        begins = after.span.cut(document.text) if after is not None else ""
        return words, [CardRow(begins, offset)]
    if block.kind == "reference":
        reference = next((r for r in document.references if r.span.holds(offset)), None)
        library = _in_library(session, document, reference) if reference is not None else ""
        doi = reference.doi if reference is not None else ""
        return f"Reference {block.label}".strip(), [CardRow(words, offset, doi, library)]
    if block.kind == "note":
        return f"Note {block.label}".strip(), [CardRow(words, offset, most_lines=_MOST_NOTE_LINES)]
    return "In this document", [CardRow(words, offset)]


def _block_at(document: Document, offset: int) -> Block | None:
    """The block there, or the next one: an anchor may stand between two."""
    for block in document.blocks:
        if block.span.end > offset or block.span.start >= offset:
            return block
    return None


def _table(document: Document, block: Block) -> Preview:
    table = next(table for table in document.tables if table.id == block.ref)
    lines: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.row < _MOST_ROWS and cell.column < _MOST_COLUMNS:
            lines.setdefault(cell.row, []).append(cell.span.cut(document.text).replace("\n", " "))
    caption = table.caption.cut(document.text) if table.caption is not None else ""
    row = CardRow(caption, block.span.start, cells=tuple(map(tuple, lines.values())))
    return table.label or "Table", [row]


def _figure(session: Session, document: Document, block: Block) -> Preview:
    figure = next(figure for figure in document.figures if figure.id == block.ref)
    caption = figure.caption.cut(document.text) if figure.caption is not None else ""
    picture = None
    if figure.asset:
        try:
            untrusted_bytes = session.workspace.library.asset(document.id, figure.asset)
        except Problem:
            untrusted_bytes = b""
        if untrusted_bytes:
            width = min(_PICTURE_PX, figure.width_px or _PICTURE_PX)
            height = figure.height_px * width // figure.width_px if figure.width_px else width // 2
            image = draw_picture(untrusted_bytes, width, max(1, height), 2.0)
            picture = QPixmap.fromImage(image)
    row = CardRow(caption or figure.alternative, block.span.start, picture=picture)
    return figure.label or "Figure", [row]
