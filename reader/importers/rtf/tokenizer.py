"""Rich Text Format as a run of events: text with its look, ends of paragraphs and cells, notes.

Source: Rich Text Format Specification 1.9.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from reader.importers.rtf import control_words as words
from reader.importers.rtf.events import Event, Group, Kind, Style
from reader.importers.rtf.fonts import Fonts
from reader.importers.rtf.looks import ROW_WORDS, Look, RowPlaces, changed
from reader.importers.rtf.math import MathGroup
from reader.importers.rtf.tokens import TOKEN, without_lone_halves
from reader.importers.word.fields import Field, Form, Sequences, link_of
from reader.model.left_out import Reason

_PARTS = ("note", "box")


@dataclass
class Source:
    """Reads the events of a file; `styles` and `facts` are known when it has ended."""

    untrusted_bytes: bytes
    styles: dict[int, Style] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fonts = Fonts()
        self._group = Group(Look())
        self._outer: list[Group] = []
        self._raw: list[bytes] = []
        self._surrogate = ""
        self._skip = 0
        self._optional = False
        self._row = RowPlaces()
        self._nested_row = RowPlaces()
        self._form = Form()
        self._sequences = Sequences()
        self._drawn: dict[str, str] = {}
        self._named = ""
        self._class = ""

    def events(self) -> Iterator[Event]:
        """All events from the first to the last."""
        data, at = without_lone_halves(self.untrusted_bytes), 0
        while at < len(data):
            token = TOKEN.match(data, at)
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
                yield from self._brace(brace)
                if brace == b"}" and not self._outer:
                    return
            elif word is not None:
                name = word.decode("ascii")
                value = int(number) if number else None
                if name == "bin":
                    end = at + max(value or 0, 0)
                    if self._group.into == "picture":
                        self._group.said.append(data[at:end].hex())
                    at = end
                else:
                    yield from self._word(name, value)
            elif sign is not None:
                yield from self._sign(sign)
        yield from self._flushed()

    # Text

    def _take_raw(self, text: bytes, is_code: bool) -> None:
        """Bytes of text; after a Unicode character those that stand for it elsewhere are passed."""
        passed = min(self._skip, 1 if is_code else len(text))
        self._skip -= passed
        self._raw.append(text[passed:])

    def _flushed(self) -> Iterator[Event]:
        raw, self._raw = b"".join(self._raw), []
        if self._group.into == "picture":
            self._group.said.append(raw.decode("latin-1"))
        elif raw:
            yield from self._text(self.fonts.decoded(raw, self._group.look.font))

    def _text(self, text: str) -> Iterator[Event]:
        group = self._group
        if self._surrogate:
            text, self._surrogate = self._surrogate + text, ""
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = words.FORBIDDEN.sub("", text)
        if group.into == "unread":
            return
        if group.into not in ("fonttbl", "stylesheet", "info", *words.KEPT):
            text = self.fonts.shown(text, group.look.font)
        if group.into not in words.SHOWN:
            group.said.append(text)
            return
        for outer in (*self._outer, group):
            if outer.field is not None and text.strip():
                outer.field.has_shown = True
        if group.look.hidden or group.look.deleted:
            reason: Reason = "deleted text" if group.look.deleted else "hidden text"
            yield Event("left_out", group.look, text, reason=reason)
        else:
            yield Event("text", group.look, text)

    # Groups

    def _brace(self, brace: bytes) -> Iterator[Event]:
        self._skip = 0
        self._optional = False
        if brace == b"{":
            outer = self._group
            self._outer.append(outer)
            # "upr" holds the same words twice: in the code page, then in Unicode, which is read.
            into = "unread" if outer.name == "upr" else outer.into
            self._group = Group(outer.look, into, said=outer.said, math=outer.math)
        elif self._outer:
            inner, self._group = self._group, self._outer.pop()
            yield from self._ended(inner)

    def _ended(self, inner: Group) -> Iterator[Event]:
        """What a group was there for is known when it ends."""
        outer = self._group
        said = "".join(inner.said)
        if inner.name == "shpinst":
            self._drawn.clear()
        if not inner.is_own:
            if inner.into == "stylesheet" and said:
                self._take_style(inner.look, said)
                inner.said.clear()
            elif inner.into == "fonttbl":
                self.fonts.name(inner.look.font, said)
                inner.said.clear()
            elif inner.math is not None and inner.math is not outer.math:
                inner.math.end(said)
                inner.said.clear()
        elif inner.into in _PARTS:
            yield Event("note_end" if inner.into == "note" else "box_end", inner.look)
        elif inner.into == "field" and inner.field is not None:
            yield from self._ended_field(inner.field)
        elif inner.into == "picture":
            yield self._picture(said)
        elif inner.into == "label":
            yield Event("label", inner.look, said.strip())
        elif inner.into == "left_out":
            yield Event("left_out", outer.look, said, reason=words.LEFT_OUT[inner.name])
        elif inner.into == "anchor":
            yield Event("anchor", outer.look, said.strip())
        elif inner.into == "formula" and inner.math is not None:
            yield Event("formula", outer.look, math=inner.math.element)
        else:
            self._keep(inner, said)

    def _keep(self, inner: Group, said: str) -> None:
        """What a group says of what stands around it."""
        bare = " ".join(said.split())
        if inner.into == "code":
            self._take_code(said)
        elif inner.into == "choice":
            self._form.choices.append(bare)
        elif inner.into == "form_text":
            self._form.choices = [bare]
        elif inner.into == "class":
            self._class = bare
        elif inner.into == "object":
            self._class = ""
        elif inner.into == "name":
            self._named = bare
        elif inner.into == "value":
            self._drawn[self._named] = bare
        elif inner.into == "stylesheet" and bare:
            self._take_style(inner.look, bare)
        elif inner.into == "fonttbl":
            self.fonts.name(inner.look.font, said)
        elif inner.into in words.KEPT and bare:
            self.facts[inner.into] = bare

    def _take_style(self, look: Look, said: str) -> None:
        name = " ".join(said.split()).rstrip(";").strip().lower()
        self.styles[look.style] = Style(name, look.level)

    def _picture(self, digits: str) -> Event:
        """A picture; one that belongs to an object or has a description says so."""
        said = self._drawn.pop("wzDescription", "")
        self._drawn.clear()
        text = said or (f"\x00{self._class}" if self._class else "")
        digits = re.sub(r"[^0-9a-fA-F]", "", digits)
        content = bytes.fromhex(digits[: len(digits) // 2 * 2])
        return Event("picture", self._group.look, text, content)

    # Fields

    def _take_code(self, code: str) -> None:
        around = (self._group, *reversed(self._outer))
        owner = next((group for group in around if group.field is not None), None)
        if owner is None or owner.field is None:
            return
        owner.field.code = code
        owner.field.form = self._form.shows()
        # The group of the result stands beside this one, in the group of the field.
        owner.look = replace(owner.look, link=link_of(code) or owner.look.link)

    def _ended_field(self, ended: Field) -> Iterator[Event]:
        ended.form = self._sequences.next(ended.code) or ended.form
        if not ended.has_shown and self._group.into in words.SHOWN:
            yield Event("field", self._group.look, field=ended)

    # Words

    def _word(self, name: str, value: int | None) -> Iterator[Event]:
        group, optional = self._group, self._optional
        self._optional = False
        if name == "ud" and self._outer and self._outer[-1].name == "upr":
            group.into = self._outer[-1].into
        if group.into == "unread":
            return
        if group.math is not None and name.startswith("m") and name[1:]:
            outer = self._outer[-1] if self._outer else None
            if outer is not None and group.math is outer.math:
                # The first word of a group says what it is; others say how its letters look.
                group.math = group.math.begin(name[1:])
                group.said = []
            return
        into = words.INTO.get(name, "")
        if name in words.UNREAD or (optional and name not in words.KNOWN and not into):
            group.into = "unread"
        elif into:
            yield from self._begun(into, name)
        elif name == "u" and value is not None:
            yield from self._unicode(value % 65536)
        elif name in words.SPOKEN:
            yield from self._text(words.SPOKEN[name])
        elif name in words.ENDS:
            yield from self._end(words.ENDS[name])
        elif name == "chftn":
            if group.into in words.SHOWN:
                yield Event("number", group.look)
        elif name in ("trowd", *ROW_WORDS):
            self._row_word(name, value)
        elif name in ("fftype", "ffres", "ffdefres") and value is not None:
            self._form.take(name, value)
        else:
            self._change(name, value)

    def _begun(self, into: str, name: str) -> Iterator[Event]:
        """A word that says what its group is there for."""
        group = self._group
        if into in _PARTS and group.into in words.SHOWN:
            yield Event("note" if into == "note" else "box", group.look)
            group.look = group.look.plain(self.fonts.default)
        elif into in (*_PARTS, "field", "object") and group.into not in words.SHOWN:
            return
        group.into, group.name, group.is_own, group.said = into, name, True, []
        if into == "field":
            group.field = Field(in_result=True)
        elif into == "formula":
            group.math = MathGroup.root()

    def _end(self, kind: Kind) -> Iterator[Event]:
        look = self._group.look
        if kind == "nested_row":
            yield Event(kind, look, row=self._nested_row)
        elif self._group.into in words.SHOWN:
            yield Event(kind, look, row=self._row if kind == "row" else None)
        else:
            self._group.said.append(" ")

    def _row_word(self, name: str, value: int | None) -> None:
        nested = self._group.look.table_level > 1 or any(
            g.name == "nesttableprops" for g in (*self._outer, self._group)
        )
        if name == "trowd":
            if nested:
                self._nested_row = RowPlaces()
            else:
                self._row = RowPlaces()
        else:
            (self._nested_row if nested else self._row).take(name, value)

    def _change(self, name: str, value: int | None) -> None:
        group = self._group
        if name in words.KNOWN:
            group.name = name
            if name == "fldrslt" and self._outer and self._outer[-1].field is not None:
                self._outer[-1].field.has_result = True
        elif name == "f" and group.into == "fonttbl" and group.said:
            self.fonts.name(group.look.font, "".join(group.said))
            group.said.clear()
            group.look = changed(group.look, name, value, self.fonts.default)
        elif name == "deff" and value is not None:
            self.fonts.default = value
            group.look = replace(group.look, font=value)
        elif name == "ansicpg" and value is not None:
            self.fonts.code_page(value)
        elif name in ("mac", "pc"):
            self.fonts.codec = "mac_roman" if name == "mac" else "cp437"
        elif name == "fcharset" and value is not None:
            self.fonts.charset(group.look.font, value)
        else:
            group.look = changed(group.look, name, value, self.fonts.default)

    def _unicode(self, code: int) -> Iterator[Event]:
        self._skip = self._group.look.skipped
        if 0xD800 <= code < 0xDC00:
            self._surrogate = chr(code)
        else:
            yield from self._text(chr(code))

    def _sign(self, sign: bytes) -> Iterator[Event]:
        if sign == b"*":
            self._optional = True
        elif sign in b"\r\n":
            yield from self._end("paragraph")
        elif self._skip:
            self._skip -= 1
        elif sign in words.SIGNS:
            yield from self._text(words.SIGNS[sign])
