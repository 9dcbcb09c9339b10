"""Did you mean …?"""

from __future__ import annotations

from collections.abc import Sequence

from reader.search.analyzer import RAW, WIDTH_SIGN, analyse
from reader.search.index_view import View
from reader.search.query_ast import Spot, terms

_SHORTEST = 4
_LETTERS_OF_TWO_EDITS = 6
# Who has more words than these that stand nowhere did not misspell them.
_MOST_MISSING = 4


def suggest(text: str, view: View, spots: Sequence[Spot]) -> str:
    """The query with words that stand nowhere replaced by the nearest that do, or ""."""
    missing = {
        term.text
        for spot in spots
        for term in terms(spot)
        if term.how != "wild" and not len(view.postings("text", term).passages)
    }
    changes = []
    for match in RAW.finditer(text) if 0 < len(missing) <= _MOST_MISSING else ():
        for piece in analyse(match[0]).pieces:
            better = _nearest(piece.surface, view) if piece.surface in missing else ""
            if better:
                changes.append((match.start() + piece.start, match.start() + piece.end, better))
    for start, end, better in reversed(changes):
        text = text[:start] + better + text[end:]
    return text if changes else ""


def _nearest(word: str, view: View) -> str:
    """The most frequent of the words that are the fewest edits away, or ""."""
    if len(word) < _SHORTEST:
        return ""
    rows = view.rows("text")
    for edits in range(1, 3 if len(word) >= _LETTERS_OF_TWO_EDITS else 2):
        found: dict[str, int] = {}
        near = view.near("text", word, edits)
        for segment, (field, numbers) in enumerate(zip(rows.fields, near, strict=True)):
            counts = rows.counts(segment)
            for number in numbers.tolist():
                spelled = field.words[number].decode().split(WIDTH_SIGN)[0]
                if counts[number]:
                    found[spelled] = found.get(spelled, 0) + int(counts[number])
        if found:
            return min(found, key=lambda spelled: (-found[spelled], spelled))
    return ""
