"""Sources are read back by the parsers of other programs."""

from __future__ import annotations

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from reader.exporters.registry import FORMATS
from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation
from reader.model.document import Document, with_details
from reader.model.export.export_set import ExportSet, gather
from reader.model.publication import Publication
from reader.model.span import Span

PAPER = Document(
    "a" * 64,
    'α-Blockers & 5% {sic} of $10 in H₂O_x ~ #1 ^2 \\ "quoted" } — Ménière',
    "Words.",
    authors=(
        "World Health Organization",
        "Müller, Hans-Jörg",
        "van der Berg, A. B.",
        "Smith and Nephew Research Group",
        "O'Brien, Seán, Jr.",
    ),
    publication=Publication(
        journal="Ann. R&D",
        volume="12",
        issue="3",
        pages="123-8",
        published="1998-08-15",
        doi="10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
    ),
)


def of(*documents: Document) -> ExportSet:
    known = {one.id: one for one in documents}
    notes = [Annotation(one.id, describe(one, Span(0, 0))) for one in documents]
    return gather(notes, known.get, "")


def written(name: str, *documents: Document) -> str:
    content = FORMATS[name].content(of(*documents))
    assert isinstance(content, str)
    return content


def test_bibtex_is_read_by_pybtex() -> None:
    (entry,) = parse_string(written("bibtex", PAPER), "bibtex").entries.values()
    assert entry.type == "article"
    people = entry.persons["author"]
    assert len(people) == 5
    assert str(people[0]) == "{World Health Organization}"
    assert (people[2].prelast_names, people[2].last_names) == (["van", "der"], ["Berg"])
    assert str(people[3]) == "{Smith and Nephew Research Group}"
    assert (people[4].last_names, people[4].lineage_names) == (["O'Brien"], ["Jr."])
    fields = entry.fields
    assert (fields["pages"], fields["year"], fields["doi"]) == (
        "123--128",
        "1998",
        PAPER.publication.doi,
    )


def test_ris_is_read_by_rispy() -> None:
    (entry,) = rispy.loads(written("ris", PAPER))
    assert entry["type_of_reference"] == "JOUR"
    assert entry["title"] == PAPER.title
    assert entry["authors"] == [
        "World Health Organization",
        "Müller, Hans-Jörg",
        "van der Berg, A. B.",
        "Smith and Nephew Research Group",
        "O'Brien, Seán, Jr",
    ]
    assert (entry["start_page"], entry["end_page"], entry["doi"]) == (
        "123",
        "128",
        PAPER.publication.doi,
    )


@pytest.mark.parametrize(
    ("kind", "journal", "bibtex", "field", "ris"),
    [
        ("chapter", "A Book", "incollection", "booktitle", "CHAP"),
        ("thesis", "A University", "phdthesis", "school", "THES"),
        ("book", "A House", "book", "publisher", "BOOK"),
        ("article", "", "misc", "", "ELEC"),
    ],
)
def test_each_kind_of_work(kind: str, journal: str, bibtex: str, field: str, ris: str) -> None:
    one = with_details(
        PAPER, {"kind": kind, "journal": journal, "address": "https://x.example/{a}"}
    )
    (entry,) = parse_string(written("bibtex", one), "bibtex").entries.values()
    assert (entry.type, entry.fields.get(field, "")) == (bibtex, journal)
    assert entry.fields["url"] == "https://x.example/%7Ba%7D"
    (record,) = rispy.loads(written("ris", one))
    assert record["type_of_reference"] == ris


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@given(st.lists(st.tuples(TEXT, st.lists(TEXT, max_size=3), TEXT), min_size=1, max_size=4))
def test_any_sources_are_as_many_when_they_are_read(
    told: list[tuple[str, list[str], str]],
) -> None:
    documents = [
        with_details(
            PAPER,
            {"id": f"{n:064x}", "title": title, "authors": tuple(authors), "journal": journal},
        )
        for n, (title, authors, journal) in enumerate(told)
    ]
    assert len(parse_string(written("bibtex", *documents), "bibtex").entries) == len(told)
    assert len(rispy.loads(written("ris", *documents))) == len(told)
