"""Highlights and notes that are in a PDF already, on the passages that they cover."""

from __future__ import annotations

import colorsys
import ctypes
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.pdf.file import Sheet, loaded, opened, sheet_of, wide
from reader.model.annotation import Area, Colour
from reader.model.pdf.page_map import PageBox, PageMap, place_in_text
from reader.model.pdf.pdf_annotation import ID, TAGS, PdfAnnotation
from reader.model.span import Span

_MOST_ON_A_PAGE = 5_000
_LONGEST_NOTE = 100_000
_MARKING = {
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
}
_PINNED = {pdfium.FPDF_ANNOT_TEXT}
_UNDERLINED = {pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY}
# Degrees of the colour circle at which each of our colours ends.
_HUES: tuple[tuple[float, Colour], ...] = (
    (15, "pink"),
    (75, "yellow"),
    (165, "green"),
    (250, "blue"),
    (295, "violet"),
    (360, "pink"),
)
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?'?|Z)?"
)
# Words this near to each other in the text are one passage, whatever lies between.
_NEAR_CHARACTERS = 40
# A rectangle that is smaller is a slip of the mouse, or a line.
_SMALLEST_PT = 1.0

WordsOn = Callable[[int], list[tuple[Span, PageBox]]]
AreaOf = Callable[[PageBox], Area | None]


def notes_in(
    untrusted_bytes: bytes, name: str, page_map: PageMap, password: str | None = None
) -> list[PdfAnnotation]:
    """The highlights, underlines and notes of a file, in the order of its pages.

    Those on no text are left out, since nothing could show them beside the text; but for
    rectangles, which are notes on an area of their page.

    Raises:
        Locked: when the file is protected by a password, and not by this one.
        Problem: when it is damaged.
    """
    found: list[PdfAnnotation] = []
    # A page may hold thousands of marks, and the boxes of its words are made when asked for.
    words_on = lru_cache(1)(page_map.words_on)
    area_of = _Areas(untrusted_bytes, page_map).of
    with opened(untrusted_bytes, name, password) as file:
        for page in page_map.pages[: len(file)]:
            with loaded(file, page.number) as loaded_page:
                if loaded_page is None:
                    continue
                sheet = sheet_of(file, loaded_page, page.number)
                for i, annotation in annotations_of(loaded_page):
                    place = f"{page.number} {i}"
                    one = _note(annotation, sheet, page_map, words_on, area_of, place)
                    found += [one] if one is not None else []
    return found


def annotations_of(page: Any) -> Iterator[tuple[int, Any]]:
    """Each annotation of a loaded page with its number, open until the next is asked for."""
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ON_A_PAGE)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if annotation:
            try:
                yield i, annotation
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _note(
    annotation: Any,
    sheet: Sheet,
    page_map: PageMap,
    words_on: WordsOn,
    area_of: AreaOf,
    place: str,
) -> PdfAnnotation | None:
    kind, area = pdfium.FPDFAnnot_GetSubtype(annotation), None
    if kind in _MARKING:
        span = _covered(quads_of(annotation, sheet), words_on(sheet.number))
    elif kind in _PINNED:
        left, top, _, bottom = _rectangle(annotation, sheet)
        span = page_map.word_at(sheet.number, left + 1, (top + bottom) / 2)
    elif kind == pdfium.FPDF_ANNOT_SQUARE:
        area = area_of(PageBox(sheet.number, *_rectangle(annotation, sheet)))
        span = place_in_text(page_map, area.box) if area is not None else None
    else:
        return None
    if span is None:
        return None
    # A rectangle that is not filled leaves what it frames as it is.
    is_frame = area is not None and not pdfium.FPDFAnnot_HasKey(annotation, b"IC")
    words = {
        name: wide(pdfium.FPDFAnnot_GetStringValue, annotation, name.encode())
        for name in ("Contents", "T", "M", "CreationDate", "NM", ID)
    }
    return PdfAnnotation(
        key=words[ID] or words["NM"] or place,
        span=span,
        colour=_colour(annotation),
        style="underline" if kind in _UNDERLINED or is_frame else "highlight",
        note=words["Contents"].strip()[:_LONGEST_NOTE],
        author=" ".join(words["T"].split())[:80],
        created=_iso(words["CreationDate"] or words["M"]),
        pinned=kind in _PINNED,
        tags=_tags(wide(pdfium.FPDFAnnot_GetStringValue, annotation, TAGS.encode())),
        area=area,
    )


