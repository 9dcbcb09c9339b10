"""How much of an article the web page importer keeps, and of its structure.

    python -m benchmarks.importers.main_content [FOLDER] [--rivals PYTHON] [--pages]

FOLDER holds one folder a page with `source.html` and `expected.html` (../shared/corpora/html, the
test pages of Readability, by default). F1 is that of the words, the title left out; formulas count
sign by sign, since it is spaces in a source that make words of them. List items,
table cells and note links are those of `expected.html` that the document has as such. PYTHON is an
interpreter that has readability-lxml and trafilatura; they are measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from reader.importers.common.elements import Element, tag_of, text_of
from reader.importers.html.parsing import parse_html
from reader.importers.html.read import read
from reader.model.document import Document

CORPUS = Path(__file__).resolve().parents[3] / "shared/corpora/html"
_TOKEN = re.compile(r"\w+")
_SIGN = re.compile(r"\w")
_RIVALS = """
import json, sys, time
import readability, trafilatura
from pathlib import Path
for name in sys.stdin.read().split("\\n"):
    text = Path(name).read_text("utf-8", "replace")
    made = {}
    for rival in ("readability-lxml", "trafilatura"):
        begin = time.process_time()
        try:
            if rival == "trafilatura":
                html = trafilatura.extract(
                    text, output_format="html", include_comments=False, include_tables=True,
                    include_links=True, include_formatting=True) or ""
            else:
                html = readability.Document(text).summary()
        except Exception:
            html = ""
        made[rival] = [html, time.process_time() - begin]
    print(json.dumps(made), flush=True)
