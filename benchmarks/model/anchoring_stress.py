"""Notes where texts repeat themselves.

    python -m benchmarks.model.anchoring_stress [FOLDER] [options]

FOLDER holds the pairs of benchmarks/model/anchoring.py, of which the earlier texts are taken.
Tables, lists of references, boilerplate and twins of sentences are put into them, and then edited
as editors do it: so we know where each character went. Half of the notes stand where the edit was.

--wrong prints every wrong placement, --kind K does one kind of edit only, --seed N takes others.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter
from pathlib import Path

from benchmarks.model.anchoring import (
    FOLDER,
    OUTCOMES,
    Note,
    Way,
    each,
    judged,
    read,
    with_old_text,
    without_old_text,
)
from benchmarks.model.hypothesis_way import hypothesis_way
from benchmarks.model.stress_edits import KINDS, Edit
from reader.model.anchoring.anchor import LIKELY
from reader.model.document import Document
from reader.model.span import Span

# So many characters of each text, notes of each pair, and pairs of each kind and text.
LENGTH, NOTES, PAIRS = 40_000, 60, 2


def texts(edit: Edit) -> tuple[str, str, list[int]]:
    """Both texts, and for each character of the earlier one its place in the later, or -1."""
    starts = [0]
    for line in edit.old:
        starts.append(starts[-1] + len(line) + 1)
    old = "".join(line + "\n" for line in edit.old)
    went = [-1] * len(old)
    new, at = [], 0
    for later in edit.new:
        for text, number, column in later:
            if number >= 0:
                begin = starts[number] + column
                went[begin : begin + len(text)] = range(at, at + len(text))
            new.append(text)
            at += len(text)
        if later[-1][1] >= 0:
            went[starts[later[-1][1] + 1] - 1] = at
        new.append("\n")
        at += 1
    return old, "".join(new), went


def note_at(old: str, went: list[int], span: Span) -> Note:
    """A note with what we know of it, in the form of the corpora."""
    spans: list[list[int]] = []
    for place in went[span.start : span.end]:
        if place >= 0 and spans and spans[-1][1] == place:
            spans[-1][1] += 1
        elif place >= 0:
            spans.append([place, place + 1])
    left = sum(end - start for start, end in spans) / len(span)
    low = next((went[k] + 1 for k in range(span.start - 1, -1, -1) if went[k] >= 0), 0)
    high = next((went[k] for k in range(span.end, len(old)) if went[k] >= 0), 0)
    slot = [low, high] if low <= high <= low + 2 * len(span) + 40 else None
    return {"start": span.start, "end": span.end, "spans": spans, "surv": left, "slot": slot}


def notes_on(edit: Edit, old: str, went: list[int], chance: random.Random) -> list[Note]:
    """Words, numbers, phrases, lines and pairs of lines: half of them where the edit was."""
    starts = [0]
    for line in edit.old:
        starts.append(starts[-1] + len(line) + 1)
    found: list[Note] = []
    while len(found) < NOTES:
        among = edit.edited if len(found) % 2 and edit.edited else range(len(edit.old))
        number = chance.choice(among)
        line, start = edit.old[number], starts[number]
        words = list(re.finditer(r"\w+", line))
        if not words:
            continue
        first = chance.randrange(len(words))
        last = min(len(words) - 1, first + chance.choice((0, 0, 2, 5, 9)))
        span = Span(start + words[first].start(), start + words[last].end())
        if chance.random() < 0.25:
            span = Span(start, start + len(line))
        elif chance.random() < 0.1 and number + 1 < len(edit.old):
            span = Span(start + words[first].start(), starts[number + 2] - 1)
        if len(span) > 2:
            found.append(note_at(old, went, span))
    return found


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    options.add_argument("--hypothesis", action="store_true")
    options.add_argument("--wrong", action="store_true")
    options.add_argument("--kind", default="")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    ways: list[tuple[str, Way]] = [
        ("old text", each(with_old_text)),
        ("no old text", each(without_old_text)),
    ]
    if chosen.hypothesis:
        ways.append(("Hypothesis", each(hypothesis_way)))
    sources = {old.text[:LENGTH]: name for name, old, _, _ in read(chosen.folder)}
    print(f"| edit | way | {' | '.join(OUTCOMES[:4])} | right of what is placeable |")
    print("|---" * 7 + "|")
    sums: dict[str, Counter[str]] = {name: Counter() for name, _ in ways}
    spent = dict.fromkeys(sums, 0.0)
    for kind in KINDS:
        if chosen.kind not in kind.__name__:
            continue
        outcomes: dict[str, Counter[str]] = {name: Counter() for name, _ in ways}
        for text, source in sources.items():
            lines = [line for line in text.split("\n") if line.strip()]
            for number in range(PAIRS):
                chance = random.Random(f"{kind.__name__} {source} {number} {chosen.seed}")
                edit = kind(list(lines), chance)
                earlier, later, went = texts(edit)
                notes = notes_on(edit, earlier, went, chance)
                old, new = Document("old", "", earlier), Document("new", "", later)
                for name, way in ways:
                    started = time.perf_counter()
                    places = way(old, new, [Span(note["start"], note["end"]) for note in notes])
                    spent[name] += time.perf_counter() - started
                    for note, place in zip(notes, places, strict=True):
                        placed = place.span if place.score >= LIKELY else None
                        outcome = judged(note, placed, False)
                        outcomes[name][outcome] += 1
                        if chosen.wrong and placed is not None and outcome == "wrong":
                            span = Span(note["start"], note["end"])
                            print(f"  {name}, {source} {number} {span} score {place.score:.2f}")
                            print(f"    {span.cut(earlier)[:90]!r} {note['surv']:.2f}")
                            print(f"    {placed.cut(later)[:90]!r}")
        for name, counts in outcomes.items():
            report(kind.__name__.replace("_", " "), name, counts)
            sums[name] += counts
    for name, counts in sums.items():
        report("all", f"{name}, {spent[name]:.0f} s", counts)


def report(edit: str, way: str, counts: Counter[str]) -> None:
    """Prints a row of the table."""
    share = {outcome: 100 * counts[outcome] / counts.total() for outcome in OUTCOMES}
    placeable = counts["right"] + counts["wrong"] + counts["unplaced wrongly"]
    print(
        f"| {edit} | {way} | {share['right']:.1f} | {share['wrong']:.2f} ({counts['wrong']}) "
        f"| {share['unplaced rightly']:.1f} | {share['unplaced wrongly']:.1f} "
        f"| {100 * counts['right'] / max(1, placeable):.1f} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
