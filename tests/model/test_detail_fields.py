from __future__ import annotations

import pytest

from reader.model.detail_fields import checked


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("published", " 2021 ", "2021"),
        ("updated", "2024-02-29", "2024-02-29"),
        ("updated", "2024-12", "2024-12"),
        ("doi", "https://doi.org/10.1000/182", "10.1000/182"),
        ("pmid", "PMID: 123", "123"),
        ("journal", " The Lancet ", "The Lancet"),
        ("doi", "  ", ""),
    ],
)
def test_sound_values_are_kept_in_their_plain_form(field: str, typed: str, kept: str) -> None:
    assert checked(field, typed) == (kept, "")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("published", "March 2021"),
        ("published", "2021-13"),
        ("updated", "2023-02-29"),
        ("doi", "doi"),
        ("pmid", "PMC12"),
    ],
)
def test_what_is_wrong_is_said(field: str, typed: str) -> None:
    kept, wrong = checked(field, typed)
    assert kept == typed
    assert wrong
