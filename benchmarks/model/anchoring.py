"""How notes fare when their document changes.

    python -m benchmarks.model.anchoring [FOLDER] [options]

FOLDER holds JSON files: `old` and `new` texts and `anns` with `start` and `end` in the old text,
`spans` in the new text where the words truly went (empty: gone), `surv` the share that is left,
`slot` the gap that they must lie in, if known. In files named `neg_…` the texts have nothing to do
with each other and nothing may be placed.

--hypothesis also measures the way of the Hypothesis client, which takes some minutes.
--wrong prints every wrong placement.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.model.hypothesis_way import hypothesis_way
from reader.model.anchoring.alignment import align
from reader.model.anchoring.anchor import CERTAIN, LIKELY, Placement, anchor
from reader.model.anchoring.selector import describe, text_hash
from reader.model.anchoring.words import places, words
from reader.model.annotation import Annotation, Change
from reader.model.document import Document, with_details
from reader.model.imported_note import FoundNote, FoundSource
from reader.model.span import Span
from reader.note_importers.placing import placed_note
from reader.paths import Paths
from reader.services.reanchoring import place
from reader.store.library import Library
from reader.store.notes import open_notes

FOLDER = Path(__file__).resolve().parents[3] / "shared/corpora/anchoring"
OUTCOMES = ("right", "wrong", "unplaced rightly", "unplaced wrongly", "foreign placed", "foreign")
COLUMNS = (*OUTCOMES[:4], "right of what is placeable", OUTCOMES[4], "time")
# White space and signs at the edges are nobody's loss.
SLACK = 2

Note = dict[str, Any]
Way = Callable[[Document, Document, list[Span]], list[Placement]]


def each(place: Callable[[Document, Document, Span], Placement]) -> Way:
    """A way that knows nothing of the other notes."""
    return lambda old, new, spans: [place(old, new, span) for span in spans]


def with_old_text(old: Document, new: Document, span: Span) -> Placement:
    return anchor(new, describe(old, span), old.text)


def without_old_text(old: Document, new: Document, span: Span) -> Placement:
    return anchor(new, describe(old, span))


def taken_in(context: int) -> Callable[[Document, Document, Span], Placement]:
    """As a note is put in that another program gave out with so many characters of context."""

    def place(old: Document, new: Document, span: Span) -> Placement:
        text = old.text
        prefix = text[max(0, span.start - context) : span.start]
        suffix = text[span.end : span.end + context]
        note = FoundNote("", FoundSource(), span.cut(text), prefix, suffix)
        return _placement(placed_note(new, note, "n"))

    return place


def in_the_product(old: Document, new: Document, spans: list[Span]) -> list[Placement]:
    """As notes in the store go to a new edition in the library."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(Path(folder))
        old, new = (
            with_details(one, {"id": sha256(one.text.encode()).hexdigest(), "doi": "10.1000/1"})
            for one in (old, new)
        )
        with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
            library.add(old, old.text.encode(), {})
            made = [Annotation(f"n{k}", describe(old, span)) for k, span in enumerate(spans)]
            notes.apply(*(Change(None, annotation) for annotation in made))
            library.add(new, new.text.encode(), {})
            if not library.editions.earlier_ids(new.id):
                return [Placement(None, "unplaced")] * len(spans)
            place(library, notes, new.id)
            after = {annotation.id: annotation for annotation in notes.annotations(new.id)}
    return [_placement(after[annotation.id]) for annotation in made]


def _placement(after: Annotation) -> Placement:
    if after.state == "unplaced":
        return Placement(None, "unplaced")
    sure = after.state != "check"
    return Placement(after.target.position, "kept", CERTAIN if sure else LIKELY)


def judged(note: Note, placed: Span | None, foreign: bool) -> str:
    """What became of a note.

    A place is right when it holds the larger part of what is left, or its largest piece, and at
    least half of it is what is left or what came between. A note of which less than half is left
    is unplaced rightly.
    """
    if foreign:
        return "foreign" if placed is None else "foreign placed"
    spans = [Span(*pair) for pair in note["spans"]]
    if placed is None:
        return "unplaced rightly" if not spans or note["surv"] < 0.5 else "unplaced wrongly"
    slot = Span(*note["slot"]) if note["slot"] else None
    if not spans:
        return "right" if slot and len(slot) and slot.covers(placed) else "wrong"
    common = [
        Span(max(one.start, placed.start), min(one.end, placed.end))
        for one in spans
        if one.overlaps(placed)
    ]
    left, held = sum(map(len, spans)), sum(map(len, common))
    largest = max(spans, key=len)
    if not common or (held < left / 2 and held < len(largest) / 2):
        return "wrong"
    low, high = min(s.start for s in common), max(s.end for s in common)
    if slot and slot.overlaps(placed):
        low, high = min(low, slot.start), max(high, slot.end)
    inside = min(high, placed.end) - max(low, placed.start)
    return "right" if inside + SLACK >= len(placed) / 2 else "wrong"


