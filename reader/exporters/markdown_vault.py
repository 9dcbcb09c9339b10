"""Notes as Markdown, a file a document, in a folder that people write in too.

Each file says in its front matter whose notes it holds, and has a checksum: so a later export
renews what is ours and as we left it, and touches nothing else.
Source: https://help.obsidian.md/properties, /links (block identifiers) and /tags.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from reader.exporters import markdown
from reader.model.export.export_set import Chapter, ExportSet
from reader.paths import is_device

SUFFIX = ".md"
_NAME_CHARACTERS = 120
# Signs that some system forbids in names, that Obsidian links with, or that nobody sees.
_UNSAFE = re.compile(
    r"[\x00-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\\/:*?\"<>|#^\[\]]+"
)
_HEAD = re.compile(r"---\n((?:.*\n)*?)---\n")
_OURS = re.compile(r'^offprint: "(.+)"\n', re.M)
_CHECK = re.compile(r'^offprint-check: "(\w+)"\n', re.M)


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written: under which name, what, and with how many notes.

    `beside` is the name of a file of ours that was changed by somebody, and is left alone.
    """

    name: str
    content: str
    count: int
    beside: str = ""


def write(notebook: ExportSet, out: TextIO) -> None:
    """Write all files one after the other, to be looked at."""
    out.write("\n".join(page(chapter) for chapter in notebook.chapters))


def holds(content: str, notebook: ExportSet) -> bool:
    """Whether files, read back, have every quote and after it the link of its note."""
    return markdown.holds(content, notebook)


def plan(
    notebook: ExportSet,
    names: Iterable[str],
    texts: Mapping[str, str],
    earlier: Mapping[str, Collection[str]],
) -> list[File]:
    """The files for a folder.

    `names` are those of all that lies there, `texts` what the Markdown files hold, `earlier` the
    ids that a document had before its text changed.
    """
    taken = {_key(name) for name in names}
    ours: dict[str, list[str]] = {}
    for name in sorted(texts):
        document_id = owner(texts[name])
        if document_id:
            ours.setdefault(document_id, []).append(name)
    files = []
    for chapter in notebook.chapters:
        document = chapter.document
        ids = (document.id, *earlier.get(document.id, ()))
        mine = [name for one in ids for name in ours.get(one, ())]
        name = next((name for name in mine if is_as_we_left_it(texts[name])), "")
        beside = next((name for name in mine if not is_as_we_left_it(texts[name])), "")
        if not name:
            name = _free_name(file_name(document.title), taken)
            taken.add(_key(name))
        files.append(File(name, page(chapter), len(chapter.entries), beside))
    return files


def page(chapter: Chapter) -> str:
    """A file: what the document is, then its notes with ids that other notes can point to."""
    document = chapter.document
    every = (tag for entry in chapter.entries for tag in entry.annotation.tags)
    tags = dict.fromkeys(filter(None, map(plain_tag, every)))
    fields = {
        "title": document.title,
        "authors": list(document.authors),
        "journal": document.publication.journal,
        "published": document.publication.published,
        "doi": document.publication.doi,
        "pmid": document.publication.pmid,
        "url": document.publication.address,
        "tags": list(tags),
        "offprint": document.id,
    }
    head = "".join(f"{name}: {_yaml(value)}\n" for name, value in fields.items() if value)
    body = io.StringIO()
    markdown.write_chapter(chapter, body, block_ids=True, tag=plain_tag)
    check = _checksum(f"---\n{head}---\n{body.getvalue()}")
    return f"---\n{head}offprint-check: {_yaml(check)}\n---\n{body.getvalue()}"


def owner(text: str) -> str:
    """The id of the document whose notes a file of ours holds; "" for any other file."""
    head = _HEAD.match(_lines(text))
    found = _OURS.search(head[1]) if head and _CHECK.search(head[1]) else None
    return found[1] if found else ""


def is_as_we_left_it(text: str) -> bool:
    """Whether nobody has changed a file of ours."""
    text = _lines(text)
    found = _CHECK.search(text)
    return found is not None and found[1] == _checksum(_CHECK.sub("", text, count=1))


def file_name(title: str) -> str:
    """A title as the name of a file, without its suffix, on any system."""
    name = " ".join(_UNSAFE.sub(" ", unicodedata.normalize("NFC", title)).split())
    while len(name) > _NAME_CHARACTERS or len(name.encode()) > 2 * _NAME_CHARACTERS:
        name = name[:-1]
    name = name.strip(" .") or "Untitled"
    return f"_{name}" if is_device(name) else name


def _free_name(stem: str, taken: Collection[str]) -> str:
    name, number = f"{stem}{SUFFIX}", 1
    while _key(name) in taken:
        number += 1
        name = f"{stem} ({number}){SUFFIX}"
    return name


def _key(name: str) -> str:
    """The same for names that some file system takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def plain_tag(tag: str) -> str:
    """A tag of letters, digits, dashes and slashes; never of digits alone."""
    plain = re.sub(r"[^\w/-]+", "-", tag).strip("-/")
    return f"_{plain}" if plain.isdigit() else plain


def _yaml(value: Sequence[str]) -> str:
    """A value in double quotes, which YAML reads as JSON does; its further line ends escaped."""
    written = json.dumps(value, ensure_ascii=False)
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda c: f"\\u{ord(c[0]):04x}", written
    )


def _lines(text: str) -> str:
    """A text as we write it, whatever its editor does to line ends and the end of a file."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n") + "\n"


def _checksum(text: str) -> str:
    return hashlib.sha256(_lines(text).encode()).hexdigest()[:16]
