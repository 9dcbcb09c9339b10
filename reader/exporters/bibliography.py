"""The sources of notes, for programs that keep references: BibTeX and RIS.

Source: https://www.bibtex.org/Format/ and
https://en.wikipedia.org/wiki/RIS_(file_format) for the tags.
"""

from __future__ import annotations

import re
from typing import TextIO
from urllib.parse import quote

from reader.model.document import Document
from reader.model.export.citation import key_of
from reader.model.export.export_set import ExportSet
from reader.model.export.page_ranges import whole_range
from reader.model.export.person_name import name_of

_HELD = re.compile(r"^(?:@\w+\{|TY  - )", re.M)
_TEX = {
    **{sign: f"\\{sign}" for sign in "&%$#_"},
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}
# Programs count the braces of a value even behind a backslash; not all of them know the words.
_PAIRED = {"{": "\\{", "}": "\\}"}
_SINGLE = {"{": "\\textbraceleft{}", "}": "\\textbraceright{}"}
# Of the kinds of documents: BibTeX's type and field for what it is in, RIS's type and tag.
_KINDS = {
    "chapter": ("incollection", "booktitle", "CHAP", "T2"),
    "thesis": ("phdthesis", "school", "THES", "PB"),
    "book": ("book", "publisher", "BOOK", "PB"),
}
_ARTICLE = ("article", "journal", "JOUR", "JO")


def write_bibtex(notebook: ExportSet, out: TextIO) -> None:
    """Write an entry for each document; no two have the same key."""
    used: set[str] = set()
    for chapter in notebook.chapters:
        document = chapter.document
        kind, container, *_ = _KINDS.get(document.kind, _ARTICLE)
        if kind == "article" and not document.publication.journal:
            kind = "misc"
        fields = {
            "title": f"{{{_tex(document.title)}}}",
            "author": " and ".join(map(_author, document.authors)),
            container: _tex(document.publication.journal),
            "volume": _tex(document.publication.volume),
            "number": _tex(document.publication.issue),
            "pages": _tex(whole_range(document.publication.pages).replace("–", "--")),
            "year": document.publication.published[:4],
            "doi": _verbatim(document.publication.doi),
            "pmid": document.publication.pmid,
            "url": _verbatim(document.publication.address),
            "language": document.language,
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        out.write(f"@{kind}{{{_key(document, used)},\n{lines}}}\n\n")


def write_ris(notebook: ExportSet, out: TextIO) -> None:
    """Write a record for each document."""
    for chapter in notebook.chapters:
        document = chapter.document
        *_, kind, container = _KINDS.get(document.kind, _ARTICLE)
        if kind == "JOUR" and not document.publication.journal:
            kind = "ELEC" if document.publication.address else "GEN"
        first, _, last = whole_range(document.publication.pages).partition("–")
        fields = [("TY", kind)]
        fields += [("AU", _reversed(author)) for author in document.authors]
        fields += [
            ("TI", document.title),
            (container, document.publication.journal),
            ("VL", document.publication.volume),
            ("IS", document.publication.issue),
            ("SP", first),
            ("EP", last),
            ("PY", document.publication.published[:4]),
            ("DO", document.publication.doi),
            ("AN", document.publication.pmid),
            ("UR", document.publication.address),
            ("LA", document.language),
        ]
        for tag, value in fields:
            if value:
                out.write(f"{tag}  - {' '.join(value.split())}\r\n")
        out.write("ER  - \r\n\r\n")


def holds(content: str, notebook: ExportSet) -> bool:
    """Whether a file, read back, has as many sources."""
    return len(_HELD.findall(content)) == len(notebook.chapters)


def _tex(text: str) -> str:
    signs = _TEX | (_PAIRED if _is_balanced(text) else _SINGLE)
    return "".join(signs.get(sign, sign) for sign in " ".join(text.split()))


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0


def _verbatim(value: str) -> str:
    """A value that programs take as it is, but for braces and spaces, which it may not hold."""
    return re.sub(r"[{}\s\\]", lambda found: quote(found[0]), value)


def _author(author: str) -> str:
    """An author as BibTeX parts them: family, suffix, given names; a corporate one in braces."""
    name = name_of(author)
    if not name.given:
        return f"{{{_tex(name.family)}}}"
    suffix = f"{name.suffix}." if name.suffix in ("Jr", "Sr") else name.suffix
    return ", ".join(_guarded(part) for part in (name.family, suffix, name.given) if part)


def _guarded(part: str) -> str:
    """A part of a name in braces where BibTeX would part it."""
    bare = _tex(part)
    return f"{{{bare}}}" if "," in part or re.search(r"\sand\s", part, re.I) else bare


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
