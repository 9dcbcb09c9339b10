"""Addresses that lead to a note, from another note or from a file that notes went out to."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

SCHEME = "offprint:"
_PLAIN = re.compile(r"[A-Za-z0-9-]+")
_ADDRESS = re.compile(rf"{SCHEME}([0-9a-f]{{64}})(?:#(.+))?")


def address_of(document_id: str, annotation_id: str) -> str:
    """The address of a note; notes that came from elsewhere may be called anything."""
    # Ours are plain already; to see that takes a tenth of the time.
    plain = _PLAIN.fullmatch(annotation_id)
    return f"{SCHEME}{document_id}#{annotation_id if plain else quote(annotation_id, safe='')}"


def read_address(untrusted_address: str) -> tuple[str, str]:
    """The ids of the document and of the note; "" and "" when the address is none of ours.

    Without a note the address leads to the document.
    """
    found = _ADDRESS.fullmatch(untrusted_address.strip())
    return (found[1], unquote(found[2] or "")) if found else ("", "")
