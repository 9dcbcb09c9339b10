"""Documents and annotations as plain lists and strings, and back again with everything checked.

What comes back is what a worker process wrote after reading a file from anywhere, so nothing in
it is believed: kinds, offsets, ids and counts are checked before one object is made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, get_args

from reader.model import validation as checks
from reader.model.annotation import (
    COLOURS,
    Annotation,
    Motivation,
    State,
    Style,
    Target,
    TextQuoteSelector,
    area_at,
    uri_of,
)
from reader.model.document import (
    Abbreviation,
    Block,
    BlockKind,
    Cell,
    Document,
    Figure,
    Formula,
    Mark,
    MarkKind,
    Reference,
    Section,
    SectionKind,
    Table,
    detail,
    with_details,
)
from reader.model.left_out import LeftOut, Reason
from reader.model.span import Span

FORMAT = 1
MOST_LEVELS = 64
_BLOCK_KINDS = get_args(BlockKind)
_MARK_KINDS = get_args(MarkKind)
_SECTION_KINDS = get_args(SectionKind)
_REASONS = get_args(Reason)
MOTIVATIONS, STYLES, STATES = get_args(Motivation), get_args(Style), get_args(State)
_CHOICES = {"motivation": MOTIVATIONS, "style": STYLES, "state": STATES}
_WORDS = (
    *("title", "source", "kind", "importer", "published", "updated", "language", "journal"),
    *("volume", "issue", "pages", "doi", "pmid", "licence", "address"),
)
_LISTS = ("authors", "replaces", "warnings")
_COUNTS = [f.name for f in fields(Document) if f.type == "int"]
_ASSET = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)")

Plain = dict[str, Any]


def document_to_plain(document: Document) -> Plain:
    """The document as JSON takes it; rows are lists, in the order of their class's fields."""
    return {
        "format": FORMAT,
        "id": document.id,
        **{name: detail(document, name) for name in (*_WORDS, *_COUNTS)},
        **{name: list(detail(document, name)) for name in _LISTS},
        "text": document.text,
        "sections": [
            [s.id, s.parent, s.level, s.number, s.title, s.kind, s.span.start, s.span.end]
            for s in document.sections
        ],
        "blocks": _from_blocks(document.blocks),
        "inner_blocks": _from_blocks(document.inner_blocks),
        "marks": [[m.kind, m.span.start, m.span.end, m.target] for m in document.marks],
        "tables": [
            [
                t.id,
                [
                    [c.row, c.column, c.span.start, c.span.end, c.header, c.row_span, c.column_span]
                    for c in t.cells
                ],
                _from_span(t.caption),
                t.label,
            ]
            for t in document.tables
        ],
        "figures": [
            [f.id, f.asset, _from_span(f.caption), f.alternative, f.label, f.width_px, f.height_px]
            for f in document.figures
        ],
        "references": [
            [r.label, r.span.start, r.span.end, r.doi, r.pmid] for r in document.references
        ],
        "abbreviations": [
            [a.short, a.long, a.span.start, a.span.end, a.origin] for a in document.abbreviations
        ],
        "formulas": [[f.span.start, f.span.end, f.mathml] for f in document.formulas],
        "left_out": [[o.reason, o.words, o.at, o.heading, o.table] for o in document.left_out],
    }


def document_from_plain(untrusted: Any) -> Document:
    """The document that `document_to_plain` wrote.

    Raises:
        ValueError: when anything in it is missing, of another type, or not true of the text.
    """
    defaults = document_to_plain(Document("", "", ""))
    plain = checks.shaped(untrusted, ("format", "id", "title", "text"), defaults)
    if plain["format"] != FORMAT:
        raise ValueError(f"format {plain['format']!r} is not {FORMAT}")
    text = checks.whole_text(plain["text"])
    size = len(text)
    own: dict[str, Any] = {name: checks.word(plain[name]) for name in _WORDS}
    own.update({name: tuple(checks.words(plain[name])) for name in _LISTS})
    own.update({name: checks.count(plain[name]) for name in _COUNTS})
    sections = _sections(plain["sections"], size)
    tables = _tables(plain["tables"], size)
    figures = _figures(plain["figures"], size)
    made = Document(
        *(checks.sha256(plain["id"]), own["title"], text),
        sections=sections,
        blocks=_blocks(plain["blocks"], size, sections, tables, figures),
        inner_blocks=_blocks(plain["inner_blocks"], size, (), tables, figures),
        marks=_marks(plain["marks"], size),
        tables=tables,
        figures=figures,
        references=_references(plain["references"], size),
        abbreviations=_abbreviations(plain["abbreviations"], size),
        formulas=_formulas(plain["formulas"], size),
        left_out=_left_out(plain["left_out"], size),
    )
    return with_details(made, own)


