"""Formulas as MathML, as TeX and as Word writes them."""

from __future__ import annotations

from tests.conservation.makers.tree import Formula

_TEX = {"−": "-", "×": "\\times ", "≤": "\\le ", "α": "\\alpha ", "β": "\\beta ", "μ": "\\mu "}


def mathml(formula: Formula) -> str:
    """The inside of `math`."""
    parts = [mathml(part) for part in formula.parts]
    rows = [f"<mrow>{part}</mrow>" for part in parts]
    if formula.kind == "sign":
        name = "mn" if formula.sign[0].isdigit() else "mi" if formula.sign.isalpha() else "mo"
        return f"<{name}>{formula.sign}</{name}>"
    if formula.kind == "row":
        return "".join(parts)
    if formula.kind == "brackets":
        return f"<mrow><mo>(</mo>{parts[0]}<mo>)</mo></mrow>"
    name = {"fraction": "mfrac", "power": "msup", "index": "msub", "root": "msqrt"}[formula.kind]
    return f"<{name}>{''.join(rows)}</{name}>"


def tex(formula: Formula) -> str:
    """The same in TeX."""
    parts = [tex(part) for part in formula.parts]
    if formula.kind == "sign":
        return _TEX.get(formula.sign, formula.sign)
    if formula.kind == "row":
        return "".join(parts)
    if formula.kind == "brackets":
        return f"({parts[0]})"
    if formula.kind == "fraction":
        return f"\\frac{{{parts[0]}}}{{{parts[1]}}}"
    if formula.kind == "root":
        return f"\\sqrt{{{parts[0]}}}"
    return f"{parts[0]}{'^' if formula.kind == 'power' else '_'}{{{parts[1]}}}"


def omml(formula: Formula) -> str:
    """The inside of `m:oMath`."""
    parts = [omml(part) for part in formula.parts]
    if formula.kind == "sign":
        return f"<m:r><m:t>{formula.sign}</m:t></m:r>"
    if formula.kind == "row":
        return "".join(parts)
    if formula.kind == "brackets":
        return f"<m:d><m:e>{parts[0]}</m:e></m:d>"
    if formula.kind == "fraction":
        return f"<m:f><m:num>{parts[0]}</m:num><m:den>{parts[1]}</m:den></m:f>"
    if formula.kind == "root":
        return (
            f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{parts[0]}</m:e></m:rad>'
        )
    name, raised = ("sSup", "sup") if formula.kind == "power" else ("sSub", "sub")
    return f"<m:{name}><m:e>{parts[0]}</m:e><m:{raised}>{parts[1]}</m:{raised}></m:{name}>"
