"""Which encoding makes words of bytes that do not say what letters they mean."""

from __future__ import annotations

import codecs
import re
import unicodedata

SAMPLE_BYTES = 64 * 1024
HIGH = re.compile(rb"[\x80-\xff]")
# A word of another script: its letters stand together.
_WORDS = re.compile(r"[^\W\d_\x00-\x7f]{3}")
_BEYOND = re.compile(r"[^\x00-\x7f]")
# Of the characters of a text in another script, at least so many are beyond ASCII.
_FEWEST_FOREIGN = 0.25
# A sign that was taken for a letter: "5 æg", "38 øC", "5 ñ 2", "ú5"; or a degree for another.
_MISREAD = re.compile(
    r"\d ?(?![µμ])[^\W\d_\x00-\x7f](?:g|l|m|mol)(?![^\W\d_])|\d ?[^\W\d_\x00-\x7f][CF](?!\w)"
    r"|\d ?[^\W\d_\x00-\x7f] ?\d|(?<!\w)[^\W\d_\x00-\x7f]\d|\d ?[∞¡¤]"
)
# What Western texts were written in before Windows: Macintosh's and those of DOS.
_OLDER = frozenset(("mac_roman", "cp437", "cp850", "cp858", "cp860", "cp861", "cp863", "cp865"))
_CANDIDATES = ("cp1252", "mac_roman", "cp850")
# What drew boxes in DOS, and what old Macintoshes had as signs of their own.
_DRAWN = frozenset("░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀■\uf8ff◊∂∏∑∫Ωπ")
# The letters beyond ASCII of languages in Latin letters that Windows-1252 has no place for.
_ALPHABETS = {
    "az": "çəğıöşüİ",
    "cs": "áčďéěíňóřšťúůýž",
    "et": "äõöšüž",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "pl": "ąćęłńóśźż",
    "ro": "ăâîşșţț",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čćđšž",
    "tr": "âçğıîöşüûİ",
}
_LEAST_CONFIDENCE = 0.12
_SAME_ALPHABET = 0.97
_WESTERN = {
    "cp1250",
    "cp1252",
    "cp1254",
    "cp1257",
    "cp437",
    "cp775",
    "cp850",
    "cp858",
    "hp_roman8",
    "iso8859_1",
    "iso8859_15",
    "iso8859_9",
    "latin_1",
    "mac_iceland",
    "mac_latin2",
    "mac_roman",
    "mac_turkish",
}


def guess_encoding(untrusted_bytes: bytes) -> str:
    """The encoding of bytes that are no UTF-8: a Western one unless another makes a language."""
    import chardet

    at = HIGH.search(untrusted_bytes)
    start = max(0, (at.start() if at else 0) - 1024)
    sample = untrusted_bytes[start : start + SAMPLE_BYTES]
    found = chardet.detect(sample)
    encoding, language = _python_name(found["encoding"]), found["language"] or ""
    few = len(HIGH.findall(sample)) < _FEWEST_FOREIGN * len(sample.translate(None, b" \t\r\n"))
    sure = (found["confidence"] or 0) >= _LEAST_CONFIDENCE
    if language in _ALPHABETS and encoding:
        spelt = _is_spelt_with(sample.decode(encoding, "replace"), _ALPHABETS[language])
        return encoding if sure and spelt else _western(sample)
    if few or not encoding or encoding in _WESTERN or encoding.startswith("utf"):
        # A few signs among Latin letters: of "5 \xb5g" a guess makes a sign of Chinese.
        return _western(sample, encoding if sure and encoding in _OLDER else "")
    # Latin letters with signs on them are rare in any language: such a text is a Western one.
    text = sample.decode(encoding, "replace")
    beyond = [c for c in text if c > "\x7f" and c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in beyond)
    return _western(sample) if latin * 2 > len(beyond) or not _WORDS.search(text) else encoding


def _python_name(encoding: str | None) -> str:
    try:
        return codecs.lookup(encoding).name.replace("-", "_") if encoding else ""
    except LookupError:
        return ""


def _is_spelt_with(text: str, alphabet: str) -> bool:
    """Whether the letters beyond ASCII are those of a language: "č" in Hungarian are not."""
    letters = [c for c in text.lower() if c > "\x7f" and c.isalpha() and c not in "µªº\u0307"]
    known = sum(c in alphabet for c in letters)
    return bool(letters) and known >= _SAME_ALPHABET * len(letters)


def _western(untrusted_sample: bytes, likely: str = "") -> str:
    """Which of the Western encodings makes words of the bytes: Windows, old Macintosh or DOS.

    Windows' unless another makes far fewer signs that stand where no such sign stands, or is
    `likely` by the words it makes, and no odder.
    """
    names = (*_CANDIDATES, likely) if likely else _CANDIDATES
    oddities = {name: _oddities(untrusted_sample.decode(name, "replace")) for name in names}
    if likely and oddities[likely] <= oddities["cp1252"]:
        return likely
    best = min(_CANDIDATES, key=lambda name: oddities[name])
    sure = oddities["cp1252"] >= 1 and oddities[best] * 3 < oddities["cp1252"]
    return best if sure else "cp1252"


def _oddities(text: str) -> float:
    """How many characters beyond ASCII stand where no writer puts them."""
    count = float(len(_MISREAD.findall(text)))
    for found in _BEYOND.finditer(text):
        character = found[0]
        before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
        if character == "\ufffd" or character in _DRAWN:
            count += 2
        elif character.isupper():
            count += before.islower() or (after.islower() and before.isalpha())
        elif character.islower():
            # A small letter by itself, or at the end of a word in capitals.
            count += (before.isupper() and after.isupper()) or not (
                before.isalpha() or after.isalpha() or character in "µàèéòùóáíúýœøªº"
            )
        elif before.isalpha() and after.isalpha() and character not in "’'‘·-–—\xad\xa0/":
            count += 1
        elif character in "¤¦¨¬¯¸ˆ˜ƒ" or (
            character in "¼½¾¿¡ªºÐÞ‰†‡‹›" and (before.isalpha() or after.isalpha())
        ):
            count += 0.5
    return count
