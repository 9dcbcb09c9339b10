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


def without_lone_halves(untrusted_bytes: bytes) -> bytes:
    """The same file, each group of words to be written twice that holds them once read as it is.

    A group "upr" holds words in the code page and once more in Unicode ("ud"), which is read. One
    without the second half, as broken writers leave it, holds the only copy of its words.
    """
    words, whole = _halves(untrusted_bytes) if b"\\upr" in untrusted_bytes else (set(), set())
    lone = sorted(words - whole)
    if not lone:
        return untrusted_bytes
    made = bytearray(untrusted_bytes)
    for at in lone:
        made[at : at + len(b"\\upr")] = b"\\ud "
    return bytes(made)


def _halves(untrusted_bytes: bytes) -> tuple[set[int], set[int]]:
    """Where each word "upr" begins, and where those do whose group has its second half."""
    words: set[int] = set()
    whole: set[int] = set()
    # Of each open group: where its own "upr" begins, and that of which it is the second half.
    groups: list[tuple[int, int]] = [(0, 0)]
    at = 0
    while at < len(untrusted_bytes):
        token = TOKEN.match(untrusted_bytes, at)
        begin, at = at, token.end() if token is not None else at + 1
        word, number, code, _, brace, text = token.groups() if token is not None else (None,) * 6
        if brace == b"{":
            groups.append((0, groups[-1][1]))
        elif brace == b"}" and len(groups) > 1:
            groups.pop()
        elif word == b"bin":
            at += max(int(number or 0), 0)
        elif word == b"upr":
            words.add(begin)
            groups[-1] = begin, groups[-1][1]
        elif word == b"ud" and len(groups) > 1 and groups[-2][0]:
            groups[-1] = groups[-1][0], groups[-2][0]
        elif groups[-1][1] and (word == b"u" or code is not None or (text or b"").strip()):
            whole.add(groups[-1][1])
    return words, whole
