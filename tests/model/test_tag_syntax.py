from __future__ import annotations

from reader.model.tag_syntax import names_in, tags_in


def test_tags_are_parted_by_spaces_and_commas() -> None:
    assert tags_in("dose, #ward -old") == (["dose", "ward"], ["old"])
    assert tags_in("-#old # -") == ([], ["old"])


def test_collections_may_hold_spaces() -> None:
    assert names_in("Sepsis  in  children, -Old things,, -") == (
        ["Sepsis in children"],
        ["Old things"],
    )
