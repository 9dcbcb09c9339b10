"""XML that nobody has checked: parsed strictly, with nothing fetched and nothing expanded."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from reader.importers.common.elements import Element
from reader.problem import Problem

_NAMES = frozenset(["lt", "gt", "amp", "quot", "apos"])
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# In a section of characters every "&" stands for itself.
_AND = re.compile(r"<!\[CDATA\[.*?\]\]>|&(?!#?\w{1,31};)", re.DOTALL)
_INTERNAL = re.compile(
    rb"((?:\xef\xbb\xbf)?(?:\s++|<\?.{,2000}?\?>|<!--.{,20000}?-->)*+)<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>",
    re.DOTALL,
)


def parse_xml(untrusted_bytes: bytes, name: str) -> Element:
    """The root of an XML file, its names of characters resolved and its document type left out.

    Never with a parser that recovers: after one unknown entity it drops every later "&lt;" without
    a word, and "eGFR &lt; 30" reads "eGFR 30".

    What stands in the way and can mean one thing only is mended: signs that XML forbids are left
    out, an "&" that begins no name stands for itself. Nothing else is.

    Raises:
        Problem: when it is no XML in good order, or nested too deeply.
    """
    root = _parsed(untrusted_bytes)
    if root is None:
        root = _parsed(_mended(untrusted_bytes))
    if root is None:
        raise Problem(f"“{name}” is damaged: it is no XML in good order.")
    return root


def _parsed(untrusted_bytes: bytes) -> Element | None:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    # Only before the first element: a search for others would read a hostile file again and again.
    document_type = _INTERNAL.match(untrusted_bytes)
    text = (
        document_type[1] + untrusted_bytes[document_type.end() :]
        if document_type
        else untrusted_bytes
    )
    try:
        return etree.fromstring(_ENTITY.sub(_numbered, text), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _mended(untrusted_bytes: bytes) -> bytes:
    try:
        text = untrusted_bytes.decode("utf-8")
    except UnicodeDecodeError:
        return untrusted_bytes
    text = _FORBIDDEN.sub("", text)
    return _AND.sub(lambda found: found[0] if len(found[0]) > 1 else "&amp;", text).encode()


def _numbered(entity: re.Match[bytes]) -> bytes:
    name = entity[1].decode("ascii")
    characters = html5.get(name + ";")
    if name in _NAMES or characters is None:
        return entity[0]
    return "".join(f"&#{ord(character)};" for character in characters).encode()
