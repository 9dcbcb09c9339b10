from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.model.anchoring.selector import describe
from reader.model.annotation import Annotation, Area, Change
from reader.model.pdf.pdf_annotation import PdfAnnotation
from reader.model.span import Span
from reader.paths import Paths
from reader.problem import Problem
from reader.services import pdf_notes
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.workers import tasks
from tests.importers.pdf_samples import Sheet, Text, locked_pdf, pdf

WORDS = "Nobody slept well that night, and all of them said so."
HIGHLIGHT = (
    "/Annots [<< /Type /Annot /Subtype /Highlight /Rect [95 695 146 712] /C [0 1 0] "
    "/Contents (Why?) /T (Ada Brown) /NM (k1) >>]"
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "sleep.pdf"
    path.write_bytes(pdf([Sheet([Text(60, 700, WORDS)], extra=HIGHLIGHT)]))
    return path


def run(paths: Paths, *arguments: object) -> int:
    return main(["--data", str(paths.data), "--user", "anna", *map(str, arguments)])


def kept(paths: Paths) -> list[Annotation]:
    with closing(open_notes(paths, "anna")) as notes:
        return notes.all()


def test_notes_in_a_pdf_are_taken_in_once(
    paths: Paths, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(paths, "notes", "import", file) == 1
    assert "import it first" in capsys.readouterr().err
    assert run(paths, "import", file) == 0
    for new, known in ((1, 0), (0, 1)):
        assert run(paths, "notes", "import", file) == 0
        said = capsys.readouterr().err.splitlines()[-1]
        assert said == f"{new} note{'s' * (new != 1)} imported, {known} were there already."
    assert run(paths, "notes", "import", file, "--json") == 0
    said_as_json = json.loads(capsys.readouterr().out)
    assert [said_as_json[name] for name in ("format", "new", "known")] == ["PDF", 0, 1]
    (note,) = kept(paths)
    assert (note.target.quote.exact, note.colour, note.note) == ("slept well", "green", "Why?")
    assert note.tags == ("Ada-Brown",)


def test_notes_go_out_in_a_copy_and_the_original_stays(
    paths: Paths, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    assert run(paths, "import", file) == 0
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
    assert run(paths, "notes", "add", entry.id, "--quote", "all of them", "--note", "All?") == 0
    copy = tmp_path / "copy.pdf"
    assert run(paths, "notes", "pdf", entry.id, "-o", copy) == 0
    assert "1 note written" in capsys.readouterr().err
    with closing(Library(paths)) as library:
        source = pdf_notes.original(library, entry.id)
    assert file.read_bytes() == before == Path(source.path).read_bytes()
    found = tasks.notes_in_pdf(str(copy), source.page_map)
    assert [(n.span.cut(source.document.text), n.note, n.author) for n in found] == [
        ("slept well", "Why?", "Ada Brown"),
        ("all of them", "All?", "anna"),
    ]
    nowhere = tmp_path / "none" / "copy.pdf"
    assert run(paths, "notes", "pdf", entry.id, "-o", nowhere) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_what_is_no_pdf_has_no_copy(
    paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "a.txt"
    text.write_text(WORDS)
    assert run(paths, "import", text) == 0
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
    assert run(paths, "notes", "pdf", entry.id, "-o", tmp_path / "copy.pdf") == 1
    assert "is no PDF" in capsys.readouterr().err


def test_notes_whose_place_is_not_sure_stay_behind(paths: Paths, file: Path) -> None:
    assert run(paths, "import", file) == 0
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
        source = pdf_notes.original(library, entry.id)
    assert run(paths, "notes", "add", entry.id, "--quote", "all of them") == 0
    (note,) = kept(paths)
    moved = replace(note, target=replace(note.target, text_hash="0" * 64))
    gone = replace(note, deleted="2021-03-04T05:06:07Z")
    found = pdf_notes.printed_notes(source, [note, moved, gone], "anna")
    assert [one.key for one in found] == [note.id]


def test_an_area_on_no_page_of_the_file_keeps_no_other_note_from_its_copy(
    paths: Paths, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a file of notes from elsewhere may name one."""
    assert run(paths, "import", file) == 0
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
        source = pdf_notes.original(library, entry.id)
    here = describe(source.document, Span(0, 0))
    area = Area(entry.id, 1, 10, 10, 20, 20)
    there, nowhere = (
        Annotation(str(page), replace(here, area=replace(area, page=page))) for page in (1, 2)
    )
    with closing(open_notes(paths, "anna")) as notes:
        notes.apply(Change(None, there), Change(None, nowhere))
    copy = tmp_path / "copy.pdf"
    assert run(paths, "notes", "pdf", entry.id, "-o", copy) == 0
    assert "1 note written" in capsys.readouterr().err
    assert any(one.key == "1" for one in tasks.notes_in_pdf(str(copy), source.page_map))
    damaged = replace(source, page_map=b"")
    assert len(pdf_notes.printed_notes(damaged, [there, nowhere], "anna")) == 2


def test_unsound_notes_are_refused(paths: Paths, file: Path) -> None:
    assert run(paths, "import", file) == 0
    with closing(Library(paths)) as library, closing(open_notes(paths, "anna")) as notes:
        document = library.document(library.catalog.entries()[0].id)
        for unsound in (
            PdfAnnotation("a", Span(0, 999)),
            PdfAnnotation("a", Span(0, 4), colour="beige"),  # type: ignore[arg-type]  # that is the point
            PdfAnnotation("a", Span(0, 4), created="yesterday"),
        ):
            with pytest.raises(Problem, match="not sound"):
                pdf_notes.take_in(notes, document, [unsound])
        assert notes.all() == []


def test_exports_name_the_printed_page(
    paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = "/PageLabels << /Nums [0 << /S /D /St 41 >>] >>"
    sheets = [
        Sheet([Text(60, 700, "Nobody slept well."), Text(60, 680, "All of them were asked")]),
        Sheet([Text(60, 700, "again after a month.")]),
    ]
    path = tmp_path / "sleep.pdf"
    path.write_bytes(pdf(sheets, catalogue=labels))
    assert run(paths, "import", path) == 0
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
        text = library.document(entry.id).text
    assert "asked again" in text
    for quote in ("slept well", "asked again after"):
        assert run(paths, "notes", "add", entry.id, "--quote", quote) == 0
    for form in ("markdown", "html"):
        capsys.readouterr()
        assert run(paths, "notes", "export", "--format", form) == 0
        out = capsys.readouterr().out
        assert "p. 41 · yellow" in out
        assert "p. 41–42 · yellow" in out
    (damaged,) = paths.documents.rglob("pages.map")
    damaged.write_bytes(b"")
    assert run(paths, "notes", "export") == 0
    assert "p. 41" not in capsys.readouterr().out


def test_notes_taken_in_put_out_and_taken_in_again_stay_one(
    paths: Paths, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(paths, "import", file) == 0
    assert run(paths, "notes", "import", file) == 0
    (taken,) = kept(paths)
    with closing(open_notes(paths, "anna")) as notes:
        notes.apply(Change(taken, replace(taken, note="Because.", colour="pink")))
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
        source = pdf_notes.original(library, entry.id)
    add = ("notes", "add", entry.id, "--quote", "all of them")
    assert run(paths, *add, "--note", "All?", "--tag", "x", "--tag", "two words") == 0
    copy = tmp_path / "copy.pdf"
    assert run(paths, "notes", "pdf", entry.id, "-o", copy) == 0
    found = tasks.notes_in_pdf(str(copy), source.page_map)
    assert [(n.note, n.colour, n.tags) for n in found] == [
        ("Because.", "pink", None),
        ("All?", "yellow", ("x", "two words")),
    ]
    # Whatever becomes of the copy, nothing comes twice.
    capsys.readouterr()
    assert run(paths, "import", copy) == 0
    assert run(paths, "notes", "import", copy) == 0
    assert "0 notes imported, 2 were there already." in capsys.readouterr().err
    assert len(kept(paths)) == 2


def test_a_copy_of_a_protected_file_is_said_to_be_so(
    paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked_pdf(WORDS, ""))
    assert run(paths, "import", path) == 0
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
    copy = tmp_path / "copy.pdf"
    assert run(paths, "notes", "pdf", entry.id, "-o", copy) == 0
    assert "protected as the original is" in capsys.readouterr().err
    said = pdf_notes.what_is_said_of_copy(2, "a.pdf", copy.read_bytes())
    assert said.endswith("The file is protected as the original is, with the same password.")
    assert pdf_notes.what_is_said_of_copy(1, "a.pdf", b"").endswith("The file is not encrypted.")


def test_rectangles_are_taken_in_once_and_go_out_as_such(paths: Paths, tmp_path: Path) -> None:
    """Two without a word, at one place of the text."""
    squares = "".join(
        f"<< /Type /Annot /Subtype /Square /Rect [{x} 100 {x + 80} 200] /C [0 0 1] /IC [0 0 1] >> "
        for x in (100, 300)
    )
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf([Sheet(extra=f"/Annots [{squares}]")]))
    assert run(paths, "import", path) == 0
    for _ in range(2):
        assert run(paths, "notes", "import", path) == 0
    areas = [note.target.area for note in kept(paths)]
    assert sorted(area.x for area in areas if area is not None) == [100, 300]
    with closing(Library(paths)) as library:
        (entry,) = library.catalog.entries()
        source = pdf_notes.original(library, entry.id)
    out = pdf_notes.printed_notes(source, kept(paths), "anna")
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(tasks.pdf_with_notes(source.path, source.page_map, out))
    # They are in the file already: each is there once.
    assert len(tasks.notes_in_pdf(str(copy), source.page_map)) == 2
