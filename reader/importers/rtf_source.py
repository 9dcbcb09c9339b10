"""Rich Text Format as a run of events: text with its look, ends of paragraphs and cells, notes.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from reader.importers.rtf_words import CHARSETS, INTO, KEPT, KNOWN, UNREAD

Kind = Literal["text", "paragraph", "cell", "row", "note", "note_end", "number", "label", "picture"]

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
    re.DOTALL,
)
_SPOKEN = {
    "tab": " ",
    "line": "\x0b",
    "emdash": "—",
    "endash": "–",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SIGNS = {b"~": "\u00a0", b"-": "", b"_": "\u2011", b"{": "{", b"}": "}", b"\\": "\\"}
_ENDS: dict[str, Kind] = {
    "par": "paragraph",
    "sect": "paragraph",
    "page": "paragraph",
    "cell": "cell",
    "nestcell": "paragraph",
    "row": "row",
    "nestrow": "paragraph",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look, and the paragraph that they stand in.

    `into` is what a group is there for; `level` is that of a heading, from 1, or 0; `style` is the
    number of the paragraph's style; `link` is the address that a click leads to.
    """

    into: str = ""
    bold: bool = False
    italic: bool = False
    raised: int = 0
    hidden: bool = False
    font: int = -1
    skipped: int = 1
    level: int = 0
    style: int = 0
    depth: int = 0
    in_table: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something in reading order; `text` of a picture is empty, and `content` its bytes."""

    kind: Kind
    look: Look
    text: str = ""
    content: bytes = b""


@dataclass
class Source:
    """Reads the events of a file; `styles` and `facts` are known when it has ended."""

    untrusted_bytes: bytes
    styles: dict[int, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._look = Look()
        self._outer: list[Look] = []
        self._raw: list[bytes] = []
        self._surrogate = ""
        self._skip = 0
        self._optional = False
        self._said: list[str] = []
        self._default_font = -1

    def events(self) -> Iterator[Event]:
        """All events from the first to the last."""
        data, at = self.untrusted_bytes, 0
        while at < len(data):
            token = _TOKEN.match(data, at)
            if token is None:
                at += 1  # a backslash at the very end
                continue
            at = token.end()
            word, number, code, sign, brace, text = token.groups()
            if text is not None or code is not None:
                self._take_raw(text if code is None else bytes((int(code, 16),)), code is not None)
                continue
            yield from self._flushed()
            if brace is not None:
                yield from self._group(brace)
                if brace == b"}" and not self._outer:
                    return
            elif word is not None:
                name = word.decode("ascii")
                value = int(number) if number else None
                if name == "bin":
                    at += max(value or 0, 0)
                else:
                    yield from self._word(name, value)
            elif sign is not None:
                yield from self._sign(sign)
        yield from self._flushed()

    def _take_raw(self, text: bytes, is_code: bool) -> None:
        """Bytes of text; after a Unicode character those that stand for it elsewhere are passed."""
        passed = min(self._skip, 1 if is_code else len(text))
        self._skip -= passed
        self._raw.append(text[passed:])

    def _flushed(self) -> Iterator[Event]:
        raw, self._raw = b"".join(self._raw), []
        if not raw:
            return
        look = self._look
        if look.into == "picture":
            self._said.append(raw.decode("latin-1"))
            return
        codec = self._fonts.get(look.font, self._codec)
        yield from self._text(raw.decode(codec, "replace"))

    def _text(self, text: str) -> Iterator[Event]:
        look = self._look
        if self._surrogate:
            text, self._surrogate = self._surrogate + text, ""
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if look.into in ("", "note") and not look.hidden:
            yield Event("text", look, text)
        elif look.into not in ("unread", ""):
            self._said.append(text)

    def _group(self, brace: bytes) -> Iterator[Event]:
        self._skip = 0
        self._optional = False
        if brace == b"{":
            self._outer.append(self._look)
            return
        inner = self._look
        if not self._outer:
            return
        self._look = outer = self._outer.pop()
        if inner.into == outer.into:
            if inner.into == "stylesheet" and self._said:
                self._end_of("style", inner)
            elif inner.into == "fonttbl":
                self._said.clear()
            return
        if inner.into == "note":
            yield Event("note_end", inner)
            return
        said = "".join(self._said)
        if inner.into == "picture":
            self._said.clear()
            yield Event("picture", outer, content=_bytes_of(said))
        elif inner.into == "label":
            self._said.clear()
            yield Event("label", inner, said.strip())
        elif inner.into == "address":
            self._said.clear()
            found = re.search(r'HYPERLINK\s+(?:\\l\s+)?"?([^"\s]+)', said)
            # The group of the result stands beside this one, in the group of the field.
            self._look = replace(outer, link=found[1] if found and "\\l" not in said else "")
        elif inner.into not in ("unread",):
            self._end_of(inner.into, inner)

    def _end_of(self, into: str, look: Look) -> None:
        said = " ".join("".join(self._said).split())
        self._said.clear()
        if into in ("style", "stylesheet"):
            self.styles[look.style] = said.rstrip(";").strip().lower()
        elif into in KEPT and said:
            self.facts[into] = said

    def _word(self, name: str, value: int | None) -> Iterator[Event]:
        look, optional = self._look, self._optional
        self._optional = False
        into = INTO.get(name, "")
        if look.into == "unread":
            return
        if (name in UNREAD and name not in KNOWN) or (optional and name not in KNOWN and not into):
            self._look = replace(look, into="unread")
        elif into:
            if into == "note":
                yield Event("note", look)
            self._said.clear()
            self._look = replace(look, into=into, raised=0, bold=False, italic=False)
        elif name == "u" and value is not None:
            yield from self._unicode(value % 65536)
        elif name in _SPOKEN:
            yield from self._text(_SPOKEN[name])
        elif name in _ENDS:
            if look.into in ("", "note"):
                yield Event(_ENDS[name], look)
        elif name == "chftn":
            if look.into == "":
                yield Event("number", look)
        else:
            self._look = self._changed(look, name, value)

    def _unicode(self, code: int) -> Iterator[Event]:
        self._skip = self._look.skipped
        if 0xD800 <= code < 0xDC00:
            self._surrogate = chr(code)
        else:
            yield from self._text(chr(code))

    def _sign(self, sign: bytes) -> Iterator[Event]:
        if sign == b"*":
            self._optional = True
        elif sign in b"\r\n":
            if self._look.into in ("", "note"):
                yield Event("paragraph", self._look)
        elif self._skip:
            self._skip -= 1
        elif sign in _SIGNS:
            yield from self._text(_SIGNS[sign])

    def _changed(self, look: Look, name: str, value: int | None) -> Look:
        on = value != 0
        if name == "b":
            return replace(look, bold=on)
        if name == "i":
            return replace(look, italic=on)
        if name in ("super", "sub", "nosupersub", "up", "dn"):
            raised = {"super": 1, "up": 1, "sub": -1, "dn": -1}.get(name, 0)
            return replace(look, raised=raised if on else 0)
        if name in ("v", "deleted"):
            return replace(look, hidden=on)
        if name == "plain":
            font = self._default_font
            return replace(look, bold=False, italic=False, raised=0, hidden=False, font=font)
        if name == "pard":
            return replace(look, level=0, style=0, depth=0, in_table=False)
        if name == "intbl":
            return replace(look, in_table=True)
        if name == "uc":
            return replace(look, skipped=max(0, min(value or 0, 8)))
        if value is None:
            return look
        if name == "outlinelevel":
            return replace(look, level=value + 1 if 0 <= value < 6 else 0)
        if name == "s":
            return replace(look, style=value)
        if name == "ilvl":
            return replace(look, depth=max(0, min(value, 8)))
        if name == "f":
            return replace(look, font=value)
        if name == "deff":
            self._default_font = value
            return replace(look, font=value)
        if name == "ansicpg":
            self._codec = _codec(f"cp{value}")
        elif name == "fcharset" and value in CHARSETS:
            self._fonts[look.font] = CHARSETS[value]
        return look


def _codec(name: str) -> str:
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp0": "cp1252"}.get(name, name)).name
    except LookupError:
        return "cp1252"


def _bytes_of(digits: str) -> bytes:
    digits = re.sub(r"[^0-9a-fA-F]", "", digits)
    try:
        return binascii.unhexlify(digits[: len(digits) // 2 * 2])
    except binascii.Error:  # pragma: no cover  # only whole pairs of digits are left
        return b""
