"""Where a web page has its main content: found in the original tree, which stays as it is."""

from __future__ import annotations

import re
from typing import Any

from reader.importers.html_blocks import is_hidden, tag_of

_UNLIKELY = re.compile(
    r"\b(ad|ads|advert\w*|banner|bread-?crumbs?|byline-?social|carousel|combx|comments?|community|"
    r"consent|cookie\w*|disqus|extra|footer|gdpr|hidden-print|legends|login|masthead|menu|modal|"
    r"most-?(read|popular)|nav\w*|newsletter|outbrain|pagination|pager|paywall|popup|promo\w*|"
    r"recommend\w*|related\w*|rss|share\w*|sharing|shoutbox|sidebar|side-?bar|signup|site-?header|"
    r"skip-?link\w*|skyscraper|social\w*|sponsor\w*|subscri\w*|supplemental|taboola|tags?|toolbar|"
    r"tooltip|widget\w*|yom-remote)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(article|body|column|content|main|post|entry|text|references?|footnotes?|bibliography)\b",
    re.I,
)
_OFF = frozenset(
    "nav aside footer form script style noscript template button select iframe".split()
)
_ROLES = frozenset(
    "navigation banner complementary contentinfo search menu menubar dialog alertdialog".split()
)
_SHARED = re.compile(r"[-_]")
_SHORTEST = 140


def word_length(element: Any) -> int:
    """How many characters of words an element shows."""
    return sum(len(text.strip()) for text in _shown(element))


def _shown(element: Any) -> Any:
    if not tag_of(element) or tag_of(element) in ("script", "style", "noscript", "template"):
        return
    if is_hidden(element):
        return
    if element.text:
        yield element.text
    for child in element:
        yield from _shown(child)
        if child.tail:
            yield child.tail


def locate(body: Any) -> Any:
    """The element that holds the main content, after what is surely none was taken out of the tree.

    The tree is changed: call it on a tree of one's own.
    """
    _prune(body, body)
    marked = [
        e
        for e in body.iter()
        if tag_of(e) in ("article", "main")
        or e.get("role") in ("main", "article")
        or e.get("itemprop") == "articleBody"
    ]
    whole = max(1, word_length(body))
    scores: dict[Any, float] = {}
    for paragraph in body.iter():
        tag = tag_of(paragraph)
        if tag not in ("p", "pre", "td", "li", "blockquote", "dd", "section", "div"):
            continue
        if tag in ("section", "div", "td") and any(
            tag_of(c) in ("p", "div", "ul", "ol", "table", "section", "pre", "blockquote")
            for c in paragraph
        ):
            continue
        text = " ".join("".join(paragraph.itertext()).split())
        if len(text) < 25:
            continue
        points = (1 + text.count(",") + min(3, len(text) / 100)) * (1 - _link_share(paragraph))
        points *= 0.5 if tag == "li" else 1
        ancestor, share = paragraph.getparent(), 1.0
        for _ in range(6):
            if ancestor is None:
                break
            scores[ancestor] = scores.get(ancestor, 0.0) + points * share
            if ancestor is body:
                break
            ancestor, share = ancestor.getparent(), share * 0.72
    for element in scores:
        scores[element] *= 1 - _link_share(element)
        if _MAYBE.search(_names(element)) or element in marked:
            scores[element] *= 1.25
    if not scores:
        return body
    best = max(scores, key=lambda e: scores[e])
    best = _widened(best, body, scores)
    around = [e for e in marked if e is best or best in list(e.iterdescendants())]
    if around:
        inner = around[-1]
        if word_length(inner) <= 1.8 * word_length(best):
            best = inner
    return best if word_length(best) >= min(_SHORTEST, 0.3 * whole) else body


def _widened(best: Any, body: Any, scores: dict[Any, float]) -> Any:
    """The smallest ancestor that also holds siblings with much text of the same sort."""
    while best is not body and best.getparent() is not None:
        parent = best.getparent()
        words = word_length(best)
        more = 0
        for sibling in parent:
            if sibling is best:
                continue
            length = word_length(sibling)
            if length > 80 and _link_share(sibling) < 0.3:
                more += length
        if more < 0.2 * words and scores.get(parent, 0.0) < 0.9 * scores.get(best, 0.0):
            return best
        best = parent
    return best


def _prune(element: Any, root: Any) -> None:
    for child in list(element):
        tag = tag_of(child)
        if not tag:
            continue
        if child is not root and _is_off(child, tag):
            _drop(child)
        else:
            _prune(child, root)


def _is_off(element: Any, tag: str) -> bool:
    if tag in _OFF or element.get("role") in _ROLES or is_hidden(element):
        return not (tag == "aside" and word_length(element) > 400 and _link_share(element) < 0.2)
    if tag == "header":
        return not any(tag_of(e) in ("h1", "h2") for e in element.iter())
    if tag in ("html", "body", "article", "main", "a", "table", "tbody", "tr", "td", "p"):
        return False
    names = _names(element)
    if _UNLIKELY.search(names) and not _MAYBE.search(names):
        words = word_length(element)
        return words < 2000 or _link_share(element) > 0.4
    if tag in ("ul", "ol", "div", "section") and _link_share(element) > 0.75:
        return word_length(element) < 1500 and not re.search(
            "reference|bibliograph|note|toc", names, re.I
        )
    return False


def _names(element: Any) -> str:
    return (
        _SHARED.sub(" ", f"{element.get('class') or ''} {element.get('id') or ''}")
        + " "
        + (f"{element.get('class') or ''} {element.get('id') or ''}")
    )


def _link_share(element: Any) -> float:
    words = sum(len(text.strip()) for text in element.itertext())
    if not words:
        return 0.0
    inner = (
        e for e in element.iter() if tag_of(e) == "a" and not (e.get("href") or "").startswith("#")
    )
    return min(1.0, sum(sum(len(t.strip()) for t in e.itertext()) for e in inner) / words)


def _drop(element: Any) -> None:
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
