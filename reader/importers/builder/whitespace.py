"""Text of unknown origin as a document holds it: NFC, single spaces, no signs that none can see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_DROPPED = "\u00ad\u200b\u2060\ufeff\ufdd0\ufdd1\ufffc"
_UNTIDY = re.compile(
    rf"[{_DROPPED}\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|[^\S\u00a0\u2007\u202f]{{2,}}"
    r"|[^\S \u00a0\u2007\u202f]"
)
_UNTIDY_KEPT = re.compile(rf"[{_DROPPED}\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MEANT = {"\x0b": "\n", "\x1f": "\t"}
_UNBREAKING = "\u00a0\u2007\u202f"
_SIGNS = rf"{_DROPPED}\x00-\x08\x0b\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff"
# A lone space between words is not special: most matches would be that.
_SPECIAL = re.compile(
    rf"[\x0b\x1f]|[^\S\x0b\x1f{_UNBREAKING}]{{2,}}|[^\S \x0b\x1f{_UNBREAKING}]"
    rf"| (?=[{_SIGNS}])|(?<=[{_SIGNS}]) "
    rf"|[{_DROPPED}\x00-\x08\x0e-\x1b\x7f-\x9f\ud800-\udfff]"
)


def tidy(untrusted_text: str, keep_space: bool = False) -> tuple[str, list[int] | None]:
    """Text as a document holds it, and where each code point of the input went.

    NFC; no soft hyphens, zero-width spaces or control characters; runs of white space are one
    space and the ends are bare, unless `keep_space`. The second value maps each offset of the
    input, its end included, to one of the output; None means that all stayed where they were.
    "\\x0b" stands for a line break that is meant, and becomes "\\n"; "\\x1f" parts the cells of a
    table inside a cell, and becomes "\\t".
    """
    untidy = (_UNTIDY_KEPT if keep_space else _UNTIDY).search(untrusted_text)
    if (
        not untidy
        and unicodedata.is_normalized("NFC", untrusted_text)
        and (keep_space or untrusted_text.strip() == untrusted_text)
    ):
        return untrusted_text, None
    if not keep_space and _is_plain(untrusted_text):
        return _tidy_plain(untrusted_text)
    out: list[str] = []
    places: list[int] = []
    length = 0
    pending = ""
    for cluster in _clusters(untrusted_text):
        first = cluster[0]
        places.extend([length + len(pending)] * len(cluster))
        if first in "\x0b\x1f" or (keep_space and first in "\n\t"):
            piece = _MEANT.get(first, first)
            if keep_space:
                out.append(piece)
                length += 1
            else:
                pending = piece if length else ""
        elif first.isspace() and len(cluster) == 1 and first not in _UNBREAKING:
            if keep_space:
                piece = "\n" if first in "\u2028\u2029\x85" else " " if first != "\r" else ""
                out.append(piece)
                length += len(piece)
            elif length and not pending:
                pending = " "
        elif first in _DROPPED or unicodedata.category(first) == "Cc":
            continue
        else:
            piece = "\ufffd" if "\ud800" <= first <= "\udfff" else cluster
            piece = unicodedata.normalize("NFC", piece)
            out.append(pending + piece)
            length += len(pending) + len(piece)
            pending = ""
    text = "".join(out)
    if not unicodedata.is_normalized("NFC", text):
        # Dropping a character can bring a letter and its accent together.
        again, moved = tidy(text, keep_space)
        text, places = again, [moved[p] if moved else p for p in places]
    if not keep_space and text.strip() != text:
        front = len(text) - len(text.lstrip())
        text = text.strip()
        places = [p - front for p in places]
    places.append(len(text))
    return text, [min(max(p, 0), len(text)) for p in places]


def _is_plain(text: str) -> bool:
    """Whether only white space and what is dropped is untidy: nothing combines with anything."""
    if text.isascii():
        return True
    return unicodedata.is_normalized("NFC", text) and not any(map(_combines, set(text)))


def _tidy_plain(text: str) -> tuple[str, list[int] | None]:
    """The same as `tidy` for plain text, a run at a time: most text is."""
    out: list[str] = []
    places: list[int] = []
    length = at = 0
    pending = ""
    for special in _SPECIAL.finditer(text):
        start, end = special.span()
        if start > at:
            out += pending, text[at:start]
            length += len(pending)
            places += range(length, length + start - at)
            length += start - at
            pending = ""
        at = end
        places.append(length + len(pending))
        first = text[start]
        if first in _MEANT:
            pending = _MEANT[first] if length else ""
        elif "\ud800" <= first <= "\udfff":
            out += pending, "\ufffd"
            length += len(pending) + 1
            pending = ""
        elif first.isspace():
            pending = pending or (" " if length else "")
            places += [length + len(pending)] * (end - start - 1)
    if at < len(text):
        out += pending, text[at:]
        length += len(pending)
        places += range(length, length + len(text) - at)
    made = "".join(out)
    if made.strip() != made:
        # Spaces that no line is broken at stand at an end: they are no words either.
        front = len(made) - len(made.lstrip())
        made = made.strip()
        places = [max(place - front, 0) for place in places] if front else places
    places.append(len(made))
    # Only what was white space at the end can lie beyond it: places never go back.
    last = len(places) - 1
    while last and places[last - 1] > len(made):
        last -= 1
        places[last] = len(made)
    return made, places


def _clusters(text: str) -> Iterator[str]:
    """The text in pieces that normalise on their own: a character and what combines with it."""
    start = 0
    for i in range(1, len(text) + 1):
        if i < len(text) and _combines(text[i]):
            continue
        yield from [text[start:i]] if i > start else []
        start = i


def _combines(character: str) -> bool:
    return character > "\u02ff" and (
        unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"
    )
