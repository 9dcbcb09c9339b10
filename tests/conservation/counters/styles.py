"""The few properties of style sheets that decide whether and how characters are seen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_AT_BLOCK = re.compile(r"@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-zA-Z][\w-]*)?([.#][\w-]+)?(?:::?(before|after))?")
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", re.S)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)", re.S)
_KNOWN = (
    "display",
    "visibility",
    "vertical-align",
    "text-decoration",
    "text-decoration-line",
    "list-style",
    "list-style-type",
    "content",
)


class Styles:
    """Rules of one element name, class or id; whatever needs more of the tree is not applied."""

    def __init__(self, sheets: Iterable[str]) -> None:
        self._rules: dict[str, list[tuple[str, dict[str, str]]]] = defaultdict(list)
        for sheet in sheets:
            for selectors, body in _RULE.findall(_AT_BLOCK.sub(" ", _COMMENT.sub(" ", sheet))):
                declared = declarations(body)
                for selector in selectors.split(",") if declared else ():
                    self._add(selector.strip(), declared)

    def _add(self, selector: str, declared: dict[str, str]) -> None:
        if " " in selector and declared.keys() <= {"list-style", "list-style-type"}:
            # Numbers that are taken away in some places are asked for in none.
            selector = selector.split()[-1]
        simple = _SIMPLE.fullmatch(selector)
        if simple and (simple[1] or simple[2]):
            if simple[3]:
                declared = {simple[3]: _telling(declared.get("content", ""))}
            self._rules[simple[2] or simple[1].lower()].append((simple[1] or "", declared))

    def of(self, element: Any, name: str) -> dict[str, str]:
        """What is declared for this element: by its name, its classes, its id, by itself."""
        found: dict[str, str] = {}
        keys = [name, *(f".{c}" for c in (element.get("class") or "").split())]
        for key in (*keys, f"#{element.get('id')}"):
            for tag, declared in self._rules.get(key, ()):
                if not tag or tag.lower() == name:
                    found |= declared
        own = element.get("style")
        return found | declarations(own) if own else found


def declarations(body: str) -> dict[str, str]:
    """The properties that we know, in small letters."""
    found = {}
    for one in body.split(";"):
        name, _, value = one.partition(":")
        if name.strip().lower() in _KNOWN:
            bare = value.replace("!important", "").strip()
            found[name.strip().lower()] = bare if name.strip() == "content" else bare.lower()
    return found


def _telling(content: str) -> str:
    """The words or signs that a sheet sets before or after an element; no bullets, no arrows."""
    if "counter" in content or "attr(" in content:
        # What they print is for whoever counts the elements.
        return ""
    text = "".join(first or second for first, second in _STRING.findall(content))
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)
    return text if any(sign.isalnum() or sign in "−+<>≤≥±×" for sign in text) else ""