def _sections(untrusted: Any, size: int) -> tuple[Section, ...]:
    ids, parents, levels, numbers, titles, kinds, starts, ends = checks.columns(untrusted, 8)
    checks.words([*ids, *titles, *(n for n in numbers if n is not None)])
    checks.among(kinds, _SECTION_KINDS)
    spans = checks.spans(starts, ends, size)
    known: dict[str, tuple[int, Span]] = {}
    last = 0
    for section_id, parent, level, span in zip(ids, parents, levels, spans, strict=True):
        above = (0, Span(0, size)) if parent is None else known.get(checks.word(parent))
        if above is None or section_id in known:
            raise ValueError("the sections are no tree")
        if not above[0] < checks.count(level) <= MOST_LEVELS:
            raise ValueError("a section's level is not below its parent's")
        if span.start < last or not above[1].covers(span):
            raise ValueError("a section lies outside its parent or before its predecessor")
        last = span.start
        known[section_id] = (level, span)
    return tuple(map(Section, ids, parents, levels, numbers, titles, kinds, spans))


def _blocks(
    untrusted: Any,
    size: int,
    sections: Sequence[Section],
    tables: Sequence[Table],
    figures: Sequence[Figure],
) -> tuple[Block, ...]:
    kinds, starts, ends, depths, labels, refs = checks.columns(untrusted, 6)
    checks.among(kinds, _BLOCK_KINDS)
    checks.words(labels)
    checks.words(refs)
    checks.at_least(depths, 0)
    spans = checks.spans(starts, ends, size)
    if any(later < earlier for earlier, later in zip(ends, starts[1:], strict=False)):
        raise ValueError("blocks overlap or are out of order")
    owners = {
        "heading": {s.id for s in sections},
        "table": {t.id for t in tables},
        "figure": {f.id for f in figures},
    }
    for kind, ref in zip(kinds, refs, strict=True):
        if kind in owners and ref not in owners[kind]:
            raise ValueError(f"a {kind} refers to nothing")
    return tuple(map(Block, kinds, spans, depths, labels, refs))


def _marks(untrusted: Any, size: int) -> tuple[Mark, ...]:
    kinds, starts, ends, targets = checks.columns(untrusted, 4)
    checks.among(kinds, _MARK_KINDS)
    checks.words(targets)
    for kind, target in zip(kinds, targets, strict=True):
        if target[:1] == "#" and kind in ("link", "reference_mark"):
            offset = target[1:]
            if not (offset.isascii() and offset.isdigit()) or int(offset[:12]) > size:
                raise ValueError("a link leads outside the text")
    return tuple(map(Mark, kinds, checks.spans(starts, ends, size), targets))


def _tables(untrusted: Any, size: int) -> tuple[Table, ...]:
    ids, cells, captions, labels = checks.columns(untrusted, 4)
    checks.distinct(ids)
    checks.words(labels)
    made = []
    for rows in cells:
        row, column, starts, ends, header, row_spans, column_spans = checks.columns(rows, 7)
        checks.at_least([*row, *column], 0)
        checks.at_least([*row_spans, *column_spans], 1)
        checks.every(bool, header)
        spans = checks.spans(starts, ends, size)
        made.append(tuple(map(Cell, row, column, spans, header, row_spans, column_spans)))
    return tuple(map(Table, ids, made, [checks.span_or_none(c, size) for c in captions], labels))


def _figures(untrusted: Any, size: int) -> tuple[Figure, ...]:
    ids, assets, captions, alternatives, labels, widths, heights = checks.columns(untrusted, 7)
    checks.distinct(ids)
    checks.words([*assets, *alternatives, *labels])
    checks.at_least([*widths, *heights], 0)
    if not all(asset == "" or is_asset(asset) for asset in assets):
        raise ValueError("a picture's name is no plain file name")
    placed = [checks.span_or_none(c, size) for c in captions]
    return tuple(map(Figure, ids, assets, placed, alternatives, labels, widths, heights))


def _references(untrusted: Any, size: int) -> tuple[Reference, ...]:
    labels, starts, ends, dois, pmids = checks.columns(untrusted, 5)
    checks.words([*labels, *dois, *pmids])
    return tuple(map(Reference, labels, checks.spans(starts, ends, size), dois, pmids))


