"""Numbers in the formats that Word knows: letters, words and digits of many scripts.

Source: ECMA-376, part 1, 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from reader.importers.common.numerals import roman
from reader.importers.word.parts import BULLET

_ONES = (
    "Zero One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen "
    "Sixteen Seventeen Eighteen Nineteen"
).split()
_TENS = "Zero Ten Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety".split()
_ORDINALS = {
    **{"One": "First", "Two": "Second", "Three": "Third", "Five": "Fifth", "Eight": "Eighth"},
    **{"Nine": "Ninth", "Twelve": "Twelfth"},
}


def numeral_of(number: int, kind: str) -> str:
    """A number as Word writes it in a format; in digits where it has no such."""
    if kind in _NUMERALS:
        return _NUMERALS[kind](number)
    if kind in _ALPHABETS and number > 0:
        signs = _ALPHABETS[kind]
        return signs[(number - 1) % len(signs)] * ((number - 1) // len(signs) + 1)
    if kind in _DIGITS:
        return "".join(_DIGITS[kind][int(digit)] for digit in str(max(number, 0)))
    if kind in _COUNTED:
        return _COUNTED[kind].said(number)
    if re.fullmatch(r"0\d", kind):
        return f"{number:0{int(kind)}d}"
    return str(number)


def _letters(number: int) -> str:
    """A, B, …, Z, AA, BB and so on."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _ordinal(number: int) -> str:
    last = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"


def _words(number: int) -> str:
    if not 0 <= number < 100:
        return str(number)
    if number < 20:
        return _ONES[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_ONES[ones].lower()}" if ones else "")


def _ordinal_words(number: int) -> str:
    words = _words(number)
    head, dash, last = words.rpartition("-")
    said = _ORDINALS.get(last.capitalize(), re.sub("y$", "ie", last) + "th")
    return head + dash + (said.lower() if dash else said) if words[:1].isalpha() else words


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else f"({number})"


def _sign(number: int) -> str:
    return "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1)


def _hebrew(number: int) -> str:
    """Hebrew letters by their values; 15 and 16 are written as 9 + 6 and 9 + 7."""
    if not 0 < number < 1000:
        return str(number)
    out: str = "ת" * (number // 400) + ("", "ק", "ר", "ש")[number % 400 // 100]
    rest = number % 100
    if rest in (15, 16):
        return out + ("טו" if rest == 15 else "טז")
    tens, ones = rest // 10, rest % 10
    return out + " יכלמנסעפצ"[tens].strip() + " אבגדהוזחט"[ones].strip()


def _hebrew_letters(number: int) -> str:
    """The letters of the alphabet; after the last one, that one and the next round's."""
    letters = "אבגדהוזחטיכלמנסעפצקרשת"
    if number <= 0:
        return str(number)
    return "ת" * ((number - 1) // 22) + letters[(number - 1) % 22]


def _sexagenary(number: int) -> str:
    """The cycle of sixty: a stem of ten and a branch of twelve."""
    at = (number - 1) % 60
    return _STEMS[at % 10] + _BRANCHES[at % 12] if number > 0 else str(number)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Numbers below 10,000 in words of one sign a digit and a unit.

    `bare` are the units before which no "one" is said; `zero` stands for digits that are passed.
    """

    digits: str
    units: str = "十百千"
    bare: str = "十百千"
    zero: str = ""

    def said(self, number: int) -> str:
        """The number in words; in digits where there are none."""
        if not 0 < number < 10_000:
            return self.digits[0] if number == 0 else str(number)
        out, passed = "", False
        for power in (3, 2, 1, 0):
            digit = number // 10**power % 10
            if not digit:
                passed = bool(out)
                continue
            unit = self.units[power - 1] if power else ""
            # Ten to nineteen begin with "ten" in most languages, further on they say "one ten".
            says_one = digit > 1 or not unit or unit not in self.bare or (out and self.zero)
            out += self.zero * passed + self.digits[digit] * bool(says_one) + unit
            passed = False
        return out


_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_COUNTED = {
    **dict.fromkeys(
        ("chineseCountingThousand", "chineseCounting"),
        _Counting("〇一二三四五六七八九", bare="十", zero="〇"),
    ),
    **dict.fromkeys(
        ("taiwaneseCountingThousand", "taiwaneseCounting"),
        _Counting("零一二三四五六七八九", bare="十", zero="零"),
    ),
    "japaneseCounting": _Counting("〇一二三四五六七八九"),
    "koreanCounting": _Counting("영일이삼사오육칠팔구", "십백천", "십백천"),
    "japaneseLegal": _Counting("零壱弐参四伍六七八九", "拾百阡", ""),
    "chineseLegalSimplified": _Counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "", "零"),
    "ideographLegalTraditional": _Counting("零壹貳參肆伍陸柒捌玖", "拾佰仟", "", "零"),
}
_ALPHABETS = {
    "ideographTraditional": _STEMS,
    "ideographZodiac": _BRANCHES,
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "thaiLetters": "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテト"
    "ナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "irohaFullWidth": (
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン"
    ),
    "aiueo": "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
    "iroha": "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ",
    "russianUpper": "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ",
    "russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя",
    "ganada": "가나다라마바사아자차카타파하",
    "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
}
_DIGITS = {
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), "０１２３４５６７８９"),
    "hindiNumbers": "०१२३४५६७८९",
    "thaiNumbers": "๐๑๒๓๔๕๖๗๘๙",
    **dict.fromkeys(
        ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"),
        "〇一二三四五六七八九",
    ),
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
}
_NUMERALS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": roman,
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "ordinal": _ordinal,
    "cardinalText": _words,
    "ordinalText": _ordinal_words,
    "hebrew1": _hebrew,
    "hebrew2": _hebrew_letters,
    "ideographZodiacTraditional": _sexagenary,
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "numberInDash": lambda n: f"- {n} -",
    "chicago": _sign,
    "hex": lambda n: f"{n:X}",
    "none": lambda _: "",
    "bullet": lambda _: BULLET,
}
