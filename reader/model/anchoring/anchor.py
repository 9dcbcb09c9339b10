"""From the description of a passage back to it: `anchor` is the inverse of `describe`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.model.anchoring.alignment import align
from reader.model.anchoring.ambiguity import in_rows, is_unambiguous, undisturbed
from reader.model.anchoring.quote_search import alike, exactly
from reader.model.anchoring.selector import placed
from reader.model.anchoring.sense_change import is_turned
from reader.model.anchoring.transfer import Place, carry
from reader.model.anchoring.words import split, unchanged, words
from reader.model.annotation import Target
from reader.model.document import Document
from reader.model.span import Span

# From these scores on a place is certain, and worth showing with the wish that it be checked.
CERTAIN = 0.9
LIKELY = 0.6
# Texts that share less than this are not two states of one document.
SHARED = 0.2
# Between texts that share as much as this, rows among which something was put in are rows still.
NEARLY_ALL = 0.97
# The most for what must not be placed without being asked for.
DOUBTFUL = 0.55
# The most for what is only like the passage and was found without the old text.
ALIKE = 0.85
MOST_PROPOSALS = 5
# How much of a side must be there to count, or to settle it; how many words are few or many.
BESIDE, CLOSE = 0.25, 0.75
FEW, MANY = 3, 8
# How much of a passage must be left to be shown with a badge: between neighbours that are both
# there, and where only those of one side are.
LEFT_BETWEEN, LEFT_BESIDE = 0.3, 0.5

State = Literal["kept", "moved", "check", "unplaced"]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a target is in a text now, or None when that is not sure.

    `score` is 1 for certainty. `state` is "kept" among the same neighbours, "moved" elsewhere,
    "check" when a person should look, "unplaced" when there is no span. `changed` says that the
    words there differ in more than white space and kinds of quotes. `proposals` are places that it
    could be instead, best first.
    """

    span: Span | None
    state: State
    score: float = 0.0
    proposals: tuple[Span, ...] = ()
    changed: bool = False


def anchor(document: Document, target: Target, old_text: str | None = None) -> Placement:
    """Where the target of an annotation is in the document's text.

    In the very text it was made on, at its position. In another one where the alignment with
    `old_text`, the text it was made on, has it; without that, where its words are. What is less
    than likely is a proposal. An area is in its very file, or nowhere.
    """
    span = placed(document, target)
    if span is not None:
        return Placement(span, "kept", 1.0)
    if target.area is not None:
        return _of_area(document, target)
    text, position, quote = document.text, target.position, target.quote
    if old_text is not None and position.cut(old_text) == quote.exact:
        return _by_alignment(old_text, text, position)
    passage = quote.prefix + quote.exact + quote.suffix
    start = len(quote.prefix)
    return _by_quote(text, passage, Span(start, start + len(quote.exact)))


def _of_area(document: Document, target: Target) -> Placement:
    """Where an area stands among the text: sure in its own file, also when that was read anew.

    The file of another edition may have anything on that page.
    """
    if target.area is None or target.area.file != document.id:
        return Placement(None, "unplaced")
    text, quote = document.text, target.quote
    # What it stands before tells where, else what it stands behind, else how far down it was.
    start = min(target.position.start, len(text))
    for beside, length in ((quote.prefix, len(quote.prefix)), (quote.suffix, 0)):
        if beside.strip() and text.count(beside) == 1:
            start = text.index(beside) + length
    return Placement(Span(start, start), "kept", 1.0)


def _by_alignment(old: str, new: str, span: Span) -> Placement:
    before, alignment = words(old), align(old, new)
    place = carry(alignment, before, words(new), span)
    score = _carried_score(place) if place else 0.0
    first = before.touched(span).start
    moved = any(run.old <= first < run.old + run.size for run in alignment.moved)
    others: list[Place] = []
    disputed = False
    if not (place and place.near == 1 and min(place.left, place.right) >= CLOSE):
        found = exactly(new, before, span)
        others = [one for one in found if not (place and _meet(place, one))]
        # Words that another old passage became are the twin's of this one, and tell nothing.
        free = [one for one in others if all(alignment.to_old[m] < 0 for m in one.words)]
        if place is None and len(free) == len(found) == 1 and len(exactly(old, before, span)) == 1:
            place, others, score = free[0], [], _quote_score(free[0], [])
        disputed = place is not None and place.near < 1 and any(map(_disputes, free))
    if place:
        numbers = before.touched(span)
        in_table = in_rows(before, numbers) and not undisturbed(alignment, numbers)
        apart = is_unambiguous(alignment, old, before, new, words(new), place)
        if disputed or in_table or not apart or alignment.shared < SHARED:
            score = min(score, DOUBTFUL)
        sound = apart and not disputed and alignment.shared >= SHARED
        sound = sound and not (in_table and alignment.shared < NEARLY_ALL)
        if score < LIKELY and sound and _is_left(place, len(numbers), in_table):
            # Last, for it compares the passage word by word.
            score = score if is_turned(span.cut(old), place.span.cut(new)) else LIKELY
    return _placement(span.cut(old), new, score, moved, place, others)


