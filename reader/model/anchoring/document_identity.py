"""Whether two texts are editions of one: how much they share, and what says that they are not.

No likeness of words can say that they are: leaflets of two medicines share more of their words than
two editions of one guideline do. So a likeness is asked about, never acted upon, and what tells two
products or two groups of patients apart is a veto even against the question.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Literal

from reader.model.anchoring.alignment import Alignment, compare
from reader.model.anchoring.words import words
from reader.model.document import Document
from reader.model.identifiers import bare_address

Veto = Literal["strength", "population", "subject"]

_SIZE = 5
# With fewer sequences than these, a likeness may be a line that many texts share.
_FEWEST = 20
# So many words of the start of a text say what it is about.
_EARLY = 1500
# A word is a text's subject when it stands there so often, and so often, and in so much of the
# places where it is gone, one other word stands instead.
_OFTEN = 3
_STEADY = 0.6
# What stands in place of a word is looked for among so many words at most.
_GAP = 12
_LONG_ENOUGH = 4
# Words that an editor changes throughout without another subject.
_GENERAL = frozenset(
    "patient patients people person persons participant participants individual individuals subject"
    " subjects user users client clients reader readers author authors should must will would shall"
    " could might need needs have been were with from that this these those which when where while"
    " their they them your yours such also than then into more most other each both only very"
    " about because since however therefore doctor doctors physician physicians clinician"
    " clinicians nurse nurses pharmacist prescriber provider providers professional figure"
    " figures table tables chapter section study studies trial trials group groups version update"
    " edition".split()
)
_FIRST_CHARACTERS = 300
_SHORT_LINE = 100

_UNIT = (
    r"(?:micrograms?|milligrams?|grams?|kg|mg|[µμ]g|mcg|ng|g|l|litres?|liters?|ml|millilitres?"
    r"|milliliters?|mmol|[µμ]mol|mol|units?|i\.?u\.?|meq|mbq|gbq|%|per ?cent|mcl|[µμ]l)"
)
_DOSE = re.compile(
    rf"(?<![\w.,])(\d+(?:[.,]\d+)*)[\s\u00a0-]?({_UNIT})(?:\s?(?:/|per)\s?(\d*\s?{_UNIT}))?(?![\w])",
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"{_DOSE.pattern}|[^\W_]+", re.IGNORECASE)
_CONTAINS = re.compile(
    r"\b(?:each|one|1)\b[^.\n]{0,60}?\bcontains?\b(?:[^.\n]|\.(?=\d)){0,60}", re.IGNORECASE
)
_ONE_UNIT = {
    "microgram": "µg", "micrograms": "µg", "mcg": "µg", "μg": "µg", "milligram": "mg",
    "milligrams": "mg", "gram": "g", "grams": "g", "millilitre": "ml", "millilitres": "ml",
    "milliliter": "ml", "milliliters": "ml", "litre": "l", "litres": "l", "liter": "l",
    "liters": "l", "unit": "units", "iu": "units", "i.u.": "units", "percent": "%",
    "per cent": "%", "μmol": "µmol", "mcl": "µl", "μl": "µl",
}  # fmt: skip
# One word of each row says of whom a text speaks, in the languages that we know some of.
_GROUPS = {
    "adult": "adults? erwachsenen? adultes? adultos? adulti volwassenen?",
    "child": (
        "child(?:ren)?(?:'s|’s)? childhood p(?:a?e)diatrics? p(?:a?e)diatrie kinder[ns]? kind"
        " enfants? niñ[oa]s? bambini kinderen pediatric[oa]"
    ),
    "infant": "infants? bab(?:y|ies) toddlers? säuglinge? nourrissons? lactantes? zuigelingen",
    "neonate": "neonates? neonatal newborns? premature preterm neugeborenen? nouveau-nés?",
    "adolescent": "adolescents? teenagers? jugendlichen?",
    "young": "(?:young\\s+(?:people|persons?|adults?))",
    "old": "elderly geriatrics? (?:old(?:er)?\\s+(?:people|adults?|persons?)) ältere",
    "pregnant": "pregnan(?:t|cy) schwanger(?:schaft|e)? grossesse embarazo zwangerschap",
    "women": "women woman female frauen femmes mujeres",
    "men": "men man male männer hommes hombres",
    "animal": "veterinary dogs? cats? horses? cattle canine feline equine bovine",
}
_POPULATIONS = {
    group: re.compile(rf"(?<![^\W_])(?:{'|'.join(said.split())})(?![^\W_])", re.IGNORECASE)
    for group, said in _GROUPS.items()
}


def shared(one: str, other: str) -> float:
    """The share of the sequences of five words of the shorter text that the other has, 0 to 1.

    0 when one of them is too short to tell.
    """
    first, second = _sequences(one), _sequences(other)
    fewest = min(len(first), len(second))
    return len(first & second) / fewest if fewest >= _FEWEST else 0.0


def _sequences(text: str) -> set[tuple[str, ...]]:
    keys = words(text).keys
    return set(zip(*(keys[k:] for k in range(_SIZE)), strict=False))


def other_address(one: Document, other: Document) -> bool:
    """Whether both say where they come from, and it is not the same place."""
    addresses = {bare_address(one.publication.address), bare_address(other.publication.address)}
    return "" not in addresses and len(addresses) > 1


def veto(one: Document, other: Document) -> Veto | None:
    """What says that two documents are not editions of one, however much they share."""
    if _differ(strengths(one), strengths(other)):
        return "strength"
    if _other_population(one, other):
        return "population"
    return "subject" if _other_subject(one.text, other.text) else None


def named_veto(one: Document, other: Document) -> bool:
    """Whether the titles alone speak of other strengths, or of other patients."""
    return _differ(set(_doses(one.title)), set(_doses(other.title))) or _differ(
        populations(one.title), populations(other.title)
    )


def _differ(one: set[str], other: set[str]) -> bool:
    return bool(one) and bool(other) and one != other


# Strength


def strengths(document: Document) -> set[str]:
    """The doses that the title, the file's name, the first lines and the composition give."""
    named = f"{document.title}\n{_stem(document)}"
    contained = "\n".join(found[0] for found in _CONTAINS.finditer(document.text))
    for said in (named, contained, _first_lines(document)):
        # What the name says is meant; what it does not say, the text may.
        if found := set(_doses(said)):
            return found
    return set()


