"""Web pages saved by Safari with their pictures as one file, a web archive.

Source: the property lists of Apple's Web Kit, WebArchive.
"""

from __future__ import annotations

import hashlib
import plistlib
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.parsers.expat import ExpatError

from reader.importers.common.encoding import decode_page
from reader.importers.common.images import Assets, picture
from reader.importers.html.read import read_page
from reader.importers.result import ImportResult, read_bytes
from reader.model.document import WHOLE, with_details
from reader.problem import Problem

IMPORTER = "webarchive/2"
MOST_RESOURCES = 5_000


def read(path: Path, whole: bool = False) -> ImportResult:
    """The document of a saved page, or of the `whole` of it, with its pictures.

    Raises:
        Problem: when it is damaged or holds no page to read.
    """
    untrusted_bytes = read_bytes(path)
    untrusted_archive = _property_list(untrusted_bytes, path.name)
    page = _fields(untrusted_archive, "WebMainResource")
    content = page.get("WebResourceData")
    if not isinstance(content, bytes) or not content:
        raise Problem(f"“{path.name}” is damaged: the page in it cannot be found.")
    kind = str(page.get("WebResourceMIMEType") or "text/html")
    if not kind.endswith(("html", "xml", "text/plain")):
        raise Problem(
            f"“{path.name}” is a web archive of something that is no page ({kind}). Open that "
            "itself in the browser, save it, and open what was saved."
        )
    address = str(page.get("WebResourceURL") or "")
    stored: dict[str, bytes] = {}
    untrusted_resources = untrusted_archive.get("WebSubresources")
    for one in untrusted_resources if isinstance(untrusted_resources, list) else ():
        if isinstance(one, dict) and isinstance(one.get("WebResourceData"), bytes):
            stored[str(one.get("WebResourceURL") or "")] = one["WebResourceData"]
    if len(stored) > MOST_RESOURCES:
        raise Problem(f"“{path.name}” holds more files than Offprint reads.")
    assets = Assets()

    def resolve(wanted: str) -> tuple[str, int, int] | None:
        found = stored.get(wanted) or stored.get(_joined(address, wanted))
        return assets.keep(picture(found)) if found is not None else assets.resolve(wanted)

    decoded = decode_page(content, str(page.get("WebResourceTextEncodingName") or ""))
    document = read_page(
        decoded.text,
        assets,
        whole=whole,
        resolve_asset=resolve,
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER + WHOLE * whole,
        warnings=decoded.warnings,
    )
    if address.startswith(("http://", "https://")):
        document = with_details(document, {"address": document.publication.address or address})
    return ImportResult(document, assets.contents)


def _joined(address: str, wanted: str) -> str:
    try:
        return urljoin(address, wanted)
    except ValueError:
        return wanted


def _property_list(untrusted_bytes: bytes, name: str) -> dict[str, Any]:
    """What the file holds; a list that is deep, or refers to itself, is damaged."""
    try:
        untrusted = plistlib.loads(untrusted_bytes)
    except (
        *(plistlib.InvalidFileException, ExpatError, ValueError, TypeError, KeyError, IndexError),
        *(AttributeError, OverflowError, RecursionError, EOFError),
    ):
        raise Problem(f"“{name}” is damaged: its archive cannot be opened.") from None
    if not isinstance(untrusted, dict):
        raise Problem(f"“{name}” is damaged: the page in it cannot be found.")
    return untrusted


def _fields(untrusted_archive: dict[str, Any], name: str) -> dict[str, Any]:
    found = untrusted_archive.get(name)
    return found if isinstance(found, dict) else {}
