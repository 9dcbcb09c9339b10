"""Losses planted in what importers read: the law sees each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from reader.importers.registry import importer_for
from reader.importers.result import HEAD_BYTES
from reader.model.document import Document
from tests.conservation.counted import Container
from tests.conservation.counters import FORMATS, counter_for
from tests.conservation.law import broken
from tests.conservation.makers import SUFFIXES
from tests.conservation.samples import (
    sample,
    unlabelled,
    unmarked,
    without,
)

Loss = Callable[[Document], Document]
LOSSES: dict[str, Loss] = {
    "row": lambda d: without(d, _row(d, "22 kg")),
    "cell": lambda d: without(d, "3.25 mg"),
    "head of a table": lambda d: without(d, _row(d, "Weight")),
    "caption": lambda d: without(d, "Doses of it by weight."),
    "minus": lambda d: without(d, _sign_before(d, "17 to")),
    "comparison": lambda d: without(d, _sign_before(d, "83 %")),
    "negation": lambda d: without(d, "not ", within="not exceed"),
    "unit": lambda d: without(d, "mg ", within="mg every"),
    "decimal point": lambda d: without(d, ".", within=".5 mg every"),
    "percent sign": lambda d: without(d, "%", within="% or"),
    "dash of a range": lambda d: without(d, _sign_before(d, "900 mL")),
    "digit": lambda d: without(d, "0", within="0 units"),
    "section": lambda d: without(d, _line(d, "Social history") + _line(d, "Ask for alcohol")),
    "heading": lambda d: without(d, "Immediate management"),
    "paragraph": lambda d: without(d, _line(d, "Ask for alcohol")),
    "sentence": lambda d: without(d, "Ask for alcohol without blame. "),
    "list item": lambda d: without(d, _line(d, "Check potassium")),
    "label of an item": lambda d: unlabelled(d, "Check potassium"),
    "last item": lambda d: without(d, "Always with water."),
    "reference": lambda d: without(d, _line(d, "Smith J.")),
    "order of numbers": lambda d: without(d, "2000 and 3000", "3000 and 2000"),
    "parting of numbers": lambda d: without(d, "1000 2000", "10002000"),
    "joining of digits": lambda d: without(d, "40 units", "4 0 units"),
    "exponent mark": lambda d: unmarked(d, ("sup",), "9"),
    "exponent": lambda d: without(d, "9", within="Platelets 10"),
    "index mark": lambda d: unmarked(d, ("sub",), "2"),
    "strike": lambda d: unmarked(d, ("strike",), "500 mcg"),
    "note": lambda d: without(d, "Measured in the first ward."),
    "mark of a note": lambda d: without(d, "1", within="are measured"),
    "bar of a fraction": lambda d: without(d, "/", within=")/"),
    "bracket of a formula": lambda d: without(d, "(", within="(140"),
    "root": lambda d: without(d, "√"),
    "alternative": lambda d: replace(
        d, figures=tuple(replace(f, alternative="") for f in d.figures)
    ),
}
_MARKED = {
    "exponent mark", "exponent", "index mark", "strike", "note", "mark of a note",
    "bar of a fraction", "bracket of a formula", "root", "alternative",
}  # fmt: skip
_FORMULAS = {"bar of a fraction", "bracket of a formula", "root"}
# What the files that we write of a format do not have.
LACKING: dict[str, set[str]] = {
    "text": _MARKED,
    "pdf": _MARKED - {"exponent mark", "exponent", "index mark"},
    "rtf": _FORMULAS | {"alternative"},
    "docx": {"alternative"},
}
CASES = [(f, loss) for f in FORMATS for loss in LOSSES if loss not in LACKING.get(f, ())]


def _row(document: Document, words: str) -> str:
    return _line(document, words)


def _line(document: Document, words: str) -> str:
    """The line of the text that has the words, with what ends it."""
    at = document.text.index(words)
    start = document.text.rfind("\n", 0, at) + 1
    end = document.text.find("\n", at)
    return document.text[start:] if end < 0 else document.text[start : end + 1]


def _sign_before(document: Document, words: str) -> str:
    at = document.text.index(words)
    return document.text[at - 1 : at + len(words)][0]


@cache
def read(name: str) -> tuple[Document, list[Container]]:
    """The sample in this format, as it is read and as it is counted."""
    content = import_module(f"tests.conservation.makers.{name}").write(
        sample(plain=name == "pdf"), Random(1)
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"a.{SUFFIXES[name]}"
        path.write_bytes(content)
        document = importer_for(path, content[:HEAD_BYTES])(path).document
        return document, counter_for(name)(path)


def test_there_are_twenty_for_each_format() -> None:
    for name in FORMATS:
        assert sum(own == name for own, _ in CASES) >= 20


@pytest.mark.parametrize(("name", "loss"), CASES)
def test_a_loss_is_seen(name: str, loss: str) -> None:
    document, counted = read(name)
    known = broken(counted, document)
    assert known == []
    assert broken(counted, LOSSES[loss](document)) != []
