"""How notes fared when their text changed: how many in which state, and which are settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from reader.model.anchoring.selector import placed
from reader.model.annotation import Annotation
from reader.model.document import Document

# The person has decided about these.
_DECIDED = ("earlier", "archived")


class AnchorStatus(NamedTuple):
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


def anchor_status(annotations: Iterable[Annotation]) -> AnchorStatus:
    """How many annotations are in which state; what the person has decided about is left out."""
    counts = Counter(annotation.state or "kept" for annotation in annotations)
    return AnchorStatus(
        *(counts[name] for name in ("kept", "moved", "changed", "check", "unplaced"))
    )


def is_settled(document: Document, annotation: Annotation) -> bool:
    """True if an annotation needs no re-anchoring.

    Its target resolves in this text, or the user has decided about it already.
    """
    if annotation.state in _DECIDED:
        return True
    here = annotation.target.document_id == document.id and annotation.state != "unplaced"
    return here and placed(document, annotation.target) is not None
