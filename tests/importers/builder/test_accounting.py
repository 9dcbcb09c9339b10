"""The check that an importer lost nothing."""

from reader.importers.builder.accounting import accounted
from reader.importers.builder.document_builder import DocumentBuilder
from reader.model.document import Document


def made(*paragraphs: str) -> Document:
    writer = DocumentBuilder()
    for words in paragraphs:
        writer.begin("paragraph")
        writer.add(words)
    writer.leave_out("menu", "Home")
    return writer.build(id="a" * 64, title="Doses", source="a.txt")


def test_what_is_there_or_left_out_is_no_loss() -> None:
    document = made("Give 5\u00a0mg.", "Then 10 mg.")
    assert accounted(document, ["Give 5 mg.\n", "Then 10 mg.", "Home", "Doses"]) is document


def test_a_lost_sign_and_a_lost_word_are_named() -> None:
    document = accounted(made("Range 5 to 5, give it."), ["Range −5 to 5, do not give it."])
    (lost,) = [o for o in document.left_out if o.reason == "unaccounted"]
    assert {"-", "do", "not"} <= set(lost.words.split())
    assert lost.matters


def test_hyphens_that_joined_lines_may_be_missing() -> None:
    document = made("treatment")
    assert accounted(document, ["treat-", "ment"], joins="-") is document
    assert accounted(document, ["treat-", "ment"]).left_out[-1].reason == "unaccounted"


def test_a_character_lost_inside_words_is_named_when_no_word_is() -> None:
    document = accounted(made("ab ab"), ["ab ab a"])
    assert document.left_out[-1].words == "a"


def test_what_nobody_sees_is_not_missed() -> None:
    document = made("Back")
    assert accounted(document, ["Back\ufe0e\u200b"]) is document
