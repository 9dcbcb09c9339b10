"""Notes whose text has changed: put where they are now, or set aside to be looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from reader.model.anchoring.anchor import Placement, anchor
from reader.model.anchoring.selector import describe
from reader.model.anchoring.status import is_settled
from reader.model.annotation import Annotation, Change, State
from reader.model.document import Document

# Of what happened to a note in several editions, the gravest is said.
_GRAVITY: tuple[State, ...] = ("", "moved", "changed", "check")


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
    target = replace(describe(document, found.span), area=old.area)
    earlier = before.earlier or old
    if not state or target == replace(earlier, document_id=document.id):
        # Also when the text is again what it was.
        return replace(before, target=target, state="", earlier=None)
    return replace(before, target=target, state=state, earlier=earlier)
