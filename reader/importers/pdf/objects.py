"""What a PDF's page draws beside its text: pictures, and the rules of tables and fractions."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from reader.importers.pdf.file import Sheet

_DEEPEST_FORM = 4
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2_000
_MOST_RULES = 4_000
_THICKEST_PT = 2.5
_SHORTEST_PT = 3.0
_SAME_LINE_PT = 0.6

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def plain(name: str, *kinds: Any) -> Any:
    """A function of PDFium that takes and gives bare addresses, which is quicker than pointers."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(*kinds)(address)


_object = plain("FPDFPage_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_kind = plain("FPDFPageObj_GetType", ctypes.c_int, ctypes.c_void_p)
_held_object = plain("FPDFFormObj_GetObject", ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line that is drawn on a page, level or upright, in points of the shown page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left >= self.bottom - self.top


def objects_of(page: Any) -> Iterator[tuple[int, int, Matrix, int]]:
    """The objects of a loaded page: address, kind, matrix of what holds it, depth of forms.

    Those of the page itself come first, each kind of the order in which they are drawn.
    """
    handle = ctypes.cast(page, ctypes.c_void_p)
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    waiting: list[tuple[int, Matrix, int]] = [
        (_object(handle, i), _IDENTITY, 0) for i in range(count)
    ]
    seen = count
    for thing, matrix, depth in waiting:
        if not thing:
            continue
        kind = _kind(thing)
        yield thing, kind, matrix, depth
        if kind != pdfium.FPDF_PAGEOBJ_FORM or depth >= _DEEPEST_FORM:
            continue
        form = ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT)
        own = pdfium.FS_MATRIX()
        pdfium.FPDFPageObj_GetMatrix(form, own)
        inner = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        held = max(min(pdfium.FPDFFormObj_CountObjects(form), _MOST_OBJECTS - seen), 0)
        seen += held
        waiting += [(_held_object(thing, i), inner, depth + 1) for i in range(held)]


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    return (
        inner[0] * a + inner[1] * c,
        inner[0] * b + inner[1] * d,
        inner[2] * a + inner[3] * c,
        inner[2] * b + inner[3] * d,
        inner[4] * a + inner[5] * c + e,
        inner[4] * b + inner[5] * d + f,
    )


def bounds_of(thing: int, matrix: Matrix) -> Box | None:
    """The box of an object in the page's own coordinates: left, bottom, right, top."""
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT), *sides):
        return None
    x0, y0, x1, y1 = (side.value for side in sides)
    return _turned((x0, y0, x1, y1), matrix)


def _turned(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def pictures_of(page: Any) -> Iterator[Box]:
    """The boxes of a page's pictures in its own coordinates: left, bottom, right, top."""
    for thing, kind, matrix, _ in objects_of(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = bounds_of(thing, matrix)
            if box is not None:
                yield box


def rules_of(page: Any, sheet: Sheet) -> list[Rule]:
    """The level and upright lines of a page, drawn as strokes, thin boxes or edges of boxes."""
    found: list[Rule] = []
    for thing, kind, matrix, _ in objects_of(page):
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            box = bounds_of(thing, matrix)
            if box is None:
                continue
            lines = [box] if _thin(box) else _segments(thing, matrix)
            for line in lines:
                (x0, y0), (x1, y1) = sheet.shown(*line[:2]), sheet.shown(*line[2:])
                found.append(Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            if len(found) > _MOST_RULES:
                # So many lines are a drawing, and say nothing about text.
                return []
    return _joined(found)


def _joined(rules: list[Rule]) -> list[Rule]:
    """The rules, with those that go on in one line as one: browsers draw the edges of each cell."""
    upright = [rule for rule in rules if not rule.level]
    found: list[Rule] = []
    for rule in sorted((one for one in rules if one.level), key=lambda r: (round(r.top), r.left)):
        last = found[-1] if found else None
        goes_on = (
            last is not None
            and abs(last.top - rule.top) <= _SAME_LINE_PT
            and abs(last.bottom - rule.bottom) <= _SAME_LINE_PT
            and last.left <= rule.left <= last.right + _SAME_LINE_PT
        )
        if last is not None and goes_on:
            found[-1] = Rule(last.left, last.top, max(last.right, rule.right), last.bottom)
        else:
            found.append(rule)
    return found + upright


def _thin(box: Box) -> bool:
    sides = box[2] - box[0], box[3] - box[1]
    return min(sides) <= _THICKEST_PT and max(sides) >= _SHORTEST_PT


def _segments(thing: int, matrix: Matrix) -> list[Box]:
    """The level and upright lines of a path."""
    path = ctypes.cast(thing, pdfium.FPDF_PAGEOBJECT)
    count = pdfium.FPDFPath_CountSegments(path)
    if not 1 < count <= _MOST_SEGMENTS:
        return []
    own = pdfium.FS_MATRIX()
    if pdfium.FPDFPageObj_GetMatrix(path, own):
        matrix = _product((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Box] = []
    begun = last = (0.0, 0.0)
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        here = (x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            found.append((*last, *here))
        if pdfium.FPDFPathSegment_GetClose(segment):
            found.append((*here, *begun))
            here = begun
        last = here
    turned = (_turned(line, matrix) for line in found)
    return [line for line in turned if _thin(line)]


def mark_name(mark: Any) -> str:
    """The name of a mark on the contents of a page: "OC", "Artifact", "Span"."""
    buffer, size = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size):
        return ""
    return bytes(buffer)[: max(size.value - 2, 0)].decode("utf-16-le", "replace")
