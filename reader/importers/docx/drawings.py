"""Pictures, shapes, charts, diagrams and embedded objects of Word files.

Source: ECMA-376, part 1, 20 and 21 (DrawingML); part 4, 19 (VML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from reader.importers.common.elements import Element, tag_of
from reader.importers.common.images import picture
from reader.importers.docx.package import Package, R, W
from reader.importers.word.parts import Event, Picture
from reader.model.left_out import Reason
from reader.problem import Problem

_EMU_A_PX = 9525
_SMALLEST_PX = 24
_LONGEST_SIGN = 3
_SIZE = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*([\d.]+)(pt|in|px|cm|mm)?", re.IGNORECASE)
_PX = {"pt": 4 / 3, "in": 96.0, "px": 1.0, "cm": 37.8, "mm": 3.78}
_UNNAMED = re.compile(
    r"(picture|image|grafik|bild|graphic|object|shape|text ?box|chart|diagram|group|canvas|objekt"
    r"|immagine|imagen|imagem|рисунок|图片)?\s*\d*(\.\w{3,4})?|description: .*image\d*\.\w+",
    re.IGNORECASE,
)
_LONGEST_WORDS = 20_000


class Drawings:
    """What is drawn in one part of a file."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part

    def events(self, drawing: Element) -> list[Event]:
        """What a drawing shows: pictures, the words in its shapes, what of it cannot be shown."""
        alternative = self._alternative(drawing)
        size = _size_px(drawing)
        events: list[Event] = []
        boxes = [e for e in drawing.iter(f"{W}txbxContent") if not _is_inside(e, f"{W}txbxContent")]
        for element in _outside_boxes(drawing):
            name = tag_of(element)
            if name == "blip":
                address = element.get(f"{R}embed") or element.get(f"{R}link") or ""
                events.append(self._picture(address, alternative, size))
            elif name == "imagedata" and self._package.relations(self._part):
                said = self._alternative(element, alternative) or element.get(_O + "title", "")
                events.append(self._picture(element.get(f"{R}id", ""), _named(said), size))
            elif name == "chart":
                events.append(self._chart(element.get(f"{R}id", ""), alternative))
            elif name == "relids":
                events += self._diagram(element.get(f"{R}dm", ""), alternative)
            elif name == "textpath" and element.get("string"):
                events.append(Event("text", f" {element.get('string')} "))
            elif name == "t" and "drawingml" in str(element.tag) and (element.text or "").strip():
                events.append(Event("text", f" {element.text} "))
        events = self._of_object(drawing, events, alternative)
        if boxes:
            events.append(Event("boxes", boxes=boxes))
        elif not events and alternative:
            events.append(_placeholder(alternative))
        return events

    def _alternative(self, drawing: Element, default: str = "") -> str:
        """What is said of a drawing for those who do not see it."""
        for element in drawing.iter():
            if tag_of(element) == "decorative" and element.get("val") in ("1", "true"):
                return ""
        for element in drawing.iter():
            name = tag_of(element)
            if name in ("docpr", "cnvpr"):
                said = element.get("descr") or element.get("title") or ""
            elif name in ("shape", "rect", "group"):
                said = element.get("alt") or element.get("title") or ""
            else:
                continue
            if _named(said):
                return _named(said)
        return default

    def _picture(self, relation_id: str, alternative: str, size: tuple[float, float]) -> Event:
        relation = self._package.relations(self._part).get(relation_id)
        name = basename(relation.target) if relation is not None else ""
        content = b""
        if relation is not None and not relation.is_external:
            try:
                content = self._package.archive.read(relation.target)
            except Problem:
                content = b""
        small = bool(min(size) > 0 and max(size) < _SMALLEST_PX) or (
            0 < len(alternative) <= _LONGEST_SIGN
        )
        if picture(content) is not None:
            return Event("picture", picture=Picture(content, alternative, small))
        said = alternative or f"Picture that cannot be shown ({name or 'it is missing'})"
        return _placeholder(said, "picture", alternative or name, small and bool(alternative))

    def _of_object(self, drawing: Element, events: list[Event], alternative: str) -> list[Event]:
        """What an embedded object shows: its picture, or what it is."""
        embedded = next((e for e in drawing.iter() if tag_of(e) == "oleobject"), None)
        control = next(drawing.iter(f"{W}control"), None)
        if embedded is None and control is None:
            return events
        kind = embedded.get("ProgID", "") if embedded is not None else ""
        shown = [e for e in events if e.picture is None or e.picture.content]
        if shown:
            return shown
        if control is not None:
            said = alternative or f"Control ({control.get(W + 'name', '') or 'of a form'})"
            return [_placeholder(said, "control", said)]
        is_formula = "equation" in kind.lower() or "mathtype" in kind.lower()
        what = "Formula" if is_formula else "Embedded object"
        said = alternative or f"{what} that cannot be shown ({kind or 'of an unknown program'})"
        return [_placeholder(said, "formula" if is_formula else "embedded object", said)]

    def _chart(self, relation_id: str, alternative: str) -> Event:
        root = self._related(relation_id)
        words = " ".join(_chart_words(root)) if root is not None else ""
        title = " ".join(
            t.text or ""
            for e in (root.iter() if root is not None else ())
            if tag_of(e) == "title"
            for t in e.iter("{*}t")
        )
        said = alternative or f"Chart: {title}".rstrip(": ")
        return _placeholder(said, "embedded object", (words or said)[:_LONGEST_WORDS])

    def _diagram(self, relation_id: str, alternative: str) -> Iterator[Event]:
        root = self._related(relation_id)
        yield _placeholder(alternative or "Diagram")
        for point in root.iter("{*}pt") if root is not None else ():
            words = "".join(t.text or "" for t in point.iter("{*}t")).strip()
            if words and point.get("type") not in ("pres", "parTrans", "sibTrans"):
                yield Event("break")
                yield Event("text", words)

    def _related(self, relation_id: str) -> Element | None:
        relation = self._package.relations(self._part).get(relation_id)
        if relation is None or relation.is_external:
            return None
        try:
            return self._package.root(relation.target)
        except Problem:
            return None


