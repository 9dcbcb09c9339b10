"""How long 100,000 notes on 500 articles take to go out.

    python -m benchmarks.exporters.exporting [COUNT]

Each format as the person has it: the notes read, their sections and references found, the file
written, read back and compared; how long the comparing is, is said by itself, and beside the clock
the processor's time, which other work on the machine lengthens less. Target: 5 s for each text
format.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path

from reader.exporters.registry import FORMATS
from reader.exporters.template import STANDARD
from reader.model.anchoring.selector import describe
from reader.model.annotation import COLOURS, Annotation, Change
from reader.model.document import Block, Document, Mark, Reference, Section
from reader.model.span import Span
from reader.paths import Paths
from reader.services.note_export import NoteSelection, export, notebook, without_pauses
from reader.store.library import Library
from reader.store.notes import open_notes

ARTICLES = 500
SENTENCE = (
    "The receptor of study {n} is blocked slowly over forty minutes in {k} of its patients{m}."
)
SECTIONS, PARAGRAPHS, CITED = 12, 5, 40
TARGET_S = 5.0
MOST_PAGES = 10_000


def an_article(number: int) -> tuple[Document, bytes]:
    """An article of 30 kB with twelve sections, 60 reference marks and 40 references."""
    text, sections, blocks, marks = f"Article {number}", [], [Block("title", Span(0, 0))], []
    for s in range(SECTIONS):
        first = len(text) + 1
        text += f"\nSection {s}"
        for p in range(PARAGRAPHS):
            text += "\n"
            begins = len(text)
            for k in range(6):
                label = str((s * PARAGRAPHS + p) % CITED + 1) if k == 3 else ""
                text += SENTENCE.format(n=number, k=k, m=label) + " "
                if label:
                    end = len(text) - 2
                    marks.append(Mark("reference_mark", Span(end - len(label), end), label))
            text = text.rstrip()
            blocks.append(Block("paragraph", Span(begins, len(text))))
        title = f"Section {s}"
        sections.append(Section(f"s{s}", None, 1, "", title, "body", Span(first, len(text))))
    references = []
    for number_of in range(1, CITED + 1):
        first = len(text) + 1
        text += f"\nWriter {number_of}. What study {number_of} found in its patients. A Journal."
        references.append(Reference(str(number_of), Span(first, len(text))))
    original = text.encode()
    document = Document(
        hashlib.sha256(original).hexdigest(),
        f"Article {number}",
        text,
        source=f"{number}.txt",
        authors=("Ada Writer", "Ben Scribe"),
        sections=tuple(sections),
        blocks=tuple(blocks),
        marks=tuple(marks),
        references=tuple(references),
    )
    return document, original


def fill(paths: Paths, count: int) -> None:
    """Puts the articles and the notes on them into a data folder."""
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        for number in range(ARTICLES):
            document, original = an_article(number)
            library.add(document, original, {})
            changes = []
            for k in range(count // ARTICLES):
                start = 20 + k * 97 % (len(document.text) - 200)
                annotation = Annotation(
                    str(uuid.UUID(int=number * 1_000_000 + k)),
                    describe(document, Span(start, start + 90)),
                    COLOURS[k % 5],
                    note=f"A note about dose {k}, of the length that notes have." if k % 3 else "",
                    tags=(f"tag{k % 40}",) if k % 4 == 0 else (),
                )
                changes.append(Change(None, annotation))
            notes.apply(*changes)


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder) / "data")
        start = time.perf_counter()
        fill(paths, count)
        print(f"{count:,} notes on {ARTICLES} articles in {time.perf_counter() - start:.0f} s")
        with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
            made = notebook(library, notes.all(), "anna")
        for name, template in [(name, "") for name in FORMATS] + list(STANDARD.items()):
            if name == "pdf" and count > MOST_PAGES:
                print("pdf: its pages are laid out by Qt, in time with the square of their number")
                continue
            one = FORMATS[name]
            target = Path(folder) / f"notes-{name}{one.suffix}"
            start, cpu_start = time.perf_counter(), time.process_time()
            given = export(str(paths.data), "anna", NoteSelection(), name, str(target), template)
            taken, cpu = time.perf_counter() - start, time.process_time() - cpu_start
            # BibTeX and RIS hold sources: each article once, however many notes are on it.
            assert given.count == (ARTICLES if one.is_of_sources else made.count)
            compared = 0.0
            if not template and not one.is_folder:
                raw = target.read_bytes()
                start = time.perf_counter()
                with without_pauses():
                    assert one.holds(raw.decode() if one.is_text else raw, made)
                compared = time.perf_counter() - start
            files = target.iterdir() if one.is_folder else [target]
            size = sum(file.stat().st_size for file in files) / 1e6
            missed = "   MISSED" if one.is_text and taken > TARGET_S else ""
            title = f"{name}, by a template" if template else name
            print(
                f"{title:24} {taken:6.2f} s, processor {cpu:6.2f} s, "
                f"comparing {compared:5.2f} s  {size:6.1f} MB{missed}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
