"""A query cut into words, phrases, signs and operators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.search.analyzer import STOP_WORDS, TIES

_QUOTES = '"“”„«»'
_TOKEN = re.compile(
    rf"[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)(?P<close>[{_QUOTES}]?)(?:~(?P<slop>\d{{1,3}}))?"
    r"|(?P<open>\()|(?P<shut>\))"
    r"|(?P<field>(?:title|author|year|from|to|in|colou?r|tagged|tag|collection|kind):(?=[^\s)]))"
    r"|(?P<minus>(?<![^\s(])[-−](?=[^\s\-−)])(?![.,·]?\d))"
    rf"|(?P<word>(?<![^\s(:])\d{{1,3}}(?:[ {TIES}]\d{{3}})+(?![^\s)])|[^\s(){_QUOTES}]+)",
    re.IGNORECASE,
)
NEAR_WORD = re.compile(r"NEAR(?:/(\d{1,3}))?")
OPERATOR = re.compile(r"AND|OR|NOT|NEAR(?:/\d*)?")
_BINARY = re.compile(r"AND|OR|NEAR(?:/\d{1,3})?")
_NUMBER = re.compile(r"[-−+±<>≤≥=~]?\d")
# So many words in capitals, "of" or "the" among them, are a sentence.
_SENTENCE = 5
_OPERATING = re.compile(rf"[{_QUOTES}]|\([^()]*\b(?:{OPERATOR.pattern})\b")
# So many, with so many of those, are prose, where OR joins words too.
_PROSE, _IDLE_IN_PROSE = 10, 3
_JOINING = re.compile(r"\bAND\b")
_JOINING_IN_PROSE = re.compile(r"\b(?:AND|OR(?!\s+[-−+±<>≤≥=~]?\d))\b")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: a word, what stands in quotes, or a sign; `unfinished` while typing."""

    kind: str
    text: str
    closed: bool
    slop: int | None
    unfinished: bool


def tokens_of(text: str, typing: bool) -> list[Token]:
    """The tokens of a query; the words of one that is all in capitals are in small letters."""
    said = as_said(text)
    found = [_token(m, typing and m.end() == len(text)) for m in _TOKEN.finditer(said)]
    tokens = _with_operators(found, typing)
    if not _shouted(text):
        return tokens
    # OR that is no operator is an odds ratio here too.
    return [t if OPERATOR.fullmatch(t.text) else replace(t, text=t.text.lower()) for t in tokens]


def as_said(text: str) -> str:
    """The query with AND in small letters where it is a word of a sentence in capitals.

    "ANALYSIS AND DESIGN OF WAVEGUIDES" is what it is in small letters; between terms alone, as in
    "ANALYSIS AND DESIGN AND WAVEGUIDES", inside brackets and beside quotes it is an operator. So
    is OR but in long prose, and NOT always: without them other texts would be meant.
    """
    words = _words(text)
    idle = sum(word.lower() in STOP_WORDS for word in words)
    if len(words) < _SENTENCE or not idle or not _shouted(text) or _OPERATING.search(text):
        return text
    is_prose = len(words) >= _PROSE and idle >= _IDLE_IN_PROSE
    joining = _JOINING_IN_PROSE if is_prose else _JOINING
    return joining.sub(lambda match: match[0].lower(), text)


def _words(text: str) -> list[str]:
    """The words of a query, without its operators."""
    return [word for word in re.findall(r"[^\W\d_]+", text) if not OPERATOR.fullmatch(word)]


def _shouted(text: str) -> bool:
    """Whether all is in capitals because the key is locked, not because it is short forms."""
    words = _words(text)
    return bool(words) and text.isupper() and max(map(len, words)) > 5 and " " in text.strip()


def _with_operators(tokens: Sequence[Token], typing: bool) -> list[Token]:
    """The tokens without those that say nothing, and of those like OR which are operators."""
    told = [t for t in tokens if t.kind != "word" or re.search(r"\w|\*.|.\*", t.text)]

    def begins(at: int) -> bool:
        """Whether a term begins here."""
        if at >= len(told) or told[at].kind == "shut":
            return False
        if told[at].kind != "word":
            return True
        return begins(at + 1) if told[at].text == "NOT" else not _BINARY.fullmatch(told[at].text)

    made: list[Token] = []
    for at, token in enumerate(told):
        before = made[-1].kind if made else ""
        ends = before in ("word", "phrase", "shut")
        operator = False
        if token.kind == "word" and OPERATOR.fullmatch(token.text):
            if typing and ends and at == len(told) - 1:
                continue  # What it is an operator of is still to come.
            if token.text == "NOT":
                operator = before != "field" and begins(at + 1)
            elif _BINARY.fullmatch(token.text):
                operator = ends and begins(at + 1) and not _is_odds_ratio(told, at)
        made.append(replace(token, kind="operator") if operator else token)
    return made


def _is_odds_ratio(tokens: Sequence[Token], at: int) -> bool:
    """Whether OR stands before a number, and not between two of them: "OR 2.5"."""

    def is_number(token: Token) -> bool:
        return token.kind == "word" and _NUMBER.match(token.text) is not None

    here, after = tokens[at], tokens[at + 1]
    return (
        here.text == "OR"
        and is_number(after)
        and not any(map(is_number, tokens[max(0, at - 2) : at]))
    )


def _token(match: re.Match[str], unfinished: bool) -> Token:
    kind = match.lastgroup or ""
    quoted = match["phrase"] is not None
    return Token(
        kind="phrase" if quoted else kind,
        text=match["phrase"] if quoted else match[0],
        closed=bool(match["close"]),
        slop=int(match["slop"]) if match["slop"] else None,
        unfinished=unfinished,
    )
