"""What may be an edition of what is asked, decided by a person, and never done by a likeness."""

from __future__ import annotations

from typing import Any

import pytest

from reader.model.document import Document
from reader.paths import Paths
from reader.store.library import Library
from tests.store.samples import a_document

WORDS = " ".join(f"Sentence {k} says what number {k * k} is good for." for k in range(30))
LEAFLET = (
    "What it is used for\n{drug} belongs to a group of medicines that quiet the heart. Your doctor "
    "may give you {drug} when other things have not helped. {drug} works within days.\n"
    "Before you take it\nTell your doctor if {drug} made you itch. Do not take {drug} with milk. "
    "Ask before you drive. Keep {drug} where children cannot reach it. If you forget {drug}, take "
    "it when you think of it. Each tablet contains {dose}. Swallow it with or without food."
)


def keep(library: Library, text: str, batch: str = "", **changes: Any) -> tuple[str, Document]:
    raw = text.encode()
    document = a_document(raw, **{"doi": "", **changes})
    return library.add(document, raw, {"p.png": b"picture"}, batch), document


def asked(library: Library, document: Document) -> list[str]:
    return [offer.earlier_id for offer in library.offers.open(document.id)]


def leaflet(drug: str, dose: str) -> str:
    return LEAFLET.format(drug=drug, dose=dose)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"title": "Another title"},
        {"source": "another.txt"},
    ],
)
def test_what_is_alike_is_asked_about_and_both_stay(
    library: Library, changes: dict[str, Any]
) -> None:
    _, first = keep(library, WORDS, address="http://www.example.org/a/")
    outcome, second = keep(library, WORDS.replace("good", "fit") + " More.", **changes)
    assert outcome == "added"
    (offer,) = library.offers.open()
    assert (offer.document_id, offer.earlier_id) == (second.id, first.id)
    assert str(offer) == "This looks like a newer edition of “A title”."
    assert library.offers.open(first.id) == [offer]
    assert [entry.id for entry in library.catalog.entries()] == [first.id, second.id]
    assert library.catalog.unindexed() == [first.id, second.id]


def test_the_same_address_is_enough_of_a_name(library: Library) -> None:
    address = "https://example.org/a"
    _, first = keep(library, WORDS, address=address)
    _, second = keep(library, WORDS + " More.", address=address, title="Renamed", source="b.txt")
    assert asked(library, second) == [first.id]


def test_a_third_is_enough_where_name_and_title_are_the_same_but_not_from_elsewhere(
    library: Library,
) -> None:
    half = WORDS[: len(WORDS) * 2 // 5] + " ".join(f"Line {k} of it is new." for k in range(60))
    _, first = keep(library, WORDS, address="https://one.example.org/a")
    for changes in ({"title": "Other"}, {"address": "https://two.example.org/a"}):
        _, second = keep(library, half, **changes)
        assert asked(library, second) == []
        library.remove(second.id)
    assert asked(library, keep(library, half)[1]) == [first.id]


def test_of_several_the_latest_is_asked_about_and_a_name_that_many_have_says_nothing(
    library: Library,
) -> None:
    for number in range(3):
        _, last = keep(library, WORDS + f" More of {number}.")
    assert asked(library, keep(library, WORDS)[1]) == [last.id]
    assert asked(library, keep(library, WORDS + " Still more.")[1]) == []


def test_what_lies_side_by_side_in_one_import_is_not_asked_about(library: Library) -> None:
    keep(library, WORDS, batch="one")
    assert asked(library, keep(library, WORDS + " More.", batch="one")[1]) == []
    assert asked(library, keep(library, WORDS + " More still.", batch="two")[1]) != []
    # Where an identifier makes it sure, there is nothing to ask.
    keep(library, WORDS + " A", batch="three", doi="10.1000/1")
    assert keep(library, WORDS + " B", batch="three", doi="10.1000/1")[0] == "updated"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"title": "Drops 5 mg"}, {"title": "Drops 10 mg"}),
        ({"source": "drops_5mg.txt"}, {"source": "drops_10 mg.txt"}),
        ({"title": "Meningitis - Child"}, {"title": "Meningitis - Adult/Child"}),
        ({"title": "Fever"}, {"title": "Fever in neonates"}),
        ({"source": "fever-adult.txt"}, {"source": "fever-child.txt"}),
    ],
)
def test_another_strength_or_population_is_a_veto(
    library: Library, one: dict[str, Any], other: dict[str, Any]
) -> None:
    keep(library, WORDS, **one)
    outcome, second = keep(library, WORDS + " More.", **other)
    assert (outcome, asked(library, second)) == ("added", [])


