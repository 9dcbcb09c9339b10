"""The blocks of an article in JATS: sections, boxes, lists, quotes, notes, references."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.flow import Flow
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.xml_tree import one_of, text_in
from reader.importers.jats.exhibits import Exhibits, Resolve
from reader.importers.jats.lists import Lists
from reader.importers.jats.references import CITATIONS, composed, is_composed
from reader.importers.prose.headings import section_kind
from reader.importers.prose.nlm_alternatives import branch_of
from reader.importers.prose.nlm_inline import Inline
from reader.model.document import BlockKind, SectionKind

NUMBERED = re.compile(r"((?:\d+|[A-Z]|[IVXLC]+)(?:[.-]\d+)*)[.):]?")
"""The labels of headings that are numbers, which stand beside the text."""
UNREAD = frozenset(
    "alternatives-meta object-id processing-meta sec-meta alt-text long-desc attrib-meta ref-count "
    "notes-meta front front-stub book-part-meta index-term hr".split()
)
"""What only says how the rest is to be shown, or is said elsewhere."""

_SECTIONS = ("sec", "ack", "app", "bio", "glossary", "notes", "fn-group", "ref-list", "dedication")
_GROUPS = (
    *("app-group", "disp-formula-group", "question-wrap", "question-wrap-group", "question"),
    *(
        "answer",
        "answer-set",
        "explanation",
        "named-book-part-body",
        "sec-group",
        "table-wrap-foot",
    ),
    *("block-alternatives", "book-app", "book-app-group"),
)
_TITLES: dict[str, tuple[str, SectionKind]] = {
    "ack": ("Acknowledgements", "body"),
    "ref-list": ("References", "references"),
    "glossary": ("Abbreviations", "glossary"),
    "bio": ("About the authors", "body"),
    "app": ("Appendix", "appendix"),
    "notes": ("Notes", "body"),
}


class Blocks:
    """Writes the blocks of one article; `labels` are what references are called by their ids."""

    def __init__(self, writer: DocumentBuilder, labels: dict[str, str], resolve: Resolve) -> None:
        self.flow = Flow(writer)
        self.labels = labels
        self.inline = Inline(self.flow, labels, self.write_block)
        self.level = 0
        self._exhibits = Exhibits(self.flow, self.inline, self, resolve)
        self._lists = Lists(self.flow, self.inline, self)
        self._blocks = self._writers()

    def write_children(self, element: Element, done: Collection[Element] = ()) -> None:
        """Write what is in an element but for what is `done`; text by itself is a paragraph."""
        self.flow.add(element.text or "")
        for child in element:
            tag = tag_of(child)
            if tag and child not in done and tag not in UNREAD and not self.write_block(child):
                self.write_paragraph(child)
            if (child.tail or "").strip():
                self.flow.add(child.tail or "")
        self.end()

    @property
    def definitions(self) -> list[tuple[str, str]]:
        """The short forms that lists of abbreviations say, each with what it means."""
        return self._lists.definitions

    def writes(self, writers: Mapping[str, Callable[[Element], None]]) -> None:
        """Have elements of other kinds written so."""
        self._blocks.update(writers)

    def is_block(self, element: Element) -> bool:
        """Whether an element is a block of its own."""
        return tag_of(element) in self._blocks

    def write_block(self, element: Element) -> bool:
        """Write a block; False when it is none, but running text."""
        write = self._blocks.get(tag_of(element))
        if write is None:
            return False
        self.flow.end()
        self.anchor(element)
        write(element)
        self.flow.end()
        return True

    def _writers(self) -> dict[str, Callable[[Element], None]]:
        return {
            **dict.fromkeys(_SECTIONS, self.write_section),
            **dict.fromkeys(_GROUPS, self.write_children),
            **self._exhibits.writers(),
            **self._lists.writers(),
            "boxed-text": self._write_box,
            "p": self.write_paragraph,
            "disp-quote": self._write_quote,
            "verse-group": self._write_quote,
            "verse-line": self.write_paragraph,
            "speech": self._write_speech,
            "statement": self._write_statement,
            "preformat": self._write_preformatted,
            "label": self.write_strong,
            "title": self.write_strong,
            "subtitle": self.write_strong,
            "fn": self.write_note,
            "ref": self._write_reference,
        }

    def anchor(self, element: Element) -> None:
        """Name the present place by the element's id."""
        if name := element.get("id"):
            self.flow.writer.anchor(name)

    def end(self) -> None:
        """End a block, and write the pictures and the notes that stood in it."""
        self.flow.end()
        if not self.flow.in_line:
            pictures, self.inline.pictures[:] = list(self.inline.pictures), []
            for picture in pictures:
                self._exhibits.write_picture(picture)
        if self.flow.on_page:
            notes, self.inline.notes[:] = list(self.inline.notes), []
            for note in notes:
                self.anchor(note)
                self.write_note(note)

    def write_heading(
        self, title: Element | None, otherwise: str, label: str = "", kind: SectionKind = "body"
    ) -> None:
        """A heading with its number beside it; a label that is no number is part of it."""
        number = NUMBERED.fullmatch(label)
        with self.flow.heading(self.level + 1, number[1] if number else None, kind):
            if label and not number:
                self.flow.add(f"{label} ")
            if title is not None and text_in(title):
                self.inline.write(title)
            else:
                self.flow.add(otherwise)
        self.end()

    def write_section(
        self, section: Element, otherwise: str = "", kind: SectionKind | None = None
    ) -> None:
        """A section with its heading, or with `otherwise` where it has none."""
        usual, usual_kind = _TITLES.get(tag_of(section), ("", "body"))
        title, label = one_of(section, "title"), one_of(section, "label")
        said, number = text_in(title) or otherwise or usual, text_in(label)
        if said:
            found = section_kind(said) if usual_kind == "body" else usual_kind
            self.write_heading(title, said, number, kind or found)
        elif number:
            self.write_heading(label, number)
        self.level += bool(said or number)
        self.write_children(section, [e for e in (title, label) if e is not None])
        self.level -= bool(said or number)

    def _write_box(self, box: Element) -> None:
        label = one_of(box, "label")
        title = one_of(box, "caption", "title")
        title = one_of(box, "title") if title is None else title
        title = one_of(box, "sec", "title") if title is None else title
        if not text_in(title) and not text_in(label):
            self.write_children(box)
            return
        words = " ".join(filter(None, (text_in(label), "" if title is None else "\x00")))
        with self.flow.heading(self.level + 1, None, "box"):
            self.flow.add(words.replace("\x00", ""))
            if title is not None:
                self.inline.write(title)
        self.end()
        self.level += 1
        done = [e for e in (title, label) if e is not None]
        for child in box:
            titled = title is not None and title.getparent() is child
            if titled or tag_of(child) == "caption":
                self.write_children(child, done)
            elif child in done or tag_of(child) in ("", *UNREAD):
                continue
            elif not self.write_block(child):
                self.write_paragraph(child)
        self.level -= 1

    def write_paragraph(self, element: Element, kind: BlockKind = "paragraph") -> None:
        """A block of running text."""
        self.flow.begin(kind)
        self.inline.write(element)
        self.end()

    def write_strong(self, *parts: Element | None, kind: BlockKind = "paragraph") -> None:
        """A line that is printed as a title, where no heading may stand."""
        self.flow.begin(kind)
        for part in parts:
            if part is not None:
                with self.flow.mark("strong"):
                    self.inline.write(part)
                self.flow.add(" ")
        self.end()

    def _write_quote(self, quote: Element) -> None:
        for child in quote:
            tag = tag_of(child)
            if tag in ("label", "title", "subtitle"):
                self.write_strong(child, kind="quote")
            elif tag in ("p", "verse-line") or (tag not in UNREAD and not self.write_block(child)):
                self.anchor(child)
                self.write_paragraph(child, "quote")

    def _write_speech(self, speech: Element) -> None:
        speaker, words = one_of(speech, "speaker"), one_of(speech, "p")
        self.flow.begin("paragraph")
        if speaker is not None:
            with self.flow.mark("strong"):
                self.inline.write(speaker)
            self.flow.add(" ")
        if words is not None:
            self.inline.write(words)
        self.end()
        self.write_children(speech, [e for e in (speaker, words) if e is not None])

    def _write_statement(self, statement: Element) -> None:
        titles = [e for e in statement if tag_of(e) in ("label", "title")]
        if titles:
            self.write_strong(*titles)
        self.write_children(statement, titles)

    def _write_preformatted(self, element: Element) -> None:
        self.write_paragraph(element, "preformatted")

    def write_note(self, note: Element) -> None:
        """A note, with its label beside its first words."""
        label = text_in(one_of(note, "label")) or note.get("symbol") or ""
        if (note.text or "").strip():
            self.flow.begin("note", label=label)
            self.flow.add(note.text or "")
            label = ""
        for child in note:
            tag = tag_of(child)
            if tag in self._blocks and tag not in ("p", "title", "label"):
                # Nothing but words takes a label.
                self.write_alone(label)
                self.write_block(child)
                label = ""
            elif tag not in ("", "label", *UNREAD):
                if label or tag in ("p", "title"):
                    self.flow.begin("note", label=label)
                self.anchor(child)
                self.inline.write(child)
                label = ""
            if (child.tail or "").strip():
                self.flow.add(child.tail or "")
        self.end()
        self.write_alone(label)

    def write_alone(self, label: str, kind: BlockKind = "note", depth: int = 0) -> None:
        """A label that no words follow."""
        if label:
            self.flow.begin(kind, depth)
            self.flow.add(label)
            self.flow.end()

    def _write_reference(self, reference: Element) -> None:
        label = self.labels.get(reference.get("id") or "", "")
        if self.flow.on_page:
            self.flow.writer.begin("reference", label=label)
        else:
            self.flow.begin("paragraph")
        for part in reference:
            chosen = branch_of(part) if tag_of(part).endswith("alternatives") else part
            if chosen is None or tag_of(chosen) in ("", "label", *UNREAD):
                continue
            if tag_of(chosen) in CITATIONS and is_composed(chosen):
                self.flow.add(composed(chosen))
            elif tag_of(chosen) in CITATIONS:
                self.inline.write(chosen)
            else:
                self.flow.add(text_in(chosen))
            self.flow.add(" ")
        self.end()
