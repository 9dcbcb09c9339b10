"""What the filter of the notes pane lets through."""

from __future__ import annotations

from reader.model.annotation import Annotation


def matches(annotation: Annotation, typed: str) -> bool:
    """Whether passage or note hold each typed word; "#tag" means the beginning of a tag."""
    text = f"{annotation.target.quote.exact} {annotation.note}".lower()
    tags = {tag.lower() for tag in annotation.tags}
    return all(
        any(tag.startswith(word[1:]) for tag in tags) if word.startswith("#") else word in text
        for word in typed.lower().split()
    )
