"""Web pages saved as HTML."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.reference_marks import join_marks
from reader.importers.common.companions import NO_COMPANIONS, Companions
from reader.importers.common.elements import Element, all_shown
from reader.importers.common.encoding import decode_page
from reader.importers.common.images import Assets
from reader.importers.html.blocks import write_blocks
from reader.importers.html.bylines import find_bylines, find_lead, read_bylines
from reader.importers.html.displayed import apply_display
from reader.importers.html.formulas import set_formulas
from reader.importers.html.frames import PageOf, no_page, open_frames
from reader.importers.html.generated import print_generated
from reader.importers.html.kept_lines import keep_lines
from reader.importers.html.left_out import LeftOutParts
from reader.importers.html.main_content import alive, cut_out, locate
from reader.importers.html.metadata import metadata, said_in
from reader.importers.html.parsing import is_flat, parse_html
from reader.importers.html.styles import declared_in, sheets_of, styles_of
from reader.importers.html.tables import settle_layout
from reader.importers.html.titles import drop_repeated_titles, printed_title, title_of
from reader.importers.html.weights import Weight
from reader.importers.result import ImportResult, read_bytes
from reader.model.document import WHOLE, Document
from reader.model.plain_text import plain_text
from reader.problem import Problem

IMPORTER = "html/3"
Resolve = Callable[[str], tuple[str, int, int] | None]
LARGEST_LOCATED_BYTES = 50 * 1024 * 1024
_FLAT = "The page is nested so deeply that only its headings and paragraphs were kept."


def read(
    path: Path,
    whole: bool = False,
    companions: Companions = NO_COMPANIONS,
    content: bytes | None = None,
) -> ImportResult:
    """The document of a saved web page: its main content, or the `whole` of it.

    `companions` are the pictures that lie beside it; `content` is what the file holds, where it
    is part of an archive.

    Raises:
        Problem: when the file cannot be read or holds no text.
    """
    untrusted_bytes = read_bytes(path) if content is None else content
    decoded = decode_page(untrusted_bytes, file_name=path.name)
    assets = Assets()
    document = read_page(
        decoded.text,
        assets,
        whole=whole or len(untrusted_bytes) > LARGEST_LOCATED_BYTES,
        resolve_asset=companions.resolver(assets),
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER + WHOLE * whole,
        warnings=decoded.warnings,
    )
    return ImportResult(document, assets.contents)


def read_page(
    untrusted_text: str,
    assets: Assets,
    whole: bool = False,
    resolve_asset: Resolve | None = None,
    page_of: PageOf = no_page,
    sheets: Iterable[str] = (),
    **fields: Any,
) -> Document:
    """The document of a page: its main content, or the `whole` of it.

    `resolve_asset` gives a picture by its address, when not only those in addresses are there;
    `page_of` the page of a frame. `sheets` are style sheets beside those in the page.

    Raises:
        Problem: when there is nothing to read in it.
    """
    source = str(fields.get("source", ""))
    root = parse_html(untrusted_text)
    open_frames(root, page_of)
    sheets = (*sheets, *sheets_of(root))
    print_generated(root, sheets)
    shown = all_shown(root)
    if set_formulas(root, shown):
        shown = all_shown(root)
    styles = styles_of(sheets)
    looks = declared_in(root, styles)
    apply_display(root, looks)
    keep_lines(root, looks)
    said = said_in(root)
    facts = metadata(root, said)
    warnings = tuple(fields.pop("warnings", ()))
    parts = LeftOutParts()
    if is_flat(root):
        warnings, whole = (*warnings, _FLAT), True
    kept, gone, weights = ({root}, set[Element](), {}) if whole else locate(root)
    heading = printed_title(root, said, kept)
    title = title_of(root, said, heading)
    if not whole:
        settle_layout(root)
        facts = _without_bylines(root, kept, gone, heading, weights, parts) | facts
        cut_out(root, kept, gone, parts)
    if heading is not None:
        drop_repeated_titles(root, heading, parts)
    writer = DocumentBuilder()
    beside: list[str] = []
    write_blocks(
        writer,
        root,
        resolve_asset=resolve_asset or assets.resolve,
        title=heading,
        styles=styles,
        parts=parts,
        beside=beside,
    )
    document = writer.build(
        **{
            **facts,
            **fields,
            "title": title or Path(source).stem or "Untitled",
            "warnings": warnings,
            "total_characters": len(" ".join("".join(shown).split())),
        }
    )
    if not document.text.strip():
        raise Problem(f"“{source or 'The page'}” holds no text to read.")
    document = join_marks(document)
    printed = next((b for b in document.blocks if b.kind == "title"), None)
    if printed is not None:
        # As it is printed, with its powers: "10⁹", not "109".
        words = plain_text(document, printed.span, reference_marks=False)
        document = replace(document, title=" ".join(words.split()) or document.title)
    return accounted(document, shown, also=beside)


def _without_bylines(
    root: Element,
    kept: set[Element],
    gone: set[Element],
    heading: Element | None,
    weights: dict[Element, Weight],
    parts: LeftOutParts,
) -> dict[str, Any]:
    """Add the title and what leads up to the text; take out by whom and when, and say it."""
    if heading is not None and not _is_alive(heading, kept, gone):
        kept.update([heading, *find_lead(root, heading, kept, gone, weights)])
    lines = find_bylines(alive(root, kept, gone), weights)
    found = read_bylines(lines)
    for line in lines:
        parts.take_out(line, "by-line")
    facts = {"published": found.published, "updated": found.updated}
    return {"authors": tuple(dict.fromkeys(found.authors)), **facts}


def _is_alive(element: Element, kept: set[Element], gone: set[Element]) -> bool:
    """Whether the element stands in what is kept and in nothing that is taken out of that."""
    for one in (element, *element.iterancestors()):
        if one in kept:
            return True
        if one in gone:
            return False
    return False
