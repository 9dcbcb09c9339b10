"""Formulas of web pages, made one <math> each, whatever a page draws them with.

MathJax, KaTeX and MediaWiki write a formula two or three times: as source, as glyphs or a picture,
and as MathML for screen readers. One of them is kept.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from itertools import islice

from lxml import etree

from reader.importers.common.elements import BLOCKS, Element, drop, tag_of
from reader.importers.formula.write import mathml_of_tex
from reader.importers.html.drawn_formulas import (
    drop_drawing_before,
    elements_of,
    has_drawings,
    is_drawn,
    parsed,
    put,
    set_drawings,
)

_MAY_BE_TEX = re.compile(r"[\\^_{]")
_TEX_CLASS = re.compile(
    r"(^|[\s_-])(math|tex|latex|mathjax|equation|formula|mwe-math-fallback-image-(inline|display)"
    r"|ql-(img|inline|displayed)[\w-]*)([\s_-]|$)",
    re.IGNORECASE,
)
_COMMAND = re.compile(r"\\[A-Za-z]{2,}|\\[,;!{}]")
_TEX = re.compile(
    r"\\\((?P<line>.+?)\\\)|\\\[(?P<block>.+?)\\\]|\$\$(?P<blocks>[^$]+?)\$\$"
    r"|(?P<named>\\begin\{(?P<name>equation|align|gather|displaymath|math)\*?\}.+?"
    r"\\end\{(?P=name)\*?\})"
    r"|(?<![\\$\w])\$(?P<dollar>[^\s$](?:[^$\n]{0,400}?[^\s$\\])?)\$(?![\w$])",
    re.DOTALL,
)
_VERBATIM = frozenset("code kbd math pre samp script style svg textarea title".split())
_IGNORED = re.compile(r"\b(tex2jax_ignore|mathjax_ignore|no-?mathjax)\b")
_WRITTEN = ("\\(", "\\[", "\\begin{", "$$")
_find_sources = etree.XPath(
    "//*[name() != 'script' and name() != 'style'"
    " and text()[contains(., '$') or contains(., '\\')]] | //*[starts-with(@type, 'math/')]"
)


def set_formulas(root: Element, shown: Iterable[str]) -> bool:
    """Make each formula of the page one <math> element; whether there was anything to do.

    All other copies of it are taken away. `shown` are the texts of the page, which say whether
    there is TeX in them.
    """
    changed = False
    for image in list(root.iter("img", "{*}img")):
        changed = _of_picture(image) or changed
    scripts = any(
        (script.get("type") or "").startswith("math/")
        for script in root.iter("script", "{*}script")
    )
    if scripts or _is_written(root, shown):
        _set_sources(root)
        changed = True
    if changed or has_drawings(root):
        changed = set_drawings(root) or changed
    return changed


def _is_written(root: Element, shown: Iterable[str]) -> bool:
    """Whether TeX stands in the texts of the page."""
    dollars = False
    for text in shown:
        if "\\" in text and (
            any(sign in text for sign in _WRITTEN) or _COMMAND.search(text) is not None
        ):
            return True
        dollars = dollars or ("$" in text and ("$$" in text or text.count("$") > 1))
    return dollars and _uses_dollars(root)


def _set_sources(root: Element) -> None:
    """Set what is written as TeX: in scripts, and between signs in texts."""
    dollars = _uses_dollars(root)
    last = ""
    for element in elements_of(_find_sources(root)):
        if tag_of(element) == "script":
            last = "" if _of_script(element, last) else last
        elif tag_of(element) not in _VERBATIM:
            last = _of_texts(element, dollars) or last


def _uses_dollars(root: Element) -> bool:
    """Whether the page has a script set formulas between dollars."""
    for script in root.iter("script"):
        said = f"{script.get('src') or ''} {(script.text or '')[:20_000]}".lower()
        if "mathjax" in said or "katex" in said:
            return True
    return False


def _of_script(script: Element, before: str) -> bool:
    """Put the formula of a script in its place, if it is one.

    `before` is the TeX that the page itself printed last; it is not said twice.
    """
    kind = (script.get("type") or "").lower()
    if not kind.startswith("math/"):
        return False
    source = html.unescape((script.text or "").strip())
    source = re.sub(r"^%?\s*<!\[CDATA\[|%?\s*\]\]>\s*$", "", source).strip()
    drop_drawing_before(script)
    if before and _bare(source) == before:
        drop(script)
        return True
    math = parsed(source) if kind.startswith("math/mml") else mathml_of_tex(source)
    if math is not None:
        put(script, math, "mode=display" in kind.replace(" ", ""))
    elif source:
        script.tag = "span"
        script.text = source
        script.attrib.pop("type", "")
    return True


def _bare(tex: str) -> str:
    return re.sub(r"\s+", "", tex)


def _of_picture(image: Element) -> bool:
    """Read the TeX that pictures of formulas have for an alternative; whether there is any."""
    alternative = (image.get("alt") or "").strip()
    if not _MAY_BE_TEX.search(alternative):
        return False
    said = _TEX_CLASS.search(image.get("class") or "") is not None
    if not said and not _COMMAND.search(alternative):
        return False
    if any(is_drawn(a) for a in islice(image.iterancestors(), 3)):
        # What is drawn in several ways is read as a whole.
        return True
    tex = alternative.strip("$").removeprefix("\\(").removesuffix("\\)").strip()
    math = mathml_of_tex(tex)
    if math is not None:
        put(image, math, "display" in (image.get("class") or ""))
    return math is not None


def _of_texts(element: Element, dollars: bool) -> str:
    """Set the TeX between signs in an element's own texts; give back the last one."""
    texts = [element.text, *(child.tail for child in element)]
    if not any(text and ("\\" in text or "$" in text) for text in texts):
        return ""
    if any(
        tag_of(a) in _VERBATIM or _IGNORED.search(a.get("class") or "")
        for a in (element, *element.iterancestors())
    ):
        return ""
    said = _TEX_CLASS.search(element.get("class") or "") is not None
    if said and not len(element) and not _TEX.search(element.text or ""):
        return _of_whole(element)
    last = ""
    for place, text in zip([None, *list(element)], texts, strict=True):
        last = _split(element, place, text or "", dollars) or last
    return last


