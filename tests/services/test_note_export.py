"""Notes that went out are read back; what is missing then is said."""

from __future__ import annotations

import hashlib
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.exporters.registry import Format
from reader.model.annotation import Change
from reader.model.document import Document
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services import note_export as taking_out
from reader.services.note_export import NoteSelection, export, export_to_file
from reader.settings import COLOUR_MEANINGS
from reader.store.library import Library
from reader.store.notes import open_notes
from tests.exporters.test_formats import a_note, a_notebook
from tests.model.samples import an_article


def test_what_was_given_is_said(tmp_path: Path) -> None:
    notebook = a_notebook(a_note(an_article(), Span(0, 8)), a_note(an_article(), Span(2, 8), 1))
    given = export_to_file(notebook, "markdown", str(tmp_path / "a.md"))
    assert str(given) == (
        f"2 notes are in “{tmp_path / 'a.md'}”, read back and compared. The file is not encrypted."
    )
    assert str(taking_out.ExportResult(1, "b")).startswith("1 note is in “b”, read back")


def test_a_file_that_does_not_hold_all_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebook = a_notebook(a_note(an_article(), Span(0, 8)))

    def half(target: Path, content: str | bytes) -> None:
        target.write_text(str(content)[: len(content) // 2])

    for name in ("markdown", "csv"):
        with monkeypatch.context() as patch:
            patch.setattr(taking_out, "write_whole", half)
            with pytest.raises(Problem, match="does not hold all the notes"):
                export_to_file(notebook, name, str(tmp_path / "a"))
    with monkeypatch.context() as patch:
        patch.setattr(Format, "content", lambda *_: "Nothing.")
        with pytest.raises(Problem, match="does not hold all the notes"):
            export_to_file(notebook, "markdown", str(tmp_path / "a"))
    monkeypatch.setattr(taking_out, "write_whole", lambda *_: None)
    with pytest.raises(Problem, match="cannot be read back"):
        export_to_file(notebook, "markdown", str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("wanted", "does"),
    [
        (NoteSelection(since="2026-01-02", until="2026-01-02"), True),
        (NoteSelection(since="2026-01-03"), False),
        (NoteSelection(until="2026-01-01"), False),
    ],
)
def test_days(wanted: NoteSelection, does: bool) -> None:
    note = a_note(an_article(), Span(0, 8))
    assert wanted.lets_through(note) is does


def test_a_folder_that_does_not_hold_all_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = Paths(tmp_path / "data")
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        document = replace(an_article(), id=hashlib.sha256(b"x").hexdigest())
        library.add(document, b"x", {})
        notes.apply(Change(None, a_note(document, Span(0, 8), note="Mine", tags=("x",))))
    target = str(tmp_path / "out")
    given = export(str(paths.data), "anna", NoteSelection(), "markdown-folder", target)
    assert str(given).startswith("1 note is in 1 file in")
    again = export(str(paths.data), "anna", NoteSelection(), "markdown-folder", target)
    assert again == given
    (tmp_path / "out" / given.files[0]).write_text("Mine.")
    monkeypatch.setattr(taking_out, "write_whole", lambda path, _: path.write_text("Half"))
    with pytest.raises(Problem, match="does not hold all the notes"):
        export(str(paths.data), "anna", NoteSelection(), "markdown-folder", target)


def test_what_went_where_is_said_in_one_go() -> None:
    given = taking_out.ExportResult(3, "notes", ("a.md", "a (2).md"), (("a.md", "a (2).md"),))
    assert str(given) == (
        "3 notes are in 2 files in “notes”, read back and compared. They are not encrypted. "
        "“a.md” was changed by somebody and is left as it is; the notes are in “a (2).md”."
    )


def test_sources_go_out_also_where_nothing_is_noted(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        ids = []
        for title in ("Beta", "Alpha"):
            digest = hashlib.sha256(title.encode()).hexdigest()
            one = Document(digest, title, f"All about {title} and nothing else at all.")
            library.add(one, title.encode(), {})
            ids.append(one.id)
        library.details.label("collection", ids[0], ["club"])
        notes.apply(Change(None, a_note(library.document(ids[1]), Span(0, 8))))
    target = tmp_path / "out.bib"

    def titles(wanted: NoteSelection) -> list[str]:
        given = export(str(paths.data), "anna", wanted, "bibtex", str(target))
        found = re.findall(r"title = \{\{(.*)\}\}", target.read_text())
        assert given.count == len(found)
        assert "source" in str(given)
        return found

    assert titles(NoteSelection()) == ["Alpha", "Beta"]
    assert titles(NoteSelection(collection="club")) == ["Beta"]
    assert titles(NoteSelection(document_id=ids[1])) == ["Alpha"]
    # What is asked of the notes holds for the sources too.
    assert titles(NoteSelection(colours=("yellow",))) == ["Alpha"]
    assert titles(NoteSelection(document_id="0" * 64)) == []


def test_colours_are_what_they_mean_to_the_person(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        document = replace(an_article(), id=hashlib.sha256(b"x").hexdigest())
        library.add(document, b"x", {})
        notes.apply(Change(None, a_note(document, Span(0, 8))))
        notes.set_setting(COLOUR_MEANINGS, {"yellow": "Doses", "green": "Other"})
    export(str(paths.data), "anna", NoteSelection(), "markdown", str(tmp_path / "a.md"))
    assert "Doses (yellow) · 2026-01-02" in (tmp_path / "a.md").read_text()
