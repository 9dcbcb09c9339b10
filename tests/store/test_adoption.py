"""Documents that the list does not have are taken up, and removed ones stay away."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reader.model.document import Document
from reader.model.heading_correction import Correction
from reader.paths import Paths
from reader.problem import Problem
from reader.store import document_rows
from reader.store import library as library_module
from reader.store.document_files import DocumentFiles
from reader.store.library import Library
from tests.store.samples import a_clock, a_document, alter

PICTURE = {"p.png": b"picture"}


def filled(paths: Paths, count: int = 3) -> list[Document]:
    """A library of so many documents; it is closed."""
    documents = [a_document(f"Text {n}.".encode(), title=f"Title {n}") for n in range(count)]
    with closing(Library(paths, a_clock())) as library:
        for document in documents:
            library.add(document, document.text.encode(), PICTURE)
    return documents


def lose_list(paths: Paths) -> None:
    for path in paths.data.glob("library.db*"):
        path.unlink()


def empty_list(paths: Paths) -> None:
    lose_list(paths)
    paths.library.write_bytes(b"")


def damage_list(paths: Paths) -> None:
    lose_list(paths)
    paths.library.write_bytes(b"no database at all" * 999)


def all_that_is_said(library: Library) -> object:
    return (
        [
            (one.id, one.title, one.authors, one.doi, one.later)
            for one in library.catalog.entries(True)
        ],
        library.details.labels("tag"),
        library.details.labels("collection"),
        library.details.trash(),
        [library.details.edits(one.id) for one in library.catalog.entries(True)],
        [library.details.corrections(one.id) for one in library.catalog.entries(True)],
        [library.offers.parted(one.id) for one in library.catalog.entries(True)],
        [library.joins.partners(one.id) for one in library.catalog.entries(True)],
    )


def say_all_there_is(library: Library, documents: list[Document]) -> None:
    """A person's title, details, heading, labels, trash, and which edition it is of which."""
    first, second, third, fourth = (one.id for one in documents)
    library.rename(first, "Mine")
    library.edit(first, {"doi": "10.1/x", "authors": ("A. Person", "B. Ωther")})
    library.correct(first, [Correction(0, "Text 0.", 1)])
    library.details.label("tag", first, ["a", "b"])
    library.details.label("collection", second, ["Ward"])
    library.editions.follow(second, third)
    library.offers.answer(fourth, first, "parted")
    library.joins.join(first, third)
    library.details.put_in_trash(fourth)


@pytest.mark.parametrize("harm", [lose_list, empty_list, damage_list])
def test_without_a_list_all_that_a_person_said_is_there(
    paths: Paths, harm: Callable[[Paths], None]
) -> None:
    documents = filled(paths, 4)
    with closing(Library(paths, a_clock())) as library:
        say_all_there_is(library, documents)
        before = all_that_is_said(library)
    harm(paths)
    with closing(Library(paths, a_clock())) as library:
        assert all_that_is_said(library) == before
        assert library.verify() == []


def test_what_a_person_takes_back_does_not_come_again(paths: Paths) -> None:
    (document,) = filled(paths, 1)
    with closing(Library(paths)) as library:
        library.rename(document.id, "Mine")
        library.details.label("tag", document.id, ["a"])
        library.rename(document.id, document.title)
        library.details.label("tag", document.id, [])
    assert not (paths.document(document.id) / "said.json").exists()
    lose_list(paths)
    with closing(Library(paths)) as library:
        assert [entry.title for entry in library.catalog.entries()] == [document.title]
        assert library.details.labels("tag") == {}


def test_a_library_of_an_earlier_release_gets_its_copies(paths: Paths) -> None:
    documents = filled(paths, 3)
    with closing(Library(paths)) as library:
        for document in documents:
            library.rename(document.id, "Mine")
    for document in documents:
        (paths.document(document.id) / "said.json").unlink()
    alter(paths.library, "UPDATE document SET copied = -1")
    with closing(Library(paths)) as library:
        library.adoption.run_all()
    lose_list(paths)
    with closing(Library(paths)) as library:
        assert {entry.title for entry in library.catalog.entries()} == {"Mine"}