def _abbreviations(untrusted: Any, size: int) -> tuple[Abbreviation, ...]:
    shorts, longs, starts, ends, origins = checks.columns(untrusted, 5)
    checks.words([*shorts, *longs, *origins])
    return tuple(map(Abbreviation, shorts, longs, checks.spans(starts, ends, size), origins))


def _formulas(untrusted: Any, size: int) -> tuple[Formula, ...]:
    starts, ends, sources = checks.columns(untrusted, 3)
    checks.words(sources)
    return tuple(map(Formula, checks.spans(starts, ends, size), sources))


def _left_out(untrusted: Any, size: int) -> tuple[LeftOut, ...]:
    reasons, words, places, headings, tables = checks.columns(untrusted, 5)
    checks.among(reasons, _REASONS)
    checks.words(words)
    checks.at_least(places, 0)
    checks.every(bool, headings)
    checks.every(bool, tables)
    if any(place > size for place in places):
        raise ValueError("what is left out lies outside the text")
    return tuple(map(LeftOut, reasons, words, places, headings, tables))


def is_asset(name: str) -> bool:
    """Whether a picture may be kept under that file name."""
    return _ASSET.fullmatch(name) is not None


def annotation_to_plain(annotation: Annotation) -> Plain:
    """The annotation as JSON takes it, one flat object."""
    plain = target_to_plain(annotation.target)
    plain.update({name: getattr(annotation, name) for name in _ANNOTATION})
    plain["tags"] = list(annotation.tags)
    if annotation.earlier is not None:
        plain["earlier"] = target_to_plain(annotation.earlier)
    return plain


def target_to_plain(target: Target) -> Plain:
    """The target as JSON takes it, one flat object."""
    return {
        "document_id": target.document_id,
        "exact": target.quote.exact,
        "prefix": target.quote.prefix,
        "suffix": target.quote.suffix,
        "start": target.position.start,
        "end": target.position.end,
        "text_hash": target.text_hash,
        "area": uri_of(target.area),
    }


_ANNOTATION = [f.name for f in fields(Annotation) if f.name != "target"]
_ANNOTATION_WORDS = [name for name in _ANNOTATION if name not in ("tags", "revision", "earlier")]
_DEFAULTS = annotation_to_plain(Annotation("", Target("", TextQuoteSelector(""), Span(0, 0), "")))
_TARGET_WORDS = ("document_id", "exact", "prefix", "suffix", "text_hash", "area")
_TARGET = [*_TARGET_WORDS[:5], "start", "end"]


def annotation_from_plain(untrusted: Any) -> Annotation:
    """The annotation that `annotation_to_plain` wrote.

    Raises:
        ValueError: when anything in it is missing, of another type, or cannot be.
    """
    plain = checks.shaped(untrusted, ("id", *_TARGET), _DEFAULTS)
    tags = tuple(checks.words(plain["tags"]))
    words = {name: checks.word(plain[name]) for name in _ANNOTATION_WORDS}
    checks.among([words["colour"]], COLOURS)
    for name, allowed in _CHOICES.items():
        checks.among([words[name]], allowed)
    times = (words["created"], words["modified"], words["deleted"])
    if not words["id"] or not all(time == "" or _TIME.fullmatch(time) for time in times):
        raise ValueError("an annotation has no id, or a time that is none")
    own: dict[str, Any] = words
    own["earlier"] = None if plain["earlier"] is None else target_from_plain(plain["earlier"])
    target = target_from_plain({name: plain[name] for name in (*_TARGET, "area")})
    return Annotation(target=target, tags=tags, revision=checks.count(plain["revision"]), **own)


def target_from_plain(untrusted: Any) -> Target:
    """The target that `target_to_plain` wrote.

    Raises:
        ValueError: when anything in it is missing, of another type, or cannot be.
    """
    plain = checks.shaped(untrusted, _TARGET, {**dict.fromkeys(_TARGET), "area": ""})
    document_id, *quote, text_hash, area = (checks.word(plain[name]) for name in _TARGET_WORDS)
    position = Span(checks.count(plain["start"]), checks.count(plain["end"]))
    return Target(document_id, TextQuoteSelector(*quote), position, text_hash, area_at(area))


def _from_blocks(blocks: Sequence[Block]) -> list[list[Any]]:
    return [[b.kind, b.span.start, b.span.end, b.depth, b.label, b.ref] for b in blocks]


def _from_span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
