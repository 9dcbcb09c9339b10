"""Drug labels in SPL, the XML of DailyMed and the FDA.

Source: HL7 Structured Product Labeling, release 8, and the implementation guide of the FDA.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.companions import NO_COMPANIONS, Companions
from reader.importers.common.elements import Element, tag_of
from reader.importers.common.images import Assets
from reader.importers.common.xml import parse_xml
from reader.importers.common.xml_tree import all_of, one_of, text_in
from reader.importers.result import ImportResult, read_bytes
from reader.importers.spl.text import Narrative
from reader.model.document import Document, SectionKind
from reader.model.plain_text import plain_text
from reader.problem import Problem

IMPORTER = "spl/1"
_BOXED_WARNING = "34066-1"
_UNCLASSIFIED = "42229-5"
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=\D)")
_HIGHLIGHTS = "./{*}excerpt/{*}highlight/{*}text"
_UNITS = {"1": "", "mg": " mg", "ug": " microgram", "mL": " mL", "g": " g", "[iU]": " IU"}


def read(
    path: Path, companions: Companions = NO_COMPANIONS, content: bytes | None = None
) -> ImportResult:
    """The document of a drug label, with those of its pictures that lie beside it.

    `content` is what the file holds, where it is part of an archive.

    Raises:
        Problem: when it is damaged or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path) if content is None else content
    root = parse_xml(untrusted_bytes, path.name)
    assets = Assets()
    label = _Label(root, companions.resolver(assets))
    document = label.document(
        id=hashlib.sha256(untrusted_bytes).hexdigest(), source=path.name, importer=IMPORTER
    )
    if not document.text.strip():
        raise Problem(f"“{path.name}” holds no text to read.")
    return ImportResult(document, assets.contents)


class _Label:
    """Writes one label."""

    def __init__(self, root: Element, resolve: Any) -> None:
        self._root = root
        pictures = {e.get("ID") or "": e for e in root.iter("{*}observationMedia") if e.get("ID")}
        self._text = Narrative(DocumentBuilder(), pictures, resolve)
        self._flow = self._text.flow
        self._level = 0

    def document(self, **fields: Any) -> Document:
        """The label as a document."""
        root, flow = self._root, self._flow
        shown = _shown_in(root)
        title = one_of(root, "title")
        if title is not None and text_in(title):
            flow.begin("title")
            self._text.write(title)
            self._text.end()
        self._write_highlights()
        for component in all_of(root, "component"):
            for body in component:
                if tag_of(body) == "structuredbody":
                    self._write_sections(body)
                elif tag_of(body) in ("section", "nonxmlbody"):
                    self._write_section(body)
        self._text.write_notes()
        names = root.iterfind("./{*}author//{*}representedOrganization/{*}name")
        makers = tuple(dict.fromkeys(map(text_in, names)))
        date = _date(one_of(root, "effectivetime"))
        document = flow.writer.build(
            title=text_in(title) or Path(fields["source"]).stem,
            authors=makers,
            published=date,
            updated=date,
            language=_language(root),
            **fields,
        )
        if document.blocks and document.blocks[0].kind == "title":
            words = plain_text(document, document.blocks[0].span, reference_marks=False)
            document = replace(document, title=" ".join(words.split()))
        return accounted(document, [shown])

    def _write_highlights(self) -> None:
        """What the label puts before its sections: of each, the little that must be known."""
        sections = [e for e in self._root.iter("{*}section") if e.find(_HIGHLIGHTS) is not None]
        if not sections:
            return
        with self._flow.heading(1, None, "body"):
            self._flow.add("Highlights of prescribing information")
        for section in sections:
            said = text_in(one_of(section, "title")) or _usual_title(section)
            if said:
                self._flow.begin("paragraph")
                with self._flow.mark("strong"):
                    self._flow.add(said)
                self._text.end()
            for text in section.iterfind(_HIGHLIGHTS):
                self._text.write_blocks(text)

    def _write_sections(self, body: Element) -> None:
        for component in all_of(body, "component"):
            for section in all_of(component, "section"):
                self._write_section(section)

    def _write_section(self, section: Element) -> None:
        flow, code = self._flow, one_of(section, "code")
        title = one_of(section, "title")
        for name in filter(None, (section.get("ID"), _root_id(section))):
            flow.writer.anchor(name)
        said = text_in(title) or _usual_title(section)
        kind: SectionKind = "body"
        if code is not None and code.get("code") == _BOXED_WARNING:
            kind = "box"
        if said:
            number = _NUMBERED.match(said)
            with flow.heading(self._level + 1, number[1] if number else None, kind):
                if title is not None and text_in(title):
                    self._text.write(_without_number(title) if number else title)
                else:
                    flow.add(said)
            self._text.end()
        self._level += bool(said)
        for child in section:
            tag = tag_of(child)
            if tag == "text":
                self._text.write_blocks(child)
            elif tag == "subject":
                self._write_product(child)
        self._write_sections(section)
        self._level -= bool(said)

    def _write_product(self, subject: Element) -> None:
        """What a product is made of: its name, form and ingredients with their strengths."""
        for product in subject.iter("{*}manufacturedProduct", "{*}manufacturedMedicine"):
            name = one_of(product, "name")
            if name is None:
                continue
            form = one_of(product, "formcode")
            said = [text_in(name), "" if form is None else (form.get("displayName") or "").lower()]
            self._flow.begin("paragraph")
            with self._flow.mark("strong"):
                self._flow.add(", ".join(filter(None, said)))
            self._text.end()
            for ingredient in product:
                if tag_of(ingredient) in ("ingredient", "activeingredient", "inactiveingredient"):
                    substance = next(ingredient.iter("{*}name"), None)
                    words = f"{text_in(substance)} {_strength(ingredient)}".strip()
                    self._flow.begin("list_item", 0, "•")
                    self._flow.add(words)
                    self._text.end()


