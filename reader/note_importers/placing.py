"""Where the words of a file of notes stand in a document.

Typography counts for nothing: composed and decomposed letters, ligatures, kinds of quotes and
dashes, dots, hyphens at line ends, gaps between paragraphs, and whether reference marks are there.
Any other sign, number or word does.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from reader.model.anchoring.ambiguity import in_rows
from reader.model.anchoring.reanchor import settle
from reader.model.anchoring.selector import describe
from reader.model.anchoring.words import split, words
from reader.model.annotation import Annotation, Target, TextQuoteSelector
from reader.model.document import Document
from reader.model.imported_note import FoundNote
from reader.model.span import Span

# So many words that stand in a text once are there by no chance.
_ENOUGH_WORDS = 5
# So much of the neighbours must be the same, and so much more than at any other place.
_BESIDE, _LEAD = 0.75, 0.5
_NEIGHBOURS = 24
_BRACKETED = re.compile(r"\[\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\]")
_AROUND = 400
_QUOTES = dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛‹›′`´", "'")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}
_OTHERS = {
    "…": "...",
    "µ": "μ",  # the micro sign, and the letter that it is
    "\u200b": "",
    "\u200c": "",
    "\u200d": "",
    "\u2060": "",
    "\ufeff": "",
}
_SIGNS = _QUOTES | _DASHES | _LIGATURES | _OTHERS


@dataclass(frozen=True, slots=True)
class _Bare:
    """A text without its typography; `places` has where each sign of it stood."""

    text: str
    places: list[int]


def placed_note(document: Document, one: FoundNote, annotation_id: str) -> Annotation:
    """The note on its passage, or open about its place where that is not sure."""
    quote = TextQuoteSelector(one.exact, one.prefix, one.suffix)
    made = Annotation(
        id=annotation_id,
        target=Target(document.id, quote, Span(0, len(one.exact)), ""),
        colour=one.colour,
        style=one.style,
        motivation=one.motivation,
        note=one.note,
        tags=one.tags,
        created=one.created,
        modified=one.modified or one.created,
    )
    span = _sure_place(document, one)
    if span is not None:
        return replace(made, target=describe(document, span))
    found = settled(document, made, lambda _: None)
    if found.state != "unplaced" and not _is_same(one.exact, found.target.quote.exact):
        # Other words or numbers are no place for it; a person may find the likeness.
        return replace(made, state="unplaced")
    # Its words are on no text that we have, so nobody can say that they are unchanged.
    return replace(found, state="check") if found.state in ("", "moved") else found


def settled(
    document: Document, annotation: Annotation, texts: Callable[[str], str | None]
) -> Annotation:
    """The annotation on the text that the document has now."""
    changes = settle(document, [annotation], texts)
    after = changes[0].after if changes else None
    return annotation if after is None else after


def _sure_place(document: Document, one: FoundNote) -> Span | None:
    """Where the very words are, once, among the neighbours that the file names."""
    if not one.exact.strip():
        # A note on the document as a whole stands at its title.
        return document.blocks[0].span if document.blocks else None
    if (at := _told_place(document, one)) is not None:
        return at
    found = _places(document, one)
    if not found:
        return None
    ranked = sorted(((*_beside(document.text, one, span), span) for span in found), key=_order)
    left, right, best = ranked[0]
    numbers = words(document.text).touched(best)
    if in_rows(words(document.text), numbers):
        return None
    told = [
        side for side, said in ((left, one.prefix), (right, one.suffix)) if len(split(said)) > 1
    ]
    if not told:
        return best if len(ranked) == 1 and len(split(one.exact)) >= _ENOUGH_WORDS else None
    lead = left + right - max((a + b for a, b, _ in ranked[1:]), default=0.0)
    return best if min(told) >= _BESIDE and lead >= _LEAD else None


def _order(ranked: tuple[float, float, Span]) -> float:
    return -(ranked[0] + ranked[1])


def _told_place(document: Document, one: FoundNote) -> Span | None:
    """Where a file of ours says that the words are, when they are there."""
    if one.start < 0 or one.source.document_id != document.id:
        return None
    start = one.start
    if one.in_utf16:
        start = len(document.text.encode("utf-16-le")[: 2 * start].decode("utf-16-le", "ignore"))
    span = Span(start, start + len(one.exact))
    return span if span.cut(document.text) == one.exact else None


def _places(document: Document, one: FoundNote) -> list[Span]:
    """Every place with the words, first among all that is written, then without reference marks."""
    wanted, whole = _bare(one.exact, ()).text, _whole(document.text)
    found = list(_found(whole.text, whole, wanted, one))
    if not found and wanted.isupper():
        # Small capitals are typography too.
        found = list(_found(whole.text.upper(), whole, wanted, one))
    if not found and not any(map(unicodedata.combining, wanted)):
        # Who copied it without accents copied the same words: naive is naïve.
        plain = _unaccented(document.text)
        found = list(_found(plain.text, plain, wanted, one))
    if not found and (marks := _reference_marks(document)):
        unmarked = _without(document.text, marks)
        found = list(_found(unmarked.text, unmarked, wanted, one))
    return found


def _reference_marks(document: Document) -> tuple[tuple[int, int], ...]:
    """Where reference marks stand, also such as nobody could tell from text."""
    known = [mark.span for mark in document.marks if mark.kind == "reference_mark"]
    places = [(span.start, span.end) for span in known]
    places += [found.span() for found in _BRACKETED.finditer(document.text)]
    made: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return tuple(made)


def _found(text: str, bare: _Bare, wanted: str, one: FoundNote) -> Iterator[Span]:
    at = text.find(wanted) if wanted and len(text) == len(bare.places) else -1
    while at >= 0:
        end = at + len(wanted)
        if not _is_cut(text, at, end, one):
            yield Span(bare.places[at], bare.places[end - 1] + 1)
        at = text.find(wanted, at + 1)


def _is_cut(text: str, start: int, end: int, one: FoundNote) -> bool:
    """Whether a place begins or ends inside a word or a number, as the file does not say."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if text[start].isalnum() and before[-1:].isalnum() and not one.prefix[-1:].isalnum():
        return True
    if text[end - 1].isalnum() and after[:1].isalnum() and not one.suffix[:1].isalnum():
        return True
    # "5 mg" is not in "2.5 mg", nor "2" in "2.5".
    if text[start].isdigit() and before[-1:] in (".", ",") and before[:1].isdigit():
        return one.prefix[-1:] not in (".", ",")
    if text[end - 1].isdigit() and after[:1] in (".", ",") and after[1:].isdigit():
        return one.suffix[:1] not in (".", ",")
    return False