_O = "{urn:schemas-microsoft-com:office:office}"


def _placeholder(
    alternative: str, reason: Reason | None = None, words: str = "", small: bool = False
) -> Event:
    return Event("picture", picture=Picture(b"", alternative, small, reason, words))


def _named(said: str) -> str:
    """What is said of a picture, if it is more than the name that a program gave it."""
    words = " ".join(said.split())
    return "" if _UNNAMED.fullmatch(words) else words


def _outside_boxes(drawing: Element) -> Iterator[Element]:
    stack = [drawing]
    while stack:
        element = stack.pop()
        if element.tag != f"{W}txbxContent":
            yield element
            stack.extend(reversed(element))


def _is_inside(element: Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def _size_px(drawing: Element) -> tuple[float, float]:
    """How wide and high a drawing is on the page; zeros when it does not say so."""
    for element in drawing.iter():
        if tag_of(element) == "extent":
            sides = [element.get(name, "") for name in ("cx", "cy")]
            if all(re.fullmatch(r"\d{1,12}", side) for side in sides):
                return int(sides[0]) / _EMU_A_PX, int(sides[1]) / _EMU_A_PX
        found = {
            name.lower(): float(number) * _PX[(unit or "px").lower()]
            for name, number, unit in _SIZE.findall(element.get("style") or "")
            if number.count(".") < 2 and number != "."
        }
        if len(found) == 2:
            return found["width"], found["height"]
    return 0.0, 0.0


def _chart_words(root: Element) -> Iterator[str]:
    """The words and numbers of a chart: its title, axes, series and values."""
    for element in root.iter():
        if tag_of(element) in ("t", "v") and (element.text or "").strip():
            yield (element.text or "").strip()