def _root_id(section: Element) -> str:
    found = one_of(section, "id")
    return "" if found is None else found.get("root") or ""


def _usual_title(section: Element) -> str:
    """What a section without a title is called by its code: "Boxed warning"."""
    code = one_of(section, "code")
    if code is None or code.get("code") in (None, _UNCLASSIFIED) or not text_in(section):
        return ""
    words = (code.get("displayName") or "").removesuffix(" SECTION")
    return words.capitalize() if words.isupper() else words


def _without_number(title: Element) -> Element:
    """The title without the number that stands beside it."""
    first = next((e for e in title.iter() if (e.text or "").strip()), None)
    if first is not None and (match := _NUMBERED.match((first.text or "").lstrip() + " x")):
        first.text = (first.text or "").lstrip()[match.end() :]
    return title


def _date(time: Element | None) -> str:
    said = "" if time is None else time.get("value") or ""
    match = re.match(r"(\d{4})(\d\d)?(\d\d)?", said)
    return "-".join(filter(None, match.groups())) if match else ""


def _language(root: Element) -> str:
    code = one_of(root, "languagecode")
    return "" if code is None else (code.get("code") or "").split("-")[0].lower()


def _strength(ingredient: Element) -> str:
    quantity = one_of(ingredient, "quantity")
    parts = []
    for name in ("numerator", "denominator"):
        part = None if quantity is None else one_of(quantity, name)
        if part is not None and part.get("value"):
            unit = part.get("unit") or "1"
            parts.append(f"{part.get('value')}{_UNITS.get(unit, f' {unit}')}")
    return " in ".join(parts)


def _shown_in(root: Element) -> str:
    """What the label shows a person: titles and texts, and the names of products."""
    said: list[str] = []
    for section in root.iter("{*}section"):
        for child in section:
            if tag_of(child) in ("title", "text"):
                said += map(str, child.itertext())
        for highlight in section.iterfind(_HIGHLIGHTS):
            said += map(str, highlight.itertext())
    return " ".join(said)
