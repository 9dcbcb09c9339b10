"""Markdown: CommonMark with tables, footnotes, definition lists and front matter."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from lxml import html as lxml_html
from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from reader.importers.encoding import decode
from reader.importers.html import Assets, linked_references
from reader.importers.html_blocks import tag_of, write_blocks
from reader.importers.pictures import LARGEST_BYTES, picture
from reader.importers.reading import Reading, read_bytes
from reader.importers.text_headings import REFERENCES, split_number
from reader.importers.text_references import find_marks
from reader.importers.writer import Writer
from reader.problem import Problem

IMPORTER = "markdown/1"
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([\w-]+):[ \t]*(.*)$")
_CAPTION = re.compile(r"\s*(table|figure|fig\.|box) ?\d+\b", re.IGNORECASE)
_FIELDS = {
    "title",
    "published",
    "updated",
    "language",
    "journal",
    "doi",
    "pmid",
    "licence",
    "address",
}
_SAME = {
    "date": "published",
    "lang": "language",
    "license": "licence",
    "url": "address",
    "author": "authors",
}


def read(path: Path) -> Reading:
    """The document of a Markdown file; pictures come from files beside it.

    Raises:
        Problem: when the file cannot be read or holds no text.
    """
    untrusted_bytes = read_bytes(path)
    decoded = decode(untrusted_bytes)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    facts, text = front_matter(text)
    assets = Assets()
    root = lxml_html.fragment_fromstring(_render(text), create_parent="div")
    title = facts.pop("title", "") or _title(root)
    _join_captions(root)
    _mark_references(root)

    def resolve(address: str) -> tuple[str, int, int] | None:
        return assets.resolve(address) or assets.keep(_beside(path, address))

    writer = Writer()
    write_blocks(writer, root, resolve_asset=resolve, title=title)
    document = writer.build(
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        title=title or path.stem,
        source=path.name,
        importer=IMPORTER,
        warnings=decoded.warnings,
        total_characters=len(text),
        **facts,
    )
    if not document.text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    return Reading(linked_references(document), assets.contents)


def _render(text: str) -> str:
    parser = MarkdownIt("commonmark", {"maxNesting": 100, "html": False})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    # Invalid XML characters would stop the tree from being built.
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", "", str(parser.render(text)))


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """What stands between lines of dashes at the very start, and the text after it.

    Plain `key: value` lines, and lists in brackets or as lines with dashes; no other YAML.
    """
    found = _FRONT.match(text)
    if not found:
        return {}, text
    facts: dict[str, Any] = {}
    key = ""
    for line in found[1].split("\n"):
        field = _FIELD.match(line)
        item = re.match(r"^\s*-\s+(.*)$", line)
        if field:
            key = _SAME.get(field[1].lower(), field[1].lower())
            if field[2].strip():
                facts[key] = _value(field[2])
        elif item and key:
            facts[key] = [*_listed(facts.get(key, [])), _bare(item[1])]
    kept: dict[str, Any] = {
        name: _listed(value)[0]
        for name, value in facts.items()
        if name in _FIELDS and _listed(value)
    }
    kept["authors"] = tuple(_listed(facts.get("authors", [])))
    return kept, text[found.end() :]


def _value(text: str) -> str | list[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        return [_bare(part) for part in text[1:-1].split(",") if part.strip()]
    return _bare(text)


def _bare(text: str) -> str:
    return text.strip().strip("\"'")


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def _title(root: Any) -> str:
    tops = [e for e in root if tag_of(e) == "h1"]
    return " ".join("".join(tops[0].itertext()).split()) if len(tops) == 1 else ""


def _beside(path: Path, address: str) -> Any:
    """A picture in the same folder or below it; nothing that climbs, and no address."""
    if not address or ":" in address or address.startswith(("/", "\\")):
        return None
    folder = path.resolve().parent
    wanted = (folder / address).resolve()
    if not wanted.is_relative_to(folder) or not wanted.is_file():
        return None
    if wanted.stat().st_size > LARGEST_BYTES:
        return None
    return picture(wanted.read_bytes())


def _join_captions(root: Any) -> None:
    """Makes "Table 1. …" before a table its caption, and what follows a picture alone its own."""
    for element in list(root.iter()):
        tag, parent = tag_of(element), element.getparent()
        if parent is None:
            continue
        before, after = element.getprevious(), element.getnext()
        if tag == "table" and before is not None and tag_of(before) == "p":
            if _CAPTION.match("".join(before.itertext())):
                before.tag = "caption"
                element.insert(0, before)
        elif tag == "p" and len(element) == 1 and tag_of(element[0]) == "img":
            if (element.text or "").strip() or (element[0].tail or "").strip():
                continue
            element.tag = "figure"
            caption = after is not None and tag_of(after) == "p"
            if caption and _CAPTION.match("".join(after.itertext())):
                only = after[0] if len(after) == 1 and not (after.text or "").strip() else None
                if only is not None and tag_of(only) == "em" and not (only.tail or "").strip():
                    after = only
                    element.getnext().drop_tag()
                after.tag = "figcaption"
                element.append(after)


def _mark_references(root: Any) -> None:
    """Makes [1] and [1,3–5] links to the items of an ordered list under "References"."""
    listing = None
    for element in root.iter("h1", "h2", "h3"):
        _, title = split_number(" ".join("".join(element.itertext()).split()))
        if REFERENCES.fullmatch(title) and tag_of(element.getnext()) == "ol":
            listing = element.getnext()
    if listing is None:
        return
    items = [e for e in listing if tag_of(e) == "li"]
    for number, item in enumerate(items, 1):
        item.set("id", f"reference-{number}")
    labels = [str(number) for number in range(1, len(items) + 1)]
    for element in list(root.iter()):
        if (
            listing in element.iterancestors()
            or element is listing
            or tag_of(element) in ("code", "pre")
        ):
            continue
        _mark_text(element, "text", labels)
        _mark_text(element, "tail", labels)


def _mark_text(element: Any, where: str, labels: list[str]) -> None:
    text = getattr(element, where)
    if not text or "[" not in text:
        return
    (marks,) = find_marks([text], labels)
    if not marks:
        return
    made = []
    for mark, end in zip(marks, [m.start for m in marks[1:]] + [len(text)], strict=True):
        link = lxml_html.Element(
            "a", {"href": f"#reference-{mark.labels[0]}", "role": "doc-noteref"}
        )
        link.set("data-labels", " ".join(mark.labels))
        link.text = text[mark.start : mark.end]
        link.tail = text[mark.end : end]
        made.append(link)
    setattr(element, where, text[: marks[0].start])
    if where == "text":
        for place, link in enumerate(made):
            element.insert(place, link)
    else:
        parent = element.getparent()
        if parent is None:
            return
        at = parent.index(element) + 1
        for place, link in enumerate(made):
            parent.insert(at + place, link)
