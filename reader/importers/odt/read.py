"""Texts in OpenDocument, as LibreOffice writes them: packed (.odt) and flat (.fodt).

Source: https://docs.oasis-open.org/office/OpenDocument/v1.3/.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from posixpath import normpath

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.builder.reference_marks import join_marks
from reader.importers.common.archive import Archive
from reader.importers.common.elements import Element, attribute, tag_of
from reader.importers.common.images import Assets, picture
from reader.importers.common.symbol_fonts import UNKNOWN
from reader.importers.common.xml import parse_xml
from reader.importers.common.xml_tree import text_in
from reader.importers.odt.blocks import Picture, Text
from reader.importers.odt.shown import shown_in
from reader.importers.odt.styles import Styles
from reader.importers.result import ImportResult, read_bytes
from reader.model.plain_text import plain_text
from reader.problem import Problem

IMPORTER = "odt/2"
MOST_MEMBERS = 5_000
_UNKNOWN_SIGN = "Some signs are in fonts that Offprint does not know; “�” stands for them."
Parts = tuple[list[Element], Callable[[str], "bytes | None"]]


def read(path: Path) -> ImportResult:
    """The document of a text in OpenDocument, with its pictures.

    Raises:
        Problem: when it is damaged, protected by a password, or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    take_apart = _packed if untrusted_bytes.startswith(b"PK") else _flat
    roots, find = take_apart(untrusted_bytes, path.name)
    assets = Assets()

    def resolve(frame: Element) -> Picture | None:
        for image in frame.iter("{*}image"):
            address = attribute(image, "href")
            content = find(address) if address else _embedded(image)
            kept = assets.keep(picture(content)) if content else None
            if kept is not None:
                return kept
        return None

    def formula(frame: Element) -> Element | None:
        for one in frame.iter("{*}object"):
            inside = next(one.iter("{*}math"), None)
            if inside is not None:
                return inside
            content = find(f"{attribute(one, 'href')}/content.xml")
            if content and b"math" in content[:4096]:
                return next(parse_xml(content, path.name).iter("{*}math"), None)
        return None

    body = next((e for one in roots[0].iter("{*}body") for e in one if tag_of(e) == "text"), None)
    if body is None:
        raise Problem(f"“{path.name}” is damaged: the text in it cannot be found.")
    styles = Styles(roots)
    shown = [shown_in(body, styles)]
    writer = DocumentBuilder()
    Text(writer, styles, resolve, formula).write(body)
    facts = _facts(roots)
    document = writer.build(
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER,
        warnings=(_UNKNOWN_SIGN,) if any(UNKNOWN in text for text in shown) else (),
        **{**facts, "title": facts["title"] or path.stem},
    )
    if not document.text.strip() and not assets.contents:
        raise Problem(f"“{path.name}” holds no text to read.")
    first = next(iter(document.blocks), None)
    kinds = ("title",) if facts["title"] else ("title", "heading")
    if first is not None and first.kind in kinds:
        words = plain_text(document, first.span, reference_marks=False)
        document = replace(document, title=" ".join(words.split()))
    return ImportResult(accounted(join_marks(document), shown), assets.contents)


def _embedded(image: Element) -> bytes | None:
    """The bytes of a picture that stands in the text itself."""
    data = next(image.iter("{*}binary-data"), None)
    try:
        return None if data is None else base64.b64decode(data.text or "")
    except (binascii.Error, ValueError):
        return None


def _packed(untrusted_bytes: bytes, name: str) -> Parts:
    """The text, styles and details of a packed file, and what finds other parts of it."""
    archive = Archive(untrusted_bytes, name, MOST_MEMBERS)
    if not {"content.xml", "META-INF/manifest.xml"}.intersection(archive.names):
        raise Problem(
            f"“{name}” is a compressed file, and no text of OpenDocument is in it. If it should "
            "hold something else, give it the ending .zip, and open that."
        )
    manifest = "META-INF/manifest.xml"
    if manifest in archive and b"encryption-data" in archive.read(manifest):
        raise Problem(
            f"“{name}” is protected by a password. Open it in LibreOffice, choose File > Save As… "
            "without “Save with password”, and open that."
        )

    def find(address: str) -> bytes | None:
        inside = normpath(address)
        return archive.read(inside) if inside in archive else None

    members = ["content.xml", *(n for n in ("styles.xml", "meta.xml") if n in archive)]
    return [parse_xml(archive.read(member), name) for member in members], find


def _flat(untrusted_bytes: bytes, name: str) -> Parts:
    """The same of a flat file, which is one XML document."""
    return [parse_xml(untrusted_bytes, name)], lambda _: None


def _facts(roots: list[Element]) -> dict[str, object]:
    said: dict[str, str] = {}
    for root in roots:
        for meta in root.iter("{*}meta"):
            for element in meta:
                said.setdefault(tag_of(element), text_in(element))
    date = re.match(r"\d{4}(-\d\d(-\d\d)?)?", said.get("date", ""))
    author = said.get("initial-creator") or said.get("creator")
    return {
        "title": said.get("title", ""),
        "authors": (author,) if author else (),
        "updated": date[0] if date else "",
        "language": said.get("language", "").split("-")[0].lower()[:3],
    }
