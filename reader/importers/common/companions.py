"""Pictures that lie beside a file: how pages name them, and how importers get at them.

The process that reads a file may not look around in a person's folders. Whoever starts it gathers
the pictures that the file names, and hands them over by the names that they have beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from posixpath import basename, normpath, splitext
from urllib.parse import unquote

from reader.formats import BY_NAME
from reader.importers.common.images import LARGEST_BYTES, Assets, picture

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
"""The suffixes of pictures that can be shown."""
BESIDE = "+beside"
"""What `Document.importer` holds when pictures that lay beside the file were read with it."""

# As browsers and Word call the folder of a page's pictures, in the languages that they speak.
_FOLDERS = (
    *("_files", "-Dateien", "_archivos", "_fichiers", "_file", "_bestanden", "_ficheiros"),
    *("_arquivos", "_pliki", "_soubory", "_dosyalar", "_elemei", "_tiedostot", "-filer", "_failid"),
    *("_fails", "_fajlovi", "_fitxers", "_fitxategiak", "_kartotek", "_datoteke", "_bylos"),
    *("_súbory", ".files", "_data"),
)
_PAGES = BY_NAME["html"].suffixes
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


def is_page_folder(name: str, siblings: Collection[str]) -> bool:
    """Whether a folder of this name holds the pictures of a page among its `siblings`."""
    stems = [name.removesuffix(end) for end in _FOLDERS if name.endswith(end)]
    return any(stem + suffix in siblings for stem in stems for suffix in _PAGES)


def without_page_folders(names: Iterable[str]) -> list[str]:
    """The files of a tree, without those in the folders of saved pages' pictures."""
    names = list(names)
    stems = {splitext(name)[0] for name in names if splitext(name)[1].lower() in _PAGES}
    folders = tuple(f"{stem}{end}/" for stem in stems for end in _FOLDERS)
    return [name for name in names if not name.startswith(folders)]


class Companions:
    """The pictures beside a file; `find` gives what one holds by its relative name, or None."""

    def __init__(self, find: Callable[[str], bytes | None] | None = None) -> None:
        self.find = find
        self.used: set[str] = set()

    def resolver(self, assets: Assets) -> Callable[[str], tuple[str, int, int] | None]:
        """What finds a picture by its address: in the address itself, else beside the file."""

        def resolve(untrusted_address: str) -> tuple[str, int, int] | None:
            found = assets.resolve(untrusted_address)
            if found is not None or self.find is None:
                return found
            for name in names_of(untrusted_address):
                content = self.find(name)
                kept = assets.keep(picture(content)) if content is not None else None
                if kept is not None:
                    self.used.add(name)
                    return kept
            return None

        return resolve


NO_COMPANIONS = Companions()


def pictures_beside(path: Path) -> Callable[[str], bytes | None]:
    """What finds pictures in a file's own folder and below it; no link leads out of it."""
    folder = path.resolve().parent

    def find(name: str) -> bytes | None:
        try:
            wanted = (folder / name).resolve()
            if not wanted.is_relative_to(folder) or not wanted.is_file():
                return None
            return wanted.read_bytes() if wanted.stat().st_size <= LARGEST_BYTES else None
        except (OSError, ValueError):
            return None

    return find


def beside(path: Path) -> Companions:
    """The pictures in a file's own folder and below it."""
    return Companions(pictures_beside(path))
