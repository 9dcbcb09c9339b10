"""Whether the library has a file, told by its content and by the rules that would read it now."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.importers.html.read import read as read_html
from reader.importers.text.read import read as read_text
from reader.paths import Paths
from reader.services.known_files import HashedAside, KnownFile, content_hash, known_file
from reader.store.library import Library


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    with closing(Library(paths)) as library:
        yield library


def a_text(folder: Path) -> Path:
    path = folder / "a.txt"
    path.write_text("A Title Of It\n\nGive 5 mg slowly.\n")
    return path


def test_a_file_is_known_by_its_content(library: Library, tmp_path: Path) -> None:
    path = a_text(tmp_path)
    document = read_text(path).document
    assert content_hash(path) == document.id
    assert known_file(library, path, document.id) is None
    library.add(document, path, {})
    assert known_file(library, path, document.id) == KnownFile(document.id, is_read_alike=True)
    path.write_text("A Title Of It\n\nGive 50 mg slowly.\n")
    assert known_file(library, path, content_hash(path)) is None


def test_another_suffix_or_older_rules_would_read_it_otherwise(
    library: Library, tmp_path: Path
) -> None:
    path = a_text(tmp_path)
    document = read_text(path).document
    library.add(document, path, {})
    as_markdown = path.with_suffix(".md")
    assert known_file(library, as_markdown, document.id) == KnownFile(document.id, False)
    assert known_file(library, tmp_path / "a.dat", document.id) == KnownFile(document.id, False)
    other = a_text(tmp_path)
    other.write_text("Another\n\nText of another one.\n")
    older = replace(read_text(other).document, importer="text/1")
    library.add(older, other, {})
    assert known_file(library, other, older.id) == KnownFile(older.id, False)


def test_pictures_may_have_come_beside_a_page(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<h1>A page</h1><p>Its words, and no more of them than these.</p>")
    document = read_html(path).document
    library.add(document, path, {})
    assert known_file(library, path, document.id) == KnownFile(document.id, False)


def test_what_is_in_the_trash_is_not_known(library: Library, tmp_path: Path) -> None:
    path = a_text(tmp_path)
    document = read_text(path).document
    library.add(document, path, {})
    library.details.put_in_trash(document.id)
    assert known_file(library, path, document.id) is None


def test_what_cannot_be_read_has_no_hash(library: Library, tmp_path: Path) -> None:
    assert content_hash(tmp_path) == content_hash(tmp_path / "none.txt") == ""
    assert known_file(library, tmp_path / "none.txt", "") is None
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(151 * 1024 * 1024)
    assert content_hash(large) == ""


def test_it_is_hashed_on_another_thread(tmp_path: Path) -> None:
    path = a_text(tmp_path)
    expected = hashlib.sha256(path.read_bytes()).hexdigest()
    assert HashedAside(path).result(longest_seconds=20) == expected