def measured(
    pairs: list[tuple[str, Document, Document, list[Note]]], way: Way, least: float, show: bool
) -> tuple[Counter[str], float]:
    """How often each outcome came, and the seconds it took."""
    outcomes: Counter[str] = Counter()
    seconds = 0.0
    for name, old, new, notes in pairs:
        started = time.perf_counter()
        went = way(old, new, [Span(note["start"], note["end"]) for note in notes])
        seconds += time.perf_counter() - started
        for note, found in zip(notes, went, strict=True):
            placed = found.span if found.score >= least else None
            outcome = judged(note, placed, name.startswith("neg_"))
            outcomes[outcome] += 1
            if show and placed is not None and outcome == "wrong":
                print(f"  {name} {note['start']}–{note['end']} score {found.score:.2f}")
                print(f"    {old.text[note['start'] : note['end']][:90]!r}")
                print(f"    {placed.cut(new.text)[:90]!r}")
    return outcomes, seconds


def report(name: str, outcomes: Counter[str], seconds: float) -> None:
    """Prints a row of the table."""
    own = sum(n for outcome, n in outcomes.items() if not outcome.startswith("foreign"))
    share = {outcome: 100 * outcomes[outcome] / max(1, own) for outcome in OUTCOMES}
    placeable = outcomes["right"] + outcomes["wrong"] + outcomes["unplaced wrongly"]
    of_placeable = 100 * outcomes["right"] / max(1, placeable)
    print(
        f"| {name} | {share['right']:.1f} | {share['wrong']:.2f} ({outcomes['wrong']}) "
        f"| {share['unplaced rightly']:.1f} | {share['unplaced wrongly']:.1f} "
        f"| {of_placeable:.1f} | {outcomes['foreign placed']} | {seconds:.1f} s |",
        flush=True,
    )


def read(folder: Path) -> Iterator[tuple[str, Document, Document, list[Note]]]:
    for path in sorted(folder.glob("*.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        old, new = Document("old", "", pair["old"]), Document("new", "", pair["new"])
        yield path.name, old, new, pair["anns"]


def forget() -> None:
    """Empties what is remembered between notes, as when Offprint has just started."""
    for remembered in (words, places, align, text_hash):
        remembered.cache_clear()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    options.add_argument("--hypothesis", action="store_true")
    options.add_argument("--wrong", action="store_true")
    chosen = options.parse_args()
    pairs = list(read(chosen.folder))
    foreign = sum(len(notes) for name, *_, notes in pairs if name.startswith("neg_"))
    total = sum(len(notes) for *_, notes in pairs)
    own = total - foreign
    print(f"{own:,} notes on {len(pairs)} pairs, {foreign} of other documents; percent\n")
    ways: list[tuple[str, Way]] = [
        ("old text", each(with_old_text)),
        ("in the product", in_the_product),
        ("no old text", each(without_old_text)),
        ("taken in, 32 beside", each(taken_in(32))),
        ("taken in, words alone", each(taken_in(0))),
    ]
    print(f"| way | {' | '.join(COLUMNS)} |\n{'|---' * (len(COLUMNS) + 1)}|")
    for name, way in ways:
        for least in (LIKELY, CERTAIN):
            forget()
            title = f"{name}, score ≥ {least:.1f}"
            report(title, *measured(pairs, way, least, chosen.wrong and least == LIKELY))
    if chosen.hypothesis:
        report("Hypothesis", *measured(pairs, each(hypothesis_way), 0.0, False))
    print()
    for pair in pairs:
        report(pair[0], *measured([pair], ways[0][1], LIKELY, False))
        if chosen.hypothesis:
            report("… Hypothesis", *measured([pair], each(hypothesis_way), 0.0, False))
    _, old, new, notes = max(pairs, key=lambda pair: len(pair[1].text) * (pair[0][:3] != "neg"))
    thousand = [Span(note["start"], note["end"]) for note in (notes * 4)[:1000]]
    targets = [describe(old, span) for span in thousand]
    forget()
    started = time.perf_counter()
    for target in targets:
        anchor(new, target, old.text)
    taken = time.perf_counter() - started
    print(f"\n{len(targets)} notes on {len(old.text):,} characters: {taken:.2f} s (target 2)")


if __name__ == "__main__":
    main()
