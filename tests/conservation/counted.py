"""What a counter hands over: runs of visible characters by the container that they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["words", "formula", "line", "alternative"]
"""`line`: one of a page that is set, whose words may go on in the next with or without a hyphen."""

ANY = "\uffff"
"""Stands for a character that nobody can decode: any one character will do for it."""
PICTURE = "\ufdd0"
"""Stands for a picture in a line that has no words: a reader may put a placeholder there."""
MARK = "\ufdd1"
"""Stands for a mark that leads somewhere and says nothing: a reader may number it."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one position: "sup", "sub" or on the line; and whether they are struck."""

    text: str
    position: Literal["", "sup", "sub"] = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Container:
    """The runs of a paragraph, a cell, a line: with nothing between them that stands apart.

    `label` is what is printed before the words and is no word of theirs: the number of a list
    item. A formula's runs are its signs, one by one, between which a reader may put brackets.
    """

    runs: tuple[Run, ...]
    kind: Kind = "words"
    label: str = ""

    @property
    def text(self) -> str:
        """The characters alone."""
        return "".join(run.text for run in self.runs)


@dataclass
class Counting:
    """Takes runs in the order of the file and divides them into containers."""

    containers: list[Container] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _label: str = ""

    def add(
        self, text: str, position: Literal["", "sup", "sub"] = "", struck: bool = False
    ) -> None:
        """Characters of the open container."""
        if text:
            self._runs.append(Run(text, position, struck))

    def drop_sign(self, signs: tuple[str, ...]) -> None:
        """Forgets the open container if there is but one of these signs in it."""
        if "".join(run.text for run in self._runs).strip() in signs:
            self._runs = []

    def end(self, kind: Kind = "words") -> None:
        """Ends the open container, if anything is to be seen in it."""
        if any(run.text.strip() for run in self._runs):
            self.containers.append(Container(tuple(self._runs), kind, self._label))
            self._label = ""
        self._runs = []

    def label(self, label: str) -> None:
        """What is printed before the words that come next."""
        self.end()
        self._label = label

    def no_label(self) -> None:
        """Forgets a label that no words came after."""
        self._label = ""

    def formula(self, runs: list[Run]) -> None:
        """A formula within the open container, which goes on after it."""
        self.end()
        if any(run.text.strip() for run in runs):
            self.containers.append(Container(tuple(runs), "formula", self._label))
            self._label = ""

    def alternative(self, text: str) -> None:
        """What stands for a picture that cannot be shown; the open container goes on."""
        if text.strip():
            self.containers.append(Container((Run(text),), "alternative"))
