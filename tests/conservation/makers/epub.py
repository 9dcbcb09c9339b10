"""Books: each section of the first level is a page."""

from __future__ import annotations

from html import escape
from random import Random

from tests.conservation.makers.html import Page
from tests.conservation.makers.tree import Article
from tests.importers.archives import zipped

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)


def write(article: Article, random: Random) -> bytes:
    """A book of EPUB 3 with one page that is not linear, if there are more than two."""
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": _CONTAINER}
    items = spine = entries = ""
    for i, part in enumerate(article.parts):
        page = Page(random)
        inner = page.part(part) + page.notes()
        members[f"p{i}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
            f"<head><title>{escape(article.title)}</title></head><body>{inner}</body></html>"
        )
        linear = ' linear="no"' if i == 2 else ""
        items += f'<item id="p{i}" href="p{i}.xhtml" media-type="application/xhtml+xml"/>'
        spine += f'<itemref idref="p{i}"{linear}/>'
        entries += f'<li><a href="p{i}.xhtml">{page.line(part.heading)}</a></li>'
    members["nav.xhtml"] = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f'<body><nav epub:type="toc"><ol>{entries}</ol></nav></body></html>'
    )
    items += '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    members["a.opf"] = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(article.title)}</dc:title></metadata>"
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    return zipped(members)