def test_a_full_disk_keeps_the_copy_for_later(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    (document,) = filled(paths, 1)
    with closing(Library(paths)) as library:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", _full)
            library.rename(document.id, "Mine")
        assert library.document(document.id).title == "Mine"
        library.set_seeded()
    lose_list(paths)
    with closing(Library(paths)) as library:
        assert library.document(document.id).title == "Mine"


@pytest.mark.parametrize(
    "planted",
    [
        "no JSON",
        "[]",
        "[" * 100_000,
        '{"title": 5, "edits": [], "tag": "x", "later": "../../etc", "offers": {}}',
        '{"title": "", "edits": {"authors": "x", "doi": 7, "text": "gone", "headings": 3}}',
        '{"edits": {"headings": [1, [0, "Text 0.", "1"], [true, "Text 0.", 1], ["0"]]}}',
        '{"tag": [1, null, ""], "trashed": 1, "offers": [1, ["x"], ["%s", 2, "", "no", ""]]}',
        '{"later": "%s"}',
    ],
)
def test_a_copy_that_is_none_of_ours_says_nothing(paths: Paths, planted: str) -> None:
    (document,) = filled(paths, 1)
    lose_list(paths)
    said = paths.document(document.id) / "said.json"
    said.write_text(planted.replace("%s", "f" * 64), encoding="utf-8")
    with closing(Library(paths)) as library:
        assert library.document(document.id) == document
        assert [entry.later for entry in library.catalog.entries()] == [""]
        assert library.details.labels("tag") == {}
        assert not library.details.is_trashed(document.id)


def test_a_copy_that_is_a_link_or_too_large_says_nothing(paths: Paths, tmp_path: Path) -> None:
    first, second = filled(paths, 2)
    lose_list(paths)
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_text('{"title": "Not mine"}', encoding="utf-8")
    (paths.document(first.id) / "said.json").symlink_to(elsewhere)
    large = '{"title": "Not mine"}' + " " * 5_000_000
    (paths.document(second.id) / "said.json").write_text(large, encoding="utf-8")
    with closing(Library(paths)) as library:
        assert {entry.title for entry in library.catalog.entries()} == {first.title, second.title}


@pytest.mark.parametrize("harm", [lose_list, empty_list, damage_list])
def test_without_a_list_the_documents_are_all_there(
    paths: Paths, harm: Callable[[Paths], None]
) -> None:
    documents = filled(paths)
    harm(paths)
    with closing(Library(paths)) as library:
        assert {entry.id for entry in library.catalog.entries()} == {one.id for one in documents}
        assert [library.document(one.id) for one in documents] == documents
        assert library.asset(documents[0].id, "p.png") == b"picture"
        assert library.original(documents[0].id).name == "original.txt"
        assert set(library.catalog.unindexed()) == {one.id for one in documents}
        assert library.verify() == []
        said = library.adoption.take_notices()
        assert said[-1] == "3 documents were missing in the library's list, and are there again."
        assert library.adoption.take_notices() == []


def test_an_older_list_gets_what_came_since_and_loses_what_was_removed_since(
    paths: Paths, tmp_path: Path
) -> None:
    first, second, _ = filled(paths)
    older = tmp_path / "older.db"
    shutil.copy(paths.library, older)
    newer = a_document(b"Text that came later.", title="Later")
    with closing(Library(paths)) as library:
        library.remove(first.id)
        library.add(newer, newer.text.encode(), {})
        library.add(
            replace(second, importer="text 2", text="Read better.", sections=()),
            second.text.encode(),
            {},
        )
    lose_list(paths)
    shutil.copy(older, paths.library)
    with closing(Library(paths)) as library:
        library.adoption.run()
        assert library.adoption.adopt_editions() == 1
        library.adoption.run_all()
        titles = {entry.title for entry in library.catalog.entries()}
        assert titles == {"Title 1", "Title 2", "Later"}
        assert library.document(second.id).text == "Read better."
        assert len(library.editions.all(second.id)) == 2
        assert library.verify() == []
        assert library.was_removed(first.id)


def test_the_editions_of_a_folder_come_with_it(paths: Paths) -> None:
    (first,) = filled(paths, 1)
    with closing(Library(paths)) as library:
        better = replace(first, importer="text 2", text="Read better.", sections=())
        library.add(better, first.text.encode(), {})
    lose_list(paths)
    with closing(Library(paths)) as library:
        assert library.document(first.id) == replace(better, title=first.title)
        assert [one.number for one in library.editions.all(first.id)] == [2, 1]


def test_a_great_many_are_left_to_whoever_has_time(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(paths, 5)
    lose_list(paths)
    monkeypatch.setattr(library_module, "ADOPTED_AT_ONCE", 2)
    with closing(Library(paths)) as library:
        assert len(library.catalog.entries()) == 2
        assert library.adoption.run(1) == 2
        assert library.adoption.run() == 0
        assert len(library.catalog.entries()) == 5
        assert library.adoption.run() == 0


def test_what_cannot_be_rebuilt_is_put_aside_and_said(paths: Paths) -> None:
    good, bad, foreign = filled(paths)
    lose_list(paths)
    (paths.document(bad.id) / "1" / "document.json").write_bytes(b"{")
    shutil.copy(
        paths.document(good.id) / "1" / "document.json",
        paths.document(foreign.id) / "1" / "document.json",
    )
    (paths.documents / ("0" * 64)).write_bytes(b"a file")
    (paths.documents / "my own folder").mkdir()
    with closing(Library(paths)) as library:
        assert [entry.id for entry in library.catalog.entries()] == [good.id]
        lost = sorted(path.name for path in paths.lost.iterdir() if not path.name.startswith("."))
        assert lost == sorted([bad.id, foreign.id, "0" * 64])
        assert (paths.lost / bad.id / "original.txt").read_bytes() == bad.text.encode()
        assert (paths.documents / "my own folder").is_dir()
        said = " ".join(library.adoption.take_notices())
        assert "3 folders that hold no readable document" in said
        assert "1 document was missing" in said
        (*_, last) = faults = library.verify()
        assert len(faults) == 3
        assert "holds no document that can be read" in last
        # The same bytes again: what was put aside stays.
        assert library.add(bad, bad.text.encode(), PICTURE) == "added"
        (paths.document(bad.id) / "1" / "document.json").write_bytes(b"{")
    lose_list(paths)
    with closing(Library(paths)) as library:
        assert (paths.lost / f"{bad.id}-2").is_dir()
        assert "1 folder that holds" in " ".join(library.adoption.take_notices())


def test_a_folder_that_cannot_be_moved_stays(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    (bad,) = filled(paths, 1)
    lose_list(paths)
    shutil.rmtree(paths.document(bad.id) / "1")
    monkeypatch.setattr(Path, "replace", _full)
    with closing(Library(paths)) as library:
        assert library.catalog.entries() == []
        assert library.adoption.take_notices() == []
    assert paths.document(bad.id).is_dir()


def _full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_damaged_original_is_said_and_kept_when_the_true_one_comes(paths: Paths) -> None:
    (document,) = filled(paths, 1)
    lose_list(paths)
    original = paths.document(document.id) / "original.txt"
    original.write_bytes(b"damaged")
    with closing(Library(paths)) as library:
        assert library.document(document.id) == document
        assert library.verify() == ["The original file of “Title 0” is missing or damaged."]
        assert library.add(document, document.text.encode(), PICTURE) == "updated"
        assert library.verify() == []
    (aside,) = (path for path in paths.lost.iterdir())
    assert aside.read_bytes() == b"damaged"


def test_an_original_that_is_missing_has_a_name_all_the_same(paths: Paths) -> None:
    (document,) = filled(paths, 1)
    lose_list(paths)
    (paths.document(document.id) / "original.txt").unlink()
    with closing(Library(paths)) as library:
        assert library.original(document.id).name == "original"
        library.add(document, document.text.encode(), PICTURE)
        assert library.verify() == []


def test_a_document_that_lies_there_unlisted_is_known_when_it_is_added(paths: Paths) -> None:
    (document,) = filled(paths, 1)
    with closing(Library(paths)) as library:
        alter(paths.library, "DELETE FROM document")
        assert library.add(document, document.text.encode(), PICTURE) == "known"
        assert library.document(document.id) == document
        # Another process may have taken it up meanwhile.
        with library._database.transaction():
            library.adoption.adopt(document.id)
            library.adoption.adopt("0" * 64)
        assert len(library.catalog.entries()) == 1


def test_a_number_that_a_crash_left_is_not_used_again(paths: Paths) -> None:
    (document,) = filled(paths, 1)
    (paths.document(document.id) / "2").mkdir()
    with closing(Library(paths)) as library:
        better = replace(document, importer="text 2", text="Better.", sections=())
        library.add(better, document.text.encode(), {})
        assert (paths.document(document.id) / "3" / "document.json").is_file()
        assert (paths.document(document.id) / "2").is_dir()
        assert library.adoption.adopt_editions() == 0
        alter(paths.library, "DELETE FROM edition")
        (fault,) = library.verify()
        assert fault.endswith("has no text. Import it again.")


def test_what_another_process_is_adding_right_now_is_not_taken_up(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library(paths).close()
    document = a_document(b"Being added.")
    placed, go_on = threading.Event(), threading.Event()
    write_row = document_rows.add_document

    def wait_between(*parts: Any) -> None:
        placed.set()
        go_on.wait(20)
        write_row(*parts)

    def add() -> None:
        with closing(Library(paths)) as library:
            library.add(document, b"Being added.", {})

    monkeypatch.setattr(document_rows, "add_document", wait_between)
    adding = threading.Thread(target=add)
    adding.start()
    assert placed.wait(20)
    # Its folder is in its place, and its row is not written.
    assert paths.document(document.id).is_dir()
    found: list[list[str]] = []

    def open_library() -> None:
        with closing(Library(paths)) as library:
            found.append([entry.id for entry in library.catalog.entries()])
            found.append(library.adoption.take_notices())

    opening = threading.Thread(target=open_library)
    opening.start()
    opening.join(0.3)
    assert opening.is_alive()
    go_on.set()
    opening.join(20)
    adding.join(20)
    assert found == [[document.id], []]


# What a person removed


def removed_at(paths: Paths, document_id: str, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Removes a document as a process does that is killed before that step."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, closing(Library(paths)) as library:
        patch.setattr(DocumentFiles, step, killed)
        # A process that is killed takes nothing back.
        patch.setattr(DocumentFiles, "take_back_removal", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            library.remove(document_id)


@pytest.mark.parametrize("step", ["begin_removal", "end_removal"])
@pytest.mark.parametrize("list_too", [True, False])
def test_a_removal_that_was_interrupted_is_whole_or_never_was(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, step: str, list_too: bool
) -> None:
    first, second = filled(paths, 2)
    removed_at(paths, first.id, monkeypatch, step)
    if list_too:
        lose_list(paths)
    stays = [second.id] if step == "end_removal" else [first.id, second.id]
    for _ in range(2):
        with closing(Library(paths)) as library:
            assert {entry.id for entry in library.catalog.entries()} == set(stays)
            assert library.verify() == []
    names = {path.name for path in paths.documents.iterdir()}
    assert names == {*stays, *([f"{first.id}.removed"] if step == "end_removal" else [])}


def test_a_removal_whose_row_cannot_go_is_taken_back(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = filled(paths, 2)
    with closing(Library(paths)) as library:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "touch", _full)
            with pytest.raises(Problem, match="could not be removed: No space"):
                library.remove(first.id)
        assert library.document(first.id) == first
        assert not library.was_removed(first.id)
        assert library.verify() == []


def test_a_folder_that_somebody_deleted_can_be_removed_from_the_list(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = filled(paths, 1)
    shutil.rmtree(paths.document(first.id))
    with closing(Library(paths)) as library:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "touch", _full)
            with pytest.raises(Problem, match="could not be removed"):
                library.remove(first.id)
        assert len(library.catalog.entries()) == 1
        library.remove(first.id)
        assert library.catalog.entries() == []


def test_what_is_left_of_an_earlier_removal_gives_way(paths: Paths) -> None:
    (first,) = filled(paths, 1)
    with closing(Library(paths)) as library:
        going = paths.documents / f"{first.id}.removing"
        going.mkdir()
        (going / "left").write_bytes(b"")
        library.remove(first.id)
        assert not going.exists()


def test_what_somebody_puts_back_is_there_again(paths: Paths, tmp_path: Path) -> None:
    (first,) = filled(paths, 1)
    shutil.copytree(paths.document(first.id), tmp_path / "kept")
    with closing(Library(paths)) as library:
        library.remove(first.id)
        assert library.was_removed(first.id)
    shutil.copytree(tmp_path / "kept", paths.document(first.id))
    (paths.documents / f"{first.id}.removing").mkdir()
    with closing(Library(paths)) as library:
        assert library.document(first.id) == first
        assert not library.was_removed(first.id)
    assert [path.name for path in paths.documents.iterdir()] == [first.id]


def test_what_was_removed_comes_back_when_it_is_added_again(paths: Paths) -> None:
    (first,) = filled(paths, 1)
    with closing(Library(paths)) as library:
        library.remove(first.id)
        library.add(first, first.text.encode(), PICTURE)
    lose_list(paths)
    with closing(Library(paths)) as library:
        assert [entry.id for entry in library.catalog.entries()] == [first.id]


def test_a_tombstone_that_cannot_be_written_is_left_to_the_next_start(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first,) = filled(paths, 1)
    removed_at(paths, first.id, monkeypatch, "end_removal")
    (paths.documents / f"{first.id}.removed").unlink()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", _full)
        Library(paths).close()
    with closing(Library(paths)) as library:
        assert library.was_removed(first.id)


# A damaged list


def fill_with_labels(paths: Paths) -> list[Document]:
    documents = filled(paths, 200)
    with closing(Library(paths)) as library:
        for number, document in enumerate(documents):
            library.rename(document.id, f"My title {number}")
            library.details.label("tag", document.id, [f"tag {number}"])
        library.set_seeded()
        alter(paths.library, "PRAGMA wal_checkpoint(TRUNCATE)")
    return documents


def overwrite_a_page(paths: Paths) -> bytes:
    """Overwrites a page of the rows of documents, not of what is sorted by them; gives all."""
    content = bytearray(paths.library.read_bytes())
    pages = [n for n in range(0, len(content), 4096) if b'["A. Writer"]' in content[n : n + 4096]]
    start = pages[len(pages) // 2]
    content[start : start + 4096] = b"\xff" * 4096
    paths.library.write_bytes(content)
    return bytes(content)


def test_of_a_damaged_list_what_can_be_read_is_taken_over(paths: Paths) -> None:
    documents = fill_with_labels(paths)
    with closing(Library(paths)) as library:
        library.joins.join(documents[0].id, documents[1].id)
    shutil.rmtree(paths.document(documents[-1].id))
    content = overwrite_a_page(paths)
    with closing(Library(paths)) as library:
        library.adoption.run()
        titles = [entry.title for entry in library.catalog.entries()]
        assert len(titles) == 199
        # A row that could not be read has its copy in the folder.
        assert all(title.startswith("My title") for title in titles)
        labels = library.details.labels("tag")
        assert all(labels[one.id] == (f"tag {n}",) for n, one in enumerate(documents[:-1]))
        assert library.joins.partners(documents[0].id) == [documents[1].id]
        assert library.seeded
        assert library.verify() == []
        assert "was damaged, and was made anew" in library.adoption.take_notices()[0]
    assert (paths.lost / "library-1.db").read_bytes() == content


def test_a_damaged_list_without_editions_gets_them_from_the_folders(paths: Paths) -> None:
    documents = fill_with_labels(paths)
    first, second, third = documents[:3]
    with closing(Library(paths)) as library:
        library.editions.follow(first.id, third.id)
        alter(paths.library, "PRAGMA foreign_keys = OFF")
        for table in ("edition", "asset", "label"):
            alter(paths.library, f"DROP TABLE {table}")
        alter(paths.library, "PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.rmtree(paths.document(second.id) / "1")
    shutil.rmtree(paths.document(third.id))
    overwrite_a_page(paths)
    with closing(Library(paths)) as library:
        library.adoption.run()
        assert len(library.catalog.entries()) == 198
        (entry,) = (one for one in library.catalog.entries() if one.id == first.id)
        assert entry.title == "My title 0"
        assert library.editions.latest(first.id) == first.id
        assert library.document(first.id).text == first.text
        assert (paths.lost / second.id).is_dir()


def test_a_damaged_list_is_made_anew_once(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(paths)
    damage_list(paths)
    Library(paths).close()
    damage_list(paths)
    for suffix in ("-wal", "-journal"):
        paths.library.with_name(f"library.db{suffix}").write_bytes(b"")
    Library(paths).close()
    names = {path.name for path in paths.lost.iterdir() if path.name[0] != "."}
    assert {"library-1.db", "library-2.db"} <= names


def test_a_damaged_list_that_cannot_be_moved_is_said(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(paths)
    damage_list(paths)
    content = paths.library.read_bytes()
    monkeypatch.setattr(Path, "replace", _full)
    with pytest.raises(Problem, match="is damaged, and cannot be moved: No space"):
        Library(paths)
    assert paths.library.read_bytes() == content


def test_on_a_disk_that_cannot_be_written_what_is_listed_can_be_read(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = filled(paths, 2)
    with closing(Library(paths)) as library:
        alter(paths.library, "DELETE FROM document WHERE id = ?", second.id)
        alter(paths.library, "PRAGMA wal_checkpoint(TRUNCATE)")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with closing(Library(paths)) as library:
        assert [entry.id for entry in library.catalog.entries()] == [first.id]
