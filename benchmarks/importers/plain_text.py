"""How well articles turned to plain text are read.

    python -m benchmarks.importers.plain_text [-v] [STYLE…]

Takes the journal articles and web pages of ../shared/corpora, whose headings, list items,
references and reference marks are known, writes them as scrapers and old systems do, and compares
what the importer finds. Aim on journal articles: headings at .97 precision and .90 recall.
"""

from __future__ import annotations

import re
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from lxml import etree, html

from reader.importers.text.read import read_text
from reader.model.document import Document

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
# Where a reference mark stands in a block of the gold; its labels stand between.
OPEN, CLOSE = "\ue000", "\ue001"


@dataclass
class Gold:
    """An article as blocks of (kind, level or depth, text)."""

    name: str
    blocks: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, kind: str, text: str, level: int = 0) -> None:
        text = re.sub(r"\s+", " ", text).strip() if kind != "row" else text.strip()
        if text:
            self.blocks.append((kind, level, text))


def from_jats(path: Path) -> Gold:
    """The article in one file of JATS."""
    tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, load_dtd=False))
    gold = Gold(path.stem)
    root = tree.getroot()
    entries = list(root.iter("ref"))
    order = {entry.get("id"): str(n) for n, entry in enumerate(entries, 1)}
    gold.add("title", _words(root.find(".//article-title")))
    names = [
        " ".join(_words(name.find(part)) for part in ("given-names", "surname"))
        for name in root.findall(".//contrib-group/contrib/name")
    ]
    gold.add("text", ", ".join(names))
    for place in root.findall(".//article-meta/aff"):
        gold.add("text", _words(place))
    for abstract in root.findall(".//article-meta/abstract"):
        gold.add("heading", _words(abstract.find("title")) or "Abstract", 1)
        _jats_blocks(gold, abstract, order, 1)
    body = root.find("body")
    if body is not None:
        _jats_blocks(gold, body, order, 0)
    for thanks in root.findall(".//back/ack"):
        gold.add("heading", _words(thanks.find("title")) or "Acknowledgments", 1)
        _jats_blocks(gold, thanks, order, 1)
    if entries:
        gold.add("heading", "References", 1)
    for entry in entries:
        label = entry.find("label")
        if label is not None:
            label.text = ""
        cited = [child for child in entry if child.tag != "label"]
        gold.add("reference", " ".join(" ".join(c.itertext()) for c in cited))
    return gold


def _jats_blocks(gold: Gold, parent: Any, order: dict[str | None, str], level: int) -> None:
    for child in parent:
        tag = child.tag
        if tag == "sec":
            gold.add("heading", _words(child.find("title")), level + 1)
            _jats_blocks(gold, child, order, level + 1)
        elif tag == "p":
            inner = child.findall("list") + child.findall("fig") + child.findall("table-wrap")
            for one in inner:
                child.remove(one)
            gold.add("text", _cited(child, order))
            for one in inner:
                holder = etree.Element("holder")
                holder.append(one)
                _jats_blocks(gold, holder, order, level)
        elif tag in ("fig", "table-wrap"):
            caption = child.find("caption")
            title = caption.find("title") if caption is not None else None
            gold.add("text", f"{_words(child.find('label'))}. {_words(title)}")
            for one in child.findall("caption/p"):
                gold.add("text", _cited(one, order))
            for row in child.iter("tr"):
                gold.add("row", "\t".join(_words(cell) for cell in row))
            for one in child.findall("table-wrap-foot//p"):
                gold.add("text", _cited(one, order))
        elif tag == "list":
            for item in child.findall("list-item"):
                gold.add("item", " ".join(_cited(p, order) for p in item.findall("p")))
        elif tag == "disp-formula":
            gold.add("text", _words(child))
        elif tag in ("boxed-text", "disp-quote", "holder"):
            _jats_blocks(gold, child, order, level)


def _words(element: Any) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip() if element is not None else ""


