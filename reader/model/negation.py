"""Whether a passage leaves out what turns its sense: a "not" before it, an "unless" after it."""

from __future__ import annotations

import re

from reader.model.span import Span

# What may follow a passage in its sentence and turn it, or say how far it can be trusted.
_AFTER = re.compile(
    r"\b(?:not|never|unless|except|excepting|excluding|but|however|although|though|only|provided"
    r"|without|until|if|when|contraindicated|avoid|rather than|instead of|as long as|apart from)\b"
    r"|n['’]t\b"
    r"|[(\[][^()\[\]]*\b(?:recommendation|evidence|certainty|quality|grade|level|consensus|off-label"
    r"|contraindicated|maximum|max|not|unless|except|only)\b[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
# What may stand before it and turn it.
_BEFORE = re.compile(
    r"(?:\b(?:not|never|no|avoid|without|unless|except|cannot|neither|nor|against|contraindicated"
    r"|stop|instead of|rather than)\b|n['’]t\b)(?:\W+\w+){0,2}?\W*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?=[\s”\"’)\]]*(?:\s[A-Z0-9“\"(\[]|\s*$))|\n")
# So far is looked: a sentence that is longer has more to it than a passage leaves out.
_FAR = 300
# What turns it stands right after it, or so many words on: "not recommended if", "daily but only".
_NEAR_WORDS = 2
# Fewer words are a term and no statement, which nothing that follows turns.
_STATEMENT_WORDS = 4


def extension(text: str, span: Span) -> Span | None:
    """The longer passage that holds what turns the sense of this one; None when nothing does.

    It never goes beyond the sentence, but for what stands in brackets right after it.
    """
    start = _start(text, span)
    end = _end(text, span)
    longer = Span(start, end)
    return longer if longer != span else None


def _start(text: str, span: Span) -> int:
    if not span.cut(text).strip() or _begins_sentence(text, span.start):
        return span.start
    low = max(0, span.start - _FAR)
    before = text[low : span.start]
    ends = list(_SENTENCE_END.finditer(before))
    clause = before[ends[-1].end() :] if ends else before
    found = _BEFORE.search(clause)
    return span.start - len(clause) + found.start() if found else span.start


def _begins_sentence(text: str, at: int) -> bool:
    return at == 0 or bool(re.search(r"(?:^|[.!?\n])[\s”\"’)\]]*$", text[max(0, at - 8) : at]))


def _end(text: str, span: Span) -> int:
    if not span.cut(text).strip():
        return span.end
    after = text[span.end : span.end + _FAR]
    if re.search(r"[.!?]\s*$", span.cut(text)):
        # The sentence is whole; how sure it is may stand in brackets after it.
        grade = re.match(r"\s*[(\[][^()\[\]\n]*[)\]]", after)
        return span.end + grade.end() if grade and _AFTER.search(grade[0]) else span.end
    stop = _SENTENCE_END.search(after)
    rest = after[: stop.start()] if stop else after
    grade = re.match(r"[.!?]?\s*[(\[][^()\[\]\n]*[)\]]", after[len(rest) :])
    turn = _AFTER.search(rest) if len(span.cut(text).split()) >= _STATEMENT_WORDS else None
    if turn and len(re.findall(r"\w+", rest[: turn.start()])) <= _NEAR_WORDS:
        return span.end + len(rest.rstrip(" ,;"))
    if grade and _AFTER.search(grade[0]) and not rest.strip():
        return span.end + len(rest) + grade.end()
    return span.end
