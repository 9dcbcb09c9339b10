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
from reader.search.scripts import EACH_MARK, HALF_WIDTH, MARKS, UNSPACED, bare

LONGEST_PIECE = 200
MOST_JOINED = 8
WIDTH_SIGN = "\x1f"  # between a joined form and the number of its pieces, in the index
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with".split()
)
JOINERS = "-‐‑‒–⁃−'’ʼ./·^"
WORDY = rf"\w{MARKS}"
# Spaces that hold the digits of one number together.
TIES = "\u00a0\u2007\u2009\u202f"


def _raw(wordy: str) -> re.Pattern[str]:
    """What a raw word is when words are made of these signs."""
    word = f"[{wordy}]+"
    # The digit is looked for first: what cannot begin so is passed over quickly.
    groups = rf"(?=\d)(?<![\w.,·])\d{{1,3}}(?: \d{{3}})+(?![{wordy}])"
    grouped = rf"(?<=\d)[,{TIES}]\d{{3}}(?!\d)[{wordy}]*"
    return re.compile(rf"({groups}|{word}(?:[{JOINERS}]{word}|{grouped})*)")


RAW = _raw(WORDY)
_RAW_WITHOUT_MARKS = _raw(r"\w")
_LETTER = rf"[^\W\d_{UNSPACED}]"
_MORE = rf"(?:[^\W_{UNSPACED}]|[{MARKS}])"
_PIECE = re.compile(
    rf"{HALF_WIDTH}|\d+(?:[.,·{TIES}]\d+)*|[{UNSPACED}][{MARKS}]*"
    rf"|{_LETTER}{_MORE}*(?:['’ʼ]{_MORE}+)*"
)
# What French and Italian put before a vowel or an h is a word of its own.
_ELIDED = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu"
    r"|dell|nell|all|sull|dall|coll|un|quell|quest|bell|sant|gl|degl|agl|negl|dagl|sugl|tutt"
    r"|senz|mezz|dov|com)['’ʼ](?=[aeiouyhàâäáèéêëìíîïòóôöùúûüœæ])",
    re.IGNORECASE,
)
# "p.53" is a page, "i.v." and "p.Val600" are words.
_DOT_AT_DIGIT = re.compile(r"[^\W\d_]\.\d|\d\.[^\W\d_]")
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
_POWER = re.compile("[0-9]+[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?![^/·^])")
_SUPERSCRIPTS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_WORDY = re.compile(r"[^\W\d_]{2}")
_stem = Stemmer.Stemmer("english").stemWord
_STEMS_OF_SCRIPTS = {
    name.upper(): Stemmer.Stemmer(language).stemWord
    for name, language in (
        ("Arabic", "arabic"),
        ("Armenian", "armenian"),
        ("Cyrillic", "russian"),
        ("Devanagari", "hindi"),
        ("Greek", "greek"),
        ("Tamil", "tamil"),
    )
}


def cut(text: str) -> list[str]:
    """The text cut into what stands between raw words, at even places, and these."""
    # Few texts have marks, and the others are cut in half of the time.
    return (_RAW_WITHOUT_MARKS if EACH_MARK.isdisjoint(set(text)) else RAW).split(text)


@dataclass(frozen=True, slots=True)
class Piece:
    """One position of a raw word: its surface, and where it is in the raw word.

    `elided` is an article or the like that has lost its vowel: the l of l'hôpital.
    """

    surface: str
    start: int
    end: int
    elided: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A raw word's pieces, and its joined form or "" when it has none.

    `raised` is a power that begins it, as it is typed where digits cannot be raised: 109 for 10⁹/L.
    A text is found by it; in a question 10⁹ is not 109.
    """

    pieces: tuple[Piece, ...]
    joined: str = ""
    raised: str = ""


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
        if elided := _ELIDED.match(text):
            pieces.append(Piece(fold(elided[0][:-1]), start, start + elided.end() - 1, elided=True))
            text, start = text[elided.end() :], start + elided.end()
        for at in range(0, len(text), LONGEST_PIECE):
            part = text[at : at + LONGEST_PIECE]
            pieces.append(Piece(fold(part), start + at, start + at + len(part)))
    power = _POWER.match(raw)
    raised = pieces[0].surface + pieces[1].surface if power else ""
    return Word(tuple(pieces), _joined(raw, pieces), raised)


def _joined(raw: str, pieces: list[Piece]) -> str:
    if " " in raw:
        return "".join(piece.surface for piece in pieces) if len(pieces) <= MOST_JOINED else ""
    lettered = any(piece.surface[-1].isalpha() for piece in pieces)
    if not 2 <= len(pieces) <= MOST_JOINED or "/" in raw or not lettered:
        return ""
    if _DOT_AT_DIGIT.search(raw):
        return ""
    if all(piece.end - piece.start == 1 for piece in pieces):
        return fold("".join(raw[piece.start] for piece in pieces))
    # IL-6 is the short form IL6; what is none has no capitals.
    whole = "".join(piece.surface for piece in pieces)
    return whole if is_short_form(whole) else whole.lower()


def fold(piece: str) -> str:
    """The surface of a piece: case, accents, ligatures and scripts of numbers made plain.

    A short form in capitals keeps them, and its plural too: MS, SSRIs, CO2.
    """
    plain = unicodedata.normalize("NFKC", piece).translate(_APOSTROPHES)
    if plain[0].isdecimal():
        plain = plain.replace(",", "").replace(" ", "").replace("·", ".")
        return plain if plain.isascii() else "".join(map(_digit, plain))
    if plain.isascii() and plain.isalpha():
        return _fold_plain(plain)
    if is_short_form(plain):
        return plain
    plain = bare(plain.casefold()).translate(_SPELLED)
    if not plain.isascii() and not _GREEK_WORD.search(plain):
        plain = _MICRO.sub("u", plain)
        plain = _GREEK_LETTER.sub(lambda m: _GREEK[m[0].replace("ς", "σ")], plain)
    return plain or piece


def _digit(sign: str) -> str:
    """A decimal of any script as 0 to 9; any other sign as it is."""
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


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
    """The key under which all forms of a word are found: by English, or by its own script."""
    if surface.isascii():
        return str(_stem(surface.lower()))
    script = unicodedata.name(surface[0], "").partition(" ")[0]
    return str(_STEMS_OF_SCRIPTS.get(script, _stem)(surface.lower())) or surface


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
