r"""Formulas written as fields read as they are set."""

from __future__ import annotations

import pytest

from reader.importers.formula.eq_fields import mathml_of_eq
from tests.importers.formula.test_write import line


@pytest.mark.parametrize(
    ("code", "read_as"),
    [
        (r" EQ \f(1,2) ", "1/2"),
        (r"EQ \f(a;b)", "a/b"),
        (r"EQ CrCl = \f((140-age)×weight,72×SCr)", "CrCl = ((140 − age) × weight)/(72 × SCr)"),
        (r"EQ \r(3,x)", "^{3}√x"),
        (r"EQ \r(,x+1)", "√(x + 1)"),
        (r"EQ \r(2)", "√2"),
        (r"EQ 10\s\up8(9)/L", "10^{9}/L"),
        (r"EQ x\s\do4(i)", "x_{i}"),
        (r"EQ \s\up8(9)", "^{9}"),
        (r"EQ \i\su(i=1,n,x)", "∑_{i=1}^{n} x"),
        (r"EQ \i\pr(1,n,x)", "∏_{1}^{n} x"),
        (r"EQ \i (1,2,x)", "∫_{1}^{2} x"),
        (r"EQ \b(a)", "(a)"),
        (r"EQ \b\bc\[ (a)", "[a]"),
        (r"EQ \b\lc\{(\a\al\co2(1,x>0,0,x<0))", "{1, x > 0; 0, x < 0"),
        (r"EQ \a(a,b)", "a; b"),
        (r"EQ \l(a,b)", "a, b"),
        (r"EQ \x(a)", "a"),
        (r"EQ \o(a,b)", "ab"),
        (r"EQ \f(f(a,b),\,)", "f(a, b)/(,)"),
        (r"EQ \f(1", "1"),
    ],
)
def test_a_field_of_a_formula(code: str, read_as: str) -> None:
    math = mathml_of_eq(code)
    assert math is not None
    assert line(math) == read_as


def test_other_fields_are_no_formulas() -> None:
    assert mathml_of_eq(" PAGE ") is None
    assert mathml_of_eq(" EQ ") is None
    deep = mathml_of_eq("EQ " + r"\r(" * 60 + "x" + ")" * 60)
    assert deep is not None
    assert "x" in line(deep)
