r"""Formulas in TeX: the signs that any reading of them must have, in their order.

Commands that we do not know are no signs here, so that this asks for less than there is, never
for more. Source: the names of LaTeX2e and amsmath.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Literal

from tests.conservation.counted import Container, Counting, Run
from tests.conservation.counters.mathml import over_the_bar, under_the_bar

_FORMULA = re.compile(
    r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$|\$(?=[^\s$])([^$\n]*[\\^_][^$\n]*)\$", re.S
)
_TOKEN = re.compile(
    r"\\(?:text|mathrm|mbox|operatorname|textrm)\s*\{([^{}]*)\}|\\([a-zA-Z]+)|\\(.)|(\d[\d.,]*\d|\d)"
    r"|(\s+)|(.)",
    re.S,
)
_NAMED = {
    "times": "×", "cdot": "⋅", "div": "÷", "pm": "±", "mp": "∓", "le": "≤", "leq": "≤", "ge": "≥",
    "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼", "infty": "∞", "alpha": "α",
    "beta": "β", "gamma": "γ", "delta": "δ", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ",
    "Delta": "Δ", "Sigma": "Σ", "sum": "∑", "int": "∫", "sqrt": "√", "min": "min", "max": "max",
    "ln": "ln", "log": "log", "exp": "exp",
}  # fmt: skip
_FRAME = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\(?:left|right|[bB]igg?[lr]?)(?![a-zA-Z])")
Position = Literal["", "sup", "sub"]


def add_with_tex(counting: Counting, text: str, position: Position, struck: bool) -> None:
    """Adds text to the open container, and as formulas what stands between TeX's own brackets."""
    at = 0
    for found in _FORMULA.finditer(text):
        counting.add(text[at : found.start()], position, struck)
        counting.formula(tex_signs(found[1] or found[2] or found[3] or found[4]))
        at = found.end()
    counting.add(text[at:], position, struck)


def with_tex(containers: list[Container]) -> list[Container]:
    """The containers, with the formulas in them apart."""
    found: list[Container] = []
    for container in containers:
        if not _FORMULA.search(container.text):
            found.append(container)
            continue
        counting = Counting()
        counting.label(container.label)
        for (position, struck), runs in groupby(
            container.runs, key=lambda run: (run.position, run.struck)
        ):
            add_with_tex(counting, "".join(run.text for run in runs), position, struck)
        counting.end(container.kind)
        found += counting.containers
    return found


def tex_signs(tex: str) -> list[Run]:
    """The signs of a formula; a fraction has its bar and brackets where it needs them."""
    tokens = [t for t in _TOKEN.findall(_FRAME.sub(" ", tex)) if not t[4]]
    tokens.reverse()
    runs: list[Run] = []
    while tokens:
        runs += _next(tokens, "")
    return runs


def _next(tokens: list[tuple[str, ...]], place: Position) -> list[Run]:
    """Takes the next group, command or sign from the end of the tokens."""
    text, command, escaped, number, _, other = tokens.pop()
    if other == "{":
        runs: list[Run] = []
        while tokens and tokens[-1][5] != "}":
            runs += _next(tokens, place)
        if tokens:
            tokens.pop()
        return runs
    if other in ("^", "_"):
        raised: Position = "sup" if other == "^" else "sub"
        return _next(tokens, raised) if tokens else []
    if command in ("frac", "dfrac", "tfrac") and len(tokens) > 1:
        over, under = _next(tokens, place), _next(tokens, place)
        upper, lower = over_the_bar(over, place), under_the_bar(under, place)
        return [Run(" "), *upper, Run("/", place), *lower]
    said = text or _NAMED.get(command, "") or (escaped if escaped in "%&#$_{}" else "")
    said = said or number or (other if other not in ("&", "~", "}") else "")
    return [Run(word, place) for word in said.split()]
