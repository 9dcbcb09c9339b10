"""The fields of the index as Whoosh knows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.fields import STORED, TEXT, Schema

from reader.search.analyzer import RAW, analyse


class Surfaces(Analyzer):
    """Our analysis as Whoosh calls it: a token for each piece, for Whoosh's own query parser."""

    def __call__(self, value: str, **_wanted: Any) -> Iterator[Token]:
        """The same Token again and again, as Whoosh does it."""
        token = Token(positions=True, chars=True, boosts=True)
        position = 0
        for match in RAW.finditer(value):
            for piece in analyse(match[0]).pieces:
                token.text, token.pos, token.boost = piece.surface, position, 1.0
                token.startchar = match.start() + piece.start
                token.endchar = match.start() + piece.end
                position += 1
                yield token


def schema() -> Schema:
    """Text, title, headings and authors to look in; ids and offsets to come back with."""
    words = TEXT(analyzer=Surfaces(), phrase=True)
    return Schema(
        text=words,
        title=words,
        context=words,
        author=words,
        document=STORED(),
        section=STORED(),
        start=STORED(),
        end=STORED(),
        kind=STORED(),
        year=STORED(),
    )
