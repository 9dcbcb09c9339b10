from __future__ import annotations

import pytest

from reader.importers.common.xml import parse_xml
from reader.importers.formula.mathml import runs_of


def runs(inside: str, more: str = "") -> list[tuple[str, tuple[str, ...]]]:
    given = f"<math{more}>{inside}</math>".encode()
    return [(text, tuple(kinds)) for text, kinds in runs_of(parse_xml(given, "a.xml"))]


def line(inside: str) -> str:
    return "".join(text for text, _ in runs(inside))


@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        ("<mi>x</mi><mo>=</mo><mn>2</mn>", "x = 2"),
        ("<mi>x</mi><mo>&#x2062;</mo><mi>y</mi>", "xy"),
        ("<mi>a</mi><mspace width='1em'/><mtext>if b</mtext>", "a if b"),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi></mrow></mfrac>", "a/b"),
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "a/(b + 1)"),
        ("<msqrt><mi>n</mi></msqrt>", "√n"),
        ("<mroot><mi>n</mi><mn>3</mn></mroot>", "3√n"),
        ("<mfenced><mi>a</mi><mi>b</mi></mfenced>", "(a, b)"),
        ("<mfenced open='[' close=']' separators=';'><mi>a</mi><mi>b</mi></mfenced>", "[a; b]"),
        (
            "<mtable><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr>"
            "<mtr><mtd><mi>c</mi></mtd></mtr></mtable>",
            "a, b; c",
        ),
        ("<semantics><mi>x</mi><annotation>TeX</annotation></semantics>", "x"),
        ("<mrow>words</mrow>", "words"),
        ("<mover><mi>x</mi><mo>¯</mo></mover>", "x\u0304"),
        ("<mphantom><mi>x</mi></mphantom><mi>y</mi>", "y"),
    ],
)
def test_a_formula_is_a_line(inside: str, read_as: str) -> None:
    assert line(inside) == read_as


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", [("x", ()), ("2", ("sup",))]),
        ("<msub><mi>x</mi><mi>i</mi></msub>", [("x", ()), ("i", ("sub",))]),
        (
            "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
            [("x", ()), ("i", ("sub",)), ("2", ("sup",))],
        ),
        ("<mover><mi>x</mi><mi>n</mi></mover>", [("x", ()), ("n", ("sup",))]),
        (
            "<mmultiscripts><mi>x</mi><mi>i</mi><none/><mprescripts/><none/><mn>2</mn>"
            "</mmultiscripts>",
            [("2", ("sup",)), ("x", ()), ("i", ("sub",))],
        ),
        (
            "<msup><mi>x</mi><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow></msup>",
            [("x", ()), ("a+1", ("sup",))],
        ),
        ("<mi>y</mi><msup/>", [("y", ())]),
    ],
)
def test_what_is_raised_or_lowered_is_marked(
    inside: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert runs(inside) == expected


def test_a_formula_of_nothing_is_what_is_spoken_of_it() -> None:
    assert runs("<mrow/>", ' alttext="x squared"') == [("x squared", ())]
    assert runs("<mrow/>") == []
