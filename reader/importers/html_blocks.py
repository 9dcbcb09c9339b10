"""From a tree of HTML elements to blocks: what markup means, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from reader.importers.text_headings import FAQ, REFERENCES, split_number
from reader.importers.writer import Writer
from reader.model.document import BlockKind, MarkKind, SectionKind

# Given the address of a picture: its asset name, width and height, or None when it is not here.
ResolveAsset = Callable[[str], tuple[str, int, int] | None]

_NEVER = frozenset(
    (
        "script style template noscript head title meta link iframe frame object embed applet "
        "param form input button select option textarea label datalist canvas audio video source "
        "track map area dialog svg progress meter base col colgroup rp"
    ).split()
)
_BLOCKS = frozenset(
    (
        "address article aside blockquote body center dd details div dl dt fieldset figcaption "
        "figure footer h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary "
        "table tbody td tfoot th thead tr ul caption"
    ).split()
)
_MARKS: dict[str, MarkKind] = {
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "cite": "emphasis",
    "dfn": "emphasis",
    "var": "emphasis",
    "sub": "sub",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
_HEADING = re.compile(r"h[1-6]")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SMALL_CAPS = re.compile(r"font-variant\s*:[^;]*small-caps", re.I)
_CITED = re.compile(
    r"[\[(]?\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?[,;]?|[*†‡§]+|[\[(]?[a-z][\])]?"
)
_BACK = re.compile(r"[↩↑⤴^⏎\ufe0e\ufe0f\s]+|back|jump up|return", re.I)
_NOTES = re.compile(r"\b(foot|end)notes?\b|doc-(foot|end)note", re.I)
_NUMERALS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def tag_of(element: Any) -> str:
    """The lower-case name of an element, without its namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def is_hidden(element: Any) -> bool:
    """Whether an element is not for readers."""
    return (
        element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
        or (
            element.get("aria-hidden") == "true" and tag_of(element) not in ("img", "math", "table")
        )
    )


def write_blocks(
    writer: Writer, element: Any, *, resolve_asset: ResolveAsset, title: str = ""
) -> None:
    """Writes all that an element holds; a first top heading that is `title` becomes the title."""
    BlockWriter(writer, resolve_asset, title).walk(element)
    writer.end()


