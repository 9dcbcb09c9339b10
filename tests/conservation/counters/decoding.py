"""Characters of files that do not say their encoding, or say it in their first lines."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BESIDE = re.compile(r"(?<=[a-z])[^\x00-\x7f](?=[a-z ])")
_QUOTES = re.compile(r"[“‘]\w|\w[”’]")
_HEAD_BYTES = 4096


def decoded(content: bytes, declares: bool = False) -> str:
    """The text: by its byte order mark, as UTF-8, as it declares, else as Windows-1252."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    if content[1:2] == b"\0" or content[:1] == b"\0":
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _DECLARED.search(content[:_HEAD_BYTES]) if declares else None
    if said:
        try:
            name = codecs.lookup(said[1].decode("ascii")).name
            return content.decode("cp1252" if name == "iso8859-1" else name, "replace")
        except (LookupError, UnicodeDecodeError):
            pass
    # Only one of the two has letters where letters stand, and quotation marks round words.
    return max((content.decode(name, "replace") for name in ("cp1252", "mac_roman")), key=_likely)


def _likely(text: str) -> int:
    """How many signs beyond ASCII stand where such signs stand."""
    letters = sum(map(str.islower, _BESIDE.findall(text)))
    return letters + len(_QUOTES.findall(text))
