from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.note_importers.fields import (
    colour_of,
    doi_in,
    first_text,
    tags_of,
    text_of,
)
from reader.note_importers.times import time_of


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01T10:00:00+02:00", "2024-03-01T08:00:00+00:00"),
        ("2024-03-01 10:00:00", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01", "2024-03-01T00:00:00+00:00"),
        (1709287200, "2024-03-01T10:00:00+00:00"),
        (1709287200000, "2024-03-01T10:00:00+00:00"),
        ("Friday, March 1, 2024 12:05:00 AM", "2024-03-01T00:05:00+00:00"),
        ("Friday, 1 March 2024 12:05:00 PM", "2024-03-01T12:05:00+00:00"),
        ("1 March 2024", "2024-03-01T00:00:00+00:00"),
        ("1 Marz 2024", "2024-03-01T00:00:00+00:00"),
        ("1 Foo 2024", ""),
        ("2024-13-01", ""),
        ("yesterday", ""),
        (True, ""),
        (None, ""),
        (1e30, ""),
    ],
)
def test_times(said: object, meant: str) -> None:
    assert time_of(said) == meant


@given(st.text() | st.floats() | st.integers())
def test_any_time_is_one_or_none(said: object) -> None:
    assert time_of(said) == "" or time_of(said).endswith("+00:00")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Green", "green"),
        ("purple", "violet"),
        ("#ffd400", "yellow"),
        ("#ff6666", "pink"),
        ("#5fb236", "green"),
        ("#2ea8e5", "blue"),
        ("#a28ae5ff", "violet"),
        ("#888888", "yellow"),
        ("what", "yellow"),
        (None, "yellow"),
    ],
)
def test_colours(said: object, meant: str) -> None:
    assert colour_of(said) == meant


def test_texts_and_tags() -> None:
    assert text_of(" a\r\nb\x00 ") == "a\nb"
    assert text_of(None) == ""
    assert text_of(7) == "7"
    assert text_of("\ud800") == "?"
    assert first_text([{"name": "A"}]) == "A"
    assert first_text({"en": "B"}) == "B"
    assert first_text([]) == first_text({}) == ""
    with pytest.raises(TypeError):
        text_of(True)
    with pytest.raises(ValueError, match="too long"):
        text_of("x" * 2_100_000)
    assert tags_of(" a , #b c,,a") == ("a", "b c")
    assert tags_of(["a,b", {"tag": "c"}]) == ("a b", "c")
    assert tags_of(None) == ()
    with pytest.raises(TypeError):
        tags_of(7)


def test_dois() -> None:
    assert doi_in("https://doi.org/10.1000/ABC.") == "10.1000/abc"
    assert doi_in("nothing") == ""


@pytest.mark.parametrize(
    ("said", "doi"),
    [
        (
            "https://doi.org/10.1002/(SICI)1097-0258(19980815)17:15%3C1661::AID-SIM968%3E3.0.CO;2-2",
            "10.1002/(sici)1097-0258(19980815)17:15<1661::aid-sim968>3.0.co;2-2",
        ),
        ("(doi:10.1000/a(1)b)", "10.1000/a(1)b"),
        ("<https://doi.org/10.1000/a>", "10.1000/a"),
        ("[10.1000/a[1]]", "10.1000/a[1]"),
        ("10.1000/a<b", "10.1000/a"),
    ],
)
def test_dois_are_read_whole(said: str, doi: str) -> None:
    assert doi_in(said) == doi
