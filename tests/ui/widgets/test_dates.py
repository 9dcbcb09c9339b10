"""How times are said in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from reader.ui.widgets.dates import published_day, short_day, short_moment, time_needed


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


def test_days_are_written_as_the_system_writes_them(german: None) -> None:
    assert short_day("2019-03-12T12:00:00Z") == "12.03.19"
    assert short_day("") == ""
    assert short_moment("2019-03-12T12:30:00Z").startswith("12.03.19, ")
    assert short_moment("") == ""


@pytest.fixture
def languageless() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


def test_a_system_without_a_language_writes_days_as_the_standard_does(languageless: None) -> None:
    assert short_day("2019-03-12T12:00:00Z") == "2019-03-12"
    day, _, clock = short_moment("2019-03-12T12:30:00Z").partition(", ")
    assert (day, len(clock)) == ("2019-03-12", 5)


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("2021", "2021"),
        ("2021-03", "März 2021"),
        ("2021-03-05", "05.03.21"),
        ("2021-13", "2021-13"),
        ("2021-02-31", "2021-02-31"),
        ("spring 2021", "spring 2021"),
    ],
)
def test_a_date_of_a_year_or_a_month_stays_one(german: None, date: str, said: str) -> None:
    assert published_day(date) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (3, "3 min"),
        (59, "59 min"),
        (60, "1 h"),
        (79, "1 h 20 min"),
        (119, "2 h"),
        (1161, "19 h"),
        (599, "10 h"),
    ],
)
def test_times_are_said_as_people_say_them(minutes: int, said: str) -> None:
    assert time_needed(minutes) == said
