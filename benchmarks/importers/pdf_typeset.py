"""Sets articles whose text is known as PDF in several designs, and measures what is read back.

    python -m benchmarks.importers.pdf_typeset /work/shared/corpora/jats [--articles 40]

The articles are JATS files; the designs differ in columns, indents, sizes and kinds of headings.
Running heads, page numbers and hyphens at the ends of lines are no part of the truth, nor are the
figures with captions and the footnotes that stand in the way of every other article. The same files
are read by poppler's pdftotext, with its line-end hyphens joined.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from lxml import etree
from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QPageSize, QPainter, QPdfWriter

from benchmarks.importers.pdf import common, in_poppler, words
from reader.importers.pdf.read import read
from reader.paths import resources

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 56.0
DOTS_A_POINT = 10
MOST_WORDS = 12_000
CAPTION = (
    "Figure 1. How many zebras slept in each of the four quarters of the night, by the hour at "
    "which the zebras rose; bars are the middle half of the zebras, and dots are single zebras."
)
FOOTNOTE = "* Zebras that were asked twice are counted once; two zebras could not be asked."
FLOATING = frozenset(words(CAPTION + FOOTNOTE))


@dataclass(frozen=True)
class Design:
    columns: int
    size: float
    indents: bool
    numbered: bool
    bold: bool
    family: str
    crowded: bool


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str
    level: int = 0


def pieces_of(path: Path, design: Design) -> list[Piece]:
    root = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True)).getroot()
    found = [Piece("title", text(root.find(".//article-title")))]
    abstract = root.find(".//abstract")
    if abstract is not None:
        found.append(Piece("heading", "Abstract", 1))
        found += [Piece("paragraph", text(p)) for p in abstract.iter("p")]
    body = root.find("body")
    if body is not None:
        found += list(sections(body, 0, [], design))
    references = root.findall(".//ref")[:40]
    if references:
        found.append(Piece("heading", "References", 1))
        found += [Piece("reference", f"{i}. {text(r)}") for i, r in enumerate(references, 1)]
    return [piece for piece in found if piece.text]


def sections(
    node: etree._Element, level: int, number: list[int], design: Design
) -> Iterator[Piece]:
    count = 0
    for child in node:
        if child.tag == "p":
            yield Piece("paragraph", text(child))
        elif child.tag == "sec":
            title = child.find("title")
            if title is not None and text(title):
                count += 1
                printed = ".".join(map(str, [*number, count])) + " " if design.numbered else ""
                yield Piece("heading", printed + text(title), level + 1)
            yield from sections(child, level + 1, [*number, count], design)


def text(node: etree._Element | None) -> str:
    if node is None:
        return ""
    left_out = {"fig", "table-wrap", "disp-formula", "inline-formula", "xref", "label", "sup"}
    parts: list[str] = []

    def walk(one: etree._Element) -> None:
        parts.append(one.text or "")
        for child in one:
            if child.tag not in left_out and isinstance(child.tag, str):
                walk(child)
            parts.append(child.tail or "")

    walk(node)
    # Letters that the fonts lack would be set from others; marks that are no letters as boxes.
    return " ".join(re.sub(r"[^\x20-\x7e\u00c0-\u00ff–—’“”]", " ", " ".join(parts)).split())


class Press:
    """Sets pieces on pages, word by word."""

    def __init__(self, path: Path, design: Design, head: str) -> None:
        self._writer = QPdfWriter(str(path))
        self._writer.setResolution(72 * DOTS_A_POINT)
        self._writer.setPageSize(QPageSize(QSizeF(WIDTH, HEIGHT), QPageSize.Unit.Point))
        self._writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        self._painter = QPainter(self._writer)
        self._design, self._head = design, head
        gutter = 18.0
        count = design.columns
        self._column_width = (WIDTH - 2 * MARGIN - (count - 1) * gutter) / count
        self._lefts = [MARGIN + i * (self._column_width + gutter) for i in range(count)]
        self._column, self._page, self._top = 0, 1, MARGIN + 24
        self._y = self._top
        self._bottom = HEIGHT - MARGIN
        self._furniture()

    def _font(self, size: float, bold: bool) -> QFont:
        font = QFont(self._design.family)
        font.setPointSizeF(size)
        font.setBold(bold)
        # Qt writes a ligature's letters into the file as one that is none of them.
        for ligatures in ("liga", "dlig", "clig"):
            font.setFeature(QFont.Tag(ligatures), 0)
        return font

    def _furniture(self) -> None:
        font = self._font(8, False)
        side = f"{self._head}   {self._page}" if self._page % 2 else f"{self._page}   Our Journal"
        self._draw(MARGIN, MARGIN, side, font)
        self._draw(WIDTH / 2, HEIGHT - 30, str(self._page), font)

    def _draw(self, x: float, y: float, words_: str, font: QFont) -> None:
        self._painter.setFont(font)
        self._painter.drawText(round(x * DOTS_A_POINT), round(y * DOTS_A_POINT), words_)

    def _next(self, leading: float) -> None:
        self._y += leading
        if self._y > self._bottom:
            self._bottom = HEIGHT - MARGIN
            self._column += 1
            if self._column == len(self._lefts):
                self._column = 0
                self._page += 1
                self._writer.newPage()
                self._furniture()
                self._top = MARGIN + 24
                if self._design.crowded and self._page % 2:
                    self._figure()
            if self._design.crowded and (self._page + self._column) % 3 == 0:
                self._footnote()
            self._y = self._top + leading

    def _figure(self) -> None:
        """A picture with its caption over one or all columns, at the top of the page."""
        size = self._design.size * 0.85
        width = WIDTH - 2 * MARGIN
        box = [round(n * DOTS_A_POINT) for n in (MARGIN, self._top, width, 120.0)]
        self._painter.drawRect(*box)
        font = self._font(size, False)
        for i, line in enumerate(self._lines(CAPTION, font, width, 0)):
            self._draw(MARGIN, self._top + 134 + i * 1.2 * size, " ".join(line), font)
        self._top += 134 + 3.2 * size

    def _footnote(self) -> None:
        """A note at the foot of the column, in smaller type."""
        size = self._design.size * 0.8
        font = self._font(size, False)
        lines = self._lines(FOOTNOTE, font, self._column_width, 0)
        self._bottom = HEIGHT - MARGIN - (len(lines) + 1) * 1.2 * size
        for i, line in enumerate(lines):
            y = HEIGHT - MARGIN - (len(lines) - 1 - i) * 1.2 * size
            self._draw(self._lefts[self._column], y, " ".join(line), font)

    def title(self, words_: str) -> None:
        font = self._font(self._design.size * 1.9, True)
        for line in self._lines(words_, font, WIDTH - 2 * MARGIN, 0):
            self._y += self._design.size * 2.2
            self._draw(MARGIN, self._y, " ".join(line), font)
        self._y += 12
        self._top = self._y

    def set(self, piece: Piece) -> None:
        size, bold, indent, hanging, gap = self._design.size, False, 0.0, 0.0, 0.0
        if piece.kind == "heading":
            size = size + (3 - piece.level if not self._design.bold else 0) * (piece.level < 3)
            bold, gap = True, 0.8 * size
        elif piece.kind == "reference":
            size, hanging = size * 0.88, 14.0
        elif self._design.indents:
            indent = 12.0
        else:
            gap = 0.6 * size
        font = self._font(size, bold)
        self._y += gap
        lines = self._lines(piece.text, font, self._column_width - hanging, indent)
        for i, line in enumerate(lines):
            self._next(1.22 * size)
            left = self._lefts[self._column] + (indent if i == 0 else hanging)
            last = i == len(lines) - 1 or piece.kind == "heading"
            self._line(line, left, self._lefts[self._column] + self._column_width, font, last)
        if piece.kind == "heading":
            self._y += 0.3 * size

    def _line(self, line: list[str], left: float, right: float, font: QFont, last: bool) -> None:
        metrics = QFontMetricsF(font, self._writer)
        sizes = [metrics.horizontalAdvance(word) / DOTS_A_POINT for word in line]
        space = metrics.horizontalAdvance(" ") / DOTS_A_POINT
        if not last and len(line) > 1:
            space = max(space, (right - left - sum(sizes)) / (len(line) - 1))
        x = left
        for word, size in zip(line, sizes, strict=True):
            self._draw(x, self._y, word, font)
            x += size + space

    def _lines(self, words_: str, font: QFont, width: float, indent: float) -> list[list[str]]:
        metrics = QFontMetricsF(font, self._writer)

        def wide(word: str) -> float:
            return metrics.horizontalAdvance(word) / DOTS_A_POINT

        space = wide(" ")
        lines: list[list[str]] = [[]]
        room = width - indent
        for whole in words_.split():
            word = whole
            need = wide(word)
            if need > room and lines[-1]:
                for k in range(len(word) - 3, 2, -1):
                    part = word[:k]
                    if word[:k].isalpha() and word[k:].isalpha() and wide(part + "-") <= room:
                        lines[-1].append(part + "-")
                        word = word[k:]
                        break
                lines.append([])
                room = width
                need = wide(word)
            lines[-1].append(word)
            room -= need + space
        return lines

    def end(self) -> None:
        self._painter.end()


@dataclass
class Score:
    f1: list[float]
    order: list[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication([])
    families = []
    for name in ("serif-400.otf", "serif-700.otf", "sans-400.ttf", "sans-700.ttf"):
        number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
        families += QFontDatabase.applicationFontFamilies(number)
    paths = sorted(args.folder.rglob("*.xml")) + sorted(args.folder.rglob("*.nxml"))
    chance = random.Random(4)
    chance.shuffle(paths)
    ours, theirs = Score([], []), Score([], [])
    whole = paragraphs = right = found_headings = true_headings = titles = 0
    references = true_references = done = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            if done == args.articles:
                break
            design = Design(
                chance.choice((1, 2, 2, 2, 3)),
                chance.choice((8.5, 9.5, 10.5)),
                chance.random() < 0.6,
                chance.random() < 0.4,
                chance.random() < 0.4,
                chance.choice(families),
                done % 2 == 1,
            )
            pieces = pieces_of(path, design)
            length = sum(len(piece.text.split()) for piece in pieces)
            if not 1000 < length < MOST_WORDS or pieces[0].kind != "title":
                continue
            done += 1
            made = Path(folder, f"{done}.pdf")
            press = Press(made, design, " ".join(pieces[0].text.split()[:3]))
            press.title(pieces[0].text)
            for piece in pieces[1:]:
                press.set(piece)
            press.end()
            document = read(made).document
            # What stands in the way is left out by its words, here as there.
            truth = words(" ".join(piece.text for piece in pieces))
            truth = [word for word in truth if word not in FLOATING]
            numbers = {s.span.start: s.number for s in document.sections if s.number}
            blocks = {bare(b.span.cut(document.text)) for b in document.blocks}
            wanted_whole = [bare(p.text) for p in pieces if p.kind == "paragraph"]
            whole += sum(one in blocks for one in wanted_whole)
            paragraphs += len(wanted_whole)
            read_back: list[str] = []
            for block in document.blocks:
                label = (
                    numbers.get(block.span.start, "") if block.kind == "heading" else block.label
                )
                read_back += words(f"{label} {block.span.cut(document.text)}")
            for score, got in ((ours, read_back), (theirs, in_poppler(made) or [])):
                got = [word for word in got if word not in FLOATING]
                shared = sum((Counter(got) & Counter(truth)).values())
                score.f1.append(2 * shared / (len(got) + len(truth)))
                score.order.append(common(got, truth) / len(truth))
            wanted = Counter(bare(p.text) for p in pieces if p.kind == "heading")
            got_headings = Counter(bare(f"{s.number or ''} {s.title}") for s in document.sections)
            right += sum((wanted & got_headings).values())
            found_headings += sum(got_headings.values())
            true_headings += sum(wanted.values())
            titles += bare(document.title) == bare(pieces[0].text)
            true_references += sum(p.kind == "reference" for p in pieces)
            references += min(len(document.references), sum(p.kind == "reference" for p in pieces))
    for name, score in (("Offprint", ours), ("pdftotext", theirs)):
        print(f"{name:10} F1 {mean(score.f1):.4f}, order {mean(score.order):.4f}")
    precision, recall = right / max(found_headings, 1), right / max(true_headings, 1)
    print(f"headings: precision {precision:.3f}, recall {recall:.3f} of {true_headings}")
    print(f"paragraphs that are whole: {whole} of {paragraphs}")
    print(f"titles {titles} of {done}; references {references} of {true_references}")
    app.quit()


def bare(title: str) -> str:
    # What Qt writes for ’ is another sign; only letters and digits count.
    return re.sub(r"[\W_ʼˮ]+", "", title).casefold()


if __name__ == "__main__":
    main()
