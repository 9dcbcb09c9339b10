"""The blocks of an article in JATS: sections, lists, tables, figures, notes, references."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.importers.html_tables import places
from reader.importers.html_tree import Element, tag_of
from reader.importers.jats_front import all_of, one_of, text_in
from reader.importers.jats_inline import Inline
from reader.importers.jats_references import composed, is_composed
from reader.importers.text_headings import section_kind
from reader.importers.writer import Writer
from reader.model.document import BlockKind, SectionKind

_NUMBERED = re.compile(r"((?:\d+|[A-Z])(?:\.\d+)*)[.)]?")
_CITATIONS = ("{*}mixed-citation", "{*}element-citation", "{*}nlm-citation", "{*}citation")
# What only says how the rest is to be shown, or is said elsewhere.
_UNREAD = frozenset(
    "label title alternatives-meta object-id processing-meta sec-meta graphic media alt-text "
    "long-desc permissions attrib-meta kwd-group ref-count notes-meta front front-stub".split()
)
_SECTIONS = ("sec", "ack", "app", "bio", "glossary", "notes", "fn-group", "ref-list")
_GROUPS = ("app-group", "fig-group", "table-wrap-group", "disp-formula-group", "speech")
_TITLES: dict[str, tuple[str, SectionKind]] = {
    "ack": ("Acknowledgements", "body"),
    "ref-list": ("References", "references"),
    "glossary": ("Abbreviations", "glossary"),
    "fn-group": ("Notes", "body"),
    "bio": ("About the authors", "body"),
    "app": ("Appendix", "appendix"),
    "notes": ("Notes", "body"),
}


class Blocks:
    """Writes the blocks of one article; `labels` are what its references are called by their ids.

    `definitions` are the short forms that its lists of abbreviations say, each with what it means.
    """

    def __init__(self, writer: Writer, labels: dict[str, str]) -> None:
        self._writer = writer
        self._labels = labels
        self.definitions: list[tuple[str, str]] = []
        self._inline = Inline(writer, labels, self._write_block)
        self._level = 0
        self._blocks = self._writers()

    def _write_children(self, element: Element) -> None:
        for child in element:
            if tag_of(child) and not self._write_block(child) and tag_of(child) not in _UNREAD:
                self._write_paragraph(child)

    def _write_block(self, element: Element) -> bool:
        """Writes a block; False when it is none, but running text."""
        tag = tag_of(element)
        write = self._blocks.get(tag)
        if write is None:
            return False
        self._writer.end()
        self._anchor(element)
        write(element)
        self._writer.end()
        return True

    def _writers(self) -> dict[str, Callable[[Element], None]]:
        return {
            **dict.fromkeys(_SECTIONS, self._write_section),
            **dict.fromkeys(_GROUPS, self._write_children),
            "boxed-text": self._write_box,
            "p": self._write_paragraph,
            "list": self._write_list,
            "def-list": self._write_definitions,
            "table-wrap": self._write_table,
            "fig": self._write_figure,
            "supplementary-material": self._write_captioned,
            "disp-formula": self._write_formula,
            "disp-quote": self._write_quote,
            "verse-group": self._write_quote,
            "verse-line": self._write_paragraph,
            "statement": self._write_statement,
            "preformat": self._write_preformatted,
            "fn": self._write_note,
            "ref": self._write_reference,
        }

    def _anchor(self, element: Element) -> None:
        if name := element.get("id"):
            self._writer.anchor(name)

    def _end(self) -> None:
        """Ends a block, and writes the notes that stood in it."""
        self._writer.end()
        notes, self._inline.notes[:] = list(self._inline.notes), []
        for note in notes:
            self._anchor(note)
            self._write_note(note)

    def _heading(
        self, title: Element | None, otherwise: str, number: str | None, kind: SectionKind
    ) -> None:
        self._writer.begin_heading(self._level + 1, number, kind)
        if title is not None and text_in(title):
            self._inline.write(title)
        else:
            self._writer.add(otherwise)
        self._end()

    def _write_section(
        self, section: Element, otherwise: str = "", kind: SectionKind | None = None
    ) -> None:
        tag = tag_of(section)
        usual, usual_kind = _TITLES.get(tag, ("", "body"))
        title = one_of(section, "title")
        said = text_in(title) or otherwise or usual
        if tag == "fn-group" and not text_in(title):
            # Notes at the end of the article need no heading to be found: marks lead to them.
            said = ""
        if said:
            label = _NUMBERED.fullmatch(text_in(one_of(section, "label")))
            found = section_kind(said) if usual_kind == "body" else usual_kind
            self._heading(title, said, label[1] if label else None, kind or found)
        self._level += bool(said)
        self._write_children(section)
        self._level -= bool(said)

    def _write_box(self, box: Element) -> None:
        title = one_of(box, "caption", "title")
        title = one_of(box, "sec", "title") if title is None else title
        if title is None or not text_in(title):
            self._write_children(box)
            return
        label = text_in(one_of(box, "label"))
        self._writer.begin_heading(self._level + 1, None, "box")
        self._writer.add(f"{label} " if label else "")
        self._inline.write(title)
        self._end()
        self._level += 1
        for child in box:
            titled = tag_of(child) == "sec" and one_of(child, "title") is title
            if tag_of(child) == "caption" or titled:
                self._write_children(child)
            elif tag_of(child) and not self._write_block(child) and tag_of(child) not in _UNREAD:
                self._write_paragraph(child)
        self._level -= 1

    def _write_paragraph(self, element: Element, kind: BlockKind = "paragraph") -> None:
        self._writer.begin(kind)
        self._inline.write(element)
        self._end()

    def _write_list(self, element: Element, depth: int = 0) -> None:
        kind = element.get("list-type") or "bullet"
        items = [child for child in element if tag_of(child) == "list-item"]
        if text_in(one_of(element, "title")):
            self._write_paragraph(next(all_of(element, "title")))
        for number, item in enumerate(items, start=1):
            label = text_in(one_of(item, "label")) or _item_label(kind, number)
            self._writer.end()
            self._anchor(item)
            for child in item:
                tag = tag_of(child)
                if tag == "list":
                    self._write_list(child, depth + 1)
                elif tag in ("p", "title"):
                    self._writer.begin("list_item", depth, label)
                    self._inline.write(child)
                    self._end()
                    label = ""
                elif tag and tag != "label":
                    self._write_block(child)

    def _write_definitions(self, element: Element) -> None:
        if text_in(one_of(element, "title")):
            self._write_paragraph(next(all_of(element, "title")))
        for item in all_of(element, "def-item"):
            term, meaning = one_of(item, "term"), one_of(item, "def")
            if term is not None and meaning is not None:
                self.definitions.append((text_in(term), text_in(meaning)))
            for part, kind in ((term, "strong"), (meaning, "")):
                if part is None:
                    continue
                self._writer.begin("list_item", 0 if kind else 1)
                if kind:
                    with self._writer.mark("strong"):
                        self._inline.write(part)
                else:
                    self._inline.write(part)
                self._end()

    def _write_table(self, wrap: Element) -> None:
        table = next(wrap.iter("{*}table"), None)
        cells = places(table) if table is not None else {}
        if not cells:
            self._write_figure(wrap)
            return
        self._writer.begin_table()
        self._writer.begin_caption()
        self._write_caption(wrap)
        for cell, place in cells.items():
            self._writer.begin_cell(
                place.row, place.column, place.header, place.row_span, place.column_span
            )
            self._anchor(cell)
            self._inline.write(cell)
        self._end()
        for foot in all_of(wrap, "table-wrap-foot"):
            self._write_children(foot)

    def _write_figure(self, figure: Element) -> None:
        spoken = text_in(next(figure.iter("{*}alt-text"), None))
        self._writer.begin_figure("", spoken)
        self._write_caption(figure)
        self._end()
        for inner in figure:
            if tag_of(inner) in ("p", "disp-formula", "list", "preformat", "table-wrap-foot"):
                self._write_children(inner) if "foot" in tag_of(inner) else self._write_block(inner)

    def _write_captioned(self, element: Element) -> None:
        self._writer.begin("paragraph")
        self._write_caption(element)
        self._end()
        for inner in element:
            if tag_of(inner) == "p":
                self._write_block(inner)

    def _write_caption(self, element: Element) -> None:
        """The label, title and words of a caption, one after the other in the open block."""
        for part in (one_of(element, "label"), one_of(element, "caption", "title")):
            if part is not None:
                with self._writer.mark("strong"):
                    self._inline.write(part)
                self._writer.add(" ")
        caption = one_of(element, "caption")
        for part in () if caption is None else caption:
            if tag_of(part) and tag_of(part) not in _UNREAD:
                self._anchor(part)
                self._inline.write(part)
                self._writer.add(" ")

    def _write_formula(self, formula: Element) -> None:
        self._writer.begin("formula")
        self._inline.write_formula(formula)
        label = text_in(one_of(formula, "label"))
        # What is no formula in MathML or TeX was written as it stands, with its label.
        if label and next(formula.iter("{*}math", "{*}tex-math"), None) is not None:
            self._writer.add(f" {label}")
        self._end()

    def _write_quote(self, quote: Element) -> None:
        for child in quote:
            if tag_of(child) in ("p", "verse-line", "attrib", "title"):
                self._anchor(child)
                self._write_paragraph(child, "quote")
            elif tag_of(child):
                self._write_block(child)

    def _write_statement(self, statement: Element) -> None:
        for name in ("label", "title"):
            part = one_of(statement, name)
            if part is not None:
                self._writer.begin("paragraph")
                with self._writer.mark("strong"):
                    self._inline.write(part)
                self._end()
        self._write_children(statement)

    def _write_preformatted(self, element: Element) -> None:
        self._write_paragraph(element, "preformatted")

    def _write_note(self, note: Element) -> None:
        label = text_in(one_of(note, "label"))
        for child in note:
            if tag_of(child) in ("p", "title"):
                self._writer.begin("note", label=label)
                self._anchor(child)
                self._inline.write(child)
                self._end()
                label = ""
            elif tag_of(child) and tag_of(child) != "label":
                self._write_block(child)

    def _write_reference(self, reference: Element) -> None:
        citations = list(reference.iter(*_CITATIONS))
        label = self._labels[reference.get("id") or ""]
        self._writer.begin("reference", label=label)
        for citation in citations:
            if is_composed(citation):
                self._writer.add(composed(citation))
            else:
                self._inline.write(citation)
            self._writer.add(" ")
        if not citations:
            for part in reference:
                if tag_of(part) not in ("", "label"):
                    self._writer.add(f"{text_in(part)} ")
        self._end()


def _item_label(kind: str, number: int) -> str:
    if kind in ("order", "arabic", "ordered"):
        return f"{number}."
    if kind.startswith("alpha") and number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper() if kind.endswith('upper') else letter}."
    return "" if kind in ("simple", "none") else "•"
