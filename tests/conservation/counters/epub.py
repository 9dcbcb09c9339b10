"""Books: the items of the spine, linear or not, each as a page of XHTML.

Source: EPUB 3.3, https://www.w3.org/TR/epub-33/.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote

from lxml import etree

from tests.conservation.counted import Container, Counting
from tests.conservation.counters.decoding import decoded
from tests.conservation.counters.html import count_page
from tests.conservation.counters.mathml import local
from tests.conservation.counters.page import Page

_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")


def count(path: Path) -> list[Container]:
    """What the pages of the book show, in the order of the spine; what is not linear at the end."""
    containers: list[Container] = []
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        for name in dict.fromkeys(_spine(archive, names)):
            containers += _page(archive, name, names)
    return containers


def _page(archive: zipfile.ZipFile, name: str, names: set[str]) -> list[Container]:
    content = archive.read(name)
    counting = Counting()
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    # Names of characters that HTML has and XML has not, such as &nbsp;.
    if root is None or next(root.iter(etree.Entity), None) is not None:
        return count_page(decoded(content, declares=True))
    sheets = []
    for link in root.iter("{*}link"):
        target = normpath(join(dirname(name), unquote(link.get("href") or "")))
        if "stylesheet" in (link.get("rel") or "") and target in names:
            sheets.append(decoded(archive.read(target)))
    Page(counting, sheets).take(root)
    return counting.containers


def _spine(archive: zipfile.ZipFile, names: set[str]) -> list[str]:
    container = etree.fromstring(archive.read("META-INF/container.xml"))
    place = next(e.get("full-path") or "" for e in container.iter() if local(e) == "rootfile")
    package = etree.fromstring(archive.read(place), etree.XMLParser(resolve_entities=False))
    items: dict[str, Any] = {e.get("id") or "": e for e in package.iter() if local(e) == "item"}
    found = []
    entries = sorted(package.iter(), key=lambda e: e.get("linear") == "no")
    for entry in entries:
        item = items.get(entry.get("idref") or "") if local(entry) == "itemref" else None
        # What the reader cannot show has another item that it can.
        for _ in range(10):
            if item is None or item.get("media-type") in _PAGES:
                break
            item = items.get(item.get("fallback") or "")
        if item is not None:
            name = normpath(join(dirname(place), unquote(item.get("href") or "")))
            found += [name] if name in names else []
    return found
