"""How well each format but HTML and PDF is read, beside the libraries that others use.

    python -m benchmarks.importers.formats [FOLDER] [--rivals PYTHON] [--list]

FOLDER holds a folder a format (../shared/corpora by default). The truth is read from each file by
a few lines of its own below, which share nothing with the importers: the body of an article, the
runs of a Word file, the pages of a book. "Kept in order" is the longest common subsequence of
characters, white space apart, as a share of the truth; F1 is that of the words. PYTHON is an
interpreter that has ebooklib; python-docx and mammoth are there anyway.
"""

from __future__ import annotations

import argparse
import subprocess
import time
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import docx
import mammoth
from lxml import etree

from benchmarks.importers.pdf import common, words
from reader.importers.registry import importer_for
from reader.importers.result import HEAD_BYTES, ImportResult
from reader.model.document import Document
from reader.problem import Problem

CORPORA = Path(__file__).resolve().parents[3] / "shared/corpora"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LONGEST_CHARACTERS = 200_000
_EBOOKLIB = """
import sys, warnings
warnings.simplefilter("ignore")
import ebooklib
from ebooklib import epub
from lxml import html
try:
    book = epub.read_epub(sys.argv[1])
    for name, _ in book.spine:
        item = book.get_item_with_id(name)
        if item is None or "html" not in (item.media_type or ""):
            continue
        page = html.fromstring(item.get_content())
        for unread in page.xpath("//head | //script | //style"):
            unread.drop_tree()
        print(" ".join(page.itertext()))
except Exception:
    sys.exit(1)
"""


@dataclass
class Score:
    """What one reader made of the files of a format, those with a truth counted as mean."""

    tried: int = 0
    opened: int = 0
    refused: int = 0
    crashed: int = 0
    seconds: float = 0.0
    kept: float = 0.0
    f1: float = 0.0
    compared: int = 0

    def line(self, format_name: str, reader: str) -> str:
        known = self.compared > 0
        kept = f"{100 * self.kept / self.compared:.2f} %" if known else "–"
        # The truth of an article is its body alone, so that its words are not all there are.
        f1 = f"{self.f1 / self.compared:.3f}" if known and format_name != "jats" else "–"
        speed = f"{self.tried / self.seconds:.0f}" if self.seconds else "–"
        return (
            f"| {format_name} | {reader} | {self.tried} | {self.opened} | {self.refused} "
            f"| {self.crashed} | {speed} | {self.compared} | {kept} | {f1} |"
        )

    def compare(self, truth: str, read: str) -> None:
        wanted, found = Counter(words(truth)), Counter(words(read))
        total = sum(wanted.values()) + sum(found.values())
        self.compared += 1
        self.f1 += 2 * sum((wanted & found).values()) / total if total else 1.0
        one, other = _bare(truth), _bare(read)
        self.kept += common(one, other) / len(one) if one else 1.0


def _bare(text: str) -> list[str]:
    return list("".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split()))


# What files say, without our importers


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def article_truth(path: Path) -> str:
    """The body of an article in JATS, without formulas and labels that are no part of a text."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    unread = {"math", "tex-math", "graphic", "inline-graphic", "object-id", "alternatives"}
    unsaid = {"fn", "list-item", "sec", "disp-formula", "boxed-text"}
    texts: list[str] = []

    def walk(element: etree._Element) -> None:
        name, parent = _local(element), element.getparent()
        labels = name == "label" and parent is not None and _local(parent) in unsaid
        if name and name not in unread and not labels:
            texts.append(element.text or "")
            for child in element:
                walk(child)
        texts.append(element.tail or "")

    walk(next(root.iter("{*}body")))
    return "".join(texts)


def cited(path: Path, document: Document) -> tuple[int, int]:
    """How many citations of references an article has, and how many of them are marks."""
    root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    labels: dict[str, str] = {}
    for number, ref in enumerate(root.iter("{*}ref"), start=1):
        label = "".join((ref.findtext("{*}label") or ref.findtext("label") or "").split())
        labels[ref.get("id") or ""] = label.strip(".[]()") or str(number)
    wanted = Counter(
        labels[name]
        for xref in root.iter("{*}xref")
        if xref.get("ref-type") == "bibr"
        for name in (xref.get("rid") or "").split()
        if name in labels
    )
    found = Counter(
        label for m in document.marks if m.kind == "reference_mark" for label in m.target.split()
    )
    return sum(wanted.values()), sum((wanted & found).values())


def word_truth(path: Path) -> str:
    """The runs of a Word file and of its notes; what was deleted is not said."""
    said = []
    with zipfile.ZipFile(path) as archive:
        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if name not in archive.namelist():
                continue
            for element in etree.fromstring(archive.read(name)).iter(f"{_W}t", f"{_W}p"):
                if any(a.tag in (f"{_W}del", _FALLBACK) for a in element.iterancestors()):
                    continue
                said.append(f"{element.text or ''}" if element.tag == f"{_W}t" else "\n")
    return "".join(said)


def book_truth(path: Path) -> str:
    """The pages of a book's spine, as they follow each other, without what is not shown."""
    said: list[str] = []
    blocks = {"p", "div", "li", "td", "th", "br", "h1", "h2", "h3"}

    def walk(element: etree._Element) -> None:
        name, style = _local(element), (element.get("style") or "").replace(" ", "")
        hidden = element.get("hidden") is not None or "display:none" in style
        unread = ("", "head", "script", "style", "audio", "video")
        if name not in unread and not hidden:
            said.append((" " if name in blocks else "") + (element.text or ""))
            for child in element:
                walk(child)
        said.append(element.tail or "")

    with zipfile.ZipFile(path) as archive:
        for name in _spine(archive):
            page = archive.read(name)
            try:
                walk(etree.fromstring(page, etree.XMLParser(resolve_entities=False)))
            except etree.XMLSyntaxError:
                walk(etree.fromstring(page, etree.HTMLParser()))
    return "".join(said)


