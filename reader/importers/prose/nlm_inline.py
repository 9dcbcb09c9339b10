"""The running text of an article in JATS: its marks, citations, links and signs."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.importers.builder.flow import Flow
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.xml_tree import address_of, one_of, text_in
from reader.importers.formula.write import write_mathml, write_tex
from reader.importers.prose.nlm_alternatives import branch_of, unread_in
from reader.model.document import MarkKind

NO_SIGN = "\ufffd"
UNSHOWN_SIGN = (
    "Some signs in the text are pictures that Offprint cannot show in a line: “\ufffd” stands for "
    "each."
)
_MARKS: dict[str, MarkKind] = {
    "bold": "strong",
    "italic": "emphasis",
    "underline": "emphasis",
    "sub": "sub",
    "sup": "sup",
    "sc": "small_caps",
    "strike": "strike",
    "monospace": "code",
    "code": "code",
}
_STYLES: tuple[tuple[re.Pattern[str], MarkKind], ...] = (
    (re.compile(r"vertical-align\s*:\s*super|^\s*super(script)?\s*$", re.I), "sup"),
    (re.compile(r"vertical-align\s*:\s*sub\b|^\s*sub(script)?\s*$", re.I), "sub"),
    (re.compile(r"line-through|^\s*strike(through)?\s*$", re.I), "strike"),
    (re.compile(r"small-?caps", re.I), "small_caps"),
    (re.compile(r"font-weight\s*:\s*(bold|[6-9]00)|^\s*bold\s*$", re.I), "strong"),
    (re.compile(r"font-style\s*:\s*(italic|oblique)|^\s*italic\s*$", re.I), "emphasis"),
)
_FIELDS = frozenset(
    "surname given-names suffix prefix name string-name person-group collab etal year month day "
    "source article-title chapter-title part-title trans-title trans-source volume issue fpage "
    "lpage elocation-id page-range publisher-name publisher-loc edition conf-name conf-loc "
    "conf-date pub-id comment date-in-citation institution isbn issn label".split()
)
UNREAD = frozenset(
    "object-id alt-text long-desc inline-media index-term index-term-range-end "
    "fn-group-meta glyph-data glyph-ref milestone-start milestone-end processing-meta".split()
)
"""What is no running text: names of things, pictures, alternatives that are said elsewhere."""

_PLACES = frozenset(
    "bold italic sub sup xref ext-link uri email inline-formula inline-graphic styled-content "
    "abbrev underline strike".split()
)

_OVERLINE = "\u0305"
_LONGEST_OVERLINED = 3


class Inline:
    """Writes what is inside a paragraph; `write_block` is called for blocks that stand in it.

    `labels` are the references by their ids. Notes that stand in the text are kept in `notes`,
    and pictures in `pictures`, for whoever ends the paragraph; `warnings` say what cannot be shown.
    """

    def __init__(
        self, flow: Flow, labels: dict[str, str], write_block: Callable[[Element], bool]
    ) -> None:
        self._flow = flow
        self._labels = labels
        self._write_block = write_block
        self.notes: list[Element] = []
        self.pictures: list[Element] = []
        self.warnings: dict[str, None] = {}
        self._unread = UNREAD

    def write(self, element: Element) -> None:
        """Write the text of an element and of all in it."""
        add = self._flow.adder
        if element.text:
            add(element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._write_child(child)
            if child.tail:
                add(child.tail)

    def _write_child(self, child: Element) -> None:
        tag, name = tag_of(child), child.get("id")
        if name and tag in _PLACES:
            self._flow.writer.anchor(name)
        if tag in self._unread:
            return
        kind = _MARKS.get(tag)
        if kind is not None:
            with self._flow.mark(kind):
                self.write(child)
        elif tag == "xref":
            self._write_cross_reference(child)
        elif tag in _FIELDS:
            if name:
                self._flow.writer.anchor(name)
            if _touches(child):
                self._flow.add(" ")
            self.write(child)
        elif tag in ("ext-link", "uri", "self-uri", "related-article", "related-object"):
            self._write_link(child, address_of(child) or text_in(child))
        elif tag == "email":
            self._write_link(child, f"mailto:{text_in(child)}")
        elif tag in ("math", "tex-math"):
            self._write_math(child)
        elif tag == "inline-formula":
            self.write_formula(child)
        elif tag == "break":
            self._flow.writer.line_break()
        elif tag == "rt" and text_in(child).strip():
            # How characters are read aloud, which stands above them in print.
            add = self._flow.adder
            add("(")
            self.write(child)
            add(")")
        elif tag == "fn":
            self._write_note_mark(child)
        elif tag == "alternatives":
            self._write_alternatives(child)
        elif tag in ("inline-graphic", "private-char"):
            self._write_sign(child)
        elif tag in ("graphic", "media"):
            self.pictures.append(child)
        elif tag == "styled-content":
            self._write_styled(child)
        elif tag == "overline":
            self._write_overlined(child)
        elif tag == "abbrev":
            self._write_abbreviation(child)
        elif not self._write_block(child):
            if name and tag not in _PLACES:
                self._flow.writer.anchor(name)
            self.write(child)

    def _write_alternatives(self, element: Element) -> None:
        branch = branch_of(element)
        if branch is not None:
            self._write_child(branch)

    def _write_cross_reference(self, xref: Element) -> None:
        names = (xref.get("rid") or "").split()
        kind = xref.get("ref-type") or ""
        labels = [self._labels[name] for name in names if name in self._labels]
        if labels:
            with self._flow.mark("reference_mark", " ".join(labels)):
                if xref.text or text_in(xref):
                    self.write(xref)
                else:
                    self._flow.add(f"[{', '.join(labels)}]")
        elif names and kind in ("fn", "table-fn"):
            with self._flow.mark("reference_mark", f"#{names[0]}"):
                self.write(xref)
        elif names:
            with self._flow.mark("link", f"#{names[0]}"):
                self.write(xref)
        else:
            self.write(xref)

    def _write_link(self, element: Element, address: str) -> None:
        if not address.lower().startswith(("http://", "https://", "mailto:", "doi:")):
            self.write(element)
            return
        with self._flow.mark("link", address):
            if element.text or text_in(element):
                self.write(element)
            else:
                self._flow.add(address)

    def _write_note_mark(self, note: Element) -> None:
        """A note in the text: its label stays there, its text comes after the paragraph."""
        self.notes.append(note)
        label = text_in(one_of(note, "label")) or note.get("symbol") or "*"
        name = note.get("id") or f"note {id(note)}"
        note.set("id", name)
        with self._flow.mark("reference_mark", f"#{name}"), self._flow.mark("sup"):
            self._flow.add(label)

    def _write_sign(self, element: Element) -> None:
        """A picture used as a sign: what it shows in words, else a sign for what is missing."""
        spoken = text_in(one_of(element, "alt-text")) or (element.get("description") or "").strip()
        if not spoken:
            spoken = text_in(one_of(element, "long-desc"))
        if not spoken and tag_of(element) == "private-char":
            spoken = (element.get("name") or "").strip()
        if not spoken:
            spoken = NO_SIGN
            self.warnings[UNSHOWN_SIGN] = None
            if tag_of(element) == "inline-graphic":
                self.pictures.append(element)
        self._flow.add(spoken)

    def _write_styled(self, element: Element) -> None:
        said = [element.get("style") or "", element.get("style-type") or ""]
        kinds = [k for pattern, k in _STYLES if any(one and pattern.search(one) for one in said)]
        if not kinds:
            self.write(element)
            return
        with self._flow.mark(kinds[0]):
            self.write(element)

    def _write_overlined(self, element: Element) -> None:
        """A mean ("x̄"): a line over each of few signs; over more it would say nothing."""
        words = text_in(element)
        if len(element) or len(words) > _LONGEST_OVERLINED:
            self.write(element)
        else:
            self._flow.add("".join(f"{sign}{_OVERLINE}" for sign in words))

    def _write_abbreviation(self, element: Element) -> None:
        meaning = text_in(one_of(element, "def"))
        meaning = meaning or (element.get("alt") or "").strip()
        definition = one_of(element, "def")
        if definition is None:
            self.write(element)
            return
        with self._flow.mark("abbreviation", meaning):
            self._flow.add(element.text or "")
            for child in element:
                if child is not definition and tag_of(child):
                    self._write_child(child)
                self._flow.add(child.tail or "")

    def write_formula(self, formula: Element) -> None:
        """A formula as a line: from MathML, else from TeX, else what text there is."""
        before, self._unread = self._unread, UNREAD | unread_in(formula)
        self.write(formula)
        self._unread = before

    def _write_math(self, math: Element) -> None:
        self._flow.get_ready()
        if tag_of(math) == "math":
            write_mathml(self._flow.writer, math)
        else:
            write_tex(self._flow.writer, "".join(map(str, math.itertext())))


def _touches(part: Element) -> bool:
    """Whether nothing stands between two fields of a citation, as some publishers write them."""
    before = part.getprevious()
    return before is not None and not before.tail and tag_of(before) in _FIELDS