"""


@dataclass
class Found:
    """What one reading gives of a page: words, list items, table cells, links inside that work."""

    words: Counter[str]
    items: Counter[str]
    cells: Counter[str]
    links: int
    seconds: float = 0.0
    title: Counter[str] = field(default_factory=Counter)


@dataclass
class Score:
    """What the pages of a corpus add up to."""

    f1: list[float] = field(default_factory=list)
    items: int = 0
    cells: int = 0
    links: int = 0
    seconds: float = 0.0


def main() -> None:
    options = argparse.ArgumentParser(description="Measure what is kept of web pages.")
    options.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    options.add_argument("--rivals", help="a Python with readability-lxml and trafilatura")
    options.add_argument("--pages", action="store_true", help="a line for each page")
    chosen = options.parse_args()
    pages = sorted(p.parent for p in chosen.folder.glob("*/source.html"))
    expected = [_of_html((p / "expected.html").read_text("utf-8")) for p in pages]
    links = [_links_in(page) for page in pages]
    readings = {"Offprint": [_timed(page / "source.html") for page in pages]}
    if chosen.rivals:
        readings.update(_rivals(chosen.rivals, pages))
    print(f"{len(pages)} pages, {sum(e.items.total() for e in expected)} list items,", end=" ")
    print(f"{sum(e.cells.total() for e in expected)} table cells, {sum(links)} links inside")
    print(f"{'':18} {'F1':>6} {'items':>6} {'cells':>6} {'links':>6} {'ms a page':>10}")
    for name, found in readings.items():
        score = Score()
        for page, wanted, made in zip(pages, expected, found, strict=True):
            # Readability leaves a title out that it takes for one, and keeps others.
            words = max(made.words, made.words - made.title, key=lambda w: f1(wanted.words, w))
            score.f1.append(f1(wanted.words, words))
            score.items += (wanted.items & made.items).total()
            score.cells += (wanted.cells & made.cells).total()
            score.links += made.links
            score.seconds += made.seconds
            if chosen.pages and name == "Offprint":
                extra, missing = (words - wanted.words).total(), (wanted.words - words).total()
                print(f"{score.f1[-1]:.3f}  +{extra:<5} -{missing:<5} {page.name}")
        items = score.items / max(1, sum(e.items.total() for e in expected))
        cells = score.cells / max(1, sum(e.cells.total() for e in expected))
        mean = sum(score.f1) / len(score.f1)
        each = 1000 * score.seconds / len(pages)
        print(f"{name:18} {mean:6.3f} {items:6.2f} {cells:6.2f} {score.links:6} {each:10.0f}")


def f1(wanted: Counter[str], made: Counter[str]) -> float:
    """The harmonic mean of precision and recall of words."""
    common = (wanted & made).total()
    if not common:
        return float(not wanted and not made)
    return 2 * common / (wanted.total() + made.total())


def _words(text: str) -> Counter[str]:
    return Counter(token.casefold() for token in _TOKEN.findall(text))


def _line(text: str) -> str:
    return " ".join(_TOKEN.findall(text.casefold()))


def _of_html(text: str) -> Found:
    if not text.strip():
        return Found(Counter(), Counter(), Counter(), 0)
    root = parse_html(text)
    etree.strip_elements(root, "script", "style", with_tail=False)
    for element in root.iter():
        if tag_of(element) in ("p", "div", "li", "td", "th", "br", "h2", "h3", "tr", "table"):
            element.tail = " " + (element.tail or "")
    formulas: list[str] = []
    for math in [e for e in root.iter() if tag_of(e) == "math"]:
        formulas += _SIGN.findall("".join(map(str, math.itertext())))
        tail = math.tail
        math.clear()
        math.tail = tail
    inner = [e for e in root.iter() if tag_of(e) == "li" and not _inside(e, "li")]
    cells = [e for e in root.iter() if tag_of(e) in ("td", "th")]
    names = {e.get(key) for e in root.iter() for key in ("id", "name") if e.get(key)}
    links = [e for e in root.iter() if tag_of(e) == "a" and (e.get("href") or "").startswith("#")]
    return Found(
        _words(" ".join(str(t) for t in root.itertext())) + Counter(formulas),
        Counter(line for e in inner if (line := _line(text_of(e)))),
        Counter(line for e in cells if (line := _line(text_of(e)))),
        sum((e.get("href") or "")[1:] in names for e in links),
    )


def _inside(element: Element, name: str) -> bool:
    return any(tag_of(a) == name for a in element.iterdescendants())


def _links_in(page: Path) -> int:
    """How many links to places in the page stand in what is expected of it."""
    source = parse_html((page / "source.html").read_text("utf-8", "replace"))
    names = {e.get(key) for e in source.iter() for key in ("id", "name") if e.get(key)}
    root = parse_html((page / "expected.html").read_text("utf-8"))
    links = [(e.get("href") or "") for e in root.iter() if tag_of(e) == "a"]
    return sum(
        link.partition("#")[2] in names
        for link in links
        if link.startswith("#") or re.match(r"https?://fakehost/[^#]*#.", link)
    )


def _of_document(document: Document) -> Found:
    text = document.text
    title = " ".join(b.span.cut(text) for b in document.blocks if b.kind == "title")
    items = [
        b.span.cut(text)
        for b in (*document.blocks, *document.inner_blocks)
        if b.kind in ("list_item", "reference", "note")
    ]
    cells = [cell.span.cut(text) for table in document.tables for cell in table.cells]
    links = [
        m
        for m in document.marks
        if m.kind == "reference_mark" or (m.kind == "link" and m.target.startswith("#"))
    ]
    return Found(
        _words_of_document(document),
        Counter(map(_line, items)),
        Counter(map(_line, cells)),
        len(links),
        title=_words(title),
    )


def _words_of_document(document: Document) -> Counter[str]:
    """The words of the text, and the signs of its formulas."""
    words: Counter[str] = Counter()
    at = 0
    for formula in document.formulas:
        words += _words(document.text[at : formula.span.start])
        words.update(_SIGN.findall(formula.span.cut(document.text)))
        at = formula.span.end
    return words + _words(document.text[at:])


def _timed(path: Path) -> Found:
    begin = time.process_time()
    document = read(path).document
    seconds = time.process_time() - begin
    found = _of_document(document)
    found.seconds = seconds
    return found


def _rivals(python: str, pages: list[Path]) -> dict[str, list[Found]]:
    names = "\n".join(str(page / "source.html") for page in pages)
    run = subprocess.run(
        [python, "-c", _RIVALS], input=names, capture_output=True, text=True, check=True
    )
    readings: dict[str, list[Found]] = {}
    for line in run.stdout.splitlines():
        for rival, (html, seconds) in json.loads(line).items():
            found = _of_html(html)
            found.seconds = seconds
            readings.setdefault(rival, []).append(found)
    return readings


if __name__ == "__main__":
    main()