class BlockWriter:
    """Walks a tree, and knows which list, quote and section it is in."""

    def __init__(self, writer: Writer, resolve_asset: ResolveAsset, title: str) -> None:
        self._writer = writer
        self._resolve = resolve_asset
        self._title = " ".join(title.split()).casefold()
        self._titled = False
        self._quotes = 0
        self._lists = 0
        self._notes = 0
        self._in_references = False
        self._skip = ""
        self._pictures: list[Any] = []

    def walk(self, element: Any) -> None:
        """Writes an element with all that is in it."""
        tag = tag_of(element)
        if not tag or tag in _NEVER or is_hidden(element):
            return
        for name in (element.get("id"), element.get("name") if tag == "a" else None):
            if name:
                self._writer.anchor(name)
        special = {
            "ul": self._list,
            "ol": self._list,
            "dl": self._definitions,
            "table": self._table,
            "figure": self._figure,
            "pre": self._preformatted,
            "img": self._keep_picture,
            "image": self._keep_picture,
            "math": self._math,
            "br": self._break,
            "hr": self._rule,
            "blockquote": self._quote,
        }.get(tag)
        if special is not None:
            special(element)
        elif _HEADING.fullmatch(tag):
            self._heading(element, int(tag[1]))
        elif tag in _BLOCKS:
            self._block(element, tag)
        else:
            self._inline(element, tag)

    def _children(self, element: Any) -> None:
        self._text(element.text)
        for child in element:
            self.walk(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._skip:
            bare = text.lstrip()
            if not bare:
                return
            cut = min(len(self._skip), len(bare))
            if self._skip.startswith(bare[:cut]):
                self._skip = self._skip[cut:]
                text = bare[cut:].lstrip() if not self._skip else bare[cut:]
            else:
                self._skip = ""
        if not self._writer.in_block and text.strip():
            self._begin_paragraph()
        self._writer.add(text)

    def _begin_paragraph(self) -> None:
        kind: BlockKind = "note" if self._notes else "quote" if self._quotes else "paragraph"
        self._writer.begin(kind, max(0, self._quotes - 1))

    def _end(self) -> None:
        self._writer.end()
        pictures, self._pictures = self._pictures, []
        for one in pictures:
            self._write_picture(one)

    # Blocks

    def _block(self, element: Any, tag: str) -> None:
        notes = bool(_NOTES.search(f"{element.get('role', '')} {element.get('class', '')}"))
        self._end()
        self._notes += notes
        if tag in ("p", "dd", "address", "center", "summary") and _has_words(element):
            self._begin_paragraph()
        if tag == "summary":
            with self._writer.mark("strong"):
                self._children(element)
        else:
            self._children(element)
        self._end()
        self._notes -= notes

    def _quote(self, element: Any) -> None:
        self._end()
        self._quotes += 1
        self._children(element)
        self._end()
        self._quotes -= 1

    def _heading(self, element: Any, level: int) -> None:
        self._end()
        words = " ".join("".join(element.itertext()).split())
        if not words:
            self._children(element)
            return
        if not self._titled and level <= 2 and words.casefold() == self._title:
            self._titled = True
            self._writer.begin("title")
            self._children(element)
            self._end()
            return
        number, title = split_number(words)
        bare = title.rstrip(":")
        kind: SectionKind = "body"
        self._in_references = bool(REFERENCES.fullmatch(bare))
        if self._in_references:
            kind = "references"
        elif FAQ.fullmatch(bare):
            kind = "faq"
        elif bare.casefold() in ("abstract", "summary"):
            kind = "abstract"
        elif bare.casefold().split()[0] in ("appendix", "glossary", "abbreviations"):
            kind = "appendix" if bare.casefold().startswith("appendix") else "glossary"
        elif title.endswith("?"):
            kind = "question"
        self._writer.begin_heading(level, number, kind)
        self._skip = words[: len(words) - len(title)].strip() if number else ""
        self._children(element)
        self._skip = ""
        self._end()

    def _list(self, element: Any) -> None:
        inside = self._writer.in_block and self._lists > 0
        if not inside:
            self._end()
        self._lists += 1
        ordered = tag_of(element) == "ol"
        notes = bool(_NOTES.search(f"{element.get('role', '')} {element.get('class', '')}"))
        self._notes += notes
        number = _whole(element.get("start"), 1)
        step = -1 if element.get("reversed") is not None else 1
        if step < 0 and element.get("start") is None:
            number = sum(tag_of(child) == "li" for child in element)
        for child in element:
            if tag_of(child) != "li" or is_hidden(child):
                self.walk(child)
                continue
            number = _whole(child.get("value"), number)
            label = _label(number, element.get("type") or "1") if ordered else "•"
            self._item(child, label, str(number) if ordered else "")
            number += step
        self._notes -= notes
        self._lists -= 1
        self._end()

    def _item(self, element: Any, label: str, number: str) -> None:
        self._end()
        if element.get("id"):
            self._writer.anchor(element.get("id"))
        if self._notes:
            self._writer.begin("note", label=number or label)
        elif self._in_references and self._lists == 1:
            self._writer.begin("reference", label=number)
        else:
            self._writer.begin("list_item", self._lists - 1, label)
        self._text(element.text)
        first = True
        for child in element:
            tag = tag_of(child)
            if tag in ("p", "div") and self._writer.in_block and not _has_blocks(child):
                if not first:
                    self._writer.line_break()
                if child.get("id"):
                    self._writer.anchor(child.get("id"))
                self._children(child)
            else:
                self.walk(child)
            first = first and not _has_words(child)
            self._text(child.tail)
        self._end()

    def _definitions(self, element: Any) -> None:
        self._end()
        for child in element.iter():
            tag = tag_of(child)
            if tag == "dt":
                self._end()
                self._writer.begin("paragraph")
                with self._writer.mark("strong"):
                    self._children(child)
            elif tag == "dd":
                self._end()
                self._writer.begin("list_item", 0, "–")
                self._children(child)
        self._end()

    def _preformatted(self, element: Any) -> None:
        self._end()
        self._writer.begin("preformatted")
        for text in element.itertext():
            self._writer.add(text.strip("\n") if text is element.text else text)
        self._end()

    def _rule(self, _element: Any) -> None:
        self._end()

    def _break(self, _element: Any) -> None:
        self._writer.line_break()

    # Tables and figures

    def _table(self, element: Any) -> None:
        rows = list(_rows(element))
        cells = [cell for row in rows for cell in row]
        layout = element.get("role") in ("presentation", "none") or len(cells) < 2
        inner = any(tag_of(e) == "table" for e in element.iterdescendants())
        if layout or inner or max((len(row) for row in rows), default=0) < 2:
            self._end()
            self._children(element)
            self._end()
            return
        self._end()
        self._writer.begin_table()
        caption = next((e for e in element.iter() if tag_of(e) == "caption"), None)
        if caption is not None:
            self._writer.begin_caption()
            self._flat(caption)
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                high = min(max(1, _whole(cell.get("rowspan"), 1)), len(rows) - number)
                wide = min(max(1, _whole(cell.get("colspan"), 1)), 100)
                taken.update((number + i, column + j) for i in range(high) for j in range(wide))
                header = tag_of(cell) == "th" or _in_head(cell)
                self._writer.begin_cell(number, column, header, high, wide)
                self._flat(cell)
                column += wide
        self._writer.end()

    def _flat(self, element: Any) -> None:
        """What is inside a cell or caption, on one line: its blocks are joined by spaces."""
        if element.text:
            self._writer.add(element.text)
        for child in element:
            tag = tag_of(child)
            if tag == "br":
                self._writer.line_break()
            elif tag and tag not in _NEVER and not is_hidden(child):
                if child.get("id"):
                    self._writer.anchor(child.get("id"))
                if tag in _BLOCKS or tag in ("ul", "ol", "img"):
                    self._writer.add(" ")
                    self._flat(child)
                    self._writer.add(" ")
                else:
                    self._inline(child, tag, self._flat)
            if child.tail:
                self._writer.add(child.tail)

    def _figure(self, element: Any) -> None:
        self._end()
        caption = next((e for e in element.iter() if tag_of(e) == "figcaption"), None)
        pictures = [e for e in element.iter() if tag_of(e) in ("img", "image")]
        if not pictures or any(tag_of(e) in ("table", "pre") for e in element.iter()):
            self._children(element)
            self._end()
            return
        for one in pictures[:-1]:
            self._write_picture(one)
        self._begin_figure(pictures[-1])
        if caption is not None:
            if caption.get("id"):
                self._writer.anchor(caption.get("id"))
            self._flat(caption)
        self._writer.end()

    def _keep_picture(self, element: Any) -> None:
        # A picture inside a paragraph comes after it, so that the text stays whole.
        self._pictures.append(element)
        if not self._writer.in_block:
            self._end()

    def _write_picture(self, element: Any) -> None:
        if self._begin_figure(element):
            self._writer.end()

    def _begin_figure(self, element: Any) -> bool:
        addresses = (element.get(n) for n in ("src", "data-src", "href"))
        address = next((a for a in addresses if a), "") or next(
            (v for k, v in element.attrib.items() if k.endswith("}href")), ""
        )
        found = self._resolve(address) if address else None
        alternative = (element.get("alt") or "").strip()
        if found is None and not alternative and tag_of(element.getparent()) != "figure":
            return False
        if found is not None and (found[1] < 24 or found[2] < 24):
            return False
        name, width, height = found or ("", 0, 0)
        self._writer.begin_figure(name, alternative, width, height)
        return True

    # Inline

    def _math(self, element: Any) -> None:
        note = next((e for e in element.iter() if tag_of(e) == "annotation"), None)
        text = element.get("alttext") or (note.text if note is not None else "")
        self._text(text or "".join(element.itertext()))

    def _inline(self, element: Any, tag: str, inside: Callable[[Any], None] | None = None) -> None:
        inside = inside or self._children
        if tag == "a" and _leads_back(element):
            return
        mark = self._mark(element, tag)
        if mark is None or not _has_words(element):
            inside(element)
            return
        if not self._writer.in_block:
            self._begin_paragraph()
        with self._writer.mark(*mark):
            inside(element)

    def _mark(self, element: Any, tag: str) -> tuple[MarkKind, str] | None:
        if tag == "a":
            return self._link(element)
        if tag == "sup":
            links = [e for e in element.iter() if tag_of(e) == "a" and e.get("href", "")[:1] == "#"]
            return None if links else ("sup", "")
        if tag in _MARKS:
            return _MARKS[tag], ""
        if tag == "abbr" and element.get("title"):
            return "abbreviation", " ".join(element.get("title").split())
        if _SMALL_CAPS.search(element.get("style") or ""):
            return "small_caps", ""
        return None

    def _link(self, element: Any) -> tuple[MarkKind, str] | None:
        if element.get("data-labels"):
            return "reference_mark", element.get("data-labels")
        address = (element.get("href") or "").strip()
        words = "".join(element.itertext()).strip()
        if address.startswith("#") and len(address) > 1:
            kinds = f"{element.get('role', '')} {_attribute(element, 'type')} "
            noted = "noteref" in kinds or "footnote" in (element.get("class") or "")
            if noted or _CITED.fullmatch(words):
                return "reference_mark", address
            return "link", address
        if re.match(r"(https?|mailto|doi):", address, re.I):
            return "link", address
        return None


def _leads_back(element: Any) -> bool:
    """Whether a link leads from a note or reference back to its mark."""
    if not (element.get("href") or "").startswith("#"):
        return False
    marked = element.get("role") == "doc-backlink" or "backref" in (element.get("class") or "")
    return marked or bool(_BACK.fullmatch("".join(element.itertext())))


def _attribute(element: Any, name: str) -> str:
    return " ".join(v for k, v in element.attrib.items() if k == name or k.endswith("}" + name))


def _has_words(element: Any) -> bool:
    return any(text.strip() for text in element.itertext())


def _has_blocks(element: Any) -> bool:
    return any(tag_of(child) in _BLOCKS for child in element.iterdescendants())


def _in_head(cell: Any) -> bool:
    row = cell.getparent()
    return row is not None and row.getparent() is not None and tag_of(row.getparent()) == "thead"


def _rows(table: Any) -> Iterator[list[Any]]:
    for element in table.iter():
        if tag_of(element) == "tr" and not is_hidden(element):
            cells = [cell for cell in element if tag_of(cell) in ("td", "th")]
            if cells:
                yield cells


def _whole(untrusted: str | None, default: int) -> int:
    if untrusted is None or not re.fullmatch(r"-?\d{1,6}", untrusted.strip()):
        return default
    return int(untrusted)


def _label(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}."
    if kind in ("i", "I") and 1 <= number < 40:
        text, rest = "", number
        for value, numeral in _NUMERALS:
            while rest >= value:
                text, rest = text + numeral, rest - value
        return f"{text.upper() if kind == 'I' else text}."
    return f"{number}."
