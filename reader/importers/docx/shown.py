"""The characters that a Word file shows, collected without a thought of what they are.

Only for the check that nothing was lost: it walks the letters of each part once, in their order.
"""

from __future__ import annotations

from collections.abc import Iterator

from reader.importers.common.elements import Element
from reader.importers.common.symbol_fonts import decoded_symbol, is_symbol_font, symbol_text
from reader.importers.docx.package import M, W, value

_TEXT = frozenset((f"{W}t", f"{W}delText", f"{M}t"))


def shown_runs(root: Element, symbol_styles: dict[str, str]) -> Iterator[str]:
    """The runs of characters in a part: letters, signs of fonts, deleted and hidden ones too.

    What stands in the code of a field is no part of them. `symbol_styles` are the fonts of signs by
    the styles that set them.
    """
    codes: list[bool] = []
    for element in root.iter():
        tag = element.tag
        if tag in _TEXT:
            if element.text and not any(codes):
                text = element.text.replace("&", "") if tag == f"{M}t" else element.text
                yield _decoded(element, text, symbol_styles)
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


def _decoded(element: Element, text: str, symbol_styles: dict[str, str]) -> str:
    run = element.getparent()
    if run is None:
        return text
    fonts = run.find(f"{W}rPr/{W}rFonts")
    names = [value(fonts, slot) for slot in ("ascii", "hAnsi")]
    font = next(filter(is_symbol_font, names), "")
    if not any(names) and symbol_styles:
        styles = [run.find(f"{W}rPr/{W}rStyle")]
        paragraph = next(run.iterancestors(f"{W}p"), None)
        styles.append(paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None)
        font = next((symbol_styles[s] for s in map(value, styles) if s in symbol_styles), "")
    if font and names[0] != names[1] and any(names):
        # Half of the letters stand in another font: which, only the careful reading knows.
        return ""
    return symbol_text(text, font)
