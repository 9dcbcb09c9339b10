"""Notes whose text has changed: put where they are now, or set aside to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reader.model.anchoring import Placement, anchor, describe, placed
from reader.model.annotation import Annotation, Change, State
from reader.model.document import Document

# The person has decided about these.
_DECIDED = ("earlier", "archived")
# Of what happened to a note in several editions, the gravest is said.
_GRAVITY: tuple[State, ...] = ("", "moved", "changed", "check")


@dataclass(frozen=True, slots=True)
class Tally:
    """How the notes on a document fared: how many are where they were, and so on."""

    kept: int = 0
    moved: int = 0
    changed: int = 0
    check: int = 0
    unplaced: int = 0

    @property
    def open(self) -> int:
        """How many a person should look at."""
        return self.moved + self.changed + self.check + self.unplaced

    def __str__(self) -> str:
        named = (
            (self.kept, "kept"),
            (self.moved, "moved"),
            (self.changed, "changed"),
            (self.check, "to be checked"),
            (self.unplaced, "not placed"),
        )
        return ", ".join(f"{count} {name}" for count, name in named if count)


def tally(annotations: Iterable[Annotation]) -> Tally:
    """How many annotations are in which state; what the person has decided about is left out."""
    counts = Counter(annotation.state or "kept" for annotation in annotations)
    return Tally(*(counts[name] for name in ("kept", "moved", "changed", "check", "unplaced")))


def is_settled(document: Document, annotation: Annotation) -> bool:
    """Whether nothing is to be found out about the place of an annotation."""
    if annotation.state in _DECIDED:
        return True
    here = annotation.target.document_id == document.id and annotation.state != "unplaced"
    return here and placed(document, annotation.target) is not None


def settle(
    document: Document,
    annotations: Iterable[Annotation],
    old_text: Callable[[str], str | None],
) -> list[Change]:
    """The changes that put annotations on the text that a document has now.

    `old_text` gives the text of a hash, as far as it is kept. What has no sure place stays as it
    was, "unplaced".
    """
    changes = []
    for before in annotations:
        if is_settled(document, before):
            continue
        found = anchor(document, before.target, old_text(before.target.text_hash))
        after = _after(document, before, found)
        if after != before:
            changes.append(Change(before, after))
    return changes


def _after(document: Document, before: Annotation, found: Placement) -> Annotation:
    old = before.target
    if found.span is None:
        known = replace(before.earlier or old, document_id=document.id)
        return replace(before, target=known, state="unplaced", earlier=None)
    state: State = ""
    if found.state == "check":
        state = "check"
    elif found.changed:
        state = "changed"
    elif found.state == "moved" and found.span != old.position:
        state = "moved"
    if before.state in _GRAVITY:
        state = max(state, before.state, key=_GRAVITY.index)
    target = describe(document, found.span)
    earlier = before.earlier or old
    if not state or target == replace(earlier, document_id=document.id):
        # Also when the text is again what it was.
        return replace(before, target=target, state="", earlier=None)
    return replace(before, target=target, state=state, earlier=earlier)
