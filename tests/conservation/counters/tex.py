r"""Formulas in TeX: the signs that any reading of them must have, in their order.

Commands that we do not know are no signs here, so that this asks for less than there is, never
for more. Source: the names of LaTeX2e and amsmath.
"""

from __future__ import annotations

import re
from typing import Literal

from tests.conservation.counted import Counting, Run

_FORMULA = re.compile(r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$", re.S)
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
        counting.formula(tex_signs(found[1] or found[2] or found[3]))
        at = found.end()
    counting.add(text[at:], position, struck)


def tex_signs(tex: str) -> list[Run]:
    """The signs of a formula; a fraction has its bar, what is raised or lowered is."""
    runs: list[Run] = []
    places: list[Position] = [""]
    bars: list[int] = []
    waiting: Position | None = None
    for text, command, escaped, number, space, other in _TOKEN.findall(_FRAME.sub(" ", tex)):
        if space:
            continue
        if other in ("^", "_"):
            waiting = "sup" if other == "^" else "sub"
            continue
        place = waiting if waiting is not None else places[-1]
        waiting = None
        if other == "{":
            places.append(place)
        elif other == "}":
            places = places[:-1] or [""]
            if bars and bars[-1] == len(places):
                bars.pop()
                runs.append(Run("/", places[-1]))
        elif command in ("frac", "dfrac", "tfrac"):
            bars.append(len(places))
        else:
            said = text or _NAMED.get(command, "") or (escaped if escaped in "%&#$_{}" else "")
            said = said or number or (other if other not in ("&", "~") else "")
            runs += [Run(word, place) for word in said.split()]
    return runs
