from __future__ import annotations

import pytest

from reader.model.note_tables import parts


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
