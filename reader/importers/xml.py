"""XML that nobody has checked: parsed strictly, with nothing fetched and nothing expanded."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

from reader.importers.html_tree import Element
from reader.problem import Problem

_NAMES = frozenset(["lt", "gt", "amp", "quot", "apos"])
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_INTERNAL = re.compile(
    rb"((?:\xef\xbb\xbf)?(?:\s++|<\?.{,2000}?\?>|<!--.{,20000}?-->)*+)<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>",
    re.DOTALL,
)


def parse_xml(untrusted_bytes: bytes, name: str) -> Element:
    """The root of an XML file, its names of characters resolved and its document type left out.

    Never with a parser that recovers: after one unknown entity it drops every later "&lt;" without
    a word, and "eGFR &lt; 30" reads "eGFR 30".

    Raises:
        Problem: when it is no XML in good order, or nested too deeply.
    """
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
        raise Problem(f"“{name}” is damaged: it is no XML in good order.") from None


def _numbered(entity: re.Match[bytes]) -> bytes:
    name = entity[1].decode("ascii")
    characters = html5.get(name + ";")
    if name in _NAMES or characters is None:
        return entity[0]
    return "".join(f"&#{ord(character)};" for character in characters).encode()
