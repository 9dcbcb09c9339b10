"""Tables of Lua as KOReader keeps its data in them: read, never run.

Source: https://www.lua.org/manual/5.1/manual.html, 2.1 and 2.5.7. Of the language there are tables,
texts, numbers, true, false and nil; anything else is an error.
"""

from __future__ import annotations

import re
from typing import Any

DEEPEST = 40
_SPACE = re.compile(r"(?:\s+|--\[(?P<level>=*)\[.*?\](?P=level)\]|--[^\n]*)*", re.S)
_NUMBER = re.compile(r"-?(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)")
_NAME = re.compile(r"[A-Za-z_]\w*", re.A)
_TEXT = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'", re.S)
_LONG = re.compile(r"\[(=*)\[\n?(.*?)\]\1\]", re.S)
_ESCAPE = re.compile(r"\\(?:(\d{1,3})|(.))", re.S)
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_WORDS = {"true": True, "false": False, "nil": None}


def parse(untrusted_text: str) -> Any:
    """The value that a file returns; a table is a dict, its list has the keys 1, 2, 3….

    Raises:
        ValueError: when it is anything but one value.
    """
    reader = _Reader(untrusted_text)
    reader.skip()
    if untrusted_text.startswith("return", reader.at):
        reader.at += len("return")
    made = reader.value(0)
    reader.skip()
    if reader.at != len(untrusted_text):
        raise ValueError("more than one value")
    return made


class _Reader:
    def __init__(self, untrusted_text: str) -> None:
        self._text = untrusted_text
        self.at = 0

    def skip(self) -> None:
        """Go past white space and comments."""
        found = _SPACE.match(self._text, self.at)
        self.at = found.end() if found else self.at

    def _take(self, sign: str) -> bool:
        self.skip()
        if self._text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def value(self, depth: int) -> Any:
        """The value that stands here."""
        if depth > DEEPEST:
            raise ValueError("too deep")
        self.skip()
        if self._take("{"):
            return self._table(depth)
        for pattern, read in (
            (_TEXT, lambda f: _plain(f[1] if f[1] is not None else f[2])),
            (_LONG, lambda f: f[2]),
            (_NUMBER, lambda f: _number(f[0])),
        ):
            if found := pattern.match(self._text, self.at):
                self.at = found.end()
                return read(found)
        word = _NAME.match(self._text, self.at)
        if word is None or word[0] not in _WORDS:
            raise ValueError("no value")
        self.at = word.end()
        return _WORDS[word[0]]

    def _table(self, depth: int) -> dict[Any, Any]:
        made: dict[Any, Any] = {}
        number = 1
        while not self._take("}"):
            name = _NAME.match(self._text, self.at)
            if self._text.startswith("[", self.at) and not _LONG.match(self._text, self.at):
                self.at += 1
                key = self.value(depth + 1)
                if isinstance(key, dict) or not self._take("]") or not self._take("="):
                    raise ValueError("no key")
                made[key] = self.value(depth + 1)
            elif name is not None and re.match(r"\s*=(?!=)", self._text[name.end() :][:100]):
                self.at = name.end()
                self._take("=")
                made[name[0]] = self.value(depth + 1)
            else:
                made[number] = self.value(depth + 1)
                number += 1
            if not (self._take(",") or self._take(";")) and not self._text.startswith("}", self.at):
                raise ValueError("a table is not closed")
        return made


def _number(said: str) -> int | float:
    if "x" in said.lower():
        return int(said, 16)
    return float(said) if any(c in said for c in ".eE") else int(said)


def _plain(inner: str) -> str:
    """A text without its escapes. Bytes are said by their numbers, and are UTF-8."""
    if "\\" not in inner:
        return inner
    made = b""
    at = 0
    for found in _ESCAPE.finditer(inner):
        made += inner[at : found.start()].encode("utf-8", "replace")
        at = found.end()
        if found[1]:
            made += bytes([min(255, int(found[1]))])
        else:
            made += _SIGNS.get(found[2], found[2]).encode("utf-8", "replace")
    return (made + inner[at:].encode("utf-8", "replace")).decode("utf-8", "replace")