class _Areas:
    """Areas of the pages of a file."""

    def __init__(self, untrusted_bytes: bytes, page_map: PageMap) -> None:
        self._bytes = untrusted_bytes
        self._page_map = page_map

    @cached_property
    def _file(self) -> str:
        return hashlib.sha256(self._bytes).hexdigest()

    def of(self, box: PageBox) -> Area | None:
        """What of a box lies on its page; None when that is hardly anything."""
        page = self._page_map.pages[box.page - 1]
        left, top = max(box.left, 0.0), max(box.top, 0.0)
        right, bottom = min(box.right, page.width_pt), min(box.bottom, page.height_pt)
        if right - left < _SMALLEST_PT or bottom - top < _SMALLEST_PT:
            return None
        return Area.of(self._file, PageBox(box.page, left, top, right, bottom))


def _tags(untrusted: str) -> tuple[str, ...] | None:
    """The tags that a copy of ours names; None in any other file."""
    try:
        told = json.loads(untrusted) if untrusted else None
    except (ValueError, RecursionError):
        return None
    return tuple(map(str, told)) if isinstance(told, list) else None


def quads_of(annotation: Any, sheet: Sheet) -> list[PageBox]:
    """The boxes that a mark covers; that of the whole when it does not say which."""
    quad = pdfium.FS_QUADPOINTSF()
    found = []
    for i in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), _MOST_ON_A_PAGE)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, i, quad):
            corners = [
                sheet.shown(getattr(quad, f"x{n}"), getattr(quad, f"y{n}")) for n in (1, 2, 3, 4)
            ]
            across, down = zip(*corners, strict=True)
            found.append(PageBox(sheet.number, min(across), min(down), max(across), max(down)))
    return found or [PageBox(sheet.number, *_rectangle(annotation, sheet))]


def _rectangle(annotation: Any, sheet: Sheet) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    (x0, y0), (x1, y1) = sheet.shown(box.left, box.top), sheet.shown(box.right, box.bottom)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _covered(boxes: list[PageBox], words: Sequence[tuple[Span, PageBox]]) -> Span | None:
    """The passage whose words lie mostly in boxes: the longest, where they are far apart."""
    passages: list[Span] = []
    top, bottom = min(box.top for box in boxes), max(box.bottom for box in boxes)
    for span, word in words:
        if (
            word.bottom <= top
            or word.top >= bottom
            or not any(_share(word, box) > 0.5 for box in boxes)
        ):
            continue
        if passages and span.start - passages[-1].end <= _NEAR_CHARACTERS:
            passages[-1] = Span(passages[-1].start, span.end)
        else:
            passages.append(span)
    return max(passages, key=len, default=None)


def _share(word: PageBox, box: PageBox) -> float:
    """How much of a word lies in a box, 0 to 1."""
    across = min(word.right, box.right) - max(word.left, box.left)
    down = min(word.bottom, box.bottom) - max(word.top, box.top)
    if across <= 0 or down <= 0:
        return 0.0
    # Marks are often lower than the line that they are on.
    tall = min(word.bottom - word.top, box.bottom - box.top)
    return (across / (word.right - word.left)) * min(1.0, 1.4 * down / tall)


def _colour(annotation: Any) -> Colour:
    """The one of our colours that comes nearest."""
    # With an appearance of its own, PDFium does not say the colour; this is a copy in memory.
    pdfium.FPDFAnnot_SetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None)
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFAnnot_GetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, *parts):
        return "yellow"
    hue, _, saturation = colorsys.rgb_to_hls(*(part.value / 255 for part in parts[:3]))
    if saturation < 0.1:
        return "yellow"
    return next(colour for end, colour in _HUES if hue * 360 <= end)


def _iso(date: str) -> str:
    """A date as PDF writes it, in UTC, ISO 8601; "" when it is none.

    Source: ISO 32000-1, 7.9.4.
    """
    found = _DATE.match(date)
    if found is None:
        return ""
    year, *rest = (int(part) if part else 0 for part in found.groups()[:6])
    month, day, *clock = rest
    try:
        hour, minute, second = clock
        local = datetime(year, month or 1, day or 1, hour, minute, second, tzinfo=UTC)
        away = timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0))
        exact = local - away if found[7] == "+" else local + away
    except (ValueError, OverflowError):
        return ""
    return exact.strftime("%Y-%m-%dT%H:%M:%SZ") if exact.year >= 1000 else ""
