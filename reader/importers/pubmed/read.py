"""Records of PubMed: titles, abstracts, and where the articles stand.

Source: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.flow import Flow
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.xml import parse_xml
from reader.importers.common.xml_tree import one_of, text_in
from reader.importers.prose.nlm_inline import Inline
from reader.importers.result import ImportResult, read_bytes
from reader.model.document import Document
from reader.problem import Problem

IMPORTER = "pubmed/1"
_RECORDS = ("{*}PubmedArticle", "{*}PubmedBookArticle", "{*}MedlineCitation")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# What a reader must know of an article: that it was taken back or put right.
_NOTICES = {
    "RetractionIn": "Retracted in",
    "ExpressionOfConcernIn": "Expression of concern in",
    "ErratumIn": "Corrected in",
    "PartialRetractionIn": "Retracted in part in",
    "CorrectedandRepublishedIn": "Corrected and republished in",
    "UpdateIn": "Updated in",
}
_MARKS = {"i": "italic", "b": "bold", "u": "underline"}


def read(path: Path) -> ImportResult:
    """The document of one record of PubMed, or of several one after the other.

    Raises:
        Problem: when it is damaged or holds no record.
    """
    untrusted_bytes = read_bytes(path)
    root = parse_xml(untrusted_bytes, path.name)
    records = [e for e in root.iter(*_RECORDS) if not _is_inside(e)]
    if not records:
        raise Problem(f"“{path.name}” holds no record of PubMed.")
    document = _Records(records).document(
        id=hashlib.sha256(untrusted_bytes).hexdigest(), source=path.name, importer=IMPORTER
    )
    if not document.text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    return ImportResult(document)


def _is_inside(record: Element) -> bool:
    return any(tag_of(e) in ("pubmedarticle", "pubmedbookarticle") for e in record.iterancestors())


class _Records:
    """Writes records; a single one is the document, several are its sections."""

    def __init__(self, records: list[Element]) -> None:
        self._records = records
        self._flow = Flow(DocumentBuilder())
        self._inline = Inline(self._flow, {}, lambda _: False)
        self._shown: list[str] = []

    def document(self, **fields: Any) -> Document:
        """The records as a document."""
        alone = len(self._records) == 1
        for record in self._records:
            self._write_record(record, 1 if alone else 2, alone)
        facts: dict[str, Any] = {"title": Path(fields["source"]).stem}
        if alone:
            facts |= _facts(self._records[0])
        else:
            facts["title"] = f"{len(self._records)} records of PubMed"
        document = self._flow.writer.build(**{**fields, **facts})
        return accounted(document, ["\n".join(self._shown)])

    def _write_record(self, record: Element, level: int, alone: bool) -> None:
        flow = self._flow
        title = _first(record, "ArticleTitle", "BookTitle")
        if alone:
            flow.begin("title")
            self._write(title)
            flow.end()
        else:
            with flow.heading(1, None, "body"):
                self._write(title)
            facts = _facts(record)
            where = ". ".join(filter(None, (facts["journal"], facts["published"])))
            ids = [f"doi:{facts['doi']}" * bool(facts["doi"]), f"PMID: {facts['pmid']}"]
            self._say(", ".join(facts["authors"]))
            self._say(" ".join(filter(None, (f"{where}." if where else "", *ids))))
        for notice in record.iter("{*}CommentsCorrections"):
            said = _NOTICES.get(notice.get("RefType") or "")
            source = one_of(notice, "refsource")
            if said and source is not None:
                flow.begin("paragraph")
                with flow.mark("strong"):
                    flow.add(f"{said}: ")
                self._write(source)
                flow.end()
        self._write_abstracts(record, level)
        words = [text_in(word) for word in record.iter("{*}Keyword")]
        if words:
            self._say("Keywords: " + "; ".join(words))

    def _write_abstracts(self, record: Element, level: int) -> None:
        for abstract in record.iter("{*}Abstract", "{*}OtherAbstract"):
            if tag_of(abstract) == "otherabstract":
                heading = f"Abstract ({abstract.get('Language') or 'another'})"
            else:
                heading = "Abstract"
            with self._flow.heading(level, None, "abstract"):
                self._flow.add(heading)
            for part in abstract:
                if tag_of(part) == "abstracttext":
                    label = (part.get("Label") or "").strip()
                    if label and label != "UNLABELLED":
                        with self._flow.heading(level + 1, None, "body"):
                            self._flow.add(label.capitalize() if label.isupper() else label)
                    self._flow.begin("paragraph")
                    self._write(part)
                    self._flow.end()
                elif tag_of(part) == "copyrightinformation":
                    self._flow.begin("paragraph")
                    self._write(part)
                    self._flow.end()

    def _write(self, element: Element | None) -> None:
        if element is None:
            return
        self._shown.append(" ".join(map(str, element.itertext())))
        for part in element.iter():
            if tag_of(part) in _MARKS:
                part.tag = _MARKS[tag_of(part)]
        self._inline.write(element)

    def _say(self, words: str) -> None:
        if words:
            self._flow.begin("paragraph")
            self._flow.add(words)
            self._flow.end()


def _first(record: Element, *names: str) -> Element | None:
    for name in names:
        found = next(record.iter(f"{{*}}{name}"), None)
        if found is not None and text_in(found):
            return found
    return None


def _facts(record: Element) -> dict[str, Any]:
    """The fields of a Document that a record says."""
    ids = {
        (e.get("IdType") or e.get("EIdType") or ""): text_in(e)
        for e in record.iter("{*}ELocationID", "{*}ArticleId")
        if not any(tag_of(a) == "reference" for a in e.iterancestors())
    }
    title = _first(record, "ArticleTitle", "BookTitle")
    return {
        "title": text_in(title) or "A record of PubMed",
        "authors": tuple(_authors(record)),
        "journal": text_in(_first(record, "Title", "ISOAbbreviation")),
        "published": _published(record),
        "doi": ids.get("doi", ""),
        "pmid": text_in(_first(record, "PMID")),
        "volume": text_in(_first(record, "Volume")),
        "issue": text_in(_first(record, "Issue")),
        "pages": text_in(_first(record, "MedlinePgn")),
    }


def _authors(record: Element) -> Iterator[str]:
    people = next(record.iter("{*}AuthorList"), None)
    for author in () if people is None else people:
        names = [text_in(one_of(author, part)) for part in ("forename", "lastname", "suffix")]
        name = " ".join(filter(None, names)) or text_in(one_of(author, "collectivename"))
        if name:
            yield name


def _published(record: Element) -> str:
    date = next(record.iter("{*}PubDate"), None)
    if date is None:
        return ""
    year = text_in(one_of(date, "year")) or text_in(one_of(date, "medlinedate"))[:4]
    if not re.fullmatch(r"\d{4}", year):
        return ""
    month, day = text_in(one_of(date, "month")), text_in(one_of(date, "day"))
    short = month[:3].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(short) + 1 if short in _MONTHS else 0
    if not 1 <= number <= 12:
        return year
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day.isdigit() else "")
