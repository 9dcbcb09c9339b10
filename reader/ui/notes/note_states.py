"""What the cards say of notes that have no sure place in the text."""

from __future__ import annotations

from reader.model.annotation import Annotation, State

BADGES: dict[State, str] = {
    "": "",
    "moved": "Moved",
    "changed": "Text changed",
    "check": "Check the place",
    "unplaced": "Not placed",
    "earlier": "With the earlier text",
    "archived": "Archived",
}
HEADINGS: dict[State, str] = {
    "unplaced": "Needs checking",
    "earlier": "With the earlier text",
    "archived": "Archived",
}


def headings(rows: list[Annotation]) -> dict[str, str]:
    """What stands over the first of the notes that have no place in the text, by its id."""
    found: dict[str, str] = {}
    for row in rows:
        if (heading := HEADINGS.get(row.state)) and heading not in found.values():
            found[row.id] = heading
    return found
