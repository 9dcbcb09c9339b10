"""One formula has one line, in whatever notation it comes, and the line says what it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from lxml import etree

from reader.importers.builder.document_builder import DocumentBuilder
from reader.importers.common.elements import Element
from reader.importers.formula.mathml import runs_of
from reader.importers.formula.omml import mathml_of_omml
from reader.importers.formula.write import mathml_of_tex, write_mathml, write_tex
from tests.importers.formula_trees import (
    TREES,
    FencedMathML,
    FlatMathML,
    MathML,
    OfficeMath,
    PlainTeX,
    TeX,
    Tree,
    tree_of,
)


def line(math: Element) -> str:
    """The line, with what is raised as ^{…} and what is lowered as _{…}."""
    signs = {"sup": "^", "sub": "_", "strike": "~"}
    return "".join(
        "".join(signs[kind] for kind in kinds) + f"{{{text}}}" if kinds else text
        for text, kinds in runs_of(math)
    )


def of_tex(tex: str) -> str:
    math = mathml_of_tex(tex)
    assert math is not None
    return line(math)


def of_word(inside: str) -> str:
    return line(mathml_of_omml(etree.fromstring(OfficeMath().whole(inside))))


def run(text: str) -> str:
    return f"<m:r><m:t>{text}</m:t></m:r>"


@given(TREES)
def test_a_formula_reads_the_same_in_every_notation(tree: Tree) -> None:
    read = line(etree.fromstring(MathML().set(tree)))
    for notation in (FlatMathML(), FencedMathML()):
        assert line(etree.fromstring(notation.set(tree))) == read
    assert line(mathml_of_omml(etree.fromstring(OfficeMath().set(tree)))) == read
    assert of_tex(TeX().set(tree)) == read
    assert of_tex(PlainTeX().set(tree)) == read


@given(TREES)
def test_the_line_of_a_formula_says_what_the_formula_says(tree: Tree) -> None:
    assert tree_of(runs_of(etree.fromstring(MathML().set(tree)))) == tree


COCKCROFT = "CrCl = ((140 − age) × weight)/(72 × S_{Cr})"
GFR = "eGFR = 141 × min(S_{cr}/κ, 1)^{α} × max(S_{cr}/κ, 1)^{−1.209} × 0.993^{Age}"


@pytest.mark.parametrize(
    ("tex", "read_as"),
    [
        (r"CrCl = \frac{(140-age)\times weight}{72\times S_{Cr}}", COCKCROFT),
        (
            r"\mathrm{CrCl}=\frac{\left(140-\text{age}\right)\times\text{weight}}{72\times S_{Cr}}",
            COCKCROFT,
        ),
        (
            r"\text{eGFR} = 141\times\min\left(\frac{S_{cr}}{\kappa},1\right)^\alpha\times"
            r"\max\left(\frac{S_{cr}}{\kappa},1\right)^{-1.209}\times 0.993^{\text{Age}}",
            GFR,
        ),
        (r"\sqrt{\frac{height \times weight}{3600}}", "√(height × weight/3600)"),
        (r"0.5\times 10^9", "0.5 × 10^{9}"),
        (r"e^{-kt}", "e^{−kt}"),
        (r"1\frac{1}{2}", "1 1/2"),
        (r"\frac{1}{2}mv^2", "(1/2)mv^{2}"),
        (r"10\,\frac{\text{mg}}{\text{kg}}", "10 mg/kg"),
        (r"\bar{x} = \frac{\sum_{i=1}^n x_i}{n}", "x\u0304 = (∑_{i=1}^{n} x_{i})/n"),
        (r"\begin{bmatrix} 1 & 0 \\ -1 & 2 \end{bmatrix}", "[1, 0; −1, 2]"),
        (r"\begin{cases} a & \text{if } x<0 \\ b \end{cases}", "{a, if x < 0; b"),
        (r"\begin{align} x &= a \\ &\quad + b \\ y &= c \end{align}", "x = a + b; y = c"),
        (r"x = 1 \\ y = 2", "x = 1; y = 2"),
        (r"\binom{n}{k}", "(n choose k)"),
        (r"\lim_{x\to 0} \log x", "lim_{x→0} log x"),
        (r"37\,^\circ\mathrm{C}", "37 °C"),
        (r"P(A \mid B)", "P(A ∣ B)"),
        (r"|x| + \left\|y\right\|", "|x| + ‖y‖"),
        (r"\ce{HCO3-} \rightarrow \ce{Ca^{2+}}", "HCO_{3}^{−} → Ca^{2+}"),
        (r"\ce{SO4^2- + ^{14}C}", "SO_{4}^{2−} + ^{14}C"),
        (r"\SI{5}{\milli\gram\per\kilo\gram}", "5 mg/kg"),
        (r"\SI{1.5e9}{cells/L}", "1.5 × 10^{9} cells/L"),
        (r"\qty{70}{\kg\squared}", "70 kg^{2}"),
        (r"\num{1e-3}", "1 × 10^{−3}"),
        (r"\num{e6}", "10^{6}"),
        (r"\ang{90}", "90°"),
        (r"\nicefrac{1}{2}", "1/2"),
        (r"\text{$x$ is small}", "x is small"),
        (r"x \tag{1} \label{eq:x}", "x (1) "),
        (r"$$x$$", "x"),
        (
            r"\documentclass{minimal}\usepackage{amsmath}\begin{document}$$x\le 5$$\end{document}",
            "x ≤ 5",
        ),
        (r"x \not= y", "x ≠ y"),
        (r"\cancel{x}\cdot 5\%", "~{x} · 5%"),
        (r"\hat{p}\vec{v}", "p\u0302v\u20d7"),
        (r"\overline{AB}", "A\u0305B\u0305"),
        (r"{}^{14}_{6}C", "^{14}_{6}C"),
        (r"\sqrt[3]{x}", "^{3}√x"),
        (r"f''(x)", "f″(x)"),
        (r"1{,}000 \text{ or } 1,000", "1,000 or 1,000"),
    ],
)
def test_tex_that_people_write(tex: str, read_as: str) -> None:
    assert of_tex(tex) == read_as


@pytest.mark.parametrize("tex", [r"\foo{x}", r"\frac", "x" * 30_000])
def test_what_is_no_tex_that_we_know_is_shown_as_it_stands(tex: str) -> None:
    assert mathml_of_tex(tex) is None
    writer = DocumentBuilder()
    writer.begin("paragraph")
    write_tex(writer, rf"\documentclass{{a}}\begin{{document}}${tex}$\end{{document}}")
    document = writer.build(id="a", title="t")
    assert document.text == tex
    assert document.formulas == ()


def test_a_formula_is_kept_without_the_source_that_it_was_made_from() -> None:
    math = etree.fromstring(
        "<math><semantics><msup><mn>10</mn><mn>9</mn></msup>"
        "<annotation>10^9</annotation></semantics></math>"
    )
    writer = DocumentBuilder()
    writer.begin("paragraph")
    writer.add("Below ")
    write_mathml(writer, math)
    writer.add(" per litre and ")
    write_tex(writer, r"\frac{1}{2}")
    document = writer.build(id="a", title="t")
    assert document.text == "Below 109 per litre and 1/2"
    assert [f.span.cut(document.text) for f in document.formulas] == ["109", "1/2"]
    assert "annotation" not in document.formulas[0].mathml
    assert "annotation" in etree.tostring(math, encoding="unicode")
    assert [(m.kind, m.span.cut(document.text)) for m in document.marks] == [("sup", "9")]


def test_a_huge_formula_is_read_and_not_kept() -> None:
    writer = DocumentBuilder()
    write_mathml(writer, etree.fromstring(f"<math><mtext>{'x' * 300_000}</mtext></math>"))
    document = writer.build(id="a", title="t")
    assert len(document.text) == 300_000
    assert document.formulas == ()


def prop(name: str, value: str) -> str:
    return f"<m:{name} m:val='{value}'/>"


@pytest.mark.parametrize(
    ("inside", "read_as"),
    [
        (
            f"<m:nary><m:naryPr>{prop('chr', '∑')}{prop('limLoc', 'undOvr')}</m:naryPr>"
            f"<m:sub>{run('i=1')}</m:sub><m:sup>{run('n')}</m:sup><m:e>{run('i')}</m:e></m:nary>",
            "∑_{i=1}^{n} i",
        ),
        (
            f"<m:nary><m:naryPr>{prop('supHide', '1')}</m:naryPr>"
            f"<m:sub>{run('0')}</m:sub><m:sup/><m:e>{run('xdx')}</m:e></m:nary>",
            "∫_{0} xdx",
        ),
        (f"<m:nary><m:sub/><m:sup/><m:e>{run('x')}</m:e></m:nary>", "∫ x"),
        (
            f"<m:d><m:dPr>{prop('begChr', '[')}{prop('endChr', ']')}</m:dPr><m:e><m:m>"
            f"<m:mr><m:e>{run('a')}</m:e><m:e>{run('b')}</m:e></m:mr>"
            f"<m:mr><m:e>{run('c')}</m:e><m:e>{run('d')}</m:e></m:mr></m:m></m:e></m:d>",
            "[a, b; c, d]",
        ),
        (
            f"<m:d><m:dPr>{prop('begChr', '{')}{prop('endChr', '')}</m:dPr><m:e><m:eqArr>"
            f"<m:e>{run('1&amp;x&gt;0')}</m:e><m:e>{run('0,&amp;x&lt;0')}</m:e>"
            "</m:eqArr></m:e></m:d>",
            "{1, x > 0; 0, x < 0",
        ),
        (
            f"<m:eqArr><m:eqArrPr>{prop('maxDist', '1')}</m:eqArrPr><m:e>{run('x=2#')}"
            f"<m:d><m:e>{run('1')}</m:e></m:d></m:e></m:eqArr>",
            "x = 2 (1)",
        ),
        (f"<m:d><m:e>{run('A')}</m:e><m:e>{run('B')}</m:e></m:d>", "(A|B)"),
        (
            f"<m:d><m:e><m:f><m:fPr>{prop('type', 'noBar')}</m:fPr><m:num>{run('n')}</m:num>"
            f"<m:den>{run('k')}</m:den></m:f></m:e></m:d>",
            "(n choose k)",
        ),
        (
            f"<m:rad><m:deg>{run('3')}</m:deg><m:e>{run('x')}</m:e></m:rad>",
            "^{3}√x",
        ),
        (
            f"<m:sSubSup><m:e>{run('x')}</m:e><m:sub>{run('i')}</m:sub><m:sup>{run('2')}</m:sup>"
            "</m:sSubSup>",
            "x_{i}^{2}",
        ),
        (
            f"<m:sPre><m:sub>{run('6')}</m:sub><m:sup>{run('14')}</m:sup><m:e>{run('C')}</m:e>"
            "</m:sPre>",
            "^{14}_{6}C",
        ),
        (f"<m:acc><m:e>{run('p')}</m:e></m:acc>", "p\u0302"),
        (f"<m:bar><m:barPr>{prop('pos', 'top')}</m:barPr><m:e>{run('x')}</m:e></m:bar>", "x\u0304"),
        (f"<m:bar><m:e>{run('x')}</m:e></m:bar>", "x\u0332"),
        (
            f"<m:func><m:fName>{run('log')}</m:fName><m:e>{run('x')}</m:e></m:func>",
            "log x",
        ),
        (
            f"<m:func><m:fName><m:limLow><m:e>{run('lim')}</m:e><m:lim>{run('x→0')}</m:lim>"
            f"</m:limLow></m:fName><m:e>{run('f')}</m:e></m:func>",
            "lim_{x→0} f",
        ),
        (
            f"<m:limUpp><m:e>{run('=')}</m:e><m:lim>{run('def')}</m:lim></m:limUpp>",
            " =^{def} ",
        ),
        (
            f"<m:limLow><m:e><m:groupChr><m:e>{run('x')}</m:e></m:groupChr></m:e>"
            f"<m:lim>{run('n')}</m:lim></m:limLow>",
            "x_{⏟n}",
        ),
        (
            f"<m:borderBox><m:borderBoxPr>{prop('strikeH', '1')}</m:borderBoxPr>"
            f"<m:e>{run('x')}</m:e></m:borderBox>",
            "~{x}",
        ),
        (f"<m:borderBox><m:e>{run('x')}</m:e></m:borderBox>", "x"),
        (f"<m:box><m:e>{run('a+b')}</m:e></m:box>", "a + b"),
        (
            f"{run('a')}<m:phant><m:phantPr>{prop('show', '0')}</m:phantPr><m:e>{run('b')}</m:e>"
            f"</m:phant><m:phant><m:e>{run('c')}</m:e></m:phant>",
            "ac",
        ),
        ("<m:r><m:rPr><m:nor/></m:rPr><m:t>if </m:t></m:r>" + run("x"), "if x"),
        (run("wei") + run("ght") + run("≤−5"), "weight ≤ −5"),
        (
            "<m:r><w:rPr xmlns:w='w'><w:rFonts w:ascii='Symbol'/></w:rPr><m:t>m</m:t></m:r>"
            "<m:r><w:sym xmlns:w='w' w:font='Symbol' w:char='F0B3'/></m:r>" + run("2"),
            "μ ≥ 2",
        ),
        (
            f"{run('x')}<w:del xmlns:w='w'>{run('9')}</w:del><w:ins xmlns:w='w'>{run('2')}</w:ins>",
            "x2",
        ),
        (run("\U0001d465+\U0001d466"), "x + y"),
    ],
)
def test_formulas_of_word(inside: str, read_as: str) -> None:
    assert of_word(inside) == read_as


def test_a_formula_of_many_levels_keeps_its_letters() -> None:
    deep = run("x")
    for _ in range(70):
        deep = f"<m:rad><m:deg/><m:e>{deep}</m:e></m:rad>"
    assert "x" in of_word(deep)
    deep = "<mi>x</mi>"
    for _ in range(200):
        deep = f"<msqrt>{deep}</msqrt>"
    assert "x" in line(etree.fromstring(f"<math>{deep}</math>"))
