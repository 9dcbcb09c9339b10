"""Formulas that scripts have drawn: MathJax, KaTeX and MediaWiki; one reading of each is kept."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from reader.importers.common.elements import Element, drop, tag_of
from reader.importers.formula.write import mathml_of_tex

_DRAWN = re.compile(
    r"(^|\s)(katex|MathJax(_Display|_SVG|_SVG_Display|_CHTML|_Preview)?|mjx-chtml|MJXc-display"
    r"|mwe-math-element|math-element)(\s|$)"
)
_SAID_TEX = ("data-tex", "data-latex", "data-formula", "data-expr")
_CLASSES = ("katex", "MathJax", "mjx-", "MJXc", "math-element")
_find_drawings = etree.XPath(
    "//*["
    + " or ".join(f"contains(@class, '{name}')" for name in _CLASSES)
    + " or contains(name(), 'mjx-container')]"
)
_find_told = etree.XPath("//*[@data-mathml or name() = 'mjx-container' or local-name() = 'math']")
_GLYPH = re.compile(r"\bmjx-c([0-9A-F]{2,6})\b")


def set_drawings(root: Element) -> bool:
    """Keep one reading of each formula that is drawn; whether there is any."""
    found = [e for e in elements_of(_find_drawings(root)) if is_drawn(e)]
    for element in found:
        if element.getparent() is not None:
            _of_drawing(element)
    return bool(found)


def has_drawings(root: Element) -> bool:
    """Whether a script may have drawn formulas in the page."""
    return bool(_find_told(root))


def is_drawn(element: Element) -> bool:
    """Whether an element is a formula as a script draws it."""
    drawn = _DRAWN.search(element.get("class") or "")
    return drawn is not None or tag_of(element) == "mjx-container"


def elements_of(found: object) -> list[Element]:
    """The elements among what an XPath has found."""
    return [e for e in found if isinstance(e, Element)] if isinstance(found, list) else []


def _of_drawing(element: Element) -> None:
    """Keep the MathML, else the TeX, else the words of what is drawn by a script."""
    if any(tag_of(a) == "math" for a in element.iterancestors()):
        return
    if "Preview" in (element.get("class") or "") and _has_script(element):
        drop(element)
        return
    math = next((e for e in element.iter() if tag_of(e) == "math"), None)
    parent = element.getparent()
    around = "" if parent is None else parent.get("class") or ""
    is_block = "isplay" in around or "isplay" in (element.get("class") or "")
    is_block = is_block or element.get("display") in ("true", "block")
    if math is not None:
        math = deepcopy(math)
    else:
        math = parsed(element.get("data-mathml") or "")
        image = next((e for e in element.iter() if tag_of(e) == "img"), None)
        tex = next((v for key in _SAID_TEX if (v := element.get(key))), "")
        tex = tex or (image.get("alt") or "" if image is not None else "")
        if math is None and tex:
            math = mathml_of_tex(tex)
    if math is not None:
        said = "".join(map(str, element.itertext()))
        if said[-1:].isspace() and (element.tail or "")[:1].isalnum():
            # The page is written on several lines, and no word is meant to touch the formula.
            element.tail = f" {element.tail}"
        math.tail = None
        for child in list(element):
            element.remove(child)
        element.text = None
        element.attrib.pop("aria-hidden", "")
        element.append(math)
        if is_block:
            math.set("display", "block")
    elif _has_script(element):
        drop(element)
    elif not "".join(map(str, element.itertext())).strip():
        element.text = element.get("aria-label") or _glyphs(element)


def _has_script(element: Element) -> bool:
    """Whether the source of a drawing follows it."""
    after = element.getnext()
    while after is not None and (not tag_of(after) or is_drawn(after)):
        after = after.getnext()
    return after is not None and (after.get("type") or "").lower().startswith("math/")


def _glyphs(element: Element) -> str:
    """The characters that MathJax names by their code points alone."""
    found = []
    for one in element.iter():
        code = one.get("data-c") if tag_of(one) in ("use", "path") else None
        match = _GLYPH.search(one.get("class") or "") if tag_of(one) == "mjx-c" else None
        code = match[1] if match else code
        if code and re.fullmatch(r"[0-9A-Fa-f]{2,6}", code) and int(code, 16) < 0x110000:
            found.append(chr(int(code, 16)))
    return "".join(found)


def put(element: Element, math: Element, is_block: bool) -> None:
    """Set a formula in the place of an element."""
    math.tail = element.tail
    element.tail = None
    if is_block:
        math.set("display", "block")
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, math)


def parsed(untrusted_source: str) -> Element | None:
    """The formula that MathML in a string is; None when it is damaged or too long."""
    if "<math" not in untrusted_source[:200] or len(untrusted_source) > 200_000:
        return None
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        math: Element = etree.fromstring(untrusted_source.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    return math if tag_of(math) == "math" else None


def drop_drawing_before(script: Element) -> None:
    """Take away what the script has drawn before itself."""
    before = script.getprevious()
    while before is not None and (not tag_of(before) or is_drawn(before)):
        drawn, before = before, before.getprevious()
        if (drawn.tail or "").strip():
            return
        if tag_of(drawn):
            drop(drawn)
