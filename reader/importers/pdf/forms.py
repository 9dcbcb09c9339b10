"""Form fields and typed comments of a PDF's page: what is filled in, as words at their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pypdfium2
import pypdfium2.raw as pdfium

from reader.importers.pdf.file import Sheet, wide
from reader.importers.pdf.word import PageText, Word

_MOST_ANNOTATIONS = 5_000
_MOST_OPTIONS = 500
_SET_IN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_HIDDEN, _NO_VIEW = 2, 32
_PASSWORD = 1 << 13
_TICKS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_WORDED = (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX)
_LARGEST_PT = 12.0
_LETTER_EM = 0.5
_LEADING = 1.2
_LETTER = re.compile(r"\w")
TICKED, UNTICKED = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its box on the shown page, and its lines as a person sees them.

    "words" are drawn by the page, as a rule; "ticks" are what we write for boxes and lists.
    """

    kind: Literal["words", "ticks"]
    box: tuple[float, float, float, float]
    lines: tuple[str, ...] = ()


def fill_forms(document: Any) -> None:
    """Make PDFium draw the fields of a file's forms, those that have no appearance included.

    To be called before pages are loaded. No script of the file is run.
    """
    if document.formenv or pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_NONE:
        return
    config = pdfium.FPDF_FORMFILLINFO(version=2)
    raw = pdfium.FPDFDOC_InitFormFillEnvironment(document, config)
    if raw:
        document.formenv = pypdfium2.PdfFormEnv(raw, config)


def set_in(document: Any, page: Any, sheet: Sheet) -> tuple[bool, list[Field]]:
    """Set the contents of form fields, typed comments and stamps into a page, in memory only.

    Whether there were any; then the page is to be loaded again. And its fields: tick boxes and
    lists are not set in, for their signs are not letters. The file is never changed.
    """
    found: list[Field] = []
    any_set = False
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind in _SET_IN:
            any_set = True
            if kind == pdfium.FPDF_ANNOT_WIDGET and document.formenv:
                found += _field(document.formenv, annotation, sheet)
            elif kind == pdfium.FPDF_ANNOT_FREETEXT:
                found += _typed(annotation, sheet)
        pdfium.FPDFPage_CloseAnnot(annotation)
    if any_set:
        done = pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        any_set = bool(done == pdfium.FLATTEN_SUCCESS)
    return any_set, found


def _field(forms: Any, annotation: Any, sheet: Sheet) -> list[Field]:
    box = _box(annotation, sheet)
    if box is None:
        return []
    kind = pdfium.FPDFAnnot_GetFormFieldType(forms, annotation)
    if kind in _WORDED:
        lines = _words(forms, annotation, kind)
        return [Field("words", box, lines)] if lines else []
    if kind in _TICKS:
        sign = TICKED if pdfium.FPDFAnnot_IsChecked(forms, annotation) else UNTICKED
        lines = (sign,)
    elif kind == pdfium.FPDF_FORMFIELD_LISTBOX:
        lines = tuple(
            f"{TICKED if chosen else UNTICKED} {label}"
            for label, chosen in _options(forms, annotation)
        )
    else:
        return []
    flags = pdfium.FPDFAnnot_GetFlags(annotation)
    pdfium.FPDFAnnot_SetFlags(annotation, flags | _HIDDEN)
    return [Field("ticks", box, lines)] if lines else []


def _typed(annotation: Any, sheet: Sheet) -> list[Field]:
    """What is typed on a page, where the file has no drawing of it."""
    box = _box(annotation, sheet)
    lines = _lines_in(wide(pdfium.FPDFAnnot_GetStringValue, annotation, b"Contents"))
    return [Field("words", box, lines)] if box is not None and lines else []


def _box(annotation: Any, sheet: Sheet) -> tuple[float, float, float, float] | None:
    """Where an annotation that is shown stands on the page; None where it is not."""
    area = pdfium.FS_RECTF()
    hidden = pdfium.FPDFAnnot_GetFlags(annotation) & (_HIDDEN | _NO_VIEW)
    if hidden or not pdfium.FPDFAnnot_GetRect(annotation, area):
        return None
    (x0, y0), (x1, y1) = sheet.shown(area.left, area.top), sheet.shown(area.right, area.bottom)
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    inside = 0 <= across <= sheet.width_pt and 0 <= down <= sheet.height_pt
    return box if inside else None


def _lines_in(value: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in re.split(r"[\r\n\u2028\u2029]+", value) if line.strip())


def _words(forms: Any, annotation: Any, kind: int) -> tuple[str, ...]:
    """The lines of a text field or of what is chosen; none of a password."""
    if pdfium.FPDFAnnot_GetFormFieldFlags(forms, annotation) & _PASSWORD:
        return ()
    if kind == pdfium.FPDF_FORMFIELD_COMBOBOX:
        chosen = [label for label, is_chosen in _options(forms, annotation) if is_chosen]
        if chosen:
            return tuple(chosen)
    value = wide(pdfium.FPDFAnnot_GetFormFieldValue, forms, annotation)
    return _lines_in(value)


def _options(forms: Any, annotation: Any) -> list[tuple[str, bool]]:
    count = min(pdfium.FPDFAnnot_GetOptionCount(forms, annotation), _MOST_OPTIONS)
    return [
        (
            wide(pdfium.FPDFAnnot_GetOptionLabel, forms, annotation, i),
            bool(pdfium.FPDFAnnot_IsOptionSelected(forms, annotation, i)),
        )
        for i in range(count)
    ]


def with_fields(page: PageText, fields: Sequence[Field]) -> None:
    """Add to the words of a page what its fields say and it does not draw as letters."""
    for field in fields:
        inside = [word for word in page.words if _holds(field.box, word)]
        # What the page draws counts: programs draw dates and numbers otherwise than they keep them.
        if field.kind == "words" and (
            _spelled(inside, field.lines) or any(_LETTER.search(word.text) for word in inside)
        ):
            continue
        page.words += _set(field.lines, field.box)
        page.shown += "".join(f"\n{line}" for line in field.lines)


def _spelled(words: Sequence[Word], lines: Sequence[str]) -> bool:
    """Whether words are the letters of a line, each in a box of its own; joins them if so."""
    line = " ".join(lines)
    letters = "".join(word.text for word in words)
    if not letters or letters != "".join(line.split()):
        return False
    begins, place = set(), 0
    for part in line.split():
        begins.add(place)
        place += len(part)
    place = 0
    for word in words:
        word.glued = place not in begins
        place += len(word.text)
    return True


def _holds(box: tuple[float, float, float, float], word: Word) -> bool:
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _set(lines: Sequence[str], box: tuple[float, float, float, float]) -> list[Word]:
    """Lines as words in a box, about where they would be drawn."""
    left, top, right, bottom = box
    tall = (bottom - top) / max(len(lines), 1)
    size = round(max(min(_LARGEST_PT, 0.8 * tall), 1.0), 1)
    found: list[Word] = []
    for i, line in enumerate(lines):
        middle = (
            top + (i + 0.5) * min(tall, _LEADING * _LARGEST_PT)
            if len(lines) > 1
            else (top + bottom) / 2
        )
        letter = min(_LETTER_EM * size, (right - left) / max(len(line), 1))
        place = left
        for text in line.split():
            end = place + letter * len(text)
            upper, lower = middle - 0.5 * size, middle + 0.5 * size
            found.append(Word(text, place, upper, end, lower, middle + 0.3 * size, size))
            place = end + letter
    return found
