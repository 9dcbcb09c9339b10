"""The words and phrases of a query, each as the spots of a text that it is looked for in."""

from __future__ import annotations

import re

from reader.search.analyzer import JOINERS, RAW, WORDY, analyse, fold
from reader.search.query_ast import Either, How, Near, Node, Phrase, Spot, Term
from reader.search.scripts import MARKS
from reader.search.tokens import Token

_FUZZY = re.compile(rf"(.*[{WORDY}])~([12]?)")
# The text ends inside a word, perhaps with a mark of its last letter.
_OPEN_END = re.compile(rf"[^\W_][{MARKS}]*\Z")
_WILD = re.compile(rf"[{JOINERS}{WORDY}*?]*[*?][{JOINERS}{WORDY}*?]*")
# The star of an allele, CYP2D6*4, stands for nothing.
_ALLELE = re.compile(r"(?<=[A-Z0-9])\*(?=\d)")


def spots_of_raw(raw: str, how: How, last: How | None = None, edits: int = 0) -> list[Spot]:
    """A raw word as a spot: its pieces one after the other, or its joined form.

    `last` is how the last piece is looked up, when not as the others.
    """
    word = analyse(raw)
    last = last or how
    # In l'hôpital only the hospital is looked for, unless the very words are.
    pieces = [p for p in word.pieces if how == "exact" or not p.elided]
    if not pieces:
        return []
    *front, end = [piece.surface for piece in pieces]
    ends = Term(last, end, edits)
    if not front:
        return [ends]
    phrase = Phrase((*(Term(how, surface) for surface in front), ends))
    whole = word.joined and len(pieces) == len(word.pieces)
    return [Either((phrase, Term(last, word.joined, edits)))] if whole else [phrase]


def spots_of(text: str) -> list[Spot]:
    """The words of a text that is no query, in their order."""
    return [spot for raw in RAW.findall(text) for spot in spots_of_raw(raw, "word")]


def nodes_of_phrase(token: Token) -> list[Node]:
    """What stands in quotes, as it is looked up."""
    parts: list[Spot] = []
    # Between words with signs, others are taken together: "10 000" is one number.
    for text in re.split(r"(\S*[*?]\S*)", _ALLELE.sub(" ", token.text)):
        if _is_wild(text):
            parts += _wild(text)
        else:
            parts += [spot for raw in RAW.findall(text) for spot in spots_of_raw(raw, "exact")]
    if token.unfinished and not token.closed and _OPEN_END.search(token.text):
        *_, raw = RAW.findall(token.text)
        parts[-1:] = spots_of_raw(raw, "exact", "typed")
    if token.slop is not None and len(parts) > 1:
        return [Near(tuple(parts), token.slop)]
    return [Phrase(tuple(parts))] if len(parts) > 1 else list(parts)


def nodes_of_word(token: Token) -> list[Node]:
    """A word as it was typed, with its stars and tildes, as it is looked up."""
    text = _ALLELE.sub(" ", token.text)
    fuzzy = _FUZZY.fullmatch(text)
    if _is_wild(text):
        return list(_wild(text))
    raws = RAW.findall(fuzzy[1] if fuzzy else text)
    nodes: list[Node] = [spot for raw in raws[:-1] for spot in spots_of_raw(raw, "word")]
    for raw in raws[-1:]:
        if fuzzy:
            edits = int(fuzzy[2] or 0) or (0 if len(raw) < 3 else 1 if len(raw) < 6 else 2)
            nodes += spots_of_raw(raw, "word", "fuzzy" if edits else "word", edits)
        else:
            open_end = token.unfinished and _OPEN_END.search(text) and len(raw) > 1
            nodes += spots_of_raw(raw, "word", "typed" if open_end else "word")
    return nodes


def _is_wild(text: str) -> bool:
    """Whether "*" or "?" stand for letters; a question mark at the end ends a question."""
    return "*" in text or "?" in text.rstrip("?")


def _wild(text: str) -> list[Spot]:
    """A word with "*" or "?" in it; a question mark at its end ends a question."""
    spots: list[Spot] = []
    for raw in _WILD.findall(text.rstrip("?")) if _WILD.search(text.rstrip("?")) else ():
        pieces = [piece for piece in re.split(f"[{JOINERS}]", raw) if _fold_wild(piece).strip("*?")]
        parts = [_wild_piece(piece) for piece in pieces]
        if len(parts) > 1:
            joined = _wild_piece("".join(pieces))
            spots.append(Either((Phrase(tuple(parts)), joined)))
        else:
            spots += parts
    return spots


def _wild_piece(piece: str) -> Term:
    text = _fold_wild(piece)
    if not re.search(r"[*?]", text):
        return Term("word", text)
    if re.fullmatch(r"[^*?]+\*+", text):
        return Term("prefix", text.rstrip("*"))
    return Term("wild", re.sub(r"\*+", "*", text))


def _fold_wild(piece: str) -> str:
    """The piece folded in lower case, its "*" and "?" left alone."""
    parts = re.split(r"([*?])", piece)
    return "".join(p if p in ("*", "?", "") else fold(p).lower() for p in parts)
