from __future__ import annotations

import os
import shutil
import sys
import time
from collections import UserDict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.anchoring.selector import text_hash
from reader.model.document import with_details
from reader.paths import Paths
from reader.problem import Problem
from reader.store import library as library_module
from reader.store.catalog import CatalogEntry
from reader.store.document_files import STALE_SECONDS, DocumentFiles
from reader.store.durable_files import sync_folder
from reader.store.library import Library
from tests.store.samples import a_clock, a_document, alter

RAW = b"Give half a tablet."
PICTURE = {"p.png": b"picture"}


def test_a_document_is_kept_with_its_file_and_pictures(library: Library, paths: Paths) -> None:
    document = a_document(RAW)
    assert library.add(document, RAW, PICTURE) == "added"
    assert library.document(document.id) == document
    assert library.asset(document.id, "p.png") == b"picture"
    assert library.original(document.id).read_bytes() == RAW
    assert library.original(document.id).name == "original.txt"
    assert library.catalog.entries() == [
        CatalogEntry(
            document.id,
            "article.TXT",
            "A title",
            ("A. Writer",),
            "2024",
            "article",
            1,
            len(RAW),
            1,
            1,
            False,
            "2024-01-01T00:00:00.000Z",
            "10.1000/1",
        )
    ]
    assert list(paths.staging.iterdir()) == []
    assert library.verify() == []


def test_nobody_else_can_look_in(library: Library, paths: Paths) -> None:
    library.add(a_document(RAW), RAW, PICTURE)
    for path in paths.data.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_it_is_there_after_a_restart(library: Library, paths: Paths) -> None:
    document = a_document(RAW)
    library.add(document, RAW, PICTURE)
    again = Library(paths)
    assert again.document(document.id) == document
    again.close()


def test_what_another_process_changes_is_news_once(library: Library, paths: Paths) -> None:
    assert not library.news()
    library.add(a_document(RAW), RAW, PICTURE)
    assert not library.news()
    other = Library(paths)
    other.rename(a_document(RAW).id, "Elsewhere")
    other.close()
    assert library.news()
    assert not library.news()


