"""Random libraries of the oracle's words, as documents and notes, and queries of each form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document
from reader.model.search import Query
from reader.model.span import Span
from reader.search.index import Index
from reader.search.note_index import NoteIndex, NoteText
from reader.search.searcher import Finder
from tests.search.grammar_oracle import WORDS, Found, Oracle, Paper, Remark, Text

_WRITTEN = tuple(WORDS)
_COMMON = tuple(
    "ketamine Ketamines anxiety dose doses receptor tumour tumors anaemia anemia NMDA nmda MS ms "
    "β-blocker betablockers IL-6 IL6 2.5 10000 p53 CO₂ CO2 the of".split()
)
_AUTHORS = ("placebo", "zebra", "receptor")
_COLOURS = ("yellow", "green", "pink")
_TAGS = ("dose", "NMDA", "p53")
_COLLECTIONS = ("ward", "other")
_SHOUTED = (
    "KETAMINE NOT ZEBRA",
    "ANXIETY OR RECEPTOR",
    "KETAMINE DOSE",
    "KETAMINE AND DOSE OR TUMORS",
)


class World:
    """A library in an index of several segments, with notes, and the same for the oracle."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.chance = chance
        self.papers = [self._paper(f"d{number}") for number in range(chance.randrange(4, 10))]
        self.remarks = [self._remark(f"n{number}") for number in range(chance.randrange(3, 12))]
        self.oracle = Oracle(self.papers, self.remarks)
        documents = list(map(self._document, self.papers))
        index = Index(folder)
        for start in range(0, len(documents), 3):
            index.add(documents[start : start + 3])
        if chance.random() < 0.3:
            index.merge()
        self.finder = Finder(folder, {d.id: d for d in documents}.__getitem__, (), self._filed)
        self.notes = NoteIndex()
        for text in map(_note_text, self.remarks):
            # One after the other: segments of one note each.
            self.notes.update([text])

    def _words(self, most: int, least: int = 0) -> tuple[str, ...]:
        size = self.chance.randrange(least, most + 1)
        some = _COMMON if self.chance.random() < 0.7 else _WRITTEN
        return tuple(self.chance.choice(some) for _ in range(size))

    def _paper(self, name: str) -> Paper:
        chance = self.chance
        passages, headings = [], []
        offset = 0
        for number in range(chance.randrange(2, 5)):
            section = f"s{number + 1}"
            references = number > 0 and chance.random() < 0.2
            heading = self._words(3, 1)
            headings.append((section, heading))
            blocks = [(offset, heading)]
            offset += len(" ".join(heading)) + 1
            for _ in range(chance.randrange(1, 3)):
                words = self._words(14, 1)
                blocks.append((offset, words))
                offset += len(" ".join(words)) + 1
            passages.append(Text(name, section, tuple(blocks), heading=True, references=references))
        title = self._words(3, 1)
        passages.append(Text(name, "", ((0, title),), title_only=True))
        filed = {("collection", one) for one in _COLLECTIONS if chance.random() < 0.4}
        return Paper(
            name,
            title,
            tuple(chance.sample(_AUTHORS, chance.randrange(2))),
            chance.choice((0, 2018, 2019, 2020, 2021)),
            frozenset(filed | {("kind", "article")}),
            tuple(passages),
            tuple(headings),
        )

    def _document(self, paper: Paper) -> Document:
        writer = DocumentBuilder()
        for text in paper.passages[:-1]:
            heading, *rest = text.blocks
            writer.begin_heading(1, kind="references" if text.references else "body")
            writer.add(" ".join(heading[1]))
            for _, words in rest:
                writer.begin("paragraph")
                writer.add(" ".join(words))
        document = writer.build(
            id=paper.id,
            title=" ".join(paper.title),
            authors=paper.author,
            published=str(paper.year) if paper.year else "",
        )
        parts = [" ".join(words) for text in paper.passages[:-1] for _, words in text.blocks]
        assert document.text == "\n".join(parts)
        assert [section.id for section in document.sections] == [one for one, _ in paper.headings]
        return document

    def _remark(self, name: str) -> Remark:
        chance = self.chance
        return Remark(
            name,
            chance.choice(self.papers).id,
            self._words(12),
            tuple(chance.sample(_TAGS, chance.randrange(3))),
            self._words(8, 1),
            chance.choice(_COLOURS),
        )

    def _filed(self, field: str, name: str) -> set[str] | None:
        known = (field, name) in {(field, "article"), *(("collection", c) for c in _COLLECTIONS)}
        if not known:
            return None
        return {paper.id for paper in self.papers if (field, name) in paper.filed}

    # Queries

    def question(self) -> tuple[str, str]:
        """A query of some form, and the form's name."""
        name = self.chance.choice(tuple(_FORMS))
        return _FORMS[name](self), name

    def word(self) -> str:
        """A word as it may be typed, mostly one that is common."""
        common = self.chance.random() < 0.8
        return self.chance.choice(_COMMON[:-2] if common else _WRITTEN)

    def phrase(self) -> str:
        """Words in quotes that often do stand side by side."""
        paper = self.chance.choice(self.papers)
        words = self.chance.choice(self.chance.choice(paper.passages).blocks)[1]
        start = self.chance.randrange(len(words))
        some = words[start : start + self.chance.randrange(1, 4)]
        return '"' + " ".join(some) + '"'

    def some(self) -> str:
        """A word or a phrase."""
        return self.word() if self.chance.random() < 0.7 else self.phrase()

    def cut(self) -> str:
        """A beginning or a pattern."""
        patterns = (
            "keta*",
            "an*",
            "*amine",
            "?etamine",
            "d?se*",
            "rec*tor",
            "b*",
            "*6",
            "nm*",
            "ta*",
        )
        return self.chance.choice(patterns)

    def compare(self, text: str, document: str = "") -> int:
        """How much a query finds; fails where ours and the oracle's answers differ."""
        hits, notes = self.oracle.answer(text, document)
        found = self.finder.find(Query(text, document, 100_000), self.notes)
        ours: list[Found] = [
            (h.document_id, h.section_id, h.kind, h.span.start, h.span.end) for h in found.hits
        ]
        assert set(ours) == hits, (text, document, set(ours) ^ hits)
        assert len(ours) == len(hits) == found.total, (text, document)
        noted = {(one.annotation_id, one.kind) for one in found.notes}
        assert noted == notes, (text, document, noted ^ notes)
        assert not found.problem, (text, found.problem)
        return len(hits) + len(notes)


