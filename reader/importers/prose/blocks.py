"""Writes the lines of a plain text as blocks."""

from __future__ import annotations

import re
from collections import Counter

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.prose.headings import Heading, numbered_lists
from reader.importers.prose.lines import BULLET, NUMBER, Facts, Line
from reader.importers.prose.references import (
    Printed,
    ReferenceMark,
    find_marks,
    looks_cited,
    printed,
)
from reader.model.left_out import Reason

_ANSWER = re.compile(r"^(A(?:nswer)?\s?[.:])\s+", re.IGNORECASE)


def is_entry(line: Line) -> bool:
    """Whether a line reads like an entry of a reference list."""
    return not line.is_set and looks_cited(line.text)


def write_lines(
    writer: DocumentBuilder,
    title: str,
    lines: list[Line],
    headings: dict[int, Heading],
    first: int,
    facts: Facts,
) -> list[str]:
    """Write the blocks of a text, `first` being the line of its first reference.

    Gives the signs that were taken for the text's shape: bullets, points, return arrows.
    """
    taken: list[str] = []
    before: dict[int, list[tuple[Reason, str]]] = {id(line): [] for _, _, line in facts.left_out}
    for reason, words, line in facts.left_out:
        before[id(line)].append((reason, words))
    if title:
        writer.begin("title")
        writer.add(title)
    after = [i for i in headings if i >= first]
    last = after[0] if after else len(lines)
    references: list[Printed] = []
    for line in lines[first:last]:
        labelled = BULLET.match(line.text) or NUMBER.match(line.text) or looks_cited(line.text)
        if references and not labelled:
            # An entry that runs over two lines.
            references[-1] = Printed(references[-1].label, f"{references[-1].text} {line.text}")
        else:
            references.append(printed(line.text, len(references) + 1))
            taken += _signs(line.text, references[-1])
    body = [i for i in range(len(lines)) if not first <= i < last]
    marks = dict(
        zip(
            body,
            find_marks([lines[i].text for i in body], [one.label for one in references]),
            strict=True,
        )
    )
    listed = numbered_lists(lines)
    question = False
    for i, line in enumerate(lines):
        for reason, words in before.get(id(line), ()):
            writer.end()
            writer.leave_out(reason, words)
        if i == first:
            for one in references:
                writer.begin("reference", label=one.label)
                writer.add(one.text)
        if first <= i < last:
            continue
        heading = headings.get(i)
        if heading is not None:
            is_list = i + 1 == first
            writer.begin_heading(
                heading.level, heading.number, "references" if is_list else heading.kind
            )
            words = heading.title + ":" * line.text.endswith(":")
            writer.add(words)
            taken += [c for c in line.text.removesuffix(words) if c in ".):"]
            question = heading.kind == "question"
            continue
        if line.is_set:
            _write_set(writer, line)
        else:
            taken += _write_line(writer, lines, i, marks[i], i in listed, question)
        question = False
    writer.end()
    for reason, words in before.get(id(None), ()):
        writer.leave_out(reason, words)
    return taken


def _signs(text: str, one: Printed) -> list[str]:
    """What stands round a reference and is no part of it: brackets of its label, return arrows."""
    rest = Counter(text) - Counter(one.text) - Counter(one.label)
    return [sign for sign in rest.elements() if not sign.isalnum()]


def _write_set(writer: DocumentBuilder, line: Line) -> None:
    """A table, or lines with their spaces."""
    if not line.rows:
        writer.begin("preformatted")
        writer.add(line.text)
        return
    head = not any(map(str.isdigit, "".join(line.rows[0][1:])))
    writer.begin_table()
    for number, row in enumerate(line.rows):
        for column, words in enumerate(row):
            writer.begin_cell(number, column, header=head and number == 0)
            writer.add(words)
    writer.end()


def _write_line(
    writer: DocumentBuilder,
    lines: list[Line],
    i: int,
    marks: list[ReferenceMark],
    listed: bool,
    question: bool,
) -> list[str]:
    """Write a line as a block; return the bullet that a label stands for."""
    taken: list[str] = []
    text, start = lines[i].text, 0
    bullet = BULLET.match(text)
    number = NUMBER.match(text) if listed else None
    answer = _ANSWER.match(text) if question else None
    if bullet and (bullet[1] not in "–—" or _neighbour_is_bullet(lines, i)):
        start = bullet.end()
        taken.append(bullet[1])
        label = "•" if bullet[1] in "-*+–—" else bullet[1]
        writer.begin("list_item", min(4, lines[i].indent // 2 // 2), label)
    elif number:
        start = number.end()
        writer.begin("list_item", 0, number[1])
    elif answer:
        start = answer.end()
        writer.begin("answer", label=answer[1])
    else:
        writer.begin("answer" if question else "paragraph")
    for mark in marks:
        if mark.start < start:
            continue
        writer.add(text[start : mark.start])
        with writer.mark("reference_mark", " ".join(mark.labels)):
            writer.add(text[mark.start : mark.end])
        start = mark.end
    writer.add(text[start:])
    return taken


def _neighbour_is_bullet(lines: list[Line], i: int) -> bool:
    near = lines[max(0, i - 1) : i] + lines[i + 1 : i + 2]
    return any(BULLET.match(line.text) for line in near)
