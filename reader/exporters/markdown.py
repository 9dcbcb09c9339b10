"""Notes as Markdown: a heading a document and a section, the quote, the note, what it cites.

The line that ends a note has its link and, in a comment, what it is besides what is shown: no note
can hold that line (`markdown_notes`), so that none hides or swallows the next.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TextIO

from reader.exporters import markdown_notes
from reader.exporters.record import line_of, record
from reader.model.export.export_set import Chapter, Entry, ExportSet
from reader.model.plain_text import Piece

# Marks of Markdown, and of pandoc and Obsidian beside it.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$^@]|&(?=#?\w+;))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHOWN_AS = re.compile(r"</?su[bp]>|(?<!\\)~~")
_NO_ID = re.compile(r"[^A-Za-z0-9-]")
# What begins a list, in pandoc also letters and brackets.
_FIRST = re.compile(r"^(\w{1,9}(?=[.)](?:\s|$))|(?=[-+=(:]))")
_LOOKS = {"sup": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>"), "strike": ("~~", "~~")}
EARLIER = "Earlier text: "


def write(notebook: ExportSet, out: TextIO) -> None:
    """Write all chapters, one after the other."""
    for number, chapter in enumerate(notebook.chapters):
        if number:
            out.write("\n")
        write_chapter(chapter, out)


def holds(content: str, notebook: ExportSet) -> bool:
    """Whether a file, read back, has every quote and after it the end of its note."""
    at = 0
    for _, entry in notebook.entries:
        # Looked for one after the other: to find all lines by a pattern takes five times as long.
        for wanted in (
            f"\n> {quote_of(entry)}\n",
            f"[open]({entry.link}) {markdown_notes.MARK} {{",
        ):
            at = content.find(wanted, at)
            if at < 0:
                return False
            at += len(wanted)
    return True


def write_chapter(
    chapter: Chapter, out: TextIO, block_ids: bool = False, tag: Callable[[str], str] = str
) -> None:
    """Write the notes on one document.

    With `block_ids`, each quote can be pointed to; `tag` says how a tag is shown, if at all.
    """
    out.write(f"# {escape(chapter.document.title)}\n\n{escape(chapter.citation)}\n")
    path: tuple[str, ...] | None = None
    for entry in chapter.entries:
        if entry.path != path:
            path = entry.path
            out.write(f"\n## {escape(entry.heading or chapter.document.title)}\n")
        _write_entry(entry, out, block_ids, tag)


def _write_entry(entry: Entry, out: TextIO, block_ids: bool, tag: Callable[[str], str]) -> None:
    quote, safe = quote_of(entry), markdown_notes.write(entry.annotation.note)
    out.write(f"\n> {quote}\n\n")
    if block_ids:
        out.write(f"^{_NO_ID.sub('-', entry.annotation.id)}\n\n")
    if safe.text:
        out.write(f"{safe.text}\n\n")
    if entry.earlier_quote:
        out.write(f"{EARLIER}{escape(entry.earlier_quote)}\n\n")
    out.write(f"{facts(entry, tag)} · [open]({entry.link}) {_record(entry, quote, safe)}\n")
    if entry.references:
        out.write("\n")
    for label, text in entry.references:
        out.write(_reference(label, text))


def record_of(entry: Entry) -> str:
    """What a note is besides what is shown, as a comment that no renderer shows."""
    return _record(entry, quote_of(entry), markdown_notes.write(entry.annotation.note))


def _record(entry: Entry, quote: str, safe: markdown_notes.SafeNote) -> str:
    made = record(entry.annotation, shown(quote))
    if safe.fence:
        made["fence"] = safe.fence
    if safe.escaped:
        made["escaped"] = True
    return f"{markdown_notes.MARK} {line_of(made)}-->"


def facts(entry: Entry, tag: Callable[[str], str] = str) -> str:
    """What is said of a note in a word or two; the sign of a tag stays, since programs know it."""
    tags = entry.annotation.tags
    said = entry.facts_with(tags if tag is str else dict.fromkeys(filter(None, map(tag, tags))))
    return " · ".join(map(_fact, said))


def fact_of_tag(tag: str) -> str:
    """A tag as the line of facts shows it."""
    return _fact(f"#{tag}")


# Colours, days and tags come again and again, and so do references.
@lru_cache(4096)
def _fact(fact: str) -> str:
    return fact[:1] + escape(fact[1:])


@lru_cache(4096)
def _reference(label: str, text: str) -> str:
    return f"- [{escape(label)}] {line(text)}\n"


def quote_of(entry: Entry) -> str:
    """The words of a note on one line, raised, lowered and struck as they are."""
    if len(entry.pieces) < 2:
        return line(entry.quote)
    return _at_start("".join(map(_piece, entry.pieces)))


def _piece(piece: Piece) -> str:
    words = _with_backslashes(piece.words)
    for kind, (opening, closing) in _LOOKS.items():
        if kind in piece.kinds and (core := words.strip()):
            words = words.replace(core, f"{opening}{core}{closing}", 1)
    return words


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return _with_backslashes(" ".join(text.split()))


def _with_backslashes(text: str) -> str:
    made = _SPECIAL.sub(r"\\\1", text)
    # Two open a comment for Obsidian.
    return made.replace("%%", "\\%\\%") if "%%" in made else made


def line(text: str) -> str:
    """The same at the beginning of a line, where more signs mean something."""
    return _at_start(escape(text))


def _at_start(escaped: str) -> str:
    found = _FIRST.match(escaped)
    return f"{found[0]}\\{escaped[found.end() :]}" if found else escaped


def shown(quote: str) -> str:
    """The words that a quote in Markdown shows."""
    return meant(_SHOWN_AS.sub("", quote) if "<" in quote or "~~" in quote else quote)


def meant(escaped: str) -> str:
    """The text that was written so that Markdown shows it as it is."""
    return _ESCAPED.sub(r"\1", escaped) if "\\" in escaped else escaped