def _is_left(place: Place, size: int, in_table: bool) -> bool:
    """Whether enough of a passage of `size` words, and of what stood beside it, is there to show
    its place with a badge; among rows, what stood on both sides must be."""
    low, high = sorted((place.left, place.right))
    if low >= CLOSE:
        return place.near >= LEFT_BETWEEN
    return not in_table and high >= CLOSE and size >= MANY and place.near >= LEFT_BESIDE


def _disputes(one: Place) -> bool:
    """Whether the very words elsewhere make a place doubtful where they are changed."""
    return one.size >= FEW or _sides(one) >= CLOSE


def _by_quote(new: str, passage: str, span: Span) -> Placement:
    before = split(passage)
    found = exactly(new, before, span)
    if found:
        found.sort(key=_sides, reverse=True)
        score = min(_quote_score(found[0], found[1:]), _most(found[0], found[1:]))
    else:
        found = alike(new, before, span)
        score = _likeness_score(found[0], found[1:]) if found else 0.0
    if found and in_rows(words(new), found[0].words):
        score = min(score, DOUBTFUL)
    return _placement(span.cut(passage), new, score, True, found[0] if found else None, found[1:])


def _placement(
    quote: str, new: str, score: float, moved: bool, place: Place | None, others: list[Place]
) -> Placement:
    ranked = [place.span] if place else []
    ranked += [one.span for one in sorted(others, key=_sides, reverse=True)]
    if place is None or score < LIKELY:
        return Placement(None, "unplaced", score, tuple(ranked[:MOST_PROPOSALS]))
    state: State = "check" if score < CERTAIN else "moved" if moved else "kept"
    span = _with_space(quote, new, place.span)
    changed = not unchanged(quote, span.cut(new))
    return Placement(span, state, score, tuple(ranked[1:MOST_PROPOSALS]), changed)


def _with_space(quote: str, new: str, span: Span) -> Span:
    """A place with the white space that the passage begins and ends with, as far as it is there."""
    start, end = span.start, span.end
    for character in reversed(quote[: len(quote) - len(quote.lstrip())]):
        if not start or new[start - 1] != character:
            break
        start -= 1
    for character in quote[len(quote.rstrip()) :]:
        if new[end : end + 1] != character:
            break
        end += 1
    return Span(start, end)


def _meet(one: Place, two: Place) -> bool:
    return one.words.start < two.words.stop and two.words.start < one.words.stop


def _sides(place: Place) -> float:
    return place.left + place.right


def _carried_score(place: Place) -> float:
    """How sure a place is that an alignment gave: by what is left of it and by its neighbours."""
    whole, sides = place.near == 1, sorted((place.left, place.right))
    if sides[0] >= (BESIDE if place.size >= FEW else 2 * BESIDE):
        trust = 1.0
    elif sides[1] >= BESIDE:
        few = place.size < FEW
        trust = 0.5 if few else 0.95 if whole else 0.85 if place.size >= MANY else 0.75
    elif place.size >= MANY:
        trust = 0.95 if whole else 0.75
    else:
        trust = 0.5
    return trust * _left(place.near)


def _left(near: float) -> float:
    """What is left of a passage as a part of a score; words that have nothing to do with each
    other are near 0.3."""
    return 0.5 + 0.5 * (near - 0.3) / 0.7


def _quote_score(place: Place, others: list[Place]) -> float:
    """How sure a place with the very words is: by its neighbours, its length and its rivals."""
    score = 0.5 + 0.2 * _sides(place) + min(0.15, place.size / 100)
    rival = max(map(_sides, others), default=-1.0)
    return min(1.0, score) if _sides(place) - rival >= 1 else min(score, DOUBTFUL)


def _most(place: Place, others: list[Place]) -> float:
    """The most that the very words may score without the old text, by what stands beside them.

    Where one side is another, they may be a twin's, whose own passage is gone.
    """
    low, high = sorted((place.left, place.right))
    if low >= CLOSE or (low >= BESIDE and not others):
        return 1.0
    return DOUBTFUL if others or high < CLOSE else ALIKE


def _likeness_score(place: Place, others: list[Place]) -> float:
    """How sure a place with like words is; never so sure that nobody need look."""
    score = min(ALIKE, _left(place.near))
    rival = max((one.near for one in others if not _meet(place, one)), default=0.0)
    known = min(place.left, place.right) >= 2 * BESIDE and place.near - rival >= 0.2
    return score if known else min(score, DOUBTFUL)
