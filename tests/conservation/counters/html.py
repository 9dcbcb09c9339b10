"""Web pages: `itertext` of lxml without what nobody sees."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from tests.conservation.counted import Container, Counting
from tests.conservation.counters.decoding import decoded
from tests.conservation.counters.page import Page

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

# Source: HTML, 13.2.5.6: what begins with anything else is no tag but a sign.
_NO_TAG = re.compile(r"<(?![a-zA-Z/!?])|<(?=[a-zA-Z][a-zA-Z0-9]*<)")


def count(path: Path) -> list[Container]:
    """What the page shows."""
    return count_page(decoded(path.read_bytes(), declares=True))


def count_page(page: str, sheets: list[str] | None = None) -> list[Container]:
    """The same of a page that is at hand, with the style sheets beside it."""
    counting = Counting()
    parser = etree.HTMLParser(huge_tree=True, remove_pis=True)
    root = etree.fromstring(
        _NO_TAG.sub("&lt;", _DECLARATION.sub("", page).replace("\0", "")), parser
    )
    if root is not None:
        Page(counting, sheets).take(root)
    return counting.containers
