"""Which characters the bytes of a file mean."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from reader.importers.common.encoding_guess import HIGH, SAMPLE_BYTES, guess_encoding
from reader.problem import Problem

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
# ISO 2022 says in the text itself which letters follow (RFC 1468).
_JAPANESE_BY_MAIL = re.compile(rb"\x1b\$[@B]")
_GUESSED = (
    "The file does not say how its letters are encoded; they were read as {}. If they look "
    "wrong, save the file as UTF-8 and import it again."
)
_DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|encoding=[\"']([\w.:-]+)", re.IGNORECASE
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


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
    if _JAPANESE_BY_MAIL.search(untrusted_bytes):
        return _strict(untrusted_bytes, "iso2022_jp_ext")
    try:
        return Decoded(untrusted_bytes.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(untrusted_bytes, declared)


def decode_page(untrusted_page: bytes, said: str = "", file_name: str = "") -> Decoded:
    """The text of a page, by the encoding that is `said` of it, else that which it declares itself.

    Browsers that save a page with its pictures may say none, and leave that to the page.

    Raises:
        Problem: when the bytes are no text at all.
    """
    found = None if said else _DECLARED.search(untrusted_page[:4096])
    declared = (found[1] or found[2]).decode("ascii", "replace") if found else said
    return decode(untrusted_page, declared, file_name)


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
    high = len(HIGH.findall(untrusted_bytes))
    in_utf8 = sum(len(run) for run in _UTF8_RUN.findall(untrusted_bytes))
    if in_utf8 * 2 > high:
        return _run_by_run(untrusted_bytes)
    guessed = guess_encoding(untrusted_bytes)
    decoded = _strict(untrusted_bytes, guessed)
    if guessed == "cp1252":
        return decoded
    return replace(decoded, warnings=(*decoded.warnings, _GUESSED.format(_said(guessed))))


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


def _said(encoding: str) -> str:
    """The name of an encoding as programs show it."""
    return re.sub("^CP125", "Windows-125", encoding.upper().replace("_", "-"))
