"""Web pages saved with their pictures as one file, in MHTML.

Source: RFC 2557, "MIME Encapsulation of Aggregate Documents".
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email import policy
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import urljoin

from reader.importers.common.encoding import decode_page
from reader.importers.common.images import Assets, picture
from reader.importers.html.read import read_page
from reader.importers.result import ImportResult, read_bytes
from reader.model.document import WHOLE, with_details
from reader.problem import Problem

IMPORTER = "mhtml/3"
MOST_PARTS = 5_000
# Deeper than any page has frames; the parser calls itself for each.
_DEEPEST = 40
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_HEAD_BYTES = 64 * 1024
_BOUNDARY = re.compile(rb"""boundary\s*=\s*["']?([^"'\s;]{4,100})""", re.IGNORECASE)
_PAGE_HEAD = re.compile(rb"^content-type:\s*text/html", re.IGNORECASE | re.MULTILINE)
# As browsers write it, also where the head does not say it.
_SAVED_BOUNDARY = re.compile(rb"^-{4,}(=_NextPart|MultipartBoundary)", re.MULTILINE)
PAGES = ("text/html", "application/xhtml+xml")


def read(path: Path, whole: bool = False) -> ImportResult:
    """The document of a saved page, or of the `whole` of it, with its pictures.

    Raises:
        Problem: when it is damaged or holds no page to read.
    """
    untrusted_bytes = read_bytes(path)
    parts = stored_parts(untrusted_bytes, path.name)
    pages = [part for part in parts if part.get_content_type() in PAGES]
    if not pages:
        raise Problem(f"“{path.name}” is damaged: the page in it cannot be found.")
    page = pages[0]
    address = location_of(page)
    assets = Assets()
    stored: dict[str, Message] = {}
    for part in parts:
        if part.get_content_maintype() == "image":
            stored.update((place, part) for place in places_of(part))

    def resolve(wanted: str) -> tuple[str, int, int] | None:
        part = stored.get(wanted) or stored.get(urljoin(address, wanted))
        return assets.keep(picture(_content(part))) if part is not None else assets.resolve(wanted)

    untrusted_pages = {place: part for part in pages[1:] for place in places_of(part)}
    untrusted_sheets = [text_of(part) for part in parts if part.get_content_type() == "text/css"]

    def page_of(wanted: str) -> str | None:
        part = untrusted_pages.get(wanted) or untrusted_pages.get(urljoin(address, wanted))
        return text_of(part) if part is not None and wanted else None

    decoded = decode_page(_content(page), str(page.get_content_charset() or ""))
    document = read_page(
        decoded.text,
        assets,
        whole=whole,
        resolve_asset=resolve,
        page_of=page_of,
        sheets=untrusted_sheets,
        id=hashlib.sha256(untrusted_bytes).hexdigest(),
        source=path.name,
        importer=IMPORTER + WHOLE * whole,
        warnings=decoded.warnings,
    )
    if address.startswith(("http://", "https://")):
        document = with_details(document, {"address": address})
    return ImportResult(document, assets.contents)


def _readings(untrusted_bytes: bytes) -> Iterator[bytes]:
    """The file as it is, then as it may have been meant when its head is broken."""
    yield untrusted_bytes
    boundary = _BOUNDARY.search(untrusted_bytes[:_HEAD_BYTES])
    start = untrusted_bytes.find(b"--" + boundary[1]) if boundary else -1
    if boundary and start >= 0:
        head = b'Content-Type: multipart/related; boundary="' + boundary[1] + b'"'
        yield head + b"\r\n\r\n" + untrusted_bytes[start:]
    page = _PAGE_HEAD.search(untrusted_bytes[:_HEAD_BYTES])
    if page:
        rest = untrusted_bytes[page.start() :]
        end = _SAVED_BOUNDARY.search(rest)
        yield rest[: end.start()] if end else rest


def _parts(untrusted_message: bytes) -> list[Message]:
    message = BytesParser(policy=policy.compat32).parsebytes(untrusted_message)
    return [part for part in message.walk() if not part.is_multipart()]


def stored_parts(untrusted_bytes: bytes, name: str) -> list[Message]:
    """The parts of a saved page, as the first reading of it gives them that finds a page.

    Raises:
        Problem: when it is nested too deeply, or has too many parts.
    """
    if len(_MULTIPART.findall(untrusted_bytes[: 1 << 20])) > _DEEPEST:
        raise Problem(f"“{name}” is damaged: its parts cannot be told apart.")
    parts: list[Message] = []
    for untrusted_message in _readings(untrusted_bytes):
        parts = _parts(untrusted_message)
        if any(part.get_content_type() in PAGES for part in parts):
            break
    if len(parts) > MOST_PARTS:
        raise Problem(f"“{name}” is damaged: the page in it cannot be found.")
    return parts


def location_of(part: Message) -> str:
    """The address that a part says it comes from; "" for none."""
    return "".join(str(part.get("Content-Location", "")).split())


def places_of(part: Message) -> tuple[str, str]:
    """The addresses by which a page means one of its parts."""
    return location_of(part), f"cid:{str(part.get('Content-ID', '')).strip().strip('<>')}"


def text_of(part: Message) -> str:
    """The text of a part, as its encoding is said or seems."""
    return decode_page(_content(part), str(part.get_content_charset() or "")).text


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
