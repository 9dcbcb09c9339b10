"""Works of one author and year are told apart, others are left alone."""

from __future__ import annotations

from reader.model.export.year_letters import Work, year_letters


def work(title: str, *authors: str, published: str = "2020-01") -> Work:
    return Work(title, title, authors, published)


def test_letters_follow_the_titles() -> None:
    works = [
        work("Of rooms", "Ada Brown"),
        work("Nights", "Brown A"),
        work("Nights with others", "Ada Brown", "Carl Berg", "Eva Low"),
        work("Days", "Ada Brown", published="2021"),
        work("No author"),
        work("No year", "Ada Brown", published=""),
    ]
    assert year_letters(works) == {"Nights": "a", "Of rooms": "b"}


def test_there_are_letters_for_any_number() -> None:
    letters = year_letters([work(f"{n:03}", "Ada Brown") for n in range(30)])
    assert [letters[f"{n:03}"] for n in (0, 25, 26, 29)] == ["a", "z", "aa", "ad"]
