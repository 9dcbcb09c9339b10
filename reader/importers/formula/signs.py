"""Signs, words and numbers of a formula: what each is, and what it is read as."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from reader.importers.common.elements import Element, tag_of
from reader.importers.formula.pieces import Kind, Piece, is_long

_FUNCTIONS = frozenset(
    "sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp min max lim "
    "liminf limsup sup inf det dim gcd ker arg deg hom mod and or if otherwise".split()
)
_KINDS: dict[str, Kind] = {
    **dict.fromkeys("=<>~≤≥≦≧≠≈≡∼≃≅≲≳≪≫∝←↔→⇒⇔⇐⟶⟵⟹⇌⇄↦∈∉∋⊂⊆⊃⊇∣∥⊥∧∨∪∩∖:=≔≜≐⩽⩾↑↓", "relation"),
    **dict.fromkeys(("=", ":=", "==", "!=", "<=", ">="), "relation"),
    **dict.fromkeys("+−±∓⊕⊖", "sum"),
    **dict.fromkeys("×·⋅∙÷*∗⋆⊗∘", "times"),
    **dict.fromkeys("/∕⁄", "slash"),
    **dict.fromkeys("([{⟨⌈⌊〈⟦", "open"),
    **dict.fromkeys(")]}⟩⌉⌋〉⟧", "close"),
    **dict.fromkeys(",;", "comma"),
    **dict.fromkeys(".!%‰°′″‴'\":?&#$_|‖", "sign"),
    **dict.fromkeys("∑∏∐∫∬∭∮∯⋃⋂⨁⨂⋁⋀", "large"),
    ":": "sign",
}
_BARS = "|‖"
_UNSEEN = "\u2061\u2062\u2063\u2064"
OVER = {
    **dict.fromkeys("¯‾―ˉ_─\u0304\u0305", "\u0304"),
    **dict.fromkeys("^ˆ\u0302", "\u0302"),
    **dict.fromkeys("~˜∼\u0303", "\u0303"),
    **dict.fromkeys("→⇀\u20d7", "\u20d7"),
    **dict.fromkeys("˙.\u0307", "\u0307"),
    **dict.fromkeys("¨\u0308", "\u0308"),
    **dict.fromkeys("˘\u0306", "\u0306"),
    **dict.fromkeys("ˇ\u030c", "\u030c"),
    **dict.fromkeys("´\u0301", "\u0301"),
    **dict.fromkeys("`\u0300", "\u0300"),
}
"""Accents by the sign that stands over the letter."""
UNDER = dict.fromkeys("_‾¯―─\u0332", "\u0332")
"""Lines under letters."""
_NOT = "⧸"


def kind_of(sign: str) -> Kind:
    """What a sign is by itself."""
    return _KINDS.get(sign, "sign")


def append(pieces: list[Piece], piece: Piece) -> None:
    """Add a piece, which may say what the one before it is, or be told by it."""
    last = pieces[-1] if pieces else None
    if last is not None and last.text == _NOT and piece.kind == "relation":
        struck = unicodedata.normalize("NFC", piece.text + "\u0338")
        pieces[-1] = Piece("relation", [(struck, ())])
        return
    if piece.kind == "product" and piece.plain and last is not None:
        if is_long(last):
            last.kind = "function"
        if last.kind == "function":
            return
    if piece.kind == "sign" and piece.text[:1] in _BARS and not piece.is_raised:
        piece.kind = _bar(pieces)
    pieces.append(piece)


def _bar(pieces: Sequence[Piece]) -> Kind:
    """Whether a bar opens, closes, or stands between."""
    depth = sum((p.kind == "open") - (p.kind == "close") for p in pieces if p.text[:1] in _BARS)
    last = pieces[-1].kind if pieces else "open"
    starts = last in ("open", "relation", "sum", "times", "slash", "comma", "large", "function")
    if starts:
        return "open"
    return "close" if depth > 0 else "sign" if last != "close" else "open"


def single(text: str) -> str:
    """Text with single spaces, at its ends too, and plain letters for those of mathematics."""
    plain = "".join(map(_plain_letter, text))
    words = " ".join(plain.split())
    if not words:
        return " " if plain else ""
    return " " * plain[0].isspace() + words + " " * plain[-1].isspace()


def _plain_letter(character: str) -> str:
    if "\U0001d400" <= character <= "\U0001d7ff" or character == "\u210e":
        return unicodedata.normalize("NFKC", character)
    return "" if character in _UNSEEN else character


def said_in(element: Element) -> str:
    """All characters in an element, as they are."""
    return "".join(map(str, element.itertext()))


def text_pieces(element: Element) -> list[Piece]:
    """Words of running text; the spaces at their ends count."""
    text = single(said_in(element))
    bare = text.strip()
    if bare in _KINDS and _KINDS[bare] in ("relation", "sum", "times", "slash"):
        return [Piece(_KINDS[bare], [(bare, ())])]
    if not bare:
        return [Piece("space", [])] if text else []
    return [Piece("text", [(text, ())])]


def token_pieces(element: Element) -> list[Piece]:
    """An identifier, a number or an operator."""
    name, said = tag_of(element), said_in(element)
    text = single(said).strip()
    if not text:
        if any(sign in said for sign in _UNSEEN):
            return [Piece("product", [], plain="\u2061" in said)]
        alternative = " ".join(e.get("alt") or "" for e in element.iter()).strip()
        return [Piece("word", [(alternative, ())])] if alternative else []
    if text == "-" or (name == "mn" and text[0] == "-"):
        text = "−" + text[1:]
    if text in _BARS and element.get("form") in ("prefix", "postfix"):
        return [Piece("open" if element.get("form") == "prefix" else "close", [(text, ())])]
    if text in _KINDS:
        return [Piece(_KINDS[text], [(text, ())])]
    if name == "mn" or (text[0].isdigit() and name != "ms"):
        return [Piece("number", [(text, ())])]
    named = text in _FUNCTIONS or (name == "mo" and len(text) > 1 and text.isalpha())
    return [Piece("function" if named else "word", [(text, ())])]


def string_pieces(element: Element) -> list[Piece]:
    """A string literal in its quotation marks."""
    left, right = element.get("lquote") or '"', element.get("rquote") or '"'
    return [Piece("text", [(left + said_in(element) + right, ())])]


def space_pieces(element: Element) -> list[Piece]:
    """A space of some width; none for one that draws what follows nearer."""
    width = element.get("width") or "0"
    is_none = width.startswith(("-", "negative", "0em", "0px", "0.0")) or width == "0"
    newline = element.get("linebreak") == "newline"
    return [] if is_none and not newline else [Piece("space", [])]
