"""How long the store of notes takes with 100,000 notes: python -m benchmarks.store.notes [COUNT].

Targets: open 100 ms, add 2 ms durable, list of one document 5 ms, notebook view 200 ms, export 5 s.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, get_args

from reader.exporters import markdown
from reader.model.annotation import COLOURS, Annotation, Change, Target, TextQuoteSelector
from reader.model.document import Document
from reader.model.export.export_set import gather
from reader.model.span import Span
from reader.store.backups import backup
from reader.store.note_filter import Grouping, NoteFilter
from reader.store.notes import Notes

DOCUMENTS = 500
SIGHT = 40


def an_annotation(number: int) -> Annotation:
    words = f"word{number % 997} receptor dose{number % 89} slowly over forty minutes"
    target = Target(
        f"{number % DOCUMENTS:064x}",
        TextQuoteSelector(words, "p" * 64, "s" * 64),
        Span(number, number + len(words)),
        "ab" * 32,
    )
    return Annotation(
        f"id-{number:08}",
        target,
        COLOURS[number % 5],
        note=f"A note about dose {number}, of the length that notes have." if number % 3 else "",
        tags=(f"tag{number % 40}",) if number % 4 == 0 else (),
    )


def measured(name: str, target_ms: float, call: Callable[[], Any], times: int = 5) -> None:
    """Prints the median and the longest of some calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    verdict = "" if median(taken) <= target_ms else "   MISSED"
    print(
        f"{name:42} {median(taken):9.2f} ms"
        f"  (longest {max(taken):.2f}, target {target_ms:g}){verdict}"
    )


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.db"
        notes = Notes(path)
        start = time.perf_counter()
        for first in range(0, count, 10_000):
            last = min(first + 10_000, count)
            notes.apply(*(Change(None, an_annotation(n)) for n in range(first, last)))
        print(f"{count:,} notes written in {time.perf_counter() - start:.1f} s")
        notes.close()
        print(f"{path.stat().st_size / 1e6:.0f} MB")

        def open_and_close() -> None:
            Notes(path).close()

        measured("open", 100, open_and_close)
        notes = Notes(path)
        numbers = iter(range(count, count + 1_000_000))
        measured("add one", 2, lambda: notes.apply(Change(None, an_annotation(next(numbers)))), 500)
        before = notes.annotations(f"{7:064x}")[0]

        def edit() -> None:
            nonlocal before
            after = replace(before, note=f"Edited {next(numbers)}")
            before = notes.apply(Change(before, after))[0].after or before

        measured("edit one", 2, edit, 300)
        measured("undo one", 2, notes.undo, 100)
        measured("redo one", 2, notes.redo, 100)
        measured("keep a reading position", 2, lambda: notes.positions.set("d", 5, 0.5), 300)
        measured("list one document", 5, lambda: notes.annotations(f"{7:064x}"), 50)
        measured("count by document", 50, notes.queries.counts)
        measured("all tags", 200, notes.queries.tags)
        for by in get_args(Grouping):
            grouped = partial(notes.queries.grouped, NoteFilter(), by)
            measured(f"notebook view: by {by}", 200, grouped)
        ids = notes.queries.choose(NoteFilter())
        measured(f"notebook view: {SIGHT} in sight", 5, lambda: notes.some(ids[5000:][:SIGHT]), 50)
        tag = NoteFilter(tag="tag8")
        measured("notebook view: one tag", 200, lambda: notes.queries.choose(tag))
        words = NoteFilter(words="word7 dose7")
        measured("notebook view: words", 200, lambda: notes.queries.choose(words))
        measured("find words, best 100", 50, lambda: notes.queries.search("receptor dose17 slo"))
        measured("read all", 5000, notes.all, 2)

        def export() -> None:
            document = Document("", "Title", "")
            markdown.write(gather(notes.all(), lambda _: document, "2024"), io.StringIO())

        measured("export as Markdown", 5000, export, 2)
        measured("verify", 5000, notes.verify, 2)
        measured("back up, verified", 5000, lambda: backup(path), 2)
        notes.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
