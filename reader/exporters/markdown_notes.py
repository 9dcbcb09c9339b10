"""A person's note inside a Markdown file: it keeps its looks, runs nothing, swallows nothing.

What a renderer would run, load, hide or take for the file's own structure is written as a character
reference: raw HTML, images, link definitions, an odd comment sign, control characters. Code stays
as it is where it is surely code. `read` takes all of that back, so that a note comes back letter by
letter. Source: https://spec.commonmark.org/0.31.2/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

# Stands in a line that ends a note of ours; no note may hold it as it is.
MARK = "<!--offprint"
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")
# Of a fence that is set in nobody can say whether it is one: it depends on the lists around it.
_SET_IN = re.compile(r"([ \t]+)(`{3,}|~{3,}|(?:&#96;){3,}|(?:&#126;){3,})")
_DASHES = re.compile(r"(-{3,})([ \t]*)")
_TICKS = re.compile(r"\\[!-/:-@\[-`{-~]|`+")
_CONTROL = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff"
_UNSAFE = re.compile(f"[{_CONTROL}]|{MARK}")
_ADDRESS = re.compile(r"\(\s*<?\s*([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = ("http", "https", "mailto", "offprint", "zotero", "tel", "ftp")
# Without one of these a note is harmless.
_SUSPECT = re.compile(r"[<&!\]`~\\$%]|^---", re.M)
_RISKY = re.compile(
    rf"(?P<kept>\\[!-/:-@\[-`{{-~])"
    rf"|(?P<slash>\\)(?=[{_CONTROL}])"
    rf"|(?P<control>[{_CONTROL}])"
    r"|(?P<tag><)(?=[A-Za-z/!?])"
    r"|(?P<entity>&)(?=#?\w+;)"
    r"|(?P<image>!)(?=\[)"
    r"|\](?P<definition>:)"
    r"|\](?P<link>\()"
)
_WRITTEN = re.compile(r"(\\[!-/:-@\[-`{-~])|&(?:lt|amp|#\d{1,7});")
# A sign that opens what only the same sign closes, in programs that know it.
_PAIRS = (("%%", "%&#37;"), ("$$", "$&#36;"))


@dataclass(frozen=True, slots=True)
class SafeNote:
    """A note as a file holds it.

    `fence` is the line that closes code which the note left open, "" for none. `escaped` when even
    what is code was made safe.
    """

    text: str
    fence: str = ""
    escaped: bool = False


def write(note: str) -> SafeNote:
    """A note as it goes into a file."""
    escaped = _UNSAFE.search(note) is not None
    if not escaped and not _SUSPECT.search(note):
        # Most are what they are, and to see that takes a twentieth of the time.
        return SafeNote(note)
    lines, fence = _mapped(note, escaped, _encoded, 1)
    text = "\n".join(lines)
    for sign, other in _PAIRS:
        if text.count(sign) % 2:
            text = text.replace(sign, other)
    return SafeNote(f"{text}\n{fence}" if fence else text, fence, escaped)


def read(text: str, fence: str = "", escaped: bool = False) -> str:
    """The note that `write` made a text of, also where a person has edited the text since."""
    if fence:
        text = text.removesuffix(f"\n{fence}")
    for sign, other in _PAIRS:
        text = text.replace(other, sign)
    lines, _ = _mapped(text, escaped, _decoded, -1)
    return "\n".join(lines)


def _mapped(
    note: str, escaped: bool, change: Callable[[str], str], dashes: int
) -> tuple[list[str], str]:
    """The lines with what is no code changed, and the fence that is open at the end."""
    made: list[str] = []
    fence, pending = "", False
    for line in note.split("\n"):
        if fence:
            made.append(change(line) if escaped else line)
            if _closes(line, fence):
                fence = ""
            continue
        found = _FENCE.match(line)
        if found is not None:
            fence, pending = found[1], False
            made.append(change(line) if escaped else line)
            continue
        if ruled := _DASHES.fullmatch(line):
            # Three alone open metadata for some programs, up to the next three.
            more = len(ruled[1]) + dashes
            made.append("-" * max(3, more) + ruled[2])
            continue
        start = ""
        if set_in := _SET_IN.match(line):
            signs = set_in[2]
            other = unescape(signs) if dashes < 0 else "".join(f"&#{ord(c)};" for c in signs)
            start, line = set_in[1] + other, line[set_in.end() :]
        pending = pending and bool(line.strip() or start)
        codes, open_still = ([], False) if pending else _code_in(line)
        pending = pending or open_still
        whole = escaped or pending
        made.append(start + (change(line) if whole else "".join(_around(line, codes, change))))
    return made, fence


def _closes(line: str, fence: str) -> bool:
    bare = line.lstrip(" ")
    if len(line) - len(bare) > 3:
        return False
    bare = bare.rstrip(" \t")
    return len(bare) >= len(fence) and set(bare) == {fence[0]}


def _code_in(line: str) -> tuple[list[tuple[int, int]], bool]:
    """Where code begins and ends in a line, and whether a sign for code is left over."""
    found: list[tuple[int, int]] = []
    at = 0
    while (opening := _TICKS.search(line, at)) is not None:
        at = opening.end()
        if opening[0][0] == "\\":
            continue
        closing = re.compile(rf"(?<!`){opening[0]}(?!`)").search(line, at)
        if closing is None:
            return [], True
        found.append((opening.start(), closing.end()))
        at = closing.end()
    return found, False


def _around(line: str, codes: list[tuple[int, int]], change: Callable[[str], str]) -> Iterator[str]:
    at = 0
    for start, end in codes:
        yield change(line[at:start])
        yield line[start:end]
        at = end
    yield change(line[at:])


def _encoded(text: str) -> str:
    return _RISKY.sub(_safe, text)


def _safe(found: re.Match[str]) -> str:
    kind, whole = found.lastgroup, found[0]
    if kind == "kept":
        return whole
    if kind == "tag":
        return "&lt;"
    if kind == "entity":
        return "&amp;"
    if kind == "link":
        address = _ADDRESS.match(found.string, found.start(kind))
        harmless = address is None or address[1].casefold() in _SCHEMES
        return whole if harmless else "]&#40;"
    if kind == "definition":
        return "]&#58;"
    return f"&#{ord(whole)};"


def _decoded(text: str) -> str:
    return _WRITTEN.sub(_meant, text)


def _meant(found: re.Match[str]) -> str:
    whole = found[0]
    if found[1]:
        return whole
    # Python reads the references to controls as those of an old code page.
    return (
        chr(int(whole[2:-1]))
        if whole[1] == "#" and int(whole[2:-1]) < 0x110000
        else unescape(whole)
    )
