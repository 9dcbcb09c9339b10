"""Which characters the bytes of a file mean."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from reader.problem import Problem

SAMPLE_BYTES = 64 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"\x7fELF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"%PDF",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"BZh",
    b"MZ",
    b"SQLite format 3",
    b"RIFF",
    b"\x00\x00\x01\x00",
    b"OggS",
    b"ID3",
    b"wOFF",
)
_UTF8_RUN = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xef][\x80-\xbf]{2}"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
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
_CANDIDATES = ("cp1252", "mac_roman", "cp850")
# What drew boxes in DOS, and what old Macintoshes had as signs of their own.
_DRAWN = frozenset("░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀■\uf8ff◊∂∏∑∫Ωπ")
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


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was read in, and what was doubtful about that."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(untrusted_bytes: bytes, declared: str = "", file_name: str = "") -> Decoded:
    """The text that bytes stand for; `declared` is what the file says of itself, if it does.
    `file_name` is the file that a `Problem` names.

    In this order: byte order mark, zero bytes in the pattern of UTF-16, strict UTF-8, the
    declaration, UTF-8 mixed with Windows-1252 decoded run by run, and a guess from a sample.

    Raises:
        Problem: when the bytes are no text at all.
    """
    subject = f"“{file_name}”" if file_name else "The file"
    for mark, encoding in _BOMS:
        if untrusted_bytes.startswith(mark):
            return _strict(untrusted_bytes[len(mark) :], encoding)
    if untrusted_bytes.startswith(_MAGIC):
        raise Problem(f"{subject} holds no text: it is of another kind than its name says.")
    pattern = _utf16_pattern(untrusted_bytes)
    if pattern:
        return _strict(untrusted_bytes, pattern)
    controls = len(_CONTROL.findall(untrusted_bytes[:SAMPLE_BYTES]))
    if controls > max(1, len(untrusted_bytes[:SAMPLE_BYTES]) // 200):
        raise Problem(f"{subject} holds no text that can be read.")
    try:
        return Decoded(untrusted_bytes.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(untrusted_bytes, declared)


def _utf16_pattern(sample: bytes) -> str:
    head = sample[:4096]
    if len(head) < 4 or len(sample) % 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _strict(untrusted_bytes: bytes, encoding: str) -> Decoded:
    text = untrusted_bytes.decode(encoding, "replace")
    doubtful = "\ufffd" in text
    warning = ("Some characters could not be read; they are shown as \ufffd.",)
    return Decoded(text, encoding, warning if doubtful else ())


def _decode_legacy(untrusted_bytes: bytes, declared: str) -> Decoded:
    if declared:
        try:
            name = codecs.lookup(declared).name
            if name not in ("utf-8", "utf-7") and not name.startswith("utf-16"):
                # What the web calls Latin 1 is Windows-1252 in fact.
                wanted = "cp1252" if name in ("iso8859-1", "ascii") else name
                return _strict(untrusted_bytes, wanted)
        except LookupError:
            pass
    high = len(_HIGH.findall(untrusted_bytes))
    in_utf8 = sum(len(run) for run in _UTF8_RUN.findall(untrusted_bytes))
    if in_utf8 * 2 > high:
        return _run_by_run(untrusted_bytes)
    return _strict(untrusted_bytes, _guess(untrusted_bytes))


def _run_by_run(untrusted_bytes: bytes) -> Decoded:
    parts: list[str] = []
    at = 0
    for run in _UTF8_RUN.finditer(untrusted_bytes):
        parts.append(_cp1252(untrusted_bytes[at : run.start()]))
        parts.append(run[0].decode("utf-8"))
        at = run.end()
    parts.append(_cp1252(untrusted_bytes[at:]))
    return Decoded(
        "".join(parts), "utf-8 and cp1252", ("The file mixes two encodings; both were read.",)
    )


def _cp1252(untrusted_bytes: bytes) -> str:
    return untrusted_bytes.decode("cp1252", "replace")


def _guess(untrusted_bytes: bytes) -> str:
    from charset_normalizer import from_bytes

    at = _HIGH.search(untrusted_bytes)
    start = max(0, (at.start() if at else 0) - 1024)
    sample = untrusted_bytes[start : start + SAMPLE_BYTES]
    if len(_HIGH.findall(sample)) < _FEWEST_FOREIGN * len(sample.translate(None, b" \t\r\n")):
        # A few signs among Latin letters: of "5 \xb5g" a guess makes a sign of Chinese.
        return _western(sample)
    best = from_bytes(sample).best()
    if best is None or best.encoding in _WESTERN or best.encoding.startswith("utf"):
        return _western(sample)
    # Latin letters with signs on them are rare in any language: such a text is a Western one.
    text = sample.decode(best.encoding, "replace")
    beyond = [c for c in text if c > "\x7f" and c.isalpha()]
    latin = sum("LATIN" in unicodedata.name(c, "") for c in beyond)
    return _western(sample) if latin * 2 > len(beyond) or not _WORDS.search(text) else best.encoding


def _western(untrusted_sample: bytes) -> str:
    """Which of the Western encodings makes words of the bytes: Windows, old Macintosh or DOS.

    Windows' unless another makes far fewer signs that stand where no such sign stands.
    """
    oddities = {name: _oddities(untrusted_sample.decode(name, "replace")) for name in _CANDIDATES}
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
