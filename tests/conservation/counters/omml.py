"""Formulas of Word: their signs from left to right, and those that a line of them must have.

Source: ISO/IEC 29500-1, 22.1.
"""

from __future__ import annotations

from typing import Any

from tests.conservation.counted import Run
from tests.conservation.counters.mathml import Position, local, over_the_bar, under_the_bar

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RAISING = {"sup": "sup", "sub": "sub", "deg": "sup", "lim": "sub"}


def signs_of(math: Any, position: Position = "") -> list[Run]:
    """The signs of a formula; a fraction has its bar, a delimiter its brackets."""
    name = local(math)
    if not name or name.endswith("pr"):
        return []
    if name in ("t", "del", "delText"):
        return [Run(sign, position) for sign in (math.text or "").split()] if name == "t" else []
    parts = {local(child): child for child in math}
    if name == "f" and {"num", "den"} <= set(parts):
        over, under = (signs_of(parts[part], position) for part in ("num", "den"))
        if _value(parts.get("fpr"), "type") == "noBar":
            return [*over, *under]
        # What stands before it is no part of its upper number: 1 1/2 is not 11/2.
        upper = over_the_bar(_by_sign(over), position)
        lower = under_the_bar(_by_sign(under), position)
        return [Run(" "), *upper, Run("/", position), *lower]
    if name == "rad":
        degree = signs_of(parts["deg"], "sup") if "deg" in parts else []
        return [*degree, Run("√", position), *_inside(parts.get("e"), position)]
    if name == "nary":
        sign = _value(parts.get("narypr"), "chr") or "∫"
        scripts = [*_inside(parts.get("sub"), "sub"), *_inside(parts.get("sup"), "sup")]
        return [Run(sign, position), *scripts, *_inside(parts.get("e"), position)]
    if name == "d":
        begin = _value(parts.get("dpr"), "begChr", "(")
        end = _value(parts.get("dpr"), "endChr", ")")
        inner = [run for child in math for run in signs_of(child, position)]
        return [Run(s, position) for s in begin] + inner + [Run(s, position) for s in end]
    runs = []
    for child in math:
        place = _RAISING.get(local(child), position)
        runs += signs_of(child, place)  # type: ignore[arg-type]
    return runs


def _inside(element: Any, position: Position) -> list[Run]:
    return signs_of(element, position) if element is not None else []


def _by_sign(runs: list[Run]) -> list[Run]:
    """A run of Word holds many signs: one that is no single letter or number stands for more."""
    return [
        part
        for run in runs
        for part in (
            [run]
            if run.text.replace(".", "").isdigit() or len(run.text) == 1 or run.text.isalpha()
            else [Run(sign, run.position) for sign in run.text]
        )
    ]


def _value(properties: Any, name: str, otherwise: str = "") -> str:
    found = properties.find(f"{M}{name}") if properties is not None else None
    if found is None:
        return otherwise
    said: str | None = found.get(f"{M}val")
    return otherwise if said is None else said
