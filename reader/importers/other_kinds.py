"""Kinds of files that Offprint does not read: what each is, and the way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from reader.problem import Problem

_TO_EPUB = "Convert it to EPUB with calibre, unless it is protected against copying, and open that."
_TO_PDF = "Print it to a PDF file in the program that shows it, and open that."
_FROM_WORD = "In Word, choose File > Save As… and the kind “Word Document (.docx)”, and open that."
_CITES = (
    "Keep it in a reference manager such as Zotero, and open the articles themselves here, as PDF, "
    "HTML or XML."
)
_UNPACK = "Unpack it, and open the documents that were in it."


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is: "a picture", several of them, and what a person can do with one."""

    name: str
    plural: str
    way_out: str
    suffixes: tuple[str, ...] = ()


PICTURE = Kind(
    "a picture",
    "pictures",
    "Offprint reads documents: open the page or the PDF file that it comes from.",
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".heif"),
        *(".svg", ".ico", ".psd", ".eps", ".avif", ".jp2", ".dcm", ".wmf", ".emf"),
    ),
)
OLD_WORD = Kind("a Word file of the old kind", "old Word files", _FROM_WORD, (".doc", ".dot"))
SPREADSHEET = Kind(
    "a spreadsheet",
    "spreadsheets",
    _TO_PDF,
    (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers"),
)
PRESENTATION = Kind(
    "a presentation",
    "presentations",
    "Export it to PDF in the program that shows it, and open that.",
    (".pptx", ".ppt", ".ppsx", ".pps", ".odp", ".key"),
)
OLD_OFFICE = Kind(
    "a file of an older Office program",
    "old Office files",
    "Save it as .docx or as PDF in the program that shows it, and open that.",
)
MAIL = Kind("a mail", "mails", _TO_PDF, (".msg", ".eml", ".oft"))
KINDLE = Kind(
    "a Kindle book",
    "Kindle books",
    _TO_EPUB,
    (".azw3", ".mobi", ".azw", ".azw4", ".kfx", ".prc", ".tpz", ".kpf"),
)
OTHER_BOOK = Kind(
    "a book of a kind for other programs",
    "books for other programs",
    _TO_EPUB,
    (".fb2", ".lit", ".pdb", ".lrf", ".ibooks", ".snb", ".chm"),
)
COMIC = Kind("a comic", "comics", "It is made of pictures and has no text.", (".cbz", ".cbr"))
DJVU = Kind(
    "a scanned document",
    "scanned documents",
    "Convert it to PDF, and open that.",
    (".djvu", ".djv"),
)
XPS = Kind("an XPS document", "XPS documents", _TO_PDF, (".xps", ".oxps"))
POSTSCRIPT = Kind(
    "a PostScript file", "PostScript files", "Convert it to PDF, and open that.", (".ps",)
)
DRAWING = Kind(
    "a drawing",
    "drawings",
    "Export it to PDF in the program that shows it, and open that.",
    (".odg", ".otg", ".fodg", ".vsdx", ".vsd"),
)
OFFICE_LOCK = Kind(
    "a mark that an Office program makes while a document is open",
    "marks of open documents",
    "Open the document itself: its name is the same without “~$”.",
)
PAGES = Kind(
    "a Pages document",
    "Pages documents",
    "In Pages, choose File > Export To > Word…, and open that.",
    (".pages",),
)
OTHER_WORDS = Kind(
    "a file of another word processor",
    "files of other word processors",
    "Save it as .docx, .odt or PDF in the program that shows it, and open that.",
    (".wpd", ".wps", ".sxw", ".abw", ".hwp", ".hwpx", ".one"),
)
ARCHIVE = Kind(
    "a compressed file",
    "compressed files",
    _UNPACK,
    (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".zst"),
)
RIS = Kind("a list of references, no article,", "lists of references", _CITES, (".ris",))
NBIB = Kind("a list of PubMed’s references, no article,", "lists of references", _CITES, (".nbib",))
BIBTEX = Kind("a list of references, no article,", "lists of references", _CITES, (".bib",))
ENDNOTE = Kind("a list of references, no article,", "lists of references", _CITES, (".enw", ".ciw"))
LINK = Kind(
    "a link to a page, not the page itself,",
    "links",
    "Open it in a web browser, save the page there, and open what was saved.",
    (".url", ".webloc", ".lnk", ".desktop", ".gdoc", ".gsheet", ".gslides"),
)
SOUND = Kind(
    "a recording",
    "recordings",
    "Offprint reads text.",
    (".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm"),
)
DATABASE = Kind("a database", "databases", "Open it with the program that made it.", (".sqlite",))
PROGRAM = Kind(
    "a program", "programs", "Offprint reads documents.", (".exe", ".dll", ".app", ".msi")
)

KINDS = (
    *(PICTURE, OLD_WORD, SPREADSHEET, PRESENTATION, OLD_OFFICE, MAIL, KINDLE, OTHER_BOOK, COMIC),
    *(
        DJVU,
        XPS,
        POSTSCRIPT,
        DRAWING,
        OFFICE_LOCK,
        PAGES,
        OTHER_WORDS,
        ARCHIVE,
        RIS,
        NBIB,
        BIBTEX,
        ENDNOTE,
        LINK,
        SOUND,
        DATABASE,
        PROGRAM,
    ),
)
"""All kinds that are known and not read."""

_TEXTS_BY_NAME = (RIS, NBIB, BIBTEX, ENDNOTE, LINK, MAIL, POSTSCRIPT)
_DRAWN_IN_TEXT = (".svg", ".eps")
_LONGEST_LOCK_BYTES = 1024
_BEGINNINGS: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"\x89PNG", PICTURE),
    (0, b"\xff\xd8\xff", PICTURE),
    (0, b"GIF8", PICTURE),
    (0, b"BM", PICTURE),
    (0, b"II*\x00", PICTURE),
    (0, b"MM\x00*", PICTURE),
    (0, b"8BPS", PICTURE),
    (8, b"WEBP", PICTURE),
    (4, b"ftyphei", PICTURE),
    (4, b"ftypavif", PICTURE),
    (128, b"DICM", PICTURE),
    (4, b"ftyp", SOUND),
    (0, b"ID3", SOUND),
    (0, b"OggS", SOUND),
    (8, b"WAVE", SOUND),
    (0, b"fLaC", SOUND),
    (0, b"\x1aE\xdf\xa3", SOUND),
    (60, b"BOOKMOBI", KINDLE),
    (60, b"TEXtREAd", OTHER_BOOK),
    (0, b"TPZ", KINDLE),
    (0, b"\xeaDRMION", KINDLE),
    (0, b"CONT\x02", KINDLE),
    (0, b"ITOLITLS", OTHER_BOOK),
    (0, b"ITSF", OTHER_BOOK),
    (0, b"AT&TFORM", DJVU),
    (0, b"\xffWPC", OTHER_WORDS),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", OTHER_WORDS),
    (0, b"\x1f\x8b", ARCHIVE),
    (0, b"7z\xbc\xaf", ARCHIVE),
    (0, b"Rar!", ARCHIVE),
    (0, b"BZh9", ARCHIVE),
    (0, b"\xfd7zXZ", ARCHIVE),
    (0, b"\x28\xb5\x2f\xfd", ARCHIVE),
    (257, b"ustar", ARCHIVE),
    (0, b"SQLite format 3", DATABASE),
    (0, b"MZ", PROGRAM),
    (0, b"\x7fELF", PROGRAM),
)
_OLE_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("WordDocument", OLD_WORD),
    ("Workbook", SPREADSHEET),
    ("PowerPoint Document", PRESENTATION),
    ("__substg1.0_", MAIL),
)
_TEXTS = (
    (b"TY  - ", RIS),
    (b"PMID- ", NBIB),
    (b"[InternetShortcut]", LINK),
)


