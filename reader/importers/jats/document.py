"""What is done when all of an article or book in JATS is written: its references, its terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from reader.importers.builder.accounting import accounted
from reader.importers.builder.reference_marks import join_marks
from reader.importers.common.elements import Element
from reader.importers.jats.blocks import Blocks
from reader.importers.jats.references import ids_in
from reader.model.document import Abbreviation, Document
from reader.model.plain_text import plain_text
from reader.model.span import Span

_LONGEST_SHORT_FORM = 24


def built(
    blocks: Blocks, references: Iterable[Element], shown: Iterable[str], **fields: Any
) -> Document:
    """The document of what `blocks` has written; `shown` is what the file shows.

    `fields` are the other fields of the document; its title is the one that is written, if any.
    """
    warnings = tuple(blocks.inline.warnings)
    document = join_marks(blocks.flow.writer.build(warnings=warnings, **fields))
    titled = next((b for b in document.blocks[:1] if b.kind == "title"), None)
    if titled is not None:
        printed = plain_text(document, titled.span, reference_marks=False)
        document = replace(document, title=" ".join(printed.split()))
    document = _with_ids(document, references, blocks.labels)
    document = _with_abbreviations(document, blocks.definitions)
    return accounted(document, shown) if document.text.strip() else document


def _with_ids(
    document: Document, references: Iterable[Element], labels: dict[str, str]
) -> Document:
    """The references with the DOI and PMID that stand in links beside their text."""
    known = {labels[ref.get("id") or ""]: ids_in(ref) for ref in references}
    found = []
    for one in document.references:
        doi, pmid = known.get(one.label, ("", ""))
        found.append(replace(one, doi=one.doi or doi, pmid=one.pmid or pmid))
    return replace(document, references=tuple(found))


def _with_abbreviations(document: Document, definitions: list[tuple[str, str]]) -> Document:
    found = []
    for short, long in definitions:
        start = document.text.rfind(long)
        if start >= 0 and 0 < len(short) <= _LONGEST_SHORT_FORM and long:
            found.append(Abbreviation(short, long, Span(start, start + len(long))))
    return replace(document, abbreviations=tuple(found))
