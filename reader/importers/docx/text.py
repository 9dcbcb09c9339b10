"""What all stories of a Word file share, and its letters in whatever font they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reader.importers.common.elements import Element
from reader.importers.common.symbol_fonts import decoded_symbol, is_symbol_font, symbol_text
from reader.importers.docx.package import Package, W, is_on, number_of, value
from reader.importers.docx.styles import Styles
from reader.importers.word.fields import Sequences
from reader.importers.word.numerals import numeral_of


@dataclass
class Notes:
    """The footnotes and endnotes that the text refers to, in its order, with their labels."""

    numerals: dict[str, str] = field(
        default_factory=lambda: {"footnote": "decimal", "endnote": "lowerRoman"}
    )
    starts: dict[str, int] = field(default_factory=dict)
    found: dict[tuple[str, str], str] = field(default_factory=dict)

    def take_format(self, kind: str, said: Element | None) -> None:
        """Take in which numerals notes of a kind are counted, and from where."""
        numeral = said.find(f"{W}numFmt") if said is not None else None
        start = said.find(f"{W}numStart") if said is not None else None
        if numeral is not None:
            self.numerals[kind] = value(numeral, "val", self.numerals[kind])
        if start is not None:
            self.starts[kind] = number_of(value(start), 1)

    def label(self, kind: str, note_id: str, printed: str = "") -> str:
        """The label of a note that is referred to here; `printed` where the file says it itself."""
        key = (kind, note_id)
        if key not in self.found:
            count = sum(one == kind for one, _ in self.found) + self.starts.get(kind, 1)
            self.found[key] = printed or numeral_of(count, self.numerals[kind])
        return self.found[key]

    def waiting(self, kind: str, done: set[str]) -> list[tuple[str, str]]:
        """The notes of a kind that were referred to and are not done, with their labels."""
        return [
            (i, label) for (one, i), label in self.found.items() if one == kind and i not in done
        ]


@dataclass
class Sources:
    """What all stories of a file share."""

    package: Package
    styles: Styles
    notes: Notes
    comments: dict[str, str] = field(default_factory=dict)
    sequences: Sequences = field(default_factory=Sequences)


def form_of(data: Element | None) -> str:
    """What a box of a form shows by itself: a tick box, the choice made, the words put in it."""
    if data is None:
        return ""
    box, choices = data.find(f"{W}checkBox"), data.find(f"{W}ddList")
    if box is not None:
        checked = box.find(f"{W}checked")
        ticked = is_on(checked) if checked is not None else is_on(box.find(f"{W}default"))
        return "☒" if ticked else "☐"
    if choices is None:
        return value(data.find(f"{W}textInput/{W}default"))
    entries = [value(entry) for entry in choices.findall(f"{W}listEntry")]
    said = choices.find(f"{W}result")
    chosen = number_of(value(said if said is not None else choices.find(f"{W}default")))
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def in_fonts(text: str, latin: str, other: str) -> str:
    """Text in the font of Latin letters and in that of the other characters."""
    if latin == other:
        return symbol_text(text, latin)
    private = latin if is_symbol_font(latin) else other
    return "".join(
        symbol_text(c, latin if c < "\x80" else private if "\ue000" <= c <= "\uf8ff" else other)
        for c in text
    )


def words_in(element: Element) -> Iterator[str]:
    """All characters in an element, deleted ones among them."""
    for one in element.iter():
        name = one.tag.rpartition("}")[2] if isinstance(one.tag, str) else ""
        if name in ("t", "delText"):
            fonts = next(
                (r.find(f"{W}rPr/{W}rFonts") for r in one.iterancestors(f"{W}r")),
                None,
            )
            yield symbol_text(one.text or "", value(fonts, "ascii"))
        elif name == "sym":
            yield decoded_symbol(value(one, "char"), value(one, "font"))
        elif name in ("tab", "br", "cr", "p"):
            yield " "
        elif name == "noBreakHyphen":
            yield "\u2011"
