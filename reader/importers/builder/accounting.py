"""The law of conservation, checked while a file is read: what it shows is in the text or left out.

A bug of an importer is found here, so that the page can say what it lost; `tests/` hold importers
to the law by counters of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reader.importers.builder.whitespace import tidy
from reader.model.document import Document
from reader.model.left_out import LeftOut

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_MOST_NAMED = 200
_EQUAL = str.maketrans(
    dict.fromkeys("‐‑‒–—−", "-") | {"\u00ad": None, "\u200b": None, "\ufeff": None}
)


def accounted(
    document: Document, shown: Iterable[str], joins: str = "", also: Iterable[str] = ()
) -> Document:
    """The document with one more entry in `left_out` if words of `shown` are nowhere in it.

    `shown` are the runs of characters that the file shows, in any order; white space does not
    count, nor do the characters of `joins`, which an importer may take out on purpose (hyphens at
    the ends of lines). `also` are characters that it took for signs of the text's shape: bullets,
    the points of numbers, rules. Counting costs about 10 ns a character.
    """
    shown = tuple(shown)
    said = (*said_in(document), *also)
    # Words that stand in both as they are need no second look: most do.
    lacking, spare = _apart(shown, said)
    if not lacking:
        return document
    wanted, there = _characters(lacking, joins), _characters(spare, joins)
    if wanted <= there:
        return document
    words = " ".join(_missing(" ".join(shown), " ".join(said), wanted - there))
    return replace(document, left_out=(*document.left_out, LeftOut("unaccounted", words)))


def _apart(shown: Iterable[str], said: Iterable[str]) -> tuple[list[str], list[str]]:
    """The words that either has more often than the other."""
    wanted, there = Counter("\n".join(shown).split()), Counter("\n".join(said).split())
    lacking = [
        " ".join([w] * (n - there.get(w, 0))) for w, n in wanted.items() if n > there.get(w, 0)
    ]
    if not lacking:
        return [], []
    spare = [
        " ".join([w] * (n - wanted.get(w, 0))) for w, n in there.items() if n > wanted.get(w, 0)
    ]
    return [" ".join(lacking)], [" ".join(spare)]


def said_in(document: Document) -> Iterator[str]:
    """All that the document says: its text, what is printed beside it, its facts, what it lacks."""
    yield document.text
    yield from (block.label for block in (*document.blocks, *document.inner_blocks))
    yield from (section.number or "" for section in document.sections)
    for figure in document.figures:
        yield from (figure.alternative, figure.label)
    yield from (table.label for table in document.tables)
    yield from (one.words for one in document.left_out)
    yield from (
        document.title,
        *document.authors,
        document.publication.published,
        document.publication.updated,
    )


def _characters(texts: Iterable[str], joins: str) -> Counter[str]:
    text = "".join("".join(texts).split())
    counts = Counter(text if text.isascii() else unicodedata.normalize("NFC", text))
    for sign in [s for s in counts if s in joins or not " " < s < "\x7f"]:
        count = counts.pop(sign)
        # What is equal in all but its form is the same character; what nobody sees is none.
        for one in _comparable(sign):
            if not (one.isspace() or one in joins or _is_unseen(one)):
                counts[one] += count
    return counts


def _is_unseen(character: str) -> bool:
    """Whether nobody sees a character: a control, or what chooses how a sign is drawn."""
    return unicodedata.category(character) in ("Cc", "Cf") or "\ufe00" <= character <= "\ufe0f"


def _comparable(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_EQUAL)


def _missing(shown: str, said: str, lacking: Counter[str]) -> list[str]:
    """The words of `shown` that `said` has less often; else the characters that are lacking."""
    lost = Counter(_WORD.findall(_comparable(shown)))
    lost.subtract(Counter(_WORD.findall(_comparable(said))))
    words = [tidy(word)[0] for word, count in lost.items() if count > 0]
    return (words or ["".join(lacking.elements())])[:_MOST_NAMED]
