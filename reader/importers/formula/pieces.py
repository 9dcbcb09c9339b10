"""The pieces of a formula's line, and how they are set beside each other: gaps and brackets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reader.model.document import MarkKind

Run = tuple[str, tuple[MarkKind, ...]]
"""Characters and how they are raised, lowered or struck."""

Kind = Literal[
    "word",
    "number",
    "text",
    "function",
    "large",
    "relation",
    "sum",
    "prefix",
    "times",
    "slash",
    "open",
    "close",
    "comma",
    "sign",
    "fraction",
    "root",
    "table",
    "choice",
    "scripts",
    "bracketed",
    "space",
    "product",
]

_ENDS = frozenset(
    ("word", "number", "text", "sign", "close", "root", "bracketed", "fraction", "table", "choice")
)
_STARTS = frozenset(
    (
        *("word", "number", "function", "large", "open", "root", "fraction", "table", "choice"),
        *("scripts", "bracketed"),
    )
)
_BEFORE_PREFIX = frozenset(
    ("relation", "sum", "prefix", "times", "slash", "open", "comma", "large", "function")
)
_INFIX = frozenset(("relation", "sum", "times"))
_FACTORS = frozenset(("word", "number", "root", "bracketed", "times", "product", "space"))


@dataclass(slots=True)
class Piece:
    """A sign, a word or a part of a formula.

    `guarded` is how it reads where what follows would else seem to stand under its root. `plain`
    says of a fraction that it is one of two numbers ("1/2" in "1 1/2").
    """

    kind: Kind
    runs: list[Run]
    is_raised: bool = False
    is_scripted: bool = False
    guarded: list[Run] | None = None
    plain: bool = False

    @property
    def text(self) -> str:
        """Its characters, raised and lowered ones among them."""
        return "".join(text for text, _ in self.runs)


def laid_out(given: Sequence[Piece], tight: bool = False) -> list[Run]:
    """The pieces from left to right as they are read; `tight` leaves signs without spaces."""
    pieces = _with_prefixes(given)
    out: list[Run] = []
    for i, piece in enumerate(pieces):
        before = pieces[i - 1] if i else None
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        if piece.kind == "space":
            out.append((" ", ()))
            continue
        if _has_gap(before, piece, after, tight, pieces[i - 2] if i > 1 else None):
            out.append((" ", ()))
        out += _read(piece, pieces, i)
    if not tight and pieces and pieces[-1].kind in ("relation", "times"):
        out.append((" ", ()))
    return merged(out)


def merged(runs: Iterable[Run]) -> list[Run]:
    """The runs with neighbours that look the same put together, and single spaces."""
    out: list[Run] = []
    for kinds, group in groupby((run for run in runs if run[0]), key=lambda run: run[1]):
        text = "".join(text for text, _ in group)
        while "  " in text:
            text = text.replace("  ", " ")
        if out and out[-1][0].endswith(" ") and text.startswith(" "):
            text = text[1:]
        if text:
            out.append((text, kinds))
    return out


def raised(runs: Iterable[Run], kind: MarkKind) -> list[Run]:
    """The runs with a mark more on all of them."""
    return [(text, (kind, *kinds)) for text, kinds in runs]


def bracketed(runs: Sequence[Run]) -> list[Run]:
    """The runs in round brackets."""
    return [("(", ()), *runs, (")", ())]


def numerator(pieces: Sequence[Piece]) -> list[Run]:
    """What stands over a fraction's bar: in brackets unless it is one factor or a product."""
    bare = _trimmed(pieces)
    runs = laid_out(bare)
    return runs if is_atom(bare) or _is_product(bare) else bracketed(runs)


def denominator(pieces: Sequence[Piece]) -> list[Run]:
    """What stands under a fraction's bar: in brackets unless it is one factor."""
    bare = _trimmed(pieces)
    runs = laid_out(bare)
    return runs if is_atom(bare) else bracketed(runs)


def is_atom(given: Sequence[Piece]) -> bool:
    """Whether nothing that stands before or after can be read as belonging to a part of it."""
    pieces = _trimmed(given)
    kinds = [piece.kind for piece in pieces]
    if not pieces:
        return True
    if len(pieces) == 1:
        if kinds == ["text"]:
            return " " not in pieces[0].text
        return kinds[0] in ("word", "number", "root", "function", "bracketed", "sign")
    if len(pieces) == 2 and kinds[0] in ("word", "number") and kinds[1] == "sign":
        return True
    if all(kind == "word" for kind in kinds):
        # Letters that touch are read as one word: "mg/kg", "a/bc".
        return not any(p.is_scripted for p in pieces[:-1]) and not any(map(is_long, pieces))
    first = 1 if kinds[0] == "function" else 0
    return kinds[first] == "open" and _closes(kinds, first) == len(pieces) - 1


def _is_product(pieces: Sequence[Piece]) -> bool:
    kinds = [piece.kind for piece in pieces]
    texts = all(p.kind != "text" or " " not in p.text for p in pieces)
    edges = kinds and kinds[0] != "times" and kinds[-1] != "times"
    # What looks like "P(B)" is the same whether a factor follows or an argument.
    called = len(kinds) > 1 and kinds[0] == "word" and kinds[1] == "open"
    if called and _closes(kinds, 1) == len(kinds) - 1:
        return True
    return bool(edges) and texts and all(k in _FACTORS or k == "text" for k in kinds)


