"""HTML as a tree of elements: parsed without anything from outside, whatever its mistakes."""

from __future__ import annotations

import html
import html.entities
import re

from lxml import etree

from reader.importers.common.elements import BLOCKS, HEADINGS, Element, tag_of
from reader.importers.html.alternatives import name_pictures
from reader.importers.html.fostering import free_strays
from reader.importers.html.readings import part_readings
from reader.importers.html.unfolding import unfold
from reader.problem import Problem

MOST_ATTRIBUTES = 500
_LONG_TAG = 8_000
_FLAT = "data-offprint"
# Never fails once it has begun, so that a page without any ">" is read once and not for each "<".
_TAG = re.compile(r"""<[a-zA-Z](?:[^>="'<]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'<])*+>?""")
# "30<eGFR<60": no element has such a name, and what would be in it is lost.
_NO_TAG = re.compile(r"<(?=[A-Za-z][^\s<>/=\"']{0,40}<)")
# Without an end tag in HTML, which the parser does not know: all that follows would be inside.
_EMPTY = re.compile(r"<(source|track|wbr|embed|keygen|command|bgsound)(?=[\s/>])", re.IGNORECASE)
# What comes after them is still shown, and the parser drops it.
_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# Where a page is no tree: comments, what is no HTML in itself with its end, declarations, and tags.
# Source: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
_PIECE = re.compile(
    r"""<!--(?:>|->|.*?(?:--!?>|\Z))
    |<(?P<raw>script|style|textarea|title)(?=[\s/>]).*?(?:</(?P=raw)(?=[\s/>])[^>]*(?:>|\Z)|\Z)
    |<[!?][^>]*(?:>|\Z)
    |</(?![a-zA-Z])[^>]*(?:>|\Z)
    |</?(?P<name>[a-zA-Z][^\s/>]*)(?:[^>="']++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+>?""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_NOT_SHOWN = frozenset("noscript svg template".split())
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*(\[[^\]]*\]\s*)?>", re.IGNORECASE)
_ENCODING = re.compile(r"^\s*<\?xml[^>]*\?>")
_XML_NAMES = frozenset(["amp", "lt", "gt", "quot", "apos"])
_XML_START = re.compile(r"\s*(<\?xml\b|<html[^>]*\bxmlns\s*=)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OF_HEAD = frozenset("base bgsound link meta noscript script style template title".split())


def parse_html(untrusted_text: str) -> Element:
    """The root of a page, whatever its mistakes; what a browser would hide is still there.

    What a click would show is shown, and what stands in tables outside of cells is before them.

    Raises:
        Problem: when there is no element at all.
    """
    if _XML_START.match(untrusted_text):
        root = parse_xhtml(untrusted_text)
        if root is not None:
            return _in_order(root)
    text = _ENDS.sub("", _CONTROLS.sub("", untrusted_text))
    text = _TAG.sub(_closed, _NO_TAG.sub("&lt;", text))
    # The encoding is ours, whatever the page declares: it has been decoded already.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=False, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None or any("Excessive depth" in entry.message for entry in parser.error_log):
        # lxml has dropped what is nested deeper than 256, and all that comes after it.
        return _flat(text)
    _free_body(root)
    return _in_order(root)


def _in_order(root: Element) -> Element:
    """The tree with what is folded shown, and with nothing in tables outside their cells."""
    unfold(root)
    name_pictures(root)
    part_readings(root)
    free_strays(root)
    return root


def _free_body(root: Element) -> None:
    """Move what the parser left in the head into the body.

    It knows no element of HTML5, and takes an <article> after a <title> for one more of the head.
    """
    head = next((child for child in root if child.tag == "head"), None)
    if head is None:
        return
    inner = list(head)
    first = next((i for i, e in enumerate(inner) if tag_of(e) and tag_of(e) not in _OF_HEAD), -1)
    if first < 0:
        return
    body = next((child for child in root if child.tag == "body"), None)
    if body is None:
        body = etree.SubElement(root, "body")
    for place, element in enumerate(inner[first:]):
        body.insert(place, element)
    if body.text and body.text.strip():
        # Its own words come after what has been moved before them.
        moved = body[len(inner) - first - 1]
        moved.tail = (moved.tail or "") + body.text
        body.text = None


def parse_xhtml(untrusted_text: str) -> Element | None:
    """The root of a page that is XML in good order; None when it is not.

    Names of characters ("&nbsp;") are known without any document type, and no others are.
    """
    text = _ENCODING.sub("", _CONTROLS.sub("", untrusted_text).removeprefix("\ufeff"))
    text = _DOCTYPE.sub("", text, count=1)
    text = _TAG.sub(_thinned, _ENTITY.sub(_numbered, text))
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(text.strip().encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _numbered(entity: re.Match[str]) -> str:
    name = entity[1]
    characters = html.entities.html5.get(name + ";")
    if name in _XML_NAMES or characters is None:
        return entity[0]
    return "".join(f"&#{ord(c)};" for c in characters)


def _closed(tag: re.Match[str]) -> str:
    """The tag, thinned, with an end tag after it when it is one that holds nothing."""
    empty = _EMPTY.match(tag[0])
    thin = _thinned(tag)
    return f"{thin}</{empty[1]}>" if empty and thin.endswith(">") else thin


def _thinned(tag: re.Match[str]) -> str:
    """The tag with no more attributes than can be read in reasonable time."""
    if len(tag[0]) < _LONG_TAG:
        return tag[0]
    found = [m.span() for m in _ATTRIBUTE.finditer(tag[0], 1)]
    if len(found) <= MOST_ATTRIBUTES:
        return tag[0]
    return tag[0][: found[MOST_ATTRIBUTES][0]] + ">"


def is_flat(root: Element) -> bool:
    """Whether the page was nested too deeply, so that only headings and paragraphs are left."""
    return root.get(_FLAT) is not None


def _flat(text: str) -> Element:
    """Headings and paragraphs of a page that is nested too deeply for a tree.

    By a reader of our own: Python's reads a page that is cut off, and scripts, in another way with
    each of its versions. A tag that the end of the page cuts off is not shown, as in browsers.
    """
    page, at = _FlatPage(), 0
    for found in _PIECE.finditer(text):
        page.add(text[at : found.start()])
        at = found.end()
        name = (found["name"] or "").lower()
        if name and not found["raw"] and found[0].endswith(">"):
            page.turn(name, is_end=found[0].startswith("</"))
    page.add(text[at:])
    return page.tree()


class _FlatPage:
    """Puts every block of a page side by side."""

    def __init__(self) -> None:
        self._root = etree.Element("html", {_FLAT: "flat"})
        self._body = etree.SubElement(self._root, "body")
        self._parts: list[str] = []
        self._unread: list[str] = []
        self._name = "p"

    def add(self, untrusted_text: str) -> None:
        """Take what stands between tags."""
        if not self._unread:
            self._parts.append(html.unescape(untrusted_text))

    def turn(self, tag: str, is_end: bool) -> None:
        """Take a tag: a block begins or ends, or what is not shown."""
        if self._unread:
            if is_end and tag == self._unread[-1]:
                self._unread.pop()
        elif not is_end and tag in _NOT_SHOWN:
            self._unread.append(tag)
        elif tag in BLOCKS:
            self._end_block(tag if tag in HEADINGS and not is_end else "p")

    def _end_block(self, following: str) -> None:
        text = " ".join("".join(self._parts).split())
        if text:
            etree.SubElement(self._body, self._name).text = text
        self._parts = []
        self._name = following

    def tree(self) -> Element:
        """The root of what was taken."""
        self._end_block("p")
        if not len(self._body):
            raise Problem("The page holds no text.")
        return self._root
