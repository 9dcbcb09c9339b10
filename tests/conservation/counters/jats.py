"""Articles in JATS: title, authors, abstract, body and back, without what is data about them.

Source: Journal Article Tag Library, https://jats.nlm.nih.gov/.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from tests.conservation.counted import MARK, PICTURE, Container, Counting
from tests.conservation.counters.list_numbers import letters, roman
from tests.conservation.counters.mathml import local, signs
from tests.conservation.counters.tex import tex_signs

_SHOWN_OF_THE_FRONT = (
    *("article-title", "subtitle", "trans-title", "abstract", "trans-abstract"),
    *("fn-group", "notes"),
)
_UNSHOWN = {
    "object-id", "graphic", "inline-graphic", "media", "sec-meta", "ref-list-meta", "tex-math",
    "alt-text", "long-desc", "index-term", "target", "milestone-start", "milestone-end", "email",
    "floats-wrap", "permissions", "front-stub", "journal-meta", "fig-meta", "processing-meta",
    "custom-meta-group", "pub-id", "object-meta", "col", "colgroup", "colspec",
}  # fmt: skip
_APART = {
    "sec", "title", "p", "label", "caption", "list", "list-item", "def-list", "def-item", "term",
    "def", "disp-quote", "disp-formula", "fig", "fig-group", "table-wrap", "table", "thead",
    "tbody", "tfoot", "tr", "td", "th", "row", "entry", "boxed-text", "verse-group", "verse-line",
    "speech", "speaker", "statement", "ref", "mixed-citation", "element-citation", "fn",
    "fn-group", "ack", "app", "app-group", "glossary", "notes", "bio", "supplementary-material",
    "attrib", "preformat", "code", "abstract", "body", "back", "article-title", "subtitle",
    "trans-title", "sub-article", "response", "array", "table-wrap-foot", "kwd",
    "citation", "nlm-citation", "sig", "sig-block", "question", "answer", "explanation", "option",
    "chem-struct-wrap", "alternatives", "def-head", "term-head", "x-head", "contrib", "date",
}  # fmt: skip
_DIVIDED = ("element-citation", "nlm-citation", "contrib")
_NUMBERED: dict[str | None, Callable[[int], str]] = {
    "order": str,
    "alpha-lower": letters,
    "alpha-upper": lambda number: letters(number).upper(),
    "roman-lower": roman,
    "roman-upper": lambda number: roman(number).upper(),
}
_INLINE = ("italic", "bold", "sup", "sub", "sc", "ext-link", "uri", "styled-content", "monospace")
_STRUCK = ("strike",)
Position = Literal["", "sup", "sub"]


def count(path: Path) -> list[Container]:
    """What the article shows."""
    parser = etree.XMLParser(resolve_entities=True, no_network=True, load_dtd=False, huge_tree=True)
    root = etree.parse(path, parser).getroot()
    counter = _Article()
    for article in root.iter("article", "{*}article", "sub-article", "response"):
        front = next((c for c in article if local(c) in ("front", "front-stub")), None)
        for element in front.iter() if front is not None else ():
            if local(element) in _SHOWN_OF_THE_FRONT and not _is_related(element, front):
                counter.take(element)
            elif local(element) == "name" and _is_author(element):
                counter.name(element)
        for part in article:
            if local(part) in ("body", "back", "floats-group"):
                counter.take(part)
    return counter.counting.containers


def _is_related(element: Any, front: Any) -> bool:
    """True for titles of other works, and for what lies in something that is counted itself."""
    above = [local(a) for a in element.iterancestors() if front in a.iterancestors()]
    return bool({"related-article", "related-object", "product", *_SHOWN_OF_THE_FRONT} & set(above))


def _is_author(name: Any) -> bool:
    above = [(local(a), a.get("contrib-type", "author")) for a in name.iterancestors()]
    groups = [kind for tag, kind in above if tag == "contrib"]
    # The members of a group that is the author are data about it.
    return groups == ["author"] and "collab" not in {tag for tag, _ in above}


class _Article:
    def __init__(self) -> None:
        self.counting = Counting()

    def name(self, name: Any) -> None:
        for part in name:
            if local(part) in ("surname", "given-names"):
                self.counting.end()
                self.counting.add("".join(map(str, part.itertext())))
                self.counting.end()

    def take(self, element: Any) -> None:
        self.counting.end()
        self._walk(element, "", False, False)
        self.counting.end()

    def _walk(self, element: Any, position: Position, struck: bool, divided: bool) -> None:
        name = local(element)
        if not name:
            return
        if name == "math":
            self.counting.formula(signs(element, position))
            return
        if name in _UNSHOWN:
            self._unshown(element, name)
            return
        apart = name in _APART or (divided and name not in _INLINE)
        if apart:
            self.counting.end()
        if name == "alternatives":
            self._first_of(element, position, struck)
            return
        if name == "label" and _labels_words(element):
            self._label(element)
            return
        if name == "list-item":
            self._number(element)
        position = name if name in ("sup", "sub") else position  # type: ignore[assignment]
        struck = struck or name in _STRUCK
        within = divided or name in _DIVIDED
        if name == "xref" and not "".join(map(str, element.itertext())).strip():
            self.counting.add(MARK)
        if name == "break":
            self.counting.add(" ")
        self.counting.add(element.text or "", position, struck)
        for child in element:
            self._walk(child, position, struck, within)
            self.counting.add(child.tail or "", position, struck)
        if apart:
            self.counting.end()
        if name == "list-item":
            self.counting.no_label()

    def _label(self, element: Any) -> None:
        words = "".join(map(str, element.itertext())).strip()
        divided = any(local(c) in _DIVIDED for c in element.itersiblings())
        if local(element.getparent()) == "ref" and divided:
            # The words of such a reference may come in an order of the reader's own.
            self.counting.add(words)
            self.counting.end()
        else:
            self.counting.label(words)

    def _number(self, item: Any) -> None:
        """The number of an item that has no label of its own, by the type of its list."""
        kind = item.getparent().get("list-type") if item.getparent() is not None else None
        if kind in _NUMBERED and item.find("label") is None:
            number = 1 + sum(local(c) == "list-item" for c in item.itersiblings(preceding=True))
            self.counting.label(f"{_NUMBERED[kind](number)}.")

    def _first_of(self, element: Any, position: Position, struck: bool) -> None:
        """One of the forms of the same thing, the one that can be read."""
        forms = {local(child): child for child in element}
        for picture in (c for n, c in forms.items() if n in ("graphic", "media")):
            self._unshown(picture, "graphic")
        if "math" in forms:
            self.counting.formula(signs(forms["math"], position))
        elif "tex-math" in forms:
            self.counting.formula(tex_signs("".join(forms["tex-math"].itertext())))
        else:
            readable = [c for n, c in forms.items() if n and n not in _UNSHOWN]
            for child in readable[:1]:
                self._walk(child, position, struck, False)

    def _unshown(self, element: Any, name: str) -> None:
        if name == "tex-math":
            text = "".join(map(str, element.itertext()))
            if "\\begin{document}" in text:
                text = text.partition("\\begin{document}")[2].partition("\\end{document}")[0]
            self.counting.formula(tex_signs(text))
        elif name == "inline-graphic":
            said = element.find("alt-text")
            self.counting.add(PICTURE if said is None else "".join(map(str, said.itertext())))
        elif name in ("graphic", "media"):
            for child in element:
                if local(child) in ("alt-text", "long-desc"):
                    self.counting.alternative("".join(map(str, child.itertext())))
        elif name == "email":
            self.counting.add("".join(map(str, element.itertext())))


def _labels_words(label: Any) -> bool:
    """True if a label stands before words of a list, a note, a reference, not before a title."""
    above = label.getparent()
    return above is not None and local(above) in (
        "list-item",
        "fn",
        "ref",
        "sec",
        "fig",
        "table-wrap",
    )
