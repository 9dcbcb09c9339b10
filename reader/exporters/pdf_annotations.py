"""A copy of a PDF with our notes as annotations that other readers show."""

from __future__ import annotations

import ctypes
import io
import json
import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from reader.model.annotation import Colour
from reader.model.pdf.page_map import PageBox, PageMap
from reader.model.pdf.pdf_annotation import ID, TAGS, PdfAnnotation, id_of
from reader.problem import Problem

_COLOURS: dict[Colour, tuple[int, int, int]] = {
    "yellow": (255, 221, 64),
    "green": (126, 211, 110),
    "blue": (110, 180, 250),
    "pink": (250, 130, 170),
    "violet": (178, 140, 240),
}
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_OPAQUE, _TINT = 255, 110
_PRINTED = 4  # ISO 32000-1, 12.5.3: it is printed with the page
_PIN_PT = 18.0
_FRAME_PT = 1.5


def write(
    untrusted_original: bytes,
    page_map: PageMap,
    notes: Sequence[PdfAnnotation],
    password: str | None = None,
    natives: Sequence[PdfAnnotation] = (),
    document_id: str = "",
) -> bytes:
    """The file with the notes added; a passage over several pages is marked on each.

    `natives` are what the file holds already: a note that is one of them is not added again, but
    gets the words and the colour that the note has now. The copy of a protected file is protected
    as the file is.

    Raises:
        Problem: when the file cannot be opened or written.
    """
    try:
        document = pypdfium2.PdfDocument(untrusted_original, password=password)
    except pypdfium2.PdfiumError:
        raise Problem("The PDF cannot be opened to add the notes.") from None
    known = {native.key: native for native in natives}
    known |= {id_of(document_id, native.key): native for native in natives}
    try:
        for note in notes:
            if (native := known.get(note.key)) is not None:
                _renew(document, page_map, native, note)
                continue
            boxes = _boxes(page_map, note)
            for first, (number, found) in enumerate(groupby(boxes, key=lambda box: box.page)):
                _add(document, number, list(found), note, first)
        out = io.BytesIO()
        document.save(out)
    except pypdfium2.PdfiumError:
        raise Problem("The notes cannot be written into a copy of this PDF.") from None
    finally:
        document.close()
    return out.getvalue()


def is_protected(content: bytes) -> bool:
    """Whether a file is encrypted, with or without a password to open it."""
    return _ENCRYPTED.search(content) is not None


def _boxes(page_map: PageMap, note: PdfAnnotation) -> list[PageBox]:
    """Where a note is on the pages."""
    return page_map.boxes(note.span) if note.area is None else [note.area.box]


def _renew(document: Any, page_map: PageMap, native: PdfAnnotation, note: PdfAnnotation) -> None:
    """Give what is in the file already the words and the colour of a note."""
    colour, words = native.colour != note.colour, native.note != note.note.strip()
    for number in dict.fromkeys(box.page for box in _boxes(page_map, native)):
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            raise pypdfium2.PdfiumError("a page cannot be loaded")
        try:
            for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
                annotation = pdfium.FPDFPage_GetAnnot(page, i)
                if not annotation:
                    continue
                try:
                    names = (_words(annotation, ID), _words(annotation, "NM"), f"{number} {i}")
                    if native.key not in names:
                        continue
                    _set_words(annotation, ID, note.key)
                    if words:
                        _set_words(annotation, "Contents", note.note)
                    if colour:
                        # What it looks like is drawn anew by whoever shows it.
                        pdfium.FPDFAnnot_SetAP(
                            annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None
                        )
                        _set_colour(annotation, note)
                finally:
                    pdfium.FPDFPage_CloseAnnot(annotation)
        finally:
            pdfium.FPDF_ClosePage(page)


def _add(
    document: Any, number: int, boxes: Sequence[PageBox], note: PdfAnnotation, place: int
) -> None:
    """Add what of a note is on one page; its words come with the first."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        raise pypdfium2.PdfiumError("a page cannot be loaded")
    try:
        kinds = {"highlight": pdfium.FPDF_ANNOT_HIGHLIGHT, "underline": pdfium.FPDF_ANNOT_UNDERLINE}
        kind = pdfium.FPDF_ANNOT_TEXT if note.pinned else kinds[note.style]
        if note.area is not None:
            kind = pdfium.FPDF_ANNOT_SQUARE
        annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
        if not annotation:
            raise pypdfium2.PdfiumError("an annotation cannot be made")
        try:
            _describe(page, annotation, boxes, note, place)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    finally:
        pdfium.FPDF_ClosePage(page)


def _describe(
    page: Any, annotation: Any, boxes: Sequence[PageBox], note: PdfAnnotation, place: int
) -> None:
    if note.area is not None:
        corners = [_in_file(page, *place) for place in _corners(note.area.box)]
        pdfium.FPDFAnnot_SetBorder(annotation, 0.0, 0.0, _FRAME_PT)
    elif note.pinned:
        first = boxes[0]
        middle = (first.top + first.bottom) / 2
        corners = [
            _in_file(page, first.left, middle - _PIN_PT / 2),
            _in_file(page, first.left + _PIN_PT, middle + _PIN_PT / 2),
        ]
    else:
        corners = []
        for box in boxes:
            quad = [_in_file(page, *place) for place in _corners(box)]
            corners += quad
            points = pdfium.FS_QUADPOINTSF(*(value for corner in quad for value in corner))
            pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, points)
    across, down = zip(*corners, strict=True)
    frame = pdfium.FS_RECTF(left=min(across), top=max(down), right=max(across), bottom=min(down))
    pdfium.FPDFAnnot_SetRect(annotation, frame)
    _set_colour(annotation, note)
    pdfium.FPDFAnnot_SetFlags(annotation, _PRINTED)
    date = "D:" + "".join(c for c in note.created if c.isdigit())[:14] + "Z" if note.created else ""
    for name, value in (
        ("Contents", note.note if place == 0 else ""),
        ("T", note.author),
        (TAGS, json.dumps(note.tags) if note.tags and place == 0 else ""),
        ("NM", f"{note.key}.{place}" if place else note.key),
        ("M", date),
        ("CreationDate", date),
    ):
        if value:
            _set_words(annotation, name, value)


def _corners(box: PageBox) -> list[tuple[float, float]]:
    return [(x, y) for y in (box.top, box.bottom) for x in (box.left, box.right)]


def _set_colour(annotation: Any, note: PdfAnnotation) -> None:
    colour = _COLOURS[note.colour]
    is_tinted = note.area is not None and note.style == "highlight"
    if is_tinted:
        # What it is filled with; frame and ground are equally transparent.
        pdfium.FPDFAnnot_SetColor(
            annotation, pdfium.FPDFANNOT_COLORTYPE_InteriorColor, *colour, _TINT
        )
    pdfium.FPDFAnnot_SetColor(
        annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *colour, _TINT if is_tinted else _OPAQUE
    )


def _words(annotation: Any, name: str) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, name.encode(), None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, name.encode(), buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").partition("\x00")[0]


def _in_file(page: Any, x: float, y: float) -> tuple[float, float]:
    """A place on the page as it is shown, in points, in the file's own coordinates."""
    scale = 100
    size = [
        round(side * scale)
        for side in (pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    ]
    across, up = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDF_DeviceToPage(page, 0, 0, *size, 0, round(x * scale), round(y * scale), across, up)
    return across.value, up.value


def _set_words(annotation: Any, name: str, value: str) -> None:
    units = value.encode("utf-16-le") + b"\x00\x00"
    buffer = (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units)
    pdfium.FPDFAnnot_SetStringValue(annotation, name.encode(), buffer)
