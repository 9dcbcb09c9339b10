from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.note_markdown import laid_out, may_lead, parts, runs, shown
from reader.model.span import Span


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
        ("1. first", "1. first"),
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


@given(st.text(alphabet="ab*_`[]()#->\\ \n", max_size=60))
def test_any_note_is_shown(note: str) -> None:
    found = shown(note)
    whole = Span(0, len(found.text))
    assert all(whole.covers(span) for span, _ in found.looks)
    assert found.text.count("\n") == note.count("\n")


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


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("plain\nwords", ["plain\nwords"]),
        ("a | b", ["a | b"]),
        ("| a | b |\n|---|:-:|\n| 1 | 0 |", [(("a", "b"), ("1", "0"))]),
        ("x\n\na|b\n-|-\n1|0|2\ny", ["x\n", (("a", "b", ""), ("1", "0", "2")), "y"]),
        ("a|b\n-|-|-\n", ["a|b\n-|-|-\n"]),
        ("a \\| b | c\\|\n--|--\n", [(("a | b", "c|"),), ""]),
        ("drug\tmg\nketamine\t0.5\nend", [(("drug", "mg"), ("ketamine", "0.5")), "end"]),
        ("Ketamine\t1\t0 mg", ["Ketamine\t1\t0 mg"]),
        ("a\tb\n\tc\td", ["a\tb\n\tc\td"]),
    ],
)
def test_tables_in_a_note(note: str, found: list[object]) -> None:
    assert list(parts(note)) == found


def test_cells_of_tables_are_parted_by_tabs_and_heads_are_strong() -> None:
    found = laid_out("Doses:\n| Drug | **Dose** |\n|---|---|\n| [A](offprint:ab#1) | 2 |\n- end")
    assert found.text == "Doses:\nDrug\tDose\nA\t2\n• end"
    looks = {(span.cut(found.text), look) for span, look in found.looks}
    assert {("Drug\tDose", "heading"), ("Dose", "strong"), ("A", "link")} == looks
    assert laid_out("a **b**") == shown("a **b**")
