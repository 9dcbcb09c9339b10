"""The sources of notes, for programs that keep references: BibTeX and RIS.

Source: https://www.bibtex.org/Format/ and
https://en.wikipedia.org/wiki/RIS_(file_format) for the tags.
"""

from __future__ import annotations

import re
from typing import TextIO

from reader.model.citing import key_of
from reader.model.document import Document
from reader.model.names import name_of
from reader.model.notebook import Notebook

_HELD = re.compile(r"^(?:@\w+\{|TY  - )", re.M)
_TEX = re.compile(r"([&%$#_{}])")


def write_bibtex(notebook: Notebook, out: TextIO) -> None:
    """Writes an entry for each document; no two have the same key."""
    used: set[str] = set()
    for chapter in notebook.chapters:
        document = chapter.document
        fields = {
            "title": f"{{{_tex(document.title)}}}",
            "author": " and ".join(map(_tex, document.authors)),
            "journal": _tex(document.journal),
            "volume": _tex(document.volume),
            "number": _tex(document.issue),
            "pages": _tex(document.pages.replace("–", "--")),
            "year": document.published[:4],
            "doi": document.doi,
            "pmid": document.pmid,
            "url": document.address,
            "language": document.language,
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        kind = "article" if document.journal else "misc"
        out.write(f"@{kind}{{{_key(document, used)},\n{lines}}}\n\n")


def write_ris(notebook: Notebook, out: TextIO) -> None:
    """Writes a record for each document."""
    for chapter in notebook.chapters:
        document = chapter.document
        fields = [("TY", "JOUR" if document.journal else "GEN")]
        fields += [("AU", _reversed(author)) for author in document.authors]
        fields += [
            ("TI", document.title),
            ("JO", document.journal),
            ("VL", document.volume),
            ("IS", document.issue),
            ("SP", document.pages.partition("–")[0]),
            ("EP", document.pages.partition("–")[2]),
            ("PY", document.published[:4]),
            ("DO", document.doi),
            ("AN", document.pmid),
            ("UR", document.address),
            ("LA", document.language),
        ]
        for tag, value in fields:
            if value:
                out.write(f"{tag}  - {' '.join(value.split())}\r\n")
        out.write("ER  - \r\n\r\n")


def holds(content: str, notebook: Notebook) -> bool:
    """Whether a file, read back, has as many sources."""
    return len(_HELD.findall(content)) == len(notebook.chapters)


def _tex(text: str) -> str:
    return _TEX.sub(r"\\\1", " ".join(text.split()).replace("\\", r"\textbackslash "))


def _reversed(author: str) -> str:
    """A name with the surname first, as RIS wants it."""
    name = name_of(author)
    return ", ".join(filter(None, (name.family, name.given, name.suffix)))


def _key(document: Document, used: set[str]) -> str:
    """A key of surname, year and first word, told apart by a letter where it is used."""
    stem = key_of(document)
    key, letters = stem, iter("abcdefghijklmnopqrstuvwxyz")
    while key in used:
        key = stem + next(letters, str(len(used)))
    used.add(key)
    return key