def refused(name: str, kind: Kind) -> Problem:
    """What is said of a file of a kind that is not read."""
    return Problem(
        f"“{name}” is {kind.name.rstrip(',')}, which Offprint does not read. {kind.way_out}"
    )


def kind_of_beginning(untrusted_head: bytes, is_binary: bool) -> Kind | None:
    """The kind that a file begins like; letters are trusted only at the beginning of no text."""
    for place, beginning, kind in _BEGINNINGS:
        if untrusted_head.startswith(beginning, place) and (
            is_binary or not (beginning.isascii() and beginning.decode("ascii").isprintable())
        ):
            return kind
    return None


def is_office_lock(name: str, untrusted_head: bytes) -> bool:
    """Whether a file is the small one that Office keeps beside a document while it is open."""
    return name.startswith("~$") and len(untrusted_head) < _LONGEST_LOCK_BYTES


def kind_of_text(untrusted_head: bytes, suffix: str) -> Kind | None:
    """The kind of a text that is no document: references for another program, a link, a mail."""
    for kind in _TEXTS_BY_NAME:
        if suffix in kind.suffixes:
            return kind
    if suffix in _DRAWN_IN_TEXT:
        return PICTURE
    if untrusted_head.startswith(b"%!PS"):
        return POSTSCRIPT
    for beginning, kind in _TEXTS if not suffix else ():
        if untrusted_head.lstrip().startswith(beginning):
            return kind
    return None


def kind_of_ole(untrusted_bytes: bytes, suffix: str) -> Kind:
    """The kind of a file of Office before 2007, by the streams in it."""
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in untrusted_bytes:
            return kind
    return kind_of_suffix(suffix) or OLD_OFFICE


def kind_of_suffix(suffix: str) -> Kind | None:
    """The kind that a file's name says."""
    return next((kind for kind in KINDS if suffix.lower() in kind.suffixes), None)


def passed_over(names: Iterable[str]) -> list[str]:
    """How many files of each kind there are among these names: "3 pictures (.jpg, .png)"."""
    counts: Counter[str] = Counter()
    suffixes: dict[str, dict[str, None]] = {}
    for name in names:
        suffix = PurePath(name).suffix.lower()
        kind = kind_of_suffix(suffix)
        plural = kind.plural if kind is not None else "other files"
        counts[plural] += 1
        suffixes.setdefault(plural, {})[suffix or "without a suffix"] = None
    said = []
    for plural, count in sorted(
        counts.items(), key=lambda pair: (pair[0] == "other files", -pair[1])
    ):
        known = list(suffixes[plural])
        listed = ", ".join(known[:4]) + (", …" if len(known) > 4 else "")
        said.append(f"{count} {_singular(plural) if count == 1 else plural} ({listed})")
    return said


def _singular(plural: str) -> str:
    return "other file" if plural == "other files" else _SINGULARS[plural]


_SINGULARS = {
    kind.plural: kind.name.split(",")[0].removeprefix("a ").removeprefix("an ") for kind in KINDS
}