def _cited(element: Any, order: dict[str | None, str]) -> str:
    """The text of a paragraph with its citations as marks, neighbours joined to one."""
    for xref in element.iter("xref"):
        if xref.get("ref-type") == "bibr" and order.get(xref.get("rid")):
            for inner in list(xref):
                xref.remove(inner)
            xref.text = f"{OPEN}{order[xref.get('rid')]}{CLOSE}"
    text = _words(element)
    text = re.sub(rf"[\[(]?{OPEN}", OPEN, text)
    text = re.sub(rf"{CLOSE}[\])]?", CLOSE, text)

    def range_of(found: re.Match[str]) -> str:
        return f"{found[1]}–{found[2]}"

    text = re.sub(rf"{CLOSE}\s?,\s?{OPEN}", ",", text)
    return re.sub(rf"{CLOSE}\s?[–-]\s?{OPEN}", "–", text)


def from_html(path: Path) -> Gold:
    """The article as Readability cut it out of a web page."""
    gold = Gold(path.parent.name)
    _html_blocks(gold, html.parse(str(path), html.HTMLParser(encoding="utf-8")).getroot(), 0)
    return gold


_BLOCKS = frozenset(
    "p div section article ul ol li table tr h1 h2 h3 h4 h5 h6 blockquote pre figure figcaption "
    "dl dt dd aside main header footer body html tbody thead".split()
)


def _html_blocks(gold: Gold, parent: Any, depth: int) -> None:
    tag = parent.tag
    if not isinstance(tag, str) or tag in ("script", "style", "head", "svg", "math"):
        return
    if re.fullmatch("h[1-6]", tag):
        gold.add("heading", _words(parent), int(tag[1]))
    elif tag == "tr":
        gold.add("row", "\t".join(_words(cell) for cell in parent))
    elif tag == "li" and not any(
        inner.tag in _BLOCKS for inner in parent.iter() if inner is not parent
    ):
        gold.add("item", _words(parent), depth - 1)
    else:
        inside = depth + (tag in ("ul", "ol"))
        run = parent.text or ""
        for child in parent:
            if isinstance(child.tag, str) and any(one.tag in _BLOCKS for one in child.iter()):
                gold.add("text", run)
                run = ""
                _html_blocks(gold, child, inside)
            elif child.tag == "br":
                gold.add("text", run)
                run = ""
            elif isinstance(child.tag, str) and child.tag not in ("script", "style", "svg", "math"):
                run += "".join(child.itertext())
            run += child.tail or ""
        gold.add("text", run)


@dataclass(frozen=True)
class Style:
    """How something writes an article as text."""

    between: str = "\n"
    width: int = 0
    bullet: str = "- "
    numbers: bool = False
    reference: str = "{n}. "
    mark: str = " [{}]"
    heading: Callable[[int, str], str] = lambda _level, text: text


STYLES = {
    "lines": Style(),
    "glued": Style(mark="{}"),
    "spaced": Style(between="\n\n", bullet="• ", reference="[{n}] "),
    "wrapped": Style(between="\n\n", width=72, bullet="* "),
    "tight": Style(width=76),
    "numbered": Style(numbers=True, reference=""),
    "bare": Style(bullet="", reference="", mark="{}"),
    "capitals": Style(heading=lambda level, text: text.upper() if level == 1 else text),
    "markdown": Style(between="\n\n", heading=lambda level, text: "#" * level + " " + text),
    "crlf": Style(between="\r\n\r\n", bullet="– "),
}


def written(gold: Gold, style: Style) -> str:
    """The article as text of that style."""
    out: list[str] = []
    counts: list[int] = []
    references = 0
    for kind, level, text in gold.blocks:
        text = re.sub(rf"\s?{OPEN}([^{CLOSE}]*){CLOSE}", lambda m: style.mark.format(m[1]), text)
        if kind == "heading":
            text = style.heading(level, text)
            if style.numbers:
                counts = [*counts, *([0] * level)][:level]
                counts[-1] += 1
                text = ".".join(str(n or 1) for n in counts) + ". " + text
        elif kind == "item":
            text = "  " * max(0, level) + style.bullet + text
        elif kind == "reference":
            references += 1
            text = style.reference.format(n=references) + text
        if style.width and kind != "row":
            text = "\n".join(textwrap.wrap(text, style.width, break_on_hyphens=False))
        out.append(text)
    return style.between.join(out)


