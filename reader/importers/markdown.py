"""Markdown: CommonMark with tables, strikethrough, footnotes, definition lists and front matter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from reader.importers.encoding import decode
from reader.importers.front_matter import front_matter
from reader.importers.html_blocks import write_blocks
from reader.importers.html_parsing import parse_html
from reader.importers.html_tree import Element, tag_of, text_of
from reader.importers.joined_marks import join_marks
from reader.importers.pictures import LARGEST_BYTES, Assets, Picture, picture
from reader.importers.reading import Reading, read_bytes
from reader.importers.writer import Writer
from reader.problem import Problem

IMPORTER = "markdown/1"
# Above this many characters only paragraphs are told apart.
LARGEST_STRUCTURED = 20_000_000
_KEPT_TAG = re.compile(r"<(/?)(sub|sup|br|b|i|em|strong|code|kbd|abbr|u|mark|small)\b[^>]*>", re.I)


def read(path: Path) -> Reading:
    """The document of a Markdown file; pictures come from files in its folder.

    Raises:
        Problem: when the file cannot be read or holds no text.
    """
    untrusted_bytes = read_bytes(path)
    decoded = decode(untrusted_bytes)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    facts, text = front_matter(text)
    assets = Assets()

    def resolve(address: str) -> tuple[str, int, int] | None:
        return assets.resolve(address) or assets.keep(_beside(path, address))

    writer = Writer()
    warnings = decoded.warnings
    heading = None
    if len(text) > LARGEST_STRUCTURED:
        warnings = (*warnings, "The text is very long: only its paragraphs are told apart.")
        for paragraph in re.split(r"\n\s*\n", text):
            writer.begin("paragraph")
            writer.add(paragraph)
    elif text.strip():
        root = parse_html(f"<html><body>{_render(text)}</body></html>")
        heading = _lone_top_heading(root)
        write_blocks(writer, root, resolve_asset=resolve, title=heading)
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
    return Reading(join_marks(document), assets.contents)


def _render(text: str) -> str:
    parser = MarkdownIt("commonmark", {"maxNesting": 100, "html": True})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    parser.add_render_rule("html_inline", _inline_html)
    parser.add_render_rule("html_block", _block_html)
    return str(parser.render(text))


def _inline_html(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: Any, _env: Any
) -> str:
    """A tag in a line: the plain ones that Markdown has no sign for, and no others."""
    tag = _KEPT_TAG.fullmatch(tokens[place].content.strip())
    return f"<{tag[1]}{tag[2].lower()}>" if tag else ""


def _block_html(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: Any, _env: Any
) -> str:
    """A block of HTML, by itself: a tag that it leaves open must not take in what follows."""
    try:
        root = parse_html(f"<html><body>{tokens[place].content}</body></html>")
    except Problem:
        return ""
    body = next((e for e in root.iter() if tag_of(e) == "body"), root)
    return str(etree.tostring(body, encoding="unicode", method="html")).strip()


def _lone_top_heading(root: Element) -> Element | None:
    """The only heading of the top level, when no other stands before it."""
    tops = [e for e in root.iter() if tag_of(e) == "h1"]
    return tops[0] if len(tops) == 1 and text_of(tops[0]).strip() else None


def _beside(path: Path, untrusted_address: str) -> Picture | None:
    """A picture in the same folder or below it; nothing that climbs, and no address."""
    name = unquote(untrusted_address)
    if not name or ":" in name or "\\" in name or "\0" in name or name.startswith("/"):
        return None
    folder = path.resolve().parent
    try:
        wanted = (folder / name).resolve()
        if not wanted.is_relative_to(folder) or not wanted.is_file():
            return None
        if wanted.stat().st_size > LARGEST_BYTES:
            return None
        return picture(wanted.read_bytes())
    except OSError:
        return None
