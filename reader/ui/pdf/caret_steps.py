"""Where a caret stands on printed pages, and where keys move it: letters, words, lines."""

from __future__ import annotations

from unicodedata import combining

from reader.model.pdf.page_map import PageBox, PageMap
from reader.model.span import Span

# How many heights of a line the next one is looked for above or below.
_LINES_AWAY = (1.0, 1.5, 2.2, 3.2, 4.6)


def place_of(pages: PageMap, offset: int) -> PageBox | None:
    """The upright line at which a caret before the letter at `offset` stands.

    Behind a word it stands at the end of its last letter. None where nothing is printed.
    """
    if after := pages.boxes(Span(offset, offset + 1)):
        box, x = after[0], after[0].left
    elif before := pages.boxes(Span(max(offset - 1, 0), offset)):
        box, x = before[-1], before[-1].right
    else:
        return None
    return PageBox(box.page, x, box.top, x, box.bottom)


def by_letter(pages: PageMap, offset: int, by: int) -> int:
    """The next place of a caret, `by` 1 onwards and -1 backwards; `offset` where there is none."""
    text, at = pages.text, offset + by
    while 0 <= at <= len(text):
        is_inside = at < len(text) and combining(text[at])
        if not is_inside and place_of(pages, at) is not None:
            return at
        at += by
    return offset


def by_word(pages: PageMap, offset: int, by: int) -> int:
    """The start of the next word, `by` 1 onwards and -1 backwards."""
    text, at = pages.text, offset
    if by > 0:
        while at < len(text) and not text[at].isspace():
            at += 1
        while at < len(text) and text[at].isspace():
            at += 1
    else:
        while at > 0 and text[at - 1].isspace():
            at -= 1
        while at > 0 and not text[at - 1].isspace():
            at -= 1
    return at if place_of(pages, at) is not None else by_letter(pages, at, by)


def by_line(pages: PageMap, offset: int, x: float, by: int) -> int:
    """The place in the line below (`by` 1) or above (-1) that is nearest to `x`, in points; at the
    end of a page on the next one. `offset` where there is no such line."""
    here = place_of(pages, offset)
    if here is None:
        return by_letter(pages, offset, by)
    middle, height = (here.top + here.bottom) / 2, here.bottom - here.top
    for away in _LINES_AWAY:
        found = pages.at(here.page, x, middle + by * away * height)
        there = place_of(pages, found) if found is not None else None
        if found is None or there is None:
            continue
        beyond = there.top > middle if by > 0 else there.bottom < middle
        if beyond and there.page == here.page:
            return found
    number = here.page + by
    if not 1 <= number <= len(pages.pages):
        return offset
    edge = 0.0 if by > 0 else pages.pages[number - 1].height_pt
    found = pages.at(number, x, edge)
    return offset if found is None else found


def by_line_end(pages: PageMap, offset: int, by: int) -> int:
    """The end (`by` 1) or the start (-1) of the line that a caret stands in."""
    here = place_of(pages, offset)
    while here is not None:
        at = by_letter(pages, offset, by)
        there = place_of(pages, at)
        same = there is not None and there.page == here.page and there.top < here.bottom
        if at == offset or there is None or not same or there.bottom <= here.top:
            break
        if (there.left - here.left) * by < 0:
            # The same height of the next column.
            break
        offset, here = at, there
    return offset
