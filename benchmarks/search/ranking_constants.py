"""What the order of answers owes to each constant.

    python -m benchmarks.search.ranking_constants [FOLDER]

Each constant of ranking and of related words is moved by 30 % up and down, alone, and the change of
nDCG@10 and recall@100 printed for each collection. Then the queries of each are dealt into five
parts, and the best setting for four of them is tried on the fifth: what tuning would have promised,
and what it would have kept.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from types import ModuleType

from benchmarks.search.ranking import FOLDER, Collection, cran, judged, med, ours
from reader.search import feedback as related
from reader.search import index_view, ranking
from reader.search import leniency as answering
from reader.search import synonyms as expanding

FOLDS = 5
CONSTANTS: tuple[tuple[str, ModuleType, str], ...] = (
    ("k1", index_view, "K1"),
    ("b", index_view, "B"),
    ("weight of titles", ranking, "TITLE_WEIGHT"),
    ("weight of short forms", expanding, "WEIGHT"),
    ("documents to learn from", related, "DOCUMENTS"),
    ("related words", related, "TERMS"),
    ("part of the query itself", related, "OWN"),
    ("words that make a sentence", answering, "SENTENCE"),
)
Runs = dict[str, list[list[str]]]


def runs(one: Collection, folder: Path) -> Runs:
    """The answers with each setting, by its name."""
    found = {"as it is": ours(one, folder, related=True)}
    for name, room, constant in CONSTANTS:
        usual = getattr(room, constant)
        for sign, factor in (("-", 0.7), ("+", 1.3)):
            value = usual * factor
            setattr(room, constant, round(value) if isinstance(usual, int) else value)
            found[f"{name} {sign}30 %"] = ours(one, folder, related=True)
        setattr(room, constant, usual)
    return found


def fold(one: Collection, found: Runs) -> tuple[float, float]:
    """nDCG@10 of the settings that were best elsewhere, and of the one that we have."""
    gains = {
        setting: [
            judged(_only(one, [name]), [ranked])[0]
            for name, ranked in zip(one.asked, ranks, strict=True)
        ]
        for setting, ranks in found.items()
    }
    chosen = []
    for part in range(FOLDS):
        inside = [n % FOLDS == part for n in range(len(one.asked))]
        best = max(
            gains, key=lambda s: sum(g for g, i in zip(gains[s], inside, strict=True) if not i)
        )
        chosen += [g for g, i in zip(gains[best], inside, strict=True) if i]
    return statistics.mean(chosen), statistics.mean(gains["as it is"])


def _only(one: Collection, names: list[str]) -> Collection:
    return Collection(one.name, one.documents, {n: one.queries[n] for n in names}, one.relevant)


def main() -> None:
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    collections = [med(place / "med"), cran(place / "cran")]
    with tempfile.TemporaryDirectory() as temporary:
        tried = []
        for one in collections:
            folder = Path(temporary) / one.name
            folder.mkdir()
            tried.append(runs(one, folder))
    print(f"| | {' | '.join(f'{one.name} nDCG@10 | recall@100' for one in collections)} |")
    usual = [judged(one, found["as it is"]) for one, found in zip(collections, tried, strict=True)]
    for setting in tried[0]:
        cells = []
        for one, found, (gain, recall) in zip(collections, tried, usual, strict=True):
            now = judged(one, found[setting])
            cells += (
                [f"{now[0]:.3f}", f"{now[1]:.3f}"]
                if setting == "as it is"
                else [f"{now[0] - gain:+.3f}", f"{now[1] - recall:+.3f}"]
            )
        print(f"| {setting} | {' | '.join(cells)} |")
    for one, found in zip(collections, tried, strict=True):
        kept, ours_now = fold(one, found)
        print(
            f"{one.name}: best of four fifths, tried on the fifth {kept:.3f}; ours {ours_now:.3f}"
        )


if __name__ == "__main__":
    main()
