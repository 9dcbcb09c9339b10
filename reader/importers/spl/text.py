"""The narrative of drug labels: paragraphs, lists, tables, pictures and notes of SPL."""

from __future__ import annotations

from collections.abc import Callable

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.flow import Flow
from reader.importers.common.elements import Element, drop, tag_of
from reader.importers.common.numerals import letters, roman
from reader.importers.common.xml_tree import all_of, one_of, text_in
from reader.importers.html.tables import places
from reader.model.document import MarkKind

_STYLES: dict[str, MarkKind] = {
    "bold": "strong",
    "italics": "emphasis",
    "underline": "emphasis",
    "emphasis": "emphasis",
    "smallcaps": "small_caps",
}
_TAGS: dict[str, MarkKind] = {"sub": "sub", "sup": "sup"}
_CELL_BLOCKS = ("paragraph", "list", "table", "rendermultimedia")
_NO_BULLET = ("none", "nobullet")

Resolve = Callable[[str], "tuple[str, int, int] | None"]


class Narrative:
    """Writes the texts of sections; `pictures` are those of the label by their ids."""

    def __init__(
        self, writer: DocumentBuilder, pictures: dict[str, Element], resolve: Resolve
    ) -> None:
        self.flow = Flow(writer)
        self._pictures = pictures
        self._resolve = resolve
        self._depth = 0
        self._notes: list[tuple[str, Element]] = []
        self._marks: dict[str, str] = {}
        self._seen = 0
        self._blocks: dict[str, Callable[[Element], None]] = {
            "paragraph": self._write_paragraph,
            "list": self._write_list,
            "table": self._write_table,
            "rendermultimedia": self._write_picture,
        }

    def write_blocks(self, text: Element) -> None:
        """Write a text: words outside its blocks are paragraphs."""
        self.write(text)
        self.end()

    def end(self) -> None:
        """End the open block; on the page, the notes in it follow."""
        self.flow.end()
        if self.flow.on_page:
            self.write_notes()

    def write_notes(self) -> None:
        """Write the notes that stood in what was written last."""
        notes, self._notes = self._notes, []
        for label, note in notes:
            self.flow.writer.anchor(f"note {label}")
            self.flow.begin("note", label=label)
            self.write(note)
            self.flow.end()

    def write(self, element: Element) -> None:
        """Write the running text of an element, and the blocks in it."""
        self.flow.add(element.text or "")
        for child in element:
            if tag_of(child):
                self._write_child(child)
            self.flow.add(child.tail or "")

    def _write_child(self, child: Element) -> None:
        tag = tag_of(child)
        if name := child.get("ID"):
            self.flow.writer.anchor(name)
        if tag in self._blocks:
            self.flow.end()
            self._blocks[tag](child)
        elif tag == "br":
            self.flow.writer.line_break()
        elif tag in _TAGS:
            with self.flow.mark(_TAGS[tag]):
                self.write(child)
        elif tag == "linkhtml":
            self._write_link(child)
        elif tag == "footnote":
            self._write_note(child)
        elif tag == "footnoteref":
            label = self._marks.get(child.get("IDREF") or "", "")
            if label:
                self._write_mark(label)
        elif tag == "caption":
            self.flow.begin("paragraph")
            with self.flow.mark("strong"):
                self.write(child)
            self.end()
        else:
            self._write_content(child)

    def _write_content(self, content: Element) -> None:
        if (content.get("revised") or "") == "delete" or content.get("emphasis") == "deleted":
            self.flow.writer.leave_out("deleted text", text_in(content))
            return
        styles = (content.get("styleCode") or "").lower().split()
        kinds = [_STYLES[style] for style in styles if style in _STYLES][:2]
        self._write_marked(content, kinds)

    def _write_marked(self, content: Element, kinds: list[MarkKind]) -> None:
        if not kinds:
            self.write(content)
            return
        with self.flow.mark(kinds[0]):
            self._write_marked(content, kinds[1:])

    def _write_link(self, link: Element) -> None:
        address = (link.get("href") or "").strip()
        if not address.startswith(("#", "http://", "https://", "mailto:")) or len(address) < 2:
            self.write(link)
            return
        with self.flow.mark("link", address):
            self.write(link)

    def _write_note(self, note: Element) -> None:
        self._seen += 1
        label = str(self._seen)
        self._marks[note.get("ID") or ""] = label
        self._notes.append((label, note))
        self._write_mark(label)

    def _write_mark(self, label: str) -> None:
        with self.flow.mark("reference_mark", f"#note {label}"), self.flow.mark("sup"):
            self.flow.add(label)

    def _write_paragraph(self, paragraph: Element) -> None:
        self.flow.begin("paragraph")
        caption = one_of(paragraph, "caption")
        if caption is not None:
            with self.flow.mark("strong"):
                self.write(caption)
            self.flow.add(" ")
            drop(caption)
        self.write(paragraph)
        self.end()

    def _write_list(self, element: Element) -> None:
        ordered = (element.get("listType") or "").lower() == "ordered"
        style = (element.get("styleCode") or "").lower()
        for caption in all_of(element, "caption"):
            self._write_child(caption)
        depth = self._depth
        self._depth += 1
        for number, item in enumerate(all_of(element, "item"), start=1):
            label = text_in(one_of(item, "caption"))
            if not label and style not in _NO_BULLET:
                label = _counted(number, style) if ordered else "•"
            self.flow.begin("list_item", depth, label)
            if name := item.get("ID"):
                self.flow.writer.anchor(name)
            self._write_item(item, depth)
            self.end()
        self._depth = depth

    def _write_item(self, item: Element, depth: int) -> None:
        self.flow.add(item.text or "")
        first = not (item.text or "").strip()
        for child in item:
            if tag_of(child) == "paragraph":
                if not first:
                    self.flow.begin("list_item", depth)
                self.write(child)
                self.flow.end()
                first = False
            elif tag_of(child) not in ("", "caption"):
                self._write_child(child)
                first = False
            if (child.tail or "").strip() or self.flow.writer.in_block:
                self.flow.add(child.tail or "")
                first = first and not (child.tail or "").strip()

    def _write_table(self, table: Element) -> None:
        cells = places(table)
        caption = one_of(table, "caption")

        def write_caption() -> None:
            if caption is not None:
                with self.flow.mark("strong"):
                    self.write(caption)

        with self.flow.table(write_caption):
            for cell, place in cells.items():
                blocks = any(tag_of(e) in _CELL_BLOCKS for e in cell.iterdescendants())
                alone = len(cell) == 1 and tag_of(cell[0]) == "paragraph" and not len(cell[0])
                with self.flow.cell(place, blocks and not alone):
                    if name := cell.get("ID"):
                        self.flow.writer.anchor(name)
                    self.write(cell)
        self.end()

    def _write_picture(self, element: Element) -> None:
        media = self._pictures.get(element.get("referencedObject") or "")
        reference = None if media is None else next(media.iter("{*}reference"), None)
        address = "" if reference is None else reference.get("value") or ""
        spoken = "" if media is None else text_in(one_of(media, "text"))
        asset, width, height = self._resolve(address) or ("", 0, 0)
        with self.flow.figure(asset, spoken or "Picture", width, height):
            for caption in all_of(element, "caption"):
                self.write(caption)
        self.end()


def _counted(number: int, style: str) -> str:
    """The number of an item as the list's style writes it: "b.", "IV."."""
    if "roman" in style:
        said = roman(number) if style.startswith("big") else roman(number).lower()
    elif "alpha" in style:
        said = letters(number) if style.startswith("big") else letters(number).lower()
    else:
        said = str(number)
    return f"{said}."