def _note_text(one: Remark) -> NoteText:
    return NoteText(
        one.id,
        one.document,
        Span(0, 1),
        one.colour,
        one.tags,
        " ".join(one.written),
        " ".join(one.quote),
    )


def _or_filter(world: World) -> str:
    filters = ("year:2019", "from:2020", "to:2018", "collection:ward", "kind:article")
    return f"{world.word()} OR {world.chance.choice(filters)}"


def _minus_number(world: World) -> str:
    return world.chance.choice(
        ("-2.5", "−2.5", "-4", f"{world.word()} -2.5", f"{world.word()} −2.5")
    )


_FORMS: dict[str, Callable[[World], str]] = {
    "word": lambda w: w.word(),
    "words": lambda w: f"{w.word()} {w.word()}",
    "five words": lambda w: " ".join(w.word() for _ in range(5)),
    "phrase": lambda w: w.phrase(),
    "without": lambda w: f"{w.some()} -{w.some().lstrip('-−')}",
    "NOT": lambda w: f"{w.word()} NOT {w.some()}",
    "OR": lambda w: f"{w.some()} OR {w.some()}",
    "OR before a number": lambda w: f"{w.word()} OR {w.chance.choice(('2.5', '4', 'US'))}",
    "AND": lambda w: f"{w.some()} AND {w.word()} OR {w.some()}",
    "brackets": lambda w: f"{w.word()} ({w.word()} OR {w.some()}) -({w.word()} {w.word()})",
    "pattern": lambda w: w.cut(),
    "patterns": lambda w: f"{w.cut()} {w.some()}",
    "misspelt": lambda w: w.chance.choice(("ketamin~", "dsoe~", "anxeity~", "दन~1", "recepter~1")),
    "NEAR": lambda w: f"{w.word()} NEAR/{w.chance.randrange(2, 9)} {w.word()}",
    "NEAR itself": lambda w: "{0} NEAR {0}".format(w.chance.choice(("dose", "ketamine", "MS"))),
    "NEAR three": lambda w: f"{w.word()} NEAR {w.cut()} NEAR/9 {w.word()}",
    "loose phrase": lambda w: f'"{w.word()} {w.word()}"~{w.chance.randrange(2, 9)}',
    "title": lambda w: f"title:{w.word()}",
    "title and word": lambda w: f"{w.word()} title:{w.word()}",
    "author": lambda w: f"author:{w.chance.choice(_AUTHORS)}",
    "year": lambda w: f"{w.word()} year:2018..2020",
    "filter beside OR": _or_filter,
    "filter": lambda w: w.chance.choice(("collection:ward", "-collection:ward kind:article")),
    "region": lambda w: f"{w.some()} in:{w.chance.choice(('title', 'text', 'text', 'references'))}",
    "in notes": lambda w: f"in:notes {w.word()}",
    "no notes": lambda w: f"{w.word()} -in:notes",
    "colour": lambda w: f"colour:{w.chance.choice(('Pink', 'green', 'YELLOW'))}",
    "tag": lambda w: f"tag:{w.chance.choice(('dose', 'nmda', '#P53'))} OR {w.word()}",
    "capitals": lambda w: w.chance.choice(
        (
            "KETAMINE NOT ZEBRA",
            "ANXIETY OR RECEPTOR",
            "KETAMINE DOSE",
            "KETAMINE AND DOSE OR TUMORS",
        )
    ),
    "sentence in capitals": lambda w: w.chance.choice(
        (
            "THE DOSE OF KETAMINE AND RECEPTORS OR ANXIETY",
            "ANXIETY AND TUMORS OF THE ZEBRA",
            "KETAMINE OR THE DOSE OR ANXIETY",
            "DOSE (KETAMINE) OR ANXIETY OF THE ZEBRA",
            "THE ANXIETY OF (DOSE OR ZEBRA) AND KETAMINE",
            "KETAMINE AND ANXIETY NOT OF THE ZEBRA OR DOSE",
            "THE DOSE OF KETAMINE IN THE ANXIETY OF THE ZEBRA OR IN TUMORS",
        )
    ),
    "minus and number": _minus_number,
}


def count_forms(asked: Counter[str]) -> int:
    """How often the rarest form was asked."""
    return min(asked[name] for name in _FORMS)