def _of_whole(element: Element) -> str:
    """Read an element that its class calls a formula, and that is TeX without signs round it."""
    source = (element.text or "").strip()
    math = mathml_of_tex(source) if _COMMAND.search(source) else None
    if math is None:
        return ""
    element.text = None
    element.append(math)
    if tag_of(element) in BLOCKS:
        math.set("display", "block")
    return _bare(source)


def _split(element: Element, place: Element | None, text: str, dollars: bool) -> str:
    """Divide a text at the TeX in it; `place` is the child that it follows."""
    pieces: list[tuple[str, Element]] = []
    at = 0
    last = ""
    for match in _TEX.finditer(text):
        tex, is_block = _source(match)
        if match["dollar"] is not None and not (dollars or _COMMAND.search(tex)):
            continue
        math = mathml_of_tex(tex)
        if math is None:
            continue
        if is_block and text.strip() == match[0]:
            math.set("display", "block")
        pieces.append((text[at : match.start()], math))
        at = match.end()
        last = _bare(tex)
    if pieces:
        _insert(element, place, pieces, text[at:])
    return last


def _source(match: re.Match[str]) -> tuple[str, bool]:
    if match["named"] is not None:
        inner = re.sub(r"^\\begin\{\w+\*?\}|\\end\{\w+\*?\}$|\\label\{[^}]*\}", "", match["named"])
        return inner.replace("&", " ").strip(), True
    block = match["block"] or match["blocks"]
    return (block or match["line"] or match["dollar"] or "").strip(), block is not None


def _insert(
    element: Element, place: Element | None, pieces: Iterable[tuple[str, Element]], rest: str
) -> None:
    at = 0 if place is None else element.index(place) + 1
    before = place
    for text, math in pieces:
        if before is None:
            element.text = text
        else:
            before.tail = text
        element.insert(at, math)
        before = math
        at += 1
    if before is not None:
        before.tail = rest
