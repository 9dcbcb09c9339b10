"""The visible words of a tree of HTML, as a browser without network and scripts shows them.

Source: HTML, 15 Rendering, https://html.spec.whatwg.org/multipage/rendering.html.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from tests.conservation.counted import Counting
from tests.conservation.counters.list_numbers import item_label
from tests.conservation.counters.mathml import local, signs
from tests.conservation.counters.styles import Styles
from tests.conservation.counters.tex import add_with_tex, tex_signs

_UNSHOWN = {
    "head", "script", "style", "noscript", "iframe", "object", "audio", "video", "canvas",
    "embed", "datalist", "rp", "title", "desc", "metadata", "defs", "noframes", "noembed", "param",
    "base", "link", "meta", "track", "area", "symbol",
}  # fmt: skip
_APART = {
    "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "col",
    "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "listing", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "plaintext", "pre", "search", "section", "select", "summary", "table", "tbody", "td",
    "template", "textarea", "tfoot", "th", "thead", "tr", "ul", "xmp", "svg", "text", "rt", "rtc",
}  # fmt: skip
_STRUCK = ("s", "strike", "del")
_SHOWN_BY_A_CLICK = re.compile(
    r"accordion|collaps|\btab|panel|toggle|expand|details|answer|faq|spoiler|reveal|dropdown", re.I
)
_WAYS_BACK = ("↩", "↑", "^", "⤴", "↵", "⏎", "↺", "#", "¶", "§")
_NAMED_ICONS = ("i", "span", "em", "b", "strong", "small", "sup", "sub", "div")
_FILE_NAME = re.compile(r"\.(png|jpe?g|gif|svg|webp)$", re.I)
_SIGN = 3
Position = Literal["", "sup", "sub"]


class Page:
    """Walks a tree and hands what is visible to a `Counting`."""

    def __init__(self, counting: Counting, sheets: list[str] | None = None) -> None:
        self._counting = counting
        self._sheets = sheets or []
        self._styles = Styles(())
        self._targets: set[str] = set()
        self._named: dict[str, Any] = {}
        self._alternatives: set[str | None] = set()

    def take(self, root: Any) -> None:
        """Counts all that the tree shows."""
        own = [e.text or "" for e in root.iter() if local(e) == "style"]
        self._styles = Styles([*self._sheets, *own])
        for picture in root.iter("img", "{*}img"):
            if next(picture.iterancestors("noscript", "{*}noscript"), None) is None:
                self._alternatives.add(picture.get("alt"))
        for element in root.iter():
            if isinstance(element.tag, str):
                if element.get("id"):
                    self._named.setdefault(element.get("id"), element)
                for name in ("href", "aria-controls", "data-target", "data-bs-target", "for"):
                    self._targets.add((element.get(name) or "").lstrip("#"))
        self._walk(root)
        self._counting.end()

    def _walk(self, root: Any) -> None:
        # Not by recursion: pages are deeper than Python's stack.
        waiting: list[tuple[Any, str, Position, bool]] = [(root, "in", "", False)]
        while waiting:
            element, what, position, struck = waiting.pop()
            name = local(element)
            if what == "tail":
                self._add(element.tail or "", position, struck)
                continue
            if what == "out":
                if name == "q":
                    self._counting.add(_quotes(element)[1], position, struck)
                after = self._styles.of(element, name).get("after", "")
                self._counting.add(after, position, struck)
                if name in _APART:
                    self._counting.end()
                if name == "li":
                    self._counting.no_label()
                continue
            if element is not root:
                waiting.append((element, "tail", position, struck))
            style = self._styles.of(element, name) if name else {}
            if (
                not name
                or self._is_hidden(element, name, style)
                or self._taken(element, name, position)
            ):
                continue
            position, struck = _seen(name, style, position, struck)
            if name in _APART:
                self._counting.end()
            if name == "li" and element.getparent() is not None:
                self._label(element, style)
            if name == "q":
                self._counting.add(_quotes(element)[0], position, struck)
            if name == "br":
                self._counting.add(" ")
            self._counting.add(style.get("before", ""), position, struck)
            self._add(element.text or "", position, struck)
            waiting.append((element, "out", position, struck))
            waiting += [(child, "in", position, struck) for child in reversed(element)]

    def _add(self, text: str, position: Position, struck: bool) -> None:
        if "\\" in text or "$" in text:
            add_with_tex(self._counting, text, position, struck)
        else:
            self._counting.add(text, position, struck)

    def _is_hidden(self, element: Any, name: str, style: dict[str, str]) -> bool:
        if name == "template":
            return element.get("shadowrootmode") is None
        kind = element.get("class") or ""
        if name == "noscript":
            for picture in element.iter("{*}img", "img"):
                if picture.get("alt") not in self._alternatives:
                    self._counting.alternative(" ".join((picture.get("alt") or "").split()))
        if name in ("script", "noscript"):
            is_formula = (element.get("type") or "").startswith("math/tex")
            return not is_formula or _is_written_before(element)
        if name in _UNSHOWN or "katex-html" in kind or "MathJax_Preview" in kind:
            return True
        if name == "dialog" and element.get("open") is None:
            return True
        unseen = (
            style.get("display") == "none"
            or style.get("visibility") in ("hidden", "collapse")
            or element.get("hidden") not in (None, "until-found")
        )
        return unseen and not self._shown_by_a_click(element)

    def _shown_by_a_click(self, element: Any) -> bool:
        if element.get("role") == "tabpanel" or element.get("id") in self._targets - {""}:
            return True
        said = f"{element.get('class') or ''} {element.get('id') or ''}"
        return _SHOWN_BY_A_CLICK.search(said) is not None

    def _taken(self, element: Any, name: str, position: Position) -> bool:
        """True if an element is shown as something else than its text, which is counted here."""
        if name == "math":
            self._counting.formula(
                signs(element, position) or tex_signs(element.get("alttext") or "")
            )
        elif name == "a" and (element.get("href") or "").startswith("#"):
            return self._is_way_back(element)
        elif name == "script":
            self._counting.formula(tex_signs(element.text or ""))
        elif name == "img":
            alternative = " ".join((element.get("alt") or "").split())
            if len(alternative) <= _SIGN and not alternative.isalnum():
                self._counting.add(alternative, position)
            elif not _FILE_NAME.search(alternative):
                self._counting.alternative(alternative)
        elif name == "map":
            for area in element.iter("{*}area", "area"):
                self._counting.alternative(" ".join((area.get("alt") or "").split()))
            return False
        elif name in _NAMED_ICONS and _label_of(element):
            self._counting.alternative(_label_of(element))
        elif name == "switch":
            self._switch(element)
        elif name == "input":
            self._counting.end()
            if element.get("type") in (None, "text", "submit", "button", "reset", "number"):
                self._counting.add(element.get("value") or "")
            self._counting.end()
        else:
            return False
        return True

    def _switch(self, switch: Any) -> None:
        """One of the forms of an EPUB switch: MathML where there is some, else the last."""
        forms = [c for c in switch if local(c) in ("case", "default")]
        math = [c for c in forms if next(c.iter("{*}math"), None) is not None]
        for form in (math or forms[-1:])[:1]:
            self._walk(form)

    def _is_way_back(self, link: Any) -> bool:
        """True for what leads from a note to its mark, or to itself: nowhere on paper."""
        if "".join(map(str, link.itertext())).strip(" \n\ufe0e") in _WAYS_BACK:
            return True
        target = self._named.get((link.get("href") or "")[1:])
        if target is None:
            return False
        leads_to = {one.get("href") for one in (*target.iterancestors("a"), *target.iter("a"))}
        notes = [a for a in link.iterancestors() if local(a) in ("li", "p", "div", "dd", "aside")]
        back = any(f"#{note.get('id')}" in leads_to for note in notes if note.get("id"))
        if back:
            self._counting.drop_sign(_WAYS_BACK)
        return back

    def _label(self, item: Any, style: dict[str, str]) -> None:
        parent = item.getparent()
        if local(parent) != "ol":
            return
        own = self._styles.of(parent, "ol") | style
        kind = own.get("list-style-type") or own.get("list-style") or ""
        if "none" not in kind:
            written = next((w for w in kind.split() if "-" in w or w == "decimal"), "")
            self._counting.label(item_label(item, written))


def _label_of(element: Any) -> str:
    """How an icon that has no letters of its own is called by who cannot see it."""
    if local(element) == "div" and element.get("role") != "img":
        return ""
    seen = any(not "\ue000" <= c <= "\uf8ff" for c in "".join("".join(element.itertext()).split()))
    controls = [a for a in element.iterancestors() if local(a) in ("a", "button", "label")]
    if seen or len(element) or controls or element.get("aria-hidden") == "true":
        return ""
    return " ".join((element.get("aria-label") or "").split())


def _is_written_before(script: Any) -> bool:
    """True if the TeX of a script stands right before it too: that is one formula, not two."""
    before = script.getprevious()
    if before is None or not isinstance(before.tag, str):
        return False
    written, tex = ("".join("".join(e.itertext()).split()) for e in (before, script))
    between = "".join((before.tail or "").split())
    return (
        bool(tex) and not between and written.endswith((f"\\[{tex}\\]", f"\\({tex}\\)", f"${tex}$"))
    )


def _quotes(quote: Any) -> str:
    """What a browser sets round a `q`, as in English."""
    depth = sum(local(a) == "q" for a in quote.iterancestors())
    return "‘’" if depth % 2 else "“”"


def _seen(
    name: str, style: dict[str, str], position: Position, struck: bool
) -> tuple[Position, bool]:
    align = style.get("vertical-align", "")
    if (name == "sup" and align != "baseline") or align == "super":
        position = "sup"
    elif (name == "sub" and align != "baseline") or align == "sub":
        position = "sub"
    line = style.get("text-decoration", "") + style.get("text-decoration-line", "")
    return position, struck or name in _STRUCK or "line-through" in line
