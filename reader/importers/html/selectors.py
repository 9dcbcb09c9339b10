"""Selectors of style sheets, as far as they are simple: tags, classes and ids around others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from reader.importers.common.elements import Element, bare_name, tag_of

_COMPOUND = re.compile(r"(?P<tag>[A-Za-z][\w-]*|\*)?(?P<more>(?:[.#](?:[\w-]|[^\x00-\x7f])+)*)")

Names = tuple[str, frozenset[str], str]
"""What selectors know of an element: its tag, its classes, its id."""


def names_of(element: Element) -> Names:
    """The tag, the classes and the id of an element."""
    return _names(element.tag, element.get("class") or "", element.get("id") or "")


# Pages have few different ones, on many elements.
@lru_cache(maxsize=4096)
def _names(tag: object, classes: str, own_id: str) -> Names:
    return bare_name(tag), frozenset(classes.split()), own_id


@dataclass(frozen=True, slots=True)
class Compound:
    """One part of a selector: a tag, classes and ids that all must be there."""

    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    def matches(self, names: Names) -> bool:
        """Whether an element of these names has all of them."""
        tag, classes, own_id = names
        return (
            (not self.tag or self.tag == tag)
            and self.classes <= classes
            and (not self.ids or own_id in self.ids)
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """What is declared for elements that fit `own` and stand in others that fit `around`."""

    own: Compound
    around: tuple[Compound, ...]
    declared: dict[str, str]
    order: tuple[int, int, int, int]

    @property
    def key(self) -> str:
        """A class, an id or the tag that an element must have to fit."""
        return next(iter(self.own.classes), None) or next(iter(self.own.ids), None) or self.own.tag

    def matches(self, element: Element) -> bool:
        """Whether the rule is one for the element."""
        return self.own.matches(names_of(element)) and (
            not self.around or self.stands_around(names_around(element))
        )

    def stands_around(self, ancestors: Sequence[Names]) -> bool:
        """Whether others that fit `around` are among these, the nearest first."""
        missing = len(self.around)
        for ancestor in ancestors:
            if self.around[missing - 1].matches(ancestor):
                missing -= 1
                if not missing:
                    return True
        return False


def names_around(element: Element) -> list[Names]:
    """The names of all elements that an element stands in, the nearest first."""
    return [names_of(ancestor) for ancestor in element.iterancestors()]


def rule_of(selector: str, declared: dict[str, str], number: int) -> Rule | None:
    """The rule that a simple selector makes, the `number`-th of all; None of any other selector."""
    compounds = [_compound(part) for part in re.split(r"[\s>]+", selector.strip()) if part]
    if not compounds or None in compounds or len(compounds) > 8:
        return None
    *around, own = every = [c for c in compounds if c is not None]
    ids, classes = (sum(len(getattr(c, key)) for c in every) for key in ("ids", "classes"))
    return Rule(
        own, tuple(around), declared, (ids, classes, sum(bool(c.tag) for c in every), number)
    )


def keys_of(element: Element) -> list[str]:
    """What rules for an element may be found under."""
    keys = [tag_of(element), *(element.get("class") or "").split()]
    return [*keys, str(element.get("id"))] if element.get("id") else keys


def _compound(part: str) -> Compound | None:
    match = _COMPOUND.fullmatch(part)
    if match is None or not part:
        return None
    names = re.findall(r"[.#][^.#]+", match["more"])
    tag = "" if match["tag"] in (None, "*") else match["tag"].lower()
    classes = frozenset(n[1:] for n in names if n[0] == ".")
    ids = frozenset(n[1:] for n in names if n[0] == "#")
    return Compound(tag, classes, ids) if tag or classes or ids else None
