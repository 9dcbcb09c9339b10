"""A small article of our own for the tests of the model and the exporters."""

from __future__ import annotations

from reader.model.document import Block, Document, Mark, Reference, Section
from reader.model.publication import Publication
from reader.model.span import Span

# Digits that a publisher glued to the words are in the text, and marks say what they are.
ARTICLE = """Ketamine in anxiety

Background
Ketamine blocks the NMDA receptor1 within minutes. Glutamate then rises in the prefrontal cortex, \
and AMPA receptors answer it2,3. The usual dose is 0.5 mg per kg over forty minutes.

Side effects
Blood pressure rises for about an hour. Patients must not drive on the day of the infusion. \
Dissociation fades by itself and needs no treatment in most of them2.

Questions
Who should not have it? People with a recent stroke should not. How long does it last? It lasts \
about a week, and a second infusion is often given.

References
Writer A. Blocking a channel. A Journal. 2019.
Scribe B. Pressure and pulse. B Journal. 2020.
Author C. What AMPA receptors do. C Journal. 2021.
"""


def place(text: str, words: str, nth: int = 0) -> Span:
    """Where the words stand in the text for the nth time, counted from 0."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def a_document(text: str = ARTICLE, document_id: str = "d" * 64) -> Document:
    """A document that is its text and nothing else."""
    return Document(document_id, "Ketamine in anxiety", text)


def an_article() -> Document:
    """The article with its sections, its reference marks and its references."""
    references = ARTICLE.index("References")

    def mark(words: str, digits: str, target: str) -> Mark:
        found = place(ARTICLE, words + digits)
        return Mark("reference_mark", Span(found.start + len(words), found.end), target)

    def section(number: str, title: str, end: str) -> Section:
        start = ARTICLE.index(title)
        stop = ARTICLE.index(end) if end else len(ARTICLE)
        return Section(f"s{number}", None, 1, number, title, "body", Span(start, stop))

    entries = [line for line in ARTICLE[references:].splitlines()[1:] if line]
    spans = [place(ARTICLE, entry) for entry in entries]
    return Document(
        "d" * 64,
        "Ketamine in anxiety",
        ARTICLE,
        source="ketamine.txt",
        authors=("Ada Writer", "Ben Scribe"),
        sections=(
            section("1", "Background", "Side effects"),
            section("2", "Side effects", "Questions"),
            section("3", "Questions", "References"),
            section("4", "References", ""),
        ),
        blocks=(Block("title", Span(0, 19)),),
        marks=(
            mark("receptor", "1", "1"),
            mark("answer it", "2,3", "2 3"),
            mark("most of them", "2", "2"),
        ),
        references=tuple((Reference(str(number), span) for number, span in enumerate(spans, 1))),
        publication=Publication(
            published="2021-03-01", journal="The Journal of Examples", doi="10.1000/example.1"
        ),
    )
