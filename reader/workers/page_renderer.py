"""Drawing pages of PDF files, in a worker process that is confined as for reading. No Qt."""

from __future__ import annotations

import ctypes
import mmap
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from reader import descriptor_passing as handing
from reader.model.pdf.pdf_annotation import ID, id_of
from reader.model.pdf.tile import WHITE, Tile
from reader.problem import Problem

_PAGES_KEPT = 4
# A picture that covers so much of a page is a scan of it, and its paper is to be dark too.
_SCAN_SHARE = 0.7
_SMALLEST_FIGURE_PX = 12
_THIN_LETTERS = 0.75
_DEEPEST_FORM = 4
_MOST_OBJECTS = 20_000
_MOST_MARKS = 5_000
_ID = ID.encode()
_HIDDEN = 2  # ISO 32000-1, 12.5.3
_BY_US = 1 << 20  # a bit that stands for nothing, in memory only


def be_ready_to_draw() -> None:
    """Load what `draw` needs: done while the window is still being built."""
    import pypdfium2.raw  # noqa: F401

    import reader.importers.pdf.file
    import reader.importers.pdf.forms  # noqa: F401


@handing.reads(file=0)
def sizes_of_pages(path: str) -> list[tuple[str, float, float]]:
    """Return the label, the width and the height, in points, of each page as it is shown.

    The file stays open in this process for `draw`.

    Raises:
        Locked: when the file needs a password.
        Problem: when it is damaged.
    """
    return _file(path, None).sizes()


@handing.reads(file=0)
def draw(
    path: str,
    tile: Tile,
    password: str | None = None,
    document_id: str = "",
    taken_in: frozenset[str] = frozenset(),
) -> bytes:
    """The pixels of a tile: rows from the top, four bytes each: blue, green, red, and 255.

    Marks of the file that the user has taken in are not drawn: the window paints these. `taken_in`
    are the ids that they have as notes on the document.

    The file stays open in this process for the next tile.

    Raises:
        Locked: when the file needs a password, or another one.
        Problem: when it or the page is damaged.
    """
    import pypdfium2.raw as pdfium

    file = _file(path, password)
    page = file.page(tile.page)
    _hide_marks(page, tile.page, document_id, taken_in)
    width, height = tile.size
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, None, 0)
    if not bitmap:
        raise Problem("There is not enough memory to draw this page so large.")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        place = (-tile.left, -tile.top, tile.width_px, tile.height_px, tile.turn % 4)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, *place, pdfium.FPDF_ANNOT)
        if file.forms is not None:
            # Fields of forms are no annotations to PDFium: it draws what is filled in by itself.
            pdfium.FPDF_FFLDraw(file.forms, bitmap, page, *place, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    if tile.paper.upper() == WHITE and not tile.dark:
        return pixels
    return _recoloured(pixels, page, tile)


def _hide_marks(page: Any, number: int, document_id: str, taken_in: frozenset[str]) -> None:
    """Hide the marks that were imported, and show again those that no longer are."""
    import pypdfium2.raw as pdfium

    from reader.importers.pdf.file import wide

    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_MARKS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        names = [wide(pdfium.FPDFAnnot_GetStringValue, annotation, key) for key in (b"NM", _ID)]
        ids = {id_of(document_id, names[0] or f"{number} {i}"), *names}
        flags = pdfium.FPDFAnnot_GetFlags(annotation)
        if not ids.isdisjoint(taken_in):
            if not flags & _HIDDEN:
                pdfium.FPDFAnnot_SetFlags(annotation, flags | _HIDDEN | _BY_US)
        elif flags & _BY_US:
            pdfium.FPDFAnnot_SetFlags(annotation, flags & ~(_HIDDEN | _BY_US))
        pdfium.FPDFPage_CloseAnnot(annotation)


def _content(file: BinaryIO) -> bytearray | mmap.mmap:
    """The bytes of a file, mapped, so that a scanned textbook of 500 MB is not held in memory.

    Windows neither moves nor removes what is mapped, and the document may be removed meanwhile.
    """
    if sys.platform == "win32":
        return bytearray(file.read())
    return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)


