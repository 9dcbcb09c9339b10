"""A PDF file as PDFium opens it: its pages, its outline and what it says of itself."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from reader.problem import Locked, Problem

MOST_PAGES = 20_000
_MOST_BOOKMARKS = 20_000
_MOST_BOOKMARK_LEVELS = 32
# Which of its numbers is the height that a destination leads to, where it is no plain place.
_TOPS = {pdfium.PDFDEST_VIEW_FITH: 0, pdfium.PDFDEST_VIEW_FITBH: 0, pdfium.PDFDEST_VIEW_FITR: 3}
_ROOT = re.compile(rb"(\d{1,10})\s+(\d{1,5})\s+obj\s*<<[^>]{0,1000}?/Type\s*/Catalog\b")
_STEM = re.compile(r"\.(pdf|docx?|indd|dvi|tex|qxd|rtf|txt|xlsx?|pptx?|ps|eps|odt)$", re.I)
_EMPTY_TITLES = re.compile(
    r"(microsoft (word|powerpoint)|untitled)\b.*|no title|title|document ?\d*|print|\W*|\S+", re.I
)


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's outline; `page` counts from 1.

    `y` is the height on the page that it leads to, in the file's own coordinates; None when it does
    not say.
    """

    title: str
    level: int
    page: int
    y: float | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the file and the way from its own coordinates to those in which it is shown."""

    number: int
    label: str
    width_pt: float
    height_pt: float
    rotation: int
    matrix: tuple[float, float, float, float, float, float]

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the file's page is, in points from the shown page's top left."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


@contextmanager
def opened(
    untrusted_bytes: bytes | ctypes.Array[ctypes.c_ubyte], name: str, password: str | None = None
) -> Iterator[Any]:
    """The file opened by PDFium, closed afterwards.

    Raises:
        Locked: when it is protected by a password, and not by this one.
        Problem: when it is damaged, has no pages or too many.
    """
    document = _opened(untrusted_bytes, name, password)
    try:
        if len(document) > MOST_PAGES:
            raise Problem(
                f"“{name}” has {len(document):,} pages; Offprint reads up to {MOST_PAGES:,}."
            )
        yield document
    finally:
        document.close()


def _opened(
    untrusted_bytes: bytes | ctypes.Array[ctypes.c_ubyte], name: str, password: str | None
) -> Any:
    # PDFium keeps its last error where it has none to tell, so we make that one of damage.
    pdfium.FPDF_LoadMemDocument64(b"-", 1, None)
    try:
        return pypdfium2.PdfDocument(untrusted_bytes, password=password)
    except pypdfium2.PdfiumError:
        error = pdfium.FPDF_GetLastError()
    if error == pdfium.FPDF_ERR_PASSWORD:
        which = "another password" if password else "a password"
        raise Locked(f"“{name}” is protected by {which}.")
    if error == pdfium.FPDF_ERR_SECURITY:
        raise Problem(f"“{name}” is protected in a way that Offprint cannot open.")
    roots = _ROOT.findall(untrusted_bytes)
    if roots:
        # A file that was cut off has lost the end that says where it begins.
        end = b"\ntrailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % roots[-1]
        with suppress(pypdfium2.PdfiumError):
            return pypdfium2.PdfDocument(bytes(untrusted_bytes) + end, password=password)
    raise Problem(
        f"“{name}” is damaged: it cannot be read as a PDF. It may not be whole: download or copy "
        "it again, and open that."
    )


@contextmanager
def loaded(document: Any, number: int) -> Iterator[Any]:
    """A page of the file, freed afterwards; None when it is too damaged to be loaded."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    forms = document.formenv
    if page and forms:
        pdfium.FORM_OnAfterLoadPage(page, forms)
    try:
        yield page or None
    finally:
        if page:
            if forms:
                pdfium.FORM_OnBeforeClosePage(page, forms)
            pdfium.FPDF_ClosePage(page)


