"""Words of a PDF that a comment strikes through, as its page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.pdf.annotations import annotations_of, quads_of
from reader.importers.pdf.file import Sheet
from reader.importers.pdf.word import Word
from reader.model.pdf.page_map import PageBox

_HIDDEN, _NO_VIEW = 2, 32


def strikes_in(page: Any, sheet: Sheet) -> list[PageBox]:
    """The boxes that strike-out comments of a loaded page cover."""
    return [
        box
        for _, annotation in annotations_of(page)
        if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_STRIKEOUT
        and not pdfium.FPDFAnnot_GetFlags(annotation) & (_HIDDEN | _NO_VIEW)
        for box in quads_of(annotation, sheet)
    ]


def strike(words: Sequence[Word], boxes: Sequence[PageBox]) -> None:
    """Tell words that lie in one of the boxes that they are struck through."""
    for word in words if boxes else ():
        across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        if any(box.left <= across <= box.right and box.top <= down <= box.bottom for box in boxes):
            word.struck = True
