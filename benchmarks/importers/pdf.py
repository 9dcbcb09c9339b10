"""Reads a folder of PDF files as Offprint does, and compares the words with poppler's pdftotext.

    python -m benchmarks.importers.pdf /work/shared/corpora/pdf [--list]
    python -m benchmarks.importers.pdf --long 500

Each file is read in a process of its own, as hostile files are. The words of pages are compared,
without headings that we add: F1 of the words as bags, those that we leave out by name counted as
read, and the longest common subsequence of the others as a share of the shorter text. `--long`
writes a file of so many pages in two columns, of our own words, and times its reading, by the clock
and by what it takes of one core.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import textwrap
import time
import unicodedata
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

from reader.importers.pdf.read import read
from reader.model.pdf.page_map import ASSET, PageMap
from reader.paths import seeds
from reader.problem import Problem
from tests.importers.pdf_samples import Sheet, Text, pdf

_WORD = re.compile(r"\w+")
_LONGEST_COMPARED = 20_000
# Reasons for which we leave words out that pdftotext gives.
NAMED = ("running head", "page number", "line number", "watermark", "hidden text")


@dataclass(frozen=True)
class Result:
    name: str
    outcome: str
    pages: int = 0
    characters: int = 0
    seconds: float = 0.0
    f1: float | None = None
    order: float | None = None


def words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def in_poppler(path: Path) -> list[str] | None:
    told = subprocess.run(
        ["pdftotext", "-q", "-enc", "UTF-8", str(path), "-"],
        capture_output=True,
        timeout=120,
        check=False,
    )
    if told.returncode:
        return None
    text = told.stdout.decode("utf-8", "replace")
    return words(re.sub(r"(?<=\w)[-‐\u00ad]\n(?=[a-z])", "", text))


def common(one: list[str], other: list[str]) -> int:
    """The length of the longest common subsequence.

    Source: Hyyrö, Bit-parallel LCS-length computation revisited, 2004.
    """
    places: dict[str, int] = {}
    for i, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << i
    every = (1 << len(one)) - 1
    row = every
    for word in other:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & every
    return len(one) - row.bit_count()


def measure(path: Path) -> Result:
    start = time.perf_counter()
    try:
        reading = read(path)
    except Problem as problem:
        return Result(path.name, problem.sentence, seconds=time.perf_counter() - start)
    seconds = time.perf_counter() - start
    text = reading.document.text
    pages = PageMap.decode(reading.assets[ASSET])
    spans = [span for page in pages.pages for span, _ in pages.words_on(page.number)]
    ours: list[str] = []
    last = 0
    pieces: list[str] = []
    for span in sorted(spans):
        pieces += ["" if span.start == last else " ", span.cut(text)]
        last = span.end
    ours = words("".join(pieces))
    theirs = in_poppler(path)
    f1 = order = None
    if theirs and ours:
        named = words(" ".join(o.words for o in reading.document.left_out if o.reason in NAMED))
        shared = sum((Counter(ours + named) & Counter(theirs)).values())
        f1 = 2 * shared / (len(ours) + len(named) + len(theirs))
        if max(len(ours), len(theirs)) <= _LONGEST_COMPARED:
            order = common(ours, theirs) / min(len(ours), len(theirs))
    elif theirs is not None and bool(theirs) != bool(ours):
        f1 = 0.0
    return Result(path.name, "opened", len(pages.pages), len(text), seconds, f1, order)


def long_pdf(count: int) -> bytes:
    """A file of so many pages in two columns, of our own words."""
    article = " ".join((seeds() / "ketamine-in-anxiety.md").read_text("utf-8").split())
    lines = textwrap.wrap(re.sub(r"[^\x20-\x7e]", "", article), 46)
    sheets = []
    for n in range(count):
        texts = [Text(290, 30, str(n + 1))]
        for x in (50, 310):
            first = (n * 110 + x) % len(lines)
            column = (lines[first:] + lines)[:55]
            texts += [Text(x, 790 - 13 * i, line, 9.5) for i, line in enumerate(column)]
        sheets.append(Sheet(texts))
    return pdf(sheets)


def time_long(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "long.pdf")
        path.write_bytes(long_pdf(count))
        start, cpu_start = time.perf_counter(), time.process_time()
        reading = read(path)
        seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    made = reading.assets[ASSET]
    number = sum(len(PageMap.decode(made).words_on(n + 1)) for n in range(count))
    print(
        f"{count} pages of {number // count} words: {seconds:.1f} s, "
        f"{cpu_seconds:.1f} s of one core, "
        f"{count / seconds:.0f} pages a second; map {len(made) / number:.1f} bytes a word"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--long", type=int, default=0, help="pages of a file to be timed")
    parser.add_argument("--list", action="store_true", help="one line a file, the worst last")
    args = parser.parse_args()
    if args.long:
        time_long(args.long)
        return
    paths = sorted((args.folder or Path()).rglob("*.pdf"))
    results = []
    crashes = []
    context = get_context("spawn")
    pool = ProcessPoolExecutor(1, mp_context=context)
    for path in paths:
        try:
            results.append(pool.submit(measure, path).result(timeout=180))
        except Exception as error:  # noqa: BLE001  # whatever ends a process is counted
            crashes.append(f"{path.name}: {type(error).__name__} {error}")
            pool.shutdown(wait=False, cancel_futures=True)
            pool = ProcessPoolExecutor(1, mp_context=context)
    pool.shutdown()
    opened = [one for one in results if one.outcome == "opened"]
    compared = [one for one in opened if one.f1 is not None]
    ordered = [one for one in compared if one.order is not None]
    if args.list:
        for one in sorted(compared, key=lambda one: -(one.f1 or 0) - (one.order or 0)):
            print(f"{one.f1:.3f} {one.order or 0:.3f} {one.pages:5} {one.characters:8} {one.name}")
        for one in results:
            if one.outcome != "opened":
                print(one.outcome)
    seconds = sum(one.seconds for one in opened)
    pages = sum(one.pages for one in opened)
    refused = len(results) - len(opened)
    print(f"files {len(paths)}: opened {len(opened)}, refused {refused}, crashes {len(crashes)}")
    for crash in crashes:
        print("  " + crash, file=sys.stderr)
    print(f"pages {pages} in {seconds:.1f} s: {pages / max(seconds, 1e-9):.0f} a second")
    if compared:
        f1 = mean(one.f1 or 0 for one in compared)
        print(f"compared with pdftotext: {len(compared)}, F1 {f1:.3f}")
    if ordered:
        print(f"order {mean(o.order or 0 for o in ordered):.3f}")
    long = [one for one in ordered if one.characters >= 400]
    if long:
        f1, order = mean(o.f1 or 0 for o in long), mean(o.order or 0 for o in long)
        print(f"{len(long)} with 400 characters or more: F1 {f1:.3f}, order {order:.3f}")


if __name__ == "__main__":
    main()
