"""Sets the tables of articles as PDF in several designs, and measures what is read back.

    python -m benchmarks.importers.pdf_tables /work/shared/corpora/jats [--tables 60]

The tables are those of JATS files in which no cell spans rows, without lines between cells, each
below a paragraph. Compared are pairs of neighbours in a row, by their letters and digits: which
share of the true ones was read, and which share of those that were read is true.

Source: Göbel et al., A methodology for evaluating algorithms for table understanding in PDF
documents, 2012 (neighbours instead of rows and columns).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import tempfile
from collections import Counter
from html import escape
from itertools import groupby, pairwise
from pathlib import Path

from lxml import etree
from PySide6.QtGui import (
    QFontDatabase,
    QGuiApplication,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)

from reader.importers.pdf.read import read
from reader.paths import resources

MOST_ROWS = 45
MOST_COLUMNS = 9
ABOVE = (
    "The zebras that slept in the first quarter of the night are compared with those that slept in "
    "the last one, and numbers in brackets are shares of all zebras that were asked how they slept."
)

Rows = list[list[str]]


def rows_of(table: etree._Element) -> Rows:
    """The texts of the cells of each row, empty ones too."""
    return [[plain(cell) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]


def plain(cell: etree._Element) -> str:
    text = "".join(map(str, cell.itertext()))
    return " ".join(re.sub(r"[^\x20-\x7e\u00c0-\u00ff–—’“”]", " ", text).split())


def spans(table: etree._Element) -> bool:
    return any(cell.get("rowspan", "1") != "1" for cell in table.iter("td", "th"))


def made_html(table: etree._Element, chance: random.Random) -> str:
    lines = []
    align = chance.choice(("left", "center", "right"))
    for row in table.iter("tr"):
        cells = []
        for i, cell in enumerate(cell for cell in row if cell.tag in ("td", "th")):
            side = "left" if i == 0 else align
            across = f' colspan="{cell.get("colspan", "1")}"'
            words = escape(plain(cell))
            if cell.tag == "th":
                words = f"<b>{words}</b>"
            cells.append(f'<td{across} align="{side}">{words}</td>')
        lines.append("<tr>" + "".join(cells) + "</tr>")
    padding = chance.choice((2, 3, 5))
    body = "".join(lines)
    return (
        f'<p>{ABOVE}</p><table width="100%" border="0" cellspacing="0" cellpadding="{padding}">'
        f"{body}</table>"
    )


def neighbours(rows: Rows) -> Counter[tuple[str, str]]:
    """Pairs of cells beside each other in a row, empty ones left out."""
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        bare = [re.sub(r"\W+", "", cell).casefold() for cell in row]
        found.update(pairwise([cell for cell in bare if cell]))
    return found


def read_back(path: Path) -> Rows:
    document = read(path).document
    rows: Rows = []
    for table in document.tables:
        for _, cells in groupby(table.cells, key=lambda cell: cell.row):
            rows.append([cell.span.cut(document.text) for cell in cells])
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tables", type=int, default=60)
    parser.add_argument("--list", action="store_true", help="one line a table")
    parser.add_argument("--keep", type=Path, help="a folder for the PDF files")
    args = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    families = []
    for name in ("serif-400.otf", "serif-700.otf", "sans-400.ttf", "sans-700.ttf"):
        number = QFontDatabase.addApplicationFont(str(resources() / "fonts" / name))
        families += QFontDatabase.applicationFontFamilies(number)
    chance = random.Random(5)
    true = got = shared = done = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.keep or Path(temporary)
        for path in sorted(args.folder.rglob("*.xml")):
            root = etree.parse(str(path), etree.XMLParser(load_dtd=False, no_network=True))
            for table in root.iter("table"):
                rows = rows_of(table)
                widest = max(map(len, rows), default=0)
                if done == args.tables or spans(table):
                    continue
                if not (3 <= len(rows) <= MOST_ROWS and 2 <= widest <= MOST_COLUMNS):
                    continue
                done += 1
                made = folder / f"{done}.pdf"
                set_table(made, made_html(table, chance), chance.choice(families), chance)
                wanted, found = neighbours(rows), neighbours(read_back(made))
                both = sum((wanted & found).values())
                true, got, shared = true + wanted.total(), got + found.total(), shared + both
                if args.list:
                    print(f"{both:4} {found.total():4} {wanted.total():4} {made.name} {path.name}")
    print(
        f"{done} tables: of {true} neighbours {shared / max(true, 1):.3f} are found; "
        f"{shared / max(got, 1):.3f} of those found are true"
    )
    del app


def set_table(path: Path, html: str, family: str, chance: random.Random) -> None:
    writer = QPdfWriter(str(path))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document = QTextDocument()
    font = document.defaultFont()
    font.setFamily(family)
    font.setPointSizeF(chance.choice((7.5, 8.5, 9.5)))
    document.setDefaultFont(font)
    document.setHtml(html)
    document.print_(writer)


if __name__ == "__main__":
    main()