def _beside(text: str, one: FoundNote, span: Span) -> tuple[float, float]:
    """The shares of the words right before and right after that are those of the file.

    The outermost are left out: a context may begin inside a word.
    """
    left = split(_bare(one.prefix, ()).text).keys
    right = split(_bare(one.suffix, ()).text).keys
    left = left[1 if len(left) > 1 else 0 :][::-1][:_NEIGHBOURS]
    right = right[: max(1, len(right) - 1)][:_NEIGHBOURS]
    around = _bare(text[max(0, span.start - _AROUND) : span.start], ()).text
    there = split(around).keys[::-1]
    behind = split(_bare(text[span.end : span.end + _AROUND], ()).text).keys
    return _share(left, there), _share(right, behind)


def _share(told: list[str], there: list[str]) -> float:
    return sum(a == b for a, b in zip(told, there, strict=False)) / max(1, len(told))


def _is_same(one: str, other: str) -> bool:
    """Whether two texts differ in typography, capitals and accents at most."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    bare = _bare(text, ()).text.casefold()
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


@lru_cache(maxsize=4)
def _whole(text: str) -> _Bare:
    return _bare(text, ())


@lru_cache(maxsize=4)
def _unaccented(text: str) -> _Bare:
    bare = _whole(text)
    kept = [n for n, sign in enumerate(bare.text) if not unicodedata.combining(sign)]
    return _Bare("".join(bare.text[n] for n in kept), [bare.places[n] for n in kept])


@lru_cache(maxsize=4)
def _without(text: str, marks: tuple[tuple[int, int], ...]) -> _Bare:
    return _bare(text, marks)


def _bare(text: str, left_out: tuple[tuple[int, int], ...]) -> _Bare:
    """A text without typography, and without what is left out."""
    signs: list[str] = []
    places: list[int] = []
    starts = [start for start, _ in left_out]
    gap = parted = False
    for at, character in enumerate(text):
        if starts and (k := bisect_left(starts, at + 1)) and at < left_out[k - 1][1]:
            continue
        if character == _SOFT_HYPHEN:
            parted = True
            continue
        if character.isspace():
            # What stands behind a soft hyphen is the end of a line, not of a word.
            gap = not parted
            continue
        parted = False
        plain = _SIGNS.get(character, character)
        if not character.isascii() and plain == character:
            plain = unicodedata.normalize("NFD", character)
        if not plain:
            continue
        if (
            plain[0].isalpha()
            and len(signs) > 1
            and signs[-1] == "-"
            and text[places[-1]] in _HYPHENS
            and signs[-2].isalpha()
        ):
            # A hyphen in a word, or where a line parted it: a file may have the word as one.
            signs.pop()
            places.pop()
        elif gap and signs and _parts(signs, plain[0]):
            signs.append(" ")
            places.append(at - 1)
        gap = False
        signs += plain
        places += [at] * len(plain)
    return _Bare("".join(signs), places)


def _parts(signs: list[str], after: str) -> bool:
    """Whether the space between two signs is more than a gap: it parts words or numbers."""
    before = signs[-1]
    if unicodedata.combining(before):
        return after.isalnum()
    if before == "-" or after == "-":
        return True
    if before.isalnum() and after.isalnum():
        return True
    return after.isdigit() and len(signs) > 1 and signs[-2].isdigit()
