"""What a person says of headings that were guessed wrongly: the text stays, its sections change."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reader.model.document import Block, Document, Section
from reader.model.span import Span

LONGEST_HEADING = 300
DEEPEST = 6
# Paragraphs of these kinds can be headings that nobody took for one.
_RUNNING = ("paragraph", "list_item", "quote", "answer", "note")
_NUMBER = re.compile(r"\(?((?:\d+|[A-Za-z])(?:\.\d+)*)[.)]*")


@dataclass(frozen=True, slots=True)
class Correction:
    """A paragraph is a heading of that level, or with level 0 it is none.

    `start` is where it begins in the text, and `words` are all of it: by these it is found again
    when the same file is read by a better importer.
    """

    start: int
    words: str
    level: int


def as_heading(document: Document, offset: int) -> Correction | None:
    """The correction that makes the paragraph at `offset` a heading; None when it cannot be one.

    It stands beside the heading before it, or under that when nothing stands between them.
    """
    i, block = _block_at(document, offset)
    if block is None or block.kind not in _RUNNING or len(block.span) > LONGEST_HEADING:
        return None
    above = document.outline.section_at(block.span.start)
    level = above.level if above is not None else 1
    if above is not None and i and document.blocks[i - 1].ref == above.id:
        level = min(level + 1, DEEPEST)
    return Correction(block.span.start, block.span.cut(document.text), level)


def as_text(document: Document, offset: int) -> Correction | None:
    """The correction that makes the heading at `offset` running text; None when there is none."""
    _, block = _block_at(document, offset)
    if block is None or block.kind != "heading":
        return None
    return Correction(block.span.start, block.span.cut(document.text), 0)


def with_correction(
    imported: Document, known: Iterable[Correction], new: Correction
) -> tuple[Correction, ...]:
    """All corrections with one more, which counts instead of an earlier one of that paragraph.

    What the importer says itself needs no correction any more.
    """
    others = [one for one in known if (one.start, one.words) != (new.start, new.words)]
    block = _found(imported, new)
    section = imported.outline.section(block.ref) if block and block.kind == "heading" else None
    said = section.level if section is not None else 0
    return tuple(others if said == new.level else [*others, new])


def corrected(document: Document, corrections: Iterable[Correction]) -> Document:
    """The document with other headings, and so other sections; its text is the same.

    Corrections of paragraphs that are no longer there are left out. Sections keep their ids.
    """
    levels: dict[int, int] = {}
    for one in corrections:
        if (block := _found(document, one)) is not None:
            levels[block.span.start] = one.level
    if not levels:
        return document
    blocks: list[Block] = []
    headings: dict[int, Section] = {section.span.start: section for section in document.sections}
    for block in document.blocks:
        level = levels.get(block.span.start)
        if level is None or not len(block.span):
            blocks.append(block)
            continue
        section = headings.pop(block.span.start, None)
        if not level:
            blocks.append(_as_text(block, section))
            continue
        if section is None:
            section = _section(document, block)
        headings[block.span.start] = replace(section, level=level)
        blocks.append(Block("heading", block.span, ref=section.id))
    sections = _tree([headings[start] for start in sorted(headings)], len(document.text))
    return replace(document, blocks=tuple(blocks), sections=sections)


def _block_at(document: Document, offset: int) -> tuple[int, Block | None]:
    for i, block in enumerate(document.blocks):
        if block.span.start <= offset <= block.span.end and len(block.span):
            return i, block
    return 0, None


def _found(document: Document, correction: Correction) -> Block | None:
    """The paragraph that is meant: the one there, else the only one of these words."""
    text = document.text
    alike = [b for b in document.blocks if len(b.span) and b.span.cut(text) == correction.words]
    there = [block for block in alike if block.span.start == correction.start]
    found = there or alike
    return found[0] if len(found) == 1 else None


def _as_text(block: Block, section: Section | None) -> Block:
    """A heading as running text; its number, which is not in the text, stays before it."""
    if section is not None and section.number:
        return Block("list_item", block.span, label=f"{section.number}.")
    return Block("paragraph", block.span)


def _section(document: Document, block: Block) -> Section:
    printed = _NUMBER.fullmatch(block.label)
    title = " ".join(block.span.cut(document.text).split())
    return Section(
        f"h{block.span.start}", None, 1, printed[1] if printed else None, title, "body", block.span
    )


def _tree(headings: list[Section], end: int) -> tuple[Section, ...]:
    """Sections in reading order as a tree: each ends where the next of its level begins."""
    made: list[Section] = []
    open_: list[tuple[int, int]] = []
    for section in headings:
        while open_ and open_[-1][0] >= section.level:
            _, i = open_.pop()
            made[i] = replace(made[i], span=Span(made[i].span.start, section.span.start))
        parent = made[open_[-1][1]].id if open_ else None
        open_.append((section.level, len(made)))
        span = Span(section.span.start, end)
        made.append(replace(section, parent=parent, level=len(open_), span=span))
    return tuple(made)
