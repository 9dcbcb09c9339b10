from __future__ import annotations

import pytest

from reader.model.identifiers import bare_address, doi_of, find_doi, pmid_of, same_doi

SICI = "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2"
BRACKETS = "10.1890/0012-9658(2006)87[1445:AR]2.0.CO;2"


@pytest.mark.parametrize("doi", [SICI, BRACKETS, "10.1016/S0140-6736(05)67394-1", "10.1000.10/a"])
@pytest.mark.parametrize(
    "around",
    [
        "see {}.",
        "({})",
        "[{}]",
        "doi:{},",
        "DOI: {}; PMID 7",
        "<a>{}</a>",
        "https://doi.org/{}",
        "“{}”",
    ],
)
def test_a_doi_is_found_whole_in_running_text(doi: str, around: str) -> None:
    assert find_doi(around.format(doi)) == doi


def test_as_an_address_its_signs_may_be_encoded() -> None:
    encoded = (
        "10.1002/%28SICI%291097-0258%2819980815%2917%3A15%3C1661%3A%3AAID-SIM968%3E3.0.CO%3B2-2"
    )
    assert find_doi(f"at http://dx.doi.org/{encoded}?download=1") == SICI
    assert doi_of(f"https://doi.org/{encoded}#top") == SICI


@pytest.mark.parametrize("text", ["", "version 10.1000", "x10.1000/a", "1.10.1000/a", "10.1/a"])
def test_what_is_none_is_not_found(text: str) -> None:
    assert find_doi(text) == ""


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        (SICI, SICI),
        ("doi:10.1000/a;b", "10.1000/a;b"),
        ("  DOI 10.1000/ABC. ", "10.1000/ABC"),
        ("info:doi/10.1000/a", "10.1000/a"),
        ("urn:doi:10.1000/a", "10.1000/a"),
        ("978-3-16-148410-0", ""),
        ("10.1000/a and more", ""),
    ],
)
def test_a_field_holds_a_doi_with_or_without_its_prefix(value: str, doi: str) -> None:
    assert doi_of(value) == doi


def test_capitals_and_prefixes_do_not_count() -> None:
    assert same_doi("10.1000/ABC", "https://doi.org/10.1000/abc")
    assert same_doi("ABC", "abc")
    assert not same_doi("", "")
    assert not same_doi("10.1000/a", "10.1000/b")


@pytest.mark.parametrize(
    ("value", "pmid"),
    [
        ("123", "123"),
        (" PMID: 123 ", "123"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "123"),
        ("٣٤٥", ""),
        ("PMC123", ""),
    ],
)
def test_a_pubmed_id_is_a_number(value: str, pmid: str) -> None:
    assert pmid_of(value) == pmid


def test_an_address_is_compared_without_what_does_not_count() -> None:
    assert bare_address("https://www.Example.org/A/#b") == bare_address("http://example.org/a")
    assert bare_address("") == ""
