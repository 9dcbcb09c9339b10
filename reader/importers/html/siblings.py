"""Parts of a page that are equals: panels, tabs, chapters; one of them is never the whole."""

from __future__ import annotations

import re

from reader.importers.common.elements import Element, roles_of, tag_of
from reader.importers.html.weights import Weight

_STATES = frozenset(
    "active closed collapsed current even expanded fade first hidden in last odd open selected "
    "show visible".split()
)
_LEAST_RUNNING = 40
_MOST_LINKED = 0.4


def whole_of_equals(top: Element, body: Element, weights: dict[Element, Weight]) -> Element:
    """The outermost element around `top` whose parts are equals of the part that `top` is in."""
    found = top
    for part in [top, *top.iterancestors()]:
        parent = part.getparent()
        if part is body or parent is None:
            break
        if _has_equals(part, parent, weights):
            found = parent
    return found


def _has_equals(part: Element, parent: Element, weights: dict[Element, Weight]) -> bool:
    own = weights.get(part)
    if own is None or tag_of(part) in ("tr", "td", "th", "tbody"):
        return False
    kind = _kind_of(part)
    if not kind:
        return False
    # An index is links, and so are its equals.
    most_linked = max(_MOST_LINKED, own.link_share + 0.3)
    linked = own.link_share >= _MOST_LINKED
    equals = [
        weight.text if linked else weight.running
        for child in parent
        if child is not part
        and (weight := weights.get(child)) is not None
        and weight.link_share < most_linked
        and _kind_of(child) == kind
    ]
    equals = [length for length in equals if length >= _LEAST_RUNNING]
    return bool(equals) and 2 * sum(equals) >= (own.text if linked else own.running)


def _kind_of(element: Element) -> tuple[str, ...]:
    """What makes parts equals: their tag with their class, or their role; () if nothing does."""
    name = tag_of(element)
    if "tabpanel" in roles_of(element):
        return ("tabpanel",)
    names = re.sub(r"\\d+", "", element.get("class") or "").split()
    names = sorted({n for n in names if n.lower() not in _STATES})
    if not names and name not in ("section", "article", "dl"):
        return ()
    return (name, *names)
