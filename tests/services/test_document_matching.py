"""Notes from elsewhere find the document that they are surely on, or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.model.document import Document, with_details
from reader.model.imported_note import FoundSource
from reader.paths import Paths
from reader.services.document_matching import Homes
from reader.store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(Paths(tmp_path))) as library:
        yield library


def keep(library: Library, title: str, **said: object) -> str:
    raw = f"{title} {sorted(said.items())}".encode()
    document = with_details(Document(hashlib.sha256(raw).hexdigest(), title, "Words."), said)
    library.add(document, raw, {})
    return document.id


def home(library: Library, **said: str) -> str:
    found = Homes(library, {}, "").home(FoundSource(**said))
    return found.id if found is not None else ""


def test_an_identifier_comes_before_all_else(library: Library) -> None:
    one = keep(library, "One", doi="10.1000/A", pmid="7")
    two = keep(library, "Two", address="https://example.org/two")
    assert home(library, doi="https://doi.org/10.1000/a", title="Two") == one
    assert home(library, address="https://doi.org/10.1000/a", title="Two") == one
    assert home(library, pmid="7", title="Two") == one
    assert home(library, address="http://www.example.org/two/?utm_source=x#b", title="One") == two


def test_another_identifier_is_a_veto_that_no_title_overrules(library: Library) -> None:
    one = keep(library, "One", doi="10.1000/a", pmid="7", source="one.pdf")
    assert home(library, doi="10.1000/b", title="One", file_name="one.pdf") == ""
    assert home(library, pmid="8", title="One") == ""
    # One that says no identifier may be it.
    assert home(library, title="One") == one
    bare = keep(library, "Bare")
    assert home(library, doi="10.1000/b", title="Bare") == bare


def test_another_address_is_a_veto_too(library: Library) -> None:
    one = keep(library, "One", address="https://example.org/one?id=1")
    assert home(library, address="https://example.org/one?id=2", title="One") == ""
    assert home(library, address="file:///tmp/one.pdf", title="One") == one
    assert home(library, address="https://[broken", title="Two") == ""


def test_a_title_needs_its_author(library: Library) -> None:
    alice = keep(library, "Introduction", authors=("Alice Alpha",), source="intro.md")
    assert home(library, title="Introduction", author="Bravo, Bob") == ""
    assert home(library, title="Introduction", author="Alpha, A. and others") == alice
    assert home(library, title="Introduction") == alice
    assert home(library, title="intro.md", author="Bravo, Bob") == ""
    bob = keep(library, "Introduction!", authors=("Bob Bravo",))
    assert home(library, title="Introduction", author="Bravo, Bob") == bob
    assert home(library, title="Introduction") == ""


def test_a_full_stop_in_a_title_begins_no_suffix(library: Library) -> None:
    one = keep(library, "Something else", source="Asthma guideline 2.md")
    assert home(library, title="Asthma guideline 2.1") == ""
    assert home(library, title="Asthma guideline 2.pdf") == one
    assert home(library, file_name="asthma_guideline 2.epub") == ""
    assert home(library, file_name="Asthma Guideline 2.epub") == one


def test_what_two_have_is_not_sure_unless_a_title_tells_them_apart(library: Library) -> None:
    one = keep(library, "One", doi="10.1000/a")
    keep(library, "Two", doi="10.1000/a")
    assert home(library, doi="10.1000/a") == ""
    assert home(library, doi="10.1000/a", title="One") == one


def test_an_earlier_edition_stands_for_the_latest(library: Library) -> None:
    first = keep(library, "First", source="a.txt")
    second = keep(library, "Second", source="b.txt")
    library.editions.follow(first, second)
    assert home(library, title="First") == second
    assert home(library, file_name="a.txt") == second


def test_a_document_that_is_damaged_is_no_home(library: Library, tmp_path: Path) -> None:
    one = keep(library, "One")
    (tmp_path / "documents" / one / "1" / "document.json").write_bytes(b"{}")
    with closing(Library(Paths(tmp_path))) as again:
        assert home(again, title="One") == ""
