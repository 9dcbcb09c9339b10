"""How text becomes what can be looked up: one chain for documents and for queries.

Text is verbatim; all folding happens here, in the search key. A *raw word* is what stands between
separators, N-methyl-D-aspartate say. It has *pieces* ("n", "methyl", "d", "aspartate") at
successive positions, and a *joined* form without its hyphens ("nmethyldaspartate"), so that
β-blocker, beta blocker and betablocker find each other. A piece's *surface* is its folded
spelling; a surface's *keys* are its stem and, for a short form in capitals, that form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from reader.model.document import Document

LONGEST_PIECE = 200
MOST_JOINED = 8
WIDTH_SIGN = "\x1f"  # between a joined form and the number of its pieces, in the index
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with".split()
)
JOINERS = "-‐‑‒–⁃−'’ʼ./·^"
_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_W = "[\\w\u0300-\u036f]"
RAW = re.compile(rf"({_W}+(?:[{JOINERS}]{_W}+|(?<=\d),\d{{3}}(?!\d){_W}*)*)")
_PIECE = re.compile(
    rf"[{_CJK}]|\d+(?:[.,·]\d+)*"
    rf"|[^\W\d_{_CJK}](?:[^\W_{_CJK}]|[\u0300-\u036f])*"
    rf"(?:['’ʼ](?:[^\W_{_CJK}]|[\u0300-\u036f])+)*"
)
_CAPITALS = re.compile(r"(?=(?:[0-9]*[A-Z]){2})[A-Z0-9]{2,8}s?")
_LETTERS_OF_A_SHORT_FORM = 5
_APOSTROPHES = str.maketrans("’ʼ", "''")
_SPELLED = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "·": ".", "'": None}
)
_GREEK = {
    chr(point): unicodedata.name(chr(point)).rsplit(" ", 1)[1].lower()
    for point in [*range(0x3B1, 0x3C2), *range(0x3C3, 0x3CA)]
} | {"λ": "lambda"}
_GREEK_LETTER = re.compile("[α-ω]")
_GREEK_WORD = re.compile("[α-ω]{3}")
_MICRO = re.compile("μ(?=[a-z])")
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_WORDY = re.compile(r"[^\W\d_]{2}")
_stem = Stemmer.Stemmer("english").stemWord


@dataclass(frozen=True, slots=True)
class Piece:
    """One position of a raw word: its surface, and where it is in the raw word."""

    surface: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Word:
    """A raw word's pieces, and its joined form or "" when it has none."""

    pieces: tuple[Piece, ...]
    joined: str = ""


def analyse(raw: str) -> Word:
    """The pieces of a raw word."""
    if raw.isascii() and raw.isalpha() and len(raw) <= LONGEST_PIECE:
        # Nine words of ten are so plain; the rest of the chain would give the same.
        return Word((Piece(_fold_plain(raw), 0, len(raw)),))
    pieces = []
    for match in _PIECE.finditer(raw):
        text, start = match[0], match.start()
        if text[-2:] in ("'s", "’s", "ʼs") and len(text) > 2:
            text = text[:-2]
        for at in range(0, len(text), LONGEST_PIECE):
            part = text[at : at + LONGEST_PIECE]
            pieces.append(Piece(fold(part), start + at, start + at + len(part)))
    return Word(tuple(pieces), _joined(raw, pieces))


def _joined(raw: str, pieces: list[Piece]) -> str:
    lettered = any(piece.surface[-1].isalpha() for piece in pieces)
    if not 2 <= len(pieces) <= MOST_JOINED or "/" in raw or not lettered:
        return ""
    if all(piece.end - piece.start == 1 for piece in pieces):
        return fold("".join(raw[piece.start] for piece in pieces))
    return "".join(piece.surface for piece in pieces).lower()


def fold(piece: str) -> str:
    """The surface of a piece: case, accents, ligatures and scripts of numbers made plain.

    A short form in capitals keeps them, and its plural too: MS, SSRIs, CO2.
    """
    plain = unicodedata.normalize("NFKC", piece).translate(_APOSTROPHES)
    if plain[0].isdigit():
        return plain.replace(",", "").replace("·", ".")
    if plain.isascii() and plain.isalpha():
        return _fold_plain(plain)
    if is_short_form(plain):
        return plain
    plain = unicodedata.normalize("NFKD", plain.casefold()).translate(_SPELLED)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    if not plain.isascii() and not _GREEK_WORD.search(plain):
        plain = _MICRO.sub("u", plain)
        plain = _GREEK_LETTER.sub(lambda m: _GREEK[m[0].replace("ς", "σ")], plain)
    return plain


def _fold_plain(letters: str) -> str:
    if letters.islower() or not is_short_form(letters):
        letters = letters.lower()
    return "ug" if letters == "mcg" else letters


def is_short_form(text: str) -> bool:
    """Whether text is a short form in capitals, or its plural: two to five capitals."""
    return (
        _CAPITALS.fullmatch(text) is not None
        and sum(map(str.isupper, text)) <= _LETTERS_OF_A_SHORT_FORM
    )


@lru_cache(200_000)
def stem(surface: str) -> str:
    """The key under which all forms of a word are found."""
    return str(_stem(surface.lower()))


def keys(surface: str) -> tuple[str, ...]:
    """All keys of a surface: its stem, and "=" with the capitals of a short form."""
    if not is_short_form(surface):
        return (stem(surface),)
    singular = surface.rstrip("s")
    stems = (stem(singular),) if singular == surface else (stem(singular), stem(surface))
    return (*stems, "=" + singular)


def readable(document: Document) -> str:
    """The document's text as it is searched, at the same offsets.

    Numbers of references are blank, since they are glued to words ("NMDA 4receptor"); names that
    a reference mark covers stay. Raised digits after digits are written as such: 10⁵ is not 105.
    """
    text = document.text
    covers = []
    for mark in document.marks:
        cut = mark.span.cut(text)
        if mark.kind == "reference_mark" and not _WORDY.search(cut):
            covers.append((mark.span, " " * len(cut)))
        elif mark.kind == "sup" and text[mark.span.start - 1 : mark.span.start].isdigit():
            covers.append((mark.span, cut.translate(_SUPERSCRIPTS)))
    if not covers:
        return text
    parts: list[str] = []
    done = 0
    for span, cover in covers:
        if span.start >= done:
            parts += text[done : span.start], cover
            done = span.end
    return "".join(parts) + text[done:]
