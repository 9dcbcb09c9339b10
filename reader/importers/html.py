"""Web pages saved as HTML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.importers.companions import NO_COMPANIONS, Companions
from reader.importers.encoding import decode
from reader.importers.html_blocks import write_blocks
from reader.importers.html_bylines import find_bylines, find_lead, read_bylines
from reader.importers.html_locator import alive, cut_out, locate
from reader.importers.html_metadata import metadata, said_in
from reader.importers.html_parsing import is_flat, parse_html
from reader.importers.html_titles import drop_repeated_titles, printed_title, title_of
from reader.importers.html_tree import Element, visible_texts
from reader.importers.html_weights import weigh
from reader.importers.joined_marks import join_marks
from reader.importers.pictures import Assets
from reader.importers.reading import Reading, read_bytes
from reader.importers.writer import Writer
from reader.model.document import WHOLE, Document
from reader.problem import Problem

IMPORTER = "html/1"
Resolve = Callable[[str], tuple[str, int, int] | None]
LARGEST_LOCATED_BYTES = 50 * 1024 * 1024
_DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_FLAT = "The page is nested so deeply that only its headings and paragraphs were kept."


def read(
    path: Path,
    whole: bool = False,
    companions: Companions = NO_COMPANIONS,
    content: bytes | None = None,
) -> Reading:
    """The document of a saved web page: its main content, or the `whole` of it.

    `companions` are the pictures that lie beside it; `content` is what the file holds, where it
    is part of an archive.

    Raises:
        Problem: when the file cannot be read or holds no text.
    """
    untrusted_bytes = read_bytes(path) if content is None else content
    declared = _DECLARED.search(untrusted_bytes[:4096])
    name = (declared[1] or declared[2]).decode("ascii", "replace") if declared else ""
    decoded = decode(untrusted_bytes, name)
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
    return Reading(document, assets.contents)


def read_page(
    untrusted_text: str,
    assets: Assets,
    whole: bool = False,
    resolve_asset: Resolve | None = None,
    **fields: Any,
) -> Document:
    """The document of a page: its main content, or the `whole` of it.

    `resolve_asset` gives a picture by its address, when not only those in addresses are there.

    Raises:
        Problem: when there is nothing to read in it.
    """
    source = str(fields.get("source", ""))
    root = parse_html(untrusted_text)
    said = said_in(root)
    facts = metadata(root, said)
    total = _length(root)
    warnings = tuple(fields.pop("warnings", ()))
    if is_flat(root):
        warnings, whole = (*warnings, _FLAT), True
    kept, gone = ({root}, set[Element]()) if whole else locate(root)
    heading = printed_title(root, said, kept)
    title = title_of(root, said, heading)
    if not whole:
        facts = _without_bylines(root, kept, gone, heading) | facts
        cut_out(root, kept, gone)
    if heading is not None:
        drop_repeated_titles(root, heading)
    writer = Writer()
    write_blocks(writer, root, resolve_asset=resolve_asset or assets.resolve, title=heading)
    document = writer.build(
        **{
            **facts,
            **fields,
            "title": title or Path(source).stem or "Untitled",
            "warnings": warnings,
            "total_characters": total,
        }
    )
    if not document.text.strip():
        raise Problem(f"“{source or 'The page'}” holds no text to read.")
    return join_marks(document)


def _without_bylines(
    root: Element, kept: set[Element], gone: set[Element], heading: Element | None
) -> dict[str, Any]:
    """Adds the title and what leads up to the text; takes out by whom and when, and says it."""
    weights = weigh(root, gone)
    if heading is not None and not any(e in kept for e in [heading, *heading.iterancestors()]):
        kept.update([heading, *find_lead(root, heading, kept, gone, weights)])
    lines = find_bylines(alive(root, kept, gone), weights)
    gone.update(lines)
    found = read_bylines(lines)
    facts = {"published": found.published, "updated": found.updated}
    return {"authors": tuple(dict.fromkeys(found.authors)), **facts}


def _length(root: Element) -> int:
    """How many characters are visible, runs of white space counted as one."""
    return sum(len(" ".join(text.split())) for _, _, text in visible_texts(root))
