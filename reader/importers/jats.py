"""Journal articles in JATS, the XML of PubMed Central and its forerunner of the NLM.

Source: https://jats.nlm.nih.gov/archiving/tag-library/1.3/.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.importers.html_tree import Element
from reader.importers.jats_blocks import Blocks
from reader.importers.jats_front import all_of, facts_of, one_of, text_in
from reader.importers.jats_references import ids_in, labels_of
from reader.importers.joined_marks import join_marks
from reader.importers.reading import Reading, read_bytes
from reader.importers.writer import Writer
from reader.importers.xml import parse_xml
from reader.model.document import Abbreviation, Document
from reader.model.span import Span
from reader.problem import Problem

IMPORTER = "jats/1"


def read(path: Path) -> Reading:
    """The document of an article.

    Raises:
        Problem: when it is damaged, no article, or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    root = parse_xml(untrusted_bytes, path.name)
    article = next(root.iter("{*}article"), None)
    if article is None:
        raise Problem(f"“{path.name}” is XML, but no article that Offprint reads.")
    document = _Article(article).document(
        id=hashlib.sha256(untrusted_bytes).hexdigest(), source=path.name, importer=IMPORTER
    )
    if not document.text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    return Reading(document)


class _Article(Blocks):
    """Writes one article."""

    def __init__(self, article: Element) -> None:
        self._article = article
        self._references = list(article.iter("{*}ref"))
        super().__init__(Writer(), labels_of(self._references))

    def document(self, **fields: Any) -> Document:
        """The article as a document."""
        article, writer = self._article, self._writer
        meta = one_of(article, "front", "article-meta")
        meta = one_of(article, "front-stub") if meta is None else meta
        title = one_of(meta, "title-group", "article-title") if meta is not None else None
        if title is not None:
            writer.begin("title")
            self._inline.write(title)
            self._end()
        for part in () if meta is None else all_of(meta, "abstract"):
            self._write_section(part, "Abstract", "abstract")
        for name in ("body", "floats-group", "back", "sub-article", "response"):
            for part in all_of(article, name):
                if name in ("sub-article", "response"):
                    self._write_part(part)
                else:
                    self._write_children(part)
        facts = facts_of(article)
        if not facts.get("doi"):
            facts.pop("doi", None)
        name = text_in(title) or Path(fields["source"]).stem
        document = join_marks(writer.build(title=name, **facts, **fields))
        return self._with_ids(self._with_abbreviations(document))

    def _write_part(self, part: Element) -> None:
        """A part of the article that is an article itself: a letter, an answer, a translation."""
        title = one_of(part, "front-stub", "title-group", "article-title")
        self._heading(title, text_in(title) or "A part of the article", None, "appendix")
        self._level += 1
        for name in ("body", "back"):
            for inner in all_of(part, name):
                self._write_children(inner)
        self._level -= 1

    def _with_ids(self, document: Document) -> Document:
        """The references with the DOI and PMID that stand in links beside their text."""
        known = {self._labels[ref.get("id") or ""]: ids_in(ref) for ref in self._references}
        references = []
        for one in document.references:
            doi, pmid = known.get(one.label, ("", ""))
            references.append(replace(one, doi=one.doi or doi, pmid=one.pmid or pmid))
        return replace(document, references=tuple(references))

    def _with_abbreviations(self, document: Document) -> Document:
        found = []
        for short, long in self.definitions:
            start = document.text.rfind(long)
            if start >= 0 and len(short) <= 24:
                found.append(Abbreviation(short, long, Span(start, start + len(long))))
        return replace(document, abbreviations=tuple(found))
