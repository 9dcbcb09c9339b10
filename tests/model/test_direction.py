"""Which way a text runs is told from its language, or from its letters."""

from __future__ import annotations

import pytest

from reader.model.direction import is_right_to_left, runs_right_to_left
from reader.model.document import Document


@pytest.mark.parametrize(
    ("language", "title", "text", "is_so"),
    [
        ("ar", "", "", True),
        ("he-IL", "", "", True),
        ("fa_IR", "", "English", True),
        ("en", "", "שלום עולם", False),
        ("", "", "English abstract. " + "هذا نص عربي طويل " * 40 + "References 1 to 3", True),
        ("", "", "An English article quotes שלום once.", False),
        ("", "مقال", "", True),
        ("", "", "", False),
    ],
)
def test_a_document(language: str, title: str, text: str, is_so: bool) -> None:
    document = Document("0" * 64, title, text, language=language)
    assert is_right_to_left(document) is is_so


def test_a_piece_of_text_goes_by_most_of_its_letters() -> None:
    assert runs_right_to_left("SSRI هي أدوية مستعملة كثيرا")
    assert not runs_right_to_left("Smith A. On שלום.")
    assert runs_right_to_left("1–3", otherwise=True)
    assert not runs_right_to_left("1–3")
