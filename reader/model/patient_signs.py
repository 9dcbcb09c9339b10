"""What in a note looks as if it named a patient: numbers with check digits, dates of birth, names.

A warning is made of it and never a refusal, so a rule is kept to what hardly ever stands in a note
about an article; docs/notes.md says how often it does. Rules alone: nothing is learned or kept.

Sources: NHS Data Dictionary, "NHS Number" (modulus 11); Public Health Scotland, "CHI Number"; US
Social Security Administration, "Social Security Number Randomization" (which areas are never
given); § 290 SGB V with its check digit for the German Krankenversichertennummer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from reader.model.annotation import Annotation
from reader.model.span import Span

Kind = Literal["health number", "social security number", "record number", "birth date", "name"]

# Of a text that somebody pasted as a note, no more are told.
MOST_SIGNS = 20
MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class PatientSign:
    """A place in a note that looks as if it named a patient, and by what rule."""

    kind: Kind
    span: Span


def _digits(text: str) -> list[int]:
    return [int(one) for one in text if one in "0123456789"]


def is_nhs_number(text: str) -> bool:
    """Whether ten digits are an NHS or CHI number by their check digit, and are ever given out.

    The first digits 4, 6 and 7 are England's, 32 to 39 Northern Ireland's; a CHI number begins with
    a day of birth; 9 is for numbers in trainings and tests.
    """
    digits = _digits(text)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    if check % 11 != digits[9]:
        return False
    first = digits[0]
    day, month = digits[0] * 10 + digits[1], digits[2] * 10 + digits[3]
    is_of_birth = 1 <= day <= 31 and 1 <= month <= 12
    return first in (4, 6, 7, 9) or 32 <= day <= 39 or is_of_birth


def is_social_security_number(text: str) -> bool:
    """Whether nine digits are in an area, a group and a series that have been given out."""
    digits = "".join(map(str, _digits(text)))
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    never = area in ("000", "666") or area[0] == "9" or group == "00" or serial == "0000"
    return len(digits) == 9 and not never


def is_insurance_number(text: str) -> bool:
    """Whether a letter and nine digits are a German Krankenversichertennummer."""
    numbers = _digits(f"{ord(text[0]) - 64:02d}{text[1:9]}")
    weighed = (digit * (1 + place % 2) for place, digit in enumerate(numbers))
    # The sum of the digits of a number up to 18.
    return sum(one // 10 + one % 10 for one in weighed) % 10 == int(text[9])


def _is_record_number(text: str) -> bool:
    return sum(one.isdigit() for one in text) >= 4


def _is_name(text: str) -> bool:
    surname = re.split(r"[\s.:]+", text)[-1]
    return surname[0].isupper() and surname.casefold() not in _NO_NAMES


def _is_person(text: str) -> bool:
    return all(word.casefold() not in _NO_PERSON for word in re.findall(r"[^\W\d_]+", text))


def _always(_text: str) -> bool:
    return True


# After a title, these are no names: titles, and what a heading or a form has there.
_NO_NAMES = frozenset(
    "dr doktor prof professor doctor kollege kollegin präsident präsidentin minister ministerin "
    "president chairman chair speaker editor secretary judge justice name nachname vorname "
    "rate rates data no".split()
)
# With a capital in titles, tables and forms, and hardly a part of a name.
_NO_PERSON = _NO_NAMES | frozenset(
    "the a an and or of in on at by for from with without to if not no see use all both each this "
    "table figure fig box chapter section appendix theorem lemma study trial group arm phase stage "
    "grade class type level score day week month year visit dose drug brand generic trade file "
    "blood pressure heart acute chronic severe mild moderate normal high low risk disease syndrome "
    "therapy treatment care education safety history information leaflet consent question "
    "questionnaire reported health clinical medical hospital clinic ward university institute "
    "department college school company inc ltd united states kingdom new north south east west "
    "january february march july september october november december vitamin hepatitis influenza "
    "beta blocker alpha gamma receptor "
    "male female men women adult adults children patient patients unknown none give take avoid "
    "start stop check ask tell".split()
)
_MONTH = (
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|f[eé]v|avr|juin|juil|ao[uû]t|"
    r"d[eé]c)[^\W\d_]{0,9}\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}[./-] ?\d{{1,2}}[./-] ?(?:\d{{4}}|\d{{2}})(?!\d)|\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|"
    rf"\d{{1,2}}(?:st|nd|rd|th|er)?\.?[ -](?:of )?{_MONTH}[ ,-]{{1,2}}(?:19|20)\d\d(?!\d)|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d))"
)
_NAME_WORD = r"[^\W\d_][^\W\d_'’.-]*(?:['’-][^\W\d_]+)*"
# A word with a capital, or all in capitals; and two of them, or one with initials.
_UPPER = r"[^\W\d_a-zà-öø-ÿß]"
_REST = r"[^\W\d_]{0,30}(?:['’-][^\W\d_]{1,30}){0,3}"
_CAPITAL = f"{_UPPER}{_REST}"
# What begins with a set of letters is looked for ten times as fast as what begins with a border.
_FIRST = rf"{_UPPER}(?<!\w.)"
_INITIALS = rf"(?:{_UPPER}\.? ?){{1,3}}"
_PERSON = rf"(?:{_INITIALS}(?<=[ .]){_CAPITAL}\b|{_CAPITAL},? {_CAPITAL}\b)"
_AGE = (
    r"(?:,| \(|,? aged) ?\d{1,3}[ -]?(?:years?|yrs?|Jahre|ans|años|anni)\b|"
    r"[,;]? ?\(?\d{1,3}(?: ?(?:y/?o\b|y\.o\.)|[MF]\b)|"
    r"(?:, ?| \()(?:\d{1,3} [MF]|[MF] ?\d{1,3})\b"
)
_RULES: tuple[tuple[Kind, str, Callable[[str], bool]], ...] = (
    (
        "record number",
        r"(?i:\b(?:(?:MRN|SSN)(?: (?:no|nr|number))?|"
        r"(?:medical record|(?:health|social)[ -](?:card|security|insurance)|NHS|CHI|H&C|hospital|"
        r"hosp\.?|patient(?:en)?|patient['’]s|pat\.?|pt\.?|chart|Aufnahme|Fall|"
        r"(?:kranken)?versicherten|(?:sozial)?versicherungs|dossier|unit|UR|NHI|admission)[ -]?"
        r"(?:ID|no|nr|num|number|nummer|#|№|n°))[.:#]{0,2}\s{0,2}(?:(?:is|was|ist|=|:|#)\s{0,2})?)"
        r"(?P<number>[A-Z]{0,3}[-/ ]?\d[\d/-]*(?: \d{2,4}){0,3})(?![.,]?\w|%)",
        _is_record_number,
    ),
    (
        "health number",
        r"(?<![\w.,/+-])\d{3} ?\d{3} ?\d{4}(?![\w/]|[.,-]\d)",
        is_nhs_number,
    ),
    ("health number", r"(?<!\w)[A-Z]\d{9}(?!\w)", is_insurance_number),
    (
        "social security number",
        r"(?<![\w./-])\d{3}-\d{2}-\d{4}(?![\w/-])|(?<![\w./-]\d )(?<![\w./-])\d{3} \d{2} \d{4}"
        r"(?! ?\d|[\w/-])",
        is_social_security_number,
    ),
    (
        "birth date",
        r"(?i:\b(?:d\.?o\.?b\b\.?|date of birth|birth ?date|birthday|born(?: on)?|geb\.|"
        r"geboren(?: am)?|geb(?= )|geburtsdatum|geburtstag|n[eé]e? le|date de naissance|"
        rf"fecha de nacimiento|nacid[oa] el|data di nascita|nat[oa] il)(?: is|:)? ?(?:the )?"
        rf"{_DATE})|(?<![\w*])\*\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d(?!\d)",
        _always,
    ),
    (
        # as in “John Smith, 45M”, “Smith J (45 yo)”, “J. Smith, M45”
        "name",
        rf"(?P<person>{_FIRST}(?:(?:\.? ?{_UPPER}){{0,2}}\.? ?(?<=[ .]){_CAPITAL}|"
        rf"{_REST} {_CAPITAL}))\b(?:{_AGE})",
        _is_person,
    ),
    (
        # as in “SMITH, John (Mr)”
        "name",
        rf"{_FIRST}{_UPPER}{{1,30}}(?:['’-]{_UPPER}{{1,30}})?, {_CAPITAL} "
        r"\((?:Mrs?|Ms|Miss|Mx|Master)\)",
        _always,
    ),
    (
        # as in “Patient: John Smith”, “pt. J. Smith”
        "name",
        r"[PpCcR](?<!\w.)(?:(?:atient(?:in)?|ATIENT|[Tt]s?|AT|at|lient|esident)"
        rf"(?:\.?: ?| [-–—] )(?P<person>{_PERSON})|"
        rf"t\.? (?P<bare>{_PERSON})|atient (?P<initials>{_INITIALS}(?<=[.]) ?{_CAPITAL}))",
        _is_person,
    ),
    (
        # as in “Name: Smith, John”, but not “Drug name: …”
        "name",
        r"[Nn](?:(?<=\A.)|(?<=[\n.;(,|].)|(?<=[\n.;(,|] .)|(?<=atient .)|(?<=[Ff]ull .)|"
        r"(?<=[Pp]t .))"
        rf"(?:ame|AME|om|ombre|ome)(?:: ?| [-=] )(?P<person>{_PERSON})",
        _is_person,
    ),
    (
        "name",
        r"[FfLlGgSsNVPAC](?<!\w.)(?:(?i:(?:irst|ast|amily|iven) ?name|urname|orename)|achname|"
        rf"orname|rénom|pellidos?|ognome)(?: ?\([^()]{{1,12}}\))?: ?(?P<person>{_CAPITAL})",
        _is_person,
    ),
    (
        "name",
        r"\b(?:[Mm]rs?|Ms|(?<!\d )ms|Miss|Mx|Herrn?|Hr|Frau|Fr\.|Mme|Mlle|Monsieur|Madame|Sra?|"
        r"Señora?|Signora?|[Pp]atient(?:in)?(?:['’]s)? name(?:d|:| is)?|[Pp]atient called)"
        rf"(?:\. ?| {{1,2}}|(?<=[.:]) ?)(?:[^\W\d_]\. ?){{0,3}}{_NAME_WORD}",
        _is_name,
    ),
)
_ONE_BY_ONE = [(kind, re.compile(pattern), holds) for kind, pattern, holds in _RULES]
# The last of them: those that need no digit.
_WITHOUT_DIGITS = _ONE_BY_ONE[-5:]
_DIGIT = re.compile("[0-9]")


def patient_signs(text: str) -> tuple[PatientSign, ...]:
    """The places in a text that look as if they named a patient, in their order.

    No two overlap: a number that is called the patient's is one sign, whatever it is besides.
    """
    found: list[PatientSign] = []
    taken: list[Span] = []
    # Most notes have no digit; to look for numbers in these would be most of the work.
    rules = _ONE_BY_ONE if _DIGIT.search(text) else _WITHOUT_DIGITS
    for kind, pattern, holds in rules:
        for match in pattern.finditer(text):
            place = Span(*match.span())
            if holds(match[match.lastgroup or 0]) and not any(map(place.overlaps, taken)):
                taken.append(place)
                found.append(PatientSign(kind, place))
    return tuple(sorted(found, key=lambda sign: sign.span.start)[:MOST_SIGNS])


@dataclass(frozen=True, slots=True)
class FlaggedNote:
    """A note whose own words look as if they named a patient, and what was seen in them."""

    annotation: Annotation
    signs: tuple[tuple[Kind, str], ...]


def own_words(annotation: Annotation) -> str:
    """What the person wrote: note and tags, and nothing of the article."""
    return "\n".join((annotation.note, *annotation.tags))


def flagged(annotations: Iterable[Annotation]) -> list[FlaggedNote]:
    """The notes among these that look as if they named a patient, in their order."""
    found = []
    for annotation in annotations:
        text = own_words(annotation)
        if signs := patient_signs(text):
            seen = dict.fromkeys(
                (sign.kind, " ".join(sign.span.cut(text).split())) for sign in signs
            )
            found.append(FlaggedNote(annotation, tuple(seen)))
    return found


def warning(found: Iterable[FlaggedNote]) -> str:
    """One sentence that says how many notes were flagged and what was seen; "" for none."""
    notes = list(found)
    if not notes:
        return ""
    seen = list(
        dict.fromkeys(f"“{words}” ({kind})" for note in notes for kind, words in note.signs)
    )
    rest = len(seen) - MOST_TOLD
    told = ", ".join(seen[:MOST_TOLD]) + (f" and {rest} more" if rest > 0 else "")
    look = "1 note looks" if len(notes) == 1 else f"{len(notes)} notes look"
    it = "it names" if len(notes) == 1 else "they name"
    return f"{look} as if {it} a patient: {told}."
