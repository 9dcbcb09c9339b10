"""Which documents become one, and which are asked about.

    python -m benchmarks.store.editions [FOLDER]

FOLDER holds the corpora. Version pairs of the anchoring corpus are taken in one after the other
under one name and title; so are leaflets of our own, pairs that differ in drug, strength or
population and pairs that are two editions of one; and the documents of the other corpora are taken
into one library, all of them different. Nobody answers anything.

--each N takes N documents of each folder; --pairs prints what was wrongly asked about, or not.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from benchmarks.model.anchoring import read as read_pairs
from reader.importers.registry import importer_for
from reader.importers.result import HEAD_BYTES, read_bytes
from reader.model.document import Document
from reader.paths import Paths
from reader.problem import Problem
from reader.store.library import Library

FOLDER = Path(__file__).resolve().parents[3] / "shared/corpora"
COLUMNS = ("merged", "hidden", "asked", "kept apart", "known", "not read")
FOLDERS = ("html", "jats", "epub", "docx", "mhtml", "markdown", "pdf")
SUFFIXES = {".html", ".xml", ".epub", ".docx", ".mhtml", ".txt", ".md", ".pdf"}
DRUGS = (
    "Amoravine Belotrin Cefundol Doravast Elimetrin Farnopril Gelotide Halopram Ibrodine Jantamol"
    " Kelosartan Lomivir Mendazole Norivane Oltacaine Pelidronate Quemazine Ralistat Sumetolol"
    " Tavorelin"
).split()
DOSES = "2.5 mg|5 mg|10 mg|20 mg|50 mg|100 mg|250 mg|1 g".split("|")
GROUPS = ("adults", "children", "neonates", "adolescents", "women", "elderly people")
# A leaflet of our own; {drug}, {dose} and {group} are what is told apart.
LEAFLET = """{title}

What is in this leaflet
1. What {drug} is and what it is used for
2. What you need to know before you take {drug}
3. How to take {drug}
4. Possible side effects
5. How to store {drug}

1. What {drug} is and what it is used for
{drug} contains one active substance and belongs to a group of medicines for small vessels. \
It is used in {group} when other measures have not been enough. Talk to a doctor if you do \
not feel better or if you feel worse after a week of treatment.

2. What you need to know before you take {drug}
Do not take {drug} if you are allergic to the active substance or to any of the other ingredients \
of this medicine. Talk to your doctor or pharmacist before taking {drug} if your kidneys do not \
work well, if you are about to have an operation, or if you have ever fainted without a reason. \
Taking {drug} with food and drink is possible; swallow the tablets whole with a glass of water.

3. How to take {drug}
Always take this medicine exactly as your doctor has told you. The recommended dose for {group} is \
one tablet of {dose} in the morning. If you have taken more than you should, tell your doctor at \
once and take the pack with you. If you forget a dose, take it as soon as you remember.

4. Possible side effects
Like all medicines, {drug} can cause side effects, although not everybody gets them. Common ones \
are a dry mouth, tiredness and a headache that goes away by itself. Rarely a rash was seen.

