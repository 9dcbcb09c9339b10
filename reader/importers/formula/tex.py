"""TeX as people write formulas, brought to the TeX that the converter knows.

Source: the manuals of amsmath, mhchem 4 and siunitx 2 (which commands there are, what they set).
"""

from __future__ import annotations

import re
from collections.abc import Callable

_DOCUMENT = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
_PREAMBLE = re.compile(
    r"\\(?:documentclass|usepackage|setlength|oddsidemargin|pagestyle)\s*(?:\[[^]]*\])?"
    r"(?:\s*\{[^}]*\})*"
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_DELIMITERS = (("$$", "$$"), (r"\[", r"\]"), (r"\(", r"\)"), ("$", "$"))
_UNSEEN = re.compile(
    r"\\(?:(?:label|vspace\*?)\s*\{[^{}]*\}"
    r"|(?:nonumber|notag|noindent|xspace|hfill|protect|centering)(?![A-Za-z]))"
)
# Rows that are lined up, whatever they are called; and without numbers that the source lacks.
_ROWS = re.compile(
    r"\\(begin|end)\s*\{(?:aligned|align|alignat|alignedat|eqnarray|gathered|gather|multline"
    r"|multlined|split|flalign|dcases|rcases)\*?\}(?:\[[tcb]\])?"
)
_COUNTED = re.compile(r"(\\begin\s*\{align(?:ed)?at\*?\})\s*\{\d+\}")
_WORDS = {
    **{r"\textdegree": r"{}^{\circ}", r"\textmu": r"\mu ", r"\AA": "Å", r"\textgreater": ">"},
    **{r"\textless": "<", r"\textendash": "-", r"\textminus": "-", r"\texttimes": r"\times "},
    **{r"\permil": "‰", r"\textperthousand": "‰", r"\celsius": r"{}^{\circ}\mathrm{C}"},
    **{r"\textbullet": "•", r"\micro": r"\mu "},
}
_WORD = re.compile(r"\\[A-Za-z]+")
_COMMAND = re.compile(
    r"\\(ce|cf|SI|si|num|qty|unit|ang|nicefrac|sfrac|textsuperscript|textsubscript|ensuremath"
    r"|hspace|tag|text|mbox|textrm|textnormal)(?![A-Za-z])\*?\s*(?=[\[{])"
)
_UNIT = {
    **{"kilo": "k", "milli": "m", "micro": "μ", "nano": "n", "pico": "p", "centi": "c"},
    **{"deci": "d", "mega": "M", "giga": "G", "gram": "g", "kilogram": "kg", "g": "g", "kg": "kg"},
    **{"mg": "mg", "ug": "μg", "ng": "ng", "litre": "L", "liter": "L", "l": "l", "L": "L"},
    **{"ml": "ml", "mL": "mL", "ul": "μl", "metre": "m", "meter": "m", "m": "m", "cm": "cm"},
    **{"mm": "mm", "um": "μm", "km": "km", "mole": "mol", "mol": "mol", "mmol": "mmol"},
    **{"umol": "μmol", "nmol": "nmol", "second": "s", "s": "s", "ms": "ms", "minute": "min"},
    **{"min": "min", "hour": "h", "h": "h", "day": "d", "kelvin": "K", "K": "K", "pascal": "Pa"},
    **{"Pa": "Pa", "kPa": "kPa", "mmHg": "mmHg", "bar": "bar", "joule": "J", "J": "J", "kJ": "kJ"},
    **{"watt": "W", "W": "W", "volt": "V", "V": "V", "mV": "mV", "ampere": "A", "A": "A"},
    **{"hertz": "Hz", "Hz": "Hz", "newton": "N", "N": "N", "percent": r"\%", "degree": "°"},
    **{"celsius": "°C", "degreeCelsius": "°C", "molar": "M", "becquerel": "Bq", "gray": "Gy"},
    **{"sievert": "Sv", "dalton": "Da", "katal": "kat", "ohm": "Ω", "per": "/", "squared": "^{2}"},
    **{"cubed": "^{3}", "of": "", "cdot": "·", "times": "×"},
}
_CHEMICAL = re.compile(
    r"(?P<arrow><=>|<->|->|<-)|(?P<script>[\^_](?:\{[^{}]*\}|\d*[+-]|\S))|(?P<charge>(?<=[A-Za-z0-9)\]])[+-](?=[\s}),]|$))"
    r"|(?P<count>(?<=[A-Za-z)\]])\d+)|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_ARROWS = {"->": r"\rightarrow ", "<-": r"\leftarrow ", "<=>": "⇌", "<->": r"\leftrightarrow "}


def bare_tex(untrusted_tex: str) -> str:
    """The formula alone: of a whole document what stands in it, without signs of delimiters."""
    found = _DOCUMENT.search(untrusted_tex)
    tex = found[1] if found else _PREAMBLE.sub("", untrusted_tex)
    tex = _COMMENT.sub("", tex).strip()
    for _ in range(4):
        for left, right in _DELIMITERS:
            if tex.startswith(left) and tex.endswith(right) and len(tex) > len(left + right):
                tex = tex[len(left) : -len(right)].strip()
    return tex


def normal_tex(untrusted_tex: str) -> str:
    """The formula in commands that the converter knows; those that nobody knows stay."""
    tex = _UNSEEN.sub("", bare_tex(untrusted_tex))
    tex = _ROWS.sub(r"\\\1{split}", _COUNTED.sub(r"\1", tex))
    tex = re.sub(r"\\(begin|end)\s*\{subarray\}(?:\{[lcr]+\})?", r"\\\1{matrix}", tex)
    tex = re.sub(r"\\(begin|end)\s*\{(?:equation|math|displaymath)\*?\}", "", tex).strip()
    if "\\\\" in tex and "\\begin" not in tex and "{" not in tex.split("\\\\")[0][-1:]:
        tex = rf"\begin{{split}}{tex}\end{{split}}"
    tex = _with_commands(tex)
    return _WORD.sub(lambda found: _WORDS.get(found[0], found[0]), tex)


def _with_commands(tex: str) -> str:
    out: list[str] = []
    at = 0
    while found := _COMMAND.search(tex, at):
        out.append(tex[at : found.start()])
        at = _without_option(tex, found.end())
        name, parts = found[1], list[str]()
        for _ in range(2 if name in ("SI", "qty", "nicefrac", "sfrac") else 1):
            part, at = _group(tex, at)
            parts.append(part)
        out.append(_COMMANDS[name](*parts))
    return "".join([*out, tex[at:]])


def _without_option(tex: str, at: int) -> int:
    end = tex.find("]", at) if tex[at : at + 1] == "[" else -1
    return end + 1 if end > 0 else at


def _group(tex: str, at: int) -> tuple[str, int]:
    """What stands in the braces that open at `at`, and where it goes on behind them."""
    while tex[at : at + 1].isspace():
        at += 1
    if tex[at : at + 1] != "{":
        return "", at
    depth = 0
    for i in range(at, len(tex)):
        if tex[i] in "{}" and tex[i - 1 : i] != "\\":
            depth += 1 if tex[i] == "{" else -1
            if not depth:
                return tex[at + 1 : i], i + 1
    return tex[at + 1 :], len(tex)


def _chemical(formula: str) -> str:
    """A formula of chemistry: counts lowered, charges raised, arrows as such."""
    out = ""
    for found in _CHEMICAL.finditer(formula):
        kind, text = found.lastgroup, found[0]
        if kind == "arrow":
            out += _ARROWS[text]
        elif kind == "script":
            out += text if text[1] == "{" else f"{text[0]}{{{text[1:]}}}"
        elif kind == "charge":
            out += f"^{{{text}}}"
        elif kind == "count":
            out += f"_{{{text}}}"
        elif kind == "space":
            out += r"\ "
        else:
            out += rf"\mathrm{{{text}}}" if text.isalpha() else text
    return f"{{{out}}}"


def _number(number: str) -> str:
    found = re.fullmatch(r"\s*([-+]?[\d.,\s]*)\s*[eE]\s*([-+]?\d+)\s*", number)
    if not found:
        return number.replace("+-", r"\pm ").replace(",", "{,}")
    power = f"10^{{{found[2]}}}"
    return rf"{found[1]}\times {power}" if found[1].strip() else power


def _unit(unit: str) -> str:
    """A unit of siunitx as it is printed; a command that is no unit stays."""

    def word(found: re.Match[str]) -> str:
        name = found[0][1:]
        said = _UNIT.get(name)
        if said is None:
            return found[0] + " "
        return said if said.startswith(("^", "/", "\\")) or not said else rf"\mathrm{{{said}}}"

    spaced = re.sub(r"(?<=[^\\.~])[.~](?=[^\d])", r"\\,", unit)
    if "\\" not in unit:
        return rf"\mathrm{{{spaced}}}"
    return "{" + _WORD.sub(word, spaced) + "}"


def _quantity(number: str, unit: str) -> str:
    return rf"{_number(number)}\,{_unit(unit)}" if unit.strip() else _number(number)


def _words(text: str) -> str:
    """Running text; what stands between dollars in it is a formula again."""
    parts = re.split(r"(?<!\\)\$", text)
    out = ""
    for i, part in enumerate(parts):
        out += part if i % 2 else rf"\text{{{part}}}" if part else ""
    return out


_COMMANDS: dict[str, Callable[..., str]] = {
    **dict.fromkeys(("ce", "cf"), _chemical),
    **dict.fromkeys(("SI", "qty"), _quantity),
    **dict.fromkeys(("si", "unit"), _unit),
    "num": _number,
    "ang": lambda angle: rf"{angle}^{{\circ}}",
    **dict.fromkeys(("nicefrac", "sfrac"), lambda a, b: rf"\frac{{{a}}}{{{b}}}"),
    "textsuperscript": lambda text: rf"^{{\text{{{text}}}}}",
    "textsubscript": lambda text: rf"_{{\text{{{text}}}}}",
    "ensuremath": lambda tex: f"{{{tex}}}",
    "tag": lambda text: rf"\quad\text{{({text})}}\quad ",
    "hspace": lambda width: rf"\hspace{{{width}}}",
    **dict.fromkeys(("text", "mbox", "textrm", "textnormal"), _words),
}
