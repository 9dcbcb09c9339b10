"""The signs that Rich Text is written in: words, codes, braces, text.

Source: Rich Text Format Specification 1.9.1, "RTF Syntax" and "Unicode RTF" (`upr`, `ud`).
"""

from __future__ import annotations

import re

TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
    re.DOTALL,
)
"""A word, its number, a code, a sign, a brace, or text."""


def twice_written(untrusted_bytes: bytes) -> set[int]:
    """Where each word "upr" ends in whose group the same words stand once more, in Unicode.

    A group without them, as broken writers leave it, holds the only copy of its words.
    """
    found: set[int] = set()
    if b"\\upr" not in untrusted_bytes:
        return found
    # Of each open group: where its own "upr" ends, and that of which it is the Unicode half.
    groups: list[tuple[int, int]] = [(0, 0)]
    at = 0
    while at < len(untrusted_bytes):
        token = TOKEN.match(untrusted_bytes, at)
        at = token.end() if token is not None else at + 1
        word, number, code, _, brace, text = token.groups() if token is not None else (None,) * 6
        if brace == b"{":
            groups.append((0, groups[-1][1]))
        elif brace == b"}" and len(groups) > 1:
            groups.pop()
        elif word == b"bin":
            at += max(int(number or 0), 0)
        elif word == b"upr":
            groups[-1] = at, groups[-1][1]
        elif word == b"ud" and len(groups) > 1 and groups[-2][0]:
            groups[-1] = groups[-1][0], groups[-2][0]
        elif groups[-1][1] and (word == b"u" or code is not None or (text or b"").strip()):
            found.add(groups[-1][1])
    return found
