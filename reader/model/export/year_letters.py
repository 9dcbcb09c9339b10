"""Letters that tell works of one author and one year apart: 2020a, 2020b."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reader.model.export.person_name import name_of


@dataclass(frozen=True, slots=True)
class Work:
    """What tells works apart: an id, the title, who wrote it, and when ("2020-01")."""

    id: str
    title: str
    authors: tuple[str, ...]
    published: str


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