def sheet_of(document: Any, page: Any, number: int) -> Sheet:
    """How a loaded page is shown."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    width, height = (size if 0 < size < 1e6 else 612.0 for size in (width, height))
    scale = 100 if max(width, height) < 20_000 else 1

    def at(x: float, y: float) -> tuple[float, float]:
        right, down = ctypes.c_int(), ctypes.c_int()
        size = (round(width * scale), round(height * scale))
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, right, down)
        return right.value / scale, down.value / scale

    (x0, y0), (x1, y1), (x2, y2) = at(0, 0), at(1000, 0), at(0, 1000)
    across, up = ((x1 - x0) / 1000, (y1 - y0) / 1000), ((x2 - x0) / 1000, (y2 - y0) / 1000)
    if not across[0] * up[1] - across[1] * up[0]:
        across, up, (x0, y0) = (1.0, 0.0), (0.0, -1.0), (0.0, height)
    rotation = 90 * (pdfium.FPDFPage_GetRotation(page) % 4)
    label = label_of(document, number)
    return Sheet(number, label, width, height, rotation, (*across, *up, x0, y0))


def unread_sheet(document: Any, number: int) -> Sheet:
    """A page whose text is not read, by its size alone, which takes no time."""
    size = pdfium.FS_SIZEF()
    pdfium.FPDF_GetPageSizeByIndexF(document, number - 1, size)
    width, height = (side if 0 < side < 1e6 else 612.0 for side in (size.width, size.height))
    matrix = (1.0, 0.0, 0.0, -1.0, 0.0, height)
    return Sheet(number, label_of(document, number), width, height, 0, matrix)


def label_of(document: Any, number: int) -> str:
    """The printed number of a page, as the file says it; else its place in the file."""
    label = wide(pdfium.FPDF_GetPageLabel, document, number - 1)
    return " ".join(label.split())[:40] or str(number)


def bookmarks(document: Any) -> list[Bookmark]:
    """The file's outline, as far as it leads to pages; loops in it are cut."""
    found: list[Bookmark] = []
    seen: set[int] = set()
    first = pdfium.FPDFBookmark_GetFirstChild(document, None)
    waiting = [(first, 1)] if first else []
    while waiting and len(found) < _MOST_BOOKMARKS:
        mark, level = waiting.pop()
        address = ctypes.addressof(mark.contents)
        if address in seen:
            continue
        seen.add(address)
        following = pdfium.FPDFBookmark_GetNextSibling(document, mark)
        if following:
            waiting.append((following, level))
        child = pdfium.FPDFBookmark_GetFirstChild(document, mark)
        if child and level < _MOST_BOOKMARK_LEVELS:
            waiting.append((child, level + 1))
        title = " ".join(wide(pdfium.FPDFBookmark_GetTitle, mark).split())
        place = _destination(document, mark)
        if title and place is not None:
            found.append(Bookmark(title[:300], level, *place))
    return found


def _destination(document: Any, mark: Any) -> tuple[int, float | None] | None:
    target = pdfium.FPDFBookmark_GetDest(document, mark)
    if not target:
        action = pdfium.FPDFBookmark_GetAction(mark)
        target = pdfium.FPDFAction_GetDest(document, action) if action else None
    return place_of(document, target) if target else None


def place_of(document: Any, target: Any) -> tuple[int, float | None] | None:
    """The page, counted from 1, and the height that a destination leads to; None of no page.

    A height that is not said, or is said as 0 by programs that know none, is None.

    Source: ISO 32000-1, table 151.
    """
    index = pdfium.FPDFDest_GetDestPageIndex(document, target)
    if not 0 <= index < len(document):
        return None
    count, sides = ctypes.c_ulong(), (ctypes.c_float * 4)()
    view = pdfium.FPDFDest_GetView(target, count, sides)
    which = _TOPS.get(view)
    if which is not None:
        top = sides[which] if count.value > which else 0.0
        return index + 1, top if top > 0 else None
    has = [ctypes.c_int() for _ in range(3)]
    at = [ctypes.c_float() for _ in range(3)]
    if not pdfium.FPDFDest_GetLocationInPage(target, *has, *at) or not has[1].value:
        return index + 1, None
    return index + 1, at[1].value if at[1].value > 0 else None


def facts(document: Any) -> dict[str, str]:
    """What the file says of itself: "Title", "Author", "Subject", "Keywords", "Creator"."""
    names = ("Title", "Author", "Subject", "Keywords", "Creator")
    said = {name: wide(pdfium.FPDF_GetMetaText, document, name.encode()) for name in names}
    return {name: " ".join(value.split())[:1000] for name, value in said.items()}


def told_title(said: dict[str, str], file_name: str) -> str:
    """The title that the file gives itself, unless a program made it up."""
    title = said.get("Title", "")
    made_up = _EMPTY_TITLES.fullmatch(title) or _STEM.search(title)
    return "" if made_up or title == Path(file_name).stem else title


def told_authors(said: dict[str, str]) -> tuple[str, ...]:
    """The authors that the file names; single words are mostly the name of an account."""
    parts = re.split(r"\s*;\s*|\s+and\s+|\s*&\s*", said.get("Author", ""))
    if len(parts) == 1 and all(" " in name for name in re.split(r",\s*", parts[0])):
        parts = re.split(r",\s*", parts[0])
    return tuple(name for name in parts if " " in name and any(c.isalpha() for c in name))


def wide(read: Any, *where: Any) -> str:
    """What a function of PDFium gives that fills a buffer with UTF-16 and tells its length."""
    size = read(*where, None, 0)
    if not 2 < size < 1_000_000:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    read(*where, buffer, size)
    return bytes(buffer)[: size // 2 * 2 - 2].decode("utf-16-le", "replace").replace("\x00", "")
