"""Formulas of Word files as MathML.

Source: ECMA-376, part 1, 22.1 (Office Math Markup Language).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from reader.importers.common.elements import Element
from reader.importers.common.symbol_fonts import decoded_symbol, symbol_text

_MATHML = "http://www.w3.org/1998/Math/MathML"
# None names the default; the stubs of lxml do not know it.
_NAMESPACES: dict[Any, str] = {None: _MATHML}
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\s+|[&]|.", re.DOTALL)
_DEEPEST = 40
_STYLES = {"p": "normal", "b": "bold", "i": "italic", "bi": "bold-italic"}
_ON = ("1", "on", "true")
_FENCED = {"fence": "true"}


def mathml_of_omml(omath: Element) -> Element:
    """The formula of an `m:oMath`; what is deleted in it is left out."""
    math = etree.Element(f"{{{_MATHML}}}math", nsmap=_NAMESPACES)
    _Converter().fill(math, omath, 0)
    return math


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Element | None, name: str, default: str = "") -> str:
    if element is None:
        return default
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return default


def _part(element: Element, name: str) -> Element | None:
    return next((child for child in element if _name(child) == name), None)


def _property(element: Element, name: str, default: str, empty: str = "1") -> str:
    """A property of a construct: `default` when it is not named, `empty` when it has no value."""
    properties = _part(element, f"{_name(element)}Pr")
    found = _part(properties, name) if properties is not None else None
    return default if found is None else _attribute(found, "val", empty)


def _holds(element: Element | None) -> bool:
    return element is not None and any(not _name(child).endswith("Pr") for child in element)


def _is_on(element: Element, name: str) -> bool:
    return _property(element, name, "0") in _ON


class _Converter:
    """Makes MathML elements below a parent, one construct after another."""

    def __init__(self) -> None:
        self._makers: dict[str, Callable[[Element, Element, int], None]] = {
            "f": self._fraction,
            "rad": self._root,
            "sSup": self._scripts,
            "sSub": self._scripts,
            "sSubSup": self._scripts,
            "sPre": self._prescripts,
            "nary": self._large,
            "d": self._brackets,
            "m": self._matrix,
            "acc": self._accent,
            "bar": self._line,
            "func": self._function,
            "limLow": self._limit,
            "limUpp": self._limit,
            "eqArr": self._equations,
            "groupChr": self._grouped,
            "borderBox": self._bordered,
            "phant": self._phantom,
        }

    def fill(self, parent: Element, source: Element | None, depth: int) -> None:
        """Add what is in `source`; runs of the same look are one."""
        waiting: list[tuple[str, str]] = []
        for child in _content(source) if source is not None else ():
            name = _name(child)
            if name == "r":
                waiting.append((_style(child), _text(child)))
                continue
            self._flush(parent, waiting)
            make = self._makers.get(name)
            if make is not None and depth < _DEEPEST:
                make(parent, child, depth + 1)
            elif make is not None:
                _add(parent, "mtext").text = "".join(map(_text, child.iter("{*}r")))
            elif not name.endswith("Pr"):
                self.fill(parent, child, depth)
        self._flush(parent, waiting)

    def _flush(self, parent: Element, waiting: list[tuple[str, str]]) -> None:
        text, style = "", ""
        for style_of_run, text_of_run in waiting:
            if text and style_of_run != style:
                _add_tokens(parent, text, style)
                text = ""
            style, text = style_of_run, text + text_of_run
        if text:
            _add_tokens(parent, text, style)
        waiting.clear()

    def _row(self, parent: Element, source: Element | None, depth: int) -> Element:
        row = _add(parent, "mrow")
        self.fill(row, source, depth)
        return row

    def _fraction(self, parent: Element, source: Element, depth: int) -> None:
        kind = _property(source, "type", "bar")
        more = {"noBar": {"linethickness": "0"}, "skw": {"bevelled": "true"}}
        fraction = _add(parent, "mfrac", more.get(kind, {}))
        self._row(fraction, _part(source, "num"), depth)
        self._row(fraction, _part(source, "den"), depth)

    def _root(self, parent: Element, source: Element, depth: int) -> None:
        degree = _part(source, "deg")
        has_degree = _holds(degree) and not _is_on(source, "degHide")
        root = _add(parent, "mroot" if has_degree else "msqrt")
        self._row(root, _part(source, "e"), depth)
        if has_degree:
            self._row(root, degree, depth)

    def _scripts(self, parent: Element, source: Element, depth: int) -> None:
        name = "m" + _name(source)[1:].lower()
        made = _add(parent, name)
        for part in ("e", "sub", "sup"):
            if part in name or part == "e":
                self._row(made, _part(source, part), depth)

    def _prescripts(self, parent: Element, source: Element, depth: int) -> None:
        made = _add(parent, "mmultiscripts")
        self._row(made, _part(source, "e"), depth)
        _add(made, "mprescripts")
        self._row(made, _part(source, "sub"), depth)
        self._row(made, _part(source, "sup"), depth)

    def _large(self, parent: Element, source: Element, depth: int) -> None:
        sign = _property(source, "chr", "∫", "")
        stacked = _property(source, "limLoc", "subSup") == "undOvr"
        shown = [
            name
            for name in ("sub", "sup")
            if not _is_on(source, f"{name}Hide") and _holds(_part(source, name))
        ]
        names = {"sub": "munder", "sup": "mover"} if stacked else {"sub": "msub", "sup": "msup"}
        made = parent
        if shown:
            both = "munderover" if stacked else "msubsup"
            made = _add(parent, names[shown[0]] if len(shown) == 1 else both)
        if sign or shown:
            _add(made, "mo").text = sign
        for name in shown:
            self._row(made, _part(source, name), depth)
        self._row(parent, _part(source, "e"), depth)

    def _brackets(self, parent: Element, source: Element, depth: int) -> None:
        row = _add(parent, "mrow")
        left = _property(source, "begChr", "(", "")
        right = _property(source, "endChr", ")", "")
        between = _property(source, "sepChr", "|", "")
        if left:
            _add(row, "mo", {**_FENCED, "form": "prefix"}).text = left
        for i, part in enumerate(e for e in source if _name(e) == "e"):
            if i and between:
                _add(row, "mo").text = between
            self.fill(row, part, depth)
        if right:
            _add(row, "mo", {**_FENCED, "form": "postfix"}).text = right

    def _matrix(self, parent: Element, source: Element, depth: int) -> None:
        table = _add(parent, "mtable")
        for row in (child for child in source if _name(child) == "mr"):
            made = _add(table, "mtr")
            for cell in (child for child in row if _name(child) == "e"):
                self.fill(_add(made, "mtd"), cell, depth)

    def _equations(self, parent: Element, source: Element, depth: int) -> None:
        """Lines under each other; "&" says where they are lined up, and is not shown."""
        table = _add(parent, "mtable", {"columnalign": "left"})
        counted = _is_on(source, "maxDist")
        for line in (child for child in source if _name(child) == "e"):
            row, cell = _add(table, "mtr"), etree.Element("cell")
            self.fill(cell, line, depth)
            made = _add(row, "mtd")
            for piece in list(cell):
                if piece.text == "&":
                    made = _add(row, "mtd")
                elif piece.text == "#" and counted:
                    # What follows is the number of the equation, at the end of the line.
                    _add(made, "mspace", {"width": "2em"})
                else:
                    made.append(piece)

    def _accent(self, parent: Element, source: Element, depth: int) -> None:
        self._over(parent, source, depth, _property(source, "chr", "\u0302", ""), "mover")

    def _line(self, parent: Element, source: Element, depth: int) -> None:
        over = _property(source, "pos", "bot") == "top"
        self._over(parent, source, depth, "¯" if over else "_", "mover" if over else "munder")

    def _grouped(self, parent: Element, source: Element, depth: int) -> None:
        over = _property(source, "pos", "bot") == "top"
        sign = _property(source, "chr", "⏟", "")
        self._over(parent, source, depth, sign, "mover" if over else "munder")

    def _over(self, parent: Element, source: Element, depth: int, sign: str, name: str) -> None:
        made = _add(parent, name, {"accent": "true"} if name == "mover" else {})
        self._row(made, _part(source, "e"), depth)
        _add(made, "mo").text = sign

    def _function(self, parent: Element, source: Element, depth: int) -> None:
        self._row(parent, _part(source, "fName"), depth)
        _add(parent, "mo").text = "\u2061"
        self._row(parent, _part(source, "e"), depth)

    def _limit(self, parent: Element, source: Element, depth: int) -> None:
        made = _add(parent, "munder" if _name(source) == "limLow" else "mover")
        self._row(made, _part(source, "e"), depth)
        self._row(made, _part(source, "lim"), depth)

    def _bordered(self, parent: Element, source: Element, depth: int) -> None:
        struck = [
            sign
            for name, sign in (
                ("strikeH", "horizontalstrike"),
                ("strikeV", "verticalstrike"),
                ("strikeBLTR", "updiagonalstrike"),
                ("strikeTLBR", "downdiagonalstrike"),
            )
            if _is_on(source, name)
        ]
        self.fill(
            _add(parent, "menclose", {"notation": " ".join(struck) or "box"}),
            _part(source, "e"),
            depth,
        )

    def _phantom(self, parent: Element, source: Element, depth: int) -> None:
        shown = _property(source, "show", "1") in _ON
        self.fill(_add(parent, "mrow" if shown else "mphantom"), _part(source, "e"), depth)


def _content(source: Element) -> Iterator[Element]:
    """The constructs in an element, through what only groups them; never what is deleted."""
    for child in source:
        name = _name(child)
        if name in ("ins", "moveTo", "box", "e", "sdt", "sdtContent", "smartTag", "hyperlink"):
            yield from _content(child)
        elif name and name not in ("del", "moveFrom"):
            yield child


def _add(parent: Element, name: str, more: dict[str, str] | None = None) -> Element:
    return etree.SubElement(parent, f"{{{_MATHML}}}{name}", more or {})


def _style(run: Element) -> str:
    properties = next((c for c in run if c.tag.endswith("/math}rPr")), None) if len(run) else None
    if properties is None:
        return "italic"
    normal = _part(properties, "nor")
    if normal is not None and _attribute(normal, "val", "1") in _ON:
        return "text"
    style = _part(properties, "sty")
    return _STYLES.get(_attribute(style, "val", "i"), "italic")


def _text(run: Element) -> str:
    font = _attribute(next(run.iter("{*}rFonts"), None), "ascii")
    text = ""
    for part in run:
        name = _name(part)
        if name == "t":
            text += symbol_text(part.text or "", font)
        elif name == "sym":
            text += decoded_symbol(_attribute(part, "char"), _attribute(part, "font"))
        elif name in ("tab", "br", "cr"):
            text += " "
        elif name == "noBreakHyphen":
            text += "-"
    return text


def _add_tokens(parent: Element, text: str, style: str) -> None:
    if style == "text":
        _add(parent, "mtext").text = text.replace(" ", "\u00a0")
        return
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token.isspace():
            _add(parent, "mspace", {"width": "0.25em"})
        elif token[0].isdigit():
            _add(parent, "mn").text = token
        elif token[0].isalpha():
            variant = "" if style == "italic" and len(token) == 1 else style
            _add(parent, "mi", {"mathvariant": variant} if variant else {}).text = token
        else:
            _add(parent, "mo").text = token
