"""Where a web page has its main content: found in the original tree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.importers.common.elements import HEADINGS, Element, names_of, roles_of, tag_of, text_of
from reader.importers.html.boilerplate import name_weight
from reader.importers.html.left_out import LeftOutParts
from reader.importers.html.notes import is_mark_like
from reader.importers.html.pruning import clean, strip
from reader.importers.html.siblings import whole_of_equals
from reader.importers.html.weights import Weight, weigh
from reader.importers.html.widening import widened

ENOUGH = 500
_SCORED = frozenset("section p td pre h2 h3 h4 h5 h6".split())
_BY_TAG = {
    **dict.fromkeys(("div", "main", "article"), 5.0),
    **dict.fromkeys(("pre", "td", "blockquote"), 3.0),
    **dict.fromkeys(("address", "ol", "ul", "dl", "dd", "dt", "li", "form"), -3.0),
    **dict.fromkeys((*HEADINGS, "th"), -5.0),
}
_SENTENCE = re.compile(r"[.。!?](\s|$)")
_FARTHEST = 5


def locate(root: Element) -> tuple[set[Element], set[Element], dict[Element, Weight]]:
    """The elements that hold the main content, those inside them that are none of it, and weights.

    What is called furniture is first left out, then judged by what it holds alone; when too little
    is found even so, all of the page is the main content.
    """
    body = next((e for e in root.iter() if tag_of(e) == "body"), root)
    whole = weigh(body)
    enough = min(ENOUGH, 0.5 * whole[body].text)
    for strict in (True, False):
        gone = strip(body, whole, strict)
        weights = weigh(body, gone)
        kept = _best(body, weights)
        cleaned = clean(kept, weights)
        found = sum(weights[e].text for e in kept) - sum(weights[e].text for e in cleaned)
        if found >= enough:
            gone |= cleaned
            _rescue_notes(body, kept, gone)
            return kept, gone, weights
    return {body}, set(), whole


def _best(body: Element, weights: dict[Element, Weight]) -> set[Element]:
    scores = _scores(body, weights)
    if not scores:
        return {body}
    top = max(scores, key=lambda e: scores[e])
    if tag_of(top) == "body":
        return {body}
    top = _common(top, body, scores)
    top = _climbed(top, body, scores)
    said = _said_to_be_main(top, weights)
    inner = top if said is None else said
    outer = whole_of_equals(inner, body, weights)
    if outer is not inner:
        kept = {outer}
    else:
        kept = {said} if said is not None else _with_siblings(top, scores, weights)
    return widened(kept, body, weights, said is not None)


def _said_to_be_main(top: Element, weights: dict[Element, Weight]) -> Element | None:
    """The innermost element around the best that the page itself calls its main content."""
    for element in [top, *top.iterancestors()]:
        called = (
            tag_of(element) in ("article", "main")
            or element.get("role") in ("main", "article")
            or "articleBody" in (element.get("itemprop") or "")
        )
        if called and element in weights:
            weight = weights[element]
            return element if weight.running >= 0.4 * weight.text else None
    return None


def _scores(body: Element, weights: dict[Element, Weight]) -> dict[Element, float]:
    """How much running text each element holds near to it, less what is in links."""
    raw: dict[Element, float] = {}
    for element, weight in weights.items():
        if not _is_scored(element, weight) or weight.text < 25:
            continue
        points = 1 + weight.commas + min(3, weight.text // 100)
        for level, ancestor in enumerate(element.iterancestors()):
            if level >= _FARTHEST or ancestor not in weights:
                break
            if ancestor not in raw:
                raw[ancestor] = _BY_TAG.get(tag_of(ancestor), 0.0) + name_weight(ancestor)
            raw[ancestor] += points / (1 if level == 0 else 2 if level == 1 else 3 * level)
            if ancestor is body:
                break
    return {e: score * (1 - weights[e].link_share) for e, score in raw.items()}


def _is_scored(element: Element, weight: Weight) -> bool:
    name = tag_of(element)
    if name in _SCORED:
        return True
    # A div that holds no blocks is a paragraph.
    return name in ("div", "li", "dd") and weight.blocks <= (name == "div")


def _common(top: Element, body: Element, scores: dict[Element, float]) -> Element:
    """The ancestor that the best element shares with several that are nearly as good."""
    near = sorted(scores, key=lambda e: -scores[e])[1:5]
    lines = [list(e.iterancestors()) for e in near if scores[e] >= 0.75 * scores[top]]
    if len(lines) >= 3:
        for ancestor in top.iterancestors():
            if ancestor is body:
                break
            if sum(ancestor in line for line in lines) >= 3:
                return ancestor
    return top


def _climbed(top: Element, body: Element, scores: dict[Element, float]) -> Element:
    """The ancestor up to which scores rise: more of the article lies beside the best element."""
    last = scores.get(top, 0.0)
    floor = last / 3
    parent = top.getparent()
    while parent is not None and parent is not body:
        if parent in scores:
            score = scores[parent]
            if score < floor:
                break
            if score > last:
                top = parent
                break
            last = score
        parent = parent.getparent()
    parent = top.getparent()
    while parent is not None and parent is not body and sum(1 for e in parent if tag_of(e)) == 1:
        top = parent
        parent = top.getparent()
    return top


def _with_siblings(
    top: Element, scores: dict[Element, float], weights: dict[Element, Weight]
) -> set[Element]:
    parent = top.getparent()
    kept = {top}
    threshold = max(10.0, 0.2 * scores.get(top, 0.0))
    for sibling in parent if parent is not None else ():
        weight = weights.get(sibling)
        if weight is None or sibling is top:
            continue
        score = scores.get(sibling)
        if score is not None:
            same = top.get("class") and sibling.get("class") == top.get("class")
            if score + (0.2 * scores.get(top, 0.0) if same else 0) >= threshold:
                kept.add(sibling)
                continue
        if tag_of(sibling) == "p":
            long = weight.text > 80 and weight.link_share < 0.25
            sentence = weight.linked == 0 and 0 < weight.text <= 80
            if long or (sentence and _SENTENCE.search(text_of(sibling))):
                kept.add(sibling)
    return kept


def _rescue_notes(body: Element, kept: set[Element], gone: set[Element]) -> None:
    """Keep the notes and references that marks in the main content lead to."""
    links = [a for a in body.iter("a", "{*}a") if "#" in (a.get("href") or "")]
    if not links:
        return
    by_name = {name: e for e in body.iter() for name in names_of(e)}
    living = set(alive(body, kept, gone))
    for element in links:
        if element not in living:
            continue
        target = by_name.get((element.get("href") or "").partition("#")[2])
        if target is None or target in living or not is_mark_like(element):
            continue
        holder = _note_holder(target)
        heading = _heading_over(holder)
        for rescued in (holder, heading) if heading is not None else (holder,):
            kept.add(rescued)
            gone.difference_update(rescued.iter())
            living.update(rescued.iter())


def _note_holder(target: Element) -> Element:
    """The list or block that a note belongs to."""
    for element in [target, *target.iterancestors()]:
        if tag_of(element) in ("ol", "ul", "dl"):
            return element
        if roles_of(element) & {"doc-endnotes", "doc-bibliography", "doc-footnote", "footnote"}:
            return element
        if tag_of(element) in ("p", "aside", "table", "section", "body", "div") and (
            text_of(element).strip()
        ):
            return element
    return target


def _heading_over(element: Element) -> Element | None:
    """The heading that stands right before an element, or before what it alone begins."""
    one: Element | None = element
    for _ in range(3):
        before = one.getprevious() if one is not None else None
        while before is not None and not tag_of(before):
            before = before.getprevious()
        if before is not None:
            return before if tag_of(before) in HEADINGS else None
        one = one.getparent() if one is not None else None
    return None


def alive(body: Element, kept: set[Element], gone: set[Element]) -> Iterator[Element]:
    """All elements that stay."""
    stack = [(body, body in kept)]
    while stack:
        element, inside = stack.pop()
        if element in gone and element not in kept:
            continue
        if inside or element in kept:
            yield element
            inside = True
        stack.extend((child, inside) for child in reversed(element))


def cut_out(root: Element, kept: set[Element], gone: set[Element], parts: LeftOutParts) -> None:
    """Leave in the tree only what is kept, and the way to it; all else goes to `parts`."""
    ways = {ancestor for element in kept for ancestor in element.iterancestors()}
    stack = [(root, False)]
    while stack:
        element, inside = stack.pop()
        inside = (inside and element not in gone) or element in kept
        for child in list(element):
            lives = child in kept or (inside and child not in gone)
            if not inside:
                parts.take_text(child, "tail", "menu")
            if child in parts.by_sign:
                continue
            if not lives and child not in ways:
                parts.take_out(child)
            else:
                stack.append((child, inside))
        if not inside:
            parts.take_text(element, "text", "menu")
