"""Rich Text Format: paragraphs, headings, lists, tables, notes, formulas and pictures.

Where no style says what a heading is, the words are read as plain text is, unless there is
something that plain text does not have.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.whitespace import tidy
from reader.importers.common.images import Assets
from reader.importers.formula.write import mathml_of_tex
from reader.importers.prose.document import read_prose
from reader.importers.prose.headings import find_headings as find_text_headings
from reader.importers.prose.lines import Line
from reader.importers.result import ImportResult, read_bytes
from reader.importers.rtf.layout import Page
from reader.importers.rtf.tokenizer import Source
from reader.importers.word.outline import (
    find_headings,
    find_references,
    take_captions,
    take_title,
    without_contents,
    without_signs,
)
from reader.importers.word.parts import Event, Number, Paragraph, Part, Table, paragraphs_in
from reader.importers.word.writing import Writing
from reader.model.document import Document
from reader.model.left_out import LeftOut
from reader.problem import Problem

IMPORTER = "rtf/4"
_NO_TITLE = re.compile(r"microsoft word|^(untitled|document\d*|.*\.(docx?|rtf))$", re.IGNORECASE)
_TYPED = re.compile(r"\s*([•◦▪‣●○–—]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)])\s*\t\s*(?=\S)")
_PARTING = ("paragraph", "cell", "nested_cell", "note", "note_end", "box", "box_end")
_BULLETS = "•◦▪‣●○–—"
_TEX = re.compile(
    r"\$\$(?=[^$]*[\\^_=])(.+?)\$\$|\$(?=\S)([^$]*\\[A-Za-z]+[^$]*?)(?<=\S)\$", re.DOTALL
)
_UNKNOWN_SIGN = "Some signs are in fonts that Offprint does not know; “�” stands for them."


def read(path: Path) -> ImportResult:
    """The document of an RTF file.

    Raises:
        Problem: when it is no RTF or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    if not untrusted_bytes.lstrip().startswith(b"{\\rtf"):
        raise Problem(f"“{path.name}” is no RTF file.")
    source = Source(untrusted_bytes)
    page = Page(source.styles)
    shown: list[str] = []
    for said in source.events():
        page.take(said)
        if said.kind in ("text", "left_out"):
            shown.append(said.text)
        elif said.kind in _PARTING:
            shown.append("\n")
    page.end()
    warnings = (_UNKNOWN_SIGN,) if source.fonts.has_unknown else ()
    fields: dict[str, Any] = {
        "id": hashlib.sha256(untrusted_bytes).hexdigest(),
        "source": path.name,
    }
    sources: list[str] = []
    parts = _prepared(page.parts, sources)
    if not page.notes and _is_plain(parts):
        document = _plain(parts, path, fields)
        return ImportResult(replace(document, warnings=document.warnings + warnings))
    said_title = source.facts.get("title", "")
    default = (said_title if not _NO_TITLE.search(said_title) else "") or path.stem
    assets = Assets()
    document = _structured(
        parts,
        page,
        assets,
        default,
        importer=IMPORTER,
        authors=tuple(filter(None, [source.facts.get("author", "")])),
        warnings=warnings,
        **fields,
    )
    if not document.text.strip() and not document.figures:
        raise Problem(f"“{path.name}” holds no text to read.")
    return ImportResult(accounted(document, _without(shown, sources, parts)), assets.contents)


def _without(shown: list[str], sources: list[str], parts: Sequence[Part]) -> list[str]:
    """What a file shows, without the TeX that is a formula now and the signs round numbers."""
    text = "".join(shown)
    for source in sources:
        text = text.replace(source, "", 1)
    return without_signs(text.split(), parts)


def _plain(parts: Sequence[Part], path: Path, fields: dict[str, Any]) -> Document:
    """A file of nothing but running text, read by the rules of plain text."""
    paragraphs = paragraphs_in(parts)
    text = "\n".join(paragraph.text for paragraph in paragraphs if paragraph.text.strip())
    if not text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    document = read_prose(text, document_id=fields["id"], source=path.name, importer=IMPORTER)
    listed = [
        LeftOut(event.reason, tidy(event.text)[0])
        for paragraph in paragraphs
        for event in paragraph.events
        if event.kind == "left_out" and event.text.strip()
    ]
    return replace(document, left_out=(*document.left_out, *listed))


def _structured(
    parts: list[Part], page: Page, assets: Assets, default: str, **fields: Any
) -> Document:
    title = take_title(parts)
    top = find_headings(parts)
    if not any(p.kind == "heading" for p in paragraphs_in(parts)):
        _text_headings(parts)
    labels = find_references(parts)
    writer = DocumentBuilder()
    writing = Writing(writer, assets, labels, lambda _: None)
    writing.write(take_captions(without_contents(parts)))
    for number, note in page.notes:
        writing.note(f"note {number}", number, note)
    printed = title or top
    words = " ".join(printed.text.split()) if printed is not None else ""
    return writer.build(title=words or default, **fields)


def _is_plain(parts: Sequence[Part]) -> bool:
    """Whether there is nothing but paragraphs of running text, and no style that says more."""
    for part in parts:
        if not isinstance(part, Paragraph) or part.level or part.number is not None:
            return False
        if part.style == "title" or any(e.marks for e in part.events):
            return False
        if any(e.kind not in ("text", "break", "left_out", "anchor") for e in part.events):
            return False
    return True


def _text_headings(parts: Sequence[Part]) -> None:
    """Find headings by their wording, as in a plain text."""
    lines = [p for p in paragraphs_in(parts) if p.kind == "paragraph" and p.text.strip()]
    texts = [Line(" ".join(p.text.split())) for p in lines]
    for i, heading in find_text_headings(texts).items():
        paragraph = lines[i]
        if paragraph.text.rstrip().endswith(heading.title):
            paragraph.kind, paragraph.level = "heading", heading.level
            paragraph.label, paragraph.section = heading.number or "", heading.kind
            paragraph.skip = len(paragraph.text.rstrip()) - len(heading.title)


def _prepared(parts: Sequence[Part], sources: list[str]) -> list[Part]:
    """The parts without empty paragraphs; items that are typed, and formulas in TeX, are such.

    `sources` takes the TeX that became a formula.
    """
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Table):
            for cell in part.cells:
                cell.parts = _prepared(cell.parts, sources)
        elif isinstance(part, Paragraph):
            if not part.events:
                continue
            _take_typed_label(part)
            part.events = [e for event in part.events for e in _with_formulas(event, sources)]
        kept.append(part)
    return kept


def _take_typed_label(paragraph: Paragraph) -> None:
    """Make an item of a paragraph that begins with a bullet or a number and a tab."""
    found = _TYPED.match(paragraph.text)
    if found is None or paragraph.level or paragraph.number is not None:
        return
    is_bullet = found[1] in _BULLETS
    paragraph.kind, paragraph.label, paragraph.skip = "list_item", found[1], found.end()
    paragraph.number = Number(found[1], 0, is_bullet)


def _with_formulas(event: Event, sources: list[str]) -> list[Event]:
    """An event with what is TeX in it ("$\\frac{1}{2}$") as formulas."""
    if event.kind != "text" or "$" not in event.text:
        return [event]
    made: list[Event] = []
    at = 0
    for found in _TEX.finditer(event.text):
        math = mathml_of_tex(found[1] or found[2])
        if math is not None:
            made.append(replace(event, text=event.text[at : found.start()]))
            made.append(Event("formula", marks=event.marks, mathml=math))
            sources.append(found[0])
            at = found.end()
    made.append(replace(event, text=event.text[at:]))
    return [one for one in made if one.kind != "text" or one.text]
