"""Letters that tell works of one author and one year apart: 2020a, 2020b."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from reader.model.names import name_of


class Work(Protocol):
    """What `year_letters` asks of a document, or of its entry in the library."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def authors(self) -> tuple[str, ...]: ...
    @property
    def published(self) -> str: ...


def year_letters(documents: Iterable[Work]) -> dict[str, str]:
    """The letters of works that share their authors and their year, by id, in order of title."""
    alike: dict[tuple[str, str], list[Work]] = {}
    for one in documents:
        if one.authors and one.published:
            names = [name_of(author) for author in one.authors]
            who = f"{names[0].family} {len(names) > 2 or names[-1].family}"
            alike.setdefault((who.casefold(), one.published[:4]), []).append(one)
    return {
        one.id: _letter(number)
        for group in alike.values()
        if len(group) > 1
        for number, one in enumerate(sorted(group, key=lambda o: (o.title.casefold(), o.id)))
    }


def _letter(number: int) -> str:
    """a to z, then aa, ab…"""
    rest, last = divmod(number, 26)
    return (_letter(rest - 1) if rest else "") + chr(ord("a") + last)