def test_another_drug_or_composition_is_a_veto_even_with_one_identifier(library: Library) -> None:
    keep(library, leaflet("Amlodipine", "5 mg"))
    for drug, dose in (("Bisoprolol", "5 mg"), ("Amlodipine", "10 mg")):
        assert asked(library, keep(library, leaflet(drug, dose))[1]) == []
    newer = leaflet("Amlodipine", "5 mg").replace("itch", "itch or swell")
    assert asked(library, keep(library, newer)[1]) != []
    keep(library, WORDS, doi="10.1000/1", title="Drops 5 mg")
    outcome, second = keep(library, WORDS + "!", doi="10.1000/1", title="Drops 10 mg")
    assert (outcome, asked(library, second)) == ("added", [])


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "article.html"},
        {"kind": "book"},
        {"title": "Correction: A title"},
        {"title": "A title. Chapter 2"},
        {"source": "article_supplement.txt"},
        {"pmid": "8"},
        {"published": "2019"},
    ],
)
def test_another_format_or_part_with_the_same_identifier_is_asked_about(
    library: Library, changes: dict[str, Any]
) -> None:
    _, first = keep(library, WORDS, doi="10.1000/1", pmid="7")
    outcome, second = keep(library, WORDS + " More.", **{"doi": "10.1000/1", "pmid": "7"} | changes)
    assert (outcome, asked(library, second)) == ("added", [first.id])
    (offer,) = library.offers.open()
    assert offer.older == ("published" in changes)
    assert ("an earlier" in str(offer)) == offer.older
    # There is no source of which that could be said always.
    assert library.offers.source(offer) == (
        ("article.TXT", "A title") if changes.keys() <= {"kind", "pmid", "published"} else ()
    )


def test_another_identifier_is_never_asked_about(library: Library) -> None:
    keep(library, WORDS, doi="10.1000/1")
    assert asked(library, keep(library, WORDS + " More.", doi="10.1000/2")[1]) == []


def test_another_format_or_part_without_an_identifier_is_not_asked_about(library: Library) -> None:
    keep(library, WORDS)
    assert asked(library, keep(library, WORDS + " ", source="article.html")[1]) == []
    assert asked(library, keep(library, WORDS + "  ", source="chapter 3.txt")[1]) == []


def test_of_a_text_of_few_words_nothing_is_sure(library: Library) -> None:
    _, first = keep(library, "A few words.", doi="10.1000/1")
    outcome, second = keep(library, "A few words more.", doi="10.1000/1")
    assert (outcome, asked(library, second)) == ("added", [first.id])


def test_an_answer_is_kept_and_not_asked_for_again(library: Library) -> None:
    _, first = keep(library, WORDS)
    _, second = keep(library, WORDS + " More.")
    library.offers.answer(second.id, first.id, "apart")
    assert library.offers.open() == []
    assert library.offers.parted(first.id) == []
    library.offers.answer(first.id, second.id, "parted")
    assert [other for other, _ in library.offers.parted(first.id)] == [second.id]
    assert [other for other, _ in library.offers.parted(second.id)] == [first.id]
    library.remove(first.id)
    assert library.offers.parted(second.id) == []


def test_what_is_in_the_trash_or_behind_another_is_not_asked_about(library: Library) -> None:
    _, first = keep(library, WORDS)
    _, second = keep(library, WORDS + " More.")
    library.details.put_in_trash(first.id)
    assert library.offers.open() == []
    library.details.restore(first.id)
    assert len(library.offers.open()) == 1
    library.editions.follow(first.id, second.id)
    assert library.offers.open() == []


def test_always_holds_for_the_source_and_under_the_vetoes(library: Library) -> None:
    _, first = keep(library, WORDS)
    _, second = keep(library, WORDS + " More.")
    (offer,) = library.offers.open()
    assert library.offers.source(offer) == ("article.TXT", "A title")
    library.editions.follow(first.id, second.id)
    library.offers.always(library.offers.source(offer))
    outcome, third = keep(library, WORDS + " More still.")
    assert outcome == "updated"
    assert set(library.editions.earlier_ids(third.id)) == {first.id, second.id}
    assert keep(library, WORDS + " Each drop contains 5 mg.")[0] == "updated"
    assert keep(library, WORDS + " Each drop contains 10 mg.")[0] == "added"
    assert keep(library, WORDS + " Old.", published="2019")[0] == "added"
    assert keep(library, WORDS + " Another.", title="Other")[0] == "added"


def test_a_source_on_the_web_is_its_host(library: Library) -> None:
    keep(library, WORDS, address="https://example.org/a")
    keep(library, WORDS + " More.", address="https://www.example.org/b", source="b.txt")
    (offer,) = library.offers.open()
    assert library.offers.source(offer) == ("example.org",)
    library.offers.always(("example.org",))
    outcome, _ = keep(
        library, WORDS + " More still.", address="https://example.org/b", source="c.txt"
    )
    assert outcome == "updated"


def test_a_document_that_is_damaged_has_no_source(library: Library, paths: Paths) -> None:
    _, first = keep(library, WORDS)
    keep(library, WORDS + " More.")
    (offer,) = library.offers.open()
    (paths.document(first.id) / "1" / "document.json").write_bytes(b"{}")
    assert library.offers.source(offer) == ()


def test_our_own_guide_follows_itself(library: Library) -> None:
    said = {"source": "guide.md", "title": "A Guide to Offprint"}
    keep(library, WORDS, **said)
    assert keep(library, WORDS + " More.", **said)[0] == "updated"
