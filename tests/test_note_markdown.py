from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.span import Span
from reader.note_markdown import laid_out, may_lead, runs, shown


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("plain", "plain"),
        ("a **b** c", "a b c"),
        ("__b__ and *i* and _u_", "b and i and u"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("`x = 1`", "x = 1"),
        ("[See](offprint:ab#1)", "See"),
        ("- one\n* two\n  - three", "• one\n• two\n  • three"),
        ("- [ ] ask\n- [x] done", "☐ ask\n☑ done"),
        ("## Head\nbody", "Head\nbody"),
        ("> said", "› said"),
        ("---", "———"),
        (r"\*not\* strong", "*not* strong"),
        ("1. first\n2) other", "1. first\n2) other"),
        ("***both*** and **half *of* it**", "both and half of it"),
        ("``a ` b`` and `c\nd`", "a ` b and c d"),
        ("```python\nx = *y*\n```\nafter", "x = *y*\nafter"),
        ("- one\n  more\n- [not a box]", "• one\n  more\n• [not a box]"),
        ("- [ ] a\n  - [x] b\n\n    c", "☐ a\n  ☑ b\n\n    c"),
        ("1. [ ] ask", "1. ☐ ask"),
        ("> a\n> > b\nc", "› a\n› › b\n› › c"),
        ("-\n- b", "• \n• b"),
        ("Dose\n---\n10 mg", "Dose\n———\n10 mg"),
        ("INR <2 & >3 &lt; <b>", "INR <2 & >3 &lt; <b>"),
        ("![scan](a.png) [x]: y", "!scan [x]: y"),
        ("[a](javascript:b)", "[a](javascript:b)"),
        ("a\n\n\n*b*\n", "a\n\n\nb\n"),
        ("    set in *a bit*", "set in a bit"),
        ("> " * 90 + "*deep*", "> " * 90 + "*deep*"),
        ("**open", "**open"),
        ("", ""),
    ],
)
def test_signs_are_gone_and_the_rest_stands(note: str, text: str) -> None:
    assert shown(note).text == text


def test_how_pieces_look_and_where_links_lead() -> None:
    found = shown("# Head\n**bold _both_** `code` [there](offprint:ab#1)")
    looks = {(span.cut(found.text), look) for span, look in found.looks}
    assert looks == {
        ("Head", "heading"),
        ("bold both", "strong"),
        ("both", "emphasis"),
        ("code", "code"),
        ("there", "link"),
    }
    ((span, address),) = found.links
    assert (span.cut(found.text), address) == ("there", "offprint:ab#1")
    assert found.link_at(span.start) == "offprint:ab#1"
    assert found.link_at(0) == ""


@given(st.text(alphabet="ab*_`[]()#->\\ \n.1+~", max_size=60))
def test_no_word_of_a_note_vanishes(note: str) -> None:
    found = shown(note)
    whole = Span(0, len(found.text))
    assert all(whole.covers(span) for span, _ in found.looks)
    assert found.text.count("\n") <= note.count("\n")
    # Where a link leads, and what a fence says of its code, is not shown.
    if not any(sign in note for sign in ("](", "```", "~~~")):
        assert [c for c in found.text if c.isalnum()] == [c for c in note if c.isalnum()]


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://x.example/", True),
        ("mailto:a@x.example", True),
        ("offprint:ab#1", True),
        ("javascript:alert", False),
        ("file:///etc/x", False),
        ("", False),
    ],
)
def test_a_link_leads_to_no_script_and_no_file(address: str, may: bool) -> None:
    assert may_lead(address) is may


def test_a_note_comes_in_pieces_of_one_look() -> None:
    note = "# Head\n**bold _both_** `code`, [there](offprint:ab#1) - end"
    assert list(runs(note)) == [
        ("Head", frozenset({"heading"}), ""),
        ("\n", frozenset(), ""),
        ("bold ", frozenset({"strong"}), ""),
        ("both", frozenset({"strong", "emphasis"}), ""),
        (" ", frozenset(), ""),
        ("code", frozenset({"code"}), ""),
        (", ", frozenset(), ""),
        ("there", frozenset({"link"}), "offprint:ab#1"),
        (" - end", frozenset(), ""),
    ]
    assert list(runs("Plain, as it is.")) == [("Plain, as it is.", frozenset(), "")]
    assert list(runs("")) == [("", frozenset(), "")]


def test_a_note_is_laid_out_with_its_tables_in_tabs() -> None:
    found = laid_out(
        "*Doses:*\n| Drug | **Dose** |\n|---|---|\n| [A](offprint:ab#1) | - 2 |\n- end"
    )
    assert found.text == "Doses:\nDrug\tDose\nA\t- 2\n• end"
    assert {(span.cut(found.text), look) for span, look in found.looks} == {
        ("Doses:", "emphasis"),
        ("Dose", "strong"),
        ("Drug\tDose", "heading"),
        ("A", "link"),
    }
    assert [(span.cut(found.text), to) for span, to in found.links] == [("A", "offprint:ab#1")]
    assert laid_out("a **b**") == shown("a **b**")
