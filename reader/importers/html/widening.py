"""How far the main content reaches: no part of an article beside what was found is left behind."""

from __future__ import annotations

from collections.abc import Collection

from reader.importers.common.elements import BLOCKS, HEADINGS, Element, tag_of, text_of
from reader.importers.html.boilerplate import is_furniture_by_kind, is_furniture_line
from reader.importers.html.bylines import is_byline
from reader.importers.html.sections import (
    TELLING,
    holds_data,
    holds_dose,
    holds_section,
    titles_what_follows,
)
from reader.importers.html.weights import Weight

_MOST_LINKED = 0.4
_FEW_LINKED = 0.2


def widened(
    kept: set[Element], body: Element, weights: dict[Element, Weight], is_said: bool
) -> set[Element]:
    """What is kept, or the outermost element around it beside which the article goes on.

    Up to the element that holds the page's top heading, all goes on that is neither links nor
    controls nor words that furniture uses; further out, or where the page itself has said which
    element it is (`is_said`), only what holds a section, a table of data or a dose.
    """
    inner = _common(kept)
    if inner is body:
        return kept
    found = kept
    near = not is_said and _holds_top_heading(body) and not _holds_top_heading(inner)
    inside = set(kept)
    for outer in inner.iterancestors() if len(kept) == 1 else (inner, *inner.iterancestors()):
        if outer not in weights:
            break
        goes_on = _goes_on if near else _surely_goes_on
        if any(
            child not in inside and child in weights and goes_on(child, weights[child])
            for child in outer
        ):
            found = {outer}
        if outer is body:
            break
        near = near and not _holds_top_heading(outer)
        inside.add(outer)
    return found


def _common(elements: Collection[Element]) -> Element:
    """The element itself, or the parent of several."""
    first = next(iter(elements))
    parent = first.getparent()
    return first if len(elements) == 1 or parent is None else parent


def _holds_top_heading(element: Element) -> bool:
    return next(element.iter("h1", "{*}h1"), None) is not None


def _surely_goes_on(element: Element, weight: Weight) -> bool:
    """Whether an element holds what only an article holds."""
    if weight.link_share >= _MOST_LINKED or weight.inputs:
        return False
    if holds_data(element) or holds_section(element, strictly=True):
        return True
    if tag_of(element) in HEADINGS and tag_of(element) != "h1":
        return titles_what_follows(element)
    text = text_of(element)
    # A title with what leads up to the text is added to the main content later.
    titles = _holds_top_heading(element)
    if titles or weight.link_share >= _FEW_LINKED:
        return False
    signs = holds_dose(text), holds_section(element)
    doubtful = is_furniture_by_kind(element) or TELLING.search(text)
    return all(signs) if doubtful else any(signs)


def _goes_on(element: Element, weight: Weight) -> bool:
    """Whether nothing says of an element that it is none of the article."""
    if not weight.text or weight.link_share >= _MOST_LINKED or weight.inputs:
        return False
    if tag_of(element) not in BLOCKS:
        return False
    text = text_of(element)
    if is_furniture_by_kind(element) and not _surely_goes_on(element, weight):
        # An article may have a footer and boxes of its own.
        own = weight.link_share < _FEW_LINKED and holds_section(element)
        return own and not TELLING.search(text)
    if is_furniture_line(text) or is_byline(element, weight) or TELLING.search(text):
        return _surely_goes_on(element, weight)
    top = next(element.iter("h1", "{*}h1"), None)
    return top is None or text_of(top).strip() != text.strip()
