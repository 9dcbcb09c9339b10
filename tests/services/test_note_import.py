"""Notes of files on their way in: onto the right document, at the right place, and once."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.exporters.registry import FORMATS
from reader.model.anchoring.selector import describe, placed
from reader.model.annotation import COLOURS, Annotation, Change
from reader.model.document import Document, with_details
from reader.model.export.export_set import gather
from reader.model.imported_note import FoundNote, FoundNotes, FoundSource
from reader.model.span import Span
from reader.note_importers.placing import placed_note
from reader.note_importers.registry import read
from reader.paths import Paths
from reader.problem import Problem
from reader.services.note_import import NotesReport, take_in, take_in_for
from reader.store.library import Library
from reader.store.notes import Notes, open_notes
from tests.model.samples import ARTICLE, an_article, place


def known(document: Document) -> Document:
    """The document with the id of a file that holds its title."""
    return replace(document, id=hashlib.sha256(document.title.encode()).hexdigest())


KETAMINE = known(an_article())
OTHER = known(Document("", "Of Something Else", "Other words.\n" * 3, source="other.epub"))


def keep(library: Library, document: Document) -> None:
    library.add(document, document.title.encode(), {})


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(Paths(tmp_path / "data"))) as library:
        keep(library, with_details(KETAMINE, {"address": "https://www.example.org/ketamine/"}))
        keep(library, OTHER)
        yield library


@pytest.fixture
def notes(library: Library, tmp_path: Path) -> Iterator[Notes]:
    with closing(open_notes(Paths(tmp_path / "data"), "anna")) as notes:
        yield notes


TOLD = FoundSource(title="KETAMINE in anxiety.")


def found(*notes: FoundNote) -> FoundNotes:
    return FoundNotes("Tests", list(notes))


def only(notes: Notes) -> Annotation:
    (annotation,) = notes.all()
    return annotation


@pytest.mark.parametrize(
    "source",
    [
        FoundSource(document_id=KETAMINE.id),
        FoundSource(doi="10.1000/EXAMPLE.1", title="Another title"),
        TOLD,
        FoundSource(address="http://example.org/ketamine#part", title="Not this"),
    ],
)
def test_a_note_goes_to_its_document(library: Library, notes: Notes, source: FoundSource) -> None:
    one = FoundNote("k", source, "Blood pressure rises for about an hour")
    assert take_in(library, notes, found(one)) == NotesReport("Tests", new=1)
    annotation = only(notes)
    span = place(ARTICLE, "Blood pressure rises for about an hour")
    assert (annotation.target, annotation.state) == (describe(KETAMINE, span), "")


def test_a_file_name_is_as_good_as_a_title(library: Library, notes: Notes) -> None:
    for title in ("other", ""):
        source = FoundSource(title=title, file_name="other.epub")
        one = FoundNote(title, source, "", note="On all of it.")
        assert take_in(library, notes, found(one)).new == 1
    assert {a.target.document_id for a in notes.all()} == {OTHER.id}


def test_what_has_no_home_is_said_and_can_be_given_one(library: Library, notes: Notes) -> None:
    lost = FoundSource(title="Lost")
    several = [FoundNote(str(n), lost, f"Words number {n}") for n in range(3)]
    nameless = FoundNote("x", FoundSource(), "Patients must not drive on the day")
    report = take_in(library, notes, found(*several, nameless))
    assert report == NotesReport("Tests", homeless=(("Lost", 3), ("", 1)))
    assert str(report) == (
        "0 notes imported from Tests, 4 have no article in this library (Lost; no title)."
    )
    assert take_in(library, notes, found(nameless), {"": KETAMINE.id}).new == 1
    assert take_in(library, notes, found(several[0]), document_id=KETAMINE.id).check == 1
    assert take_in(library, notes, found(several[1]), {"Lost": "f" * 64}).new == 0


def test_a_title_of_two_documents_is_not_sure(library: Library, notes: Notes) -> None:
    keep(library, known(Document("", "Ketamine in Anxiety!", "Quite another text.")))
    one = FoundNote("k", TOLD, "Blood pressure rises for about an hour")
    assert take_in(library, notes, found(one)).homeless == ((TOLD.title, 1),)


@pytest.mark.parametrize(
    ("exact", "prefix", "suffix", "is_sure"),
    [
        ("Patients must not drive on the day", "", "", True),
        ("Patients must  not\ndrive on the day", "", "", True),
        ("0.5 mg", "The usual dose is ", " per kg over", True),
        ("0.5 mg", "", " per kg over forty minutes", True),
        # Short words alone may be anywhere, and so may words with other neighbours.
        ("0.5 mg", "", "", False),
        ("0.5 mg", "Nobody was given more than ", " at once", False),
        # What differs by one character is another dose.
        ("The usual dose is 5 mg per kg over forty minutes", "", "", False),
        ("AMPA receptors", "", "", False),
        ("words that are not there at all", "", "", False),
    ],
)
def test_only_what_is_sure_is_placed(
    library: Library, notes: Notes, exact: str, prefix: str, suffix: str, is_sure: bool
) -> None:
    one = FoundNote("k", TOLD, exact, prefix, suffix, note="Mine")
    report = take_in(library, notes, found(one))
    annotation = only(notes)
    assert (report.new, report.check) == (1, 0 if is_sure else 1)
    assert (annotation.state == "") is is_sure
    assert annotation.note == "Mine"
    if is_sure:
        span = placed(KETAMINE, annotation.target)
        assert span is not None
        assert span.cut(ARTICLE).split() == exact.split()
    else:
        assert annotation.state in ("check", "changed", "unplaced")


def test_among_rows_that_are_alike_no_words_are_sure() -> None:
    rows = [f"Drug {k} | none | 2017-05-26 | once a day |\n" for k in range(20)]
    document = Document("d", "Of Rows", "".join(rows))
    note = FoundNote("1", TOLD, "Drug 7 | none", "once a day |\n", " | 2017-05-26 | once a day |")
    assert placed_note(document, note, "n").state == "unplaced"


def test_a_note_on_the_whole_stands_at_the_title(library: Library, notes: Notes) -> None:
    bare = known(with_details(an_article(), {"title": "Bare", "doi": "", "pmid": "", "blocks": ()}))
    keep(library, bare)
    one = FoundNote("k", FoundSource(title="Bare"), "", note="Of it all")
    assert take_in(library, notes, found(one)).check == 1
    assert only(notes).state == "unplaced"


def test_a_second_import_adds_nothing(library: Library, notes: Notes) -> None:
    keyed = FoundNote("k", TOLD, "Blood pressure rises for about an hour", note="Mine")
    bare = FoundNote(
        "", TOLD, "Patients must not drive on the day", created="2024-01-01T00:00:00+00:00"
    )
    assert take_in(library, notes, found(keyed, bare, bare)) == NotesReport("Tests", 2, 0, 1)
    first = notes.all()
    # What the person has changed or thrown away meanwhile stays so.
    notes.apply(Change(first[0], replace(first[0], note="Changed here")))
    notes.apply(Change(first[1], replace(first[1], deleted="2026-01-01T00:00:00+00:00")))
    again = replace(keyed, note="Changed there")
    assert str(take_in(library, notes, found(again, bare))) == (
        "0 notes imported from Tests, 1 updated, since the file says more or other than before, "
        "1 was there already."
    )
    # Both were edited, so both wordings are kept.
    assert notes.all()[0].note == "Changed here\n\nChanged there"
    assert take_in(library, notes, found(again, bare)) == NotesReport("Tests", known=2)


def test_one_step_takes_all_of_it_back(library: Library, notes: Notes) -> None:
    many = [FoundNote(str(n), TOLD, "Patients must not drive on the day") for n in range(5)]
    assert take_in(library, notes, found(*many)).new == 5
    notes.undo()
    assert notes.all() == []


def test_a_record_that_cannot_be_kept_is_counted(library: Library, notes: Notes) -> None:
    odd = FoundNote("k", TOLD, "Blood pressure rises for about an hour", created="noon")
    with pytest.raises(Problem, match="None of the notes"):
        take_in(library, notes, found(odd))
    good = replace(odd, key="l", created="")
    assert "1 could not be read" in str(take_in(library, notes, found(odd, good)))


def a_thousand(document: Document) -> list[Annotation]:
    """Notes on all kinds of passages: words, halves of words, over lines, twice on one place."""
    made = []
    for n in range(1000):
        start = (n * 37) % (len(document.text) - 90)
        span = Span(start, start + 1 + n * 13 % 80)
        if (
            not span.cut(document.text).strip()
            or span.cut(document.text) != span.cut(document.text).strip()
        ):
            span = place(document.text, ("0.5 mg", "NMDA", "AMPA receptors answer")[n % 3])
        made.append(
            Annotation(
                str(uuid.UUID(int=n)),
                describe(document, span),
                COLOURS[n % 5],
                motivation="commenting",
                note=f"Note *{n}*\n\n- with a list\n- and =signs",
                tags=("ward", f"t{n % 7}"),
                created="2026-01-02T03:04:05+00:00",
                modified="2026-01-02T03:04:05+00:00",
            )
        )
    return made


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("json", ()),
        ("hypothesis", ()),
        ("csv", ()),
    ],
)
def test_a_thousand_notes_come_back_from_what_we_export(
    library: Library, notes: Notes, name: str, lost: tuple[str, ...]
) -> None:
    document = library.document(KETAMINE.id)
    mine = a_thousand(document)
    content = FORMATS[name].content(gather(mine, {document.id: document}.get, "2026", "anna"))
    assert isinstance(content, str)
    report = take_in(library, notes, read(content.encode(), "notes"))
    assert report == NotesReport(report.format_name, new=1000)
    back = {one.id: replace(one, revision=0) for one in notes.all()}
    for one in mine:
        expected = replace(one, **{field: getattr(back[one.id], field) for field in lost})
        assert back[one.id] == expected


def test_our_markdown_comes_back_with_what_it_says(library: Library, notes: Notes) -> None:
    document = library.document(KETAMINE.id)
    passages = ("Patients must not drive on the day", "AMPA receptors answer it2,3", "0.5 mg")
    mine = [
        Annotation(
            str(uuid.UUID(int=n)),
            describe(document, place(ARTICLE, words)),
            "green",
            motivation="commenting",
            note="First line\n\n> not a quote of ours\n\n1. *one*",
            tags=("ward",),
            created="2026-01-02T00:00:00+00:00",
            modified="2026-01-02T00:00:00+00:00",
        )
        for n, words in enumerate(passages)
    ]
    content = FORMATS["markdown"].content(gather(mine, {document.id: document}.get, "2026"))
    assert isinstance(content, str)
    report = take_in(library, notes, read(content.encode(), "notes.md"))
    assert report == NotesReport("Markdown", new=3)
    back = {one.id: one for one in notes.all()}
    for one in mine:
        again = back[one.id]
        assert (again.note, again.tags, again.colour) == (one.note, one.tags, one.colour)
        assert replace(again, revision=0) == one


def test_our_own_notes_wait_for_a_document_that_is_not_there(
    library: Library, notes: Notes
) -> None:
    article = with_details(
        an_article(), {"id": "c" * 64, "title": "Elsewhere", "doi": "", "address": ""}
    )
    mine = Annotation("k", describe(article, place(ARTICLE, "0.5 mg")))
    content = FORMATS["json"].content(gather([mine], {article.id: article}.get, "2026"))
    assert isinstance(content, str)
    assert take_in(library, notes, read(content.encode(), "n")).new == 1
    assert only(notes).target == mine.target


def test_a_worker_does_so_too(library: Library, notes: Notes, tmp_path: Path) -> None:
    one = FoundNote("k", TOLD, "Blood pressure rises for about an hour")
    report = take_in_for(str(tmp_path / "data"), "anna", found(one), {})
    assert report.new == 1
    assert only(notes).colour == "yellow"


def test_hypothesis_counts_in_utf_16(library: Library, notes: Notes) -> None:
    text = "An owl \U0001f989 sat there. The dose is 5 mg, and once more 5 mg."
    owls = known(Document("", "Owls", text, source="owls.txt"))
    keep(library, owls)
    mine = Annotation(str(uuid.UUID(int=1)), describe(owls, place(text, "5 mg", 1)))
    content = FORMATS["hypothesis"].content(gather([mine], {owls.id: owls}.get, "2026"))
    assert isinstance(content, str)
    told: Any = json.loads(content)
    (selector, _) = told["annotations"][0]["target"][0]["selector"]
    assert selector["start"] == mine.target.position.start + 1
    assert take_in(library, notes, read(content.encode(), "n")).check == 0
    assert only(notes).target == mine.target