def _spine(archive: zipfile.ZipFile) -> Iterator[str]:
    container = etree.fromstring(archive.read("META-INF/container.xml"))
    place = next(container.iter("{*}rootfile")).get("full-path") or ""
    package = etree.fromstring(archive.read(place))
    items = {item.get("id"): item for item in package.iter("{*}item")}
    for entry in package.iter("{*}itemref"):
        item = items.get(entry.get("idref"))
        if item is not None and item.get("media-type") == "application/xhtml+xml":
            name = normpath(join(dirname(place), unquote(item.get("href") or "")))
            if name in archive.namelist():
                yield name


# Readers


def ours(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    reading: ImportResult = importer_for(path, head)(path)
    return reading.document.text


def python_docx(path: Path) -> str:
    said: list[str] = []
    for one in docx.Document(str(path)).iter_inner_content():
        if isinstance(one, docx.table.Table):
            # A merged cell comes once for each place that it covers.
            cells = {cell._tc: cell.text for row in one.rows for cell in row.cells}
            said += cells.values()
        else:
            said.append(one.text)
    return "\n".join(said)


def plain_mammoth(path: Path) -> str:
    """The text of mammoth's HTML: its plain text leaves out the notes that this has."""
    with path.open("rb") as file:
        made = str(mammoth.convert_to_html(file, external_file_access=False).value)
    return "\n".join(map(str, etree.fromstring(f"<p>{made}</p>", etree.HTMLParser()).itertext()))


def ebooklib(python: str) -> Callable[[Path], str]:
    def read(path: Path) -> str:
        told = subprocess.run(
            [python, "-c", _EBOOKLIB, str(path)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if told.returncode:
            raise ValueError("it cannot be read")
        return told.stdout

    return read


def measure(
    paths: list[Path], read: Callable[[Path], str], truth: Callable[[Path], str] | None, told: bool
) -> Score:
    score = Score()
    for path in paths:
        score.tried += 1
        begin = time.process_time()
        try:
            text = read(path)
        except Problem as problem:
            score.refused += 1
            if told:
                print(f"{path.name}: {problem.sentence}")
            continue
        except Exception as error:  # noqa: BLE001  # whatever ends a reader is counted
            score.crashed += 1
            if told:
                print(f"{path.name}: {error!r}")
            continue
        finally:
            score.seconds += time.process_time() - begin
        score.opened += 1
        expected = truth(path) if truth else ""
        if expected.strip() and len(expected) < _LONGEST_CHARACTERS:
            score.compare(expected, text)
    return score


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?", default=CORPORA)
    parser.add_argument("--rivals")
    parser.add_argument("--list", action="store_true")
    chosen = parser.parse_args()
    readers: dict[str, list[tuple[str, Callable[[Path], str]]]] = {
        "jats": [("Offprint", ours)],
        "mhtml": [("Offprint", ours)],
        "docx": [("Offprint", ours), ("python-docx", python_docx), ("mammoth", plain_mammoth)],
        "epub": [("Offprint", ours)],
    }
    if chosen.rivals:
        readers["epub"].append(("ebooklib", ebooklib(chosen.rivals)))
    truths = {"jats": article_truth, "docx": word_truth, "epub": book_truth}
    print(
        "| format | reader | tried | opened | refused | crashed | a second | compared | kept | F1 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for format_name, own in readers.items():
        paths = sorted(p for p in (chosen.folder / format_name).iterdir() if p.is_file())
        for name, read in own:
            score = measure(paths, read, truths.get(format_name), chosen.list)
            # What a reader does in another process is not in our time.
            score.seconds = 0.0 if name == "ebooklib" else score.seconds
            print(score.line(format_name, name), flush=True)
    counts = [
        cited(path, importer_for(path, path.read_bytes()[:HEAD_BYTES])(path).document)
        for path in sorted((chosen.folder / "jats").iterdir())
    ]
    wanted, found = (sum(column) for column in zip(*counts, strict=True))
    print(
        f"\nCitations in articles: {wanted}, of them marks that lead to their reference: {found}."
    )


if __name__ == "__main__":
    main()
