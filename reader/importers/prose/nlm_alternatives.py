"""Formulas of an article in JATS: one branch of those that say the same, read once."""

from __future__ import annotations

from reader.importers.common.elements import Element, tag_of

_BRANCHES = (
    *("math", "tex-math", "table", "textual-form", "array", "preformat", "chem-struct"),
    *("mixed-citation", "element-citation", "collab", "string-name", "inline-graphic", "graphic"),
    "media",
)


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
