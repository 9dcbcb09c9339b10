"""Pictures that lie beside a file: how pages name them, and how importers get at them.

The process that reads a file may not look around in a person's folders. Whoever starts it gathers
the pictures that the file names, and hands them over by the names that they have beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from posixpath import basename, normpath, splitext
from urllib.parse import unquote

from reader.importers.pictures import Assets, picture

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""The suffixes of pictures that can be shown."""
BESIDE = "+beside"
"""What `Document.importer` holds when pictures that lay beside the file were read with it."""

_ATTRIBUTE = re.compile(
    r"""\b(?:src|data-[\w-]*src|xlink:href|href|poster)\s*=\s*(?:"([^"<>]{1,2000})"|'([^'<>]{1,2000})')""",
    re.IGNORECASE,
)
_SOURCE_SET = re.compile(r"""\bsrcset\s*=\s*(?:"([^"<>]{1,8000})"|'([^'<>]{1,8000})')""", re.I)
_MARKDOWN = re.compile(
    r"!\[[^\]\n]{0,1000}\]\(\s*(?:<([^<>\n]{1,1000})>|([^\s()]{1,1000}))"
    r"|^ {0,3}\[[^\]\n]{1,200}\]:\s*(?:<([^<>\n]{1,1000})>|(\S{1,1000}))",
    re.MULTILINE,
)
_PLOS = re.compile(r"info:doi/10\.\d{4,9}/(?:journal\.)?(\S+)")


def addresses_in(untrusted_text: str) -> list[str]:
    """The relative addresses in a page, an article or a Markdown file, each once.

    Source: the attributes of HTML and JATS, and the images and link definitions of CommonMark.
    """
    found: dict[str, None] = {}
    for pattern in (_ATTRIBUTE, _MARKDOWN):
        for match in pattern.finditer(untrusted_text):
            found[next(filter(None, match.groups()), "")] = None
    for match in _SOURCE_SET.finditer(untrusted_text):
        for one in (match[1] or match[2] or "").split(","):
            found[one.strip().split(" ")[0]] = None
    return [address for address in found if names_of(address)]


def names_of(untrusted_address: str) -> list[str]:
    """Under which names a picture may lie beside the file that has this address in it.

    None for one that climbs, leads elsewhere or names no picture. Articles in XML name pictures
    without a suffix, or as the printer had them.
    """
    plos = _PLOS.fullmatch(untrusted_address)
    address = plos[1] if plos else untrusted_address
    address = address.replace("&amp;", "&").split("#")[0].split("?")[0]
    name = unquote(address)
    if not name or ":" in name or "\\" in name or "\0" in name or name.startswith("/"):
        return []
    name = normpath(name)
    if name.startswith("..") or not basename(name).strip("."):
        return []
    stem, suffix = splitext(name)
    if suffix.lower() in PICTURES:
        return [name]
    stems = [name] if suffix.lower() not in (".tif", ".tiff", ".eps") else [name, stem]
    if suffix.lower() in (".html", ".htm", ".css", ".js", ".pdf"):
        return []
    return [one + end for one in stems for end in PICTURES]


class Companions:
    """The pictures beside a file by their relative names; `read` gives what one holds."""

    def __init__(
        self, names: Iterable[str] = (), read: Callable[[str], bytes] | None = None
    ) -> None:
        self._names = frozenset(names)
        self._read = read
        self.used: set[str] = set()

    def resolver(self, assets: Assets) -> Callable[[str], tuple[str, int, int] | None]:
        """What finds a picture by its address: in the address itself, else beside the file."""

        def resolve(untrusted_address: str) -> tuple[str, int, int] | None:
            found = assets.resolve(untrusted_address)
            if found is not None or self._read is None:
                return found
            for name in names_of(untrusted_address):
                if name in self._names:
                    kept = assets.keep(picture(self._read(name)))
                    if kept is not None:
                        self.used.add(name)
                        return kept
            return None

        return resolve


NO_COMPANIONS = Companions()
