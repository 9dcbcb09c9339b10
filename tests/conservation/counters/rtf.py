"""RTF: groups and destinations, characters by code page, font and number.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from tests.conservation.counted import ANY, Container, Counting
from tests.conservation.counters.symbol import is_symbol_font, symbol
from tests.conservation.counters.tex import with_tex

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]",
    re.S,
)
_UNSHOWN = {
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf",
    "footer", "footerl", "footerr", "footerf", "listtable", "listoverridetable", "rsidtbl",
    "generator", "xmlnstbl", "themedata", "colorschememapping", "datastore", "latentstyles",
    "fldinst", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "nonshppict",
    "bkmkstart", "bkmkend", "objdata", "objclass", "objname", "sp", "shprslt", "filetbl", "revtbl",
    "annotation", "atnid", "atnauthor", "atrfstart", "atrfend", "atnref", "atndate", "atnparent",
    "xe", "tc", "rxe", "template", "pgptbl", "wgrffmtfilter", "pnseclvl", "mmathPr", "ctrlPr",
    "mmathPict", "datafield", "formfield", "background", "docvar", "falt", "panose", "userprops",
    "picprop", "blipuid", "defchp", "defpap", "protusertbl", "txe", "mtype", "mbegChr", "mendChr",
}  # fmt: skip
_SHOWN_THOUGH_STARRED = {"shpinst", "shptxt", "ud", "moMath", "moMathPara", "do", "dptxbxtext"}
_LABELS = ("pntext", "listtext")
_ENDS = {"par", "cell", "row", "nestcell", "nestrow", "sect", "page", "trowd"}
_NAMED = {
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "tab": " ", "line": " ", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 238: "cp1250",
    77: "mac_roman",
}  # fmt: skip


@dataclass(frozen=True)
class _State:
    """What a group inherits and what ends with it."""

    shown: bool = True
    label: bool = False
    hidden: bool = False
    font: int = 0
    skipped: int = 1
    position: Literal["", "sup", "sub"] = ""
    struck: bool = False
    table: Literal["", "fonts"] = ""
    note: bool = False


def count(path: Path) -> list[Container]:
    """What the file shows, without running heads."""
    return _Reader(path.read_bytes()).count()


class _Reader:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.counting = Counting()
        self.state = _State()
        self.above: list[_State] = []
        self.page = "cp1252"
        self.names: dict[int, str] = {}
        self.pages: dict[int, str] = {}
        self.labels: list[str] = []
        self.bytes_waiting = b""
        self.skip = 0
        self.starred = False
        self.first = False
        self.high = 0
        self.notes = 0

    def count(self) -> list[Container]:
        at, end = 0, len(self.content)
        while at < end:
            found = _TOKEN.match(self.content, at)
            if not found:
                at += 1
                continue
            at = found.end()
            word, number, code, sign, brace, text = found.groups()
            if not code:
                self._decode()
            if word == b"bin":
                at += int(number or b"0")
            elif word:
                self._word(word.decode(), int(number) if number else None)
            elif code:
                self._byte(bytes.fromhex(code.decode()))
            elif sign:
                self._sign(sign.decode("latin-1"))
            elif brace:
                self._brace(brace)
            elif text:
                self._text(text)
        self._decode()
        self.counting.end()
        return with_tex(self.counting.containers)

    def _brace(self, brace: bytes) -> None:
        self.skip = 0
        if brace == b"{":
            self.above.append(self.state)
            self.first = True
            return
        ended = self.state
        self.state = self.above.pop() if self.above else _State()
        if ended.note and not self.state.note:
            self.counting.end()
        if ended.label and not self.state.label:
            label = "".join(self.labels).strip()
            self.labels = []
            if any(map(str.isalnum, label)):
                self.counting.label(label)
        self.first = self.starred = False

    def _word(self, word: str, number: int | None) -> None:
        first, self.first = self.first, False
        starred, self.starred = self.starred, False
        if self.skip and word != "u":
            self.skip -= 1
            return
        change = self._destination(word, first, starred)
        if change is not None:
            self.state = change
        elif word == "u" and number is not None:
            self.skip = 0
            self._unicode(number)
            self.skip = self.state.skipped
        elif word == "chftn":
            # Before the words of the note it is their label.
            self.notes += not self.state.note
            if not self.state.note:
                self.state, own = replace(self.state, position="sup"), self.state
                self._add(str(self.notes))
                self.state = own
        elif word in _NAMED:
            self._add(_NAMED[word])
        elif word in _ENDS and self.state.shown:
            self.counting.end()
            if word == "par":
                self.counting.no_label()
        elif word == "ansicpg" and number:
            self.page = _known(f"cp{number}")
        elif word == "mac":
            self.page = "mac_roman"
        elif word == "fcharset" and self.state.table == "fonts":
            self.pages[self.state.font] = _CHARSETS.get(number or 0, "")
            if number == 2:
                self.names.setdefault(self.state.font, "symbol")
        else:
            self.state = self._look(word, number)

    def _destination(self, word: str, first: bool, starred: bool) -> _State | None:
        if word == "fonttbl":
            return replace(self.state, shown=False, table="fonts")
        if word in _UNSHOWN or (starred and word not in _SHOWN_THOUGH_STARRED):
            return replace(self.state, shown=False)
        if word in _LABELS and first:
            return replace(self.state, label=True)
        if word == "footnote":
            self.counting.end()
            return replace(self.state, note=True, position="", hidden=False)
        if word == "upr":
            return replace(self.state, shown=False)
        if word == "ud" and starred:
            return replace(self.state, shown=self.above[-2].shown if len(self.above) > 1 else True)
        return None

    def _look(self, word: str, number: int | None) -> _State:
        state, on = self.state, number != 0
        if word == "f":
            return replace(state, font=number or 0)
        if word == "uc":
            return replace(state, skipped=number if number is not None else 1)
        if word in ("v", "deleted"):
            return replace(state, hidden=on)
        if word in ("super", "sub"):
            return replace(state, position=("sup" if word == "super" else "sub") if on else "")
        if word == "nosupersub":
            return replace(state, position="")
        if word in ("up", "dn"):
            raised = number if number is not None else 6
            return replace(state, position=("sup" if word == "up" else "sub") if raised else "")
        if word in ("strike", "striked"):
            return replace(state, struck=on)
        if word == "plain":
            return replace(state, position="", struck=False, hidden=False, font=0)
        return state

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.starred = True
            return
        self.first = False
        if self.skip:
            self.skip -= 1
        elif sign in "{}\\":
            self._add(sign)
        elif sign == "~":
            self._add(" ")
        elif sign == "_":
            self._add("-")
        elif sign in "\r\n" and self.state.shown:
            self.counting.end()

    def _byte(self, byte: bytes) -> None:
        self.first = False
        if self.skip:
            self.skip -= 1
        elif is_symbol_font(self._font()):
            self._add(symbol(self._font(), byte[0]))
        else:
            self.bytes_waiting += byte

    def _decode(self) -> None:
        if self.bytes_waiting:
            waiting, self.bytes_waiting = self.bytes_waiting, b""
            page = self.pages.get(self.state.font) or self.page
            self._add(waiting.decode(page, "replace").replace("\ufffd", ANY))

    def _text(self, text: bytes) -> None:
        self.first = False
        if self.skip:
            cut = min(self.skip, len(text))
            self.skip -= cut
            text = text[cut:]
        if self.state.table == "fonts":
            name = text.decode("latin-1").strip().rstrip(";")
            if name:
                self.names[self.state.font] = name
            return
        if is_symbol_font(self._font()):
            self._add("".join(symbol(self._font(), code) for code in text))
        else:
            self._add(text.decode(self.pages.get(self.state.font) or self.page, "replace"))

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif 0xDC00 <= code < 0xE000:
            self._add(
                chr(0x10000 + ((self.high - 0xD800) << 10) + code - 0xDC00) if self.high else ANY
            )
            self.high = 0
        elif 0xF000 <= code < 0xF100:
            font = self._font()
            self._add(symbol(font if is_symbol_font(font) else "symbol", code))
        else:
            self._add(chr(code))

    def _font(self) -> str:
        return self.names.get(self.state.font, "")

    def _add(self, text: str) -> None:
        if not self.state.shown or self.state.hidden:
            return
        if self.state.label:
            self.labels.append(text)
        else:
            self.counting.add(text, self.state.position, self.state.struck)


def _known(page: str) -> str:
    try:
        codecs.lookup(page)
    except LookupError:
        return "cp1252"
    return page
