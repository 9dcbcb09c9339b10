from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.deep_link import address_of, read_address

ID = "0123456789abcdef" * 4


@given(st.text(min_size=1, max_size=30).map(lambda text: text.encode(errors="replace").decode()))
def test_an_address_leads_back_to_its_note(annotation_id: str) -> None:
    address = address_of(ID, annotation_id)
    assert read_address(f" {address}\n") == (ID, annotation_id)
    assert not set(address) & set(" \n()<>[]\"'")


@pytest.mark.parametrize(
    "address", ["", "offprint:", "offprint:nothing", f"x:{ID}", f"offprint:{ID}#"]
)
def test_what_is_no_address_of_ours_leads_nowhere(address: str) -> None:
    assert read_address(address) == ("", "")


def test_an_address_of_a_document_alone() -> None:
    assert read_address(f"offprint:{ID}") == (ID, "")
