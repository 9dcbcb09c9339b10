"""Word documents: what each part says, read in the order that Word shows it."""

from __future__ import annotations

import hashlib
import re
import zlib
from pathlib import Path
from zipfile import BadZipFile

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.archive import Archive
from reader.importers.common.elements import tag_of
from reader.importers.common.images import Assets
from reader.importers.common.xml import parse_xml
from reader.importers.docx.package import Package
from reader.importers.docx.reader import DocxReader
from reader.importers.result import ImportResult, read_bytes
from reader.problem import Problem

IMPORTER = "docx/4"
MOST_MEMBERS = 5_000
_OLE = b"\xd0\xcf\x11\xe0"
_DOCTYPE = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s")
# What the parsers make of damaged files, and what is nested beyond all reason.
_DAMAGES = (
    *(KeyError, ValueError, AttributeError, TypeError, IndexError, OSError, RecursionError),
    *(EOFError, NotImplementedError, BadZipFile, zlib.error),
)
_UNKNOWN_SIGN = "Some signs are in fonts that Offprint does not know; “�” stands for them."


def read(path: Path) -> ImportResult:
    """The document of a Word file (.docx, .docm, .dotx).

    Raises:
        Problem: when it is damaged, locked with a password, or holds nothing to read.
    """
    untrusted_bytes = read_bytes(path)
    if untrusted_bytes.startswith(_OLE):
        raise ole_problem(path.name, untrusted_bytes)
    package = Package(_checked(untrusted_bytes, path.name), path.name)
    assets, writer = Assets(), DocumentBuilder()
    reader = DocxReader(package, writer, assets)
    try:
        printed = reader.write()
        facts = _facts(package)
        document = writer.build(
            id=hashlib.sha256(untrusted_bytes).hexdigest(),
            source=path.name,
            importer=IMPORTER,
            warnings=(_UNKNOWN_SIGN,) if reader.holds_unknown else (),
            **{**facts, "title": printed or facts.get("title") or path.stem},
        )
        document = accounted(document, reader.shown)
    except _DAMAGES:
        raise Problem(f"“{path.name}” is damaged: its text cannot be read.") from None
    if not document.text.strip() and not document.figures:
        raise Problem(f"“{path.name}” holds no text to read.")
    return ImportResult(document, assets.contents)


def ole_problem(name: str, untrusted_bytes: bytes) -> Problem:
    """What to say of a file in the container of older Offices: it may hold a locked newer one."""
    if "EncryptedPackage".encode("utf-16-le") in untrusted_bytes:
        return Problem(
            f"“{name}” is locked with a password. Open it in Word, save a copy without a password, "
            "and import the copy."
        )
    if "WordDocument".encode("utf-16-le") in untrusted_bytes:
        return Problem(
            f"“{name}” is a document of an older Word (.doc). Open it in Word or LibreOffice, save "
            "it as .docx, and import that."
        )
    return Problem(
        f"“{name}” is a file of an older Office, which Offprint does not read. Save it as .docx or "
        "PDF, and import that."
    )


def _checked(untrusted_bytes: bytes, name: str) -> Archive:
    archive = Archive(untrusted_bytes, name, MOST_MEMBERS)
    for member in archive.names:
        # In UTF-16 each letter has a zero beside it, and any part may be named as the document.
        part = archive.read(member).replace(b"\x00", b"")
        if (_DOCTYPE if member.endswith((".xml", ".rels")) else _ENTITY).search(part):
            raise Problem(f"“{name}” is damaged: it holds what no Word file holds.")
    return archive


def _facts(package: Package) -> dict[str, object]:
    """What the file's properties say; people often leave there what a template said."""
    related = [r.target for r in package.relations("").values() if r.kind == "core-properties"]
    part = next((name for name in (*related, "docProps/core.xml") if name in package.archive), "")
    if not part:
        return {}
    try:
        root = parse_xml(package.archive.read(part), package.name)
    except Problem:
        return {}
    said = {tag_of(e): " ".join((e.text or "").split()) for e in root.iter()}
    facts: dict[str, object] = {
        "title": said.get("title", ""),
        "authors": tuple(filter(None, re.split(r"\s*;\s*", said.get("creator", "")))),
        "updated": said.get("modified", "")[:10],
        "language": said.get("language", "").split("-")[0].lower()[:3],
    }
    return {key: value for key, value in facts.items() if value}