class _File:
    """A file that is open in this process, and the pages of it that were drawn last."""

    def __init__(self, path: str, password: str | None) -> None:
        from reader.importers.pdf.file import opened
        from reader.importers.pdf.forms import fill_forms

        with handing.opened(Path(path)) as file:
            content = _content(file)
        bytes_of_file = (ctypes.c_ubyte * len(content)).from_buffer(content)
        # Never left: pypdfium2 closes pages and file when this is let go of.
        self._opening = opened(bytes_of_file, Path(path).name, password)
        self._document = self._opening.__enter__()
        fill_forms(self._document)
        self.forms: Any = self._document.formenv
        self._pages: dict[int, Any] = {}

    def sizes(self) -> list[tuple[str, float, float]]:
        """The label and the size in points of each page, by what the file says of it alone."""
        from reader.importers.pdf.file import MOST_PAGES, unread_sheet

        count = min(len(self._document), MOST_PAGES)
        sheets = [unread_sheet(self._document, number) for number in range(1, count + 1)]
        return [(sheet.label, sheet.width_pt, sheet.height_pt) for sheet in sheets]

    def page(self, number: int) -> Any:
        """A page, loaded.

        Raises:
            Problem: when it is too damaged for that.
        """
        import pypdfium2

        page = self._pages.pop(number, None)
        if page is None:
            try:
                page = self._document[number - 1]
            except (pypdfium2.PdfiumError, IndexError):
                raise Problem("This page is damaged and cannot be drawn.") from None
        self._pages[number] = page
        if len(self._pages) > _PAGES_KEPT:
            self._pages.pop(next(iter(self._pages))).close()
        return page


@lru_cache(maxsize=1)
def _file(path: str, password: str | None) -> _File:
    return _File(path, password)


def _recoloured(pixels: bytes, page: Any, tile: Tile) -> bytes:
    """The pixels on the paper of the tile; dark ones with lightness turned round and hue kept."""
    # Imported here: light pages are drawn without it, in a process of half the size.
    import numpy as np

    width, height = tile.size
    drawn = np.frombuffer(pixels, np.uint8).reshape(height, -1, 4)[:, :width]
    paper, ink = _blue_green_red(tile.paper), _blue_green_red(tile.ink)
    made = np.full((height, width, 4), 255, np.uint8)
    if not tile.dark:
        for i in range(3):
            made[..., i] = np.linspace(0, paper[i], 256).astype(np.uint8)[drawn[..., i]]
        return made.tobytes()
    blue, green, red = (drawn[..., i] for i in range(3))
    low = np.minimum(np.minimum(blue, green), red)
    high = np.maximum(np.maximum(blue, green), red)
    # Each colour keeps its distance to the others; light and dark change places.
    shift = 255 - high - low.astype(np.int16)
    for i, colour in enumerate((blue, green, red)):
        # Thin letters lose more light on dark paper than dark ones lose on white.
        shades = paper[i] + (ink[i] - paper[i]) * np.linspace(0, 1, 256) ** _THIN_LETTERS
        made[..., i] = shades.astype(np.uint8)[colour + shift]
    for left, top, right, bottom in _figures(page, tile):
        made[top:bottom, left:right] = drawn[top:bottom, left:right]
    return made.tobytes()


def _blue_green_red(colour: str) -> tuple[int, int, int]:
    return int(colour[5:7], 16), int(colour[3:5], 16), int(colour[1:3], 16)


def _figures(page: Any, tile: Tile) -> Iterator[tuple[int, int, int, int]]:
    """Where pictures lie in the tile: left, top, right, bottom; none that is the scanned page."""
    import pypdfium2.raw as pdfium

    from reader.importers.pdf.objects import pictures_of

    def device(x: float, y: float) -> tuple[int, int]:
        right, down = ctypes.c_int(), ctypes.c_int()
        place = (-tile.left, -tile.top, tile.width_px, tile.height_px, tile.turn % 4)
        pdfium.FPDF_PageToDevice(page, *place, x, y, right, down)
        return right.value, down.value

    width, height = tile.size
    for x0, y0, x1, y1 in pictures_of(page):
        (left, right), (top, bottom) = map(sorted, zip(device(x0, y0), device(x1, y1), strict=True))
        across, down = right - left, bottom - top
        if min(across, down) < _SMALLEST_FIGURE_PX:
            continue
        if across * down >= _SCAN_SHARE * tile.width_px * tile.height_px:
            continue
        box = max(left, 0), max(top, 0), min(right + 1, width), min(bottom + 1, height)
        if box[0] < box[2] and box[1] < box[3]:
            yield box
