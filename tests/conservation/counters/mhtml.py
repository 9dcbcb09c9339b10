"""Saved pages: the first part of HTML, and the frames that are in it.

Source: RFC 2557.
"""

from __future__ import annotations

import email
import email.policy
from pathlib import Path

from tests.conservation.counted import Container
from tests.conservation.counters.decoding import decoded
from tests.conservation.counters.html import count_page


def count(path: Path) -> list[Container]:
    """What the page shows; its style sheets are in other parts."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    pages: list[str] = []
    sheets: list[str] = []
    frames: dict[str, str] = {}
    for part in message.walk():
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        charset = part.get_content_charset()
        text = content.decode(charset, "replace") if charset else decoded(content, declares=True)
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            pages.append(text)
            frames[f"cid:{str(part.get('Content-ID', '')).strip('<> ')}"] = text
            frames["".join(str(part.get("Content-Location", "")).split())] = text
        elif part.get_content_type() == "text/css":
            sheets.append(text)
    return count_page(pages[0], sheets, frames) if pages else []
