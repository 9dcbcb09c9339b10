from __future__ import annotations

from reader.model.document import Document, detail, with_details
from reader.model.publication import UNPUBLISHED, Publication


def test_details_are_those_of_the_document_and_of_its_publication() -> None:
    document = Document("d" * 64, "Sleep", "Words")
    assert document.publication == UNPUBLISHED
    told = with_details(document, {"title": "Quiet", "journal": "Rooms", "pages": "1-9"})
    assert (detail(told, "title"), detail(told, "journal")) == ("Quiet", "Rooms")
    assert told.publication == Publication(journal="Rooms", pages="1-9")
    again = with_details(told, {"title": "Sleep"})
    assert again.publication is told.publication
    assert again.title == "Sleep"


def test_a_document_knows_whether_it_is_the_main_text_of_a_web_page() -> None:
    for importer, is_page, is_cut in (
        ("text/1", False, False),
        ("html/1", True, True),
        ("mhtml/1+whole", True, False),
    ):
        document = Document("d" * 64, "Sleep", "Words", importer=importer)
        assert (document.is_web_page, document.is_cut) == (is_page, is_cut)
