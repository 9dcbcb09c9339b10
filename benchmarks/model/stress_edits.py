"""What editors do to texts that repeat themselves, with where each character went.

A kind of edit takes the lines of a text and a chance, and gives an Edit: some put a table, a list
or boilerplate into the earlier text first.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

# A line of the later text: pieces, each with the line and the column of the earlier text that it
# was taken from, or no line for what is new.
Piece = tuple[str, int, int]
Line = list[Piece]


@dataclass(frozen=True)
class Edit:
    """The earlier lines, the later ones, and the numbers of the earlier ones that were edited."""

    old: list[str]
    new: list[Line]
    edited: list[int]


DRUGS = (
    "Amoxicillin Doxycycline Cefalexin Metformin Ramipril Bisoprolol Furosemide Apixaban Digoxin "
    "Atorvastatin Prednisone Omeprazole Levothyroxine Sertraline Amlodipine Gabapentin"
).split()
FORMS = ("tablet", "capsule", "solution")
FREQUENCIES = ("once daily", "twice daily", "3 times daily")
NAMES = "Ito Meyer Novak Silva Okafor Larsen Dubois Rossi Kowalski Haddad Chen Murphy".split()
INDICATIONS = (
    "Chronic heart failure",
    "Atrial fibrillation",
    "Chest infection",
    "Type 2 diabetes",
    "Pain at night",
    "Depression",
)
BOILERPLATE = (
    "Strength of recommendation: strong. Quality of evidence: moderate.",
    "The panel was unanimous. No member had a conflict of interest to declare.",
    "See the full guideline for the search strategy and the tables of evidence.",
)


def row(chance: random.Random) -> str:
    dose = chance.choice((5, 10, 20, 25, 50, 100, 250, 500))
    cells = (chance.choice(DRUGS), f"{dose} mg", chance.choice(FORMS), chance.choice(FREQUENCIES))
    return f"|{'|'.join(cells)}|{chance.choice(INDICATIONS)}|"


def reference(chance: random.Random, number: int) -> str:
    names = ", ".join(f"{name} {chance.choice('ABCDEJKMR')}" for name in chance.sample(NAMES, 3))
    pages = chance.randrange(10, 900)
    title = f"{chance.choice(DRUGS)} and {chance.choice(DRUGS).lower()} in chronic disease"
    year = chance.randrange(2009, 2019)
    return (
        f"{number}. {names}, et al. {title}. J Clin Res. {year};{year - 1999}:{pages}-{pages + 9}."
    )


def kept(old: list[str]) -> list[Line]:
    return [[(line, number, 0)] for number, line in enumerate(old)]


def new_line(text: str) -> Line:
    return [(text, -1, 0)]


def replaced(line: str, number: int, found: re.Match[str], by: str) -> Line:
    """A line with what was found in it replaced by something new."""
    return [
        (line[: found.start()], number, 0),
        (by, -1, 0),
        (line[found.end() :], number, found.end()),
    ]


def prose(old: list[str], chance: random.Random, count: int) -> list[int]:
    long = [number for number, line in enumerate(old) if len(line) > 80 and "|" not in line]
    return sorted(chance.sample(long, min(count, len(long))))


def with_table(lines: list[str], chance: random.Random, rows: int = 24) -> tuple[list[str], range]:
    at = chance.randrange(1, len(lines))
    reviewed = "None|2017-05-26|" if chance.random() < 0.3 else ""
    table = [row(chance) + reviewed for _ in range(rows)]
    return [*lines[:at], *table, *lines[at:]], range(at, at + rows)


def rows_moved(lines: list[str], chance: random.Random) -> Edit:
    old, table = with_table(lines, chance)
    new, order = kept(old), list(table)
    for _ in range(3):
        order.insert(chance.randrange(len(order)), order.pop(chance.randrange(len(order))))
    new[table.start : table.stop] = [new[number] for number in order]
    return Edit(old, new, list(table))


def rows_deleted(lines: list[str], chance: random.Random) -> Edit:
    old, table = with_table(lines, chance)
    new, gone = kept(old), chance.sample(table, 5)
    return Edit(old, [line for k, line in enumerate(new) if k not in gone], list(table))


def rows_added(lines: list[str], chance: random.Random) -> Edit:
    old, table = with_table(lines, chance)
    new = kept(old)
    for at in sorted(chance.sample(table, 5), reverse=True):
        new.insert(at, new_line(row(chance)))
    return Edit(old, new, list(table))


def rows_twinned(lines: list[str], chance: random.Random) -> Edit:
    old, table = with_table(lines, chance)
    new = kept(old)
    for at in sorted(chance.sample(table, 6), reverse=True):
        twin = re.sub(r"\d", lambda _: str(chance.randrange(1, 10)), old[at], count=1)
        new.insert(at + chance.randrange(2), new_line(twin))
    return Edit(old, new, list(table))


def rows_replaced(lines: list[str], chance: random.Random) -> Edit:
    old, table = with_table(lines, chance)
    new = kept(old)
    for at in chance.sample(table, 8):
        others = [line for line in (row(chance) for _ in range(99)) if line[:4] != old[at][:4]]
        new[at] = new_line(others[0])
    return Edit(old, new, list(table))


def table_twinned(lines: list[str], chance: random.Random) -> Edit:
    """A second table, much like the first, comes before it."""
    old, table = with_table(lines, chance)
    new = kept(old)
    twin = [old[k] if chance.random() < 0.8 else row(chance) for k in table]
    heading = new_line("Version 2")
    new[table.start : table.start] = [*map(new_line, twin), heading]
    return Edit(old, new, list(table))


def numbers_changed(lines: list[str], chance: random.Random) -> Edit:
    new, edited = kept(lines), []
    for number, line in enumerate(lines):
        found = list(re.finditer(r"\d+(\.\d+)?", line))
        if found and chance.random() < 0.5:
            new[number] = replaced(line, number, chance.choice(found), str(chance.randrange(900)))
            edited.append(number)
    return Edit(lines, new, edited)


def negated(lines: list[str], chance: random.Random) -> Edit:
    new, edited = kept(lines), []
    for number, line in enumerate(lines):
        found = list(re.finditer(r"(?<= (is|as|re|an|ld)) (?=\w)", line))
        if found and chance.random() < 0.4:
            new[number] = replaced(line, number, chance.choice(found), " not ")
            edited.append(number)
    return Edit(lines, new, edited)


def twin_added(lines: list[str], chance: random.Random) -> Edit:
    """A copy of a paragraph, the same or with a word put in, comes to stand elsewhere."""
    new, edited = kept(lines), prose(lines, chance, 12)
    for number in edited:
        twin = lines[number]
        if chance.random() < 0.5:
            twin = twin.replace(" the ", " the same ", 1)
        near = chance.choice((number, number + 1, chance.randrange(len(new))))
        new.insert(near, new_line(twin))
    return Edit(lines, new, edited)


def twin_deleted(lines: list[str], chance: random.Random) -> Edit:
    """Of two paragraphs that are the same, or nearly so, one is taken out."""
    old, twins = list(lines), []
    for number in prose(lines, chance, 12):
        twin = lines[number]
        twins.append(twin)
        if chance.random() < 0.5:
            twin = twin.replace(" the ", " the same ", 1)
            twins.append(twin)
        at = chance.randrange(len(old))
        old.insert(chance.choice((at, old.index(lines[number]))), twin)
    gone, edited = set(), [k for k, line in enumerate(old) if line in twins]
    for one, two in zip(edited[::2], edited[1::2], strict=False):
        gone.add(chance.choice((one, two)))
    return Edit(old, [line for k, line in enumerate(kept(old)) if k not in gone], edited)


def references_renumbered(lines: list[str], chance: random.Random) -> Edit:
    count = 40
    at = len(lines)
    old = [*lines, *(reference(chance, number + 1) for number in range(count))]
    new, number = kept(old)[:at], 0
    for k in range(at, at + count):
        chosen = chance.random()
        if chosen < 0.1:
            continue
        number += 1
        if chosen < 0.25:
            new.append(new_line(reference(chance, number)))
            number += 1
        found = re.match(r"\d+", old[k])
        assert found is not None
        new.append(replaced(old[k], k, found, str(number)))
    return Edit(old, new, list(range(at, at + count)))


def paragraphs_moved(lines: list[str], chance: random.Random) -> Edit:
    new, edited = kept(lines), prose(lines, chance, 10)
    for number in edited:
        line = next(line for line in new if line[0][1] == number)
        new.remove(line)
        new.insert(chance.randrange(len(new)), line)
    return Edit(lines, new, edited)


def boilerplate(lines: list[str], chance: random.Random) -> Edit:
    """The same lines end each section; sections come and go."""
    old: list[str] = []
    sections: list[range] = []
    for start in range(0, len(lines), 6):
        begin = len(old)
        old += [*lines[start : start + 6], *BOILERPLATE]
        sections.append(range(begin, len(old)))
    new: list[Line] = []
    lines_kept = kept(old)
    for section in sections:
        chosen = chance.random()
        if chosen < 0.1:
            continue
        if chosen < 0.2:
            words = chance.choices(" ".join(lines).split(" "), k=60)
            new += map(new_line, (" ".join(words), *BOILERPLATE))
        new += lines_kept[section.start : section.stop - (3 if chosen > 0.9 else 0)]
    return Edit(old, new, [k for k, line in enumerate(old) if line in BOILERPLATE])


def sentences_swapped(lines: list[str], chance: random.Random) -> Edit:
    new, edited = kept(lines), []
    for number in prose(lines, chance, 20):
        ends = [found.end() for found in re.finditer(r"[a-z]\. (?=[A-Z])", lines[number])]
        if len(ends) > 1:
            one, two = sorted(chance.sample(ends, 2))
            cuts = [(0, one), (two, len(lines[number])), (one, two)]
            new[number] = [(lines[number][low:high], number, low) for low, high in cuts]
            edited.append(number)
    return Edit(lines, new, edited)


def paragraphs_replaced(lines: list[str], chance: random.Random) -> Edit:
    """A paragraph goes; one that begins and ends alike but speaks of something else comes."""
    new, edited = kept(lines), prose(lines, chance, 14)
    for number in edited:
        words, others = lines[number].split(" "), " ".join(lines).split(" ")
        middle = " ".join(chance.choices(others, k=len(words)))
        head, tail = " ".join(words[:4]), " ".join(words[-4:])
        new[number] = [
            (head, number, 0),
            (f" {middle} ", -1, 0),
            (tail, number, len(lines[number]) - len(tail)),
        ]
    return Edit(lines, new, edited)


KINDS: tuple[Callable[[list[str], random.Random], Edit], ...] = (
    rows_moved,
    rows_deleted,
    rows_added,
    rows_twinned,
    rows_replaced,
    table_twinned,
    references_renumbered,
    boilerplate,
    twin_added,
    twin_deleted,
    paragraphs_moved,
    paragraphs_replaced,
    sentences_swapped,
    numbers_changed,
    negated,
)