def _closes(kinds: Sequence[str], first: int) -> int:
    """Where the bracket is closed that is opened at `first`; -1 when it is not."""
    depth = 0
    for i in range(first, len(kinds)):
        depth += (kinds[i] == "open") - (kinds[i] == "close")
        if not depth:
            return i
    return -1


def _trimmed(pieces: Sequence[Piece]) -> list[Piece]:
    bare = list(pieces)
    while bare and bare[0].kind == "space":
        bare.pop(0)
    while bare and bare[-1].kind == "space":
        bare.pop()
    return bare


def _with_prefixes(given: Sequence[Piece]) -> list[Piece]:
    """The pieces with "−" and its like told apart: before a number, or between two."""
    pieces: list[Piece] = []
    last: Piece | None = None
    for piece in given:
        if piece.kind == "sum" and (last is None or last.kind in _BEFORE_PREFIX):
            piece = Piece("prefix", piece.runs, piece.is_raised, piece.is_scripted)
        pieces.append(piece)
        if piece.kind not in ("space", "product"):
            last = piece
    return pieces


def is_long(piece: Piece) -> bool:
    """Whether it is a word of several letters."""
    base = "".join(text for text, kinds in piece.runs if not kinds)
    return piece.kind == "word" and len(base) > 1 and base.isalpha()


def _has_gap(
    before: Piece | None, piece: Piece, after: Piece | None, tight: bool, earlier: Piece | None
) -> bool:
    """Whether a space is set before the piece."""
    kind = piece.kind
    if before is None:
        return not tight and kind in ("relation", "times")
    left = before.kind
    if left == "space" or kind == "product":
        return False
    if left == "product":
        long = kind == "number" or (is_long(piece) and earlier is not None and is_long(earlier))
        return long and earlier is not None and earlier.kind in ("number", "word")
    if kind in _INFIX or left in _INFIX:
        return not tight and left != "open" and kind != "close"
    if left == "comma":
        digits = earlier is not None and earlier.kind == "number" and kind == "number"
        return not tight and not digits
    if left == "function":
        return kind in ("word", "number", "root", "function", "large", "prefix", "scripts")
    if left == "large":
        return kind not in ("close", "comma", "sign", "relation", "text")
    if kind in ("function", "large", "scripts"):
        return left in _ENDS
    if kind == "root" and left in _ENDS:
        return bool(piece.runs) and "sup" in piece.runs[0][1]
    if kind == "fraction":
        mixed = left == "number" and not before.is_scripted and piece.plain
        return mixed and (after is None or after.kind != "slash")
    if left == "fraction" and kind in ("word", "number") and before.plain:
        return earlier is not None and earlier.kind == "number"
    return is_long(before) and is_long(piece)


def _read(piece: Piece, pieces: Sequence[Piece], i: int) -> list[Run]:
    """How one piece reads where it stands."""
    if piece.kind == "root" and piece.guarded is not None:
        follows = i + 1 < len(pieces) and pieces[i + 1].kind in (_STARTS | {"text", "sign"})
        return piece.guarded if follows else piece.runs
    if piece.kind == "fraction" and _needs_brackets(piece, pieces, i):
        return bracketed(piece.runs)
    if piece.kind in ("table", "choice"):
        return _fenced(piece, pieces, i)
    return piece.runs


def _needs_brackets(piece: Piece, pieces: Sequence[Piece], i: int) -> bool:
    """Whether a fraction would be read otherwise among its neighbours."""
    left = next((p for p in reversed(pieces[:i]) if p.kind not in ("space", "product")), None)
    right = next((p for p in pieces[i + 1 :] if p.kind not in ("space", "product")), None)
    touches = bool(i) and pieces[i - 1].kind != "space"
    is_mixed = (
        left is not None and left.kind == "number" and not left.is_scripted and piece.plain
    ) and not (i > 1 and pieces[i - 2].kind in ("slash", "sign"))
    if right is not None and (right.kind in _STARTS or right.kind in ("slash", "sign", "scripts")):
        return not (is_mixed and right.kind in ("word", "number"))
    if right is not None and right.kind == "text" and not right.text.startswith(" "):
        return pieces[i + 1] is right
    if left is None or is_mixed:
        return False
    if left.kind in ("times", "slash", "function", "large", "scripts"):
        return True
    # "5 mg/kg" is the same whether five times the fraction or a fraction of five.
    return left.kind in _ENDS and (touches or piece.text.startswith("("))


def _fenced(piece: Piece, pieces: Sequence[Piece], i: int) -> list[Run]:
    """A table or a choice: the brackets round it are its own, else it gets some among others."""
    before, after = pieces[i - 1] if i else None, pieces[i + 1] if i + 1 < len(pieces) else None
    if before is not None and before.kind == "open":
        if piece.kind == "choice" and before.text == "(" and piece.guarded is not None:
            return piece.guarded
        return piece.runs
    if before is None and after is None:
        return piece.runs
    return [("[", ()), *piece.runs, ("]", ())]
