"""An article in JATS, from its title to what is said about it at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.xml_tree import all_of, one_of, text_in
from reader.importers.jats.blocks import Blocks
from reader.importers.jats.document import built
from reader.importers.jats.exhibits import Resolve
from reader.importers.jats.front import facts_of, name_of
from reader.importers.jats.references import labels_of
from reader.importers.jats.showing import shown_in
from reader.model.document import Document

_PARTS = ("body", "floats-group", "back", "sub-article", "response")
_ABSTRACTS = {
    "graphical": "Graphical abstract",
    "key-points": "Key points",
    "executive-summary": "Executive summary",
    "plain-language-summary": "Plain language summary",
    "summary": "Summary",
    "short": "Short abstract",
    "teaser": "In brief",
    "precis": "In brief",
    "toc": "In brief",
    "video": "Video abstract",
}
_KINDS_OF_PART = {
    "reply": "Reply",
    "response": "Response",
    "decision-letter": "Decision letter",
    "editor-report": "Editor’s report",
    "referee-report": "Referee’s report",
    "author-comment": "Author’s response",
    "translation": "Translation",
    "correction": "Correction",
}
_ABSTRACT_TITLE = re.compile(r"\W*(abstract|summary|synopsis)\W*", re.IGNORECASE)
_DATA = re.compile(r"\bdata\b.*\bavailab", re.IGNORECASE)
_ABOUT = "About this article"


class Article:
    """Writes one article."""

    def __init__(self, article: Element, resolve: Resolve) -> None:
        self._article = article
        self._references = list(article.iter("{*}ref"))
        self._blocks = Blocks(DocumentBuilder(), labels_of(self._references), resolve)
        # What says once more what was written, and what of the front is shown.
        self._repeated: set[Element] = set()
        self._shown: list[Element] = []

    def document(self, **fields: Any) -> Document:
        """The article as a document."""
        article, blocks = self._article, self._blocks
        meta = _front(article)
        self._write_title(meta)
        self._write_abstracts(article, meta)
        for name in _PARTS:
            for part in all_of(article, name):
                if name in ("sub-article", "response"):
                    self._write_part(part)
                else:
                    self._write_whole(part)
        self._write_about(meta)
        facts = facts_of(article)
        if not facts.get("doi"):
            facts.pop("doi", None)
        title = Path(fields["source"]).stem
        shown = shown_in(self._shown, self._repeated)
        return built(blocks, self._references, [shown], title=title, **facts, **fields)

    def _write_whole(self, part: Element) -> None:
        self._shown.append(part)
        done = [child for child in part if child in self._repeated]
        self._blocks.write_children(part, done)

    def _write_title(self, meta: Element | None) -> None:
        group = one_of(meta, "title-group") if meta is not None else None
        if group is None:
            return
        title, blocks = one_of(group, "article-title"), self._blocks
        if title is not None:
            self._shown.append(title)
            blocks.flow.begin("title")
            blocks.inline.write(title)
            for subtitle in all_of(group, "subtitle"):
                self._shown.append(subtitle)
                words = text_in(title)
                blocks.flow.add(" " if words.endswith((":", "?", "!", ".", "–", "—")) else ": ")
                blocks.inline.write(subtitle)
            blocks.end()
        for other in all_of(group, "trans-title-group"):
            for line in other:
                if tag_of(line) in ("trans-title", "trans-subtitle"):
                    self._shown.append(line)
                    blocks.write_paragraph(line)
        for notes in all_of(group, "fn-group"):
            self._write_whole(notes)

    def _write_abstracts(self, article: Element, meta: Element | None) -> None:
        """The abstracts, each once: some files repeat theirs, or begin the body with it."""
        said: dict[str, None] = {}
        if meta is None:
            return
        for part in meta:
            if tag_of(part) not in ("abstract", "trans-abstract"):
                continue
            words = _bare(part)
            if not words or words in said:
                continue
            said[words] = None
            self._shown.append(part)
            kind = part.get("abstract-type") or ""
            usual = "Abstract" if tag_of(part) == "abstract" else "Abstract in another language"
            self._blocks.write_section(part, _ABSTRACTS.get(kind, usual), "abstract")
        body = one_of(article, "body")
        first = None if body is None else one_of(body, "sec")
        if first is not None and _ABSTRACT_TITLE.fullmatch(text_in(one_of(first, "title"))):
            words = _bare(first)
            title = _bare(one_of(first, "title"))
            if words in said or words.removeprefix(title) in {w.removeprefix(title) for w in said}:
                self._repeated.add(first)

    def _write_part(self, part: Element) -> None:
        """A part of the article that is an article itself: a letter, an answer, a translation."""
        meta, blocks = _front(part), self._blocks
        group = one_of(meta, "title-group") if meta is not None else None
        title = one_of(group, "article-title") if group is not None else None
        kind = part.get("article-type") or part.get("response-type") or tag_of(part)
        blocks.anchor(part)
        blocks.write_heading(
            title, _KINDS_OF_PART.get(kind, "A part of the article"), "", "appendix"
        )
        if title is not None:
            self._shown.append(title)
        blocks.level += 1
        if meta is not None and (people := ", ".join(_people(meta))):
            blocks.flow.begin("paragraph")
            with blocks.flow.mark("emphasis"):
                blocks.flow.add(people)
            blocks.end()
        self._write_abstracts(part, meta)
        for name in _PARTS:
            for inner in all_of(part, name):
                if name in ("sub-article", "response"):
                    self._write_part(inner)
                else:
                    self._write_whole(inner)
        blocks.level -= 1

    def _write_about(self, meta: Element | None) -> None:
        """What the front says in sentences: keywords, interests of the authors, money, data."""
        if meta is None:
            return
        blocks = self._blocks
        words = list(all_of(meta, "kwd-group"))
        notes = [*all_of(meta, "author-notes"), *_notes_of_front(meta)]
        notes = [e for e in notes if text_in(e)]
        money = list(all_of(meta, "funding-group", "funding-statement"))
        data = [
            value
            for custom in all_of(meta, "custom-meta-group", "custom-meta")
            if _DATA.search(text_in(one_of(custom, "meta-name")))
            and (value := one_of(custom, "meta-value")) is not None
        ]
        if not any((words, notes, money, data)):
            return
        blocks.write_heading(None, _ABOUT)
        blocks.level += 1
        for group in words:
            self._write_keywords(group)
        for part in notes:
            self._write_whole(part)
        for part in (*money, *data):
            self._shown.append(part)
            blocks.write_paragraph(part)
        blocks.level -= 1

    def _write_keywords(self, group: Element) -> None:
        blocks = self._blocks
        title = text_in(one_of(group, "title")) or "Keywords"
        blocks.flow.begin("paragraph")
        with blocks.flow.mark("strong"):
            blocks.flow.add(title.rstrip(":") + ":")
        for number, word in enumerate(e for e in group if tag_of(e) in _KEYWORDS):
            self._shown.append(word)
            blocks.flow.add("; " if number else " ")
            blocks.inline.write(word)
        blocks.end()


_KEYWORDS = ("kwd", "compound-kwd", "nested-kwd")


def _front(article: Element) -> Element | None:
    """What an article says of itself."""
    meta = one_of(article, "front", "article-meta")
    return one_of(article, "front-stub") if meta is None else meta


def _notes_of_front(meta: Element) -> Iterator[Element]:
    front = meta.getparent()
    return all_of(front, "notes") if front is not None and tag_of(front) == "front" else iter(())


def _people(meta: Element) -> Iterator[str]:
    for contributor in all_of(meta, "contrib-group", "contrib"):
        name = next(contributor.iter("{*}name", "{*}string-name", "{*}collab"), None)
        if name is not None and name_of(name):
            yield name_of(name)


def _bare(element: Element | None) -> str:
    return "".join(filter(str.isalnum, text_in(element).casefold()))
