"""Printing an article of 300 kB with 500 notes: how long it takes, and the longest step.

    python -m benchmarks.printing.paper

Offscreen. The window works on it in steps and answers between them.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from statistics import median

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_FONT_DPI"] = "96"

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from benchmarks.ui.window import long_text, report
from reader.app import make_application
from reader.importers.text.read import read_text
from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation
from reader.model.span import Span
from reader.ui.printing.article_print import Layout, Paper
from reader.ui.printing.margin_notes import PaperNote

CHARACTERS = 300_000
NOTES = 500
DOTS_AN_INCH = 96


def main() -> None:
    """Measures each way of printing once."""
    app = make_application(offscreen=True)
    text = long_text(CHARACTERS)
    document = read_text(text, document_id="d" * 64, source="long.txt")
    notes = []
    for n in range(NOTES):
        span = Span(n * 590, n * 590 + 40)
        made = Annotation(str(n), describe(document, span), note=f"What of {n}? " * 5)
        notes.append(PaperNote(n + 1, made, made.target.quote.exact, span, "Dose"))
    for where in ("margin", "end", "none"):
        paper = Paper(document, "", notes, Layout(QSizeF(642, 971), where), lambda _: b"")
        steps = []
        begun = last = time.perf_counter()
        for _ in paper.prepare():
            steps.append(time.perf_counter() - last)
            last = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            writer = QPdfWriter(str(Path(folder, "a.pdf")))
            writer.setResolution(DOTS_AN_INCH)
            writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
            margins = QMarginsF(20, 20, 20, 20)
            writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
            painter = QPainter(writer)
            drawn = []
            for number in range(paper.count):
                last = time.perf_counter()
                if number:
                    writer.newPage()
                paper.paint(painter, number)
                drawn.append(time.perf_counter() - last)
            painter.end()
        whole = time.perf_counter() - begun
        print(f"notes: {where}, {paper.count} pages")
        report("  all of it", whole, "s", "–")
        report("  the longest step of laying out", 1000 * max(steps), "ms", "50")
        report("  a page, median", 1000 * median(drawn), "ms", "–")
        report("  a page, the slowest", 1000 * max(drawn), "ms", "50")
    del app


if __name__ == "__main__":
    main()
