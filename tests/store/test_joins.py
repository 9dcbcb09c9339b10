"""Files that a person has joined as one article stay documents of their own, and can be parted."""

from __future__ import annotations

from contextlib import closing

import pytest

from reader.model.document import Document
from reader.paths import Paths
from reader.store.library import Library
from tests.store.samples import a_clock, a_document


def filled(library: Library, count: int = 3) -> list[str]:
    """The ids of so many documents of a library, in the order of import."""
    return [add(library, a_document(f"Text {number}.".encode())).id for number in range(count)]


def add(library: Library, document: Document) -> Document:
    # One title and DOI are no matter here: what is asked about editions is in test_offers.py.
    library.add(document, document.text.encode(), {"p.png": b"picture"}, "one import")
    return document


def forget_list(paths: Paths) -> None:
    for path in paths.data.glob("library.db*"):
        path.unlink()


def test_both_say_so_and_stay_in_the_list(library: Library) -> None:
    page, printed, other = filled(library)
    assert library.joins.join(page, printed) == [(page, printed)]
    assert library.joins.partners(page) == [printed]
    assert library.joins.partners(printed) == [page]
    assert library.joins.partners(other) == []
    assert [entry.id for entry in library.catalog.entries()] == [page, printed, other]


def test_what_is_joined_with_one_is_joined_with_all(library: Library) -> None:
    one, two, three, four = filled(library, 4)
    library.joins.join(one, two)
    library.joins.join(three, four)
    assert len(library.joins.join(four, one)) == 4
    for each in (one, two, three, four):
        assert {each, *library.joins.partners(each)} == {one, two, three, four}
    assert library.joins.join(two, three) == []


def test_a_document_and_itself_are_no_two_files(library: Library) -> None:
    (one,) = filled(library, 1)
    assert library.joins.join(one, one) == []
    library.joins.add([(one, one), (one, "f" * 64)])
    assert library.joins.partners(one) == []


def test_parting_takes_one_out_and_can_be_taken_back(library: Library) -> None:
    one, two, three = filled(library)
    library.joins.join(one, two)
    pairs = library.joins.join(two, three)
    library.joins.take_back(pairs)
    assert library.joins.partners(two) == [one]
    library.joins.add(pairs)
    parted = library.joins.part(two)
    assert library.joins.partners(two) == []
    assert library.joins.partners(one) == [three]
    library.joins.add(parted)
    assert library.joins.partners(two) == [one, three]
    library.joins.part(one)
    assert library.joins.part(one) == []


def test_a_later_edition_takes_the_place_of_the_one_that_was_joined(library: Library) -> None:
    page, printed, newer, newest = filled(library, 4)
    library.joins.join(page, printed)
    library.editions.follow(printed, newer)
    assert library.joins.partners(page) == [newer]
    assert library.joins.partners(newer) == [page]
    assert library.joins.join(newer, page) == []
    library.editions.follow(page, newest)
    assert library.joins.partners(newest) == [newer]
    library.joins.part(newest)
    assert library.joins.partners(newer) == []
    # What has become an edition of the other is no other file any more.
    library.joins.join(newest, newer)
    library.editions.follow(newer, newest)
    assert library.joins.partners(newest) == []


def test_the_trash_hides_a_file_and_a_removal_takes_it_out(library: Library) -> None:
    page, printed, third = filled(library)
    library.joins.join(page, printed)
    library.joins.join(page, third)
    library.details.put_in_trash(printed)
    assert library.joins.partners(page) == [third]
    library.details.restore(printed)
    assert library.joins.partners(page) == [printed, third]
    library.remove(printed)
    assert library.joins.partners(page) == [third]
    assert library.verify() == []


def test_without_a_list_the_folders_say_it(paths: Paths) -> None:
    with closing(Library(paths, a_clock())) as library:
        page, printed, third = filled(library)
        library.joins.join(page, printed)
        library.joins.join(page, third)
        library.joins.part(third)
    assert not (paths.document(third) / "said.json").exists()
    forget_list(paths)
    with closing(Library(paths, a_clock())) as library:
        assert library.joins.partners(page) == [printed]
        assert library.joins.partners(third) == []
        library.joins.part(page)
    forget_list(paths)
    with closing(Library(paths, a_clock())) as library:
        assert library.joins.partners(page) == []


def test_one_folder_that_was_gone_is_enough_and_a_removed_file_is_not_named_again(
    paths: Paths,
) -> None:
    with closing(Library(paths, a_clock())) as library:
        page, printed = filled(library, 2)
        library.joins.join(page, printed)
    (paths.document(page) / "said.json").unlink()
    forget_list(paths)
    with closing(Library(paths, a_clock())) as library:
        assert library.joins.partners(page) == [printed]
        library.remove(printed)
        assert not (paths.document(page) / "said.json").exists()


@pytest.mark.parametrize(
    "planted", ['{"same_article": 1}', '{"same_article": [1, null, ["x"], "../..", "%s", "%o"]}']
)
def test_a_copy_that_is_none_of_ours_joins_nothing(paths: Paths, planted: str) -> None:
    with closing(Library(paths, a_clock())) as library:
        (document,) = filled(library, 1)
    forget_list(paths)
    planted = planted.replace("%s", "f" * 64).replace("%o", document)
    (paths.document(document) / "said.json").write_text(planted, encoding="utf-8")
    with closing(Library(paths, a_clock())) as library:
        assert library.joins.partners(document) == []
        assert library.verify() == []
