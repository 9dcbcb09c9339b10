"""Fields of Word: what is shown of them, where no result of theirs is kept, and where they lead.

Source: ECMA-376, part 1, 17.16 (fields and form fields).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from reader.importers.common.symbol_fonts import UNKNOWN, symbol_text
from reader.importers.word.numerals import numeral_of

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\\[a-zA-Z*#@!])|(\S+)')
_NOTHING_CHOSEN = 25
_TICK_BOX = 1
_DROP_DOWN = 2
# Of these Word prints what it finds elsewhere: where it has not, the page says what is missing.
_SHOWING = frozenset(
    "REF NOTEREF PAGEREF STYLEREF DOCPROPERTY DOCVARIABLE INCLUDETEXT FILLIN DATE TIME CREATEDATE "
    "SAVEDATE AUTHOR TITLE SUBJECT FORMULA CITATION BIBLIOGRAPHY LISTNUM AUTONUM".split()
)
_FORMATS = {
    "roman": ("lowerRoman", "upperRoman"),
    "alphabetic": ("lowerLetter", "upperLetter"),
    "ordinal": ("ordinal", "ordinal"),
    "cardtext": ("cardinalText", "cardinalText"),
}
_TAKES_ONE = frozenset(("\\f", "\\s", "\\l", "\\o", "\\t", "\\*", "\\#", "\\@"))


@dataclass(slots=True)
class Field:
    """A field that is open: its code, whether its result is under way, and what was shown of it.

    `form` is what a box of a form shows by itself: whether it is ticked, what is chosen in it.
    """

    code: str = ""
    in_result: bool = False
    has_shown: bool = False
    form: str = ""
    link: str = ""
    has_result: bool = False

    @property
    def kind(self) -> str:
        """The first word of its code, in capitals."""
        return next(iter(self.code.split()), "").upper()


@dataclass(slots=True)
class Sequences:
    """The numbers of tables, figures and whatever else a document counts by fields."""

    _counts: dict[str, int] = field(default_factory=dict)

    def next(self, code: str) -> str:
        """The number that a SEQ field prints, which is counted; "" for another field or none."""
        words = words_of(code)
        if len(words) < 2 or words[0].upper() != "SEQ":
            return ""
        name, switches = words[1].casefold(), [word.lower() for word in words[2:]]
        count = self._counts.get(name, 0) + ("\\c" not in switches)
        for switch, said in pairwise(switches):
            if switch == "\\r" and said.isascii() and said.isdigit() and len(said) < 9:
                count = int(said)
        self._counts[name] = count
        if "\\h" in switches and "\\*" not in switches:
            return ""
        formats = {one.lower(): one for one in words[2:]}
        for named, (small, capital) in _FORMATS.items():
            if named in formats:
                return numeral_of(count, capital if formats[named][:1].isupper() else small)
        return str(count)


def link_of(code: str) -> str:
    """Where a field leads: an address, "#name" of a place in the document, or ""."""
    words = words_of(code)
    kind = words[0].upper() if words else ""
    if kind == "HYPERLINK":
        target, place, i = "", "", 1
        while i < len(words):
            if words[i] == "\\l":
                place = words[i + 1] if i + 1 < len(words) else ""
            if words[i] in _TAKES_ONE:
                i += 1
            elif not words[i].startswith("\\"):
                target = target or words[i]
            i += 1
        return target or (f"#{place}" if place else "")
    if kind in ("REF", "PAGEREF", "NOTEREF") and "\\h" in words and len(words) > 1:
        return f"#{words[1]}"
    return ""


def words_of(code: str) -> list[str]:
    """The words of a field's code, without their quotation marks."""
    return [
        quoted.replace('\\"', '"').replace("\\\\", "\\") or switch or bare
        for quoted, switch, bare in _WORD.findall(code)
    ]


def shown_without_result(field: Field) -> str:
    """What a field shows that has no result of its own; "" for one that shows nothing."""
    words = words_of(field.code)
    kind = field.kind
    if kind == "FORMCHECKBOX":
        return field.form or "☐"
    if kind in ("FORMDROPDOWN", "FORMTEXT", "SEQ"):
        return field.form
    if kind == "MERGEFIELD" and len(words) > 1:
        return f"«{words[1]}»"
    if not field.has_result and (kind in _SHOWING or field.code.lstrip().startswith("=")):
        return f"[{'=' if field.code.lstrip().startswith('=') else kind}]"
    if kind == "SYMBOL" and len(words) > 1:
        return _symbol(words)
    if kind in ("MACROBUTTON", "GOTOBUTTON"):
        return " ".join(words[2:])
    if kind == "QUOTE":
        return " ".join(word for word in words[1:] if not word.startswith("\\"))
    return ""


def _symbol(words: list[str]) -> str:
    code = words[1]
    try:
        number = int(code, 16) if code.lower().startswith("0x") else int(code)
        sign = chr(number)
    except (ValueError, OverflowError):
        return code if len(code) == 1 else UNKNOWN
    font = words[words.index("\\f") + 1] if "\\f" in words[:-1] else ""
    if number < 256 and "\\u" not in words and not font:
        sign = bytes((number,)).decode("cp1252", "replace")
    return symbol_text(sign, font)


@dataclass
class Form:
    """A box of a form in Rich Text: of which kind it is, and what was put in it.

    Source: Rich Text Format Specification 1.9.1, "Form Fields".
    """

    choices: list[str] = field(default_factory=list)
    _said: dict[str, int] = field(default_factory=dict)

    def take(self, name: str, number: int) -> None:
        """Take one of its words."""
        self._said[name] = number

    def shows(self) -> str:
        """What it shows; then it is empty for the next one."""
        said, choices = self._said, self.choices
        self._said, self.choices = {}, []
        chosen = said.get("ffres", _NOTHING_CHOSEN)
        chosen = said.get("ffdefres", 0) if chosen == _NOTHING_CHOSEN else chosen
        kind = said.get("fftype", 0)
        if kind == _TICK_BOX:
            return "☒" if chosen else "☐"
        if kind == _DROP_DOWN:
            return choices[chosen] if 0 <= chosen < len(choices) else ""
        return choices[0] if choices else ""
