"""The formats that Offprint reads: one table for importers, dialogs, folders, filters and desktop.

A format that is added here is offered by the Open dialog, found in folders, known to `kind:` and
claimed by the desktop entry; tests hold the importers, the guide and the desktop entry to it.
"""

from __future__ import annotations

from typing import NamedTuple


class Format(NamedTuple):
    """One format.

    `name` stands in `Document.importer` before the "/", `version` after it: the reading rules of
    this release, which its importer `module` states too. `title` is what the guide calls it.
    `suffixes` are in lower case; a format without one is told by what its files begin with.
    `kinds` are the words that `kind:` knows it by, the name first, beside those of its group.
    `has_companions` says that pictures may lie beside its files, and `is_told_by_name` that the
    suffix alone says what a file of it is: a text may begin like any other format.
    """

    name: str
    version: int
    title: str
    module: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    kinds: tuple[str, ...]
    has_companions: bool = False
    is_told_by_name: bool = False

    @property
    def importer(self) -> str:
        """What `Document.importer` begins with when the rules of this release read it."""
        return f"{self.name}/{self.version}"


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MACROS = "application/vnd.ms-word"
_ODT = "application/vnd.oasis.opendocument.text"
_XML = ("application/xml", "text/xml")

FORMATS = (
    Format(
        *("text", 3, "plain text", "reader.importers.text.read"),
        suffixes=(".txt", ".text", ".asc"),
        media_types=("text/plain",),
        kinds=("text",),
        is_told_by_name=True,
    ),
    Format(
        *("markdown", 4, "Markdown", "reader.importers.markdown.read"),
        suffixes=(".md", ".markdown", ".mdown", ".mkd"),
        media_types=("text/markdown",),
        kinds=("markdown", "text"),
        has_companions=True,
        is_told_by_name=True,
    ),
    Format(
        *("html", 3, "web pages (HTML)", "reader.importers.html.read"),
        suffixes=(".html", ".htm", ".xhtml", ".xht"),
        media_types=("text/html", "application/xhtml+xml"),
        kinds=("html", "web"),
        has_companions=True,
    ),
    Format(
        *("mhtml", 3, "saved web pages (MHTML)", "reader.importers.html.mhtml"),
        suffixes=(".mhtml", ".mht"),
        media_types=("application/x-mimearchive", "multipart/related"),
        kinds=("mhtml", "web"),
    ),
    Format(
        *("webarchive", 2, "Safari’s web archives", "reader.importers.html.webarchive"),
        suffixes=(".webarchive",),
        media_types=("application/x-webarchive",),
        kinds=("webarchive", "web"),
    ),
    Format(
        *("jats", 3, "articles in JATS", "reader.importers.jats.read"),
        suffixes=(".nxml", ".jats", ".xml"),
        media_types=_XML,
        kinds=("jats", "xml"),
        has_companions=True,
    ),
    Format(
        *("bits", 1, "books in BITS", "reader.importers.jats.bits"),
        suffixes=(),
        media_types=_XML,
        kinds=("bits", "xml"),
        has_companions=True,
    ),
    Format(
        *("pubmed", 1, "records of PubMed", "reader.importers.pubmed.read"),
        suffixes=(),
        media_types=_XML,
        kinds=("pubmed", "xml"),
    ),
    Format(
        *("spl", 1, "drug labels (SPL)", "reader.importers.spl.read"),
        suffixes=(),
        media_types=_XML,
        kinds=("spl", "xml"),
        has_companions=True,
    ),
    Format(
        *("epub", 3, "books in EPUB", "reader.importers.epub.read"),
        suffixes=(".epub",),
        media_types=("application/epub+zip",),
        kinds=("epub",),
    ),
    Format(
        *("docx", 4, "Word files", "reader.importers.docx.read"),
        suffixes=(".docx", ".docm", ".dotx", ".dotm"),
        media_types=(
            *(f"{_WORD}.document", f"{_WORD}.template"),
            *(f"{_MACROS}.document.macroenabled.12", f"{_MACROS}.template.macroenabled.12"),
        ),
        kinds=("docx", "word"),
    ),
    Format(
        *("odt", 2, "OpenDocument texts", "reader.importers.odt.read"),
        suffixes=(".odt", ".ott", ".fodt"),
        media_types=(_ODT, f"{_ODT}-template", f"{_ODT}-flat-xml"),
        kinds=("odt", "opendocument"),
    ),
    Format(
        *("rtf", 4, "RTF", "reader.importers.rtf.read"),
        suffixes=(".rtf",),
        media_types=("application/rtf", "text/rtf"),
        kinds=("rtf", "word"),
    ),
    Format(
        *("pdf", 3, "PDF", "reader.importers.pdf.read"),
        suffixes=(".pdf",),
        media_types=("application/pdf",),
        kinds=("pdf",),
    ),
)
BY_NAME = {one.name: one for one in FORMATS}
BY_SUFFIX = {suffix: one for one in FORMATS for suffix in one.suffixes}

SUFFIXES = tuple(BY_SUFFIX)
"""All suffixes that Offprint reads, for folders and archives."""
ARCHIVE_SUFFIXES = (".zip",)
"""The suffixes of archives that may hold one document with its pictures."""
MEDIA_TYPES = tuple(dict.fromkeys(kind for one in FORMATS for kind in one.media_types))
"""All media types that the desktop may hand to Offprint, in the order of the table."""

WORKS = ("article", "book", "guideline")
"""The words of `kind:` that say what a document is, whatever format it came in."""
KINDS = (*WORKS, *dict.fromkeys(word for one in FORMATS for word in reversed(one.kinds)))
"""All words of `kind:` that are offered."""


def of_kind(word: str) -> tuple[Format, ...]:
    """The formats that `kind:` means by a word; none for one of `WORKS`."""
    return tuple(one for one in FORMATS if word in one.kinds)


def file_patterns() -> str:
    """What a file dialog takes for the files that Offprint reads: "*.txt *.md"."""
    return " ".join(f"*{suffix}" for suffix in (*SUFFIXES, *ARCHIVE_SUFFIXES))


def is_outdated(importer: str) -> bool:
    """True if `Document.importer` names older rules than those of this release.

    What stands behind the first "+" says how much was read, not by which rules. A format or a
    version that this release does not know is not outdated: a newer release has read it.
    """
    name, _, version = importer.partition("+")[0].partition("/")
    return name in BY_NAME and version.isdecimal() and int(version) < BY_NAME[name].version
