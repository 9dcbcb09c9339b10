"""How characters are to be read aloud, which a page sets above them: in parentheses after them.

Source: HTML, 4.5.10 "The ruby element", https://html.spec.whatwg.org/multipage/.
"""

from __future__ import annotations

from reader.importers.common.elements import Element, tag_of, words_of


def part_readings(root: Element) -> None:
    """Set readings in parentheses where the page has none for those that cannot set them above."""
    for reading in list(root.iter("rt", "{*}rt")):
        around = reading.getparent()
        if around is None or not words_of(reading):
            continue
        if any(tag_of(child) == "rp" for child in around):
            continue
        reading.text = "(" + (reading.text or "").lstrip()
        if len(reading):
            reading[-1].tail = (reading[-1].tail or "").rstrip() + ")"
        else:
            reading.text = reading.text.rstrip() + ")"
