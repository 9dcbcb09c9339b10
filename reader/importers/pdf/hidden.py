"""Words that a PDF holds and does not show: in layers that are off, or in the paper's colour."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2.raw as pdfium

from reader.importers.pdf.file import Sheet
from reader.importers.pdf.objects import pictures_of
from reader.model.left_out import Reason

Box = tuple[float, float, float, float]
Why = Literal["invisible", "pale", "layer"]
_LARGEST_PX = 2_000
_DOTS_A_POINT = 2.0
# Darker or lighter than the paper by less is not seen.
_SEEN = 12
_MOST_COLOURS = 0xFF00


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word that may not be shown: drawn in no colour, in white, or in a layer.

    `box` is left, top, right, bottom on the shown page; `drawn` is the address of its text object.
    """

    place: int
    box: Box
    drawn: int
    why: Why


def hidden_among(page: Any, sheet: Sheet, suspects: Sequence[Suspect]) -> dict[int, Reason]:
    """The places of the words that the page does not show, each with the reason.

    Text in no colour counts as shown where anything is: under it lies the picture, or the outline,
    of which it is the text. The colours of words in layers are changed in the loaded page.
    """
    found: dict[int, Reason] = {}
    blank = [one for one in suspects if one.why != "layer"]
    if any(one.why == "invisible" for one in blank):
        pictures = [_shown(box, sheet) for box in pictures_of(page)]
        blank = [
            one
            for one in blank
            if one.why == "pale" or not any(_holds(box, one.box) for box in pictures)
        ]
    if blank:
        drawn = _Drawn(page, sheet, smooth=True)
        found |= {one.place: "hidden text" for one in blank if drawn.is_blank(one.box)}
    layered = [one for one in suspects if one.why == "layer"]
    if layered:
        colours = _coloured(layered)
        drawn = _Drawn(page, sheet, smooth=False)
        for one in layered:
            colour = colours.get(one.drawn)
            if colour is not None and not drawn.has(colour, one.box):
                found[one.place] = "hidden layer"
    return found


def _shown(box: Box, sheet: Sheet) -> Box:
    (x0, y0), (x1, y1) = sheet.shown(*box[:2]), sheet.shown(*box[2:])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _holds(box: Box, word: Box) -> bool:
    across, down = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _coloured(layered: Sequence[Suspect]) -> dict[int, tuple[int, int]]:
    """Give each text object a colour that no other has; those that are not filled have none."""
    colours: dict[int, tuple[int, int]] = {}
    for one in layered:
        if one.drawn in colours or len(colours) >= _MOST_COLOURS:
            continue
        thing = ctypes.cast(one.drawn, pdfium.FPDF_PAGEOBJECT)
        number = len(colours) + 1
        if pdfium.FPDFTextObj_GetTextRenderMode(thing) == pdfium.FPDF_TEXTRENDERMODE_FILL:
            colour = (number >> 8, number & 0xFF)
            if pdfium.FPDFPageObj_SetFillColor(thing, 0x5B, *colour, 255):
                colours[one.drawn] = colour
    return colours


class _Drawn:
    """The page as it is drawn, small."""

    def __init__(self, page: Any, sheet: Sheet, smooth: bool) -> None:
        largest = max(sheet.width_pt, sheet.height_pt)
        self._scale = min(_DOTS_A_POINT, _LARGEST_PX / largest)
        self._width = max(round(sheet.width_pt * self._scale), 1)
        self._height = max(round(sheet.height_pt * self._scale), 1)
        bitmap = pdfium.FPDFBitmap_Create(self._width, self._height, 0)
        if not bitmap:
            self._stride, self._pixels = 0, b""
            return
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self._width, self._height, 0xFFFFFFFF)
            flags = 0 if smooth else _ROUGH
            size = (0, 0, self._width, self._height)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, *size, 0, flags | pdfium.FPDF_ANNOT)
            self._stride = pdfium.FPDFBitmap_GetStride(bitmap)
            buffer = pdfium.FPDFBitmap_GetBuffer(bitmap)
            self._pixels = ctypes.string_at(buffer, self._stride * self._height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def _rows(self, box: Box) -> list[bytes]:
        left, top, right, bottom = (round(side * self._scale) for side in box)
        left, right = max(left, 0), min(max(right, left + 1), self._width)
        rows = range(max(top, 0), min(max(bottom, top + 1), self._height))
        starts = (r * self._stride for r in rows)
        return [self._pixels[start + 4 * left : start + 4 * right] for start in starts]

    def is_blank(self, box: Box) -> bool:
        """Whether nothing can be seen in a box."""
        rows = [row for row in self._rows(box) if row]
        for plane in range(3):
            shades = [shade for row in rows for shade in row[plane::4]]
            if shades and max(shades) - min(shades) > _SEEN:
                return False
        return bool(rows)

    def has(self, colour: tuple[int, int], box: Box) -> bool:
        """Whether a colour of `_coloured` is seen in a box."""
        green, blue = colour
        wanted = bytes((blue, green, 0x5B))
        return any(
            row[4 * i : 4 * i + 3] == wanted
            for row in self._rows(box)
            for i in range(len(row) // 4)
        )


_ROUGH = (
    pdfium.FPDF_RENDER_NO_SMOOTHTEXT
    | pdfium.FPDF_RENDER_NO_SMOOTHIMAGE
    | pdfium.FPDF_RENDER_NO_SMOOTHPATH
)