5. How to store {drug}
Keep this medicine out of the sight and reach of children. Do not use it after the date that is \
printed on the pack. Each tablet contains {dose} of the active substance. Medicines should not be \
thrown away with household waste. Ask your pharmacist what to do with what you no longer need.
"""


def leaflet(title: str, drug: str, dose: str, group: str) -> Document:
    text = LEAFLET.format(title=title, drug=drug, dose=dose, group=group)
    return document(text, title, "leaflet.html")


def document(text: str, title: str, source: str) -> Document:
    return Document(sha256(text.encode()).hexdigest(), title, text, source=source)


def other_leaflets(count: int) -> Iterator[tuple[str, Document, Document]]:
    """Pairs under one name and title that differ in drug, in strength, or in population."""
    chance = random.Random(1)
    for number in range(count):
        drug, other_drug = chance.sample(DRUGS, 2)
        dose, other_dose = chance.sample(DOSES, 2)
        group, other_group = chance.sample(GROUPS, 2)
        kind = ("drug", "strength", "population")[number % 3]
        title = ("Package leaflet: Information for the user", drug)[kind != "drug"]
        one = leaflet(title, drug, dose, group)
        changed = {
            "drug": (other_drug, dose, group),
            "strength": (drug, other_dose, group),
            "population": (drug, dose, other_group),
        }[kind]
        other = leaflet(title, *changed)
        if kind == "population":
            # As such leaflets say it: right under the title.
            one, other = (
                document(each.text.replace("\n", f"\nFor {who}\n", 1), title, each.source)
                for each, who in ((one, group), (other, other_group))
            )
        yield kind, one, other


def later_leaflets(count: int) -> Iterator[tuple[str, Document, Document]]:
    """Pairs that are two editions of one: sentences came, went and were written anew."""
    chance = random.Random(2)
    for _ in range(count):
        title = "Package leaflet: Information for the user"
        one = leaflet(title, chance.choice(DRUGS), chance.choice(DOSES), chance.choice(GROUPS))
        sentences = one.text.split(". ")
        for _ in range(4):
            at = chance.randrange(len(sentences))
            sentences[at : at + 1] = chance.choice(
                (
                    [],
                    [sentences[at], "This was not known before"],
                    ["What stood here is another now"],
                )
            )
        yield "edition", one, document(". ".join(sentences), title, one.source)


def revisions(folder: Path) -> Iterator[tuple[str, Document, Document]]:
    """The pairs of the anchoring corpus; in `neg_` files the two have nothing to do with each
    other."""
    for name, old, new, _ in read_pairs(folder / "anchoring"):
        kind = "another document" if name.startswith("neg_") else "revision"
        one, other = (document(each.text, "A title", "text.md") for each in (old, new))
        yield kind, one, other


def outcome(one: Document, other: Document) -> str:
    """What becomes of two documents that are taken in one after the other."""
    with tempfile.TemporaryDirectory() as name, closing(Library(Paths(Path(name)))) as library:
        library.add(one, one.text.encode(), {})
        merged = library.add(other, other.text.encode(), {}) == "updated"
        return told(library, {one.id, other.id}, other.id, merged)


def told(library: Library, ids: set[str], document_id: str, merged: bool) -> str:
    listed = {entry.id for entry in library.catalog.entries()}
    if merged:
        return "merged"
    if not ids <= listed or ids - set(library.catalog.unindexed()):
        return "hidden"
    return "asked" if library.offers.open(document_id) else "kept apart"


def different(folder: Path, each: int, show: bool) -> Counter[str]:
    """What becomes of the documents of the corpora in one library."""
    outcomes: Counter[str] = Counter()
    paths = [
        path
        for name in FOLDERS
        for path in sorted(p for p in (folder / name).rglob("*") if wanted(p))[:each]
    ]
    with tempfile.TemporaryDirectory() as name, closing(Library(Paths(Path(name)))) as library:
        ids: set[str] = set()
        for path in paths:
            try:
                reading = importer_for(path, read_bytes(path)[:HEAD_BYTES])(path)
                status = library.add(reading.document, path, reading.assets)
            except Problem:
                outcomes["not read"] += 1
                continue
            if status == "known":
                outcomes["known"] += 1
                continue
            ids.add(reading.document.id)
            became = told(library, ids, reading.document.id, status == "updated")
            outcomes[became] += 1
            if show and became != "kept apart":
                print(f"  {became}: {path.relative_to(folder)}")
    return outcomes


def wanted(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.name != "expected.html"


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    options.add_argument("--each", type=int, default=10_000)
    options.add_argument("--pairs", action="store_true")
    chosen = options.parse_args()
    rows: dict[str, Counter[str]] = {}
    started = time.perf_counter()
    for pairs in (revisions(chosen.folder), later_leaflets(60), other_leaflets(60)):
        for kind, one, other in pairs:
            became = outcome(one, other)
            rows.setdefault(kind, Counter())[became] += 1
            same = kind in ("revision", "edition")
            if chosen.pairs and same != (became == "asked"):
                print(f"  {kind}, {became}: {one.text[:60]!r}")
    rows["documents of the corpora"] = different(chosen.folder, chosen.each, chosen.pairs)
    print(f"| what | {' | '.join(COLUMNS)} |\n{'|---' * (len(COLUMNS) + 1)}|")
    for kind, outcomes in rows.items():
        print(f"| {kind} | {' | '.join(str(outcomes[name]) for name in COLUMNS)} |")
    print(f"\n{time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
