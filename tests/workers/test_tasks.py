from __future__ import annotations

import json
import os
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.importers import registry
from reader.importers.result import ImportResult
from reader.model.document import Document
from reader.model.serialization import document_to_plain
from reader.paths import Paths
from reader.problem import Problem
from reader.services.staging import ReadResult, checked
from reader.store.backups import backups
from reader.store.library import Library
from reader.store.notes import open_notes
from reader.workers import search_tasks, tasks
from tests.store.samples import a_document, added

ARTICLE = """# On doses

![A curve](curve.png "A curve")

## Amount

Give half a tablet, slowly.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.md"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def staging(paths: Paths) -> Path:
    return paths.staging


def staged(staging: Path) -> list[Path]:
    return list(staging.iterdir())


def test_a_file_is_read_into_a_folder_and_taken_in(article: Path, paths: Paths) -> None:
    result = tasks.read(str(article), str(paths.staging))
    assert [str(path) for path in staged(paths.staging)] == [result.folder]
    with closing(Library(paths)) as library:
        assert tasks.take_in(library, result) == "added"
        document = library.document(result.document_id)
        assert document.title == "On doses"
        assert document.source == "article.md"
        assert library.original(document.id).read_text(encoding="utf-8") == ARTICLE
    assert staged(paths.staging) == []
    again = tasks.read(str(article), str(paths.staging))
    assert tasks.keep(str(paths.data), again) == ["known"]


def test_the_same_file_read_again_is_the_same_document(article: Path, staging: Path) -> None:
    documents = []
    for _ in range(2):
        with checked(tasks.read(str(article), str(staging)), staging) as taken:
            documents.append(taken.document)
            assert taken.original.name == "article.md"
    assert documents[0] == documents[1]
    assert staged(staging) == []


def test_a_file_that_cannot_be_read_leaves_nothing(tmp_path: Path, staging: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(Problem, match="is a picture"):
        tasks.read(str(tmp_path / "picture.png"), str(staging))
    assert staged(staging) == []
    with pytest.raises(Problem, match=r"no file “none\.txt”"):
        tasks.read(str(tmp_path / "none.txt"), str(staging))


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (MemoryError(), "“article.md” is too large or too deeply nested."),
        (RecursionError(), "“article.md” is too large or too deeply nested."),
        (OSError(28, "No space left on device"), "cannot be imported: No space left on device."),
    ],
)
def test_what_an_importer_meets_is_a_problem(
    article: Path, staging: Path, monkeypatch: pytest.MonkeyPatch, raised: Exception, said: str
) -> None:
    def read(path: Path) -> object:
        raise raised

    monkeypatch.setattr(registry, "importer_for", lambda path, head: read)
    with pytest.raises(Problem) as caught:
        tasks.read(str(article), str(staging))
    assert said in caught.value.sentence
    assert staged(staging) == []


def test_a_name_that_is_no_text_becomes_one(tmp_path: Path, staging: Path) -> None:
    path = os.fsencode(tmp_path) + b"/gr\xfcn.txt"
    Path(os.fsdecode(path)).write_bytes(b"Give half a tablet, slowly.")
    result = tasks.read(os.fsdecode(path), str(staging))
    with checked(result, staging) as taken:
        assert taken.document.source == "gr\ufffdn.txt"


def test_pictures_come_with_the_document(
    article: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path) -> ImportResult:
        return ImportResult(a_document(path.read_bytes()), {"p.png": b"picture"})

    monkeypatch.setattr(registry, "importer_for", lambda path, head: read)
    with checked(tasks.read(str(article), str(staging)), staging) as taken:
        assert taken.assets == {"p.png": b"picture"}


def a_reading(staging: Path, document: Document, **pictures: bytes) -> ReadResult:
    """What a process leaves that read a document, or was taken over and pretends so."""
    folder = staging / "abc_1"
    for name in ("original", "assets"):
        (folder / name).mkdir(parents=True)
    (folder / "original" / document.source).write_bytes(document.text.encode())
    (folder / "document.json").write_text(json.dumps(document_to_plain(document)))
    for name, content in pictures.items():
        (folder / "assets" / name.replace("_", ".")).write_bytes(content)
    return ReadResult(document.id, str(folder))


def test_only_pictures_that_are_shown_are_taken(paths: Paths, tmp_path: Path) -> None:
    document = a_document(b"Words")
    result = a_reading(paths.staging, document, p_png=b"picture", q_png=b"other")
    with checked(result, paths.staging) as taken:
        assert taken.assets == {"p.png": b"picture"}
    result = a_reading(paths.staging, document)
    (tmp_path / "secret").write_text("secret")
    (paths.staging / "abc_1" / "assets" / "p.png").symlink_to(tmp_path / "secret")
    with checked(result, paths.staging) as taken:
        assert taken.assets == {}


@pytest.mark.parametrize("folder", ["..", "/", "a/..", ".", "a b"])
def test_a_folder_outside_staging_is_neither_read_nor_removed(
    paths: Paths, folder: str, tmp_path: Path
) -> None:
    paths.staging.mkdir(parents=True)
    with (
        pytest.raises(Problem, match="not sound"),
        checked(ReadResult("", folder), paths.staging),
    ):
        pass
    assert paths.staging.is_dir()


def unsound_text(folder: Path) -> None:
    (folder / "document.json").write_text('{"format": 1}')


def no_json(folder: Path) -> None:
    (folder / "document.json").write_bytes(b"\xff\xfe{")


def too_deep(folder: Path) -> None:
    (folder / "document.json").write_text("[" * 200_000)


def no_document(folder: Path) -> None:
    (folder / "document.json").unlink()


def no_original(folder: Path) -> None:
    (folder / "original" / "article.TXT").unlink()


def two_originals(folder: Path) -> None:
    (folder / "original" / "another").write_text("")


@pytest.mark.parametrize(
    "spoil", [unsound_text, no_json, too_deep, no_document, no_original, two_originals]
)
def test_what_is_not_sound_is_not_taken_in(paths: Paths, spoil: Any) -> None:
    result = a_reading(paths.staging, a_document(b"Words"))
    spoil(Path(result.folder))
    with closing(Library(paths)) as library:
        with pytest.raises(Problem, match="not sound"):
            tasks.take_in(library, result)
        assert library.catalog.entries() == []
    assert staged(paths.staging) == []


def test_a_document_larger_than_any_is_not_taken_in(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.services.staging.LARGEST_DOCUMENT_BYTES", 10)
    result = a_reading(paths.staging, a_document(b"Words"))
    (refused,) = tasks.keep(str(paths.data), result)
    assert isinstance(refused, Problem)
    assert "not sound" in refused.sentence


def test_a_new_library_gets_our_own_documents_once(paths: Paths) -> None:
    with closing(Library(paths)) as library:
        ids = tasks.take_in_seeds(library)
        assert [entry.id for entry in library.catalog.entries()] == ids
        assert len(ids) >= 2
        for document_id in ids:
            library.remove(document_id)
        assert tasks.take_in_seeds(library) == []
        assert library.catalog.entries() == []


def test_open_notes_are_restored_only_where_no_other_file_is_put(paths: Paths) -> None:
    with closing(open_notes(paths, "anna")) as notes:
        added(notes)
        path, copy = str(notes.path), tasks.back_up(str(notes.path), "by hand")
        added(notes, 2)
        assert tasks.restore(path, copy, True).startswith("The notes are again as they were")
        assert len(notes.all()) == 1
    paths.notes("anna").write_bytes(b"x" * 9000)
    assert tasks.restore(path, copy, True) == ""
    assert paths.notes("anna").read_bytes() == b"x" * 9000
    assert "damaged file" in tasks.restore(path, copy, False)
    with closing(open_notes(paths, "anna")) as notes:
        assert len(notes.all()) == 1


def test_all_that_is_kept_is_verified(paths: Paths, two: list[str]) -> None:
    data = str(paths.data)
    search_tasks.index(data, two)
    with closing(open_notes(paths, "anna")) as notes:
        added(notes)
        assert tasks.back_up(str(notes.path)) == str(backups(notes.path)[0].path)
    paths.user("ben").mkdir(parents=True)
    assert tasks.verify(data) == []
    paths.notes("anna").write_bytes(b"x" * 9000)
    (paths.document(two[0]) / "original.txt").unlink()
    sentences = tasks.verify(data)
    assert len(sentences) == 2
    assert "original file of “A title”" in sentences[0]
    assert "notes.db” is damaged" in sentences[1]
