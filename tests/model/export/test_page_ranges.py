"""Ranges of pages in the two ways in which styles want them."""

from __future__ import annotations

import pytest

from reader.model.export.page_ranges import short_range, whole_range


@pytest.mark.parametrize(
    ("said", "short", "whole"),
    [
        ("123-128", "123-8", "123–128"),
        ("123–8", "123-8", "123–128"),
        ("1199-1203", "1199-203", "1199–1203"),
        ("98-102", "98-102", "98–102"),
        ("S123-S128", "S123-8", "S123–S128"),
        ("S10-2", "S10-2", "S10–S12"),
        ("e10-e15", "e10-5", "e10–e15"),
        ("A1-B2", "A1-B2", "A1–B2"),
        ("128-123", "128-123", "128–123"),
        ("7-7", "7-7", "7–7"),
        ("1-9, 20-24", "1-9, 20-4", "1–9, 20–24"),
        ("2039", "2039", "2039"),
        ("xii-xv", "xii-xv", "xii–xv"),
        ("", "", ""),
    ],
)
def test_ranges(said: str, short: str, whole: str) -> None:
    assert short_range(said) == short
    assert whole_range(said) == whole
