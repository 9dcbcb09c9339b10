"""Articles of made-up words that are as frequent, as long and as often repeated as real ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from random import Random

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document

WORDS_IN_ARTICLE = 3000
_SECTIONS = 8
_PARAGRAPHS = 4
_ENDINGS = ("", "", "s", "ed", "ing", "al", "ation")
_FREQUENT = (
    "the of and in to a was with for is that were on by as at are from this an be or which "
    "patients treatment study dose effect group results risk clinical therapy"
).split()


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """120,000 words and their running frequencies after Zipf and Mandelbrot."""
    chance = Random(7)
    words = dict.fromkeys(_FREQUENT)
    while len(words) < 120_000:
        syllables = chance.choices("bcdfghklmnprstvz", k=chance.choice((1, 2, 2, 3, 3, 4)))
        stem = "".join(
            c + chance.choice("aeiou") + chance.choice(("", "n", "r", "")) for c in syllables
        )
        for ending in sorted(set(chance.choices(_ENDINGS, k=2))):
            words[stem + ending] = None
    return list(words), list(accumulate(1 / (rank + 2.7) ** 1.05 for rank in range(len(words))))


def an_article(number: int, words: int = WORDS_IN_ARTICLE) -> Document:
    """The article of that number: the same each time, about a subject of its own."""
    chance = Random(number)
    spelled, weights = vocabulary()
    subject = chance.sample(spelled[300:20_000], 12)
    text = chance.choices(spelled, cum_weights=weights, k=words)
    for place in chance.sample(range(words), words // 25):
        text[place] = chance.choice(subject)
    writer = DocumentBuilder()
    size = words // (_SECTIONS * _PARAGRAPHS)
    for start in range(0, size * _SECTIONS * _PARAGRAPHS, size):
        if start % (size * _PARAGRAPHS) == 0:
            writer.begin_heading(1)
            writer.add(" ".join(chance.sample(subject, 2)).capitalize())
        writer.begin("paragraph")
        part = text[start : start + size]
        for stop in range(12, size, 17):
            part[stop] += chance.choice((".", ",", ".", ";"))
        writer.add(" ".join(part) + ".")
    return writer.build(
        id=f"{number:064x}",
        title=" ".join(chance.sample(subject, 4)).capitalize(),
        source=f"{number}.txt",
        published=str(1990 + number % 35),
    )


def articles(count: int) -> Iterator[Document]:
    """The first so many articles."""
    return map(an_article, range(count))
