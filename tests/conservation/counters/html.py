"""Web pages: `itertext` of lxml without what nobody sees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from tests.conservation.counted import Container, Counting
from tests.conservation.counters.decoding import decoded
from tests.conservation.counters.page import Page

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

# Source: HTML, 13.2.5.6: what begins with anything else is no tag but a sign.
# What has no end tag in HTML, and what may be followed by words all the same.
_EMPTY = re.compile(r"<(source|track|wbr|embed|keygen)\b[^<>]*>", re.I)
_END = re.compile(r"</(html|body)\s*>", re.I)
_NO_TAG = re.compile(r"<(?![a-zA-Z/!?])|<(?=[a-zA-Z][a-zA-Z0-9]*<)")


def count(path: Path) -> list[Container]:
    """What the page shows."""
    return count_page(decoded(path.read_bytes(), declares=True))


def count_page(
    page: str, sheets: list[str] | None = None, frames: Mapping[str, str] = MappingProxyType({})
) -> list[Container]:
    """The same of a page that is at hand, with the style sheets and the frames beside it."""
    counting = Counting()
    root = _tree(page)
    if root is not None:
        for frame in list(root.iter("iframe")):
            _open(frame, frame.get("srcdoc") or frames.get(frame.get("src") or "", ""))
        Page(counting, sheets).take(root)
    return counting.containers


def _tree(page: str) -> Any:
    text = _END.sub("", _EMPTY.sub(r"\g<0></\1>", _DECLARATION.sub("", page).replace("\0", "")))
    parser = etree.HTMLParser(huge_tree=True, remove_pis=True)
    return etree.fromstring(_NO_TAG.sub("&lt;", text), parser) if text.strip() else None


def _open(frame: Any, page: str) -> None:
    """Puts what a frame shows in its place."""
    inner = _tree(page)
    body = next(inner.iter("body"), None) if inner is not None else None
    if body is not None:
        frame.tag, frame.text = "div", body.text
        frame.extend(list(body))
