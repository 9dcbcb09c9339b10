"""Notes on one line, as results and the notebook show them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.span import Span
from reader.note_line import line_of, rendered

TABLE = "| Drug | Dose |\n|---|---|\n| Ketamine | **0.5** mg |"


@pytest.mark.parametrize(
    ("note", "line"),
    [
        ("plain", "plain"),
        ("> **Dose**: ask\n\n- `one`\n- [ ] two", "Dose: ask • one ☐ two"),
        ("see [the note](offprint:ab#1)", "see the note"),
        (TABLE, "Drug · Dose Ketamine · 0.5 mg"),
        (f"Before\n{TABLE}\nafter", "Before Drug · Dose Ketamine · 0.5 mg after"),
        ("| Ketamine | 0.5 mg", "Ketamine · 0.5 mg"),
        ("|---|---|\n| Ketamine | 0.5 mg |", "Ketamine · 0.5 mg"),
        (
            "Doses | Drug | mg | |---|---| | A | 2 | and more",
            "Doses · Drug · mg · A · 2 · and more",
        ),
        ("half of **it", "half of it"),
        ("snake__case and 2 * 3", "snake__case and 2 * 3"),
        ("", ""),
    ],
)
def test_signs_of_markdown_are_gone(note: str, line: str) -> None:
    assert line_of(note) == line


def marked(piece: str, *words: str) -> list[str]:
    spans = [Span(piece.index(word), piece.index(word) + len(word)) for word in words]
    found = rendered(piece, spans)
    return [mark.cut(found.text) for mark in found.marks]


def test_what_matched_is_still_marked() -> None:
    assert marked("> The **dose** was *halved* twice", "dose", "halved") == ["dose", "halved"]
    assert marked(TABLE, "Ketamine", "0.5") == ["Ketamine", "0.5"]


def test_what_matched_in_an_address_or_twice_is_not_marked() -> None:
    assert marked("[there](offprint:dose#1) and on", "dose") == []
    found = rendered("dose", [Span(0, 4), Span(2, 4)])
    assert found.marks == (Span(0, 4),)


@given(st.text(alphabet="ab*_`[]()#->\\| \t\n", max_size=60), st.integers(0, 50))
def test_any_note_is_one_line(note: str, start: int) -> None:
    found = rendered(note, [Span(min(start, len(note)), len(note))])
    whole = Span(0, len(found.text))
    assert all(whole.covers(mark) for mark in found.marks)
    assert "\n" not in found.text
