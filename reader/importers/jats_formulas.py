"""Formulas of an article in JATS: one branch of those that say the same, read once."""

from __future__ import annotations

import re

from reader.importers.html_tree import Element, tag_of

_BRANCHES = (
    *("math", "tex-math", "table", "textual-form", "array", "preformat", "chem-struct"),
    *("mixed-citation", "element-citation", "collab", "string-name", "inline-graphic", "graphic"),
    "media",
)
_DOCUMENT = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
_PREAMBLE = re.compile(
    r"\\(documentclass|usepackage|setlength|newcommand|pagestyle)\b(\s*\[[^\]]*\])?(\s*\{[^{}]*\})+"
)
_COMMENT = re.compile(r"(?<!\\)%.*")
_FENCES = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))


def branch_of(alternatives: Element) -> Element | None:
    """The one of several forms of the same thing that is read: MathML, TeX, text, then pictures."""
    children = [child for child in alternatives if tag_of(child)]
    known = [child for child in children if tag_of(child) in _BRANCHES]
    known.sort(key=lambda child: _BRANCHES.index(tag_of(child)))
    return next(iter(known or children), None)


def unread_in(formula: Element) -> frozenset[str]:
    """The elements of a formula that only say again what its MathML, or else its TeX, says."""
    if next(formula.iter("{*}math"), None) is not None:
        return frozenset(("label", "tex-math", "textual-form", "inline-graphic", "graphic"))
    if next(formula.iter("{*}tex-math"), None) is not None:
        return frozenset(("label", "textual-form", "inline-graphic", "graphic"))
    return frozenset(("label",))


def bare_tex(untrusted_tex: str) -> str:
    """The formula in a TeX document that was written for it alone."""
    inside = _DOCUMENT.search(untrusted_tex)
    tex = inside[1] if inside else _PREAMBLE.sub("", untrusted_tex)
    tex = _COMMENT.sub("", tex).strip()
    for begin, end in _FENCES:
        if len(tex) >= len(begin + end) and tex.startswith(begin) and tex.endswith(end):
            tex = tex[len(begin) : -len(end)].strip()
            break
    return tex
