"""Documents that older rules have read: what is said of them, and their files for a new reading."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.formats import BY_NAME
from reader.paths import Paths
from reader.problem import Problem
from reader.services.older_documents import older_sentence, stage_older, stage_original
from reader.store.library import Library
from tests.store.samples import a_document


@pytest.fixture
def library(paths: Paths) -> Iterator[Library]:
    library = Library(paths)
    yield library
    library.close()


def keep(library: Library, content: bytes, importer: str, source: str = "a page.html") -> str:
    document = a_document(content, importer=importer, source=source, doi="", figures=())
    library.add(document, content, {})
    return document.id


def test_one_or_several_are_spoken_of() -> None:
    assert older_sentence(1).startswith("1 document was read by older rules; Import Again")
    assert older_sentence(3).startswith("3 documents were read by older rules; Import Again")


@pytest.mark.parametrize("can_link", [True, False])
def test_an_original_has_the_name_that_it_came_with(
    library: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch, can_link: bool
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    if not can_link:
        monkeypatch.setattr(os, "link", refuse)
    document_id = keep(library, b"Words.", "html/1")
    path = stage_original(library, document_id, paths.staging)
    assert path.name == "a page.html"
    assert path.read_bytes() == b"Words."
    assert path.is_relative_to(paths.staging)
    assert path.samefile(library.original(document_id)) is can_link


def test_a_file_or_a_document_that_is_gone_is_a_problem(library: Library, paths: Paths) -> None:
    document_id = keep(library, b"Words.", "html/1")
    library.original(document_id).unlink()
    with pytest.raises(Problem, match="original file cannot be read"):
        stage_original(library, document_id, paths.staging)
    with pytest.raises(Problem, match="has no document"):
        stage_original(library, "0" * 64, paths.staging)


def test_all_older_ones_are_staged_but_those_whose_files_are_gone(
    library: Library, paths: Paths
) -> None:
    keep(library, b"Cut.", "html/1")
    keep(library, b"Whole.", "html/1+whole")
    keep(library, b"New.", BY_NAME["html"].importer)
    gone = keep(library, b"Gone.", "html/1")
    library.original(gone).unlink()
    staged = stage_older(str(paths.data))
    assert [(Path(path).read_bytes(), whole) for path, whole in staged] == [
        (b"Cut.", False),
        (b"Whole.", True),
    ]
