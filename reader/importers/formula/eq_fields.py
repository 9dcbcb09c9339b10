r"""Formulas that are written as fields ("EQ \f(1,2)"), in Word and in Rich Text, as MathML.

Source: ECMA-376, part 1, 17.16.5.19 (EQ).
"""

from __future__ import annotations

import re

from lxml import etree

from reader.importers.common.elements import Element

_DEEPEST = 20
_TOKEN = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+|\s+|.", re.DOTALL)
_SWITCH = re.compile(r"\\\s*(?:([lrb]c)\s*\\?(\S)|([a-zA-Z]+)\s*(\d*))", re.IGNORECASE)
_LARGE = {"su": "∑", "pr": "∏"}


def mathml_of_eq(code: str) -> Element | None:
    """The formula of an EQ field; None when its code is none."""
    found = re.match(r"\s*EQ\b", code, re.IGNORECASE)
    if found is None:
        return None
    math = etree.Element("math")
    _Parser(" ".join(code[found.end() :].split())).fill(math)
    return math if "".join(map(str, math.itertext())).strip() else None


class _Parser:
    """Reads a code from left to right."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._at = 0
        self._depth = 0

    def fill(self, parent: Element, ends: str = "") -> None:
        """Add what stands before one of `ends`."""
        text = ""
        while self._at < len(self._code) and self._code[self._at] not in (ends or "\0"):
            sign = self._code[self._at]
            follows = self._code[self._at + 1 : self._at + 2]
            if sign == "\\" and follows.isalpha() and self._depth < _DEEPEST:
                _add_tokens(parent, text)
                text = ""
                self._switch(parent)
            elif sign == "\\" and follows:
                text += follows
                self._at += 2
            else:
                text += sign
                self._at += 1
        _add_tokens(parent, text)

    def _switch(self, parent: Element) -> None:
        options: list[tuple[str, str]] = []
        while found := _SWITCH.match(self._code, self._at):
            options.append(((found[1] or found[3]).lower(), found[2] or found[4] or ""))
            self._at = found.end()
            while self._code[self._at : self._at + 1].isspace():
                self._at += 1
        name = options[0][0]
        self._depth += 1
        parts = self._parts()
        self._depth -= 1
        self._write(parent, name, options[1:], parts)

    def _parts(self) -> list[Element]:
        """What stands in the brackets that open here, parted by commas or semicolons."""
        if self._code[self._at : self._at + 1] != "(":
            return []
        self._at += 1
        parts: list[Element] = []
        while True:
            row = etree.Element("mrow")
            self._inside(row)
            parts.append(row)
            sign = self._code[self._at : self._at + 1]
            self._at += 1
            if sign not in (",", ";"):
                return parts

    def _inside(self, row: Element) -> None:
        """Up to the comma or bracket that ends an argument; brackets inside it are kept whole."""
        while True:
            self.fill(row, ends="(),;")
            if self._code[self._at : self._at + 1] != "(":
                return
            _add(row, "mo", "(")
            self._at += 1
            self._inside(row)
            while self._code[self._at : self._at + 1] in (",", ";") and self._at < len(self._code):
                _add(row, "mo", self._code[self._at])
                self._at += 1
                self._inside(row)
            _add(row, "mo", ")")
            self._at += 1

    def _write(
        self, parent: Element, name: str, options: list[tuple[str, str]], parts: list[Element]
    ) -> None:
        said = dict(options)
        if name == "f" and len(parts) > 1:
            _add(parent, "mfrac").extend(parts[:2])
        elif name == "r" and parts:
            degree = parts[0] if len(parts) > 1 and "".join(map(str, parts[0].itertext())) else None
            root = _add(parent, "msqrt" if degree is None else "mroot")
            root.append(parts[-1])
            root.extend([degree] if degree is not None else [])
        elif name == "s" and parts:
            script = _add(parent, "msub" if "do" in said else "msup")
            before = [e for e in parent if e is not script][-1:]
            script.append(before[0] if before else etree.Element("mrow"))
            script.extend(parts[:1])
        elif name == "i" and len(parts) > 2:
            sign = next((s for key, s in _LARGE.items() if key in said), "∫")
            large = _add(parent, "munderover")
            _add(large, "mo", sign)
            large.extend(parts[:2])
            parent.append(parts[2])
        elif name == "b" and parts:
            both = said.get("bc", "")
            close = {"(": ")", "[": "]", "{": "}", "<": ">"}.get(both, both)
            left = said.get("lc", "") or both
            right = said.get("rc", "") or close
            if not {"lc", "rc", "bc"} & set(said):
                left, right = "(", ")"
            _add(parent, "mo", left)
            parent.append(parts[0])
            _add(parent, "mo", right)
        elif name == "a" and parts:
            self._array(parent, int(said.get("co", "1") or 1), parts)
        elif name == "l":
            for i, part in enumerate(parts):
                if i:
                    _add(parent, "mo", ",")
                parent.append(part)
        elif name == "x" and parts:
            _add(parent, "menclose").extend(parts[:1])
            parent[-1].set("notation", "box")
        else:
            for part in parts:
                parent.append(part)

    def _array(self, parent: Element, columns: int, parts: list[Element]) -> None:
        table = _add(parent, "mtable")
        for i, part in enumerate(parts):
            if i % max(columns, 1) == 0:
                row = _add(table, "mtr")
            _add(row, "mtd").append(part)


def _add(parent: Element, name: str, text: str = "") -> Element:
    made = etree.SubElement(parent, name)
    if text:
        made.text = text
    return made


def _add_tokens(parent: Element, text: str) -> None:
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token.isspace():
            _add(parent, "mspace").set("width", "0.25em")
        else:
            name = "mn" if token[0].isdigit() else "mi" if token[0].isalpha() else "mo"
            _add(parent, name, token)