Counts = tuple[int, int, int]
"""How many were there, how many were found, and how many of these are right."""


def compared(gold: Gold, document: Document) -> Iterator[tuple[str, Counts, list[str]]]:
    """For each kind of thing the counts, and what was wrong."""
    blocks = document.blocks

    def text_of(kind: str) -> list[str]:
        return [document.text[b.span.start : b.span.end] for b in blocks if b.kind == kind]

    pairs = {
        "heading": (_gold(gold, "heading"), text_of("heading")),
        "item": (_gold(gold, "item"), text_of("list_item")),
        "reference": (_gold(gold, "reference"), text_of("reference")),
        "mark": (
            [
                ",".join(_labels(found))
                for _, _, text in gold.blocks
                for found in re.findall(rf"{OPEN}([^{CLOSE}]*){CLOSE}", text)
            ],
            [m.target.replace(" ", ",") for m in document.marks if m.kind == "reference_mark"],
        ),
    }
    for name, (there, found) in pairs.items():
        a, b = Counter(map(_key, there)), Counter(map(_key, found))
        wrong = [f"  false {name}: {x}" for x in (b - a).elements()]
        wrong += [f"  missed {name}: {x}" for x in (a - b).elements()]
        yield name, (len(there), len(found), (a & b).total()), wrong
    levels = {_key(text): level for kind, level, text in gold.blocks if kind == "heading"}
    got = [(_key(s.title), s.level) for s in document.sections if _key(s.title) in levels]
    orders = [
        ((levels[a] > levels[b]) - (levels[a] < levels[b]), (i > j) - (i < j))
        for (a, i), (b, j) in pairwise(got)
    ]
    right = sum(one == other for one, other in orders)
    yield "nesting", (len(orders), len(orders), right), []


def _gold(gold: Gold, kind: str) -> list[str]:
    return [text for one, _, text in gold.blocks if one == kind]


def _key(text: str) -> str:
    text = re.sub(rf"{OPEN}[^{CLOSE}]*{CLOSE}|\[[\d,–]+\]", "", text).casefold()
    return "".join(c for c in text if c.isalpha()) or re.sub(r"\s", "", text)


def _labels(text: str) -> list[str]:
    labels: list[str] = []
    for part in text.split(","):
        first, _, last = part.partition("–")
        labels += [str(n) for n in range(int(first), int(last or first) + 1)]
    return labels


def measured(name: str, articles: list[Gold], style: Style, verbose: bool) -> None:
    """Prints one line of the table."""
    sums: dict[str, list[int]] = {}
    start = time.perf_counter()
    size = 0
    for gold in articles:
        text = written(gold, style)
        size += len(text)
        document = read_text(text, document_id="0" * 64, source=f"{gold.name}.txt")
        for kind, counts, wrong in compared(gold, document):
            total = sums.setdefault(kind, [0, 0, 0])
            sums[kind] = [a + b for a, b in zip(total, counts, strict=True)]
            if verbose and wrong:
                print(gold.name, *wrong, sep="\n")
    seconds = time.perf_counter() - start
    cells = "".join(
        f"  {kind} {right / max(1, found):.2f}/{right / max(1, there):.2f}"
        for kind, (there, found, right) in sums.items()
    )
    print(f"{name:18}{cells}  {size / seconds / 1e6:.1f} MB/s")


def main(arguments: list[str]) -> None:
    """Prints the table: precision/recall of each kind, by corpus and style."""
    verbose = "-v" in arguments
    wanted = [name for name in arguments if name != "-v"] or list(STYLES)
    journal = [from_jats(path) for path in sorted((CORPORA / "jats").glob("*.xml"))]
    web = [from_html(path) for path in sorted((CORPORA / "html").glob("*/expected.html"))]
    for name in wanted:
        corpus, _, style = name.rpartition(":")
        for title, articles in (("journal", journal), ("web", web)):
            if corpus in ("", title):
                measured(f"{title}:{style}", articles, STYLES[style], verbose)


if __name__ == "__main__":
    main(sys.argv[1:])
