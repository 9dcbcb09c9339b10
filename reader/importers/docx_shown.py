"""The characters that a Word file shows, collected without a thought of what they are.

Only for the check that nothing was lost: it walks the letters of each part once, in their order.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.importers.docx_package import M, W, value
from reader.importers.html_tree import Element
from reader.importers.symbol_fonts import decoded_symbol, is_symbol_font, symbol_text

_TEXT = frozenset((f"{W}t", f"{W}delText", f"{M}t"))


def shown_runs(root: Element) -> Iterator[str]:
    """The runs of characters in a part: letters, signs of fonts, deleted and hidden ones too.

    What stands in the code of a field is no part of them.
    """
    codes: list[bool] = []
    for element in root.iter():
        tag = element.tag
        if tag in _TEXT:
            if element.text and not any(codes):
                text = element.text.replace("&", "") if tag == f"{M}t" else element.text
                yield _decoded(element, text)
        elif tag == f"{W}sym":
            if not any(codes):
                yield decoded_symbol(value(element, "char"), value(element, "font"))
        elif tag == f"{W}fldChar":
            _turn(codes, value(element, "fldCharType"))


def _turn(codes: list[bool], kind: str) -> None:
    """Notes that a field begins, that its result does, or that it ends."""
    if kind == "begin":
        codes.append(True)
    elif codes and kind == "separate":
        codes[-1] = False
    elif codes and kind == "end":
        codes.pop()


def _decoded(element: Element, text: str) -> str:
    run = element.getparent()
    fonts = run.find(f"{W}rPr/{W}rFonts") if run is not None else None
    names = [value(fonts, slot) for slot in ("ascii", "hAnsi")] if fonts is not None else []
    font = next((name for name in names if is_symbol_font(name)), "")
    # Letters in a font of signs that a style names, or half of the letters, show otherwise.
    return (
        symbol_text(text, font)
        if font and len(set(names)) == 1
        else "".join(c for c in symbol_text(text, font) if not font)
    )
