"""How notes fare when their document changes: python -m benchmarks.anchoring [FOLDER] [options].

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
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.hypothesis_way import hypothesis_way
from reader.model.alignment import align
from reader.model.anchoring import CERTAIN, LIKELY, Placement, anchor
from reader.model.describing import describe, text_hash
from reader.model.document import Document
from reader.model.normal import words
from reader.model.span import Span

FOLDER = Path(__file__).resolve().parents[2] / "shared/corpora/anchoring"
OUTCOMES = ("right", "wrong", "unplaced rightly", "unplaced wrongly", "foreign placed", "foreign")
COLUMNS = (*OUTCOMES[:4], "right of what is placeable", OUTCOMES[4], "time")
# White space and signs at the edges are nobody's loss.
SLACK = 2

Note = dict[str, Any]
Way = Callable[[Document, Document, Span], Placement]


def with_old_text(old: Document, new: Document, span: Span) -> Placement:
    return anchor(new, describe(old, span), old.text)


def without_old_text(old: Document, new: Document, span: Span) -> Placement:
    return anchor(new, describe(old, span))


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
        places = [way(old, new, Span(note["start"], note["end"])) for note in notes]
        seconds += time.perf_counter() - started
        for note, place in zip(notes, places, strict=True):
            placed = place.span if place.score >= least else None
            outcome = judged(note, placed, name.startswith("neg_"))
            outcomes[outcome] += 1
            if show and placed is not None and outcome == "wrong":
                print(f"  {name} {note['start']}–{note['end']} score {place.score:.2f}")
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
    for remembered in (words, align, text_hash):
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
    print(f"| way | {' | '.join(COLUMNS)} |\n{'|---' * (len(COLUMNS) + 1)}|")
    for name, way in (("old text", with_old_text), ("no old text", without_old_text)):
        for least in (LIKELY, CERTAIN):
            forget()
            title = f"{name}, score ≥ {least:.1f}"
            report(title, *measured(pairs, way, least, chosen.wrong and least == LIKELY))
    if chosen.hypothesis:
        report("Hypothesis", *measured(pairs, hypothesis_way, 0.0, False))
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
