"""The running text of an article in JATS: its marks, citations, links and formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reader.importers.html_tree import Element, tag_of
from reader.importers.jats_front import address_of, text_in
from reader.importers.mathml import runs_of
from reader.importers.writer import Writer
from reader.model.document import MarkKind

_MARKS: dict[str, MarkKind] = {
    "bold": "strong",
    "italic": "emphasis",
    "underline": "emphasis",
    "sub": "sub",
    "sup": "sup",
    "sc": "small_caps",
    "monospace": "code",
    "code": "code",
}
_NAME_PARTS = ("surname", "given-names", "suffix")
_UNREAD = frozenset(
    "object-id graphic inline-graphic inline-supplementary-material-data xmlns label-alternatives "
    "private-char media inline-media fn-group-meta target index-term".split()
)


class Inline:
    """Writes what is inside a paragraph; `write_block` is called for blocks that stand in it.

    `labels` are the references by their ids. Notes that stand in the text are kept in `notes`,
    for whoever ends the paragraph.
    """

    def __init__(
        self, writer: Writer, labels: dict[str, str], write_block: Callable[[Element], bool]
    ) -> None:
        self._writer = writer
        self._labels = labels
        self._write_block = write_block
        self.notes: list[Element] = []

    def write(self, element: Element) -> None:
        """Writes the text of an element and of all in it."""
        if element.text:
            self._writer.add(element.text)
        for child in element:
            if tag_of(child):
                self._write_child(child)
            if child.tail:
                self._writer.add(child.tail)

    def _write_child(self, child: Element) -> None:
        tag = tag_of(child)
        if child.get("id") and tag not in ("ref", "fn"):
            self._writer.anchor(child.get("id") or "")
        if tag in _UNREAD:
            return
        if tag in _MARKS:
            with self._writer.mark(_MARKS[tag]):
                self.write(child)
        elif tag == "xref":
            self._write_cross_reference(child)
        elif tag in ("ext-link", "uri", "self-uri", "related-article"):
            self._write_link(child, address_of(child) or text_in(child))
        elif tag == "email":
            self._write_link(child, f"mailto:{text_in(child)}")
        elif tag in ("inline-formula", "math"):
            self.write_formula(child)
        elif tag == "break":
            self._writer.line_break()
        elif tag == "fn":
            self._write_note_mark(child)
        elif tag == "alternatives":
            self.write_formula(child)
        elif not self._write_block(child):
            if tag in _NAME_PARTS and _touches(child):
                self._writer.add(" ")
            self.write(child)

    def _write_cross_reference(self, xref: Element) -> None:
        names = (xref.get("rid") or "").split()
        kind = xref.get("ref-type") or ""
        labels = [self._labels[name] for name in names if name in self._labels]
        if labels:
            target = " ".join(labels)
        elif kind in ("fn", "table-fn") and names:
            target = f"#{names[0]}"
        elif names:
            with self._writer.mark("link", f"#{names[0]}"):
                self.write(xref)
            return
        else:
            self.write(xref)
            return
        with self._writer.mark("reference_mark", target):
            self.write(xref)

    def _write_link(self, element: Element, address: str) -> None:
        if not address.lower().startswith(("http://", "https://", "mailto:", "doi:")):
            self.write(element)
            return
        with self._writer.mark("link", address):
            self.write(element)

    def _write_note_mark(self, note: Element) -> None:
        """A note in the text: its label stays there, its text comes after the paragraph."""
        self.notes.append(note)
        label = text_in(next((e for e in note if tag_of(e) == "label"), None)) or "*"
        name = note.get("id") or f"note {id(note)}"
        note.set("id", name)
        with self._writer.mark("reference_mark", f"#{name}"), self._writer.mark("sup"):
            self._writer.add(label)

    def write_formula(self, element: Element) -> None:
        """A formula as a line: from MathML, else from TeX, else what text there is."""
        math = next(element.iter("{*}math"), None)
        tex = next(element.iter("{*}tex-math"), None)
        if math is not None:
            for text, kinds in runs_of(math):
                with _marked(self._writer, kinds):
                    self._writer.add(text)
        elif tex is not None:
            with self._writer.mark("code"):
                self._writer.add(text_in(tex))
        else:
            self.write(element)


def _touches(part: Element) -> bool:
    """Whether nothing stands between two parts of a name, as some publishers write them."""
    before = part.getprevious()
    return before is not None and tag_of(before) in _NAME_PARTS and not before.tail


@contextmanager
def _marked(writer: Writer, kinds: tuple[MarkKind, ...]) -> Iterator[None]:
    for kind in kinds:
        writer.open_mark(kind)
    yield
    for _ in kinds:
        writer.close_mark()
