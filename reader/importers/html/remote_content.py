"""What a saved page would load from the network, if a browser opened it.

Offprint itself loads nothing. What a page's own scripts would ask for cannot be told, so they are
counted as a kind of their own.
"""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import etree

from reader.importers.common.elements import Element, tag_of
from reader.importers.common.encoding import decode_page
from reader.importers.html.mhtml import PAGES, location_of, places_of, stored_parts, text_of
from reader.importers.result import read_bytes

# Of each kind, the hosts that it would be loaded from, one for each thing; "" where none is named.
Remote = dict[str, list[str]]
PICTURES, SCRIPTS, OWN_SCRIPTS = "pictures", "scripts", "scripts in the page"
STYLES, FRAMES, MEDIA, OTHERS = "style sheets", "frames", "sounds and videos", "other files"
MOST_OF_A_KIND = 10_000

_ADDRESSES: dict[tuple[str, str], str] = {
    ("img", "src"): PICTURES,
    ("input", "src"): PICTURES,
    ("image", "href"): PICTURES,
    ("image", "{http://www.w3.org/1999/xlink}href"): PICTURES,
    ("image", "xlink:href"): PICTURES,
    ("video", "poster"): PICTURES,
    ("script", "src"): SCRIPTS,
    ("iframe", "src"): FRAMES,
    ("frame", "src"): FRAMES,
    ("embed", "src"): FRAMES,
    ("object", "data"): FRAMES,
    ("video", "src"): MEDIA,
    ("audio", "src"): MEDIA,
    ("source", "src"): MEDIA,
    ("track", "src"): MEDIA,
}
_LOADING = {
    "stylesheet": STYLES,
    "icon": PICTURES,
    "preload": OTHERS,
    "prefetch": OTHERS,
    "preconnect": OTHERS,
    "dns-prefetch": OTHERS,
    "modulepreload": OTHERS,
    "manifest": OTHERS,
}
# A script of these types is data and does not run.
_DATA = re.compile(r"(?:application|text)/(?!(?:x-)?(?:java|ecma)script)", re.IGNORECASE)
_IN_STYLE = re.compile(
    r"""@import\s+(?:url\()?\s*["']?([^"')\s;]+)|url\(\s*["']?([^"')\s]+)""", re.IGNORECASE
)
_IN_SET = re.compile(r"(?:^|,)\s*([^\s,]+)")
_REFRESH = re.compile(r"url\s*=\s*[\"']?([^\"'\s]+)", re.IGNORECASE)
_BLANK = re.compile(r"[\x00-\x20]+")


def remote_content(path: Path) -> Remote:
    """What a page, or a page saved as MHTML, would load from the network.

    Raises:
        Problem: when the file cannot be read.
    """
    untrusted_bytes = read_bytes(path)
    if path.suffix.lower() not in (".mht", ".mhtml"):
        return _Page("", frozenset()).loads(decode_page(untrusted_bytes).text)
    found: Remote = {}
    parts = stored_parts(untrusted_bytes, path.name)
    stored = frozenset(place for part in parts for place in places_of(part))
    for part in parts:
        page = _Page(location_of(part), stored)
        if part.get_content_type() in PAGES:
            one = page.loads(text_of(part))
        elif part.get_content_type() == "text/css":
            one = page.loads_of_style(text_of(part))
        else:
            continue
        for kind, hosts in one.items():
            found[kind] = [*found.get(kind, ()), *hosts][:MOST_OF_A_KIND]
    return found


class _Page:
    """A page at an address, with what is stored beside it under theirs."""

    def __init__(self, address: str, stored: frozenset[str]) -> None:
        self._base = address
        self._stored = stored
        self._found: Remote = {}

    def loads(self, untrusted_text: str) -> Remote:
        """What is loaded for it."""
        root = _tree(untrusted_text)
        if root is not None:
            for element in root.iter(etree.Element):
                if tag_of(element) == "base" and element.get("href"):
                    self._base = urljoin(self._base, _plain(element.get("href")))
                    break
            for element in root.iter(etree.Element):
                self._look_at(element)
        return self._found

    def loads_of_style(self, untrusted_text: str) -> Remote:
        """What is loaded for a style sheet."""
        for match in _IN_STYLE.finditer(untrusted_text):
            self._add(STYLES if match[1] else PICTURES, match[1] or match[2])
        return self._found

    def _look_at(self, element: Element) -> None:
        tag = tag_of(element)
        for name, untrusted in ((str(name), str(value)) for name, value in element.items()):
            kind = _ADDRESSES.get((tag, name.lower()))
            if kind is not None:
                self._add(kind, untrusted)
            elif name == "srcset":
                for match in _IN_SET.finditer(untrusted):
                    self._add(PICTURES, match[1])
            elif name == "background":
                self._add(PICTURES, untrusted)
            elif name == "style":
                self.loads_of_style(untrusted)
            elif name == "srcdoc":
                inner = _Page(self._base, self._stored).loads(untrusted)
                for of_kind, hosts in inner.items():
                    self._found.setdefault(of_kind, []).extend(hosts)
        if tag == "style":
            self.loads_of_style("".join(map(str, element.itertext())))
        elif tag == "link":
            for relation in (element.get("rel") or "").lower().split():
                if relation in _LOADING:
                    self._add(_LOADING[relation], element.get("href") or "")
        elif tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            for match in _REFRESH.finditer(element.get("content") or ""):
                self._add(FRAMES, match[1])
        elif (
            tag == "script"
            and element.get("src") is None
            and (element.text or "").strip()
            and not _DATA.match(element.get("type") or "")
        ):
            self._count(OWN_SCRIPTS, "")

    def _add(self, kind: str, untrusted_address: str) -> None:
        address = _plain(untrusted_address)
        try:
            whole = urljoin(self._base, address)
            parts = urlsplit(whole)
        except ValueError:
            return
        if {address, whole} & self._stored:
            return
        # On Windows, a file of another computer tells that one who asks for it.
        is_elsewhere = parts.scheme in ("http", "https", "ws", "wss", "ftp") or (
            parts.scheme in ("", "file") and bool(parts.netloc)
        )
        if is_elsewhere:
            self._count(kind, parts.hostname or "")

    def _count(self, kind: str, host: str) -> None:
        hosts = self._found.setdefault(kind, [])
        if len(hosts) < MOST_OF_A_KIND:
            hosts.append(host)


def _tree(untrusted_text: str) -> Element | None:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return etree.fromstring(untrusted_text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _plain(untrusted_address: str | None) -> str:
    """An address as a browser reads it: without white space, its slashes forward."""
    address = _BLANK.sub("", untrusted_address or "")
    return address.replace("\\", "/") if address.startswith("\\\\") else address
