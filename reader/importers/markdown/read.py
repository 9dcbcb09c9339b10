"""Markdown: CommonMark with tables, strikethrough, footnotes, definition lists and front matter."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.reference_marks import join_marks
from reader.importers.common.companions import NO_COMPANIONS, Companions
from reader.importers.common.elements import Element, tag_of, text_of, visible_texts
from reader.importers.common.encoding import decode
from reader.importers.common.images import Assets
from reader.importers.html.blocks import write_blocks
from reader.importers.html.parsing import parse_html
from reader.importers.markdown.front_matter import front_matter
from reader.importers.markdown.syntax import html_of
from reader.importers.result import ImportResult, read_bytes
from reader.problem import Problem

IMPORTER = "markdown/4"
# Above this many characters only paragraphs are told apart.
LARGEST_STRUCTURED = 20_000_000
# Arrows that lead from a note back to its mark, and the brackets of its label.
_RETURNS = "↩[]:."


def read(
    path: Path, companions: Companions = NO_COMPANIONS, content: bytes | None = None
) -> ImportResult:
    """The document of a Markdown file, with those of its pictures that lie beside it.

    `content` is what the file holds, where it is part of an archive.

    Raises:
        Problem: when the file cannot be read or holds no text.
    """
    untrusted_bytes = read_bytes(path) if content is None else content
    decoded = decode(untrusted_bytes, file_name=path.name)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    facts, rest = front_matter(text)
    front, text = text[: len(text) - len(rest)], rest
    assets = Assets()
    writer = DocumentBuilder()
    shown: list[str] = [text]
    warnings = decoded.warnings
    heading = None
    if len(text) > LARGEST_STRUCTURED:
        warnings = (*warnings, "The text is very long: only its paragraphs are told apart.")
        for paragraph in re.split(r"\n\s*\n", text):
            writer.begin("paragraph")
            writer.add(paragraph)
    elif text.strip():
        html, unused, unused_notes = html_of(text)
        root = parse_html(f"<html><body>{html}</body></html>")
        heading = _lone_top_heading(root)
        shown = [*(words for _, _, words in visible_texts(root)), *unused, *unused_notes]
        for definition in unused:
            # A line such as "[max]: 4g" is one by the rules, and would vanish.
            writer.leave_out("control", definition)
        for note in unused_notes:
            writer.leave_out("hidden text", note)
        write_blocks(writer, root, resolve_asset=companions.resolver(assets), title=heading)
    writer.end()
    writer.leave_out("hidden text", front.strip("\ufeff-+. \n"))
    title = " ".join(text_of(heading).split()) if heading is not None else ""
    document = writer.build(
        **{
            **facts,
            "title": facts.get("title") or title or path.stem,
            "id": hashlib.sha256(untrusted_bytes).hexdigest(),
            "source": path.name,
            "importer": IMPORTER,
            "warnings": warnings,
        }
    )
    if not document.text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    return ImportResult(accounted(join_marks(document), shown, joins=_RETURNS), assets.contents)


def _lone_top_heading(root: Element) -> Element | None:
    """The only heading of the top level, when no other stands before it."""
    tops = [e for e in root.iter() if tag_of(e) == "h1"]
    return tops[0] if len(tops) == 1 and text_of(tops[0]).strip() else None
