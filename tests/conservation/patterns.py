"""How containers are looked for that are not to be found as a plain string, and their atoms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from unicodedata import combining

from tests.conservation.counted import ANY, MARK, PICTURE
from tests.conservation.said import END, SUP, Wanted

_NUMBER = r"[-+±<>≤≥~≈=×]*\d+(?:[.,:/]\d+)*(?:[-+]\d+(?:[.,]\d+)*)*"
_ATOM = re.compile(rf"{_NUMBER}(?:%|°[CF]?|[a-zA-Zμ]+)?|[^\W\d_]+|.", re.S)
_UNIT = re.compile(
    r"(?:%|°[CF]?|[munkμ]?(?:g|l|L|m|mol|Eq|kat|V|s)|kPa|mmHg|I?U|mcg|h|min|days?|years?)\b"
)
_OPTIONAL = {
    ANY: f"[^{END}][\u0300-\u036f\u20d0-\u20ff]*",
    PICTURE: f"{ANY}?",
    MARK: r"(?:[\[(]?\w{1,4}[\])]?)?",
}
_OPENED, _CLOSED = r"[\[(]?", r"[\])]?"
_IN_FORMULAS = r"[\u0300-\u036f\u20d0-\u20ff()\[\]{}/^_,;√ ⋅]{0,4}?"


def pattern_of(wanted: Wanted) -> re.Pattern[str]:
    """A formula, between whose signs others may stand, or words with glyphs that may be any."""
    signs = [_OPTIONAL.get(c) or re.escape(c) for c in wanted.characters]
    if wanted.container.kind == "formula":
        for i in wanted.breaks:
            if 0 < i < len(signs):
                signs[i] = _IN_FORMULAS + signs[i]
    else:
        signs = _bracketed(wanted, signs)
    return re.compile("".join(signs), re.S)


def atoms_of(wanted: Wanted) -> list[str]:
    """What may not be torn: words, signs, numbers with what stands at them and their unit."""
    edges = sorted({0, *wanted.gaps, len(wanted.characters)})
    atoms: list[str] = []
    for start, end in pairwise(edges):
        for found in _ATOM.finditer(wanted.characters, start, end):
            atom = found[0]
            if found.start() > start and (
                combining(atom[0]) or (atoms and combining(atoms[-1][-1]) and atom.isalpha())
            ):
                # A word is not torn at the accents of its letters.
                atoms[-1] += atom
            elif atoms and atoms[-1][-1].isdigit() and _UNIT.fullmatch(atom):
                atoms[-1] += atom
            else:
                atoms.append(atom)
    return atoms


def has_raised_digits(wanted: Wanted) -> bool:
    """True if a mark of a note may be in it, which may stand in brackets."""
    pairs = zip(wanted.characters, wanted.flags, strict=True)
    return any(flag & SUP and sign.isdigit() for sign, flag in pairs)


def places_in(wanted: Wanted, characters: str, at: int) -> list[int]:
    """Where each sign stands of something that others may stand in."""
    places = []
    for sign in wanted.characters:
        optional = sign in (PICTURE, MARK)
        while sign != ANY and not optional and characters[at] != sign:
            at += 1
        places.append(min(at, len(characters) - 1))
        at += not optional or (sign == PICTURE and characters[at : at + 1] == ANY)
    return places


def spread(places: Sequence[int]) -> int:
    """How far the last sign stands from the first."""
    return places[-1] - places[0]


def _bracketed(wanted: Wanted, signs: list[str]) -> list[str]:
    """Patterns of signs with brackets that may stand round raised digits."""
    out = []
    raised = [
        bool(flag & SUP) and sign.isdigit()
        for sign, flag in zip(wanted.characters, wanted.flags, strict=True)
    ]
    for i, sign in enumerate(signs):
        opens = raised[i] and (i == 0 or not raised[i - 1] or i in wanted.breaks)
        closes = raised[i] and (i + 1 == len(signs) or not raised[i + 1] or i + 1 in wanted.breaks)
        out.append(_OPENED * opens + sign + _CLOSED * closes)
    return out


def is_pattern(wanted: Wanted) -> bool:
    """True if it cannot be found as a plain string."""
    return wanted.container.kind == "formula" or any(
        sign in wanted.characters for sign in _OPTIONAL
    )