def test_the_same_file_again_is_known(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(RAW)
    assert library.add(a_document(RAW), path, PICTURE) == "added"
    assert library.add(a_document(RAW, title="Other"), path, PICTURE) == "known"
    assert [entry.title for entry in library.catalog.entries()] == ["A title"]


def test_a_better_importer_makes_another_edition_beside_the_first(
    library: Library, paths: Paths
) -> None:
    first = a_document(RAW)
    library.add(first, RAW, PICTURE)
    library.set_indexed(first.id, True)
    library.rename(first.id, "My title")
    better = with_details(
        first, {"importer": "text 2", "text": "Give half a tablet.\nSlowly.", "published": "2025"}
    )
    assert library.add(better, RAW, {}) == "updated"
    assert library.document(first.id) == replace(better, title="My title")
    assert library.editions.with_text(text_hash(first.text)) == first
    assert library.editions.with_text(text_hash("never")) is None
    (entry,) = library.catalog.entries()
    assert (entry.title, entry.published, entry.indexed) == ("My title", "2025", False)
    with pytest.raises(Problem, match=r"A picture of “My title” is missing"):
        library.asset(first.id, "p.png")
    assert library.verify() == []
    assert library.add(better, RAW, {}) == "known"


def test_a_file_that_changed_since_it_was_read_is_refused(library: Library, paths: Paths) -> None:
    with pytest.raises(Problem, match="changed while it was read"):
        library.add(a_document(RAW), RAW + b"!", {})
    assert library.catalog.entries() == []
    assert list(paths.staging.iterdir()) == list(paths.documents.iterdir()) == []


def test_a_file_that_is_gone_is_a_problem(library: Library, tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"could not be kept: No such file"):
        library.add(a_document(RAW), tmp_path / "gone.txt", {})


def test_a_picture_outside_its_folder_is_refused(library: Library, paths: Paths) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        library.add(a_document(RAW), RAW, {"../p.png": b""})
    assert list(paths.staging.iterdir()) == []


def test_a_disk_error_while_moving_is_a_problem_and_nothing_is_added(
    library: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(Problem, match="No space left"):
            library.add(a_document(RAW), RAW, {})
    assert library.catalog.entries() == []
    assert library.add(a_document(RAW), RAW, {}) == "added"


@pytest.mark.parametrize("source", ["article", "article.with space", "a.averylongsuffix", ".x"])
def test_an_unusual_suffix_is_not_kept(library: Library, source: str) -> None:
    document = a_document(RAW, source=source)
    library.add(document, RAW, {})
    assert library.original(document.id).name == "original"


def test_documents_read_lately_are_kept_as_far_as_there_is_room(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_module, "_RECENT_CHARACTERS", 50)
    raws = [f"Text {i}. ".encode() * 2 for i in range(4)] + [
        b"A text that is longer than all. " * 9
    ]
    ids = [a_document(raw).id for raw in raws]
    for raw in raws:
        library.add(a_document(raw), raw, {})
    first, second = library.document(ids[0]), library.document(ids[1])
    for i in (0, 2, 3):
        library.document(ids[i])
    assert library.document(ids[0]) is first
    assert library.document(ids[1]) is not second
    assert library.document(ids[4]) is library.document(ids[4])


def test_a_new_title_is_shown_and_has_to_be_indexed(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    assert library.document(document.id).title == "A title"
    library.set_indexed(document.id, True)
    library.rename(document.id, "Other")
    assert library.document(document.id) == replace(document, title="Other")
    assert library.catalog.entries()[0].title == "Other"
    assert library.catalog.unindexed() == [document.id]


def test_a_document_is_removed_with_its_files(library: Library, paths: Paths) -> None:
    document = a_document(RAW)
    library.add(document, RAW, PICTURE)
    library.remove(document.id)
    assert library.catalog.entries() == []
    assert [path.name for path in paths.documents.iterdir()] == [f"{document.id}.removed"]
    for verb in (library.remove, library.document, library.original):
        with pytest.raises(Problem, match="has no document"):
            verb(document.id)
    with pytest.raises(Problem, match="has no document"):
        library.rename(document.id, "x")
    assert library.add(document, RAW, PICTURE) == "added"
    assert [path.name for path in paths.documents.iterdir()] == [document.id]


def test_an_id_may_be_shortened_while_it_is_unique(library: Library) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    assert library.catalog.resolve(document.id) == document.id
    assert library.catalog.resolve(document.id[:6].upper()) == document.id
    for wrong, said in [
        (document.id[:5], "at least 6"),
        ("*" * 8, "no document's id"),
        ("0" * 8, "no document whose id begins"),
        ("", "no document's id"),
    ]:
        with pytest.raises(Problem, match=said):
            library.catalog.resolve(wrong)


def test_an_id_that_is_not_unique_is_refused(library: Library, paths: Paths) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    alter(
        paths.library,
        "INSERT INTO document SELECT ?, original, edition, source, title, authors, published, "
        'kind, doi, sections, characters, "references", minutes, indexed, imported, pmid, '
        "later, journal, edits, trashed, copied FROM document",
        document.id[:10] + "0" * 54,
    )
    with pytest.raises(Problem, match="more than one document"):
        library.catalog.resolve(document.id[:8])


def test_damaged_files_are_found_and_mended_by_importing_again(
    library: Library, paths: Paths
) -> None:
    document = a_document(RAW)
    library.add(document, RAW, PICTURE)
    home = paths.document(document.id)
    (home / "original.txt").write_bytes(b"changed")
    (home / "1" / "document.json").write_bytes(b"{}")
    (home / "1" / "assets" / "p.png").unlink()
    assert library.verify() == [
        "The original file of “A title” is missing or damaged.",
        "The files of “A title” are damaged. Import the document again.",
        "A picture of “A title” is missing or damaged.",
    ]
    again = Library(paths)
    with pytest.raises(Problem, match="Import the document again"):
        again.document(document.id)
    with pytest.raises(Problem, match="missing or damaged"):
        again.asset(document.id, "p.png")
    assert again.editions.with_text(text_hash(document.text)) is None
    assert again.add(document, RAW, PICTURE) == "updated"
    assert again.document(document.id) == document
    assert again.verify() == []
    again.close()


def test_a_document_of_another_format_is_read_again(library: Library) -> None:
    unsound = a_document(RAW, text="shorter")
    library.add(unsound, RAW, {})
    with pytest.raises(Problem, match="Import the document again"):
        library.document(unsound.id)
    assert library.add(a_document(RAW), RAW, {}) == "updated"
    assert library.document(unsound.id).text == RAW.decode()


def test_a_folder_that_somebody_deleted_comes_back_by_importing_again(
    library: Library, paths: Paths
) -> None:
    document = a_document(RAW)
    library.add(document, RAW, PICTURE)
    shutil.rmtree(paths.document(document.id))
    assert library.add(document, RAW, PICTURE) == "updated"
    assert library.verify() == []


def test_what_another_process_has_just_moved_away_is_passed_over(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(paths).close()
    moved = paths.staging / "moved"
    monkeypatch.setattr(Path, "iterdir", lambda _: iter([moved]))
    shelf = DocumentFiles(paths)
    shelf.clear_staging()
    assert not moved.exists()


def test_what_a_crash_left_is_cleared_away_but_not_what_others_do(
    library: Library, paths: Paths
) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    (paths.documents / "my own folder").mkdir()
    (paths.staging / "old").mkdir()
    (paths.staging / "young").mkdir()
    long_ago = time.time() - STALE_SECONDS - 60
    os.utime(paths.staging / "old", (long_ago, long_ago))
    Library(paths).close()
    assert {p.name for p in paths.documents.iterdir()} == {document.id, "my own folder"}
    assert [p.name for p in paths.staging.iterdir()] == ["young"]


def test_an_edition_that_a_crash_left_gives_way(library: Library, paths: Paths) -> None:
    document = a_document(RAW)
    library.add(document, RAW, {})
    (paths.document(document.id) / "2" / "assets").mkdir(parents=True)
    library.add(replace(document, importer="text 2", text="Other", sections=()), RAW, {})
    assert library.document(document.id).text == "Other"


def test_two_processes_may_add_the_same_document(library: Library, paths: Paths) -> None:
    other = Library(paths, a_clock())
    one, two = a_document(b"one"), a_document(b"two")
    assert library.add(one, b"one", {}) == "added"
    assert other.add(two, b"two", {}) == "added"
    assert other.add(one, b"one", {}) == "known"
    assert len(library.catalog.entries()) == len(other.catalog.entries()) == 2
    assert library.document(two.id) == two
    other.close()


@pytest.mark.parametrize("editions", [["1"], ["1", "2"]], ids=["new", "read anew"])
def test_a_document_that_another_process_adds_meanwhile_has_one_edition(
    library: Library, paths: Paths, editions: list[str]
) -> None:
    document = replace(a_document(RAW), importer="text/2")
    if len(editions) == 2:
        library.add(replace(document, importer="text/1"), RAW, PICTURE)

    class AddedMeanwhile(UserDict[str, bytes]):
        def __iter__(self) -> Iterator[str]:
            other = Library(paths)
            other.add(document, RAW, PICTURE)
            other.close()
            return super().__iter__()

    assert library.add(document, RAW, AddedMeanwhile(PICTURE)) == "known"
    assert library.verify() == []
    assert list(paths.staging.iterdir()) == []
    assert sorted(one.name for one in paths.documents.glob("*/[0-9]*")) == editions


def test_our_own_documents_are_put_in_once(library: Library, paths: Paths) -> None:
    assert not library.seeded
    library.set_seeded()
    library.set_seeded()
    again = Library(paths)
    assert again.seeded
    assert again.staging == paths.staging
    again.close()


def test_on_windows_a_folder_is_not_asked_to_be_durable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "open", None)
    sync_folder(tmp_path)
