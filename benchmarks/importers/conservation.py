"""Whether anything that files show a person is lost when they are read: the law of conservation.

    python -m benchmarks.importers.conservation [--format F]... [--folder FOLDER]... [--files N]
                                      [--generated N [--first N]] [--show] [--left-out-sample N]

What a file shows is counted by `tests/conservation`, which shares nothing with the importers, and
compared with the document. Every file of the folders (../shared/corpora and ../shared/cases by
default) that an importer takes is read, and N generated files a format. A file is broken if one
word of it is lost, out of order, or no longer as it stood; a generated one also if its content is
left out.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reader.importers.registry import importer_for, importer_name
from reader.importers.result import HEAD_BYTES, ImportResult
from reader.model.left_out import LeftOut
from reader.problem import Problem
from tests.conservation.counters import FORMATS, counter_for
from tests.conservation.law import broken
from tests.conservation.makers import content_left_out, generated_file

SHARED = Path(__file__).resolve().parents[3] / "shared"
_NO_FILES_TO_READ = ("expected.txt", "expected.html", "README.md", ".tsv", ".json", ".jsonl")
_MOST_SHOWN = 30


@dataclass
class Tally:
    """What was seen of the files of one format."""

    files: int = 0
    refused: int = 0
    crashed: int = 0
    words: int = 0
    seconds: float = 0.0
    broken: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    left_out: list[tuple[str, LeftOut]] = field(default_factory=list)

    def line(self, format_name: str) -> str:
        reasons = ", ".join(f"{name} {count:,}" for name, count in self.reasons.most_common())
        return (
            f"| {format_name} | {self.files:,} | {self.refused} | {self.crashed} "
            f"| {self.words:,} | {reasons or '–'} | {self.broken} |"
        )


def files_in(folders: list[Path]) -> Iterator[Path]:
    """All files that may be documents, in an order that is always the same."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith(_NO_FILES_TO_READ):
                yield path


def format_of(path: Path) -> str:
    """The format as the registry says; "" when no importer takes the file."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    try:
        return importer_name(path, head)
    except Problem:
        return ""


def judge(path: Path, format_name: str, tally: Tally, ours: bool) -> list[str]:
    """Reads and counts one file; gives back what is broken.

    Of files that we wrote it is known what is content: none of it may be left out.
    """
    begin = time.process_time()
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    tally.files += 1
    try:
        reading: ImportResult = importer_for(path, head)(path)
    except Problem:
        tally.refused += 1
        return []
    except Exception as error:  # noqa: BLE001  # whatever ends an importer is counted
        tally.crashed += 1
        return [f"crashed: {error!r}"]
    finally:
        tally.seconds += time.process_time() - begin
    try:
        counted = counter_for(format_name)(path)
    except Exception as error:  # noqa: BLE001  # a damaged file that the importer could read
        return [f"not counted: {error!r}"]
    document = reading.document
    tally.words += sum(len(container.text.split()) for container in counted)
    for one in document.left_out:
        tally.reasons[one.reason] += len(one.words.split())
        tally.left_out.append((path.name, one))
    return broken(counted, document) + (content_left_out(document) if ours else [])


def show(path: Path, losses: list[str]) -> None:
    print(f"\n{path} ({len(losses)})")
    for loss in losses[:_MOST_SHOWN]:
        print(f"  {loss}".encode(errors="replace").decode())


def take(path: Path, format_name: str, tally: Tally, *, shown: bool, ours: bool = False) -> None:
    losses = judge(path, format_name, tally, ours)
    if losses:
        tally.broken += 1
        tally.kinds.update({loss.partition(":")[0] for loss in losses})
        if shown:
            show(path, losses)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--format", action="append", choices=FORMATS, dest="formats")
    parser.add_argument("--folder", action="append", type=Path, dest="folders")
    parser.add_argument("--files", type=int, help="so many of each format, drawn at random")
    parser.add_argument("--generated", type=int, default=0, help="so many files a format")
    parser.add_argument("--first", type=int, default=0, help="the number of the first of them")
    parser.add_argument("--left-out-sample", type=int, default=0)
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    formats = chosen.formats or FORMATS
    by_format: dict[str, list[Path]] = {name: [] for name in formats}
    for path in files_in(chosen.folders or [SHARED / "corpora", SHARED / "cases"]):
        name = format_of(path)
        if name in by_format:
            by_format[name].append(path)
    drawn = random.Random(0)
    tallies = {name: Tally() for name in formats}
    for name, paths in by_format.items():
        some = chosen.files is not None and chosen.files < len(paths)
        for path in sorted(drawn.sample(paths, chosen.files)) if some else paths:
            take(path, name, tallies[name], shown=chosen.show)
        if chosen.generated:
            generate(
                name,
                range(chosen.first, chosen.first + chosen.generated),
                tallies[name],
                chosen.show,
            )
    print("\n| format | files | refused | crashed | words | left out, in words | broken |")
    print("|---|---|---|---|---|---|---|")
    for name, tally in tallies.items():
        print(tally.line(name))
    for name, tally in tallies.items():
        if tally.kinds:
            print(f"{name}: " + ", ".join(f"{k} in {n}" for k, n in tally.kinds.most_common()))
    if chosen.left_out_sample:
        entries = [entry for tally in tallies.values() for entry in tally.left_out]
        print("\nLeft out, drawn at random:")
        for source, one in drawn.sample(entries, min(chosen.left_out_sample, len(entries))):
            print(f"  {source}: {one.reason}: {one.words[:160]!r}")


def generate(format_name: str, numbers: range, tally: Tally, shown: bool) -> None:
    """Reads files that `tests/conservation/makers` writes; those that break are kept to look at."""
    kept = Path(tempfile.mkdtemp(prefix=f"conservation-{format_name}-"))
    for number in numbers:
        path = generated_file(format_name, number, kept)
        before = tally.broken
        take(path, format_name, tally, shown=shown, ours=True)
        if tally.broken == before:
            path.unlink()


if __name__ == "__main__":
    main()