def _doses(text: str) -> Iterator[str]:
    for found in _DOSE.finditer(text.replace("_", " ")):
        yield _dose(found)


def _dose(found: re.Match[str]) -> str:
    number = found[1].replace(",", ".")
    number = number.rstrip("0").rstrip(".") if "." in number else number
    per = f"/{_unit(found[3])}" if found[3] else ""
    return f"{number}{_unit(found[2])}{per}"


def _unit(said: str) -> str:
    number, unit = re.fullmatch(r"(\d*)\s?(.*)", said.lower(), re.DOTALL).groups()  # type: ignore[union-attr]
    return ("" if number == "1" else number) + _ONE_UNIT.get(unit, unit)


# Population


def populations(said: str) -> set[str]:
    """The groups of patients that a title or a name speaks of."""
    return {group for group, pattern in _POPULATIONS.items() if pattern.search(said)}


def _other_population(one: Document, other: Document) -> bool:
    if populations(one.title) != populations(other.title):
        return True
    return _differ(populations(_stem(one)), populations(_stem(other))) or _differ(
        populations(_first_lines(one)), populations(_first_lines(other))
    )


def _stem(document: Document) -> str:
    return PurePath(document.source).stem


def _first_lines(document: Document) -> str:
    """The short lines right under the title, which say what it is and for whom; no sentences."""
    end = document.text.find("\n", _FIRST_CHARACTERS)
    lines = document.text[: end if end >= 0 else None].split("\n")
    return "\n".join(line for line in lines if len(line) < _SHORT_LINE)


# Subject


def _other_subject(one: str, other: str) -> bool:
    """Whether a word that is dense early in one text is nowhere in the other, where another word
    steadily stands in its place."""
    first, second = _tokens(one), _tokens(other)
    known, other_known = set(first), set(second)
    early, other_early = first[:_EARLY], second[:_EARLY]
    counts, other_counts = Counter(early), Counter(other_early)

    def own(word: str, here: Counter[str], there: set[str]) -> bool:
        return here[word] >= _OFTEN and word not in there and _can_be_subject(word)

    if not any(own(word, counts, other_known) for word in counts):
        return False
    gaps, instead = _exchanged(compare(early, other_early), early, other_early)
    for (word, counterpart), times in instead.items():
        if times < _OFTEN or times < _STEADY * gaps[word]:
            continue
        if own(word, counts, other_known) and own(counterpart, other_counts, known):
            return not _same_word(word, counterpart)
    return False


def _tokens(text: str) -> list[str]:
    """The words of a text as they are compared here, a number with its unit being one."""
    text = unicodedata.normalize("NFC", text)
    return [
        _dose(dose) if (dose := _DOSE.match(found[0])) else found[0].casefold()
        for found in _TOKEN.finditer(text)
    ]


def _can_be_subject(word: str) -> bool:
    if word[:1].isdigit():
        return _DOSE.fullmatch(word) is not None
    return len(word) >= _LONG_ENOUGH and word not in _GENERAL


def _exchanged(
    alignment: Alignment, one: Sequence[str], other: Sequence[str]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """How often each word stands in a small gap of an alignment, and how often so another there."""
    gaps: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    before, there = -1, -1
    for at, place in enumerate([*alignment.to_new, len(other)]):
        if place < 0:
            continue
        lost, come = set(one[before + 1 : at]), set(other[there + 1 : place])
        if lost and 0 < place - there - 1 <= _GAP and at - before - 1 <= _GAP:
            gaps.update(lost)
            pairs.update((word, counterpart) for word in lost for counterpart in come)
        before, there = at, place
    return gaps, pairs


def _same_word(one: str, other: str) -> bool:
    """Whether two words are spellings or forms of one: "tumour" and "tumors"."""
    return _root(one) == _root(other)


def _root(word: str) -> str:
    for spelling, plain in (("ae", "e"), ("oe", "e"), ("our", "or"), ("is", "iz"), ("ys", "yz")):
        word = word.replace(spelling, plain)
    word = re.sub(r"(.)\1", r"\1", word)
    return re.sub(r"(?:e?s|me?|ed|ing|[’']s)$", "", word)
